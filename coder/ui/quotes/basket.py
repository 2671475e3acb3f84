"""The basket beside the quotes: what is gathered for a report, in its order, and who is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coder.domain.baskets import Basket
from coder.domain.errors import NotFound
from coder.domain.quotes import Quote
from coder.project import StepDone
from coder.project.basket_spread import Spread
from coder.project.baskets import Entry
from coder.ui import messages
from coder.ui.background import workshop_of
from coder.ui.quotes.basket_acts import BasketActs
from coder.ui.quotes.basket_list import BasketList
from coder.ui.quotes.basket_spread import SpreadStrip
from coder.ui.quotes.carried import QUOTES_MIME, unpack
from coder.ui.session import Session
from coder.ui.window_state import state_file

if TYPE_CHECKING:
    from coder.ui.window import Window

_SHOWN = ("basket_items", "baskets", "submissions", "documents", "segments", "codings", "codes")
_NONE = (
    "A basket holds the quotes of one report, in the order in which you want them.\n\n"
    "Drag quotes here from the list, or choose some and {how}."
)
_EMPTY = "“{name}” is empty.\n\nDrag quotes here from the list, or choose some and {how}."


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of a basket."""

    entries: list[Entry]
    spread: Spread


class BasketPanel(QWidget):
    """Shows one basket at a time. `note` gives a line for the status bar; `shown` the quote at hand
    for a preview; `jump` a passage to be seen in the evidence (submission, document, start, end);
    `pack_wanted` the id of the basket that is to become a pack."""

    note = Signal(str)
    shown = Signal(object)
    jump = Signal(str, str, int, int)
    pack_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.session: Session | None = None
        self._baskets: list[Basket] = []
        self._asked = 0
        self._stale = True
        self._wanted = ""
        self.acts = BasketActs(self)
        self._make()

    def _make(self) -> None:
        self.which = QComboBox(self)
        self.which.setAccessibleName("Basket")
        self.which.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.which.activated.connect(lambda _: self._switched())
        self.more = QToolButton(self)
        self.more.setText("⋯")
        self.more.setAccessibleName("What can be done with baskets")
        self.more.setToolTip("New, rename, copy, delete …")
        self.more.setMinimumSize(28, 28)
        self.more.clicked.connect(self.acts.open_basket_menu)
        head = QHBoxLayout()
        head.addWidget(self.which, 1)
        head.addWidget(self.more)
        self.list = BasketList(self)
        self.list.wanted.connect(self.acts.do)
        self.list.moved.connect(self.acts.move)
        self.list.dropped.connect(self._dropped)
        self.list.menu_wanted.connect(self.acts.open_menu)
        self.list.look.reworded.connect(self.acts.reword)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._tell_quote())
        self._make_empty()
        self.spread = SpreadStrip(self)
        self.heading = QPushButton("Add a heading…", self)
        self.heading.clicked.connect(lambda _: self.acts.add_heading())
        self.export = QPushButton("Export this basket…", self)
        self.export.clicked.connect(lambda _: self.acts.export())
        foot = QHBoxLayout()
        foot.addWidget(self.heading)
        foot.addStretch(1)
        foot.addWidget(self.export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 10, 10, 8)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._nothing, 1)
        layout.addWidget(self.spread)
        layout.addLayout(foot)
        self.setAcceptDrops(True)
        self.setMinimumWidth(230)

    def _make_empty(self) -> None:
        """What is shown where there is nothing: what a basket is for, and how to fill it."""
        self._nothing = QWidget(self)
        self._empty = QLabel(self._nothing)
        self._empty.setObjectName("muted")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.first = QPushButton("New basket…", self._nothing)
        self.first.clicked.connect(lambda _: self.acts.make())
        layout = QVBoxLayout(self._nothing)
        layout.addStretch(1)
        layout.addWidget(self._empty)
        layout.addSpacing(10)
        layout.addWidget(self.first, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self.session = session
        self._asked += 1
        self._wanted = str(state_file().value(session.kept_as("basket"), "")) if session else ""
        self.list.entries.writable = session is not None and not session.project.read_only
        if session:
            session.changed.connect(self._changed)
        self.refresh()

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.list.viewport().update()
        self.spread.update()

    def current(self) -> Basket | None:
        """The basket that is shown."""
        chosen = self.which.currentData()
        return next((one for one in self._baskets if one.id == chosen), None)

    def choose(self, basket_id: str) -> None:
        """Shows another basket."""
        self._wanted = basket_id
        self.refresh()

    def put(self, chosen: Sequence[Quote], before: str = "") -> None:
        """Puts quotes into the basket that is shown, before an item or last; where there is none,
        asks for a name and makes one."""
        self.acts.put(chosen, before)

    def go_to(self) -> None:
        """Brings the focus here."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.list.currentIndex().isValid() and self.list.entries.rowCount():
            self.list.setCurrentIndex(self.list.entries.index(0))

    def refresh(self) -> None:
        """Reads the baskets, and what is in the one that is shown, as soon as it is in view."""
        self._stale = not self.isVisible() and self.session is not None
        if self._stale:
            return
        self._baskets = self.session.project.baskets.all() if self.session else []
        self._fill()
        basket, session = self.current(), self.session
        self._asked += 1
        if basket is None or session is None:
            self._arrange(None)
            return
        if not self.list.entries.entries:
            self._empty.clear()
            self.first.hide()
        baskets = session.project.baskets
        work = workshop_of(self).quietly(
            "Reading the basket",
            lambda _: _Read(baskets.items(basket.id), baskets.spread(basket.id)),
        )
        work.finished.connect(partial(self._show, self._asked))
        work.failed.connect(partial(self._missed, self._asked))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(QUOTES_MIME) and self.list.entries.writable:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Takes what falls beside the list, or where there is none yet, as the last."""
        event.acceptProposedAction()
        self._dropped(event.mimeData(), "")

    # Below: how what was read is shown

    def _fill(self) -> None:
        """Offers the baskets that there are."""
        self.which.clear()
        for basket in self._baskets:
            self.which.addItem(basket.name, basket.id)
        found = self.which.findData(self._wanted)
        if self._baskets:
            self.which.setCurrentIndex(max(0, found))
        self.which.setEnabled(bool(self._baskets))
        if not self._baskets:
            self.which.setPlaceholderText("No basket yet")

    def _switched(self) -> None:
        self._wanted = self.which.currentData() or ""
        if self.session:
            state_file().setValue(self.session.kept_as("basket"), self._wanted)
        self.refresh()

    def _show(self, asked: int, read: _Read) -> None:
        if asked != self._asked:
            return
        kept = self.acts.take_next() or [one.item.id for one in self.list.chosen()]
        row = self.list.currentIndex().row()
        self.list.entries.show(read.entries)
        self.list.choose_all(kept, row)
        self._arrange(read)

    def _missed(self, asked: int, problem: Exception) -> None:
        """Shows what there is where the basket went meanwhile."""
        if asked == self._asked and not isinstance(problem, NotFound):
            messages.tell(self, problem)

    def _arrange(self, read: _Read | None) -> None:
        """Shows the list and the strip, or what to do where there is nothing."""
        full = bool(read and read.entries)
        if read is None:
            self.list.entries.show([])
        basket = self.current()
        how = self._how_to_add()
        words = _EMPTY.format(name=basket.name, how=how) if basket else ""
        self._empty.setText(words or _NONE.format(how=how))
        self._nothing.setVisible(not full)
        self.list.setVisible(full)
        self.first.setVisible(basket is None)
        there = bool(read and (read.spread.quotes or read.spread.staying))
        self.spread.setVisible(there)
        writable = self.list.entries.writable
        self.first.setEnabled(writable)
        self.heading.setEnabled(writable)
        self.export.setEnabled(there)
        for button in (self.heading, self.export):
            button.setVisible(basket is not None)
        if read:
            self.spread.show_spread(read.spread)

    def _how_to_add(self) -> str:
        keys = cast("Window", self.window()).registry.shown_keys("basket-add")
        return f"press {keys}" if keys else "take “Add to the basket” from the menu Quotes"

    def _tell_quote(self) -> None:
        """Lets the quote at hand be seen in its context; not to somebody from whom others' tags are
        hidden, whom its code would tell of them."""
        entry, session = self.list.current(), self.session
        if entry and entry.quote and session and session.sight.whole and self.list.hasFocus():
            self.shown.emit(entry.quote)

    def _changed(self, step: StepDone) -> None:
        if step.touches(*_SHOWN):
            self.refresh()

    def _dropped(self, data: QMimeData, before: str) -> None:
        if self.session is None:
            return
        project = self.session.project
        for found in messages.attempt(self, lambda: unpack(data, project)):
            self.put(found, before)
