"""Languages are found by the name or code that a person types."""

from __future__ import annotations

import pytest
from faster_whisper.tokenizer import _LANGUAGE_CODES

from coder.domain.errors import Refused
from coder.project.languages import language_code, language_name, languages


def test_all_that_whisper_knows_is_there_english_and_welsh_first() -> None:
    assert set(languages()) == set(_LANGUAGE_CODES)
    assert list(languages())[:2] == ["en", "cy"]
    assert len(set(languages().values())) == len(languages())


@pytest.mark.parametrize(
    ("typed", "code"), [("Welsh", "cy"), (" wel", "cy"), ("CY", "cy"), ("english", "en")]
)
def test_a_language_is_found_by_its_name_its_beginning_or_its_code(typed: str, code: str) -> None:
    assert language_code(typed) == code


@pytest.mark.parametrize("typed", ["Irish", "", "chin", "Klingon"])
def test_what_is_no_language_of_whispers_or_several_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match=f"Whisper knows no language “{typed}”"):
        language_code(typed)


def test_a_code_that_is_not_known_is_its_own_name() -> None:
    assert (language_name("cy"), language_name("xx")) == ("Welsh", "xx")
