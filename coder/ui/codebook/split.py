"""Splits a code: its passages in a list, of which those ticked get another code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coder.domain.codebook_file import BETWEEN, one_name
from coder.domain.model import Code, Coding
from coder.domain.quotes import Quote
from coder.domain.text import counted
from coder.ui.codebook.colours import swatch
from coder.ui.quoted import quoted
from coder.ui.session import Session

_ID = Qt.ItemDataRole.UserRole
_LONGEST = 400
"""Characters of a passage that are shown; the pointer shows all."""


class SplitDialog(QDialog):
    """Passages to tick and the code they are to have. `wanted` gives the codings and the path of
    the code; the dialog stays until it is closed, so that a refusal loses nothing."""

    wanted = Signal(list, str)

    def __init__(self, session: Session, code: Code, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Split “{code.name}”")
        self._session = session
        self._code = code
        self._codings: dict[str, Coding] = {}
        views = session.project.codebook.tree()
        self._paths = {view.path.casefold(): view.path for view in views if view.code.id != code.id}
        own = next(view.path for view in views if view.code.id == code.id)
        self._beside = own.rpartition("/")[0]
        self._build()
        for view in views:
            if view.code.id != code.id:
                shown = view.path.replace("/", BETWEEN)
                self.into.addItem(swatch(view.code.colour), shown)
        self.into.setCurrentIndex(-1)
        self.into.setEditText("")
        self._tell()
        self.resize(680, 620)
        self.field.setFocus()

    def _build(self) -> None:
        lead = QLabel("Tick the passages that are to have another code.", self)
        lead.setObjectName("section")
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Find in these passages")
        self.field.setAccessibleName("Find in these passages")
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._narrow)
        self.every = QPushButton("Tick those shown", self)
        self.none = QPushButton("Tick none", self)
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        for button, on in ((self.every, True), (self.none, False)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, on=on: self._tick(on))
            row.addWidget(button)
        self.list = QListWidget(self)
        self.list.setObjectName("codes")
        self.list.setAccessibleName("Passages of this code")
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.itemChanged.connect(lambda _: self._tell())
        self.into = QComboBox(self)
        self.into.setEditable(True)
        self.into.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.into.setAccessibleName("Name of the other code")
        line = QLineEdit(self.into)
        line.setPlaceholderText("Name of a new code, or choose one that is there")
        self.into.setLineEdit(line)
        self.into.editTextChanged.connect(lambda _: self._tell())
        form = QFormLayout()
        form.addRow("&Other code", self.into)
        self.told = QLabel(self)
        self.told.setObjectName("muted")
        self.told.setWordWrap(True)
        self.told.setMinimumHeight(self.told.fontMetrics().height() * 2 + 4)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.go = buttons.addButton("Split", QDialogButtonBox.ButtonRole.ActionRole)
        self.go.setDefault(True)
        self.go.clicked.connect(self._want)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.addWidget(lead)
        layout.addLayout(row)
        layout.addWidget(self.list, 1)
        layout.addLayout(form)
        layout.addWidget(self.told)
        layout.addWidget(buttons)

    def show_found(self, found: tuple[Sequence[Quote], Sequence[Coding]]) -> None:
        """Fills the list with the passages of these codings that are to be seen."""
        quotes, codings = found
        self._codings = {one.id: one for one in self._session.visible(codings)}
        self.list.blockSignals(True)
        for quote in quotes:
            if quote.id in self._codings:
                item = QListWidgetItem(_shown(quote), self.list)
                item.setData(_ID, quote.id)
                item.setToolTip(quote.quote)
                item.setCheckState(Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._narrow(self.field.text())
        self._tell()

    def chosen(self) -> list[Coding]:
        """The codings of the passages that are ticked."""
        return [
            self._codings[item.data(_ID)]
            for item in self._items()
            if item.checkState() is Qt.CheckState.Checked
        ]

    def path(self) -> str:
        """The path of the other code: of one that is there, or of one to be made, beside this one
        where it is only a name."""
        names = [one_name(part) for part in self.into.currentText().split("/") if part.strip()]
        path = "/".join(names)
        if path.casefold() in self._paths:
            return self._paths[path.casefold()]
        return path if len(names) > 1 else "/".join(filter(None, (self._beside, path)))

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(place) for place in range(self.list.count())]

    def _narrow(self, words: str) -> None:
        wanted = words.casefold().split()
        for item in self._items():
            text = f"{item.text()} {item.toolTip()}".casefold()
            item.setHidden(not all(word in text for word in wanted))

    def _tick(self, on: bool) -> None:
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        self.list.blockSignals(True)
        for item in self._items():
            if not (on and item.isHidden()):
                item.setCheckState(state)
        self.list.blockSignals(False)
        self._tell()

    def _tell(self) -> None:
        """Says what would be done, and lets it be done once it can."""
        chosen, named = self.chosen(), bool(self.into.currentText().strip())
        self.go.setEnabled(bool(chosen) and named)
        self.go.setText(f"Split off {counted(len(chosen), 'passage')}" if chosen else "Split")
        if not self.list.count():
            self.told.setText("Nobody has used this code yet, or you see nobody else's tags.")
            return
        if not chosen:
            there = counted(self.list.count(), "passage")
            self.told.setText(f"{there} in all; none is ticked yet.")
            return
        by = Counter(self._session.coder_name(one.coder_id) for one in chosen)
        whose = ", ".join(f"{number:,} of {name}" for name, number in by.most_common())
        where = "another code" if not named else f"“{self.path().replace('/', BETWEEN)}”"
        fresh = named and self.path().casefold() not in self._paths
        made = ", which is made" if fresh else ""
        self.told.setText(
            f"{whose}: they get {where}{made}. Tags of all coders move, since the codebook is"
            " everybody’s; the words, memos and marks stay."
        )

    def _want(self) -> None:
        self.wanted.emit(self.chosen(), self.path())


def _shown(quote: Quote) -> str:
    words = " ".join(quote.quote.split())
    cut = words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]}…"
    return f"{quoted(cut)}\n{quote.citation} · {quote.coder}"
