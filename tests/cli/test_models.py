"""Whisper models by command."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command


def test_models_are_added_and_listed(cli: Command, model: Path, own_home: Path) -> None:
    # Given a machine with only the model that is shipped
    [shipped] = cli("models", "list", "--json").json
    assert set(shipped) == {"name", "title", "format", "languages", "bytes", "path"}
    assert shipped["name"] == "whisper-synthetic"

    # When a folder is added, then it is in this user's own folder
    added = cli("models", "add", model, "--json").json
    assert own_home in Path(added["path"]).parents
    told = cli("models", "list")
    assert told.out.count("whisper-synthetic") == 2
    assert "faster-whisper" in told.err
    assert "Installed" in cli("models", "add", model).out


def test_a_model_that_is_not_published(cli: Command) -> None:
    assert cli("models", "get", "gigantic").refuses("gigantic")


def test_a_folder_that_is_not_there(cli: Command, tmp_path: Path) -> None:
    assert cli("models", "add", tmp_path / "gone").refuses("gone")
