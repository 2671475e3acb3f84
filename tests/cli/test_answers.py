"""How the command line speaks."""

from __future__ import annotations

import os
import signal
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.cli.answers import harmless, progress, table
from coder.domain.errors import Cancelled
from tests.cli.conftest import Command


@given(st.text())
def test_what_people_see_has_no_control_characters_but_keeps_its_length(text: str) -> None:
    shown = harmless(text)
    assert len(shown) == len(text)
    assert all(unicodedata.category(one) != "Cc" or one in "\t\n" for one in shown)
    assert all(a == b or unicodedata.category(b) == "Cc" for a, b in zip(shown, text, strict=True))


def test_a_table_stands_in_columns(capsys: pytest.CaptureFixture[str]) -> None:
    table(("Reference", "Words"), [("SIC0001", "two\nlines"), ("A", "")])
    assert capsys.readouterr().out == "Reference  Words\nSIC0001    two lines\nA\n"


def test_a_table_without_rows_has_no_headings(capsys: pytest.CaptureFixture[str]) -> None:
    table(("Reference", "Words"), [])
    assert capsys.readouterr().out == ""


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal as a terminal does")
def test_the_first_interrupt_asks_the_work_to_stop_and_the_second_ends_it() -> None:
    # Given work under way
    before = signal.getsignal(signal.SIGINT)
    with progress() as job:
        # When it is interrupted, then it may come to a good end; and again, it ends at once
        os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(Cancelled):
            job.check()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_bar_shows_on_a_terminal_and_nowhere_else(
    project: Path, tmp_path: Path, program: Command, terminal: Command
) -> None:
    # Given some letters
    for count in range(4):
        (tmp_path / f"{count}.txt").write_text(f"This is letter {count}.")
    letters = sorted(tmp_path.glob("[0-9].txt"))

    # When they are imported by a program, then there is no bar
    told = program("import", project, *letters[:2])
    assert "%" not in told.out + told.err

    # When a person at a terminal imports, then one shows how far it is
    shown = terminal("import", project, *letters[2:])
    assert shown.code == 0
    assert "100%" in shown.out
