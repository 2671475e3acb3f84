"""Writes down what a coder thinks of a tagged passage."""

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
from coder.ui.elided import Elided


class MemoDialog(QDialog):
    """A field for the memo below the words it is about; Ctrl+Enter saves."""

    def __init__(self, code_name: str, coding: Coding, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Memo on “{code_name}”")
        words = Elided(f"“{' '.join(coding.quote.split())}”", self)
        words.setObjectName("muted")
        label = QLabel("What do you think of this passage?", self)
        self.field = QPlainTextEdit(coding.memo, self)
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

    def memo(self) -> str:
        """What was written."""
        return self.field.toPlainText().strip()
