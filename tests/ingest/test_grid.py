"""Tables come in as rows of cells, from text in any dialect and from workbooks."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.draft import Source
from coder.domain.errors import Unreadable
from coder.ingest.grid import book_grid, regular, text_grid

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs>'
    "</styleSheet>"
)


def workbook(**sheets: str) -> bytes:
    """A workbook of Excel from the inside of each sheet's data."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        named = enumerate(sheets, start=1)
        listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in named)
        links = "".join(
            f'<Relationship Id="r{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/s{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        links += f'<Relationship Id="st" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
        parts.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types"/>')
        parts.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="it" '
            f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        parts.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets>'
            "</workbook>",
        )
        relations = f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
        parts.writestr("xl/_rels/workbook.xml.rels", relations)
        parts.writestr("xl/styles.xml", _STYLES)
        for number, inside in enumerate(sheets.values(), start=1):
            data = f'<worksheet xmlns="{_MAIN}"><sheetData>{inside}</sheetData></worksheet>'
            parts.writestr(f"xl/worksheets/s{number}.xml", data)
    return packed.getvalue()


def words(cell: str, text: str) -> str:
    return f'<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>'


def opened(data: bytes, name: str = "export.xlsx") -> tuple[tuple[str, ...], ...]:
    return book_grid(Source(name, data=data)).rows


@pytest.mark.parametrize(
    "text",
    [
        'a,b\n"x, y",z\n',
        'a;b\n"x, y";z\n',
        "a\tb\nx, y\tz\n",
        'sep=;\na;b\n"x, y";z\n',
        'a, b\n"x, y", z',
    ],
)
def test_the_sign_between_cells_is_found_out(text: str) -> None:
    assert text_grid(text).rows[-2:] == (("a", "b"), ("x, y", "z"))


def test_a_cell_may_hold_lines_quotes_and_a_million_characters() -> None:
    long = "word " * 200_000

    rows = text_grid(f'a,b\n"one\n\ntwo ""said""",x\n{long},y\n').rows

    assert rows[1] == ('one\n\ntwo "said"', "x")
    assert rows[2] == (long, "y")


def test_a_quotation_mark_that_is_never_closed_is_named() -> None:
    grid = text_grid('a,b\n"x,y\nz,1\n')

    assert "never closed" in grid.problems[0]
    assert "z,1" in grid.rows[1][0]


def test_ragged_rows_stay_as_they_are() -> None:
    assert text_grid("a,b\n1\n1,2,3\n\n").rows == (("a", "b"), ("1",), ("1", "2", "3"), ())


def test_more_rows_than_are_read_are_refused() -> None:
    with pytest.raises(Unreadable, match="more than 100,000 rows"):
        text_grid("a,b\n" + "1,2\n" * 100_001)


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("Name,Answer\nJane,Yes\n", True),
        ("Name,Answer\nJane,Yes", True),
        ("A title\n\nName,Answer\nJane,Yes\nBob,No\n", True),
        ("Dear all, thanks for this.\nWe think, on the whole, that it is good.\nYours\n", False),
        ("One, two and three.", False),
        ("1,2\n3,4\n", False),
        ("", False),
    ],
)
def test_a_table_is_told_from_words_with_commas(text: str, table: bool) -> None:
    assert regular(text, whole=True) is table


def test_a_workbook_gives_its_values_as_a_person_writes_them() -> None:
    row = words("A1", "Zoë &amp; Co") + '<c r="B1"><v>5</v></c><c r="C1"><v>2.5</v></c>'
    row += '<c r="D1" t="b"><v>1</v></c><c r="E1" s="1"><v>43963.5</v></c>'
    row += '<c r="F1" s="1"><v>43963</v></c><c r="G1"><f>1+1</f><v>2</v></c>'

    rows = opened(workbook(Data=f'<row r="1">{row}</row>'))

    assert rows == (("Zoë & Co", "5", "2.5", "TRUE", "2020-05-12T12:00:00", "2020-05-12", "2"),)


