"""The anonymous quotes of a pack to be: what is masked in each, and what could be besides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QPushButton,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coder.domain.text import counted
from coder.project.review import Reviewed
from coder.ui import trees
from coder.ui.quoted import quoted

_REF, _WORDS = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


_READING = 118
_INSERTED = re.compile(r"\[[^\[\]]*\]")


class ReviewPanel(QWidget):
    """A quote in each line and below it what is hidden there, and what may tell of a person and is
    not, to be ticked. `mask_wanted` gives a reference and the words to be masked."""

    mask_wanted = Signal(str, list)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.about = QLabel(self)
        self.about.setObjectName("muted")
        self.about.setWordWrap(True)
        self.list = QTreeWidget(self)
        self.list.setObjectName("codes")
        self.list.setColumnCount(1)
        self.list.setHeaderHidden(True)
        self.list.setIndentation(16)
        self.list.setAccessibleName("Anonymous quotes, and what is masked in them")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.itemChanged.connect(lambda *_: self._allow())
        self.list.currentItemChanged.connect(lambda *_: self._show_chosen())
        self.reading = QTextBrowser(self)
        self.reading.setObjectName("plain")
        self.reading.setOpenLinks(False)
        self.reading.setAccessibleName("The chosen quote as it would leave")
        self.reading.setFixedHeight(_READING)
        self._quotes: list[Reviewed] = []
        self.mask_ticked = QPushButton("Mask what is ticked", self)
        self.mask_ticked.clicked.connect(self._mask_ticked)
        self.another = QPushButton("Mask another word…", self)
        self.another.clicked.connect(self._ask)
        row = QHBoxLayout()
        row.addWidget(self.mask_ticked)
        row.addWidget(self.another)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.about)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.reading)
        layout.addLayout(row)
        self.show_quotes(())

    def show_quotes(self, quotes: Sequence[Reviewed]) -> None:
        """Takes these quotes; what was ticked of a quote that is still there stays ticked."""
        ticked = self._ticked()
        at = self.list.currentIndex()
        place = max(0, at.parent().row() if at.parent().isValid() else at.row())
        self.list.blockSignals(True)
        self.list.clear()
        self._quotes = list(quotes)
        for quote in quotes:
            self._add(quote, ticked.get(quote.ref, []))
        self.list.expandAll()
        self.list.blockSignals(False)
        if quotes:
            here = min(place, len(quotes) - 1)
            self.list.setCurrentIndex(self.list.model().index(here, 0))
        open_ = sum(len(quote.clues) for quote in quotes)
        found = f" {counted(open_, 'detail')} may still tell of a person." if open_ else ""
        self.about.setText(
            f"Respondents’ own names are masked.{found} Tick what is to be masked too."
            if quotes
            else "No anonymous quote goes out."
        )
        self._show_chosen()

    def _show_chosen(self) -> None:
        """Lets the chosen quote be read whole, as it would leave."""
        item = self.list.currentItem()
        above = item.parent() or item if item else None
        place = self.list.indexOfTopLevelItem(above) if above else -1
        self.reading.setVisible(bool(self._quotes))
        self.reading.setHtml(_page(self._quotes[place]) if place >= 0 else "")
        self._allow()

    def _add(self, quote: Reviewed, ticked: Sequence[str]) -> None:
        item = QTreeWidgetItem(self.list, [f"{quote.ref} · {quoted(quote.quote)}"])
        item.setData(0, _REF, quote.ref)
        item.setToolTip(0, f"{quote.attribution} {quote.citation}")
        for words, shown in quote.masked:
            line = QTreeWidgetItem(item, [f"hidden: {quoted(words)} → {shown}"])
            line.setData(0, _REF, quote.ref)
            line.setForeground(0, self.palette().placeholderText())
        for words, hint in dict.fromkeys((clue.words, clue.hint) for clue in quote.clues):
            line = QTreeWidgetItem(item, [f"mask {quoted(words)}: {hint}"])
            line.setData(0, _REF, quote.ref)
            line.setData(0, _WORDS, words)
            on = words in ticked
            line.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _ticked(self) -> dict[str, list[str]]:
        """The words that are ticked, by reference."""
        found: dict[str, list[str]] = {}
        for item in trees.walk(self.list):
            if item.data(0, _WORDS) and item.checkState(0) is Qt.CheckState.Checked:
                found.setdefault(item.data(0, _REF), []).append(item.data(0, _WORDS))
        return found

    def _allow(self) -> None:
        self.mask_ticked.setEnabled(bool(self._ticked()))
        self.another.setEnabled(self.list.currentItem() is not None)

    def _mask_ticked(self) -> None:
        for ref, words in self._ticked().items():
            self.mask_wanted.emit(ref, words)

    def _ask(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        ref = item.data(0, _REF)
        dialog = QInputDialog(self)
        dialog.setWindowTitle("Mask another word")
        dialog.setLabelText(
            f"Words to be masked in every anonymous quote of {ref}, parted by semicolons:"
        )
        dialog.textValueSelected.connect(
            lambda words: self.mask_wanted.emit(ref, [words]) if words.strip() else None
        )
        dialog.open()


def _page(quote: Reviewed) -> str:
    """The quote with what is masked in bold and what could be underlined."""
    words = quote.quote
    marks = [(*match.span(), "b") for match in _INSERTED.finditer(words)]
    marks += [(clue.start, clue.end, "u") for clue in quote.clues]
    parts, place = [], 0
    for start, end, tag in sorted(marks):
        parts += [escape(words[place:start]), f"<{tag}>{escape(words[start:end])}</{tag}>"]
        place = end
    said = "".join([*parts, escape(words[place:])]).replace("\n", "<br>")
    return f"<p>“{said}”</p><p>— {escape(f'{quote.attribution} {quote.citation}')}</p>"
