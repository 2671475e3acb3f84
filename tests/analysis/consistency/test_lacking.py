"""Passages that were passed over: what is tagged elsewhere, and what speaks like a code."""

from __future__ import annotations

import pytest

from coder.analysis.consistency.findings import Kind
from tests.analysis.consistency.conftest import Find, refs
from tests.planted import Inquiry

WORDS = "The old bus was taken off and nobody in our street could get to town."


class TestEchoes:
    """The exact words of a tagged passage elsewhere."""

    @pytest.fixture
    def twice(self, inquiry: Inquiry) -> Inquiry:
        """Words that are tagged in the first letter, and stand in the second."""
        inquiry.tag(inquiry.letter([inquiry.paragraph(), WORDS]), 1, "Buses")
        inquiry.letter([inquiry.paragraph(), f"And so. {WORDS} Yes.", inquiry.paragraph()])
        return inquiry

    def test_what_nobody_has_come_to_is_not_passed_over(self, twice: Inquiry, find: Find) -> None:
        assert find(Kind.LACKING) == []

        twice.tag(twice.documents[1], 0, "Sport")
        assert find(Kind.LACKING) == []

    def test_what_lies_before_another_tag_or_was_read_is(self, twice: Inquiry, find: Find) -> None:
        twice.tag(twice.documents[1], 2, "Sport")
        [one] = find(Kind.LACKING)
        twice.codings.pop()
        twice.read(twice.documents[1])
        [other] = find(Kind.LACKING)

        assert one.id == other.id
        assert one.said == "These words are tagged “Buses” in PLN0001, and not tagged in PLN0002."
        assert [passage.quote for passage in one.passages] == [WORDS.rstrip("."), WORDS]
        assert [passage.side for passage in one.passages] == ["Not tagged", "Tagged"]

    def test_words_with_any_tag_were_not_passed_over(self, twice: Inquiry, find: Find) -> None:
        twice.read(twice.documents[1])
        twice.tag(twice.documents[1], "nobody in our street", "Sport")

        assert find(Kind.LACKING) == []


class TestWording:
    """Paragraphs that speak like a code."""

    @pytest.fixture
    def coded(self, inquiry: Inquiry) -> Inquiry:
        """Twenty letters on buses and on nothing much, coded and read, and one that was not."""
        for _ in range(20):
            letter = inquiry.letter([inquiry.paragraph("Buses"), inquiry.paragraph()])
            inquiry.tag(letter, 0, "Buses")
            inquiry.read(letter)
        inquiry.letter([inquiry.paragraph(), inquiry.paragraph("Buses")])
        return inquiry

    def test_a_paragraph_in_the_words_of_a_code_is_told(self, coded: Inquiry, find: Find) -> None:
        assert find(Kind.LACKING) == []  # nobody has come to it

        coded.read(coded.documents[-1])

        [one] = find(Kind.LACKING)
        assert one.said.startswith("Of the 22 paragraphs that speak most in the words of “Buses”,")
        assert " 20 bear it; this one (" in one.said
        assert refs([one])[0][0] == "PLN0021"
        assert {passage.side for passage in one.passages} == {"Not tagged", "Tagged"}

    def test_it_is_not_where_coders_pass_many_over(self, coded: Inquiry, find: Find) -> None:
        for document in (coded.letter([coded.paragraph("Buses")]) for _ in range(6)):
            coded.read(document)

        assert find(Kind.LACKING) == []

    def test_a_paragraph_with_another_tag_was_judged(self, coded: Inquiry, find: Find) -> None:
        coded.tag(coded.documents[-1], 1, "Sport", "Ben")

        assert find(Kind.LACKING) == []

    def test_the_words_of_one_letter_are_no_wording(self, inquiry: Inquiry, find: Find) -> None:
        letter = inquiry.letter([inquiry.paragraph("Buses") for _ in range(20)])
        for place in range(19):
            inquiry.tag(letter, place, "Buses")
        inquiry.letter([inquiry.paragraph() for _ in range(20)])
        for document in inquiry.documents:
            inquiry.read(document)

        assert find(Kind.LACKING) == []
