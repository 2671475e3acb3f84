"""What a person does with tags in the tests, and what there is to be seen of it then."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from coder.domain.model import Coding
from coder.ui.picker import Picker
from coder.ui.window import Window

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def press(qtbot, window: Window, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(window.evidence.desk.reader._page, key, modifier)


def select(window: Window, words: str) -> tuple[int, int]:
    document = window.evidence.desk.document
    assert document is not None
    start = document.text.index(words)
    window.evidence.desk.reader.select(start, start + len(words))
    return start, start + len(words)


def put_caret(window: Window, before: str) -> None:
    start, _ = select(window, before)
    window.evidence.desk.reader.select(start, start)


def tag(window: Window, words: str, key: str = "1") -> Coding:
    select(window, words)
    window.evidence.tagging.tag_by_key(key)
    coding = window.evidence.desk.bar.coding
    assert coding is not None
    return coding


def tagged(window: Window) -> list[tuple[str, str]]:
    """The code and the words of every tag, in the order of the text."""
    assert window.session is not None
    return [
        (one.code.rpartition("/")[2], one.quote) for one in window.session.project.quotes.select()
    ]


def labels(window: Window) -> tuple[str | None, str | None]:
    assert window.session is not None
    return window.session.project.next_labels()


def undo(qtbot, window: Window) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)


def picker_of(window: Window) -> Picker:
    found = [one for one in window.findChildren(Picker) if one.isVisible()]
    assert found, "no palette is open"
    return found[-1]


def box_of(window: Window) -> QMessageBox:
    found = [one for one in window.findChildren(QMessageBox) if one.isVisible()]
    assert found, "no question is asked"
    return found[-1]


def answer(qtbot, window: Window, words: str) -> None:
    found = next(one for one in box_of(window).buttons() if words in one.text())
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def owners(window: Window) -> set[tuple[str, str, str]]:
    assert window.session is not None
    return {(q.coder, q.code, q.quote) for q in window.session.project.quotes.select()}
