"""The headings of a pack and what stands under each, counted."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain
from typing import Any

from coder.domain.baskets import BasketItem, ItemKind
from coder.domain.citation import TYPE_NAMES, UNCHECKED
from coder.domain.model import Code
from coder.domain.text import quoted_from
from coder.export.counting import Counting, Raised
from coder.export.masking import Names, mask
from coder.export.selection import Place, Released, Selection
from coder.export.shelf import Facts, facts_of, pick, speakers_of
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
    def here(self) -> str:
        """How much of it is quoted, as a line of its own below `count`, which counts all evidence;
        empty where `count` says it."""
        return f"Quoted here: {self.held}." if self.raised else ""

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
        found = Counter((one.ref, one.attribution, one.type) for one in speakers_of(self.quotes))
        voices = (Voice(ref, who, TYPE_NAMES[kind], n) for (ref, who, kind), n in found.items())
        return sorted(voices, key=lambda voice: (len(voice.ref), voice.ref))


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
    facts = facts_of(selection.quotes)
    under = {id_: (path, places) for (id_, path), places in facts.by_code().items()}
    known = {theme.id for theme in themes}
    strange = (Theme(id_, path, path) for id_, (path, _) in under.items() if id_ not in known)
    every = [*themes, *strange]
    held = [under[theme.id][1] if theme.id in under else array("I") for theme in every]
    found = []
    for index, (theme, also) in enumerate(zip(every, _also(every, held, selection), strict=True)):
        family = array("I", chain(held[index], *_below(every, index, held)))
        if family:
            raised = counting.of(theme.id) if counting and theme.id in known else None
            number, said = passages(facts, family, detail=raised is None)
            quotes = pick(selection.quotes, held[index])
            found.append(Section(theme, raised, number, said, quotes, also))
    return found


def _below(
    themes: Sequence[Theme], index: int, held: Sequence[Sequence[int]]
) -> Iterator[Sequence[int]]:
    for theme, places in zip(themes[index + 1 :], held[index + 1 :], strict=True):
        if theme.depth <= themes[index].depth:
            return
        yield places


def by_heading(selection: Selection, basket: Sequence[BasketItem], secret: Names) -> list[Section]:
    """The headings of a basket, with what of its quotes may leave and the writer's own words."""
    facts = facts_of(selection.quotes)
    released = {
        (one.place, one.code_id, one.omitted): place for place, one in enumerate(selection.quotes)
    }
    themes: list[Theme] = []
    held: list[list[int]] = []
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
            behind = len(held[-1])
            words[-1][behind] = (*words[-1].get(behind, ()), text)
        elif item.kind is ItemKind.QUOTE:
            passage = (item.document_id or "", item.start, item.end)
            place = released.get((passage, item.code_id, item.omitted))
            held[-1] += [] if place is None else [place]
    found = []
    for theme, own, also, said in zip(
        themes, held, _also(themes, held, selection), words, strict=True
    ):
        number, count = passages(facts, own, detail=True)
        quotes = pick(selection.quotes, own)
        found.append(Section(theme, None, number, count, quotes, also, said))
    return found


def _also(
    themes: Sequence[Theme], held: Sequence[Sequence[int]], selection: Selection
) -> list[dict[Place, str]]:
    """For each heading the passages that stand under others too, with the names of these."""
    numbers = facts_of(selection.quotes).passages
    often = Counter(numbers[place] for places in held for place in places)
    twice: dict[int, list[tuple[int, int]]] = {}
    for index, places in enumerate(held):
        for place in places:
            if often[numbers[place]] > 1:
                twice.setdefault(numbers[place], []).append((index, place))
    also: list[dict[Place, str]] = [{} for _ in themes]
    for several in twice.values():
        passage = selection.quotes[several[0][1]].place
        for index, _ in several:
            others = dict.fromkeys(themes[one].name for one, _ in several if one != index)
            if others:
                also[index][passage] = ", ".join(others)
    return also


def passages(
    facts: Facts, places: Sequence[int] | None = None, *, detail: bool = False, times: int = 0
) -> tuple[int, str]:
    """How many passages these quotes are, and in words, `6 quotes from 4 submissions`, with
    `detail` by which types of respondent. `times` is how often they stand under a heading, where
    that is not once for each place."""
    shown = range(len(facts)) if places is None else places
    number = len({facts.passages[one] for one in shown})
    if not number:
        return 0, NOTHING
    types = {one.ref: one.type for one in facts.speakers(shown)}
    said = quoted_from(number, len(types), times or len(shown))
    return number, f"{said}: {groups(types.values())}" if detail else said


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
