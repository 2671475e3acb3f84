"""The menu of saved filters: to use one, save what is asked for, rename and delete."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from coder.domain.quotes import Grouping, Order, QuoteFilter
from coder.project.quotes import View
from coder.ui import messages
from coder.ui.quotes.several import MenuButton
from coder.ui.session import Session

Looked = tuple[QuoteFilter, Grouping, Order, bool]
"""What is asked for, how it is grouped, its order, and whether overlapping passages are joined."""


class SavedMenu(QObject):
    """A button with the menu. `used` gives a saved filter that is to be used, `note` a line for the
    status bar. `looked` tells how one looks at the quotes now."""

    used = Signal(object)
    note = Signal(str)

    def __init__(self, looked: Callable[[], Looked], parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._looked = looked
        self._session: Session | None = None
        self.button = MenuButton("Saved filters", parent)
        self.button.setToolTip("Use a filter that was saved, or save what is asked for now")
        self.menu = QMenu(self.button)
        self.menu.aboutToShow.connect(self.fill)
        self.button.setMenu(self.menu)

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self._session = session

    def fill(self) -> None:
        """Lists what is saved now."""
        self.menu.clear()
        session = self._session
        if session is None:
            return
        views = session.project.quotes.saved()
        looked = self._looked()
        for view in views:
            action = self.menu.addAction(view.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked((view.wanted, view.grouping, view.order, view.joined) == looked)
            action.triggered.connect(partial(self._use, view))
        if not views:
            self.menu.addAction("Nothing is saved yet").setEnabled(False)
        self.menu.addSeparator()
        save = self.menu.addAction("Save this filter…")
        save.triggered.connect(self.save)
        save.setEnabled(not session.project.read_only)
        for title, act in (("Rename", self._rename), ("Delete", self._delete)):
            below = self.menu.addMenu(title)
            below.setEnabled(bool(views) and not session.project.read_only)
            for view in views:
                action = below.addAction(f"{view.name}…".replace("&", "&&") if act == self._rename
                                         else view.name.replace("&", "&&"))  # fmt: skip
                action.triggered.connect(partial(act, view))

    def save(self) -> None:
        """Asks for a name and saves what is asked for under it; asks again before another of this
        name makes way."""
        session = self._session
        if session is None:
            return
        name, agreed = QInputDialog.getText(self._parent, "Save this filter", "Under which name?")
        if not agreed or not name.strip():
            return
        taken = [
            view.name
            for view in session.project.quotes.saved()
            if view.name.casefold() == " ".join(name.split()).casefold()
        ]
        if not taken:
            self._save(session, name)
            return
        messages.ask(
            self._parent,
            f"A filter is saved as “{taken[0]}” already.",
            "What it asks for now would be forgotten; undo brings it back.",
            "Save over it",
            "Leave it",
            partial(self._save, session, name),
        )

    def _save(self, session: Session, name: str) -> None:
        quotes = session.project.quotes
        wanted, grouping, order, joined = self._looked()
        for view in messages.attempt(
            self._parent, lambda: quotes.save(name, wanted, grouping, order, joined=joined)
        ):
            self.note.emit(f"Saved as “{view.name}”. Everyone who opens this inquiry has it.")

    def _use(self, view: View) -> None:
        self.used.emit(view)
        if view.said:
            self.note.emit(f"“{view.name}”: {view.said}")

    def _rename(self, view: View) -> None:
        session = self._session
        if session is None:
            return
        name, agreed = QInputDialog.getText(
            self._parent, "Rename the filter", "What shall it be called?", text=view.name
        )
        if agreed and name.strip():
            messages.attempt(self._parent, lambda: session.project.quotes.rename(view.id, name))

    def _delete(self, view: View) -> None:
        session = self._session
        if session is None:
            return
        quotes = session.project.quotes
        if messages.attempt(self._parent, lambda: quotes.forget(view.id)):
            self.note.emit(f"“{view.name}” is deleted; undo brings it back.")
