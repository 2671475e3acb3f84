"""How evidence comes in: looked through, shown, imported, and told of in a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from coder.domain.errors import Cancelled
from coder.domain.text import counted
from coder.jobs import Job, Progress
from coder.project.intake import ImportReport
from coder.project.interchange import is_project_file
from coder.project.plan import Plan, Thing
from coder.ui import messages
from coder.ui.background import Work
from coder.ui.importing.board import Board
from coder.ui.importing.columns import ColumnsDialog, is_uncertain
from coder.ui.importing.posts import PostsDialog
from coder.ui.importing.preview import PreviewDialog
from coder.ui.importing.words import counted_in, name_of
from coder.ui.session import Session

if TYPE_CHECKING:
    from coder.ui.window import Window

_FEW = 6
"""So many problems are told at once; the rest is in the details."""


class Importing(QObject):
    """Brings evidence into the inquiry that one window has open."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.previews: list[PreviewDialog] = []
        self._looking: Work | None = None

    def bring(self, paths: Sequence[Path], into: str = "") -> None:
        """Looks through these files and folders, and shows what would become of each: part of the
        submission with the reference `into`, where one is given. A project of another program that
        is given by itself comes in as one."""
        session = self._writable()
        if session is None or not paths:
            return
        if len(paths) == 1 and not into and is_project_file(paths[0]):
            self._window.exchange.bring(paths[0])
            return
        intake, closes = session.project.intake, session.project.inquiry.closes

        def look(job: Job) -> Board:
            plan = intake.survey(paths, as_one=bool(into), job=job)
            for proposal in plan.proposals:
                proposal.into = into
            return Board(plan, closes)

        self._survey(session, look)

    def paste(self) -> None:
        """Brings the files on the clipboard, or takes its text for posts."""
        clipboard = QGuiApplication.clipboard().mimeData()
        files = [Path(url.toLocalFile()) for url in clipboard.urls() if url.isLocalFile()]
        if files:
            self.bring(files)
        elif clipboard.hasText():
            self.add_posts(clipboard.text())
        else:
            self._window.status.note("There are neither files nor text to paste.")

    def add_posts(self, pasted: str = "") -> None:
        """Asks for social posts and shows what would become of them."""
        session = self._writable()
        if session is None:
            return
        intake, closes = session.project.intake, session.project.inquiry.closes
        dialog = PostsDialog(self._window, pasted)

        def look(text: str) -> None:
            work = self._start("Reading the posts", lambda _: intake.survey_text(text, dialog.name))
            work.finished.connect(partial(self._show_found, dialog))

        def go_on() -> None:
            text, name = dialog.text, dialog.name
            self._survey(session, lambda _: Board(intake.survey_text(text, name), closes))

        dialog.look_wanted.connect(look)
        dialog.accepted.connect(go_on)
        dialog.open()

    def abandon(self) -> None:
        """Closes the previews; nothing comes in."""
        for preview in list(self.previews):
            preview.abandon()

    # Below: from looking to telling

    def _writable(self) -> Session | None:
        session = self._window.session
        if session is not None and session.project.read_only:
            messages.inform(
                self._window,
                "This inquiry is open for reading only.",
                "Evidence can be imported where it is open for work.",
            )
            return None
        return session

    def _start(self, title: str, act: Callable[[Job], object]) -> Work:
        work = self._window.workshop.start(title, act)
        work.failed.connect(lambda problem: messages.tell(self._window, problem))
        return work

    @staticmethod
    def _show_found(dialog: PostsDialog, plan: Plan) -> None:
        dialog.show_found(plan.proposals)
        plan.close()

    def _survey(self, session: Session, act: Callable[[Job], Board]) -> None:
        work = self._start("Looking through the files", partial(_unless_stopped, act))
        self._show_looking(work)
        work.finished.connect(lambda board: self._preview(session, board))
        work.stopped.connect(lambda: self._window.status.note("Stopped. Nothing was imported."))

    def _show_looking(self, work: Work) -> None:
        """Tells in the middle of a window that has no evidence yet how far the look has come."""
        evidence = self._window.evidence
        if evidence.list.model.views:
            return
        self._looking = work
        evidence.desk.show_nothing(f"{work.title} …", "Cancel")

        def told(progress: Progress) -> None:
            if self._looking is work and not evidence.list.model.views:
                evidence.desk.reader.show_nothing(_how_far(progress), "Cancel")

        def over() -> None:
            self._looking = None
            if self._window.session is not None and not evidence.list.model.views:
                evidence.show_first()

        work.progressed.connect(told)
        work.ended.connect(over)

    def stop_looking(self) -> bool:
        """Stops the look that the empty middle tells of; False where there is none."""
        if self._looking is None:
            return False
        self._looking.cancel()
        return True

    def _preview(self, session: Session, board: Board) -> None:
        plan = board.plan
        if self._window.session is not session:
            plan.close()
            return
        if not plan.things:
            plan.close()
            messages.inform(
                self._window, "There is nothing to import.", "The folder holds no files."
            )
            return
        model = self._window.evidence.list.model
        preview = PreviewDialog(board, self._window, earlier=lambda: model.views)
        self.previews.append(preview)
        preview.columns_wanted.connect(lambda table: self._ask_columns(session, preview, table))
        preview.finished.connect(lambda _: self.previews.remove(preview))
        preview.accepted.connect(lambda: self._admit(session, plan))
        preview.rejected.connect(lambda: self._window.workshop.aside(plan.close))
        preview.open()
        uncertain = (one for one in plan.things if one.table and is_uncertain(one.table))
        first = next(uncertain, None)
        if first is not None:
            self._ask_columns(session, preview, first)

    def _ask_columns(self, session: Session, preview: PreviewDialog, table: Thing) -> None:
        if table.table is None:
            return
        plan, intake = preview.plan, session.project.intake
        dialog = ColumnsDialog(
            table.table, name_of(table), preview, tag_questions=plan.tag_questions
        )

        def read() -> None:
            uses = dialog.uses
            if table.table is None or uses == table.table.uses:
                plan.tag_questions = dialog.tag_questions
                return
            preview.wait_for(table)
            plan.tag_questions = dialog.tag_questions
            work = self._start(
                "Reading the table", lambda job: intake.map_columns(plan, table, uses, job)
            )
            work.finished.connect(lambda _: preview.read_again(done=True))
            work.failed.connect(lambda _: preview.read_again(done=False))
            work.stopped.connect(lambda: preview.read_again(done=False))

        dialog.accepted.connect(read)
        dialog.open()

    def _admit(self, session: Session, plan: Plan) -> None:
        report = ImportReport()
        told = {_named(thing.path, thing.inside) for thing in plan.left_behind()}
        told |= {
            _named(thing.path, thing.inside, part)
            for thing in plan.things
            for part, _ in thing.problems
        }
        intake = session.project.intake

        def admit(job: Job) -> None:
            with plan:
                intake.admit(plan, job=job, report=report)

        work = self._start("Importing", admit)
        additions = {one.into for one in plan.proposals if one.into}
        work.finished.connect(lambda _: self._tell(session, report, told, additions))
        work.stopped.connect(lambda: self._note_stopped(report, additions))

    def _note_stopped(self, report: ImportReport, additions: set[str]) -> None:
        came = _counted_in(report, additions)
        stays = "stays" if report.submissions == 1 else "stay"
        there = f"{came} came in and {stays}." if report.submissions else "Nothing came in."
        self._window.status.note(f"Import stopped. {there}")

    def _tell(
        self, session: Session, report: ImportReport, told: set[str], additions: set[str]
    ) -> None:
        """Tells in the status line what came in, and in a box what the preview did not tell.
        `additions` are the references to which something was to be added."""
        words = f"{_counted_in(report, additions) or 'Nothing'} imported."
        failed = set(report.failed) - told
        if report.stopped is None and not failed:
            waiting = len(session.project.transcripts.pending())
            if waiting:
                words += f" {counted(waiting, 'recording')} to be transcribed (Ctrl+T)."
            self._window.status.note(words)
            return
        words += f" {counted(len(failed), 'file')} could not be imported." if failed else ""
        sentences = zip(report.problems, report.sentences(), strict=True)
        lines = [str(report.stopped)] if report.stopped else []
        lines += [said for one, said in sentences if _named(one.path, one.inside) in failed]
        rest = f"\n\n… and {len(lines) - _FEW:,} more in the details." if len(lines) > _FEW else ""
        shown = "\n\n".join(lines[:_FEW]) + rest
        messages.inform(self._window, words, shown, "\n".join(lines) if rest else "")


def _counted_in(report: ImportReport, additions: set[str]) -> str:
    """How many submissions and additions came in; an addition has one of these references."""
    refs = {one.proposed: one.ref for one in report.imported}
    added = sum(ref in additions for ref in refs.values())
    return counted_in(len(refs) - added, added)


def _named(*parts: str) -> str:
    """A thing as reports name what did not come in: its path, the place inside, and the part."""
    return "/".join(filter(None, parts))


def _how_far(progress: Progress) -> str:
    """How far a look through files has come: “Looking through 12 of 33: letter.docx”."""
    if not progress.total:
        return f"{progress.label} …"
    number = min(progress.done + 1, progress.total)
    return f"Looking through {number:,.0f} of {progress.total:,.0f}:\n{progress.label}"


def _unless_stopped(act: Callable[[Job], Board], job: Job) -> Board:
    """The board, unless nobody waits for it any more; then its drafts go."""
    board = act(job)
    if job.cancelled:
        board.plan.close()
        raise Cancelled
    return board
