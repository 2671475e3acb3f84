"""Transcripts are written into files by command."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from tests.cli.conftest import Command

SRT = (
    "1\n00:00:01,000 --> 00:00:03,000\nWe met.\n\n2\n00:00:07,000 --> 00:00:09,000\nAnd we sang.\n"
)


@pytest.fixture
def film(project: Path, cli: Command, tmp_path: Path) -> Path:
    """A project with a transcript of two sentences, SIC0002."""
    path = tmp_path / "talk.srt"
    path.write_text(SRT, encoding="utf-8")
    assert cli("import", project, path).code == 0
    return project


def test_a_transcript_is_written_and_it_is_said_what_it_is(
    film: Path, cli: Command, tmp_path: Path
) -> None:
    told = cli("transcript", "export", film, "SIC0002", "-o", tmp_path / "out.srt")

    assert told.out.startswith(
        "“out.srt” is written: 2 sentences of SIC0002; internal, not for publication."
    )
    assert told.err == "A file of this format cannot say any of that itself.\n"
    assert "00:00:07,000 --> 00:00:09,000\nAnd we sang." in (tmp_path / "out.srt").read_text()


def test_pauses_and_times_are_chosen(film: Path, cli: Command, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    told = cli(
        "transcript", "export", film, "SIC0002", "-o", out, "--pauses", "2.5", "--no-times",
        "--json",
    )  # fmt: skip

    assert (told.json["sentences"], told.json["ref"]) == (2, "SIC0002")
    assert out.read_text(encoding="utf-8").endswith("\nWe met. [pause, 4 seconds] And we sang.\n")


def test_all_are_written_into_a_folder(film: Path, cli: Command, tmp_path: Path) -> None:
    told = cli("transcript", "export", film, "--all", "--format", "vtt", "-o", tmp_path / "o")

    assert told.code == 0
    assert [path.name for path in (tmp_path / "o").iterdir()] == ["SIC0002 talk.vtt"]


def test_what_cannot_be_written_is_refused(film: Path, cli: Command, tmp_path: Path) -> None:
    out = tmp_path / "out.vtt"

    assert cli("transcript", "export", film, "SIC0001", "-o", out).refuses(
        "SIC0001 has no transcript yet"
    )
    assert cli("transcript", "export", film, "SIC0002", "-o", tmp_path / "a.pdf").refuses("a.pdf")
    told = cli("transcript", "export", film, "SIC0002", "-o", out, "--pauses", "2")
    assert told.refuses("out.vtt")
    assert cli("transcript", "export", film, "-o", out).code == 2
    assert cli("transcript", "export", film, "SIC0002", "--all", "-o", out).code == 2
    assert not out.exists()


def test_what_holds_no_words_is_said_to_be_left_out(
    film: Path, cli: Command, tmp_path: Path
) -> None:
    silence = tmp_path / "hush.wav"
    with wave.open(str(silence), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes(bytes(64_000))
    assert cli("import", film, silence).code == 0
    assert cli("transcribe", film, "SIC0003", "--model", "whisper-synthetic").code == 0

    told = cli("transcript", "export", film, "--all", "--format", "vtt", "-o", tmp_path / "o")

    assert "“hush (transcript)” of SIC0003 was left out: it has no words." in told.err
    assert [path.name for path in (tmp_path / "o").iterdir()] == ["SIC0002 talk.vtt"]
