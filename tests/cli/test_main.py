"""The program as a whole: its help, its window, and how it stops."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from coder.cli.main import program as commands
from coder.cli.main import run
from coder.project import Project
from tests.cli.conftest import ROOT, Command


def _walk(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from _walk(below, (*path, name))
    elif not command.hidden:
        yield path


ALL = list(_walk(commands, ()))


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_explains_itself_with_an_example(path: tuple[str, ...], cli: Command) -> None:
    told = cli(*path, "--help")
    assert told.code == 0
    assert f"evidence-coder {' '.join(path)}" in told.out.partition("Example")[2]


def test_the_commands_are_those_that_scripts_rely_on() -> None:
    asked = (
        "new import transcribe submissions show set codes code tag search quotes pack verify"
        " history undo redo models demo untag memo mark sensitive"
    )
    assert set(asked.split()) <= set(commands.commands)


def test_a_word_that_is_no_command_is_told_with_the_nearest_one(cli: Command) -> None:
    told = cli("verfy")
    assert told.code == 2
    assert "Did you mean “verify”?" in told.err


def test_the_shell_can_complete_commands(program: Command) -> None:
    told = program(
        env={
            "_EVIDENCE_CODER_COMPLETE": "bash_complete",
            "COMP_WORDS": "evidence-coder tran",
            "COMP_CWORD": "1",
        }
    )
    assert "transcribe" in told.out


def test_without_a_screen_the_window_says_so(project: Path, program: Command) -> None:
    bare = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    for args in ((), (project,)):
        told = program(*args, env=bare)
        if sys.platform == "linux":
            assert told.refuses("no screen")


def test_evidence_cannot_steer_the_terminal(project: Path, cli: Command) -> None:
    # Given a respondent whose name holds an escape sequence
    cli("set", project, "SIC0001", "--respondent", "Ada\x1b[2J\x07 Brook")

    # When people read it, it is shown without; and scripts get it as it is
    assert "\x1b" not in cli("submissions", project).out
    assert cli("submissions", project, "--json").json[0]["respondent"] == "Ada\x1b[2J\x07 Brook"


def test_answers_are_utf8_whatever_the_system_says(project: Path, program: Command) -> None:
    told = program("show", project, "SIC0001", env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert told.code == 0
    assert "🙂" in told.out


def test_an_unforeseen_mistake_is_not_hidden() -> None:
    def load() -> Callable[[Path | None], int]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run([], load_window=load)


def _start(*args: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(os.environ),
        start_new_session=True,
        text=True,
    )


def _interrupted_once(running: subprocess.Popen[str], begun: Callable[[], object]) -> str:
    """Sends what Ctrl+C sends to every process of a terminal, as soon as something is there; the
    program must then end by itself and say one sentence. Gives its answer."""
    until = time.monotonic() + 60
    while not begun() and time.monotonic() < until:
        assert running.poll() is None, running.communicate()
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=20)
    assert running.returncode == 130, (out, err)
    assert err.strip() == "Stopped. What was finished stays."
    return out


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal as a terminal does")
def test_an_interrupt_stops_an_import_and_blames_no_file(
    project: Path, tmp_path: Path, cli: Command
) -> None:
    # Given an import of many letters, of which some are in
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for count in range(400):
        (inbox / f"{count:03}.txt").write_text(f"This is letter {count}.")

    # When it is interrupted, then what came in stays, and no file is said to be unreadable
    out = _interrupted_once(
        _start("import", project, inbox, "--json"),
        lambda: len(cli("submissions", project).out) > 400,
    )
    with Project.open(project, "Noor Hadley") as opened:
        assert {receipt.outcome for receipt in opened.evidence.receipts()} == {"imported"}
        assert 3 < len(opened.evidence.all()) < 401
        assert opened.verify() == []
        came = {one.submission.ref for one in opened.evidence.all()} - {"SIC0001"}

    # And every file is in the report
    report = json.loads(out)
    assert {one["ref"] for one in report["imported"]} == came
    assert len(report["imported"]) + len(report["problems"]) == 400
    assert {one["what"] for one in report["problems"]} == {
        "Not imported: Stopped. What was finished stays."
    }

    # And a second call brings the rest
    assert cli("import", project, inbox).code == 0
    assert len(cli("submissions", project, "--json").json) == 401


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal as a terminal does")
def test_an_interrupt_stops_a_transcription_and_keeps_what_was_finished(
    project: Path, cli: Command, model: Path
) -> None:
    # Given a transcription under way, of which something is heard
    film = ROOT / "samples" / "evidence" / "14-margaret-lunch-club.mp4"
    cli("import", project, film)

    # When it is interrupted from the keyboard
    _interrupted_once(
        _start("transcribe", project, "--model", model), lambda: _characters(cli, project)
    )

    # Then a second call goes on to the end
    assert 0 < _characters(cli, project) < 602
    assert cli("transcribe", project, "--model", model).code == 0
    assert _characters(cli, project) == 602
    assert cli("verify", project).code == 0


def _characters(cli: Command, project: Path) -> int:
    documents = cli("show", project, "SIC0002", "--json").json["documents"]
    return sum(one["characters"] for one in documents)
