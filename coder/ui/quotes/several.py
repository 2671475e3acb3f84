"""A button that opens a list of values of which several can be chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import (
    QMenu,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from coder.ui.elided import ElidedButton

_LONG = 70


class MenuButton(ElidedButton):
    """A button with a menu that looks like a box of choices; words that do not fit end in ….

    A style sheet takes the room at the left of its words for the menu's arrow, so that they are
    drawn here.
    """

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self.setObjectName("several")

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        words, option.text = option.text, ""
        painter = QStylePainter(self)
        try:
            painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
            room = self.rect().adjusted(9, 0, -24, 0)
            shown = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.setPen(option.palette.buttonText().color())
            painter.drawText(
                room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown
            )
        finally:
            painter.end()


class Several(MenuButton):
    """Says what is chosen of its values: `Type: any`, `Type: Council`, `Type: 2`. `none` says
    what it means that none is chosen. `changed` gives the values chosen by a person."""

    changed = Signal(tuple)

    def __init__(self, name: str, parent: QWidget, *, none: str = "any") -> None:
        super().__init__("", parent)
        self._name = name
        self._unchosen = none
        self._menu = _StaysOpen(self)
        self._menu.setToolTipsVisible(True)
        self._values: list[QAction] = []
        self._all = QAction(none.capitalize(), self)
        self._all.setCheckable(True)
        self._all.triggered.connect(self._none)
        self.setMenu(self._menu)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.offer({})

    def offer(self, names: Mapping[str, str]) -> None:
        """Lets a person choose among these values, each called so."""
        chosen = self.chosen()
        self._menu.clear()
        self._values.clear()
        for value, words in names.items():
            action = QAction(_short(words).replace("&", "&&"), self._menu)
            action.setToolTip(words)
            action.setData(value)
            action.setCheckable(True)
            action.setChecked(value in chosen)
            action.triggered.connect(self._picked)
            self._menu.addAction(action)
            self._values.append(action)
        if names:
            self._menu.addSeparator()
            self._menu.addAction(self._all)
        self.setEnabled(bool(names))
        self._tell()

    def chosen(self) -> tuple[str, ...]:
        """The values that are chosen, in their order."""
        return tuple(one.data() for one in self._values if one.isChecked())

    def choose(self, values: Sequence[str]) -> None:
        """Chooses these values, as far as they are offered, without telling anybody."""
        for action in self._values:
            action.setChecked(action.data() in values)
        self._tell()

    def offered(self) -> list[str]:
        """What the values are called."""
        return [one.toolTip() for one in self._values]

    def pick(self, *values: str) -> None:
        """Chooses these values as a person would."""
        self.choose(values)
        self.changed.emit(self.chosen())

    def _picked(self) -> None:
        self._tell()
        self.changed.emit(self.chosen())

    def _none(self) -> None:
        self.pick()

    def _tell(self) -> None:
        names = [one.toolTip() for one in self._values if one.isChecked()]
        self._all.setChecked(not names)
        told = self._unchosen if not names else names[0] if len(names) == 1 else f"{len(names)}"
        self.setText(f"{self._name}: {told}")
        self.setAccessibleName(f"{self._name}: {', '.join(names) or self._unchosen}")
        self.setToolTip(f"{self._name}: {', '.join(names) or self._unchosen}")
        self.setProperty("asks", bool(names))
        self.style().unpolish(self)
        self.style().polish(self)


class _StaysOpen(QMenu):
    """A menu that stays while values are ticked, with mouse or Space."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable():
            action.trigger()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
            return
        super().keyPressEvent(event)


def _short(words: str) -> str:
    return words if len(words) <= _LONG else f"{words[: _LONG - 1]}…"
