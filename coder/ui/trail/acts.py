"""What the trail does to the rest of the window: saves itself, verifies, shows what was, signs
off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from coder.project.trail import Written
from coder.ui import messages
from coder.ui.folders import documents
from coder.ui.session import Session
from coder.ui.trail.as_it_was import AsItWas
from coder.ui.trail.signs import SignOffs
from coder.ui.trail.verifying import Verifying

if TYPE_CHECKING:
    from coder.ui.window import Window

FILES = "Word document (*.docx);;CSV for spreadsheets (*.csv)"
PLACE = 2


class TrailActs(QObject):
    """The acts of the trail of one window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._page = window.audit.trail
        self._session: Session | None = None
        self.was: AsItWas | None = None
        self.signs: SignOffs | None = None
        self.verifying: Verifying | None = None
        self._page.save_wanted.connect(self.save)
        self._page.verify_wanted.connect(self.verify)
        self._page.was_wanted.connect(self.show_was)
        self._page.signs_wanted.connect(self.show_signs)

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {
            "trail": self.go_to,
            "as-it-was": self._was_of_shown,
            "sign-offs": self._sign_shown,
            "save-trail": self.save,
            "verify": self.verify,
        }

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self._session = session
        for dialog in (self.was, self.signs, self.verifying):
            if dialog is not None:
                dialog.close()
                dialog.deleteLater()
        self.was = self.signs = self.verifying = None

    def go_to(self) -> None:
        """Turns to the trail."""
        if self._session is not None:
            self._window.audit.show_page(self._page)
            self._window.go_to_place(PLACE)

    def save(self) -> None:
        """Asks for a name and writes what the trail is narrowed to."""
        session = self._session
        if session is None:
            return
        title = "".join(
            c if c.isalnum() or c in " -" else "" for c in session.project.inquiry.title
        )
        offered = documents() / f"{' '.join(title.split())[:60]} – trail.docx"
        path, _ = QFileDialog.getSaveFileName(self._window, "Save the trail", str(offered), FILES)
        if path:
            self._write(session, Path(path))

    def show_was(self, submission_id: str, seq: int) -> None:
        """Shows a submission (empty: the codebook) as it was after a step (0: now)."""
        if self._session is None:
            return
        if self.was is None:
            self.was = AsItWas(self._session, self._window)
        self.was.show_what(submission_id, seq)
        self.was.show()
        self.was.raise_()

    def show_signs(self, ref: str = "") -> None:
        """Shows the sign-offs, with a submission to be signed off, or the codebook."""
        if self._session is None:
            return
        if self.signs is None:
            self.signs = SignOffs(self._session, self._window)
        self.signs.show()
        self.signs.choose(ref)

    def verify(self) -> None:
        """Verifies the project, and holds it against a fingerprint that was noted."""
        if self._session is None:
            return
        if self.verifying is None:
            self.verifying = Verifying(self._session, self._window)
        self.verifying.show()
        self.verifying.verify()

    # Below: how it is done

    def _write(self, session: Session, path: Path) -> None:
        trail, asked, sight = session.project.trail, self._page.asked, session.sight
        work = self._window.workshop.start(
            f"Writing {path.name}", lambda job: trail.export(path, asked, sight, job)
        )
        work.failed.connect(lambda problem: messages.tell(self._window, problem))
        work.finished.connect(lambda written: self._written(path, written))

    def _written(self, path: Path, written: Written) -> None:
        steps = f"{written.steps:,} {'step' if written.steps == 1 else 'steps'}"
        self._window.status.note(
            f"“{path.name}” is written: {steps}. It is internal: no name is masked in it."
        )

    def _shown(self) -> str:
        """The id of the submission that is shown in the evidence; empty where there is none."""
        document = self._window.evidence.desk.document
        return document.submission_id if document else ""

    def _was_of_shown(self) -> None:
        self.show_was(self._shown(), 0)

    def _sign_shown(self) -> None:
        of = self._shown()
        self.show_signs(self._session.project.submission(of).ref if of and self._session else "")
