"""Transcripts: recordings in, timed text out, kept as it comes and gone on with after a stop."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from coder.domain.errors import NotFound, Refused
from coder.domain.model import Coder, Document, DocumentKind, Hearing, Segment
from coder.domain.segments import laid_out, order_of
from coder.jobs import Job
from coder.project.manner import Manner, differ, manner_of, model_for, way_of
from coder.project.received import as_received
from coder.project.taking import (
    Taking,
    forget_hearings,
    forget_waiting,
    hearing_for,
    machine_name,
    refuse_corrected,
    refuse_replacing,
    take_away,
    there_already,
    unfinished,
)
from coder.store.journal import Step
from coder.store.reads import from_segments
from coder.store.rows import Row
from coder.store.store import Store
from coder.transcribe import run
from coder.transcribe.engine import Piece
from coder.transcribe.run import Way


class Transcripts:
    """Turns the recordings of a project into text."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    def of(self, media_id: str) -> Document | None:
        """The transcript of a recording, as far as it has come, or None."""
        return self._store.read.transcript_of(media_id)

    def recording_of(self, transcript: Document) -> Document:
        """The recording that a transcript was made from. Raises NotFound."""
        return self._store.read.document(transcript.source_id or "")

    def length_ms(self, media_id: str) -> int:
        """How long a recording is, in milliseconds; 0 where it does not say, or has gone."""
        media = self._store.read.header(media_id)
        return (media.media_ms or 0) if media else 0

    def finished(self, media_id: str) -> bool:
        """Whether a recording has a transcript that reaches its end."""
        transcript = self._store.read.transcript_header(media_id)
        return transcript is not None and not unfinished(transcript)

    def heard_until(self, transcript: Document) -> int:
        """How far a recording was listened to for its transcript, in milliseconds."""
        return self._store.read.heard_until(transcript.id)

    def followed(
        self, transcript: Document, known: Sequence[Segment], touched: Iterable[str]
    ) -> tuple[Document, list[Segment]]:
        """The transcript and its segments as they are after these were heard, corrected or
        removed; `known` are all as they were before, `touched` the ids of any segments."""
        read = self._store.read
        changed = {one: read.segment(one) for one in touched}
        stay = [one for one in known if one.id not in changed]
        fresh = [one for one in changed.values() if one and one.document_id == transcript.id]
        segments = laid_out(sorted([*stay, *fresh], key=order_of))
        return from_segments(transcript, segments), segments

    def pending(self, ref: str = "") -> list[Document]:
        """The recordings with sound that have no finished transcript, of one submission or all."""
        submission = self._store.read.submission(ref).id if ref else ""
        return [
            document
            for document in self._store.read.documents(submission)
            if document.kind is DocumentKind.MEDIA
            and not document.silent
            and not self.finished(document.id)
        ]

    def silent(self) -> int:
        """How many recordings have no sound, so that there is nothing to transcribe."""
        media = (one for one in self._store.read.documents("") if one.silent)
        return sum(one.kind is DocumentKind.MEDIA for one in media)

    def make(
        self,
        media_id: str,
        manner: Manner,
        job: Job | None = None,
        *,
        executor: Executor | None = None,
    ) -> Document:
        """Transcribes a recording and gives the transcript.

        Each piece is committed as it comes. After a stop or a crash the next call goes on behind
        the last one, with the same engine and model. With an `executor`, its workers listen to
        blocks of the recording, in place of a process of this machine. Raises EvidenceError where
        it cannot be done, Cancelled when stopped; what was finished stays.
        """
        media = self._recording(media_id)
        if self.finished(media_id):
            raise there_already(media)
        return self._hear(media, self._wish(media, manner), job or Job(), executor)

    def make_again(
        self,
        media_id: str,
        manner: Manner,
        job: Job | None = None,
        *,
        executor: Executor | None = None,
    ) -> Document:
        """Transcribes a recording from its beginning, and gives the transcript.

        The old transcript is removed, as an act of this person, once the first piece of the new one
        is heard; undo brings it back. Raises as `make` does, and Refused where it is tagged.
        """
        media = self._recording(media_id)
        self.may_replace(media_id)
        wish = replace(self._new_wish(media, manner), again=True)
        return self._hear(media, wish, job or Job(), executor)

    def hear(
        self, hearing: Hearing, job: Job, *, threads: int = 0, executor: Executor | None = None
    ) -> Document:
        """Transcribes what waits in the queue, and gives the transcript. Raises as `make` and
        `make_again` do."""
        media = self._recording(hearing.media_id)
        if hearing.again and not hearing.transcript_id:
            self.may_replace(media.id)
        elif not hearing.transcript_id:
            self._refuse_begun(media)
        return self._hear(media, hearing, job, executor, threads)

    def may_replace(self, media_id: str) -> None:
        """Raises Refused where the transcript of a recording is tagged, saying by whom, or has been
        worked on by hand: words, sentences, speakers."""
        transcript = self._store.read.transcript_header(media_id)
        if transcript:
            refuse_replacing(self._store.read, transcript)

    def remove(self, media_id: str) -> None:
        """Removes the transcript of a recording. Raises NotFound where it has none, Refused where
        it is tagged."""
        media = self._recording(media_id)
        transcript = self._store.read.transcript_header(media_id)
        if transcript is None:
            raise NotFound(f"“{media.title}” has no transcript.")
        label = f"Remove the transcript of “{media.title}”"
        with self._store.step(label, self._who()) as tx:
            take_away(tx, transcript)

    def set_checked(self, transcript_id: str, *, checked: bool) -> None:
        """Notes that a person has compared a transcript with its recording, or that it is a
        machine's draft again. Raises Refused for what is no transcript or not finished yet."""
        document = self._store.read.document(transcript_id)
        if document.source_id is None:
            raise Refused(f"“{document.title}” is not a transcript.")
        if checked and unfinished(document):
            raise Refused(
                f"“{document.title}” is not finished.", "Transcribe the recording to its end first."
            )
        label = f"Mark “{document.title}” as {'checked' if checked else 'a draft'}"
        with self._store.step(label, self._who()) as tx:
            tx.put(replace(document, machine_draft=not checked, text="", paragraphs=()))

    def checked_by(self, transcript: Document) -> tuple[str, str] | None:
        """Who compared a transcript with its recording, and when (ISO 8601, UTC); None while it is
        a machine's draft, and for one that was sent in."""
        return None if transcript.machine_draft else self._store.read.checked_by(transcript.id)

    def _recording(self, media_id: str) -> Document:
        media = self._store.read.document(media_id)
        if media.kind is not DocumentKind.MEDIA:
            raise Refused(f"“{media.title}” is not a recording.")
        return media

    def _wish(self, media: Document, manner: Manner) -> Hearing:
        """The hearing with which a transcript goes on that was begun, otherwise a new one. Raises
        Refused where it was begun in another way."""
        begun = self._store.read.transcript_header(media.id)
        known = self._store.read.hearing_of(begun.id) if begun else None
        if begun and known:
            self._refuse_other(begun, known, manner)
            return known
        self._refuse_begun(media)
        return self._new_wish(media, manner)

    def _new_wish(self, media: Document, manner: Manner) -> Hearing:
        """A hearing from the beginning in this manner: the one that waits in the queue for it,
        where there is one, so that nothing is heard twice."""
        new = hearing_for(media, manner)
        known = self._store.read.hearings_for(media.id)
        waiting = next((one for one in known if not one.transcript_id), None)
        if waiting is None:
            return new
        return replace(
            new,
            id=waiting.id,
            position=waiting.position,
            standing=waiting.standing,
            added_at=waiting.added_at,
        )

    def _refuse_begun(self, media: Document) -> None:
        """Raises Refused where a recording has a transcript that a hearing from the beginning would
        push aside."""
        begun = self._store.read.transcript_header(media.id)
        if begun and unfinished(begun) and self._store.read.hearing_of(begun.id) is None:
            raise Refused(
                f"“{begun.title}” was begun by an earlier version of the program.",
                "Begin anew with “Transcribe again” (`transcribe --again`).",
            )
        if begun:
            raise there_already(media)

    def _hear(
        self,
        media: Document,
        hearing: Hearing,
        job: Job,
        executor: Executor | None,
        threads: int = 0,
    ) -> Document:
        """Goes on with a transcript, or begins one with the first piece heard."""
        way = way_of(manner_of(hearing), threads)
        path = as_received(self._store, media, job)
        taking = Taking(self._store, self._who(), media, hearing, way.model)
        notes: list[str] = []
        options: dict[str, Any] = {
            "job": job,
            "from_ms": taking.heard_until,
            "tell": notes.append,
            "name": media.title,
        }
        # Closed here, or the process would live for as long as an error of `keep` is told of.
        with closing(_pieces(executor, path, way, options)) as heard:
            for piece in heard:
                taking.keep(piece)
        return taking.finish(notes)

    def _refuse_other(self, begun: Document, known: Hearing, manner: Manner) -> None:
        """Raises Refused where a transcript was begun with another engine or model, or in another
        way."""
        machine = machine_name(manner.engine, model_for(manner))
        maker = self._store.read.maker_of(begun.id)
        differs = differ(known, manner)
        if maker and maker.name != machine:
            told = f"with {maker.name}, and cannot go on with {machine}."
        elif differs:
            told = f"in another way ({differs})."
        else:
            return
        raise Refused(
            f"“{begun.title}” was begun {told}",
            "Choose the first, or begin anew with “Transcribe again” (`transcribe --again`).",
        )


def _pieces(
    executor: Executor | None, path: Path, way: Way, options: dict[str, Any]
) -> Generator[Piece]:
    """What is heard, by the workers of an executor or by a process of this machine."""
    if executor:
        from coder.transcribe import spread

        yield from spread.transcribe(executor, path, way, **options)
    else:
        yield from run.transcribe(path, way, **options)


def make_way(tx: Step, table: str, row_id: str, before: Row | None) -> None:
    """Removes the transcript that stands in the way of undo or redo: that of a recording that
    goes, or the one in whose place another comes back. Raises Refused where it is tagged, or was
    checked by a person."""
    if table != "documents":
        return
    if before is None:
        forget_hearings(tx, row_id)
    elif before["source_id"]:
        forget_waiting(tx, before["source_id"])
    media_id = before["source_id"] if before else row_id
    standing = tx.read.transcript_header(media_id) if media_id else None
    if standing is None or standing.id == row_id:
        return
    if not standing.machine_draft:
        raise Refused(
            f"“{standing.title}” has been checked by a person since.",
            "Mark it as a draft again first.",
        )
    refuse_corrected(tx.read, standing)
    take_away(tx, standing)
