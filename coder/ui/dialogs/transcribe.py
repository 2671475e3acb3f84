"""Asks with which model to transcribe; where none is installed, says how to get one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coder.domain.model import Document
from coder.project import models
from coder.project.models import ModelMissing
from coder.project.transcripts import Manner
from coder.settings import Settings


class TranscribeDialog(QDialog):
    """Engine, model and language for these recordings. `download_wanted` names a published model
    to fetch."""

    download_wanted = Signal(str)

    def __init__(self, recordings: list[Document], settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Transcribe")
        minutes = sum(document.media_ms or 0 for document in recordings) / 60_000
        count = len(recordings)
        words = "1 recording" if count == 1 else f"{count} recordings"
        about = QLabel(
            f"{words}, {minutes:.1f} minutes, on this machine; nothing is sent away.", self
        )
        self.engine = QComboBox(self)
        self.engine.addItems(list(models.engines()))
        self.engine.setCurrentText(settings.engine)
        self.model = QComboBox(self)
        self.model.setPlaceholderText("Choose a model")
        self.model.currentIndexChanged.connect(lambda _: self._allow())
        folder = QPushButton("Choose a folder…", self)
        folder.clicked.connect(self._choose_folder)
        file = QPushButton("Choose a .pt file…", self)
        file.clicked.connect(self._choose_file)
        choices = QHBoxLayout()
        for button in (folder, file):
            button.setAutoDefault(False)
            choices.addWidget(button)
        self._missing = QLabel(self)
        self._missing.setWordWrap(True)
        self._download = QPushButton(self)
        self._download.setAutoDefault(False)
        self._download.clicked.connect(self._fetch)
        self.language = QLineEdit(settings.language, self)
        self.language.setToolTip("Two letters: en for English, cy for Welsh")
        form = QFormLayout()
        form.addRow("&Engine", self.engine)
        form.addRow("&Model", self.model)
        form.addRow("", choices)
        form.addRow("", self._missing)
        form.addRow("", self._download)
        form.addRow("&Language", self.language)
        buttons = QDialogButtonBox(self)
        self.begin = buttons.addButton("Transcribe", QDialogButtonBox.ButtonRole.AcceptRole)
        self.begin.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(about)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self._lacking: ModelMissing | None = None
        self.engine.currentTextChanged.connect(lambda _: self._fill())
        self._fill()
        self.resize(520, 300)

    def manner(self) -> Manner:
        """What was chosen."""
        return Manner(
            self.engine.currentText(),
            self.model.currentData() or "",
            self.language.text().strip() or "en",
        )

    def _fill(self) -> None:
        engine = self.engine.currentText()
        self.model.clear()
        for model in models.installed_models():
            if models.runs(engine, model):
                self.model.addItem(f"{model.title} ({model.id})", str(model.path))
        missing = self._lacking = models.missing_model(engine)
        default = models.default_model(engine)
        named = self.model.findData(str(default.path)) if default else -1
        self.model.setCurrentIndex(named if named >= 0 else -1 if missing else 0)
        if missing:
            get = "Download it, or choose" if missing.downloadable else "Choose"
            self._missing.setText(f"{missing.what} {get} one that is on this machine.")
            self._download.setText(f"Download “{missing.name}” ({missing.bytes / 1e6:.0f} MB)")
        self._allow()

    def _choose_folder(self) -> None:
        start = str(Path.home())
        path = QFileDialog.getExistingDirectory(self, "Folder with a Whisper model", start)
        if path:
            self.add_model(Path(path))

    def _choose_file(self) -> None:
        start = str(Path.home())
        path, _ = QFileDialog.getOpenFileName(self, "Whisper model", start, "Models (*.pt)")
        if path:
            self.add_model(Path(path))

    def add_model(self, path: Path) -> None:
        """Offers the model in this folder or file, and chooses it."""
        self.model.addItem(path.name, str(path))
        self.model.setCurrentIndex(self.model.count() - 1)
        self.begin.setFocus()

    def _allow(self) -> None:
        """Lets one begin once a model is chosen; until then says what is missing."""
        chosen, missing = self.model.currentIndex() >= 0, self._lacking
        self.begin.setEnabled(chosen)
        self._missing.setVisible(missing is not None and not chosen)
        self._download.setVisible(missing is not None and missing.downloadable and not chosen)

    def _fetch(self) -> None:
        if self._lacking:
            self.download_wanted.emit(self._lacking.name)
            self.reject()
