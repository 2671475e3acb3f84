"""The transcript on the desk going out as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from coder.domain.pauses import LEAST_MS
from coder.project.transcript_files import Layout, TranscriptReport
from coder.ui import messages
from coder.ui.background import workshop_of
from coder.ui.folders import documents
from coder.ui.window_state import state_file

if TYPE_CHECKING:
    from coder.ui.evidence.desk import Desk
    from coder.ui.evidence.pauses import Pauses
    from coder.ui.session import Session

FORMATS = "Word (*.docx);;WebVTT subtitles (*.vtt);;SubRip subtitles (*.srt);;Text (*.txt)"
_ENDINGS = {kind: kind.rpartition("*")[2].rstrip(")") for kind in FORMATS.split(";;")}
_READ = (".docx", ".txt")
"""Files to be read, in which pauses are marked where they are marked in the text."""
_FOLDER, _KIND = "transcript-folder", "transcript-kind"


class TranscriptFiles(QObject):
    """Writes the transcript that is shown into a file that a person chooses."""

    note = Signal(str)

    def __init__(self, desk: Desk, pauses: Pauses) -> None:
        super().__init__(desk)
        self._desk = desk
        self._pauses = pauses
        self._session: Session | None = None

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self._session = session

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {"export-transcript": self.choose}

    def choose(self) -> None:
        """Asks for a file, in the folder and the format of the last time, and writes into it."""
        shown = self._desk.document
        if self._session is None or shown is None or not self._desk.playback.segments:
            self.note.emit("Show a transcript first: it is the one that is exported.")
            return
        state = state_file()
        kept = str(state.value(_KIND, ""))
        kind = kept if kept in _ENDINGS else next(iter(_ENDINGS))
        folder = Path(str(state.value(_FOLDER, documents())))
        name = self._session.project.transcript_files.suggested_name(shown)
        start = (folder if folder.is_dir() else documents()) / f"{name}{_ENDINGS[kind]}"
        path, chosen = QFileDialog.getSaveFileName(
            self._desk, "Export transcript (internal)", str(start), FORMATS, kind
        )
        if not path:
            return
        target = Path(path)
        if target.suffix.lower() not in _ENDINGS.values():
            target = target.with_name(f"{target.name}{_ENDINGS.get(chosen, '.docx')}")
        state.setValue(_FOLDER, str(target.parent))
        state.setValue(_KIND, chosen)
        self.write(shown.id, target)

    def write(self, document_id: str, target: Path) -> None:
        """Writes a transcript to a file beside the window, and says so when it is done. Pauses are
        marked in what is to be read, where they are marked in the text."""
        if self._session is None:
            return
        files = self._session.project.transcript_files
        marked = self._pauses.shown and target.suffix.lower() in _READ
        layout = Layout(LEAST_MS if marked else None)
        work = workshop_of(self._desk).start(
            f"Writing {target.name}", lambda _: files.export(document_id, target, layout)
        )
        work.failed.connect(lambda problem: messages.tell(self._desk, problem))
        work.finished.connect(self._written)

    def _written(self, report: TranscriptReport) -> None:
        draft = " It is a machine draft that nobody has checked." if report.machine_draft else ""
        told = f"“{report.path.name}” is written, with every name: internal, not for publication."
        self.note.emit(f"{told}{draft}")
