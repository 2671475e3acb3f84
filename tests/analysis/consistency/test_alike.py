"""The same words, or nearly, in different places: told where their tags do not agree."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coder.analysis.consistency.findings import Kind
from coder.domain.model import Coder, Status
from coder.domain.together import AGREED
from tests.analysis.consistency.conftest import Find, refs
from tests.planted import Inquiry

WORDS = "The old bus was taken off and nobody in our street could get to town again."
OTHER = "We planted beans behind the chapel, and half the village came to pick them."


def put(inquiry: Inquiry, *tags: tuple[str, str, str], **about: object) -> None:
    """A letter of these words for each of these tags: words, code, coder."""
    for day, (words, path, coder) in enumerate(tags):
        inquiry.tag(inquiry.letter([OTHER, words], **about), 1, path, coder, 10 * day)


def test_two_coders_who_call_the_same_words_by_different_names(
    inquiry: Inquiry, find: Find
) -> None:
    put(inquiry, (WORDS, "Buses", "Ada"), (WORDS, "Sport", "Ben"))

    [one] = find(Kind.ALIKE)

    assert one.said == (
        "The same words are tagged “Buses” in PLN0001 and “Sport” in PLN0002, by Ada and Ben."
    )
    assert (one.paths, one.coders) == (("Buses", "Sport"), ("Ada", "Ben"))
    assert refs([one]) == [["PLN0001", "PLN0002"]]


def test_one_coder_at_different_times(inquiry: Inquiry, find: Find) -> None:
    put(inquiry, (WORDS, "Buses", "Ada"), (WORDS, "Sport", "Ada"))

    [one] = find(Kind.ALIKE)

    assert one.said.endswith(", both by Ada, 4 Jan 2021 and 14 Jan 2021.")


def test_what_one_has_and_the_other_has_not(inquiry: Inquiry, find: Find) -> None:
    put(inquiry, (WORDS, "Buses", "Ada"), (WORDS, "Buses", "Ada"))
    assert find(Kind.ALIKE) == []

    inquiry.tag(inquiry.documents[1], 1, "Sport", "Ada", 20)

    [one] = find(Kind.ALIKE)
    assert "“Buses” in PLN0001 and “Buses”, “Sport” in PLN0002" in one.said


@pytest.mark.parametrize(
    ("again", "told"),
    [
        (WORDS.replace("our street", "my road"), True),
        (WORDS.upper(), True),
        (WORDS.replace("nobody in our street", "we"), False),
        (WORDS.replace("was taken", "was not taken"), False),
        (OTHER, False),
    ],
    ids=["two words differ", "capitals", "more differ", "denied", "other words"],
)
def test_words_are_nearly_the_same_where_few_differ_and_none_denies(
    inquiry: Inquiry, find: Find, again: str, told: bool
) -> None:
    put(inquiry, (WORDS, "Buses", "Ada"), (again, "Sport", "Ben"))

    found = find(Kind.ALIKE)

    assert bool(found) is told
    if told and again != WORDS.upper():
        assert found[0].said.startswith("Nearly the same words")


def test_short_phrases_are_shared_by_chance(inquiry: Inquiry, find: Find) -> None:
    put(inquiry, ("We need more buses.", "Buses", "Ada"), ("We need more buses.", "Sport", "Ben"))

    assert find(Kind.ALIKE) == []


def test_coders_who_differ_on_one_place_are_no_inconsistency(inquiry: Inquiry, find: Find) -> None:
    put(inquiry, (WORDS, "Buses", "Ada"), (WORDS, "Buses", "Ada"))
    inquiry.tag(inquiry.documents[0], 1, "Sport", "Ben", 3)

    assert find(Kind.ALIKE) == []


def test_what_was_agreed_stands_for_its_place(inquiry: Inquiry, find: Find) -> None:
    put(inquiry, (WORDS, "Buses", "Ada"), (WORDS, "Sport", "Ben"))
    theirs = inquiry.codings[1]

    inquiry.agreed.append(
        replace(theirs, id="agreed", coder_id="agreed", code_id=inquiry.codes["Buses"].id)
    )

    assert find(Kind.ALIKE) == []


def test_what_was_agreed_on_more_words_leaves_a_tag_within_them(
    inquiry: Inquiry, find: Find
) -> None:
    put(inquiry, (WORDS, "Buses", "Ada"), (WORDS, "Sport", "Ben"))
    wider = replace(inquiry.codings[1], id="agreed", coder_id="agreed", start=0)

    inquiry.agreed.append(replace(wider, end=len(inquiry.documents[1].text) * 3))

    [one] = find(Kind.ALIKE)
    assert one.said.endswith(", by Ada and Ben.")


def test_what_was_agreed_is_told_as_agreed(inquiry: Inquiry, find: Find) -> None:
    put(inquiry, (WORDS, "Buses", "Ada"), (WORDS, "Sport", "Ben"))
    inquiry.coders[AGREED] = Coder("agreed", AGREED, "")

    inquiry.agreed.append(replace(inquiry.codings[1], id="one", coder_id="agreed"))
    assert find(Kind.ALIKE)[0].said.endswith(", by Ada and as agreed.")

    inquiry.agreed.append(replace(inquiry.codings[0], id="two", coder_id="agreed"))
    assert ", both as agreed, 4 Jan 2021" in find(Kind.ALIKE)[0].said


def test_a_wider_tag_covers_what_is_tagged_within_it(inquiry: Inquiry, find: Find) -> None:
    put(inquiry, (WORDS, "Buses", "Ada"), (WORDS, "Buses", "Ada"))
    inquiry.tag(inquiry.documents[0], inquiry.documents[0].text.strip(), "Sport", "Ada", 3)

    assert find(Kind.ALIKE) == []


def test_duplicates_do_not_count(inquiry: Inquiry, find: Find) -> None:
    put(inquiry, (WORDS, "Buses", "Ada"))
    put(inquiry, (WORDS, "Sport", "Ada"), status=Status.DUPLICATE)

    assert find(Kind.ALIKE) == []


def test_many_places_are_one_finding(inquiry: Inquiry, find: Find) -> None:
    put(inquiry, *[(WORDS, "Buses", "Ada")] * 30, (WORDS, "Sport", "Ada"))

    [one] = find(Kind.ALIKE)

    assert one.said.endswith("They stand in 31 places.")
    assert len(one.about) == 31
    assert len(one.passages) <= 12
    assert {tag.code for passage in one.passages[:2] for tag in passage.tags} == {"Buses", "Sport"}


class TestCampaigns:
    """Near-identical letters of a campaign."""

    @pytest.fixture
    def letters(self, inquiry: Inquiry) -> Inquiry:
        """Two letters of a campaign with the same two paragraphs and an own one."""
        head = inquiry.letter([WORDS, OTHER, inquiry.paragraph()], flags=("campaign",))
        inquiry.letter(
            [WORDS, OTHER, inquiry.paragraph()], flags=("campaign",), of_id=head.submission_id
        )
        return inquiry

    def test_letters_tagged_differently_are_told_as_such(
        self, letters: Inquiry, find: Find
    ) -> None:
        head, letter = letters.documents
        letters.tag(head, 0, "Buses", "Ada")
        letters.tag(letter, 0, "Sport", "Ada", 9)

        found = find(Kind.ALIKE, Kind.CAMPAIGN)

        assert [one.kind for one in found] == [Kind.CAMPAIGN]

    def test_a_letter_without_the_tag_is_told_where_its_shared_words_are_tagged(
        self, letters: Inquiry, find: Find
    ) -> None:
        head, letter = letters.documents
        letters.tag(head, 0, "Buses", "Ada")
        letters.tag(letter, 2, "Food", "Ada")
        letters.read(letter)
        assert find(Kind.CAMPAIGN, Kind.LACKING) == []  # the campaign is coded in its head alone

        for document in (head, letter):
            letters.tag(document, 1, "Gardens", "Ada")

        [one] = find(Kind.CAMPAIGN, Kind.LACKING)
        assert (
            one.said == "The same words are tagged “Buses” in PLN0001, and not tagged in PLN0002."
        )
        assert [passage.side for passage in one.passages] == ["", "Not tagged"]
