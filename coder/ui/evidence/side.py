"""What stands at the right of the text: a tab each for themes, tags, memos and suggestions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QWidget

from coder.ui.session import Session


class Panel(Protocol):
    """What stands in a tab. It follows the desk and the session by itself, and offers acts for
    the registry."""

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""

    def restyle(self) -> None:
        """Takes on the theme in use."""


class Side(QTabWidget):
    """The panels, of which one is seen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setDocumentMode(True)
        self.setAccessibleName("Themes, tags and memos")
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabBar().setExpanding(False)
        self.panels: list[Panel] = []

    def add(self, panel: QWidget, title: str, tip: str) -> None:
        """Puts a panel behind those there are. It keeps to `Panel`, which is taken on trust: a
        widget of Qt cannot be told to."""
        place = self.addTab(panel, title)
        self.setTabToolTip(place, tip)
        self.panels.append(panel)  # type: ignore[arg-type]

    def go_to(self, panel: QWidget, focus: QWidget) -> None:
        """Shows a panel, and gives the focus to something in it."""
        self.setCurrentWidget(panel)
        focus.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        for panel in self.panels:
            panel.open_session(session)

    def does(self) -> dict[str, Callable[[], None]]:
        """What the actions of all panels do."""
        return {name: act for panel in self.panels for name, act in panel.does().items()}

    def restyle(self) -> None:
        """Takes on the theme in use."""
        for panel in self.panels:
            panel.restyle()
