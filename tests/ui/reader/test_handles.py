"""The ends of a coding can be drawn elsewhere with the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication

from coder.domain.model import Style
from coder.domain.paragraphs import lay_out
from coder.ui.reader import LIGHT, Mark
from coder.ui.reader.handles import TARGET, handles_in_view

TEXT, PARAGRAPHS = lay_out(
    [
        ("When lockdown began we had eleven volunteers. " + "More came. " * 30, Style.BODY),
        ("They stayed 👩🏽\u200d🚒👍🏽 with us. " * 12, Style.BODY),
        *[("The last words of it. " * 12, Style.BODY) for _ in range(30)],
    ]
)
LEFT = Qt.MouseButton.LeftButton


def span_of(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


MARK = Mark("m", *span_of("we had eleven"), "Numbers", "#0063a8", "Ann")


@pytest.fixture
def page(reader):
    reader.show_document(TEXT, PARAGRAPHS, [MARK])
    QApplication.processEvents()
    reader.set_active("m")
    return reader._page


def handle(page, edge: str):
    return next(one for one in handles_in_view(page, page.frame()) if one.edge == edge)


def over(page, point: int) -> QPoint:
    """The middle of the character at a code point, in the viewport."""
    unit = page.map.to_units(point)
    row = next(row for row in page.rows() if row.start <= unit < row.end)
    (band,) = row.bands(unit, page.map.to_units(point + 1))
    return band.center().toPoint()


def knob(page, edge: str) -> QPoint:
    return handle(page, edge).knob.toPoint()


def draw(page, qtbot, edge: str, point: int, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    """Takes an end and lets it go at the character at a code point, as far below it as the knob is
    below its line."""
    taken = handle(page, edge)
    aside = taken.knob - QPointF(taken.x, (taken.top + taken.bottom) / 2)
    qtbot.mousePress(page.viewport(), LEFT, pos=knob(page, edge))
    target = over(page, point) + aside.toPoint()
    qtbot.mouseMove(page.viewport(), target)
    qtbot.mouseRelease(page.viewport(), LEFT, modifier, target)


def test_the_active_coding_has_a_handle_at_each_end(page):
    start, end = handle(page, "start"), handle(page, "end")
    assert abs(start.x - (over(page, MARK.start).x() - 6)) < 8
    assert abs(end.x - (over(page, MARK.end - 1).x() + 6)) < 8
    assert start.target.width() == start.target.height() == TARGET >= 24


def test_a_handle_is_painted_in_the_codes_colour(page):
    place = knob(page, "end")
    assert page.viewport().grab().toImage().pixelColor(place).name() == "#0063a8"


def test_without_an_active_coding_there_are_none(page, reader):
    reader.set_active("")
    assert list(handles_in_view(page, page.frame())) == []


def test_what_is_not_ones_own_cannot_be_drawn(page, reader):
    reader.add_mark(Mark("other", *span_of("eleven"), "Numbers", "#0063a8", "Bo", own=False))
    reader.set_active("other")
    assert list(handles_in_view(page, page.frame())) == []


def test_drawing_the_end_on_asks_for_whole_words(page, reader, qtbot):
    with qtbot.waitSignal(reader.resize_wanted) as told:
        draw(page, qtbot, "end", TEXT.index("volunteers") + 4)
    assert told.args[0] == "m"
    assert TEXT[told.args[1] : told.args[2]] == "we had eleven volunteers"


def test_drawing_the_start_back_asks_for_whole_words(page, reader, qtbot):
    with qtbot.waitSignal(reader.resize_wanted) as told:
        draw(page, qtbot, "start", TEXT.index("lockdown") + 3)
    assert TEXT[told.args[1] : told.args[2]] == "lockdown began we had eleven"


def test_a_coding_can_be_drawn_shorter_but_never_to_nothing(page, reader, qtbot):
    with qtbot.waitSignal(reader.resize_wanted) as told:
        draw(page, qtbot, "end", TEXT.index("When"))
    assert TEXT[told.args[1] : told.args[2]] == "we"


def test_with_alt_it_reaches_exactly_there(page, reader, qtbot):
    taken = handle(page, "end")
    aside = taken.knob - QPointF(taken.x, (taken.top + taken.bottom) / 2)
    target = over(page, TEXT.index("volunteers") + 4) + aside.toPoint()
    page._drawing.take(taken.knob)
    page._drawing.draw_to(QPointF(target), exact=True)
    start, end = page.drawn
    assert TEXT[start:end] in ("we had eleven volu", "we had eleven volun")
    page._drawing.let_go()


def test_an_end_never_stands_within_an_emoji(page, reader, qtbot):
    start = TEXT.index("👩")
    taken = handle(page, "end")
    page._drawing.take(taken.knob)
    aside = taken.knob - QPointF(taken.x, (taken.top + taken.bottom) / 2)
    for x in range(0, 300, 3):
        place = QPointF(x, over(page, TEXT.index("They")).y()) + aside
        page._drawing.draw_to(place, exact=True)
        assert page.drawn[1] not in range(start + 1, start + 4)
        assert page.drawn[1] != start + 5
    page._drawing.let_go()


def test_while_it_is_drawn_the_new_extent_is_lit(page, qtbot):
    qtbot.mousePress(page.viewport(), LEFT, pos=knob(page, "end"))
    qtbot.mouseMove(page.viewport(), over(page, TEXT.index("volunteers") + 4) + QPoint(0, 12))
    assert page.drawn == span_of("we had eleven volunteers")
    place = over(page, TEXT.index("volunteers") + 2)
    picture = page.viewport().grab().toImage()
    colours = {picture.pixelColor(place.x(), place.y() - dy).name() for dy in range(14)}
    assert LIGHT.selection in colours
    qtbot.mouseRelease(page.viewport(), LEFT, pos=place)
    assert page.drawn is None


def test_esc_leaves_it_as_it_was(page, reader, qtbot):
    qtbot.mousePress(page.viewport(), LEFT, pos=knob(page, "end"))
    place = over(page, TEXT.index("volunteers") + 4)
    qtbot.mouseMove(page.viewport(), place)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.drawn is None
    with qtbot.assertNotEmitted(reader.resize_wanted):
        qtbot.mouseRelease(page.viewport(), LEFT, pos=place)
    assert reader.selection() == (0, 0)


def test_a_press_without_a_move_is_a_click(page, reader, qtbot):
    with (
        qtbot.waitSignal(reader.coding_activated) as told,
        qtbot.assertNotEmitted(reader.resize_wanted),
    ):
        place = knob(page, "start") + QPoint(4, 8)
        qtbot.mouseClick(page.viewport(), LEFT, pos=place)
    assert told.args == ["m"]
    assert abs(reader.selection()[0] - MARK.start) <= 1


def test_the_coding_itself_stays_until_its_owner_changes_it(page, reader, qtbot):
    draw(page, qtbot, "end", TEXT.index("volunteers") + 4)
    assert page.marks.get("m") == MARK


def test_held_below_the_view_it_scrolls_on(page, reader, qtbot):
    qtbot.mousePress(page.viewport(), LEFT, pos=knob(page, "end"))
    below = QPoint(60, page.viewport().height() + 30)
    qtbot.mouseMove(page.viewport(), below)
    first = page.drawn
    qtbot.waitUntil(lambda: page.drawn[1] > first[1] + 200)
    assert reader.place() > 0
    qtbot.mouseRelease(page.viewport(), LEFT, pos=below)


def test_the_pointer_tells_that_an_end_can_be_taken(page, qtbot):
    qtbot.mouseMove(page.viewport(), knob(page, "end"))
    assert page.viewport().cursor().shape() == Qt.CursorShape.SizeHorCursor
    qtbot.mouseMove(page.viewport(), QPoint(30, 400))
    assert page.viewport().cursor().shape() == Qt.CursorShape.IBeamCursor


def test_no_handle_stays_painted_where_the_tag_ended_before(page, reader):
    QApplication.processEvents()
    before = knob(page, "end")
    longer = Mark("m", MARK.start, MARK.end + 11, "Numbers", "#0063a8", "Ann")
    touched: list[QRect] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint:
                touched.append(event.rect())
            return False

    watch = Watch()
    page.viewport().installEventFilter(watch)
    reader.add_mark(longer)
    QApplication.processEvents()
    assert any(rect.contains(QRect(before - QPoint(2, 7), QSize(4, 14))) for rect in touched)
