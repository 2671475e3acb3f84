"""The short id under which a quote leaves the project and by which it is found again.

It says by itself where the words stand, so it needs no table, is the same in every copy of the
project, and holds when the coding has gone: `SIC0012-3f2a9c-1045-158` is submission, document,
start and length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

_FORM = re.compile(r"([A-Z][A-Z0-9]{0,7}\d{4,}[a-z]{0,2})[-_]([0-9a-f]{6})[-_](\d+)[-_](\d+)")
TAG, BOOKMARK = "quote:", "q_"
"""What tags and names of bookmarks begin with."""


@dataclass(frozen=True, slots=True)
class QuoteId:
    """Where a quote stands: the reference under which it was cited, the first six digits of its
    document's id, where it starts and how long it is, in code points."""

    ref: str
    document: str
    start: int
    length: int

    def __str__(self) -> str:
        return f"{self.ref}-{self.document}-{self.start}-{self.length}"

    @property
    def end(self) -> int:
        """Where the quote ends."""
        return self.start + self.length

    @property
    def tag(self) -> str:
        """The tag of a content control that holds the words (ECMA-376 part 1 §17.5.2.42: at most
        64 characters)."""
        return f"{TAG}{self}"

    @property
    def bookmark(self) -> str:
        """The name of a bookmark around the words; Word allows 40 letters, digits, underscores."""
        return f"{BOOKMARK}{self}".replace("-", "_")

    @classmethod
    def of(cls, ref: str, document_id: str, start: int, end: int) -> Self:
        """The id of the words `[start, end)` of a document of this submission."""
        return cls(ref, document_id[:6], start, end - start)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The id that a tag, a bookmark's name or a person's words give; None where it is none."""
        bare = text.strip().removeprefix(TAG).removeprefix(BOOKMARK)
        found = _FORM.fullmatch(bare)
        return cls(found[1], found[2], int(found[3]), int(found[4])) if found else None
