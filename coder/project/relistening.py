"""Listening again: to a passage of a transcript, to what was taken for silence, and to when the
words of a corrected passage are said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from coder.domain.errors import NotFound, Refused
from coder.domain.model import Coder, Document, Hearing, Segment, Stretch, Word, new_id
from coder.domain.quiet import Quiet, quiet_in
from coder.domain.rewording import Rewording
from coder.domain.text import clock, counted
from coder.jobs import Job
from coder.project.correcting import Corrected
from coder.project.lines import Lines, spread_between
from coder.project.manner import Manner, manner_of, way_of
from coder.project.taking import segment_of
from coder.store.journal import Step
from coder.store.store import Store
from coder.transcribe import run
from coder.transcribe.pieces import Piece
from coder.transcribe.run import Line

MARGIN_MS = 300
"""How much sound before and behind a passage is listened to with it, as far as it is silent."""

LONGEST_MS = 30_000
"""The longest sentence whose words can be timed: Whisper's window."""

NOTHING = "No speech was found in it."


class Relistening:
    """Acts in which a machine listens once more, at the wish of a person: one step of theirs each,
    which can be undone. What a person has corrected or confirmed is never overwritten, and
    everyone's tags stay on their words."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    def quiet(self, transcript_id: str) -> list[Quiet]:
        """Where no speech was found in a recording, in order, and nothing was transcribed."""
        return quiet_in(self._store.read.stretches(transcript_id))

    def hear_again(
        self, segment_ids: Sequence[str], manner: Manner | None = None, job: Job | None = None
    ) -> Corrected:
        """Has these sentences of one transcript heard again, and puts what is heard in their place;
        where nothing is, they stay. Without a manner it is done as it was the first time.

        Raises Refused where a person has corrected or confirmed one of them, or one was changed
        meanwhile; NotFound, EvidenceError as transcribing does, Cancelled.
        """
        document, chosen = self._chosen(segment_ids)
        by_hand = [one for one in chosen if one.checked or one.heard]
        if by_hand:
            were = "sentence was" if len(by_hand) == 1 else "sentences were"
            raise Refused(
                f"{len(by_hand):,} {were} corrected or confirmed by a person, the first at "
                f"{clock(by_hand[0].start_ms)}, and what a person wrote is not overwritten.",
                "Choose other sentences.",
            )
        everything = self._store.read.segments(document.id)
        runs = list(_runs(everything, chosen))
        spans = [_span(everything, run) for run in runs]
        pieces = self._pieces(document, spans, manner, job or Job())
        label = f"Hear {counted(len(chosen), 'sentence')} of “{document.title}” again"
        made: list[Segment] = []
        tags = 0
        with self._store.step(label, self._who()) as tx:
            for several, piece in reversed(list(zip(runs, pieces, strict=True))):
                if piece.segments:
                    _refuse_changed(tx, several)
                    fresh, touched = _put_in_place(tx, several, piece)
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
        """Has a span heard in which no speech was found, and puts what is heard into the transcript
        where it belongs in time. Afterwards it counts as listened to, whatever was heard.

        Raises NotFound, EvidenceError as transcribing does, Cancelled.
        """
        document = self._store.read.document(transcript_id)
        [piece] = self._pieces(document, [(start_ms, end_ms)], manner, job or Job())
        label = f"Hear {clock(start_ms)} to {clock(end_ms)} of “{document.title}” anyway"
        with self._store.step(label, self._who()) as tx:
            _mark_listened(tx, document.id, start_ms, end_ms)
            made, tags = _put_in_time(tx, document, piece) if piece.segments else ([], 0)
            if made and NOTHING in document.problems:
                problems = tuple(one for one in document.problems if one != NOTHING)
                tx.put(replace(document, problems=problems, text="", paragraphs=()))
        return Corrected(tuple(made), tags)

    def time_again(
        self, segment_ids: Sequence[str], manner: Manner | None = None, job: Job | None = None
    ) -> Corrected:
        """Finds when each word of these sentences is said, by the sound, and keeps that; words and
        tags stay as they are.

        Raises Refused for a sentence longer than half a minute, or where one was changed
        meanwhile; NotFound, EvidenceError as transcribing does, Cancelled.
        """
        document, chosen = self._chosen(segment_ids)
        everything = self._store.read.segments(document.id)
        lines = []
        for segment in chosen:
            start, end = _span(everything, [segment])
            if end - start > LONGEST_MS:
                raise Refused(
                    f"The sentence at {clock(segment.start_ms)} is longer than half a minute.",
                    "Split it first.",
                )
            lines.append(Line(segment.text, (start, end)))
        path, hearing = self._sound_of(document)
        timed = run.align(
            path,
            way_of(manner or self._usual(hearing)),
            lines,
            job=job or Job(),
            name=document.title,
        )
        label = f"Time {counted(len(chosen), 'sentence')} of “{document.title}” by the sound"
        made = [_timed(*one) for one in zip(chosen, timed, strict=True)]
        with self._store.step(label, self._who()) as tx:
            _refuse_changed(tx, chosen)
            for segment in made:
                tx.put(segment)
        return Corrected(tuple(made))

    def _chosen(self, segment_ids: Sequence[str]) -> tuple[Document, list[Segment]]:
        """The transcript of these segments, and the segments in order."""
        first = self._store.read.segment(segment_ids[0]) if segment_ids else None
        everything = self._store.read.segments(first.document_id) if first else []
        chosen = [one for one in everything if one.id in set(segment_ids)]
        if first is None or len(chosen) < len(set(segment_ids)):
            raise NotFound("A sentence is no longer in the transcript.", "Choose again.")
        return self._store.read.document(first.document_id), chosen

    def _pieces(
        self, document: Document, spans: Sequence[run.Span], manner: Manner | None, job: Job
    ) -> list[Piece]:
        path, hearing = self._sound_of(document)
        way = way_of(manner or self._usual(hearing))
        return run.hear(path, way, spans, job=job, name=document.title)

    def _sound_of(self, document: Document) -> tuple[Path, Hearing | None]:
        if not document.source_id:
            raise Refused(
                f"“{document.title}” has no recording to listen to.",
                "Attach the recording to its submission.",
            )
        media = self._store.read.document(document.source_id)
        return self._store.original_file(media), self._store.read.hearing_of(document.id)

    def _usual(self, hearing: Hearing | None) -> Manner:
        return manner_of(hearing) if hearing else Manner()


def _runs(everything: Sequence[Segment], chosen: Sequence[Segment]) -> Iterator[list[Segment]]:
    """The chosen segments in runs of neighbours."""
    wanted = {one.id for one in chosen}
    run: list[Segment] = []
    for segment in everything:
        if segment.id in wanted:
            run.append(segment)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _span(everything: Sequence[Segment], run: Sequence[Segment]) -> tuple[int, int]:
    """The sound of neighbouring segments, with a margin that does not reach into others."""
    first = next(place for place, one in enumerate(everything) if one.id == run[0].id)
    after = first + len(run)
    begins = max(0, run[0].start_ms - MARGIN_MS)
    ends = max(one.end_ms for one in run) + MARGIN_MS
    if first:
        begins = max(begins, min(everything[first - 1].end_ms, run[0].start_ms))
    if after < len(everything):
        ends = min(ends, max(everything[after].start_ms, ends - MARGIN_MS))
    return begins, max(ends, begins + 1)


def _refuse_changed(tx: Step, segments: Sequence[Segment]) -> None:
    """Raises Refused where one of these is no longer as it was when the machine began to listen."""
    for segment in segments:
        now = tx.read.segment(segment.id)
        if now is None or now.text != segment.text or now.checked != segment.checked:
            raise Refused(
                f"The sentence at {clock(segment.start_ms)} was changed meanwhile.",
                "Look at it, and try again.",
            )


def _put_in_place(tx: Step, run: Sequence[Segment], piece: Piece) -> tuple[list[Segment], int]:
    """Puts what was heard where these neighbours stood; gives it, and how many tags have other
    words than before."""
    lines = Lines(tx, run[0])
    start, _ = lines.of(run[0].id)
    _, end = lines.of(run[-1].id)
    following = lines.next(run[-1].id)
    until = lines.position(following) if following else None
    places = spread_between(lines.position(run[0].id), until, len(piece.segments))
    speakers = {one.speaker for one in run}
    speaker = speakers.pop() if len(speakers) == 1 else ""
    made = []
    for heard, place in zip(piece.segments, places, strict=True):
        segment = segment_of(heard, run[0].document_id, place)
        made.append(replace(segment, speaker=segment.speaker or speaker))
    for segment in run:
        tx.delete(segment)
    for segment in made:
        tx.put(segment)
    old = lines.text[start:end]
    tags = lines.carry(tx, (start, end), Rewording(old, "\n".join(one.text for one in made)))
    return made, tags


def _put_in_time(tx: Step, document: Document, piece: Piece) -> tuple[list[Segment], int]:
    """Puts what was heard behind all that begins before it."""
    standing = tx.read.segments(document.id)
    before = [one for one in standing if one.start_ms <= piece.start_ms]
    after = standing[len(before)] if len(before) < len(standing) else None
    if before:
        begin, until = before[-1].position, after.position if after else None
        places = spread_between(begin, until, len(piece.segments) + 1)[1:]
    else:
        first = after.position if after else 0.0
        places = [first - len(piece.segments) + n for n in range(len(piece.segments))]
    made = [
        segment_of(heard, document.id, place)
        for heard, place in zip(piece.segments, places, strict=True)
    ]
    text = "\n".join(one.text for one in made)
    tags = 0
    if standing:
        lines = Lines(tx, standing[0])
        at = lines.of(before[-1].id)[1] if before else 0
        new = f"\n{text}" if before else f"{text}\n"
        tags = lines.carry(tx, (at, at), Rewording("", new))
    for segment in made:
        tx.put(segment)
    return made, tags


def _mark_listened(tx: Step, document_id: str, start_ms: int, end_ms: int) -> None:
    """Notes that all between these times was listened to; what is left of a quiet stretch around
    them stays one."""
    for stretch in tx.read.stretches(document_id):
        if stretch.speech or stretch.end_ms <= start_ms or stretch.start_ms >= end_ms:
            continue
        inner = (max(stretch.start_ms, start_ms), min(stretch.end_ms, end_ms))
        tx.put(replace(stretch, start_ms=inner[0], end_ms=inner[1], speech=True))
        for begins, ends in ((stretch.start_ms, inner[0]), (inner[1], stretch.end_ms)):
            if ends > begins:
                tx.put(Stretch(new_id(), document_id, begins, ends, speech=False))


def _timed(segment: Segment, words: Sequence[Word]) -> Segment:
    """The segment with other times for its words, each as sure as it was."""
    if not words:
        return segment
    sure = {word.start: word.probability for word in segment.words}
    kept = tuple(replace(one, probability=sure.get(one.start, one.probability)) for one in words)
    return replace(segment, start_ms=kept[0].start_ms, end_ms=kept[-1].end_ms, words=kept)
