"""Takes down what is heard of a recording: begins its transcript, keeps piece after piece, and
finishes it; and takes transcripts away again."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

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
from coder.domain.text import clock
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
            tx.put(Stretch(new_id(), transcript.id, piece.start_ms, piece.end_ms, piece.speech))

    def finish(self, notes: Sequence[str]) -> Document:
        """Notes that it reaches the end of the recording, and what a person must know of that;
        gives it."""
        transcript = self._transcript or self._begin()
        nothing = () if self._store.read.lines(transcript.id) else (NOTHING,)
        done = replace(transcript, problems=(*notes, *nothing), text="", paragraphs=())
        with self._store.step(f"Finish “{transcript.title}”", self._machine, MACHINE) as tx:
            refuse_removed(tx, transcript)
            tx.put(done)
            tx.put(self._with(tx, transcript, Standing.DONE))
        return self._store.read.document(done.id)

    def _begin(self) -> Document:
        """An empty transcript in the project, in the place of the one there was. Raises Cancelled
        where the recording was taken out of the queue before anything was heard."""
        media = self._media
        if self._queued and self._store.read.hearing(self._hearing.id) is None:
            raise Cancelled
        old = self._store.read.transcript_header(media.id)
        if old:
            with self._store.step(f"Transcribe “{media.title}” again", self._who) as tx:
                take_away(tx, old)
        self._transcript = transcript = Document(
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
        label = f"Begin the transcript of “{media.title}”"
        with self._store.step(label, self._machine, MACHINE) as tx:
            tx.put(transcript)
            tx.put(self._with(tx, transcript))
        return transcript

    def _with(self, tx: Step, transcript: Document, standing: Standing | None = None) -> Hearing:
        """The hearing as it stands by then, with its transcript; a person may hold it back
        meanwhile."""
        known = tx.read.hearing(self._hearing.id) or self._hearing
        standing = standing or known.standing
        problem = "" if standing is Standing.DONE else known.problem
        return replace(
            known, transcript_id=transcript.id, standing=standing, again=False, problem=problem
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
    """Removes a transcript with all that was noted of its making. Raises Refused where it is
    tagged."""
    read = tx.read
    refuse_tagged(read, transcript)
    for segment in read.segments(transcript.id):
        tx.delete(segment)
    for stretch in read.stretches(transcript.id):
        tx.delete(stretch)
    hearing = read.hearing_of(transcript.id)
    if hearing:
        tx.delete(hearing)
    tx.delete(transcript)


def has_transcript(media: Document) -> Refused:
    """What is to be said where a recording has its transcript, and no other is asked for."""
    return Refused(
        f"“{media.title}” has a transcript already.",
        "“Transcribe again” (`transcribe --again`) makes a new one in its place.",
    )


def refuse_tagged(read: Reads, transcript: Document) -> None:
    codings = read.codings(transcript.id)
    if not codings:
        return
    tagging = {coding.coder_id for coding in codings}
    names = ", ".join(coder.name for coder in read.coders() if coder.id in tagging)
    count = "1 tag lies" if len(codings) == 1 else f"{len(codings)} tags lie"
    raise Refused(
        f"{count} on “{transcript.title}”, put there by {names}, so it cannot be removed.",
        "Whoever put them there can remove them first.",
    )


def refuse_corrected(read: Reads, transcript: Document) -> None:
    count = read.corrected(transcript.id)
    if count:
        were = "sentence was" if count == 1 else "sentences were"
        raise Refused(
            f"{count:,} {were} corrected by hand in “{transcript.title}”, and would be lost.",
            "If that is meant, remove the transcript first (`transcribe --remove`).",
        )


def refuse_removed(tx: Step, transcript: Document) -> None:
    """Raises Refused where a transcript is no longer there."""
    standing = tx.read.transcript_header(transcript.source_id or "")
    if standing is None or standing.id != transcript.id:
        raise Refused(
            f"“{transcript.title}” was removed while it was being made.",
            "Transcribe the recording once more if it is wanted.",
        )
