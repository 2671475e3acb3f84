"""What a codebook says when it leaves the project: the same for every kind of file and in print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coder.domain.citation import UNCHECKED
from coder.domain.codebook_file import TITLE, CodeEntry
from coder.domain.model import Code, Submission
from coder.domain.quotes import Quote
from coder.domain.text import counted
from coder.export.masking import MASK, mask, secret_names
from coder.export.outline import Pack
from coder.export.sections import source_line, themes_of
from coder.export.selection import LeftOut, Released, publishable
from coder.export.wording import printable


@dataclass(frozen=True, slots=True)
class CodeSection:
    """A code as it may leave: what is said of it, how often it is used, and its examples as far as
    they may be published."""

    entry: CodeEntry
    tags: int
    submissions: int
    examples: tuple[Released, ...]

    @property
    def used(self) -> str:
        """How often it is used, in words: `12 tags in 5 submissions`."""
        if not self.tags:
            return "not used yet"
        return f"{counted(self.tags, 'tag')} in {counted(self.submissions, 'submission')}"


@dataclass(frozen=True, slots=True)
class CodebookOutline:
    """A codebook from top to bottom. `left_out` counts the examples that stay in the project and
    `masked` the codes in which names are masked."""

    inquiry: str
    created: date
    sections: tuple[CodeSection, ...]
    left_out: LeftOut
    masked: int
    remarks: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the file is called: `Codebook: Loneliness`."""
        return f"{TITLE}: {self.inquiry}"

    @property
    def examples(self) -> int:
        """How many examples there are."""
        return sum(len(section.examples) for section in self.sections)

    def summary(self) -> str:
        """How many codes under how many themes, in words."""
        themes = sum(section.entry.depth == 0 for section in self.sections)
        return f"{counted(len(self.sections), 'code')} under {counted(themes, 'theme')}"

    def notes(self) -> list[str]:
        """What a reader must know of the whole: which examples are left out, and what is masked."""
        notes = [f"Of the examples, {self.remarks[0]}"] if self.left_out.passages else []
        notes += self.remarks[bool(self.left_out.passages) :]
        if self.masked:
            notes.append(
                f"Names that may not be published are masked as {MASK} in"
                f" {counted(self.masked, 'code')}."
            )
        return notes


def example_line(example: Released) -> str:
    """Who said an example and where, and whether that was checked: `Walsall Food Bank (SIC0031,
    02:14) · unchecked machine transcript`."""
    line = source_line(example)
    return f"{line} · {UNCHECKED}" if example.machine_draft else line


def outline(
    inquiry: str,
    codes: Sequence[Code],
    counts: Mapping[str, tuple[int, int]],
    examples: Mapping[str, Sequence[Quote]],
    submissions: Iterable[Submission],
    texts: Mapping[str, str],
    beside: Iterable[Quote],
    created: date,
) -> CodebookOutline:
    """The codebook as it may leave. `examples` are the pinned passages by code id, of which only
    those go along that may be published (`coder.export.selection`, which tells of `texts` and
    `beside`); `counts` are tags and submissions by code id. Names behind what is not published by
    name are masked in what researchers wrote."""
    of = list(submissions)
    pinned = [quote for several in examples.values() for quote in several]
    selection = publishable(pinned, of, texts, beside=beside)
    by_code: dict[str, list[Released]] = {}
    for quote in selection.quotes:
        by_code.setdefault(quote.code_id, []).append(quote)
    secret = secret_names(of)
    known = {code.id: code for code in codes}
    sections, masked = [], 0
    for theme in themes_of(codes):
        code = known[theme.id]
        said = (theme.path, code.definition, code.use_when, code.not_when)
        path, definition, use_when, not_when = (mask(printable(text), secret) for text in said)
        masked += (path, definition, use_when, not_when) != tuple(map(printable, said))
        sections.append(
            CodeSection(
                CodeEntry(path, code.colour, code.key, definition, use_when, not_when, code.id),
                *counts.get(code.id, (0, 0)),
                tuple(by_code.get(code.id, ())),
            )
        )
    remarks = Pack("", "", created, selection, (), ()).notes()
    return CodebookOutline(
        printable(" ".join(inquiry.split())),
        created,
        tuple(sections),
        selection.left_out,
        masked,
        tuple(remarks),
    )
