"""Letters of a campaign are found among others, however they were edited, and nothing else is."""

from __future__ import annotations

import pickle
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.analysis.similarity import groups, own_words, sketch, text_key

ENDS = ("ale", "and", "ear", "een", "ild", "ind", "ing", "ore", "ove", "ule")
VOCABULARY = [first + last for first in "bcdfglmnprstvw" for last in ENDS]


class Writers:
    """People who write letters: sentences of words that seldom follow each other by chance."""

    def __init__(self, seed: int = 1) -> None:
        self.random = Random(seed)

    def sentence(self) -> str:
        """From eight to 27 words."""
        words = self.random.choices(VOCABULARY, k=self.random.randrange(8, 28))
        return " ".join(words).capitalize() + "."

    def sentences(self, words: int) -> list[str]:
        """Sentences of at least so many words in all."""
        written: list[str] = []
        while sum(map(_length, written)) < words:
            written.append(self.sentence())
        return written

    def text(self, words: int) -> str:
        """One person's own text."""
        return " ".join(self.sentences(words))

    def letter(self, campaign: list[str], edits: float, added: int, *, moved: bool = False) -> str:
        """A campaign's letter with this share of its words changed, words of one's own put in at
        one place, its sentences perhaps in another order, and a name above and below."""
        body = self.random.sample(campaign, len(campaign)) if moved else list(campaign)
        body = [self._edited(sentence, edits) for sentence in body]
        place = self.random.randrange(len(body) + 1)
        body[place:place] = self.sentences(added)
        return f"Dear {self._name()},\n{' '.join(body)}\nYours, {self._name()}"

    def _edited(self, sentence: str, edits: float) -> str:
        random = self.random
        return " ".join(
            random.choice(VOCABULARY) if random.random() < edits else word
            for word in sentence.split()
        )

    def _name(self) -> str:
        return " ".join(self.random.choices(VOCABULARY, k=2)).title()


def _length(text: str) -> int:
    return len(text.split())


@pytest.mark.parametrize(
    ("edits", "added", "moved"),
    [(0, 0, False), (0.05, 0, False), (0.12, 0, False), (0.03, 40, False), (0.03, 30, True)],
)
def test_letters_of_campaigns_are_found_among_others(edits: float, added: int, moved: bool) -> None:
    writers = Writers()
    campaigns = [writers.sentences(180) for _ in range(3)]
    texts = [writers.text(60 + number) for number in range(60)]
    for campaign in campaigns:
        texts += [writers.letter(campaign, edits, added, moved=moved) for _ in range(20)]

    found = groups([sketch(text) for text in texts])

    assert found == [list(range(start, start + 20)) for start in (60, 80, 100)]


def test_a_campaign_is_found_when_nearly_everyone_sent_its_letter() -> None:
    writers = Writers()
    campaign = writers.sentences(200)
    letters = [writers.letter(campaign, 0.05, 30) for _ in range(95)]
    texts = [*letters, *(writers.text(150) for _ in range(5))]

    found = groups([sketch(text) for text in texts])

    assert found == [list(range(95))]


@pytest.mark.parametrize("others", [0, 20, 100])
@pytest.mark.parametrize("own", [80, 150, 300])
def test_a_disclaimer_does_not_join_unrelated_letters(own: int, others: int) -> None:
    writers = Writers()
    disclaimer = writers.text(100)
    texts = [f"{writers.text(own)}\n\n{disclaimer}" for _ in range(40)]
    texts += [writers.text(200) for _ in range(others)]

    assert groups([sketch(text) for text in texts]) == []


@pytest.mark.parametrize("answer", [25, 60])
def test_the_questions_of_a_form_do_not_join_its_answers(answer: int) -> None:
    writers = Writers()
    questions = [writers.sentence()[:-1] + "?" for _ in range(6)]
    texts = ["\n".join(f"{q}\n{writers.text(answer)}" for q in questions) for _ in range(40)]

    assert groups([sketch(text) for text in texts]) == []


def test_a_campaign_below_everyones_disclaimer_is_found_alone() -> None:
    writers = Writers()
    disclaimer, campaign = writers.text(100), writers.sentences(150)
    texts = [f"{writers.text(200)}\n{disclaimer}" for _ in range(60)]
    texts += [f"{writers.letter(campaign, 0.02, 0)}\n{disclaimer}" for _ in range(10)]

    found = groups([sketch(text) for text in texts])

    assert found == [list(range(60, 70))]


