"""What can be told by counting: the codebook, lengths, and what bears no tag."""

from __future__ import annotations

import pytest

from coder.analysis.consistency.findings import Kind
from coder.domain.model import Status
from tests.analysis.consistency.conftest import Find
from tests.planted import TOPICS, Inquiry


@pytest.fixture
def begun(inquiry: Inquiry) -> Inquiry:
    """Every code on five passages."""
    for topic in TOPICS:
        for _ in range(5):
            inquiry.tag(inquiry.letter([inquiry.paragraph(topic)]), 0, topic)
    return inquiry


def said(findings) -> list[str]:
    return [one.said for one in findings]


def test_a_code_is_unused_once_coding_has_begun(inquiry: Inquiry, find: Find) -> None:
    assert find(Kind.UNUSED, Kind.ONCE) == []


def test_codes_unused_and_used_once(begun: Inquiry, find: Find) -> None:
    begun.code("Lighthouses", "Towers with a lamp.")
    begun.code("Ferries", "Boats.")
    letter = begun.letter([begun.paragraph()])
    begun.tag(letter, 0, "Ferries", "Ada")
    begun.tag(letter, 0, "Ferries", "Ben")

    assert said(find(Kind.UNUSED, Kind.ONCE)) == [
        "No passage bears “Lighthouses”.",
        "One passage alone bears “Ferries”.",
    ]


def test_headings_and_questions_need_no_passage(begun: Inquiry, find: Find) -> None:
    begun.code("Getting about")
    begun.tag(begun.documents[0], 0, begun.code("Bikes", "Two wheels.", "Getting about"))
    begun.tag(begun.documents[1], 0, "Getting about/Bikes")
    begun.code("What should be done…", "What should be done first?")

    assert find(Kind.UNUSED) == []


def test_a_code_in_use_without_a_definition(inquiry: Inquiry, find: Find) -> None:
    letter = inquiry.letter([inquiry.paragraph()])
    for coder in ("Ada", "Ben"):
        inquiry.tag(letter, 0, inquiry.code("Noise") if coder == "Ada" else "Noise", coder)
    inquiry.code("Silence")

    [one] = find(Kind.UNDEFINED)

    assert one.said == "“Noise” is on one passage, and nothing says what it means."
    assert [tag.coder for tag in one.passages[0].tags] == ["Ada", "Ben"]


def test_a_tag_of_one_word_unless_the_code_is_of_single_words(begun: Inquiry, find: Find) -> None:
    letter = begun.letter(["We met for a meal in Leeds and then in York."])
    begun.tag(letter, "meal", "Food")
    place = begun.code("Places", "Names of places.")
    for name in ("Leeds", "York"):
        begun.tag(letter, name, place)

    assert said(find(Kind.SHORT, Kind.LONG)) == ["“Food” is put on one word in PLN0051 by Ada."]


def test_a_tag_of_pages_unless_the_code_is_of_whole_texts(begun: Inquiry, find: Find) -> None:
    long = begun.letter([begun.paragraph("Sport") for _ in range(20)])
    begun.tag(long, long.text.strip(), "Sport", "Ben")
    kind = begun.code("Angry letters", "The letter as a whole.")
    for _ in range(2):
        begun.tag(long, long.text.strip(), kind, "Ada")

    [one] = find(Kind.SHORT, Kind.LONG)

    assert one.kind is Kind.LONG
    assert one.paths == ("Sport",)


class TestNothing:
    """Submissions that were read and bear no tag."""

    def test_what_was_read_whole_is_told(self, inquiry: Inquiry, find: Find) -> None:
        letter = inquiry.letter([inquiry.paragraph() for _ in range(3)])
        assert find(Kind.NOTHING) == []
        inquiry.read(letter, "Ben")

        [one] = find(Kind.NOTHING)

        assert one.said.startswith("PLN0001 was read by Ben, has ")
        assert (one.where, one.coders) == ("PLN0001", ("Ben",))
        inquiry.tag(letter, 0, "Sport", "Ada")
        assert find(Kind.NOTHING) == []

    def test_a_few_words_or_a_blank_hold_nothing(self, inquiry: Inquiry, find: Find) -> None:
        inquiry.read(inquiry.letter(["No comment."]))
        inquiry.read(inquiry.letter([inquiry.paragraph() for _ in range(3)], status=Status.BLANK))

        assert find(Kind.NOTHING) == []

    def test_a_campaign_is_coded_in_one_letter(self, inquiry: Inquiry, find: Find) -> None:
        words = [inquiry.paragraph() for _ in range(3)]
        head = inquiry.letter(words, flags=("campaign",))
        letter = inquiry.letter(words, flags=("campaign",), of_id=head.submission_id)
        inquiry.read(letter)
        assert [one.where for one in find(Kind.NOTHING)] == ["PLN0002"]

        inquiry.tag(head, 0, "Sport")

        assert find(Kind.NOTHING) == []
