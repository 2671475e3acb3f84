"""Guesses in which code page 8-bit text is written, by whether it gives words."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder

USUAL = (
    "cp1252", "cp1251", "cp1250", "cp1253", "cp1255", "cp1256", "cp874", "cp932", "gb18030",
    "cp950", "cp949", "cp1254", "cp1257", "koi8-r",
)  # fmt: skip
"""The code pages that are tried, the likeliest first."""
_COMMON = {
    "cp932": ((0x81, 0x83), (0x88, 0x97)),
    "gb18030": ((0xA1, 0xA3), (0xB0, 0xD7)),
    "cp950": ((0xA1, 0xA3), (0xA4, 0xC6)),
    "cp949": ((0xA1, 0xA3), (0xB0, 0xC8)),
}
"""Lead bytes of the everyday characters of the pages of East Asia; the rest are rare ones."""
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
_LEAST_ODD = 2
_MOST_ODD = 0.1
_FOREIGN = ("mac_roman", "cp1251", "koi8-r", "cp1253")


def foreign(data: bytes) -> str:
    """The codec of a text that is neither UTF-8 nor, as its words show, Windows-1252; else empty.

    It takes at least two letters that stand where no word has them, and another page in which
    hardly one does. The pages of East Asia are not tried: short English texts can be read in them.
    """
    odd = b"\n".join(line for line in data.splitlines() if not line.isascii())[:_SAMPLE]
    good, bad = _counts(odd.decode("cp1252", "replace"), "cp1252")
    if bad < _LEAST_ODD or good >= bad:
        return ""
    beyond = len(odd) - len(odd.decode("ascii", "ignore"))
    found = {name: _counts(odd.decode(name, "replace"), name) for name in _FOREIGN}
    sound = {name: good for name, (good, bad) in found.items() if bad <= _MOST_ODD * beyond}
    return max(sound, key=lambda name: sound[name], default="")


def share(data: bytes, name: str) -> float:
    """Which share of the characters beyond ASCII stand as they do in words of a language, from 0
    to 1; below 0 where the bytes cannot be of that page. The last character may be cut off."""
    if not data:
        return 1.0
    try:
        text = getincrementaldecoder(name)().decode(data)
    except ValueError:
        return -1.0
    good, bad = _counts(text, name)
    return good / max(1, good + bad)


def _counts(text: str, name: str) -> tuple[int, int]:
    """How many characters beyond ASCII stand as in words, and how many do not."""
    good = 0
    bad = sum("\x7f" < char < "\xa0" or "\u2500" <= char <= "\u25ff" for char in text)
    for word in _WORD.findall(text):
        beyond = sum(char > "\x7f" for char in word)
        if name in _COMMON:
            usual = sum(_everyday(char, name) for char in word if char > "\x7f")
            good, bad = good + usual, bad + beyond - usual
        elif beyond:
            good, bad = (good + beyond, bad) if _like_a_word(word) else (good, bad + beyond)
    return good, bad


def _everyday(char: str, name: str) -> bool:
    lead = char.encode(name, "replace")
    return len(lead) > 1 and any(low <= lead[0] <= high for low, high in _COMMON[name])


def _like_a_word(word: str) -> bool:
    """Of one alphabet, with capitals where words have them, and not mostly of accented letters."""
    if not (word.islower() or word.isupper() or word.istitle() or word.lower() == word.upper()):
        return False
    latin = [char < "\u0250" for char in word]
    if not any(latin):
        return True
    return all(latin) and not re.search("[^\x00-\x7f]{4}", word)
