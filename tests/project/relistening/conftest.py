"""A film of four sentences as the machine heard it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from coder.domain.model import Document
from coder.project import Project
from tests.project.relistening.machine import (
    DATA,
    SYNTHETIC,
)


@pytest.fixture(scope="module")
def heard_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An inquiry with the transcript of four sentences, as the machine heard them."""
    folder = tmp_path_factory.mktemp("heard") / "inquiry"
    with Project.create(folder, "Loneliness", "SIC", "Noor") as project:
        project.intake.bring([DATA / "evidence_offset2.mp4"])
        [media] = project.evidence.one("SIC0001").documents
        project.transcripts.make(media.id, SYNTHETIC)
    return folder


@pytest.fixture
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Project]:
    """A copy of that inquiry where its transcript is asked for, else a new one."""
    folder = tmp_path / "inquiry"
    if "film" in request.fixturenames:
        shutil.copytree(request.getfixturevalue("heard_once"), folder)
        opened = Project.open(folder, "Noor")
    else:
        opened = Project.create(folder, "Loneliness", "SIC", "Noor")
    with opened as project:
        yield project


@pytest.fixture
def film(project: Project) -> Document:
    """The transcript of four sentences."""
    [found] = [one for one in project.evidence.one("SIC0001").documents if one.source_id]
    return project.document(found.id)
