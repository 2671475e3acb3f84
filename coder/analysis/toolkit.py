"""NLTK, loaded once and whole: its parts import one another in a circle, which fails where two
threads begin with different parts at the same moment."""

from __future__ import annotations

import sys
from threading import Lock

_turn = Lock()


def load() -> None:
    """Loads NLTK, or waits for the thread that does. It takes about half a second."""
    with _turn:
        import nltk  # noqa: F401


def loaded() -> bool:
    """Whether it is there, so that nothing has to be waited for."""
    return "nltk.stem.porter" in sys.modules and not _turn.locked()
