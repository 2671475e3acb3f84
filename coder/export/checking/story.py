"""What a report says, paragraph by paragraph, and where in it each stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Part(StrEnum):
    """The part of a report that a paragraph stands in."""

    BODY = "body"
    TABLE = "table"
    BOX = "text box"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    MARGIN = "header or footer"


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A mark of a footnote or endnote: where it stands in the paragraph and the note's key."""

    at: int
    note: str


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch of a paragraph in a bookmark or content control that bears a quote's id."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph of a report.

    `row` and `cell` tell the cell of a table that it stands in, −1 outside tables, and `head` what
    the first row says above it; `note` is the key of the note that it belongs to. `styles` are the
    names of its style and of those that it is based on, in lower case; `where` tells people the
    place.
    """

    text: str
    part: Part = Part.BODY
    styles: tuple[str, ...] = ()
    indented: bool = False
    marks: tuple[NoteMark, ...] = ()
    named: tuple[Named, ...] = ()
    row: int = -1
    cell: int = -1
    head: str = ""
    note: str = ""
    where: str = ""

    @property
    def heading(self) -> bool:
        """Whether it is a heading or the title."""
        return any(name.startswith(("heading", "title")) for name in self.styles)

    @property
    def contents(self) -> bool:
        """Whether it is a line of the table of contents."""
        return any(name.startswith(("toc", "table of")) for name in self.styles)


@dataclass(frozen=True, slots=True)
class Story:
    """The whole report: its paragraphs in order, those of notes behind the others, and the numbers
    of the notes by their keys."""

    paragraphs: tuple[Said, ...]
    notes: dict[str, int] = field(default_factory=dict)

    def of_note(self, key: str) -> list[int]:
        """The indexes of the paragraphs of a note."""
        return [place for place, one in enumerate(self.paragraphs) if one.note == key]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a report: from `start` in paragraph `first` to `end` in paragraph `last`."""

    first: int
    start: int
    last: int
    end: int


def cut(story: Story, stretch: Stretch) -> str:
    """The words of a stretch, a line a paragraph."""
    if stretch.first == stretch.last:
        return story.paragraphs[stretch.first].text[stretch.start : stretch.end]
    middle = story.paragraphs[stretch.first + 1 : stretch.last]
    return "\n".join(
        (
            story.paragraphs[stretch.first].text[stretch.start :],
            *(one.text for one in middle),
            story.paragraphs[stretch.last].text[: stretch.end],
        )
    )
