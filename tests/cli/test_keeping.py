"""Verify, history, undo and redo by command."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.conftest import Command


def test_a_sound_project(project: Path, cli: Command) -> None:
    assert cli("verify", project, "--json").json == {"sound": True, "findings": []}
    assert cli("verify", project).out == "“Neighbours Again” is sound.\n"


def test_a_changed_original_and_a_changed_row_are_found(project: Path, cli: Command) -> None:
    # Given an original and a row that were changed behind the program's back
    [original] = (project / "originals").rglob("*.txt")
    original.chmod(0o644)
    original.write_text("Something else.")
    with closing(sqlite3.connect(project / "project.db")) as database, database:
        database.execute("UPDATE submissions SET permission = 'named'")

    # When the project is verified, then both are named
    told = cli("verify", project, "--json")
    assert told.code == 1
    assert told.json["sound"] is False
    assert "letter.txt" in str(told.json["findings"])
    assert "submissions" in str(told.json["findings"])
    assert cli("verify", project).code == 1


def test_history_is_newest_first(project: Path, cli: Command) -> None:
    steps = cli("history", project, "--json").json
    assert [one["seq"] for one in steps] == sorted((one["seq"] for one in steps), reverse=True)
    assert set(steps[0]) == {"seq", "at", "coder", "label", "kind"}
    assert len(cli("history", project, "--limit", "1", "--json").json) == 1
    assert "Noor Hadley" in cli("history", project).out


def test_history_says_when_there_is_more(project: Path, cli: Command) -> None:
    count = len(cli("history", project, "--json").json)
    assert "--limit shows more" in cli("history", project, "--limit", count - 1).err
    assert cli("history", project, "--limit", count).err == ""


def test_undo_and_redo_walk_through_a_persons_acts(project: Path, cli: Command) -> None:
    # Given three acts, when they are taken back one by one until nothing is left
    labels = []
    while (label := cli("undo", project, "--json").json["undone"]) is not None:
        labels.append(label)

    # Then the project is empty, and redo brings all of it back
    assert "Volunteering" in labels[0]
    assert cli("submissions", project, "--json").json == []
    assert cli("undo", project).out == "There is nothing to be undone.\n"
    for label in reversed(labels):
        assert cli("redo", project).out == f"Done again: {label}\n"
    assert cli("redo", project, "--json").json == {"done_again": None}
    assert len(cli("submissions", project, "--json").json) == 1
    assert cli("verify", project).code == 0


def test_one_persons_undo_leaves_anothers_work(project: Path, cli: Command) -> None:
    words = ("SIC0001", "--code", "Volunteering", "--quote", "We need buses")
    cli("tag", project, *words, "--coder", "Asha Verma")
    cli("tag", project, *words, "--coder", "Tom Pryce")
    cli("undo", project, "--coder", "Asha Verma")
    assert [one["coder"] for one in cli("quotes", project, "--json").json] == ["Tom Pryce"]
