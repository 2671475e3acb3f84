"""Pauses are marked beside the text and between its words, and the text stays what it is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from coder.domain.model import Style
from coder.domain.paragraphs import lay_out
from coder.domain.pauses import Pause
from coder.ui.reader.doubt_marks import Gap
from coder.ui.reader.margins import Numbers
from coder.ui.reader.paper import PAUSED

LINES = ["We met in the old hall.", "Then the choir sang.", "word " * 60, "And nobody was alone."]
TEXT, PARAGRAPHS = lay_out((line.strip(), Style.BODY) for line in LINES)
LATER = PARAGRAPHS[1].start
WITHIN = TEXT.index("old")


def marks(reader):
    QApplication.processEvents()
    return reader._page.findChild(Numbers).pauses()


@pytest.fixture
def shown(reader):
    reader.show_document(TEXT, PARAGRAPHS, [])
    return reader


def test_a_pause_between_two_lines_is_told_in_the_margin_between_them(shown):
    shown.set_pauses([Pause(LATER, 2_000, 6_200)])
    (mark,) = marks(shown)
    rows = shown._page.rows()

    assert (mark.label, mark.bars) == ("4 s", None)
    assert rows[0].baseline < mark.baseline < rows[1].baseline


def test_where_no_speech_was_found_the_margin_says_only_that(shown):
    shown.set_pauses([Pause(WITHIN, 2_000, 5_000), Pause(LATER, 6_000, 11_000)])

    shown.set_doubts([], [Gap(LATER, "5 s", "No speech was found.")])
    assert [mark.pause.before for mark in marks(shown)] == [WITHIN]

    shown.set_doubts([], [])
    assert [mark.pause.before for mark in marks(shown)] == [WITHIN, LATER]


def test_a_pause_within_a_line_has_bars_in_the_space_before_its_word(shown):
    shown.set_pauses([Pause(WITHIN, 2_000, 5_000)])
    (mark,) = marks(shown)
    row = shown._page.rows()[0]
    (space,) = row.bands(WITHIN - 1, WITHIN)

    assert mark.label == "3 s"
    assert space.left() <= mark.bars.center().x() <= space.right()
    assert row.top < mark.bars.top() < mark.bars.bottom() < row.baseline
    assert mark.baseline > row.baseline  # the number of the paragraph stands on the line


def test_a_pause_where_a_line_was_broken_has_its_bars_behind_the_line(shown):
    rows = [row for row in shown._page.rows() if row.origin == PARAGRAPHS[2].start]
    shown.set_pauses([Pause(rows[1].start, 0, 9_000)])
    (mark,) = marks(shown)

    assert mark.bars.left() >= rows[0].left + rows[0].line.naturalTextRect().right()
    assert mark.bars.bottom() < rows[0].baseline
    assert mark.baseline == rows[1].baseline


def test_a_long_pause_is_told_as_a_clock_does(shown):
    shown.set_pauses([Pause(LATER, 0, 125_000)])

    assert [mark.label for mark in marks(shown)] == ["02:05"]


def test_the_text_and_what_is_selected_in_it_stay(shown):
    shown.select(WITHIN, WITHIN + 8)
    before = [(row.start, row.top, row.end) for row in shown._page.rows()]
    shown.set_pauses([Pause(WITHIN, 2_000, 5_000), Pause(LATER, 7_000, 9_000)])

    assert shown._page.text == TEXT
    assert shown.selected_text() == "old hall"
    assert [(row.start, row.top, row.end) for row in shown._page.rows()] == before


def test_the_margin_has_room_for_the_marks_and_gives_it_back(shown):
    numbers = shown._page.findChild(Numbers)
    narrow = numbers.width()
    shown.set_pauses([Pause(LATER, 0, 3_000)])
    assert numbers.width() >= PAUSED[0]
    assert marks(shown)

    shown.set_pauses([])

    assert numbers.width() == narrow
    assert marks(shown) == []


def test_marks_are_painted_in_the_margin_and_in_the_line(shown):
    def pictures():
        QApplication.processEvents()
        return shown._page.findChild(
            Numbers
        ).grab().toImage(), shown._page.viewport().grab().toImage()

    shown.set_pauses([Pause(len(TEXT), 0, 2_000)])
    before = pictures()
    shown.set_pauses([Pause(WITHIN, 0, 3_000), Pause(len(TEXT), 0, 2_000)])
    after = pictures()

    assert all(one != other for one, other in zip(before, after, strict=True))


def test_only_those_in_view_are_looked_for(reader):
    text, paragraphs = lay_out((f"Line {n} of it.", Style.BODY) for n in range(500))
    reader.show_document(text, paragraphs, [])
    reader.set_pauses([Pause(one.start, 0, 3_000) for one in paragraphs[1:]])
    assert len(marks(reader)) < 40

    reader.go_to(paragraphs[300].start)

    assert paragraphs[300].start in [mark.pause.before for mark in marks(reader)]


def test_two_marks_do_not_lie_on_each_other(shown):
    shown.set_pauses([Pause(WITHIN, 2_000, 5_000), Pause(LATER, 7_000, 9_000)])
    small = QFontMetricsF(QFont(QApplication.font())).capHeight() * 0.6

    assert all(two.baseline - one.baseline >= small for one, two in pairwise(marks(shown)))


def test_the_pointer_is_told_what_a_mark_is(shown, monkeypatch):
    told = []
    monkeypatch.setattr(QToolTip, "showText", lambda _, words, *__: told.append(words))
    shown.set_pauses([Pause(LATER, 2_000, 6_200)])
    numbers = shown._page.findChild(Numbers)
    place = QPoint(20, round(marks(shown)[0].baseline) - 3)

    numbers.event(QHelpEvent(QEvent.Type.ToolTip, place, numbers.mapToGlobal(place)))

    assert told == ["[pause, 4 seconds]"]


def test_another_document_has_none(shown):
    shown.set_pauses([Pause(LATER, 0, 3_000)])
    shown.show_document(TEXT, PARAGRAPHS, [])

    assert marks(shown) == []
