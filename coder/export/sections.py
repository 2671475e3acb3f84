"""The headings of a pack and what stands under each, counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from coder.domain.baskets import BasketItem, ItemKind
from coder.domain.citation import TYPE_NAMES, UNCHECKED
from coder.domain.model import Code
from coder.domain.text import counted
from coder.export.counting import Counting, Raised
from coder.export.masking import Names, mask
from coder.export.selection import Place, Released, Selection
from coder.export.wording import NOTHING, groups, printable

UNTITLED = "Quotes"
"""What stands above the quotes of a basket that come before its first heading."""


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
class Voice:
    """A respondent who is quoted under a heading, as far as they may be told, and how often.
    `attribution` names nobody who is anonymous."""

    ref: str
    attribution: str
    type: str
    quotes: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its own quotes: a code of the codebook, or a heading that a writer set.

    `raised` says who raised it, counted from all evidence that stands, in the codes below it too;
    None for a writer's heading, which stands for no code. `number` is how many passages are quoted
    here and below, `held` says so in words. `also` gives, by passage, the other headings under
    which the same words stand in this pack. `words` are paragraphs of the writer's own, by the
    place in `quotes` before which they stand (its length: behind the last).
    """

    theme: Theme
    raised: Raised | None
    number: int
    held: str
    quotes: Sequence[Released]
    also: Mapping[Place, str]
    words: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def count(self) -> str:
        """Who raised it, in a sentence; where that cannot be told, what is quoted."""
        return str(self.raised) if self.raised else self.held

    @property
    def parts(self) -> Iterator[Released | str]:
        """The quotes in order, with the writer's own paragraphs between them."""
        for place, quote in enumerate(self.quotes):
            yield from self.words.get(place, ())
            yield quote
        yield from self.words.get(len(self.quotes), ())

    @property
    def voices(self) -> list[Voice]:
        """Who is quoted under this heading itself, in the order of references."""
        found: dict[str, Voice] = {}
        for one in self.quotes:
            known = found.get(one.ref) or Voice(one.ref, one.attribution, TYPE_NAMES[one.type], 0)
            found[one.ref] = replace(known, quotes=known.quotes + 1)
        return sorted(found.values(), key=lambda voice: (len(voice.ref), voice.ref))


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


def by_code(
    selection: Selection, themes: Sequence[Theme], counting: Counting | None
) -> list[Section]:
    """The codes that hold quotes themselves or in a code below, in the order of the codebook. One
    that `themes` does not know comes last, under its whole path."""
    found_under: dict[str, list[Released]] = {}
    for quote in selection.quotes:
        found_under.setdefault(quote.code_id, []).append(quote)
    known = {theme.id for theme in themes}
    strange = {q.code_id: q.code for q in selection.quotes if q.code_id not in known}
    every = [*themes, *(Theme(id_, path, path) for id_, path in strange.items())]
    held = [tuple(found_under.get(theme.id, ())) for theme in every]
    found = []
    for index, (theme, also) in enumerate(zip(every, _also(every, held), strict=True)):
        family = [*held[index], *_below(every, index, held)]
        if family:
            raised = counting.of(theme.id) if counting and theme.id in known else None
            number = len({quote.place for quote in family})
            said = passages(family, detail=raised is None)
            found.append(Section(theme, raised, number, said, held[index], also))
    return found


def _below(
    themes: Sequence[Theme], index: int, held: Sequence[Sequence[Released]]
) -> Iterator[Released]:
    for theme, quotes in zip(themes[index + 1 :], held[index + 1 :], strict=True):
        if theme.depth <= themes[index].depth:
            return
        yield from quotes


def by_heading(selection: Selection, basket: Sequence[BasketItem], secret: Names) -> list[Section]:
    """The headings of a basket, with what of its quotes may leave and the writer's own words."""
    released = {(one.place, one.code_id, one.omitted): one for one in selection.quotes}
    themes: list[Theme] = []
    held: list[list[Released]] = []
    words: list[dict[int, tuple[str, ...]]] = []

    def begin(name: str) -> None:
        themes.append(Theme("", name, name))
        held.append([])
        words.append({})

    for item in basket:
        text = mask(printable(item.text), secret)
        if item.kind is ItemKind.HEADING or not themes:
            begin(text if item.kind is ItemKind.HEADING else UNTITLED)
        if item.kind is ItemKind.TEXT:
            place = len(held[-1])
            words[-1][place] = (*words[-1].get(place, ()), text)
        elif item.kind is ItemKind.QUOTE:
            place_ = (item.document_id or "", item.start, item.end)
            quote = released.get((place_, item.code_id, item.omitted))
            held[-1] += [quote] if quote else []
    return [
        Section(
            theme,
            None,
            len({quote.place for quote in own}),
            passages(own, detail=True) if own else NOTHING,
            tuple(own),
            also,
            said,
        )
        for theme, own, also, said in zip(themes, held, _also(themes, held), words, strict=True)
    ]


def _also(themes: Sequence[Theme], held: Sequence[Sequence[Released]]) -> list[dict[Place, str]]:
    """For each heading the passages that stand under others too, with the names of these."""
    places: dict[Place, list[int]] = {}
    for index, quotes in enumerate(held):
        for quote in quotes:
            places.setdefault(quote.place, []).append(index)
    also: list[dict[Place, str]] = [{} for _ in themes]
    for place, several in places.items():
        for index in several if len(several) > 1 else ():
            others = dict.fromkeys(themes[one].name for one in several if one != index)
            also[index][place] = ", ".join(others)
    return also


def passages(quotes: Sequence[Released], *, detail: bool = False) -> str:
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
