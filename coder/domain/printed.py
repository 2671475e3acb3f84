"""A text that is to be set on pages and printed."""

from __future__ import annotations

from dataclasses import dataclass

KEEP = '<a name="keep"></a>'
"""Stands at the beginning of a paragraph that must stay on one page with what follows. Headings and
block quotes do so without it."""


@dataclass(frozen=True, slots=True)
class PrintPart:
    """A part of a text, short enough to be set at once, in HTML as a `QTextDocument` knows it.

    It begins on a new page, or `gap` points below the part before. `{page NAME}` stands for the
    number of the page on which the anchor NAME is.
    """

    html: str
    gap: float = 0
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """A text in parts, and the title that runs along its pages."""

    title: str
    parts: tuple[PrintPart, ...]
