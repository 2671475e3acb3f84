"""What stands beside a text: the marks of notes, headers and footers, things that are not read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from coder.domain.model import Style

Part = tuple[str, Style]
"""A paragraph's text and style, as `lay_out` takes them."""

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WORDS = re.compile(r"[^\W\d_⁰¹²³⁴-⁹]+")
_PAGE_WORDS = frozenset({"page", "of"})


def note_mark(count: int) -> str:
    """The raised figure of the note with this count, from 1."""
    return str(count).translate(_SUPERSCRIPT)


def comment(author: str, text: str) -> Part:
    """A comment as a note of its own."""
    author = author.strip()
    return f"Comment ({author}): {text}" if author else f"Comment: {text}", Style.NOTE


def fresh_margins(margins: Iterable[tuple[str, str]], body: Iterable[Part]) -> Iterator[Part]:
    """Headers and footers (each `Header` or `Footer` and its text) that say something which the
    body does not, each once."""
    known = _PAGE_WORDS.union(*(_words(text) for text, _ in body))
    for kind, text in margins:
        said = _words(text)
        if said - known:
            known |= said
            yield f"{kind}: {text}", Style.NOTE


def unread(counts: Counter[str]) -> Iterator[str]:
    """A sentence for each kind of thing that is not read: `2 pictures are not read.`"""
    for what, count in counts.items():
        if count:
            yield f"1 {what} is not read." if count == 1 else f"{count} {what}s are not read."


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORDS.findall(text)}
