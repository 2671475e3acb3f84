"""What a person does about doubts in a transcript: goes from one to the next, listens, confirms,
has it heard or timed again, and compares with what the machine heard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from coder.domain.model import Document, Segment
from coder.domain.text import clock, counted
from coder.jobs import Job
from coder.project.correcting import Corrected
from coder.project.manner import Manner
from coder.project.taking import unfinished
from coder.ui import messages
from coder.ui.background import HEARING, workshop_of
from coder.ui.evidence.desk import Desk
from coder.ui.evidence.hear_again import HearAgainDialog
from coder.ui.evidence.passages import Passage, passages_of
from coder.ui.evidence.telling import without_doubts
from coder.ui.evidence.what_was_heard import HeardDialog
from coder.ui.session import Session

_NO_TRANSCRIPT = "No transcript is shown. Open a submission with a film or a sound file."
_MENU = (
    ("hear_again", "Hear this passage again…\tAlt+F5"),
    ("time_again", "Time this passage by the sound\tCtrl+Shift+F5"),
    ("show_heard", "Show what the machine heard\tShift+F4"),
    ("confirm", "Sounds right\tCtrl+F5"),
)


class Doubting(QObject):
    """The acts on doubts of the transcript on the desk. `changed` says that others are in doubt
    than before, `gone_to` gives the key of the passage that was gone to."""

    note = Signal(str)
    changed = Signal()
    gone_to = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._session: Session | None = None
        self._going = False
        self._moves = 0
        self.at = ""
        self.passages: list[Passage] = []
        desk.playback.changed.connect(self._look)
        desk.reader.selection_changed.connect(lambda *_: self._moved())

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self._session = session

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {
            "next-doubt": partial(self.step, 1),
            "previous-doubt": partial(self.step, -1),
            "confirm-doubt": self.confirm,
            "hear-again": self.hear_again,
            "hear-anyway": self.hear_anyway,
            "time-again": self.time_again,
            "what-was-heard": self.show_heard,
            "take-back": self.take_back,
        }

    def add_to_menu(self, menu: QMenu) -> None:
        """Adds what can be done with the sentences selected."""
        if self._desk.playback.segments:
            menu.addSeparator()
            for name, words in _MENU:
                menu.addAction(words, getattr(self, name))

    def step(self, by: int) -> None:
        """Goes to the next passage in doubt (1) or the one before (-1)."""
        if not self.passages:
            heard = self._desk.playback.segments
            self.note.emit(without_doubts(self._desk.document) if heard else _NO_TRANSCRIPT)
            return
        found = self._beside(by)
        if found is None:
            where = "further" if by > 0 else "earlier"
            self.note.emit(f"No {where} passage is in doubt.")
            return
        self.go_to(found)

    def go_to(self, passage: Passage) -> None:
        """Selects a passage in the text, and makes the recording ready to play it."""
        desk = self._desk
        if not desk.strip.isHidden() and not desk.strip.save():
            return
        self._going = True
        try:
            desk.reader.select(passage.start, passage.end)
            desk.playback.cue(passage.start_ms)
            segment = self._segment(passage)
            if segment and not desk.strip.isHidden():
                desk.strip.show_segment(segment)
        finally:
            self._going = False
        self.at = passage.key
        kind = "No speech found" if not passage.segment_id else passage.why
        self.note.emit(f"{clock(passage.start_ms)}: {kind}.")
        self.gone_to.emit(self.at)

    def play(self) -> None:
        """Plays the passage that was gone to, or the sentences selected."""
        passage = self.current()
        if passage:
            self._desk.playback.play_span(passage.start_ms, passage.end_ms)
        elif meant := self.meant():
            self._desk.playback.play_span(meant[0].start_ms, meant[-1].end_ms)

    def current(self) -> Passage | None:
        """The passage that was gone to last, while the caret is still there."""
        return next((one for one in self.passages if one.key == self.at), None)

    def meant(self) -> list[Segment]:
        """The sentences that the selection touches, or that of the caret."""
        start, end = self._desk.reader.selection()
        if start == end:
            here = self._desk.playback.segment_at(start)
            return [here] if here else []
        found = self._desk.playback.segments
        return [one for one in found if one.start < end and one.end > start]

    def confirm(self) -> None:
        """Notes that what stands is what is heard (in silence, that nobody speaks), and goes to the
        next passage in doubt, or behind the last to the first that was left out."""
        session, document = self._session, self._desk.document
        passage, meant = self.current(), self.meant()
        if session is None or document is None or not (passage or meant):
            self.note.emit(_NO_TRANSCRIPT)
            return
        later = self._later()
        project = session.project
        if passage and not passage.segment_id:
            span = passage.start_ms, passage.end_ms
            done = messages.attempt(
                self._desk, lambda: project.relistening.confirm_quiet(document.id, *span)
            )
        else:
            ids = [passage.segment_id] if passage else [one.id for one in meant]
            done = messages.attempt(self._desk, lambda: project.correcting.confirm(*ids))
        if not done:
            return
        standing = {one.key: one for one in self.passages}
        following = [standing[key] for key in later if key in standing] or self.passages
        if following:
            self.go_to(following[0])
        else:
            self.note.emit(without_doubts(document))

    def hear_again(self) -> None:
        """Asks how, then has the sentences selected heard again; in silence, has that heard."""
        passage = self.current()
        if passage and not passage.segment_id:
            self.hear_anyway()
            return
        session, ids = self._ready()
        if session is None or not messages.attempt(
            self._desk, lambda: session.project.relistening.may_hear_again(ids)
        ):
            return
        document = self._desk.document
        usual = session.project.relistening.usual(document.id if document else "")
        dialog = HearAgainDialog(len(ids), usual, self._desk)
        dialog.accepted.connect(lambda: self._hear_again(session, ids, dialog.manner()))
        dialog.open()

    def hear_anyway(self) -> None:
        """Has the silence heard that was gone to, or that before or behind the caret's sentence."""
        session, document = self._session, self._desk.document
        span = self._silence_here()
        if session is None or document is None or span is None:
            self.note.emit("No span without speech is here. F5 goes to the next.")
            return
        self._hear_anyway(session, document, span.start_ms, span.end_ms)

    def hear_all_anyway(self) -> None:
        """Has all the silence heard of a recording in which no speech was found."""
        session, document = self._session, self._desk.document
        quiet = self._desk.playback.quiet
        if session is not None and document is not None and quiet:
            self._hear_anyway(session, document, quiet[0].start_ms, quiet[-1].end_ms)

    def time_again(self) -> None:
        """Finds out by the sound when the words of the sentences selected are said."""
        session, ids = self._ready()
        if session is None:
            return
        listening = session.project.relistening
        self._listen(
            f"Timing {counted(len(ids), 'sentence')} by the sound",
            lambda job: listening.time_again(ids, None, job),
            lambda done: (
                f"{counted(len(done.segments), 'sentence')} timed by the sound;"
                " Ctrl+Z brings the old times back."
            ),
        )

    def show_heard(self) -> None:
        """Shows what the machine heard beside what stands, for the sentences selected."""
        told = self._corrected()
        if not told:
            return
        dialog = HeardDialog(told, self._desk)
        dialog.back.clicked.connect(lambda: self._take_back(told))
        dialog.back.clicked.connect(dialog.accept)
        dialog.open()

    def take_back(self) -> None:
        """Gives the sentences selected the words again that the machine heard."""
        self._take_back(self._corrected())

    def asked_first(self, mark: Callable[[], None]) -> None:
        """Marks as checked, or not, and goes to the text; asks once where something is in doubt
        still."""

        def act() -> None:
            mark()
            self._desk.reader.setFocus()

        document, told = self._desk.document, self._desk.playback.doubts_told()
        if document is None or not document.machine_draft or not told or unfinished(document):
            act()
            return
        messages.ask(
            self._desk,
            f"Not everything has been listened to: {told}.",
            "Mark it as checked all the same? Nothing is marked as doubtful then.",
            "Mark as checked",
            "Go on listening",
            act,
        )

    # Below: what these need

    def _ready(self) -> tuple[Session | None, list[str]]:
        """The session and the sentences meant, with what is being written saved; no session where
        there is nothing to act on."""
        meant = self.meant()
        if not meant:
            self.note.emit(_NO_TRANSCRIPT)
            return None, []
        if not self._desk.strip.save():
            return None, []
        return self._session, [one.id for one in meant]

    def _corrected(self) -> list[Segment]:
        """Those of the sentences meant that a person has corrected; says so where none is."""
        _, ids = self._ready()
        told = [one for one in self._desk.playback.segments if one.id in set(ids) and one.heard]
        if ids and not told:
            self.note.emit("Nobody has corrected this: it says what the machine heard.")
        return told

    def _hear_anyway(
        self, session: Session, document: Document, start_ms: int, end_ms: int
    ) -> None:
        listening = session.project.relistening
        self._listen(
            f"Transcribing {clock(start_ms)} to {clock(end_ms)} anyway",
            lambda job: listening.hear_anyway(document.id, start_ms, end_ms, None, job),
            lambda done: (
                f"{counted(len(done.segments), 'sentence')} put in; Ctrl+Z takes"
                f" {'it' if len(done.segments) == 1 else 'them'} out again."
                if done.segments
                else "Nothing was heard there. It is no longer listed."
            ),
        )

    def _hear_again(self, session: Session, ids: list[str], manner: Manner) -> None:
        listening = session.project.relistening
        old = "the old one" if len(ids) == 1 else "the old ones"
        self._listen(
            f"Hearing {counted(len(ids), 'sentence')} again",
            lambda job: listening.hear_again(ids, manner, job),
            lambda done: (
                f"{counted(len(ids), 'sentence')} heard again; Ctrl+Z brings {old} back."
                if done.segments
                else "Nothing was heard there, so the words stay."
            ),
        )

    def _listen(
        self,
        title: str,
        act: Callable[[Job], Corrected],
        told: Callable[[Corrected], str],
    ) -> None:
        work = workshop_of(self._desk).start(title, act, HEARING)
        go_on = self._place_kept()
        work.failed.connect(lambda problem: messages.tell(self._desk, problem))
        work.finished.connect(go_on)
        work.finished.connect(lambda done: self.note.emit(told(done)))
        work.stopped.connect(lambda: self.note.emit("Stopped. Nothing was changed."))

    def _place_kept(self) -> Callable[[Corrected], None]:
        """What goes on from here once something was heard, unless the person has gone elsewhere
        meanwhile: to the same passage where it is in doubt still, else to the next; where none had
        been gone to, to the sentences that came of it."""
        begun, at, moves = self._desk.document, self.at, self._moves
        keys = [at, *self._later()] if at else []

        def go_on(done: Corrected) -> None:
            document = self._desk.document
            if begun is None or document is None or document.id != begun.id:
                return
            if self._moves != moves or not self._desk.strip.isHidden():
                return
            standing = {one.key: one for one in self.passages}
            following = [standing[key] for key in keys if key in standing] or self.passages[:1]
            if at and following:
                self.go_to(following[0])
            elif not at and done.segments:
                self._select(done.segments)

        return go_on

    def _select(self, heard: Sequence[Segment]) -> None:
        """Selects these sentences as they stand now."""
        ids = {one.id for one in heard}
        found = [one for one in self._desk.playback.segments if one.id in ids]
        if found:
            self._desk.reader.select(found[0].start, found[-1].end)

    def _take_back(self, told: Iterable[Segment]) -> None:
        session, count = self._session, 0
        for segment in told:
            if session is None or not messages.attempt(
                self._desk,
                partial(session.project.correcting.rewrite, segment.id, segment.heard),
            ):
                return
            count += 1
        if count:
            it = "it" if count == 1 else "each"
            self.note.emit(
                f"{counted(count, 'sentence')} as the machine heard {it}; Ctrl+Z takes that back."
            )

    def _look(self) -> None:
        """Finds what is to be listened to in the transcript as it is now."""
        self.passages = passages_of(self._desk.playback)
        self.changed.emit()

    def _moved(self) -> None:
        if not self._going and not self._desk.playback.rewording:
            self._moves += 1
            self.at = ""

    def _beside(self, by: int) -> Passage | None:
        keys = [one.key for one in self.passages]
        if self.at in keys:
            place = keys.index(self.at) + by
            return self.passages[place] if 0 <= place < len(keys) else None
        start, end = self._desk.reader.selection()
        if by > 0:
            here = start if start == end else start + 1
            return next((one for one in self.passages if one.start >= here), None)
        return next((one for one in reversed(self.passages) if one.start < start), None)

    def _later(self) -> list[str]:
        """The keys of the passages behind the one at hand."""
        keys = [one.key for one in self.passages]
        if self.at in keys:
            return keys[keys.index(self.at) + 1 :]
        start, _ = self._desk.reader.selection()
        return [one.key for one in self.passages if one.start > start]

    def _segment(self, passage: Passage) -> Segment | None:
        segments = self._desk.playback.segments
        return next((one for one in segments if one.id == passage.segment_id), None)

    def _silence_here(self) -> Passage | None:
        passage = self.current()
        if passage and not passage.segment_id:
            return passage
        meant = self.meant()
        silent = [one for one in self.passages if not one.segment_id]
        if not meant:
            return silent[0] if silent else None
        segments = self._desk.playback.segments
        last = segments.index(meant[-1]) + 1
        after = segments[last].start if last < len(segments) else meant[-1].end
        return next((one for one in silent if one.start in (meant[0].start, after)), None)
