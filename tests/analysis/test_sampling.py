"""Samples are as large as asked for, fair to every group, and can be drawn again."""

from hypothesis import given
from hypothesis import strategies as st

from coder.analysis.sampling import dealt, stratified

STRATA = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=1).map(
    lambda sizes: {key: [f"{key}{n}" for n in range(size)] for key, size in sizes.items()}
)


@given(STRATA, st.integers(0, 120), st.integers(0, 9))
def test_a_sample_has_its_number_and_every_group_its_share(strata, number, seed) -> None:
    drawn = stratified(strata, number, seed)
    every = [one for items in strata.values() for one in items]

    assert len(drawn) == len(set(drawn)) == min(number, len(every))
    assert drawn == [one for one in every if one in set(drawn)]
    assert drawn == stratified(strata, number, seed)
    groups = [items for items in strata.values() if items]
    if number >= len(groups):
        assert all(set(items) & set(drawn) for items in groups)


def test_shares_go_by_the_largest_remainder() -> None:
    strata = {"individual": list(map(str, range(60))), "charity": ["a"] * 0 + list("abcdefghij")}
    drawn = stratified(strata, 14, 1)
    assert len([one for one in drawn if one.isalpha()]) == 2
    assert stratified(strata, 14, 1) != stratified(strata, 14, 2)


@given(STRATA, st.integers(1, 5), st.integers(0, 9))
def test_everything_is_dealt_once_and_evenly(strata, hands, seed) -> None:
    held = dealt(strata, hands, seed)

    every = sorted(one for items in strata.values() for one in items)
    assert sorted(one for hand in held for one in hand) == every
    sizes = [len(hand) for hand in held]
    assert max(sizes) - min(sizes) <= 1
    for key in strata:
        of_group = [sum(one.startswith(key) for one in hand) for hand in held]
        assert max(of_group) - min(of_group) <= 1
