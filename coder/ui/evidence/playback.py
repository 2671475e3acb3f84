"""What is heard of the document on the desk: its recording, the words in time, who speaks, and
which words are in doubt."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSplitter

from coder.domain.doubt import Doubt, Kind, doubts, told
from coder.domain.errors import EvidenceError
from coder.domain.model import Document, DocumentKind, Segment
from coder.domain.quiet import Quiet
from coder.domain.segments import WordTimes, spoken_between, turns
from coder.domain.text import clock
from coder.project import StepDone
from coder.ui.reader import Reader
from coder.ui.reader.doubt_marks import Beside, Gap
from coder.ui.session import Session

if TYPE_CHECKING:
    from coder.ui.evidence.player import Player

JUMP_MS = 5_000
LINGER_MS = 400
"""How long a sentence stays lit behind its end."""


class Playback(QObject):
    """Plays the recording of the document that is shown, and keeps its transcript in step with it.

    `changed` says that other segments are shown than before (another document's, or more, or
    corrected ones), or that others are in doubt; `timed` that the reader has been told when the
    words that it shows are spoken. `doubts` are those of a machine's draft that a person should
    listen to, and `quiet` where no speech was found, both in the order of time. `rewording` is
    true while the text is changed under the caret, which no person has moved then.
    """

    note = Signal(str)
    changed = Signal()
    timed = Signal()

    def __init__(self, reader: Reader, split: QSplitter) -> None:
        super().__init__(split)
        self._reader = reader
        self._split = split
        self._session: Session | None = None
        self._player: Player | None = None
        self._document: Document | None = None
        self._held = ""
        self.rewording = False
        self.doubts_shown = True
        self.segments: list[Segment] = []
        self.doubts: list[Doubt] = []
        self.quiet: list[Quiet] = []
        reader.seek_wanted.connect(self.seek)
        reader.doubts_over.connect(
            lambda: self.note.emit("No further unsure word. Tab once more leaves the text.")
        )

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self._session = session
        if session:
            session.changed.connect(self._listened)

    def take(self, document: Document | None) -> None:
        """Makes the recording of a document ready, and reads when its words are spoken; for None
        lets go of both."""
        self._document = document
        self.segments = []
        if document and self._session and document.kind is DocumentKind.TRANSCRIPT:
            self.segments = self._session.project.segments(document.id)
        self._look_for_doubts()
        self._load(document)
        self.changed.emit()

    def regard(self, document: Document) -> None:
        """Takes it that the document shown is a machine's draft still, or no longer, and finished
        or not."""
        before = self._document
        if before is None or (before.machine_draft, before.problems) == (
            document.machine_draft,
            document.problems,
        ):
            return
        self._document = document
        self._look_for_doubts()
        self._show_doubts()
        self.changed.emit()

    def doubts_told(self) -> str:
        """How many passages are in doubt and spans without speech, in words, or nothing."""
        return told(self.doubts, len(self.quiet))

    def show_words(self) -> None:
        """Gives the reader, which shows the text by now, times, speakers and doubts."""
        self._time_words()

    def follow(self, document: Document, touched: Iterable[str]) -> Document:
        """Shows the transcript as it is after these segments were heard, corrected or removed;
        gives it."""
        if self._session is None:
            return document
        before = self.segments
        transcripts = self._session.project.transcripts
        now, self.segments = transcripts.followed(document, before, touched)
        if self.segments == before:
            return document
        self.rewording = True
        try:
            self._show_rewording(document, now, len(before))
        finally:
            self.rewording = False
        self._look_for_doubts()
        self._time_words()
        self.changed.emit()
        return now

    def _show_rewording(self, document: Document, now: Document, heard: int) -> None:
        """Lets the reader show another text, which may be the old one with more behind it."""
        old = len(document.text)
        if document.text and now.text.startswith(f"{document.text}\n"):
            self._reader.append_text(now.text[old:], now.paragraphs[heard:])
        elif now.text != document.text:
            self._reader.change_text(now.text, now.paragraphs)

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {
            "play": self.play,
            "back-five": lambda: self.jump(-1),
            "on-five": lambda: self.jump(1),
            "slower": lambda: self.change_speed(-1),
            "faster": lambda: self.change_speed(1),
            "toggle-doubt": self.toggle_doubts,
        }

    @property
    def player(self) -> Player | None:
        """The player, where a recording is shown."""
        return self._player if self._player and not self._player.isHidden() else None

    def play(self) -> None:
        """Plays or pauses the recording that is shown."""
        if player := self._player_here():
            player.toggle()

    def pause(self) -> None:
        """Stops playing, where it does."""
        if self.player and self.player.playing:
            self.player.toggle()

    def jump(self, by: int) -> None:
        """Goes on (1) or back (-1) by five seconds."""
        if player := self._player_here():
            player.jump(by * JUMP_MS)

    def change_speed(self, by: int) -> None:
        """Plays a step faster (1) or slower (-1), within half and double speed."""
        if player := self._player_here():
            self.note.emit(f"Speed: {player.change_speed(by)}")

    def seek(self, ms: int) -> None:
        """Goes to a place in the recording, in milliseconds."""
        if self._player is not None:
            self._player.seek(ms)

    def play_words(self, start: int, end: int) -> None:
        """Plays the recording from the first to the last word of `[start, end)`, then pauses; says
        so where there is nothing to be heard."""
        player = self._player_here()
        span = spoken_between(self.segments, start, end)
        if player and span:
            player.play_span(*span)
        elif player:
            self.note.emit("Nothing is spoken here. Put the caret in a tag, or select words.")

    def play_span(self, start_ms: int, end_ms: int) -> None:
        """Plays a span of the recording, then pauses."""
        if player := self._player_here():
            player.play_span(start_ms, end_ms)

    def cue(self, ms: int) -> None:
        """Goes to a place in the recording, unless it is playing."""
        if self.player and not self.player.playing:
            self.player.seek(ms)

    def hold(self, segment: Segment | None) -> None:
        """Lights a sentence that is worked on, and no other while it is spoken, even where two
        voices speak at once; None ends that."""
        self._held = segment.id if segment else ""
        if segment:
            self._reader.set_spoken((segment.start, segment.end))

    def toggle_doubts(self) -> None:
        """Marks what is in doubt, or stops."""
        self.doubts_shown = not self.doubts_shown
        self._show_doubts()
        self.note.emit(
            "Doubts are marked; Tab goes to the next unsure word."
            if self.doubts_shown
            else "Doubts are no longer marked in the text."
        )
        self.changed.emit()

    def segment_at(self, place: int) -> Segment | None:
        """The segment at a place of the text, or None where there are none."""
        at = bisect_right(self.segments, place, key=lambda segment: segment.start) - 1
        return self.segments[max(0, at)] if self.segments else None

    def restyle(self) -> None:
        """Takes on the theme in use."""
        if self._player is not None:
            self._player.restyle()

    def _player_here(self) -> Player | None:
        """The player; says so where no recording is shown."""
        if self.player is None:
            self.note.emit("No recording is shown. Open a submission with a film or a sound file.")
        return self.player

    def _load(self, document: Document | None) -> None:
        media = document if document and document.kind is DocumentKind.MEDIA else None
        if self._session and document and document.source_id:
            media = self._session.project.transcripts.recording_of(document)
        if media is None or self._session is None:
            if self._player is not None:
                self._player.unload()
                self._player.hide()
            return
        self._player = self._player or self._made_player()
        self._player.show()
        try:
            self._player.load(self._session.project.evidence.original_path(media), media)
        except EvidenceError as problem:
            self.note.emit(str(problem))

    def _made_player(self) -> Player:
        from coder.ui.evidence.player import Player

        player = Player(self._split)
        player.moved.connect(self._light)
        player.failed.connect(self.note)
        self._split.insertWidget(0, player)
        self._split.setSizes([260, 400])
        return player

    def _time_words(self) -> None:
        """Tells the reader when the words are spoken, by whom, and which are in doubt."""
        self._reader.set_times(WordTimes(self.segments))
        self._reader.set_speakers(turns(self.segments))
        self.timed.emit()
        self._show_doubts()

    def _look_for_doubts(self) -> None:
        """Finds what is in doubt in the segments as they are, while they are a draft."""
        draft = self._document is not None and self._document.machine_draft
        self.doubts, self.quiet = [], []
        if draft and self._document and self._session and self._document.source_id:
            self.doubts = doubts(self.segments)
            self._read_quiet()

    def _read_quiet(self) -> None:
        if self._session and self._document:
            listening = self._session.project.relistening
            self.quiet = listening.quiet(self._document.id, segments=self.segments)

    def _listened(self, step: StepDone) -> None:
        """Reads anew where no speech was found, where a step changed only that."""
        if step.touches("stretches") and not step.touches("segments") and self._document:
            self._look_for_doubts()
            self._show_doubts()
            self.changed.emit()

    def _show_doubts(self) -> None:
        """Marks in the text what is in doubt and where no speech was found, or does not."""
        found = self.doubts if self.doubts_shown else []
        quiet = self.quiet if self.doubts_shown else []
        self._reader.set_doubtful([word for one in found for word in one.words])
        self._reader.set_doubts(
            [Beside(one.start, one.reason, strong=Kind.LOOP in one.kinds) for one in found],
            [Gap(self.place_of(one.start_ms), *_silence(one)) for one in quiet],
        )

    def place_of(self, ms: int) -> int:
        """Where in the text something belongs that is heard at this time: at the beginning of the
        first segment behind it, or the end of the text."""
        at = bisect_right(self.segments, ms, key=lambda segment: segment.start_ms)
        if at < len(self.segments):
            return self.segments[at].start
        return self.segments[-1].end if self.segments else 0

    def _light(self, ms: int) -> None:
        """Lights the sentence that is being spoken."""
        linger = LINGER_MS if self.player and self.player.playing else 0
        held = next((one for one in self.segments if one.id == self._held), None)
        if held and held.start_ms <= ms <= held.end_ms + linger:
            self._reader.set_spoken((held.start, held.end))
            return
        place = bisect_right(self.segments, ms, key=lambda segment: segment.start_ms) - 1
        segment = self.segments[place] if place >= 0 else None
        spoken = segment is not None and ms < segment.end_ms + linger
        self._reader.set_spoken((segment.start, segment.end) if segment and spoken else None)


def _silence(quiet: Quiet) -> tuple[str, str]:
    """How a span without speech is told in the margin, and in full."""
    seconds = round((quiet.end_ms - quiet.start_ms) / 1000)
    lasts = f"{seconds} s" if seconds < 100 else clock(quiet.end_ms - quiet.start_ms)
    span = f"{clock(quiet.start_ms)} to {clock(quiet.end_ms)}"
    return lasts, f"No speech was found from {span}."
