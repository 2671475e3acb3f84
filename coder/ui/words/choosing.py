"""Chooses whose words are counted."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coder.domain.model import Document
from coder.project.words import Selection
from coder.ui.names import TYPES
from coder.ui.session import Session

TYPING_MS = 400
"""How long the references typed must rest before they are taken."""


class Of(StrEnum):
    """By what evidence is chosen."""

    ALL = "all"
    DOCUMENT = "document"
    SUBMISSIONS = "submissions"
    TYPE = "type"
    CODE = "code"


_NAMES = {
    Of.ALL: "All the evidence",
    Of.DOCUMENT: "The document that is shown",
    Of.SUBMISSIONS: "Submissions…",
    Of.TYPE: "A type of respondent",
    Of.CODE: "Passages with a code",
}


class Choosing(QWidget):
    """The choice as fields. `changed` says that another selection is meant."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._document: Document | None = None
        self.of = QComboBox(self)
        self.of.setAccessibleName("Whose words are counted")
        for one, name in _NAMES.items():
            self.of.addItem(name, one)
        self.refs = QLineEdit(self)
        self.refs.setPlaceholderText("SIC0001, SIC0007 …")
        self.refs.setAccessibleName("References of the submissions")
        self.type = QComboBox(self)
        self.type.setAccessibleName("Type of respondent")
        for kind, name in TYPES.items():
            self.type.addItem(name, str(kind))
        self.code = QComboBox(self)
        self.code.setAccessibleName("Code")
        self.code.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.code.setMinimumContentsLength(28)
        self._title = QLabel(self)
        self._fields = QStackedWidget(self)
        self._places = {Of.ALL: 0}
        self._fields.addWidget(QWidget(self))
        for one, field in (
            (Of.DOCUMENT, self._title),
            (Of.SUBMISSIONS, self.refs),
            (Of.TYPE, self.type),
            (Of.CODE, self.code),
        ):
            self._places[one] = self._fields.addWidget(field)
        self.earlier = QCheckBox("Earlier mails and signatures too", self)
        self.earlier.setToolTip("Also what a mail quotes of others, signatures and disclaimers")
        self.letters = QCheckBox("Every letter of a campaign", self)
        self.letters.setToolTip("Else one letter stands for all that are nearly the same")
        row = QHBoxLayout()
        row.addWidget(QLabel("Words of", self))
        row.addWidget(self.of)
        row.addWidget(self._fields, 1)
        ticks = QHBoxLayout()
        ticks.setSpacing(18)
        ticks.addWidget(self.earlier)
        ticks.addWidget(self.letters)
        ticks.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addLayout(ticks)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(TYPING_MS)
        self._later.timeout.connect(self.changed)
        self.refresh_codes()
        self.of.currentIndexChanged.connect(self._choose)
        self.refs.textEdited.connect(lambda _: self._later.start())
        self.type.currentIndexChanged.connect(self.changed)
        self.code.currentIndexChanged.connect(self.changed)
        for tick in (self.earlier, self.letters):
            tick.toggled.connect(self.changed)

    def selection(self) -> Selection:
        """The selection that is meant now."""
        of, chosen = Of(self.of.currentData()), dict[str, tuple[str, ...]]()
        if of is Of.DOCUMENT:
            chosen = {"documents": (self._document.id if self._document else "",)}
        elif of is Of.SUBMISSIONS:
            refs = tuple(self.refs.text().upper().replace(",", " ").replace(";", " ").split())
            chosen = {"submissions": refs or ("",)}
        elif of is Of.TYPE:
            chosen = {"types": (self.type.currentData(),)}
        elif of is Of.CODE:
            chosen = {"codes": (self.code.currentData() or "",)}
        return Selection(
            **chosen, earlier=self.earlier.isChecked(), letters=self.letters.isChecked()
        )

    def hint(self) -> str:
        """What to do where the selection has no words."""
        of = Of(self.of.currentData())
        if of is Of.SUBMISSIONS:
            return "Type the references of submissions, such as SIC0001, above."
        if of is Of.DOCUMENT:
            return "Show a text in the main window first."
        if of is Of.CODE:
            return "No passage carries this code yet."
        if of is Of.TYPE:
            return "No evidence is from this type of respondent."
        return "Import evidence first: its words are counted here."

    def show_document(self, document: Document | None) -> None:
        """Takes note of the document that is shown."""
        before, self._document = self._document, document
        words = self._title.fontMetrics().elidedText(
            document.title if document else "No text is shown.", Qt.TextElideMode.ElideMiddle, 420
        )
        self._title.setText(words)
        other = (before.id if before else "") != (document.id if document else "")
        if other and self.of.currentData() == Of.DOCUMENT:
            self.changed.emit()

    def refresh_codes(self) -> None:
        """Lists the codebook as it is now."""
        chosen = self.code.currentData()
        self.code.blockSignals(True)
        self.code.clear()
        for view in self._session.project.codebook.tree():
            self.code.addItem(f"{'    ' * view.depth}{view.code.name}", view.code.id)
            self.code.setItemData(
                self.code.count() - 1, view.path.replace("/", " / "), Qt.ItemDataRole.ToolTipRole
            )
        self.code.setCurrentIndex(max(0, self.code.findData(chosen)))
        self.code.blockSignals(False)

    def _choose(self) -> None:
        self._fields.setCurrentIndex(self._places[Of(self.of.currentData())])
        if self.of.currentData() == Of.SUBMISSIONS:
            self.refs.setFocus()
        self.changed.emit()
