"""How a quote pack is to be made: what a person chooses about its form."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Citing(StrEnum):
    """Where a Word pack gives the citation of a quote."""

    TEXT = "text"
    FOOTNOTES = "footnotes"
    ENDNOTES = "endnotes"


MOST_CONTEXT = 1000
"""The most code points of text that may be shown on either side of a quote."""


@dataclass(frozen=True, slots=True)
class PackOptions:
    """What a pack holds beside its quotes, and how it looks.

    `sensitive` lets passages through that anyone marked as sensitive. `joined` makes one quote of
    overlapping passages under the same code. `context` is how many code points of text are shown
    before and after each quote (0…`MOST_CONTEXT`), masked where the quote is.
    `charts` draws who spoke of each theme, `tables` lists it, `method` tells the account of
    submissions, `sources` is the closing list. `team_notes` is what only those need who make the
    report: what stays in and why, what to check before publishing, and who tagged each quote.
    `template` is the Word file whose styles, header and
    footer are used; None for our own.
    """

    sensitive: bool = False
    joined: bool = False
    citing: Citing = Citing.TEXT
    context: int = 0
    charts: bool = True
    tables: bool = True
    method: bool = True
    sources: bool = True
    team_notes: bool = True
    template: Path | None = None


PLAIN = PackOptions()
"""A pack as it is made where nobody chose anything."""
