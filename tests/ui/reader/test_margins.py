"""Numbers and stripes stand beside the lines they belong to, and answer to the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from coder.domain.model import Paragraph, Style
from coder.domain.paragraphs import lay_out
from coder.ui.reader import Mark
from coder.ui.reader.margins import Numbers, tip
from coder.ui.reader.stripes import TARGET

TEXT, PARAGRAPHS = lay_out(
    [("Title", Style.HEADING)]
    + [(f"Paragraph {n} speaks of volunteers. " * 8, Style.BODY) for n in range(1, 31)]
)
LEFT = Qt.MouseButton.LeftButton


def mark(name: str, paragraph: int, last: int | None = None, **more) -> Mark:
    end = PARAGRAPHS[last or paragraph].end
    return Mark(name, PARAGRAPHS[paragraph].start, end, f"Code {name}", "#0063a8", "Ann", **more)


MARKS = [mark("a", 1), mark("b", 1, 3), mark("c", 3), mark("d", 20, muted=True)]


@pytest.fixture
def stripes(reader):
    reader.show_document(TEXT, PARAGRAPHS, MARKS)
    QApplication.processEvents()
    return reader._stripes


def stripe(stripes, name: str):
    return next(one for one in stripes.stripes() if one.mark.id == name)


def first_row(reader, point: int):
    unit = reader._page.map.to_units(point)
    return next(row for row in reader._page.rows() if row.start <= unit < row.end)


def test_each_paragraph_in_view_has_its_number_on_its_first_line(reader, stripes):
    numbers = reader._page.findChild(Numbers).places()
    assert [number for number, _ in numbers[:3]] == ["1", "2", "3"]
    for (_, baseline), paragraph in zip(numbers, PARAGRAPHS[1:], strict=False):
        assert baseline == first_row(reader, paragraph.start).baseline


def test_a_number_that_goes_on_is_not_said_again(reader):
    text = "One.\nMore of it.\nTwo."
    found = [Paragraph("1", 0, 4), Paragraph("1", 5, 16), Paragraph("2", 17, 21)]
    reader.show_document(text, found, [])
    assert [number for number, _ in reader._page.findChild(Numbers).places()] == ["1", "2"]


def test_a_stripe_runs_from_its_first_line_to_its_last(reader, stripes):
    bar = stripe(stripes, "b").bar
    first = first_row(reader, PARAGRAPHS[1].start)
    last = first_row(reader, PARAGRAPHS[3].end - 2)
    assert first.top <= bar.top() < first.baseline
    assert last.baseline < bar.bottom() <= last.bottom


def test_only_stripes_in_view_are_arranged(reader, stripes):
    assert {one.mark.id for one in stripes.stripes()} == {"a", "b", "c"}
    reader.go_to(PARAGRAPHS[20].start)
    assert {one.mark.id for one in stripes.stripes()} == {"d"}


def test_neither_bars_nor_names_lie_on_each_other(stripes):
    found = stripes.stripes()
    for one in found:
        for other in found:
            if one is not other:
                assert not one.bar.intersects(other.bar)
                assert not one.label.intersects(other.label)
                assert not one.bar.intersects(other.label)


def test_a_name_stands_at_its_stripes_top_or_where_that_comes_into_view(reader, stripes):
    label = stripe(stripes, "b").label
    row = first_row(reader, PARAGRAPHS[1].start)
    assert abs(label.center().y() - (row.top + row.bottom) / 2) <= 1
    reader.go_to(PARAGRAPHS[2].start)
    assert 0 <= stripe(stripes, "b").label.top() < 20


def test_names_are_high_enough_to_hit(stripes):
    assert all(one.label.height() >= TARGET for one in stripes.stripes())


def test_many_stripes_stay_in_their_margin(reader, stripes):
    reader.set_marks([mark(str(n), 1, 4) for n in range(60)])
    found = stripes.stripes()
    assert len(found) == 60
    assert max(one.bar.right() for one in found) <= stripes.width() / 2 + 6
    assert all(one.label is None or one.label.right() <= stripes.width() for one in found)


def test_in_a_narrow_window_the_stripes_stay(reader, stripes):
    reader.resize(300, 500)
    QApplication.processEvents()
    assert reader._page.viewport().width() > 80
    assert all(one.bar.right() <= stripes.width() for one in stripes.stripes())


@pytest.mark.parametrize("part", ["bar", "label"])
def test_a_click_on_a_stripe_or_its_name_activates_the_coding(reader, stripes, qtbot, part):
    place = getattr(stripe(stripes, "c"), part).center().toPoint()
    with qtbot.waitSignal(reader.coding_activated) as told:
        qtbot.mouseClick(stripes, LEFT, pos=place)
    assert told.args == ["c"]
    assert reader.selection() == (0, 0)


def test_a_click_beside_the_stripes_activates_nothing(reader, stripes, qtbot):
    with qtbot.assertNotEmitted(reader.coding_activated):
        qtbot.mouseClick(stripes, LEFT, pos=QPoint(stripes.width() - 1, 690))


def test_the_menu_is_asked_for_with_the_coding_under_the_pointer(reader, stripes, qtbot):
    place = stripe(stripes, "b").bar.center().toPoint()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, stripes.mapToGlobal(place))
    with qtbot.waitSignal(reader.coding_menu_wanted) as told:
        QApplication.sendEvent(stripes, event)
    assert told.args == [["b"], stripes.mapToGlobal(place)]


def test_pointing_at_a_stripe_marks_its_passage_until_the_pointer_leaves(reader, stripes, qtbot):
    qtbot.mouseMove(stripes, stripe(stripes, "a").bar.center().toPoint())
    assert reader._page.pointed == "a"
    QApplication.sendEvent(stripes, QEvent(QEvent.Type.Leave))
    assert reader._page.pointed == ""


def test_resting_on_a_stripe_names_code_and_coder(reader, stripes):
    place = stripe(stripes, "a").bar.center().toPoint()
    QApplication.sendEvent(
        stripes, QHelpEvent(QEvent.Type.ToolTip, place, stripes.mapToGlobal(place))
    )
    assert QToolTip.text() == "<b>Code a</b> · Ann"
    QToolTip.hideText()


def test_a_tip_shows_names_as_they_are_written():
    odd = Mark("x", 0, 1, "a < b & c", "#000000", "<i>Ann</i>")
    assert tip([odd]) == "<b>a &lt; b &amp; c</b> · &lt;i&gt;Ann&lt;/i&gt;"


def test_the_margins_meet_the_column_of_a_long_text_and_of_a_short_one(reader, stripes):
    column = reader._page.viewport().geometry()
    assert stripes.x() == column.right() + 1
    reader.show_document("Short.", [Paragraph("1", 0, 6)], [])
    QApplication.processEvents()
    assert reader._page.viewport().geometry() == column
    assert stripes.x() == column.right() + 1
    assert stripes.stripes() == []
    assert not stripes.at(QPointF(3, 3).toPoint())
