"""Long work: how it reports progress and how it is told to stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from coder.domain.errors import Cancelled


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a piece of work has come: `done` of `total` units (0 where unknown), and on what.

    `seconds_left` is an estimate from the pace so far, or None while there is none.
    """

    done: float
    total: float
    label: str
    seconds_left: float | None = None

    @property
    def fraction(self) -> float:
        """The share done, 0…1."""
        return min(1.0, self.done / self.total) if self.total else 0.0


Listener = Callable[[Progress], None]


def _nobody(progress: Progress) -> None:
    del progress


@dataclass
class Job:
    """One piece of long work, shared between who does it and who waits for it.

    The worker calls `report` and `check` as it goes; anyone may call `cancel` from any thread.
    """

    listener: Listener = _nobody
    _stop: threading.Event = field(default_factory=threading.Event)
    _began: float = field(default_factory=time.monotonic)

    def report(self, done: float, total: float, label: str) -> None:
        """Tells the listener how far the work is, with the time left at the pace so far."""
        left = None
        if done > 0 and total > 0:
            left = (time.monotonic() - self._began) * max(0.0, total - done) / done
        self.listener(Progress(done, total, label, left))

    def cancel(self) -> None:
        """Asks the work to stop at the next point where nothing is left half done."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether the work was asked to stop."""
        return self._stop.is_set()

    def check(self) -> None:
        """Raises Cancelled where the work was asked to stop."""
        if self.cancelled:
            raise Cancelled