def test_rows_keep_the_numbers_that_the_program_shows() -> None:
    rows = opened(workbook(Data=f'<row r="3">{words("A3", "x")}</row>'))

    assert rows == (("",), ("",), ("x",))


def test_the_largest_sheet_is_the_table_and_the_others_are_kept() -> None:
    few = f'<row r="1">{words("A1", "Notes")}</row>'
    many = "".join(f'<row r="{n}">{words(f"A{n}", "x")}</row>' for n in range(1, 5))

    grid = book_grid(Source("a.xlsx", data=workbook(Codes=few, Data=many, Empty="")))

    assert grid.rows == (("x",),) * 4
    assert grid.sheets == (("Codes", (("Notes",),)), ("Data", grid.rows))
    assert grid.problems == ()


def test_what_lies_beside_the_cells_of_a_workbook_is_named() -> None:
    formula = '<c r="B1"><f>A1&amp;"!"</f><v/></c><c r="C1" t="str"><f>""</f><v></v></c>'
    whole = '<c r="D1"><f>1+1</f><v>2</v></c>'
    packed = io.BytesIO(workbook(Data=f'<row r="1">{words("A1", "Name")}{formula}{whole}</row>'))
    with zipfile.ZipFile(packed, "a") as parts:
        parts.writestr("xl/comments1.xml", '<comments><comment ref="A1"/><comment/></comments>')
        parts.writestr("xl/drawings/drawing1.xml", "<xdr:wsDr><xdr:txBody></xdr:txBody></xdr:wsDr>")

    problems = book_grid(Source("a.xlsx", data=packed.getvalue())).problems

    assert problems[:2] == ("2 cell notes are not read.", "1 drawing is not read.")
    assert len(problems) == 3
    assert problems[2].startswith("1 cell holds a formula whose value is not stored")


def test_a_table_wider_than_any_workbook_is_refused_at_once() -> None:
    with pytest.raises(Unreadable, match="more than 16,384 columns"):
        text_grid("a,b\n" + "," * 20_000)


def test_an_open_document_sheet_is_read() -> None:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    lines = "<text:p>one</text:p><text:p>two</text:p>"
    cell = f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("META-INF/manifest.xml", f'<manifest xmlns="{space}:manifest:1.0"/>')
        parts.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{space}:office:1.0" '
            f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="S"><table:table-row>{cell}{cell}'
            "</table:table-row></table:table></office:spreadsheet></office:body>"
            "</office:document-content>",
        )

    assert opened(packed.getvalue(), "a.ods") == (("one\ntwo", "one\ntwo"),)


def test_cells_far_apart_and_parts_that_unfold_without_end_cost_one_line() -> None:
    far = f'<row r="1">{words("A1", "x")}</row><row r="1048576">{words("XFD1048576", "y")}</row>'
    bomb = io.BytesIO(workbook(Data=""))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as parts, parts.open("big", "w") as part:
        for _ in range(520):
            part.write(bytes(1024 * 1024))

    for data in (workbook(Data=far), bomb.getvalue()):
        with pytest.raises(Unreadable, match="unreasonable size"):
            opened(data)


@settings(max_examples=100, deadline=None)
@given(
    start=st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)]),
    rest=st.binary(max_size=600),
    cut=st.integers(0, 1500),
)
def test_any_bytes_give_rows_or_a_known_error(start: bytes, rest: bytes, cut: int) -> None:
    whole = workbook(Data=f'<row r="1">{words("A1", "x")}</row>')

    for data in (start + rest, whole[:cut] + rest, whole[:cut] + whole[cut + 1 :]):
        try:
            rows = opened(data)
        except Unreadable:
            continue
        assert all(isinstance(cell, str) for row in rows for cell in row)


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from('a,;\t|"\n \x00=sep\u2028')))
def test_any_text_gives_rows(text: str) -> None:
    assert sum(map(len, text_grid(text).rows)) >= 0
    assert regular(text, whole=False) in (True, False)
