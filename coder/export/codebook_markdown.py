"""Writes a codebook as Markdown (CommonMark 0.31): a heading for each code."""

from __future__ import annotations

from collections.abc import Iterator

from coder.domain.codebook_file import BETWEEN, COLOUR, EXAMPLES, KEY, PATH, TEXTS, USED
from coder.export.codebook_outline import CodebookOutline, CodeSection, example_line
from coder.export.markdown import escaped
from coder.export.wording import day, printable

_LEVELS = 5
"""So many levels of headings there are below the title."""


def write(book: CodebookOutline) -> bytes:
    """The codebook as Markdown in UTF-8, with every line break kept. Deeper than headings go, the
    path says where a code stands."""
    return printable("\n\n".join(_blocks(book)) + "\n").encode()


def _blocks(book: CodebookOutline) -> Iterator[str]:
    yield f"# {escaped(book.title)}"
    yield f"{day(book.created)} · {book.summary()}"
    yield from map(escaped, book.notes())
    for section in book.sections:
        yield from _section(section)


def _section(section: CodeSection) -> Iterator[str]:
    entry = section.entry
    yield f"{'#' * min(entry.depth + 2, 6)} {escaped(entry.name)}"
    facts = {
        PATH: BETWEEN.join(map(escaped, entry.path.split("/"))) if entry.depth >= _LEVELS else "",
        COLOUR: entry.colour,
        KEY: escaped(entry.key),
        USED: section.used,
    }
    yield "\n".join(f"- **{name}:** {said}" for name, said in facts.items() if said)
    for name, words in TEXTS.items():
        if text := getattr(entry, name):
            yield f"**{words}:** {escaped(text)}"
    if section.examples:
        yield f"**{EXAMPLES}**"
    for one in section.examples:
        words = escaped(one.quote).replace("\n", "\n> ")
        yield f"> {words}\n>\n> — {escaped(example_line(one))}"
