"""How far the quotes of a basket are spread over those who gave evidence: types, places, themes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coder.domain.citation import STANDING, TYPE_NAMES
from coder.domain.codes import children_of
from coder.domain.model import Code, RespondentType, Submission
from coder.domain.quotes import Quote
from coder.domain.text import counted


@dataclass(frozen=True, slots=True)
class Share:
    """What a basket has of one kind: `quotes` from so many `submissions`, of `standing` ones that
    stand in the whole inquiry. `name` is for people; `key` is what a filter asks for, empty where
    it is not known."""

    key: str
    name: str
    quotes: int
    submissions: int
    standing: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The shares of respondents' types, of regions, of themes and of submissions in a basket, the
    largest first; those with nothing in the basket, of which evidence stands, are last. Of
    submissions only those that are quoted are told. `submissions` are quoted, of `standing`. Only
    `quotes` that may leave are counted; `staying` are those that may not."""

    quotes: int
    submissions: int
    standing: int
    types: tuple[Share, ...]
    regions: tuple[Share, ...]
    themes: tuple[Share, ...]
    refs: tuple[Share, ...]
    staying: int = 0

    def __str__(self) -> str:
        """How many quotes from how many submissions; `8 may leave, 1 may not, from …`."""
        may = f"{self.quotes:,} may leave, {self.staying:,} may not"
        quotes = may if self.staying else counted(self.quotes, "quote")
        comma = "," * bool(self.staying)
        return (
            f"{quotes}{comma} from {self.submissions:,} of {counted(self.standing, 'submission')}"
        )

    def missing(self) -> list[str]:
        """The types and regions, by name, of which there is evidence and no quote yet."""
        return [one.name for one in (*self.types, *self.regions) if one.key and not one.quotes]


def spread_of(
    quotes: Sequence[Quote],
    submissions: Iterable[Submission],
    codes: Sequence[Code],
    coded: Iterable[tuple[str, str]],
    staying: int = 0,
) -> Spread:
    """Counts the quotes that may leave by whom they are from, against all submissions that stand;
    `coded` are the ids of each code and each submission that has it."""
    every = {one.id: one for one in submissions}
    standing = [one for one in every.values() if one.status in STANDING]
    families = children_of(codes)
    themes = [code.id for code in codes if code.parent_id is None]
    theme_of = {one: theme for theme in themes for one in families[theme]}
    in_themes: defaultdict[str, set[str]] = defaultdict(set)
    stand = {one.id for one in standing}
    for code_id, submission_id in coded:
        if submission_id in stand and code_id in theme_of:
            in_themes[theme_of[code_id]].add(submission_id)
    names = {code.id: code.name for code in codes}
    quoted = {quote.submission_id for quote in quotes}
    return Spread(
        len(quotes),
        len(quoted),
        len(standing),
        _shares(
            [(_type(every[quote.submission_id]), quote.submission_id) for quote in quotes],
            [(_type(one), one.id) for one in standing],
            {"": "Type not known", **{kind.value: TYPE_NAMES[kind] for kind in RespondentType}},
        ),
        _shares(
            [(every[quote.submission_id].region, quote.submission_id) for quote in quotes],
            [(one.region, one.id) for one in standing],
            {"": "Region not known"},
        ),
        _shares(
            [(theme_of.get(quote.code_id, ""), quote.submission_id) for quote in quotes],
            [(theme, one) for theme, several in in_themes.items() for one in several],
            {"": "No theme", **names},
        ),
        _shares([(quote.ref, quote.submission_id) for quote in quotes], [], {}),
        staying,
    )


def _shares(
    quoted: Sequence[tuple[str, str]], standing: Sequence[tuple[str, str]], names: dict[str, str]
) -> tuple[Share, ...]:
    """The shares by key, of (key, submission's id) for each quote and each submission."""
    counts: defaultdict[str, list[str]] = defaultdict(list)
    there: defaultdict[str, set[str]] = defaultdict(set)
    for key, submission_id in quoted:
        counts[key].append(submission_id)
        there[key].add(submission_id)
    for key, submission_id in standing:
        there[key].add(submission_id)
    found = [
        Share(key, names.get(key, key), len(counts[key]), len(set(counts[key])), len(several))
        for key, several in there.items()
        if key or counts[key]
    ]
    return tuple(sorted(found, key=lambda one: (-one.quotes, not one.key, one.name.casefold())))


def _type(submission: Submission) -> str:
    return "" if submission.type is RespondentType.UNKNOWN else submission.type.value
