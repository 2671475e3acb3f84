"""How far coders agree: who can be compared, on which submissions, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coder.domain.agreement import (
    AgreementLine,
    AgreementOptions,
    AgreementReport,
    CoderChoice,
    Coefficient,
    LeftOut,
    Measure,
    SubmissionChoice,
    Unit,
)
from coder.domain.errors import NotFound, Refused
from coder.domain.model import Coder, Submission
from coder.domain.text import listed
from coder.domain.together import AGREED
from coder.jobs import Job
from coder.project.moment import at_one_moment
from coder.store.coded import tagged_by
from coder.store.reads import Reads
from coder.store.store import Store

if TYPE_CHECKING:
    from coder.project.agreement_lines import Whole

__all__ = [
    "Agreement", "AgreementLine", "AgreementOptions", "AgreementReport", "CoderChoice",
    "Coefficient", "LeftOut", "Measure", "SubmissionChoice", "Unit",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coded:
    """Which submissions each coder has coded, and which of these they have declared so, by the ids
    of coder and submission.

    A coder has coded a submission where they have declared every document with text in it coded,
    or else where they have tagged anything in it.
    """

    coders: tuple[Coder, ...]
    by: dict[str, set[str]]
    declared: dict[str, set[str]]


class Agreement:
    """Looks at how far coders agree; it changes nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def coders(self) -> list[CoderChoice]:
        """Everyone who can be compared, by name: people who have coded, without machines and
        without what was settled (`agreed`)."""
        coded = _coded(self._store)
        return [
            CoderChoice(one.name, len(coded.by[one.id]), len(coded.declared[one.id]))
            for one in coded.coders
            if coded.by[one.id]
        ]

    def coded_twice(self) -> list[SubmissionChoice]:
        """The submissions that two people or more have coded, in the order of references."""
        coded = _coded(self._store)
        found = []
        for one in self._store.read.submissions():
            names = tuple(each.name for each in coded.coders if one.id in coded.by[each.id])
            if len(names) > 1:
                title = one.organisation or one.respondent
                found.append(SubmissionChoice(one.ref, title, names))
        return found

    @at_one_moment
    def report(self, options: AgreementOptions, job: Job | None = None) -> AgreementReport:
        """How far the coders agree.

        Raises NotFound for a coder or submission that is not there, Refused where fewer than two
        coders or no submission are left to be compared or nothing is tagged, Cancelled.
        """
        from coder.project.agreement_lines import compare

        job = job or Job()
        coded = _coded(self._store)
        coders = _chosen(coded, options.coders)
        submissions, left_out = _compared(self._store.read, coded, coders, options.submissions)
        whole = self._whole(coded, coders, submissions)
        return compare(self._store, whole, tuple(left_out), options, job)

    def as_json(self, report: AgreementReport) -> dict[str, Any]:
        """The fields that scripts rely on, by their fixed names."""
        from coder.export.agreement_lines import as_json

        return as_json(report)

    def export(self, report: AgreementReport, path: Path) -> None:
        """Writes the report to `path`; its ending says the format: `.docx`, `.csv`, `.png` or
        `.svg`. Raises EvidenceError for another ending or a file that cannot be written, Refused
        for a picture where every code's α is undefined."""
        from coder.export.agreement import write_agreement

        write_agreement(report, path)

    def _whole(
        self, coded: Coded, coders: Sequence[Coder], submissions: Sequence[Submission]
    ) -> Whole:
        from coder.project.agreement_lines import Whole

        undeclared = {
            one.name: len(
                {each.id for each in submissions} & coded.by[one.id] - coded.declared[one.id]
            )
            for one in coders
        }
        rated = [[one.id in coded.by[coder.id] for coder in coders] for one in submissions]
        return Whole(tuple(coders), tuple(submissions), rated, undeclared)


def _coded(store: Store) -> Coded:
    read = store.read
    coders = tuple(one for one in read.coders() if "(" not in one.name and one.name != AGREED)
    lengths = read.lengths()
    texts: dict[str, set[str]] = {}
    for one in read.documents():
        if lengths.get(one.id):
            texts.setdefault(one.submission_id, set()).add(one.id)
    tagged = tagged_by(store.reader)
    declared = {}
    for coder in coders:
        done = {one for one, reading in read.readings(coder.id).items() if reading.coded_at}
        declared[coder.id] = {one for one, documents in texts.items() if documents <= done}
    by = {one.id: declared[one.id] | tagged.get(one.id, set()) for one in coders}
    return Coded(coders, by, declared)


def _chosen(coded: Coded, names: Sequence[str]) -> list[Coder]:
    """The coders of these names, or all who have coded, in the order of their names. Raises
    NotFound, Refused."""
    if names:
        known = {one.name.casefold(): one for one in coded.coders}
        for name in names:
            if name.casefold() not in known:
                raise NotFound(f"Nobody called “{name}” has coded here.", _offered(coded))
        wanted = {name.casefold() for name in names}
        coders = [one for one in coded.coders if one.name.casefold() in wanted]
    else:
        coders = [one for one in coded.coders if coded.by[one.id]]
    if len(coders) < 2:
        who = f"only {coders[0].name} is there" if coders else "nobody has coded yet"
        raise Refused(
            f"Agreement needs two coders; {who}.",
            "Choose two who have coded the same submissions.",
        )
    return coders


def _offered(coded: Coded) -> str:
    names = [one.name for one in coded.coders if coded.by[one.id]]
    return f"There are {listed(names)}." if names else "Nobody has coded yet."


def _compared(
    read: Reads, coded: Coded, coders: Sequence[Coder], refs: Iterable[str]
) -> tuple[list[Submission], list[LeftOut]]:
    """The submissions that are compared, and those left out: all that each of these coders has
    coded, or, of those named, what two or more have. Raises NotFound, Refused."""
    wanted = {read.submission(ref).id for ref in refs}
    kept, left_out = [], []
    for one in read.submissions():
        if wanted and one.id not in wanted:
            continue
        missing = tuple(each.name for each in coders if one.id not in coded.by[each.id])
        have = len(coders) - len(missing)
        if have >= 2 if wanted else not missing:
            kept.append(one)
        elif have or wanted:
            left_out.append(LeftOut(one.ref, missing))
    if not kept:
        names = listed([one.name for one in coders])
        what = (
            "None of these submissions was coded by two of"
            if wanted
            else ("No submission was coded by all of")
        )
        raise Refused(f"{what} {names}.", "Choose fewer coders, or name submissions.")
    return kept, left_out
