"""What fields show whose text is made from their code alone: they have no result to be read.

Word writes old formulas and readings above characters (`EQ`), buttons and prompts (`MACROBUTTON`)
and signs (`SYMBOL`) in this way ([ECMA-376] part 1, 17.16.5).
"""

from __future__ import annotations

import re

from coder.ingest.word.symbols import symbol

_SIGN = re.compile(r"SYMBOL\s+(\d{1,5})\b.*\\\\?f\s+\"?([\w ]*\w)", re.IGNORECASE)
_BUTTON = re.compile(r"(?:MACRO|GOTO)BUTTON\s+\S+\s(.*)", re.IGNORECASE | re.DOTALL)
_FORMULA = re.compile(r"EQ\s(.*)", re.IGNORECASE | re.DOTALL)
_SETTING = re.compile(r"\\\*\s*(?:\"[^\"]*\"|\w+)")
_READING = re.compile(
    r"\\o\s*(?:\\a[a-z])?\s*\(\s*\\s\s*\\up\s*\d*\s*\(([^()]*)\)\s*[,;]([^()]*)\)", re.IGNORECASE
)
_FRACTION = re.compile(r"\\f\s*\(([^()\\,;]*)[,;]([^()\\,;]*)\)", re.IGNORECASE)
_SWITCH = re.compile(r"\\[a-z]+(?:\s*-?\d+(?=\s*[(\\]))?\s*|[(),;]", re.IGNORECASE)
_LITERAL = re.compile(r"\\([^\w\s*])")
_PRIVATE = 0xE000


def shown(code: str) -> str:
    """The text of a field with this code; empty where it is not made from the code alone."""
    code = code.strip()
    if sign := _SIGN.match(code):
        return symbol(sign[2], f"{0xF000 + int(sign[1]) % 256:X}") or "•"
    if button := _BUTTON.match(code):
        return button[1].strip()
    formula = _FORMULA.match(code)
    return _on_a_line(formula[1]) if formula else ""


def _on_a_line(formula: str) -> str:
    """A formula's words in order, without its switches: `1/2` for a fraction, a reading behind its
    characters in brackets."""
    text = _SETTING.sub("", formula)
    text = _LITERAL.sub(lambda found: _apart(found[1]), text)
    text = _FRACTION.sub(r"\1/\2", text)
    text = _READING.sub(lambda found: f"{found[2]}{_apart('(')}{found[1]}{_apart(')')}", text)
    text = " ".join(_SWITCH.sub(" ", text).split())
    return re.sub("[\ue000-\ue07f]", lambda found: chr(ord(found[0]) - _PRIVATE), text)


def _apart(sign: str) -> str:
    """A sign that is meant, set apart from those that structure the formula."""
    return chr(_PRIVATE + ord(sign))
