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
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coder.domain.model import Document
from coder.project import transcripts
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
        self.engine.addItems(list(transcripts.engines()))
        self.engine.setCurrentText(settings.engine)
        self.model = QComboBox(self)
        self.model.setPlaceholderText("Choose a model")
        self.model.currentIndexChanged.connect(lambda _: self._allow())
        choose = QPushButton("Choose a folder or file…", self)
        choose.clicked.connect(self._choose)
        self._missing = QLabel(self)
        self._missing.setWordWrap(True)
        self._download = QPushButton(self)
        self._download.clicked.connect(self._fetch)
        self.language = QLineEdit(settings.language, self)
        self.language.setToolTip("Two letters: en for English, cy for Welsh")
        form = QFormLayout()
        form.addRow("&Engine", self.engine)
        form.addRow("&Model", self.model)
        form.addRow("", choose)
        form.addRow("", self._missing)
        form.addRow("", self._download)
        form.addRow("&Language", self.language)
        buttons = QDialogButtonBox(self)
        self.begin = buttons.addButton("Transcribe", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(about)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self._settings = settings
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
        for model in transcripts.installed_models():
            if transcripts.runs(engine, model):
                self.model.addItem(f"{model.title} ({model.id})", str(model.path))
        missing = transcripts.missing_model(engine)
        named = self.model.findData(self._settings.model) if self._settings.model else -1
        self.model.setCurrentIndex(named if named >= 0 else -1 if missing else 0)
        self._missing.setText(str(missing) if missing else "")
        self._missing.setVisible(missing is not None)
        self._download.setVisible(missing is not None and bool(missing.bytes))
        if missing:
            self._download.setText(f"Download “{missing.name}” ({missing.bytes / 1e6:.0f} MB)")
        self._allow()

    def _choose(self) -> None:
        start = str(Path.home())
        path = QFileDialog.getExistingDirectory(self, "Folder with a Whisper model", start)
        if path:
            self.add_model(Path(path))

    def add_model(self, path: Path) -> None:
        """Offers the model in this folder, and chooses it."""
        self.model.addItem(path.name, str(path))
        self.model.setCurrentIndex(self.model.count() - 1)

    def _allow(self) -> None:
        self.begin.setEnabled(self.model.currentIndex() >= 0)

    def _fetch(self) -> None:
        missing = transcripts.missing_model(self.engine.currentText())
        if missing:
            self.download_wanted.emit(missing.name)
            self.reject()
