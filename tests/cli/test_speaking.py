"""Who speaks is found by command, from the sound."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest

from tests.cli.conftest import Command

DATA = Path(__file__).parents[1] / "data"
FIND = ("transcript", "find-speakers")


@pytest.fixture
def heard(project: Path, cli: Command, model: Path) -> Path:
    """A project with a recording, SIC0002, and its transcript."""
    cli("import", project, DATA / "evidence_offset2.mp4")
    assert cli("transcribe", project, "--model", model).code == 0
    return project


@pytest.mark.speakers
def test_speakers_are_found_with_a_model_that_was_installed(heard: Path, cli: Command) -> None:
    pytest.importorskip("sherpa_onnx", exc_type=ImportError)
    assert cli("models", "add", DATA / "voices").code == 0
    listed = {one["name"]: one["format"] for one in cli("models", "list", "--json").json}
    assert listed["voices-synthetic"] == "speakers"

    told = cli(*FIND, heard, "SIC0002", "--speakers", 2, "--json")

    assert told.code == 0, told
    assert told.json["speakers"] == [
        {"name": "Speaker 1", "sentences": 2},
        {"name": "Speaker 2", "sentences": 2},
    ]
    assert (told.json["parted"], told.json["kept"]) == (0, 0)
    [transcript] = [
        one
        for one in cli("show", heard, "SIC0002", "--json").json["documents"]
        if one["kind"] == "transcript"
    ]
    assert [one["speaker"] for one in transcript["segments"]] == ["Speaker 1", "Speaker 2"] * 2
    assert cli("undo", heard).code == 0
    assert cli("verify", heard).code == 0


@pytest.mark.speakers
def test_names_that_stay_are_told_of(heard: Path, cli: Command) -> None:
    pytest.importorskip("sherpa_onnx", exc_type=ImportError)
    cli("transcript", "speaker", heard, "SIC0002", "--from", "00:02", "--to", "00:02",
        "--name", "Ann")  # fmt: skip

    told = cli(*FIND, heard, "SIC0002", "--speakers", 2, "--model", DATA / "voices")

    assert told.out.splitlines() == [
        "Ann speaks in 2 sentences in SIC0002.",
        "Speaker 1 speaks in 2 sentences in SIC0002.",
    ]
    assert told.err.splitlines() == ["1 sentence keeps the name that a person gave."]


def test_what_is_missing_is_said_with_what_to_do(
    heard: Path, cli: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sherpa_onnx", exc_type=ImportError)
    assert cli(*FIND, heard, "SIC0002", "--speakers", 2).refuses("models add FOLDER")
    assert cli(*FIND, heard, "SIC0002", "--speakers", 90).refuses("90 speakers")
    assert cli(*FIND, heard, "SIC0001", "--speakers", 2, "--document", "document").code == 2

    def absent(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", absent)
    assert cli(*FIND, heard, "SIC0002", "--speakers", 2).refuses("evidence-coder[speakers]")
