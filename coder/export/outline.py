"""What a quote pack holds, and in which order: the same for every kind of file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coder.domain.account import AccountTable
from coder.domain.baskets import BasketItem
from coder.domain.citation import TYPE_NAMES, UNCHECKED, attribution
from coder.domain.model import Code, Submission
from coder.domain.packing import PLAIN, PackOptions
from coder.domain.text import counted
from coder.export.anonymity import UNVEILED, Veil, veil_of
from coder.export.counting import Counting, Evidence
from coder.export.masking import Names, further, mask, secret_names
from coder.export.method import Method
from coder.export.sections import Section, Theme, by_code, by_heading, passages, themes_of
from coder.export.selection import Released, Selection
from coder.export.shelf import Facts, facts_of
from coder.export.wording import day

NOT_KNOWN = "not known"
"""In place of a day of receipt that is missing."""


@dataclass(frozen=True, slots=True)
class Source:
    """A submission that is quoted, as the closing list names it. `received` is ISO 8601."""

    ref: str
    attribution: str
    type: str
    received: str


@dataclass(frozen=True, slots=True)
class Pack:
    """Quotes under headings, ready to be written. `title` says what was asked for and may be empty.

    `narrowed` says which passages alone were asked for; empty where all were. `veil` is how those
    are hidden who are quoted anonymously. `by_hand` says that a writer set the headings, those of a
    basket.
    `sections` are the headings that hold quotes themselves or in a code below, in order. `method`
    is None where it was not asked for. Writers go by `options`; what must not leave is not in here.
    """

    inquiry: str
    title: str
    created: date
    selection: Selection
    themes: tuple[Theme, ...]
    sources: tuple[Source, ...]
    sections: tuple[Section, ...] = ()
    method: Method | None = None
    options: PackOptions = PLAIN
    narrowed: str = ""
    veil: Veil = UNVEILED
    by_hand: bool = False

    @property
    def facts(self) -> Facts:
        """What there is to count of its quotes."""
        return facts_of(self.selection.quotes)

    @property
    def heading(self) -> str:
        """What the pack is called: its title and the inquiry's."""
        return " – ".join(filter(None, (self.inquiry, self.title))) or "Quote pack"

    @property
    def times(self) -> int:
        """How often a quote stands under a heading, the same under several counted each time."""
        return sum(len(section.quotes) for section in self.sections)

    def rows(self) -> Iterator[tuple[str, Released]]:
        """The quotes as tables list them, each behind its heading: those of a basket as they stand
        there, all others once for each code, whose heading is empty."""
        if not self.by_hand:
            yield from (("", quote) for quote in self.selection.quotes)
        for section in self.sections if self.by_hand else ():
            yield from ((section.theme.name, quote) for quote in section.quotes)

    def summary(self) -> str:
        """How many quotes from how many submissions, in words."""
        return passages(self.facts, times=self.times)[1]

    def notes(self) -> list[str]:
        """What a reader must know about the whole pack: to what it was narrowed and, for the team,
        what is left out, anonymous, unchecked."""
        if not self.options.team_notes:
            return [self.narrowed] if self.narrowed else []
        unchecked = len(self.facts.unchecked())
        notes = [self.narrowed, str(self.selection.left_out), self.veil.note()]
        if unchecked:
            where = f"an {UNCHECKED}" if unchecked == 1 else f"{UNCHECKED}s"
            notes.append(
                f"{counted(unchecked, 'quote is', 'quotes are')} from {where}: "
                "listen to the recording before publishing."
            )
        return [note for note in notes if note]


def compose(
    inquiry: str,
    selection: Selection,
    codes: Sequence[Code],
    submissions: Iterable[Submission],
    created: date,
    title: str = "",
    *,
    narrowed: str = "",
    evidence: Evidence | None = None,
    account: AccountTable | None = None,
    basket: Sequence[BasketItem] | None = None,
    options: PackOptions = PLAIN,
) -> Pack:
    """A pack of the selection: themes in the order of the codebook, or the headings of a basket in
    its own, and sources in the order of their references.

    `evidence` is what is counted, all that the project holds; without it only quotes are. `account`
    makes the method, where the options ask for it. `basket` are the items of a basket whose quotes
    were selected. Only submissions that are quoted are named; in title, themes, definitions, what
    a writer wrote and what was asked for (`narrowed`, a sentence) the names behind all that are
    not published by name are masked, in what was asked for their further words too.
    """
    of = list(submissions)
    secret = secret_names(of)
    themes = tuple(
        replace(
            theme,
            path=mask(theme.path, secret),
            name=mask(theme.name, secret),
            definition=mask(theme.definition, secret),
        )
        for theme in themes_of(codes)
    )
    counting = Counting(evidence, codes, of) if evidence else None
    if basket is None:
        sections = by_code(selection, themes, counting)
    else:
        sections = by_heading(selection, basket, secret)
    said = mask(_without_further(narrowed, of), secret)
    veil = veil_of(facts_of(selection.quotes), of)
    return Pack(
        inquiry,
        mask(title, secret),
        created,
        selection,
        themes,
        _sources(selection, of) if options.sources else (),
        tuple(sections),
        _method(account, counting, sections, said, veil) if account and options.method else None,
        options,
        said,
        veil,
        basket is not None,
    )


def _method(
    account: AccountTable,
    counting: Counting | None,
    sections: Sequence[Section],
    narrowed: str,
    veil: Veil,
) -> Method:
    raised = [section.raised for section in sections if section.raised]
    coded = counting.coded if counting else 0
    return Method(account, coded, narrowed, bool(raised), any(one.word for one in raised), veil)


def _without_further(narrowed: str, submissions: Sequence[Submission]) -> str:
    """The sentence without words that somebody wants masked in what was sent in."""
    words = (word for one in submissions for word in further(one.also_masked))
    return mask(narrowed, Names(also=tuple(dict.fromkeys(words))))


def _sources(selection: Selection, submissions: Sequence[Submission]) -> tuple[Source, ...]:
    quoted = facts_of(selection.quotes).refs()
    sources = [
        Source(one.ref, attribution(one), TYPE_NAMES[one.type], one.received)
        for one in submissions
        if one.ref in quoted and attribution(one)
    ]
    return tuple(sorted(sources, key=lambda source: (len(source.ref), source.ref)))


def received_day(source: Source) -> str:
    """The day a source was received as people write it; as given where it is no date."""
    try:
        return day(date.fromisoformat(source.received[:10]))
    except ValueError:
        return source.received or NOT_KNOWN
