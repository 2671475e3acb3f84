"""Writes memos: what is typed is kept by itself, after a rest and when the field is left."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from coder.domain.dates import day_shown
from coder.domain.model import About
from coder.project import StepDone
from coder.project.memos import TAG, MemoView
from coder.ui import messages
from coder.ui.elided import Elided
from coder.ui.memos.cards import KINDS
from coder.ui.session import Session

REST_MS = 2_000
"""What was typed is kept after so long a rest."""

SPARING_MS = 30_000
"""While one goes on typing it is kept at most so often, so that undo has few steps to go back."""

_WAITING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)


class _Field(QPlainTextEdit):
    """The field. `left` says that the focus went elsewhere, `escaped` that Escape was pressed."""

    left = Signal()
    escaped = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _WAITING:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class MemoEditor(QWidget):
    """One memo at a time: an old one, or a new one that is there as soon as something is written.
    `kept` gives the id of a memo that was written; `escaped` says that one wants out."""

    kept = Signal(str)
    escaped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._id = ""
        self._about: About | None = None
        self._of_id = ""
        self._base = ""
        self._head = Elided("", self)
        self._head.setObjectName("section")
        self._below = Elided("", self)
        self._below.setObjectName("muted")
        self.field = _Field(self)
        self.field.setObjectName("plain")
        self.field.setAccessibleName("Memo")
        self.field.setTabChangesFocus(True)
        self._said = QLabel(self)
        self._said.setObjectName("muted")
        self._said.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._head)
        layout.addWidget(self._below)
        layout.addWidget(self.field, 1)
        layout.addWidget(self._said)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._rested)
        self._since = QElapsedTimer()
        self.field.textChanged.connect(self._typed)
        self.field.left.connect(self.commit)
        self.field.escaped.connect(self.escaped)
        self.close_memo()

    @property
    def memo_id(self) -> str:
        """The id of the memo that is being written, empty where it is not there yet."""
        return self._id

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self.commit()
        self._session = session
        self.close_memo()
        if session:
            session.changed.connect(self._changed)

    def close_memo(self) -> None:
        """Shows no memo."""
        self.commit()
        self._id, self._about, self._of_id = "", None, ""
        self._show("", "", "", may=False)
        self._said.setText("Choose a memo to read it, or write a new one.")

    def show_memo(self, memo: MemoView) -> None:
        """Shows a memo, to be changed where it is this coder's own."""
        if self._session is None or (memo.id == self._id and memo.text == self._base):
            return
        self.commit()
        self._take(self._session, memo)

    def begin(self, about: About, of_id: str) -> None:
        """Begins a new memo."""
        if self._session is None:
            return
        self.commit()
        project = self._session.project
        place = project.memos.subject(about, of_id)
        self._id, self._about, self._of_id = "", about, of_id
        self._show(_headed(about, place.subject), place.detail, "", may=True)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Keeps what was typed. A memo that was emptied is removed."""
        self._rest.stop()
        session, text = self._session, self.field.toPlainText().strip()
        if session is None or text == self._base or self.field.isReadOnly():
            return
        for kept in messages.attempt(self, lambda: self._write(session, text)):
            gone = not text and self._about is not None
            self._since.start()
            self._base = text
            self._id = "" if gone else kept
            self._said.setText("Removed." if gone else "Saved.")
            self.kept.emit(kept)

    def _write(self, session: Session, text: str) -> str:
        """Writes the memo, or a new one; gives its id."""
        memos = session.project.memos
        if not self._id and self._about is not None:
            return memos.write(self._about, self._of_id, text).id
        memos.change(self._id, text)
        return self._id

    def _take(self, session: Session, memo: MemoView) -> None:
        self._id, self._of_id = memo.id, memo.of_id
        self._about = None if memo.kind == TAG else About(memo.kind)
        mine = memo.coder_id == session.project.coder.id
        below = " · ".join(filter(None, (memo.detail, memo.coder, day_shown(memo.at))))
        self._show(_headed(memo.kind, memo.subject), below, memo.text, may=mine)
        if not mine:
            self._said.setText(f"This memo is {memo.coder}’s and stays as it is.")

    def _show(self, head: str, below: str, text: str, *, may: bool) -> None:
        session = self._session
        writable = may and session is not None and not session.project.read_only
        self._head.setText(head)
        self._below.setText(below)
        self._head.setVisible(bool(head))
        self._below.setVisible(bool(below))
        self._base = text.strip()
        self.field.blockSignals(True)
        self.field.setPlainText(text)
        self.field.blockSignals(False)
        self.field.moveCursor(QTextCursor.MoveOperation.End)
        self.field.setReadOnly(not writable)
        self.field.setEnabled(bool(head))
        self.field.setPlaceholderText("What do you think?" if writable else "")
        self._said.setText("Saved as you write; Esc leaves the field." if writable else "")
        self._since.invalidate()

    def _typed(self) -> None:
        if not self.field.isReadOnly():
            self._rest.start(REST_MS)

    def _rested(self) -> None:
        """Keeps what was typed, unless that was done just now, or the field is empty for the
        moment."""
        if not self.field.toPlainText().strip():
            return
        waited = self._since.elapsed() if self._since.isValid() else SPARING_MS
        if waited < SPARING_MS:
            self._rest.start(max(REST_MS, SPARING_MS - waited))
        else:
            self.commit()

    def _changed(self, step: StepDone) -> None:
        """Shows a memo as it is now, where nothing was typed into it meanwhile."""
        session = self._session
        if session is None or self._id not in step.rows("memos"):
            return
        if self.field.toPlainText().strip() != self._base:
            return
        memo = session.project.memos.one(self._id)
        if memo is None:
            self.close_memo()
            self._said.setText("This memo was removed.")
        elif memo.text != self._base:
            self._take(session, memo)


def _headed(kind: str, subject: str) -> str:
    if kind in (About.JOURNAL, About.PROJECT):
        return subject
    return f"{KINDS[kind]}: {subject}"
