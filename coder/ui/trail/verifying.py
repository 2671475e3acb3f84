"""The window “Verify”: whether the project is sound, and whether its journal is still the one whose
fingerprint somebody noted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from coder.domain.errors import Refused
from coder.domain.text import counted
from coder.domain.trail import Fingerprint
from coder.ui.looking import Look
from coder.ui.session import Session


@dataclass(frozen=True, slots=True)
class _Found:
    """What is wrong, the fingerprint of now where nothing is, and the one it was held against."""

    findings: list[str]
    fingerprint: Fingerprint | None
    noted: str


class Verifying(QDialog):
    """Verifies beside the window, and tells what was found."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Verify")
        self._session = session
        self._look: Look[_Found] = Look(self, "Verifying", self._show)
        self._said = ""
        words = QLabel(
            "Compares the chain of the journal with everything that stands here, the originals with"
            " their hashes, and each quote with its text. Note the fingerprint on paper: with it"
            " you can tell later that nothing done until then was altered.",
            self,
        )
        words.setWordWrap(True)
        label = QLabel("A &fingerprint noted earlier, if there is one", self)
        self.noted = QLineEdit(self)
        self.noted.setPlaceholderText("1204-9F3A-27C1-8B02-55DE")
        label.setBuddy(self.noted)
        self.told = QTextBrowser(self)
        self.told.setObjectName("plain")
        self.told.setAccessibleName("What was found")
        self.told.document().setDocumentMargin(12)
        self.go = QPushButton("Verify", self)
        self.go.setDefault(True)
        self.copy = QPushButton("Copy the fingerprint", self)
        self.copy.setAutoDefault(False)
        self.copy.setEnabled(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (words, label, self.noted, self.told, buttons):
            layout.addWidget(widget)
        layout.setStretchFactor(self.told, 1)
        self.go.clicked.connect(self.verify)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._said))
        self.resize(560, 420)

    def verify(self) -> None:
        """Looks, and tells."""
        project, noted = self._session.project, self.noted.text().strip()
        self.told.setPlainText("Verifying …")
        self.go.setEnabled(False)

        def read() -> _Found:
            findings = project.verify()
            if findings:
                return _Found(findings, None, noted)
            now = project.trail.fingerprint()
            try:
                against = project.trail.against(noted) if noted else []
            except Refused as problem:
                against = [str(problem)]
            return _Found(against, now, noted)

        self._look.beside(read)

    def _show(self, found: _Found) -> None:
        self.go.setEnabled(True)
        lines = list(found.findings)
        if found.fingerprint is not None:
            self._said = str(found.fingerprint)
            steps = counted(found.fingerprint.steps, "step")
            if found.noted and not found.findings:
                lines.append(
                    "The journal whose fingerprint was noted is the beginning of this one,"
                    " unchanged."
                )
            lines += [
                f"The project is sound: the chain of its journal holds over {steps}.",
                f"Fingerprint of today: {self._said}",
            ]
        self.copy.setEnabled(found.fingerprint is not None)
        self.told.setPlainText("\n\n".join(lines))
        self.told.setFocus(Qt.FocusReason.OtherFocusReason)
