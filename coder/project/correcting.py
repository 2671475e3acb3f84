"""Correcting transcripts: other words, speakers, sentences parted and joined, while times and tags
stay where they belong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from coder.domain import segments
from coder.domain.errors import NotFound, Refused
from coder.domain.model import Coder, Document, Segment, new_id
from coder.domain.rewording import Rewording, Span
from coder.domain.sight import Others, Sight
from coder.domain.text import clock
from coder.project.lines import Lines, room_behind
from coder.project.taking import refuse_quoted
from coder.store.journal import Step, row_of
from coder.store.rows import Row
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
            lines = Lines(tx, segment)
            new = segments.reworded(segment, text)
            tx.put(new)
            tags = lines.carry(tx, lines.of(segment.id), Rewording(segment.text, text))
        return Corrected((new,), tags)

    def put_back(self, segment_id: str, fresh: Row) -> None:
        """Gives a segment the words and times (`fresh`, as the journal has them) that it had in
        another copy; tags go along as with `rewrite`. Raises NotFound."""
        segment = self._standing(segment_id)
        with self._step("Correct", segment) as tx:
            lines = Lines(tx, segment)
            standing = row_of(tx.connection, "segments", segment_id) or {}
            tx.set_row("segments", segment_id, {**standing, **fresh})
            lines.carry(tx, lines.of(segment_id), Rewording(segment.text, fresh["text"]))

    def confirm(self, *segment_ids: str) -> None:
        """Notes that a person has heard the same words in these segments of one transcript: none of
        them is in doubt any longer. Raises NotFound."""
        several = [self._standing(one) for one in segment_ids]
        with self._step("Confirm the words at", several[0]) as tx:
            for segment in several:
                tx.put(segments.certain(segment))

    def split(self, segment_id: str, at: int) -> Corrected:
        """Parts a segment in two at the word boundary at or before `at` (code points of its text);
        where another speaks meanwhile, the second begins no later than they do.

        Raises Refused where that leaves no words on one side, NotFound.
        """
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
            lines = Lines(tx, first)
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
        """Removes a segment with its words. Tags and quotes in baskets that lie on more than it
        lose those words.

        Raises Refused where one lies on nothing else, naming no other coder to one who codes blind,
        and NotFound.
        """
        segment = self._standing(segment_id)
        with self._step("Delete", segment) as tx:
            lines = Lines(tx, segment)
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
            lines = Lines(tx, before)
            following = lines.next(before.id)
            after = tx.read.segment(following) if following else None
            start_ms = min(before.end_ms, after.start_ms) if after else before.end_ms
            made = Segment(
                new_id(),
                before.document_id,
                room_behind(tx, lines, before.id),
                start_ms,
                after.start_ms if after else start_ms,
                text,
                before.speaker,
                confidence=1.0,
                checked=True,
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
    lines = Lines(tx, segment)
    first, second = parts
    following = lines.next(segment.id)
    after = tx.read.segment(following) if following else None
    second = replace(
        second,
        position=room_behind(tx, lines, segment.id),
        start_ms=min(second.start_ms, after.start_ms) if after else second.start_ms,
    )
    first = replace(first, position=lines.position(segment.id))
    tx.put(first)
    tx.put(second)
    change = Rewording(segment.text, f"{first.text}\n{second.text}")
    tags = lines.carry(tx, lines.of(segment.id), change)
    return Corrected((first, second), tags)


def _refuse_lost(tx: Step, segment: Segment, span: Span, sight: Sight) -> None:
    """Raises Refused where a tag, or a quote in a basket, lies on words of this segment only."""
    quoted = tx.read.quoted(segment.document_id, span[0])
    within = [one for one in quoted if span[0] <= one.start and one.end <= span[1]]
    refuse_quoted(within, tx.read, "this sentence")
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
