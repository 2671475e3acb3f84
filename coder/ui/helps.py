"""The command palette, search, shortcut help, and who is coding."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QInputDialog

from coder import __version__, settings
from coder.ui import messages
from coder.ui.actions import shown_keys
from coder.ui.dialogs.search import SearchDialog
from coder.ui.dialogs.shortcuts import ShortcutsDialog
from coder.ui.picker import Choice, Picker

if TYPE_CHECKING:
    from coder.ui.window import Window


class Helps(QObject):
    """What helps a person to find things, in one window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window

    def open_palette(self) -> None:
        """Offers every command that can be done now."""
        registry = self._window.registry
        choices = [
            Choice(act.id, f"{act.menu}: {act.title}", shown_keys(act))
            for act, _ in registry.offered()
            if act.id != "palette"
        ]
        picker = Picker(self._window, choices, "What would you like to do?")
        picker.chosen.connect(lambda ids: registry[ids[0]].trigger())
        top = self._window.mapToGlobal(QPoint(self._window.width() // 2 - 230, 90))
        picker.open_at(top)

    def find_everywhere(self) -> None:
        """Opens the search over all evidence."""
        session = self._window.session
        if session is None:
            return
        dialog = SearchDialog(session.project, self._window)
        dialog.chosen.connect(
            lambda hit: self._window.show_passage(
                hit.submission_id, hit.document_id, hit.start, hit.end
            )
        )
        dialog.open()

    def show_shortcuts(self) -> None:
        """Opens the page of shortcuts."""
        ShortcutsDialog(self._window).open()

    def show_about(self) -> None:
        """Says what this is."""
        messages.inform(
            self._window,
            f"Evidence Coder {__version__}",
            "Reads, transcribes, tags and quotes evidence to an inquiry, on this machine alone.\n"
            "Nothing is sent anywhere. MIT licence.",
        )

    def ask_coder(self) -> None:
        """Asks under whose name tags are written down from now on; who says nothing keeps the name
        that is offered."""
        session = self._window.session
        mine = session.project.coder.name if session else settings.coder_name(settings.load())
        known = session.project.people() if session else []
        names = list(dict.fromkeys((mine, *known)))
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle("Who is coding?")
        dialog.setLabelText("Your name, which stands beside each of your tags:")
        dialog.setComboBoxItems(names)
        dialog.setComboBoxEditable(True)
        dialog.setTextValue(mine)
        dialog.resize(420, dialog.sizeHint().height())
        dialog.textValueSelected.connect(self._be)
        dialog.rejected.connect(lambda: self._be(mine))
        dialog.open()

    def _be(self, name: str) -> None:
        name, session = name.strip(), self._window.session
        if not name:
            return
        self._window.keep(replace(settings.load(), coder=name))
        if session:
            session.project.as_coder(name)
            self._window.evidence.desk.refresh_marks()
            self._window.show_state()
