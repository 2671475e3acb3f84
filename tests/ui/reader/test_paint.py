"""What is painted under the words lies where the words are."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget

from coder.domain.model import Style
from coder.domain.paragraphs import lay_out
from coder.ui.reader import DARK, LIGHT, Mark
from coder.ui.reader.paint import painting

BODY = "When lockdown 👩🏽\u200d🚒 began we had eleven volunteers. " + "More came. " * 20
TEXT, PARAGRAPHS = lay_out(
    [
        ("A heading of the evidence", Style.HEADING),
        (BODY, Style.BODY),
        ("قال المتطوعون even after lockdown إنهم سيبقون معنا", Style.BODY),
        ("• a list item so long that it goes on, and on, and on, in a second line", Style.LIST),
        ("one\ttwo", Style.TABLE),
        ("three\tfour", Style.TABLE),
        ("quoted from before", Style.REPLY),
    ]
)


def span_of(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


@pytest.fixture
def page(reader):
    reader.show_document(TEXT, PARAGRAPHS, [])
    QApplication.processEvents()
    return reader._page


def ground(page, picture: QImage, point: int) -> str:
    """The colour at the upper edge of the character at `point`, where no ink is."""
    unit = page.map.to_units(point)
    for row in page.rows():
        for band in row.bands(unit, page.map.to_units(point + 1)):
            if band.width() > 1:
                return picture.pixelColor(int(band.center().x()), int(band.top()) + 3).name()
    raise AssertionError(f"{TEXT[point]!r} is not in view")


def grounds(page, points) -> set[str]:
    picture = page.viewport().grab().toImage()
    return {ground(page, picture, point) for point in points}


def mark(name: str, words: str, **more) -> Mark:
    return Mark(name, *span_of(words), name, "#0063a8", **more)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
@pytest.mark.parametrize(
    "words", ["lockdown", "heading", "المتطوعون", "even after", "second line", "four", "before"]
)
def test_a_highlight_lies_under_its_words_and_no_others(page, reader, words, colours):
    reader.set_colours(colours)
    reader.set_marks([mark("a", words)])
    start, end = span_of(words)
    inside = [point for point in range(start, end) if TEXT[point] != " "]
    assert grounds(page, inside) == {colours.tint}
    beside = [point for point in (start - 2, end + 1) if TEXT[point : point + 1].isalpha()]
    assert grounds(page, beside) <= {colours.page}


def test_where_two_meet_the_tint_is_stronger_and_underlined(page, reader):
    reader.set_marks([mark("a", "we had eleven"), mark("b", "eleven volunteers")])
    start, end = span_of("eleven")
    assert grounds(page, range(start, end)) == {LIGHT.strong}
    assert grounds(page, [span_of("had")[0], span_of("volunteers")[0]]) == {LIGHT.tint}
    picture = page.viewport().grab().toImage()
    (band,) = (
        band
        for row in page.rows()
        for band in row.bands(page.map.to_units(start), page.map.to_units(end))
    )
    assert picture.pixelColor(int(band.center().x()), int(band.bottom()) - 3).name() == LIGHT.muted


def test_a_muted_mark_has_no_tint(page, reader):
    reader.set_marks([mark("a", "eleven", muted=True)])
    assert grounds(page, range(*span_of("eleven"))) == {LIGHT.page}


def test_a_mark_added_or_taken_away_shows_at_once(page, reader):
    reader.add_mark(mark("a", "eleven"))
    assert grounds(page, range(*span_of("eleven"))) == {LIGHT.tint}
    reader.remove_mark("a")
    assert grounds(page, range(*span_of("eleven"))) == {LIGHT.page}


def test_the_selection_and_the_spoken_sentence_are_lit(page, reader):
    reader.select(*span_of("eleven"))
    reader.set_spoken(span_of("lockdown"))
    assert grounds(page, range(*span_of("eleven"))) == {LIGHT.selection}
    assert grounds(page, range(*span_of("lockdown"))) == {LIGHT.spoken}
    reader.set_spoken(None)
    assert grounds(page, range(*span_of("lockdown"))) == {LIGHT.page}


def test_doubtful_words_are_underlined_and_found_by_one_after_the_other(page, reader):
    before = page.viewport().grab().toImage()
    reader.set_doubtful([span_of("lockdown"), span_of("eleven")])
    assert page.viewport().grab().toImage() != before
    over = []
    reader.doubts_over.connect(lambda: over.append(reader.selection()))
    reader.select(0, 0)
    assert page.focusNextPrevChild(True)
    assert reader.selection() == span_of("lockdown")
    assert page.focusNextPrevChild(True)
    assert reader.selection() == span_of("eleven")
    assert page.focusNextPrevChild(False)
    assert reader.selection() == span_of("lockdown")
    assert page.focusNextPrevChild(True)
    assert over == []
    assert page.focusNextPrevChild(True)
    assert over == [span_of("eleven")] == [reader.selection()]


def test_places_found_are_lit_and_the_chosen_one_strongly(page, reader):
    reader.set_found([span_of("lockdown"), span_of("eleven")])
    reader.select(*span_of("eleven"))
    assert grounds(page, range(*span_of("lockdown"))) == {LIGHT.found}
    assert grounds(page, range(*span_of("eleven"))) == {LIGHT.found_now}
    reader.set_found([])
    assert grounds(page, range(*span_of("lockdown"))) == {LIGHT.page}
    assert grounds(page, range(*span_of("eleven"))) == {LIGHT.selection}


def test_of_many_places_found_only_those_in_view_are_looked_at(page, reader):
    spans = [(place, place + 1) for place in range(0, len(TEXT), 2)]
    reader.set_found(spans)
    assert list(page.found_within(10, 20)) == [span for span in spans if 10 <= span[0] < 20]


def test_the_passage_of_the_active_coding_is_underlined_in_its_colour(page, reader):
    reader.set_marks([mark("a", "eleven")])
    reader.set_active("a")
    row = next(row for row in page.rows() if row.start <= span_of("eleven")[0] + 2 < row.end)
    picture = page.viewport().grab().toImage()
    (band,) = row.bands(*(page.map.to_units(point) for point in span_of("eleven")))
    assert picture.pixelColor(int(band.center().x()), int(band.bottom()) - 3).name() == "#0063a8"


class Watch(QObject):
    """Notes the rectangles that a widget is asked to paint."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.rects = []
        widget.installEventFilter(self)

    def eventFilter(self, watched, event) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.rects.append(event.rect())
        return False


