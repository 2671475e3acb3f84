"""What finding does in the window: opens the search, shows what was chosen, and tags all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from coder.domain.query import Query
from coder.domain.text import counted
from coder.jobs import Job
from coder.project.finding import Hit, Passage, Unit
from coder.ui import messages
from coder.ui.background import DESK
from coder.ui.finding.everywhere import FindWindow
from coder.ui.finding.preview import TagAllDialog
from coder.ui.finding.results import can_tag, spans_of
from coder.ui.session import Session
from coder.ui.window_state import state_file

if TYPE_CHECKING:
    from coder.domain.model import Code
    from coder.ui.window import Window

Span = tuple[str, int, int]
_SIZE = "finding"
_LONGEST = 80


class FindActs(QObject):
    """The search over the open project, and tagging what it finds."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._session: Session | None = None
        self.shown: FindWindow | None = None
        self.offered: TagAllDialog | None = None
        self._gone_to = ("", 0, 0)
        window.evidence.desk.finder.tag_wanted.connect(self._tag_here)

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        if self.shown is not None:
            state_file().setValue(_SIZE, self.shown.saveGeometry())
            self.shown.close_down()
            self.shown.deleteLater()
            self.shown = None
        self._session = session

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {"find-everywhere": self.open}

    def open(self) -> None:
        """Opens the search, with the words that are selected in the text."""
        if self._session is None:
            return
        if self.shown is None:
            self.shown = self._make(self._session)
        self.shown.enter(self._selected())

    def restyle(self) -> None:
        """Takes on the theme in use."""
        if self.shown is not None:
            self.shown.restyle()

    def _selected(self) -> str:
        """The selected words as a search, unless they are selected because they were found."""
        desk = self._window.evidence.desk
        here = (desk.document.id if desk.document else "", *desk.reader.selection())
        words = " ".join(desk.reader.selected_text().replace('"', " ").split())
        if here == self._gone_to or len(words) > _LONGEST:
            return ""
        return f'"{words}"' if " " in words else words

    def _make(self, session: Session) -> FindWindow:
        made = FindWindow(session, self._name_of, self._window)
        made.chosen.connect(self._show)
        made.tag_wanted.connect(self._tag_found)
        size = state_file().value(_SIZE)
        if size is None or not made.restoreGeometry(size):
            corner = self._window.geometry().topRight()
            made.move(corner.x() - made.width() - 24, corner.y() + 64)
        return made

    def _name_of(self, hit: Hit) -> str:
        """What a submission is called in lists, or what a memo is on that belongs to none."""
        if hit.submission_id:
            view = self._window.evidence.list.view(hit.submission_id)
            return view.title if view else ""
        if hit.about == "code" and self._session is not None:
            code = self._session.codes.get(hit.of_id)
            return f"Code “{code.name}”" if code else "A code"
        return "Journal" if hit.about == "journal" else "The inquiry"

    def _show(self, hit: Hit, go: bool) -> None:
        """Shows a place in the evidence; goes there where asked, else stays with the search."""
        window, shown = self._window, self.shown
        if hit.document_id:
            window.show_passage(hit.submission_id, hit.document_id, hit.start, hit.end)
            self._gone_to = (hit.document_id, hit.start, hit.end)
        elif hit.submission_id:
            window.show_submission(hit.ref)
        elif hit.about == "code":
            window.registry["to-themes"].trigger()
        else:
            window.registry["memos"].trigger()
        if go:
            window.activateWindow()
        elif shown is not None:
            shown.activateWindow()

    # Tag all

    def tag_spans(self, spans: Sequence[Span]) -> None:
        """Offers to tag these places: document, start and end in code points."""
        self._offer(lambda _: list(spans), "")

    def _tag_here(self, places: Sequence[tuple[int, int]]) -> None:
        document = self._window.evidence.desk.document
        if document is not None:
            self.tag_spans([(document.id, *place) for place in places])

    def _tag_found(self, query: Query, ticked: list[Hit]) -> None:
        session = self._session
        if session is None:
            return
        finding, sight = session.project.finding, session.sight
        if ticked:
            self._offer(lambda _: spans_of(ticked), "")
            return
        found = self.shown.results.listed() if self.shown is not None else []
        others = sum(not can_tag(one) for one in found)
        note = f"{counted(others, 'memo or name', 'memos and names')} cannot be tagged." * bool(
            others
        )
        self._offer(lambda job: spans_of(finding.all_hits(query, job, sight)), note)

    def _offer(self, spans: Callable[[Job], list[Span]], note: str) -> None:
        session = self._session
        if session is None:
            return
        above = self.shown if self.shown is not None and self.shown.isVisible() else self._window
        dialog = TagAllDialog(session, note, above)
        dialog.read_wanted.connect(lambda unit: self._read(dialog, unit, spans))
        dialog.tag_wanted.connect(self._tag)
        self.offered = dialog
        dialog.open()
        dialog.read()

    def _read(self, dialog: TagAllDialog, unit: Unit, spans: Callable[[Job], list[Span]]) -> None:
        session = self._session
        if session is None:
            return
        finding = session.project.finding
        work = self._window.workshop.start(
            "Reading the passages",
            lambda job: (unit, finding.passages(spans(job), unit, job)),
            DESK,
        )
        work.matters = False
        dialog.rejected.connect(work.cancel)
        work.finished.connect(dialog.show_passages)
        work.failed.connect(lambda problem: messages.tell(self._window, problem))

    def _tag(self, passages: list[Passage], code: Code | str) -> None:
        session = self._session
        if session is None:
            return
        finding = session.project.finding
        many = counted(len(passages), "passage")
        work = self._window.workshop.start(
            f"Tagging {many}", lambda job: finding.tag_all(passages, code, job), DESK
        )
        name = code if isinstance(code, str) else code.name
        work.failed.connect(lambda problem: messages.tell(self._window, problem))
        work.finished.connect(
            lambda made: self._window.status.note(
                f"Tagged {counted(len(made), 'passage')} with {name}. Ctrl+Z takes all of it back."
            )
        )
