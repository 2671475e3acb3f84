"""The command palette, search, shortcut help, and who is coding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QInputDialog

from coder import __version__, settings
from coder.ui import messages
from coder.ui.dialogs.shortcuts import ShortcutsDialog
from coder.ui.help import HelpWindow, topic_of
from coder.ui.picker import Choice, Picker
from coder.ui.tour import Tour

if TYPE_CHECKING:
    from coder.ui.window import Window


class Helps(QObject):
    """What helps a person to find things, in one window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._help: HelpWindow | None = None

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {
            "coder": self.ask_coder,
            "palette": self.open_palette,
            "help": self.show_help,
            "tour": self.show_round,
            "shortcuts": self.show_shortcuts,
            "about": self.show_about,
        }

    def open_palette(self) -> None:
        """Offers every command that can be done now."""
        registry = self._window.registry
        choices = [
            Choice(act.id, f"{act.menu}: {act.title}", registry.shown_keys(act.id))
            for act, _ in registry.offered()
            if act.id != "palette"
        ]
        picker = Picker(self._window, choices, "What would you like to do?")
        picker.chosen.connect(lambda ids: registry[ids[0]].trigger())
        top = self._window.mapToGlobal(QPoint(self._window.width() // 2 - 230, 90))
        picker.open_at(top)

    def show_help(self) -> None:
        """Opens help at the page for what has the focus."""
        self.open_at(topic_of(self._window.focusWidget()))

    def open_at(self, topic: str) -> None:
        """Opens help at a page."""
        if self._help is None:
            self._help = HelpWindow(self._window.registry, self._window)
        self._help.open_at(topic)

    def answer_in(self, dialog: QDialog) -> None:
        """Lets F1 open help in a window of its own too, at the page for what has the focus."""

        def show() -> None:
            shown = HelpWindow(self._window.registry, dialog)
            shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            shown.open_at(topic_of(dialog.focusWidget() or dialog))

        QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), dialog, show)

    def show_round(self) -> None:
        """Shows the parts of the window, one after another."""
        if self._window.session is None or self._window.findChild(Tour) is not None:
            return
        tour = Tour(self._window)
        tour.ended.connect(self._was_shown_round)
        tour.begin()

    def greet(self) -> None:
        """Shows the window to somebody who has not been shown it before."""
        if not settings.load().seen_tour:
            self.show_round()

    def show_shortcuts(self) -> None:
        """Opens the list of shortcuts, where they can be changed too."""
        window = self._window
        dialog = ShortcutsDialog(settings.load(), window)
        dialog.changed.connect(window.keep)
        dialog.changed.connect(window.registry.take_on)
        dialog.open()

    def show_about(self) -> None:
        """Says what this is."""
        messages.inform(
            self._window,
            f"Evidence Coder {__version__}",
            "Reads, transcribes, tags and quotes evidence to an inquiry, on this machine alone.\n"
            "Nothing is sent anywhere. MIT licence.",
        )

    def ask_coder(self, *, then: Callable[[], object] | None = None) -> None:
        """Asks under whose name tags are written down from now on; who says nothing keeps the name
        that is offered. What comes `then` is done afterwards."""
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
        if then is not None:
            dialog.finished.connect(lambda _: then())
        dialog.open()

    def _was_shown_round(self) -> None:
        self._window.keep(replace(settings.load(), seen_tour=True))

    def _be(self, name: str) -> None:
        name, session = name.strip(), self._window.session
        if not name:
            return
        self._window.keep(replace(settings.load(), coder=name))
        if session:
            session.work_as(name)
            self._window.show_state()
