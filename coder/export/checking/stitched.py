"""Quotations whose words are all true and were put together anew: two passages joined without a
mark of what lies between them, and sentences that end elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coder.domain.model import DocumentKind
from coder.export.checking.alignment import Span
from coder.export.checking.evidence import Corpus
from coder.export.checking.findings import Kind, Piece, Problem
from coder.export.checking.omissions import Place, short
from coder.export.checking.pattern import Pattern
from coder.export.checking.sources import Sources

_FEWEST, _FEWEST_ELSEWHERE = 4, 6
"""Words that each of two passages must have: of what is cited, and of any other text."""

_FEWEST_BETWEEN = 5
"""Words between two passages; fewer are told one by one, as left out."""

_SHOWN = 5
_ENDS = re.compile(r"[.!?…][^\w\s]*\s")
_PARTS = re.compile(r"[.!?…:;–—()\n-]")
_FEWEST_AROUND = 3
"""Words of a sentence on either side of an end that is looked at; fewer are an abbreviation."""


@dataclass(frozen=True, slots=True)
class Half:
    """The first or the last words of a quotation, and where a document has them."""

    document_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Stitched:
    """A quotation whose words up to `cut` are one passage and the others a second one."""

    cut: int
    first: Half
    second: Half

    @property
    def apart(self) -> list[Place]:
        """Where another document has the rest of its words."""
        main = self.main.document_id
        halves = [one for one in (self.first, self.second) if one.document_id != main]
        return [Place(one.document_id, (one.span,)) for one in halves]

    @property
    def main(self) -> Place:
        """Where the document that has the most of it has its words."""
        halves = [self.first, self.second]
        best = max(halves, key=lambda one: one.span[1] - one.span[0])
        same = sorted(one.span for one in halves if one.document_id == best.document_id)
        return Place(best.document_id, tuple(same))


def stitched(
    pattern: Pattern, candidates: Sequence[str], cited: set[str], corpus: Corpus
) -> Stitched | None:
    """How two passages of these documents make up a quotation; None where they do not, or stand so
    near that the words between are told one by one. What is not `cited` must have more of it, and
    all of it in one document."""
    if len(pattern.runs) != 1 or len(pattern) < 2 * _FEWEST:
        return None
    signs = "".join(corpus.vocabulary.sign(ways[0]) for ways in pattern.runs[0].readings)
    texts = {one: corpus.spelled[corpus.number(one)] for one in candidates}
    heads = {one: _longest(signs, text) for one, text in texts.items()}
    tails = {one: _longest(signs[::-1], text[::-1]) for one, text in texts.items()}
    pairs = [(one, one) for one in candidates]
    pairs += [(a, b) for a in candidates for b in candidates if a != b and {a, b} & cited]
    for first, second in pairs:
        fewest = [_FEWEST if one in cited else _FEWEST_ELSEWHERE for one in (first, second)]
        least, most = len(signs) - tails[second], heads[first]
        cut = min(most, len(signs) - fewest[1])
        if cut < max(least, fewest[0]):
            continue
        one, other = _where(signs, cut, texts[first], texts[second], same=first == second)
        if first == second and 0 <= other[0] - one[1] < _FEWEST_BETWEEN:
            return None
        return Stitched(cut, Half(first, one), Half(second, other))
    return None


def _longest(signs: str, text: str) -> int:
    """How many of the first words stand in a text one after another."""
    low, high = 0, len(signs)
    while low < high:
        middle = (low + high + 1) // 2
        if signs[:middle] in text:
            low = middle
        else:
            high = middle - 1
    return low


def _where(signs: str, cut: int, one: str, other: str, *, same: bool) -> tuple[Span, Span]:
    """Where both parts stand, in one text the second behind the first if it does anywhere."""
    start = one.find(signs[:cut])
    end = start + cut
    behind = other.find(signs[cut:], end) if same else other.find(signs[cut:])
    if same and behind < 0:
        behind = other.find(signs[cut:])
    return (start, end), (behind, behind + len(signs) - cut)


def problem(found: Stitched, text: str, pattern: Pattern, sources: Sources) -> Problem:
    """What is told of two passages that were joined."""
    words = pattern.words
    shown = min(found.cut + _SHOWN, len(words)) - 1
    begins = " ".join(text[words[found.cut].start : words[shown].end].split())
    told = f"Two passages joined: from “{begins}” on the words stand "
    if found.first.document_id != found.second.document_id:
        place = sources.passage(found.second.document_id, [found.second.span])
        return Problem(Kind.ALTERED, f"{told}in another text, {place.citation.strip('()')}.")
    if found.second.span[0] < found.first.span[0]:
        return Problem(Kind.ALTERED, f"{told}before the others in the evidence.")
    between = found.second.span[0] - found.first.span[1]
    return Problem(
        Kind.ALTERED, f"{told}{between:,} words further on, and no mark says that any are left out."
    )


def beside(found: Stitched, text: str, pattern: Pattern, sources: Sources) -> tuple[Piece, ...]:
    """The quotation beside the evidence, parted where its passages were joined."""
    words = pattern.words
    parts = text[: words[found.cut].start].rstrip(), text[words[found.cut].start :]
    main = found.main.document_id
    halves = (found.first, found.second)
    pieces = [
        Piece(True, part, _evidence(half, sources))
        if half.document_id == main
        else Piece(False, part, "")
        for part, half in zip(parts, halves, strict=True)
    ]
    if len(found.main.spans) == 2:
        pieces.insert(1, _between(found, sources))
    return tuple(pieces)


def _evidence(half: Half, sources: Sources) -> str:
    [(start, end)] = sources.stretches(half.document_id, [half.span])
    return sources.document(half.document_id).text[start:end]


def _between(found: Stitched, sources: Sources) -> Piece:
    document, first, last = found.first.document_id, found.first.span[1], found.second.span[0]
    if last < first:
        return Piece(False, "", "[…]", "[…]")
    [(start, end)] = sources.stretches(document, [(first, last)])
    words = sources.document(document).text[start:end]
    return Piece(False, "", short(words), short(sources.tellable(document, start, end)))


def moved_ends(text: str, pattern: Pattern, place: Place, sources: Sources) -> Iterator[Problem]:
    """Sentences that end elsewhere than in the evidence, if one ends where none does there and none
    where one does. Of what is spoken nobody can tell where sentences end."""
    document = sources.document(place.document_id)
    if document.kind is DocumentKind.TRANSCRIPT or len(place.spans) != len(pattern.runs):
        return
    places = sources.words(place.document_id)
    for run, (first, last) in zip(pattern.runs, place.spans, strict=True):
        if last - first != len(run):
            continue
        said = list(_gaps(text, [(one.start, one.end) for one in run.words]))
        there = list(_gaps(document.text, places[first:last]))
        edges = range(_FEWEST_AROUND - 1, len(said) - _FEWEST_AROUND + 1)
        put = [n for n in edges if _ends(said[n]) and not _PARTS.search(there[n][0])]
        gone = [n for n in edges if _ends(there[n]) and not _PARTS.search(said[n][0])]
        if put and gone:
            word = text[run.words[put[0]].start : run.words[put[0]].end]
            yield Problem(
                Kind.SENTENCE, f"A sentence ends behind “{word}” here, and not in the evidence."
            )


def _gaps(text: str, places: Sequence[Span]) -> Iterator[tuple[str, str]]:
    """What stands between words, each with the first letter behind it."""
    for (_, end), (start, _) in pairwise(places):
        yield text[end:start], text[start]


def _ends(gap: tuple[str, str]) -> bool:
    between, letter = gap
    return _ENDS.search(between) is not None and letter.isupper()
