"""The whole project out and in at the command line."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

import pytest

from coder.domain.model import DocumentKind
from tests.cli.conftest import Command
from tests.ingest.refi import others


@pytest.fixture
def tagged(project: Path, cli: Command) -> Path:
    """The project with one tag."""
    words = ("--code", "Volunteering", "--quote", "The street found me — 🙂")
    assert cli("tag", project, "SIC0001", *words).code == 0
    return project


def test_a_project_goes_out_and_becomes_a_new_one(
    tagged: Path, cli: Command, tmp_path: Path
) -> None:
    file = tmp_path / "out.qdpx"
    wrote = cli("export", tagged, "-o", file, "--json").json
    assert wrote["holds"] == {
        "submissions": 1, "documents": 1, "codes": 1, "codings": 1, "memos": 0, "coders": 1,
        "files": 1,
    }  # fmt: skip
    assert wrote["left"] == []

    came = cli("new", tmp_path / "Again", "--from", file, "--json")
    assert came.code == 0
    made = came.json
    assert made["new"]["codings"] == 1
    assert made["refs"] == ["SIC0001"]
    assert made["units"] == "Unicode code points"
    before, after = (
        [{**one, "document": ""} for one in cli("quotes", folder, "--json").json]
        for folder in (tagged, tmp_path / "Again")
    )
    assert after == before
    assert cli("verify", tmp_path / "Again").code == 0


def test_people_are_told_what_came_and_what_did_not(
    project: Path, cli: Command, tmp_path: Path
) -> None:
    file = tmp_path / "theirs.qdpx"
    file.write_bytes(others.nvivo().packed())

    tried = cli("import", project, file, "--dry-run")
    assert "Nothing was changed." in tried.out
    told = cli("import", project, file)
    assert (tried.code, told.code) == (1, 1), "something was left"
    assert told.out == (
        "“theirs.qdpx”: New: 1 submission, 1 document, 3 codes, 5 tags and 1 coder.\n"
    )
    assert told.err.splitlines() == [
        "Places of passages are counted in UTF-16 units.",
        "Links between passages, codes and memos: 1. There is no place for them here.",
        "Sets of codes and sources: 2. There is no place for them here.",
        "Maps and diagrams: 1. There is no place for them here.",
    ]
    assert cli("undo", project).out == "Undone: Bring in “theirs.qdpx”\n"
    assert len(cli("submissions", project, "--json").json) == 1


def test_a_codebook_goes_out_and_in(tagged: Path, cli: Command, tmp_path: Path) -> None:
    file = tmp_path / "book.qdc"
    assert cli("export", tagged, "-o", file).out.startswith("“book.qdc” is written: 1 code")
    other = tmp_path / "Other"
    cli("new", other, "--title", "Other", "--prefix", "OTH")

    assert cli("codebook", "import", other, file, "--json").json["taken"] == 1
    codes = [cli("codes", one, "--json").json[0]["id"] for one in (tagged, other)]
    assert codes[0] == codes[1]


def test_the_whole_folder_as_one_file(sample_copy: Path, cli: Command, tmp_path: Path) -> None:
    """It opens where it is unpacked, with its history; recordings may stay out."""
    file = tmp_path / "all.zip"
    cli("export", sample_copy, "-o", file)
    small = cli("export", sample_copy, "-o", tmp_path / "small.zip", "--without-media")
    assert "recordings left out" in small.err.casefold()

    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "unpacked")
    assert all(name.startswith("Sample/") for name in names)
    assert not any("lock" in name or "-wal" in name or "backups" in name for name in names)
    copy = tmp_path / "unpacked" / "Sample"
    assert cli("verify", copy).code == 0
    assert cli("history", copy, "--json").json == cli("history", sample_copy, "--json").json
    with zipfile.ZipFile(tmp_path / "small.zip") as archive:
        fewer = set(names) - set(archive.namelist())
    media = sqlite3.connect(copy / "project.db").execute(
        "SELECT count(DISTINCT original) FROM documents WHERE kind = ?", (DocumentKind.MEDIA,)
    )
    assert len(fewer) == media.fetchone()[0] > 0


def test_recordings_may_stay_out_of_a_project_file(
    sample: Path, cli: Command, tmp_path: Path
) -> None:
    file = tmp_path / "small.qdpx"
    wrote = cli("export", sample, "-o", file, "--without-media", "--json").json
    assert [one["what"] for one in wrote["left"]] == ["recordings left out"]

    made = cli("new", tmp_path / "Again", "--from", file)
    assert made.code == 0
    assert cli("verify", tmp_path / "Again").code == 0


def test_wrong_requests_are_refused(project: Path, cli: Command, tmp_path: Path) -> None:
    assert cli("export", project, "-o", tmp_path / "out.pdf").refuses("out.pdf")
    assert cli("export", project, "-o", tmp_path / "no" / "out.qdpx").refuses("out.qdpx")
    bad = tmp_path / "bad.qdpx"
    bad.write_bytes(others.File("no xml").packed())
    assert cli("import", project, bad).refuses("bad.qdpx")
    assert cli("new", tmp_path / "New", "--from", bad).refuses("bad.qdpx")
    assert not (tmp_path / "New").exists()
    assert cli("new", tmp_path / "New", "--title", "T").code == 2
    assert cli("new", tmp_path / "New", "--from", bad, "--themes").code == 2
