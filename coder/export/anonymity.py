"""What anonymous quotes hide and what they do not: told in packs, and to those who make them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from coder.domain.citation import STANDING, attribution
from coder.domain.model import Permission, RespondentType, Submission
from coder.domain.text import counted, listed
from coder.export.masking import MASK, WITHHELD, names_of, words_of
from coder.export.shelf import Facts

_NAMED = 5
"""So many who can be told are named; of more only the number is given."""

_FURTHER = ("further word or phrase", "further words or phrases")


@dataclass(frozen=True, slots=True)
class Veil:
    """How those are hidden who are quoted without their names: `quotes` are passages, `pseudonyms`
    how many respondents are quoted under one, `further` how many words or phrases are masked
    beside names."""

    quotes: int = 0
    pseudonyms: int = 0
    further: int = 0

    def note(self) -> str:
        """What whoever publishes the quotes must know; empty where none is anonymous."""
        if not self.quotes:
            return ""
        names = f"respondents’ own names are masked as {MASK}"
        if self.pseudonyms:
            some = counted(self.pseudonyms, "respondent")
            names += f" or, for {some}, shown as a pseudonym in square brackets"
        if self.further:
            names += f", and {counted(self.further, *_FURTHER)} as {WITHHELD}"
        return (
            f"{counted(self.quotes, 'quote is', 'quotes are')} anonymous: {names}, but other"
            " details, such as addresses and telephone numbers, are not. Check before publishing."
        )

    def signs(self) -> str:
        """What stands in square brackets in quotes, in a sentence."""
        signs = [
            "[…] stands for words left out",
            f"{MASK} for a name that may not be published",
            *(["a pseudonym in square brackets for the respondent’s"] if self.pseudonyms else []),
            *([f"{WITHHELD} for words that could tell who it is"] if self.further else []),
        ]
        return f"{', '.join(signs[:-1])} and {signs[-1]}"


UNVEILED = Veil()
"""Where nobody is quoted anonymously."""


def veil_of(facts: Facts, submissions: Iterable[Submission]) -> Veil:
    """How the anonymous quotes among these are veiled, of the submissions of a project."""
    every = list(submissions)
    names = names_of(every)
    hidden = _hidden(facts)
    veiled = [names[one.id] for one in every if one.ref in hidden and one.id in names]
    return Veil(
        len(facts.anonymous()),
        sum(bool(one.pseudonym) for one in veiled),
        len({word.casefold() for one in veiled for word in one.also}),
    )


def alone(facts: Facts, submissions: Iterable[Submission]) -> str:
    """Who among those quoted anonymously can be told by the type and region in their attribution,
    since it fits no other respondent whose evidence stands: a sentence with a remedy; empty where
    nobody can."""
    every = [one for one in submissions if one.status in STANDING]
    sharing: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    for one in every:
        kind, region = _shown(one)
        for key in {(kind, region), (kind, ""), ("", region), ("", "")}:
            sharing[key].add(_who(one))
    hidden = _hidden(facts)
    found = [one for one in every if one.ref in hidden and len(sharing[_shown(one)]) == 1]
    if not found:
        return ""
    names = [f"{one.ref} (“{attribution(one)}”)" for one in found[:_NAMED]]
    more = len(found) - len(names)
    who = listed([*names, f"{more:,} more"] if more else names)
    return (
        f"{who} can be told by type and region: no other respondent shares them. Clear the region"
        " in the particulars, or leave the quotes out."
    )


def _hidden(facts: Facts) -> set[str]:
    """The references of those who are quoted anonymously."""
    return {one.ref for one in facts.speakers() if one.permission is Permission.ANONYMOUS}


def _shown(one: Submission) -> tuple[str, str]:
    """What an anonymous attribution tells: type and region, each empty where it is not known."""
    kind = "" if one.type is RespondentType.UNKNOWN else one.type.value
    return kind, one.region.strip().casefold()


def _who(one: Submission) -> tuple[str, ...]:
    """Alike for two submissions by the same respondent; one whose name is not known is nobody
    else."""
    person = one.type is RespondentType.INDIVIDUAL
    names = (one.respondent, one.organisation) if person else (one.organisation, one.respondent)
    return tuple(words_of(next(filter(None, names), ""))) or (one.id,)
