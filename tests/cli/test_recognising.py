"""A photographed letter comes in without a text, and is read once tesseract is there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.ingest.scans import WORDS, png_of

pytestmark = pytest.mark.skipif(not shutil.which("tesseract"), reason="tesseract is not installed")


def test_a_photograph_is_kept_and_read_later(program: Command, tmp_path: Path) -> None:
    (tmp_path / "letter.png").write_bytes(png_of(WORDS))
    made = program("new", "Inquiry", "--title", "T", "--prefix", "SIC")
    assert made.code == 0, made

    came = program("import", "Inquiry", "letter.png", "--json", env={"PATH": str(tmp_path)})
    read = program("recognise", "Inquiry", "--json")
    again = program("recognise", "Inquiry")

    assert came.json["imported"][0]["characters"] == 0
    assert "needs OCR" in came.json["problems"][0]["what"]
    assert read.json["recognised"][0]["title"] == "letter.png (recognised)"
    shown = program("show", "Inquiry", "SIC0001", "--json").json["documents"][1]
    assert WORDS[0] in shown["text"]
    assert again.out == "Every picture and page has its text.\n"
