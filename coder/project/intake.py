"""Import: files in, submissions out, and an account of every file that was given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from coder.domain.draft import Use
from coder.domain.errors import Cancelled, EvidenceError
from coder.domain.model import Coder
from coder.jobs import Job
from coder.project.admit import Admission
from coder.project.alike import Alike
from coder.project.gather import Given, gather
from coder.project.plan import Plan, Thing
from coder.project.report import Came, Duplicate, Imported, ImportReport, Trouble
from coder.project.staging import pasted
from coder.project.survey import Survey, given_thing
from coder.store.store import Store

__all__ = ["Duplicate", "ImportReport", "Imported", "Intake", "Plan", "Trouble"]


class Intake:
    """Brings evidence into the project: first a look at it (`survey`), then what a person has
    decided about it (`admit`); or both at once (`bring`)."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who
        self._alike = Alike(store)

    def survey(
        self,
        paths: Sequence[Path],
        *,
        by_folder: bool = False,
        as_one: bool = False,
        uses: Mapping[str, str] | None = None,
        job: Job | None = None,
    ) -> Plan:
        """Reads files and folders and all that lies in them, and proposes submissions: each file,
        mail and row of a table one, or those of one folder together, or all. Nothing is written.

        `uses` says what columns of tables are used for, by their headings. Close the plan when it
        is done with. Raises Cancelled, and EvidenceError where the columns are not there.
        """
        plan = Plan()
        grouped = plan.group_as_one if as_one else plan.group_by_folder if by_folder else None
        return self._look(plan, gather(paths), uses or {}, job or Job(), grouped)

    def survey_text(self, text: str, name: str, job: Job | None = None) -> Plan:
        """Reads a text that a person has pasted, such as posts, under this name. As `survey`."""
        plan = Plan()
        return self._look(plan, [pasted(plan, text, name)], {}, job or Job())

    def map_columns(
        self, plan: Plan, thing: Thing, uses: Sequence[Use], job: Job | None = None
    ) -> None:
        """Reads a table again with these uses, one for each column; its rows take the place of
        those there were. Raises Cancelled, and Refused for what is no table."""
        Survey(self._store, plan, job or Job()).take_again(thing, uses)
        self._alike.mark(plan, job or Job())

    def admit(
        self, plan: Plan, *, job: Job | None = None, report: ImportReport | None = None
    ) -> ImportReport:
        """Takes in what a plan proposes and a person wants: one undoable step a submission.

        What was committed stays, whatever happens after. Where the project cannot be written to
        any more (a full disk), what is left is reported with the reason. `report` is filled in any
        case. Raises Cancelled.
        """
        report = report or ImportReport()
        admission = Admission(self._store, self._who, plan, job or Job())
        try:
            admission.run()
        except EvidenceError as problem:
            report.stopped = problem
            if isinstance(problem, Cancelled):
                raise
        finally:
            report.fill(plan, admission.came, admission.refused)
        return report

    def bring(
        self,
        paths: Sequence[Path],
        *,
        as_one: bool = False,
        by_folder: bool = False,
        uses: Mapping[str, str] | None = None,
        tag_questions: bool = True,
        into: str = "",
        dry_run: bool = False,
        job: Job | None = None,
        report: ImportReport | None = None,
    ) -> ImportReport:
        """Looks at files and folders and takes in all that can come in, as `survey` and `admit`.

        What was withdrawn before does not come in, and is named. `into` is an earlier submission to
        which all of it is added. With `dry_run` nothing is
        written. `report` is filled in any case. Raises Cancelled, NotFound for `into`.
        """
        report = report or ImportReport()
        if into:
            into = self._store.read.submission(into).ref
        try:
            plan = self.survey(
                paths, as_one=as_one or bool(into), by_folder=by_folder, uses=uses, job=job
            )
        except Cancelled as stopped:
            report.stopped = stopped
            with Plan([given_thing(one) for one in gather(paths)]) as untouched:
                report.fill(untouched, {}, {})
            raise
        with plan:
            plan.tag_questions = tag_questions
            for proposal in plan.proposals:
                proposal.into = into
            if not dry_run:
                return self.admit(plan, job=job, report=report)
            report.fill(plan, _would_come(plan), {})
            report.proposals = list(plan.proposals)
        return report

    def attach(
        self,
        ref: str,
        paths: Sequence[Path],
        job: Job | None = None,
        report: ImportReport | None = None,
    ) -> ImportReport:
        """Adds files and folders to an earlier submission, in one step. As `bring`."""
        return self.bring(paths, into=ref, job=job, report=report)

    def _look(
        self,
        plan: Plan,
        given: Sequence[Given],
        uses: Mapping[str, str],
        job: Job,
        group: Callable[[], None] | None = None,
    ) -> Plan:
        """Fills a plan; where that does not succeed, nothing of it is left."""
        with ExitStack() as unless_made:
            unless_made.callback(plan.close)
            Survey(self._store, plan, job, uses).take(given)
            if group:
                group()
            self._alike.mark(plan, job)
            unless_made.pop_all()
        return plan


def _would_come(plan: Plan) -> dict[int, Came]:
    return {
        id(thing): Came("", number, proposal.marks)
        for number, proposal in enumerate(plan.proposals, start=1)
        if proposal.wanted
        for thing in proposal.things
    }
