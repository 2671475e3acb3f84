"""Finding words in one text: every place of them, and whether a name says what is looked for."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from coder.domain.query import Either, Every, Near, Node, Term

_MARKS = "[\u0300-\u036f]*"
_MARK = re.compile("[\u0300-\u036f]")


def places(
    text: str, words: str, *, whole: bool = False, match_case: bool = False
) -> list[tuple[int, int]]:
    """Every place of these words in the text, in order and without overlaps, in code points.

    Straight and curly quotation marks are alike, and so is all white space; unless `match_case`,
    so are large and small letters, and letters with and without accents. `whole` leaves out what
    is only part of a word.
    """
    kept = words.translate(_alike()) if match_case else fold(words.translate(_alike()))
    parts = kept.split()
    if not parts:
        return []
    plain, has_marks = _plain(text, match_case)
    marks = _MARKS if has_marks and not match_case else ""
    pattern = r"\s+".join(marks.join(map(re.escape, part)) + marks for part in parts)
    if whole:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    return [match.span() for match in re.finditer(pattern, plain)]


@lru_cache(maxsize=4)
def _plain(text: str, match_case: bool) -> tuple[str, bool]:
    """The text with what is alike made the same, a code point for each of its own; and whether
    there are accents that stand for themselves."""
    alike = text.translate(_alike())
    if match_case:
        return alike, False
    small = alike.lower()
    if len(small) != len(text):
        small = "".join(one.lower() if len(one.lower()) == 1 else one for one in alike)
    return small.translate(_unaccented()), _MARK.search(text) is not None


@cache
def _alike() -> dict[int, str]:
    marks = {"'": "’‘ʼ", '"': "“”„", "-": "‐‑"}
    return {ord(one): plain for plain, several in marks.items() for one in several}


@cache
def _unaccented() -> dict[int, str]:
    letters = (chr(point) for point in (*range(0xC0, 0x250), *range(0x1E00, 0x2000)))
    folded = {ord(one): fold(one) for one in letters}
    return {point: base for point, base in folded.items() if len(base) == 1}


def fold(text: str) -> str:
    """The text in small letters and without accents, as the index compares it."""
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(one for one in parts if not unicodedata.combining(one))


def says(node: Node, folded: str) -> bool:
    """Whether a name says what is looked for: each word begins one of its own. `folded` is what
    `spoken` makes of the name."""
    match node:
        case Term():
            return spoken(node.text).rstrip() in folded
        case Near():
            return all(says(term, folded) for term in node.terms)
        case Either():
            return any(says(part, folded) for part in node.parts)
        case Every():
            return all(says(part, folded) for part in node.parts) and not any(
                says(part, folded) for part in node.without
            )


def spoken(name: str) -> str:
    """The words of a name in small letters and without accents, each with a space before it."""
    return " " + re.sub(r"[^\w]+", " ", fold(name))
