"""Frequencies, places and pairs in a few texts whose counts are known by hand."""

from __future__ import annotations

from math import log, log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.analysis.words import Vocabulary, tokens, words_of
from coder.analysis.words_counts import Corpus, Measure, Order
from coder.domain.errors import Cancelled

LETTERS = (
    "The food bank feeds our street.\nThe food bank is in the chapel.",
    "A bank of volunteers runs the Food Bank, and volunteering feeds us.",
    "Nobody volunteered.",
)


def corpus(*texts: str, owners: tuple[int, ...] = ()) -> Corpus:
    """These texts, a part for each line, each of a submission of its own unless told."""
    vocabulary = Vocabulary()
    return Corpus(
        vocabulary, [_tokens(one, vocabulary) for one in texts], owners or range(len(texts))
    )


def _tokens(text: str, vocabulary: Vocabulary):
    ends, place = [], 0
    for line in text.split("\n"):
        ends.append((place, place + len(line)))
        place += len(line) + 1
    return tokens(text, ends, vocabulary)


def found(counted: Corpus, query: str, order: Order = Order.PLACE, **how) -> list[str]:
    """The words found, each with the word behind it."""
    places = counted.places(query, order, **how)
    texts = [places.at(row) for row in range(len(places))]
    return [f"{source}:{LETTERS[source][start:end]}" for source, start, end in texts]


# Frequencies


def test_words_are_counted_with_their_submissions_and_per_10_000() -> None:
    counted = corpus(*LETTERS)
    first, *_ = counted.frequencies(small=False, families=False)

    assert counted.size == 13 + 12 + 2
    assert (first.word, first.count, first.submissions) == ("bank", 4, 2)
    assert first.per_10_000 == pytest.approx(10_000 * 4 / 27)


def test_small_words_are_there_on_wish_and_always_in_the_whole() -> None:
    every = {one.word: one for one in corpus(*LETTERS).frequencies(small=True, families=False)}
    some = {one.word: one for one in corpus(*LETTERS).frequencies(small=False, families=False)}

    assert every["the"].count == 4
    assert "the" not in some
    assert every["food"] == some["food"]
    assert sum(one.count for one in every.values()) == 27


def test_a_family_is_called_by_its_most_frequent_form_and_names_all() -> None:
    counted = corpus("volunteers volunteers volunteer", "volunteering bus")
    first, second = counted.frequencies(small=False, families=True)

    assert (first.word, first.count, first.submissions) == ("volunteers", 4, 2)
    assert first.forms == ("volunteers", "volunteer", "volunteering")
    assert (second.word, second.forms) == ("bus", ("bus",))


def test_two_documents_of_one_submission_are_one_submission() -> None:
    counted = corpus("bus", "bus", "bus", owners=(0, 0, 1))

    [bus] = counted.frequencies(small=False, families=False)
    assert (bus.count, bus.submissions, counted.submissions) == (3, 2, 2)


def test_nothing_has_no_words() -> None:
    for empty in (corpus(), corpus("", "…")):
        assert empty.frequencies(small=True, families=True) == []
        assert empty.pairs() == []
        assert len(empty.places("bus")) == 0
        assert (empty.size, empty.submissions) == (0, 0)


# Places


def test_a_phrase_is_found_whatever_its_case_and_never_across_paragraphs() -> None:
    counted = corpus(*LETTERS)

    assert found(counted, "food bank") == ["0:food bank", "0:food bank", "1:Food Bank"]
    assert found(counted, "street the") == []
    assert found(counted, "  ") == []
    assert found(counted, "bank food zebra") == []


def test_stars_stand_for_letters_and_for_words() -> None:
    counted = corpus(*LETTERS)

    assert found(counted, "volunteer*") == ["1:volunteers", "1:volunteering", "2:volunteered"]
    assert found(counted, "the * bank") == ["0:The food bank", "0:The food bank", "1:the Food Bank"]
    assert found(counted, "*ing") == ["1:volunteering"]


def test_words_may_stand_apart_within_a_paragraph() -> None:
    counted = corpus(*LETTERS)

    assert found(counted, "food …3 street") == []
    assert found(counted, "food …4 street") == ["0:food bank feeds our street"]
    assert found(counted, "food ... street") == found(counted, "food …4 street")
    assert found(counted, "street …5 food") == []
    assert found(counted, "the …9 bank") == [
        "0:The food bank", "0:The food bank", "1:the Food Bank",
    ]  # fmt: skip
    assert found(counted, "… bank") == found(counted, "bank …") == found(counted, "bank")
    assert found(counted, "…") == []


def test_the_last_word_may_be_a_beginning_while_it_is_typed() -> None:
    counted = corpus(*LETTERS)

    assert found(counted, "food ba") == found(counted, "food bank")
    assert found(counted, "volunteering f") == ["1:volunteering feeds"]
    assert found(counted, "bank") == found(counted, "ban")
    assert found(counted, "foo bank") == []


