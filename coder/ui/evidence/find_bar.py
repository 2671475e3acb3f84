"""Finds words in the document that is shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from coder.ui.reader import Reader


class FindBar(QWidget):
    """A field above the text: Enter goes on, Shift+Enter back, Esc closes."""

    def __init__(self, reader: Reader, parent: QWidget) -> None:
        super().__init__(parent)
        self._reader = reader
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Find in this document")
        self.field.setAccessibleName("Find in this document")
        self.field.textEdited.connect(lambda _: self._find(from_start=True))
        self.field.installEventFilter(self)
        self._said = QLabel(self)
        self._said.setObjectName("muted")
        close = QToolButton(self)
        close.setText("✕")
        close.setAutoRaise(True)
        close.setAccessibleName("Close the find bar")
        close.clicked.connect(self.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.addWidget(self.field, 1)
        row.addWidget(self._said)
        row.addWidget(close)
        self.hide()

    def enter(self) -> None:
        """Opens the bar with the selected words in it."""
        self.show()
        words = self._reader.selected_text()
        if words and "\n" not in words:
            self.field.setText(words)
        self.field.selectAll()
        self.field.setFocus()

    def forget(self) -> None:
        """No longer says what was found: another document is shown."""
        self._said.clear()

    def leave(self) -> None:
        """Closes the bar and goes back to the text."""
        self.hide()
        self._reader.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self._find(forward=not back)
                return True
        return super().eventFilter(watched, event)

    def _find(self, *, forward: bool = True, from_start: bool = False) -> None:
        if from_start:
            start, _ = self._reader.selection()
            self._reader.select(start, start, reveal=False)
        words = self.field.text()
        found = self._reader.find(words, forward)
        place, count = self._reader.standing(words)
        missing = "Not in this document" if words else ""
        self._said.setText(f"{place:,} of {count:,}" if found else missing)
