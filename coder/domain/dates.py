"""Days as people write them, read in British order."""

from __future__ import annotations

import re
from datetime import date, datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_NUMBERS = re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})")
_WORDS = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<month>[a-z]{3,9}),? (?P<year>\d{4})")


def day_of(words: str) -> date | None:
    """The day that is meant by `2020-09-18`, `18/09/2020`, `18.9.2020`, `18 September 2020` or
    `18th Sept 2020`; None where the words are no day."""
    told = " ".join(words.casefold().split())
    found = _ISO.fullmatch(told) or _NUMBERS.fullmatch(told) or _WORDS.fullmatch(told)
    if found is None:
        return None
    try:
        return date(int(found["year"]), _month(found["month"]), int(found["day"]))
    except ValueError:
        return None


def day_shown(moment: str) -> str:
    """The day of a moment in ISO 8601 as lists and forms show it, `18 Sep 2020`; what is no day
    stays as it is."""
    day = day_of(moment[:10])
    return f"{day.day} {_MONTHS[day.month - 1].title()} {day.year:04}" if day else moment


def moment_shown(moment: str) -> str:
    """The day and time of a moment in ISO 8601 by this machine's clock, `18 Sep 2020 17:04`; what
    is no moment stays as it is."""
    try:
        here = datetime.fromisoformat(moment).astimezone()
    except ValueError:
        return moment
    return f"{day_shown(here.date().isoformat())} {here:%H:%M}"


def _month(words: str) -> int:
    """The number of a month given by number or name. Raises ValueError."""
    return int(words) if words.isdigit() else _MONTHS.index(words[:3]) + 1
