"""Tab goes from a list to what it shows, also where that was made anew."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from coder.ui.tab_order import tab_through


def test_tab_goes_through_parts_made_late(qtbot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    column = QVBoxLayout(whole)
    first, last = QLineEdit(whole), QLineEdit(whole)
    late = [QPushButton(str(number), whole) for number in range(2)]
    for part in (first, *late, last):
        column.addWidget(part)
    whole.show()
    tab_through([first, *late, last])
    first.setFocus()

    reached = []
    for _ in range(3):
        qtbot.keyClick(whole.focusWidget(), Qt.Key.Key_Tab)
        reached.append(whole.focusWidget())

    assert reached == [*late, last]
