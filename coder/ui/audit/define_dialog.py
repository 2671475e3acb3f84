"""Writes what a decision says about a definition into the codebook, after a look at the words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from coder.domain.codebook_file import TEXTS
from coder.domain.model import Code
from coder.ui import messages
from coder.ui.codebook.asking import accept_with_ctrl_enter


class DefineDialog(QDialog):
    """Offers the codes of a disagreement and what the codebook says of each, with `why` put below
    it, to be edited. `code`, `field` and `text` are what is to be written."""

    def __init__(self, codes: Sequence[Code], why: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Into the codebook")
        self._codes = list(codes)
        self._why = why.strip()
        self._written: dict[tuple[str, str], str] = {}
        self._at = ("", "")
        self.codes = QComboBox(self)
        for one in self._codes:
            self.codes.addItem(one.name, one.id)
        self.fields = QComboBox(self)
        for name in ("use_when", "not_when", "definition"):
            self.fields.addItem(TEXTS[name], name)
        self.words = QPlainTextEdit(self)
        self.words.setObjectName("plain")
        self.words.setTabChangesFocus(True)
        form = QFormLayout()
        for label, widget in (
            ("&Code", self.codes),
            ("&Says", self.fields),
            ("&Words", self.words),
        ):
            form.addRow(label, widget)
            widget.setAccessibleName(label.replace("&", ""))
        told = QLabel(
            "What you noted stands below what was written there. Edit it as you like. Ctrl+Enter "
            "writes it."
        )
        told.setObjectName("muted")
        told.setWordWrap(True)
        buttons = QDialogButtonBox(self)
        self.go = buttons.addButton("Write it", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        accept_with_ctrl_enter(self)
        layout = QVBoxLayout(self)
        layout.addWidget(told)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.codes.currentIndexChanged.connect(lambda _: self._fill())
        self.fields.currentIndexChanged.connect(lambda _: self._fill())
        self.resize(520, 320)
        self._fill()
        self.words.setFocus()

    def reject(self) -> None:
        """Closes; where words were changed, asks first."""
        if self.words.document().isModified() or self._written:
            messages.ask_to_keep(self, self.accept, super().reject)
        else:
            super().reject()

    @property
    def code(self) -> Code:
        """The code whose entry is written."""
        return self._codes[self.codes.currentIndex()]

    @property
    def field(self) -> str:
        """Which of its texts: definition, use_when or not_when."""
        return str(self.fields.currentData())

    @property
    def text(self) -> str:
        """The whole text as it is to be."""
        return self.words.toPlainText()

    def _fill(self) -> None:
        """Shows the text of the code that is chosen now, as it was left where it was changed."""
        if self.words.document().isModified():
            self._written[self._at] = self.text
        self._at = self.code.id, self.field
        there = getattr(self.code, self.field)
        offered = "\n".join(filter(None, (there, self._why)))
        self.words.setPlainText(self._written.pop(self._at, offered))
        self.words.document().setModified(self.text != offered)
