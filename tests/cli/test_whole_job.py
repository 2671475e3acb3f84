"""The main job, done by a person with a terminal in an empty folder, as processes of their own."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

from docx import Document

from coder import places
from tests.cli.conftest import Command

EVIDENCE = places.samples() / "evidence"


def test_from_the_call_for_evidence_to_a_quote_pack(
    program: Command, tmp_path: Path, model: Path
) -> None:
    # Given an inquiry made from its call for evidence
    call = places.samples() / "call-for-evidence.docx"
    made = program(
        "new", "Neighbours", "--title", "Neighbours Again", "--prefix", "SIC",
        "--call", call, "--closes", "2020-09-18", "--json",
    )  # fmt: skip
    assert made.code == 0
    themes = [one["path"] for one in program("codes", "Neighbours", "--json").json]
    assert "Volunteering" in themes

    # When an e-mail with attachments and a video come in, and the video is transcribed
    brought = program(
        "import", "Neighbours",
        EVIDENCE / "01-tarn-street-befriending.eml", EVIDENCE / "14-margaret-lunch-club.mp4",
        "--json",
    )  # fmt: skip
    assert brought.code == 0
    assert [one["ref"] for one in brought.json["imported"]] == ["SIC0001", "SIC0002"]
    heard = program("transcribe", "Neighbours", "--model", model, "--json")
    assert heard.code == 0
    assert heard.json["transcribed"][0]["characters"] > 500

    # And words of both are tagged, by two people
    quote = "Volunteers need their travel costs paid."
    assert program(
        "tag", "Neighbours", "SIC0002", "--code", "Volunteering/Costs", "--quote", quote,
        "--create", "--coder", "Asha Verma",
    ).code == 0  # fmt: skip
    assert program(
        "tag", "Neighbours", "SIC0001", "--code", "Volunteering",
        "--quote", "Seven in ten had never volunteered for anything.", "--coder", "Tom Pryce",
    ).code == 0  # fmt: skip

    # And permission is given for the video only
    assert program(
        "set", "Neighbours", "SIC0002", "--permission", "named", "--respondent", "Margaret Oldroyd"
    ).code == 0  # fmt: skip

    # Then the packs hold the words of the video, cited by their time, and not those of the e-mail
    assert program("pack", "Neighbours", "-o", "pack.docx").code == 0
    assert program("pack", "Neighbours", "-o", "pack.csv").code == 0
    word = "".join(Document(str(tmp_path / "pack.docx")).element.body.itertext())
    assert quote in word
    assert "Seven in ten" not in word
    with (tmp_path / "pack.csv").open(encoding="utf-8-sig", newline="") as stream:
        [row] = csv.DictReader(stream)
    assert row["quote"] == quote
    assert row["citation"] == "(SIC0002, 00:29)"

    # And the project is sound, and every act can be taken back and done again
    assert program("verify", "Neighbours").code == 0
    undone = program("undo", "Neighbours", "--coder", "Tom Pryce", "--json").json["undone"]
    assert [one["coder"] for one in program("quotes", "Neighbours", "--json").json] == [
        "Asha Verma"
    ]
    assert program("redo", "Neighbours", "--coder", "Tom Pryce", "--json").json == {
        "done_again": undone
    }
    assert len(program("quotes", "Neighbours", "--json").json) == 2
    assert program("verify", "Neighbours").code == 0


def test_a_word_file_from_a_pack_is_sound_zip(
    program: Command, sample: Path, tmp_path: Path
) -> None:
    # Given the sample, when a pack of one theme is asked for by a command
    assert program("pack", sample, "--code", "Volunteering", "-o", "pack.docx").code == 0

    # Then the file is whole
    with zipfile.ZipFile(tmp_path / "pack.docx") as package:
        assert package.testzip() is None


def test_help_is_quick_because_nothing_heavy_is_loaded(program: Command) -> None:
    # Given a record of every module that is imported
    heavy = {
        "PySide6", "whisper", "faster_whisper", "ctranslate2", "torch", "numpy", "nltk", "docx",
        "lxml", "av", "sqlite_utils", "selectolax", "pypdfium2",
    }  # fmt: skip

    # When help is asked for, of the program and of a command with a heavy task
    for args in (["--help"], ["transcribe", "--help"], ["--version"]):
        told = program(*args, env={"PYTHONPROFILEIMPORTTIME": "1"})

        # Then none of the heavy ones is among them
        loaded = {
            line.rpartition("|")[2].strip().partition(".")[0] for line in told.err.splitlines()
        }
        assert told.code == 0
        assert "click" in loaded
        assert not heavy & loaded
