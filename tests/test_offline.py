"""Nothing is looked up: whatever the program does, it opens no connection, but for a download.

Two watchmen stand by. One is Python's own: an audit hook in every process of ours writes down each
address that is asked for, and refuses it. The other, where it is there, is `strace`, which sees
native code as well.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.hub import Hub, serving

WATCHMAN = """
import os
import sys

ASKS = {
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.gethostbyaddr",
    "socket.sendto",
    "urllib.Request",
}


def watch(event, args):
    if event not in ASKS or event == "socket.connect" and isinstance(args[1], (str, bytes)):
        return
    with open(os.environ["WATCHED"], "a") as book:
        book.write(f"{event} {args[-1]!r}\\n")
    if os.environ.get("WATCH_ONLY") != "1":
        raise PermissionError("the network is closed in this test")


sys.addaudithook(watch)
with open(os.environ["WATCHED"], "a") as book:
    book.write("watching\\n")
"""

ALL_DAY = """
import sys
from pathlib import Path

from coder.cli.main import run

work, model = Path(sys.argv[1]), sys.argv[2]


def window(folder):
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from coder.ui.window import Window

    app = QApplication([])
    shown = Window()
    shown.show()
    assert shown.open_project(folder)
    for act in ("models", "help", "about"):
        shown.registry[act].trigger()
        loop = QEventLoop()
        QTimer.singleShot(300, loop.quit)
        loop.exec()
    models = shown.models.shown
    assert models.list.rows.entries
    models.try_it.click()
    while models.doing.busy:
        app.processEvents()
    shown.workshop.finish()
    shown.close()
    return 0


def do(*words):
    assert run([*map(str, words)], load_window=lambda: window) in (0, None), words


def main():
    do("new", work / "inquiry", "--title", "Streets", "--prefix", "STR")
    do("import", work / "inquiry", sys.argv[3])
    do("models", "list", "--all", "--json")
    do("models", "add", model)
    do("models", "try", "whisper-synthetic")
    do("models", "default", "whisper-synthetic")
    do("transcribe", work / "inquiry")
    window(work / "inquiry")
    do("models", "remove", "whisper-synthetic")


if __name__ == "__main__":
    main()
"""


@pytest.fixture
def watched(tmp_path: Path, own_home: Path) -> dict[str, str]:
    """The environment of a process that is watched, with all its children."""
    post = tmp_path / "post"
    post.mkdir()
    (post / "sitecustomize.py").write_text(WATCHMAN)
    own = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    return {
        **own,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(post)]),
        "WATCHED": str(tmp_path / "book"),
        "QT_QPA_PLATFORM": "offscreen",
        "QT_LOGGING_RULES": "qt.multimedia.*=false",
    }


def book(watched: dict[str, str]) -> list[str]:
    return Path(watched["WATCHED"]).read_text().splitlines()


def all_day(tmp_path: Path) -> list[str]:
    """Makes an inquiry with a film, lists, installs, tries, prefers and removes a model,
    transcribes, and opens the windows."""
    samples = ROOT / "samples"
    film = ROOT / "tests" / "data" / "evidence_offset2.mp4"
    script = tmp_path / "all_day.py"
    script.write_text(textwrap.dedent(ALL_DAY))
    model = shutil.make_archive(str(tmp_path / "m"), "zip", samples, "whisper-synthetic")
    return [sys.executable, str(script), str(tmp_path), model, str(film)]


def strace(calls: Path) -> list[str]:
    """What a program is started with so that its calls are written down, native ones too; empty
    where nothing can watch them here."""
    under = ["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-o", str(calls)]
    connects = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    if not shutil.which("strace"):
        return []
    subprocess.run([*under, sys.executable, "-c", connects], capture_output=True, check=False)
    return under if "AF_INET" in calls.read_text() else []


def test_a_day_of_work_looks_nothing_up(tmp_path: Path, watched: dict[str, str]) -> None:
    calls = tmp_path / "calls"
    under = strace(calls)

    done = subprocess.run(
        [*under, *all_day(tmp_path)], env=watched, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    seen = book(watched)
    assert seen.count("watching") > 4, "children went unwatched"
    assert [line for line in seen if line != "watching"] == []
    if under:
        assert re.findall(r".*AF_INET.*", calls.read_text()) == []


def test_the_watchmen_see_a_download(
    tmp_path: Path, watched: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, str(ROOT / "main.py"), "models", "get", "base"]
    with serving(Hub(), monkeypatch) as hub:
        env = {**watched, "HF_ENDPOINT": os.environ["HF_ENDPOINT"], "NO_PROXY": "127.0.0.1"}
        refused = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        assert hub.asked == []
        watching = {**env, "WATCH_ONLY": "1"}
        done = subprocess.run(command, env=watching, capture_output=True, text=True, check=False)

    assert refused.returncode == 2
    assert "was not reached" in refused.stderr
    assert done.returncode == 0, done.stderr
    asked = {line.split()[0] for line in book(watched)}
    assert {"urllib.Request", "socket.connect"} <= asked
