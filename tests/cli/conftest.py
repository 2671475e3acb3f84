"""How the tests speak to the command line: within this process, or as a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from coder import places
from coder.cli.main import run
from coder.jobs import Job
from coder.project.sample import make_sample
from tests.made import MadeOnce

ROOT = Path(__file__).resolve().parents[2]

LETTER = (
    "Dear members,\n\n"
    "I had never volunteered before. The street found me — 🙂 — and I stayed.\n\n"
    "We need buses. We need buses in the evening.\n"
)


@dataclass(frozen=True)
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its standard output, which must be JSON and nothing else."""
        return json.loads(self.out)

    def refuses(self, name: str, code: int = 2) -> bool:
        """Whether it told one or two plain sentences that name the thing, and nothing else."""
        said = self.err.strip()
        assert self.code == code, self
        assert name in said, self
        assert said.endswith(".")
        assert "\n" not in said
        assert "Traceback" not in said
        assert len(said) < 400
        return True


Command = Callable[..., Answer]


def _no_window() -> Callable[[Path | None], int]:
    raise ImportError("libEGL.so.1")


@pytest.fixture
def cli(capfd: pytest.CaptureFixture[str]) -> Command:
    """Runs a command in this process."""

    def command(*args: object) -> Answer:
        capfd.readouterr()
        code = run([str(arg) for arg in args], load_window=_no_window)
        out, err = capfd.readouterr()
        return Answer(code, out, err)

    return command


@pytest.fixture
def program(tmp_path: Path) -> Command:
    """Runs a command as a person would: `python main.py …` in an empty folder; `under` is another
    program that starts it."""

    def command(
        *args: object,
        env: dict[str, str] | None = None,
        under: tuple[str, ...] = (),
        seconds: float = 120,
    ) -> Answer:
        done = subprocess.run(
            [*under, sys.executable, str(ROOT / "main.py"), *map(str, args)],
            cwd=tmp_path,
            env={**os.environ, **(env or {})},
            capture_output=True,
            encoding="utf-8",
            timeout=seconds,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    return command


@pytest.fixture
def terminal(tmp_path: Path) -> Command:
    """Runs a command at a terminal of its own; all that is shown there is its output."""
    if sys.platform == "win32":
        pytest.skip("Windows has no pseudo-terminals of this kind")

    def command(*args: object) -> Answer:
        ours, theirs = os.openpty()
        running = subprocess.Popen(
            [sys.executable, str(ROOT / "main.py"), *map(str, args)],
            cwd=tmp_path,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        shown = _all_of(ours)
        return Answer(running.wait(30), shown, "")

    return command


def _all_of(terminal: int) -> str:
    pieces: list[bytes] = []
    with suppress(OSError):  # Linux says so when the other side is closed
        while piece := os.read(terminal, 4096):
            pieces.append(piece)
    os.close(terminal)
    return b"".join(pieces).decode()


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A letter as a text file."""
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, encoding="utf-8")
    return path


@pytest.fixture
def project(tmp_path: Path, letter: Path, made_once: MadeOnce) -> Path:
    """A project with one letter, SIC0001, and the code Volunteering."""
    return Path(shutil.copytree(made_once(_neighbours) / "Neighbours", tmp_path / "Neighbours"))


def _neighbours(folder: Path) -> None:
    project, letter = str(folder / "Neighbours"), folder / "letter.txt"
    letter.write_text(LETTER, encoding="utf-8")
    for command in (
        ["new", project, "--title", "Neighbours Again", "--prefix", "SIC"],
        ["import", project, str(letter)],
        ["code", "add", project, "Volunteering"],
    ):
        assert run(command, load_window=_no_window) == 0


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample inquiry without transcripts, to look at only."""
    folder = tmp_path_factory.mktemp("sample") / "Sample"
    assert make_sample(folder, Job(), transcribe=False).unplaced == ()
    return folder


@pytest.fixture
def sample_copy(sample: Path, tmp_path: Path) -> Path:
    """The sample inquiry, to work in."""
    return Path(shutil.copytree(sample, tmp_path / "Sample"))


@pytest.fixture
def model() -> Path:
    """The model for synthetic speech."""
    return places.samples() / "whisper-synthetic"


@pytest.fixture
def ordinary() -> tuple[str, ...]:
    """What starts a program so that it may not read what is closed to it, as root else may."""
    if not hasattr(os, "geteuid"):
        pytest.skip("files cannot be closed to their owner here")
    if os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("root may read everything here")
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


def _mount(*args: str) -> bool:
    return subprocess.run(["mount", *args], capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """A disk of 2 MB at `disk`; what is given calls for its mount options to be changed."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if shutil.which("mount") is None or not _mount(
        "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)
    ):
        pytest.skip("no small disk can be mounted here")

    def remount(options: str) -> None:
        assert _mount("-o", f"remount,{options}", str(folder))

    yield remount
    subprocess.run(["umount", str(folder)], check=True)
