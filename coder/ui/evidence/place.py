"""The evidence place: the list at left, the desk in the middle, themes and more at right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from coder.domain.errors import NotFound
from coder.domain.quotes import Quote
from coder.project import MACHINE, StepDone
from coder.project.evidence import SubmissionView
from coder.ui.evidence.desk import Desk
from coder.ui.evidence.doubting import Doubting
from coder.ui.evidence.doubts_panel import DoubtsPanel
from coder.ui.evidence.loading import ListLoader
from coder.ui.evidence.memos_panel import MemosPanel
from coder.ui.evidence.others import OthersChoice
from coder.ui.evidence.pauses import Pauses
from coder.ui.evidence.progress import Progress
from coder.ui.evidence.side import Side
from coder.ui.evidence.similar_panel import SimilarPanel
from coder.ui.evidence.speakers import Speakers
from coder.ui.evidence.submissions import SubmissionList
from coder.ui.evidence.tagging import Tagging
from coder.ui.evidence.tags_panel import TagsPanel
from coder.ui.evidence.themes import Themes
from coder.ui.evidence.transcript_files import TranscriptFiles
from coder.ui.session import Session

if TYPE_CHECKING:
    from coder.ui.window import Window

SOON_MS = 60
"""How long lists and counts wait for more to change before they are read again."""

MANY = 200
"""Beyond so many changed submissions, documents, tags and readings the list is read anew."""

_LETTERS_WIDE = (44, 130, 48)
"""How wide list, desk and side are at first, in letters of the system's font."""

FEW = 20
"""Up to so many changed tags are shown one by one; beyond, the document's are read again."""

_CODED = ("codings", "readings")
"""What the list counts of each submission."""


