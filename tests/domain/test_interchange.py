"""GUIDs in whatever form, and three texts in one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.interchange import derived, described, guid, id_of, palette_colour, told

LINES = st.lists(
    st.sampled_from(["", "a", " b", "Use when:", "\\Use when:", "Do not use when:", "\\\\", "Use"]),
    max_size=5,
).map("\n".join)


@given(LINES, LINES, LINES)
def test_three_texts_on_a_code_come_back_from_one(one: str, two: str, three: str) -> None:
    assert told(described(one, two, three)) == (one, two, three)


def test_a_text_of_another_program_is_a_definition() -> None:
    assert told("Some words.\n\nUse when it rains.") == (
        "Some words.\n\nUse when it rains.",
        "",
        "",
    )


@pytest.mark.parametrize(
    "form",
    [
        "6B6F6C62-1111-4A2B-8C3D-000000000001",
        "{6b6f6c62-1111-4a2b-8c3d-000000000001}",
        " 6b6f6c6211114a2b8c3d000000000001 ",
    ],
)
def test_a_guid_means_one_id_in_every_form(form: str) -> None:
    assert id_of(form) == "6b6f6c6211114a2b8c3d000000000001"
    assert guid(id_of(form)) == "6b6f6c62-1111-4a2b-8c3d-000000000001"


def test_what_is_no_guid_has_an_id_that_stays() -> None:
    assert id_of("code 7") == id_of("code 7") == derived("code 7")
    assert len(id_of("code 7")) == 32


@pytest.mark.parametrize(
    ("said", "name"),
    [("#2082d1", "blue"), ("#FF2082D1", "blue"), ("#28d", "blue"), ("red", ""), ("", "")],
)
def test_colours_of_other_programs(said: str, name: str) -> None:
    assert palette_colour(said) == name
