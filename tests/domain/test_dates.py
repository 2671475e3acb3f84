"""Days are read as people in Britain write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.dates import day_of, day_shown


@given(st.dates())
def test_a_day_is_read_in_every_way_it_is_written(day: date) -> None:
    year = f"{day.year:04}"
    months = "January February March April May June July August September October November December"
    month = months.split()[day.month - 1]
    for words in (
        day.isoformat(),
        f"{day.day}/{day.month}/{year}",
        f"{day.day:02}/{day.month:02}/{year}",
        f"{day.day}.{day.month}.{year}",
        f"{day.day} {month} {year}",
        f"  {day.day}  {month[:3].upper()}, {year} ",
    ):
        assert day_of(words) == day


@given(st.dates())
def test_a_day_that_is_shown_is_read_as_the_same_day(day: date) -> None:
    assert day_of(day_shown(f"{day.isoformat()}T16:04:05Z")) == day
    assert day_shown("soon") == "soon"


def test_ordinals_and_the_british_order() -> None:
    assert day_of("1st Sept 2020") == day_of("01/09/2020") == date(2020, 9, 1)


@pytest.mark.parametrize(
    "words", ["", "soon", "31/02/2020", "2020-13-01", "09/18/2020", "18 Brumaire 1799", "18/09/20"]
)
def test_what_is_no_day_is_none(words: str) -> None:
    assert day_of(words) is None
