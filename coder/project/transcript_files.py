"""Transcripts as files for the team: to be read, shown below a film, or taken to other programs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coder.domain.errors import NotFound, Refused
from coder.domain.model import Document, DocumentKind, Segment
from coder.domain.pauses import pauses
from coder.domain.text import counted, file_name
from coder.jobs import Job
from coder.project.languages import language_name
from coder.project.taking import UNFINISHED, unfinished
from coder.store.store import Store

if TYPE_CHECKING:
    from coder.export.transcript_sheet import Sheet

_ENDING = re.compile(r"\.(?:docx?|odt|rtf|txt|vtt|srt|sbv|sub)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a transcript is laid out: with a mark for every pause of at least `pauses_ms`
    milliseconds (None for no marks), and with the times. Subtitles always have times and never
    marks."""

    pauses_ms: int | None = None
    times: bool = True


@dataclass(frozen=True, slots=True)
class TranscriptReport:
    """What a written transcript holds; with `str` in sentences. `notes` say what may be done with
    it, and whether it was checked and finished; a file of some formats cannot say it itself."""

    path: Path
    ref: str
    document: str
    sentences: int
    machine_draft: bool
    finished: bool
    notes: tuple[str, ...]

    def __str__(self) -> str:
        held = f"{counted(self.sentences, 'sentence')} of {self.ref}"
        return " ".join((f"{held}; internal, not for publication.", *self.notes))

    def as_json(self) -> dict[str, Any]:
        """The fields for scripts."""
        return {**asdict(self), "path": str(self.path)}


class TranscriptFiles:
    """The transcripts of a project going out, with corrections and speakers, and with every name:
    they are papers for the team, like memos."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def export(
        self,
        document_id: str,
        path: Path,
        layout: Layout = Layout(),
    ) -> TranscriptReport:
        """Writes a transcript to `path`; its ending says the format: `.docx`, `.vtt`, `.srt` or
        `.txt`.

        One that is not finished is written as far as it has come, and says so. Raises Refused for
        what is no transcript or holds no words yet, and for marks of pauses in subtitles, or
        subtitles without times; EvidenceError for another ending or a file that cannot be written.
        """
        from coder.export.transcript_file import SUBTITLES, write_transcript

        if path.suffix.lower() in SUBTITLES and layout != Layout():
            raise Refused(
                f"“{path.name}” would be subtitles: they have no marks of pauses, and no words"
                " without times.",
                "Leave that out, or write a .docx or .txt file.",
            )
        document = self._store.read.document(document_id)
        sheet = self._sheet(document, layout)
        write_transcript(sheet, path)
        return TranscriptReport(
            path,
            sheet.ref,
            document.title,
            len(sheet.segments),
            sheet.draft,
            sheet.finished,
            tuple(sheet.notes()[1:]),
        )

    def export_all(
        self,
        folder: Path,
        ending: str,
        layout: Layout = Layout(),
        job: Job | None = None,
    ) -> list[TranscriptReport]:
        """Writes every transcript that holds words into a folder, which is made where it is not
        there yet; `ending` as `.vtt`. Raises NotFound where there is none, and otherwise as
        `export` does; Cancelled when stopped, and then those that were written stay."""
        job = job or Job()
        found = self.all()
        if not found:
            raise NotFound("There is no transcript to export.", "`transcribe` makes them.")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise Refused(
                f"The folder “{folder.name}” could not be made ({problem.strerror}).",
                "Choose another.",
            ) from problem
        reports: list[TranscriptReport] = []
        names: set[str] = set()
        for number, document in enumerate(found):
            job.report(number, len(found), f"Writing “{document.title}”")
            name = _free(self.suggested_name(document), ending, names)
            reports.append(self.export(document.id, folder / name, layout))
        return reports

    def all(self) -> list[Document]:
        """Every transcript that holds words, without its text, in the order of references."""
        read = self._store.read
        return [
            document
            for submission in read.submissions()
            for document in read.documents(submission.id)
            if document.kind is DocumentKind.TRANSCRIPT and read.lines(document.id)
        ]

    def wordless(self) -> list[str]:
        """A sentence for each transcript without words, which cannot be exported: that it was left
        out, and why."""
        read = self._store.read
        return [
            f"“{document.title}” of {submission.ref} was left out: "
            + ("nothing was heard of it yet." if unfinished(document) else "it has no words.")
            for submission in read.submissions()
            for document in read.documents(submission.id)
            if document.kind is DocumentKind.TRANSCRIPT and not read.lines(document.id)
        ]

    def suggested_name(self, document: Document) -> str:
        """A name for the file, without its ending, that every system allows: `SIC0031 film
        (transcript)`."""
        ref = self._store.read.submission(document.submission_id).ref
        return file_name(f"{ref} {_ENDING.sub('', document.title)}")

    def _sheet(self, document: Document, layout: Layout) -> Sheet:
        """All that a file says of a transcript. Raises Refused."""
        from coder.export.transcript_sheet import Sheet

        read = self._store.read
        segments = self._segments(document)
        submission = read.submission(document.submission_id)
        silences = [] if layout.pauses_ms is None else pauses(segments, layout.pauses_ms)
        return Sheet(
            inquiry=read.inquiry().title,
            ref=submission.ref,
            title=document.title,
            recording=read.title_of(document.source_id) if document.source_id else "",
            media_ms=document.media_ms,
            made_by=self._made_by(document),
            by_machine=document.source_id is not None,
            draft=document.machine_draft,
            finished=not unfinished(document),
            corrected=read.corrected(document.id),
            permission=submission.permission,
            status=submission.status,
            created=datetime.now().astimezone().date(),
            segments=tuple(segments),
            problems=tuple(one for one in document.problems if one != UNFINISHED),
            pauses=tuple(silences),
            times=layout.times,
            checked_by=self._checked_by(document),
            respondent=", ".join(filter(None, (submission.respondent, submission.organisation))),
        )

    def _segments(self, document: Document) -> Sequence[Segment]:
        if document.kind is not DocumentKind.TRANSCRIPT:
            raise Refused(
                f"“{document.title}” is not a transcript.", "Choose the transcript of a recording."
            )
        segments = self._store.read.segments(document.id)
        if not any(segment.text.strip() for segment in segments):
            raise Refused(f"“{document.title}” holds no words yet; nothing was written.")
        return segments

    def _checked_by(self, document: Document) -> tuple[str, date] | None:
        """Who checked it, and on which day of this place."""
        found = None if document.machine_draft else self._store.read.checked_by(document.id)
        return (found[0], datetime.fromisoformat(found[1]).astimezone().date()) if found else None

    def _made_by(self, document: Document) -> str:
        """Who or what wrote a transcript down, in a sentence."""
        read = self._store.read
        if document.source_id is not None:
            maker, hearing = read.maker_of(document.id), read.hearing_of(document.id)
            heard_in = f" in {language_name(hearing.language)}" if hearing else ""
            return f"Transcribed by {maker.name}{heard_in}." if maker else ""
        original = read.original(document.original)
        name = original.name if original else document.title
        return f"Written down by others, and received as “{name}”."


def _free(name: str, ending: str, names: set[str]) -> str:
    """The name with its ending, numbered where another file of this folder has it already."""
    number, wanted = 1, f"{name}{ending}"
    while wanted.casefold() in names:
        number += 1
        wanted = f"{name} {number}{ending}"
    names.add(wanted.casefold())
    return wanted
