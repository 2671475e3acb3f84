"""The menu of the tags at a place: what can be done with each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from coder.domain.model import Coding
from coder.ui import theme
from coder.ui.session import Session

if TYPE_CHECKING:
    from coder.ui.evidence.tag_acts import TagActs

_OWN = ("recode", "memo", "split", "join", "remove")


class TagMenu(QObject):
    """The menu that a right click on a stripe or a tagged passage opens."""

    def __init__(self, acts: TagActs, parent: QWidget) -> None:
        super().__init__(parent)
        self._acts = acts
        self._parent = parent
        self.more: list[Callable[[QMenu], None]] = []
        """Whoever else has acts for what is selected adds them to the menu."""

    def open(self, session: Session, codings: Sequence[Coding | None], place: QPoint) -> None:
        """Shows it for these tags, at a place on the screen."""
        menu = QMenu(self._parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Tag with…\tEnter", self._acts.palette_wanted.emit)
        for coding in codings:
            if coding is not None:
                self._add(menu, session, coding)
        menu.addSeparator()
        menu.addAction("Copy quote with citation\tCtrl+Shift+C", self._acts.copy_wanted.emit)
        menu.addAction("Play this quote\tCtrl+Shift+Space", self._acts.play_wanted.emit)
        for add in self.more:
            add(menu)
        menu.popup(place)

    def _add(self, menu: QMenu, session: Session, coding: Coding) -> None:
        mine = session.is_mine(coding)
        name = session.codes[coding.code_id].name
        part = menu.addMenu(f"{name} ({session.coder_name(coding.coder_id)})")
        part.setIcon(theme.swatch(session.mark(coding).colour))
        for act, words in _offered(coding, mine=mine):
            part.addAction(words, partial(self._acts.do, act, coding.id))


def _offered(coding: Coding, *, mine: bool) -> list[tuple[str, str]]:
    """The acts and what they are called; what would change another's is not among them."""
    every = [
        ("recode", "Recode…"),
        ("memo", "Memo…"),
        ("mark", "Unmark" if coding.marked else "Mark for use"),
        ("sensitive", "Not sensitive" if coding.sensitive else "Sensitive"),
        ("split", "Split at the caret"),
        ("join", "Join with neighbouring tags"),
        ("remove", "Remove"),
    ]
    if mine:
        return every
    return [*((a, w) for a, w in every if a not in _OWN), ("beside", "Put mine beside it")]
