"""What can be done with the submission at hand, from the menus, the palette and the list: with the
chosen one, or that of the chosen quote or finding."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMenu

from coder.domain.model import Document, DocumentKind, Status, Submission
from coder.project import Project
from coder.project.evidence import CAMPAIGN, SubmissionView
from coder.project.withdrawal import Erased, sentences
from coder.ui import messages
from coder.ui.dialogs.choose_submission import ChooseSubmission
from coder.ui.dialogs.withdraw import WithdrawDialog
from coder.ui.evidence.telling import heading

if TYPE_CHECKING:
    from coder.ui.window import Window

MARKS = {
    "mark-received": Status.RECEIVED,
    "mark-included": Status.INCLUDED,
    "mark-blank": Status.BLANK,
}
"""The acts that say where a submission stands, by their ids."""

MENU = (
    ("particulars", "attach"),
    ("join", "duplicate-of", "letter-of", "stand-alone"),
    tuple(MARKS),
    ("assign",),
    ("withdraw",),
)
"""The menu of a submission: ids of acts, with a line between each set."""

MACHINE = ("transcribe-again", "recognise")
"""The acts that a machine does to the document that is shown."""

_ALL = frozenset(act for part in MENU for act in part) - {"assign"}
_GONE = (Status.WITHDRAWN, Status.JOINED)


def possible(submission: Submission | None, *, read_only: bool) -> frozenset[str]:
    """The ids of the acts that can be done with a submission, or with none chosen."""
    if submission is None or read_only or submission.status is Status.WITHDRAWN:
        return frozenset()
    if submission.status is Status.JOINED:
        return frozenset({"withdraw"})
    repeats = submission.of_id or CAMPAIGN in submission.flags
    return _ALL if repeats else _ALL - {"stand-alone"}


def readable_by_machine(
    document: Document | None, view: SubmissionView | None, *, read_only: bool
) -> frozenset[str]:
    """The ids of the acts that let a machine read or hear the shown document (once more)."""
    if document is None or view is None or read_only:
        return frozenset()
    if document.source_id:
        return frozenset({"transcribe-again"})
    picture = document.kind is DocumentKind.DOCUMENT and document.original and not document.text
    known = any(
        view.lengths.get(one.id) for one in view.documents if one.original == document.original
    )
    return frozenset({"recognise"} if picture and not known else ())


class SubmissionActs(QObject):
    """Does to the submission at hand in one window what its menus offer."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._list = window.evidence.list

    def does(self) -> dict[str, Callable[[], None]]:
        """What each act does, by its id."""
        return {
            "particulars": self.change_particulars,
            "attach": self.attach,
            "join": self.join,
            "duplicate-of": partial(self.declare_same, campaign=False),
            "letter-of": partial(self.declare_same, campaign=True),
            "stand-alone": self.stand_alone,
            "withdraw": self.withdraw,
            **{name: partial(self.mark, status) for name, status in MARKS.items()},
        }

    def allow(self) -> None:
        """Greys out what cannot be done with the chosen submission, and ticks where it stands."""
        view, session = self._view(), self._window.session
        chosen = view.submission if view else None
        read_only = session is None or session.project.read_only
        can = possible(chosen, read_only=read_only)
        registry = self._window.registry
        document = self._window.evidence.desk.document if self._window.place() == 0 else None
        shown = readable_by_machine(document, view, read_only=read_only)
        for name in MACHINE:
            registry[name].setEnabled(name in shown)
        for name in _ALL:
            registry[name].setEnabled(name in can)
        for name, status in MARKS.items():
            registry[name].setChecked(chosen is not None and chosen.status is status)

    def open_menu(self, place: QPoint) -> None:
        """Offers at a place on the screen what can be done with the chosen submission."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for part in MENU:
            menu.addSeparator()
            for name in part:
                menu.addAction(self._window.registry[name])
        menu.popup(place)

    # The acts

    def change_particulars(self) -> None:
        """Asks who the submission is from and what the respondent allows."""
        if view := self._view():
            self._window.chores.change_particulars(view.submission.id)

    def attach(self) -> None:
        """Asks for files and shows what would become part of the submission."""
        view = self._view()
        if view is None:
            return
        paths, _ = QFileDialog.getOpenFileNames(
            self._window, f"Attach files to {view.submission.ref}", str(Path.home())
        )
        self._window.chores.importing.bring([Path(one) for one in paths], into=view.submission.ref)

    def join(self) -> None:
        """Asks for another submission, and takes its documents into this one."""
        view = self._view()
        if view is None:
            return
        ref = view.submission.ref

        def do(project: Project, other: str) -> None:
            if self._try(partial(project.joining.join, ref, other)):
                self._note(f"The documents of {other} are in {ref} now.")

        self._ask(
            view,
            f"Join which submission with {ref}?",
            f"Its documents and their tags go to {heading(view)}. Its own reference stays, and"
            f" says that it was joined with {ref}.",
            "Join",
            do,
        )

    def declare_same(self, *, campaign: bool) -> None:
        """Asks which other submission this one repeats: as a duplicate, or as a campaign's
        letter."""
        view = self._view()
        if view is None:
            return
        ref = view.submission.ref
        what = "a letter of the same campaign as" if campaign else "a duplicate of"

        def do(project: Project, other: str) -> None:
            declare = partial(project.joining.set_same, ref, other, campaign=campaign)
            for one in self._try(declare):
                head = project.submission(one.of_id).ref
                self._note(f"{ref} is {what} {head} now.")

        counts = (
            "Both stay in the list. Its own words are tinted, and the account counts it as a"
            " campaign letter."
            if campaign
            else "It stays in the list as a duplicate. Its passages stay out of packs, and the"
            " account counts it as one."
        )
        name = "Set as a letter" if campaign else "Set as a duplicate"
        self._ask(view, f"{ref} is {what} which submission?", counts, name, do)

    def stand_alone(self) -> None:
        """Takes back that the submission repeats another, or stands for a campaign."""
        project, view = self._project(), self._view()
        if project and view:
            ref = view.submission.ref
            if self._try(partial(project.joining.stand_alone, ref)):
                self._note(f"{ref} stands for itself now.")

    def mark(self, status: Status) -> None:
        """Says where the submission stands."""
        project, view = self._project(), self._view()
        if project is None or view is None:
            return
        submission = view.submission
        if submission.status is not status:
            change = partial(project.evidence.change, submission.ref, status=str(status))
            if self._try(change):
                self._note(f"{submission.ref} is marked as {status}.")
        self.allow()

    def withdraw(self) -> None:
        """Asks, then erases the submission for good."""
        project, view = self._project(), self._view()
        if project is None or view is None:
            return
        related = [one for one in self._list.model.views if one.of == view.submission.ref]
        joined = [one.submission.ref for one in related if one.submission.status is Status.JOINED]
        alike = [one.submission.ref for one in related if one.submission.status not in _GONE]
        dialog = WithdrawDialog(view, self._window, joined=joined, alike=alike)
        dialog.accepted.connect(lambda: self._erase(project, view.submission))
        dialog.open()

    # Below: how they ask and how they end

    def _project(self) -> Project | None:
        return self._window.session.project if self._window.session else None

    def _view(self) -> SubmissionView | None:
        return self._list.view(self._window.submission_at_hand())

    def _try(self, act: Callable[[], Submission]) -> tuple[Submission, ...]:
        return messages.attempt(self._window, act)

    def _note(self, words: str) -> None:
        self._window.status.note(f"{words} Ctrl+Z takes it back.")

    def _ask(
        self,
        view: SubmissionView,
        question: str,
        more: str,
        go: str,
        do: Callable[[Project, str], None],
    ) -> None:
        """Asks for another submission, and does the act with its reference."""
        project = self._project()
        if project is None:
            return
        others = [
            one
            for one in self._list.model.views
            if one.submission.status not in _GONE and one.submission.id != view.submission.id
        ]
        dialog = ChooseSubmission(others, question, more, go, self._window)
        dialog.chosen.connect(partial(do, project))
        dialog.open()

    def _erase(self, project: Project, submission: Submission) -> None:
        ref, desk = submission.ref, self._window.evidence.desk
        if self._list.current() == submission.id:
            desk.show_nothing(f"{ref} is being erased.")
        work = self._window.workshop.start(
            f"Erasing {ref}", lambda _: project.withdrawal.withdraw(ref)
        )
        work.finished.connect(self._erased)
        work.failed.connect(partial(self._not_erased, submission.id))

    def _erased(self, gone: Erased) -> None:
        said = sentences(gone)
        if gone.removed or gone.shared or gone.twins or gone.unfinished:
            messages.inform(self._window, said[0], "\n\n".join(said[1:]))
        self._window.status.note(" ".join(said[:2]))

    def _not_erased(self, submission_id: str, problem: BaseException) -> None:
        view = self._list.view(submission_id)
        if view and self._list.current() == submission_id:
            self._window.evidence.desk.show_submission(view)
        messages.tell(self._window, problem)
