"""A window on a few letters, and on those the window on words."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from coder.domain.draft import DraftCode
from coder.project import Project
from coder.ui.window import Window
from coder.ui.words.dialog import WordsDialog
from tests.made import MadeOnce

LETTERS = (
    "Our food bank feeds the whole street.\n\nThe food bank is in the chapel.",
    "A bank of volunteers runs the food bank, and volunteering feeds us.",
    "Nobody volunteered at first. The choir sang.",
)


@pytest.fixture
def lettered(window: Window, tmp_path: Path, made_once: MadeOnce) -> Window:
    """The window on three letters and two codes."""
    shutil.copytree(made_once(_food) / "food", tmp_path / "food")
    assert window.open_project(tmp_path / "food")
    return window


def _food(folder: Path) -> None:
    paths = []
    for number, words in enumerate(LETTERS):
        paths.append(folder / f"letter-{number}.txt")
        paths[-1].write_text(words, encoding="utf-8")
    codes = (DraftCode("Food"), DraftCode("Music"))
    with Project.create(folder / "food", "Food", "SIC", "Noor Hadley", codes=codes) as project:
        project.intake.bring(paths)
        project.evidence.change("SIC0003", type="faith")


@pytest.fixture
def opened_words(qtbot, lettered: Window) -> WordsDialog:
    """The window on words, with the frequencies counted."""
    qtbot.waitUntil(lambda: lettered.evidence.desk.document is not None)
    lettered.evidence.desk.reader.select(0, 0)
    lettered.registry["words"].trigger()
    dialog = lettered.words.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: bool(dialog.said.text()) and not dialog.asking.busy)
    return dialog


@pytest.fixture
def counted(qtbot) -> Callable[[WordsDialog], None]:
    """Waits until all that was asked for is counted."""

    def wait(dialog: WordsDialog) -> None:
        qtbot.waitUntil(
            lambda: not dialog.asking.busy and not dialog.places._later.isActive(), timeout=10_000
        )

    return wait
