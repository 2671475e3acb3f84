"""Blocks are set on a grid of baselines, each style in its own way."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QApplication

from coder.domain.model import Paragraph, Style
from coder.domain.paragraphs import lay_out
from coder.ui.reader import LIGHT
from coder.ui.reader.layout import LEADING, measure_width

LONG = "Volunteers came from every street and stayed for the whole of the long summer. " * 4
TEXT, PARAGRAPHS = lay_out(
    [
        ("A heading", Style.HEADING),
        (LONG, Style.BODY),
        (LONG, Style.BODY),
        (LONG, Style.LIST),
        ("one\ttwo", Style.TABLE),
        ("three\tfour", Style.TABLE),
        ("A note", Style.NOTE),
        (LONG, Style.REPLY),
        ("قال المتطوعون إنهم سيبقون", Style.BODY),
    ]
)


@pytest.fixture
def rows(reader):
    """The lines of each paragraph, by style and paragraph."""
    reader.resize(1_000, 1_400)
    reader.show_document(TEXT, PARAGRAPHS, [])
    reader.toggle_folds()
    QApplication.processEvents()
    return [
        [row for row in reader._page.rows() if paragraph.start <= row.start < paragraph.end]
        for paragraph in PARAGRAPHS
    ]


def test_lines_have_generous_and_even_leading(reader, rows):
    steps = {two.baseline - one.baseline for one, two in pairwise(rows[1])}
    assert steps == {round(reader._page.fontMetrics().height() * LEADING)}
    assert all(one.bottom == two.top for one, two in pairwise(rows[1]))


def test_paragraphs_stand_apart_and_table_rows_do_not(rows):
    body = rows[1][-1].bottom - rows[1][-1].top
    assert body / 4 < rows[2][0].top - rows[1][-1].bottom < body
    assert rows[5][0].top == rows[4][0].bottom
    assert rows[6][0].top > rows[5][0].bottom


def test_lines_hold_about_seventy_characters(reader, rows):
    lengths = [row.end - row.start for row in rows[1][:-1] + rows[2][:-1]]
    assert 60 <= sum(lengths) / len(lengths) <= 76
    assert reader._page.viewport().width() >= measure_width(reader._page.font())


def test_each_style_has_its_size_and_weight(rows):
    height = {row[0].style: row[0].line.height() for row in rows[:8]}
    assert height[Style.HEADING] > height[Style.BODY] > height[Style.NOTE]
    assert height[Style.LIST] == height[Style.BODY]


def test_a_list_hangs_and_a_reply_is_moved_in_and_neither_goes_beyond_the_column(reader, rows):
    edge = rows[1][0].line.x()
    first, second = rows[3][:2]
    assert edge < first.line.x() < second.line.x()
    assert edge < rows[7][0].line.x() == rows[7][1].line.x()
    for row in rows[3] + rows[7]:
        assert row.line.naturalTextRect().right() <= reader._page.viewport().width()


def test_writing_from_the_right_begins_at_the_right_edge(reader, rows):
    (row,) = rows[8]
    assert row.line.naturalTextRect().right() > reader._page.viewport().width() - 12
    assert row.line.naturalTextRect().left() > reader._page.viewport().width() / 3


def test_the_last_line_can_be_scrolled_into_view(reader):
    reader.resize(700, 300)
    reader.show_document(TEXT * 1, PARAGRAPHS, [])
    bar = reader._page.verticalScrollBar()
    for _ in range(60):
        bar.setValue(bar.maximum())
    last = reader._page.rows()[-1]
    assert reader._page.map.to_points(last.end) == len(TEXT)
    assert last.bottom <= reader._page.viewport().height()


def test_tall_characters_get_the_room_they_need(reader):
    text, paragraphs = lay_out([("A🇬🇧 漢字 ﷽ नमस्ते Z̷̢̛͎̪̗ " * 30, Style.BODY)])
    reader.show_document(text, paragraphs, [])
    for one, two in pairwise(reader._page.rows()):
        assert two.baseline - one.baseline >= one.line.height() - one.line.ascent()


WORDS = "volunteers came from every street and stayed for the whole of the long summer we had "
GIANTS = {
    "English": WORDS * 120,
    "one sentence after another": LONG * 40,
    "Arabic": "قال المتطوعون إنهم سيبقون معنا طوال الصيف الطويل " * 200,
    "Japanese": "ボランティアは毎週木曜日に電話をかける" * 300,
}


@pytest.mark.parametrize("text", GIANTS.values(), ids=GIANTS)
@pytest.mark.parametrize("style", [Style.BODY, Style.REPLY, Style.LIST])
def test_a_giant_paragraph_reads_as_one_with_no_short_line_in_it(reader, text, style):
    text = text.strip()
    reader.show_document(f"x\n{text}", [Paragraph("1", 2, len(text) + 2, style)], [])
    page = reader._page
    bar = page.verticalScrollBar()
    lines = {}
    for value in range(0, 400, 10):
        bar.setValue(value)
        for row in page.rows():
            lines[row.start] = (row.line.naturalTextWidth(), row.bottom - row.top)
    starts = sorted(lines)[1:]
    assert len({page.document().findBlock(start).blockNumber() for start in starts}) >= 3
    widths = [lines[start][0] for start in starts[:-1]]
    assert min(widths) > 0.7 * max(widths)


@pytest.mark.parametrize("width", [500, 1_000])
def test_lines_of_a_giant_paragraph_are_as_far_apart_where_it_is_parted(reader, width):
    text = (WORDS * 120).strip()
    reader.resize(width, 700)
    reader.show_document(text, [Paragraph("1", 0, len(text))], [])
    reader.go_to(1_700)
    steps = {two.baseline - one.baseline for one, two in pairwise(reader._page.rows())}
    assert steps == {round(reader._page.fontMetrics().height() * LEADING)}


PAGED = "First page.\nStill on it.\nSecond page.\nA note.\nAnother note."
ON_PAGES = [
    Paragraph("1", 0, 11, page=1),
    Paragraph("2", 12, 24, page=1),
    Paragraph("3", 25, 37, page=2),
    Paragraph("", 38, 45, Style.NOTE, page=2),
    Paragraph("", 46, 59, Style.NOTE, page=2),
]


def inked(reader, top: int, bottom: int) -> set[str]:
    picture = reader._page.viewport().grab().toImage()
    return {picture.pixelColor(60, y).name() for y in range(top, bottom)}


def test_a_page_that_begins_is_told_by_a_ruled_line_between(reader):
    reader.show_document(PAGED, ON_PAGES, [])
    QApplication.processEvents()
    rows = reader._page.rows()
    first, second, third = (rows[index] for index in range(3))
    assert third.top - second.bottom > 2 * (second.top - first.bottom)
    assert LIGHT.rule in inked(reader, second.bottom, third.top)
    assert inked(reader, first.bottom, second.top) == {LIGHT.page}
    assert reader._page.toPlainText() == PAGED


def test_the_line_between_pages_is_seen_before_the_page_is(reader):
    text, paragraphs = lay_out([(LONG, Style.BODY)] * 2, [1, 2])
    reader.show_document(text, paragraphs, [])
    QApplication.processEvents()
    first = next(row for row in reader._page.rows() if row.start == paragraphs[1].start)
    reader.resize(1_000, first.top - 2)
    QApplication.processEvents()
    gap = reader._page.viewport().height() - first.room - 10
    assert LIGHT.rule in inked(reader, gap, reader._page.viewport().height())


def test_a_document_without_pages_has_no_such_lines(reader):
    reader.show_document(PAGED, [Paragraph("1", 0, 11), Paragraph("2", 12, len(PAGED))], [])
    assert [row.kind.page for row in reader._page.rows()] == [0] * len(reader._page.rows())


def test_notes_are_parted_from_the_text_by_a_short_rule(reader):
    reader.show_document(PAGED, ON_PAGES, [])
    QApplication.processEvents()
    text, note, another = reader._page.rows()[2:5]
    assert LIGHT.muted in inked(reader, text.bottom, note.top)
    assert inked(reader, note.bottom, another.top) == {LIGHT.page}


@pytest.mark.parametrize("mark", ["• ", "12. ", "(b) ", "•\t"])
def test_the_lines_of_a_list_item_hang_below_its_words(reader, mark):
    text = mark + LONG
    reader.show_document(text, [Paragraph("1", 0, len(text), Style.LIST)], [])
    first, second = reader._page.rows()[:2]
    words = first.line.cursorToX(len(mark))[0]
    assert abs(second.line.x() - words) <= 1


@pytest.mark.parametrize("style", [Style.BODY, Style.HEADING])
def test_a_number_with_a_tab_stands_out_and_the_words_hang_below_each_other(reader, style):
    text = "4.12\t" + LONG
    reader.show_document(text, [Paragraph("4.12", 0, len(text), style)], [])
    first, second = reader._page.rows()[:2]
    assert abs(second.line.x() - first.line.cursorToX(5)[0]) <= 1
    assert second.line.x() < reader._page.viewport().width() / 4


def test_a_giant_numbered_paragraph_hangs_to_its_end(reader):
    text = "4.12\t" + WORDS * 120
    reader.show_document(text, [Paragraph("4.12", 0, len(text))], [])
    second = reader._page.rows()[1].line.x()
    reader.go_to(5_000)
    assert {row.line.x() for row in reader._page.rows()} == {second}
    assert second > 20
