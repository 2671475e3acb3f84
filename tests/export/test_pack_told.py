"""What packs say of themselves, alike in every kind of file."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable
from typing import Any

import pytest

from coder.domain.baskets import BasketItem, ItemKind
from coder.domain.model import Permission, Submission
from coder.domain.packing import PackOptions
from coder.domain.quotes import Quote
from coder.export import csv as tables
from coder.export import xlsx
from coder.export.counting import Evidence
from coder.export.outline import Pack
from coder.export.pack import ENDINGS
from tests.export.conftest import written
from tests.export.test_pack import PRINTED, everything
from tests.export.test_xlsx import rows as sheet

MakeQuote = Callable[..., Quote]
MakeSubmission = Callable[..., Submission]
MakePack = Callable[..., Pack]

TOLD = (".docx", ".html", ".md", PRINTED)
"""The kinds of file that are read from top to bottom."""


def read(pack: Pack, ending: str) -> str:
    """What a reader sees of the file, each paragraph on its line, in small letters."""
    text = re.sub(r"</(?:w:)?(?:p|tr|td|h\d)>", "\n", everything(pack, ending))
    return html.unescape(re.sub("<[^>]*>", "", text)).replace("\\", "")


@pytest.mark.parametrize("ending", TOLD)
def test_what_is_quoted_and_who_raised_it_stand_on_lines_of_their_own(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack, ending: str
) -> None:
    of = [submission(1, region="Kent"), submission(2, region="Essex")]
    made = pack([quote(of[0])], of, evidence=Evidence([(one.id, "t1") for one in of]))

    lines = [line.strip(". ") for line in read(made, ending).splitlines()]

    raised = next(place for place, line in enumerate(lines) if "raised by all 2" in line)
    after = [line for line in lines[raised + 1 :] if line][:2]
    assert after == [
        "by region, where known: essex 1, kent 1",
        "quoted here: 1 quote from 1 submission",
    ]


@pytest.mark.parametrize("ending", [*TOLD, ".xlsx", ".json"])
def test_a_narrowed_pack_says_so_without_secret_words(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack, ending: str
) -> None:
    hidden = submission(
        2, respondent="Gwen Hughes", permission=Permission.ANONYMOUS, also_masked="Elm Row"
    )
    of = [submission(1), hidden]
    made = pack(
        [quote(of[0])],
        of,
        evidence=Evidence([(of[0].id, "t1")]),
        narrowed="Quoted here are only passages of Gwen in Elm Row.",
    )

    said = read(made, ending)

    assert said.count("quoted here are only passages of [") == 2  # under the title and as method
    assert not {"gwen", "elm"} & set(re.findall(r"\w+", said))


def test_the_method_gives_the_rules_that_hold(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    of = [submission(n) for n in range(1, 13)]
    one = quote(of[0])
    heard = Evidence([(each.id, "t1") for each in of])
    few = Evidence([(one.submission_id, "t1")])
    held = BasketItem(
        "i", "b", ItemKind.QUOTE, "c", "", document_id=one.document_id, start=one.start,
        end=one.end, quote=one.quote, code_id="t1",
    )  # fmt: skip

    def rules(**given: Any) -> str:
        method = pack([one], of, **given).method
        return " ".join(method.rules) if method else ""

    assert "Counts are of all the evidence" in rules(evidence=heard)
    assert "follow one scale" in rules(evidence=heard)
    assert "follow one scale" not in rules(evidence=few)
    basket = rules(evidence=heard, basket=[held])
    assert "Numbers under headings are of what is quoted there" in basket
    assert "Counts are of all" not in basket
    assert "follow one scale" not in basket


def test_tables_of_a_basket_give_the_heading_of_every_quote(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    one, other = quote(submission(1)), quote(submission(2), "Then we closed.")

    def item(kind: ItemKind, of: Quote = one, text: str = "") -> BasketItem:
        return BasketItem(
            f"i{text}", "b", kind, "c", "", document_id=of.document_id, start=of.start,
            end=of.end, quote=of.quote, code_id=of.code_id, text=text,
        )  # fmt: skip

    basket = [
        item(ItemKind.QUOTE, other),
        item(ItemKind.HEADING, text="Opening hours"),
        item(ItemKind.QUOTE),
        item(ItemKind.TEXT, text="As all say."),
        item(ItemKind.QUOTE, other),
    ]
    of = [submission(1), submission(2, received="")]
    made = pack([one, other], of, basket=basket)
    expected = [
        ("Quotes", other.quote), ("Opening hours", one.quote), ("Opening hours", other.quote),
    ]  # fmt: skip

    rows = list(csv.DictReader(io.StringIO(written(tables.write, made).decode("utf-8-sig"))))
    assert [(row["heading"], row["quote"]) for row in rows] == expected
    book = written(xlsx.write, made)
    assert [(row["Heading"], row["Quote"]) for row in sheet(book)] == expected
    assert sheet(book, "Sources")[1]["Received"] == "not known"
    assert made.summary().startswith("2 quotes, 3 times under a heading, from 2 submissions")

    plain = written(tables.write, pack([one], of)).decode("utf-8-sig")
    assert "heading" not in plain.splitlines()[0]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_pack_for_others_holds_no_notes_for_the_team(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack, ending: str
) -> None:
    of = [submission(1), submission(2, permission=Permission.WITHHELD)]
    quotes = [quote(of[0], machine_draft=True, coder="Zuleika"), quote(of[1])]
    narrowed = "Quoted here are only passages of charities."

    def said(**options: bool) -> str:
        made = pack(quotes, of, narrowed=narrowed, options=PackOptions(**options))
        return everything(made, ending)

    for shown in ("withheld", "listen to the recording", "zuleika"):
        assert shown not in said(team_notes=False), shown
    draft = '"machine_draft": true' if ending == ".json" else "unchecked machine transcript"
    assert draft in said(team_notes=False)
    assert ("zuleika" in said()) is (ending in {".csv", ".xlsx", ".json"})
    if ending != ".csv":
        assert "listen to the recording" in said()
        assert narrowed.lower() in said(team_notes=False)
