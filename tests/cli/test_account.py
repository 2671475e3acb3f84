"""The account, and submissions that are joined, added to and withdrawn, from the command line."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command


@pytest.fixture
def annex(tmp_path: Path) -> Path:
    """A second text from the same respondent."""
    path = tmp_path / "annex.txt"
    path.write_text("The evening bus came back in May.", encoding="utf-8")
    return path


def test_the_account_adds_up(cli: Command, project: Path, letter: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04")
    copy = tmp_path / "copy.txt"
    copy.write_bytes(letter.read_bytes())
    cli("import", project, broken, copy)

    told = cli("account", project, "--json").json
    shown = cli("account", project).out.splitlines()

    assert (told["received"], told["submissions"], told["files"]) == (3, 1, 2)
    assert sum(row["total"] for row in told["rows"]) == 3
    assert [line.split() for line in shown[1:]] == [
        ["Not", "decided", "yet", "1", "0", "1"],
        ["Duplicate", "0", "1", "1"],
        ["Unreadable", "0", "1", "1"],
        ["Received", "1", "2", "3"],
    ]


def test_the_account_is_written_to_a_file(cli: Command, project: Path, tmp_path: Path) -> None:
    path = tmp_path / "account.csv"

    done = cli("account", project, "-o", path)

    assert done.code == 0
    assert path.read_text(encoding="utf-8-sig").startswith("What it counts as,Submissions")
    assert cli("account", project, "-o", tmp_path / "a.xyz").refuses("a.xyz")


def test_every_file_tells_what_became_of_it(cli: Command, project: Path, annex: Path) -> None:
    cli("import", project, annex)

    shown = cli("account", project, "--files")
    told = cli("account", project, "--files", "--json").json

    assert "Imported as SIC0001." in shown.out
    assert "Imported as SIC0002." in shown.out
    assert [(one["ref"], one["outcome"]) for one in told] == [
        ("SIC0001", "imported"),
        ("SIC0002", "imported"),
    ]
    assert [Path(one["path"]).name for one in told] == ["letter.txt", annex.name]
    assert told[1]["path"] == str(annex)


def test_two_submissions_are_joined(cli: Command, project: Path, annex: Path) -> None:
    cli("import", project, annex)

    done = cli("join", project, "SIC0001", "SIC0002")

    assert done.out == "SIC0002 is joined with SIC0001, which has 2 documents now.\n"
    assert "joined with SIC0001" in cli("show", project, "SIC0002").out
    assert cli("show", project, "SIC0002", "--json").json["of"] == "SIC0001"
    assert cli("join", project, "SIC0001", "SIC0001").refuses("SIC0001")


def test_evidence_is_attached_to_an_earlier_submission(
    cli: Command, project: Path, annex: Path
) -> None:
    done = cli("attach", project, "SIC0001", annex, "--json")

    assert [one["ref"] for one in done.json["imported"]] == ["SIC0001"]
    titles = [one["title"] for one in cli("show", project, "SIC0001", "--json").json["documents"]]
    assert titles == ["letter.txt", "annex.txt"]
    assert cli("attach", project, "SIC0009", annex).refuses("SIC0009")


def test_a_submission_is_withdrawn_for_good(cli: Command, project: Path) -> None:
    done = cli("withdraw", project, "SIC0001", "--yes", "--json")

    assert done.json["refs"] == ["SIC0001"]
    whole = cli("show", project, "SIC0001", "--json").json
    assert (whole["status"], whole["documents"]) == ("withdrawn", [])
    rows = {row["counts_as"]: row for row in cli("account", project, "--json").json["rows"]}
    assert rows["withdrawn"]["total"] == 1


def test_nothing_is_withdrawn_without_a_yes(program: Command, project: Path) -> None:
    done = program("withdraw", project, "SIC0001")

    assert done.code == 130
    assert "Erase SIC0001" in done.err
    assert program("show", project, "SIC0001", "--json").json["status"] == "received"
