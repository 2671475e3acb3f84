"""The pack for wikis and notes."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coder.domain.model import Permission, Submission
from coder.domain.quotes import Quote
from coder.export import markdown
from coder.export.outline import Pack
from tests.export.conftest import written
from tests.export.whole import basket_pack, whole_pack

MakeQuote = Callable[..., Quote]
MakeSubmission = Callable[..., Submission]
MakePack = Callable[..., Pack]


def shown(source: str) -> str:
    """What CommonMark makes of escaped text: hard breaks, backslash escapes, entities."""
    pieces = re.split(r"(\\.|&#\d+;)", source.replace("\\\n", "\n"))
    return "".join(
        piece[1:] if piece.startswith("\\") else html.unescape(piece) for piece in pieces
    )


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))))
@example("\n\n")
@example("a\\\n= b\n--- c\n12. d\n3) e\n\t+ f  \n> g")
def test_text_is_shown_as_it_is(text: str) -> None:
    assert shown(markdown.escaped(text)) == text


@pytest.mark.parametrize(
    "line",
    ["# no heading", "- no item", "+ none", "* none", "> none", "= rule", "---", "1. no", "2) no",
     "    no code", "\tno code", "| no | table", "``` no", "~~~ no", "<b>no</b>"],
)  # fmt: skip
def test_no_line_becomes_markup(line: str) -> None:
    assert re.match(r"\\|&#", markdown.escaped(line))


def test_a_pack_in_full(quote: MakeQuote, submission: MakeSubmission, pack: MakePack) -> None:
    of, unknown = submission(), submission(2, permission=Permission.UNKNOWN)
    quotes = [quote(of, "Nobody *ever* rang.\nNot once."), quote(of, code_id="t2"), quote(unknown)]

    text = written(markdown.write, pack(quotes, [of, unknown], "Help")).decode()

    assert text == (
        "# Social infrastructure – Help\n\n"
        "Quote pack · 22 November 2020 · 2 quotes from 1 submission\n\n"
        "1 passage from 1 submission is left out: 1 whose permission is not known yet.\n\n"
        "## Volunteering\n\nUnpaid help outside the family.\n\n"
        "2 quotes from 1 submission: 1 charity\n\n"
        "> Nobody \\*ever\\* rang.\\\n> Not once.\n>\n> — Walsall Food Bank (SIC0001, para 7)"
        f" `{quotes[0].key}`\n\n"
        "### First-time volunteers\n\nNew since March 2020.\n\n"
        "1 quote from 1 submission: 1 charity\n\n"
        "> We open on Tuesdays.\n>\n> — Walsall Food Bank (SIC0001, para 7)"
        f" `{quotes[1].key}`\n\n"
        "## Sources\n\n"
        "| Reference | Source | Type | Received |\n"
        "| --- | --- | --- | --- |\n"
        "| SIC0001 | Walsall Food Bank | Charity or community group | 18 September 2020 |\n"
    )


def test_counts_ids_context_and_method_are_told() -> None:
    text = written(markdown.write, whole_pack()).decode()
    for words in (
        "| Volunteering \\| hours/First-time volunteers | 1 | 4 |",
        "Raised by all 4 submissions that were coded: 2 individuals, 1 charity, 1 council\n\n",
        "\n\nBy region, where known: Essex 1, Kent 2\n\n",
        "Before: … When the café closed nobody had anywhere to sit.\n\n> \\[name\\] opened",
        "(SIC0003, para 7) `SIC0003-300000-49-28`\n\nAfter: We sang",
        "**Who said what**",
        "## Method\n\nRespondents are counted, not passages",
        "| Received | 4 | 0 | 4 |",
    ):
        assert words in text


def test_a_writers_own_words_stand_between_the_quotes() -> None:
    text = written(markdown.write, basket_pack()).decode()
    assert text.index("> café \\[…\\] nobody") < text.index("So much for \\*chairs\\*.")
