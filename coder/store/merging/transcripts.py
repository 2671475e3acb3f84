"""The sentences of a transcript that several have corrected, each in a copy of their own.

A text is worked out for any set of acts that had seen one another, so that it can be told what
somebody had in view. What one act made stands on what that act had seen. Where acts that had not
seen one another come together, each sentence is merged by itself; but sentences that were parted,
joined, put in or removed by one act while another corrected them are taken whole as the latest act
on them had left them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from coder.store.merging.deeds import Deed, Vector
from coder.store.merging.rowwise import Clash, Op, slight, stand_of
from coder.store.rows import Row

Lines = Mapping[str, Row]
"""The segments of a transcript by id, in any order."""

REWORDED = "reworded"
"""Kind of a clash: a sentence that was corrected by one while another gave it another shape."""


@dataclass(eq=False)
class Work:
    """What one act did to the segments of a transcript."""

    deed: Deed
    ops: dict[str, Op]

    @cached_property
    def touched(self) -> set[str]:
        """The sentences that it changed otherwise than by numbering them anew."""
        return {row_id for row_id, op in self.ops.items() if not slight("segments", op)}

    @property
    def structural(self) -> bool:
        """Whether it made or removed sentences."""
        return any(op.before is None or op.after is None for op in self.ops.values())


class Transcript:
    """A transcript's segments after any of the acts on them."""

    def __init__(self, document_id: str, works: Iterable[Work]) -> None:
        self.document_id = document_id
        self.works = sorted(works, key=lambda one: one.deed.order)
        self.clashes: list[Clash] = []
        self._after: dict[int, Lines] = {}
        self._met: dict[frozenset[int], Lines] = {}
        self._texts: dict[frozenset[int], list[tuple[str, str]]] = {}

    @cached_property
    def _masks(self) -> list[int]:
        """For each act, by its number, those that it had seen, a bit each."""
        sittings: dict[str, tuple[list[int], list[int]]] = {}
        for number, work in enumerate(self.works):
            seqs, before = sittings.setdefault(work.deed.origin, ([], [0]))
            seqs.append(work.deed.seq)
            before.append(before[-1] | 1 << number)
        return [_seen(work.deed, sittings) for work in self.works]

    @cached_property
    def _runs(self) -> list[tuple[str, int, Vector]]:
        """The sittings in which it was worked on, in parts that had seen the same: the last number
        of each, and what it had seen."""
        found: dict[tuple[str, int], tuple[str, int, Vector]] = {}
        for work in self.works:
            key = (work.deed.origin, id(work.deed.seen))
            last = found[key][1] if key in found else 0
            found[key] = (work.deed.origin, max(last, work.deed.seq), work.deed.seen)
        return list(found.values())

    def final(self) -> dict[str, Row]:
        """The segments after all acts."""
        return dict(self._at(self._front((1 << len(self.works)) - 1)))

    def seen_by(self, deed: Deed) -> frozenset[int]:
        """The latest acts on this transcript that an act had seen, or is itself."""
        mask = 0
        for number, work in enumerate(self.works):
            if work.deed is deed or deed.saw(work.deed):
                mask |= 1 << number
        return self._front(mask)

    def all(self) -> frozenset[int]:
        """The latest of all acts."""
        return self._front((1 << len(self.works)) - 1)

    def rivals(self, deed: Deed) -> bool:
        """Whether an act on this transcript and this one had not seen each other."""
        return any(
            origin != deed.origin
            and deed.seen.get(origin, 0) < last
            and seen.get(deed.origin, 0) < deed.seq
            for origin, last, seen in self._runs
        )

    def lines(self, front: frozenset[int]) -> list[tuple[str, str]]:
        """The text after these acts, a line (id, words) for each segment."""
        if front not in self._texts:
            rows = sorted(self._at(front).values(), key=lambda row: (row["position"], row["id"]))
            self._texts[front] = [(row["id"], row["text"]) for row in rows]
        return self._texts[front]

    @cached_property
    def text(self) -> str:
        """The text after all acts."""
        return "\n".join(words for _, words in self.lines(self.all()))

    def _front(self, mask: int) -> frozenset[int]:
        """Those of these acts that none of them had seen."""
        found = []
        left = mask
        while left:
            latest = left.bit_length() - 1
            found.append(latest)
            left &= ~(1 << latest | self._masks[latest])
        return frozenset(found)

    def _at(self, front: frozenset[int]) -> Lines:
        if not front:
            return {}
        if len(front) == 1:
            return self._made(next(iter(front)))
        if front not in self._met:
            self._met[front] = self._meet(front)
        return self._met[front]

    def _made(self, number: int) -> Lines:
        """The segments as an act left them."""
        if number in self._after:
            return self._after[number]
        chain, front = [number], self._front(self._masks[number])
        while len(front) == 1 and not front & self._after.keys():
            chain += front
            front = self._front(self._masks[chain[-1]])
        lines = dict(self._at(front))
        for one in reversed(chain):
            _do(lines, self.works[one])
        self._after[number] = lines
        return lines

    def _meet(self, front: frozenset[int]) -> Lines:
        """The segments where acts come together that had not seen one another."""
        masks = [self._masks[one] | 1 << one for one in front]
        common = every = masks[0]
        for mask in masks[1:]:
            common, every = common & mask, every | mask
        common = self._known_to_all(common, every)
        lines = dict(self._at(self._front(common)))
        apart = _numbers_in(every & ~common)
        touched = set().union(*(self.works[n].touched for n in apart))
        for rows in self._bound(apart):
            acts = [n for n in apart if self.works[n].touched & rows]
            if self._in_conflict(acts):
                self._take_whole(lines, rows, acts)
            else:
                self._take_each(lines, rows, apart)
        self._take_each(lines, {row for n in apart for row in self.works[n].ops} - touched, apart)
        return self._ordered(lines, apart)

    def _known_to_all(self, common: int, every: int) -> int:
        """Of the acts that all sides had seen, those on which to build: without such as one of the
        others had not seen, although it worked on the same sentences, and what came after them."""
        again = True
        while again:
            again = False
            for n in _numbers_in(every & ~common):
                for m in _numbers_in(common & ~self._masks[n]):
                    if common >> m & 1 and self.works[m].touched & self.works[n].touched:
                        later = [k for k in _numbers_in(common) if self._masks[k] >> m & 1]
                        common &= ~sum(1 << k for k in (m, *later))
                        again = True
        return common

    def _bound(self, apart: Sequence[int]) -> Iterator[set[str]]:
        """Groups of sentences that one act or another changed together."""
        groups: list[set[str]] = []
        for number in apart:
            rows = set(self.works[number].touched)
            if not rows:
                continue
            meeting = [group for group in groups if group & rows]
            groups = [group for group in groups if not group & rows]
            groups.append(rows.union(*meeting))
        yield from groups

    def _in_conflict(self, acts: Sequence[int]) -> bool:
        for place, one in enumerate(acts):
            for other in acts[place + 1 :]:
                first, second = self.works[one], self.works[other]
                if (
                    (first.structural or second.structural)
                    and not self._masks[other] >> one & 1
                    and first.touched & second.touched
                ):
                    return True
        return False

    def _take_whole(self, lines: dict[str, Row], rows: set[str], acts: Sequence[int]) -> None:
        latest = acts[-1]
        left = self._made(latest)
        for row_id in rows:
            lines.pop(row_id, None)
            if row_id in left:
                lines[row_id] = left[row_id]
        kept = self.works[latest].deed
        self.clashes += [
            Clash(REWORDED, "segments", row_id, "text", kept.id, self.works[n].deed.id)
            for n in acts[:-1]
            if not kept.saw(self.works[n].deed)
            for row_id in sorted(self.works[n].touched)
        ]

    def _take_each(self, lines: dict[str, Row], rows: set[str], apart: Sequence[int]) -> None:
        for row_id in sorted(rows):
            ops = [self.works[n].ops[row_id] for n in apart if row_id in self.works[n].ops]
            base = lines.pop(row_id, None)
            stand = stand_of("segments", row_id, ops, base)
            if stand and stand.alive:
                lines[row_id] = stand.values
            if stand:
                self.clashes += stand.clashes

    def _ordered(self, lines: dict[str, Row], apart: Sequence[int]) -> Lines:
        """The segments in an order: where two sides have put sentences into one place or numbered
        them anew, they are ordered by time and numbered once more."""
        placing = [self.works[n] for n in apart if _places(self.works[n])]
        rivals = [
            (one, other)
            for place, one in enumerate(placing)
            for other in placing[place + 1 :]
            if not other.deed.saw(one.deed)
        ]
        if not rivals:
            return lines
        anew = any(_numbers(one) and _numbers(other) for one, other in rivals)
        places = [row["position"] for row in lines.values()]
        if anew or len(set(places)) < len(places):
            order = sorted(lines.values(), key=_by_time)
            return {row["id"]: {**row, "position": float(n)} for n, row in enumerate(order)}
        return lines


