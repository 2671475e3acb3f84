"""Overlapping passages under one code are one quote where that is wanted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coder.domain.model import Document
from coder.domain.packing import PackOptions
from coder.domain.quotes import QuoteFilter
from coder.project import Project
from tests.project.conftest import Letter


@pytest.fixture
def document(project: Project, letter: Letter) -> Document:
    """A document that may be quoted."""
    made = letter("First. Second one. Third here.", "Fourth follows.")
    project.evidence.change("SIC0001", permission="named", respondent="Ada Marsh")
    return made


def packed(project: Project, folder: Path, **options: bool) -> list[tuple[str, str, str]]:
    """The words, the citation and the coder of each quote in a pack."""
    path = folder / "pack.json"
    project.packs.write(QuoteFilter(), path, PackOptions(**options))
    quotes = json.loads(path.read_text("utf-8"))["quotes"]
    return [(one["quote"], one["citation"], one["coder"]) for one in quotes]


def tag(project: Project, document: Document, words: str, code: str, coder: str = "Ada") -> None:
    project.as_coder(coder)
    start = document.text.index(words)
    project.codings.tag(document, start, start + len(words), [project.codebook.at(code)])


def test_those_of_one_code_that_overlap_are_one(
    project: Project, document: Document, tmp_path: Path
) -> None:
    for code in ("Bus", "Trust"):
        project.codebook.add(code)
    tag(project, document, "First. Second", "Bus")
    tag(project, document, "Second one.", "Bus", "Ben")
    tag(project, document, "one. Third", "Trust")
    tag(project, document, "here.\nFourth", "Bus")

    assert packed(project, tmp_path, joined=True) == [
        ("First. Second one.", "(SIC0001, para 1)", "Ada; Ben"),
        ("one. Third", "(SIC0001, para 1)", "Ada"),
        ("here.\nFourth", "(SIC0001, paras 1–2)", "Ada"),
    ]
    assert len(packed(project, tmp_path)) == 4


def test_the_same_words_tagged_by_two_stay_one_quote(
    project: Project, document: Document, tmp_path: Path
) -> None:
    project.codebook.add("Bus")
    tag(project, document, "Second one.", "Bus")
    tag(project, document, "Second one.", "Bus", "Ben")
    assert packed(project, tmp_path, joined=True) == [
        ("Second one.", "(SIC0001, para 1)", "Ada; Ben")
    ]


def test_a_joined_quote_stays_in_where_a_part_of_it_is_sensitive(
    project: Project, document: Document, tmp_path: Path
) -> None:
    project.codebook.add("Bus")
    tag(project, document, "First. Second", "Bus")
    tag(project, document, "Second one.", "Bus")
    tag(project, document, "Fourth", "Bus")
    second = project.codings.of(document.id)[1]
    project.codings.set_sensitive([second], sensitive=True)
    assert [words for words, _, _ in packed(project, tmp_path, joined=True)] == ["Fourth"]
