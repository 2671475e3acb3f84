"""Clicks, drags and drops on the page land on the words they point at."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from coder.domain.model import Style
from coder.domain.paragraphs import lay_out
from coder.ui.reader import CODE_MIME, Mark

TEXT, PARAGRAPHS = lay_out(
    [
        (
            "When lockdown began we had eleven volunteers 👩🏽\u200d🚒. " + "More came. " * 30,
            Style.BODY,
        ),
        ("قال المتطوعون even after lockdown إنهم سيبقون معنا", Style.BODY),
    ]
)
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


def span_of(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


@pytest.fixture
def page(reader):
    start, end = span_of("eleven volunteers")
    marks = [
        Mark("long", *span_of("we had eleven volunteers"), "Long", "#0063a8"),
        Mark("short", start, end, "Short", "#c04a00"),
    ]
    reader.show_document(TEXT, PARAGRAPHS, marks)
    QApplication.processEvents()
    return reader._page


def over(page, point: int) -> QPoint:
    """The middle of the character at a code point, in the viewport."""
    unit = page.map.to_units(point)
    for row in page.rows():
        for band in row.bands(unit, page.map.to_units(point + 1)):
            if band.width():
                return band.center().toPoint()
    raise AssertionError(point)


@pytest.mark.parametrize("words", ["lockdown began", "volunteers 👩", "المتطوعون", "even after"])
def test_finds_the_character_under_a_place(page, words):
    start, end = span_of(words)
    for point in range(start, end):
        if TEXT[point] != "\u200d":
            assert page.point_under(over(page, point)) == point


def test_beside_the_words_there_is_none(page):
    row = page.rows()[0]
    assert page.point_under(QPoint(0, row.top + 2)) is None
    assert page.point_under(QPoint(5, 690)) is None


def test_a_click_on_a_highlight_activates_the_shortest_coding(page, reader, qtbot):
    with qtbot.waitSignal(reader.coding_activated) as told:
        qtbot.mouseClick(page.viewport(), LEFT, pos=over(page, span_of("eleven")[0] + 2))
    assert told.args == ["short"]


def test_a_click_elsewhere_activates_nothing(page, reader, qtbot):
    with qtbot.assertNotEmitted(reader.coding_activated):
        qtbot.mouseClick(page.viewport(), LEFT, pos=over(page, 2))
    assert reader.selection() in {(2, 2), (3, 3)}


def test_dragging_through_the_space_between_lines_selects_by_the_nearest_line(page, reader, qtbot):
    first, second = page.rows()[:2]
    start = over(page, 5)
    qtbot.mousePress(page.viewport(), LEFT, pos=start)
    between = QPoint(start.x() + 60, first.bottom - 1)
    qtbot.mouseMove(page.viewport(), between)
    in_first = reader.selection()
    qtbot.mouseMove(page.viewport(), QPoint(between.x(), second.top + 1))
    in_second = reader.selection()
    qtbot.mouseRelease(page.viewport(), LEFT, pos=between)
    assert in_first[1] < first.end - 10
    assert second.start < page.map.to_units(in_second[1]) < second.end


def test_a_double_click_takes_a_word_and_a_third_the_paragraph(page, reader, qtbot):
    place = over(page, span_of("lockdown")[0] + 3)
    qtbot.mouseClick(page.viewport(), LEFT, pos=place)
    qtbot.mouseDClick(page.viewport(), LEFT, pos=place)
    assert reader.selected_text() == "lockdown"
    qtbot.mouseClick(page.viewport(), LEFT, pos=place)
    assert reader.selection() == (PARAGRAPHS[0].start, PARAGRAPHS[0].end)


def test_ctrl_click_and_double_click_on_a_transcript_ask_to_hear_the_word(page, reader, qtbot):
    reader.set_times([(0, 0), (span_of("began")[0], 1_500), (span_of("eleven")[0], 2_200)])
    place = over(page, span_of("we had")[0])
    with qtbot.waitSignal(reader.seek_wanted) as told:
        qtbot.mouseClick(page.viewport(), LEFT, CTRL, pos=place)
    assert told.args == [1_500]
    with qtbot.waitSignal(reader.seek_wanted) as told:
        qtbot.mouseDClick(page.viewport(), LEFT, pos=over(page, span_of("eleven")[0]))
    assert told.args == [2_200]


def test_without_times_a_double_click_asks_for_nothing(page, reader, qtbot):
    with qtbot.assertNotEmitted(reader.seek_wanted):
        qtbot.mouseDClick(page.viewport(), LEFT, pos=over(page, 3))


def test_the_menu_is_asked_for_with_the_codings_under_the_pointer(page, reader, qtbot):
    place = over(page, span_of("eleven")[0])
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, page.viewport().mapToGlobal(place)
    )
    with qtbot.waitSignal(reader.coding_menu_wanted) as told:
        QApplication.sendEvent(page.viewport(), event)
    assert told.args == [["short", "long"], page.viewport().mapToGlobal(place)]


def test_from_the_keyboard_the_menu_is_for_the_caret(page, reader, qtbot):
    reader.select(*[span_of("had")[0]] * 2)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    with qtbot.waitSignal(reader.coding_menu_wanted) as told:
        QApplication.sendEvent(page.viewport(), event)
    assert told.args[0] == ["long"]


def drop(page, data: QMimeData) -> QDropEvent:
    event = QDropEvent(
        QPointF(20, 20), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier
    )
    page.dropEvent(event)
    return event


def test_a_code_dropped_goes_to_the_selection(page, reader, qtbot):
    data = QMimeData()
    data.setData(CODE_MIME, b"code-7")
    reader.select(5, 13)
    with qtbot.waitSignal(reader.code_dropped) as told:
        drop(page, data)
    assert told.args == ["code-7", 5, 13]


def test_without_a_selection_or_a_code_nothing_is_dropped(page, reader, qtbot):
    code, words = QMimeData(), QMimeData()
    code.setData(CODE_MIME, b"code-7")
    words.setText("words")
    with qtbot.assertNotEmitted(reader.code_dropped):
        assert not drop(page, code).isAccepted()
        reader.select(5, 13)
        assert not drop(page, words).isAccepted()


def test_ctrl_and_the_wheel_zoom(page, reader):
    before = reader.zoom()

    def turn(angle: int) -> None:
        event = QWheelEvent(
            QPointF(20, 20), QPointF(20, 20), QPoint(), QPoint(0, angle),
            Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(page.viewport(), event)

    turn(120)
    assert reader.zoom() == before + 1
    turn(-120)
    turn(-120)
    assert reader.zoom() == before - 1
