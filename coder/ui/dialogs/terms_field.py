"""A field for the names and terms that a machine should expect to hear."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from coder.project.recordings import HOTWORDS, joined
from coder.ui.elided import Elided

_LINES = 3
HINT = "Places, people and words of this inquiry, with commas"
UNHEEDED = "This model cannot be told what to expect."


class _Words(QPlainTextEdit):
    """Several lines in which Enter means what it means in the other fields."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class TermsField(QWidget):
    """The inquiry's terms, to be changed, and whether the names of each submission are expected
    too. Names are kept apart from the terms, so that they go with their submission. `entered` says
    that Enter was pressed."""

    entered = Signal()

    def __init__(self, terms: str, names: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._before = terms
        self._names = [one for one in names if one]
        self._several = len(names) > 1
        self.field = _Words(self)
        self.field.setObjectName("plain")
        self.field.setPlainText(terms)
        self.field.setTabChangesFocus(True)
        self.field.setPlaceholderText(HINT)
        self.field.setToolTip(
            "Whisper writes down what it expects: names and terms that it would not know how to"
            " spell"
        )
        self.field.setAccessibleName("Names and terms to expect")
        self.field.setFixedHeight(self.field.fontMetrics().lineSpacing() * _LINES + 20)
        self.field.entered.connect(self.entered)
        self.remember = QCheckBox("&Remember for this inquiry", self)
        self.remember.setChecked(True)
        self.room = QLabel(self)
        self.room.setObjectName("muted")
        self.names = QCheckBox(self._names_told(), self)
        self.names.setChecked(True)
        self.names.setVisible(bool(self._names))
        self.room.setAlignment(Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.field)
        layout.addWidget(self.room)
        layout.addWidget(self.remember)
        layout.addWidget(self.names)
        if self._names and not self._several:
            layout.addWidget(self._shown_names())
        layout.addStretch(1)
        self.field.textChanged.connect(self._count)
        self.names.toggled.connect(lambda _: self._count())
        self._count()

    @property
    def terms(self) -> str:
        """What was typed, each name or term once, with commas."""
        return joined(self.field.toPlainText(), most=0)

    @property
    def with_names(self) -> bool:
        """Whether the names of a recording's submission are expected too."""
        return bool(self._names) and self.names.isChecked()

    @property
    def remembers(self) -> bool:
        """Whether the terms are others than before and are to be kept."""
        return self.remember.isChecked() and self.terms != self._before

    def allow(self, *, heeded: bool) -> None:
        """Greys itself out where the model cannot be told what to expect."""
        self.setEnabled(heeded)
        self.field.setPlaceholderText(HINT if heeded else UNHEEDED)

    def label_with(self, label: QWidget | None) -> None:
        """Lets the label's key go to the field."""
        if isinstance(label, QLabel):
            label.setBuddy(self.field)

    def _names_told(self) -> str:
        whose = "each" if self._several else "its"
        return f"Expect the &names of {whose} submission too"

    def _shown_names(self) -> Elided:
        shown = Elided(self)
        shown.setObjectName("muted")
        shown.setText(self._names[0])
        shown.setContentsMargins(26, 0, 0, 0)
        return shown

    def _count(self) -> None:
        """Says how much room is taken; what is beyond it is not heard of."""
        longest = max(self._names, key=len, default="") if self.with_names else ""
        taken = len(joined(longest, self.terms, most=0))
        over = taken > HOTWORDS
        told = [f"{len(self.terms):,} of {HOTWORDS} characters"] if self.terms else []
        if self.with_names:
            told.append("the names of the submission" + ("" if self.terms else " only"))
        self.room.setText(f"{' and '.join(told)}{'; the last are left out' if over else ''}")
        self.room.setObjectName("danger" if over else "muted")
        self.room.style().polish(self.room)
