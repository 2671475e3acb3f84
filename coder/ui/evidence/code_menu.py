"""What can be done with a code: rename, define, colour, key, move, merge, delete."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QInputDialog, QMenu, QMessageBox, QWidget

from coder.domain.model import Code
from coder.domain.palette import COLOURS, shade
from coder.project.codebook import KEYS
from coder.ui import theme
from coder.ui.evidence.define import DefineDialog
from coder.ui.picker import Choice, Picker
from coder.ui.session import Session

Try = Callable[[Callable[[], object]], object]


class CodeMenu(QObject):
    """The menu of one code in the tree."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent

    def open(self, session: Session, code: Code, place: QPoint, attempt: Try) -> None:
        """Shows the menu at a place on the screen; acts are done through `attempt`."""
        book = session.project.codebook
        menu = QMenu(self._parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Rename…", lambda: self._rename(session, code, attempt))
        menu.addAction("Define…", lambda: self._define(session, code, attempt))
        menu.addAction("Add a code below…", lambda: self._add(session, code, attempt))
        colours = menu.addMenu("Colour")
        for name in COLOURS:
            action = colours.addAction(_swatch(name), name)
            action.triggered.connect(
                lambda _=False, name=name: attempt(lambda: book.recolour(code, name))
            )
        keys = menu.addMenu("Key")
        for key in ("", *KEYS):
            action = keys.addAction(key or "none")
            action.triggered.connect(
                lambda _=False, key=key: attempt(lambda: book.set_key(code, key))
            )
        menu.addSeparator()
        menu.addAction("Move to…", lambda: self._move(session, code, place, attempt))
        menu.addAction("Merge into…", lambda: self._merge(session, code, place, attempt))
        menu.addSeparator()
        menu.addAction("Delete…", lambda: self._delete(session, code, attempt))
        menu.popup(place)

    def _rename(self, session: Session, code: Code, attempt: Try) -> None:
        name, done = QInputDialog.getText(self._parent, "Rename", "New name:", text=code.name)
        if done:
            attempt(lambda: session.project.codebook.rename(code, name))

    def _define(self, session: Session, code: Code, attempt: Try) -> None:
        dialog = DefineDialog(code, self._parent)
        dialog.accepted.connect(
            lambda: attempt(lambda: session.project.codebook.define(code, **dialog.fields()))
        )
        dialog.open()

    def _add(self, session: Session, code: Code, attempt: Try) -> None:
        name, done = QInputDialog.getText(self._parent, "Add a code", f"Below “{code.name}”:")
        if done and name.strip():
            paths = {view.code.id: view.path for view in session.project.codebook.tree()}
            path = f"{paths[code.id]}/{name.replace('/', '-')}"
            attempt(lambda: session.project.codebook.add(path))

    def _others(self, session: Session, code: Code) -> list[Choice]:
        return [
            Choice(view.code.id, view.path.replace("/", " / "))
            for view in session.project.codebook.tree()
            if view.code.id != code.id
        ]

    def _move(self, session: Session, code: Code, place: QPoint, attempt: Try) -> None:
        choices = [Choice("", "On top, as a theme of its own"), *self._others(session, code)]
        picker = Picker(self._parent, choices, f"Move “{code.name}” below…")
        picker.chosen.connect(
            lambda ids: attempt(
                lambda: session.project.codebook.move(code, session.codes.get(ids[0]))
            )
        )
        picker.open_at(place)

    def _merge(self, session: Session, code: Code, place: QPoint, attempt: Try) -> None:
        picker = Picker(self._parent, self._others(session, code), f"Merge “{code.name}” into…")
        picker.chosen.connect(
            lambda ids: attempt(lambda: session.project.codebook.merge(code, session.codes[ids[0]]))
        )
        picker.open_at(place)

    def _delete(self, session: Session, code: Code, attempt: Try) -> None:
        tree = {view.code.id: view for view in session.project.codebook.tree()}
        below = [v for v in tree.values() if v.path.startswith(f"{tree[code.id].path}/")]
        tags = tree[code.id].codings + sum(view.codings for view in below)
        box = QMessageBox(self._parent)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(f"Delete “{code.name}”?")
        also = f" and the {len(below)} codes below it" if below else ""
        box.setInformativeText(
            f"Its {tags} tags{also} go with it. To keep them, merge it into another code instead."
            " Undo brings everything back."
        )
        remove = box.addButton("Delete", QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        remove.clicked.connect(lambda: attempt(lambda: session.project.codebook.delete(code)))
        box.open()


def _swatch(name: str) -> QIcon:
    pixmap = QPixmap(14, 14)
    pixmap.fill(QColor(shade(name, theme.current().dark)))
    return QIcon(pixmap)
