"""Writes a quote pack as Markdown (CommonMark 0.31), for wikis and notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from coder.export import method
from coder.export.account_lines import BY_TYPE
from coder.export.account_lines import TITLE as ACCOUNT
from coder.export.outline import Pack, received_day
from coder.export.sections import Section, remarks, source_line
from coder.export.selection import Released
from coder.export.wording import OVERVIEW, VOICES, day, put

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!$])")
_LIST_START = re.compile(r"^([-+=]|\d+(?=[.)]))")
_INDENT = re.compile(r"^[ \t]+")
_BREAK = re.compile(r"\r\n|\r|\n")


def write(pack: Pack, stream: BinaryIO) -> None:
    """Writes the pack as Markdown in UTF-8. Quotes stand as block quotes with every line break
    kept."""
    put(stream, _parted(_blocks(pack)))


def _parted(blocks: Iterator[str]) -> Iterator[str]:
    yield next(blocks)
    for block in blocks:
        yield f"\n\n{block}"
    yield "\n"


def _blocks(pack: Pack) -> Iterator[str]:
    yield f"# {_line(pack.heading)}"
    yield f"Quote pack · {day(pack.created)} · {pack.summary()}"
    yield from map(escaped, pack.notes())
    if pack.options.charts or pack.options.tables:
        counted = [(section, section.raised) for section in pack.sections if section.raised]
        if counted:
            yield f"## {OVERVIEW}"
            rows = ((one.theme.path, f"{r.raised:,}", f"{r.of:,}") for one, r in counted)
            yield _table(("Theme", "Submissions", "Out of"), rows, numbers=2)
    for section in pack.sections:
        yield from _section(section, pack)
    if pack.sources:
        yield "## Sources"
        cells = ((one.ref, one.attribution, one.type, received_day(one)) for one in pack.sources)
        yield _table(("Reference", "Source", "Type", "Received"), cells)
    if pack.method:
        yield from _method(pack.method)


def _section(section: Section, pack: Pack) -> Iterator[str]:
    yield f"{'#' * min(section.theme.depth + 2, 6)} {_line(section.theme.name)}"
    if section.theme.definition.strip():
        yield escaped(section.theme.definition.strip())
    yield escaped(section.count)
    if section.raised and section.raised.where:
        yield _line(section.raised.where)
    if section.here:
        yield _line(section.here)
    for part in section.parts:
        yield escaped(part) if isinstance(part, str) else _quote(part, section)
    if pack.options.tables and len(section.voices) > 1:
        yield f"**{VOICES}**"
        cells = ((one.ref, one.attribution, one.type, f"{one.quotes:,}") for one in section.voices)
        yield _table(("Reference", "Source", "Type", "Quotes"), cells, numbers=1)


def _quote(quote: Released, section: Section) -> str:
    line = f"— {_line(source_line(quote))}"
    for remark in remarks(quote, section):
        line += f" · *{_line(remark)}*"
    words = escaped(quote.quote).replace("\n", "\n> ")
    before = f"Before: … {_line(quote.before)}\n\n" if quote.before else ""
    after = f"\n\nAfter: {_line(quote.after)} …" if quote.after else ""
    return f"{before}> {words}\n>\n> {line} `{quote.id}`{after}"


def _method(told: method.Method) -> Iterator[str]:
    yield f"## {method.TITLE}"
    yield from map(escaped, told.rules)
    for title, (head, *lines) in ((ACCOUNT, told.table), (BY_TYPE, told.types)):
        yield f"### {title}"
        yield _table(head, lines, numbers=len(head) - 1)
    yield from map(escaped, told.notes)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], numbers: int = 0) -> str:
    """A table (GitHub's extension) whose last columns hold `numbers`."""
    sides = ["---"] * (len(head) - numbers) + ["---:"] * numbers
    lines = [f"| {' | '.join(map(_line, row))} |" for row in rows]
    return "\n".join([f"| {' | '.join(head)} |", f"| {' | '.join(sides)} |", *lines])


def _line(text: str) -> str:
    """The text on one line."""
    return escaped(" ".join(text.split()))


def escaped(text: str) -> str:
    r"""The text so that Markdown shows it as it is: signs escaped, line breaks as hard ones (a
    backslash at the end of the line), and spaces at the start of a line kept."""
    return "\\\n".join(map(_escaped_line, _BREAK.split(text)))


def _escaped_line(line: str) -> str:
    indent = _INDENT.match(line)
    start = indent.end() if indent else 0
    rest = _SPECIAL.sub(r"\\\1", line[start:])
    rest = _LIST_START.sub(_guarded, rest)
    spaces = line[:start].replace("\t", "&#9;").replace(" ", "&#32;")
    return spaces + rest


def _guarded(match: re.Match[str]) -> str:
    sign = match[1]
    return f"\\{sign}" if not sign.isdigit() else f"&#{ord(sign[0])};{sign[1:]}"
