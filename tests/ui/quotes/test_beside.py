"""Two panels stand beside each other, or one above the other where there is no room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from coder.ui.quotes.beside import Beside


def test_they_stack_where_both_do_not_fit(qtbot) -> None:
    parent, first, second = QWidget(), QWidget(), QWidget()
    qtbot.addWidget(parent)
    first.setMinimumWidth(200)
    second.setMinimumWidth(150)
    beside = Beside(first, second, parent)

    beside.resize(500, 400)
    parent.show()
    assert beside.orientation() is Qt.Orientation.Horizontal
    beside.resize(320, 400)
    assert beside.orientation() is Qt.Orientation.Vertical
    assert beside.minimumSizeHint().width() == 200
    beside.resize(500, 400)
    assert beside.orientation() is Qt.Orientation.Horizontal
