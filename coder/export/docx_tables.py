"""Tables of a Word pack: their head comes again on every page, and no row is torn in two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from coder.export.docx_words import paragraph

_RIGHT = '<w:jc w:val="right"/>'


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, how wide it is beside the others, and whether it holds numbers."""

    name: str
    share: int
    numbers: bool = False


Row = Sequence[str] | str
"""The words of the cells; or one heading over all of them."""


def table(
    columns: Sequence[Column],
    rows: Iterable[Row],
    width: int,
    told: str,
    total: Sequence[str] = (),
) -> Iterator[str]:
    """The XML of a table, piece by piece; `width` is that of the text in twentieths of a point,
    `told` what a screen reader says of the table and `total` a last row, bold."""
    whole = sum(column.share for column in columns)
    widths = [width * column.share // whole for column in columns]
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    yield (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Sources"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0"'
        ' w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(told)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    )
    head = "<w:cantSplit/><w:tblHeader/>"
    yield _row(columns, widths, "SourceHead", [column.name for column in columns], head)
    for row in rows:
        if isinstance(row, str):
            yield _band(row, len(columns), sum(widths))
        else:
            yield _row(columns, widths, "SourceCell", row, "<w:cantSplit/>")
    if total:
        yield _row(columns, widths, "SourceTotal", total, "<w:cantSplit/>")
    yield "</w:tbl>" + paragraph("PackEnd", "")


def _row(
    columns: Sequence[Column], widths: Sequence[int], style: str, cells: Sequence[str], how: str
) -> str:
    return (
        f"<w:tr><w:trPr>{how}</w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{paragraph(style, cell, after=_RIGHT if column.numbers else '')}</w:tc>"
            for column, width, cell in zip(columns, widths, cells, strict=True)
        )
        + "</w:tr>"
    )


def _band(text: str, columns: int, width: int) -> str:
    return (
        "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr>"
        f'<w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{columns}"/></w:tcPr>'
        f"{paragraph('SourceBand', text)}</w:tc></w:tr>"
    )
