"""How the evidence was taken in, counted and quoted, as a report's method section tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from coder.domain.account import AccountTable
from coder.domain.text import counted
from coder.export import scale
from coder.export.account_lines import NOTE, as_json, lines, type_lines
from coder.export.anonymity import UNVEILED, Veil

TITLE = "Method"

WHO = (
    "Respondents are counted, not passages: a submission counts once under a theme, however often"
    " it speaks of it. Withdrawn and blank submissions and duplicates are not counted, and what was"
    " joined with another counts as one with it. Those whose words may not be published are"
    " counted, but neither quoted nor named. The letters of one campaign count as one submission;"
    " how many more there are is told beside it."
)
ONLY_QUOTED = (
    "Numbers under headings are of what is quoted there, not of all the evidence: they do not say"
    " how many raised it. Nothing is quoted from what was withdrawn, blank or a duplicate, nor from"
    " those whose words may not be published."
)
"""In place of `WHO` and `OUT_OF` where no heading counts who raised it."""

OUT_OF = (
    "Counts are of all the evidence, also where only part of it is quoted here. A theme is counted"
    " out of all submissions in which anything was coded, a code out of those that addressed its"
    " theme, and a code under a survey’s question out of those that answered it. Counts never cross"
    " types of respondent with regions; the line below a quote may give both."
)
QUOTING = (
    "Quotes are word for word: {}. Every quote carries an id by which its place in the evidence is"
    " found again: submission, document, first character and length."
)


@dataclass(frozen=True, slots=True)
class Method:
    """The method in numbers and words. `coded` is how many submissions that stand hold a coding,
    and `narrowed` the sentence on which passages alone were asked for. `counted` says that headings
    tell who raised them, `worded` that words of the scale are used, and `veil` what is masked.

    `table` is the account of evidence and `types` who it came from, each with headings first and
    the sum last; `notes` stand below the tables and `rules` are paragraphs for people.
    """

    account: AccountTable
    coded: int
    narrowed: str = ""
    counted: bool = True
    worded: bool = True
    veil: Veil = UNVEILED

    @property
    def table(self) -> list[tuple[str, ...]]:
        """What became of everything that was received."""
        return lines(self.account)

    @property
    def types(self) -> list[tuple[str, ...]]:
        """How many submissions came from each type of respondent."""
        return type_lines(self.account)

    @property
    def notes(self) -> tuple[str, ...]:
        """What there is to know of the tables."""
        coded = (
            f"Passages were coded in {counted(self.coded, 'submission')} that may be counted; the"
            " letters of a campaign are one of these."
        )
        return (NOTE, coded) if self.account.files else (coded,)

    @property
    def rules(self) -> tuple[str, ...]:
        """How was counted and quoted, as far as it was."""
        counting = (WHO, OUT_OF) if self.counted else (ONLY_QUOTED,)
        words = scale.declaration() if self.worded else ""
        return tuple(
            filter(None, (self.narrowed, *counting, words, QUOTING.format(self.veil.signs())))
        )

    def as_json(self) -> dict[str, Any]:
        """The fields for scripts."""
        return {"account": as_json(self.account), "coded": self.coded, "rules": list(self.rules)}
