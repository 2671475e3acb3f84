"""Transcribing as acts of the window: ask how, put into the queue, show the queue, and tell how it
ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from coder import settings
from coder.domain.errors import EvidenceError
from coder.domain.model import Document
from coder.domain.text import counted
from coder.project import models
from coder.project.manner import Manner
from coder.project.recordings import Listed, Recording
from coder.ui import messages
from coder.ui.background import MODELS
from coder.ui.dialogs.transcribe import Asked, TranscribeDialog
from coder.ui.hearings.crew import Crew
from coder.ui.hearings.in_status import HearingStatus
from coder.ui.hearings.window import TranscriptionWindow
from coder.ui.looking import SHORT, Look
from coder.ui.session import Session

if TYPE_CHECKING:
    from coder.ui.window import Window

STAYS = "What is heard stays, and it goes on when you open the inquiry again."
_MOST_TOLD = 5


class Hearings(QObject):
    """What one window does with recordings that are to be heard."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.crew = Crew(window.workshop, self)
        self.status = HearingStatus(self.crew, window)
        window.status.insertPermanentWidget(0, self.status)
        self.shown: TranscriptionWindow | None = None
        self._box: QMessageBox | None = None
        self._problems: list[str] = []
        self._greets = False
        self._look = Look(window, "Looking for recordings", self._choose)
        self.status.wanted.connect(self.show_queue)
        self.crew.failed.connect(self._tell)
        self.crew.finished.connect(self._note_end)
        self.crew.refused.connect(lambda problem: messages.tell(self._front(), problem))
        self.crew.changed.connect(self._greet)

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {
            "transcribe": self.transcribe_all,
            "transcribe-again": self.transcribe_again,
            "transcription": self.show_queue,
        }

    # Projects

    def open_session(self, session: Session) -> None:
        """Goes on with what waits in a project, and says so."""
        self._greets = True
        self.crew.open(session, settings.load().at_once)

    def close(self) -> None:
        """Closes the queue with its project. Where something is being heard, `leave` comes
        first."""
        self.crew.close()
        if self.shown is not None:
            self.shown.close()
            self.shown.deleteLater()
            self.shown = None

    def leave(self, act: Callable[[], object]) -> None:
        """Stops what is being heard without holding the window up, then does the act."""
        self.crew.leave(act)

    @property
    def busy(self) -> bool:
        """Whether something is being heard, so that a person should be asked before it stops."""
        return bool(self.crew.running) and not self.crew.leaving

    # Asked for

    def transcribe_all(self) -> None:
        """Asks how, then has all recordings heard that have no transcript and do not wait for
        one."""
        self.transcribe("")

    def transcribe(self, media_id: str) -> None:
        """Asks how, then has one recording heard; shows where it waits, where it does already."""
        session = self._window.session
        if session is None:
            return
        short = session.project.evidence.count() <= SHORT
        read = self._look.at_once if short else self._look.beside
        transcripts = session.project.transcripts
        read(lambda: (media_id, transcripts.pending(), transcripts.silent()))

    def transcribe_again(self) -> None:
        """Asks how, then makes the transcript that is shown anew from its recording."""
        session, shown = self._window.session, self._window.evidence.desk.document
        if session is None or shown is None or not shown.source_id:
            self._window.status.note("Show a transcript first: it is made again from its sound.")
            return
        try:
            session.project.transcripts.may_replace(shown.source_id)
            recording = session.project.transcripts.recording_of(shown)
        except EvidenceError as problem:
            messages.tell(self._window, problem)
            return
        self._ask_how(session, [recording], again=True)

    def add(
        self, session: Session, wanted: Sequence[tuple[str, Manner]], *, again: bool = False
    ) -> None:
        """Has recordings heard, each in its manner; remembers the choice for the next time."""
        manner = wanted[0][1]
        chosen = replace(
            settings.load(), engine=manner.engine, model=manner.model, language=manner.language
        )
        self._window.keep(chosen)
        if session is self._window.session:
            self.crew.add(wanted, again=again)

    def show_queue(self) -> None:
        """Opens the window with the queue."""
        session = self._window.session
        if session is None:
            return
        if self.shown is None:
            at_once = settings.load().at_once
            self.shown = TranscriptionWindow(session, self.crew, at_once, self._window)
            self.shown.add_wanted.connect(self.transcribe_all)
            self.shown.change_wanted.connect(self._ask_to_change)
            self.shown.show_wanted.connect(self._show_in_evidence)
            self.shown.at_once_chosen.connect(self._allow)
            self._window.helps.answer_in(self.shown)
        self.shown.show()
        self.shown.raise_()
        self.shown.activateWindow()

    # Below: the dialog

    def _choose(self, found: tuple[str, list[Document], int]) -> None:
        session, (media_id, pending, silent) = self._window.session, found
        if session is None:
            return
        queued = self.crew.queued()
        if media_id in queued or (pending and all(one.id in queued for one in pending)):
            self.show_queue()
            self._point_at(media_id)
            return
        wanted = [one for one in pending if one.id not in queued and media_id in ("", one.id)]
        if wanted:
            self._ask_how(session, wanted, silent=0 if media_id else silent)
        else:
            messages.inform(self._window, "Every recording has its transcript.")

    def _ask_how(
        self,
        session: Session,
        recordings: list[Document],
        *,
        again: bool = False,
        silent: int = 0,
    ) -> None:
        asked = [self._asked(session, one) for one in recordings]
        dialog = TranscribeDialog(
            asked,
            settings.load(),
            self._front(),
            terms=session.project.recordings.terms,
            again=again,
            silent=silent,
            hour_takes=models.minutes_an_hour,
        )
        dialog.accepted.connect(lambda: self._begin(session, dialog, again))
        self._open(session, dialog)

    def _ask_to_change(self, row: Listed) -> None:
        session = self._window.session
        if session is None:
            return
        hearing = row.hearing
        dialog = TranscribeDialog(
            [Asked(hearing.media_id, row.ref, row.title, row.media_ms)],
            settings.load(),
            self._front(),
            change=hearing,
            hour_takes=models.minutes_an_hour,
        )
        dialog.accepted.connect(lambda: self.crew.change(hearing.id, dialog.manners()[0][1]))
        self._open(session, dialog)

    def _open(self, session: Session, dialog: TranscribeDialog) -> None:
        dialog.download_wanted.connect(partial(self._download, dialog))
        dialog.check_wanted.connect(partial(self._check, dialog))
        dialog.models_wanted.connect(self._show_models)
        dialog.offer_models(offered="models" in self._window.registry)
        self._window.helps.answer_in(dialog)
        dialog.open()
        media_ids = [one.media_id for one in dialog.asked]
        looking = self._window.workshop.quietly(
            "Looking into the recordings", partial(_sounds, session, media_ids)
        )
        looking.finished.connect(dialog.show_sounds)
        looking.failed.connect(lambda problem: messages.tell(dialog, problem))

    def _begin(self, session: Session, dialog: TranscribeDialog, again: bool) -> None:
        if dialog.remembers:
            messages.attempt(
                self._window, lambda: session.project.recordings.keep_terms(dialog.terms)
            )
        self.add(session, dialog.manners(), again=again)

    def _asked(self, session: Session, recording: Document) -> Asked:
        ref = session.project.submission(recording.submission_id).ref
        names = session.project.recordings.names(recording.id)
        return Asked(recording.id, ref, recording.title, recording.media_ms or 0, names)

    def _show_models(self) -> None:
        self._window.registry["models"].trigger()

    def _check(self, dialog: TranscribeDialog, path: Path, engine: str) -> None:
        """Offers a model that is not installed in the dialog once it was found undamaged."""
        work = self._window.workshop.start(
            f"Checking the model “{path.name}”",
            lambda job: models.check_model(path, engine, job),
            MODELS,
        )
        work.failed.connect(lambda problem: messages.tell(dialog, problem))
        dialog.follow(work)
        work.finished.connect(lambda _: dialog.add_model(path))

    def _download(self, dialog: TranscribeDialog, name: str) -> None:
        work = self._window.workshop.start(
            f"Downloading the model “{name}”", lambda job: models.get_model(name, job), MODELS
        )
        dialog.follow(work)
        work.failed.connect(
            lambda problem: messages.tell(dialog if dialog.isVisible() else self._window, problem)
        )
        work.finished.connect(lambda _: self._window.status.note(f"“{name}” is installed."))

    # Below: what comes of it

    def _allow(self, at_once: int) -> None:
        self._window.keep(replace(settings.load(), at_once=at_once))
        self.crew.allow(at_once)

    def _point_at(self, media_id: str) -> None:
        for row in self.crew.rows:
            if self.shown is not None and row.hearing.media_id == media_id:
                self.shown.choose(row.hearing.id)

    def _show_in_evidence(self, row: Listed) -> None:
        window = self._window
        window.go_to_place(0)
        shown = row.hearing.transcript_id or row.hearing.media_id
        window.evidence.show_document(row.submission_id, shown)
        window.activateWindow()

    def _greet(self) -> None:
        """Says once, when the queue of a project is known, that it goes on or is paused."""
        if not self._greets or not self.crew.known:
            return
        self._greets = False
        waiting = self.crew.waiting()
        if not waiting and self.crew.given_up():
            told = counted(self.crew.given_up(), "recording was", "recordings were")
            self._window.status.note(f"{told} not transcribed: the queue says why.")
        if not waiting or self._window.session is None:
            return
        several = counted(waiting, "recording waits", "recordings wait")
        if self._window.session.project.read_only:
            return
        if self.crew.paused:
            self._window.status.note(f"{several} to be transcribed; all is paused.")
        else:
            self._window.status.note(f"{several} to be transcribed: going on.")
            self.crew.start()

    def _note_end(self, row: Listed) -> None:
        self._window.status.note(
            f"“{row.title}” is transcribed. It is a machine draft: listen before you quote."
        )

    def _tell(self, hearing_id: str, problem: Exception) -> None:
        """Tells of a recording that was given up; of several in one message, as long as it is
        open."""
        if not isinstance(problem, EvidenceError):
            messages.tell(self._front(), problem)
            return
        row = self.crew.row(hearing_id)
        called = f"{row.ref} “{row.title}”" if row else ""
        told = f"{called}: {problem}" if called else str(problem)
        if self._box is not None and self._box.isVisible():
            self._problems.append(told)
            self._box.setText(f"{len(self._problems)} recordings were not transcribed.")
            several = self._problems[:_MOST_TOLD]
            if len(self._problems) > _MOST_TOLD:
                several.append("The queue says why the others were not.")
            self._box.setInformativeText("\n\n".join(several))
            return
        self._problems = [told]
        others = "; the others go on" if self.crew.running or self.crew.waiting() else ""
        named = f"{called} was not transcribed{others}." if called else ""
        more = "\n\n".join(filter(None, (problem.remedy, named)))
        self._box = messages.inform(self._front(), problem.what, more)
        self._box.setIcon(QMessageBox.Icon.Warning)
        if row is None:
            return
        queue = self._box.addButton("Show the queue", QMessageBox.ButtonRole.ActionRole)
        queue.clicked.connect(lambda: self._show_failed(hearing_id))

    def _show_failed(self, hearing_id: str) -> None:
        self.show_queue()
        if self.shown is not None:
            self.shown.choose(hearing_id)

    def _front(self) -> QWidget:
        """What a question stands over: the window with the queue where it is in front."""
        shown = self.shown
        return shown if shown is not None and shown.isActiveWindow() else self._window


def _sounds(session: Session, media_ids: Sequence[str], job: Any) -> dict[str, Recording]:
    """What sound there is in these recordings, by id; those that cannot be read are left out, and
    say why when they are to be heard."""
    found = {}
    for one in media_ids:
        job.check()
        try:
            found[one] = session.project.recordings.sound(one)
        except EvidenceError:
            continue
    return found
