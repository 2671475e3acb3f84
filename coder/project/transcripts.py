"""Transcripts: recordings in, timed text out, kept as it comes and gone on with after a stop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coder import places
from coder.domain.errors import EvidenceError, NotFound, Refused
from coder.domain.model import Coder, Document, DocumentKind, Segment, new_id, now
from coder.domain.segments import laid_out, order_of
from coder.domain.text import clock
from coder.jobs import Job
from coder.store.journal import MACHINE, Step
from coder.store.reads import Reads, from_segments
from coder.store.rows import Row
from coder.store.store import Store
from coder.transcribe import models, run
from coder.transcribe.checksums import sha256
from coder.transcribe.engine import Heard
from coder.transcribe.models import Model, ModelMissing

__all__ = ["Manner", "Model", "ModelMissing", "Transcripts"]

UNFINISHED = "This transcript is not finished; transcribe the recording again to go on."


@dataclass(frozen=True, slots=True)
class Manner:
    """How to transcribe: with which engine and model (name, folder or file; empty for the best
    one installed), and which language is spoken."""

    engine: str = "faster-whisper"
    model: str = ""
    language: str = "en"


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

    def finished(self, media_id: str) -> bool:
        """Whether a recording has a transcript that reaches its end."""
        transcript = self._store.read.transcript_header(media_id)
        return transcript is not None and not _unfinished(transcript)

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

    def make(self, media_id: str, manner: Manner, job: Job | None = None) -> Document:
        """Transcribes a recording and gives the transcript.

        Each segment is committed as it comes. After a stop or a crash the next call goes on where
        the last one ended, with the same engine and model. Raises EvidenceError where it cannot be
        done, Cancelled when stopped; what was finished stays.
        """
        media = self._recording(media_id)
        if self.finished(media_id):
            raise Refused(
                f"“{media.title}” has a transcript already.",
                "“Transcribe again” (`transcribe --again`) makes a new one in its place.",
            )
        return self._hear(media, self.of(media_id), manner, job or Job())

    def make_again(self, media_id: str, manner: Manner, job: Job | None = None) -> Document:
        """Transcribes a recording from its beginning, and gives the transcript.

        The old transcript is removed, as an act of this person, once the first words of the new one
        are heard; undo brings it back. Raises as `make` does, and Refused where it is tagged.
        """
        media = self._recording(media_id)
        self.may_replace(media_id)
        return self._hear(media, None, manner, job or Job())

    def may_replace(self, media_id: str) -> None:
        """Raises Refused where the transcript of a recording is tagged, saying by whom, or has been
        worked on by hand: words, sentences, speakers."""
        transcript = self._store.read.transcript_header(media_id)
        if transcript:
            _refuse_tagged(self._store.read, transcript)
            _refuse_corrected(self._store.read, transcript)

    def remove(self, media_id: str) -> None:
        """Removes the transcript of a recording. Raises NotFound where it has none, Refused where
        it is tagged."""
        media = self._recording(media_id)
        transcript = self._store.read.transcript_header(media_id)
        if transcript is None:
            raise NotFound(f"“{media.title}” has no transcript.")
        label = f"Remove the transcript of “{media.title}”"
        with self._store.step(label, self._who()) as tx:
            _take_away(tx, transcript)

    def set_checked(self, transcript_id: str, *, checked: bool) -> None:
        """Notes that a person has compared a transcript with its recording, or that it is a
        machine's draft again. Raises Refused for what is no transcript or not finished yet."""
        document = self._store.read.document(transcript_id)
        if document.source_id is None:
            raise Refused(f"“{document.title}” is not a transcript.")
        if checked and _unfinished(document):
            raise Refused(
                f"“{document.title}” is not finished.", "Transcribe the recording to its end first."
            )
        label = f"Mark “{document.title}” as {'checked' if checked else 'a draft'}"
        with self._store.step(label, self._who()) as tx:
            tx.put(replace(document, machine_draft=not checked, text="", paragraphs=()))

    def _recording(self, media_id: str) -> Document:
        media = self._store.read.document(media_id)
        if media.kind is not DocumentKind.MEDIA:
            raise Refused(f"“{media.title}” is not a recording.")
        return media

    def _hear(
        self, media: Document, transcript: Document | None, manner: Manner, job: Job
    ) -> Document:
        """Goes on with a transcript, or begins one with the first words heard."""
        model = model_for(manner)
        machine = self._machine(manner.engine, model)
        if transcript:
            self._refuse_other(transcript, machine)
        path = self._as_received(media, job)
        notes: list[str] = []
        for heard in run.transcribe(
            path,
            model,
            engine=manner.engine,
            language=manner.language,
            job=job,
            resume_from_ms=self._store.read.heard_until(transcript.id) if transcript else 0,
            tell=notes.append,
            name=media.title,
        ):
            transcript = transcript or self._begin(media, machine)
            self._keep(transcript, heard, machine)
        return self._finish(transcript or self._begin(media, machine), notes, machine)

    def _refuse_other(self, transcript: Document, machine: Coder) -> None:
        """Raises Refused where the transcript was begun with another engine or model."""
        begun = self._store.read.maker_of(transcript.id)
        if begun and begun.name != machine.name:
            raise Refused(
                f"“{transcript.title}” was begun with {begun.name}, and cannot go on with "
                f"{machine.name}.",
                "Choose the first, or begin anew with “Transcribe again” (`transcribe --again`).",
            )

    def _as_received(self, media: Document, job: Job) -> Path:
        """Where the recording's bytes lie, after a look whether they are those that came in."""
        path = self._store.original_file(media)
        job.report(0, 0, f"Checking “{media.title}”")
        if sha256(path, job) != media.original:
            raise EvidenceError(
                f"The recording “{media.title}” is no longer the file that was imported.",
                f"Put the file as it was received back to “{path}”; nothing was transcribed.",
            )
        return path

    def _machine(self, engine: str, model: Model) -> Coder:
        name = f"{engine} ({model.id})"
        return self._store.read.coder_named(name) or Coder(new_id(), name, now())

    def _begin(self, media: Document, machine: Coder) -> Document:
        """An empty transcript in the project, in the place of the one there was."""
        old = self._store.read.transcript_header(media.id)
        if old:
            with self._store.step(f"Transcribe “{media.title}” again", self._who()) as tx:
                _take_away(tx, old)
        transcript = Document(
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
        with self._store.step(f"Begin the transcript of “{media.title}”", machine, MACHINE) as tx:
            tx.put(transcript)
        return transcript

    def _keep(self, transcript: Document, heard: Heard, machine: Coder) -> None:
        """Puts what was heard behind all there is by then: a person may be correcting."""
        label = f"Hear {clock(heard.start_ms)} of “{transcript.title}”"
        with self._store.step(label, machine, MACHINE) as tx:
            _refuse_removed(tx, transcript)
            lines = tx.read.lines(transcript.id)
            tx.put(
                Segment(
                    new_id(),
                    transcript.id,
                    int(lines[-1][1]) + 1 if lines else 0,
                    heard.start_ms,
                    heard.end_ms,
                    heard.text,
                    confidence=heard.confidence,
                    no_speech=heard.no_speech,
                    compression=heard.compression,
                    temperature=heard.temperature,
                    words=heard.words,
                )
            )

    def _finish(self, transcript: Document, notes: list[str], machine: Coder) -> Document:
        nothing = () if self._store.read.lines(transcript.id) else ("No speech was found in it.",)
        done = replace(transcript, problems=(*notes, *nothing))
        with self._store.step(f"Finish “{transcript.title}”", machine, MACHINE) as tx:
            _refuse_removed(tx, transcript)
            tx.put(replace(done, text="", paragraphs=()))
        return self._store.read.document(done.id)


def _unfinished(transcript: Document) -> bool:
    return UNFINISHED in transcript.problems


def make_way(tx: Step, table: str, row_id: str, before: Row | None) -> None:
    """Removes the transcript that stands in the way of undo or redo: that of a recording that
    goes, or the one in whose place another comes back. Raises Refused where it is tagged, or was
    checked by a person."""
    if table != "documents":
        return
    media_id = before["source_id"] if before else row_id
    standing = Reads(tx.connection).transcript_header(media_id) if media_id else None
    if standing is None or standing.id == row_id:
        return
    if not standing.machine_draft:
        raise Refused(
            f"“{standing.title}” has been checked by a person since.",
            "Mark it as a draft again first.",
        )
    _refuse_corrected(Reads(tx.connection), standing)
    _take_away(tx, standing)


def _take_away(tx: Step, transcript: Document) -> None:
    read = Reads(tx.connection)
    _refuse_tagged(read, transcript)
    for segment in read.segments(transcript.id):
        tx.delete(segment)
    tx.delete(transcript)


def _refuse_tagged(read: Reads, transcript: Document) -> None:
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


def _refuse_corrected(read: Reads, transcript: Document) -> None:
    count = read.corrected(transcript.id)
    if count:
        were = "sentence was" if count == 1 else "sentences were"
        raise Refused(
            f"{count:,} {were} corrected by hand in “{transcript.title}”, and would be lost.",
            "If that is meant, remove the transcript first (`transcribe --remove`).",
        )


def _refuse_removed(tx: Step, transcript: Document) -> None:
    standing = Reads(tx.connection).transcript_header(transcript.source_id or "")
    if standing is None or standing.id != transcript.id:
        raise Refused(
            f"“{transcript.title}” was removed while it was being made.",
            "Transcribe the recording once more if it is wanted.",
        )


def model_for(manner: Manner) -> Model:
    """The model that a manner names, or the best one installed.

    Raises ModelMissing, saying how large it is and how to get it, or EvidenceError where there is
    no such engine here, or the model does not suit the engine or the language.
    """
    run.refuse_engine(manner.engine)
    model = models.default(places.user_data(), manner.model, manner.engine)
    run.refuse_mismatch(manner.engine, model, manner.language)
    return model
