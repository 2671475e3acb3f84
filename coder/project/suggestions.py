"""Suggestions: the codes that passages like the one at hand got, with those passages as reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coder.analysis.suggestion import FEWEST, NEAREST, Neighbour, telling, votes
from coder.domain.model import Code, Coding, Document
from coder.domain.sight import Others, Sight
from coder.project.moment import at_one_moment
from coder.store import likeness
from coder.store.store import Store

__all__ = ["FEWEST", "Reason", "Suggestion", "Suggestions"]

MOST = 6
"""So many codes are suggested at most."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A tagged passage that speaks for a code: where it is, its exact words, and who tagged it."""

    submission_id: str
    document_id: str
    ref: str
    document: str
    start: int
    end: int
    quote: str
    coder: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code for the passage at hand. `weight` is its share of the votes, above 0 and at most 1;
    the reasons are the passages that speak for it, the most similar first."""

    code: Code
    weight: float
    reasons: tuple[Reason, ...]


class Suggestions:
    """What similar passages were tagged with. Nothing is ever tagged by this."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def tagged(self) -> int:
        """How many different passages are tagged, counted up to `FEWEST`, below which nothing is
        suggested."""
        return likeness.count(self._store.reader, FEWEST)

    @at_one_moment
    def for_passage(
        self,
        document: Document,
        start: int,
        end: int,
        sight: Sight = Sight(),  # noqa: B008
    ) -> list[Suggestion]:
        """The codes to be thought of for `[start, end)` of a document, the likeliest first.

        The passages most like it by FTS5's BM25 vote; what lies on these words already neither
        votes nor is suggested, and the same words in several places (the letters of a campaign)
        vote once. Nothing is suggested where too few passages are tagged, or none is like it, and
        never to those who code blind; of hidden tags of others nothing is told.
        """
        if sight.others is Others.BLIND or self.tagged() < FEWEST:
            return []
        here = [
            coding
            for coding in likeness.overlapping(self._store.reader, document.id, start, end)
            if _lies_on(coding, document.id, start, end) and _is_seen(coding, sight)
        ]
        groups = self._groups(document, start, end, sight)
        neighbours = [
            Neighbour(score, frozenset(one.code_id for one in codings)) for codings, score in groups
        ]
        codes = {code.id: code for code in self._store.read.codes()}
        found = votes(neighbours, {coding.code_id for coding in here})[:MOST]
        told = _Telling(self._store)
        return [
            Suggestion(
                codes[vote.code_id],
                vote.weight,
                tuple(told.reason(_with(groups[place][0], vote.code_id)) for place in vote.by),
            )
            for vote in found
        ]

    def _groups(
        self, document: Document, start: int, end: int, sight: Sight
    ) -> list[tuple[list[Coding], float]]:
        """The nearest passages: all codings of the same words together, with their likeness."""
        groups: dict[str, tuple[list[Coding], float]] = {}
        near = likeness.nearest(self._store.reader, telling(document.text[start:end]))
        for coding, score in near:
            if not _is_seen(coding, sight) or _lies_on(coding, document.id, start, end):
                continue
            words = " ".join(coding.quote.casefold().split())
            if words not in groups and len(groups) == NEAREST:
                break
            groups.setdefault(words, ([], score))[0].append(coding)
        return list(groups.values())


class _Telling:
    """Says of codings where they are and whose, reading each document and name once."""

    def __init__(self, store: Store) -> None:
        self._read = store.read
        self._coders = {coder.id: coder.name for coder in self._read.coders()}
        self._places: dict[str, tuple[str, str, str]] = {}

    def reason(self, coding: Coding) -> Reason:
        if coding.document_id not in self._places:
            self._places[coding.document_id] = self._read.place_of(coding.document_id)
        submission_id, ref, title = self._places[coding.document_id]
        coder = self._coders.get(coding.coder_id, "")
        place = (coding.start, coding.end, coding.quote)
        return Reason(submission_id, coding.document_id, ref, title, *place, coder)


def _with(codings: Iterable[Coding], code_id: str) -> Coding:
    """The first of these codings that has the code."""
    return next(one for one in codings if one.code_id == code_id)


def _is_seen(coding: Coding, sight: Sight) -> bool:
    """Whether a coding counts: everybody's, or where others' are hidden one's own alone."""
    return sight.whole or coding.coder_id == sight.coder_id


def _lies_on(coding: Coding, document_id: str, start: int, end: int) -> bool:
    """Whether a coding is on these words: the two share more than half of the shorter."""
    if coding.document_id != document_id:
        return False
    shared = min(coding.end, end) - max(coding.start, start)
    return 2 * shared > min(coding.end - coding.start, end - start)
