"""How the window was left, kept in a file of this user's own and brought back at the next start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QSize

from coder import places, settings
from coder.project import Project

if TYPE_CHECKING:
    from coder.ui.window import Window


class WindowState(QObject):
    """Sizes, splitters, and what was shown of each project."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window

    def file(self) -> QSettings:
        """Where it is kept."""
        path = places.user_settings() / "window.ini"
        return QSettings(str(path), QSettings.Format.IniFormat, self)

    def keep(self) -> None:
        """Keeps how the window looks now."""
        window, state = self._window, self.file()
        state.setValue("window", window.saveGeometry())
        state.setValue("evidence", window.evidence.split.saveState())
        state.setValue("quotes", window.quotes.split.saveState())
        state.setValue("side", window.evidence.side.currentIndex())
        state.setValue("grouped", str(window.evidence.list.grouping.isChecked()).lower())
        state.sync()

    def restore(self) -> None:
        """Brings back how the window looked."""
        window, state = self._window, self.file()
        frame = QSize(0, 60)
        window.resize(QSize(1280, 820).boundedTo(window.screen().availableSize() - frame))
        if (kept := state.value("window")) is not None:
            window.restoreGeometry(kept)
        for split, name in ((window.evidence.split, "evidence"), (window.quotes.split, "quotes")):
            if (kept := state.value(name)) is not None:
                split.restoreState(kept)
        if str(tab := state.value("side")).isdigit():
            window.evidence.side.setCurrentIndex(int(tab))
        window.evidence.list.set_grouped(grouped=state.value("grouped") == "true")
        window.evidence.desk.reader.set_zoom(settings.load().text_points)

    def keep_whereabouts(self, project: Project) -> None:
        """Remembers what is shown of the project, for when it is opened again."""
        window = self._window
        shown = [str(window.place()), *map(str, window.evidence.whereabouts())]
        self.file().setValue(f"shown/{project.inquiry.id}", shown)

    def go_back_to(self, project: Project) -> None:
        """Shows what was shown when the project was closed, as far as it is still there."""
        window = self._window
        window.go_to_place(0)
        match self.file().value(f"shown/{project.inquiry.id}"):
            case [place, submission, document, point] if str(point).isdigit():
                window.evidence.return_to(str(submission), str(document), int(point))
                window.go_to_place(int(place == "1"))
