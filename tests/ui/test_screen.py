"""The program on a real screen: started as a process and driven by keys and mouse alone."""

from __future__ import annotations

import os
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from coder.domain.quotes import Quote
from coder.project import Project
from coder.store.story import StepEntry

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("Xvfb", "xdotool", "openbox")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
PATIENCE = 30.0
ME = "Noor Hadley"

pytestmark = [
    pytest.mark.screen,
    pytest.mark.skipif(bool(MISSING), reason=f"not on this machine: {', '.join(MISSING)}"),
]


@dataclass(frozen=True)
class Screen:
    """A screen of our own. `picture` is the file that X keeps its picture in."""

    env: dict[str, str]
    picture: Path

    def do(self, *words: str) -> str:
        """Runs xdotool and gives what it says."""
        done = subprocess.run(
            ["xdotool", *words],
            check=False,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, f"xdotool {words}: {done.stderr}"
        return done.stdout.strip()

    def press(self, *keys: str) -> None:
        """Presses these keys one after another."""
        self.do("key", "--delay", "20", *keys)

    def photograph(self, path: Path) -> int:
        """Saves what is on the screen as PNG; gives how many colours it has.

        The file is an X window dump: `XWDFile.h`, 25 big-endian numbers, colours, then the pixels.
        """
        dump = self.picture.read_bytes()
        head = struct.unpack(">25I", dump[:100])
        width, height, line, colours = head[4], head[5], head[12], head[19]
        pixels = dump[head[0] + 12 * colours :]
        path.parent.mkdir(exist_ok=True)
        assert QImage(pixels, width, height, line, QImage.Format.Format_RGB32).save(str(path))
        return len(set(memoryview(pixels[: line * height]).cast("I")))


@contextmanager
def running(*command: str, **options: object) -> Iterator[subprocess.Popen[str]]:
    """A process that is ended at the end, if it has not ended by itself."""
    with subprocess.Popen(command, text=True, **options) as process:  # type: ignore[call-overload]
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """A free display with a window manager on it."""
    with ExitStack() as held:
        x = held.enter_context(
            running(
                *("Xvfb", "-displayfd", "1", "-screen", "0", "1366x900x24"),
                *("-nolisten", "tcp", "-fbdir", str(tmp_path)),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        )
        assert x.stdout is not None
        number = x.stdout.readline().strip()
        assert number, "Xvfb did not start"
        env = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        held.enter_context(
            running("openbox", env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )
        yield Screen(env, tmp_path / "Xvfb_screen0")


@contextmanager
def program(screen: Screen, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The program with this project open, in front, and listening to keys."""
    with running(
        *(sys.executable, str(ROOT / "main.py"), str(folder)),
        env=screen.env,
        cwd=ROOT,
        stderr=subprocess.PIPE,
    ) as process:
        window = window_of(screen)
        screen.do("windowactivate", "--sync", window)
        screen.do("windowmove", window, "5", "25")
        screen.do("windowsize", "--sync", window, "1340", "840")
        yield process


def window_of(screen: Screen) -> str:
    """The program's main window."""
    name = "Neighbours Again.*Evidence Coder"
    return screen.do("search", "--sync", "--onlyvisible", "--name", name).split()[0]


def acts(folder: Path) -> list[StepEntry]:
    """What this test's coder has done, oldest first, read while the program has it open; without
    what the program noted for them, such as that they came to the end of a text."""
    with Project.open(folder, ME, read_only=True) as project:
        done = reversed(project.history())
        return [step for step in done if step.coder == ME and step.kind != "machine"]


def until(condition: Callable[[], bool]) -> None:
    """Waits until the condition holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)


def mine(folder: Path) -> list[Quote]:
    with Project.open(folder, ME, read_only=True) as project:
        return [quote for quote in project.quotes.select() if quote.coder == ME]


def a_word_of_one_quote(folder: Path, besides: str) -> tuple[str, Quote]:
    """A quote, and a word that no other quote has, nor any text of the submission `besides`."""
    with Project.open(folder, ME, read_only=True) as project:
        quotes = project.quotes.select()
        view = project.evidence.one(besides)
        known = " ".join(project.document(d.id).text for d in view.documents).casefold()
        for quote in quotes:
            for word in quote.quote.split():
                others = [q for q in quotes if word.casefold() in f"{q.quote} {q.memo}".casefold()]
                long = word.isascii() and word.isalpha() and len(word) > 6
                if long and len(others) == 1 and word.casefold() not in known:
                    return word, quote
    raise AssertionError("the sample has no such word")


def test_a_day_at_the_desk(screen: Screen, own_sample: Path) -> None:
    word, wanted = a_word_of_one_quote(own_sample, besides="SIC0003")
    with program(screen, own_sample) as process:
        # Given the third submission, when words are selected by keys and tagged by a code's own
        screen.press("ctrl+Next", "ctrl+Next", "F7", "ctrl+Home")
        screen.press("Down", "Down", "Down", "ctrl+shift+Right", "ctrl+shift+Right", "1")
        until(lambda: len(acts(own_sample)) == 1)
        # And others are selected with the mouse
        screen.do("mousemove", "600", "440", "mousedown", "1")
        screen.do("mousemove", "640", "455", "mousemove", "760", "500", "mouseup", "1")
        screen.press("2")
        until(lambda: len(acts(own_sample)) == 2)
        # And a sentence is tagged with a code that is made as its name is typed
        screen.press("ctrl+End", "ctrl+shift+comma", "Return")
        screen.do("type", "--delay", "20", "Sheds and shelters")
        screen.press("Return")
        until(lambda: len(acts(own_sample)) == 3)
        screen.press("ctrl+z")
        until(lambda: len(acts(own_sample)) == 4)
        screen.press("ctrl+shift+z")
        until(lambda: len(acts(own_sample)) == 5)
        # And a quote is found by a word in it, opened in its document and tagged there
        screen.press("ctrl+2", "ctrl+f")
        screen.do("type", "--delay", "20", word)
        screen.press("Return", "Return", "3")
        until(lambda: len(acts(own_sample)) == 6)
        screen.press("ctrl+1")
        assert screen.photograph(ROOT / "build" / "screen.png") > 100
        screen.press("ctrl+q")
        assert process.wait(PATIENCE) == 0
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()
    # Then exactly these acts were committed
    done = acts(own_sample)
    assert [step.kind for step in done] == ["act", "act", "act", "undo", "redo", "act"]
    quotes = {quote.code.rpartition("/")[2]: quote for quote in mine(own_sample)}
    assert len(quotes) == 4
    assert "Sheds and shelters" in quotes
    assert {q.ref for q in quotes.values()} == {"SIC0003", wanted.ref}
    again = next(q for q in quotes.values() if q.ref == wanted.ref)
    assert (again.document_id, again.quote) == (wanted.document_id, wanted.quote)
    with Project.open(own_sample, ME) as project:
        assert project.verify() == []


def test_what_was_tagged_survives_a_kill(screen: Screen, own_sample: Path) -> None:
    with program(screen, own_sample) as process:
        screen.press("F7", "ctrl+shift+period", "1")
        until(lambda: len(acts(own_sample)) == 1)
        screen.press("ctrl+shift+period", "2")
        until(lambda: len(acts(own_sample)) == 2)
        tagged = {(q.code, q.quote) for q in mine(own_sample)}
        screen.press("ctrl+shift+period", "3")
        process.kill()
        assert process.wait(PATIENCE) == -signal.SIGKILL
    with Project.open(own_sample, ME) as project:
        assert project.verify() == []
    assert tagged <= {(q.code, q.quote) for q in mine(own_sample)}
    with program(screen, own_sample) as process:
        named = ("search", "--sync", "--onlyvisible", "--name", "Closed unexpectedly")
        notice = screen.do(*named).split()[0]
        screen.do("windowactivate", "--sync", notice)
        screen.press("Escape")
        screen.do("windowactivate", "--sync", window_of(screen))
        screen.press("ctrl+z")
        until(lambda: acts(own_sample)[-1].kind == "undo")
        screen.press("ctrl+q")
        assert process.wait(PATIENCE) == 0


def test_a_text_is_read_found_in_and_tagged_by_keys_alone(screen: Screen, own_sample: Path) -> None:
    with program(screen, own_sample) as process:
        # Given the next paragraph that nobody has tagged, tagged whole with a code's own key
        screen.press("F7", "alt+Next", "ctrl+shift+p", "4")
        until(lambda: len(acts(own_sample)) == 1)
        # And drawn a word shorter, taken back, and marked
        screen.press("alt+Left")
        until(lambda: len(acts(own_sample)) == 2)
        shorter = mine(own_sample)[0]
        screen.press("ctrl+z")
        until(lambda: acts(own_sample)[-1].kind == "undo")
        screen.press("u")
        until(lambda: mine(own_sample)[0].marked)
        # And the document declared coded
        screen.press("ctrl+d")
        until(lambda: len(acts(own_sample)) == 5)
        # When the tag is chosen in the list of tags and removed there
        screen.press("F9", "Home", "Delete")
        until(lambda: not mine(own_sample))
        assert screen.photograph(ROOT / "build" / "screen-tags.png") > 100
        # And something is found everywhere, opened, and tagged in its document
        screen.press("ctrl+shift+f")
        screen.do("search", "--sync", "--onlyvisible", "--name", "Find everywhere")
        screen.do("type", "--delay", "30", "volunteers")
        screen.press("Return")
        screen.do("windowactivate", "--sync", window_of(screen))
        screen.press("F7", "5")
        until(lambda: len(mine(own_sample)) == 1)
        screen.press("ctrl+q")
        assert process.wait(PATIENCE) == 0
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()
    # Then the tag was a paragraph, then that without its end, and then it was found
    assert [step.kind for step in acts(own_sample)].count("undo") == 1
    with Project.open(own_sample, ME) as project:
        text = project.document(shorter.document_id)
        whole = next(p for p in text.paragraphs if p.start <= shorter.start < p.end)
        assert shorter.start == whole.start
        assert shorter.quote == text.text[whole.start : shorter.end]
        assert shorter.end < whole.end
        assert mine(own_sample)[0].quote.casefold() in ("volunteer", "volunteers", "volunteering")
        assert project.verify() == []
