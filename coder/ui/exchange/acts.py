"""Imports from another program and exports of the whole inquiry, with files to choose."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox

from coder import settings
from coder.jobs import Job
from coder.project.founding import found_from
from coder.project.interchange import HandedOver, TakenOver
from coder.ui import messages
from coder.ui.background import Work
from coder.ui.exchange.dialog import TakeOverDialog
from coder.ui.folders import documents

if TYPE_CHECKING:
    from coder.ui.window import Window

READ = "Projects and codebooks of other programs (*.qdpx *.qde *.qdc);;All files (*)"
WRITTEN = {
    "REFI-QDA, for other programs (*.qdpx)": (".qdpx", True),
    "REFI-QDA, without recordings (*.qdpx)": (".qdpx", False),
    "The whole folder with its history (*.zip)": (".zip", True),
    "The whole folder, without recordings (*.zip)": (".zip", False),
}
"""What an inquiry can be written as: the ending, and whether recordings go along."""


class ExchangeActs(QObject):
    """What one window does with whole projects as files."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.dialog: TakeOverDialog | None = None

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {"import-project": self.choose_file, "export-project": self.choose_target}

    def choose_file(self) -> None:
        """Asks for a file of another program, and looks at it; a codebook as a codebook. Where no
        inquiry is open, a new one is made of a project."""
        path, _ = QFileDialog.getOpenFileName(
            self._window, "Import from another program", str(documents()), READ
        )
        if not path:
            return
        if self._window.session is None:
            self.choose_folder(Path(path))
        elif Path(path).suffix.lower() == ".qdc":
            self._window.evidence.themes.chores.look_at(Path(path))
        else:
            self.bring(Path(path))

    def bring(self, path: Path) -> None:
        """Shows what a project file would bring into the open inquiry, and brings it in on wish."""
        session = self._window.session
        if session is None:
            return
        if session.project.read_only:
            messages.inform(
                self._window,
                "This inquiry is open for reading only.",
                "Projects can be brought in where it is open for work.",
            )
            return
        interchange = session.project.interchange
        dialog = self._opened(path)
        look = partial(interchange.bring_in, path, dry_run=True)
        work = self._under_way(dialog, f"Looking through {path.name}", look)
        work.finished.connect(dialog.show_plan)

        def bring_in() -> None:
            dialog.work_on("Bringing it in")
            come = self._under_way(
                dialog, f"Bringing in {path.name}", partial(interchange.bring_in, path)
            )
            come.finished.connect(dialog.show_done)
            come.stopped.connect(lambda: self._window.status.note("Stopped. Nothing came in."))

        dialog.wanted.connect(bring_in)

    def choose_folder(self, path: Path) -> None:
        """Asks where a new inquiry is to lie that is made of this project file, and makes it."""
        folder, _ = QFileDialog.getSaveFileName(
            self._window, "Where the new inquiry is kept", str(documents() / path.stem)
        )
        if folder:
            self.found(path, Path(folder))

    def found(self, path: Path, folder: Path) -> None:
        """Makes a new inquiry of a project file in this folder, and opens it."""
        name = settings.coder_name(settings.load())
        dialog = self._opened(path)

        def make(job: Job) -> TakenOver:
            made, report = found_from(path, folder, name, job=job)
            made.close()  # the lock belongs to the thread that took it
            return report

        def show(report: TakenOver) -> None:
            self._window.open_project(folder)
            dialog.show_done(report)

        self._under_way(dialog, f"Making an inquiry of {path.name}", make).finished.connect(show)

    def choose_target(self) -> None:
        """Asks for a file and writes the whole inquiry into it."""
        session = self._window.session
        if session is None:
            return
        start = documents() / f"{session.project.folder.name}.qdpx"
        path, kind = QFileDialog.getSaveFileName(
            self._window, "Export the inquiry", str(start), ";;".join(WRITTEN)
        )
        if path:
            ending, media = WRITTEN.get(kind, ("", True))
            self.write(_with_ending(Path(path), ending), media=media)

    def write(self, path: Path, *, media: bool = True) -> None:
        """Writes the whole inquiry."""
        session = self._window.session
        if session is None:
            return
        export = partial(session.project.interchange.export, path, media=media)
        work = self._window.workshop.start(f"Writing {path.name}", lambda job: export(job=job))
        work.failed.connect(lambda problem: messages.tell(self._window, problem))
        work.stopped.connect(lambda: self._window.status.note("Stopped. Nothing was written."))
        work.finished.connect(self._written)

    def _written(self, report: HandedOver) -> None:
        folder = report.path.parent
        told = "\n\n".join([str(report), *report.sentences()])
        box = messages.inform(
            self._window, f"“{report.path.name}” is written.", told, f"It lies in {folder}"
        )
        show = box.addButton("Show in folder", QMessageBox.ButtonRole.ActionRole)
        where = QUrl.fromLocalFile(str(folder))
        show.clicked.connect(lambda: QDesktopServices.openUrl(where))

    def _opened(self, path: Path) -> TakeOverDialog:
        self.dialog = TakeOverDialog(path.name, self._window)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()
        return self.dialog

    def _forget(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _under_way(
        self, dialog: TakeOverDialog, title: str, act: Callable[[Job], TakenOver]
    ) -> Work:
        """Begins work that the dialog tells of, and that ends it where it does not succeed."""
        work = self._window.workshop.start(title, act)

        def fail(problem: Exception) -> None:
            dialog.end()
            messages.tell(self._window, problem)

        work.progressed.connect(dialog.follow)
        work.failed.connect(fail)
        work.stopped.connect(dialog.end)
        dialog.stopped.connect(work.cancel)
        return work


def _with_ending(path: Path, ending: str) -> Path:
    return path if path.suffix or not ending else path.with_name(f"{path.name}{ending}")
