"""Takes down what is heard of a recording: begins its transcript, keeps piece after piece, and
finishes it; and takes transcripts away again."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from coder.domain.baskets import BasketItem
from coder.domain.errors import Cancelled, Refused
from coder.domain.model import (
    Coder,
    Document,
    DocumentKind,
    Hearing,
    Segment,
    Standing,
    Stretch,
    new_id,
    now,
)
from coder.domain.text import clock, counted, listed
from coder.project.manner import Manner, in_manner
from coder.store.journal import MACHINE, Step
from coder.store.reads import Reads
from coder.store.store import Store
from coder.transcribe.engine import Heard, Piece
from coder.transcribe.models import Model

UNFINISHED = "This transcript is not finished; transcribe the recording again to go on."

NOTHING = "No speech was found in it."

VOICES = ("", "Left", "Right")
"""What the voices of a recording are called whose channels are heard one by one."""


class Taking:
    """One transcript being made.

    Nothing is written before the first piece is heard. Each piece is one step: its segments and
    the stretch that was listened to, so that after a kill it is known where to go on and nothing is
    there twice.
    """

    def __init__(
        self, store: Store, who: Coder, media: Document, hearing: Hearing, model: Model
    ) -> None:
        self._store = store
        self._who = who
        self._media = media
        self._hearing = hearing
        name = machine_name(hearing.engine, model)
        self._machine = store.read.coder_named(name) or Coder(machine_id(name), name, now())
        self._transcript: Document | None = None
        self._queued = store.read.hearing(hearing.id) is not None
        if hearing.transcript_id:
            self._transcript = store.read.header(hearing.transcript_id)

    @property
    def heard_until(self) -> int:
        """How far it has come, in milliseconds."""
        return self._store.read.heard_until(self._transcript.id) if self._transcript else 0

    def keep(self, piece: Piece) -> None:
        """Puts a piece behind all there is by then: a person may be correcting."""
        transcript = self._transcript or self._begin()
        label = f"Hear {clock(piece.start_ms)} of “{transcript.title}”"
        with self._store.step(label, self._machine, MACHINE) as tx:
            refuse_removed(tx, transcript)
            last = tx.read.last_position(transcript.id)
            for place, heard in enumerate(piece.segments):
                tx.put(segment_of(heard, transcript.id, int(last) + 1 + place))
            for begins, ends, speech in piece.parts():
                tx.put(Stretch(new_id(), transcript.id, begins, ends, speech))

    def finish(self, notes: Sequence[str]) -> Document:
        """Notes that it reaches the end of the recording, and what a person must know of that;
        gives it."""
        transcript = self._transcript or self._begin()
        with self._store.step(f"Finish “{transcript.title}”", self._machine, MACHINE) as tx:
            standing = refuse_removed(tx, transcript)
            nothing = () if tx.read.lines(transcript.id) else (NOTHING,)
            tx.put(replace(standing, problems=(*notes, *nothing), text="", paragraphs=()))
            tx.put(self._with(tx, transcript, Standing.DONE))
        return self._store.read.document(transcript.id)

    def _begin(self) -> Document:
        """An empty transcript in the project, in the place of the one there was where that is
        wished. Raises Refused where that may not go, or the recording has gone, and Cancelled where
        it was taken out of the queue before anything was heard."""
        media = self._media
        old = self._store.read.transcript_header(media.id)
        if old and self._hearing.again:
            with self._store.step(f"Transcribe “{media.title}” again", self._who) as tx:
                self._refuse_left(tx)
                refuse_corrected(tx.read, old)
                take_away(tx, old)
        label = f"Begin the transcript of “{media.title}”"
        with self._store.step(label, self._machine, MACHINE) as tx:
            self._refuse_left(tx)
            transcript = _empty_for(_standing(tx, media))
            tx.put(transcript)
            tx.put(self._with(tx, transcript))
        self._transcript = transcript
        return transcript

    def _refuse_left(self, tx: Step) -> None:
        """Raises Cancelled where the recording has left the queue in which it was."""
        if self._queued and tx.read.hearing(self._hearing.id) is None:
            raise Cancelled

    def _with(self, tx: Step, transcript: Document, standing: Standing | None = None) -> Hearing:
        """The hearing with its transcript, and as it stands in the queue by then: a person may hold
        it back meanwhile. How it is heard is as it was when it began."""
        known = tx.read.hearing(self._hearing.id) or self._hearing
        standing = standing or known.standing
        return replace(
            self._hearing,
            transcript_id=transcript.id,
            standing=standing,
            position=known.position,
            again=False,
            problem="" if standing is Standing.DONE else known.problem,
        )


def _standing(tx: Step, media: Document) -> Document:
    """The recording as it stands now. Raises Refused where it has gone, or somebody else has made
    its transcript meanwhile."""
    now_there = tx.read.header(media.id)
    if now_there is None:
        raise Refused(
            f"“{media.title}” was removed while it was being heard.",
            "Import the recording again if it is wanted.",
        )
    if tx.read.transcript_header(media.id):
        raise there_already(media)
    return now_there


def _empty_for(media: Document) -> Document:
    return Document(
        new_id(),
        media.submission_id,
        media.position,
        f"{Path(media.title).stem} (transcript)",
        DocumentKind.TRANSCRIPT,
        original=media.original,
        media_type=media.media_type,
        media_ms=media.media_ms,
        source_id=media.id,
        problems=(UNFINISHED,),
        machine_draft=True,
    )


def hearing_for(media: Document, manner: Manner, position: float = 0.0) -> Hearing:
    """A recording that waits to be heard in this manner."""
    return in_manner(Hearing(new_id(), media.id, position=position, added_at=now()), manner)


def segment_of(heard: Heard, transcript_id: str, position: float) -> Segment:
    """What was heard as a segment of a transcript."""
    return Segment(
        new_id(),
        transcript_id,
        position,
        heard.start_ms,
        heard.end_ms,
        heard.text,
        VOICES[heard.voice],
        heard.confidence,
        heard.no_speech,
        heard.compression,
        heard.temperature,
        heard.words,
    )


def machine_name(engine: str, model: Model) -> str:
    """The name under which a machine's steps are written down."""
    return f"{engine} ({model.id})"