def test_families_take_in_every_form() -> None:
    counted = corpus(*LETTERS)

    assert found(counted, "volunteer", families=True) == [
        "1:volunteers", "1:volunteering", "2:volunteered",
    ]  # fmt: skip
    assert found(counted, "volunteered", families=True) == found(
        counted, "volunteer", families=True
    )


def test_accents_and_apostrophes_need_not_be_typed_as_they_stand() -> None:
    counted = corpus("The café isn’t open.")

    assert len(counted.places("cafe")) == len(counted.places("café")) == 1
    assert len(counted.places("isn't open")) == 1
    assert len(counted.places("caf*")) == 1


def test_places_are_put_in_order_of_the_words_before_or_behind() -> None:
    text = "big bus stop. a bus lane. a bus depot. bus"
    counted = corpus(text)

    def heard(order: Order) -> list[str]:
        places = counted.places("bus", order)
        return [text[places.at(row)[1] :][:9] for row in range(len(places))]

    assert heard(Order.PLACE) == ["bus stop.", "bus lane.", "bus depot", "bus"]
    assert heard(Order.AFTER) == ["bus", "bus depot", "bus lane.", "bus stop."]
    assert heard(Order.BEFORE) == ["bus depot", "bus lane.", "bus stop.", "bus"]


@given(st.lists(st.text(alphabet="ab \n", max_size=30), max_size=4), st.sampled_from(["a", "a b"]))
def test_as_many_places_as_there_are_in_the_lines(texts: list[str], query: str) -> None:
    counted = corpus(*texts)
    wanted = query.split()
    expected = 0
    for line in (line for text in texts for line in text.split("\n")):
        words = words_of(line)
        expected += sum(words[place : place + len(wanted)] == wanted for place in range(len(words)))
    if all(counted.vocabulary.known(word) is not None for word in wanted):
        assert len(counted.places(query)) == expected
    for order in Order:
        ordered = counted.places(query, order)
        assert sorted(ordered.first.tolist()) == counted.places(query).first.tolist()


# Pairs


def worked() -> Corpus:
    """A thousand words: *food* 15 times, *bank* 20 times, 8 of them right behind *food*."""
    lines = ["food bank"] * 8 + ["food"] * 7 + ["bank"] * 12
    rest = [f"other{number}" for number in range(1000 - 8 * 2 - 7 - 12)]
    return corpus("\n".join([*lines, *rest]))


def test_the_log_likelihood_ratio_is_as_worked_out_by_hand() -> None:
    """Dunning 1993: G² = 2 Σ O ln(O/E) over the four cells of the table. Here the cells are 8, 12,
    7 and 973, and those expected by chance 0.3, 19.7, 14.7 and 965.3."""
    [pair] = worked().pairs(fewest=3)

    by_hand = 2 * (
        8 * log(8 / 0.3) + 12 * log(12 / 19.7) + 7 * log(7 / 14.7) + 973 * log(973 / 965.3)
    )
    assert by_hand == pytest.approx(45.71, abs=0.01)
    assert (pair.first, pair.second, pair.count, pair.submissions) == ("food", "bank", 8, 1)
    assert pair.score == pytest.approx(by_hand)


def test_mutual_information_is_how_many_times_more_often_than_by_chance_in_bits() -> None:
    [pair] = worked().pairs(fewest=3, measure=Measure.PMI)

    assert pair.score == pytest.approx(log2(8 * 1000 / (15 * 20)))


def test_pairs_that_are_too_seldom_or_no_more_than_chance_are_left_out() -> None:
    assert worked().pairs(fewest=9) == []
    assert corpus("a1 b1\na1\nb1\nb1 a1\na1 a1 b1 b1 b1 a1").pairs(fewest=2) == []


def test_small_words_are_in_pairs_only_on_wish() -> None:
    text = "\n".join(["in the hall"] * 5 + [f"word{number}" for number in range(50)])

    assert corpus(text).pairs() == []
    assert [(one.first, one.second) for one in corpus(text).pairs(small=True)] == [
        ("in", "the"), ("the", "hall"),
    ]  # fmt: skip


def test_a_window_takes_in_words_further_apart_in_the_same_paragraph() -> None:
    lines = ["food and other bank"] * 4 + ["food", "bank"] + [f"w{number}" for number in range(90)]
    counted = corpus("\n".join(lines))

    assert not [one for one in counted.pairs(window=2) if one.second == "bank"]
    [pair] = [one for one in counted.pairs(window=4) if one.second == "bank"]
    assert (pair.first, pair.count) == ("food", 4)


def test_pairs_tell_in_how_many_submissions_they_stand() -> None:
    filler = "\n".join(f"w{number}" for number in range(60))
    counted = corpus("food bank\nfood bank", "food bank", "choir hall\n" * 3 + filler)

    spread = {(one.first, one.second): one.submissions for one in counted.pairs(fewest=3)}
    assert spread == {("food", "bank"): 2, ("choir", "hall"): 1}


def test_counting_pairs_can_be_stopped() -> None:
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        worked().pairs(check=stop)
