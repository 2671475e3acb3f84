"""A window to measure, and a heart in its event loop: how long it did not listen while something
was done."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from coder.ui import theme
from coder.ui.window import Window

BEAT_MS = 5


class Heart:
    """Beats every `BEAT_MS` in the event loop of the window's thread."""

    def __init__(self, parent: QObject) -> None:
        self._timer = QTimer(parent)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(lambda: self._beats.append(time.perf_counter()))
        self._beats: list[float] = []

    def longest_gap(
        self,
        act: Callable[[], object],
        until: Callable[[], bool] = lambda: True,
        after_ms: int = 300,
    ) -> float:
        """Does the act and lets the loop run until something holds and `after_ms` longer. Gives
        the longest that a beat came late, in milliseconds."""
        self._timer.start(BEAT_MS)
        rest(20)
        self._beats = [time.perf_counter()]
        act()
        while not until():
            rest(BEAT_MS)
        rest(after_ms)
        self._timer.stop()
        gaps = (after - before for before, after in pairwise(self._beats))
        return max(gaps) * 1_000 - BEAT_MS


def rest(ms: int) -> None:
    """Lets the event loop run for so long."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def shown_window() -> tuple[QApplication, Window]:
    """The program's window, light and without a project, with the application it belongs to."""
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError(app)
    theme.apply(app, "light")
    window = Window()
    window.resize(1280, 820)
    window.show()
    return app, window
