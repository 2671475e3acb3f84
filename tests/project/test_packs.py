"""Packs of a project: what is counted, what is looked over before, and what a basket makes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coder import places
from coder.domain.errors import Cancelled, EvidenceError, Refused
from coder.domain.model import DocumentKind
from coder.domain.packing import PackOptions
from coder.domain.quotes import QuoteFilter
from coder.jobs import Job, Progress
from coder.project import Project
from tests.project.conftest import Letter


@pytest.fixture
def inquiry(project: Project, letter: Letter) -> Project:
    """Five letters on buses and trust: named, anonymous, withheld, a campaign's and a duplicate."""
    bus = project.codebook.add("Bus")
    project.codebook.add("Bus/Cut")
    for words in ("The bus was cut.", "Gwen says: no bus.", "In trust.", "Save the bus!", "Save!"):
        document = letter(words)
        project.codings.tag(document, 0, len(words), [bus])
    cut = project.document(_documents(project)[0])
    project.codings.tag(cut, 4, 15, [project.codebook.at("Bus/Cut")])
    for ref, permission in (("1", "named"), ("2", "anonymous"), ("3", "withheld"), ("4", "named")):
        project.evidence.change(
            f"SIC000{ref}", permission=permission, respondent="Gwen Ode", type="charity"
        )
    project.joining.set_same("SIC0005", "SIC0004", campaign=True)
    return project


def _documents(project: Project) -> list[str]:
    return [one.id for one in project._store.read.documents()]


def packed(project: Project, folder: Path, wanted: QuoteFilter, **options: Any) -> dict[str, Any]:
    """What the pack says in JSON."""
    path = folder / "pack.json"
    project.packs.write(wanted, path, PackOptions(**options))
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return told


def test_all_that_stands_is_counted_whatever_is_quoted(inquiry: Project, tmp_path: Path) -> None:
    wanted = QuoteFilter(submissions=("SIC0001",))
    told = packed(inquiry, tmp_path, wanted)
    bus, cut = (one["raised"] for one in told["sections"])
    assert told["notes"] == [
        "Quoted here are only passages of SIC0001. Counts are of all the evidence."
    ]
    assert (bus["raised"], bus["of"], bus["base"]) == (4, 4, "coded")
    assert (bus["types"], bus["letters"]) == ({"charity": 4}, 1)
    assert (cut["raised"], cut["of"], cut["about"]) == (1, 4, "Bus")


def test_what_another_has_coded_is_not_counted_for_one_who_codes_blind(
    inquiry: Project, tmp_path: Path
) -> None:
    inquiry.as_coder("Ben")
    document = inquiry.document(_documents(inquiry)[0])
    inquiry.codings.tag(document, 0, 3, [inquiry.codebook.at("Bus")])
    wanted = QuoteFilter(blind_to=inquiry.coder.id)
    [section] = packed(inquiry, tmp_path, wanted)["sections"]
    assert (section["raised"]["raised"], section["raised"]["of"]) == (1, 1)


def test_a_code_under_a_survey_question_is_counted_out_of_its_answers(
    project: Project, letter: Letter, tmp_path: Path
) -> None:
    question = project.codebook.add("What helps?")
    buses = project.codebook.add("What helps?/Buses")
    documents = [letter("A bus.") for _ in range(3)]
    with project._store.step("Answer", project.coder) as tx:
        for document in documents:
            tx.put(replace(document, question="1. What helps?", kind=DocumentKind.ANSWER))
    project.codings.tag(documents[0], 0, 5, [buses])
    project.evidence.change("SIC0001", permission="named", respondent="Gwen")
    sections = packed(project, tmp_path, QuoteFilter())["sections"]
    assert [(one["raised"]["base"], one["raised"]["of"]) for one in sections] == [
        ("coded", 1),
        ("question", 3),
    ]
    assert question.id != buses.id


