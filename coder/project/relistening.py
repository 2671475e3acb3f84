"""Listening again: to a passage of a transcript, to what was taken for silence, and to when the
words of a corrected passage are said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from coder.domain.errors import NotFound, Refused
from coder.domain.model import Coder, Document, Segment, Word
from coder.domain.quiet import LEAST_MS, Quiet, parts_within, quiet_in
from coder.domain.text import clock, counted
from coder.jobs import Job
from coder.project.correcting import Corrected
from coder.project.manner import Manner, manner_of, way_of
from coder.project.received import as_received
from coder.project.splicing import begun_at, mark_listened, put_in_place, put_in_time, unchanged
from coder.project.taking import NOTHING, VOICES
from coder.store.store import Store
from coder.transcribe import run
from coder.transcribe.engine import Piece
from coder.transcribe.run import Line

MARGIN_MS = 300
"""How much sound before and behind a passage is listened to with it, as far as it is silent."""

PAUSE_MS = 1_000
"""A longer pause between sentences is not listened to with them."""

TIMING_MS = 100
"""The same for the timing of words: of more silence, the first word would take a part."""

LONGEST_MS = 30_000
"""The longest sentence whose words can be timed: Whisper's window."""


class Relistening:
    """Acts in which a machine listens once more, at the wish of a person: one step of theirs each,
    which can be undone. What a person has corrected or confirmed is never overwritten, and
    everyone's tags stay on their words."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    def quiet(
        self,
        transcript_id: str,
        least_ms: int = LEAST_MS,
        segments: Sequence[Segment] | None = None,
    ) -> list[Quiet]:
        """Where no speech was found in a recording for as long as this, in order, and nothing was
        transcribed or put in by a person. `segments` are all of the transcript's, where they are
        known already."""
        read = self._store.read
        stands = read.segments(transcript_id) if segments is None else segments
        return quiet_in(read.stretches(transcript_id), stands, least_ms)

    def confirm_quiet(self, transcript_id: str, start_ms: int, end_ms: int) -> None:
        """Notes that a person has listened to a span and that nobody speaks in it. Raises
        NotFound."""
        document = self._store.read.document(transcript_id)
        label = f"Confirm that nobody speaks from {clock(start_ms)} to {clock(end_ms)} of"
        with self._store.step(f"{label} “{document.title}”", self._who()) as tx:
            mark_listened(tx, document.id, start_ms, end_ms)

    def usual(self, transcript_id: str) -> Manner:
        """How a transcript was made, which is how its passages are heard again unless another way
        is asked for."""
        hearing = self._store.read.hearing_of(transcript_id)
        return manner_of(hearing) if hearing else Manner()

    def may_hear_again(self, segment_ids: Sequence[str]) -> None:
        """Raises Refused where one of these sentences must stay as it is: a person has corrected or
        confirmed it, or checked the whole transcript; or where it cannot be told from another voice
        that speaks at the same time. Raises NotFound."""
        document, chosen = self._chosen(segment_ids)
        _refuse_checked(document)
        by_hand = [one for one in chosen if one.checked or one.heard]
        if by_hand:
            were = "sentence was" if len(by_hand) == 1 else "sentences were"
            raise Refused(
                f"{len(by_hand):,} {were} corrected or confirmed by a person, the first at"
                f" {clock(by_hand[0].start_ms)}, and what a person wrote is not overwritten.",
                "Choose other sentences.",
            )
        if self.usual(document.id).apart:
            _refuse_mingled(self._store.read.segments(document.id), chosen)

    def hear_again(
        self, segment_ids: Sequence[str], manner: Manner | None = None, job: Job | None = None
    ) -> Corrected:
        """Has these sentences of one transcript heard again, and puts what is heard in their place;
        where nothing is, they stay. Without a manner it is done as it was the first time.

        Raises as `may_hear_again` does, and Refused where one was changed meanwhile; EvidenceError
        as transcribing does, Cancelled.
        """
        self.may_hear_again(segment_ids)
        document, chosen = self._chosen(segment_ids)
        everything = self._store.read.segments(document.id)
        runs = list(_runs(everything, chosen))
        until = self._store.read.heard_until(document.id)
        spans = [_span(everything, run, until) for run in runs]
        pieces = self._pieces(document, spans, manner, job or Job())
        label = f"Hear {counted(len(chosen), 'sentence')} of “{document.title}” again"
        made: list[Segment] = []
        tags = 0
        with self._store.step(label, self._who()) as tx:
            for several, piece in reversed(list(zip(runs, pieces, strict=True))):
                fresh, touched = put_in_place(tx, several, piece)
                made[:0] = fresh
                tags += touched
        return Corrected(tuple(made), tags)

    def hear_anyway(
        self,
        transcript_id: str,
        start_ms: int,
        end_ms: int,
        manner: Manner | None = None,
        job: Job | None = None,
    ) -> Corrected:
        """Has the parts of a span heard in which no speech was found, and puts what is heard into
        the transcript where it belongs in time. Afterwards they count as listened to, whatever was
        heard.

        Raises Refused where nothing in the span is without speech, or a person has checked the
        transcript; NotFound, EvidenceError as transcribing does, Cancelled.
        """
        document = self._store.read.document(transcript_id)
        _refuse_checked(document)
        spans = parts_within(self.quiet(document.id, 1), start_ms, end_ms)
        if not spans:
            raise Refused(
                f"“{document.title}” has no part without speech between {clock(start_ms)} and"
                f" {clock(end_ms)}.",
                "Choose one of the spans that are listed as without speech; sentences that are"
                " there are heard again instead.",
            )
        times = [(one.start_ms, one.end_ms) for one in spans]
        pieces = self._pieces(document, times, manner, job or Job())
        label = f"Hear {clock(start_ms)} to {clock(end_ms)} of “{document.title}” anyway"
        made: list[Segment] = []
        tags = 0
        with self._store.step(label, self._who()) as tx:
            for piece in pieces:
                fresh, touched = put_in_time(tx, document.id, piece)
                made += fresh
                tags += touched
            header = tx.read.header(document.id)
            if made and header and NOTHING in header.problems:
                problems = tuple(one for one in header.problems if one != NOTHING)
                tx.put(replace(header, problems=problems, text="", paragraphs=()))
        return Corrected(tuple(made), tags)

    def time_again(
        self, segment_ids: Sequence[str], manner: Manner | None = None, job: Job | None = None
    ) -> Corrected:
        """Finds when each word of these sentences is said, by the sound, and keeps that; words and
        tags stay as they are.

        Raises Refused for a sentence longer than half a minute, or where one was changed
        meanwhile; NotFound, EvidenceError as transcribing does, Cancelled.
        """
        job = job or Job()
        document, chosen = self._chosen(segment_ids)
        everything = self._store.read.segments(document.id)
        apart = self.usual(document.id).apart
        until = self._store.read.heard_until(document.id)
        lines = [_line(everything, segment, until, apart=apart) for segment in chosen]
        timed = run.align(
            self._sound_of(document, job),
            way_of(manner or self.usual(document.id)),
            lines,
            job=job,
            name=document.title,
        )
        label = f"Time {counted(len(chosen), 'sentence')} of “{document.title}” by the sound"
        with self._store.step(label, self._who()) as tx:
            spoken = {
                segment.id: _timed(unchanged(tx, segment), words)
                for segment, words in zip(chosen, timed, strict=True)
            }
            made = list(_in_order(tx.read.segments(document.id), spoken))
            for segment in made:
                tx.put(segment)
        return Corrected(tuple(made))

    def _chosen(self, segment_ids: Sequence[str]) -> tuple[Document, list[Segment]]:
        """The transcript of these segments, and the segments in order."""
        wanted = set(segment_ids)
        first = self._store.read.segment(segment_ids[0]) if segment_ids else None
        everything = self._store.read.segments(first.document_id) if first else []
        chosen = [one for one in everything if one.id in wanted]
        if first is None or len(chosen) < len(wanted):
            raise NotFound("A sentence is no longer in the transcript.", "Choose again.")
        return self._store.read.document(first.document_id), chosen

    def _pieces(
        self, document: Document, spans: Sequence[run.Span], manner: Manner | None, job: Job
    ) -> list[Piece]:
        path = self._sound_of(document, job)
        way = way_of(manner or self.usual(document.id))
        return run.hear(path, way, spans, job=job, name=document.title)

    def _sound_of(self, document: Document, job: Job) -> Path:
        """The recording to listen to. Raises Refused where there is none, and as `as_received`."""
        if not document.source_id:
            raise Refused(
                f"“{document.title}” has no recording to listen to.",
                "Attach the recording to its submission.",
            )
        return as_received(self._store, self._store.read.document(document.source_id), job)


def _refuse_checked(document: Document) -> None:
    if document.source_id and not document.machine_draft:
        raise Refused(
            f"“{document.title}” has been checked by a person, and a machine’s words would stand"
            " unchecked in it.",
            "Mark it as a draft again first.",
        )


def _refuse_mingled(everything: Sequence[Segment], chosen: Sequence[Segment]) -> None:
    """Raises Refused where another voice that is heard by itself speaks during one of these."""
    wanted = {one.id for one in chosen}
    others = [one for one in everything if one.id not in wanted]
    for segment in chosen:
        during = [
            one
            for one in others
            if min(one.end_ms, segment.end_ms) - max(one.start_ms, segment.start_ms) > MARGIN_MS
        ]
        if during:
            raise Refused(
                f"Somebody else speaks during the sentence at {clock(segment.start_ms)}.",
                "Choose their words too, so that both are heard again.",
            )


def _runs(everything: Sequence[Segment], chosen: Sequence[Segment]) -> Iterator[list[Segment]]:
    """The chosen segments in runs of neighbours without a long pause between them: in silence, a
    machine invents words."""
    wanted = {one.id for one in chosen}
    run: list[Segment] = []
    for segment in everything:
        ended = segment.id not in wanted or (
            run and segment.start_ms - max(one.end_ms for one in run) > PAUSE_MS
        )
        if run and ended:
            yield run
            run = []
        if segment.id in wanted:
            run.append(segment)
    if run:
        yield run


def _span(
    everything: Sequence[Segment], run: Sequence[Segment], until: int, margin_ms: int = MARGIN_MS
) -> tuple[int, int]:
    """The sound of neighbouring segments, with a margin that does not reach into others, nor
    beyond `until`, as far as the recording was heard (0 where that is not known): what comes behind
    would be heard twice."""
    first = next(place for place, one in enumerate(everything) if one.id == run[0].id)
    after = first + len(run)
    earliest = min(one.start_ms for one in run)
    latest = max(one.end_ms for one in run)
    begins, ends = max(0, earliest - margin_ms), latest + margin_ms
    if first:
        begins = max(begins, min(everything[first - 1].end_ms, earliest))
    if after < len(everything):
        ends = min(ends, max(everything[after].start_ms, latest))
    elif until:
        ends = min(ends, max(until, latest))
    return begins, max(ends, begins + 1)


def _line(everything: Sequence[Segment], segment: Segment, until: int, *, apart: bool) -> Line:
    """What is to be timed of a segment, and where. Raises Refused where it is too long."""
    if segment.end_ms - segment.start_ms > LONGEST_MS:
        raise Refused(
            f"The sentence at {clock(segment.start_ms)} is longer than half a minute.",
            "Split it first.",
        )
    start, end = _span(everything, [segment], until, TIMING_MS)
    voice = VOICES.index(segment.speaker) if apart and segment.speaker in VOICES else 0
    return Line(segment.text, (start, min(end, start + LONGEST_MS)), voice)


def _timed(segment: Segment, words: Sequence[Word]) -> Segment:
    """The segment with other times for its words, each as sure as it was; those that a person
    stands by are certain."""
    if not words:
        return segment
    sure = {word.start: word.probability for word in segment.words}
    kept = tuple(
        replace(one, probability=sure.get(one.start, 1.0 if segment.checked else one.probability))
        for one in words
    )
    return replace(segment, start_ms=kept[0].start_ms, end_ms=kept[-1].end_ms, words=kept)


def _in_order(everything: Sequence[Segment], changed: Mapping[str, Segment]) -> Iterator[Segment]:
    """The changed ones among all segments of a transcript, so that each begins no earlier than the
    one before it and no later than the one behind it."""
    earliest = 0
    for place, segment in enumerate(everything):
        now = changed.get(segment.id)
        if now is None:
            earliest = max(earliest, segment.start_ms)
            continue
        behind = (one.start_ms for one in everything[place + 1 :] if one.id not in changed)
        latest = max(earliest, next(behind, now.start_ms))
        made = begun_at(now, min(max(now.start_ms, earliest), latest))
        earliest = made.start_ms
        yield made
