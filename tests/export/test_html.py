"""The page to read on screen or to print."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from coder.domain.model import Quote, Submission
from coder.export import html
from coder.export.outline import Pack
from coder.export.wording import printable
from tests.export.conftest import written

MakeQuote = Callable[..., Quote]
MakeSubmission = Callable[..., Submission]
MakePack = Callable[..., Pack]


@settings(max_examples=60)
@given(words=st.text(st.characters(codec="utf-8"), min_size=1))
def test_quotes_read_back_word_for_word(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack, words: str
) -> None:
    of = submission()
    page = LexborHTMLParser(written(html.write, pack([quote(of, f"a{words}z")], [of])).decode())
    shown = page.css_first("blockquote").text()
    assert shown == printable(f"a{words}z").replace("\r\n", "\n").replace("\r", "\n")


def test_a_page_holds_headings_sources_and_links_that_arrive(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    of = submission(organisation="Ode & <Sons>")
    made = pack([quote(of), quote(of, code_id="t2"), quote(of, code_id="t3")], [of])

    page = LexborHTMLParser(written(html.write, made).decode())

    assert [h.text() for h in page.css("h1, h2, h3")] == [
        "Social infrastructure",
        "Volunteering",
        "First-time volunteers",
        "Trust",
        "Sources",
    ]
    assert page.css_first("figcaption").text() == (
        f"— Ode & <Sons> (SIC0001, para 7) {made.selection.quotes[0].id}"
    )
    assert [cell.text() for cell in page.css("td")][:2] == ["SIC0001", "Ode & <Sons>"]
    for link in page.css("nav a"):
        assert page.css_first(link.attributes["href"]) is not None


def test_a_page_runs_and_fetches_nothing(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    of = submission(organisation='"><script>alert(1)</script>')
    evil = quote(of, "<img src=x onerror=alert(1)><script>alert(1)</script>")

    page = LexborHTMLParser(written(html.write, pack([evil], [of], "<script>1</script>")).decode())

    assert page.css("script, img, link, iframe, [src], [onerror]") == []
    policy = page.css_first("meta[http-equiv]").attributes["content"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_a_page_without_quotes_says_so(pack: MakePack) -> None:
    assert "There is nothing to quote here yet." in written(html.write, pack([], [])).decode()
