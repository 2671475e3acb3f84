"""What is said of a model, as it stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coder.project.models import Entry, Model, Speed
from coder.ui.models import words

MISSING = Entry("small", "small", "ctranslate2", (), 486_000_000)
MODEL = Model("small", "small", "ctranslate2", Path("/home/ada/models/small"), (), 486_000_000)
HERE = replace(MISSING, model=MODEL, own=True)


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        (MISSING, "Not here"),
        (replace(MISSING, recommended=True), "Not here · suits this machine"),
        (replace(MISSING, kept=210_000_000), "210 MB of 486 MB here"),
        (HERE, "Installed"),
        (replace(HERE, default=True, recommended=True), "Default · suits this machine"),
        (replace(HERE, own=False), "Comes with the program"),
        (replace(MISSING, problem="It is incomplete.", own=True), "Damaged"),
    ],
)
def test_the_state_of_a_model_is_said_in_a_few_words(entry: Entry, state: str) -> None:
    assert words.state(entry) == state


def test_a_download_says_what_it_costs_before_it_is_asked_for() -> None:
    told = words.about(MISSING)

    assert "486 MB" in told
    assert "once" in told
    assert "needs the internet" in told


def test_a_stopped_download_says_that_it_goes_on() -> None:
    assert "210 MB of 486 MB are here" in words.about(replace(MISSING, kept=210_000_000))


def test_an_installed_model_says_where_it_lies_and_how_fast_it_is() -> None:
    assert "/home/ada/models/small" in words.about(HERE).replace("\\", "/")
    assert "Try speed" in words.about(HERE)

    tried = replace(HERE, speed=Speed(30, 6.4, 2.2))
    assert "takes about 13 minutes on this machine; loading the model takes 2 seconds" in (
        words.about(tried)
    )
    assert words.speed(tried) == "about 13 minutes"
    assert (words.speed(HERE), words.speed(MISSING)) == ("Not tried", "")


def test_a_damaged_model_says_why_and_what_to_do() -> None:
    problem = "It is incomplete: model.bin is missing."

    assert (
        words.about(replace(MISSING, problem=problem)) == f"{problem} Get it again, or remove it."
    )


def test_what_comes_with_the_program_says_why_it_is_or_cannot_be_the_default() -> None:
    shipped = replace(HERE, own=False, knows_sample=True)

    assert "it cannot be made the default" in words.about(shipped)
    assert "chosen the last time" in words.about(replace(shipped, default=True))
    assert words.state(replace(shipped, default=True)) == "Default · comes with the program"
    # A copy that a person installed knows no more than it does
    assert "tests only" in words.about(replace(HERE, knows_sample=True))


def test_languages_and_names_are_said_as_people_say_them() -> None:
    assert words.languages(MISSING) == "Many"
    assert words.languages(replace(MISSING, languages=("en",))) == "English"
    assert words.languages(replace(MISSING, languages=("en", "cy"))) == "en, cy"
    assert words.name(replace(HERE, format="openai")) == "small (for whisper)"
