"""Writes a quote pack as Markdown (CommonMark 0.31), for wikis and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from coder.export.outline import Pack, received_day
from coder.export.sections import Section, remarks, source_line
from coder.export.selection import Released
from coder.export.wording import day, put

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
    for section in pack.sections:
        yield from _section(section)
    if pack.sources:
        yield "## Sources"
        yield "\n".join(_sources(pack))


def _section(section: Section) -> Iterator[str]:
    yield f"{'#' * min(section.theme.depth + 2, 6)} {_line(section.theme.name)}"
    if section.theme.definition.strip():
        yield escaped(section.theme.definition.strip())
    yield section.count
    for quote in section.quotes:
        yield _quote(quote, section)


def _quote(quote: Released, section: Section) -> str:
    line = f"— {_line(source_line(quote))}"
    for remark in remarks(quote, section):
        line += f" · *{_line(remark)}*"
    words = escaped(quote.quote).replace("\n", "\n> ")
    return f"> {words}\n>\n> {line}"


def _sources(pack: Pack) -> Iterator[str]:
    yield "| Reference | Source | Type | Received |"
    yield "| --- | --- | --- | --- |"
    for source in pack.sources:
        cells = (source.ref, source.attribution, source.type, received_day(source))
        yield f"| {' | '.join(map(_line, cells))} |"


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