def test_a_letter_that_is_mostly_its_writers_own_is_read_by_itself() -> None:
    writers = Writers()
    campaign = writers.sentences(150)
    letters = [writers.letter(campaign, 0.02, 0) for _ in range(10)]

    found = groups([sketch(text) for text in (*letters, writers.letter(campaign, 0, 400))])

    assert found == [list(range(10))]


def test_short_texts_are_not_alike_by_chance() -> None:
    texts = ["Please find our evidence attached, with many thanks for your time."] * 3

    assert groups([sketch(text) for text in texts]) == []


@pytest.mark.parametrize(
    ("odd", "words"),
    [("?" * 100_000 + "a", 1), ("e" + "\u0301" * 100_000, 1), ("a'" * 50_000, 1)],
)
def test_odd_texts_cost_no_more_than_others(odd: str, words: int) -> None:
    assert sketch(odd).words == words
    assert own_words(odd, odd) == []


def test_long_letters_are_sampled_and_still_found() -> None:
    writers = Writers()
    campaign = writers.sentences(3000)
    sketches = [sketch(writers.letter(campaign, 0.04, 100)) for _ in range(5)]

    found = groups([*sketches, sketch(writers.text(3000))])

    assert found == [list(range(5))]
    assert all(len(pickle.dumps(one)) < 8_000 for one in sketches)


def test_text_without_spaces_between_words_is_compared_too() -> None:
    random = Random(1)
    letter = "".join(chr(0x4E00 + random.randrange(3000)) for _ in range(120))
    other = "".join(chr(0x4E00 + random.randrange(3000)) for _ in range(120))

    assert groups([sketch(text) for text in (letter, other, f"{letter}謝謝")]) == [[0, 2]]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("It didn’t help.", "IT  didn't\nhelp!", True),
        ("A caf\u00e9 for us", "A cafe\u0301 for us", True),
        ("volun\u00adteers", "volunteers", True),
        ("They met.", "They met twice.", False),
        ("£1.50", "£150", False),
        ("met they", "they met", False),
    ],
)
def test_the_key_of_a_text_is_of_its_words_in_their_order(one: str, other: str, same: bool) -> None:
    assert (text_key(one) == text_key(other)) is same


def test_a_text_without_words_has_no_key() -> None:
    assert text_key(" …\n— ") == ""


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("We met often. Shops were closed.", []),
        ("We met VERY often. Shops were closed.", ["VERY"]),
        ("Shops were closed. We met often.", []),
        ("We met often. We sang, too. Shops were closed.", ["We sang, too."]),
        ("😀 We met often. Shops were closed. Yours, Zoë", ["Yours, Zoë"]),
        ("We met rather more seldom. Shops were closed!", ["rather more seldom."]),
    ],
)
def test_own_words_are_those_that_the_representative_does_not_have(
    text: str, own: list[str]
) -> None:
    spans = own_words(text, "We met often. Shops were closed.")

    assert [text[start:end] for start, end in spans] == own


def test_what_a_writer_put_into_a_letter_is_shown_whole() -> None:
    writers = Writers()
    campaign, addition = writers.sentences(150), writers.text(60)
    letter = " ".join([*campaign[:4], addition, *campaign[4:]])

    spans = own_words(letter, " ".join(campaign))

    assert [letter[start:end] for start, end in spans] == [addition]


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=300), st.text(max_size=300))
def test_own_words_are_rising_spans_for_any_texts(text: str, representative: str) -> None:
    place = 0
    for start, end in own_words(text, representative):
        assert place <= start < end <= len(text)
        place = end
    assert own_words(text, text) == []


@settings(deadline=None, max_examples=100)
@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=60).map(" ".join), max_size=12))
def test_groups_are_disjoint_rising_and_of_two_or_more(texts: list[str]) -> None:
    found = groups([sketch(text) for text in texts])

    members = [member for group in found for member in group]
    assert len(members) == len(set(members))
    assert all(len(group) > 1 and group == sorted(group) for group in found)
    assert set(members) <= set(range(len(texts)))