def test_only_the_lines_touched_are_painted_anew(page, reader):
    watch = Watch(page.viewport())
    reader.add_mark(mark("a", "eleven"))
    QApplication.processEvents()
    (row,) = (row for row in page.rows() if row.start <= span_of("eleven")[0] + 2 < row.end)
    assert watch.rects
    for rect in watch.rects:
        assert rect.top() >= row.top
        assert rect.bottom() <= row.bottom


def test_a_mark_out_of_view_paints_nothing(page, reader):
    reader.resize(1_000, 120)
    QApplication.processEvents()
    watch = Watch(page.viewport())
    reader.add_mark(mark("a", "four"))
    QApplication.processEvents()
    assert watch.rects == []


def test_a_painter_is_ended_whatever_happens(qtbot):
    picture = QImage(10, 10, QImage.Format.Format_RGB32)
    held = []

    def fail() -> None:
        with painting(picture) as painter:
            held.append(painter)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not held[0].isActive()


def test_the_whole_widget_is_of_one_page_colour(page, reader):
    reader.set_colours(DARK)
    picture = reader.grab().toImage()
    margins = [widget for widget in page.findChildren(QWidget) if widget.parent() is page]
    assert len(margins) >= 2
    for x in (3, page.viewport().x() - 3, page.viewport().geometry().right() + 3):
        assert picture.pixelColor(x, reader.height() - 4) == QColor(DARK.page)
