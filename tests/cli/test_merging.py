"""Two copies there and back through the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.made import MadeOnce
from tests.project.copies import make


@pytest.fixture
def pair(made_once: MadeOnce, tmp_path: Path) -> tuple[Path, Path]:
    """Two copies of one inquiry."""
    base = made_once(make) / "base"
    noor, asha = (shutil.copytree(base, tmp_path / name) for name in ("noor", "asha"))
    return noor, asha


def test_two_copies_go_there_and_back(pair: tuple[Path, Path], cli: Command) -> None:
    noor, asha = pair
    words = ("SIC0001", "--code", "Hope", "--quote", "food bank")
    assert cli("tag", asha, *words, "--coder", "Asha Rao").code == 0
    for project, text in ((noor, "here"), (asha, "there")):
        cli("code", "define", project, "Hope", "--definition", text, "--coder", "Noor Hadley")

    would = cli("merge", noor, asha, "--dry-run", "--json").json
    assert would["steps"] == 2
    assert would["added"] == {"coders": 1, "codings": 1}
    [conflict] = would["conflicts"]
    assert (conflict["kept"], conflict["lost"]) == ("“there”", "“here”")
    done = cli("merge", noor, asha, "--json").json
    assert {**done, "conflicts": 1} == {**would, "conflicts": 1}
    assert "nothing in that copy" in cli("merge", noor, asha).out

    assert "“here”" in cli("clashes", noor).out
    [clash] = cli("clashes", noor, "--json").json
    both = cli("clashes", noor, "--turn-round", clash["id"], "--leave", clash["id"])
    assert both.code == 2
    assert "--turn-round or --leave" in both.err
    assert "goes with --leave" in cli("clashes", noor, "--reason", "So.").err
    assert "“here” holds" in cli("clashes", noor, "--turn-round", clash["id"][:6]).out
    assert cli("clashes", noor, "--json").json == []
    assert "2 acts by Noor Hadley" in cli("merge", asha, noor).out
    assert cli("clashes", asha, "--json").json == []
    shown = [cli("codes", project, "--json").json for project in pair]
    assert shown[0] == shown[1]
    assert cli("verify", noor).code == cli("verify", asha).code == 0


def test_what_cannot_be_merged_is_told_in_a_sentence(pair: tuple[Path, Path], cli: Command) -> None:
    noor, _ = pair

    assert cli("merge", noor, noor).refuses("this project itself")
    assert cli("merge", noor, noor / "nowhere").refuses("nowhere")
    assert cli("clashes", noor, "--leave", "abc").refuses("settled")
