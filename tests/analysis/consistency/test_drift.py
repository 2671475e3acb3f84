"""Codes used for other things than before, or by one coder than by another."""

from __future__ import annotations

import numpy as np
import pytest

from coder.analysis.consistency.drift import _divergence, _sign
from coder.analysis.consistency.findings import Kind
from tests.analysis.consistency.conftest import Find
from tests.planted import Inquiry


def used(
    inquiry: Inquiry, many: int, topic: str, path: str, coder: str = "Ada", since: int = 0
) -> None:
    """Letters on a topic with this code, one a day."""
    for day in range(since, since + many):
        inquiry.tag(inquiry.letter([inquiry.paragraph(topic)]), 0, path, coder, day)


def test_the_divergence_is_lins() -> None:
    """Of distributions without anything in common 1 bit, of the same 0, and by hand between."""
    held = np.array([[1, 0, 0], [0, 1, 0], [1, 1, 0]], dtype=np.float32)
    sides = np.array([[True, False, False], [False, False, True]])

    found = _divergence(held[:2], sides[:1, :2])
    assert found == pytest.approx([1.0])
    same = _divergence(held[[2, 2]], sides[:1, :2])
    assert same == pytest.approx([0.0])
    # (1, 0) against (1/2, 1/2): half of log2(4/3) and of 1/2·log2(2/3) + 1/2·log2(2)
    expected = (np.log2(4 / 3) + 0.5 * np.log2(2 / 3) + 0.5) / 2
    assert _divergence(held[[0, 2]], sides[:1, :2]) == pytest.approx([expected])


@pytest.mark.parametrize(("more", "less", "chance"), [(5, 5, 1.0), (9, 1, 22 / 1024), (3, 0, 0.25)])
def test_the_sign_test_is_exact(more: int, less: int, chance: float) -> None:
    assert _sign(more, less) == pytest.approx(chance)


def test_a_code_that_changes_is_told_with_the_words_of_either_time(
    inquiry: Inquiry, find: Find
) -> None:
    path = inquiry.code("Belonging", "Where one belongs.")
    used(inquiry, 15, "Choirs", path)
    used(inquiry, 15, "Sport", path, since=15)

    [one] = find(Kind.DRIFT)

    assert one.paths == ("Belonging",)
    assert one.said.startswith("“Belonging” was used up to 13 Jan 2021 where people speak of ")
    assert [passage.side for passage in one.passages] == ["First"] * 4 + ["Lately"] * 4
    assert one.size == 30


def test_a_code_that_stays_is_not_told_nor_one_that_is_hardly_used(
    inquiry: Inquiry, find: Find
) -> None:
    used(inquiry, 40, "Choirs", "Choirs")
    used(inquiry, 11, "Choirs", "Faith")
    used(inquiry, 11, "Sport", "Faith", since=11)

    assert find(Kind.DRIFT) == []


def test_coders_who_come_one_after_the_other_are_no_drift_but_differ(
    inquiry: Inquiry, find: Find
) -> None:
    path = inquiry.code("Belonging", "Where one belongs.")
    used(inquiry, 15, "Choirs", path, "Ada")
    used(inquiry, 15, "Sport", path, "Ben", since=15)

    [one] = find(Kind.DRIFT, Kind.SENSE)

    assert one.kind is Kind.SENSE
    assert one.said.startswith("Ada uses “Belonging” where people speak of ")
    assert "Ben where they speak of" in one.said
    assert {passage.side for passage in one.passages} == {"Ada", "Ben"}


class TestRate:
    """How often two coders use a code in what both have coded."""

    @pytest.fixture
    def both(self, inquiry: Inquiry) -> Inquiry:
        """Thirty letters of two paragraphs; both coders tag the first of each alike."""
        for day in range(30):
            letter = inquiry.letter([inquiry.paragraph("Food"), inquiry.paragraph("Faith")])
            for coder in ("Ada", "Ben"):
                inquiry.tag(letter, 0, "Food", coder, day)
        return inquiry

    def test_one_who_uses_a_code_much_more_is_told(self, both: Inquiry, find: Find) -> None:
        for number, letter in enumerate(both.documents):
            both.tag(letter, 1, "Faith", "Ada")
            if number < 4:
                both.tag(letter, 1, "Faith", "Ben")

        [one] = find(Kind.RATE)

        assert one.said == (
            "Of the 30 submissions that both have coded, Ada uses “Faith” in 30 and Ben in 4."
        )
        assert one.coders == ("Ada", "Ben")

    def test_one_who_does_not_use_it_leaves_it_to_others(self, both: Inquiry, find: Find) -> None:
        for letter in both.documents:
            both.tag(letter, 1, "Faith", "Ada")

        assert find(Kind.RATE) == []

    def test_one_who_tags_more_of_everything_is_not_told(self, both: Inquiry, find: Find) -> None:
        for number, letter in enumerate(both.documents):
            for path in ("Faith", "Money", "Sport"):
                both.tag(letter, 1, path, "Ada")
                if number < 4:
                    both.tag(letter, 1, path, "Ben")

        assert find(Kind.RATE) == []
