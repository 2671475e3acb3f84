"""Who raised what: respondents are counted, not passages, and all evidence counts that stands.

What may not be quoted is counted all the same, as a number and never as a name. Types and regions
are counted apart and never crossed, and of those who must not be quoted no region is told: so a
count tells of an anonymous respondent no more than their attribution does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from coder.domain.citation import PUBLISHABLE, STANDING
from coder.domain.codes import children_of, lineage
from coder.domain.model import Code, RespondentType, Submission
from coder.domain.text import counted
from coder.export import scale
from coder.export.masking import mask, secret_names
from coder.export.wording import groups


class Base(StrEnum):
    """Out of whom those are counted who raised something."""

    CODED = "coded"
    THEME = "theme"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was said by whom, as far as counts need it: `coded` are ids of submissions with the id
    of a code that stands somewhere in them, and `answered` with the id of the code of a survey
    question that they answered. The same pair may come more than once; they are gone through once.
    """

    coded: Iterable[tuple[str, str]] = ()
    answered: Iterable[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Raised:
    """How many respondents raised a matter, out of how many who could be expected to.

    `of` are those who addressed what `base` says, called `about` (the theme's or question's name;
    empty where it is all that was coded). `types` are those who raised it by type and `addressed`
    all those by type, `regions` those who raised it by region as far as these may be told,
    `letters` the further letters of the `campaigns` for which some of them stand.
    """

    raised: int
    of: int
    base: Base
    about: str
    types: Mapping[RespondentType, int]
    regions: Mapping[str, int]
    letters: int = 0
    campaigns: int = 0
    addressed: Mapping[RespondentType, int] = field(default_factory=dict)

    @property
    def word(self) -> str:
        """The word for it on the declared scale, `some`; empty where numbers say it best."""
        return scale.word(self.raised, self.of)

    @property
    def share(self) -> str:
        """Out of how many: `14 of the 41 submissions that addressed “Volunteering”`."""
        if self.of == 1:
            return f"the one submission that {self.did.replace('were', 'was', 1)}"
        if self.raised == self.of:
            return f"all {self.of:,} submissions that {self.did}"
        return f"{self.raised:,} of the {self.of:,} submissions that {self.did}"

    @property
    def did(self) -> str:
        """What all of them did among whom these are counted: `addressed “Volunteering”`."""
        return {
            Base.CODED: "were coded",
            Base.THEME: f"addressed “{self.about}”",
            Base.QUESTION: f"answered “{self.about}”",
        }[self.base]

    @property
    def who(self) -> str:
        """By which types of respondent, and how many letters stand behind campaigns: `6 charities,
        5 individuals; and 29 more letters of one campaign`."""
        kinds = groups(Counter(self.types).elements())
        if not self.letters:
            return kinds
        of = "one campaign" if self.campaigns == 1 else f"{self.campaigns:,} campaigns"
        return f"{kinds}; and {counted(self.letters, 'more letter')} of {of}"

    @property
    def where(self) -> str:
        """From where, as far as that may be told: `By region, where known: Essex 1, Kent 4`; empty
        where nothing may."""
        told = ", ".join(f"{region} {number:,}" for region, number in self.regions.items())
        return told and f"By region, where known: {told}"

    def __str__(self) -> str:
        """The whole sentence, without a full stop: `Some: raised by 14 of the 41 submissions that
        addressed “Volunteering”: 6 charities, 8 individuals`."""
        said = f"raised by {self.share}: {self.who}"
        return f"{self.word.capitalize()}: {said}" if self.word else f"R{said[1:]}"

    def as_json(self) -> dict[str, Any]:
        """The fields for scripts."""
        return {
            "raised": self.raised,
            "of": self.of,
            "base": self.base.value,
            "about": self.about,
            "word": self.word,
            "types": {kind.value: number for kind, number in self.types.items()},
            "addressed": {kind.value: number for kind, number in self.addressed.items()},
            "regions": dict(self.regions),
            "letters": self.letters,
            "campaigns": self.campaigns,
        }


class Counting:
    """Counts for any code of a codebook, from all the evidence of a project.

    A submission counts where it stands: not withdrawn, blank, a duplicate or joined with another.
    The letters of a campaign are one voice, that of the letter which stands for it, or of the first
    where that does not stand any more.
    """

    def __init__(
        self, evidence: Evidence, codes: Sequence[Code], submissions: Iterable[Submission]
    ) -> None:
        every = list(submissions)
        self._secret = secret_names(every)
        self._voices, self._letters = _voices(every)
        self._speaker = {one.id: one for one in every}
        self._codes = {code.id: code for code in codes}
        self._families = children_of(codes)
        self._coded = self._by_code(evidence.coded)
        self._answered = self._by_code(evidence.answered)
        self._all = frozenset[str]().union(*self._coded.values())

    @property
    def coded(self) -> int:
        """How many submissions were coded at all."""
        return len(self._all)

    def of(self, code_id: str) -> Raised:
        """Who raised what the code, or one below it, stands for."""
        voices = self._family(code_id)
        base, about, addressed = self._base(code_id)
        places = Counter(self._region(voice) for voice in voices)
        campaigns = [self._letters[voice] for voice in voices if voice in self._letters]
        return Raised(
            len(voices),
            len(addressed | voices),
            base,
            mask(about, self._secret),
            self._types(voices),
            {place: places[place] for place in sorted(places) if place},
            sum(campaigns),
            len(campaigns),
            self._types(addressed | voices),
        )

    def _types(self, voices: Iterable[str]) -> dict[RespondentType, int]:
        found = Counter(self._speaker[voice].type for voice in voices)
        return {kind: found[kind] for kind in RespondentType if found[kind]}

    def _base(self, code_id: str) -> tuple[Base, str, frozenset[str]]:
        """Out of whom a code is counted: those who answered the nearest question above it, else
        those who addressed its theme, and for a theme all that were coded."""
        above = [one.id for one in lineage(code_id, self._codes)][1:]
        for one in above:
            if one in self._answered:
                answered = self._answered[one] | self._family(one)
                return Base.QUESTION, self._codes[one].name, answered
        if above:
            return Base.THEME, self._codes[above[-1]].name, self._family(above[-1])
        return Base.CODED, "", self._all

    def _family(self, code_id: str) -> frozenset[str]:
        family = self._families.get(code_id, [code_id])
        return frozenset[str]().union(*(self._coded.get(one, ()) for one in family))

    def _by_code(self, pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for submission, code in pairs:
            if submission in self._voices:
                found.setdefault(code, set()).add(self._voices[submission])
        return {code: frozenset(voices) for code, voices in found.items()}

    def _region(self, voice: str) -> str:
        one = self._speaker[voice]
        return mask(one.region, self._secret) if one.permission in PUBLISHABLE else ""


def _voices(submissions: Sequence[Submission]) -> tuple[dict[str, str], dict[str, int]]:
    """For each submission that stands, the id of the one as whose voice it counts; and for each
    voice that stands for a campaign, how many more letters that has."""
    standing = {one.id: one for one in submissions if one.status in STANDING}
    heads: dict[str, str] = {}
    voices: dict[str, str] = {}
    for one in sorted(standing.values(), key=lambda one: (len(one.ref), one.ref)):
        campaign = one.of_id if one.of_id and "campaign" in one.flags else ""
        if campaign in standing:
            voices[one.id] = campaign
        else:
            voices[one.id] = heads.setdefault(campaign, one.id) if campaign else one.id
    letters = Counter(voices.values())
    return voices, {voice: number - 1 for voice, number in letters.items() if number > 1}
