"""A project of submissions that have to do with one another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coder.project import Project
from coder.ui.window import Window
from tests.made import MadeOnce
from tests.ui.active import activate
from tests.ui.evidence.hands import put_caret, tag

WORDS = ("We sang in the hall.", "We cooked for the street.", "We cooked, too.", "They cooked.")


@pytest.fixture
def related(window: Window, tmp_path: Path, made_once: MadeOnce) -> Window:
    """The window with six submissions: SIC0002 stands for a campaign with the letters SIC0003 and
    SIC0004, and SIC0005 is a duplicate of SIC0001."""
    shutil.copytree(made_once(_halls), tmp_path, dirs_exist_ok=True)
    assert window.open_project(tmp_path / "halls")
    return window


def _halls(folder: Path) -> None:
    letters = []
    for number, words in enumerate((*WORDS, "We sang in the hall, twice.", "I rang a friend.")):
        letters.append(folder / f"letter-{number}.txt")
        letters[-1].write_text(f"{words}\n\nYours, writer {number}\n", encoding="utf-8")
    with Project.create(folder / "halls", "Halls", "SIC", "Noor Hadley") as project:
        project.intake.bring(letters)
        for ref in ("SIC0003", "SIC0004"):
            project.joining.set_same(ref, "SIC0002", campaign=True)
        project.joining.set_same("SIC0005", "SIC0001")
        for place, ref in enumerate(f"SIC{number:04}" for number in range(1, 7)):
            project.evidence.change(ref, respondent=f"Writer {place}")


@pytest.fixture
def text(qtbot, opened: Window) -> Window:
    """The window with the letter in the reader, which has the focus."""
    activate(qtbot, opened)
    opened.evidence.desk.reader.setFocus()
    qtbot.waitUntil(opened.evidence.desk.reader._page.hasFocus)
    return opened


@pytest.fixture
def theirs(text: Window) -> Window:
    """A tag of Noor Hadley's on the choir; Ines Okoro is at work."""
    tag(text, "choir opened")
    assert text.session is not None
    text.session.work_as("Ines Okoro")
    put_caret(text, "opened its")
    return text
