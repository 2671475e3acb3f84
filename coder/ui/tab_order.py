"""The order in which Tab goes through a window. Qt takes that in which its parts were made, which
for parts that are made anew is the end of the whole window."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtWidgets import QWidget


def tab_through(parts: Iterable[QWidget]) -> None:
    """Lets Tab go from the first of these to the next, and so on."""
    for before, after in pairwise(parts):
        QWidget.setTabOrder(before, after)
