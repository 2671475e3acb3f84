"""Numbers and stripes stand beside the lines they belong to, and answer to the mouse."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QHelpEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from coder.domain.model import Paragraph, Style
from coder.domain.paragraphs import lay_out
from coder.ui.reader import LIGHT, Mark
from coder.ui.reader.margins import Numbers, margin_font
from coder.ui.reader.paper import DENSITY, NAMED, NUMBERS
from coder.ui.reader.stripe_margin import tip
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


def test_many_stripes_get_narrower_and_what_does_not_fit_is_told(reader, stripes):
    reader.set_marks([mark(str(n), 1, 4) for n in range(60)])
    found = stripes.stripes()
    assert 15 < len(found) < 60
    assert max(one.bar.right() for one in found) <= stripes.width() / 2
    assert min(one.bar.width() for one in found) >= 3
    for one, two in pairwise(sorted(found, key=lambda one: one.bar.left())):
        assert two.bar.left() - one.bar.right() >= 2
    rests = stripes.arrangement().rests
    named = {one.mark.id for one in found if one.label is not None}
    told = {left.id for rest in rests for left in rest.marks}
    assert named | told == {str(n) for n in range(60)}
    assert not named & told


def test_a_few_stripes_have_all_the_room(reader, stripes):
    assert {one.bar.width() for one in stripes.stripes()} == {4}
    assert stripes.arrangement().rests == []


def test_what_is_told_of_the_rest_lies_on_no_name_and_in_the_margin(reader, stripes):
    reader.set_marks([mark(str(n), 1, 4) for n in range(60)])
    arrangement = stripes.arrangement()
    for rest in arrangement.rests:
        assert rest.place.right() <= stripes.width()
        assert rest.place.height() >= TARGET
        for one in arrangement.stripes:
            assert one.label is None or not one.label.intersects(rest.place)


def test_resting_on_the_rest_names_them(reader, stripes):
    reader.set_marks([mark(str(n), 1, 4) for n in range(60)])
    rest = max(stripes.arrangement().rests, key=lambda rest: len(rest.marks))
    place = rest.place.center().toPoint()
    QApplication.sendEvent(
        stripes, QHelpEvent(QEvent.Type.ToolTip, place, stripes.mapToGlobal(place))
    )
    assert f"<b>{rest.marks[0].name}</b>" in QToolTip.text()
    QToolTip.hideText()


def test_a_click_on_the_rest_lists_them_and_one_can_be_chosen(reader, stripes, qtbot):
    reader.set_marks([mark(str(n), 1, 4) for n in range(60)])
    rest = stripes.arrangement().rests[0]
    qtbot.mouseClick(stripes, LEFT, pos=rest.place.center().toPoint())
    (menu,) = stripes.findChildren(QMenu)
    said = [act.text() for act in menu.actions()]
    assert said == [f"{one.name} · Ann" for one in rest.marks]
    with qtbot.waitSignal(reader.coding_activated) as told:
        menu.actions()[1].trigger()
    assert told.args == [rest.marks[1].id]
    menu.close()


def test_the_menu_of_the_rest_is_for_all_of_them(reader, stripes, qtbot):
    reader.set_marks([mark(str(n), 1, 4) for n in range(60)])
    rest = stripes.arrangement().rests[0]
    place = rest.place.center().toPoint()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, stripes.mapToGlobal(place))
    with qtbot.waitSignal(reader.coding_menu_wanted) as told:
        QApplication.sendEvent(stripes, event)
    assert told.args[0] == [one.id for one in rest.marks]


def by(coder: str, name: str, first: int, last: int) -> Mark:
    start, end = PARAGRAPHS[first].start, PARAGRAPHS[last].end
    return Mark(name, start, end, f"Code {name}", "#0063a8", coder)


def test_by_coder_the_stripes_of_each_lie_together_in_the_coders_colour(reader, stripes):
    reader.set_marks(
        [by("Noor", "a", 1, 3), by("Ann", "b", 1, 2), by("Noor", "c", 2, 3), by("Ann", "d", 2, 3)]
    )
    reader.set_stripes_by("coder")
    found = sorted(stripes.stripes(), key=lambda one: one.bar.left())
    assert [one.mark.coder for one in found] == ["Ann", "Ann", "Noor", "Noor"]
    colours = {one.mark.coder: stripes.colour_of(one).name() for one in found}
    assert colours == {"Ann": LIGHT.coders[0], "Noor": LIGHT.coders[1]}
    assert {stripes.name_of(one) for one in found} >= {"Ann · Code b", "Noor · Code a"}
    reader.set_stripes_by("code")
    assert {stripes.colour_of(one).name() for one in stripes.stripes()} == {"#0063a8"}


def test_where_there_is_room_the_coder_is_named_in_full(reader, stripes):
    reader.resize(1_500, 700)
    reader.set_marks([by("Noor Hadley", "a", 1, 3)])
    reader.set_stripes_by("coder")
    QApplication.processEvents()
    assert stripes.name_of(stripe(stripes, "a")) == "Noor Hadley · Code a"
    reader.resize(800, 700)
    QApplication.processEvents()
    assert stripes.name_of(stripe(stripes, "a")) == "NH · Code a"


def test_what_two_coders_gave_alike_is_told_apart_by_their_initials(reader, stripes):
    one, other = (
        Mark(f"m{who}", *span, "Neighbours", "#0063a8", who)
        for who, span in (("Noor Hadley", (30, 90)), ("Ines", (30, 90)))
    )
    reader.set_marks([one, other, by("Ann", "a", 3, 3)])
    found = {each.mark.id: stripes.initials_of(each) for each in stripes.stripes()}
    assert (found[one.id], found[other.id], found["a"]) == (" · NH", " · I", "")


def test_the_room_beside_the_column_goes_to_the_names_first(reader, stripes):
    reader.resize(1_400, 700)
    QApplication.processEvents()
    column = reader._page.viewport().width()
    room = reader._page.width() - reader._page.verticalScrollBar().width()
    reader.resize(1_400 - room + NUMBERS[1] + column + NAMED + DENSITY, 700)
    QApplication.processEvents()
    assert reader._page.viewport().width() == column
    assert abs(stripes.width() - NAMED) <= 8


def test_coders_are_told_apart_by_pattern_too(reader, stripes):
    reader.set_marks([by("Ann", "a", 1, 4), by("Noor", "b", 1, 4)])
    reader.set_stripes_by("coder")
    picture = stripes.grab().toImage()
    ann, noor = sorted(stripes.stripes(), key=lambda one: one.mark.coder)
    inked = [
        {
            picture.pixelColor(int(one.bar.center().x()), y).name() != LIGHT.page
            for y in range(int(one.bar.top()) + 4, int(one.bar.bottom()) - 4)
        }
        for one in (ann, noor)
    ]
    assert inked == [{True}, {True, False}]


def test_stripes_go_by_nothing_else(reader):
    with pytest.raises(ValueError, match="colour"):
        reader.set_stripes_by("colour")


def test_the_wheel_scrolls_over_the_margins_too(reader, stripes):
    for margin in (stripes, reader._page.findChild(Numbers), reader._density):
        before = reader.place()
        event = QWheelEvent(
            QPointF(20, 20), QPointF(20, 20), QPoint(), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(margin, event)
        assert reader.place() > before


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
    assert reader.selection() == (PARAGRAPHS[3].start, PARAGRAPHS[3].end)


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


def test_a_tip_tells_when_and_the_memo():
    told = Mark("x", 0, 1, "Food", "#000000", "Ann", when="3 May 2021", memo="Is <this> so?")
    assert tip([told]) == "<b>Food</b> · Ann · 3 May 2021<br><i>Is &lt;this&gt; so?</i>"


def test_a_tip_of_very_many_tells_how_many_more():
    many = [Mark(str(n), 0, 1, f"Code {n}", "#000000") for n in range(20)]
    assert tip(many).endswith("<br>and 8 more")


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


def test_a_long_name_of_a_speaker_has_room_where_the_text_can_spare_it(reader):
    page = reader._page
    name = "Dame Margaret Ashworth-Hill"
    reader.resize(1000, 600)
    reader.show_document("We met.\nAnd sang.", (), ())
    reader.set_speakers([(0, "Ann"), (8, "Bo")])
    short = page.viewportMargins().left()
    reader.set_speakers([(0, "Ann"), (8, name)])
    font = margin_font(page)
    font.setBold(True)

    assert page.viewportMargins().left() >= QFontMetricsF(font).horizontalAdvance(name)
    assert page.viewportMargins().left() >= short

    reader.resize(460, 600)
    assert page.viewportMargins().left() <= 190, "the text comes first"
