"""Enter presses the button that has the focus, in the window and in dialogs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton

from coder.ui.window import Window
from tests.ui.active import activate


def test_enter_presses_a_button_of_the_window(qtbot, opened: Window) -> None:
    opened.registry["find"].trigger()
    bar = opened.evidence.desk.finder
    qtbot.keyClicks(bar.field, "ring")
    bar.tag_all.setFocus()
    with qtbot.waitSignal(bar.tag_wanted):
        qtbot.keyClick(bar.tag_all, Qt.Key.Key_Return)


def test_enter_presses_the_focused_button_of_a_dialog_and_not_its_default(
    qtbot, window: Window
) -> None:
    dialog = QDialog(window)
    usual, other = QPushButton("Usual", dialog), QPushButton("Other", dialog)
    usual.setDefault(True)
    other.setAutoDefault(False)
    pressed: list[str] = []
    for button in (usual, other):
        button.clicked.connect(lambda _=False, button=button: pressed.append(button.text()))
    dialog.open()
    activate(qtbot, dialog)
    other.setFocus()
    qtbot.keyClick(other, Qt.Key.Key_Return)
    assert pressed == ["Other"]
    # And a button that is left takes no Enter from elsewhere
    usual.setFocus()
    assert not other.autoDefault()
    dialog.close()
