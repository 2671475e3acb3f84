"""Pauses of the transcript on the desk: marked beside its text, or not, as a person last chose."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from coder.domain.pauses import LEAST_MS, pauses
from coder.domain.text import counted
from coder.ui.evidence.desk import Desk
from coder.ui.window_state import state_file

_KEPT = "pauses"


class Pauses(QObject):
    """Marks where nobody speaks for two seconds and more. `shown` is whether that is wanted."""

    note = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.shown = str(state_file().value(_KEPT, "true")) == "true"
        desk.playback.timed.connect(self._mark)

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {"pauses": self.toggle}

    def toggle(self) -> None:
        """Marks pauses, or no longer, now and from now on."""
        self.shown = not self.shown
        state_file().setValue(_KEPT, str(self.shown).lower())
        count = self._mark()
        told = counted(
            count, "pause of two seconds or more is", "pauses of two seconds or more are"
        )
        self.note.emit(f"{told} marked." if self.shown else "Pauses are no longer marked.")

    def _mark(self) -> int:
        """Marks the pauses of what is shown, where they are wanted; how many there are."""
        found = pauses(self._desk.playback.segments, LEAST_MS) if self.shown else []
        self._desk.reader.set_pauses(found)
        return len(found)
