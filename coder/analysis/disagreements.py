"""Where coders who coded the same documents differ, and on what they all agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, pairwise

from coder.domain.model import Coding

NEAR = 80
"""Code points, about a sentence: the same code so near another coder's is taken for the same thing
with other ends."""

ALIKE = 0.5
"""Passages are largely the same where at least this part of all they cover is covered by both."""

Put = tuple[str, int, int]
"""What a coding says: the id of its code, and its start and end."""


class Kind(StrEnum):
    """How coders differ over a place: one put a code where another put a different one; one put
    what another did not; all put the same codes, with other ends."""

    OTHER_CODE = "other-code"
    MISSED = "missed"
    BOUNDARIES = "boundaries"


@dataclass(frozen=True, slots=True)
class Side:
    """Coders, by id, who put the same on a place, and all their codings there in the order of the
    text; no codings where they put nothing."""

    coders: tuple[str, ...]
    codings: tuple[Coding, ...]

    @property
    def put(self) -> tuple[Put, ...]:
        """What each of these coders put, in the order of the text."""
        return tuple(dict.fromkeys((one.code_id, one.start, one.end) for one in self.codings))


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A place `[start, end)` of a document over which coders differ: who put what, those first
    whom most are with, those who put nothing last.

    `far` says of other codes that they are of other themes; `at_odds` how many pairs of coders
    differ, and `apart` on how many code points not all have the same codes.
    """

    document_id: str
    start: int
    end: int
    kind: Kind
    sides: tuple[Side, ...]
    far: bool
    at_odds: int
    apart: int

    @property
    def codings(self) -> tuple[Coding, ...]:
        """All codings that differ, in the order of the text."""
        return tuple(sorted((one for side in self.sides for one in side.codings), key=_order))

    @property
    def coders(self) -> tuple[str, ...]:
        """The ids of all who are compared, in the order of the sides."""
        return tuple(one for side in self.sides for one in side.coders)

    @property
    def codes(self) -> tuple[str, ...]:
        """The ids of the codes that were put, in the order of the text."""
        return tuple(dict.fromkeys(one.code_id for one in self.codings))


def disagreements(
    codings: Iterable[Coding],
    compared: Mapping[str, Collection[str]],
    themes: Mapping[str, str],
) -> list[Disagreement]:
    """Where coders differ, the most telling first. `compared` are the ids of those who coded a
    document, by its id; `themes` the ids of the themes by those of the codes.

    First come other codes of other themes, since there the coders read the passage differently;
    then what some left out, since a theme is stronger or weaker for it; then other codes within a
    theme, where two definitions may be too close; and boundaries last, which change no count.
    Among these, first what sets more pairs of coders at odds, then what they have apart over more
    text, then in the order of documents and text.
    """
    found = [
        place(inside, coders, themes)
        for coders, of_document in _by_document(codings, compared)
        for inside in _places(_leftover(of_document, coders))
    ]
    return sorted(found, key=_telling)


def agreements(
    codings: Iterable[Coding], compared: Mapping[str, Collection[str]]
) -> list[tuple[Coding, ...]]:
    """What all who coded a document put there alike, the same code on the same passage: their
    codings, one of each, in the order of the text."""
    return [
        tuple(alike)
        for coders, of_document in _by_document(codings, compared)
        for alike in _alike(of_document).values()
        if len(alike) == len(coders)
    ]


def place(
    codings: Collection[Coding], coders: Collection[str], themes: Mapping[str, str]
) -> Disagreement:
    """These codings of one document as one place over which these coders differ."""
    own: dict[str, list[Coding]] = {coder: [] for coder in sorted(coders)}
    for one in sorted(codings, key=_order):
        own.setdefault(one.coder_id, []).append(one)
    codes = {coder: {one.code_id for one in put} for coder, put in own.items()}
    sides = _sides(own)
    swapped = [
        (codes[one] - codes[other], codes[other] - codes[one])
        for one, other in combinations(own, 2)
        if not codes[one] <= codes[other] and not codes[other] <= codes[one]
    ]
    kind = Kind.BOUNDARIES
    if swapped:
        kind = Kind.OTHER_CODE
    elif len(set(map(frozenset, codes.values()))) > 1:
        kind = Kind.MISSED
    return Disagreement(
        document_id=next(iter(codings)).document_id,
        start=min(one.start for one in codings),
        end=max(one.end for one in codings),
        kind=kind,
        sides=sides,
        far=any(
            _themes(mine, themes).isdisjoint(_themes(yours, themes)) for mine, yours in swapped
        ),
        at_odds=sum(len(one.coders) * len(other.coders) for one, other in combinations(sides, 2)),
        apart=_apart(own),
    )


# Below: how it is done


