"""Writes a quote pack as one HTML page that needs nothing else, to read on screen or to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import BinaryIO

from coder.export import html_style, method
from coder.export.account_lines import BY_TYPE
from coder.export.account_lines import TITLE as ACCOUNT
from coder.export.counting import Raised
from coder.export.outline import Pack, received_day
from coder.export.sections import Section, remarks, source_line
from coder.export.selection import Released
from coder.export.wording import OVERVIEW, VOICES, day, put

_SOURCES = ("Reference", "Source", "Type", "Received")
_SPOKEN = ("Reference", "Source", "Type", "Quotes")


def write(pack: Pack, stream: BinaryIO) -> None:
    """Writes the pack as HTML in UTF-8: styles inside, no scripts, nothing fetched.

    An element with the id of a quote holds it; where the same words stand under several headings,
    the first.
    """
    put(stream, (f"{piece}\n" for piece in _page(pack)))


def _page(pack: Pack) -> Iterator[str]:
    style = html_style.SCREEN + html_style.PAPER + html_style.page(pack.heading)
    yield '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">'
    yield (
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    )
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(pack.heading)}</title>\n<style>{style}</style>\n</head>\n<body>"
    yield from _front(pack)
    if len(pack.sections) > 1:
        yield from _contents(pack.sections)
    yield "<main>"
    if pack.options.charts or pack.options.tables:
        yield from _overview(pack)
    seen: set[str] = set()
    for index, section in enumerate(pack.sections):
        yield from _section(section, index, pack, seen)
    if pack.sources:
        yield '<h2 id="sources">Sources</h2>'
        cells = ((one.ref, one.attribution, one.type, received_day(one)) for one in pack.sources)
        yield from table(_SOURCES, cells)
    if pack.method:
        yield from _method(pack.method)
    yield "</main>\n</body>\n</html>"


def _front(pack: Pack) -> Iterator[str]:
    yield f'<header>\n<p class="kicker">Quote pack</p>\n<h1>{escape(pack.heading)}</h1>'
    yield f"<p>{escape(f'{day(pack.created)} · {pack.summary()}')}</p>"
    for note in pack.notes():
        yield f'<p class="note">{escape(note)}</p>'
    yield "</header>"


def _contents(found: Sequence[Section]) -> Iterator[str]:
    yield '<nav aria-label="Contents">\n<p><span>Contents</span> <span>Quotes</span></p>\n<ul>'
    for index, section in enumerate(found):
        yield (
            f'<li class="depth-{min(section.theme.depth, 2)}"><a href="#section-{index}">'
            f"{escape(section.theme.name)}</a> <span>{section.number:,}</span></li>"
        )
    yield "</ul>\n</nav>"


def _overview(pack: Pack) -> Iterator[str]:
    """How many raised each theme and code, with a bar for the share where charts are wanted. The
    bar repeats the numbers, so those who hear the page are not told of it."""
    counted = [(index, one, one.raised) for index, one in enumerate(pack.sections) if one.raised]
    if not counted:
        return
    yield f"<table>\n<caption>{OVERVIEW}, out of all who could have</caption>\n<thead><tr>"
    chart = '<td class="bar"></td>' if pack.options.charts else ""
    yield f'<th scope="col">Theme{chart}<th scope="col" class="number">Submissions</tr></thead>'
    yield "<tbody>"
    for index, section, raised in counted:
        name = f'<a href="#section-{index}">{escape(section.theme.name)}</a>'
        bar = f'<td class="bar" aria-hidden="true">{_bar(raised)}</td>' if chart else ""
        yield (
            f'<tr><th scope="row" class="depth-{min(section.theme.depth, 2)}">{name}</th>{bar}'
            f'<td class="number">{raised.raised:,} of {raised.of:,}</td></tr>'
        )
    yield "</tbody>\n</table>"


def _bar(raised: Raised) -> str:
    return f'<i style="width:{100 * raised.raised / max(1, raised.of):.1f}%"></i>'


def _section(section: Section, index: int, pack: Pack, seen: set[str]) -> Iterator[str]:
    level = min(section.theme.depth + 2, 4)
    yield f'<h{level} id="section-{index}">{escape(section.theme.name)}</h{level}>'
    if section.theme.definition.strip():
        yield f'<p class="definition">{escape(section.theme.definition.strip())}</p>'
    yield f'<p class="count">{escape(section.count)}</p>'
    if section.raised and section.raised.where:
        yield f'<p class="regions">{escape(section.raised.where)}</p>'
    if section.here:
        yield f'<p class="regions">{escape(section.here)}</p>'
    for part in section.parts:
        if isinstance(part, str):
            yield f'<p class="own" dir="auto">{escape(part)}</p>'
        else:
            yield _quote(part, section, seen)
    if pack.options.tables and len(section.voices) > 1:
        yield f"<details open>\n<summary>{VOICES}</summary>"
        cells = ((one.ref, one.attribution, one.type, f"{one.quotes:,}") for one in section.voices)
        yield from table(_SPOKEN, cells, numbers=1)
        yield "</details>"


def _quote(quote: Released, section: Section, seen: set[str]) -> str:
    """A figure with the words, in the direction of their own script, and who said so."""
    line = escape(f"— {source_line(quote)}")
    for remark in remarks(quote, section):
        line += f" · <em>{escape(remark)}</em>"
    key = escape(quote.id)
    own = "" if quote.id in seen else f' id="{key}"'
    if quote.place in section.also or section.raised is None:
        seen.add(quote.id)
    before = f'<p class="around" dir="auto">… {escape(quote.before)}</p>\n' if quote.before else ""
    after = f'\n<p class="around" dir="auto">{escape(quote.after)} …</p>' if quote.after else ""
    return (
        f'<figure{own}>\n{before}<blockquote dir="auto">{escape(quote.quote)}</blockquote>{after}\n'
        f'<figcaption>{line} <a class="id" href="#{key}">{key}</a></figcaption>\n</figure>'
    )


def _method(told: method.Method) -> Iterator[str]:
    yield f'<section class="method">\n<h2 id="method">{method.TITLE}</h2>'
    for rule in told.rules:
        yield f"<p>{escape(rule)}</p>"
    for title, (head, *lines) in ((ACCOUNT, told.table), (BY_TYPE, told.types)):
        yield from table(head, lines, title, numbers=len(head) - 1, summed=True)
    for note in told.notes:
        yield f'<p class="note">{escape(note)}</p>'
    yield "</section>"


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    caption: str = "",
    numbers: int = 0,
    *,
    summed: bool = False,
) -> Iterator[str]:
    """A table whose last columns hold `numbers`; where it is `summed` its last row is the sum."""
    texts = len(head) - numbers
    shapes = [""] * texts + [' class="number"'] * numbers
    yield "<table>" + (f"\n<caption>{escape(caption)}</caption>" if caption else "")
    names = "".join(
        f'<th scope="col"{shape}>{escape(name)}</th>'
        for name, shape in zip(head, shapes, strict=True)
    )
    yield f"<thead><tr>{names}</tr></thead>\n<tbody>"
    lines = list(rows)
    for place, row in enumerate(lines, 1):
        cells = zip(row, shapes, strict=True)
        last = ' class="sum"' if summed and place == len(lines) else ""
        yield f"<tr{last}>{''.join(f'<td{s}>{escape(cell)}</td>' for cell, s in cells)}</tr>"
    yield "</tbody>\n</table>"
