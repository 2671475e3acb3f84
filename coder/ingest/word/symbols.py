"""Turns the characters of Word's symbol fonts into Unicode, as far as they have a place there."""

from __future__ import annotations

import re

_PRIVATE = 0xF000

# The Symbol font's Greek and signs, after Unicode's own table ADOBE/symbol.txt.
_SYMBOL: dict[int, str] = dict(
    zip(
        (*range(0x41, 0x5B), *range(0x61, 0x7B)),
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
) | {
    0xA0: "€", 0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠",
    0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″",
    0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡",
    0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC6: "∅", 0xC7: "∩", 0xC8: "∪", 0xCE: "∈", 0xD2: "®",
    0xD3: "©", 0xD4: "™", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅", 0xD8: "¬", 0xDB: "⇔", 0xDE: "⇒",
    0xE5: "∑", 0xF2: "∫",
}  # fmt: skip

# Those of Wingdings that people tick, point and list with.
_WINGDINGS = {
    0x21: "✏", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●",
    0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x74: "⧫", 0x75: "◆", 0x76: "❖",
    0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑",
    0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x97: "●",
}  # fmt: skip

_FONTS: dict[str, dict[int, str]] = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
}


def symbol(font: str, code: str) -> str:
    """The character that a font shows for a hexadecimal code; empty where that is not known."""
    if not re.fullmatch(r"[0-9A-Fa-f]{1,6}", code):
        return ""
    place = int(code, 16)
    if place >= _PRIVATE and place - _PRIVATE < 0x100:
        place -= _PRIVATE
        known = _FONTS.get(font.lower())
        if known is None:
            return ""
        return known.get(place, chr(place) if font.lower() == "symbol" and place < 0x7F else "")
    known = _FONTS.get(font.lower(), {})
    if place in known:
        return known[place]
    return chr(place) if chr(place).isprintable() else ""
