"""The tag at the caret: what it is, whose, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coder.domain.dates import moment_shown
from coder.domain.model import Coding
from coder.ui import theme
from coder.ui.elided import Elided
from coder.ui.flow import Flow, Snug
from coder.ui.reader import Mark
from coder.ui.session import Session

ACTS = {
    "recode": ("Recode…", "Put another code in its place (Shift+R)"),
    "memo": ("Memo…", "Write what you think of it (M)"),
    "mark": ("Mark for use", "Mark it for use in a report (U)"),
    "sensitive": ("Sensitive", "Keep it out of packs (Ctrl+Shift+S)"),
    "split": ("Split", "Make two tags of it at the caret (Shift+S)"),
    "join": ("Join", "Join it with neighbouring tags of this code (Shift+J)"),
    "remove": ("Remove", "Take the tag away (Del)"),
    "beside": ("Put mine beside it", "Put the same code on these words as your own tag"),
}
_OWN = ("recode", "memo", "split", "join", "remove")


class CodingBar(Snug):
    """Stands below the text while the caret is in a tagged passage. `wanted` gives one of `ACTS`
    and the coding's id; `turned` the id of another tag here that is to be shown."""

    wanted = Signal(str, str)
    turned = Signal(str)
    play_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._coding: Coding | None = None
        self._here: list[str] = []
        self._away = False
        self._swatch = QLabel(self)
        self._name = Elided("", self)
        self._name.setObjectName("section")
        self._about = Elided("", self)
        self._about.setObjectName("muted")
        self._memo = QLabel(self)
        self._memo.setWordWrap(True)
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(8)
        self.play = QToolButton(self)
        self.play.setAccessibleName("Play this quote")
        self.play.setToolTip("Play this quote (Ctrl+Shift+Space)")
        self.play.setAutoRaise(True)
        self.play.clicked.connect(self.play_wanted)
        row.addWidget(self.play)
        row.addWidget(self._swatch)
        row.addWidget(self._name)
        row.addWidget(self._about, 1)
        for widget in self._make_turning():
            row.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 4, 8, 4)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self._memo)
        layout.addLayout(self._make_acts())
        self.hide()

    def _make_turning(self) -> list[QWidget]:
        """What goes to the tag before and behind, where several overlap."""
        self._place = QLabel(self)
        self._place.setObjectName("muted")
        self._before = QPushButton("‹", self)
        self._behind = QPushButton("›", self)
        for button, words, step in (
            (self._before, "Previous tag here", -1),
            (self._behind, "Next tag here", 1),
        ):
            button.setObjectName("flat")
            button.setAccessibleName(words)
            button.setToolTip(words)
            button.clicked.connect(lambda _=False, step=step: self._turn(step))
        return [self._before, self._place, self._behind]

    def _make_acts(self) -> Flow:
        acts = Flow(4)
        for name, (words, tip) in ACTS.items():
            button = self._buttons[name] = QPushButton(words, self)
            button.setObjectName("flat")
            button.setToolTip(tip)
            button.clicked.connect(lambda _=False, name=name: self._want(name))
            acts.add(button)
        return acts

    def give_way(self, *, away: bool) -> None:
        """Goes while something else needs the room, or comes back."""
        self._away = away
        self.setVisible(self._coding is not None and not away)

    def set_playable(self, playable: bool) -> None:
        """Offers to play the words, where there is a recording of them."""
        self.play.setVisible(playable)
        self.play.setIcon(theme.icon("play", size=14))

    @property
    def coding(self) -> Coding | None:
        """The coding that is shown, or None."""
        return self._coding

    @property
    def here(self) -> list[str]:
        """The ids of all tags that overlap at the place, the one shown among them."""
        return self._here

    def show_coding(self, coding: Coding | None, here: Sequence[Coding], session: Session) -> None:
        """Shows a coding, or goes away for None. `here` are all that overlap at the place."""
        self._coding = coding
        self._here = [one.id for one in here]
        self.setVisible(coding is not None and not self._away)
        if coding is None:
            return
        mark: Mark = session.mark(coding)
        self._swatch.setPixmap(theme.swatch(mark.colour).pixmap(12))
        self._name.setText(session.codes[coding.code_id].name)
        when = moment_shown(coding.created_at)
        others = [session.codes[one.code_id].name for one in here if one.id != coding.id]
        also = f" · also {', '.join(dict.fromkeys(others))}" if others else ""
        self._about.setText(f"{mark.coder or 'me'} · {when}{also}")
        self._memo.setText(coding.memo)
        self._memo.setVisible(bool(coding.memo))
        self._show_acts(coding, mine=session.is_mine(coding))
        self._show_place(coding)

    def _show_acts(self, coding: Coding, *, mine: bool) -> None:
        """Offers on one's own tag what changes it, on another's to put one's own beside it."""
        self._buttons["mark"].setText("★ Marked" if coding.marked else ACTS["mark"][0])
        self._buttons["sensitive"].setText(
            "⚑ Sensitive" if coding.sensitive else ACTS["sensitive"][0]
        )
        self._buttons["memo"].setText("✎ Memo…" if coding.memo else ACTS["memo"][0])
        for name in _OWN:
            self._buttons[name].setVisible(mine)
        self._buttons["beside"].setVisible(not mine)

    def _show_place(self, coding: Coding) -> None:
        several = len(self._here) > 1 and coding.id in self._here
        for widget in (self._before, self._place, self._behind):
            widget.setVisible(several)
        if several:
            self._place.setText(f"{self._here.index(coding.id) + 1} of {len(self._here)}")

    def _turn(self, step: int) -> None:
        if self._coding and self._coding.id in self._here:
            place = self._here.index(self._coding.id) + step
            self.turned.emit(self._here[place % len(self._here)])

    def _want(self, name: str) -> None:
        if self._coding:
            self.wanted.emit(name, self._coding.id)
