"""A session that died is told of at the next start, without a word of the evidence."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from coder import places
from coder.ui import crash, messages
from coder.ui.crash import Crash, Watch, crashes
from coder.ui.dialogs.crashed import CrashedDialog
from coder.ui.window import Window

ROOT = Path(__file__).resolve().parents[2]
SECRET = "Margaret of Tarn Street"
PATIENCE = 60.0

FAULTY = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from coder.ui import app

def fail():
    raise ValueError("Margaret of Tarn Street")

def look():
    boxes = [one for one in qt.topLevelWidgets() if isinstance(one, QMessageBox)]
    print(len(boxes), boxes[0].detailedText() if boxes else "", flush=True)
    QTimer.singleShot(0, fail)
    QTimer.singleShot(300, lambda: print("alive", flush=True))

qt = QApplication(sys.argv)
QTimer.singleShot(300, fail)
QTimer.singleShot(900, look)
app.main(Path(sys.argv[1]))
"""
DYING = FAULTY.replace("raise ValueError(", "import faulthandler; faulthandler._sigsegv(")
DYING = DYING.replace('_sigsegv("Margaret of Tarn Street")', "_sigsegv()")


def _start(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _wait_for_session(project: Path) -> None:
    until = time.monotonic() + PATIENCE
    sessions = places.user_data() / "sessions"
    while time.monotonic() < until:
        if any(str(project) in _read(one) for one in sessions.glob("*/session.json")):
            return
        time.sleep(0.05)
    pytest.fail("the window did not come up")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.fixture
def session(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The program in a process of its own, with the small inquiry open."""
    process = _start("main.py", str(folder))
    _wait_for_session(folder)
    yield process
    process.kill()
    process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
def test_a_session_that_was_killed_is_told_of_once(
    session: subprocess.Popen[str], folder: Path
) -> None:
    os.kill(session.pid, signal.SIGKILL)
    session.wait()
    [crash] = crashes()
    assert crash.project == str(folder)
    assert "There is no trace" in crash.report
    assert crashes() == []
    assert [_read(one) for one in (places.user_data() / "reports").iterdir()] == [crash.report]


def test_a_window_that_is_open_is_no_crash(session: subprocess.Popen[str]) -> None:
    assert crashes() == []
    assert session.poll() is None


def test_a_session_that_was_closed_leaves_nothing() -> None:
    watch = Watch()
    watch.did("tag")
    watch.close()
    assert crashes() == []
    assert list((places.user_data() / "sessions").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="dies another way there")
def test_a_fault_below_python_leaves_its_trace(folder: Path) -> None:
    process = _start("-c", DYING, str(folder))
    process.communicate(timeout=PATIENCE)
    assert process.returncode == -signal.SIGSEGV
    [crash] = crashes()
    assert "Segmentation fault" in crash.report
    assert "in fail" in crash.report


def test_an_error_nobody_foresaw_is_told_and_the_window_goes_on(folder: Path) -> None:
    process = _start("-c", FAULTY, str(folder))
    assert process.stdout is not None
    told = process.stdout.readline()
    details = [told]
    while (line := process.stdout.readline()) and line != "alive\n":
        details.append(line)
    words = "".join(details)
    assert told.startswith("1 Evidence Coder")
    assert "in fail" in words
    assert "ValueError" in words
    assert SECRET not in words
    assert line == "alive\n"
    process.kill()
    process.communicate()
    [crash] = crashes()
    assert "in fail" in crash.report
    assert SECRET not in crash.report


def _problem() -> BaseException:
    try:
        try:
            int(SECRET)
        except ValueError as problem:
            problem.add_note(SECRET)
            raise OSError(2, "No such file", f"/home/{SECRET}/letter.docx") from problem
    except OSError as problem:
        return problem


def test_a_report_quotes_no_message_that_may_hold_evidence_or_names() -> None:
    words = crash.report(_problem())
    assert "ValueError" in words
    assert "FileNotFoundError" in words
    assert "in _problem" in words
    assert SECRET not in words
    assert str(ROOT) not in words


def test_what_the_program_says_of_itself_stays_in_the_report() -> None:
    with pytest.raises(AttributeError) as problem:
        None.page  # type: ignore[attr-defined]  # noqa: B018
    assert "'NoneType' object has no attribute 'page'" in crash.report(problem.value)


def test_an_unknown_error_can_be_copied_and_left(qtbot, window: Window, qapp) -> None:
    messages.tell(window, _problem())
    [box] = [one for one in window.findChildren(QMessageBox) if one.isVisible()]
    buttons = {button.text(): button for button in box.buttons()}
    buttons["Copy details"].click()
    assert box.isVisible()
    assert "in _problem" in qapp.clipboard().text()
    buttons["Keep working"].click()
    assert not box.isVisible()
    assert window.isVisible()


def test_an_unknown_error_can_close_the_window(window: Window) -> None:
    messages.tell(window, _problem())
    [box] = [one for one in window.findChildren(QMessageBox) if one.isVisible()]
    next(button for button in box.buttons() if button.text() == "Close").click()
    assert not window.isVisible()


def test_after_a_crash_the_inquiry_is_offered_again(qtbot, window: Window, folder: Path) -> None:
    dialog = CrashedDialog([Crash("the report", str(folder))], window)
    dialog.open()
    assert dialog.focusWidget() is dialog.open_again
    assert not dialog.report.isVisible()
    dialog.show_report.click()
    assert dialog.report.isVisible()
    assert dialog.report.toPlainText() == "the report"
    with qtbot.waitSignal(dialog.wanted) as wanted:
        dialog.open_again.click()
    assert wanted.args == [str(folder)]


def test_an_inquiry_that_is_open_already_is_not_offered(window: Window, folder: Path) -> None:
    dialog = CrashedDialog([Crash("", str(folder))], window, str(folder))
    dialog.open()
    assert not dialog.open_again.isVisible()
    dialog.dismiss.click()


def test_after_a_crash_without_an_inquiry_there_is_none_to_open(
    window: Window, tmp_path: Path
) -> None:
    dialog = CrashedDialog([Crash("", ""), Crash("", str(tmp_path / "gone"))], window)
    dialog.open()
    assert not dialog.open_again.isVisible()
    dialog.dismiss.click()
    assert not dialog.isVisible()
