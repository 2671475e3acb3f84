"""How long another thread of the program is kept waiting while something is done, as a window would
be."""

from __future__ import annotations

import gc
import threading
import time
from typing import Self

_TICK = 0.005


class Waiting:
    """A thread that wants to run every few milliseconds; `longest` is how many milliseconds it once
    had to wait."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat)

    def __enter__(self) -> Self:
        gc.collect()
        gc.freeze()  # as the program does when its window is there
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        gc.unfreeze()

    def _beat(self) -> None:
        last = time.perf_counter()
        while not self._over.wait(_TICK):
            now = time.perf_counter()
            self.longest = max(self.longest, (now - last - _TICK) * 1000)
            last = now
