"""Codes that nearly always go together, and sub-codes that are never apart from their parent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from coder.analysis.consistency.findings import Finding, Kind, Passage
from coder.analysis.consistency.limits import Limits
from coder.analysis.consistency.material import Material, lies_on
from coder.domain.model import Coding

_SHOWN = 6

Bare = tuple[str, str, int, int]
"""A coder, a document, a start and an end: one tagged passage of theirs."""


def going_together(material: Material, limits: Limits) -> Iterator[Finding]:
    """Pairs of codes that one and the same coder nearly always puts on the same words. What
    different coders call by different names is a disagreement and told as such."""
    passages, pairs = _met(material)
    for (one, other), met in sorted(pairs.items()):
        if (one, other) != tuple(sorted((one, other))):
            continue
        parent = _parent(material, one, other)
        if parent:
            yield from _under(material, passages, pairs, parent, limits)
            continue
        back = pairs[other, one]
        enough = min(len(passages[one]), len(passages[other])) >= limits.together_passages
        shares = len(met) / len(passages[one]), len(back) / len(passages[other])
        spread = {material.owner(bare[1]).id for bare in met}
        if (
            enough
            and min(shares) >= limits.together_share
            and len(spread) >= limits.together_submissions
        ):
            yield material.finding(
                Kind.TOGETHER,
                [one, other],
                f"{material.name(one)} and {material.name(other)} nearly always go together:"
                f" {len(met)} of {len(passages[one])} passages of the one bear the other, and"
                f" {len(back)} of {len(passages[other])} the other way round.",
                [one, other],
                [_shown(material, bare, (one, other)) for bare in list(met)[:_SHOWN]],
                state=material.meaning(one, other),
                size=len(met),
            )


def _under(
    material: Material,
    passages: dict[str, dict[Bare, None]],
    pairs: dict[tuple[str, str], dict[Bare, None]],
    lineage: tuple[str, str],
    limits: Limits,
) -> Iterator[Finding]:
    child, parent = lineage
    met, every = pairs[child, parent], passages[child]
    if len(every) >= limits.parent_passages and len(met) >= limits.parent_share * len(every):
        yield material.finding(
            Kind.PARENT,
            [child, parent],
            f"{material.name(child)} is never apart from {material.name(parent)} above it:"
            f" {len(met)} of its {len(every)} passages bear both.",
            [child, parent],
            [_shown(material, bare, (child, parent)) for bare in list(met)[:_SHOWN]],
            state=material.meaning(child, parent),
            size=len(met),
        )


def _parent(material: Material, one: str, other: str) -> tuple[str, str] | None:
    """The two as child and parent where the one is anywhere above the other."""
    for child, above in ((one, other), (other, one)):
        at = material.codes[child].parent_id
        while at:
            if at == above:
                return child, above
            at = material.codes[at].parent_id
    return None


def _met(
    material: Material,
) -> tuple[dict[str, dict[Bare, None]], dict[tuple[str, str], dict[Bare, None]]]:
    """The passages of each code, and for two codes those of the first that bear the second too."""
    passages: defaultdict[str, dict[Bare, None]] = defaultdict(dict)
    pairs: defaultdict[tuple[str, str], dict[Bare, None]] = defaultdict(dict)
    for codings in material.by_document.values():
        open_: list[Coding] = []
        for one in codings:
            passages[one.code_id][_bare(one)] = None
            open_ = [other for other in open_ if other.end > one.start]
            for other in open_:
                if (
                    other.coder_id == one.coder_id
                    and other.code_id != one.code_id
                    and lies_on(one.start, one.end, other)
                ):
                    pairs[one.code_id, other.code_id][_bare(one)] = None
                    pairs[other.code_id, one.code_id][_bare(other)] = None
            open_.append(one)
    return passages, pairs


def _bare(coding: Coding) -> Bare:
    return coding.coder_id, coding.document_id, coding.start, coding.end


def _shown(material: Material, bare: Bare, codes: tuple[str, str]) -> Passage:
    coder_id, document_id, start, end = bare
    on = [
        one
        for one in material.by_document[document_id]
        if one.coder_id == coder_id and one.code_id in codes and lies_on(start, end, one)
    ]
    return material.passage(document_id, start, end, on)
