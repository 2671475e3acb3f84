"""Opens the window, where there is a screen to show it on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from coder.domain.errors import Refused

LoadWindow = Callable[[], Callable[[Path | None], int]]
"""Gives what shows the window: a function of a project's folder or a shared copy (or None) that
returns the exit code when the window closes. It is handed in, so that commands run without Qt."""

_USE_COMMANDS = "The commands work without it: “evidence-coder --help” lists them."


def has_screen() -> bool:
    """Whether a window would be seen by somebody."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_window(load: LoadWindow, path: Path | None) -> int:
    """Shows the window, with the project in a folder or the shared copy in a file if one is given,
    until it is closed; gives the exit code. Raises EvidenceError where the project, the copy or the
    screen cannot be opened."""
    if path:
        _refuse_unopenable(path)
    if not has_screen() and not os.environ.get("QT_QPA_PLATFORM"):
        raise Refused("There is no screen to show the window on.", _USE_COMMANDS)
    try:
        show = load()
    except ImportError as problem:
        raise Refused(
            f"The window cannot be opened, since a part of the system is missing ({problem}).",
            f"Install Qt's system libraries (README, “Install”). {_USE_COMMANDS}",
        ) from problem
    return show(path)


def _refuse_unopenable(path: Path) -> None:
    """Says it here, before there is a window, where a script and its exit code are told too."""
    if path.is_file():
        from coder.project.sharing import refuse_strange

        refuse_strange(path)
    else:
        from coder.project import Project

        Project.glance(path)
