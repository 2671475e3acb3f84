"""The columns of a table stand where their heading does, and what is too long wraps within them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QWheelEvent
from PySide6.QtWidgets import QApplication

from coder.domain.model import Style
from coder.domain.paragraphs import lay_out
from coder.ui.reader.tables import GAP, columns, parted

ROWS = [
    ["Place", "2010", "2020", "Open in August 2020"],
    ["Community and welfare halls", "37", "29", "12"],
]
LONG = "They opened again in May, and by June every table was taken, which none of us had foreseen."
TEXT, PARAGRAPHS = lay_out(
    [
        ("Before the table.", Style.BODY),
        *[("\t".join(row), Style.TABLE) for row in ROWS],
        (f"Lunch club\t{LONG}\t{LONG.upper()}\tyes", Style.TABLE),
        (f"First line\nsecond line\t4\t\t{LONG}", Style.TABLE),
        ("After the table.", Style.BODY),
    ]
)


@pytest.fixture
def metrics(qapp) -> QFontMetricsF:
    return QFontMetricsF(QFont("DejaVu Serif", 12))


@pytest.fixture(params=[700, 1_200])
def page(reader, request):
    reader.resize(request.param, 900)
    reader.show_document(TEXT, PARAGRAPHS, ())
    QApplication.processEvents()
    return reader._page


def row_of(page, words: str):
    unit = page.map.to_units(TEXT.index(words))
    return next(row for row in page.rows() if row.start <= unit < row.end)


def left(page, words: str) -> float:
    row = row_of(page, words)
    return row.line.cursorToX(page.map.to_units(TEXT.index(words)) - row.origin)[0]


def test_each_column_begins_behind_the_widest_cell_before_it(metrics: QFontMetricsF) -> None:
    places = columns(ROWS, metrics, 2_000)
    assert places is not None
    assert len(places) == 4
    widest = metrics.horizontalAdvance(ROWS[1][0])
    assert places[1].left == pytest.approx(widest + GAP * metrics.height(), abs=2)


def test_a_table_with_more_columns_than_can_be_read_has_none(metrics: QFontMetricsF) -> None:
    assert columns([["somewhat long"] * 9], metrics, 400) is None


@given(
    st.lists(st.lists(st.text("abc ", max_size=90), min_size=1, max_size=5), min_size=1),
    st.integers(300, 1_200),
)
def test_columns_never_touch_and_stay_on_the_page(rows: list[list[str]], width: int) -> None:
    metrics = QFontMetricsF(QFont("DejaVu Serif", 12))
    places = columns(rows, metrics, width)
    if places is None:
        return
    for one, two in pairwise(places):
        assert two.left >= one.left + one.width + metrics.height()
    assert places[-1].left + places[-1].width <= width + 1


def test_the_cells_of_a_row_are_what_its_parts_leave() -> None:
    assert parted("one|two||", [3, 7, 8]) == ["one", "two", "", ""]


def test_figures_stand_below_their_heading(page) -> None:
    assert left(page, "2010") == left(page, "37")
    assert left(page, "2020") == left(page, "29")
    assert left(page, "37") < left(page, "29") < left(page, "12")


def test_long_cells_wrap_in_their_columns_side_by_side(page) -> None:
    first, second = row_of(page, LONG[:12]), row_of(page, LONG.upper()[:12])
    assert first.top == second.top == row_of(page, "Lunch club").top == row_of(page, "yes").top
    lines = [row for row in page.rows() if row.origin == first.origin]
    assert len([row for row in lines if row.cell == 1]) > 2
    for row in lines:
        for other in lines:
            if row.cell < other.cell and row.top == other.top:
                assert row.line.naturalTextRect().right() < other.line.x()


def test_what_follows_stands_below_the_longest_cell(page) -> None:
    lowest = max(row.bottom for row in page.rows() if row.origin == row_of(page, "Lunch").origin)
    assert row_of(page, "First line").top >= lowest


def test_a_line_break_within_a_cell_stays_in_its_cell(page) -> None:
    first, second = row_of(page, "First line"), row_of(page, "second line")
    assert first.cell == second.cell == 0
    assert second.top == first.bottom
    assert row_of(page, "4\t\t").top == first.top


def test_a_click_goes_to_the_cell_it_is_on(page, reader, qtbot) -> None:
    for words in ("Lunch club", "opened again", "OPENED AGAIN", "yes"):
        row = row_of(page, words)
        x = round(row.left + left(page, words) + 3)
        qtbot.mouseClick(
            page.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, (row.top + row.bottom) // 2)
        )
        assert abs(reader.selection()[0] - TEXT.index(words)) <= 1


def test_a_drag_within_a_cell_selects_there(page, reader, qtbot) -> None:
    places = []
    for words in ("OPENED", "IN MAY"):
        row = row_of(page, words)
        x = round(row.left + left(page, words) + 12)
        places.append(QPoint(x, (row.top + row.bottom) // 2))
    qtbot.mousePress(page.viewport(), Qt.MouseButton.LeftButton, pos=places[0])
    qtbot.mouseMove(page.viewport(), places[1])
    qtbot.mouseRelease(page.viewport(), Qt.MouseButton.LeftButton, pos=places[1])
    assert reader.selected_text() == "OPENED AGAIN IN"


def test_all_of_a_table_can_be_scrolled_into_view(reader) -> None:
    long = "\t".join(["One", LONG * 2, "three"])
    text, paragraphs = lay_out([(long, Style.TABLE) for _ in range(30)])
    reader.resize(700, 300)
    reader.show_document(text, paragraphs, ())
    bar = reader._page.verticalScrollBar()
    seen = set()
    page = reader._page
    for value in range(2_000):
        bar.setValue(value)
        height = page.viewport().height()
        whole = [row for row in page.rows() if row.top >= -1 and row.bottom <= height + 1]
        seen |= {row.start for row in whole}
    assert {page.map.to_units(p.start) for p in paragraphs} <= seen
    last = page.rows()[-1]
    assert bar.value() == bar.maximum()
    assert page.map.to_points(last.end) == len(text)


def test_a_turn_of_the_wheel_goes_by_lines_as_they_are_seen(reader) -> None:
    text, paragraphs = lay_out([("a\tb\tc\td\te", Style.TABLE) for _ in range(200)])
    reader.show_document(text, paragraphs, ())
    QApplication.processEvents()
    page = reader._page
    places = [reader.place()]
    for angle in (-120, -120, 120):
        event = QWheelEvent(
            QPointF(20, 20), QPointF(20, 20), QPoint(), QPoint(0, angle),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(page.viewport(), event)
        places.append(reader.place())
    starts = [paragraph.start for paragraph in paragraphs]
    assert [starts.index(place) for place in places] == [0, 3, 6, 3]


def test_a_row_is_copied_with_its_tabs(page, reader, qtbot) -> None:
    reader.select(PARAGRAPHS[1].start, PARAGRAPHS[1].end)
    reader.copy()
    assert QApplication.clipboard().text() == "\t".join(ROWS[0])
