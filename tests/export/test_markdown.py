"""The pack for wikis and notes."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coder.domain.model import Permission, Quote, Submission
from coder.export import markdown
from coder.export.outline import Pack
from tests.export.conftest import written

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
