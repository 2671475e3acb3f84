"""Documents out of the sources of a file, with their words, and transcripts with their times."""

from __future__ import annotations

import mimetypes
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from coder.domain.citation import UNCHECKED
from coder.domain.draft import DraftDocument
from coder.domain.interchange import Kind, SourceFile, Text
from coder.domain.model import (
    Document,
    DocumentKind,
    Original,
    Paragraph,
    Segment,
    Submission,
)
from coder.domain.segments import order_of
from coder.domain.text import one_line
from coder.ingest.refi.file import RefiFile
from coder.ingest.refi.units import RawText, Units
from coder.project.drafted import segments_of
from coder.project.exchange.arrival import Arrival
from coder.project.exchange.files import RECORDINGS, File, Files
from coder.project.exchange.passages import Passages, notes_on, tags_on, texts_of
from coder.project.exchange.texts import (
    Placed,
    as_written,
    onto,
    paragraphs_of,
    spoken_span,
    tidied,
    transcribed,
)
from coder.store.reads import from_segments


class Documents:
    """Finds or makes the documents of a file, and has `passages` put what stands in them."""

    def __init__(
        self, arrival: Arrival, file: RefiFile, files: Files, units: Units, passages: Passages
    ) -> None:
        self._arrival = arrival
        self._file = file
        self._files = files
        self._units = units
        self._passages = passages
        self._positions: dict[str, int] = {}
        self._lines: dict[str, list[Segment]] = defaultdict(list)
        for one in arrival.extras.records(Segment):
            self._lines[one.document_id].append(one)

    def lacking(self) -> set[str]:
        """The ids of the sources of which neither words nor a file came, nor are here; each is
        told, with what stands on it."""
        losses, found = self._arrival.losses, set()
        for source in self._arrival.project.sources:
            if source.id in self._files.withdrawn or not self._is_bare(source):
                continue
            found.add(source.id)
            why = "Neither their words nor a file are in it."
            losses.add("sources without anything", why, source.name)
            why = "Their sources did not come in."
            losses.add("tags", why, source.name, source.areas + tags_on(source))
            losses.add("notes on sources", why, source.name, len(notes_on([source])))
        return found

    def _is_bare(self, source: SourceFile) -> bool:
        arrival, came = self._arrival, self._files.of(source.id)
        if came.draft or came.original or arrival.read.has("documents", source.id):
            return False
        texts = texts_of(source) or (Text(source.id),)
        return arrival.extras.record(Document, source.id) is None and all(
            self._file.text(one) is None for one in texts
        )

    def take(self, source: SourceFile, submission: Submission) -> None:
        """Takes a source with all that hangs on it into a submission."""
        if source.kind in RECORDINGS:
            self._recording(source, submission)
            return
        text = source.text or Text(source.id)
        document, placed = self._document(source, text, submission)
        self._passages.notes_on(document.id, (*source.notes, *text.notes), submission)
        self._passages.describe(document.id, source.description)
        if text.description != source.description:
            self._passages.describe(document.id, text.description)
        self._passages.tagged(document, placed, text.selections, (*source.tags, *text.tags))
        why = "A tag stands on words here, not on an area of a page or picture."
        self._arrival.losses.add("tags on areas", why, source.name, source.areas)

    # Documents

    def _document(
        self, source: SourceFile, text: Text, submission: Submission
    ) -> tuple[Document, Placed | None]:
        raw = self._file.text(text)
        standing = self._here(source.id)
        if standing is not None:
            return standing, self._placed_in(standing, raw)
        came = self._files.of(source.id)
        own = self._arrival.extras.record(Document, source.id)
        document = self._blank(source, submission, came, own)
        if raw is not None:
            warned = replace(document, machine_draft=document.machine_draft or _is_draft(text))
            document, placed = self._worded(warned, own, raw)
        else:
            document, placed = _drafted(document, came.draft)
        self._arrival.tx.put(document)
        if raw is None and came.draft is not None and came.draft.segments:
            for segment in segments_of(document, came.draft):
                self._arrival.tx.put(segment)
            document = self._arrival.read.document(document.id)
            placed = Placed(document.text, lambda place: place)
        return document, placed

    def _blank(
        self, source: SourceFile, submission: Submission, came: File, own: Document | None
    ) -> Document:
        """A document to be, with all but its words."""
        title = one_line(source.name) or "A source without a name"
        media = source.kind in RECORDINGS
        kind = DocumentKind.MEDIA if media else DocumentKind.DOCUMENT
        base = own or Document(source.id, "", -1, title, kind)
        original = came.original
        if original is not None:
            self._arrival.tx.put(original)
        self._arrival.new["documents"] += 1
        self._arrival.fresh.add(source.id)
        position = own.position if own else self._next_position(submission)
        kept = original.id if original else base.original
        return replace(
            base,
            submission_id=self._owner(own, submission),
            position=position,
            source_id=None,
            original=kept,
            media_type=base.media_type if own else _media_type(source, original),
        )

    def _owner(self, own: Document | None, submission: Submission) -> str:
        """The submission that a document of ours was in, where that is here."""
        if own and self._arrival.read.has("submissions", own.submission_id):
            return own.submission_id
        return submission.id

    def _next_position(self, submission: Submission) -> int:
        if submission.id not in self._positions:
            there = [one.position for one in self._arrival.read.documents(submission.id)]
            self._positions[submission.id] = max(there, default=-1)
        self._positions[submission.id] += 1
        return self._positions[submission.id]

    def _worded(
        self, document: Document, own: Document | None, raw: RawText
    ) -> tuple[Document, Placed]:
        """The document with its words; a transcript of ours that is none of a recording with its
        lines."""
        placed = as_written(raw) if self._arrival.ours else tidied(raw, self._units)
        if own is not None and own.kind is DocumentKind.TRANSCRIPT:
            lines = self._own_lines(document.id, placed.text)
            if lines is not None:
                bare = replace(document, text="", paragraphs=())
                self._arrival.tx.put(bare)
                self._put_lines(lines)
                return bare, placed
            document = replace(document, kind=DocumentKind.DOCUMENT)
        kept = own.paragraphs if own else ()
        spans = kept if _fit(kept, placed.text) else paragraphs_of(placed.text)
        return replace(document, text=placed.text, paragraphs=spans), placed

    def _here(self, document_id: str) -> Document | None:
        if not self._arrival.read.has("documents", document_id):
            return None
        self._arrival.ids[document_id] = document_id
        if document_id not in self._arrival.fresh:
            self._arrival.there["documents"] += 1
        return self._arrival.read.document(document_id)

    def _placed_in(self, standing: Document, raw: RawText | None) -> Placed | None:
        """The words of the file in the document that is here already, or None where they differ."""
        if raw is None:
            return Placed(standing.text, lambda place: place)
        placed = as_written(raw) if self._arrival.ours else tidied(raw, self._units)
        found = onto(standing.text, placed)
        if found is None:
            why = "Their words differ from those here, so no new tags could be placed in them."
            self._arrival.losses.add("documents with other words", why, standing.title)
        return found

    # Recordings

    def _recording(self, source: SourceFile, submission: Submission) -> None:
        media = self._here(source.id) or self._new_recording(source, submission)
        self._passages.notes_on(media.id, source.notes, submission)
        self._passages.describe(media.id, source.description)
        heard: Document | None = None
        segments: list[Segment] = []
        for text in source.transcripts:
            document, lines = self._transcript(text, media, submission)
            if document is not None and not segments:
                heard, segments = document, lines
        self._on_sound(source, heard, segments)

    def _new_recording(self, source: SourceFile, submission: Submission) -> Document:
        came = self._files.of(source.id)
        own = self._arrival.extras.record(Document, source.id)
        media = self._blank(source, submission, came, own)
        if came.draft is not None:
            media = replace(media, media_ms=came.draft.media_ms, silent=came.draft.silent)
        elif own is None:
            media = replace(media, problems=("The recording was not in the file it came with.",))
        self._arrival.tx.put(media)
        return media

    def _transcript(
        self, text: Text, media: Document, submission: Submission
    ) -> tuple[Document | None, list[Segment]]:
        """A transcript with its lines; where the file says no times, a document beside the
        recording."""
        raw = self._file.text(text)
        standing = self._here(text.id)
        if standing is not None:
            placed = self._placed_in(standing, raw)
        elif raw is None:
            why = "Their words are not in the file."
            self._arrival.losses.add("transcripts without words", why, text.name or media.title)
            return None, []
        else:
            standing, placed = self._new_transcript(text, raw, media)
        self._passages.notes_on(standing.id, text.notes, submission)
        self._passages.describe(standing.id, text.description)
        self._passages.tagged(standing, placed, text.selections, text.tags)
        return standing, self._arrival.read.segments(standing.id)

    def _new_transcript(self, text: Text, raw: RawText, media: Document) -> tuple[Document, Placed]:
        arrival = self._arrival
        placed = as_written(raw) if arrival.ours else tidied(raw, self._units)
        own = arrival.extras.record(Document, text.id)
        lines = self._own_lines(text.id, placed.text) if own else None
        if lines is None:
            timed = transcribed(text.id, placed, text.sync)
            if timed is not None:
                lines, placed = timed
        taken = arrival.read.transcript_header(media.id) is not None
        kind = DocumentKind.DOCUMENT if lines is None else DocumentKind.TRANSCRIPT
        base = own or Document(text.id, "", media.position, one_line(text.name), kind)
        document = replace(
            base,
            submission_id=media.submission_id,
            title=base.title or media.title,
            kind=kind,
            source_id=None if lines is None or taken else media.id,
            media_ms=base.media_ms if own else media.media_ms,
            machine_draft=base.machine_draft or _is_draft(text),
        )
        arrival.fresh.add(document.id)
        arrival.new["documents"] += 1
        if lines is None:
            why = "Their places in the recording are not told, so they stand beside it as texts."
            arrival.losses.add("transcripts without times", why, document.title)
            spans = paragraphs_of(placed.text)
            document = replace(document, text=placed.text, paragraphs=spans)
            arrival.tx.put(document)
            return document, placed
        arrival.tx.put(replace(document, text="", paragraphs=()))
        self._put_lines(lines)
        return from_segments(document, lines), placed

    def _own_lines(self, document_id: str, text: str) -> list[Segment] | None:
        """The segments that we wrote down beside a transcript, with their words; None where they do
        not make its text, or are another's here."""
        extras = self._arrival.extras
        found, start = [], 0
        for one in sorted(self._lines[document_id], key=order_of):
            length = extras.said(Segment, one.id, "length")
            taken = self._arrival.read.segment(one.id) is not None
            if taken or not isinstance(length, int) or length < 0:
                return None
            found.append(replace(one, text=text[start : start + length], start=start))
            start += length + 1
        whole = "\n".join(one.text for one in found) == text
        return found if whole and found else None

    def _put_lines(self, lines: Iterable[Segment]) -> None:
        for one in lines:
            self._arrival.tx.put(one)

    def _on_sound(
        self, source: SourceFile, heard: Document | None, segments: Sequence[Segment]
    ) -> None:
        """Puts tags that stand on the sound on the words that are spoken then."""
        why = "No words are known that are spoken then."
        for one in source.selections:
            span = spoken_span(segments, one.start or 0, one.end or 0) if heard else None
            if heard is None or span is None:
                self._arrival.losses.add("tags on sound", why, source.name, len(one.tags))
                continue
            words = replace(one, start=span[0], end=span[1])
            self._passages.tagged(heard, Placed(heard.text, lambda place: place), (words,), ())
        if heard is not None:
            self._passages.tagged(heard, Placed(heard.text, lambda place: place), (), source.tags)
        else:
            self._arrival.losses.add("tags on sound", why, source.name, len(source.tags))


def _drafted(document: Document, draft: DraftDocument | None) -> tuple[Document, Placed]:
    """The document with the words that were read from its file."""
    if draft is None:
        return document, Placed("", lambda place: place)
    made = replace(
        document,
        kind=draft.kind,
        text=draft.text,
        paragraphs=draft.paragraphs,
        media_ms=draft.media_ms,
        problems=draft.problems,
        machine_draft=draft.machine,
    )
    return made, Placed(draft.text, lambda place: place)


def _is_draft(text: Text) -> bool:
    """Whether a text was handed over as one that a machine wrote and nobody has checked."""
    return text.description.strip() == UNCHECKED


def _fit(paragraphs: Sequence[Paragraph], text: str) -> bool:
    """Whether these are paragraphs of this text, one behind the other."""
    place = 0
    for one in paragraphs:
        if not place <= one.start <= one.end <= len(text):
            return False
        place = one.end
    return bool(paragraphs) or not text.strip()


def _media_type(source: SourceFile, original: Original | None) -> str:
    name = original.name if original else source.path
    usual = {Kind.AUDIO: "audio/mpeg", Kind.VIDEO: "video/mp4"}
    return mimetypes.guess_type(name)[0] or usual.get(source.kind, "text/plain")
