"""The page *Trail* of the audit: who did what and when, and what each step changed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from coder.domain.errors import NotFound
from coder.domain.text import counted
from coder.domain.trail import Asked, Fingerprint
from coder.project import StepDone
from coder.project.trail import Line, Told
from coder.ui.looking import Look
from coder.ui.session import Session
from coder.ui.trail.filters import Choices, TrailFilters, choices_of
from coder.ui.trail.lines import LINE, LineDelegate, TrailModel
from coder.ui.trail.view import StepView

SOON_MS = 400
_EMPTY = "Nothing has been done in this inquiry yet."
_NONE = "No step fits these filters."


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read for the page."""

    lines: list[Line]
    steps: int
    fingerprint: Fingerprint
    choices: Choices


class TrailPage(QWidget):
    """The trail. `jump` opens a passage: submission, document, start, end; `note` says a line;
    `save_wanted`, `verify_wanted` and `signs_wanted` ask for what they say, `was_wanted` for what
    stood there after a step: a submission's id (empty: the codebook), and the step, 0 for now."""

    jump = Signal(str, str, int, int)
    note = Signal(str)
    save_wanted = Signal()
    verify_wanted = Signal()
    signs_wanted = Signal()
    was_wanted = Signal(str, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.session: Session | None = None
        self._stale = True
        self._asked = Asked()
        self.model = TrailModel(self)
        self._reading: Look[_Read] = Look(self, "Reading the trail", self._show)
        self._paging: Look[list[Line]] = Look(self, "Reading the trail", self.model.add)
        self._telling: Look[tuple[Line, list[Told]]] = Look(self, "Reading a step", self._tell)
        self.model.more_wanted.connect(self._page_on)
        self.filters = TrailFilters(self)
        self.filters.changed.connect(self.refresh)
        head, steps = self._make_head(), self._make_list()
        self.view = StepView(self)
        self.view.go.connect(self._go)
        self.view.was_wanted.connect(self.was_wanted)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SOON_MS)
        self._later.timeout.connect(self.refresh)
        split = self.split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(steps)
        split.addWidget(self.view)
        split.setStretchFactor(1, 1)
        split.setSizes([560, 640])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(split, 1)

    def _make_head(self) -> QWidget:
        head = QWidget(self)
        title = QLabel("Trail", head)
        title.setObjectName("heading")
        self.summary = QLabel("Reading the trail …", head)
        self.summary.setObjectName("muted")
        self.summary.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.summary.setToolTip(
            "Note the fingerprint: Verify tells with it whether all that was in the journal then"
            " still stands there"
        )
        self.was = QPushButton("As it was…", head)
        self.was.setToolTip("What stood in a submission or the codebook at a past moment")
        self.signs = QPushButton("Sign-offs…", head)
        self.verify = QPushButton("Verify…", head)
        self.save = QPushButton("Save the trail…", head)
        self.was.clicked.connect(lambda: self.was_wanted.emit(self._chosen_submission(), 0))
        self.signs.clicked.connect(self.signs_wanted)
        self.verify.clicked.connect(self.verify_wanted)
        self.save.clicked.connect(self.save_wanted)
        row = QHBoxLayout()
        row.addWidget(title)
        row.addStretch(1)
        for button in (self.was, self.signs, self.verify, self.save):
            row.addWidget(button)
        layout = QVBoxLayout(head)
        layout.setContentsMargins(20, 14, 14, 10)
        layout.addLayout(row)
        layout.addWidget(self.summary)
        layout.addWidget(self.filters)
        return head

    def _make_list(self) -> QWidget:
        side = QWidget(self)
        side.setMinimumWidth(320)
        self.list = QListView(side)
        self.list.setModel(self.model)
        self.list.setItemDelegate(LineDelegate(self.list))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Steps, newest first")
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.activated.connect(lambda _: self.view.go_there())
        self._none = QLabel(side)
        self._none.setWordWrap(True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.setObjectName("muted")
        self.clear = QPushButton("Show all steps", side)
        self.clear.clicked.connect(self.filters.clear)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(20, 0, 8, 6)
        layout.addWidget(self.list, 1)
        self._empty = QWidget(side)
        inside = QVBoxLayout(self._empty)
        inside.addStretch(2)
        inside.addWidget(self._none)
        inside.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addStretch(3)
        layout.addWidget(self._empty, 1)
        self._empty.hide()
        return side

    # What it is told

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        for look in (self._reading, self._paging, self._telling):
            look.drop()
        self._later.stop()
        self.session = session
        self._stale = True
        self.model.show([])
        self.view.show_step(None, ())
        self.filters.clear()
        if session is not None:
            session.changed.connect(self._changed)
            session.sight_changed.connect(self._grow_old)
            if self.isVisible():
                self.refresh()

    def enter(self) -> None:
        """Comes into view: reads anew where something was done, and takes the focus."""
        if self._stale:
            self.refresh()
        self.list.setFocus()

    def refresh(self) -> None:
        """Reads the latest of what is asked for."""
        session = self.session
        if session is None:
            return
        self._stale = False
        if problem := self.filters.problem:
            self.note.emit(problem)
            return
        project, sight = session.project, session.sight
        asked = self._asked = self.filters.asked(project)
        self._paging.drop()

        def read() -> _Read:
            steps = sum(project.trail.count(asked, sight).values())
            lines = project.trail.page(asked, sight=sight)
            return _Read(lines, steps, project.trail.fingerprint(), choices_of(project))

        self._reading.beside(read)

    @property
    def asked(self) -> Asked:
        """What the list is narrowed to."""
        return self._asked

    def find_words(self) -> None:
        """Goes to the field that narrows the list by words."""
        self.filters.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.words.selectAll()

    def copy_cited(self) -> None:
        """There are no words of evidence to be cited here; says so."""
        self.note.emit("Show the passage in the evidence first, then copy it with its citation.")

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.view.restyle()
        self.list.viewport().update()

    # Below: how it is done

    def _show(self, read: _Read) -> None:
        kept = self._current()
        self.filters.offer(read.choices)
        self.model.show(read.lines)
        narrowed = self._asked != Asked()
        whole = counted(read.fingerprint.steps, "step")
        told = f"{read.steps:,} of {whole}" if narrowed else whole
        self.summary.setText(f"{told} · fingerprint {read.fingerprint}")
        there = bool(read.lines)
        self.list.setVisible(there)
        self._empty.setVisible(not there)
        self.clear.setVisible(narrowed)
        self._none.setText(_NONE if narrowed else _EMPTY)
        self.save.setEnabled(there)
        if there:
            self.list.setCurrentIndex(self.model.index(self.model.row_of(kept.seq if kept else 0)))
        else:
            self.view.show_step(None, ())

    def _page_on(self) -> None:
        session, last = self.session, self.model.last
        if session is None or last is None or self._paging.reading or self._reading.reading:
            return
        trail, asked, sight = session.project.trail, self._asked, session.sight
        self._paging.beside(lambda: trail.page(asked, last, sight))

    def _current(self) -> Line | None:
        found: Line | None = self.list.currentIndex().data(LINE)
        return found

    def _chosen(self, current: QModelIndex, previous: QModelIndex) -> None:
        line, session = current.data(LINE), self.session
        if line is None or session is None:
            return
        trail, sight = session.project.trail, session.sight
        self._telling.beside(lambda: (line, trail.changes(line, sight)))

    def _tell(self, told: tuple[Line, list[Told]]) -> None:
        self.view.show_step(*told)

    def _go(self, told: Told) -> None:
        """Goes to the place of a change as it stands now."""
        if self.session is None:
            return
        project = self.session.project
        try:
            document_id = told.document_id or self._first_of(told.submission_id)
            document = project.document(document_id)
        except NotFound:
            self.note.emit("It is no longer there; “As it was then…” shows what stood there.")
            return
        reaches = told.end <= len(document.text)
        start, end = (told.start, told.end) if reaches else (0, 0)
        self.jump.emit(document.submission_id, document.id, start, end)

    def _first_of(self, submission_id: str) -> str:
        assert self.session is not None
        shown = self.session.project.evidence.one(submission_id).to_read
        return shown[0].id if shown else ""

    def _chosen_submission(self) -> str:
        ref = self.filters.submission.currentData()
        return self.session.project.submission(ref).id if ref and self.session else ""

    def _changed(self, step: StepDone) -> None:
        del step
        self._grow_old()

    def _grow_old(self) -> None:
        self._stale = True
        if self.isVisible():
            self._later.start()
