"""A pack to be set on pages."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from coder.domain.packing import PackOptions
from coder.domain.printed import KEEP, Printed
from coder.export import print_html
from tests.export.whole import LONG, basket_pack, whole_pack


def page(text: Printed) -> LexborHTMLParser:
    return LexborHTMLParser("".join(part.html for part in text.parts))


def test_a_text_holds_quotes_word_for_word_and_who_said_them() -> None:
    text = print_html.write(whole_pack())
    assert text.title == "Streets & squares – Help"
    told = page(text)
    assert [one.text() for one in told.css("blockquote")] == [
        "café closed nobody had anywhere to sit.",
        "[name] opened the {hall}.",
        "We sang <at> last.",
        "café closed nobody had anywhere to sit.",
        LONG,
    ]
    assert "Individual, Kent (SIC0003, para 7)" in told.css(".source")[1].text()
    assert "SIC0003-300000-49-28" in told.css(".source")[1].text()
    assert [one.text() for one in told.css("h2")] == [
        "Contents",
        "Who raised what",
        "Volunteering | hours",
        "Trust & <time>",
        "Sources",
        "Method",
    ]


def test_contents_ask_for_the_pages_of_headings_that_are_there() -> None:
    told = page(print_html.write(whole_pack()))
    asked = [cell.text() for cell in told.css("td") if cell.text().startswith("{page ")]
    named = {one.attributes["name"] for one in told.css("a[name]")}
    assert len(asked) == 5
    assert {one.removeprefix("{page ").removesuffix("}") for one in asked} <= named


def test_what_belongs_to_a_quote_stays_with_it() -> None:
    html = "".join(part.html for part in print_html.write(whole_pack()).parts)
    assert f'<p class="before">{KEEP}… When the' in html
    assert f'<p class="after">{KEEP}We sang' in html
    assert f'<p class="definition">{KEEP}Unpaid help.<br/>Outside the family.</p>' in html


def test_a_large_section_comes_in_parts(monkeypatch) -> None:
    monkeypatch.setattr(print_html, "_AT_ONCE", 1)
    text = print_html.write(basket_pack())
    quotes = [part for part in text.parts if "blockquote>" in part.html]
    assert len(quotes) == 2
    assert "Where to sit" in quotes[0].html
    assert "Where to sit" not in quotes[1].html
    assert "So much for *chairs*." in text.parts[3].html


def test_tables_and_charts_are_there_only_where_they_are_asked_for() -> None:
    plain = PackOptions(charts=False, tables=False, method=False, sources=False)
    told = page(print_html.write(whole_pack(plain)))
    assert len(told.css("table")) == 1  # the contents
    assert told.css("[bgcolor]") == []
