"""Asks which words of a quote are left out, and shows at once how it then reads."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coder.domain.baskets import BasketItem
from coder.domain.omissions import Span, kept, tidy, trimmed
from coder.domain.text import whole_characters, whole_words
from coder.ui.quotes.words import Words

_HOW = "Select words with the mouse or Shift and the arrows, then leave them out (Del)."
_NOTHING = "Nothing would be left of the quote. Keep some words, or remove it from the basket."


class TrimDialog(QDialog):
    """The words of a quote; `omitted` are the spans of its document that are left out by now."""

    def __init__(self, item: BasketItem, citation: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Trim the quote {citation}")
        self.omitted: tuple[Span, ...] = item.omitted
        self._item = item
        self.words = Words(item.quote, "The words of the quote", self)
        self.words.chosen.connect(self._allow)
        self.leave_out = _button("&Leave out", "Del", self, self._leave_out)
        self.put_back = _button("&Put back", "Ins", self, self._put_back)
        self.put_all_back = _button("Put &all back", "", self, self._put_all_back)
        self.preview = QLabel(self)
        self.preview.setWordWrap(True)
        self.preview.setAccessibleName("How the quote reads")
        self.told = QLabel(self)
        self.told.setObjectName("muted")
        self.told.setWordWrap(True)
        buttons = QDialogButtonBox(self)
        self.go = buttons.addButton("Trim", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        for button in (self.leave_out, self.put_back, self.put_all_back):
            row.addWidget(button)
        row.addStretch(1)
        reads = QLabel("In the report", self)
        reads.setObjectName("section")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(8)
        layout.addWidget(self.words, 1)
        layout.addLayout(row)
        layout.addWidget(reads)
        layout.addWidget(self.preview)
        layout.addWidget(self.told)
        layout.addWidget(buttons)
        self.resize(560, 420)
        self._show()
        self.words.setFocus()

    def _chosen(self) -> Span:
        """The words selected, whole ones, as a span of the document."""
        text, (start, end) = self._item.quote, self.words.selection()
        first, last = whole_characters(text, *whole_words(text, start, end))
        return self._item.start + first, self._item.start + last

    def _leave_out(self) -> None:
        self._take((*self.omitted, self._chosen()))

    def _put_back(self) -> None:
        chosen = [self._chosen()]
        self._take(tuple(part for one in self.omitted for part in kept(*one, chosen)))

    def _put_all_back(self) -> None:
        self._take(())

    def _take(self, omitted: tuple[Span, ...]) -> None:
        self.omitted = tidy(self._item.start, self._item.end, omitted)
        behind = self._chosen()[1] - self._item.start
        self.words.select(behind, behind)
        self._show()
        self.words.setFocus()

    def _show(self) -> None:
        item, start = self._item, self._item.start
        self.words.strike([(first - start, last - start) for first, last in self.omitted])
        parts = kept(item.start, item.end, self.omitted)
        left = any(item.quote[first - start : last - start].strip() for first, last in parts)
        self.preview.setText(f"“{trimmed(item.quote, start, self.omitted)}”" if left else "")
        self.told.setText(_HOW if left else _NOTHING)
        self.go.setEnabled(left)
        self._allow()

    def _allow(self) -> None:
        """Greys out what would change nothing."""
        first, last = self._chosen()
        out = sum(b - a for a, b in tidy(first, last, self.omitted)) if first < last else 0
        self.leave_out.setEnabled(first < last and out < last - first)
        self.put_back.setEnabled(out > 0)
        self.put_all_back.setEnabled(bool(self.omitted))


def _button(words: str, keys: str, dialog: TrimDialog, act: object) -> QPushButton:
    button = QPushButton(words, dialog)
    button.setAutoDefault(False)
    button.clicked.connect(act)
    if keys:
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(shown)
        QShortcut(QKeySequence(keys), dialog, button.click)
    return button
