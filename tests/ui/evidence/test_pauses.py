"""Pauses are marked where a person wants them, and follow what is corrected."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from coder.domain.citation import UNCHECKED
from coder.domain.model import Document
from coder.domain.pauses import Pause
from coder.ui.evidence.pauses import Pauses
from coder.ui.window import Window
from tests.ui.evidence.films import LINES, heard, show


@pytest.fixture
def film(qtbot, window: Window, tmp_path: Path) -> Document:
    """A transcript on the desk."""
    made = heard(tmp_path / "halls")
    show(qtbot, window, tmp_path / "halls", made)
    return made


def _marked(window: Window) -> list[Pause]:
    return list(window.evidence.desk.reader._page.pauses)


def test_pauses_are_marked_until_a_person_does_not_want_them(
    window: Window, film: Document
) -> None:
    assert _marked(window) == [Pause(len(LINES[0]) + 1, 2_000, 8_000)]
    window.registry["pauses"].trigger()
    assert _marked(window) == []
    assert window.status.currentMessage() == "Pauses are no longer marked."

    window.registry["pauses"].trigger()

    assert len(_marked(window)) == 1
    assert window.status.currentMessage() == "1 pause of two seconds or more is marked."
    assert window.evidence.desk.reader._page.text == film.text


def test_it_is_remembered_what_was_wanted(window: Window, film: Document) -> None:
    window.registry["pauses"].trigger()

    assert not Pauses(window.evidence.desk).shown


def test_marks_follow_what_is_corrected(window: Window, film: Document) -> None:
    assert window.session is not None
    project = window.session.project
    first = project.segments(film.id)[0]
    project.correcting.rewrite(first.id, "We met in the village hall.")

    assert [one.before for one in _marked(window)] == [len("We met in the village hall.") + 1]


def test_what_is_copied_says_that_it_is_unchecked_until_it_is_checked(
    qtbot, window: Window, film: Document
) -> None:
    def copied() -> str:
        window.evidence.desk.reader.select(0, 6)
        window.registry["copy-cited"].trigger()
        return QGuiApplication.clipboard().text()

    assert copied() == f"“We met” (SIC0001, 00:00) [{UNCHECKED}]"
    window.registry["checked"].trigger()
    desk = window.evidence.desk
    qtbot.waitUntil(lambda: desk.document is not None and not desk.document.machine_draft)
    assert copied() == "“We met” (SIC0001, 00:00)"
