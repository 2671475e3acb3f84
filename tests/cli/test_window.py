"""When the command line opens the window, and with what."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from coder.cli.main import run
from coder.cli.window import has_screen
from tests.cli.conftest import Command

Opened = list[Path | None]


@pytest.fixture
def opened() -> Opened:
    """What windows were opened on."""
    return []


@pytest.fixture
def load(opened: Opened) -> Callable[[], Callable[[Path | None], int]]:
    """A window that notes what it was opened on, and closes with 7."""

    def show(folder: Path | None) -> int:
        opened.append(folder)
        return 7

    return lambda: show


def test_without_a_command_the_window_opens_empty_or_on_the_project(
    project: Path, opened: Opened, load: Callable[[], Callable[[Path | None], int]]
) -> None:
    assert run([], load_window=load) == 7
    assert run([str(project)], load_window=load) == 7
    assert opened == [None, project]


def test_the_window_opens_on_a_shared_copy_and_on_no_other_file(
    project: Path,
    cli: Command,
    tmp_path: Path,
    opened: Opened,
    load: Callable[[], Callable[[Path | None], int]],
) -> None:
    copy = tmp_path / "asha.evidence"
    assert cli("share", project, "-o", copy).code == 0
    assert run([str(copy)], load_window=load) == 7
    (tmp_path / "letter.txt").write_text("Dear all", encoding="utf-8")
    assert run([str(tmp_path / "letter.txt")], load_window=load) == 2

    assert opened == [copy]


def test_the_window_opens_on_a_project_of_an_older_version(
    project: Path, opened: Opened, load: Callable[[], Callable[[Path | None], int]]
) -> None:
    with closing(sqlite3.connect(project / "project.db")) as database:
        database.execute("DELETE FROM _sqlite_migrations WHERE name = 'told_since'")
        database.commit()

    assert run([str(project)], load_window=load) == 7
    assert opened == [project]


def test_no_window_opens_on_what_is_no_project(
    tmp_path: Path, opened: Opened, load: Callable[[], Callable[[Path | None], int]]
) -> None:
    assert run([str(tmp_path)], load_window=load) == 2
    assert run(["no-such-thing"], load_window=load) == 2
    assert opened == []


def test_a_machine_without_qts_libraries_is_told_what_is_missing(cli: Command) -> None:
    assert cli().refuses("libEGL.so.1")


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_a_screen_is_where_one_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for one in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(one, raising=False)
    assert not has_screen()
    monkeypatch.setenv(name, ":0")
    assert has_screen()


def test_the_demo_shows_its_result_where_there_is_a_screen(
    sample_copy: Path,
    opened: Opened,
    load: Callable[[], Callable[[Path | None], int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Given a screen, when the demo is run with and without --no-window
    monkeypatch.setenv("DISPLAY", ":0")
    assert run(["demo", str(sample_copy), "--no-window"], load_window=load) == 0
    assert opened == []
    assert run(["demo", str(sample_copy)], load_window=load) == 0

    # Then the window opens on the sample
    assert opened == [sample_copy]
