"""`audit`: agreement for people, for scripts, and as a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.project import Project
from tests.cli.conftest import Command


@pytest.fixture
def coded(project: Path) -> Path:
    """The letter, with two codes by two people."""
    with Project.open(project, "Ada") as opened:
        document = opened._store.read.documents()[0]
        text = opened.document(document.id)
        for coder, path, start, end in (
            ("Ada", "Volunteering", 14, 44),
            ("Bo", "Volunteering", 14, 44),
            ("Ada", "Buses", 80, 100),
            ("Bo", "Buses", 90, 110),
        ):
            opened.as_coder(coder)
            opened.tag_with_new_code(text, start, end, path)
    return project


def test_the_json_has_the_fixed_keys(cli: Command, coded: Path) -> None:
    done = cli("audit", coded, "--json")
    assert (done.code, done.err) == (0, "")
    told = done.json
    assert (told["unit"], told["coders"]) == ("character", ["Ada", "Bo"])
    assert {"overall", "codes"} <= set(told)
    codes = {one["code"]: one for one in told["codes"]}
    assert codes["Volunteering"]["kappa"] == 1
    assert codes["Volunteering"]["percent"] == 100
    assert 0 < codes["Buses"]["alpha"] < codes["Buses"]["percent"] / 100
    assert {"n", "prevalence", "intervals", "undefined"} <= set(codes["Buses"])


def test_people_get_a_table_and_plain_words(cli: Command, coded: Path) -> None:
    done = cli("audit", coded, "--coders", "bo, ADA", "--unit", "paragraph", "--samples", 0)
    assert done.code == 0
    assert "Volunteering" in done.out
    assert "All codes" in done.out
    assert "of the paragraphs" in done.out
    assert "Krippendorff" in done.out
    assert "Only 1 submission could be compared" in done.out


def test_a_chosen_submission_and_a_file(cli: Command, coded: Path, tmp_path: Path) -> None:
    for ending in (".docx", ".csv", ".png"):
        path = tmp_path / f"agreement{ending}"
        done = cli("audit", coded, "--submission", "sic0001", "--samples", 0, "-o", path)
        assert done.code == 0
        assert str(path) in done.err
        assert path.stat().st_size > 500


def test_bad_requests_are_told(cli: Command, coded: Path, tmp_path: Path) -> None:
    assert cli("audit", coded, "--coders", "Ada").refuses("Ada")
    assert cli("audit", coded, "--coders", "Ada,Zed").refuses("Zed")
    assert cli("audit", coded, "--submission", "SIC0099").refuses("SIC0099")
    assert cli("audit", coded, "-o", tmp_path / "a.pdf").refuses("a.pdf")
    assert cli("audit", tmp_path / "nowhere").refuses("nowhere")
    assert cli("audit", coded, "--unit", "word").code == 2
