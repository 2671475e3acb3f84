"""What is pointed out in anonymous quotes, and what is not."""

from __future__ import annotations

import pytest

from coder.export.clues import Hint, clues
from coder.export.masking import Names

NAMES = Names(people=("Gwenllian Hughes",))


@pytest.mark.parametrize(
    ("said", "words", "hint"),
    [
        ("I asked Mrs Patel’s son", "Patel", Hint.TITLED),
        ("then Dr. Anna Novak-Lee came", "Anna Novak-Lee", Hint.TITLED),
        ("Cllr Ōe was kind", "Ōe", Hint.TITLED),
        ("they call me Gwen here", "Gwen", Hint.LIKE),
        ("signed, Gwenlian", "Gwenlian", Hint.LIKE),
        ("ring 07700 900123 today", "07700 900123", Hint.PHONE),
        ("ring +44 (0)20 7946 0018.", "+44 (0)20 7946 0018", Hint.PHONE),
        ("write to clerk@ward.example.", "clerk@ward.example", Hint.ADDRESS),
        ("or @ward_clerk", "@ward_clerk", Hint.ADDRESS),
        ("at 4 Elm Row, ws1 1aa", "ws1 1aa", Hint.POSTCODE),
    ],
)
def test_what_may_tell_of_a_person_is_pointed_out(said: str, words: str, hint: Hint) -> None:
    [clue] = clues(said, NAMES)
    assert (clue.words, clue.hint) == (words, hint)
    assert said[clue.start : clue.end] == words


@pytest.mark.parametrize(
    "said",
    [
        "We opened in 2019 with 1,200 visitors and 35 helpers.",
        "[name] rang [Mrs Wren] and [name]@",
        "Hugh said so, as mrs patel did, on 18.09.2020 at 10:30.",
        "The Church Hall stood empty.",
    ],
)
def test_plain_words_are_not(said: str) -> None:
    assert clues(said, Names(people=("Ada Brook",))) == []
