"""The page to read on screen or to print."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from coder.domain.model import Submission
from coder.domain.packing import PackOptions
from coder.domain.quotes import Quote
from coder.export import html
from coder.export.outline import Pack
from coder.export.wording import printable
from tests.export.conftest import written
from tests.export.whole import basket_pack, whole_pack

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


@pytest.fixture(scope="module")
def whole() -> LexborHTMLParser:
    """A page with everything that a pack can hold."""
    return LexborHTMLParser(written(html.write, whole_pack()).decode())


def test_a_page_tells_who_raised_what_and_how_it_was_counted(whole: LexborHTMLParser) -> None:
    assert [one.text() for one in whole.css("p.count")] == [
        str(section.raised) for section in whole_pack().sections
    ]
    overview = whole.css_first("table")
    assert overview.css_first("caption").text().startswith("Who raised what")
    lines = [row.css_first("th").text() + row.css("td")[-1].text() for row in overview.css("tr")]
    assert lines[1:] == [
        "Volunteering | hours4 of 4",
        "First-time volunteers1 of 4",
        "Trust & <time>2 of 4",
    ]
    widths = [one.attributes["style"] for one in overview.css("i")]
    assert widths == ["width:100.0%", "width:25.0%", "width:50.0%"]
    assert whole.css_first(".regions").text() == "By region, where known: Essex 1, Kent 2"
    assert "word for word" in whole.css_first(".method").text()
    assert whole.css_first(".method .sum").text().startswith("Received")


def test_ids_of_quotes_are_shown_and_lead_to_the_first_of_them(whole: LexborHTMLParser) -> None:
    ids = [one.id for one in whole.css("[id]")]
    assert len(ids) == len(set(ids))
    assert [one.text() for one in whole.css("a.id")].count("SIC0001-100000-9-39") == 2
    for link in whole.css("a[href^='#']"):
        assert (link.attributes["href"] or "").removeprefix("#") in ids


def test_words_around_a_quote_are_no_part_of_it(whole: LexborHTMLParser) -> None:
    figure = whole.css_first("[id='SIC0003-300000-49-28']")
    assert figure.css_first("blockquote").text() == "[name] opened the {hall}."
    before, after = [one.text() for one in figure.css(".around")]
    assert before == "… When the café closed nobody had anywhere to sit."
    assert after == "We sang <at> last. …"


def test_tables_charts_and_method_are_there_only_where_they_are_asked_for() -> None:
    plain = PackOptions(charts=False, tables=False, method=False, sources=False)
    page = LexborHTMLParser(written(html.write, whole_pack(plain)).decode())
    assert page.css("table, .method, .around, .bar") == []
    bare = LexborHTMLParser(written(html.write, whole_pack(PackOptions(charts=False))).decode())
    assert bare.css(".bar") == []
    assert len(bare.css("details")) == 2


def test_a_writers_own_words_stand_between_the_quotes() -> None:
    page = LexborHTMLParser(written(html.write, basket_pack()).decode())
    said = [one.text() for one in page.css("blockquote, .own")]
    assert said == [
        "café closed nobody had anywhere to sit.",
        "café […] nobody had anywhere to sit.",
        "So much for *chairs*.",
    ]
    assert len(page.css("[id^='SIC']")) == 1


def test_a_title_cannot_break_out_of_the_running_line(pack: MakePack) -> None:
    evil = '"; } </style><script>1</script> 🥖'
    text = written(html.write, pack([], [], inquiry=evil)).decode()
    page = LexborHTMLParser(text)
    assert page.css("script") == []
    style = page.css_first("style").text()
    assert "@top-left" in style
    assert evil not in style
    assert style.count("{") == style.count("}")