def machine_id(name: str) -> str:
    """The id of a machine by its name, so that two that begin at the same moment, or in two copies
    of a project, are the same one."""
    return uuid.uuid5(uuid.NAMESPACE_OID, name).hex


def unfinished(transcript: Document) -> bool:
    """Whether a transcript has yet to reach the end of its recording."""
    return UNFINISHED in transcript.problems


def forget_hearings(tx: Step, media_id: str) -> None:
    """Removes how a recording that goes was, or is, to be heard."""
    for hearing in tx.read.hearings_for(media_id):
        tx.delete(hearing)


def take_away(tx: Step, transcript: Document) -> None:
    """Removes a transcript with all that was noted of its making, and who has read it. Raises
    Refused where it is tagged or quoted in a basket, or somebody has written a memo on it."""
    read = tx.read
    refuse_tagged(read, transcript)
    for segment in read.segments(transcript.id):
        tx.delete(segment)
    for stretch in read.stretches(transcript.id):
        tx.delete(stretch)
    hearing = read.hearing_of(transcript.id)
    if hearing:
        tx.delete(hearing)
    for reading in read.readings_of(transcript.id):
        tx.delete(reading)
    tx.delete(transcript)


def refuse_replacing(read: Reads, transcript: Document) -> None:
    """Raises Refused where a transcript may not give way to another: it is tagged, or was worked on
    by hand."""
    refuse_tagged(read, transcript)
    refuse_corrected(read, transcript)


def refuse_tagged(read: Reads, transcript: Document) -> None:
    """Raises Refused where tags or memos lie on a transcript, or a basket holds quotes from it."""
    refuse_quoted(read.quoted(transcript.id), read, f"“{transcript.title}”")
    codings = read.codings(transcript.id)
    memos = read.memos(transcript.id)
    if memos and not codings:
        writing = {memo.coder_id for memo in memos}
        names = ", ".join(coder.name for coder in read.coders() if coder.id in writing)
        raise Refused(
            f"There is a memo by {names} on “{transcript.title}”, so it cannot be removed.",
            "Whoever wrote it can remove it first; “Memos and journal” lists it.",
        )
    if not codings:
        return
    tagging = {coding.coder_id for coding in codings}
    names = ", ".join(coder.name for coder in read.coders() if coder.id in tagging)
    count = "1 tag lies" if len(codings) == 1 else f"{len(codings)} tags lie"
    raise Refused(
        f"{count} on “{transcript.title}”, put there by {names}, so it cannot be removed.",
        "Whoever put them there can remove them first.",
    )


def refuse_quoted(items: Sequence[BasketItem], read: Reads, what: str) -> None:
    """Raises Refused where what would go is quoted in baskets by these items."""
    if not items:
        return
    names = {basket.id: f"“{basket.name}”" for basket in read.baskets()}
    holding = listed(list(dict.fromkeys(names[item.basket_id] for item in items)))
    verb = "is" if len(items) == 1 else "are"
    raise Refused(
        f"{counted(len(items), 'quote')} from {what} {verb} in the basket {holding}, so it cannot"
        " be removed.",
        "Take the quote out of the basket first.",
    )


def refuse_corrected(read: Reads, transcript: Document) -> None:
    count = read.worked_on(transcript.id)
    if count:
        were = "sentence was" if count == 1 else "sentences were"
        raise Refused(
            f"{count:,} {were} worked on by hand (words, speakers, times, confirmed) in"
            f" “{transcript.title}”, and that would be lost.",
            "If that is meant, remove the transcript first (`transcribe --remove`).",
        )


def there_already(media: Document) -> Refused:
    """What is said where a recording has its transcript."""
    return Refused(
        f"“{media.title}” has a transcript already.",
        "“Transcribe again” (`transcribe --again`) makes a new one in its place.",
    )


def forget_waiting(tx: Step, media_id: str) -> None:
    """Takes a recording out of the queue that waits there for its first transcript."""
    for hearing in tx.read.hearings_for(media_id):
        if not hearing.transcript_id and not hearing.again:
            tx.delete(hearing)


def refuse_removed(tx: Step, transcript: Document) -> Document:
    """The transcript as it stands now, without its text. Raises Refused where it is no longer
    there."""
    standing = tx.read.transcript_header(transcript.source_id or "")
    if standing is None or standing.id != transcript.id:
        raise Refused(
            f"“{transcript.title}” was removed while it was being made.",
            "Transcribe the recording once more if it is wanted.",
        )
    return standing
