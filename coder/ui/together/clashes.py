"""The window “Clashes”: what merges could not keep of both sides, turned round or left."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coder.domain.dates import moment_shown
from coder.domain.text import counted
from coder.project import StepDone
from coder.project.merging import Clash
from coder.ui import messages, theme
from coder.ui.codebook.asking import ask_text
from coder.ui.looking import Look
from coder.ui.session import Session
from coder.ui.together.merge_dialog import clash_html

_CLASH = Qt.ItemDataRole.UserRole
_EMPTY = (
    "No clash is open.\n\nWhere two people change the same thing in two copies, a merge keeps one"
    " of the two and lists both here, so that you can turn it round."
)
_LEAD = (
    "A merge kept one side of each, the same in every copy. Turn round what should be the other"
    " way, and leave what is right."
)
_UNSEEN = "Those over others’ tags and memos that you do not see now are not listed."
_BY_HAND = "One act does not turn this round."


class Clashes(QDialog):
    """The list, and of the chosen one what was kept and what was lost. `show_wanted` hands over
    the `Clash` that is to be seen in its place."""

    show_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Clashes")
        self._session = session
        self._reading: Look[list[Clash]] = Look(self, "Reading the clashes", self._show)
        self.title = QLabel("Clashes", self)
        self.title.setObjectName("heading")
        self.lead = QLabel(self)
        self.lead.setObjectName("muted")
        self.lead.setWordWrap(True)
        self.list = QTreeWidget(self)
        self.list.setObjectName("codes")
        self.list.setHeaderLabels(["What", "What happened", "Kept", "Lost"])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName("Clashes, those of the latest merge first")
        header = self.list.header()
        header.setStretchLastSection(False)
        letter = self.fontMetrics().averageCharWidth()
        for column, letters in enumerate((0, 31, 33, 33)):
            self.list.setColumnWidth(column, letters * letter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.details = QTextBrowser(self)
        self.details.setObjectName("plain")
        self.details.setAccessibleName("What was kept and what was lost")
        self.details.setOpenLinks(False)
        self.details.setTabChangesFocus(True)
        self.details.document().setDocumentMargin(12)
        self.turn = QPushButton("&Turn round", self)
        self.turn.setToolTip("The other side holds from now on. Ctrl+Z takes it back.")
        self.leave = QPushButton("&Leave as it is…", self)
        self.leave.setToolTip("It is told no more, in every copy.")
        self.see = QPushButton("&Show", self)
        self.see.setToolTip("Goes to what it is about (Enter)")
        self.empty = QLabel("Reading …", self)
        self.empty.setObjectName("muted")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self.list.currentItemChanged.connect(lambda *_: self._chosen())
        self.list.itemActivated.connect(lambda *_: self._see())
        self.turn.clicked.connect(self._turn)
        self.leave.clicked.connect(self._ask_to_leave)
        self.see.clicked.connect(self._see)
        session.changed.connect(self._changed)
        session.sight_changed.connect(self.refresh)
        self.resize(min(172 * letter, parent.width()), 42 * self.fontMetrics().lineSpacing())
        self.refresh()

    def refresh(self) -> None:
        """Reads the clashes that are open."""
        merging, sight = self._session.project.merging, self._session.sight
        self._reading.beside(lambda: merging.clashes(sight))
        self._allow()

    def current(self) -> Clash | None:
        """The chosen one."""
        item = self.list.currentItem()
        found: Clash | None = item.data(0, _CLASH) if item else None
        return found

    # Below: how it is done

    def _show(self, clashes: Sequence[Clash]) -> None:
        at, before = self.list.currentIndex().row(), self.current()
        self.list.clear()
        items = []
        for clash in clashes:
            item = QTreeWidgetItem([clash.about, clash.happened, clash.kept, clash.lost])
            item.setData(0, _CLASH, clash)
            items.append(item)
        self.list.addTopLevelItems(items)
        ids = [clash.id for clash in clashes]
        if before is not None and before.id in ids:
            at = ids.index(before.id)
        told = f"{counted(len(clashes), 'clash', 'clashes')} to look at" if clashes else "Clashes"
        self.title.setText(told)
        self.lead.setText(_LEAD if self._session.sight.whole else f"{_LEAD} {_UNSEEN}")
        self.lead.setVisible(bool(clashes) or not self._session.sight.whole)
        self.empty.setText(_EMPTY)
        appears = bool(clashes) and self._stack.currentIndex() == 0
        self._stack.setCurrentIndex(1 if clashes else 0)
        if appears:
            self.list.setFocus()
        if items:
            self.list.setCurrentItem(items[min(max(at, 0), len(items) - 1)])
        self._chosen()

    def _chosen(self) -> None:
        clash = self.current()
        if clash is not None:
            hint = "" if clash.turnable else f"{_BY_HAND} {clash.remedy}"
            when = f"{moment_shown(clash.at)}. {hint}" if clash.at else hint
            look = f"color:{theme.current().muted}"
            self.details.setHtml(f'{clash_html(clash)}<p style="{look}">{escape(when)}</p>')
        self._allow()

    def _allow(self) -> None:
        """Offers what can be done; nothing while the list is read anew."""
        clash = None if self._reading.reading else self.current()
        writable = not self._session.project.read_only
        self.turn.setEnabled(clash is not None and clash.turnable and writable)
        self.leave.setEnabled(clash is not None and writable)
        self.see.setEnabled(self.current() is not None)

    def _turn(self) -> None:
        clash = self.current()
        if clash is not None:
            merging = self._session.project.merging
            messages.attempt(self, partial(merging.turn_round, clash.id))
            self.list.setFocus()

    def _ask_to_leave(self) -> None:
        clash = self.current()
        if clash is not None:
            ask_text(
                self,
                "Leave it as it is",
                "Why is it right as it is? Colleagues may read this; it may stay empty.",
                "",
                partial(self._leave, clash),
            )

    def _leave(self, clash: Clash, reason: str) -> None:
        merging = self._session.project.merging
        messages.attempt(self, partial(merging.leave, clash.id, reason.strip()))
        self.list.setFocus()

    def _see(self) -> None:
        clash = self.current()
        if clash is not None:
            self.show_wanted.emit(clash)

    def _changed(self, step: StepDone) -> None:
        del step
        self.refresh()

    def _lay_out(self) -> None:
        acts = QHBoxLayout()
        for button in (self.turn, self.leave, self.see):
            button.setAutoDefault(False)
            acts.addWidget(button)
        acts.addStretch(1)
        there = QWidget(self)
        inside = QVBoxLayout(there)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        inside.addWidget(self.list, 2)
        inside.addWidget(self.details, 1)
        inside.addLayout(acts)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(there)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAutoDefault(False)  # Enter in the list shows what it is about
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(self.title)
        layout.addWidget(self.lead)
        layout.addWidget(self._stack, 1)
        layout.addWidget(buttons)
