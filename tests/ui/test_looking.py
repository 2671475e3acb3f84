"""What a view shows is read at once or beside the window, and only the last asked for is shown."""

from __future__ import annotations

import threading

import pytest

from coder.domain.errors import NotFound
from coder.ui.looking import Look
from coder.ui.window import Window


@pytest.fixture
def shown() -> list[str]:
    return []


def test_what_is_short_is_there_at_once(window: Window, shown: list[str]) -> None:
    look = Look(window.evidence, "Reading", shown.append)

    look.at_once(lambda: "short")

    assert shown == ["short"]
    assert not look.reading


def test_what_is_long_is_read_in_another_thread_and_nobody_is_told(
    qtbot, window: Window, shown: list[str]
) -> None:
    begun: list[object] = []
    window.workshop.begun.connect(begun.append)
    look = Look(window.evidence, "Reading", shown.append)

    look.beside(lambda: threading.current_thread().name)
    assert look.reading
    assert not window.workshop.busy_with()

    qtbot.waitUntil(lambda: bool(shown))
    assert shown[0].startswith("evidence-looking")
    assert not begun


def test_of_several_only_the_last_is_shown(qtbot, window: Window, shown: list[str]) -> None:
    look = Look(window.evidence, "Reading", shown.append)

    for words in ("first", "second"):
        look.beside(lambda words=words: words)

    qtbot.waitUntil(lambda: not window.workshop.running)
    assert shown == ["second"]


def test_what_is_dropped_is_not_shown(qtbot, window: Window, shown: list[str]) -> None:
    look = Look(window.evidence, "Reading", shown.append)
    look.beside(lambda: "late")

    look.drop()

    qtbot.waitUntil(lambda: not window.workshop.running)
    assert shown == []


def test_what_cannot_be_read_is_told(qtbot, window: Window, told, shown: list[str]) -> None:
    def fail() -> str:
        raise NotFound("This has gone.")

    look = Look(window.evidence, "Reading", shown.append)
    look.beside(fail)

    qtbot.waitUntil(lambda: not window.workshop.running)
    assert told().startswith("This has gone.")
    assert not look.reading
