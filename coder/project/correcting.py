"""Correcting transcripts: other words, speakers, sentences parted and joined, while times and tags
stay where they belong."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from coder.domain import segments
from coder.domain.errors import NotFound, Refused
from coder.domain.model import Coder, Coding, Document, Segment, new_id
from coder.domain.rewording import Rewording, Span, visible
from coder.domain.sight import Others, Sight
from coder.domain.text import clock
from coder.project.codings import take_over
from coder.store.journal import Step
from coder.store.store import Store

_EMPTY = "A sentence of a transcript needs words."


@dataclass(frozen=True, slots=True)
class Corrected:
    """What an act made: the segments as they are now, and how many tags stand on other words than
    before."""

    segments: tuple[Segment, ...]
    tags: int = 0


class Correcting:
    """Acts on the segments of transcripts, one step each.

    Everyone's tags keep their place: they take in the words that stand for those they had, and
    those behind move along. An imported document has no segments, so nothing here changes one.
    """

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    def rewrite(self, segment_id: str, text: str) -> Corrected:
        """Gives a segment other words, on one line. Words that stay keep their times; a tag whose
        words are all gone shrinks onto the nearest word that is left.

        Raises Refused where no words are given, NotFound where the segment has gone.
        """
        text = " ".join(text.split())
        if not text:
            raise Refused(_EMPTY, "To remove it, delete the sentence.")
        segment = self._standing(segment_id)
        if segment.text == text:
            return Corrected((segment,))
        with self._step("Correct", segment) as tx:
            lines = _Lines(tx, segment)
            new = segments.reworded(segment, text)
            tx.put(new)
            tags = lines.carry(tx, lines.of(segment.id), Rewording(segment.text, text))
        return Corrected((new,), tags)

    def confirm(self, segment_id: str) -> None:
        """Notes that a person has heard the same words: none of them is in doubt any longer."""
        segment = self._standing(segment_id)
        with self._step("Confirm the words at", segment) as tx:
            tx.put(segments.certain(segment))

    def split(self, segment_id: str, at: int) -> Corrected:
        """Parts a segment in two at the word boundary at or before `at` (code points of its text).
        Raises Refused where that leaves no words on one side, NotFound."""
        segment = self._standing(segment_id)
        parts = segments.parted(segment, at)
        if parts is None:
            raise Refused(
                "There are no words on one side of this place.",
                "Put the caret before the word with which the next sentence begins.",
            )
        with self._step("Split", segment) as tx:
            return part(tx, segment, parts)

    def join(self, segment_id: str) -> Corrected:
        """Joins a segment with the one behind it, and gives it. Raises Refused where it is the
        last, NotFound."""
        first = self._standing(segment_id)
        with self._step("Join the sentences at", first) as tx:
            lines = _Lines(tx, first)
            second = lines.behind(tx, first.id)
            joined = segments.joined(first, second)
            start, _ = lines.of(first.id)
            _, end = lines.of(second.id)
            tx.delete(second)
            tx.put(joined)
            change = Rewording(f"{first.text}\n{second.text}", joined.text)
            tags = lines.carry(tx, (start, end), change)
        return Corrected((joined,), tags)

    def delete(self, segment_id: str, sight: Sight = Sight()) -> Corrected:  # noqa: B008
        """Removes a segment with its words. Tags that lie on more than it lose those words.

        Raises Refused where a tag lies on nothing else, naming no other coder to one who codes
        blind, and NotFound.
        """
        segment = self._standing(segment_id)
        with self._step("Delete", segment) as tx:
            lines = _Lines(tx, segment)
            start, end = lines.with_break(segment.id)
            _refuse_lost(tx, segment, lines.of(segment.id), sight)
            tx.delete(segment)
            tags = lines.carry(tx, (start, end), Rewording(lines.text[start:end], ""))
        return Corrected((), tags)

    def insert(self, segment_id: str, text: str) -> Corrected:
        """Puts a sentence behind a segment, in the pause there, by the same speaker; gives it.
        Raises Refused where no words are given, NotFound."""
        text = " ".join(text.split())
        if not text:
            raise Refused(_EMPTY, "Write what is said there.")
        before = self._standing(segment_id)
        with self._step("Add a sentence after", before) as tx:
            lines = _Lines(tx, before)
            following = lines.next(before.id)
            after = tx.read.segment(following) if following else None
            made = Segment(
                new_id(),
                before.document_id,
                _room_behind(tx, lines, before.id),
                before.end_ms,
                max(before.end_ms, after.start_ms) if after else before.end_ms,
                text,
                before.speaker,
                confidence=1.0,
            )
            tx.put(made)
            _, end = lines.of(before.id)
            lines.carry(tx, (end, end), Rewording("", f"\n{text}"))
        return Corrected((made,))

    def set_speaker(self, segment_ids: Sequence[str], name: str) -> None:
        """Notes who speaks in these segments of one transcript, as one act; an empty name takes it
        away. Raises NotFound."""
        name = " ".join(name.split())
        several = [self._standing(one) for one in segment_ids]
        if not several:
            return
        verb = f"Name the speaker “{name}” at" if name else "Take the speaker’s name away at"
        with self._step(verb, several[0]) as tx:
            for segment in several:
                tx.put(replace(segment, speaker=name))

    def rename_speaker(self, document: Document, old: str, new: str) -> int:
        """Gives a speaker of a transcript another name wherever they speak in it; gives in how many
        segments. Raises Refused for an empty name, NotFound where nobody is called that."""
        new = " ".join(new.split())
        if not new:
            raise Refused("A speaker needs a name.")
        theirs = [one for one in self._store.read.segments(document.id) if one.speaker == old]
        if not theirs:
            raise NotFound(f"Nobody in “{document.title}” is called “{old}”.")
        label = f"Rename the speaker “{old}” to “{new}”"
        with self._store.step(label, self._who()) as tx:
            for segment in theirs:
                tx.put(replace(segment, speaker=new))
        return len(theirs)

    def speakers(self, document: Document | None = None) -> list[str]:
        """The names of those who speak in a transcript, or in any of the project."""
        return self._store.read.speakers(document.id if document else "")

    def _standing(self, segment_id: str) -> Segment:
        found = self._store.read.segment(segment_id)
        if found is None:
            raise NotFound(
                "This sentence is no longer in the transcript.", "Somebody joined or removed it."
            )
        return found

    @contextmanager
    def _step(self, verb: str, segment: Segment) -> Iterator[Step]:
        title = self._store.read.title_of(segment.document_id)
        label = f"{verb} {clock(segment.start_ms)} of “{title}”"
        with self._store.step(label, self._who()) as tx:
            yield tx


def part(tx: Step, segment: Segment, parts: tuple[Segment, Segment]) -> Corrected:
    """Puts two parts (`segments.parted`) in the place of a segment, with its tags."""
    lines = _Lines(tx, segment)
    first, second = parts
    second = replace(second, position=_room_behind(tx, lines, segment.id))
    first = replace(first, position=lines.position(segment.id))
    tx.put(first)
    tx.put(second)
    change = Rewording(segment.text, f"{first.text}\n{second.text}")
    tags = lines.carry(tx, lines.of(segment.id), change)
    return Corrected((first, second), tags)


class _Lines:
    """The lines of a segment's transcript as they stood before the act."""

    def __init__(self, tx: Step, segment: Segment) -> None:
        self.document_id = segment.document_id
        self._lines = tx.read.lines(segment.document_id)
        self._index = {line: place for place, (line, _, _) in enumerate(self._lines)}
        self.text = "\n".join(text for _, _, text in self._lines)

    def of(self, segment_id: str) -> Span:
        """Where a segment lies in the text."""
        place = self._index[segment_id]
        start = sum(len(text) + 1 for _, _, text in self._lines[:place])
        return start, start + len(self._lines[place][2])

    def with_break(self, segment_id: str) -> Span:
        """Where a segment lies, with the line break that goes when it goes."""
        start, end = self.of(segment_id)
        if end < len(self.text):
            return start, end + 1
        return max(0, start - 1), end

    def position(self, segment_id: str) -> float:
        """The position of a segment as the lines were read last."""
        return self._lines[self._index[segment_id]][1]

    def next(self, segment_id: str) -> str:
        """The id of the segment behind another; empty behind the last."""
        place = self._index[segment_id] + 1
        return self._lines[place][0] if place < len(self._lines) else ""

    def behind(self, tx: Step, segment_id: str) -> Segment:
        """The segment behind another. Raises Refused where that is the last."""
        following = self.next(segment_id)
        found = tx.read.segment(following) if following else None
        if found is None:
            raise Refused("This is the last sentence, so there is none to join it with.")
        return found

    def number(self, tx: Step) -> None:
        """Gives all lines whole positions again, so that there is room between any two."""
        for place, (line, position, text) in enumerate(self._lines):
            segment = tx.read.segment(line)
            if segment is not None and position != place:
                tx.put(replace(segment, position=place))
            self._lines[place] = (line, place, text)

    def carry(self, tx: Step, region: Span, change: Rewording) -> int:
        """Moves the document's tags after this region was reworded; gives how many have other
        words than before."""
        text = self.text[: region[0]] + change.new + self.text[region[1] :]
        touched = set()
        for coding in tx.read.codings_behind(self.document_id, region[0]):
            start, end = _carried(coding, region, change, text)
            quote = text[start:end]
            if quote != coding.quote:
                touched.add(coding.id)
            if (start, end, quote) != (coding.start, coding.end, coding.quote):
                tx.put(replace(coding, start=start, end=end, quote=quote))
        if touched:
            _join_twins(tx, tx.read.codings(self.document_id), touched)
        return len(touched)


