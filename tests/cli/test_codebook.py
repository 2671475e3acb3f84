"""The codebook as a file, by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command


@pytest.mark.parametrize("kind", ["docx", "csv", "md"])
def test_a_codebook_goes_out_and_comes_into_another_project(
    project: Path, cli: Command, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / f"codebook.{kind}"
    cli("code", "add", project, "Transport/Buses", "--definition", "By road")
    report = cli("codebook", "export", project, "-o", file, "--json").json
    assert (report["codes"], report["examples"]) == (3, 0)

    other = tmp_path / "Other"
    cli("new", other, "--title", "Other", "--prefix", "OTH")
    taken = cli("codebook", "import", other, file, "--json").json
    assert taken["taken"] == 3
    assert {one["fate"] for one in taken["codes"]} == {"new"}
    shown = ("path", "colour", "definition")
    assert [[one[name] for name in shown] for one in cli("codes", other, "--json").json] == [
        [one[name] for name in shown] for one in cli("codes", project, "--json").json
    ]
    assert "Import the codebook" in cli("undo", other).out
    assert cli("codes", other, "--json").json == []


def test_what_differs_stays_unless_theirs_is_asked_for(
    project: Path, cli: Command, tmp_path: Path
) -> None:
    file = tmp_path / "theirs.csv"
    file.write_text("Path,Definition\nVolunteering,Their words\nTrust,New\n", encoding="utf-8")
    cli("code", "define", project, "Volunteering", "--definition", "My words")

    looked = cli("codebook", "import", project, file, "--dry-run")
    assert "Volunteering: different here" in looked.out
    assert "Nothing was changed" in looked.out
    taken = cli("codebook", "import", project, file)
    assert "+ Trust: added" in taken.out
    assert "--take-theirs" in taken.err
    assert _definition(cli, project) == "My words"
    assert cli("codebook", "import", project, file, "--take-theirs").code == 0
    assert _definition(cli, project) == "Their words"


def test_files_that_cannot_be_are_refused(project: Path, cli: Command, tmp_path: Path) -> None:
    (tmp_path / "no.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert cli("codebook", "export", project, "-o", tmp_path / "c.pdf").refuses("c.pdf")
    assert cli("codebook", "import", project, tmp_path / "no.csv").refuses("no.csv")
    assert cli("codebook", "import", project, tmp_path / "none.csv").refuses("none.csv")


def _definition(cli: Command, project: Path) -> str:
    return str(cli("codes", project, "--json").json[0]["definition"])
