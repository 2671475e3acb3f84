"""The map shows where in the document codings and finds are, and leads there."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from coder.domain.model import Paragraph, Style
from coder.domain.paragraphs import lay_out
from coder.ui.reader import LIGHT, Mark

TEXT, PARAGRAPHS = lay_out([("words of it " * 20, Style.BODY) for _ in range(80)])
LEFT = Qt.MouseButton.LeftButton


def mark(name: str, start: int, end: int) -> Mark:
    return Mark(name, start, end, name, "#0063a8", "Ann")


@pytest.fixture
def density(reader):
    reader.show_document(TEXT, PARAGRAPHS, [mark("a", 0, 2_000), mark("b", 1_000, 3_000)])
    QApplication.processEvents()
    return reader._density


def ink(density, y: int) -> int:
    """How much of a line of the map is painted as coded."""
    picture = density.grab().toImage()
    row = [picture.pixelColor(x, y).name() for x in range(2, density.width() - 2)]
    return row.count(LIGHT.muted)


def test_it_stands_beside_the_scroll_bar_and_has_a_name(reader, density):
    bar = reader._page.verticalScrollBar()
    assert density.geometry().right() + 1 == bar.mapTo(reader._page, QPoint(0, 0)).x()
    assert reader._stripes.geometry().right() < density.x()
    assert density.accessibleName()


def test_each_stretch_tells_how_many_codings_lie_on_it(density):
    counts = density.counts()
    assert len(counts) == density.height()
    assert [counts[density.y_of(point)] for point in (500, 1_500, 2_500, 9_000)] == [1, 2, 1, 0]


def test_the_more_codings_the_wider(density):
    one, two, none = (ink(density, density.y_of(point)) for point in (500, 1_500, 9_000))
    assert none == 0 < one < two


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    spans=st.lists(st.tuples(st.integers(0, 18_000), st.integers(1, 900)), max_size=12),
    gone=st.sets(st.integers(0, 11)),
)
def test_counting_one_at_a_time_is_as_counting_all(reader, density, spans, gone):
    reader.set_marks([])
    density.counts()
    marks = [mark(str(n), start, start + long) for n, (start, long) in enumerate(spans)]
    for one in marks:
        reader.add_mark(one)
    for number in gone:
        reader.remove_mark(str(number))
    kept = list(density.counts())
    reader.set_marks([one for number, one in enumerate(marks) if number not in gone])
    assert kept == density.counts()


def test_a_mark_added_shows_on_the_picture_at_once(reader, density):
    y = density.y_of(10_000)
    assert ink(density, y) == 0
    reader.add_mark(mark("c", 9_500, 10_500))
    assert ink(density, y) > 0
    reader.remove_mark("c")
    assert ink(density, y) == 0


def test_it_frames_what_is_in_view(reader, density):
    top = density.view().top()
    reader.go_to(PARAGRAPHS[40].start)
    assert top < density.view().top()
    assert density.view().contains(3, density.y_of(PARAGRAPHS[40].start + 100))


def test_a_document_that_is_in_view_whole_needs_no_frame(reader, density):
    reader.show_document("Short.", [Paragraph("1", 0, 6)], [])
    QApplication.processEvents()
    assert density.view().height() >= density.height() - 1
    assert density.grab().toImage().pixelColor(8, density.height() - 1).name() == LIGHT.page


def test_a_click_goes_there_and_a_drag_goes_on(reader, density, qtbot):
    qtbot.mousePress(density, LEFT, pos=QPoint(6, density.y_of(PARAGRAPHS[40].start)))
    frame = reader._page.frame()
    assert frame.start < PARAGRAPHS[40].start < frame.end
    qtbot.mouseMove(density, QPoint(6, density.y_of(PARAGRAPHS[70].start)))
    qtbot.mouseRelease(density, LEFT, pos=QPoint(6, density.y_of(PARAGRAPHS[70].start)))
    frame = reader._page.frame()
    assert frame.start < PARAGRAPHS[70].start < frame.end


def test_resting_on_it_tells_the_paragraph_and_its_tags(reader, density):
    place = QPoint(5, density.y_of(1_300))
    QApplication.sendEvent(
        density, QHelpEvent(QEvent.Type.ToolTip, place, density.mapToGlobal(place))
    )
    number = PARAGRAPHS[1_300 // 240].number
    assert QToolTip.text() == f"Paragraph {number} · 2 tags"
    QToolTip.hideText()
    assert density.tip_at(density.y_of(18_000)).endswith("· no tags")


def test_the_tip_names_the_page_where_there_are_pages(reader, density):
    reader.show_document("one\ntwo", [Paragraph("1", 0, 3), Paragraph("2", 4, 7, page=3)], [])
    assert density.tip_at(density.y_of(6)) == "Paragraph 2, page 3 · no tags"


def test_places_found_are_ticks(reader, density):
    y = density.y_of(12_000)
    before = density.grab().toImage().pixelColor(12, y).name()
    reader.set_found([(12_000, 12_005)])
    assert density.grab().toImage().pixelColor(12, y).name() == LIGHT.tick != before
    reader.set_found([])
    assert density.grab().toImage().pixelColor(12, y).name() == before


def test_an_empty_document_has_an_empty_map(reader, density):
    reader.show_document("", [], [])
    assert set(density.counts()) <= {0}
    assert density.tip_at(10) == ""
    assert ink(density, 5) == 0
