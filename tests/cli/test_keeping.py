"""Verify, undo and redo by command."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.conftest import Command


def test_a_sound_project(project: Path, cli: Command) -> None:
    told = cli("verify", project, "--json").json
    steps = len(cli("history", project, "--json").json)
    assert (told["sound"], told["findings"], told["steps"]) == (True, [], steps)
    said = cli("verify", project).out
    assert said.startswith("“Neighbours Again” is sound")
    assert told["fingerprint"] in said


def test_a_fingerprint_noted_earlier_is_found_in_what_came_after(
    project: Path, cli: Command
) -> None:
    # Given a fingerprint that somebody noted, when work has gone on, then the journal holds it
    noted = cli("verify", project, "--json").json["fingerprint"]
    cli("code", "add", project, "Transport")
    assert cli("verify", project, "--against", noted.lower().replace("-", " ")).code == 0

    # And a journal that was made anew, however sound, does not
    steps, digits = noted.split("-", 1)
    other = f"{steps}-{digits[:-1]}{'0' if digits[-1] != '0' else '1'}"
    told = cli("verify", project, "--against", other, "--json")
    assert told.code == 1
    assert "not those that were noted" in told.json["findings"][0]
    longer = cli("verify", project, "--against", f"99{noted}")
    assert longer.code == 1
    assert "cut off" in longer.out
    assert cli("verify", project, "--against", "12").refuses("“12” is not a fingerprint")


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
