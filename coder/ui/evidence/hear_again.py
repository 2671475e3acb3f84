"""Asks how a passage is to be heard again: with which model, and which names to expect."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from coder.domain.text import counted
from coder.project import models
from coder.project.manner import Manner, short_name
from coder.ui.dialogs.terms_field import HINT, UNHEEDED


class HearAgainDialog(QDialog):
    """How so many sentences are to be heard again; as the first time, unless a person chooses
    otherwise."""

    def __init__(self, count: int, usual: Manner, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Hear again")
        self._usual = usual
        about = QLabel(
            f"{counted(count, 'sentence')} will be heard again on this machine. What is heard takes"
            " the place of the words there; tags stay, and Ctrl+Z brings the words back.",
            self,
        )
        about.setWordWrap(True)
        self.model = QComboBox(self)
        self.model.setAccessibleName("With which model")
        self._deaf = {
            str(one.path)
            for one in models.installed_models()
            if one.decoding.get("hotwords", True) is False
        }
        self.model.addItem(f"As the first time ({short_name(usual.model) or usual.engine})", usual)
        for engine in models.engines():
            for model in models.installed_models():
                if models.runs(engine, model):
                    manner = replace(usual, engine=engine, model=str(model.path))
                    self.model.addItem(f"{model.title} ({model.id}, {engine})", manner)
        self.names = QLineEdit(usual.hotwords, self)
        self.names.setAccessibleName("Names and terms to expect")
        self.names.setToolTip("Names and terms to expect, with commas between them")
        self.model.currentIndexChanged.connect(lambda _: self._allow())
        self._allow()
        self.buttons = QDialogButtonBox(self)
        self.begin = self.buttons.addButton("Hear again", QDialogButtonBox.ButtonRole.AcceptRole)
        self.begin.setDefault(True)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.addRow(about)
        form.addRow("&Model", self.model)
        form.addRow("&Names", self.names)
        form.addRow(self.buttons)
        self.resize(520, form.totalHeightForWidth(520))

    def _allow(self) -> None:
        """Greys out the names where the model cannot be told what to expect."""
        chosen: Manner = self.model.currentData()
        heeded = chosen.model not in self._deaf
        self.names.setEnabled(heeded)
        self.names.setPlaceholderText(HINT if heeded else UNHEEDED)

    def manner(self) -> Manner:
        """What was chosen."""
        chosen: Manner = self.model.currentData()
        names = self.names.text() if self.names.isEnabled() else ""
        return replace(chosen, hotwords=" ".join(names.split()))