def _seen(deed: Deed, sittings: Mapping[str, tuple[list[int], list[int]]]) -> int:
    """Which of the acts that a deed had seen, a bit each."""
    mask = 0
    for origin, (seqs, before) in sittings.items():
        if origin == deed.origin:
            mask |= before[bisect_left(seqs, deed.seq)]
        else:
            mask |= before[bisect_right(seqs, deed.seen.get(origin, 0))]
    return mask


def _numbers_in(mask: int) -> list[int]:
    """The numbers of the bits that are set, in order."""
    return [place for place, bit in enumerate(bin(mask)[:1:-1]) if bit == "1"]


def _do(lines: dict[str, Row], work: Work) -> None:
    """Lets the segments be as they are after one more act."""
    for row_id, op in work.ops.items():
        if op.after is None:
            lines.pop(row_id, None)
        elif op.before is None or row_id not in lines:
            lines[row_id] = op.after
        else:
            changed = {name: value for name, value in op.after.items() if value != op.before[name]}
            lines[row_id] = {**lines[row_id], **changed}


def _places(work: Work) -> bool:
    return any(op.before is None for op in work.ops.values()) or _numbers(work)


def _numbers(work: Work) -> bool:
    return any(
        op.before and op.after and op.before["position"] != op.after["position"]
        for op in work.ops.values()
    )


def _by_time(row: Row) -> tuple[int, float, str]:
    return row["start_ms"], row["position"], row["id"]
