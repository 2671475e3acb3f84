"""Transcripts: recordings in, timed text out, kept as it comes and gone on with after a stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coder import places
from coder.domain.errors import NotFound, Refused
from coder.domain.model import Coder, Document, DocumentKind, Segment, new_id, now
from coder.domain.text import clock
from coder.jobs import Job
from coder.store.journal import MACHINE
from coder.store.reads import from_segments
from coder.store.store import Store
from coder.transcribe import install, models, run
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

    def __init__(self, store: Store) -> None:
        self._store = store

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

    def grown(
        self, transcript: Document, known: Sequence[Segment]
    ) -> tuple[Document, list[Segment]]:
        """The transcript and its segments with what has been heard since these were read."""
        segments = [*known, *self._store.read.segments(transcript.id, since=len(known))]
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
        the last one ended. Raises EvidenceError where it cannot be done, Cancelled when stopped;
        what was finished stays.
        """
        media = self._store.read.document(media_id)
        if media.kind is not DocumentKind.MEDIA:
            raise Refused(f"“{media.title}” is not a recording.")
        if self.finished(media_id):
            raise Refused(f"“{media.title}” has a transcript already.")
        model = model_for(manner)
        machine = self._machine(manner.engine, model)
        original = self._store.read.original(media.original)
        if original is None:
            raise NotFound(f"The recording “{media.title}” is missing from the project folder.")
        transcript = self.of(media_id) or self._begin(media, machine)
        segments = self._store.read.segments(transcript.id)
        notes: list[str] = []
        for heard in run.transcribe(
            self._store.original_path(original),
            model,
            engine=manner.engine,
            language=manner.language,
            job=job or Job(),
            resume_from_ms=segments[-1].end_ms if segments else 0,
            tell=notes.append,
            name=media.title,
        ):
            segments.append(self._keep(transcript, heard, segments, machine))
        return self._finish(transcript, notes, machine)

    def _machine(self, engine: str, model: Model) -> Coder:
        name = f"{engine} ({model.id})"
        return self._store.read.coder_named(name) or Coder(new_id(), name, now())

    def _begin(self, media: Document, machine: Coder) -> Document:
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

    def _keep(
        self, transcript: Document, heard: Heard, before: list[Segment], machine: Coder
    ) -> Segment:
        segment = Segment(
            new_id(),
            transcript.id,
            len(before),
            before[-1].end + 1 if before else 0,
            heard.start_ms,
            heard.end_ms,
            heard.text,
            confidence=heard.confidence,
            no_speech=heard.no_speech,
            compression=heard.compression,
            temperature=heard.temperature,
            words=heard.words,
        )
        label = f"Hear {clock(heard.start_ms)} of “{transcript.title}”"
        with self._store.step(label, machine, MACHINE) as tx:
            tx.put(segment)
        return segment

    def _finish(self, transcript: Document, notes: list[str], machine: Coder) -> Document:
        nothing = (
            () if self._store.read.segments(transcript.id) else ("No speech was found in it.",)
        )
        done = replace(transcript, problems=(*notes, *nothing))
        with self._store.step(f"Finish “{transcript.title}”", machine, MACHINE) as tx:
            tx.put(replace(done, text="", paragraphs=()))
        return self._store.read.document(done.id)


def _unfinished(transcript: Document) -> bool:
    return UNFINISHED in transcript.problems


def model_for(manner: Manner) -> Model:
    """The model that a manner names, or the best one installed.

    Raises ModelMissing, saying how large it is and how to get it, or EvidenceError.
    """
    return models.default(places.user_data(), manner.model, manner.engine)


def installed_models() -> list[Model]:
    """The Whisper models on this machine: this user's own, then those shipped with the program."""
    return [*models.installed(places.user_data()), *models.shipped()]


def add_model(source: Path, job: Job | None = None) -> Model:
    """Installs a model from a folder or file that is on this machine. Raises EvidenceError."""
    return install.add(source, places.user_data(), job=job)


def get_model(name: str, job: Job | None = None) -> Model:
    """Downloads and installs a published model. Raises EvidenceError, Cancelled."""
    return install.get(name, places.user_data(), job=job)


def engines() -> tuple[str, ...]:
    """The engines that can be used on this machine, the default first."""
    return run.available_engines()


def runs(engine: str, model: Model) -> bool:
    """Whether this engine can use this model."""
    return models.FORMATS[engine] == model.format


def missing_model(engine: str) -> ModelMissing | None:
    """What is missing where no model of this user's own is installed for the engine, or None."""
    try:
        models.default(places.user_data(), engine=engine)
    except ModelMissing as missing:
        return missing
    return None
