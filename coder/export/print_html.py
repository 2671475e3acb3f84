"""A quote pack to be set on pages, in the HTML that a `QTextDocument` knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import islice

from coder.domain.printed import KEEP, Printed, PrintPart
from coder.export import method
from coder.export.account_lines import BY_TYPE
from coder.export.account_lines import TITLE as ACCOUNT
from coder.export.counting import Raised
from coder.export.docx_words import is_from_right
from coder.export.outline import Pack, received_day
from coder.export.sections import Section, remarks, source_line
from coder.export.selection import Released
from coder.export.wording import OVERVIEW, VOICES, day, printable

_AT_ONCE = 100
"""So many quotes are set at once."""

_SECTION_GAP, _QUOTE_GAP, _TABLE_GAP = 26, 11, 12
_INDENT = 12
"""By so many pixels each level of the contents stands further in."""

_WIDTHS = {
    (2, 1): (70, 30),
    (4, 0): (13, 41, 23, 23),
    (4, 1): (13, 45, 29, 13),
    (4, 3): (46, 18, 18, 18),
}
"""The columns of a table in per cent, by how many there are and how many of them hold numbers."""

_ACCENT, _TINT = "#1f5c66", "#eaf1f2"

_STYLE = """
p, h1, h2, h3, h4, blockquote { margin: 0; }
body { color: #1f2328; }
h1 { font-size: 22pt; font-weight: normal; margin-bottom: 6px; }
h2 { font-size: 15pt; font-weight: normal; color: #1f5c66; margin-bottom: 3px; }
h3 { font-size: 12pt; font-weight: normal; margin-bottom: 3px; }
h4 { font-size: 11pt; font-weight: normal; margin-bottom: 3px; }
.kicker { color: #1f5c66; font-weight: bold; margin-bottom: 3px; }
.note, .definition { color: #5b646c; margin-bottom: 3px; }
.regions { color: #5b646c; font-size: 9pt; margin-bottom: 3px; }
.summary { margin-bottom: 8px; }
.count { color: #1f5c66; font-size: 9pt; margin-bottom: 3px; }
.rule { margin-bottom: 6px; }
blockquote { margin: 15px 0 2px 14px; }
blockquote.within { margin-top: 2px; }
.own { margin-top: 12px; }
.source, .before, .after { color: #5b646c; font-size: 9pt; margin-left: 14px; }
.before { margin-top: 15px; }
.id { color: #5b646c; font-size: 7pt; }
.remark { color: #8a4b14; font-style: italic; }
.caption { color: #5b646c; font-size: 9pt; margin-bottom: 3px; }
th { color: #5b646c; font-size: 9pt; font-weight: normal; text-align: left; }
td { font-size: 9pt; }
.sum { font-weight: bold; }
"""


def write(pack: Pack) -> Printed:
    """The pack in parts, with nothing in it that is fetched or run."""
    parts = (
        PrintPart(
            f"<html><head><style>{_STYLE}</style></head><body>{html}</body></html>", gap, turn
        )
        for html, gap, turn in _parts(pack)
    )
    return Printed(printable(pack.heading), tuple(parts))


def _parts(pack: Pack) -> Iterator[tuple[str, float, bool]]:
    yield "".join(_front(pack)), 0, False
    if len(pack.sections) > 1:
        yield _heading("Contents", 2), _SECTION_GAP, False
        yield _contents(pack.sections, bool(pack.sources), bool(pack.method)), 4, False
    raised = [(section, section.raised) for section in pack.sections if section.raised]
    if raised and (pack.options.charts or pack.options.tables):
        yield _heading(OVERVIEW, 2), _SECTION_GAP, False
        yield _overview(raised, bars=pack.options.charts), 4, False
    for index, section in enumerate(pack.sections):
        yield from _section(section, index, pack)
    if pack.sources:
        yield _heading("Sources", 2, "sources"), _SECTION_GAP, False
        rows = ((one.ref, one.attribution, one.type, received_day(one)) for one in pack.sources)
        yield _table(("Reference", "Source", "Type", "Received"), rows), 4, False
    if pack.method:
        yield from _method(pack.method)


def _front(pack: Pack) -> Iterator[str]:
    yield f'<p class="kicker">Quote pack</p><h1>{_text(pack.heading)}</h1>'
    yield f'<p class="summary">{_text(f"{day(pack.created)} · {pack.summary()}")}</p>'
    for note in pack.notes():
        yield f'<p class="note">{_text(note)}</p>'


def _contents(found: Sequence[Section], sources: bool, how: bool) -> str:
    lines = [
        (one.theme.name, min(one.theme.depth, 2), f"section-{index}")
        for index, one in enumerate(found)
    ]
    lines += [("Sources", 0, "sources")] * sources + [(method.TITLE, 0, "method")] * how
    rows = "".join(
        f'<tr><td width="90%" style="padding-left:{_INDENT * depth}px">{_text(name)}</td>'
        f'<td width="10%" align="right">{{page {anchor}}}</td></tr>'
        for name, depth, anchor in lines
    )
    return f'<table width="100%" cellspacing="0" cellpadding="2">{rows}</table>'


def _overview(found: Sequence[tuple[Section, Raised]], *, bars: bool) -> str:
    """How many raised each theme and code, with a bar for the share."""
    rows = []
    for section, raised in found:
        inset = _INDENT * min(section.theme.depth, 2)
        rows.append(
            f'<tr><td width="42%" style="padding-left:{inset}px">{_text(section.theme.name)}</td>'
            f'<td width="38%" style="padding-top:4px">{_bar(raised) if bars else ""}</td>'
            f'<td width="20%" align="right">{raised.raised:,} of {raised.of:,}</td></tr>'
        )
    head = "<thead><tr><th>Theme</th><th></th><th align=right>Submissions</th></tr></thead>"
    return f'<table width="100%" cellspacing="0" cellpadding="2">{head}{"".join(rows)}</table>'


def _bar(raised: Raised) -> str:
    share = min(99, max(1, round(100 * raised.raised / max(1, raised.of))))
    cells = ((share, _ACCENT), (100 - share, _TINT))
    shown = "".join(
        f'<td width="{width}%" bgcolor="{colour}" style="font-size:6pt">&nbsp;</td>'
        for width, colour in cells
    )
    return f'<table width="100%" cellspacing="0" cellpadding="0"><tr>{shown}</tr></table>'


def _section(section: Section, index: int, pack: Pack) -> Iterator[tuple[str, float, bool]]:
    level = min(section.theme.depth + 2, 4)
    head = _heading(section.theme.name, level, f"section-{index}")
    if section.theme.definition.strip():
        head += f'<p class="definition">{KEEP}{_text(section.theme.definition.strip())}</p>'
    keep = KEEP if section.quotes else ""
    where = section.raised.where if section.raised else ""
    told = [("count", section.count), ("regions", where), ("regions", section.here)]
    *lines, last = [(kind, text) for kind, text in told if text]
    head += "".join(f'<p class="{kind}">{KEEP}{_text(text)}</p>' for kind, text in lines)
    head += f'<p class="{last[0]}">{keep}{_text(last[1])}</p>'
    parts, gap = iter(section.parts), float(_SECTION_GAP)
    while some := list(islice(parts, _AT_ONCE)):
        yield head + "".join(_part(one, section) for one in some), gap, False
        head, gap = "", _QUOTE_GAP
    if head:
        yield head, gap, False
    if pack.options.tables and len(section.voices) > 1:
        rows = ((one.ref, one.attribution, one.type, f"{one.quotes:,}") for one in section.voices)
        made = _table(("Reference", "Source", "Type", "Quotes"), rows, VOICES, numbers=1)
        yield made, _TABLE_GAP, False


def _part(part: Released | str, section: Section) -> str:
    if isinstance(part, str):
        return f'<p class="own">{_text(part)}</p>'
    line = _text(f"— {source_line(part)}")
    for remark in remarks(part, section):
        line += f' · <span class="remark">{_text(remark)}</span>'
    line += f' &nbsp;<span class="id">{_text(part.id)}</span>'
    before = f'<p class="before">{KEEP}… {_text(part.before)}</p>' if part.before else ""
    after = f'<p class="after">{KEEP}{_text(part.after)} …</p>' if part.after else ""
    side = "rtl" if is_from_right(part.quote) else "ltr"
    within = ' class="within"' if before else ""
    said = f'<blockquote dir="{side}"{within}>{_text(part.quote)}</blockquote>'
    return f'{before}{said}{after}<p class="source">{line}</p>'


def _method(told: method.Method) -> Iterator[tuple[str, float, bool]]:
    rules = "".join(f'<p class="rule">{_text(rule)}</p>' for rule in told.rules)
    yield _heading(method.TITLE, 2, "method") + rules, _SECTION_GAP, True
    for title, (head, *lines) in ((ACCOUNT, told.table), (BY_TYPE, told.types)):
        made = _table(head, lines, title, numbers=len(head) - 1, summed=True)
        yield made, _TABLE_GAP, False
    yield "".join(f'<p class="note">{_text(note)}</p>' for note in told.notes), _TABLE_GAP, False


def _heading(text: str, level: int, anchor: str = "") -> str:
    named = f'<a name="{anchor}"></a>' if anchor else ""
    return f"<h{level}>{named}{_text(text)}</h{level}>"


def _table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    caption: str = "",
    numbers: int = 0,
    *,
    summed: bool = False,
) -> str:
    """A table whose last columns hold `numbers`; where it is `summed` its last row is the sum."""
    sides = ["left"] * (len(head) - numbers) + ["right"] * numbers
    widths = _WIDTHS[len(head), numbers]
    heads = "".join(
        f'<th align="{side}" width="{width}%">{_text(name)}</th>'
        for name, side, width in zip(head, sides, widths, strict=True)
    )
    lines = [
        "".join(
            f'<td align="{side}">{_text(cell)}</td>' for cell, side in zip(row, sides, strict=True)
        )
        for row in rows
    ]
    if summed and lines:
        lines[-1] = lines[-1].replace("<td ", '<td class="sum" ')
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    above = f'<p class="caption">{KEEP}{_text(caption)}</p>' if caption else ""
    table = '<table width="100%" cellspacing="0" cellpadding="3">'
    return f"{above}{table}<thead><tr>{heads}</tr></thead>{body}</table>"


def _text(text: str) -> str:
    """The text as HTML, with its line breaks; braces must not pass for the number of a page."""
    said = escape(printable(text)).replace("{", "&#123;")
    return said.replace("\r\n", "<br/>").replace("\r", "<br/>").replace("\n", "<br/>")
