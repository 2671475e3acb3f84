"""Starts the window."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QTimer,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from coder import settings
from coder.ui import messages, theme
from coder.ui.crash import Watch, crashes, trace
from coder.ui.dialogs.crashed import CrashedDialog
from coder.ui.window import Window


def main(project: Path | None = None) -> int:
    """Opens the window, on a project's folder or a shared copy where one is given, and gives the
    exit code when it closes."""
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError(app)
    app.setApplicationName("Evidence Coder")
    app.setDesktopFileName("evidence-coder")
    theme.apply(app, settings.load().appearance)
    app.setWindowIcon(theme.icon("evidence", theme.current().accent, 64))
    window = Window()
    keeper = Keeper(window)
    window.show()
    if project is not None and project.is_dir():
        window.open_project(project)
    window.chores.sample_opened.connect(window.helps.greet)
    keeper.tell_of_crashes()
    copy = project if project is not None and project.is_file() else None
    then = partial(window.arriving.open, copy) if copy is not None else None
    if not settings.knows_coder(settings.load()):
        window.helps.ask_coder(then=then)
    elif then is not None:
        QTimer.singleShot(0, then)
    if os.environ.get("EVIDENCE_CODER_QUIT_WHEN_SHOWN"):
        QTimer.singleShot(0, lambda: _tell_time_and_quit(window))
    gc.freeze()  # what is loaded by now stays: to look through it again and again costs 70 ms
    code = app.exec()
    keeper.close()
    return code


class Keeper(QObject):
    """Sees to it that no error passes in silence: what nobody foresaw is told in the window and,
    should that die of it, at the next start."""

    _heard = Signal(object)

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._crashes = crashes()
        self._watch: Watch | None = None
        self._told: set[str] = set()
        self._heard.connect(self._tell)
        sys.excepthook = self._unforeseen
        threading.excepthook = lambda told: self._unforeseen(
            told.exc_type, told.exc_value or told.exc_type(), told.exc_traceback
        )
        try:
            self._watch = Watch()
        except OSError as problem:
            window.status.note(f"No report of a crash can be kept here ({problem.strerror}).")
            return
        window.working_on.connect(self._watch.working_on)
        window.registry.doing.connect(self._watch.did)
        self._usual = qInstallMessageHandler(self._from_qt)

    def tell_of_crashes(self) -> None:
        """Says that the program closed unexpectedly, where it did since it was looked at last."""
        if not self._crashes:
            return
        session = self._window.session
        open_now = str(session.project.folder) if session else ""
        dialog = CrashedDialog(self._crashes, self._window, open_now)
        dialog.wanted.connect(lambda folder: self._window.open_project(Path(folder)))
        dialog.open()

    def close(self) -> None:
        """The window closed as it should."""
        if self._watch is not None:
            qInstallMessageHandler(self._usual)
            self._watch.close()

    def _unforeseen(
        self, kind: type[BaseException], problem: BaseException, where: TracebackType | None
    ) -> None:
        """A fault of the program, from any thread: told with its details, and the window goes on.
        What is no fault, such as Ctrl+C in the terminal, closes it."""
        sys.__excepthook__(kind, problem, where)
        if self._watch is not None:
            self._watch.failed(problem)
        self._heard.emit(problem)

    def _tell(self, problem: BaseException) -> None:
        """Tells of each fault once: one that comes with every picture would bury the window."""
        if not isinstance(problem, Exception):
            self._window.close()
        elif (where := trace(problem)) not in self._told:
            self._told.add(where)
            messages.tell(self._window, problem)
        else:
            self._window.status.note("The same went wrong in the program again.")

    def _from_qt(self, kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
        if kind is QtMsgType.QtFatalMsg and self._watch is not None:
            self._watch.fatal(words)
        if self._usual is not None:
            self._usual(kind, context, words)
        else:
            sys.stderr.write(f"{words}\n")


def _tell_time_and_quit(window: Window) -> None:
    """For the benchmark of the start: when the first picture was painted, in seconds since 1970."""
    window.repaint()
    print(f"shown {time.time():.3f}", flush=True)  # noqa: T201
    window.close()
