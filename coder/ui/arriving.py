"""What a person points the window at: chosen, dropped on it, or named on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject

from coder.project.sharing import ENDING, is_copy, is_project
from coder.ui import messages
from coder.ui.folders import ask_for_file, ask_for_folder
from coder.ui.together.acts import FILES
from coder.ui.together.choosing import ChooseSource, Lies

if TYPE_CHECKING:
    from coder.ui.window import Window

_WHICH = "An inquiry lies in a folder of its own. One that a colleague shared with you is a file."
_SOURCES = {
    Lies.FOLDER: "An inquiry that is on this machine, a stick or a drive",
    Lies.FILE: "A shared copy, or the zip of an inquiry: it gets a folder of its own",
}


class Arriving(QObject):
    """Opens inquiries and shared copies, and hands on what is to be imported or merged."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.choosing: ChooseSource | None = None

    def choose(self) -> None:
        """Asks for an inquiry, in its folder or in a file that was shared, and opens it."""
        dialog = self.choosing = ChooseSource("Open an inquiry", _WHICH, _SOURCES, self._window)
        dialog.chosen.connect(self._ask)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open(self, path: Path) -> None:
        """Opens the inquiry in a folder, or the shared copy in a file once it is known where it is
        to be kept."""
        if path.is_dir():
            self._window.open_project(path)
        else:
            self._window.together.open(path)

    def takes(self, what: QMimeData) -> bool:
        """Whether what is dragged may be dropped: anything on an inquiry, and an inquiry or a
        shared copy where none is open."""
        paths = _paths(what)
        return any(self._window.session or _looks_like_copy(path) for path in paths)

    def drop(self, what: QMimeData) -> None:
        """Opens or merges a copy of an inquiry, and imports anything else."""
        paths = _paths(what)
        copy = len(paths) == 1 and is_copy(paths[0])
        if self._window.session is not None:
            together, importing = self._window.together, self._window.chores.importing
            together.take(paths[0]) if copy else importing.bring(paths)
        elif copy:
            self.open(paths[0])
        else:
            messages.inform(
                self._window,
                "No inquiry is open that this could be imported into.",
                "Begin or open one; then drop it again.",
            )

    def _ask(self, lies: Lies) -> None:
        title = "Open an inquiry"
        if lies is Lies.FOLDER:
            path = ask_for_folder(self._window, title)
        else:
            path = ask_for_file(self._window, title, FILES)
        if path is not None:
            self.open(path)


def _paths(what: QMimeData) -> Sequence[Path]:
    return [Path(url.toLocalFile()) for url in what.urls() if url.isLocalFile()]


def _looks_like_copy(path: Path) -> bool:
    """A glance, since it is asked while something is dragged over the window."""
    return path.suffix.lower() in (ENDING, ".zip") or is_project(path)
