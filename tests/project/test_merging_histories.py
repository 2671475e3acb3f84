"""Whatever three people do in copies of their own, and however the copies come together: all end
the same, nothing is unsound, nothing changes by itself, and all that was lost is listed in all of
them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.project.sharing import ShareOptions
from tests.project.copies import ACTS, Pick, handed_out, rows
from tests.project.losses import drifted, unlisted

_NUMBERS = st.lists(st.integers(0, 997), min_size=30, max_size=30)
_HOURS = st.tuples(*[st.sampled_from([0, -5, 5])] * 3)
_PAIR = st.sampled_from([(a, b) for a in range(3) for b in range(3) if a != b])
_MERGE = st.tuples(st.just("merge"), _PAIR)

CODEBOOK = (
    "tag", "untag", "memo", "mark", "recode", "add code", "rename", "key", "define", "move",
    "merge codes", "delete code", "pin", "unpin", "split code", "undo", "redo", "basket",
    "basket work", "filter", "turn clash", "leave clash",
)  # fmt: skip
TEXTS = (
    "tag", "resize", "correct", "split", "join", "delete line", "insert line", "checked",
    "remove transcript", "basket", "decide", "adopt", "turn clash", "undo", "redo",
)  # fmt: skip
EVIDENCE = (
    "import", "particulars", "same", "join submissions", "withdraw", "memo on", "read", "tag",
    "sign", "unsign", "assign", "stand alone", "pseudonym", "journal", "undo", "redo",
)  # fmt: skip


def _story(kinds: tuple[str, ...]) -> st.SearchStrategy[list[tuple[object, object]]]:
    act = st.tuples(st.sampled_from(kinds), st.integers(0, 2))
    return st.lists(st.one_of(act, act, act, act, _MERGE), min_size=4, max_size=12)


_PARTS = st.sampled_from(
    [
        ShareOptions(to="Ben Sutton", blind=True),
        ShareOptions(to="Somebody", blind=True),
        ShareOptions(to="Asha Rao", refs=("SIC0001",)),
        ShareOptions(to="Asha Rao", refs=("SIC0003",), blind=True),
        ShareOptions(to="Asha Rao", originals=False),
    ]
)
_TOGETHER = ("tag new", "tag", "recode", "merge codes", "correct", "withdraw", "memo on", "undo")


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.tuples(_PARTS, _PARTS),
    given_on=st.lists(st.tuples(_PAIR, _PARTS), min_size=1, max_size=3),
    acts=st.lists(st.tuples(st.integers(0, 2), st.sampled_from(_TOGETHER)), min_size=8, max_size=8),
    numbers=_NUMBERS,
)
def test_copies_that_were_shared_in_part_end_the_same(
    base: Path,
    first: tuple[ShareOptions, ShareOptions],
    given_on: list[tuple[tuple[int, int], ShareOptions]],
    acts: list[tuple[int, str]],
    numbers: list[int],
) -> None:
    pick = Pick(iter(numbers))
    with handed_out(base) as copies:
        copies.act(0, "tag new", pick)
        for who, options in enumerate(first, 1):
            copies.begin_anew(who, 0, options)
        for number, (who, kind) in enumerate(acts):
            copies.act(who, kind, pick)
            if number % 3 == 2 and given_on:
                (of, to), options = given_on.pop()
                copies.give(of, to, options)
                assert copies.projects[to].verify() == []
        copies.settle(pick)

        one, *others = copies.projects
        assert one.verify() == []
        for other in others:
            assert rows(other) == rows(one)
            assert other.verify() == []


@pytest.mark.parametrize("kinds", [CODEBOOK, TEXTS, EVIDENCE, tuple(ACTS)])
@settings(max_examples=9, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), numbers=_NUMBERS, skew=_HOURS)
def test_all_copies_end_the_same(
    base: Path, kinds: tuple[str, ...], data: st.DataObject, numbers: list[int], skew: tuple[int]
) -> None:
    pick = Pick(iter(numbers))
    with handed_out(base, skew) as copies:
        for what, who in data.draw(_story(kinds)):
            if what == "merge":
                copies.merge(*who)
                assert copies.projects[who[0]].verify() == []
                assert drifted(copies.projects[who[0]]) == []
            elif copies.act(who, what, pick):
                assert drifted(copies.projects[who]) == []
        copies.settle(pick)

        first, *others = copies.projects
        assert first.verify() == []
        assert unlisted(first) == []
        lost = {one.id for one in first.merging.clashes()}
        for other in others:
            assert rows(other) == rows(first)
            assert other.verify() == []
            assert {one.id for one in other.merging.clashes()} == lost


def test_what_was_lost_without_a_word_would_be_found(base: Path) -> None:
    with handed_out(base) as copies:
        noor, asha, _ = copies.projects
        for project in (noor, asha):
            project.codebook.rename(project.codebook.at("Hope"), project.coder.name)
        copies.merge(0, 1)
        assert unlisted(noor) == []

        noor._store._writer.execute("DELETE FROM clashes")

        [(table, _, field, _)] = unlisted(noor)
        assert (table, field) == ("codes", "name")
        assert drifted(noor) == []
