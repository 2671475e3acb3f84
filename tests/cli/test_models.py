"""Whisper models by command."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.hub import Hub, serving

VOICES = Path(__file__).parents[1] / "data" / "voices"
KEYS = {"name", "title", "format", "languages", "bytes", "path"}


def test_models_are_added_and_listed(cli: Command, model: Path, own_home: Path) -> None:
    # Given a machine with only the model that is shipped
    [shipped] = cli("models", "list", "--json").json
    assert set(shipped) > KEYS
    assert shipped["name"] == "whisper-synthetic"
    assert (shipped["installed"], shipped["default"], shipped["speed"]) == (True, False, None)

    # When a folder is added, then it is in this user's own folder
    added = cli("models", "add", model, "--json").json
    assert set(added) == KEYS
    assert own_home in Path(added["path"]).parents
    told = cli("models", "list")
    assert told.out.count("whisper-synthetic") == 2
    assert "installed, default" in told.out
    assert "comes with the program" in told.out
    assert "faster-whisper" in told.err
    assert "suits it" in told.err
    assert "Installed" in cli("models", "add", model).out


def test_what_could_be_downloaded_is_listed_when_asked_for(cli: Command) -> None:
    found = {one["name"]: one for one in cli("models", "list", "--all", "--json").json}

    assert not found["small"]["installed"]
    assert found["small"]["path"] is None
    assert found["small.en"]["languages"] == ["en"]
    assert [name for name, one in found.items() if one["recommended"]]


def test_a_zip_is_added(cli: Command, model: Path, tmp_path: Path) -> None:
    path = shutil.make_archive(str(tmp_path / "ours"), "zip", model.parent, model.name)

    assert cli("models", "add", path, "--json").json["name"] == "whisper-synthetic"


def test_of_several_models_all_or_some_are_added(cli: Command, model: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    for name in ("one", "two"):
        shutil.copytree(model, stick / name, ignore=shutil.ignore_patterns("recipe", "model.json"))

    assert cli("models", "add", stick).refuses("“stick” holds 2 models: one, two")
    some = cli("models", "add", stick, "--only", "two", "--json").json
    every = cli("models", "add", stick, "--all", "--json").json

    assert [one["name"] for one in some] == ["two"]
    assert [one["name"] for one in every] == ["one", "two"]
    assert cli("models", "add", stick, "--all", "--only", "one").code == 2


def test_a_model_is_downloaded_made_the_default_tried_and_removed(
    cli: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(Hub(), monkeypatch):
        assert set(cli("models", "get", "base", "--json").json) == KEYS
        assert "Installed “tiny” (12 MB)" in cli("models", "get", "tiny").out

    assert cli("models", "default", "tiny", "--json").json["default"]
    assert "“base” is used from now on" in cli("models", "default", "base").out

    tried = cli("models", "try", "base", "--json").json
    assert tried["name"] == "base"
    assert tried["speed"]["minutes_an_hour"] > 0
    assert "With “base” an hour takes about" in cli("models", "try", "base").out
    listed = {one["name"]: one for one in cli("models", "list", "--json").json}
    assert listed["base"]["speed"]
    assert listed["base"]["default"]

    removed = cli("models", "remove", "tiny", "--json").json
    assert removed["removed"] == "tiny"
    assert "No other model is installed" in cli("models", "remove", "base").out


def test_a_stopped_download_is_listed_and_thrown_away(cli: Command, own_home: Path) -> None:
    part = own_home / "models" / ".part-tiny"
    part.mkdir(parents=True)
    (part / "model.bin.0a.part").write_bytes(b"x" * 5_000_000)

    assert "5 MB downloaded" in cli("models", "list", "--all").out
    assert cli("models", "remove", "tiny", "--json").json == {"removed": "tiny", "bytes": 5_000_000}
    assert not part.exists()


def test_a_damaged_model_is_listed_with_the_reason(
    cli: Command, model: Path, own_home: Path
) -> None:
    cli("models", "add", model)
    (own_home / "models" / "whisper-synthetic" / "model.bin").unlink()

    listed = [one for one in cli("models", "list", "--json").json if one["problem"]]

    assert "model.bin is missing" in listed[0]["problem"]
    assert "damaged" in cli("models", "list").out


def test_a_model_that_is_not_published(cli: Command) -> None:
    assert cli("models", "get", "gigantic").refuses("gigantic")


@pytest.mark.parametrize("act", ["remove", "default", "try"])
@pytest.mark.parametrize("name", ["gigantic", "medium"])
def test_a_model_that_is_not_here(cli: Command, act: str, name: str) -> None:
    assert cli("models", act, name).refuses(name)


def test_without_a_network_nothing_is_downloaded_and_that_is_told(cli: Command) -> None:
    assert cli("models", "get", "base").refuses("switched off")


def test_a_folder_that_is_not_there(cli: Command, tmp_path: Path) -> None:
    assert cli("models", "add", tmp_path / "gone").refuses("There is nothing at")


def test_a_model_for_speakers_is_listed_and_neither_default_nor_tried(cli: Command) -> None:
    assert cli("models", "add", VOICES).code == 0

    [listed] = [one for one in cli("models", "list", "--json").json if one["format"] == "speakers"]
    assert listed["installed"]
    for verb in ("default", "try"):
        assert cli("models", verb, listed["name"]).refuses("tells voices apart")
    assert cli("models", "remove", listed["name"]).code == 0