def _join_twins(tx: Step, codings: Sequence[Coding], touched: Collection[str]) -> None:
    """Where a tag has come to lie on the same words as another of its code and coder, the one that
    was there first stays with the memos of both."""
    standing: dict[tuple[str, str, int, int], Coding] = {}
    for coding in sorted(codings, key=lambda one: (one.created_at, one.id)):
        place = (coding.code_id, coding.coder_id, coding.start, coding.end)
        twin = standing.get(place)
        if twin is None or not {coding.id, twin.id} & set(touched):
            standing[place] = coding
        else:
            standing[place] = take_over(tx, twin, coding)


def _carried(coding: Coding, region: Span, change: Rewording, text: str) -> Span:
    """Where a tag lies in the new text."""
    begins, ends = region
    shift = len(change.new) - (ends - begins)
    if coding.end <= begins:
        return coding.start, coding.end
    if coding.start >= ends:
        return coding.start + shift, coding.end + shift
    within = change.carried(coding.start - begins, min(coding.end, ends) - begins)
    if coding.start < begins:
        inner = change.carried(0, min(coding.end, ends) - begins)
        start, end = coding.start, begins + (inner[1] if inner else 0)
    elif within is not None:
        start, end = begins + within[0], begins + within[1]
    else:
        start = end = begins + len(change.new)
    if coding.end > ends:
        end = coding.end + shift
    found = visible(text, start, end)
    if found is None:
        near = change.nearest(coding.start - begins)
        return begins + near[0], begins + near[1]
    return found


def _room_behind(tx: Step, lines: _Lines, segment_id: str) -> float:
    """A position right behind a segment; where there is none, all are numbered anew."""
    following = lines.next(segment_id)
    before, after = lines.position(segment_id), lines.position(following) if following else None
    found = segments.between(before, after)
    if found is None:
        lines.number(tx)
        return lines.position(segment_id) + 0.5
    return found


def _refuse_lost(tx: Step, segment: Segment, span: Span, sight: Sight) -> None:
    """Raises Refused where a tag lies on words of this segment only."""
    lost = [
        one
        for one in tx.read.codings(segment.document_id)
        if span[0] <= one.start and one.end <= span[1]
    ]
    if lost:
        whose = {one.coder_id for one in lost}
        blind = sight.others is Others.BLIND
        told = [
            "another coder" if blind and coder.id != sight.coder_id else coder.name
            for coder in tx.read.coders()
            if coder.id in whose
        ]
        names = ", ".join(dict.fromkeys(told))
        count = "A tag lies" if len(lost) == 1 else f"{len(lost)} tags lie"
        raise Refused(
            f"{count} on this sentence, put there by {names}, so it cannot be deleted.",
            "Remove the tag first, or join the sentence with another.",
        )
