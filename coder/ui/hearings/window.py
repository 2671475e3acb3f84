"""The window “Transcription”: the queue in its order, what becomes of each recording, and the text
as it comes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from coder.project.recordings import Listed
from coder.ui import messages
from coder.ui.actions import QUEUE, shown_keys
from coder.ui.hearings import words
from coder.ui.hearings.crew import Crew
from coder.ui.hearings.queue_list import QueueList
from coder.ui.hearings.said import Said
from coder.ui.session import Session

MOST_AT_ONCE = 4
_AUTOMATIC = "As many as the machine can bear"
_EMPTY = (
    "Nothing waits to be transcribed.\n\nPress “Add recordings…” to turn the sound of this inquiry"
    " into text. It happens on this machine, goes on while you read, and what is heard stays."
)
_SIGNS = {"up": "↑", "down": "↓"}
"""Buttons that show a sign; their words are in the tool tip and for screen readers."""


class TranscriptionWindow(QDialog):
    """The queue above, the text of the chosen recording below. `add_wanted` asks for more
    recordings, `change_wanted` for another manner of one, `show_wanted` for one to be shown in the
    evidence; `at_once_chosen` says how many are heard at the same time, 0 for automatic."""

    add_wanted = Signal()
    change_wanted = Signal(object)
    show_wanted = Signal(object)
    at_once_chosen = Signal(int)

    def __init__(self, session: Session, crew: Crew, at_once: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Transcription")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._crew = crew
        self._read_only = session.project.read_only
        self.list = QueueList(crew, self)
        self.list.empty = _EMPTY
        self.said = Said(session, crew, self)
        self.actions_by_id = {act.id: self._action(act.id) for act in QUEUE}
        self.buttons: dict[str, QPushButton] = {}
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self._make_queue())
        split.addWidget(self.said)
        split.setSizes([430, 190])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._make_head(at_once))
        layout.addWidget(split, 1)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_text())
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        self.list.activated.connect(lambda _: self._do("show"))
        self.list.queue.moved.connect(crew.move)
        self.list.customContextMenuRequested.connect(self._menu)
        crew.changed.connect(self.refresh)
        self.resize(720, 660)
        self.refresh()
        self.list.setFocus()

    # Made once

    def _make_head(self, at_once: int) -> QHBoxLayout:
        self.add = QPushButton("Add recordings…", self)
        self.add.clicked.connect(self.add_wanted)
        self.at_once = QComboBox(self)
        self.at_once.setAccessibleName("How many are heard at the same time")
        self.at_once.setToolTip("How many are heard at the same time")
        self.at_once.addItem(_AUTOMATIC, 0)
        for number in range(1, MOST_AT_ONCE + 1):
            told = "One after another" if number == 1 else f"{number} at the same time"
            self.at_once.addItem(told, number)
        self.at_once.setCurrentIndex(max(0, self.at_once.findData(at_once)))
        self.at_once.currentIndexChanged.connect(
            lambda _: self.at_once_chosen.emit(self.at_once.currentData())
        )
        row = QHBoxLayout()
        row.setContentsMargins(12, 12, 12, 0)
        row.addWidget(self._button("pause"))
        row.addWidget(self.add)
        row.addStretch(1)
        row.addWidget(self.at_once)
        self.add.setAutoDefault(False)
        return row

    def _make_queue(self) -> QWidget:
        side = QWidget(self)
        self.count = QLabel(side)
        self.count.setObjectName("muted")
        self.clear = QPushButton("Clear finished", side)
        self.clear.setObjectName("flat")
        self.clear.setAutoDefault(False)
        self.clear.setToolTip("List what is done no more; the transcripts stay")
        self.clear.clicked.connect(self._clear)
        told = QHBoxLayout()
        told.addWidget(self.count, 1)
        told.addWidget(self.clear)
        self.below = QWidget(side)
        row = QHBoxLayout(self.below)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for act in QUEUE:
            if act.id == "remove":
                row.addStretch(1)
            if act.id != "pause":
                row.addWidget(self._button(act.id))
        layout = QVBoxLayout(side)
        layout.setContentsMargins(12, 8, 12, 6)
        layout.addWidget(self.list, 1)
        layout.addLayout(told)
        layout.addWidget(self.below)
        return side

    def _action(self, name: str) -> QAction:
        act = next(act for act in QUEUE if act.id == name)
        action = QAction(act.title, self)
        action.setShortcuts(act.sequences)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(partial(self._do, name))
        self.addAction(action)
        return action

    def _button(self, name: str) -> QPushButton:
        """A button that does an action and follows it."""
        action = self.actions_by_id[name]
        act = next(act for act in QUEUE if act.id == name)
        button = self.buttons[name] = QPushButton(_SIGNS.get(name, action.text()), self)
        button.setAccessibleName(action.text())
        button.setAutoDefault(False)
        button.setToolTip(f"{act.title} ({shown_keys(act)})")
        button.clicked.connect(action.trigger)

        def follow() -> None:
            button.setText(_SIGNS.get(name, action.text()))
            button.setAccessibleName(action.text())
            if button.hasFocus() and not action.isEnabled():
                self.list.setFocus()  # or it would go to the next button
            button.setEnabled(action.isEnabled())

        action.changed.connect(follow)
        return button

    # Shown

    def refresh(self) -> None:
        """Shows the queue as it is known now."""
        self.list.show_rows(self._crew.rows)
        self.count.setText(words.totals(self._crew))
        for part in (self.said, self.below, self.count):
            part.setVisible(bool(self._crew.rows))
        self.clear.setVisible(bool(self._crew.done))
        self._show_text()

    def choose(self, hearing_id: str) -> None:
        """Makes a recording the chosen one."""
        self.list.choose(hearing_id)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _show_text(self) -> None:
        self.said.take(self.list.current())
        self._allow()

    def _allow(self) -> None:
        """Offers what can be done with what is chosen, by its name."""
        chosen = self.list.chosen()
        states = {words.doing(self._crew, one) for one in chosen}
        open_ones = states - {words.DONE}
        writes = not self._read_only
        held = open_ones == {words.HELD}
        self._offer("hold", writes and bool(open_ones - {words.FAILED}))
        self.actions_by_id["hold"].setText("Release" if held else "Hold back")
        self._offer("again", writes and words.FAILED in states)
        ids = [one.hearing.id for one in chosen]
        for name, by in (("up", -1), ("down", 1)):
            moves = bool(open_ones) and words.DONE not in states
            self._offer(name, writes and moves and self._place(ids, by) is not None)
        begun = any(one.hearing.transcript_id for one in chosen)
        quiet = not states & {words.HEARD, words.DONE}
        self._offer("change", writes and len(chosen) == 1 and quiet and not begun)
        self._offer("show", len(chosen) == 1 and bool(chosen[0].submission_id))
        self._offer("remove", writes and bool(open_ones))
        self.actions_by_id["pause"].setText("Go on" if self._crew.paused else "Pause all")
        goes = self._crew.paused or self._crew.running or self._crew.waiting()
        self._offer("pause", writes and bool(self._crew.rows) and bool(goes))
        self.add.setEnabled(writes)

    def _offer(self, name: str, offered: bool) -> None:
        self.actions_by_id[name].setEnabled(offered)

    def _menu(self, place: QPoint) -> None:
        """Offers what can be done with the chosen recordings."""
        if not self.list.chosen():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for act in QUEUE:
            if act.id != "pause":
                menu.addAction(self.actions_by_id[act.id])
        menu.popup(self.list.viewport().mapToGlobal(place))

    # Done

    def _do(self, name: str) -> None:
        chosen = [one for one in self.list.chosen() if words.doing(self._crew, one) != words.DONE]
        ids = [one.hearing.id for one in chosen]
        acts: dict[str, Callable[[], object]] = {
            "pause": self._crew.go_on if self._crew.paused else self._crew.pause,
            "hold": partial(self._hold, chosen),
            "again": partial(self._release, chosen, words.FAILED),
            "up": partial(self._move, ids, -1),
            "down": partial(self._move, ids, 1),
            "change": lambda: self.change_wanted.emit(chosen[0]),
            "show": lambda: self.show_wanted.emit(self.list.current()),
            "remove": partial(self._remove, chosen),
        }
        if self.actions_by_id[name].isEnabled():
            acts[name]()

    def _hold(self, chosen: list[Listed]) -> None:
        if all(words.doing(self._crew, one) == words.HELD for one in chosen):
            self._release(chosen, words.HELD)
            return
        quiet = (words.HELD, words.FAILED)
        self._crew.hold(
            [one.hearing.id for one in chosen if words.doing(self._crew, one) not in quiet]
        )

    def _release(self, chosen: list[Listed], state: int) -> None:
        self._crew.release(
            [one.hearing.id for one in chosen if words.doing(self._crew, one) == state]
        )

    def _move(self, ids: list[str], by: int) -> None:
        """Moves the chosen ones, as a block, above the one before them or below the one behind."""
        before = self._place(ids, by)
        if before is not None:
            self._crew.move(ids, before)

    def _place(self, ids: list[str], by: int) -> str | None:
        """Before which recording a block comes that is moved, empty for the end; None where it
        cannot be moved any further."""
        order = [
            one.hearing.id for one in self._crew.rows if words.doing(self._crew, one) != words.DONE
        ]
        rest = [one for one in order if one not in ids]
        above = order.index(ids[0])
        at = sum(one in rest for one in order[:above]) + by
        if not 0 <= at <= len(rest):
            return None
        return rest[at] if at < len(rest) else ""

    def _clear(self) -> None:
        self.list.setFocus()
        self._crew.clear_done()

    def _remove(self, chosen: list[Listed]) -> None:
        """Takes recordings out; asks first where one of them was begun."""
        ids = [one.hearing.id for one in chosen]
        begun = [one for one in chosen if words.doing(self._crew, one) == words.HEARD]
        if not begun:
            self._take_out(ids)
            return
        messages.ask(
            self,
            f"Stop transcribing “{begun[0].title}”?" if len(begun) == 1 else "Stop transcribing?",
            "What was heard stays, and “Transcribe recordings…” goes on behind it.",
            "Stop and remove",
            "Go on hearing it",
            lambda: self._take_out(ids),
        )

    def _take_out(self, ids: list[str]) -> None:
        """Takes recordings out; the focus goes to the list, so that no second press takes out the
        next one too."""
        self.list.setFocus()
        self._crew.remove(ids)
