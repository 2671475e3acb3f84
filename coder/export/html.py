"""Writes a quote pack as one HTML page that needs nothing else, to read on screen or to print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import BinaryIO

from coder.export.outline import Pack, received_day
from coder.export.sections import Section, remarks, source_line
from coder.export.selection import Released
from coder.export.wording import day, put

_STYLE = """
:root { color-scheme: light dark; --ink: #1f2328; --muted: #5b646c; --accent: #1f5c66;
  --hair: #c9d3d6; --page: #fffdf8; --warn: #8a4b14; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e6e1; --muted: #a5acb4; --accent: #7fc4cd;
  --hair: #3b4347; --page: #1d2023; --warn: #e0a56b; } }
html { background: var(--page); color: var(--ink); }
body { font: 17px/1.55 Georgia, Gelasio, "Liberation Serif", serif; max-width: 42rem;
  margin: 4rem auto; padding: 0 1.5rem; }
header p, nav, table, .definition, .count, figcaption {
  font-family: Calibri, Carlito, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
h1, h2, h3, h4 { font-weight: normal; line-height: 1.2; break-after: avoid; }
h1 { font-size: 2.2rem; margin: 0 0 .6rem; }
h2 { font-size: 1.6rem; color: var(--accent); border-top: 1px solid var(--hair);
  padding-top: 1.2rem; margin: 3.5rem 0 .4rem; }
h3 { font-size: 1.2rem; margin: 2.4rem 0 .3rem; }
h4 { font-size: 1.05rem; margin: 2rem 0 .3rem; }
.kicker { color: var(--accent); font-weight: bold; letter-spacing: .04em; margin: 0 0 .4rem; }
.note, .definition, figcaption { color: var(--muted); margin: .2rem 0; white-space: pre-line; }
.count { color: var(--accent); font-size: .9rem; margin: .2rem 0 1.2rem; }
nav ul { list-style: none; padding: 0; margin: 2rem 0; }
nav li { display: flex; justify-content: space-between; padding: .15rem 0; }
nav a { color: inherit; text-decoration: none; } nav a:hover { text-decoration: underline; }
.depth-1 { padding-left: 1.2rem; } .depth-2 { padding-left: 2.4rem; }
figure { margin: 1.6rem 0; break-inside: avoid; }
blockquote { margin: 0; padding: .1rem 0 .1rem 1.1rem; border-inline-start: 2px solid
  var(--accent); white-space: pre-wrap; overflow-wrap: anywhere; }
figcaption { break-before: avoid; font-size: .92rem; padding-inline-start: calc(1.1rem + 2px); }
em { color: var(--warn); }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: start; vertical-align: top; padding: .35rem .8rem .35rem 0;
  border-bottom: 1px solid var(--hair); }
th { color: var(--muted); }
@page { size: A4; margin: 25mm 24mm; }
@media print { :root { --ink: #000; --muted: #444; --accent: #1f5c66; --hair: #bbb; --page: #fff;
  --warn: #8a4b14; } body { font-size: 10.5pt; margin: 0; max-width: none; padding: 0; } }
"""


def write(pack: Pack, stream: BinaryIO) -> None:
    """Writes the pack as HTML in UTF-8: styles inside, no scripts, nothing fetched."""
    put(stream, (f"{piece}\n" for piece in _page(pack)))


def _page(pack: Pack) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">'
    yield (
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    )
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(pack.heading)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>"
    yield from _front(pack)
    found = pack.sections
    if len(found) > 1:
        yield from _contents(found)
    for index, section in enumerate(found):
        yield from _section(section, index)
    if pack.sources:
        yield from _sources(pack)
    yield "</body>\n</html>"


def _front(pack: Pack) -> Iterator[str]:
    yield f'<header>\n<p class="kicker">Quote pack</p>\n<h1>{escape(pack.heading)}</h1>'
    yield f"<p>{escape(f'{day(pack.created)} · {pack.summary()}')}</p>"
    for note in pack.notes():
        yield f'<p class="note">{escape(note)}</p>'
    yield "</header>"


def _contents(found: Sequence[Section]) -> Iterator[str]:
    yield '<nav aria-label="Contents">\n<ul>'
    for index, section in enumerate(found):
        yield (
            f'<li class="depth-{min(section.theme.depth, 2)}"><a href="#section-{index}">'
            f"{escape(section.theme.name)}</a> <span>{section.number:,}</span></li>"
        )
    yield "</ul>\n</nav>"


def _section(section: Section, index: int) -> Iterator[str]:
    level = min(section.theme.depth + 2, 4)
    yield f'<h{level} id="section-{index}">{escape(section.theme.name)}</h{level}>'
    if section.theme.definition.strip():
        yield f'<p class="definition">{escape(section.theme.definition.strip())}</p>'
    yield f'<p class="count">{section.count}</p>'
    for quote in section.quotes:
        yield _quote(quote, section)


def _quote(quote: Released, section: Section) -> str:
    """A figure with the words, in the direction of their own script, and who said so."""
    line = escape(f"— {source_line(quote)}")
    for remark in remarks(quote, section):
        line += f" · <em>{escape(remark)}</em>"
    return (
        f'<figure id="quote-{escape(quote.id)}">\n<blockquote dir="auto">{escape(quote.quote)}'
        f"</blockquote>\n<figcaption>{line}</figcaption>\n</figure>"
    )


def _sources(pack: Pack) -> Iterator[str]:
    yield "<h2>Sources</h2>\n<table>"
    yield "<thead><tr><th>Reference<th>Source<th>Type<th>Received</tr></thead>\n<tbody>"
    for source in pack.sources:
        cells = (source.ref, source.attribution, source.type, received_day(source))
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
    yield "</tbody>\n</table>"
