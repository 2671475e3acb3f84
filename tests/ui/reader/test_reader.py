"""The reader gives back exact places and words, whatever the text holds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from coder.domain.model import Paragraph, Style
from coder.domain.paragraphs import lay_out
from coder.ui.reader import DARK, Mark, Reader

TEXT, PARAGRAPHS = lay_out(
    [
        ("Written evidence", Style.HEADING),
        ("When lockdown began we had eleven volunteers. Forty-three came in a week.", Style.BODY),
        ("Most had never volunteered. “We did not know you were there,” they said.", Style.BODY),
    ]
)
AWKWARD = (
    "ab \n\r\t\0\x0b\x0c\x85\u2028\u2029\ufdd0\ufdd1\ufffc\ufeff\ufffe\uffff"
    "é\u0301שלום عربي三つ。👩🏽\u200d🚒\u200f"
)

awkward_texts = st.lists(
    st.one_of(
        st.text(st.sampled_from(AWKWARD), max_size=30),
        st.just("\r\n"),
        st.just("three words more " * 200),
        st.just("三つの" * 900),
    ),
    min_size=1,
    max_size=6,
).map("".join)
with_reader = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def span_of(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def mark(name: str, words: str, **more) -> Mark:
    return Mark(name, *span_of(words), f"Code {name}", "#0063a8", "Ann", **more)


@pytest.fixture
def shown(reader):
    reader.show_document(TEXT, PARAGRAPHS, [])
    return reader


@with_reader
@given(text=awkward_texts, data=st.data())
def test_what_is_selected_is_what_was_asked_for_and_is_copied_exactly(reader, text, data):
    whole = [Paragraph("1", 0, len(text))] if data.draw(st.booleans()) else []
    reader.show_document(text, whole, [])
    places = st.integers(0, len(text))
    for _ in range(5):
        start, end = sorted((data.draw(places), data.draw(places)))
        reader.select(start, end, reveal=data.draw(st.booleans()))
        assert reader.selection() == (start, end)
        assert reader._page.createMimeDataFromSelection().text() == text[start:end]


@with_reader
@given(pieces=st.lists(awkward_texts, min_size=1, max_size=4), data=st.data())
def test_a_text_that_grows_is_the_text_shown_at_once(reader, pieces, data):
    text = "".join(pieces)
    reader.show_document("", (), ())
    length = 0
    for piece in pieces:
        chosen = data.draw(st.integers(0, length)), data.draw(st.integers(0, length))
        reader.select(min(chosen), max(chosen))
        length += len(piece)
        reader.append_text(piece, [Paragraph("1", 0, length)])
        assert reader.selection() == (min(chosen), max(chosen))
    grown = reader._page.toPlainText()
    reader.show_document(text, [Paragraph("1", 0, len(text))], [])
    assert grown == reader._page.toPlainText()
    reader.select_all()
    assert reader.selected_text() == text


def test_the_clipboard_gets_the_words_of_the_text(shown, qtbot):
    text = "One\r\ntwo 👩🏽\u200d🚒 e\u0301 three"
    shown.show_document(text, [Paragraph("1", 0, len(text))], [])
    shown.select(2, 9)
    qtbot.keyClick(shown._page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == text[2:9]


def test_a_selection_outside_the_text_is_clipped(shown):
    shown.select(-5, 10_000)
    assert shown.selection() == (0, len(TEXT))


def test_tells_the_selection_once_for_each_change(shown, qtbot):
    told = []
    shown.selection_changed.connect(lambda start, end: told.append((start, end)))
    shown.select(3, 9)
    shown.select(3, 9)
    shown.select(9, 9)
    assert told[-1] == (9, 9)
    assert told.count((3, 9)) == 1


def test_shift_and_arrows_select_by_character(shown, qtbot):
    shown.select(5, 5)
    for _ in range(3):
        qtbot.keyClick(shown._page, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert shown.selection() == (5, 8)


def test_keys_take_sentences_and_let_go_of_them(shown, qtbot):
    chord = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    shown.select(*[span_of("lockdown")[0]] * 2)
    qtbot.keyClick(shown._page, Qt.Key.Key_Period, chord)
    assert shown.selected_text() == "When lockdown began we had eleven volunteers."
    qtbot.keyClick(shown._page, Qt.Key.Key_Greater, chord)
    assert shown.selected_text().endswith("Forty-three came in a week.")
    qtbot.keyClick(shown._page, Qt.Key.Key_Comma, chord)
    assert shown.selected_text() == "When lockdown began we had eleven volunteers."


def test_a_key_takes_the_paragraph(shown, qtbot):
    chord = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    shown.select(*[span_of("never")[0]] * 2)
    qtbot.keyClick(shown._page, Qt.Key.Key_P, chord)
    assert shown.selection() == (PARAGRAPHS[2].start, PARAGRAPHS[2].end)


@pytest.mark.parametrize(
    ("words", "inside", "taken"),
    [("lockdown", 3, "lockdown"), ("Forty-three", 6, "Forty-three"), ("eleven", 0, "eleven")],
)
def test_takes_the_word_at_the_caret(shown, words, inside, taken):
    shown.select(*[span_of(words)[0] + inside] * 2)
    shown.select_word()
    assert shown.selected_text() == taken


def test_knows_the_paragraph_at_the_caret_and_goes_to_another(shown):
    shown.select(*[span_of("lockdown")[0]] * 2)
    assert shown.caret_paragraph() == 1
    shown.go_to_paragraph(2)
    assert shown.selection() == (PARAGRAPHS[2].start, PARAGRAPHS[2].start)
    shown.go_to_paragraph(17)
    assert shown.caret_paragraph() == 2


def test_tells_how_far_a_text_has_been_read_and_counts_no_jump(reader, qtbot):
    text, paragraphs = lay_out([("words " * 60, Style.BODY) for _ in range(99)])
    told = []
    reader.read_on_to.connect(told.append)
    reader.show_document(text, paragraphs, [])
    qtbot.waitUntil(lambda: told == [reader.read_to()])
    first = reader.read_to()
    assert 0 < first < paragraphs[20].end
    for flown_to in (paragraphs[50].start, paragraphs[98].end, paragraphs[50].start):
        reader.go_to(flown_to)
        QApplication.processEvents()
        assert reader.read_on() == first
    reader.go_to(first)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert first < told[1] == reader.read_to() < paragraphs[30].end
    reader.set_zoom(reader.zoom() - 3)
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told[1] < told[2] == reader.read_to() < paragraphs[40].end


def test_reading_goes_on_from_where_it_was_left(reader):
    text, paragraphs = lay_out([("words " * 60, Style.BODY) for _ in range(99)])
    reader.show_document(text, paragraphs, [])
    reader.go_on_from(paragraphs[50].start)
    reader.go_to(paragraphs[50].start)
    QApplication.processEvents()
    assert reader.read_on() == reader.read_to() > paragraphs[50].end


def test_a_short_text_has_been_in_view_to_its_end(shown, qtbot):
    assert shown.read_to() == len(TEXT)
    with qtbot.waitSignal(shown.read_on_to) as told:
        shown.show_document(TEXT, PARAGRAPHS, [])
    assert told.args == [len(TEXT)]


def test_sentences_can_be_parted_in_another_way(shown):
    shown.set_sentences(lambda text: [(0, 4), (4, len(text))])
    shown.select(*[PARAGRAPHS[1].start] * 2)
    shown.select_sentence_forward()
    assert shown.selected_text() == "When"


@pytest.mark.parametrize("key", ["A", "7", "Return", "Space", "Escape", "V", "Ctrl+K", "Del"])
def test_other_keys_reach_the_window(qtbot, key):
    window = QWidget()
    qtbot.addWidget(window)
    reader = Reader(window)
    QVBoxLayout(window).addWidget(reader)
    reader.show_document(TEXT, PARAGRAPHS, [])
    pressed = []
    QShortcut(QKeySequence(key), window).activated.connect(lambda: pressed.append(key))
    with qtbot.waitExposed(window):
        window.show()
    reader.setFocus()
    combination = QKeySequence(key)[0]
    qtbot.keyClick(reader._page, combination.key(), combination.keyboardModifiers())
    assert pressed == [key]
    assert reader.selection() == (0, 0)


def test_names_the_marks_at_a_place_the_shortest_first(shown):
    shown.set_marks([mark("long", "we had eleven volunteers"), mark("short", "eleven")])
    assert shown.ids_at(span_of("eleven")[0]) == ["short", "long"]
    shown.remove_mark("short")
    assert shown.ids_at(span_of("eleven")[0]) == ["long"]
    shown.add_mark(mark("long", "Most"))
    assert shown.ids_at(span_of("eleven")[0]) == []
    assert shown.ids_at(span_of("Most")[0]) == ["long"]


def test_goes_from_coding_to_coding(shown):
    shown.set_marks([mark("b", "Most"), mark("a", "eleven")])
    assert shown.select_next_coding() == "a"
    assert shown.selection() == span_of("eleven")
    assert shown.select_next_coding() == "b"
    assert shown.select_next_coding() == ""
    assert shown.select_next_coding(forward=False) == "a"


def test_a_screen_reader_hears_which_codes_lie_at_the_caret(shown):
    assert shown._page.accessibleName()
    shown.set_marks([mark("a", "eleven volunteers")])
    shown.select(*[span_of("volunteers")[0]] * 2)
    assert "Code a" in shown._page.accessibleDescription()
    shown.select(0, 0)
    assert shown._page.accessibleDescription() == ""


def test_a_change_of_codes_at_the_caret_is_announced_once(shown, monkeypatch):
    said = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: said.append(event.message())
    )
    shown.set_marks([mark("a", "eleven volunteers")])
    start = span_of("volunteers")[0]
    for place in (start, start + 1, 0):
        shown.select(place, place)
    assert said == ["Coded: Code a", "No tags here"]


def test_brings_a_far_place_into_view_and_comes_back(reader):
    text, paragraphs = lay_out(
        [(f"Paragraph {n}. " + "words " * 60, Style.BODY) for n in range(99)]
    )
    reader.show_document(text, paragraphs, [])
    start = text.index("Paragraph 70.")
    reader.select(start, start + 12)
    rows = reader._page.rows()
    assert rows[0].start < start < rows[-1].end
    before = reader.place()
    reader.show_nothing("Nothing here.")
    reader.show_document(text, paragraphs, [])
    assert reader.place() == 0
    reader.go_to(before)
    assert reader.place() == before


@settings(with_reader, max_examples=15)
@given(seed=st.randoms(use_true_random=False))
def test_whatever_is_selected_comes_into_view(reader, seed):
    words = ["volunteers", "a", "iii", "MMMWWW", "三つの理由"]
    text, paragraphs = lay_out(
        (" ".join(seed.choices(words, k=seed.choice((3, 40, 900)))), seed.choice(list(Style)))
        for _ in range(seed.choice((3, 150)))
    )
    reader.show_document(text, paragraphs, [])
    for _ in range(8):
        start = seed.randrange(len(text))
        reader.select(start, start + 5)
        unit = reader._page.map.to_units(start)
        row = [row for row in reader._page.rows() if row.start <= unit <= row.end][-1]
        assert row.top >= -2
        assert row.bottom <= reader._page.viewport().height() + 2


def test_selecting_what_is_in_view_does_not_scroll(reader):
    text, paragraphs = lay_out([("words " * 60, Style.BODY) for _ in range(99)])
    reader.show_document(text, paragraphs, [])
    reader.go_to(paragraphs[20].start)
    reader.select(paragraphs[21].start, paragraphs[21].start + 5)
    assert reader.place() == paragraphs[20].start


def first_line(reader) -> tuple[int, int]:
    page = reader._page
    row = next(row for row in page.rows() if row.baseline > 0)
    return page.map.to_points(row.start), page.map.to_points(row.end)


def test_what_is_at_the_top_stays_there_when_type_or_window_change_size(reader, qtbot):
    text, paragraphs = lay_out([("words " * 60, Style.BODY) for _ in range(99)])
    reader.show_document(text, paragraphs, [])
    top = paragraphs[40].start
    reader.go_to(top)
    reader.zoom_in()
    assert first_line(reader)[0] == reader.place() == top
    reader.resize(640, 500)
    QApplication.processEvents()
    start, end = first_line(reader)
    assert reader.place() == top
    assert start <= top < end
    reader.set_colours(DARK)
    assert reader.place() == top


def test_the_type_keeps_within_its_range(reader):
    told = []
    reader.zoom_changed.connect(told.append)
    reader.set_zoom(400)
    reader.set_zoom(1)
    assert told == [40, 8]
    assert reader.zoom() == 8
    reader.zoom_out()
    assert reader.zoom() == 8


def test_says_what_to_do_where_there_is_nothing(shown, qtbot):
    with qtbot.waitSignal(shown.offer_taken):
        shown.show_nothing("No evidence yet.", "Import…")
        qtbot.mouseClick(shown._offer, Qt.MouseButton.LeftButton)
    shown.show_nothing("Choose a submission.")
    assert shown.selection() == (0, 0)
    assert shown._message.isVisible()
    assert not shown._offer.isVisible()
    assert not shown._page.isVisible()
    shown.show_document(TEXT, PARAGRAPHS, [])
    assert shown._page.isVisible()
