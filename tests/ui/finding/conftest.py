"""A search open over a project with a few letters."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from coder.domain.draft import DraftCode
from coder.project import Project
from coder.ui.finding.everywhere import FindWindow
from coder.ui.window import Window

CODES = (
    DraftCode("Connection", "Meeting others.", children=(DraftCode("Places to meet"),)),
    DraftCode("Volunteering", "Giving time."),
)
LETTERS = (
    "When the café closed, the choir opened its hall.",
    (
        "The chapel was shut. We met in the garden.\n\n"
        "Then the chapel opened again, and the choir sang."
    ),
    "No bus runs to the chapel after six.\n\nThe food bank moved into the chapel.",
    "Nobody met.\n\nI am lonely in winter.",
)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An inquiry with these letters, made once; copy it before changing it."""
    home = tmp_path_factory.mktemp("halls")
    paths = []
    for number, text in enumerate(LETTERS, 1):
        paths.append(home / f"letter-{number}.txt")
        paths[-1].write_text(text, encoding="utf-8")
    with Project.create(home / "inquiry", "Streets", "STR", "Noor Hadley", codes=CODES) as project:
        project.intake.bring(paths)
    return home / "inquiry"


@pytest.fixture
def halls(window: Window, made: Path, tmp_path: Path) -> Window:
    """The window with a copy of it open."""
    assert window.open_project(Path(shutil.copytree(made, tmp_path / "inquiry")))
    return window


@pytest.fixture
def search(qtbot, halls: Window) -> FindWindow:
    """The search over them, open."""
    qtbot.waitUntil(lambda: halls.evidence.desk.document is not None)
    halls.evidence.desk.reader.select(0, 0)
    halls.registry["find-everywhere"].trigger()
    shown = halls.finding.shown
    assert shown is not None
    qtbot.waitExposed(shown)
    return shown


@pytest.fixture
def typed(qtbot, search: FindWindow) -> Callable[[str], None]:
    """Types a search and waits until all of it was told."""

    def put(words: str) -> None:
        search.field.clear()
        with qtbot.waitSignal(search.searcher.ended, timeout=10_000):
            search.field.setText(words)

    return put
