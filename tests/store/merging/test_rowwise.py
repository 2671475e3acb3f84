"""One row in many hands: the latest word on each field holds, and every other is told."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.store.merging.deeds import Deed, Entry, Vector, deeds_of, joined
from coder.store.merging.rowwise import Op, stand_of
from coder.store.rows import Row

FIELDS = ("name", "definition", "colour")
START: Row = {
    "id": "c", "name": "n", "parent_id": None, "position": 0, "colour": "", "definition": "",
    "use_when": "", "not_when": "", "key": "", "examples": "[]", "merged_into": "",
}  # fmt: skip


@dataclass
class Copy:
    """A copy of a project that holds one code, and all it knows."""

    name: str
    entries: dict[str, Entry] = field(default_factory=dict)
    brought: dict[str, Vector] = field(default_factory=dict)
    changes: dict[str, tuple[Row | None, Row | None]] = field(default_factory=dict)
    last: Entry | None = None
    seq: int = 0

    def step(self, kind: str, at: int, beyond: str = "") -> str:
        """Makes a step that counts as made after all that this copy knows."""
        before = max([beyond, *(one.stamp for one in self.entries.values())])
        stamp = max(f"{at:06}", f"{int(before or 0) + 1:06}")
        self.seq += 1
        own = f"{self.name}{self.seq}"
        hashed = self.last.hash if self.last else ""
        self.last = Entry(own, self.name, self.seq, stamp, self.name, kind, None, hashed, own)
        self.entries[own] = self.last
        return own

    def stand(self):
        deeds = deeds_of(self.entries.values(), self.brought)
        ops = [Op(deeds[step], *images, "c") for step, images in self.changes.items()]
        return stand_of("codes", "c", sorted(ops, key=lambda op: op.deed.order)), deeds

    def act(self, at: int, name: str, value: str | None) -> None:
        """Writes a field of the code, removes the code, or brings it back."""
        found, _ = self.stand()
        before = found.values if found.alive else None
        if value is None:
            after = None if before else found.values
        elif before is None or before[name] == value:
            return
        else:
            after = {**before, name: value}
        self.changes[self.step("act", at)] = (before, after)

    def merge(self, other: Copy, at: int) -> None:
        """Takes in all that another copy knows."""
        known: dict[str, int] = {}
        for one in other.entries.values():
            known[one.origin] = max(one.seq, known.get(one.origin, 0))
        self.brought = {**other.brought, **self.brought}
        self.entries = {**other.entries, **self.entries}
        self.changes = {**other.changes, **self.changes}
        own = self.step("merge", at)
        self.brought[own] = known


def played(choices: random.Random, steps: int) -> list[Copy]:
    """Four copies of one code in which things happen, and who bring one another in."""
    base = Copy("base")
    base.changes[base.step("act", 1)] = (None, START)
    copies = [
        Copy(name, dict(base.entries), {}, dict(base.changes), base.last, base.seq)
        for name in "abcd"
    ]
    for tick in range(steps):
        one = choices.choice(copies)
        at = tick * 10 + choices.choice([0, 500, -500])
        if choices.random() < 0.3:
            one.merge(choices.choice([other for other in copies if other is not one]), at)
        else:
            value = choices.choice(["x", "y", "z", "z", None])
            one.act(max(2, at), choices.choice(FIELDS), value)
    return copies


@given(st.randoms(use_true_random=False), st.integers(1, 25))
def test_what_stands_depends_on_what_is_known_and_on_nothing_else(
    choices: random.Random, steps: int
) -> None:
    copies = played(choices, steps)
    ways = []
    for _ in range(2):
        order = choices.sample(copies, len(copies))
        whole = Copy("whole", dict(order[0].entries), dict(order[0].brought))
        whole.changes = dict(order[0].changes)
        for other in [*order[1:], *order]:
            whole.merge(other, 10_000)
        found, _ = whole.stand()
        ways.append((found.alive, found.values, sorted(map(repr, found.clashes))))

    assert ways[0] == ways[1]


@given(st.randoms(use_true_random=False), st.integers(1, 25))
def test_each_word_that_nobody_knew_of_holds_or_is_told(choices: random.Random, steps: int) -> None:
    copies = played(choices, steps)
    whole = copies[0]
    for other in copies[1:]:
        whole.merge(other, 10_000)
    found, deeds = whole.stand()
    lost = {(clash.field, clash.lost) for clash in found.clashes}
    told = {clash.lost for clash in found.clashes if not clash.field}

    for name in FIELDS:
        writes = [
            (deeds[step], after[name])
            for step, (before, after) in whole.changes.items()
            if after and before and before[name] != after[name]
        ]
        open_ = [one for one in writes if not any(later.saw(one[0]) for later, _ in writes)]
        for deed, value in open_:
            kept = found.values[name] == value
            assert kept or (name, deed.id) in lost
        if open_:
            assert found.values[name] == max(open_, key=lambda one: one[0].order)[1]
    ends = [deeds[step] for step, (_, after) in whole.changes.items() if after is None]
    rest = [deeds[step] for step, (_, after) in whole.changes.items() if after is not None]
    alive = any(not any(end.saw(one) for end in ends) for one in rest)
    assert found.alive == alive
    for end in ends:
        unseen = not any(one.saw(end) for one in [*ends, *rest])
        assert not (alive and unseen) or end.id in told


@given(st.randoms(use_true_random=False), st.integers(1, 25))
def test_an_act_counts_as_later_than_all_it_had_seen(choices: random.Random, steps: int) -> None:
    for copy in played(choices, steps):
        deeds = deeds_of(copy.entries.values(), copy.brought)
        for one in deeds.values():
            assert all(one.order > other.order for other in deeds.values() if one.saw(other))


def deed(name: str, stamp: str, **seen: int) -> Deed:
    return Deed(name, name, 1, stamp, name, "act", seen)


def test_a_code_that_is_merged_away_goes_whatever_was_written_of_it_meanwhile() -> None:
    made = Op(deed("a", "1"), None, START, "c")
    gone = Op(deed("b", "2", a=1), {**START, "merged_into": "d"}, None, "c")
    renamed = Op(deed("e", "3", a=1), START, {**START, "name": "x"}, "c")

    found = stand_of("codes", "c", [made, gone, renamed])

    assert found is not None
    assert not found.alive
    assert [(one.kind, one.kept, one.lost) for one in found.clashes] == [("merged", "b", "e")]


@pytest.mark.parametrize(
    ("memos", "said"), [(("x", "y"), "x\ny"), (("x", "x"), "x"), (("", "y"), "y")]
)
def test_two_tags_that_are_one_keep_what_both_say(memos: tuple[str, str], said: str) -> None:
    row = {
        "id": "k", "document_id": "d", "code_id": "c", "coder_id": "n", "start": 0, "end": 2,
        "quote": "We", "created_at": "", "memo": "", "marked": 0, "sensitive": 0,
    }  # fmt: skip
    ops = [
        Op(deed(name, str(place)), None, {**row, "memo": memo, "marked": place}, name)
        for place, (name, memo) in enumerate(zip("ab", memos, strict=True))
    ]

    found = stand_of("codings", "k", ops)

    assert found is not None
    assert (found.values["memo"], found.values["marked"]) == (said, 1)
    assert found.clashes == []


def test_vectors_know_what_one_of_them_knows() -> None:
    assert joined([{"a": 1, "b": 5}, {"a": 3}]) == {"a": 3, "b": 5}
