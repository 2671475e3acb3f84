"""The quotes place of the sample, and what is listed there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from coder.domain.quotes import Quote
from coder.ui.window import Window

Settle = Callable[[Window], list[Quote]]


@pytest.fixture
def settle(qtbot) -> Settle:
    """Waits until the list is what was asked for; gives all quotes in it."""

    def wait(window: Window) -> list[Quote]:
        place = window.quotes
        qtbot.waitUntil(lambda: not place.filters._pause.isActive() and not place.busy)
        qtbot.waitUntil(lambda: place.model.listed is not None)
        assert place.model.listed is not None
        return place.model.listed.fetch(0, len(place.model.listed))

    return wait


@pytest.fixture
def quoting(window: Window, own_sample: Path, settle: Settle) -> Window:
    """The window in the quotes place of the sample."""
    assert window.open_project(own_sample)
    window.go_to_place(1)
    settle(window)
    return window
