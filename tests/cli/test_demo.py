"""The sample inquiry, through the whole job."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

from coder.project import Project
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


def _as_an_older_version_left_it(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "project.db")) as database:
        database.execute("DROP INDEX idx_passages_document_id")
        database.execute("DELETE FROM _sqlite_migrations WHERE name = 'finding'")
        database.commit()


def test_a_sample_of_an_older_version_is_brought_up_to_date(
    sample_copy: Path, cli: Command
) -> None:
    _as_an_older_version_left_it(sample_copy)
    assert cli("verify", sample_copy).refuses("older version")

    again = cli("demo", sample_copy, "--no-window", "--json")

    assert again.code == 0
    assert again.json["new"] is False
    assert cli("verify", sample_copy).code == 0


def test_a_sample_of_an_older_version_that_is_open_elsewhere_is_said_to_be(
    sample_copy: Path, cli: Command
) -> None:
    with Project.open(sample_copy, "Noor"):
        _as_an_older_version_left_it(sample_copy)

        assert cli("demo", sample_copy, "--no-window").refuses("elsewhere")


def test_another_project_of_an_older_version_is_not_touched(project: Path, cli: Command) -> None:
    _as_an_older_version_left_it(project)

    assert cli("demo", project, "--no-window").refuses("Neighbours")

    assert cli("verify", project).refuses("older version")


def test_the_demo_leaves_another_project_alone(project: Path, cli: Command) -> None:
    before = sorted(project.rglob("*"))
    assert cli("demo", project, "--no-window").refuses("Neighbours")
    assert [one for one in before if not one.exists()] == []
    assert not (project / "quote-pack.csv").exists()
