"""Blocks are set on a grid of baselines, each style in its own way."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QApplication

from coder.domain.model import Style
from coder.domain.paragraphs import lay_out
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
