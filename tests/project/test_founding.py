"""A new project made of a file has a title, a prefix, and nothing where it fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.domain.errors import EvidenceError
from coder.project import Project
from coder.project.founding import found_from
from tests.ingest.refi import others


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    path = tmp_path / "Street life.qdpx"
    path.write_bytes(others.nvivo().packed())
    return path


def test_title_and_prefix_are_those_of_the_file_or_as_wished(theirs: Path, tmp_path: Path) -> None:
    first, report = found_from(theirs, tmp_path / "One", "Noor")
    with first:
        assert (first.inquiry.title, first.inquiry.prefix) == ("Street", "S")
        assert report.refs == ("S0001",)
        assert first.inquiry.created_at
    second, _ = found_from(
        theirs, tmp_path / "Two", "Noor", title="Steps", prefix="STP", closes="2021-01-31"
    )
    with second:
        told = second.inquiry
        assert (told.title, told.prefix, told.closes) == ("Steps", "STP", "2021-01-31")


def test_who_makes_it_is_whoever_has_that_name_in_the_file(theirs: Path, tmp_path: Path) -> None:
    project, _ = found_from(theirs, tmp_path / "One", "RL")
    with project:
        [coder] = project.coders()
        assert coder.id == others.guid("nvivo user").replace("-", "")


def test_where_it_fails_nothing_is_left(theirs: Path, tmp_path: Path) -> None:
    theirs.write_bytes(others.File("nothing").packed())
    with pytest.raises(EvidenceError):
        found_from(theirs, tmp_path / "One", "Noor")
    assert not (tmp_path / "One").exists()
    with Project.create(tmp_path / "Two", "Two", "TWO", "Noor") as there:
        with pytest.raises(EvidenceError):
            found_from(theirs, there.folder, "Noor")
        assert there.verify() == []
