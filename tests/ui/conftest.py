"""A window on a small project, and the sample inquiry made once for all tests of the window."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

from coder.domain.draft import DraftCode
from coder.jobs import Job
from coder.project import Project
from coder.project.sample import make_sample
from coder.ui import theme
from coder.ui.importing.preview import PreviewDialog
from coder.ui.window import Window
from tests.made import MadeOnce

# A machine without a sound server says so at length; that is not ours to fail on.
os.environ["QT_LOGGING_RULES"] = "qt.multimedia.*=false"

LETTER = """Dear committee,

When the café closed nobody on our street had anywhere to sit. 😀 Then the choir opened its hall.

I had never volunteered before. Now I ring four people every Thursday, and they ring me.

Yours, Ada
"""
CODES = (
    DraftCode("Connection", "Meeting others.", children=(DraftCode("Places to meet"),)),
    DraftCode("Volunteering", "Giving time."),
)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample inquiry, made once; copy it before changing it."""
    folder = tmp_path_factory.mktemp("sample") / "sample"
    make_sample(folder, Job())
    return folder


@pytest.fixture
def own_sample(sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample inquiry that this test may change."""
    return Path(shutil.copytree(sample, tmp_path / "inquiry"))


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """One written submission."""
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path, made_once: MadeOnce) -> Path:
    """A project with one letter and three codes, keys 1 to 3."""
    return Path(shutil.copytree(made_once(_streets) / "project", tmp_path / "project"))


def _streets(folder: Path) -> None:
    letter = folder / "letter.txt"
    letter.write_text(LETTER, encoding="utf-8")
    with Project.create(folder / "project", "Streets", "STR", "Noor Hadley", codes=CODES) as made:
        made.intake.bring([letter])


@pytest.fixture(autouse=True)
def _gone_before() -> None:
    """Deletes what earlier tests have closed: Qt waits for an event loop with it, and each window
    that is still there makes the next one slower, since all of them follow the theme."""
    if QApplication.instance():
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session", autouse=True)
def empty_clipboard_at_the_end() -> Iterator[None]:
    """Without a screen Qt empties its clipboard after Python has gone, and dies of it."""
    yield
    if isinstance(QApplication.instance(), QApplication):
        QApplication.clipboard().clear()


def begun() -> Window:
    """A window as the program makes its one: styled once it is whole, which is three times as fast
    as putting it together under a style sheet."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setStyleSheet("")
    return Window()


@pytest.fixture
def window(qtbot) -> Iterator[Window]:
    """A window that is shown, and at the end leaves no thread and no box behind."""
    before = {thread.name for thread in threading.enumerate()}
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    made = begun()
    qtbot.addWidget(made, before_close_func=_stop_work)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    left = {t.name for t in threading.enumerate() if "evidence" in t.name} - before
    assert not left, f"threads left behind: {left}"


def _stop_work(window: Window) -> None:
    """A window that is still open at the end of a test closes without asking."""
    if window.isVisible():
        window.hearings.close()
        window.workshop.finish()


@pytest.fixture
def opened(window: Window, folder: Path) -> Window:
    """The window with the small project open and the letter in the reader."""
    assert window.open_project(folder)
    return window


@pytest.fixture
def preview_of(qtbot, window: Window) -> Callable[..., PreviewDialog]:
    """Brings files to the window and gives the preview that it shows of them."""

    def bring(*paths: Path) -> PreviewDialog:
        importing = window.chores.importing
        importing.bring(paths)
        qtbot.waitUntil(lambda: bool(importing.previews), timeout=30_000)
        return importing.previews[-1]

    return bring


@pytest.fixture
def bring(qtbot, window: Window, preview_of: Callable[..., PreviewDialog]) -> Callable[..., None]:
    """Imports files as the preview proposes it, and waits until they are in."""

    def import_them(*paths: Path) -> None:
        preview_of(*paths).go.click()
        qtbot.waitUntil(lambda: not window.workshop.running, timeout=30_000)

    return import_them


@pytest.fixture
def dialog(qtbot, opened: Window) -> Callable[[type[QDialog]], QDialog]:
    """Waits for a dialog of this kind and gives it."""

    def find(kind: type[QDialog]) -> QDialog:
        def seen() -> list[QWidget]:
            return [one for one in opened.findChildren(kind) if one.isVisible()]

        qtbot.waitUntil(lambda: bool(seen()))
        found = seen()[-1]
        assert isinstance(found, QDialog)
        return found

    return find


@pytest.fixture
def told(window: Window) -> Callable[[], str]:
    """Gives what the message box says that is open now, and closes it."""

    def read() -> str:
        boxes = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
        assert boxes, "no message is shown"
        words = f"{boxes[-1].text()} {boxes[-1].informativeText()}"
        boxes[-1].close()
        return words

    return read
