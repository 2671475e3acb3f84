"""Pseudonyms: chosen once, the same everywhere, and never beside a name but in the key."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from coder import places
from coder.domain.errors import EvidenceError, NotFound, Refused
from coder.domain.model import Document
from coder.domain.quotes import QuoteFilter
from coder.project import Project
from coder.project.pseudonyms import Pseudonyms

Letter = Callable[..., Document]


@pytest.fixture
def names(project: Project, letter: Letter) -> Pseudonyms:
    """Three letters: two by one anonymous respondent, one of an organisation that is named."""
    letter("I am Rowan Tree, and Wren is my dog.")
    letter("I wrote before. – R. Tree")
    letter("We are the Fern Trust.")
    for ref in ("SIC0001", "SIC0002"):
        project.evidence.change(
            ref, respondent="Rowan Tree", type="individual", permission="anonymous"
        )
    project.evidence.change("SIC0003", organisation="The Fern Trust", permission="named")
    return project.pseudonyms


def test_it_is_told_in_attributions_and_in_the_words(project: Project, names: Pseudonyms) -> None:
    # Given a passage in which the respondent's own name and another stand
    document = project.evidence.document_titled("SIC0001")
    project.codings.tag(document, 0, len(document.text), [project.codebook.add("A")])
    project.evidence.change("SIC0001", region="North East", also_masked="my dog")

    # When a pseudonym is chosen
    assert names.choose("SIC0001", " Quill ", together=True) == []

    # Then both say it, and the step does not
    [quote] = project.quotes.select(QuoteFilter())
    assert quote.attribution == "Quill (pseudonym), Individual, North East"
    told = project.quotes.cited(document, 0, len(document.text))
    assert told == "“I am [Quill], and Wren is [withheld].” (SIC0001, para 1)"
    assert [one.pseudonym for one in names.all()] == ["Quill", "Quill"]
    assert project.undo() == "Choose a pseudonym for SIC0001 and SIC0002"
    assert names.all() == []


@pytest.mark.parametrize(
    "name", ["", "\u200b", "[Quill]", "Quill; Reed", "Quill, Reed", "=Quill", "Quill" * 9, "Q\nx;"]
)
def test_what_is_no_name_is_refused(names: Pseudonyms, name: str) -> None:
    with pytest.raises(Refused, match="cannot be a pseudonym"):
        names.choose("SIC0001", name)


@pytest.mark.parametrize("name", ["rowan", "Rówan", "Old Tree", "fern trust", "Ro\u00adwan"])
def test_a_name_of_somebody_here_is_refused(names: Pseudonyms, name: str) -> None:
    with pytest.raises(Refused):
        names.choose("SIC0003", name)
    assert names.all() == []


def test_another_ones_is_refused_and_ones_own_is_not(names: Pseudonyms) -> None:
    names.choose("SIC0001", "Quill")
    with pytest.raises(Refused, match="pseudonym of SIC0001 already"):
        names.choose("SIC0003", "QUILL")
    assert names.choose("SIC0002", "Quill") == []


def test_what_is_to_be_known_of_it_is_told(names: Pseudonyms, project: Project) -> None:
    [named] = names.choose("SIC0003", "Quill")
    assert named == "SIC0003 is quoted by name, so its pseudonym is not used."
    spoken, other = names.choose("SIC0001", "Wren")
    assert spoken.startswith("SIC0001 itself speaks of “Wren”")
    assert other == "SIC0002 is by the same name, under no pseudonym yet."
    project.evidence.change("SIC0002", permission="unknown")
    unknown, other = names.choose("SIC0002", "Reed")
    assert unknown == "SIC0002 is in no pack until its permission is set."
    assert other == "SIC0001 is by the same name, under the pseudonym Wren."


def test_suggestions_are_nobodys_name_and_not_in_the_text(
    names: Pseudonyms, project: Project
) -> None:
    found = names.suggestions()
    assert set(found) == {"SIC0001", "SIC0002"}
    assert found["SIC0001"] == found["SIC0002"]
    first = names.suggest("SIC0001")
    assert first not in ("Wren", "Rowan", "Fern")
    assert not first.startswith("R")
    assert names.suggest("SIC0001", [first]) != first
    assert project.history()[0].label == "Change the organisation, permission of SIC0003"
    names.choose("SIC0001", first)
    assert names.suggest("SIC0002") == first
    assert names.suggest("SIC0003") != first


def test_our_own_names_are_distinct_and_could_all_be_chosen(names: Pseudonyms) -> None:
    ours = (places.resources() / "pseudonyms.txt").read_text("utf-8").split()
    assert len({one.casefold() for one in ours}) == len(ours) > 100
    past: list[str] = []
    while len(past) < len(ours):
        past.append(names.suggest("SIC0003", past))
    assert len(set(past)) == len(past)


def test_a_pseudonym_that_becomes_a_respondents_name_keeps_the_quotes_in(
    names: Pseudonyms, project: Project
) -> None:
    document = project.evidence.document_titled("SIC0001")
    project.codings.tag(document, 0, 4, [project.codebook.add("A")])
    names.choose("SIC0001", "Quill")
    project.evidence.change("SIC0003", respondent="Jo Quill")

    told = project.quotes.cited(document, 0, 4)

    assert told.endswith("[not for publication: pseudonym is a respondent’s name]")


def test_the_key_is_a_file_of_its_own(names: Pseudonyms, project: Project, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="No submission has a pseudonym"):
        names.write_key(tmp_path / "key.csv")
    project.evidence.change("SIC0001", organisation="=cmd()")
    names.choose("SIC0001", "Quill")
    with pytest.raises(EvidenceError, match=r"does not end in .csv"):
        names.write_key(tmp_path / "key.docx")

    assert names.write_key(tmp_path / "key.csv") == 1

    with (tmp_path / "key.csv").open(encoding="utf-8-sig", newline="") as stream:
        _, row = csv.reader(stream)
    assert row[:4] == ["SIC0001", "Quill", "Rowan Tree", "'=cmd()"]
    assert "apart" in row[4]


def test_nothing_else_holds_both(names: Pseudonyms, project: Project, tmp_path: Path) -> None:
    names.choose("SIC0001", "Quill")
    project.interchange.export(tmp_path / "whole.qdpx")
    with zipfile.ZipFile(tmp_path / "whole.qdpx") as package:
        said = b"".join(package.read(name) for name in package.namelist())
    assert b"Rowan Tree" in said
    assert b"Quill" not in said
    assert "Quill" not in str(project.evidence.one("SIC0001").as_json())
    assert all("Quill" not in step.label for step in project.history())
    with pytest.raises(Refused):
        project.evidence.change("SIC0001", pseudonym="Rowan")


def test_it_goes_when_it_is_removed_or_the_submission_is_withdrawn(
    names: Pseudonyms, project: Project
) -> None:
    names.choose("SIC0001", "Quill")
    names.remove("SIC0001")
    with pytest.raises(Refused, match="has no pseudonym"):
        names.remove("SIC0001")
    names.choose("SIC0002", "Quill")
    project.evidence.change("SIC0002", also_masked="before")
    project.withdrawal.withdraw("SIC0002")
    assert project.submission("SIC0002").pseudonym == ""
    assert project.submission("SIC0002").also_masked == ""
    with pytest.raises(Refused, match="withdrawn"):
        names.choose("SIC0002", "Reed")


def test_what_was_joined_is_told_under_one_pseudonym(names: Pseudonyms, project: Project) -> None:
    names.choose("SIC0002", "Quill")
    project.joining.join("SIC0001", "SIC0002")
    assert [(one.ref, one.pseudonym) for one in names.all()] == [("SIC0001", "Quill")]
    with pytest.raises(Refused, match="was joined with another"):
        names.choose("SIC0002", "Reed")
