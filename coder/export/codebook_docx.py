"""Writes a codebook as a Word document in the looks of a quote pack, to be printed or annexed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from coder.domain.codebook_file import COLOUR, KEY, PATH, TEXTS, TITLE, USED
from coder.domain.palette import shade
from coder.export.codebook_outline import CodebookOutline, CodeSection, example_line
from coder.export.docx_package import assemble
from coder.export.docx_words import heading, paragraph, runs
from coder.export.wording import day

_SQUARE = "\N{BLACK SQUARE}"
_LEVELS = 3
"""So many levels of headings the template has; below them the path says where a code stands."""
_LOOSE = '<w:keepNext w:val="0"/>'
"""What lets a page end behind a paragraph: else each code would hold on to the next."""


def write(book: CodebookOutline, template: Path) -> bytes:
    """The codebook as a `.docx`, made from the Word file `template`. Raises EvidenceError where the
    template cannot be used."""
    return assemble(template, "".join(_body(book)), book.title, TITLE, book.created)


def _body(book: CodebookOutline) -> Iterator[str]:
    yield paragraph("Kicker", TITLE)
    yield paragraph("Title", book.inquiry or TITLE)
    yield paragraph("PackSummary", f"{day(book.created)}  ·  {book.summary()}")
    for note in book.notes():
        yield paragraph("PackNote", note)
    for number, section in enumerate(book.sections):
        yield from _section(section, number)
    yield paragraph("PackEnd", "")


def _section(section: CodeSection, number: int) -> Iterator[str]:
    entry = section.entry
    yield heading(min(entry.depth + 1, _LEVELS), entry.name, number, number)
    facts = {
        COLOUR: entry.colour,
        KEY: entry.key,
        USED: section.used,
        PATH: entry.shown_path if entry.depth >= _LEVELS else "",
    }
    said = "  ·  ".join(f"{name}: {fact}" for name, fact in facts.items() if fact)
    colour = f'<w:color w:val="{shade(entry.colour, dark=False)[1:]}"/>'
    swatch = runs(f"{_SQUARE} ", colour)
    texts = {words: getattr(entry, name) for name, words in TEXTS.items()}
    loose = "" if any(texts.values()) else _LOOSE
    yield f'<w:p><w:pPr><w:pStyle w:val="Count"/>{loose}</w:pPr>{swatch}{runs(said)}</w:p>'
    for words, text in texts.items():
        if text:
            yield paragraph("Definition", text, f"{words}:", _LOOSE)
    for one in section.examples:
        yield paragraph("Quote", one.quote)
        yield paragraph("Attribution", f"— {example_line(one)}")
