"""Asks how many people speak in a recording, and with which model to tell them apart."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from coder.project import models
from coder.project.speaking import MOST
from coder.ui.folders import ask_for_folder

_ABOUT = (
    "Voices are told apart on this machine; nothing is sent away. Sentences whose speaker you have"
    " named keep their name, and the rest of that voice gets it too."
)
_NO_MODEL = (
    "No model for finding speakers is installed. Choose a folder that holds one; the help page"
    " “Who is speaking” says where to get it."
)


class FindSpeakersDialog(QDialog):
    """How many speak, which `known` names are a hint of, and the model; says what is missing."""

    def __init__(self, known: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Find speakers")
        about = QLabel(_ABOUT, self)
        about.setWordWrap(True)
        self.number = QSpinBox(self)
        self.number.setRange(1, MOST)
        self.number.setValue(max(2, known))
        self.number.setAccessibleName("How many people speak")
        self.number.setFixedSize(80, 32)
        self.model = QComboBox(self)
        self.model.setPlaceholderText("Choose a folder")
        self.model.currentIndexChanged.connect(lambda _: self._allow())
        self.folder = QPushButton("Choose a folder…", self)
        self.folder.setAutoDefault(False)
        self.folder.clicked.connect(self._choose_folder)
        self.missing = QLabel(self)
        self.missing.setWordWrap(True)
        form = QFormLayout()
        form.addRow("&Number of people", self.number)
        form.addRow("&Model", self.model)
        row = QHBoxLayout()
        row.addWidget(self.folder)
        row.addStretch(1)
        form.addRow("", row)
        form.addRow(self.missing)
        buttons = QDialogButtonBox(self)
        self.begin = buttons.addButton("Find speakers", QDialogButtonBox.ButtonRole.AcceptRole)
        self.begin.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(about)
        layout.addLayout(form)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self._lacking = models.missing_for_speakers()
        for model in models.speaker_models():
            self.model.addItem(model.title, str(model.path))
        self.model.setCurrentIndex(0 if self.model.count() else -1)
        self._allow()
        self.number.setFocus()
        self.number.selectAll()
        self.resize(480, 280)

    def chosen(self) -> str:
        """The folder of the model."""
        return str(self.model.currentData())

    def add_model(self, path: Path) -> None:
        """Offers the model in this folder, and chooses it."""
        self.model.addItem(path.name, str(path))
        self.model.setCurrentIndex(self.model.count() - 1)
        self.begin.setFocus()

    def _choose_folder(self) -> None:
        if folder := ask_for_folder(self, "Folder with a model for speakers"):
            self.add_model(folder)

    def _allow(self) -> None:
        """Lets one begin once all is there; until then says what is missing."""
        chosen = self.model.currentIndex() >= 0
        self.begin.setEnabled(chosen and self._lacking is None)
        self.missing.setText(str(self._lacking) if self._lacking else "" if chosen else _NO_MODEL)
        self.missing.setVisible(bool(self.missing.text()))
