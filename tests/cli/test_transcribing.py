"""Recordings become text by command: once, again, or not any more."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from coder import places, settings
from coder.project import Project
from coder.transcribe.models import FORMATS
from tests.cli.conftest import Command

FILM = places.samples() / "evidence" / "14-margaret-lunch-club.mp4"
SHORT = Path(__file__).parents[1] / "data" / "evidence_offset2.mp4"


@pytest.fixture
def heard(project: Path, cli: Command, model: Path) -> Path:
    """A project with a recording, SIC0002, and its transcript."""
    cli("import", project, SHORT)
    assert cli("transcribe", project, "--model", model).code == 0
    return project


def _transcripts(cli: Command, project: Path) -> list[str]:
    documents = cli("show", project, "SIC0002", "--json").json["documents"]
    return [one["id"] for one in documents if one["kind"] == "transcript"]


def test_a_transcript_is_made_once_and_shown_with_its_times(
    project: Path, cli: Command, model: Path
) -> None:
    # Given a film that is transcribed
    cli("import", project, FILM)
    told = cli("transcribe", project, "SIC0002", "--model", model, "--json")
    assert told.code == 0
    [done] = told.json["transcribed"]
    assert told.json["problems"] == []
    assert done["ref"] == "SIC0002"

    # When it is shown, then each segment has its place and its time
    documents = cli("show", project, "SIC0002", "--json").json["documents"]
    [transcript] = [one for one in documents if one["kind"] == "transcript"]
    assert len(transcript["segments"]) == done["segments"] == len(transcript["paragraphs"])
    for segment, following in zip(transcript["segments"], transcript["segments"][1:], strict=False):
        assert set(segment) == {"start", "end", "start_ms", "end_ms", "speaker", "confidence"}
        assert segment["end_ms"] <= following["start_ms"]
    first = transcript["segments"][0]
    assert transcript["text"][first["start"] : first["end"]].startswith("My name is Margaret")

    # And a second call has nothing left to do, and says so without needing a model
    again = cli("transcribe", project)
    assert again.code == 0
    assert "transcript" in again.out


@pytest.mark.listens
def test_a_bar_shows_at_a_terminal_how_far_it_is(
    project: Path, cli: Command, terminal: Command, model: Path
) -> None:
    # Given a recording of four sentences
    cli("import", project, SHORT)

    # When a person at a terminal has it transcribed
    shown = terminal("transcribe", project, "--model", model)

    # Then a bar names it and goes on with each sentence to the end, and the answer stands below
    assert shown.code == 0
    bars = re.findall(r"Transcribing “evidence_offset2\.mp4” .*?(\d+)%", shown.out)
    reached = [int(one) for one in bars]
    assert reached == sorted(reached)
    assert len(set(reached)) >= 4
    assert reached[-1] == 100
    assert shown.out.rstrip().endswith("characters.")


def test_a_transcript_is_made_again_when_its_submission_is_named(
    heard: Path, cli: Command, model: Path
) -> None:
    # Given a transcript
    [first] = _transcripts(cli, heard)

    # When it is asked for again, then another stands in its place, and undo brings back the first
    told = cli("transcribe", heard, "SIC0002", "--again", "--model", model, "--json").json
    [second] = _transcripts(cli, heard)
    assert [one["id"] for one in told["transcribed"]] == [second]
    assert second != first
    assert "again" in cli("undo", heard).out
    assert _transcripts(cli, heard) == [first]
    assert cli("verify", heard).code == 0


def test_a_transcript_is_removed_and_brought_back(heard: Path, cli: Command) -> None:
    [first] = _transcripts(cli, heard)

    told = cli("transcribe", heard, "SIC0002", "--remove", "--json")

    assert told.json == {
        "removed": [{"ref": "SIC0002", "recording": "evidence_offset2.mp4"}],
        "problems": [],
    }
    assert _transcripts(cli, heard) == []
    assert cli("transcribe", heard, "SIC0002", "--remove").refuses("has no transcript")
    assert cli("undo", heard).code == 0
    assert _transcripts(cli, heard) == [first]


def test_a_tagged_transcript_stays(heard: Path, cli: Command, model: Path) -> None:
    cli("tag", heard, "SIC0002", "--code", "Volunteering", "--quote", "volunteers", "--coder", "Jo")
    kept = _transcripts(cli, heard)

    again = ("transcribe", heard, "SIC0002", "--again", "--model", model)
    assert cli(*again).refuses("1 tag lies on")
    assert cli("transcribe", heard, "SIC0002", "--remove").refuses("by Jo")
    assert _transcripts(cli, heard) == kept


def test_what_is_to_be_done_again_or_removed_must_be_named(heard: Path, cli: Command) -> None:
    kept = _transcripts(cli, heard)

    assert "Name the submissions" in cli("transcribe", heard, "--again").err
    assert cli("transcribe", heard, "--remove").code == 2
    assert cli("transcribe", heard, "SIC0002", "--remove", "--again").code == 2
    assert _transcripts(cli, heard) == kept


def test_a_wrong_engine_or_model_is_refused_with_nothing_waiting(
    project: Path, cli: Command, model: Path
) -> None:
    told = cli("transcribe", project, "--engine", "parrot")
    assert told.code == 2
    assert "'faster-whisper', 'whisper'" in told.err
    assert cli("transcribe", project, "--model", "nonsense").refuses("nonsense")
    assert cli("transcribe", project, "--model", model, "--language", "cy").refuses("cy")
    assert cli("transcribe", project).code == 0


def test_the_engines_offered_are_those_there_are() -> None:
    assert set(settings.ENGINES) == set(FORMATS)


def test_a_changed_recording_is_refused_by_name(project: Path, cli: Command, model: Path) -> None:
    # Given a recording whose bytes in the project were changed
    cli("import", project, SHORT)
    digest = hashlib.sha256(SHORT.read_bytes()).hexdigest()
    [kept] = (project / "originals").rglob(f"{digest}*")
    kept.write_bytes(FILM.read_bytes())

    # Then it is not heard in place of the evidence
    assert cli("transcribe", project, "--model", model).refuses("evidence_offset2.mp4")
    assert _transcripts(cli, project) == []
    with Project.open(project, "Noor", read_only=True) as opened:
        assert len(opened.transcripts.pending()) == 1


def test_a_sound_track_that_cannot_be_is_told(project: Path, cli: Command) -> None:
    told = cli("transcribe", project, "--track", "0")

    assert told.code == 2
    assert "Sound tracks are numbered from 1." in told.err
