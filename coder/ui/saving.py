"""Writes a file beside the window, and tells when it is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from coder.ui import messages

if TYPE_CHECKING:
    from coder.ui.window import Window


def write_beside(window: Window, target: Path, write: Callable[[Path], object]) -> None:
    """Has a file written in the window's workshop, and notes in the status bar that it is; tells
    what went wrong otherwise."""
    work = window.workshop.start(f"Writing {target.name}", lambda _: write(target))
    work.failed.connect(lambda problem: messages.tell(window, problem))
    work.finished.connect(lambda _: window.status.note(f"“{target.name}” is written."))
