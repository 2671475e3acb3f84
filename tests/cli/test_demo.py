"""The sample inquiry, through the whole job."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.cli.conftest import Command


def test_the_demo_does_the_whole_job_and_is_used_again(
    tmp_path: Path, cli: Command, program: Command
) -> None:
    # Given nothing, when the demo is run
    folder = tmp_path / "Sample"
    told = program("demo", folder, "--no-window")

    # Then the inquiry is imported, transcribed, coded and quoted, and says where
    assert told.code == 0
    assert told.err == ""
    assert str(folder) in told.out
    assert "sound" in told.out
    with (folder / "quote-pack.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert "00:29" in {row["time"] for row in rows}
    assert (folder / "quote-pack.docx").stat().st_size > 5000

    # And a second run uses it as it is
    again = cli("demo", folder, "--no-window", "--json").json
    assert again["new"] is False
    assert again["unplaced"] == []
    assert again["transcripts"] == 1
    assert again["coders"] == ["Asha Verma", "Tom Pryce"]
    assert "as it is" in cli("demo", folder, "--no-window").out


def test_the_demo_leaves_another_project_alone(project: Path, cli: Command) -> None:
    before = sorted(project.rglob("*"))
    assert cli("demo", project, "--no-window").refuses("Neighbours")
    assert [one for one in before if not one.exists()] == []
    assert not (project / "quote-pack.csv").exists()
