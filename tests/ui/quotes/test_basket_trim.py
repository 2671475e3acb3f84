"""Words are left out of a quote, and its ends moved, while the way it reads is in view."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from coder.domain.baskets import BasketItem, ItemKind
from coder.ui.quotes.basket_trim import TrimDialog
from coder.ui.quotes.basket_widen import WidenDialog

TEXT = "Before it all.\r\nWe 🎉 opened on Tuesdays, as ever, and stayed. Behind it all."
QUOTE = "We 🎉 opened on Tuesdays, as ever, and stayed."
START = TEXT.index(QUOTE)


@pytest.fixture
def item() -> BasketItem:
    return BasketItem(
        "i", "b", ItemKind.QUOTE, "c", "2026", 0.0, "d", START, START + len(QUOTE), QUOTE
    )


@pytest.fixture
def parent(qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def trim(item: BasketItem, parent: QWidget) -> TrimDialog:
    dialog = TrimDialog(item, "(SIC0001)", parent)
    dialog.show()
    return dialog


def choose(dialog: TrimDialog, words: str) -> None:
    start = QUOTE.index(words)
    dialog.words.select(start, start + len(words))


def omitted(dialog: TrimDialog) -> list[str]:
    return [TEXT[start:end] for start, end in dialog.omitted]


def test_selected_words_are_left_out_with_a_key_and_put_back(qtbot, trim: TrimDialog) -> None:
    assert not trim.leave_out.isEnabled()
    choose(trim, ", as ever")
    qtbot.keyClick(trim.words, Qt.Key.Key_Delete)
    assert omitted(trim) == [", as ever"]
    assert trim.preview.text() == "“We 🎉 opened on Tuesdays […], and stayed.”"
    assert trim.words.extraSelections()
    choose(trim, "as")
    qtbot.keyClick(trim.words, Qt.Key.Key_Insert)
    assert omitted(trim) == [", ", " ever"]
    trim.put_all_back.click()
    assert (omitted(trim), trim.preview.text()) == ([], f"“{QUOTE}”")


def test_no_word_is_cut(trim: TrimDialog) -> None:
    choose(trim, "uesdays, as ev")
    trim.leave_out.click()
    assert omitted(trim) == ["Tuesdays, as ever"]


def test_nothing_but_omissions_is_no_quote(trim: TrimDialog) -> None:
    choose(trim, QUOTE)
    trim.leave_out.click()
    assert not trim.go.isEnabled()
    assert "Nothing would be left" in trim.told.text()
    choose(trim, "stayed")
    trim.put_back.click()
    assert trim.go.isEnabled()


def test_words_are_selected_with_the_keyboard_alone(qtbot, trim: TrimDialog) -> None:
    trim.words.select(0, 0)
    for _ in range(2):
        qtbot.keyClick(trim.words, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(trim.words, Qt.Key.Key_Delete)
    qtbot.keyClick(trim.words, Qt.Key.Key_Return)
    assert omitted(trim) == ["We"]
    assert trim.result() == QDialog.DialogCode.Accepted


@pytest.fixture
def widen(item: BasketItem, parent: QWidget) -> WidenDialog:
    dialog = WidenDialog(item, TEXT, "(SIC0001)", parent)
    dialog.show()
    return dialog


@pytest.mark.parametrize(
    ("key", "shift", "words"),
    [
        (Qt.Key.Key_Right, False, f"{QUOTE} Behind"),
        (Qt.Key.Key_Left, False, QUOTE[:-1]),
        (Qt.Key.Key_Left, True, f".\r\n{QUOTE}"),
        (Qt.Key.Key_Right, True, QUOTE[3:]),
    ],
)
def test_the_ends_move_by_words(
    qtbot, widen: WidenDialog, key: Qt.Key, shift: bool, words: str
) -> None:
    held = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(widen.words, key, held | Qt.KeyboardModifier.ShiftModifier if shift else held)
    assert TEXT[slice(*widen.span)] == words


def test_the_words_selected_become_the_quote(widen: WidenDialog) -> None:
    assert not widen.take.isEnabled()
    start = TEXT.index("it all.\r\nWe 🎉")
    widen.words.select(start, start + len("it all.\r\nWe 🎉 "))
    widen.take.click()
    assert TEXT[slice(*widen.span)] == "it all.\r\nWe 🎉"
    assert "We 🎉" in widen.preview.text()
