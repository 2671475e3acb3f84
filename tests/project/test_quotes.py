"""Packs of a project: what of its evidence leaves, and what a filter cannot let through."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from coder.domain.errors import Cancelled
from coder.domain.model import Document
from coder.domain.quotes import QuoteFilter
from coder.jobs import Job
from coder.project import Project
from coder.project.packs import PackReport

TALK = """WEBVTT

00:01.000 --> 00:03.000
<v Margaret Ellis>Good afternoon.

00:04.000 --> 00:06.000
<v Dame Iris>Where do you live?
"""

Letter = Callable[..., Document]


def tagged(project: Project, document: Document, words: str) -> None:
    code = project.codebook.codes()[0] if project.codebook.codes() else project.codebook.add("Any")
    start = document.text.index(words)
    project.codings.tag(document, start, start + len(words), [code])


def packed(project: Project, folder: Path) -> tuple[PackReport, list[str]]:
    """The report, and the words in the table."""
    report = project.packs.write(QuoteFilter(), folder / "pack.csv")
    with report.path.open(encoding="utf-8-sig", newline="") as stream:
        return report, [row["quote"] for row in csv.DictReader(stream)]


@pytest.fixture(autouse=True)
def public(project: Project, letter: Letter) -> None:
    """Evidence that may be published, SIC0001, so that there is always something to pack."""
    tagged(project, letter("Quote me."), "Quote me.")
    project.evidence.change("SIC0001", permission="named", respondent="Ada Brook")


@pytest.mark.parametrize("status", ["blank", "duplicate"])
def test_what_does_not_stand_stays_in(
    project: Project, letter: Letter, tmp_path: Path, status: str
) -> None:
    tagged(project, letter("We volunteer."), "We volunteer.")
    project.evidence.change("SIC0002", permission="named", respondent="Tom Ode")
    assert packed(project, tmp_path)[1] == ["Quote me.", "We volunteer."]

    project.evidence.change("SIC0002", status=status)

    report, words = packed(project, tmp_path)
    assert words == ["Quote me."]
    assert getattr(report.left_out, status) == report.left_out.passages == 1
    withdrawn = project.quotes.select()[1]
    assert (withdrawn.status, withdrawn.attribution) == (status, "")


def test_the_context_of_a_quote_is_of_whole_words(project: Project, letter: Letter) -> None:
    tagged(project, letter("Everybody volunteers; we sing, and afterwards everybody"), "we sing")
    quote = next(one for one in project.quotes.select() if one.quote == "we sing")
    context = project.quotes.context(quote, 14)
    assert (context.before, context.after) == (" volunteers; ", ", and ")


def test_an_anonymous_letter_stays_in_until_a_name_is_set(
    project: Project, letter: Letter, tmp_path: Path
) -> None:
    tagged(project, letter("I am Gwen Hughes and I volunteer."), "I am Gwen Hughes")
    project.evidence.change("SIC0002", permission="anonymous")
    report, words = packed(project, tmp_path)
    assert (words, report.left_out.nameless) == (["Quote me."], 1)

    project.evidence.change("SIC0002", respondent="Gwen Hughes")

    assert packed(project, tmp_path)[1] == ["Quote me.", "I am [name]"]


def test_a_name_that_the_tag_cuts_off_is_found_in_the_document(
    project: Project, letter: Letter, tmp_path: Path
) -> None:
    document = letter("My name is Jill Mason.", "Mrs Kowalska helps.")
    for words in ("ill M", "owalska helps"):
        tagged(project, document, words)
    project.evidence.change(
        "SIC0002", permission="anonymous", respondent="Jill Mason and Eva Kowalska"
    )
    assert packed(project, tmp_path)[1] == ["Quote me.", "[name]", "[name] helps"]


def test_a_code_named_after_someone_unnamed_does_not_tell_who(
    project: Project, letter: Letter, tmp_path: Path
) -> None:
    [quote] = project.quotes.select()
    document = project.document(quote.document_id)
    project.codings.tag(document, 0, 9, [project.codebook.add("Gwen’s idea")])
    letter("In confidence.")
    project.evidence.change("SIC0002", permission="withheld", respondent="Gwen Hughes")
    path = tmp_path / "pack.md"
    project.packs.write(QuoteFilter(), path)
    assert "Gwen" not in path.read_text("utf-8")
    assert "idea" in path.read_text("utf-8")


def test_it_is_said_of_each_span_why_it_must_not_be_published(project: Project, letter) -> None:
    documents = [letter("Our bus was cut.") for _ in range(5)]
    for number, permission in enumerate(("named", "withheld", "anonymous", "anonymous", "named")):
        project.evidence.change(documents[number].submission_id, permission=permission)
    project.evidence.change(documents[2].submission_id, respondent="Ada Marsh")
    coding = project.tag_with_new_code(documents[4], 0, 7, "Bus")
    project.codings.set_sensitive([coding], sensitive=True)

    bars = project.quotes.bars([(one.id, 4, 7) for one in documents])

    assert bars == [
        ("named", "", ""),
        ("withheld", "withheld", ""),
        ("anonymous", "names are not masked", ""),
        ("anonymous", "name to mask not known", ""),
        ("named", "sensitive", ""),
    ]


def test_a_copied_or_packed_passage_says_who_speaks_as_far_as_it_may(
    project: Project, write: Callable[..., Path], tmp_path: Path
) -> None:
    project.intake.bring([write("talk.vtt", TALK)])
    [talk] = project.evidence.one("SIC0002").documents
    talk = project.document(talk.id)
    tagged(project, talk, "Where do you live?")
    start = talk.text.index("Where")
    project.evidence.change("SIC0002", permission="named", respondent="Margaret Ellis")

    assert project.quotes.cited(talk, start, start + 5) == (
        "“Where” (SIC0002, 00:04, Dame Iris speaking)"
    )
    project.packs.write(QuoteFilter(), tmp_path / "pack.md")
    assert "Margaret Ellis (SIC0002, 00:04, Dame Iris speaking)" in (
        (tmp_path / "pack.md").read_text("utf-8").replace("\\", "")
    )

    project.evidence.change("SIC0002", permission="anonymous")
    assert "00:04, another speaker)" in project.quotes.cited(talk, start, start + 5)
    project.packs.write(QuoteFilter(), tmp_path / "pack.md")
    assert "Iris" not in (tmp_path / "pack.md").read_text("utf-8")


def test_a_list_of_quotes_can_be_stopped_from_another_thread(project: Project, letter) -> None:
    tagged(project, letter("We sing."), "We sing.")
    job = Job()
    project.quotes.stop(job)

    with pytest.raises(Cancelled):
        project.quotes.listing(job=job)
    assert len(project.quotes.listing(job=Job())) == 2


def test_regions_and_questions_are_offered_as_they_are_there(project: Project) -> None:
    project.evidence.change("SIC0001", region="Leeds")
    assert project.quotes.regions() == ["Leeds"]
    assert project.quotes.questions() == []
