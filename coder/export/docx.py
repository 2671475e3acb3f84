"""Writes a quote pack as a Word document: quiet on the page, every quote verbatim and traceable.

Each quote stands in a content control whose tag is its id (ECMA-376 part 1 §17.5.2) and, the first
time, in a bookmark of that name, so that it is found again in any report made from the pack. What
the document looks like is left to the styles of its template.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, nullcontext
from itertools import count
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

from coder.domain.packing import Citing
from coder.domain.quote_id import BOOKMARK, TAG
from coder.domain.text import counted
from coder.export.account_lines import BY_TYPE
from coder.export.docx_charts import LINE, alternative, bars, draw, picture
from coder.export.docx_notes import Notes
from coder.export.docx_package import About, Pictures
from coder.export.docx_package import write as write_package
from coder.export.docx_tables import Column, Row, table
from coder.export.docx_template import Template, open_template
from coder.export.docx_words import heading, is_from_right, paragraph, runs
from coder.export.method import TITLE as METHOD
from coder.export.method import Method
from coder.export.outline import Pack, received_day
from coder.export.sections import Section, remarks, source_line
from coder.export.selection import Released
from coder.export.wording import VOICES, day

SOURCES = "Sources"
RECEIVED = "What was received, and what it counts as"
_VOICES = (Column("Reference", 16), Column("Source", 70), Column("Quotes", 14, numbers=True))
_SOURCES = (
    Column("Reference", 15),
    Column("Source", 36),
    Column("Type", 24),
    Column("Received", 25),
)
_KEPT = "<w:keepNext/>"
"""Holds a quote, in whatever style, on one page with who said it."""

_REMARK = '<w:rStyle w:val="Remark"/>'


def write(pack: Pack, stream: BinaryIO) -> None:
    """Writes the pack as a `.docx` into the stream, made from the template of its options.

    Raises EvidenceError where the template cannot be used.
    """
    template = open_template(pack.options.template)
    about = About(pack.heading, "Quote pack", pack.created)
    noted = pack.options.citing is not Citing.TEXT
    with closing(Notes(pack.options.citing)) if noted else nullcontext() as notes:
        pictures = Pictures()
        story = _Story(pack, template, pictures, notes)
        write_package(stream, template, story.pieces(), about, notes, pictures)


class _Story:
    """The body of one pack, from its title to its last table, as pieces of XML."""

    def __init__(
        self, pack: Pack, template: Template, pictures: Pictures, notes: Notes | None
    ) -> None:
        self._pack = pack
        self._width = template.text_width
        self._accent = template.accent
        self._pictures = pictures
        self._notes = notes
        self._numbers = count(1)
        self._marked: set[str] = set()

    def pieces(self) -> Iterator[str]:
        """The whole body in order."""
        sections = self._pack.sections
        after = list(self._appendices())
        yield from self._front()
        if len(sections) > 1:
            yield from self._contents([name for name, _ in after])
        for index, section in enumerate(sections):
            yield from self._section(section, index)
        for index, (name, pieces) in enumerate(after, len(sections)):
            yield heading(1, name, index, next(self._numbers))
            yield from pieces

    def _front(self) -> Iterator[str]:
        pack = self._pack
        yield paragraph("Kicker", "Quote pack")
        yield paragraph("Title", pack.inquiry or pack.heading)
        if pack.title and pack.inquiry:
            yield paragraph("Subtitle", pack.title)
        yield paragraph("PackSummary", f"{day(pack.created)}  ·  {pack.summary()}")
        for note in pack.notes():
            yield paragraph("PackNote", note)

    def _contents(self, after: Sequence[str]) -> Iterator[str]:
        """A list that links to the headings and tells how many quotes stand there, without the
        dots that lead to page numbers. A field with those would be empty, or wrong, until somebody
        lets Word update it, which would take the numbers of quotes away."""
        yield paragraph("TOCHeading", "Contents")
        sections = self._pack.sections
        entries = [
            (_level(one), one.theme.name, f" ({counted(one.number, 'quote')})") for one in sections
        ]
        entries += [(1, name, "") for name in after]
        for index, (level, name, number) in enumerate(entries):
            said = runs(name + number)
            yield (
                f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr><w:hyperlink'
                f' w:anchor="section_{index}" w:history="1">{said}</w:hyperlink></w:p>'
            )

    def _section(self, section: Section, index: int) -> Iterator[str]:
        yield heading(_level(section), section.theme.name, index, next(self._numbers))
        if section.theme.definition.strip():
            yield paragraph("Definition", section.theme.definition.strip())
        yield from self._counted(section)
        for part in section.parts:
            if isinstance(part, str):
                yield paragraph("Normal", part)
            else:
                yield from self._quote(part, section)

    def _counted(self, section: Section) -> Iterator[str]:
        """Who raised it, in words and, where that helps, in a chart; and what is quoted of it."""
        raised = section.raised
        if raised:
            said = f"aised by {raised.share}: {raised.who}."
            lead = f"{raised.word.capitalize()}:" if raised.word else ""
            yield paragraph("Count", f"r{said}" if lead else f"R{said}", lead)
            if raised.where:
                yield paragraph("Held", f"{raised.where}.")
            found = bars(raised) if self._pack.options.charts else []
            if found:
                key = self._pictures.add(draw(found, self._accent))
                told = alternative(section.theme.name, found)
                yield picture(key, len(self._pictures.found), told, LINE * len(found), self._width)
                yield paragraph("Caption", f"Dark: raised it. Pale: all that {raised.did}.")
        yield paragraph("Held", section.here or section.held)

    def _quote(self, quote: Released, section: Section) -> Iterator[str]:
        """The words, what stands around them where that was asked for, and who said so."""
        from_right = is_from_right(quote.quote)
        side = "FromRight" if from_right else ""
        if quote.before:
            yield _context(f"… {quote.before}")
        again = quote.place in section.also or section.raised is None
        words = self._held(quote, runs(quote.quote, from_right=from_right), again=again)
        if self._notes:
            words += self._notes.add(runs(quote.citation[1:-1]))
        yield f'<w:p><w:pPr><w:pStyle w:val="Quote{side}"/>{_KEPT}</w:pPr>{words}</w:p>'
        if quote.after:
            yield _context(f"{quote.after} …")
        line = runs(f"— {quote.attribution if self._notes else source_line(quote)}")
        for remark in remarks(quote, section):
            line += runs("  ·  ") + runs(remark, _REMARK)
        yield f'<w:p><w:pPr><w:pStyle w:val="Attribution{side}"/></w:pPr>{line}</w:p>'

    def _held(self, quote: Released, words: str, *, again: bool) -> str:
        """The words in a content control and, the first time, in a bookmark, both by their id;
        `again` says that they may stand elsewhere too."""
        number = next(self._numbers)
        held = (
            f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(f'Quote {quote.id}')}/>"
            f'<w:tag w:val={quoteattr(f"{TAG}{quote.id}")}/><w:id w:val="{number}"/></w:sdtPr>'
            f"<w:sdtContent>{words}</w:sdtContent></w:sdt>"
        )
        if again and quote.id in self._marked:
            return held
        self._marked.update([quote.id] if again else [])
        name = quoteattr(f"{BOOKMARK}{quote.id}".replace("-", "_"))
        return (
            f'<w:bookmarkStart w:id="{number}" w:name={name}/>{held}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def _appendices(self) -> Iterator[tuple[str, Iterator[str]]]:
        """What stands behind the quotes: the name of each part and its pieces."""
        if self._pack.options.tables and self._pack.selection.quotes:
            yield VOICES, self._voices()
        if self._pack.sources:
            yield SOURCES, self._sources()
        if self._pack.method:
            yield METHOD, self._method(self._pack.method)

    def _voices(self) -> Iterator[str]:
        yield paragraph("Held", "Respondents quoted under each heading, with how many quotes.")
        yield from table(_VOICES, _spoken(self._pack.sections), self._width, VOICES)

    def _sources(self) -> Iterator[str]:
        yield paragraph("Held", counted(len(self._pack.sources), "submission"))
        rows = ((s.ref, s.attribution, s.type, received_day(s)) for s in self._pack.sources)
        yield from table(_SOURCES, rows, self._width, SOURCES)

    def _method(self, method: Method) -> Iterator[str]:
        for told, lines in ((RECEIVED, method.table), (BY_TYPE, method.types)):
            head, *rows, total = lines
            columns = [Column(head[0], 100), *(Column(one, 34, numbers=True) for one in head[1:])]
            yield paragraph("Held", told)
            yield from table(columns, rows, self._width, told, total)
            yield paragraph("Held", "")
        for text in (*method.notes, *method.rules):
            yield paragraph("Normal", text)


def _context(text: str) -> str:
    """Words around a quote, on one line and held together with it."""
    return paragraph("Context", " ".join(text.split()), properties=_KEPT)


def _spoken(sections: Sequence[Section]) -> Iterator[Row]:
    """Under each heading who is quoted there, in the order of references."""
    for section in sections:
        if section.quotes:
            yield section.theme.path.replace("/", " / ")
            for voice in section.voices:
                yield voice.ref, voice.attribution, f"{voice.quotes:,}"


def _level(section: Section) -> int:
    return min(section.theme.depth + 1, 3)
