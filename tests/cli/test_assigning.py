"""Work shared out by command."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command


def test_submissions_are_given_and_taken_back(project: Path, cli: Command) -> None:
    assert cli("shares", project).out.startswith("Nobody was given anything yet.")
    told = cli("assign", project, "SIC0001", "--to", "Asha Verma, Noor Hadley", "--twice")
    assert told.out == "2 assignments made.\n"

    asha, noor = cli("shares", project, "--json").json
    assert (asha["coder"], asha["given"], asha["twice"], asha["coded"]) == ("Asha Verma", 1, 1, 0)
    assert noor["given"] == 1
    assert cli("shares", project).out.splitlines()[1].split()[:2] == ["Asha", "Verma"]

    assert cli("unassign", project, "SIC0001", "--from", "Asha Verma").out.startswith(
        "1 assignment"
    )
    assert cli("assign", project, "SIC0099", "--to", "Asha").refuses("SIC0099")


def test_a_sample_is_shown_before_it_is_given(project: Path, cli: Command) -> None:
    drawn = cli("draw", project, 1, "--json").json
    assert cli("shares", project, "--json").json == []

    assert cli("draw", project, 1, "--to", "Asha,Noor Hadley", "--json").json == drawn
    assert [one["twice"] for one in cli("shares", project, "--json").json] == [1, 1]
    assert "no more than" in cli("draw", project, 99).err


def test_what_is_left_is_shared_out(project: Path, cli: Command) -> None:
    made = cli("share-out", project, "--to", "Asha", "--json").json["given"]
    assert made > 0
    assert cli("share-out", project, "--to", "Asha").refuses("to somebody already")
