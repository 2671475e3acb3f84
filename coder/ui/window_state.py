"""How the window was left, kept in a file of this user's own and brought back at the next start."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSettings, QSize

from coder import places, settings
from coder.domain.quotes import QuoteFilter
from coder.project import Project

if TYPE_CHECKING:
    from coder.ui.window import Window


def state_file(parent: QObject | None = None) -> QSettings:
    """The file in which this user's windows keep how they were left."""
    path = places.user_settings() / "window.ini"
    return QSettings(str(path), QSettings.Format.IniFormat, parent)


class WindowState(QObject):
    """Sizes, splitters, and what was shown of each project."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window

    def file(self) -> QSettings:
        """Where it is kept."""
        return state_file(self)

    def keep(self) -> None:
        """Keeps how the window looks now."""
        window, state = self._window, self.file()
        state.setValue("window", window.saveGeometry())
        state.setValue("evidence", window.evidence.split.saveState())
        state.setValue("quotes", window.quotes.split.saveState())
        state.setValue("basket", window.quotes.beside.saveState())
        state.setValue("audit", window.audit.report.split.saveState())
        state.setValue("consistency", window.audit.consistency.split.saveState())
        state.setValue("side", window.evidence.side.currentIndex())
        by_coder = window.registry["stripes-coder"].isChecked()
        state.setValue("stripes", "coder" if by_coder else "code")
        state.setValue("grouped", str(window.evidence.list.grouping.isChecked()).lower())
        state.sync()

    def restore(self) -> None:
        """Brings back how the window looked."""
        window, state = self._window, self.file()
        frame = QSize(0, 60)
        window.resize(QSize(1280, 820).boundedTo(window.screen().availableSize() - frame))
        if (kept := state.value("window")) is not None:
            window.restoreGeometry(kept)
        for split, name in (
            (window.evidence.split, "evidence"),
            (window.quotes.split, "quotes"),
            (window.quotes.beside, "basket"),
            (window.audit.report.split, "audit"),
            (window.audit.consistency.split, "consistency"),
        ):
            if (kept := state.value(name)) is not None:
                split.restoreState(kept)
        if str(tab := state.value("side")).isdigit():
            window.evidence.side.setCurrentIndex(int(tab))
        by = "coder" if state.value("stripes") == "coder" else "code"
        window.registry[f"stripes-{by}"].setChecked(True)
        window.evidence.desk.reader.set_stripes_by(by)
        window.evidence.list.set_grouped(grouped=state.value("grouped") == "true")
        window.evidence.desk.reader.set_zoom(settings.load().text_points)

    def keep_whereabouts(self, project: Project) -> None:
        """Remembers what is shown of the project, for when it is opened again: of the filters all
        but words that were typed, which may be a respondent's and would outlast a withdrawal."""
        window = self._window
        shown = [str(window.place()), *map(str, window.evidence.whereabouts())]
        filters = {
            "list": ("", window.evidence.list.narrowing()[1]),
            "quotes": asdict(replace(window.quotes.wanted(), text="", blind_to="", hidden_to="")),
        }
        state = self.file()
        state.setValue(f"shown/{project.inquiry.id}", shown)
        state.setValue(f"filters/{project.inquiry.id}", json.dumps(filters))

    def go_back_to(self, project: Project) -> None:
        """Shows what was shown when the project was closed, as far as it is still there."""
        window = self._window
        window.go_to_place(0)
        self._filter_again(project)
        match self.file().value(f"shown/{project.inquiry.id}"):
            case [place, submission, document, point] if str(point).isdigit():
                window.evidence.return_to(str(submission), str(document), int(point))
                window.go_to_place(int(place) if place in ("1", "2") else 0)

    def _filter_again(self, project: Project) -> None:
        """Filters the list and the quotes as they were; not at all where that cannot be read."""
        try:
            kept = json.loads(str(self.file().value(f"filters/{project.inquiry.id}")))
            _, order = kept["list"]
            values: dict[str, Any] = {k: _hashable(v) for k, v in kept["quotes"].items()}
            wanted = replace(QuoteFilter(**values), text="")
        except (ValueError, TypeError, KeyError):
            order, wanted = "", QuoteFilter()
        self._window.evidence.list.set_narrowing("", str(order))
        self._window.quotes.narrow_to(wanted)


def _hashable(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
