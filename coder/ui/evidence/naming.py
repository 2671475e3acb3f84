"""The strip in which a number names who speaks: sentence after sentence, as one listens."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coder.domain.model import Segment
from coder.domain.text import clock, counted
from coder.ui import messages, theme
from coder.ui.elided import Elided, ElidedButton
from coder.ui.evidence.playback import Playback
from coder.ui.flow import Snug
from coder.ui.reader import Reader
from coder.ui.session import Session

KEYS = 9
"""How many speakers have a key of their own."""

_COLUMNS = 3
_TOLD = (
    "1 … 9: name, next · Alt+1 … 9: from here on · 0: nobody · ↑ ↓: move · Space: play · Esc: leave"
)
_NO_TRANSCRIPT = "No speech is shown here. Open a transcript first."


class Naming(Snug):
    """Stands below the transcript while its speakers are named. Who speaks in it keeps a number
    while it is open. Each name is an act of its own; where one is undone, the strip goes back to
    its sentence. `find_wanted` asks to find the speakers in the sound."""

    note = Signal(str)
    find_wanted = Signal()

    def __init__(self, playback: Playback, reader: Reader, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Who speaks in this sentence? Press the number of a speaker")
        self._playback = playback
        self._reader = reader
        self._session: Session | None = None
        self._done: list[tuple[str, str]] = []
        self.names: list[str] = []
        self.segment: Segment | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.setSpacing(4)
        layout.addLayout(self._make_head())
        layout.addLayout(self._make_names())
        layout.addLayout(self._make_foot())
        keys = QLabel(_TOLD, self)
        keys.setObjectName("muted")
        keys.setWordWrap(True)
        layout.addWidget(keys)
        playback.changed.connect(self._follow)
        reader.selection_changed.connect(self._moved_in_text)
        self.restyle()
        self.hide()

    def _make_head(self) -> QHBoxLayout:
        self.play = QToolButton(self)
        self.play.setAccessibleName("Play this sentence")
        self.play.setToolTip("Play this sentence (Space)")
        self.play.clicked.connect(self.play_sentence)
        self.when = QLabel(self)
        self.when.setObjectName("section")
        self.words = Elided("", self)
        self.listening = QCheckBox("Play each", self)
        self.listening.setToolTip("Play every sentence that is gone to")
        self.listening.setChecked(True)
        close = QToolButton(self)
        close.setText("✕")
        close.setAutoRaise(True)
        close.setAccessibleName("Leave naming speakers")
        close.clicked.connect(self.leave)
        for button in (self.play, close):
            button.setMinimumSize(24, 24)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.play)
        row.addWidget(self.when)
        row.addWidget(self.words, 1)
        row.addWidget(self.listening)
        row.addWidget(close)
        return row

    def _make_names(self) -> QGridLayout:
        self.buttons: list[QPushButton] = []
        grid = QGridLayout()
        grid.setSpacing(4)
        for place in range(KEYS):
            button = ElidedButton(self)
            button.setObjectName("flat")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, place=place: self._press(place))
            self.buttons.append(button)
            grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        return grid

    def _make_foot(self) -> QHBoxLayout:
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("New name (N)")
        self.field.setAccessibleName("Name of somebody new")
        letters = self.field.fontMetrics().horizontalAdvance(self.field.placeholderText())
        self.field.setFixedWidth(letters + 40)
        self.field.returnPressed.connect(self._name_new)
        self.field.installEventFilter(self)
        find = QPushButton("Find speakers…", self)
        find.setObjectName("flat")
        find.setToolTip("Tell the voices apart by their sound")
        find.clicked.connect(self.find_wanted)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field)
        row.addWidget(find)
        row.addStretch(1)
        return row

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self._close()
        self._session = session

    def enter(self) -> None:
        """Opens at the caret's sentence; says so where there is no transcript."""
        found = self._playback.segment_at(self._reader.selection()[0])
        if found is None:
            self.note.emit(_NO_TRANSCRIPT)
            return
        self.names, self._done = [], []
        self.show()
        self.show_segment(found)
        self.setFocus()

    def leave(self) -> None:
        """Goes back to the text."""
        self._close()
        self._reader.setFocus()

    def show_segment(self, segment: Segment) -> None:
        """Shows a sentence, and plays it where each is to be played."""
        self.segment = segment
        self._show_particulars(segment)
        self._reader.select(segment.start, segment.start, reveal=False)
        self._reader.reveal(segment.start, segment.end)
        self._playback.hold(segment)
        if self.listening.isChecked():
            self.play_sentence()

    def step(self, by: int) -> bool:
        """Goes to the next sentence (1) or the one before (-1); False where there is none."""
        place = self._place() + by
        if not 0 <= place < len(self._playback.segments):
            return False
        self.show_segment(self._playback.segments[place])
        return True

    def name(self, name: str, *, on: bool = False) -> None:
        """Notes who speaks in the sentence, or from it on until somebody else does, and goes to the
        next; an empty name takes it away."""
        session, segment = self._session, self.segment
        if session is None or segment is None:
            return
        meant = self._turn() if on else [segment]
        if any(one.speaker != name for one in meant):
            self._done.append((segment.id, name))
            ids = [one.id for one in meant]
            set_speaker = partial(session.project.correcting.set_speaker, ids, name)
            if not messages.attempt(self, set_speaker):
                return
        if len(meant) > 1:
            self.note.emit(f"{name or 'Nobody'} speaks in {counted(len(meant), 'sentence')}.")
        if not self.step(1):
            self.note.emit("This is the last sentence.")

    def play_sentence(self) -> None:
        """Plays only this sentence."""
        if self._playback.player and self.segment:
            self._playback.player.loops = False
            self._playback.player.play_span(self.segment.start_ms, self.segment.end_ms)

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.play.setIcon(theme.icon("play", size=16))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        number = event.key() - Qt.Key.Key_0
        acts = {
            Qt.Key.Key_Escape: self.leave,
            Qt.Key.Key_Down: lambda: self.step(1),
            Qt.Key.Key_Up: lambda: self.step(-1),
            Qt.Key.Key_Space: self.play_sentence,
            Qt.Key.Key_N: self.field.setFocus,
        }
        alt = held == Qt.KeyboardModifier.AltModifier
        if 0 <= number <= KEYS and (alt or not held):
            self._press(number - 1, on=alt)
        elif not held and (act := acts.get(Qt.Key(event.key()))):
            act()
        else:
            super().keyPressEvent(event)

    def give_way_to(self, other: QWidget) -> None:
        """Leaves when another strip is opened in its place."""
        other.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the field for a new name goes back to the keys."""
        if watched is not self.field:
            if event.type() is QEvent.Type.Show:
                self._close()
            return False
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            self.field.clear()
            self.setFocus()
            return True
        return super().eventFilter(watched, event)

    def _press(self, place: int, *, on: bool = False) -> None:
        """Names the speaker with this number, counted from 0, or nobody for −1."""
        if place < len(self.names):
            self.name(self.names[place] if place >= 0 else "", on=on)
        else:
            self.note.emit(f"Nobody has the number {place + 1} yet. N gives a new name.")
        self.setFocus()

    def _name_new(self) -> None:
        name = " ".join(self.field.text().split())
        self.field.clear()
        self.setFocus()
        if name:
            self.name(name)

    def _turn(self) -> list[Segment]:
        """The sentences from this one on that have the same speaker as it, or as yet none."""
        first, *rest = self._playback.segments[self._place() :]
        turn = [first]
        for one in rest:
            if one.speaker != first.speaker:
                break
            turn.append(one)
        return turn

    def _place(self) -> int:
        here = self.segment.id if self.segment else ""
        return next((n for n, one in enumerate(self._playback.segments) if one.id == here), -1)

    def _show_particulars(self, segment: Segment) -> None:
        self.when.setText(f"{clock(segment.start_ms)} – {clock(segment.end_ms)}")
        self.words.setText(segment.text)
        there = dict.fromkeys(one.speaker for one in self._playback.segments if one.speaker)
        self.names += [name for name in there if name not in self.names]
        for place, button in enumerate(self.buttons):
            name = self.names[place] if place < len(self.names) else ""
            button.setVisible(bool(name))
            button.setText(f"{place + 1}  {name}")
            button.setToolTip(name)
            button.setChecked(bool(name) and name == segment.speaker)
        player = self._playback.player
        self.play.setEnabled(player is not None)
        self.listening.setVisible(player is not None)

    def _follow(self) -> None:
        """Shows the sentence as it is now, or that whose name was taken back; leaves where the
        sentence has gone."""
        if self.segment is None:
            return
        if taken_back := self._taken_back():
            self.show_segment(taken_back)
        elif here := self._standing(self.segment.id):
            self.segment = here
            self._show_particulars(here)
        else:
            self._close()

    def _taken_back(self) -> Segment | None:
        """The sentence that was named last, where it no longer has that name."""
        if not self._done:
            return None
        last, name = self._done[-1]
        now = self._standing(last)
        if now and now.speaker == name:
            return None
        self._done.pop()
        return now

    def _standing(self, segment_id: str) -> Segment | None:
        return next((one for one in self._playback.segments if one.id == segment_id), None)

    def _moved_in_text(self, start: int, end: int) -> None:
        """Follows the caret to another sentence; words that are selected leave it where it is."""
        if self.segment is None or start != end:
            return
        found = self._playback.segment_at(start)
        if found and found.id != self.segment.id:
            self.show_segment(found)
        focused = QApplication.focusWidget()
        if focused and self._reader.isAncestorOf(focused):
            self.setFocus()

    def _close(self) -> None:
        if self.segment is not None:
            self._playback.hold(None)
        self.segment = None
        self.hide()
