"""What a quote pack holds, and in which order: the same for every kind of file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from coder.domain.citation import TYPE_NAMES, UNCHECKED, attribution
from coder.domain.model import Code, Permission, Submission
from coder.domain.text import counted
from coder.export.masking import MASK, mask, secret_names
from coder.export.selection import Place, Released, Selection
from coder.export.wording import NOTHING, day, groups


@dataclass(frozen=True, slots=True)
class Theme:
    """A code in the order of the codebook: its id, path, own name, depth (0 for a theme) and
    definition."""

    id: str
    path: str
    name: str
    depth: int = 0
    definition: str = ""

    def as_json(self) -> dict[str, Any]:
        """The fields for scripts."""
        return {name: value for name, value in asdict(self).items() if name != "id"}


@dataclass(frozen=True, slots=True)
class Source:
    """A submission that is quoted, as the closing list names it. `received` is ISO 8601."""

    ref: str
    attribution: str
    type: str
    received: str


@dataclass(frozen=True, slots=True)
class Pack:
    """Quotes by theme, ready to be written. `title` says what was asked for and may be empty."""

    inquiry: str
    title: str
    created: date
    selection: Selection
    themes: tuple[Theme, ...]
    sources: tuple[Source, ...]

    @property
    def heading(self) -> str:
        """What the pack is called: its title and the inquiry's."""
        return " – ".join(filter(None, (self.inquiry, self.title))) or "Quote pack"

    def summary(self) -> str:
        """How many quotes from how many submissions, in a sentence."""
        return _count(self.selection.quotes) if self.selection.quotes else NOTHING

    def notes(self) -> list[str]:
        """What a reader must know about the whole pack: what is left out, anonymous, unchecked."""
        quotes = self.selection.quotes
        anonymous = len({q.place for q in quotes if q.permission is Permission.ANONYMOUS})
        unchecked = len({quote.place for quote in quotes if quote.machine_draft})
        notes = [str(self.selection.left_out)]
        if anonymous:
            notes.append(
                f"{counted(anonymous, 'quote is', 'quotes are')} anonymous: respondents’ own names"
                f" are masked as {MASK}, but other details, such as addresses and telephone"
                " numbers, are not. Check before publishing."
            )
        if unchecked:
            where = f"an {UNCHECKED}" if unchecked == 1 else f"{UNCHECKED}s"
            notes.append(
                f"{counted(unchecked, 'quote is', 'quotes are')} from {where}: "
                "listen to the recording before publishing."
            )
        return [note for note in notes if note]


@dataclass(frozen=True, slots=True)
class Section:
    """A theme or code with its own quotes. `count` takes in the codes below it; `also` gives, by
    passage, the other headings under which the same words stand in this pack."""

    theme: Theme
    count: str
    number: int
    quotes: tuple[Released, ...]
    also: dict[Place, str]


def compose(
    inquiry: str,
    selection: Selection,
    codes: Sequence[Code],
    submissions: Iterable[Submission],
    created: date,
    title: str = "",
) -> Pack:
    """A pack of the selection: themes in the order of the codebook, sources in the order of their
    references. Only submissions that are quoted are named; in title, themes and definitions the
    names behind all that are not published by name are masked."""
    of = list(submissions)
    secret = secret_names(of)
    quoted = {quote.ref for quote in selection.quotes}
    sources = [
        Source(one.ref, attribution(one), TYPE_NAMES[one.type], one.received)
        for one in of
        if one.ref in quoted and attribution(one)
    ]
    sources.sort(key=lambda source: (len(source.ref), source.ref))
    themes = tuple(
        replace(
            theme,
            path=mask(theme.path, secret),
            name=mask(theme.name, secret),
            definition=mask(theme.definition, secret),
        )
        for theme in themes_of(codes)
    )
    return Pack(inquiry, mask(title, secret), created, selection, themes, tuple(sources))


def themes_of(codes: Sequence[Code]) -> Iterator[Theme]:
    """The codebook from top to bottom, every code before those below it."""
    below: dict[str | None, list[Code]] = {}
    known = {code.id for code in codes}
    for code in sorted(codes, key=lambda code: code.position):
        parent = code.parent_id if code.parent_id in known else None
        below.setdefault(parent, []).append(code)

    def walk(parent: str | None, path: str, depth: int) -> Iterator[Theme]:
        for code in below.get(parent, []):
            own = f"{path}/{code.name}" if path else code.name
            yield Theme(code.id, own, code.name, depth, code.definition)
            yield from walk(code.id, own, depth + 1)

    return walk(None, "", 0)


def sections(pack: Pack) -> list[Section]:
    """The headings that hold quotes themselves or in a code below, in order.

    A code that `themes` does not know comes last, under its whole path.
    """
    by_code: dict[str, list[Released]] = {}
    for quote in pack.selection.quotes:
        by_code.setdefault(quote.code_id, []).append(quote)
    known = {theme.id for theme in pack.themes}
    strange = {q.code_id: q.code for q in pack.selection.quotes if q.code_id not in known}
    themes = [*pack.themes, *(Theme(id_, path, path) for id_, path in strange.items())]
    names = {theme.id: theme.name for theme in themes}
    twice = _twice(pack.selection.quotes)
    found = []
    for index, theme in enumerate(themes):
        own = tuple(by_code.get(theme.id, ()))
        family = [*own, *_below(themes, index, by_code)]
        if family:
            also = {
                quote.place: ", ".join(
                    names[code] for code in twice[quote.place] if code != theme.id
                )
                for quote in own
                if quote.place in twice
            }
            number = len({quote.place for quote in family})
            found.append(Section(theme, _count(family, detail=True), number, own, also))
    return found


def _below(
    themes: Sequence[Theme], index: int, by_code: dict[str, list[Released]]
) -> Iterator[Released]:
    for theme in themes[index + 1 :]:
        if theme.depth <= themes[index].depth:
            return
        yield from by_code.get(theme.id, ())


def _twice(quotes: Iterable[Released]) -> dict[Place, list[str]]:
    """The passages that stand under more than one code, with the ids of these."""
    codes: dict[Place, list[str]] = {}
    for quote in quotes:
        codes.setdefault(quote.place, []).append(quote.code_id)
    return {place: ids for place, ids in codes.items() if len(ids) > 1}


def _count(quotes: Sequence[Released], *, detail: bool = False) -> str:
    """`6 quotes from 4 submissions`, and with `detail` by which types of respondent."""
    number = len({quote.place for quote in quotes})
    types = {quote.ref: quote.type for quote in quotes}
    said = f"{counted(number, 'quote')} from {counted(len(types), 'submission')}"
    return f"{said}: {groups(types.values())}" if detail else said


def source_line(quote: Released) -> str:
    """Who said it and where: `Walsall Food Bank (SIC0012, para 7)`."""
    return f"{quote.attribution} {quote.citation}"


def remarks(quote: Released, section: Section) -> list[str]:
    """What a writer must know before using the quote."""
    also = section.also.get(quote.place)
    return [
        *([UNCHECKED] if quote.machine_draft else []),
        *([f"also under {also}"] if also else []),
    ]


def received_day(source: Source) -> str:
    """The day a source was received as people write it; as given where it is no date."""
    try:
        return day(date.fromisoformat(source.received[:10]))
    except ValueError:
        return source.received
