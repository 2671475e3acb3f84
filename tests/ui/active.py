"""How a window becomes the active one in a test."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

_SOON = 30_000


def activate(qtbot, window: QWidget) -> None:
    """Makes a window the active one, and waits until it is. To be shown is not enough: where the
    active one closes and there is no screen, none is active until one is asked to be."""

    def active() -> bool:
        if not window.isActiveWindow():
            window.activateWindow()
        return window.isActiveWindow()

    qtbot.waitUntil(active, timeout=_SOON)
