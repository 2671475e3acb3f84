"""A transcript is written in the format that its name asks for, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.domain.errors import EvidenceError
from coder.export.transcript_file import ENDINGS, write_transcript
from tests.export.sheets import sheet_of, timed

SHEET = sheet_of([timed(0, 900, "We open on Tuesdays.", "Ann")])
BEGINS = {".docx": b"PK", ".vtt": b"WEBVTT\n", ".srt": b"1\n00:", ".txt": b"Transcript: "}


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_ending_says_the_format(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"talk{ending.upper()}"
    write_transcript(SHEET, path)

    assert path.read_bytes().startswith(BEGINS[ending])


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="a transcript can be"):
        write_transcript(SHEET, tmp_path / "talk.pdf")

    assert list(tmp_path.iterdir()) == []
