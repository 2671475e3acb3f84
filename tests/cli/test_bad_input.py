"""What goes wrong is told in plain words that name the file, and leaves nothing half done."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from coder import places
from coder.project import Project
from tests.cli.conftest import ROOT, Command

WORD = places.samples() / "evidence" / "03-harrowmere-council.docx"
PROGRAM = b"MZ\x90\x00\x03" + b"\0" * 64


def _encrypted(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    raw = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.find(mark) + place] |= 1
    path.write_bytes(bytes(raw))


BAD_FILES: dict[str, Callable[[Path], object]] = {
    "missing.docx": lambda path: None,
    "empty.docx": lambda path: path.write_bytes(b""),
    "blank.txt": lambda path: path.write_text(" \n\n"),
    "truncated.docx": lambda path: path.write_bytes(WORD.read_bytes()[:40]),
    "encrypted.docx": _encrypted,
    "program.docx": lambda path: path.write_bytes(PROGRAM),
    "truncated.mp4": lambda path: path.write_bytes(
        (places.samples() / "evidence" / "14-margaret-lunch-club.mp4").read_bytes()[:900]
    ),
}


def _content(folder: Path) -> str:
    with closing(sqlite3.connect(folder / "project.db")) as database:
        tables = ("submissions", "documents", "codes", "codings", "segments", "originals")
        return str([database.execute(f"SELECT * FROM {one}").fetchall() for one in tables])


def _files(folder: Path) -> list[Path]:
    return sorted(one for one in (folder / "originals").rglob("*") if one.is_file())


@pytest.fixture
def unchanged(project: Path) -> Iterator[Path]:
    """A project in which nothing but the account of files may change."""
    before, files = _content(project), _files(project)
    yield project
    assert _content(project) == before
    assert _files(project) == files


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_read(name: str, project: Path, tmp_path: Path, cli: Command) -> None:
    # Given a file with something the matter
    BAD_FILES[name](tmp_path / name)
    before, files = cli("submissions", project, "--json").json, _files(project)

    # When it is imported
    told = cli("import", project, tmp_path / name, "--json")

    # Then one sentence names it, it is in the account, and only its bytes are kept
    assert told.refuses(name)
    assert told.json["imported"] == []
    assert [Path(one["path"]).name for one in told.json["problems"]] == [name]
    assert cli("submissions", project, "--json").json == before
    assert len(_files(project)) == len(files) + (name != "missing.docx")


def test_a_bad_file_does_not_stop_the_good_ones(
    project: Path, tmp_path: Path, cli: Command
) -> None:
    # Given a good file between two bad ones
    (tmp_path / "a.docx").write_bytes(PROGRAM)
    (tmp_path / "b.txt").write_text("We met on the doorstep.")
    (tmp_path / "c.docx").write_bytes(b"")

    # When all are imported, then the good one is in and the exit code says in part
    told = cli("import", project, *(tmp_path / name for name in ("a.docx", "b.txt", "c.docx")))
    assert told.code == 1
    assert "b.txt" in told.out
    assert len(told.err.strip().splitlines()) == 2
    assert len(cli("submissions", project, "--json").json) == 2


def test_what_may_not_be_read_is_named_and_the_rest_comes_in(
    project: Path, tmp_path: Path, program: Command, ordinary: tuple[str, ...]
) -> None:
    # Given a file and a folder that are closed, and a file that is not there
    (tmp_path / "in" / "closed").mkdir(parents=True)
    (tmp_path / "in" / "closed").chmod(0)
    (tmp_path / "in" / "open.txt").write_text("We met on the doorstep.")
    (tmp_path / "shut.txt").write_text("Nobody may read this.")
    (tmp_path / "shut.txt").chmod(0)

    # When all are named, then what can be read is in, and the rest is told
    told = program("import", project, "shut.txt", "gone.txt", "in", "--json", under=ordinary)
    assert told.code == 1
    assert [Path(one["path"]).name for one in told.json["imported"]] == ["open.txt"]
    assert [one["path"] for one in told.json["problems"]] == [
        "shut.txt",
        "gone.txt",
        "in/closed",
    ]
    assert "The folder “in/closed” could not be opened" in told.err


def test_a_project_that_may_not_be_read(
    project: Path, program: Command, ordinary: tuple[str, ...]
) -> None:
    for closed in (project / "project.db", project):
        closed.chmod(0)
        told = program("submissions", project, under=ordinary)
        closed.chmod(0o755)
        assert told.refuses("“Neighbours” may not be read by you")


@pytest.mark.skipif(sys.platform != "linux", reason="arguments are always text elsewhere")
def test_words_that_are_no_text_are_refused_and_names_of_files_are_not(
    project: Path, tmp_path: Path, cli: Command
) -> None:
    # Given bytes that are no UTF-8, as a wrongly set terminal sends them
    odd = os.fsdecode(b"caf\xe9")
    before = _content(project)

    # When they are typed as words, then that is said and nothing is changed
    assert cli("set", project, "SIC0001", "--respondent", odd).refuses("UTF-8")
    assert cli("search", project, odd).refuses("UTF-8")
    assert cli("code", "add", project, odd).refuses("UTF-8")
    assert cli("quotes", project, "--text", odd).refuses("UTF-8")
    assert _content(project) == before

    # When a file or a project is called so, then it is used like any other
    (tmp_path / f"{odd}.txt").write_text("We met on the doorstep.")
    assert cli("import", project, tmp_path / f"{odd}.txt").code == 0
    assert "caf\\xe9.txt" in cli("submissions", project).out
    assert cli("new", tmp_path / odd, "--title", "T", "--prefix", "SIC").code == 0
    assert cli("verify", tmp_path / odd).code == 0


@pytest.mark.parametrize("harm", ["paragraphs", "flags", "codes", "header"])
def test_a_damaged_project_is_told_and_how_to_get_it_back(
    harm: str, project: Path, cli: Command
) -> None:
    # Given a project with a tag, whose database is then damaged
    cli("tag", project, "SIC0001", "--code", "Volunteering", "--quote", "We need buses")
    path = project / "project.db"
    if harm == "header":
        path.write_bytes(path.read_bytes()[:44] + b"\xff\xff\xff\xff" + path.read_bytes()[48:])
    else:
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("PRAGMA foreign_keys = OFF")
            database.execute(
                {
                    "paragraphs": "UPDATE documents SET paragraphs = '[[1'",
                    "flags": "UPDATE submissions SET flags = '}'",
                    "codes": "DELETE FROM codes",
                }[harm]
            )

    # When it is read, then that is told, with what to do; and verify does not fail either
    for command in (("show", project, "SIC0001"), ("quotes", project)):
        told = cli(*command)
        if told.code:
            assert told.refuses("damaged")
            assert "backups" in told.err
    assert cli("show", project, "SIC0001").code == 2
    assert cli("verify", project).code in (1, 2)


def test_a_call_that_asks_nothing_makes_no_project(tmp_path: Path, cli: Command) -> None:
    # Given a file that is no call for evidence
    (tmp_path / "call.txt").write_text("Milk, bread, eggs.")

    # When a project is made from it, then it is refused and there is no folder
    folder = tmp_path / "New"
    told = cli("new", folder, "--title", "T", "--prefix", "SIC", "--call", tmp_path / "call.txt")
    assert told.refuses("call.txt")
    assert not folder.exists()


@pytest.mark.parametrize("prefix", ["sic", "TOOLONGPREFIX", "A-B", ""])
def test_a_prefix_that_makes_no_reference(prefix: str, tmp_path: Path, cli: Command) -> None:
    folder = tmp_path / "New"
    assert cli("new", folder, "--title", "T", "--prefix", prefix).refuses(prefix)
    assert not folder.exists()


def test_a_folder_that_is_in_use(letter: Path, cli: Command) -> None:
    # Given a folder with a letter in it, when a project is to be made there, it stays as it is
    told = cli("new", letter.parent, "--title", "T", "--prefix", "SIC")
    assert told.refuses(letter.parent.name)
    assert list(letter.parent.iterdir()) == [letter]


def test_a_folder_that_is_no_project(tmp_path: Path, cli: Command) -> None:
    for command in (["submissions"], ["verify"], ["undo"], []):
        assert cli(*command, tmp_path).refuses(tmp_path.name)


def test_a_project_of_a_newer_version(unchanged: Path, cli: Command) -> None:
    # Given a project that a later version has changed
    with closing(sqlite3.connect(unchanged / "project.db")) as database, database:
        database.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " SELECT migration_set, 'from_the_future', applied_at FROM _sqlite_migrations LIMIT 1"
        )

    # When it is opened for reading, writing or the window, then it is refused
    assert cli("submissions", unchanged).refuses("Neighbours")
    assert cli("code", "add", unchanged, "New").refuses("Neighbours")
    assert cli(unchanged).refuses("Neighbours")


def test_a_database_that_is_none(project: Path, cli: Command) -> None:
    (project / "project.db").write_bytes(b"no database at all" * 400)
    assert cli("submissions", project).refuses("Neighbours")
    assert cli("undo", project).refuses("Neighbours")


def test_a_project_open_elsewhere_can_be_read_but_not_written(
    project: Path, program: Command
) -> None:
    # Given somebody at work in the project
    with Project.open(project, "Asha Verma"):
        # When another process asks, then reading works and writing names the project
        assert program("submissions", project).code == 0
        assert program("code", "add", project, "New").refuses("Neighbours")


def test_words_that_are_not_there(unchanged: Path, cli: Command) -> None:
    told = cli("tag", unchanged, "SIC0001", "--code", "Volunteering", "--quote", "We need trains.")
    assert told.refuses("We need trains.")


def test_an_occurrence_that_is_not_there(unchanged: Path, cli: Command) -> None:
    args = ("tag", unchanged, "SIC0001", "--code", "Volunteering", "--quote", "We need buses")
    assert cli(*args, "--nth", "3").refuses("We need buses")


def test_a_code_a_submission_and_a_coder_that_are_not_there(unchanged: Path, cli: Command) -> None:
    words = ("--quote", "We need buses")
    assert cli("tag", unchanged, "SIC0001", "--code", "Trains", *words).refuses("Trains")
    assert cli("tag", unchanged, "SIC0009", "--code", "Volunteering", *words).refuses("SIC0009")
    assert cli("quotes", unchanged, "--code", "Trains").refuses("Trains")
    assert cli("quotes", unchanged, "--submission", "SIC0009").refuses("SIC0009")
    assert cli("quotes", unchanged, "--coder", "Nobody Else").refuses("Nobody Else")
    assert cli("show", unchanged, "SIC0009").refuses("SIC0009")


def test_a_recording_without_sound(project: Path, cli: Command, model: Path) -> None:
    # Given a film that has no sound track, imported with a note that says so
    told = cli("import", project, ROOT / "tests" / "data" / "no_audio.mp4")
    assert told.code == 0
    assert "no sound" in told.err

    # When it is to be transcribed by name, then that is refused; and by itself nothing waits
    assert cli("transcribe", project, "SIC0002", "--model", model).refuses("no_audio.mp4")
    assert cli("transcribe", project, "--model", model).code == 0


@pytest.fixture
def recorded(project: Path, cli: Command) -> Path:
    """A project with a recording that waits for its transcript."""
    assert cli("import", project, places.samples() / "evidence" / "14-margaret-lunch-club.mp4")
    return project


def test_a_folder_that_is_no_model(recorded: Path, tmp_path: Path, cli: Command) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    assert cli("transcribe", recorded, "--model", folder).refuses("photos")
    assert cli("models", "add", folder).refuses("photos")
    assert len(cli("show", recorded, "SIC0002", "--json").json["documents"]) == 1


def test_no_model_at_all_says_how_large_one_is_and_how_to_get_it(
    recorded: Path, cli: Command
) -> None:
    told = cli("transcribe", recorded)
    assert told.refuses("models get")
    assert "MB" in told.err
    assert cli("transcribe", recorded, "--model", "nonsense").refuses("nonsense")


def test_a_damaged_model(recorded: Path, tmp_path: Path, cli: Command, model: Path) -> None:
    # Given a model of whose weights a few bytes are turned
    copy = tmp_path / "damaged"
    copy.mkdir()
    for file in model.iterdir():
        if file.is_file():
            (copy / file.name).write_bytes(file.read_bytes())
    weights = bytearray((copy / "model.bin").read_bytes())
    weights[5_000_000:5_000_016] = bytes(255 - byte for byte in weights[5_000_000:5_000_016])
    (copy / "model.bin").write_bytes(weights)

    # When it is to transcribe, then it is refused and no text is invented
    assert cli("transcribe", recorded, "--model", copy).refuses("model.bin")
    assert sum(one["characters"] for one in cli("show", recorded, "SIC0002", "--json").json[
        "documents"]) == 0  # fmt: skip


def test_a_pack_that_cannot_be_written(sample: Path, tmp_path: Path, cli: Command) -> None:
    assert cli("pack", sample, "-o", tmp_path / "pack.xyz").refuses("pack.xyz")
    assert cli("pack", sample, "-o", tmp_path / "none" / "pack.docx").refuses("pack.docx")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_read_only(
    small_disk: Callable[[str], None], tmp_path: Path, cli: Command, letter: Path
) -> None:
    # Given a project on a disk that nothing can be written to
    folder = tmp_path / "disk" / "Locked"
    assert cli("new", folder, "--title", "T", "--prefix", "SIC").code == 0
    small_disk("ro")

    # When it is read, that works; and writing is refused
    assert cli("submissions", folder, "--json").json == []
    assert cli("import", folder, letter).refuses("Locked")
    assert cli("new", tmp_path / "disk" / "New", "--title", "T", "--prefix", "SIC").refuses("New")


def test_a_disk_that_is_full(
    small_disk: Callable[[str], None], tmp_path: Path, cli: Command, letter: Path
) -> None:
    # Given a project on a disk with little room left
    folder = tmp_path / "disk" / "Full"
    assert cli("new", folder, "--title", "T", "--prefix", "SIC").code == 0
    before = _content(folder)
    big = tmp_path / "big.txt"
    big.write_text("A long story about a street. " * 100_000)

    # When more is brought in than there is room for, then that is said, and nothing half is there
    told = cli("import", folder, big)
    assert told.refuses("full")
    assert _content(folder) == before
    assert _files(folder) == []

    # And what comes in before it stays, and what comes after is named as not imported
    assert cli("import", folder, letter).code == 0
    (tmp_path / "later.txt").write_text("Too late.")
    (tmp_path / "first.txt").write_text("In time.")
    told = cli("import", folder, tmp_path / "first.txt", big, tmp_path / "later.txt", "--json")
    assert told.code == 1
    assert [Path(one["path"]).name for one in told.json["imported"]] == ["first.txt"]
    assert [Path(one["path"]).name for one in told.json["problems"]] == ["big.txt", "later.txt"]
    assert all("is full" in one["what"] for one in told.json["problems"])
    assert cli("verify", folder).code == 0


def test_a_closed_pipe_is_quiet(sample: Path) -> None:
    # Given a reader that goes away after the first line
    reading = subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), "quotes", str(sample), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(os.environ),
    )
    assert reading.stdout
    assert reading.stderr
    reading.stdout.readline()
    reading.stdout.close()

    # Then nothing is complained of
    with reading.stderr as errors:
        assert errors.read() == b""
    reading.wait(30)