def test_a_preview_says_what_a_pack_would_hold(inquiry: Project) -> None:
    cut = inquiry.document(_documents(inquiry)[0])
    preview = inquiry.packs.preview(QuoteFilter(), PackOptions(sensitive=True))
    assert (preview.quotes, preview.submissions, preview.unchecked) == (4, 3, 0)
    assert str(preview.left_out) == (
        "2 passages from 2 submissions are left out: 1 withheld, 1 whose permission is not known"
        " yet."
    )
    assert [(one.ref, one.quote) for one in preview.anonymous] == [
        ("SIC0002", "[name] says: no bus.")
    ]
    assert [(one.name, one.depth, one.quotes) for one in preview.sections] == [
        ("Bus", 0, 4),
        ("Cut", 1, 1),
    ]
    assert preview.sections[1].count == (
        "Raised by 1 of the 4 submissions that addressed “Bus”: 1 charity"
    )
    assert cut.text == "The bus was cut."
    assert preview.alone.startswith("SIC0002 (“Charity or community group, anonymous”) can be told")


def test_a_basket_makes_a_pack_under_its_headings(inquiry: Project, tmp_path: Path) -> None:
    first, second, *_ = inquiry.quotes.select()
    basket = inquiry.baskets.make("Chapter 3")
    inquiry.baskets.add_heading(basket.id, "What Gwen said")
    inquiry.baskets.add(basket.id, [replace(second, quote=second.quote)])
    inquiry.baskets.add_text(basket.id, "So said Gwen.")
    [item] = inquiry.baskets.add(basket.id, [first]).items
    inquiry.baskets.trim(item.id, [(0, 4)])

    told = packed(inquiry, tmp_path, QuoteFilter(basket=basket.id))

    assert told["title"] == "Chapter 3"
    [section] = told["sections"]
    assert (section["name"], section["raised"]) == ("What [name] said", None)
    assert [one.get("text") for one in section["holds"]] == [None, "So said [name].", None]
    assert [one["quote"] for one in told["quotes"]] == [
        "bus was cut",
        "[…] bus was cut.",
    ]


def test_words_around_quotes_go_along_masked(inquiry: Project, tmp_path: Path) -> None:
    document = inquiry.document(_documents(inquiry)[1])
    inquiry.codings.tag(document, 11, 17, [inquiry.codebook.at("Bus/Cut")])
    told = packed(inquiry, tmp_path, QuoteFilter(submissions=("SIC0002",)), context=40)
    assert [(one["before"], one["quote"], one["after"]) for one in told["quotes"]] == [
        ("", "[name] says: no bus.", ""),
        ("[name] says:", "no bus", "."),
    ]


@pytest.mark.parametrize("ending", [".docx", ".json"])
def test_a_pack_that_is_stopped_is_not_there(inquiry: Project, tmp_path: Path, ending: str) -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        inquiry.packs.write(QuoteFilter(), tmp_path / f"pack{ending}", job=job)
    assert not list(tmp_path.glob("*pack*"))


def test_it_says_what_it_is_doing(inquiry: Project, tmp_path: Path) -> None:
    said: list[str] = []

    def listen(progress: Progress) -> None:
        said.append(progress.label)

    inquiry.packs.write(QuoteFilter(), tmp_path / "pack.md", job=Job(listen))
    assert said == ["Choosing the quotes", "Writing pack.md"]


def test_where_nothing_may_leave_it_says_why(inquiry: Project, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="may be published") as told:
        inquiry.packs.write(QuoteFilter(submissions=("SIC0003",)), tmp_path / "pack.docx")
    assert "1 withheld" in (told.value.remedy or "")
    with pytest.raises(Refused, match="No passage matches"):
        inquiry.packs.write(QuoteFilter(text="nowhere"), tmp_path / "pack.docx")


def test_a_template_is_checked_before_a_pack_is_made_with_it(
    inquiry: Project, tmp_path: Path
) -> None:
    assert inquiry.packs.check_template(places.resources() / "pack.docx") == [
        "Its styles, page, headers and footers are used."
    ]
    with pytest.raises(EvidenceError, match="not there any more"):
        inquiry.packs.check_template(tmp_path / "gone.dotx")


def test_types_of_campaign_heads_count_once(inquiry: Project) -> None:
    bus = inquiry.packs.preview(QuoteFilter()).sections[0]
    assert bus.count.endswith("4 charities; and 1 more letter of one campaign")
