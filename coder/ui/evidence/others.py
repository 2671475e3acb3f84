"""Others' tags: shown, hidden, or hidden until a document is declared coded; and which it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QWidget

from coder.domain.model import Document
from coder.domain.sight import Others
from coder.ui.session import Session

_TOLD = {
    Others.SHOWN: "Others’ tags are shown.",
    Others.HIDDEN: "Others’ tags are hidden; they stay as they are.",
    Others.BLIND: "Blind: others’ tags are shown once you declare a document coded (Ctrl+D).",
}


class SightLine(QLabel):
    """A line above the text while others' tags of it are out of sight, so that nobody takes a
    document for one that nobody else has tagged."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("muted")
        self.setWordWrap(True)
        self.setContentsMargins(24, 2, 16, 4)
        self.hide()

    def show_sight(self, session: Session, document: Document) -> None:
        """Says why others' tags of this document are not to be seen, or goes away."""
        self.setText(
            "Blind: others’ tags are hidden until you declare this document coded (Ctrl+D)."
            if session.blind
            else "Others’ tags are hidden (Ctrl+Shift+H shows them)."
        )
        self.setVisible(bool(document.text) and not session.sees_others_in(document.id))


class OthersChoice(QObject):
    """The acts by which a person says how others' tags are treated. `note` gives a line for the
    status bar; `chosen` what is in force, also when another project or person comes."""

    note = Signal(str)
    chosen = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._session: Session | None = None

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self._session = session
        if session is not None:
            session.sight_changed.connect(self._tell)
            self._tell()

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {
            "others-toggle": self.toggle,
            **{f"others-{one}": partial(self.choose, one) for one in Others},
        }

    def choose(self, others: Others) -> None:
        """Has others' tags treated like this from now on."""
        if self._session is not None:
            self._session.set_others(others)
            self.note.emit(_TOLD[others])

    def toggle(self) -> None:
        """Hides others' tags, or shows them; who codes blind is not shown them by accident."""
        if self._session is None:
            return
        if self._session.blind:
            self.note.emit(
                "You are coding blind. Declare the document coded (Ctrl+D), or choose in the View"
                " menu that others’ tags are shown."
            )
            return
        shown = self._session.others is Others.SHOWN
        self.choose(Others.HIDDEN if shown else Others.SHOWN)

    def _tell(self) -> None:
        if self._session is not None:
            self.chosen.emit(str(self._session.others))
