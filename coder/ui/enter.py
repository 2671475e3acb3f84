"""Enter presses the button that has the focus, in every window."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QPushButton, QWidget


class Enter(QObject):
    """Lets Enter press the push button that has the focus, as Space does. Qt does so only in
    dialogs, and there only for buttons that Enter may press from elsewhere too."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, left: QWidget | None, entered: QWidget | None) -> None:
        if isinstance(left, QPushButton) and left.property(_LENT):
            left.setProperty(_LENT, None)
            left.setAutoDefault(False)
        if isinstance(entered, QPushButton) and not entered.autoDefault():
            entered.setProperty(_LENT, True)
            entered.setAutoDefault(True)


_LENT = "pressed-by-enter"
