"""Names behind anonymous evidence do not leave with it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.model import Permission, Status, Submission
from coder.export.masking import (
    MASK,
    Names,
    can_be_found,
    known,
    mask,
    names_of,
    secret_names,
)

PERSON = Names(people=("Dr Gwenllian Hughes-Jones",))
BANK = Names(organisations=("The Walsall Food Bank Ltd",))


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("I, Gwenllian Hughes-Jones, say so.", "I, [name], say so."),
        ("GWENLLIAN said it", "[name] said it"),
        ("Mrs Hughes-Jones’s garden", "Mrs [name]’s garden"),
        ("ask Jones or gwenllian", "ask [name] or [name]"),
        ("Gwenllian\n  Hughes-Jones", "[name]"),
        ("Gwénllian", "[name]"),
        ("Gwe\u0301nllian wrote", "[name] wrote"),
        ("Gwen\u00adllian and Hug\u200bhes", "[name] and [name]"),
        ("hughes_1962", "[name]_1962"),
        ("write to g.hughesjones@example.org today", "write to [name] today"),
        ("@gwenllianH", "[name]"),
        ("Joneston and Gwenllians stay", "Joneston and Gwenllians stay"),
        ("Dr Who is not meant", "Dr Who is not meant"),
    ],
)
def test_a_person_is_masked_by_whole_name_and_by_part(said: str, left: str) -> None:
    assert mask(said, PERSON) == left


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("We at the Walsall Food Bank", "We at the [name]"),
        ("walsall  food\nbank", "[name]"),
        ("WalsallFoodBank", "[name]"),
        ("The food bank in Walsall", "The food bank in Walsall"),
        ("help@walsallfoodbank.example", "[name]"),
    ],
)
def test_an_organisation_is_masked_as_a_whole_only(said: str, left: str) -> None:
    assert mask(said, BANK) == left


def test_and_means_the_same_as_an_ampersand() -> None:
    assert mask("Adler and Sons closed", Names(organisations=("Adler & Sons",))) == "[name] closed"
    assert mask("Adler & Sons closed", Names(organisations=("Adler and Sons",))) == "[name] closed"


@pytest.mark.parametrize(
    ("name", "said", "left"),
    [
        ("Jo Li", "Jo Li met Jo or Li", "[name] met [name] or [name]"),
        ("Ed Ng", "ED, ed and Eddie tested ng", "[name], ed and Eddie tested ng"),
        ("Jo Li", "jo@example.org", "[name]"),
        ("Ann Ode MP", "my MP and Dr Ode", "my MP and Dr [name]"),
        ("O’Brien", "Mr O'Brien", "Mr [name]"),
        ("Sean O'Brien", "Mr O’Brien and OBrien", "Mr [name] and [name]"),
        ("Kate Kowalska", "Mrs Kowal-\n  ska", "Mrs [name]"),
        ("Kate Kowalska", "Mrs Kowal\u00ad\r\nska", "Mrs [name]"),
        ("Ada Hughes-Jones", "Mrs Hughes-\nJones", "Mrs [name]-\n[name]"),
        ("gwen@example.org", "Gwen from example.org", "[name] from example.org"),
        ("李明", "我是李明。", "我是[name]。"),
        ("سارة", "وسارة", "و[name]"),
        ("Straße", "STRASSE", "[name]"),
        ("Jane Lord", "thank the Lord", "thank the [name]"),
        ("Ann and Tom Ode", "Ann and Tom and the rest", "[name] and [name] and the rest"),
    ],
)
def test_names_of_every_shape(name: str, said: str, left: str) -> None:
    assert mask(said, Names(people=(name,))) == left


@pytest.mark.parametrize("name", ["", "  ", "Anonymous", "Name withheld", "–", "42"])
def test_what_is_no_name_masks_nothing(name: str) -> None:
    said = "An anonymous name was withheld from 42 people."
    assert mask(said, Names(people=(name,), organisations=("", "–"))) == said


@pytest.mark.parametrize(
    ("before", "said", "after", "left"),
    [
        ("Mrs K", "owalska spoke", "", "[name] spoke"),
        ("J", "ill M", "ason", "[name]"),
        ("I am Jill", " Mason", "", "[name]"),
        ("", "ask Kowal-", "\nska", "ask [name]"),
        ("write to jill.", "mason@ex", "ample.org", "[name]"),
        ("Ja", "son ran a mason", "ry", "son ran a [name]"),
        ("Jill Mason said", " nothing.", " Jill", " nothing."),
    ],
)
def test_a_name_that_goes_on_outside_the_words_is_masked_inside(
    before: str, said: str, after: str, left: str
) -> None:
    assert mask(said, Names(people=("Jill Mason", "Eva Kowalska")), before, after) == left


def test_secret_are_the_names_that_may_not_be_told() -> None:
    told = Submission("s1", "SIC0001", "Ann", "Tarn", permission=Permission.NAMED)
    hidden = [
        replace(told, respondent="Ben", organisation="", permission=Permission.UNKNOWN),
        replace(told, respondent="Cyd", status=Status.WITHDRAWN),
    ]
    assert secret_names([told, *hidden]) == Names(("Ben", "Cyd"), ("", "Tarn"))


def test_an_address_without_a_name_stays() -> None:
    said = "write to clerk@council.example"
    assert mask(said, Names(people=("Gwen",), organisations=("The", "B&Q"))) == said


def test_the_names_are_those_of_the_submission() -> None:
    found = names_of([Submission("s1", "SIC0001", "Gwen", "Tarn Street")])
    assert found == {"s1": Names(("Gwen",), ("Tarn Street",))}


def test_a_hostile_text_takes_no_longer_than_its_length() -> None:
    said = "x" * 300_000 + " @ " + "gwenllian" + " " * 300_000 + "and" * 1000
    assert mask(said, PERSON) == said.replace("gwenllian", "[name]")


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=40)


@given(before=words, after=words)
def test_a_name_between_any_words_is_gone_and_the_words_stay(before: str, after: str) -> None:
    masked = mask(f"{before} Qwxzvk {after}", Names(people=("Qwxzvk",)))
    assert "qwxzvk" not in masked.casefold()
    assert masked.startswith(before.rstrip())
    assert masked.endswith(after.lstrip())
    assert MASK in masked


@given(words)
def test_without_its_name_a_text_stays_as_it_is(text: str) -> None:
    assert mask(text, Names(people=("Qwxzvk Bvnmtr",), organisations=("Plokij",))) == text


ROSE = Names(("Mr Gwil Hughes-Jones",), ("Tarn Trust",), ("Mrs Patel", "Elm Row", "4b"), "Wren")


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("I, Gwil Hughes-Jones, say so.", "I, [Wren], say so."),
        ("Mr Jones of the Tarn Trust", "Mr [Wren] of the [name]"),
        ("Gwil and Mrs. Patel of 4B, Elm  Row", "[Wren] and [withheld] of [withheld], [withheld]"),
        ("Jones Elm Row", "[Wren] [withheld]"),
        ("gwil@elmrow.example", "[withheld]"),
        ("14b and 4bc, Elm Rows, Patel", "14b and 4bc, Elm Rows, Patel"),
        ("gwil@tarntrust.example", "[Wren]"),
    ],
)
def test_a_pseudonym_stands_for_the_person_and_for_nobody_else(said: str, left: str) -> None:
    assert mask(said, ROSE) == left


def test_of_several_people_only_all_of_them_are_the_pseudonym() -> None:
    names = Names(people=("Ann Ode and Tom Ode",), pseudonym="Wren and Reed")
    said = "Ann Ode and Tom Ode; Tom asked Ann"
    assert mask(said, names) == "[Wren and Reed]; [name] asked [name]"


def test_a_name_that_holds_the_persons_is_another_ones() -> None:
    names = Names(("Jill Mason", "Tom Mason"), ("Jill Mason Trust",), pseudonym="Wren")
    said = "Jill, Tom Mason, the Jill Mason Trust"
    assert mask(said, names) == "[Wren], [name], the [name]"


def test_further_words_come_with_what_was_joined() -> None:
    one = Submission("s1", "SIC0001", "Gwen", also_masked="Elm Row; ; Bo", pseudonym="Wren")
    other = replace(one, id="s2", status=Status.JOINED, of_id="s1", also_masked="Tess\nUla")
    found = names_of([one, other])["s1"]
    assert (found.also, found.pseudonym) == (("Elm Row", "Bo", "Tess", "Ula"), "Wren")


def test_further_words_alone_do_not_say_whom_to_mask() -> None:
    assert not known(Names(also=("Elm Row",), pseudonym="Wren"))
    assert can_be_found("4b")
    assert not can_be_found("–x–")


def test_a_name_that_folds_to_nothing_hides_nothing() -> None:
    odd = "\uff9e’\uff9e"  # signs that only change the letter before them
    assert mask("A bus, Ann.", Names((f"Ann {odd}",))) == "A bus, [name]."


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Łukasz Wałęsa", "Lukasz spoke, and Mr WALESA too"),
        ("Lukasz Walesa", "Łukasz spoke, and Mr WAŁĘSA too"),
        ("Bjørn Sæther", "Bjorn spoke, and Mr Saether too"),
        ("Dođa Þorn", "Doda spoke, and Mr Thorn too"),
    ],
)
def test_letters_with_a_stroke_are_the_letters_people_write_for_them(name: str, words: str) -> None:
    assert mask(words, Names(people=(name,))) == "[name] spoke, and Mr [name] too"
