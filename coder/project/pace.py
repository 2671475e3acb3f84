"""How long a recording that is being heard will yet take."""

from __future__ import annotations

import time
from collections.abc import Callable

from coder.jobs import Progress

SETTLES = 5.0
"""Seconds of listening before the pace says anything: loading the model is no part of it."""

_PIECES = 2


class TimeLeft:
    """The seconds left at the pace since the machine began to listen, not since it was told to;
    None until it has listened for some seconds and to more than one piece."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began: tuple[float, float] | None = None
        self._pieces = 0
        self._done = 0.0

    def after(self, progress: Progress) -> float | None:
        """Takes in how far it is, and gives how long it will yet take."""
        if not progress.total:
            return None
        now = self._clock()
        if self._began is None:
            self._began = now, progress.done
            self._done = progress.done
            return None
        if progress.done > self._done:
            self._pieces, self._done = self._pieces + 1, progress.done
        began, had = self._began
        if now - began < SETTLES or self._pieces < _PIECES:
            return None
        return (now - began) * max(0.0, progress.total - progress.done) / (progress.done - had)
