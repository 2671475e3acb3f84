"""Writes down what a coder thinks of tagged passages."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from coder.domain.model import Coding
from coder.ui import messages
from coder.ui.elided import Elided


class MemoDialog(QDialog):
    """A field for the memo below the words it is about; Ctrl+Enter saves. Without a coding it is
    for words that are added to the memos of several."""

    def __init__(self, about: str, coding: Coding | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Memo on “{about}”" if coding else f"Memo on {about}")
        words = Elided(f"“{' '.join(coding.quote.split())}”" if coding else about, self)
        words.setObjectName("muted")
        label = QLabel(
            "What do you think of this passage?"
            if coding
            else "What do you think of these passages? It is added to what is there.",
            self,
        )
        self.field = QPlainTextEdit(coding.memo if coding else "", self)
        self._as_opened = self.memo()
        self.field.setObjectName("plain")
        self.field.setAccessibleName("Memo")
        self.field.setTabChangesFocus(True)
        self.field.moveCursor(QTextCursor.MoveOperation.End)
        label.setBuddy(self.field)
        hint = QLabel("Ctrl+Enter saves · Esc closes", self)
        hint.setObjectName("muted")
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self.accept)
        layout = QVBoxLayout(self)
        for widget in (words, label, self.field, hint, buttons):
            layout.addWidget(widget)
        self.field.setFocus()
        self.resize(480, 320)

    def reject(self) -> None:
        """Closes; where something was written, asks first."""
        if self.memo() == self._as_opened:
            super().reject()
        else:
            messages.ask_to_keep(self, self.accept, super().reject)

    def memo(self) -> str:
        """What was written."""
        return self.field.toPlainText().strip()
