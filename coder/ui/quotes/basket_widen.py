"""Asks where a quote of a basket begins and ends, with the words around it in view."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coder.domain.baskets import BasketItem
from coder.domain.omissions import trimmed
from coder.domain.rewording import visible
from coder.domain.text import extend_by_word, whole_characters
from coder.ui.quotes.words import Words

AROUND = 1_500
"""Code points of the document in view on either side of the quote."""

_STEPS = (
    ("Begin a word earlier", "Alt+Shift+Left", "start", -1),
    ("Begin a word later", "Alt+Shift+Right", "start", 1),
    ("End a word earlier", "Alt+Left", "end", -1),
    ("End a word later", "Alt+Right", "end", 1),
)


class WidenDialog(QDialog):
    """The quote among the words around it; `span` is where it begins and ends by now, in code
    points of its document."""

    def __init__(self, item: BasketItem, text: str, citation: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Widen or narrow the quote {citation}")
        self.span = (item.start, item.end)
        self._item = item
        self._text = text
        self._from, to = whole_characters(
            text, max(0, item.start - AROUND), min(len(text), item.end + AROUND)
        )
        self.words = Words(text[self._from : to], "The quote among the words around it", self)
        self.words.chosen.connect(self._allow)
        self.take = QPushButton("&Quote the selected words", self)
        self.take.setAutoDefault(False)
        self.take.clicked.connect(self._take_selection)
        grid = QGridLayout()
        grid.addWidget(self.take, 0, 0, 1, 2)
        for number, (words, keys, edge, by) in enumerate(_STEPS):
            button = QPushButton(words, self)
            button.setAutoDefault(False)
            button.setToolTip(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
            button.clicked.connect(partial(self._step, edge, by))
            QShortcut(QKeySequence(keys), self, button.click)
            grid.addWidget(button, 1 + number // 2, number % 2)
        self.preview = QLabel(self)
        self.preview.setWordWrap(True)
        self.preview.setAccessibleName("How the quote reads")
        reads = QLabel("In the report", self)
        reads.setObjectName("section")
        buttons = QDialogButtonBox(self)
        buttons.addButton("Take these words", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(8)
        layout.addWidget(self.words, 1)
        layout.addLayout(grid)
        layout.addWidget(reads)
        layout.addWidget(self.preview)
        layout.addWidget(buttons)
        self.resize(600, 520)
        self._show()
        self.words.select(item.start - self._from, item.start - self._from)
        self.words.centerCursor()
        self.words.setFocus()

    def _step(self, edge: str, by: int) -> None:
        self.span = extend_by_word(self._text, *self.span, edge, by)
        self._show()

    def _take_selection(self) -> None:
        start, end = (self._from + one for one in self.words.selection())
        found = visible(self._text, *whole_characters(self._text, start, end))
        if found:
            self.span = found
            self._show()
            self.words.setFocus()

    def _show(self) -> None:
        start, end = self.span
        self.words.tint([(start - self._from, end - self._from)])
        said = trimmed(self._text[start:end], start, self._item.omitted)
        self.preview.setText(f"“{said}”" if len(said) < 700 else f"“{said[:340]} … {said[-340:]}”")
        self._allow()

    def _allow(self) -> None:
        start, end = self.words.selection()
        self.take.setEnabled(start < end)
