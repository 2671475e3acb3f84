"""The text of a recording as it comes: its last sentences, followed to the end."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from coder.project import StepDone
from coder.project.recordings import Listed
from coder.project.taking import NOTHING
from coder.ui.elided import Elided
from coder.ui.hearings import words
from coder.ui.hearings.crew import Crew
from coder.ui.looking import Look
from coder.ui.session import Session

SOON_MS = 150
LAST = 60
"""So many sentences are shown: the transcript itself has all of them."""

_NOTHING_YET = {
    words.WAITS: "Nothing was heard of it yet: it waits its turn.",
    words.HEARD: "The first sentences will stand here.",
    words.HELD: "Nothing was heard of it yet. Release it to let it wait its turn.",
    words.DONE: NOTHING,
}


class Said(QWidget):
    """Shows what was heard of one recording, or why it was given up."""

    def __init__(self, session: Session, crew: Crew, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._crew = crew
        self._row: Listed | None = None
        self._lines: list[str] = []
        self.heading = Elided(self)
        self.heading.setObjectName("section")
        self.problem = QLabel(self)
        self.problem.setObjectName("danger")
        self.problem.setWordWrap(True)
        self.notes = QLabel(self)
        self.notes.setObjectName("muted")
        self.notes.setWordWrap(True)
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("plain")
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("What was heard by now")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.addWidget(self.heading)
        layout.addWidget(self.problem)
        layout.addWidget(self.notes)
        layout.addWidget(self.text, 1)
        self._look = Look(self, "Reading what was heard", self._show)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._read)
        session.changed.connect(self._changed)

    def take(self, row: Listed | None) -> None:
        """Shows a recording as it stands now, or none."""
        before, self._row = self._row, row
        self.heading.setText(f"{row.ref} · {row.title}" if row else "")
        failed = row is not None and words.doing(self._crew, row) == words.FAILED
        told = words.problem(self._crew, row) if row and failed else ""
        self.problem.setText(told)
        self.problem.setVisible(bool(told))
        notes = " ".join(words.notes(row)) if row else ""
        self.notes.setText(notes)
        self.notes.setVisible(bool(notes))
        if row is None or before is None or row.hearing.id != before.hearing.id:
            self._lines = []
            self.text.clear()
        if row is None:
            self._look.drop()
            self.text.setPlaceholderText("")
        else:
            self._read()

    def _read(self) -> None:
        row = self._row
        if row is None:
            return
        transcript = row.hearing.transcript_id
        if transcript:
            self._look.beside(lambda: self._session.project.recordings.said(transcript, LAST))
        else:
            self._look.at_once(list)

    def _show(self, lines: list[str]) -> None:
        """Adds what came since; the end stays in view unless a person has scrolled up to read."""
        if self._row is not None:
            now = words.doing(self._crew, self._row)
            told = _NOTHING_YET.get(now) or words.next_step(self._crew, self._row)
            self.text.setPlaceholderText(told)
        if lines == self._lines:
            return
        bar = self.text.verticalScrollBar()
        follows = bar.value() >= bar.maximum() - 2
        at = bar.value()
        self._lines = lines
        self.text.setPlainText("\n".join(lines))
        bar.setValue(bar.maximum() if follows else at)

    def _changed(self, step: StepDone) -> None:
        if self._row is not None and self.isVisible() and step.touches("segments", "hearings"):
            self._soon.start()
