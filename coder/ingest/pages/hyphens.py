"""Joins words that were parted at the ends of lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

HYPHEN = "\x02"
"""Marks a hyphen that ends a line; what PDFium gives for one (in some of its calls U+FFFE)."""

_BROKEN_WORD = re.compile(rf"(\w+){HYPHEN}\s*(\w+)")


def mend(texts: Iterable[str]) -> list[str]:
    """Joins the words that were parted at the ends of lines.

    The hyphen goes where the whole word stands elsewhere in the text, and stays where the
    hyphenated one does. Where neither does, the text's own habit decides; the hyphen stays unless
    most of the others went.
    """
    texts = list(texts)
    known = Counter(re.findall(r"\w+(?:-\w+)*", " ".join(texts).lower()))

    def verdict(match: re.Match[str]) -> bool | None:
        first, second = match[1].lower(), match[2].lower()
        whole, hyphened = known[first + second], known[f"{first}-{second}"]
        if match[2][0].isupper() or first[-1].isdigit():
            return False
        return None if whole == hyphened else whole > hyphened

    said = Counter(verdict(match) for text in texts for match in _BROKEN_WORD.finditer(text))
    habit = said[True] > said[False]

    def join(match: re.Match[str]) -> str:
        goes = verdict(match)
        return match[1] + ("" if (habit if goes is None else goes) else "-") + match[2]

    mended = (_BROKEN_WORD.sub(join, text) for text in texts)
    return [re.sub(rf"{HYPHEN}\s?", "-", text) for text in mended]
