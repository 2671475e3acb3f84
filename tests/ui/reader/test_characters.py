"""No selection that a person makes ends within a character as it is seen."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from coder.domain.model import Paragraph
from coder.ui.reader.characters import whole_characters

CLUSTERS = [
    "e\u0301", "Z̷̢̛͎", "👩🏽\u200d🚒", "👨\u200d👩\u200d👧\u200d👦", "🇬🇧", "🇫🇷", "👍🏽",
    "🏴\U000e0067\U000e0062\U000e007f",
    "\r\n", "नि", "각", "שׁ", "لُ", "三", "。", "a", "B", " ", "1️⃣", "ﷺ", "\u200f",
]  # fmt: skip
texts = st.lists(
    st.one_of(st.sampled_from(CLUSTERS), st.just("several words "), st.just("שלום עולם ")),
    min_size=1,
    max_size=40,
).map("".join)
with_reader = settings(
    deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize("cluster", [one for one in CLUSTERS if len(one) > 1])
def test_a_cluster_is_taken_whole_wherever_an_end_lies_in_it(cluster):
    text = f"ab{cluster}cd"
    for inside in range(3, 2 + len(cluster)):
        assert whole_characters(text, inside, len(text)) == (2, len(text))
        assert whole_characters(text, 0, inside) == (0, 2 + len(cluster))
        assert whole_characters(text, inside, inside) == (2, 2)


@given(texts, st.data())
def test_a_whole_span_holds_the_span_and_needs_no_more(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    one, other = whole_characters(text, start, end)
    assert one <= start
    assert other >= end or start == end
    assert whole_characters(text, one, other) == (one, other)


def test_flags_are_parted_two_by_two_however_many_there_are():
    text = "a" + "🇬🇧" * 40
    for place in range(1, len(text)):
        edge = place - (place - 1) % 2
        assert whole_characters(text, place, place) == (edge, edge)


@with_reader
@given(text=texts, data=st.data())
def test_keys_never_leave_an_end_within_a_character(reader, qtbot, text, data):
    reader.show_document(text, [Paragraph("1", 0, len(text))], [])
    place = data.draw(st.integers(0, len(text)))
    reader.select(*whole_characters(text, place, place))
    keys = st.sampled_from(
        [Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_End, Qt.Key.Key_Home]
    )
    held = st.sampled_from(
        [
            Qt.KeyboardModifier.ShiftModifier,
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier,
        ]
    )
    for _ in range(6):
        qtbot.keyClick(reader._page, data.draw(keys), data.draw(held))
        span = reader.selection()
        assert whole_characters(text, *span) == span
        assert reader.selected_text() == text[slice(*span)]


@with_reader
@given(text=texts, data=st.data())
def test_the_mouse_never_leaves_an_end_within_a_character(reader, qtbot, text, data):
    reader.show_document(text, [Paragraph("1", 0, len(text))], [])
    QApplication.processEvents()
    view = reader._page.viewport()
    places = st.builds(QPoint, st.integers(0, view.width()), st.integers(0, 200))
    start, end = data.draw(places), data.draw(places)
    held = data.draw(
        st.sampled_from([Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier])
    )
    reader.select(0, 0)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, held, start)
    qtbot.mouseMove(view, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, held, end)
    span = reader.selection()
    assert whole_characters(text, *span) == span
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=start)
    span = reader.selection()
    assert whole_characters(text, *span) == span


@with_reader
@given(text=texts, data=st.data())
def test_words_and_sentences_never_end_within_a_character(reader, text, data):
    reader.show_document(text, [Paragraph("1", 0, len(text))], [])
    place = data.draw(st.integers(0, len(text)))
    for act in (reader.select_word, reader.select_sentence_forward, reader.select_sentence_back):
        reader.select(place, place)
        act()
        span = reader.selection()
        assert whole_characters(text, *span) == span
