"""Memos as acts of the window: on what is shown, on a code, on the inquiry, and in the journal."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from coder.domain.errors import NotFound
from coder.domain.model import About
from coder.project.memos import MemoView
from coder.ui.memos.window import MemosWindow

if TYPE_CHECKING:
    from coder.ui.window import Window


class Memos(QObject):
    """What one window does with memos."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.shown: MemosWindow | None = None
        window.evidence.memos.jump.connect(self.go_to)

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {
            "memo-submission": partial(self._write_here, About.SUBMISSION),
            "memo-document": partial(self._write_here, About.DOCUMENT),
            "memo-code": self._write_on_code,
            "memo-project": partial(self.write, About.PROJECT, ""),
            "journal": self._write_in_journal,
            "memos": self._open_all,
        }

    def write(self, about: About, of_id: str) -> None:
        """Lets the person at work write a memo on what has this id: goes on with their own, or
        begins one."""
        window = self._open()
        if window is not None:
            window.write(about, of_id)

    def go_to(self, memo: MemoView) -> None:
        """Shows what a memo is about."""
        window = self._window
        if memo.end:
            window.show_passage(memo.submission_id, memo.document_id, memo.start, memo.end)
        elif memo.submission_id:
            window.go_to_place(0)
            window.evidence.show_document(memo.submission_id, memo.document_id)
        elif memo.kind == About.CODE:
            window.registry["to-themes"].trigger()
            window.evidence.themes.tree.choose(memo.of_id)
        window.activateWindow()

    def close(self) -> None:
        """Keeps what is being written and closes the window of memos."""
        if self.shown is not None:
            self.shown.close()
            self.shown.editor.open_session(None)
            self.shown.deleteLater()
            self.shown = None

    def _write_here(self, about: About) -> None:
        """Writes on the submission or document that is shown, in the panel beside the text."""
        window = self._window
        if window.session is None:
            return
        if window.place() != 0 or window.evidence.desk.document is None:
            self._write_on_chosen(about)
            return
        panel = window.evidence.memos
        window.evidence.side.go_to(panel, panel.editor.field)
        panel.write(about)

    def _write_on_chosen(self, about: About) -> None:
        """Writes on the submission at hand where no document of it is shown."""
        chosen = self._window.submission_at_hand()
        if chosen and about is About.SUBMISSION:
            self.write(about, chosen)
        else:
            self._window.status.note("Choose a submission first.")

    def _write_on_code(self) -> None:
        code_id = self._window.evidence.themes.current()
        if code_id:
            self.write(About.CODE, code_id)
        else:
            self._window.status.note("Choose a code in the themes first (F8).")

    def _open_all(self) -> None:
        self._open()

    def _write_in_journal(self) -> None:
        window = self._open()
        if window is not None:
            window.write_in_journal()

    def _open(self) -> MemosWindow | None:
        session = self._window.session
        if session is None:
            return None
        if self.shown is None:
            self.shown = MemosWindow(session, self._window)
            self.shown.jump.connect(self._go_where_it_is)
        self.shown.show()
        self.shown.raise_()
        self.shown.activateWindow()
        self.shown.refresh()
        return self.shown

    def _go_where_it_is(self, memo: MemoView) -> None:
        try:
            self.go_to(memo)
        except NotFound as problem:
            self._window.status.note(str(problem))
