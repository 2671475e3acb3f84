"""What one window does with models: opens the window that shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from coder.ui.models.window import ModelsWindow

if TYPE_CHECKING:
    from coder.ui.window import Window


class ModelActs(QObject):
    """The window of models, made when it is first wanted."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.shown: ModelsWindow | None = None

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {"models": self.open}

    def open(self) -> None:
        """Shows the models."""
        if self.shown is None:
            hearings = self._window.hearings
            self.shown = ModelsWindow(self._window, lambda: hearings.busy)
            self._window.helps.answer_in(self.shown)
        self.shown.open_up()
