"""Where what a clash is about can be seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.project import Project
from coder.project.clash_places import Spot, spot_of
from tests.project.copies import make


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory):
    folder: Path = tmp_path_factory.mktemp("spots")
    make(folder)
    with Project.open(folder / "base", "Noor Hadley", read_only=True) as opened:
        yield opened


def test_a_tag_stands_at_its_words(project: Project) -> None:
    read = project._store.read
    document = project.document(project.evidence.all()[0].documents[0].id)
    [first, *_] = project.codings.of(document.id)

    spot = spot_of(read, "codings", first.id)

    assert spot == Spot("", document.submission_id, document.id, first.start, first.end)


def test_a_sentence_of_a_transcript_stands_at_its_words(project: Project) -> None:
    view = next(one for one in project.evidence.all() if one.submission.ref == "SIC0003")
    [transcript] = [one for one in view.documents if one.kind == "transcript"]
    segment = project.segments(transcript.id)[2]

    spot = spot_of(project._store.read, "segments", segment.id)

    assert spot is not None
    assert project.document(spot.document_id).text[spot.start : spot.end] == segment.text
    assert spot.start > 0


def test_what_has_no_words_stands_in_its_submission_or_codebook(project: Project) -> None:
    read, hope = project._store.read, project.codebook.at("Hope")
    [view, *_] = project.evidence.all()
    assert spot_of(read, "codes", hope.id) == Spot(code_id=hope.id)
    assert spot_of(read, "submissions", view.submission.id) == Spot("", view.submission.id)
    assert spot_of(read, "documents", view.documents[0].id) == Spot(
        "", view.submission.id, view.documents[0].id
    )
    assert spot_of(read, "coders", project.coders()[0].id) is None
    assert spot_of(read, "codings", "gone") is None