class EvidencePlace(QWidget):
    """Reading and tagging. `note` gives a line for the status bar; `shown` says that another
    submission was chosen, or that what is known of it has changed."""

    note = Signal(str)
    shown = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.session: Session | None = None
        self._steps: list[StepDone] = []
        self._missed: set[str] = set()
        self.list = SubmissionList(self)
        self.desk = Desk(self)
        self.tagging = Tagging(self.desk)
        self.speakers = Speakers(self.desk)
        self.pauses = Pauses(self.desk)
        self.transcript_files = TranscriptFiles(self.desk, self.pauses)
        self.doubting = Doubting(self.desk)
        self.tagging.tags.menu.more.append(self._add_to_menu)
        self.others = OthersChoice(self)
        self.progress = Progress(self.list, self.desk)
        self.loader = ListLoader(self.list)
        self._wanted = ""
        self._make_side()
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        for widget in (self.list, self.desk, self.side):
            self.split.addWidget(widget)
        self.split.setStretchFactor(1, 1)
        self.split.setChildrenCollapsible(False)
        self.list.setMinimumWidth(200)
        self.side.setMinimumWidth(220)
        self.desk.setMinimumWidth(460)
        letter = self.fontMetrics().averageCharWidth()
        self.split.setSizes([letter * wide for wide in _LETTERS_WIDE])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SOON_MS)
        self._later.timeout.connect(self._catch_up)
        self._connect()

    def _connect(self) -> None:
        self.list.chosen.connect(self._show_submission)
        self.loader.loaded.connect(self._loaded)
        self.themes.applied.connect(self.tagging.apply)
        self.themes.note.connect(self.note)
        self.similar.applied.connect(self.tagging.apply)
        self.similar.jump.connect(self.show_passage)
        self.desk.note.connect(self.note)
        self.tagging.note.connect(self.note)
        self.speakers.note.connect(self.note)
        self.pauses.note.connect(self.note)
        self.transcript_files.note.connect(self.note)
        self.doubting.note.connect(self.note)
        self.others.note.connect(self.note)
        self.progress.note.connect(self.note)
        self.desk.submission_wanted.connect(self.list.choose)

    def _make_side(self) -> None:
        self.side = Side(self)
        self.themes = Themes(self.side)
        self.side.add(self.themes, "Themes", "The codebook (F8)")
        self.tags = TagsPanel(self.desk, self.tagging, self.side)
        self.tags.chosen_code = self.themes.current
        self.side.add(self.tags, "Tags", "The tags of this document (F9)")
        self.memos = MemosPanel(self.desk, self.side)
        self.side.add(self.memos, "Memos", "The memos on what is shown (Ctrl+Shift+M)")
        self.similar = SimilarPanel(self.desk, self.side)
        self.tagging.suggest = self.similar.choices
        self.side.add(self.similar, "Similar", "Codes of similar passages (Ctrl+Shift+G)")
        self.doubts = DoubtsPanel(self.desk, self.doubting, self.side)
        self.side.add(self.doubts, "Doubts", "What is in doubt in this transcript (Ctrl+U)")
        self.desk.doubts_wanted.connect(self.doubts.enter)
        self.desk.anyway_wanted.connect(self.doubting.hear_all_anyway)

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self.session = session
        self._steps.clear()
        self.desk.open_session(session)
        self.tagging.open_session(session)
        self.speakers.open_session(session)
        self.transcript_files.open_session(session)
        self.doubting.open_session(session)
        self.others.open_session(session)
        self.progress.open_session(session)
        self.side.open_session(session)
        self._wanted = ""
        if session:
            session.changed.connect(self._changed)
            session.sight_changed.connect(self._sight_changed)
            self.list.model.others = session.others
            self._read_queue(session)
            self.desk.show_nothing("Reading the list…")
        self.loader.begin(session)

    def refresh(self) -> None:
        """Reads the list again."""
        self.loader.read(self.session)

    def show_passage(self, submission_id: str, document_id: str, start: int, end: int) -> None:
        """Opens a document and selects the words `[start, end)` in it."""
        view = self._choose(submission_id)
        if view is None:
            return
        if self.desk.document is None or self.desk.document.id != document_id:
            self.desk.show_submission(view, document_id)
        self.desk.reader.select(start, end)
        self.desk.reader.setFocus()

    def show_document(self, submission_id: str, document_id: str = "") -> None:
        """Opens a submission at a document, or at the one that was shown last, where the person
        left it."""
        view = self._choose(submission_id)
        if view is not None:
            self.desk.show_submission(view, document_id)
            self.desk.reader.setFocus()

    def whereabouts(self) -> tuple[str, str, int]:
        """What is shown, for `return_to`: submission, document, and the place in its text."""
        document = self.desk.document
        return self.list.current(), document.id if document else "", self.desk.reader.place()

    def return_to(self, submission_id: str, document_id: str, place: int) -> None:
        """Shows a submission at a place in a document, where they are still there."""
        view = self._choose(submission_id)
        if view is not None:
            self.desk.show_submission(view, document_id)
            self.desk.reader.go_to(place)

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.desk.restyle()
        self.speakers.restyle()
        self.side.restyle()

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {
            "next-submission": lambda: self.list.step(1),
            "previous-submission": lambda: self.list.step(-1),
            "group": self.list.grouping.toggle,
            **self.desk.does(),
            **self.tagging.does(),
            **self.speakers.does(),
            **self.pauses.does(),
            **self.transcript_files.does(),
            **self.doubting.does(),
            **self.others.does(),
            **self.progress.does(),
            **self.side.does(),
            "pin-example": lambda: self.themes.pin(self.desk.bar.coding),
        }

    def submission_at_hand(self) -> str:
        """The id of the submission that is chosen in the list, or nothing."""
        return self.list.current()

    def at_hand(self) -> list[Quote]:
        """The selected words, or the tags at hand, as quotes."""
        return self.tagging.quotes_at_hand()

    def copy_cited(self) -> None:
        """Copies the selected words, or the tag at the caret, with their citation."""
        self.tagging.copy_cited()

    def find_words(self) -> None:
        """Opens the bar that finds words in the document."""
        if self.desk.document is not None:
            self.desk.finder.enter()

    # Below: what the parts of the place ask for

    def _add_to_menu(self, menu: QMenu) -> None:
        """Adds what can be done with the words and the sentence at the caret."""
        menu.addSeparator()
        menu.addAction(cast("Window", self.window()).registry["basket-add"])
        if self.desk.playback.segments:
            menu.addSeparator()
            menu.addAction("Correct this sentence…\tF4", self.desk.strip.enter)
            menu.addAction("Name the speaker…\tCtrl+Shift+Y", self.speakers.name_speaker)
            self.doubting.add_to_menu(menu)

    def _choose(self, submission_id: str) -> SubmissionView | None:
        """Chooses a submission in the list, as soon as that has been read; gives what is known of
        it, or None where it is not there."""
        if not self.loader.reading or self.session is None:
            self.list.choose(submission_id)
            return self.list.view(submission_id)
        try:
            view = self.session.project.evidence.one(submission_id)
        except NotFound:
            return None
        self._wanted = submission_id
        return view

    def _loaded(self) -> None:
        """Shows what was asked for while the list was read, or the first submission."""
        wanted, self._wanted = self._wanted, ""
        if self.list.view(wanted) is not None:
            self.list.choose(wanted)
        elif self.session and not self.list.current():
            self.show_first()
        missed, self._missed = self._missed, set()
        if missed and self.session:
            self._follow(missed)
            self.shown.emit()

    def _show_submission(self, submission_id: str) -> None:
        view = self.list.view(submission_id)
        if view is not None:
            self.desk.show_submission(view)
            self.shown.emit()

    def _changed(self, step: StepDone) -> None:
        """Shows what one committed step changed: the tags at once, the rest of it soon after, so
        that many steps in a row are one picture."""
        if self.session is None:
            return
        corrected = step.rows("segments")
        if corrected and step.kind != MACHINE:
            self.desk.transcript_changed(corrected)
        codings = step.rows("codings")
        if len(codings) > FEW or step.touches("codes"):
            self.desk.refresh_marks()
        else:
            for row_id in codings:
                self.desk.coding_changed(row_id, self.session.project.codings.find(row_id))
        if codings:
            self.desk.show_coding_here()
        self._steps.append(step)
        if not self._later.isActive():
            self._later.start()

    def _sight_changed(self) -> None:
        """Shows the tags, and counts those, that are to be seen now."""
        self.desk.refresh_marks()
        if self.session:
            self.list.show_others(self.session.others)
        self.refresh()

    def _catch_up(self) -> None:
        """Shows lists, counts and transcript as they are after the steps since the last time."""
        if self.session is None:
            return
        if self.loader.reading:
            self._later.start()
            return
        steps, self._steps = self._steps, []
        rows = _touched(steps, "submissions", "documents")
        rows |= self.list.model.holding(rows)
        heard = _touched(steps, "segments")
        queued = any(step.touches("hearings") for step in steps)
        given = any(step.touches("assignments", "sign_offs") for step in steps)
        number = sum(len(step.rows(table)) for step in steps for table in _CODED)
        if heard:
            self.desk.transcript_changed(heard)
        much = len(rows) + number > MANY
        if rows and much:
            self._missed |= rows
        elif rows:
            self.list.change(*self.session.project.evidence.touched(rows))
            self._follow(rows)
            self.shown.emit()
        if queued:
            self._read_queue(self.session)
        if given or much:
            self.loader.read(self.session, much=much)
        elif holders := self.session.project.evidence.holding(
            {(table, row) for table in _CODED for row in _touched(steps, table)}
        ):
            self.list.change(*self.session.project.evidence.touched(holders))

    def _read_queue(self, session: Session) -> None:
        """Shows how recordings stand in the queue."""
        waits = {one.media_id: one.standing for one in session.project.queue.all()}
        self.list.model.waits = waits
        self.list.model.repaint()
        self.desk.queue_changed(waits)

    def show_first(self) -> None:
        """Shows the first submission of the list, or what to do where there is none."""
        if self.list.model.views:
            self.desk.show_nothing("Choose a submission from the list.")
            self.list.step(1)
        else:
            self.desk.show_nothing(
                "No evidence yet.\n\nDrop files, e-mails or a folder here.", "Import files…"
            )

    def _follow(self, touched: set[str]) -> None:
        """Shows the chosen submission anew where it is among those touched, or another where it
        has gone."""
        view = self.list.view(self.list.current())
        if view is None:
            self.show_first()
            return
        shown = self.desk.document
        ids = {view.submission.id, *(document.id for document in view.documents)}
        if touched & (ids | ({shown.id} if shown else set())):
            self.desk.show_submission(view)


def _touched(steps: Sequence[StepDone], *tables: str) -> set[str]:
    """The ids of the rows of these tables that steps changed."""
    return {row for step in steps for table in tables for row in step.rows(table)}
