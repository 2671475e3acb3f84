"""Hands a project over: its records as the standard's document, its files, and our own rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from coder import __version__
from coder.domain.citation import UNCHECKED
from coder.domain.interchange import (
    LARGEST,
    ORIGIN,
    Case,
    CodeNode,
    Kind,
    Note,
    ProjectFile,
    Selection,
    SourceFile,
    SyncPoint,
    Tag,
    Text,
    User,
    derived,
    described,
    guid,
)
from coder.domain.model import (
    About,
    Code,
    Coder,
    Coding,
    Document,
    DocumentKind,
    Hearing,
    Memo,
    Original,
    Segment,
    Standing,
    Status,
)
from coder.domain.palette import COLOURS, shade
from coder.domain.segments import spoken_between
from coder.export.refi.qde import holds
from coder.export.refi.qdpx import Writing, writing_qdpx
from coder.jobs import Job
from coder.project.codebook_order import walk
from coder.project.exchange.extras import packed
from coder.project.exchange.particulars import VARIABLES, as_values
from coder.project.exchange.report import HandedOver, Losses
from coder.project.exchange.rest import BY_CODERS, REST
from coder.store.rows import TABLES, Record, Row, from_row
from coder.store.store import Store

FOR_THE_TEAM = (
    "Not for publication. This file is for the people who work on the inquiry: it holds all"
    " evidence that stands, whatever its respondents allow to be published, and no name in it is"
    " masked. Of what was withdrawn only the reference is left."
)
NOTE = "It is for the team and not for publication; the history stays in the project."

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp", ".heic")
_SHORT = 60


def hand_over(store: Store, path: Path, job: Job, *, media: bool) -> HandedOver:
    """Writes the whole project as a REFI-QDA project file, whole or not at all; without `media`
    recordings stay out. Raises EvidenceError, Cancelled."""
    with writing_qdpx(path, job.check) as writing:
        handing = _Handing(store, writing, job, media=media)
        writing.write(handing.project(), handing.extras())
    return HandedOver(path, handing.holds(), handing.losses.told(), NOTE)


class _Handing:
    """One project on its way out. Sources are made one by one while they are written."""

    def __init__(self, store: Store, writing: Writing, job: Job, *, media: bool) -> None:
        self.losses = Losses()
        self._read = store.read
        self._store = store
        self._sources = writing.sources
        self._job = job
        self._media = media
        self._inquiry = self._read.inquiry()
        self._submissions = self._read.submissions()
        self._refs = {one.id: one.ref for one in self._submissions}
        self._documents = self._read.documents()
        self._ids = {one.id for one in self._documents}
        self._transcripts = {one.source_id: one for one in self._documents if one.source_id}
        self._codes = list(walk(self._read.codes()))
        self._originals: dict[str, tuple[Original, str]] = {}
        self._noted: list[Note] = []
        self._counts: Counter[str] = Counter()
        self._memos: dict[str, list[Memo]] = defaultdict(list)
        for memo in self._read.memos():
            self._memos[memo.of_id].append(memo)
        self._users: list[Coder] = []
        self._flagged: list[Coding] = []

    def project(self) -> ProjectFile:
        """The project as the standard has it."""
        self._users = self._seen()
        return ProjectFile(
            self._inquiry.title,
            f"{ORIGIN} {__version__}",
            self._inquiry.created_at,
            FOR_THE_TEAM,
            tuple(User(one.id, one.name) for one in self._users),
            tuple(map(self._code, self._codes)),
            VARIABLES,
            tuple(self._cases()),
            self._all_sources(),
            self._all_notes(),
            tuple(memo.id for memo in self._memos[""] if memo.about is About.PROJECT),
        )

    def holds(self) -> dict[str, int]:
        """How many of each kind were written."""
        return {
            "submissions": len(self._submissions),
            "documents": len(self._documents),
            "codes": len(self._codes),
            "codings": self._counts["codings"],
            "memos": len(self._noted),
            "coders": len(self._users),
            "files": len([path for _, path in self._originals.values() if path]),
        }

    # What stands before the sources

    def _seen(self) -> list[Coder]:
        """Everyone of whom there is something: those who only opened the project are not told."""
        each = (f'SELECT coder_id FROM "{table}"' for table in BY_CODERS)  # noqa: S608
        rows = self._store.reader.execute(" UNION ".join(each))
        seen = {row[0] for row in rows}
        return [coder for coder in self._read.coders() if coder.id in seen]

    def _code(self, code: Code) -> CodeNode:
        return CodeNode(
            code.id,
            code.name,
            code.parent_id or "",
            shade(code.colour, dark=False) if code.colour in COLOURS else "",
            described(code.definition, code.use_when, code.not_when),
            self._notes_on(code.id, About.CODE, f"Memo on {code.name}"),
        )

    def _cases(self) -> Iterator[Case]:
        inside: dict[str, list[str]] = defaultdict(list)
        for document in self._documents:
            if document.source_id not in self._ids:
                inside[document.submission_id].append(document.id)
        for one in self._submissions:
            withdrawn = one.status is Status.WITHDRAWN
            yield Case(
                one.id,
                " ".join(filter(None, (one.ref, one.organisation or one.respondent))),
                "Withdrawn: nothing of it is left but its reference." if withdrawn else "",
                as_values(one, self._refs),
                tuple(inside[one.id]),
            )

    # Sources

    def _all_sources(self) -> Iterator[SourceFile]:
        begun: set[str] = set()
        for done, header in enumerate(self._documents):
            self._job.report(done, len(self._documents), f"Writing {header.title}")
            self._job.check()
            if header.source_id in self._ids:
                continue
            of = header.submission_id
            notes: tuple[str, ...] = ()
            if of not in begun:  # a case has no place for notes: they stand with its first source
                begun.add(of)
                notes = self._notes_on(of, About.SUBMISSION, f"Memo on {self._refs[of]}")
            yield self._source(header, notes)

    def _source(self, header: Document, notes: tuple[str, ...]) -> SourceFile:
        notes += self._notes_on(header.id, About.DOCUMENT, f"Memo on {header.title}")
        if header.kind is DocumentKind.MEDIA:
            return self._recording(header, notes)
        document = self._read.document(header.id)
        plain = self._sources.put_text(document.id, document.text)
        path, kind = self._file(document)
        selections = tuple(self._selections(document))
        if kind is Kind.TEXT:
            rich = path if path.endswith(".docx") else ""
            text = Text(document.id, document.title, None, plain, rich, selections, notes=notes)
            return SourceFile(document.id, kind, document.title, _warned(text, document))
        inside = Text(derived(document.id, "text"), "", None, plain, "", selections)
        inside = _warned(inside, document)
        return SourceFile(document.id, kind, document.title, inside, path, notes=notes)

    def _recording(self, header: Document, notes: tuple[str, ...]) -> SourceFile:
        path, _ = self._file(header)
        kind = Kind.AUDIO if header.media_type.startswith("audio/") else Kind.VIDEO
        found = self._transcripts.get(header.id)
        return SourceFile(
            header.id,
            kind,
            header.title,
            None,
            path,
            (self._transcript(found.id),) if found else (),
            notes=notes,
        )

    def _transcript(self, transcript_id: str) -> Text:
        document = self._read.document(transcript_id)
        points = _Points(document, self._read.segments(document.id))
        selections = tuple(map(points.reach, self._selections(document)))
        text = Text(
            document.id,
            document.title,
            plain=self._sources.put_text(document.id, document.text),
            selections=selections,
            notes=self._notes_on(document.id, About.DOCUMENT, f"Memo on {document.title}"),
            sync=points.every(),
        )
        return _warned(text, document)

    def _selections(self, document: Document) -> Iterator[Selection]:
        """What is tagged in a document, a selection for each stretch."""
        stretches: dict[tuple[int, int], list[Coding]] = defaultdict(list)
        for coding in self._read.codings(document.id):
            stretches[coding.start, coding.end].append(coding)
            self._counts["codings"] += 1
            if coding.marked or coding.sensitive:
                self._flagged.append(coding)
        for (start, end), codings in stretches.items():
            yield Selection(
                derived(document.id, start, end),
                start,
                end,
                tuple(map(self._tag, codings)),
                _short(codings[0].quote),
                user=codings[0].coder_id,
                at=codings[0].created_at,
            )

    def _tag(self, coding: Coding) -> Tag:
        notes: tuple[str, ...] = ()
        if coding.memo:
            note = derived(coding.id, "memo")
            self._noted.append(
                Note(note, coding.memo, "Memo on a tag", coding.coder_id, coding.created_at)
            )
            notes = (note,)
        return Tag(coding.id, coding.code_id, coding.coder_id, coding.created_at, notes)

    # Files

    def _file(self, document: Document) -> tuple[str, Kind]:
        """The path of a document's original in the file, empty where it stays out, and what kind of
        source it makes."""
        original = self._read.original(document.original) if document.original else None
        if original is None:
            return "", Kind.TEXT
        ending = Path(original.name).suffix.lower()
        kind = Kind.PDF if ending == ".pdf" else Kind.TEXT
        kind = Kind.PICTURE if ending in _PICTURES else kind
        if original.id not in self._originals:
            recording = document.kind is DocumentKind.MEDIA
            self._originals[original.id] = (original, self._kept(original, recording=recording))
        path = self._originals[original.id][1]
        return path, kind if path else Kind.TEXT

    def _kept(self, original: Original, *, recording: bool) -> str:
        file_id = derived("original", original.id)
        lies = self._store.original_path(original)
        if recording and not self._media:
            self.losses.add("recordings left out", "They were not wanted.", original.name)
        elif not lies.is_file():
            self.losses.add("originals missing", "They are not in the project.", original.name)
        elif lies.stat().st_size > LARGEST:
            name = f"{guid(file_id)}{lies.suffix.lower()}"
            why = f"A file inside may have 2 GB. Put a copy beside this file, named {name}."
            self.losses.add("recording too large", why, original.name)
            return f"relative://{name}"
        else:
            return self._sources.put_file(file_id, lies)
        return ""

    # Notes and rows

    def _notes_on(self, record_id: str, about: About, name: str) -> tuple[str, ...]:
        found = [memo for memo in self._memos.get(record_id, ()) if memo.about is about]
        self._noted += [_note(memo, name) for memo in found]
        return tuple(memo.id for memo in found)

    def _all_notes(self) -> Iterator[Note]:
        """All notes, once all sources are written; last those that stand with nothing."""
        told = {note.id for note in self._noted}
        rest = (memo for several in self._memos.values() for memo in several)
        for memo in rest:
            if memo.id not in told:
                name = "Journal" if memo.about is About.JOURNAL else f"Memo on the {memo.about}"
                self._noted.append(_note(memo, name))
        for note in self._noted:
            path = "" if holds(note.text) else self._sources.put_text(note.id, note.text)
            yield replace(note, path=path)

    def extras(self) -> Iterator[tuple[str, Row]]:
        """Our own rows, once all else is written."""
        yield packed(self._inquiry)
        yield from map(packed, self._users)
        for one in self._submissions:  # a pseudonym would stand beside the name behind it
            yield packed(replace(one, pseudonym=""))
        for original, path in self._originals.values():
            table, row = packed(original)
            yield table, {**row, "path": path}
        for header in self._documents:
            transcript = header.kind is DocumentKind.TRANSCRIPT
            yield packed(header if transcript else self._read.document(header.id))
            if transcript:
                yield from map(packed, self._read.segments(header.id))
        yield from map(packed, self._codes)
        yield from map(packed, self._flagged)
        for several in self._memos.values():
            yield from map(packed, several)
        yield from self._rest()

    def _rest(self) -> Iterator[tuple[str, Row]]:
        """The rows of every other table, but for recordings that wait to be heard."""
        for kind in REST:
            every = f'SELECT * FROM "{TABLES[kind]}" ORDER BY id'  # noqa: S608
            for row in self._store.reader.execute(every):
                record: Record = from_row(kind, row)
                if not isinstance(record, Hearing) or record.standing is Standing.DONE:
                    yield packed(record)


class _Points:
    """The sync points of a transcript: where each segment begins and ends, and where tags do."""

    def __init__(self, document: Document, segments: list[Segment]) -> None:
        self._document = document
        self._segments = segments
        self._points: dict[str, SyncPoint] = {}
        self._starts: dict[int, str] = {}
        self._ends: dict[int, str] = {}
        for one in segments:
            begins, ends = derived(one.id, "start"), derived(one.id, "end")
            self._points[begins] = SyncPoint(begins, one.start, one.start_ms)
            self._points[ends] = SyncPoint(ends, one.end, one.end_ms)
            self._starts.setdefault(one.start, begins)
            self._ends[one.end] = ends

    def reach(self, selection: Selection) -> Selection:
        """The selection from one sync point to another, which are made where there are none."""
        start, end = selection.start or 0, selection.end or 0
        begins, ends = spoken_between(self._segments, start, end) or (0, 0)
        first = self._starts.get(start) or self._at(start, begins)
        last = self._ends.get(end) or self._at(end, ends)
        return replace(selection, sync=(first, last))

    def _at(self, position: int, ms: int) -> str:
        point = derived(self._document.id, "at", position)
        self._points.setdefault(point, SyncPoint(point, position, ms))
        return point

    def every(self) -> tuple[SyncPoint, ...]:
        """All of them in the order of the text."""
        return tuple(sorted(self._points.values(), key=lambda one: one.position or 0))


def _warned(text: Text, document: Document) -> Text:
    """The text with what is said of one that a machine wrote and nobody has checked."""
    return replace(text, description=UNCHECKED if document.machine_draft else "")


def _note(memo: Memo, name: str) -> Note:
    return Note(memo.id, memo.text, name, memo.coder_id, memo.created_at)


def _short(words: str) -> str:
    told = " ".join(words.split())
    return told if len(told) <= _SHORT else f"{told[: _SHORT - 1].rstrip()}…"
