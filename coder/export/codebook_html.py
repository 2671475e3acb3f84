"""Writes a codebook as pages to be printed, in the HTML that a `QTextDocument` knows."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from coder.domain.codebook_file import KEY, TEXTS, TITLE
from coder.domain.palette import shade
from coder.domain.printed import KEEP, Printed, PrintPart
from coder.export.codebook_outline import CodebookOutline, CodeSection, example_line
from coder.export.wording import day

_INDENT = 14
"""By so many pixels each level stands further in."""

_THEME_GAP, _CODE_GAP = 18, 12

_STYLE = """
body { color: #1f2226; }
p { margin: 0 0 5px 0; }
.kicker, .facts, .summary, .source { color: #5d626a; }
.kicker { margin-bottom: 2px; }
h1 { font-size: 20pt; margin: 0 0 6px 0; }
h2 { font-size: 14pt; margin: 0 0 2px 0; }
h3 { font-size: 11.5pt; margin: 0 0 2px 0; }
.quote { margin-left: 14px; margin-top: 3px; font-style: italic; }
.source { margin-left: 14px; }
.note { color: #5d626a; font-style: italic; }
"""


def write(book: CodebookOutline) -> Printed:
    """The codebook in parts, one for each code, with nothing in it that is fetched or run."""
    parts = [("".join(_front(book)), 0)]
    for section in book.sections:
        gap = _CODE_GAP if section.entry.depth else _THEME_GAP
        parts.append(("".join(_section(section)), gap))
    head = f"<html><head><style>{_STYLE}</style></head><body>"
    made = tuple(PrintPart(f"{head}{html}</body></html>", gap) for html, gap in parts)
    return Printed(" – ".join(filter(None, (book.inquiry, TITLE))), made)


def _front(book: CodebookOutline) -> Iterator[str]:
    yield f'<p class="kicker">{TITLE}</p><h1>{_text(book.inquiry)}</h1>'
    yield f'<p class="summary">{day(book.created)} · {book.summary()}</p>'
    for note in book.notes():
        yield f'<p class="note">{_text(note)}</p>'


def _section(section: CodeSection) -> Iterator[str]:
    entry = section.entry
    level = "h3" if entry.depth else "h2"
    inset = _INDENT * max(0, entry.depth - 1)
    square = f'<span style="color:{shade(entry.colour, dark=False)}">■</span>'
    yield f'<{level} style="margin-left:{inset}px">{square} {_text(entry.name)}</{level}>'
    facts = [
        entry.colour,
        f"{KEY.lower()} {entry.key}" if entry.key else "",
        section.used,
        f"in {entry.shown_path.rpartition(' / ')[0]}" if entry.depth else "",
    ]
    said = " · ".join(_text(fact) for fact in facts if fact)
    yield f'<p class="facts" style="margin-left:{inset}px">{said}</p>'
    for name, words in TEXTS.items():
        if text := getattr(entry, name):
            yield f'<p style="margin-left:{inset}px"><b>{words}:</b> {_text(text)}</p>'
    for one in section.examples:
        yield f'<p class="quote">{KEEP}“{_text(one.quote)}”</p>'
        yield f'<p class="source">— {_text(example_line(one))}</p>'


def _text(text: str) -> str:
    return escape(text).replace("{", "&#123;").replace("\n", "<br/>")
