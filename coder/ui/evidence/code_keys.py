"""Codes' own keys: a plain letter or digit in the text, or in the list of tags, applies a code."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

_HELD = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class CodeKeys(QObject):
    """Hears keys only where it was told to listen, and only while that has the focus itself, so
    that what is typed into a field, a dialog or the find bar never tags. `apply` says whether a
    code has the key; `allowed` whether single keys do anything at all."""

    def __init__(
        self, parent: QObject, apply: Callable[[str], bool], allowed: Callable[[], bool]
    ) -> None:
        super().__init__(parent)
        self._apply = apply
        self._allowed = allowed

    def listen_to(self, widgets: Iterable[QWidget]) -> None:
        """Hears the keys that these widgets get."""
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QWidget)
            and self._is_meant(watched, event)
        ):
            return self._apply(event.text())
        return super().eventFilter(watched, event)

    def _is_meant(self, watched: QWidget, event: QKeyEvent) -> bool:
        """Whether this is a character by itself, typed where one reads. A letter with Shift is a
        command; a digit with Shift is how some keyboards type one."""
        key, shift = event.text(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        return (
            len(key) == 1
            and not event.modifiers() & _HELD
            and not (shift and key.isalpha())
            and QApplication.focusWidget() in (watched, watched.focusProxy())
            and self._allowed()
        )
