"""Where coders differ: the kinds, what belongs to one place, and what comes first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coder.analysis.disagreements import (
    NEAR,
    Disagreement,
    Kind,
    agreements,
    disagreements,
)
from coder.domain.model import Coding

THEMES = {"trust": "society", "money": "society", "bus": "travel", "lift": "travel"}
THREE = {"d": ("asha", "noor", "tom")}
TWO = {"d": ("asha", "noor")}


def put(coder: str, code: str, start: int, end: int, document: str = "d") -> Coding:
    own = f"{coder}-{code}-{start}-{end}-{document}"
    return Coding(own, document, code, coder, start, end, "", "")


def found(codings: list[Coding], compared=TWO) -> list[Disagreement]:
    return disagreements(codings, compared, THEMES)


def sides(one: Disagreement) -> list[tuple[tuple[str, ...], list[str]]]:
    return [(side.coders, [coding.code_id for coding in side.codings]) for side in one.sides]


def test_what_all_put_alike_is_no_disagreement() -> None:
    codings = [put("asha", "bus", 0, 50), put("noor", "bus", 0, 50)]
    assert found(codings) == []
    assert agreements(codings, TWO) == [tuple(codings)]


def test_what_one_left_out_is_missed() -> None:
    [one] = found([put("asha", "bus", 10, 60)])
    assert (one.kind, one.start, one.end, one.at_odds, one.apart) == (Kind.MISSED, 10, 60, 1, 50)
    assert sides(one) == [(("asha",), ["bus"]), (("noor",), [])]


def test_another_code_on_largely_the_same_words_is_one_place() -> None:
    [one] = found([put("asha", "bus", 0, 100), put("noor", "trust", 10, 90)])
    assert (one.kind, one.far) == (Kind.OTHER_CODE, True)
    [near] = found([put("asha", "bus", 0, 100), put("noor", "lift", 10, 90)])
    assert (near.kind, near.far) == (Kind.OTHER_CODE, False)


def test_other_codes_that_share_little_are_two_that_were_missed() -> None:
    kinds = [one.kind for one in found([put("asha", "bus", 0, 100), put("noor", "trust", 80, 200)])]
    assert kinds == [Kind.MISSED, Kind.MISSED]


def test_other_ends_of_one_code_are_boundaries() -> None:
    [one] = found([put("asha", "bus", 0, 100), put("noor", "bus", 20, 120)])
    assert (one.kind, one.apart) == (Kind.BOUNDARIES, 40)


def test_one_long_tag_against_two_short_ones_is_one_place() -> None:
    short = [put("noor", "bus", 0, 40), put("noor", "bus", 60, 100)]
    [one] = found([put("asha", "bus", 0, 100), *short])
    assert (one.kind, one.apart) == (Kind.BOUNDARIES, 20)
    assert len(one.codings) == 3


def test_the_same_code_close_by_is_not_missed_and_far_off_it_is() -> None:
    near, far = 50 + NEAR, 51 + NEAR
    [one] = found([put("asha", "bus", 0, 50), put("noor", "bus", near, near + 20)])
    assert one.kind is Kind.BOUNDARIES
    two = found([put("asha", "bus", 0, 50), put("noor", "bus", far, far + 20)])
    assert [one.kind for one in two] == [Kind.MISSED, Kind.MISSED]


def test_places_next_to_each_other_stay_apart_where_somebody_has_a_part_in_both() -> None:
    first = [put("asha", "bus", 0, 50), put("noor", "trust", 0, 50)]
    second = [put("asha", "lift", 60, 90), put("noor", "bus", 60, 90)]
    assert [one.start for one in found([*first, *second])] == [0, 60]


def test_a_code_beside_one_that_both_put_is_missed_and_not_another_code() -> None:
    both = [put(coder, "bus", 0, 50) for coder in ("asha", "noor")]
    [one] = found([*both, put("asha", "trust", 0, 50)])
    assert one.kind is Kind.MISSED
    assert one.codes == ("trust",)


def test_two_codes_that_one_left_out_on_the_same_words_are_one_place() -> None:
    [one] = found([put("asha", "bus", 0, 50), put("asha", "trust", 0, 55)])
    assert one.kind is Kind.MISSED
    assert sides(one) == [(("asha",), ["bus", "trust"]), (("noor",), [])]


def test_three_coders_stand_on_as_many_sides_as_there_are() -> None:
    codings = [put("asha", "bus", 0, 50), put("noor", "bus", 0, 50), put("tom", "money", 0, 50)]
    [one] = found(codings, THREE)
    assert sides(one) == [(("asha", "noor"), ["bus", "bus"]), (("tom",), ["money"])]
    assert (one.at_odds, one.far) == (2, True)
    [all_differ] = found([*codings[::2], put("noor", "trust", 0, 48)], THREE)
    assert all_differ.at_odds == 3


def test_one_of_three_who_left_it_out_makes_it_missed_whatever_the_ends() -> None:
    [one] = found([put("asha", "bus", 0, 50), put("noor", "bus", 0, 60)], THREE)
    assert one.kind is Kind.MISSED
    assert sides(one)[-1] == (("tom",), [])


def test_only_who_coded_a_document_is_compared_there() -> None:
    codings = [put("asha", "bus", 0, 50), put("tom", "trust", 0, 50), put("asha", "bus", 0, 9, "e")]
    [one] = found(codings, {**TWO, "e": ("asha",)})
    assert one.coders == ("asha", "noor")


def test_the_most_telling_comes_first() -> None:
    codings = [
        *(put("asha", "bus", 0, 90), put("noor", "bus", 0, 100)),
        *(put("asha", "bus", 1000, 1100), put("noor", "lift", 1000, 1100)),
        put("noor", "bus", 2000, 2010),
        put("noor", "bus", 3000, 3100),
        *(put("asha", "bus", 4000, 4100), put("noor", "money", 4000, 4100)),
    ]
    order = [(one.kind, one.start) for one in found(codings)]
    assert order == [
        (Kind.OTHER_CODE, 4000),
        (Kind.MISSED, 3000),
        (Kind.MISSED, 2000),
        (Kind.OTHER_CODE, 1000),
        (Kind.BOUNDARIES, 0),
    ]


def test_more_coders_at_odds_come_before_longer_passages() -> None:
    four = {"d": ("asha", "noor", "sam", "tom")}
    halves = [put(coder, "bus", 0, 10) for coder in ("asha", "noor")]
    order = found([*halves, put("asha", "bus", 1000, 1900)], four)
    assert [(one.start, one.at_odds) for one in order] == [(0, 4), (1000, 3)]


def test_everyone_without_a_theme_is_a_theme_of_its_own() -> None:
    [one] = found([put("asha", "new", 0, 50), put("noor", "newer", 0, 50)])
    assert one.far


spans = st.tuples(st.integers(0, 300), st.integers(1, 120)).map(lambda s: (s[0], s[0] + s[1]))
codings = st.lists(
    st.tuples(st.sampled_from(THREE["d"]), st.sampled_from([*THEMES]), spans), unique=True
).map(lambda all_of: [put(coder, code, *span) for coder, code, span in all_of])


@given(codings)
def test_every_coding_is_either_agreed_on_or_in_one_place(given: list[Coding]) -> None:
    agreed = [one.id for alike in agreements(given, THREE) for one in alike]
    differing = [one.id for place in found(given, THREE) for one in place.codings]
    assert sorted([*agreed, *differing]) == sorted(one.id for one in given)


@given(codings)
def test_the_order_of_codings_changes_nothing(given: list[Coding]) -> None:
    assert found(given, THREE) == found(given[::-1], THREE)
