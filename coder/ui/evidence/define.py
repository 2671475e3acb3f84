"""Writes down what a code means, when to use it and when not."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from coder.domain.model import Code

_FIELDS = {
    "definition": "What it means",
    "use_when": "Use it when",
    "not_when": "Do not use it when",
}


class DefineDialog(QDialog):
    """The three fields of a code's definition."""

    def __init__(self, code: Code, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Define “{code.name}”")
        self._edits: dict[str, QPlainTextEdit] = {}
        layout = QVBoxLayout(self)
        for name, words in _FIELDS.items():
            edit = self._edits[name] = QPlainTextEdit(getattr(code, name), self)
            edit.setObjectName("plain")
            edit.setAccessibleName(words)
            edit.setTabChangesFocus(True)
            label = QLabel(words, self)
            label.setBuddy(edit)
            layout.addWidget(label)
            layout.addWidget(edit)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.resize(480, 460)

    def fields(self) -> dict[str, str]:
        """What was written, by the names of the record."""
        return {name: edit.toPlainText().strip() for name, edit in self._edits.items()}
