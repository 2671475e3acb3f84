"""The passage that coders differ over, among the words around it. Words can be selected in it, to
be recoded instead of the whole passage."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from coder.domain.text import Utf16Map, reach
from coder.ui import theme
from coder.ui.audit.cases_list import wanted_by

_AROUND = 220
"""Code points of the text on either side."""

_TAB = 10
"""So many spaces wide is a tab, as behind the number of a paragraph."""

_AWKWARD = str.maketrans(dict.fromkeys("\r\x85\u2028\u2029\ufdd0\ufdd1\x0b\x0c\x00", " "))
"""What Qt would break or fold, shown as a space of the same length."""


_TAB = 4
"""A tabulator is so many letters wide, as before the words of a numbered paragraph."""


class CaseText(QPlainTextEdit):
    """The passage in its place; `wanted` gives what a key asks for."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("plain")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTabStopDistance(_TAB * self.fontMetrics().averageCharWidth())
        self.setAccessibleName("The passage in its document")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabStopDistance(self.fontMetrics().horizontalAdvance(" ") * _TAB)
        self._first = 0
        self._shown = (0, 0)
        self._units = Utf16Map("")
        self._span = (0, 0)

    def show_passage(self, text: str, start: int, end: int) -> None:
        """Shows `[start, end)` of a text and the words around it."""
        first, last = reach(text, start, end, _AROUND)
        words = text[first:last]
        before, after = "… " if first else "", " …" if last < len(text) else ""
        shown = before + words.translate(_AWKWARD) + after
        self._first = first - len(before)
        self._shown = first, last
        self._units = Utf16Map(shown)
        self._span = start, end
        self.setPlainText(shown)
        self.restyle()
        cursor = self.textCursor()
        cursor.setPosition(self._units.to_units(start - self._first))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def selected(self) -> tuple[int, int] | None:
        """What is selected of the words that are shown, in code points of the document; None where
        nothing is."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        first, last = self._shown
        start, end = (
            min(max(first, self._units.to_points(unit) + self._first), last)
            for unit in (cursor.selectionStart(), cursor.selectionEnd())
        )
        return (start, end) if start < end else None

    def restyle(self) -> None:
        """Marks the passage, and mutes the words around it."""
        look = theme.current()
        around, inside = QTextCharFormat(), QTextCharFormat()
        around.setForeground(QColor(look.muted))
        inside.setForeground(QColor(look.text))
        inside.setBackground(QColor(look.chosen))
        whole = self.document().characterCount() - 1
        start, end = (self._units.to_units(one - self._first) for one in self._span)
        self.setExtraSelections(
            [
                self._extra(0, start, around),
                self._extra(start, end, inside),
                self._extra(end, whole, around),
            ]
        )

    def _extra(self, start: int, end: int, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        extra = QTextEdit.ExtraSelection()
        last = self.document().characterCount() - 1
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(max(start, 0), last))
        cursor.setPosition(min(max(end, 0), last), QTextCursor.MoveMode.KeepAnchor)
        extra.cursor, extra.format = cursor, look
        return extra

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if name := wanted_by(event):
            self.wanted.emit(name)
        else:
            super().keyPressEvent(event)
