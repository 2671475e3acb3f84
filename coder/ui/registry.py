"""The actions of one window, made from the list of acts: menus, shortcuts and what they do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from coder.settings import Settings
from coder.ui import keys
from coder.ui.actions import ACTS, MENUS, READER, WINDOW, Act


class Registry(QObject):
    """The actions of one window, bound to what they do. `doing` gives the id of each as it is
    begun; `rekeyed` says that shortcuts have changed; `single_keys` is whether plain letters and
    digits do something in the text, those of codes too."""

    doing = Signal(str)
    rekeyed = Signal()

    def __init__(self, window: QWidget, does: Mapping[str, Callable[[], None]]) -> None:
        super().__init__(window)
        self.single_keys = True
        self._actions: dict[str, QAction] = {}
        groups = {act.group: QActionGroup(window) for act in ACTS if act.group}
        for act in ACTS:
            action = QAction(act.title, window)
            action.setObjectName(act.id)
            action.setMenuRole(
                QAction.MenuRole.QuitRole if act.id == "quit" else QAction.MenuRole.NoRole
            )
            action.setShortcuts(act.sequences)
            if act.group:
                action.setCheckable(True)
                groups[act.group].addAction(action)
            action.triggered.connect(partial(self._tell, act.id))
            action.triggered.connect(does[act.id])
            self._actions[act.id] = action
            if act.scope == WINDOW:
                window.addAction(action)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __contains__(self, name: str) -> bool:
        return name in self._actions

    def _tell(self, name: str) -> None:
        self.doing.emit(name)

    def take_on(self, chosen: Settings) -> None:
        """Gives every action the shortcuts that a person chose for it, at once."""
        self.single_keys = chosen.single_keys
        for act in ACTS:
            wanted = keys.in_force(act, chosen.keys, single_keys=chosen.single_keys)
            if wanted != self._actions[act.id].shortcuts():
                self._actions[act.id].setShortcuts(wanted)
        self.rekeyed.emit()

    def shown_keys(self, name: str) -> str:
        """An action's shortcuts as they are now, as this system writes them."""
        return keys.shown(self._actions[name].shortcuts())

    def give_to_reader(self, reader: QWidget) -> None:
        """Lets the reader's own actions work while it, or something in it, has the focus."""
        for act in ACTS:
            if act.scope == READER:
                action = self._actions[act.id]
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                reader.addAction(action)

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Makes the menus; gives them by name."""
        menus = {}
        for name in MENUS:
            menu = menus[name] = bar.addMenu(f"&{name}")
            for act in ACTS:
                if act.menu == name:
                    if act.rule:
                        menu.addSeparator()
                    menu.addAction(self._actions[act.id])
        return menus

    def allow(self, **there: bool) -> None:
        """Greys out what cannot be done without what is not there, by the names that acts use in
        `needs`: an open project, a chosen submission, a text, a recording, a transcript."""
        for act in ACTS:
            self._actions[act.id].setEnabled(not act.needs or there.get(act.needs, False))

    def offered(self) -> Iterator[tuple[Act, QAction]]:
        """Every action that can be done now, for the command palette."""
        return ((act, self._actions[act.id]) for act in ACTS if self._actions[act.id].isEnabled())
