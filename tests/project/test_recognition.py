"""Scans that came in without a text can be recognised later, as an act that can be undone."""

from __future__ import annotations

import shutil

import pytest

from coder.domain.draft import Source
from coder.domain.errors import Refused
from coder.domain.model import Document, DocumentKind, Submission, new_id
from coder.ingest.pages.ocr import engine
from coder.project import Project
from tests.ingest.scans import WORDS, pdf_of

needs_tesseract = pytest.mark.skipif(
    not shutil.which("tesseract"), reason="tesseract is not installed"
)


@pytest.fixture(autouse=True)
def fresh_engine():
    engine.cache_clear()
    yield
    engine.cache_clear()


def scan(project: Project, *pages: tuple[str, ...]) -> Document:
    original = project._store.keep_original(Source("scan.pdf", data=pdf_of(*pages)))
    submission = Submission(new_id(), "SIC0001")
    document = Document(
        new_id(), submission.id, 0, "scan.pdf", DocumentKind.DOCUMENT, original=original.id
    )
    with project._store.step("Import", project.coder) as tx:
        for record in (submission, original, document):
            tx.put(record)
    return document


@needs_tesseract
def test_a_scan_is_recognised_beside_itself_and_undo_takes_that_back(project: Project) -> None:
    document = scan(project, (WORDS[0],))

    found = project.recognition.recognise(document.id)

    assert found.text == WORDS[0]
    assert found.title == "scan.pdf (recognised)"
    assert found.machine_draft
    assert found.original == document.original
    assert project.recognition.pending() == []
    assert not project.document(document.id).text
    assert project.undo()
    assert [one.id for one in project.recognition.pending("SIC0001")] == [document.id]


@needs_tesseract
def test_a_recognised_text_can_be_marked_as_checked_and_keeps_its_words(project: Project) -> None:
    found = project.recognition.recognise(scan(project, (WORDS[0],)).id)

    project.recognition.set_checked(found.id, checked=True)

    assert not project.document(found.id).machine_draft
    assert project.document(found.id).text == WORDS[0]


@needs_tesseract
def test_what_holds_no_words_is_left_as_it_is(project: Project) -> None:
    document = scan(project, ())

    with pytest.raises(Refused, match=r"No text could be recognised in “scan\.pdf”"):
        project.recognition.recognise(document.id)

    assert [one.id for one in project.recognition.pending()] == [document.id]


def test_a_text_is_not_recognised_a_second_time(project: Project, letter) -> None:
    with pytest.raises(Refused, match="has a text already"):
        project.recognition.recognise(letter("Words.").id)


def test_without_tesseract_it_is_said_what_to_install(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = scan(project, (WORDS[0],))
    monkeypatch.setenv("PATH", "")

    with pytest.raises(Refused, match="Install tesseract"):
        project.recognition.recognise(document.id)
