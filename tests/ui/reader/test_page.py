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


def drag(page, qtbot, first: int, last: int, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    """Drags from the middle of one character to the middle of another."""
    qtbot.mousePress(page.viewport(), LEFT, modifier, over(page, first))
    qtbot.mouseMove(page.viewport(), over(page, last))
    qtbot.mouseRelease(page.viewport(), LEFT, modifier, over(page, last))


def test_a_drag_takes_whole_words_either_way(page, reader, qtbot):
    first, last = span_of("ockdown bega")
    drag(page, qtbot, first + 2, last - 1)
    assert reader.selected_text() == "lockdown began"
    reader.select(0, 0)
    drag(page, qtbot, last - 1, first + 2)
    assert reader.selected_text() == "lockdown began"
    assert page.ends()[0] > page.ends()[1]


def test_with_alt_a_drag_takes_exactly_what_it_went_over(page, reader, qtbot):
    first, last = span_of("ockdown bega")
    drag(page, qtbot, first + 2, last - 1, Qt.KeyboardModifier.AltModifier)
    assert reader.selected_text() in "lockdown began"
    assert len(reader.selected_text()) < len("ockdown bega")


def test_a_selection_made_by_keys_stays_as_it_is_under_the_mouse(page, reader, qtbot):
    reader.set_times([(0, 0)])
    first, last = span_of("ockdown bega")
    reader.select(first, last)
    qtbot.mouseClick(page.viewport(), LEFT, CTRL, pos=over(page, first + 3))
    assert reader.selection() == (first, last)


def test_on_a_transcript_a_tip_tells_how_a_word_is_heard(page, reader):
    place = over(page, span_of("eleven")[0])
    assert "hear" not in page.tip_at(place)
    reader.set_times([(0, 0)])
    assert page.tip_at(place).endswith("Double-click a word to hear it.")
    assert "Short" in page.tip_at(place)
    assert page.tip_at(QPoint(5, 690)) == ""


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


def wheel(page, angle: int, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    event = QWheelEvent(
        QPointF(20, 20), QPointF(20, 20), QPoint(), QPoint(0, angle),
        Qt.MouseButton.NoButton, modifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(page.viewport(), event)


ACTS = {
    "key": lambda page, qtbot: qtbot.keyClick(page, Qt.Key.Key_Right),
    "click": lambda page, qtbot: qtbot.mouseClick(page.viewport(), LEFT, pos=QPoint(90, 90)),
    "wheel": lambda page, qtbot: wheel(page, -120),
}


@pytest.mark.parametrize("act", ACTS)
def test_the_text_follows_what_is_spoken_unless_a_person_has_just_moved(reader, qtbot, act):
    text, paragraphs = lay_out([("words " * 60, Style.BODY) for _ in range(99)])
    reader.show_document(text, paragraphs, [])
    page = reader._page

    def spoken(number: int) -> int:
        reader.set_spoken((paragraphs[number].start, paragraphs[number].end))
        return paragraphs[number].start

    def in_view(point: int) -> bool:
        rows = page.rows()
        return rows[0].start <= page.map.to_units(point) <= rows[-1].end

    assert in_view(spoken(50))
    top = reader.place()
    assert in_view(spoken(51))
    assert reader.place() == top
    ACTS[act](page, qtbot)
    top = reader.place()
    assert not in_view(spoken(80))
    assert reader.place() == top
    page._moved.invalidate()
    spoken(80)
    assert reader.place() == top
    assert in_view(spoken(81))


def test_ctrl_and_the_wheel_zoom(page, reader):
    before = reader.zoom()
    wheel(page, 120, CTRL)
    assert reader.zoom() == before + 1
    wheel(page, -120, CTRL)
    wheel(page, -120, CTRL)
    assert reader.zoom() == before - 1
