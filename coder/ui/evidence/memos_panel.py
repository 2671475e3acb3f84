"""The memos on what is shown: on the submission, on the document, and on its tags."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from coder.domain.model import About
from coder.project import StepDone
from coder.project.memos import MemoView
from coder.ui.evidence.desk import Desk
from coder.ui.memos.cards import MemoList
from coder.ui.memos.editor import MemoEditor
from coder.ui.session import Session

SOON_MS = 80
_EMPTY = (
    "No memo here yet.\n\nWrite what strikes you about this submission (Ctrl+Shift+M), this"
    " document, or the tag at the caret (M)."
)


class MemosPanel(QWidget):
    """The list with the memo that is chosen below it, to be read and changed in place. `jump` goes
    to what a memo is about."""

    jump = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._desk = desk
        self._session: Session | None = None
        self._stale = False
        self.list = MemoList(self, _EMPTY)
        self.list.setAccessibleName("Memos on what is shown")
        self.editor = MemoEditor(self)
        self.list.cards.called = _called
        self.on_submission = QPushButton("+ Submission", self)
        self.on_submission.setToolTip("Write another memo on this submission")
        self.on_document = QPushButton("+ Document", self)
        self.on_document.setToolTip("Write another memo on this document")
        row = QHBoxLayout()
        for button, about in (
            (self.on_submission, About.SUBMISSION),
            (self.on_document, About.DOCUMENT),
        ):
            button.setObjectName("flat")
            button.setAccessibleName(f"New memo on this {about}")
            button.clicked.connect(lambda _=False, about=about: self.begin(about))
            row.addWidget(button)
        row.addStretch(1)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(self.editor)
        split.setSizes([360, 240])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addWidget(split, 1)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SOON_MS)
        self._later.timeout.connect(self.refresh)
        desk.document_shown.connect(self._document_shown)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.activated.connect(self._activated)
        self.list.clicked.connect(self._clicked)
        self.editor.kept.connect(lambda _: self._later.start())
        self.editor.escaped.connect(desk.reader.setFocus)

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self._session = session
        self.editor.open_session(session)
        self.refresh()
        if session:
            session.changed.connect(self._changed)
            session.sight_changed.connect(self._later.start)

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {}

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.list.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Reads the memos again; what is being written stays."""
        self._stale = not self.isVisible()
        session, document = self._session, self._desk.document
        for button in (self.on_submission, self.on_document):
            button.setEnabled(session is not None and document is not None)
        if self._stale:
            return
        memos = session.project.memos if session and document else None
        found = memos.around(document.id, session.sight) if memos and session and document else []
        if found != self.list.cards.memos:
            self.list.cards.show(found)
        self.list.choose(self.editor.memo_id)

    def begin(self, about: About) -> None:
        """Begins a new memo on the submission or document that is shown."""
        document = self._desk.document
        if document is not None:
            self.list.selectionModel().clear()
            self.editor.begin(about, _id_of(about, document.submission_id, document.id))

    def write(self, about: About) -> None:
        """Goes on with one's memo on the submission or document that is shown, or begins one."""
        session, document = self._session, self._desk.document
        if session is None or document is None:
            return
        self.refresh()
        of_id = _id_of(about, document.submission_id, document.id)
        me = session.project.coder.id
        mine = [
            memo for memo in self.list.cards.memos if (memo.of_id, memo.coder_id) == (of_id, me)
        ]
        if mine:
            self.list.choose(mine[-1].id)
            self.editor.show_memo(mine[-1])
            self.editor.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.begin(about)

    def _document_shown(self) -> None:
        self.editor.close_memo()
        self._later.start()

    def _changed(self, step: StepDone) -> None:
        if step.touches("memos", "codings", "readings"):
            self._later.start()

    def _chosen(self) -> None:
        memo = self.list.current()
        if memo is not None:
            self.editor.show_memo(memo)

    def _clicked(self) -> None:
        """Shows in the text what the memo is about, where that is a passage of it."""
        memo = self.list.current()
        if memo is not None and memo.end:
            self._desk.reader.select(memo.start, memo.end)

    def _activated(self) -> None:
        memo = self.list.current()
        if memo is not None:
            self.jump.emit(memo)


def _called(memo: MemoView) -> str:
    """What a memo is about, where it is known which submission is shown."""
    if memo.kind == About.SUBMISSION:
        return "This submission"
    return memo.subject.removeprefix(f"{memo.ref} · ")


def _id_of(about: About, submission_id: str, document_id: str) -> str:
    return submission_id if about is About.SUBMISSION else document_id
