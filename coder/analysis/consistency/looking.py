"""Looks for everything that is odd about a codebook in use."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from coder.analysis.consistency import alike, drift, lacking, plain, together
from coder.analysis.consistency.corpus import Corpus
from coder.analysis.consistency.findings import NOT_TAGGED, Finding, Kind
from coder.analysis.consistency.limits import Limits
from coder.analysis.consistency.material import Material
from coder.jobs import Job

_Stage = tuple[str, tuple[Kind, ...], Callable[[], Iterable[Finding]]]


def look(
    material: Material,
    limits: Limits = Limits(),  # noqa: B008
    kinds: Collection[Kind] = tuple(Kind),
    job: Job | None = None,
) -> list[Finding]:
    """The findings of these kinds, in the order of the kinds and then of the codebook and the
    evidence. Raises Cancelled."""
    job = job or Job()
    job.report(0, 1, "Reading the words of all evidence")
    corpus = Corpus(material, job)
    stages = [
        stage for stage in _stages(material, corpus, limits, job) if set(stage[1]) & set(kinds)
    ]
    found: dict[str, Finding] = {}
    for number, (label, _, act) in enumerate(stages):
        job.check()
        job.report(number + 1, len(stages) + 1, label)
        for one in act():
            if one.kind is not Kind.LACKING or not _is_told(one, found.values()):
                found.setdefault(one.id, one)
    order = {kind: place for place, kind in enumerate(Kind)}
    told = [one for one in found.values() if one.kind in kinds]
    return sorted(told, key=lambda one: order[one.kind])


def _is_told(finding: Finding, others: Iterable[Finding]) -> bool:
    """Whether words that lack a tag are told of already, with more or fewer around them."""
    here = finding.passages[0]
    return any(
        there.document_id == here.document_id and there.start < here.end and here.start < there.end
        for one in others
        if one.kind in (Kind.LACKING, Kind.CAMPAIGN)
        for there in one.passages
        if there.side == NOT_TAGGED
    )


def _stages(material: Material, corpus: Corpus, limits: Limits, job: Job) -> list[_Stage]:
    def same_words() -> Iterable[Finding]:
        groups = alike.groups(material, corpus, limits, job)
        yield from alike.tagged_differently(material, corpus, groups, limits)
        yield from lacking.echoed(material, corpus, groups, limits)

    return [
        (
            "Comparing passages with the same words",
            (Kind.ALIKE, Kind.CAMPAIGN, Kind.LACKING),
            same_words,
        ),
        (
            "Looking for passages that were passed over",
            (Kind.LACKING,),
            lambda: lacking.unlike_others(material, corpus, limits, job),
        ),
        (
            "Comparing early and late passages",
            (Kind.DRIFT,),
            lambda: drift.drifting(material, corpus, limits, job),
        ),
        (
            "Comparing coders’ passages",
            (Kind.SENSE,),
            lambda: drift.unlike_each_other(material, corpus, limits, job),
        ),
        (
            "Comparing how often codes are used",
            (Kind.RATE,),
            lambda: drift.used_more(material, limits),
        ),
        (
            "Looking which codes go together",
            (Kind.TOGETHER, Kind.PARENT),
            lambda: together.going_together(material, limits),
        ),
        (
            "Looking through the codebook",
            (Kind.UNDEFINED, Kind.UNUSED, Kind.ONCE),
            lambda: plain.codebook(material, limits),
        ),
        (
            "Looking for what bears no tag",
            (Kind.NOTHING,),
            lambda: plain.nothing_tagged(material, limits),
        ),
        (
            "Measuring tags",
            (Kind.SHORT, Kind.LONG),
            lambda: plain.lengths(material, corpus, limits),
        ),
    ]
