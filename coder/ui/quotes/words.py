"""Words of evidence to choose among: read-only, selected with mouse or keys, some tinted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from coder.domain.omissions import Span
from coder.ui import theme
from coder.ui.reader.display import PlaceMap, shown


class Words(QPlainTextEdit):
    """Shows a text. Places are code points of it; `chosen` says that other words are selected."""

    chosen = Signal()

    def __init__(self, text: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        display = shown(text, ())
        self._places = PlaceMap(text, display.inserted)
        self.setObjectName("plain")
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        face = QFont(self.font())
        face.setFamilies(["Source Serif 4", "Charter", "Georgia", "Noto Serif", "DejaVu Serif"])
        face.setPointSizeF(self.font().pointSizeF() * 1.15)
        self.setFont(face)
        self.setPlainText(display.text)
        self.selectionChanged.connect(self.chosen)

    def selection(self) -> Span:
        """The words selected; both ends alike where none are."""
        cursor = self.textCursor()
        ends = cursor.selectionStart(), cursor.selectionEnd()
        start, end = (self._places.to_points(one) for one in ends)
        return start, end

    def select(self, start: int, end: int) -> None:
        """Selects these words and brings them into view."""
        cursor = self.textCursor()
        cursor.setPosition(self._places.to_units(start))
        cursor.setPosition(self._places.to_units(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def strike(self, spans: Sequence[Span]) -> None:
        """Shows these words as left out."""
        format_ = QTextCharFormat()
        format_.setForeground(QColor(theme.current().muted))
        format_.setFontStrikeOut(True)
        self._dress(spans, format_)

    def tint(self, spans: Sequence[Span]) -> None:
        """Shows these words as the quote."""
        format_ = QTextCharFormat()
        format_.setBackground(QColor(theme.current().page.strong))
        self._dress(spans, format_)

    def _dress(self, spans: Sequence[Span], format_: QTextCharFormat) -> None:
        found = []
        for start, end in spans:
            extra = QTextEdit.ExtraSelection()
            extra.cursor = QTextCursor(self.document())
            extra.cursor.setPosition(self._places.to_units(start))
            extra.cursor.setPosition(self._places.to_units(end), QTextCursor.MoveMode.KeepAnchor)
            extra.format = format_
            found.append(extra)
        self.setExtraSelections(found)
