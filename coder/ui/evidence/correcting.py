"""The strip in which a sentence of a transcript is corrected while it is heard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coder.domain.doubt import WORD
from coder.domain.model import Segment
from coder.domain.text import Utf16Map, clock, counted
from coder.project.correcting import Corrected
from coder.ui import messages, theme
from coder.ui.evidence.playback import Playback
from coder.ui.flow import Flow, Snug
from coder.ui.reader import Reader
from coder.ui.session import Session

_KEYS = "Enter: keep, next · Esc: leave as it was"
_MORE_KEYS = "Tab goes to the next unsure word; Page Up and Page Down keep, and go on or back."
_NO_TRANSCRIPT = (
    "Only transcripts can be corrected: the text of a document stays as it was received."
)
_HEIGHT = 76
"""Of the field, in pixels: three lines."""
_NAME, _NAME_WIDE = 84, 260
"""The least and the greatest width of the speaker's name, in pixels."""


class _Field(QPlainTextEdit):
    """Where the words are written. `pressed` gives the name of what a key asks for; what comes
    of it decides whether the key also does what it usually does."""

    def __init__(self, parent: QWidget, asked: Callable[[str], bool]) -> None:
        super().__init__(parent)
        self._asked = asked
        self.setObjectName("plain")
        self.setTabChangesFocus(True)
        self.setFixedHeight(_HEIGHT)
        self.setAccessibleName("Words of this sentence")

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Goes to a word in doubt, or out of the field where there is none."""
        if self._asked("next-doubt" if forward else "previous-doubt"):
            return True
        return super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wish = self._wish(event)
        if not wish or not self._asked(wish):
            super().keyPressEvent(event)

    def _wish(self, event: QKeyEvent) -> str:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return "split" if held == Qt.KeyboardModifier.ControlModifier else "save"
        if held != Qt.KeyboardModifier.NoModifier:
            return ""
        cursor = self.textCursor()
        if key == Qt.Key.Key_Backspace and cursor.position() == cursor.anchor() == 0:
            return "join-before"
        if key == Qt.Key.Key_Delete and not cursor.hasSelection() and cursor.atEnd():
            return "join"
        return {
            Qt.Key.Key_Escape: "leave",
            Qt.Key.Key_PageDown: "next",
            Qt.Key.Key_PageUp: "previous",
        }.get(Qt.Key(key), "")


class Strip(Snug):
    """Stands below the transcript while one of its sentences is corrected. What is written is
    saved, as one act, when another sentence or another text is gone to; to leave throws it
    away."""

    note = Signal(str)

    def __init__(self, playback: Playback, reader: Reader, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._playback = playback
        self._reader = reader
        self._session: Session | None = None
        self._no_further = -1
        self.segment: Segment | None = None
        self._does: dict[str, Callable[[], object]] = {
            "save": self.save_and_go_on,
            "split": self.split,
            "join": self.join,
            "join-before": self.join_before,
            "leave": self.leave,
            "next": lambda: self.step(1),
            "previous": lambda: self.step(-1),
        }
        self.field = _Field(self, self._asked)
        self.field.textChanged.connect(self._underline)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.setSpacing(4)
        layout.addLayout(self._make_head())
        layout.addWidget(self.field)
        layout.addLayout(self._make_acts())
        keys = QLabel(_KEYS, self)
        keys.setObjectName("muted")
        keys.setWordWrap(True)
        keys.setToolTip(f"{_KEYS}. {_MORE_KEYS}")
        layout.addWidget(keys)
        playback.changed.connect(self._follow)
        reader.selection_changed.connect(self._moved_in_text)
        self.hide()

    def _make_head(self) -> QHBoxLayout:
        self.play = QToolButton(self)
        self.play.setAccessibleName("Play this sentence")
        self.play.setToolTip("Play this sentence; Ctrl+Space plays on and pauses")
        self.play.clicked.connect(self.play_sentence)
        self.when = QLabel(self)
        self.when.setObjectName("section")
        self.speaker = QComboBox(self)
        self.speaker.setEditable(True)
        self.speaker.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.speaker.setAccessibleName("Who speaks in this sentence")
        self.speaker.setToolTip("Who speaks in this sentence. Ctrl+Shift+Y names a whole turn.")
        self.speaker.setMinimumContentsLength(1)
        self.speaker.setMinimumWidth(_NAME)
        self.speaker.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.speaker.setMaximumWidth(_NAME_WIDE)
        self.speaker.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name = QLineEdit(self)
        self._name.setPlaceholderText("Who speaks?")
        self._name.editingFinished.connect(self._name_speaker)
        self.speaker.setLineEdit(self._name)
        self.loop = QCheckBox("Repeat", self)
        self.loop.setToolTip("Play the sentence over and over")
        self.loop.toggled.connect(self._set_loop)
        close = QToolButton(self)
        close.setText("✕")
        close.setAutoRaise(True)
        close.setAccessibleName("Leave correcting")
        close.clicked.connect(self.leave)
        row = QHBoxLayout()
        row.setSpacing(6)
        for widget in (self.play, self.when, self.loop):
            row.addWidget(widget)
        row.addWidget(self.speaker, 1)
        row.addWidget(close)
        return row

    def _make_acts(self) -> Flow:
        row = Flow(4)
        self.buttons: dict[str, QPushButton] = {}
        for name, words, tip, act in (
            ("split", "Split here", "Two sentences, parted at the caret (Ctrl+Enter)", self.split),
            ("join", "Join with next", "One sentence of both (Del at the end)", self.join),
            ("confirm", "Sounds right", "No word of it is unsure any longer", self.confirm),
            ("delete", "Delete", "Remove this sentence from the transcript", self.delete),
        ):
            button = self.buttons[name] = QPushButton(words, self)
            button.setObjectName("flat")
            button.setToolTip(tip)
            button.clicked.connect(lambda _=False, act=act: act())
            row.add(button)
        return row

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self.put_away()
        self._session = session

    def enter(self) -> None:
        """Opens at the sentence that the caret is in; says so where there is no transcript."""
        found = self._playback.segment_at(self._reader.selection()[0])
        if found is None:
            self.note.emit(_NO_TRANSCRIPT)
            return
        place = self._reader.selection()[0] - found.start
        self.show_segment(found, place)
        self.field.setFocus()

    def leave(self) -> None:
        """Goes back to the text, and leaves the sentence as it was."""
        if self.segment is not None:
            if self._written():
                self.note.emit("Left as it was.")
            self._fill(self.segment)
        self._close()
        self._reader.setFocus()

    def put_away(self) -> None:
        """Saves what was written, where there are any words, and goes: another text is shown."""
        if self.segment is not None and self.field.toPlainText().strip():
            self.save()
        self._close()

    def show_segment(self, segment: Segment, place: int = 0) -> None:
        """Shows a sentence, with the caret at a place of its text (code points)."""
        self.segment = segment
        self._no_further = -1
        self._fill(segment)
        self._put_caret(place, place)
        self.show()
        self._reader.select(segment.start, segment.start, reveal=False)
        self._reader.reveal(segment.start, segment.end)
        player = self._playback.player
        self.play.setEnabled(player is not None)
        if player and not player.playing:
            player.seek(segment.start_ms)
        self._playback.hold(segment)

    def save(self) -> bool:
        """Writes the words into the transcript where they were changed; False where that was
        refused."""
        session, segment = self._session, self.segment
        words = self.field.toPlainText()
        if session is None or segment is None or not self._written():
            return True
        for done in messages.attempt(
            self, lambda: session.project.correcting.rewrite(segment.id, words)
        ):
            self._tell(done)
            return True
        return False

    def save_and_go_on(self) -> None:
        """Saves, and goes to the next sentence."""
        if not self.step(1):
            self.note.emit("Saved. This is the last sentence.")

    def step(self, by: int) -> bool:
        """Saves and goes to the next sentence (1) or the one before (-1); False where there is
        none."""
        if not self.save():
            return True
        found = self._beside(by)
        if found:
            self.show_segment(found)
        return found is not None

    def split(self) -> None:
        """Parts the sentence at the caret, and goes on in the second part."""
        place = self._place()
        self._do(lambda project, one: project.split(one.id, place), last=True)

    def join(self) -> None:
        """Joins the sentence with the next."""
        place = self._place()
        self._do(lambda project, one: project.join(one.id), place)

    def join_before(self) -> None:
        """Joins the sentence before with this one."""
        before = self._beside(-1)
        if before and self.save():
            self.show_segment(before, len(before.text))
            self._do(lambda project, one: project.join(one.id), len(before.text) + 1)

    def delete(self) -> None:
        """Removes the sentence, and goes to the next."""
        after = self._beside(1) or self._beside(-1)
        session, segment = self._session, self.segment
        if session is None or segment is None:
            return
        self._fill(segment)
        correcting, sight = session.project.correcting, session.sight
        if messages.attempt(self, lambda: correcting.delete(segment.id, sight)):
            self.note.emit("Deleted the sentence. Ctrl+Z brings it back.")
            now = next((s for s in self._playback.segments if after and s.id == after.id), None)
            if now:
                self.show_segment(now)
                self.field.setFocus()

    def confirm(self) -> None:
        """Notes that the words are right as they stand, and goes to the next sentence."""
        session, segment = self._session, self.segment
        if session is None or segment is None or not self.save():
            return
        if messages.attempt(self, lambda: session.project.correcting.confirm(segment.id)):
            self.step(1)
            self.field.setFocus()

    def play_sentence(self) -> None:
        """Plays only this sentence."""
        player = self._playback.player
        if player and self.segment:
            player.loops = self.loop.isChecked()
            player.play_span(self.segment.start_ms, self.segment.end_ms)

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.play.setIcon(theme.icon("play", size=16))
        self._underline()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, wherever in the strip one is."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.leave()
        else:
            super().keyPressEvent(event)

    # Below: what keys and other parts ask for

    def _written(self) -> bool:
        """Whether other words stand in the field than in the sentence."""
        words = " ".join(self.field.toPlainText().split())
        return self.segment is not None and words != self.segment.text

    def _asked(self, wish: str) -> bool:
        if wish in ("next-doubt", "previous-doubt"):
            return self._go_to_doubt(forward=wish == "next-doubt")
        self._does[wish]()
        return True

    def _go_to_doubt(self, *, forward: bool) -> bool:
        """Selects the next word in doubt, in this sentence or another; where there is none, says so
        first, and is False when asked again."""
        if not self.save() or self.segment is None:
            return True
        here = self.segment.start + self._place()
        found = self._doubt_beside(here, forward=forward)
        if found is None:
            if self._no_further == here:
                return False
            self._no_further = here
            self.note.emit("No further unsure word. Tab once more leaves the field.")
            return True
        segment, start, end = found
        if segment.id != self.segment.id:
            self.show_segment(segment)
        self._put_caret(start, end)
        return True

    def _doubt_beside(self, here: int, *, forward: bool) -> tuple[Segment, int, int] | None:
        found = (
            (segment, word.start, word.end)
            for segment in (
                self._playback.segments if forward else reversed(self._playback.segments)
            )
            for word in (segment.words if forward else reversed(segment.words))
            if word.probability < WORD
            and not segment.checked
            and (
                segment.start + word.start > here if forward else segment.start + word.start < here
            )
        )
        return next(found, None)

    def _do(self, act: Callable[..., Corrected], place: int = 0, *, last: bool = False) -> None:
        """Saves, does an act on the sentence, and shows what came of it: its first part, or the
        last."""
        session, segment = self._session, self.segment
        if session is None or segment is None or not self.save():
            return
        for done in messages.attempt(self, lambda: act(session.project.correcting, segment)):
            made = done.segments[-1 if last else 0].id
            now = next((one for one in self._playback.segments if one.id == made), None)
            if now:
                self.show_segment(now, place)
                self.field.setFocus()

    def _beside(self, by: int) -> Segment | None:
        ids = [one.id for one in self._playback.segments]
        if self.segment is None or self.segment.id not in ids:
            return None
        place = ids.index(self.segment.id) + by
        return self._playback.segments[place] if 0 <= place < len(ids) else None

    def _follow(self) -> None:
        """Shows the sentence as it is now; leaves where it has gone."""
        if self.isHidden() or self.segment is None:
            return
        now = next((one for one in self._playback.segments if one.id == self.segment.id), None)
        if now is None:
            self._close()
            return
        written = " ".join(self.field.toPlainText().split())
        kept = written not in (self.segment.text, now.text)
        self.segment = now
        place = self._place()
        if not kept and self.field.toPlainText() != now.text:
            self._fill(now)
            self._put_caret(place, place)
        else:
            self._show_particulars(now)
            self._underline()

    def _moved_in_text(self, start: int, end: int) -> None:
        """Follows the caret to another sentence; words selected for a tag leave it where it is."""
        if self.isHidden() or self.segment is None or start != end:
            return
        found = self._playback.segment_at(start)
        if found and found.id != self.segment.id and self.save():
            self.show_segment(found, start - found.start)

    def _fill(self, segment: Segment) -> None:
        self.field.setPlainText(segment.text)
        self._show_particulars(segment)

    def _show_particulars(self, segment: Segment) -> None:
        self.when.setText(f"{clock(segment.start_ms)} – {clock(segment.end_ms)}")
        self.when.setToolTip(f"It was heard as: {segment.heard}" if segment.heard else "")
        self.buttons["confirm"].setEnabled(not segment.checked)
        self.buttons["join"].setEnabled(self._beside(1) is not None)
        if self._session:
            known = self._session.project.correcting.speakers()
            self.speaker.blockSignals(True)
            self.speaker.clear()
            self.speaker.addItems(known)
            self.speaker.setCurrentText(segment.speaker)
            self._name.setCursorPosition(0)
            self.speaker.blockSignals(False)

    def _name_speaker(self) -> None:
        session, segment = self._session, self.segment
        name = " ".join(self.speaker.currentText().split())
        if session is None or segment is None or name == segment.speaker:
            return
        messages.attempt(self, lambda: session.project.correcting.set_speaker([segment.id], name))

    def _set_loop(self, wanted: bool) -> None:
        if self._playback.player:
            self._playback.player.loops = wanted

    def _close(self) -> None:
        self.segment = None
        self.hide()
        self._playback.hold(None)
        self._set_loop(False)

    def _tell(self, done: Corrected) -> None:
        tags = f" {counted(done.tags, 'tag')} took on the corrected words." if done.tags else ""
        self.note.emit(f"Saved.{tags} Ctrl+Z takes it back.")

    def _place(self) -> int:
        """The caret in the field, or where the selection begins, in code points."""
        place = self.field.textCursor().selectionStart()
        return Utf16Map(self.field.toPlainText()).to_points(place)

    def _put_caret(self, start: int, end: int) -> None:
        text = Utf16Map(self.field.toPlainText())
        last = len(self.field.toPlainText())
        cursor = self.field.textCursor()
        cursor.setPosition(text.to_units(min(max(0, start), last)))
        cursor.setPosition(text.to_units(min(max(0, end), last)), QTextCursor.MoveMode.KeepAnchor)
        self.field.setTextCursor(cursor)

    def _underline(self) -> None:
        """Underlines the words in doubt, while the text is the one they belong to."""
        marked: list[QTextEdit.ExtraSelection] = []
        segment = self.segment
        if segment and not segment.checked and self.field.toPlainText() == segment.text:
            shape = QTextCharFormat()
            shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            text = Utf16Map(segment.text)
            for word in segment.words:
                if word.probability < WORD:
                    one = QTextEdit.ExtraSelection()
                    cursor = self.field.textCursor()
                    cursor.setPosition(text.to_units(word.start))
                    cursor.setPosition(text.to_units(word.end), QTextCursor.MoveMode.KeepAnchor)
                    one.cursor, one.format = cursor, shape
                    marked.append(one)
        self.field.setExtraSelections(marked)
