"""Puts what was heard once more into the lines of a transcript, while everyone's tags stay on their
words and sentences in the order of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coder.domain.errors import Refused
from coder.domain.model import Segment, Stretch, new_id
from coder.domain.rewording import Rewording
from coder.domain.text import clock
from coder.project.lines import Lines, room_between
from coder.project.taking import VOICES, segment_of
from coder.store.journal import Step
from coder.transcribe.engine import Piece


def unchanged(tx: Step, segment: Segment) -> Segment:
    """The segment as it stands now. Raises Refused where its words, its times or who stands by it
    are no longer as they were when the machine began to listen."""
    now = tx.read.segment(segment.id)
    if now is None or _meant(now) != _meant(segment):
        raise Refused(
            f"The sentence at {clock(segment.start_ms)} was changed meanwhile.",
            "Look at it, and try again.",
        )
    return now


def put_in_place(tx: Step, run: Sequence[Segment], piece: Piece) -> tuple[list[Segment], int]:
    """Puts what was heard where these neighbours stood, and gives it with how many tags have other
    words than before; where nothing was heard, they stay.

    As many as can be keep their ids. Raises Refused where one of them was changed meanwhile, or
    another sentence was put between them.
    """
    piece = _of_their_voice(piece, run)
    if not piece.segments:
        return [], 0
    before = [unchanged(tx, one) for one in run]
    lines = Lines(tx, run[0])
    if lines.run(run[0].id, run[-1].id) != [one.id for one in run]:
        raise Refused(
            f"The sentences from {clock(run[0].start_ms)} on were changed meanwhile.",
            "Look at them, and try again.",
        )
    region = lines.of(run[0].id)[0], lines.of(run[-1].id)[1]
    behind, following = lines.before(run[0].id), lines.next(run[-1].id)
    places = room_between(tx, lines, behind, following, len(piece.segments))
    made = _fitted(tx, behind, following, _segments_of(piece, run[0].document_id, places))
    made = [replace(one, speaker=_speaker(one, before)) for one in made]
    ids = [one.id for one in run]
    made = [replace(one, id=kept) for one, kept in zip(made, ids, strict=False)] + made[len(ids) :]
    for segment in before[len(made) :]:
        tx.delete(segment)
    for segment in made:
        tx.put(segment)
    new = "\n".join(one.text for one in made)
    return made, lines.carry(tx, region, Rewording(lines.text[slice(*region)], new))


def put_in_time(tx: Step, document_id: str, piece: Piece) -> tuple[list[Segment], int]:
    """Puts what was heard behind all that begins before it, and gives it with how many tags have
    other words than before; notes that the piece was listened to."""
    mark_listened(tx, document_id, piece.start_ms, piece.end_ms)
    if not piece.segments:
        return [], 0
    standing = tx.read.segments(document_id)
    later = (place for place, one in enumerate(standing) if one.start_ms > piece.start_ms)
    cut = next(later, len(standing))
    behind = standing[cut - 1].id if cut else ""
    following = standing[cut].id if cut < len(standing) else ""
    if not standing:
        made = _segments_of(piece, document_id, range(len(piece.segments)))
        for segment in made:
            tx.put(segment)
        return made, 0
    lines = Lines(tx, standing[0])
    places = room_between(tx, lines, behind, following, len(piece.segments))
    made = _fitted(tx, behind, following, _segments_of(piece, document_id, places))
    for segment in made:
        tx.put(segment)
    text = "\n".join(one.text for one in made)
    at = lines.of(behind)[1] if behind else 0
    return made, lines.carry(tx, (at, at), Rewording("", f"\n{text}" if behind else f"{text}\n"))


def mark_listened(tx: Step, document_id: str, start_ms: int, end_ms: int) -> None:
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


def begun_at(segment: Segment, start_ms: int) -> Segment:
    """The segment with another beginning, which its words do not come before."""
    words = tuple(
        replace(one, start_ms=max(one.start_ms, start_ms), end_ms=max(one.end_ms, start_ms))
        for one in segment.words
    )
    end_ms = max(segment.end_ms, start_ms)
    return replace(segment, start_ms=start_ms, end_ms=end_ms, words=words)


def _meant(segment: Segment) -> tuple[object, ...]:
    times = (segment.start_ms, segment.end_ms, segment.words)
    return segment.text, segment.heard, segment.checked, *times


def _segments_of(piece: Piece, document_id: str, places: Sequence[float]) -> list[Segment]:
    return [
        segment_of(heard, document_id, place)
        for heard, place in zip(piece.segments, places, strict=True)
    ]


def _fitted(tx: Step, behind: str, following: str, made: list[Segment]) -> list[Segment]:
    """What was heard between two segments, beginning no earlier than the one and no later than the
    other."""
    before = tx.read.segment(behind) if behind else None
    after = tx.read.segment(following) if following else None
    earliest = before.start_ms if before else 0
    fitted = []
    for one in made:
        latest = max(earliest, after.start_ms) if after else max(earliest, one.start_ms)
        fitted.append(begun_at(one, min(max(one.start_ms, earliest), latest)))
    return fitted


def _of_their_voice(piece: Piece, run: Sequence[Segment]) -> Piece:
    """What was heard of those who speak in these neighbours, where left and right are heard one by
    one: of another voice there is only what reaches into their time. Once somebody has given a
    voice another name, it is the one that says most of the same words."""
    speakers = {one.speaker for one in run}
    voices = sorted({one.voice for one in piece.segments} - {0})
    if not voices or len(speakers) > 1:
        return piece
    (speaker,) = speakers
    if speaker in VOICES[1:]:
        theirs = VOICES.index(speaker)
    else:
        known = {word for one in run for word in one.text.casefold().split()}

        def alike(voice: int) -> tuple[int, int]:
            said = " ".join(one.text for one in piece.segments if one.voice == voice)
            return len(known & set(said.casefold().split())), len(said)

        theirs = max(voices, key=alike)
    return replace(piece, segments=tuple(one for one in piece.segments if one.voice == theirs))


def _speaker(heard: Segment, before: Sequence[Segment]) -> str:
    """Who speaks in a sentence: the voice it was heard as, where that has its name still, or else
    whoever spoke for the most of its time."""
    if heard.speaker in {one.speaker for one in before}:
        return heard.speaker

    def shared(one: Segment) -> int:
        return min(one.end_ms, heard.end_ms) - max(one.start_ms, heard.start_ms)

    return max(before, key=shared).speaker or heard.speaker
