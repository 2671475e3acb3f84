"""Shows what bringing another copy in would do, does it on wish, and says what it did."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from coder.domain.text import counted, listed
from coder.project.merging import UNTOLD, Clash, Merged
from coder.ui import theme
from coder.ui.elided import Elided
from coder.ui.under_way import UnderWayDialog

_LETTERS = 110
_FEW = 50
"""So many clashes are told here; all of them are in the list of clashes."""


class MergeDialog(UnderWayDialog):
    """From looking at a copy to what came of it. While it is open nothing else is done in the
    window. `clashes_wanted` asks to see what could not be kept."""

    clashes_wanted = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(_LETTERS, parent)
        self.setWindowTitle("Merge a copy")
        self.heading = Elided(name, self)
        self.heading.setObjectName("heading")
        self.about = QTextBrowser(self)
        self.about.setObjectName("plain")
        self.about.setAccessibleName("What it brings")
        self.about.setOpenLinks(False)
        self.about.setTabChangesFocus(True)
        self.about.document().setDocumentMargin(12)
        self._buttons = QDialogButtonBox(self)
        role = QDialogButtonBox.ButtonRole
        self.go = self._buttons.addButton("&Merge", role.AcceptRole)
        self.clashes = self._buttons.addButton("Look at the &clashes…", role.AcceptRole)
        self.close_it = self._buttons.addButton("Cancel", role.RejectRole)
        for button in (self.go, self.clashes):
            button.setObjectName("primary")
        self._lay_out()
        self.close_it.clicked.connect(self.reject)
        self.go.clicked.connect(self.wanted)
        self.clashes.clicked.connect(self.accept)
        self.clashes.clicked.connect(self.clashes_wanted)
        self.work_on("Looking at it")

    def show_plan(self, plan: Merged) -> None:
        """Shows what would come in, and offers to bring it in."""
        if plan.nothing:
            self.show_done(plan)
            return
        self._tell(plan, "Nothing comes in before you press “Merge”. Ctrl+Z takes it back.")
        self.go.show()
        self.go.setDefault(True)
        self.go.setFocus()

    def show_done(self, done: Merged) -> None:
        """Shows what came in."""
        told = f"{done.label}: done. Ctrl+Z takes it back."
        if done.withdrawn:
            told += " What was withdrawn stays erased."
        self._tell(done, done.sentences()[0] if done.nothing else told)
        self.about.setVisible(not done.nothing)
        self.clashes.setVisible(bool(done.clashes))
        self.close_it.setText("Close")
        first = self.clashes if done.clashes else self.close_it
        first.setDefault(True)
        first.setFocus()
        if done.nothing:
            self.shrink()

    def _tell(self, merged: Merged, words: str) -> None:
        self.busy = False
        self.words.setText(words)
        self.about.setHtml("".join(_html(merged)))
        self.show_state()
        self.close_it.setText("Cancel")
        self._grow(40 * self.fontMetrics().lineSpacing())

    def _grow(self, height: int) -> None:
        """Makes the dialog that high at least, to both sides, as far as the screen has room."""
        if height <= self.height():
            return
        frame, room = self.frameGeometry(), self.screen().availableGeometry()
        more = height - self.height()
        top = min(frame.top() - more // 2, room.bottom() - frame.height() - more)
        self.resize(self.width(), height)
        self.move(frame.left(), max(top, room.top()))

    def show_state(self) -> None:
        super().show_state()
        self.about.setVisible(bool(self.about.toPlainText()))
        self.go.hide()
        self.clashes.hide()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.setContentsMargins(20, 16, 20, 14)
        for widget in (self.heading, self.words, self.bar):
            layout.addWidget(widget)
        layout.addWidget(self.about, 99)
        layout.addStretch(1)
        layout.addWidget(self._buttons)


def _html(merged: Merged) -> Iterator[str]:
    """What a merge does, as a page."""
    by = [
        f"{name or 'Somebody'} ({counted(number, 'act')})" for name, number in merged.acts.items()
    ]
    rows = [("By", listed(by))] if by else []
    rows += merged.kinds()
    if merged.originals:
        verb = "comes" if merged.originals == 1 else "come"
        rows.append(("Files", f"{counted(merged.originals, 'original')} {verb} along"))
    if merged.missing:
        names = listed([f"“{name}”" for name in merged.missing])
        rows.append(("Not there", f"{names}: in neither copy. Ask whoever has them for a copy."))
    for same in merged.same_files():
        rows.append(("Look at", f"{same}."))
    if merged.withdrawn:
        refs = listed(list(merged.withdrawn))
        rows.append(("Withdrawn", f"{refs}, withdrawn there, and erased here for good"))
    yield _rows(rows)
    if not merged.whole:
        yield f"<p>{escape(UNTOLD)}.</p>"
    if not merged.clashes:
        if merged.whole:
            yield "<p>Nothing clashes: all of both is kept.</p>"
        return
    clashes = counted(len(merged.clashes), "clash", "clashes")
    yield f"<h3>{clashes}: not all of both can be kept</h3>"
    for clash in merged.clashes[:_FEW]:
        yield clash_html(clash)
    if len(merged.clashes) > _FEW:
        yield f"<p>And {len(merged.clashes) - _FEW:,} more.</p>"


def clash_html(clash: Clash) -> str:
    """A clash with what was kept and what was lost, and by whom."""
    muted = theme.current().muted
    sides = (("Kept", clash.kept, clash.kept_by), ("Lost", clash.lost, clash.lost_by))
    cells = "".join(
        f'<tr><td style="color:{muted}; padding-right:18px">{name}</td><td>{escape(words)}'
        f'<span style="color:{muted}">{escape(f" · {by}" if by else "")}</span></td></tr>'
        for name, words, by in sides
    )
    return f'<p><b>{escape(clash.what)}</b></p><table cellspacing="4">{cells}</table>'


def _rows(rows: list[tuple[str, str]]) -> str:
    """Rows of a name and words."""
    look = f"color:{theme.current().muted}; padding-right:18px"
    cells = "".join(
        f'<tr><td style="{look}">{name}</td><td>{escape(words)}</td></tr>' for name, words in rows
    )
    return f'<table cellspacing="4">{cells}</table>'