def _order(coding: Coding) -> tuple[int, int, str]:
    return coding.start, coding.end, coding.id


def _telling(one: Disagreement) -> tuple[int, int, int, str, int]:
    if one.kind is Kind.OTHER_CODE:
        rank = 0 if one.far else 2
    else:
        rank = 1 if one.kind is Kind.MISSED else 3
    return rank, -one.at_odds, -one.apart, one.document_id, one.start


def _themes(codes: Iterable[str], themes: Mapping[str, str]) -> set[str]:
    return {themes.get(code, code) for code in codes}


def _by_document(
    codings: Iterable[Coding], compared: Mapping[str, Collection[str]]
) -> Iterator[tuple[Collection[str], list[Coding]]]:
    """Each document that several coded: who did, and their codings in it."""
    found: dict[str, list[Coding]] = {}
    for one in codings:
        coders = compared.get(one.document_id, ())
        if len(coders) > 1 and one.coder_id in coders:
            found.setdefault(one.document_id, []).append(one)
    for document_id, inside in found.items():
        yield compared[document_id], sorted(inside, key=_order)


def _alike(codings: Iterable[Coding]) -> dict[Put, list[Coding]]:
    """Codings by what they say, one of each coder."""
    found: dict[Put, dict[str, Coding]] = {}
    for one in codings:
        found.setdefault((one.code_id, one.start, one.end), {}).setdefault(one.coder_id, one)
    return {put: list(of_coder.values()) for put, of_coder in found.items()}


def _leftover(codings: Sequence[Coding], coders: Collection[str]) -> list[Coding]:
    """The codings that not all agree on."""
    settled = {put for put, alike in _alike(codings).items() if len(alike) == len(coders)}
    return [one for one in codings if (one.code_id, one.start, one.end) not in settled]


def _places(codings: Sequence[Coding]) -> list[list[Coding]]:
    """Codings, given in the order of the text, that belong together: of one code by several coders
    that overlap, of any code on largely the same passage, and of one code near each other where
    nobody has a part in both."""
    head = list(range(len(codings)))

    def find(one: int) -> int:
        while head[one] != one:
            head[one] = head[head[one]]
            one = head[one]
        return one

    beside: list[tuple[int, int]] = []
    near: list[int] = []
    for number, coding in enumerate(codings):
        near = [one for one in near if codings[one].end + NEAR >= coding.start]
        for other in near:
            if _belong(codings[other], coding):
                head[find(number)] = find(other)
            elif codings[other].code_id == coding.code_id:
                beside.append((other, number))
        near.append(number)
    having: dict[int, set[str]] = defaultdict(set)
    for number, coding in enumerate(codings):
        having[find(number)].add(coding.coder_id)
    for one, other in beside:
        first, second = find(one), find(other)
        if first != second and having[first].isdisjoint(having[second]):
            head[second] = first
            having[first] |= having[second]
    found: dict[int, list[Coding]] = defaultdict(list)
    for number, coding in enumerate(codings):
        found[find(number)].append(coding)
    return list(found.values())


def _belong(one: Coding, other: Coding) -> bool:
    """Whether two codings, the first of which begins no later, are about one thing: of one code by
    two coders on words that both have, or on largely the same words."""
    both = min(one.end, other.end) - other.start
    if one.code_id == other.code_id:
        return both > 0 and one.coder_id != other.coder_id
    return both >= ALIKE * (max(one.end, other.end) - one.start)


def _sides(own: Mapping[str, Sequence[Coding]]) -> tuple[Side, ...]:
    found: dict[tuple[Put, ...], tuple[list[str], list[Coding]]] = {}
    for coder, codings in own.items():
        put = tuple((one.code_id, one.start, one.end) for one in codings)
        coders, all_of_them = found.setdefault(put, ([], []))
        coders.append(coder)
        all_of_them.extend(codings)
    sides = [Side(tuple(coders), tuple(sorted(put, key=_order))) for coders, put in found.values()]
    return tuple(
        sorted(
            sides,
            key=lambda side: (
                not side.codings,
                -len(side.coders),
                [(one.start, one.end) for one in side.codings],
                side.coders,
            ),
        )
    )


def _apart(own: Mapping[str, Sequence[Coding]]) -> int:
    """On how many code points these coders do not have the same codes."""
    every = [one for codings in own.values() for one in codings]
    edges = sorted({edge for one in every for edge in (one.start, one.end)})
    return sum(
        end - start
        for start, end in pairwise(edges)
        if len({_on(codings, start) for codings in own.values()}) > 1
    )


def _on(codings: Iterable[Coding], place: int) -> frozenset[str]:
    return frozenset(one.code_id for one in codings if one.start <= place < one.end)
