"""Starts the window."""

from __future__ import annotations

import gc
import os
import sys
import time
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from coder import settings
from coder.ui import messages, theme
from coder.ui.window import Window


def main(project: Path | None = None) -> int:
    """Opens the window, on a project where one is given, and gives the exit code when it closes."""
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError(app)
    app.setApplicationName("Evidence Coder")
    app.setDesktopFileName("evidence-coder")
    theme.apply(app, settings.load().appearance)
    app.setWindowIcon(theme.icon("evidence", theme.current().accent, 64))
    window = Window()
    sys.excepthook = lambda _, error, trace: _unexpected(window, error, trace)
    window.show()
    if project is not None:
        window.open_project(project)
    if not settings.knows_coder(settings.load()):
        window.helps.ask_coder()
    if os.environ.get("EVIDENCE_CODER_QUIT_WHEN_SHOWN"):
        QTimer.singleShot(0, lambda: _tell_time_and_quit(window))
    gc.freeze()  # what is loaded by now stays: to look through it again and again costs 70 ms
    return app.exec()


def _unexpected(window: Window, error: BaseException, trace: TracebackType | None) -> None:
    """A fault of the program: told with its details, and the window goes on."""
    sys.__excepthook__(type(error), error, trace)
    if isinstance(error, Exception):
        messages.tell(window, error)


def _tell_time_and_quit(window: Window) -> None:
    """For the benchmark of the start: when the first picture was painted, in seconds since 1970."""
    window.repaint()
    print(f"shown {time.time():.3f}", flush=True)  # noqa: T201
    window.close()
