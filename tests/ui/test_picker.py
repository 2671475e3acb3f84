"""The list that finds as you type: by keys alone, several at once, and left with nothing done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget

from coder.ui.picker import Choice, Picker

CTRL = Qt.KeyboardModifier.ControlModifier
CODES = [Choice(name[0].lower(), name) for name in ("Connection", "Transport", "Volunteering")]


class Answers:
    """What a picker gave."""

    def __init__(self, picker: Picker) -> None:
        self.chosen: list[list[str]] = []
        self.made: list[str] = []
        self.left = 0
        picker.chosen.connect(self.chosen.append)
        picker.created.connect(self.made.append)
        picker.left.connect(self._leave)

    def _leave(self) -> None:
        self.left += 1


@pytest.fixture
def parent(qtbot) -> QWidget:
    """What the pickers belong to."""
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def opened(parent: QWidget, **how: object) -> tuple[Picker, Answers]:
    picker = Picker(parent, CODES, "Which?", **how)  # type: ignore[arg-type]
    picker.open_at(QPoint(0, 0))
    return picker, Answers(picker)


def lines(picker: Picker) -> list[str]:
    return [picker.list.item(row).text() for row in range(picker.list.count())]


def test_enter_takes_the_first_or_what_was_typed(qtbot, parent: QWidget) -> None:
    picker, answers = opened(parent)
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert (answers.chosen, answers.left) == ([["c"]], 0)
    picker, answers = opened(parent)
    qtbot.keyClicks(picker.field, "vol")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert answers.chosen == [["v"]]


def test_space_and_ctrl_enter_tick_several(qtbot, parent: QWidget) -> None:
    picker, answers = opened(parent, several=True)
    qtbot.keyClick(picker.field, Qt.Key.Key_Space)
    assert lines(picker)[0] == "✓ Connection"
    qtbot.keyClicks(picker.field, "trans")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return, CTRL)
    assert picker.field.text() == ""
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert answers.chosen == [["c", "t"]]


def test_a_space_between_words_is_typed(qtbot, parent: QWidget) -> None:
    picker, answers = opened(parent, several=True, create="Make")
    qtbot.keyClicks(picker.field, "food bank")
    assert lines(picker) == ["Make “food bank”"]
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert (answers.made, answers.chosen, answers.left) == (["food bank"], [], 0)


def test_escape_or_a_click_elsewhere_leaves_with_nothing_done(qtbot, parent: QWidget) -> None:
    picker, answers = opened(parent)
    qtbot.keyClick(picker.field, Qt.Key.Key_Escape)
    assert (answers.chosen, answers.left) == ([], 1)
    picker, answers = opened(parent)
    picker.close()
    assert answers.left == 1


def test_what_is_suggested_stands_on_top_and_keys_pass_the_headings(qtbot, parent: QWidget) -> None:
    suggested = [Choice("v", "Volunteering", "3 similar"), Choice("n", "Neighbours", "2 similar")]
    picker, answers = opened(parent, suggested=suggested)
    assert lines(picker) == [
        "Suggested",
        "Volunteering",
        "Neighbours",
        "All codes",
        "Connection",
        "Transport",
        "Volunteering",
        "Neighbours",
    ]
    assert picker.list.currentRow() == 4
    seen = []
    for _ in range(3):
        qtbot.keyClick(picker.field, Qt.Key.Key_Up)
        seen.append(picker.list.currentItem().text())
    assert seen == ["Neighbours", "Volunteering", "Volunteering"]
    qtbot.keyClick(picker.field, Qt.Key.Key_Down)
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert answers.chosen == [["n"]]


def test_once_something_is_typed_suggestions_are_lines_like_others(qtbot, parent: QWidget) -> None:
    picker, _ = opened(parent, suggested=[Choice("v", "Volunteering", "3 similar")])
    qtbot.keyClicks(picker.field, "o")
    assert "Suggested" not in lines(picker)
    assert lines(picker).count("Volunteering") == 1
    picker.close()


def test_a_codes_name_stands_before_its_theme(parent: QWidget) -> None:
    choice = Choice("n", "A long theme / Within it / Neighbours", name="Neighbours")
    assert choice.within == "A long theme / Within it"
    assert Choice("c", "Connection", name="Connection").within == ""
    picker = Picker(parent, [choice], "Which?")
    picker.resize(460, 380)
    picker.show()
    room = picker.list.visualItemRect(picker.list.item(0)).width()
    long = Choice("n", f"{'A very long theme ' * 9} / Neighbours", name="Neighbours")
    other = Picker(parent, [long], "Which?")
    other.resize(460, 380)
    other.show()
    assert room > 100
    pictures = [one.list.viewport().grab(QRect(0, 4, 78, 20)).toImage() for one in (picker, other)]
    assert pictures[0] == pictures[1]
