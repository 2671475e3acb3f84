"""Acts that were taken back before anybody else had seen them count as never done."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from coder.store.acts import BOOKKEEPING
from coder.store.merging.deeds import Deed, Entry, Vector
from coder.store.merging.rowwise import Op

Key = tuple[str, str]

_LASTING = {"coders", "originals"}
"""What came with an act stays where that is undone."""


def without_undone(
    net: dict[Key, list[Op]], entries: Iterable[Entry], deeds: Mapping[str, Deed]
) -> None:
    """Takes an act and its undoing out of what acts made of each row, where the one put back
    exactly what the other had done and nobody had seen the one without the other."""
    backward = [one for one in entries if one.reverses and one.kind not in BOOKKEEPING]
    backward.sort(key=lambda one: (one.stamp, one.id))
    pairs = void((one.id, one.reverses) for one in backward)
    pairs = {back: done for back, done in pairs.items() if done in deeds}
    if not pairs:
        return
    sight = Sight(one for one in deeds.values() if one.kind not in BOOKKEEPING)
    wanted = pairs.keys() | pairs.values()
    made: dict[str, dict[Key, Op]] = {}
    for key, several in net.items():
        for op in several:
            if op.deed.id in wanted:
                made.setdefault(op.deed.id, {})[key] = op
    gone: dict[Key, set[Op]] = {}
    for back, done in pairs.items():
        one, other = made.get(done, {}), made.get(back, {})
        if _inverse(one, other) and not sight.between(deeds[done], deeds[back]):
            for key, op in (*one.items(), *other.items()):
                if key[0] not in _LASTING:
                    gone.setdefault(key, set()).add(op)
    for key, ops in gone.items():
        net[key] = [op for op in net[key] if op not in ops]


def _inverse(done: Mapping[Key, Op], back: Mapping[Key, Op]) -> bool:
    one, other = ({k: op for k, op in ops.items() if k[0] not in _LASTING} for ops in (done, back))
    return one.keys() == other.keys() and all(
        op.before == other[key].after and op.after == other[key].before for key, op in one.items()
    )


def void(reverses: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """What takes back what, both by id, where that stands: an undo that was undone by a redo takes
    nothing back, nor does the redo then. The steps that reverse another come in their order, each
    with the id of that."""
    found: dict[str, str] = {}
    gone: set[str] = set()
    for one, target in reversed(list(reverses)):
        if target and one not in gone:
            found[one] = target
            gone |= {one, target}
    return found


class Sight:
    """Which acts have seen one and not another, told without looking at each."""

    def __init__(self, deeds: Iterable[Deed]) -> None:
        self._seqs: dict[str, list[int]] = {}
        self._runs: dict[tuple[str, int], tuple[str, Vector]] = {}
        for deed in deeds:
            self._seqs.setdefault(deed.origin, []).append(deed.seq)
            self._runs[(deed.origin, id(deed.seen))] = (deed.origin, deed.seen)
        for seqs in self._seqs.values():
            seqs.sort()

    def between(self, first: Deed, then: Deed) -> bool:
        """Whether an act has seen the first of these and not the second."""
        if first.origin == then.origin:
            if self._count(first, then.seq - 1):
                return True
        elif self._count(first) or self._count(then, then.seq - 1, above=0):
            return True
        return any(
            origin not in (first.origin, then.origin)
            and seen.get(first.origin, 0) >= first.seq
            and seen.get(then.origin, 0) < then.seq
            for origin, seen in self._runs.values()
        )

    def _count(self, deed: Deed, last: int | None = None, above: int | None = None) -> int:
        """How many acts of a deed's sitting come after it (or `above`), up to the `last`."""
        seqs = self._seqs.get(deed.origin, [])
        end = len(seqs) if last is None else bisect_right(seqs, last)
        return max(0, end - bisect_right(seqs, deed.seq if above is None else above))
