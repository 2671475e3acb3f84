"""Several references that stand together: each must be right for a quotation beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coder.domain.model import Status
from coder.export.checking.citations import Citation, Cited
from coder.export.checking.findings import Kind, Problem
from coder.export.checking.judging import Claim, Judge, Verdict
from coder.export.checking.sources import Sources

_KNOWN = {Kind.REFERENCE, Kind.WITHDRAWN, Kind.NOT_FOUND}


def with_each_reference(
    told: Sequence[tuple[Claim, Verdict]], sources: Sources, judge: Judge
) -> Iterator[tuple[int, Problem]]:
    """What is wrong with single references of a citation that names several, beside the number of
    the last quotation that they stand at."""
    groups: dict[int, tuple[Citation, list[int]]] = {}
    for number, (claim, verdict) in enumerate(told):
        bound = claim.bound
        for citation in dict.fromkeys((*verdict.citations, *bound.own, *bound.near)):
            if len(citation.cited) > 1:
                groups.setdefault(id(citation), (citation, []))[1].append(number)
    for citation, numbers in groups.values():
        several = [told[number] for number in numbers]
        if all(_KNOWN & {one.kind for one in v.finding.problems} for _, v in several):
            continue
        altered = {
            ref
            for _, verdict in several
            if verdict.document_id and verdict.finding.altered
            for ref in sources.refs(verdict.document_id)
        }
        for cited in citation.cited:
            if cited.also or cited.ref in altered or not _is_evidence(sources, cited):
                continue
            held = [judge.holds(claim, cited) for claim, _ in several]
            if not any(held):
                yield numbers[-1], _problem(cited, stands_elsewhere=None in held)


def _is_evidence(sources: Sources, cited: Cited) -> bool:
    one = sources.by_ref.get(cited.ref)
    return one is not None and one.status is not Status.WITHDRAWN


def _problem(cited: Cited, *, stands_elsewhere: bool) -> Problem:
    if not stands_elsewhere:
        return Problem(Kind.REFERENCE, f"{cited.ref} does not hold these words.")
    where = f", para {', '.join(cited.paragraphs)}" if cited.paragraphs else ""
    kind = Kind.TIME if cited.times_ms and not cited.paragraphs else Kind.PARAGRAPH
    return Problem(kind, f"{cited.ref}{where} does not hold these words; they stand elsewhere.")
