"""The whole project as one file: what it promises about stopping, size and names."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from coder.domain.errors import Cancelled, EvidenceError, Refused
from coder.jobs import Job
from coder.project import Project
from coder.project.exchange import hand_over
from coder.project.founding import found_from
from coder.project.interchange import is_project_file
from tests.project.exchange.conftest import empty, filled, here, sent  # noqa: F401 – fixtures


class Stops(Job):
    """A job that is stopped after so many reports."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self._left = after

    def report(self, done: float, total: float, label: str) -> None:
        super().report(done, total, label)
        self._left -= 1
        if not self._left:
            self.cancel()


@pytest.mark.parametrize("ending", ["qdpx", "zip"])
def test_an_export_that_is_stopped_leaves_the_former_file(
    here: Project,  # noqa: F811
    tmp_path: Path,
    ending: str,
) -> None:
    path = tmp_path / f"out.{ending}"
    path.write_bytes(b"former")

    with pytest.raises(Cancelled):
        here.interchange.export(path, job=Stops(2))

    assert path.read_bytes() == b"former"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == [path.name]


@pytest.mark.parametrize("after", [1, 3, 6, 8])
def test_an_import_that_is_stopped_leaves_nothing(
    empty: Project,  # noqa: F811
    sent: Path,  # noqa: F811
    after: int,
) -> None:
    with pytest.raises(Cancelled):
        empty.interchange.bring_in(sent, Stops(after))

    assert empty.evidence.count() == 0
    assert [one for one in (empty.folder / "originals").rglob("*") if one.is_file()] == []
    assert empty.verify() == []


def test_a_recording_that_is_too_large_is_named_and_found_beside(
    here: Project,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hand_over, "LARGEST", 10_000)
    path = tmp_path / "out.qdpx"

    report = here.interchange.export(path)

    [left] = report.left
    assert left.what == "recording too large"
    name = left.why.split()[-1].rstrip(".")
    with zipfile.ZipFile(path) as archive:
        assert f"sources/{name}" not in archive.namelist()
    [film] = (one for one in here._store.read.originals() if one.name.endswith(".mp4"))
    (tmp_path / name).write_bytes(here._store.original_path(film).read_bytes())
    other, came = found_from(path, tmp_path / "Other", "Zadie")
    with other:
        assert came.left == ()
        assert film in other._store.read.originals()
        assert other.verify() == []


def test_an_export_is_of_one_moment_and_needs_only_reading(
    filled: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    with Project.open(filled, "Noor", read_only=True) as project:
        assert is_project_file(project.interchange.export(tmp_path / "a.qdpx").path)
        with pytest.raises(Refused):
            project.interchange.bring_in(tmp_path / "a.qdpx")
        with pytest.raises(EvidenceError, match=r"Use \.qdpx"):
            project.interchange.export(tmp_path / "a.docx")
