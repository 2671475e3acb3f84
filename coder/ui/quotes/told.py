"""What is asked of the quotes, told in words: one for each thing that can be taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from coder.domain.dates import day_shown
from coder.domain.model import Permission, RespondentType
from coder.domain.quotes import Quote, QuoteFilter
from coder.domain.text import counted
from coder.project.quotes import Totals
from coder.ui.names import PERMISSIONS, TYPES

WORDS = {"codes": "wanted", "without": "not", "near": "near", "overlapping": "overlapping"}
"""How a code is asked for, by the field of the filter, as the tree and the chips call it."""

UNKNOWN_REGION = "Region not known"
_LONG = 44


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that is asked for, in words, and the filter without it."""

    words: str
    without: QuoteFilter


def chips(wanted: QuoteFilter, named: Callable[[str], str]) -> Iterator[Chip]:
    """All that a filter asks for. `named` gives the name of a code or basket by its id."""
    yield from _of_codes(wanted, named)
    for field, told in (
        ("types", lambda one: TYPES[RespondentType(one)]),
        ("permissions", lambda one: PERMISSIONS[Permission(one)]),
        ("regions", lambda one: one or UNKNOWN_REGION),
        ("coders", lambda one: f"by {one}"),
        ("questions", lambda one: f"asked: {named(one) or one}"),
        ("submissions", str),
        ("documents", lambda _: "in one document"),
    ):
        for one in getattr(wanted, field):
            yield Chip(_short(told(one)), _less(wanted, field, one))
    for field, words in _of_the_rest(wanted, named):
        yield Chip(_short(words), replace(wanted, **{field: getattr(QuoteFilter(), field)}))


def summary(totals: Totals) -> str:
    """How many quotes there are: `214 quotes from 61 submissions; 230 tags`."""
    return (
        f"{counted(totals.quotes, 'quote')} from {counted(totals.submissions, 'submission')};"
        f" {counted(totals.tags, 'tag')}"
    )


def spoken(quote: Quote, by_line: str, baskets: tuple[str, ...] = ()) -> str:
    """A quote as a screen reader says it."""
    marks = ", marked for use" * quote.marked + ", sensitive" * quote.sensitive
    used = f", in {', '.join(baskets)}" if baskets else ""
    return (
        f"{quote.quote} {quote.citation}, {quote.code}, {by_line},"
        f" tagged by {quote.coder}{marks}{used}"
    )


def _of_codes(wanted: QuoteFilter, named: Callable[[str], str]) -> Iterator[Chip]:
    for field, words in WORDS.items():
        for one in getattr(wanted, field):
            name = named(one)
            told = {
                "codes": name,
                "near": f"near {name} ({wanted.within:,} characters)",
            }.get(field, f"{words} {name}")
            yield Chip(_short(told), _less(wanted, field, one))
    if wanted.every and len(wanted.codes) > 1:
        yield Chip("all of these codes", replace(wanted, every=False))


def _of_the_rest(wanted: QuoteFilter, named: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    if wanted.text:
        yield "text", f"“{wanted.text}”"
    if wanted.marked:
        yield "marked", "marked for use"
    if wanted.unused:
        yield "unused", "not used yet"
    if wanted.basket:
        yield "basket", f"in the basket {named(wanted.basket)}"
    if wanted.since:
        yield "since", f"tagged from {day_shown(wanted.since)}"
    if wanted.until:
        yield "until", f"tagged until {day_shown(wanted.until)}"
    if wanted.received_since:
        yield "received_since", f"received from {day_shown(wanted.received_since)}"
    if wanted.received_until:
        yield "received_until", f"received until {day_shown(wanted.received_until)}"
    if wanted.shortest:
        yield "shortest", f"{wanted.shortest:,} characters or more"
    if wanted.longest:
        yield "longest", f"{wanted.longest:,} characters at most"


def _less(wanted: QuoteFilter, field: str, one: str) -> QuoteFilter:
    kept: Any = tuple(kept for kept in getattr(wanted, field) if kept != one)
    return plain(replace(wanted, **{field: kept}))


def plain(wanted: QuoteFilter) -> QuoteFilter:
    """The same filter without what means nothing: one code alone is all of the codes."""
    return wanted if len(wanted.codes) > 1 else replace(wanted, every=False)


def _short(words: str) -> str:
    return words if len(words) <= _LONG else f"{words[: _LONG - 1]}…"
