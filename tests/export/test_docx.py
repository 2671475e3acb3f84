"""The Word file: verbatim, valid, and found again by any program that reads Word."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coder.domain.baskets import BasketItem, ItemKind
from coder.domain.model import Permission, RespondentType, Submission
from coder.domain.packing import Citing, PackOptions
from coder.domain.quote_id import QuoteId
from coder.domain.quotes import Quote
from coder.export import docx
from coder.export.counting import Evidence
from coder.export.outline import Pack, compose
from coder.export.selection import Selection
from coder.export.wording import printable
from tests.export.conftest import CREATED, THEMES, written
from tests.export.wordfile import W, every_part, quoted, refuse_disorder, words_of

MakeQuote = Callable[..., Quote]
MakeSubmission = Callable[..., Submission]
MakePack = Callable[..., Pack]


@pytest.fixture
def full(quote: MakeQuote, submission: MakeSubmission, pack: MakePack) -> Pack:
    """A pack with everything in it that a pack can hold."""
    of = [
        submission(1),
        submission(2, permission=Permission.ANONYMOUS, region="Kent"),
        submission(3, permission=Permission.WITHHELD),
        *(submission(n, type=RespondentType.COUNCIL) for n in range(4, 14)),
    ]
    quotes = [
        quote(of[0], "One\n\ttwo & <three> 🥖"),
        quote(of[0], "قالت جارتي (2020).", code_id="t2"),
        quote(of[1], "She said שלום to Walsall Food Bank.", machine_draft=True, time_ms=134000),
        quote(of[2]),
    ]
    said = [(one.id, "t1") for one in of[:8]] + [(one.id, "t3") for one in of[8:]]
    texts = {one.document_id: f"Before it. {one.quote} After it." for one in quotes}
    return pack(quotes, of, "Help & trust", texts=texts, evidence=Evidence(said))


def optioned(pack: Pack, **options: Any) -> Pack:
    """The same pack under other options."""
    return replace(pack, options=PackOptions(**options))


def lines(data: bytes) -> list[tuple[str, str]]:
    """The style and the words of each paragraph outside tables."""
    document = Document(io.BytesIO(data))
    names = {style.style_id: style.name for style in document.styles}
    return [
        (names[one.find(f".//{W}pStyle").get(f"{W}val")], words_of(one))
        for one in document.element.body.iterchildren(f"{W}p")
    ]


@settings(max_examples=60)
@given(words=st.text(st.characters(), min_size=1), citing=st.sampled_from(Citing))
@example("\n\na\r\n\tb\x00\x1b\ud800\ufffe\u2028 c \n", Citing.FOOTNOTES)
@example("She said שלום twice: שלום, 12.", Citing.TEXT)
@example("قالت hello جارتي", Citing.ENDNOTES)
def test_quotes_read_back_word_for_word(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack, words: str, citing: Citing
) -> None:
    of = submission()
    one = quote(of, words)
    made = optioned(pack([one], [of]), citing=citing)
    said = printable(words).replace("\r\n", "\n").replace("\r", "\n")
    assert quoted(written(docx.write, made)) == [(str(one.key), said)]


def test_a_pack_in_full(full: Pack) -> None:
    data = written(docx.write, full)
    assert lines(data)[:24] == [
        ("Kicker", "Quote pack"),
        ("Title", "Social infrastructure"),
        ("Subtitle", "Help & trust"),
        ("Pack Summary", "22 November 2020  ·  3 quotes from 2 submissions"),
        ("Pack Note", "1 passage from 1 submission is left out: 1 withheld."),
        ("Pack Note", full.notes()[1]),
        ("Pack Note", full.notes()[2]),
        ("TOC Heading", "Contents"),
        ("toc 1", "Volunteering (3 quotes)"),
        ("toc 2", "First-time volunteers (1 quote)"),
        ("toc 1", "Who said what"),
        ("toc 1", "Sources"),
        ("toc 1", "Method"),
        ("Heading 1", "Volunteering"),
        ("Definition", "Unpaid help outside the family."),
        (
            "Count",
            "Most:  raised by 8 of the 13 submissions that were coded: 5 councils, 3 charities.",
        ),
        ("Held", "By region, where known: Kent 1."),
        ("Figure", ""),
        ("Caption", "Dark: raised it. Pale: all that were coded."),
        ("Held", "Quoted here: 3 quotes from 2 submissions."),
        ("Quote", "One\n\ttwo & <three> 🥖"),
        ("Attribution", "— Walsall Food Bank (SIC0001, para 7)"),
        ("Quote", "She said שלום to [name]."),
        (
            "Attribution",
            f"— {full.sources[1].attribution} (SIC0002, para 7)  ·  unchecked machine transcript",
        ),
    ]
    assert ("Quote from Right", "قالت جارتي (2020).") in lines(data)
    document = Document(io.BytesIO(data))
    header = document.sections[0].header.paragraphs[0].text
    assert header == "Social infrastructure – Help & trust"


def test_tables_say_who_is_quoted_where_and_how_all_was_counted(full: Pack) -> None:
    voices, sources, received, types = (
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in Document(io.BytesIO(written(docx.write, full))).tables
    )
    anonymous = full.sources[1].attribution
    assert voices == [
        ["Reference", "Source", "Quotes"],
        ["Volunteering"] * 3,
        ["SIC0001", "Walsall Food Bank", "1"],
        ["SIC0002", anonymous, "1"],
        ["Volunteering / First-time volunteers"] * 3,
        ["SIC0001", "Walsall Food Bank", "1"],
    ]
    assert sources[1][:2] == ["SIC0001", "Walsall Food Bank"]
    assert sources[2] == ["SIC0002", anonymous, "Charity or community group", "18 September 2020"]
    assert received[-1] == ["Received", "13", "0", "13"]
    assert types[-1] == ["Received", "13"]


@pytest.mark.parametrize("citing", Citing)
def test_word_accepts_the_order_of_everything(full: Pack, citing: Citing) -> None:
    refuse_disorder(written(docx.write, optioned(full, citing=citing)))


@pytest.mark.parametrize("citing", Citing)
def test_ids_names_and_links_agree(full: Pack, citing: Citing) -> None:
    every = every_part(written(docx.write, optioned(full, citing=citing)))
    root, styles = every["word/document.xml"], every["word/styles.xml"]
    marks = list(root.iter(f"{W}bookmarkStart"))
    for attribute in (f"{W}id", f"{W}name"):
        values = [mark.get(attribute) for mark in marks]
        assert len(values) == len(set(values))
    names = {mark.get(f"{W}name") for mark in marks}
    assert all(re.fullmatch(r"[a-z]\w{0,39}", name) for name in names)
    assert {link.get(f"{W}anchor") for link in root.iter(f"{W}hyperlink")} <= names
    known = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    for part in (root, *(tree for name, tree in every.items() if "notes" in name)):
        for kind in ("pStyle", "rStyle", "tblStyle"):
            assert {use.get(f"{W}val") for use in part.iter(f"{W}{kind}")} <= known
    for kind in ("basedOn", "next"):
        assert {use.get(f"{W}val") for use in styles.iter(f"{W}{kind}")} <= known


def test_the_tag_and_the_bookmark_of_a_quote_are_its_id(full: Pack) -> None:
    root = every_part(written(docx.write, full))["word/document.xml"]
    tags = [one.get(f"{W}val") for one in root.iter(f"{W}tag")]
    marks = [one.get(f"{W}name") for one in root.iter(f"{W}bookmarkStart")]
    places = {str(QuoteId.parse(tag)) for tag in tags}
    assert places == {quote.id for quote in full.selection.quotes}
    assert {str(QuoteId.parse(mark)) for mark in marks if mark.startswith("q_")} == places
    numbers = [one.get(f"{W}val") for one in root.iter(f"{W}id")]
    assert len(numbers) == len(set(numbers)) == 3


def test_the_same_words_under_two_codes_have_one_bookmark(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    of = submission()
    one = quote(of)
    data = written(docx.write, pack([one, replace(one, id="x", code_id="t3", code="Trust")], [of]))
    root = every_part(data)["word/document.xml"]
    assert len(quoted(data)) == 2
    names = [one.get(f"{W}name") for one in root.iter(f"{W}bookmarkStart")]
    assert sum(name.startswith("q_") for name in names) == 1


@pytest.mark.parametrize(
    ("citing", "kind"), [(Citing.FOOTNOTES, "footnote"), (Citing.ENDNOTES, "endnote")]
)
def test_notes_come_in_the_order_of_the_quotes(full: Pack, citing: Citing, kind: str) -> None:
    data = written(docx.write, optioned(full, citing=citing))
    every = every_part(data)
    references = [
        one.get(f"{W}id") for one in every["word/document.xml"].iter(f"{W}{kind}Reference")
    ]
    notes = {
        one.get(f"{W}id"): words_of(one)
        for one in every[f"word/pack{kind}s.xml"]
        if one.get(f"{W}type") is None
    }
    assert references == list(notes) == ["1", "2", "3"]
    assert [notes[one].strip() for one in references] == [
        "SIC0001, para 7",
        "SIC0002, para 7",
        "SIC0001, para 7",
    ]
    assert ("Attribution", "— Walsall Food Bank") in lines(data)
    settings_ = every["word/settings.xml"].find(f"{W}{kind}Pr")
    assert [one.get(f"{W}id") for one in settings_.iter(f"{W}{kind}")] == ["-1", "0"]


def test_words_around_a_quote_stand_beside_it(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    of = submission(1, permission=Permission.ANONYMOUS, organisation="", respondent="Gwen Ode")
    text = "As Gwen Ode said\nbefore: The bus is gone. Then Gwen left."
    start = text.index("The")
    one = quote(of, "The bus is gone.", start=start, end=start + 16, document_id="d")
    made = pack([one], [of], texts={"d": text}, options=PackOptions(context=500))
    assert lines(written(docx.write, made))[7:11] == [
        ("Context", "… As [name] said before:"),
        ("Quote", "The bus is gone."),
        ("Context", "Then [name] left. …"),
        ("Attribution", f"— {made.sources[0].attribution} (SIC0001, para 7)"),
    ]


def test_a_chart_says_in_words_what_it_shows(full: Pack) -> None:
    every = every_part(written(docx.write, full))
    [told] = {one.get("descr") for one in every["word/document.xml"].iter("{*}docPr")}
    assert told == (
        "Bar chart of who raised “Volunteering”, by type of respondent:"
        " Councils 5 of 10, Charities 3 of 3."
    )
    assert every["word/media/pack1.png"].startswith(b"\x89PNG")


def test_what_is_not_wanted_is_not_there(full: Pack) -> None:
    bare = replace(optioned(full, charts=False, tables=False), method=None, sources=())
    data = written(docx.write, bare)
    said = [words for _, words in lines(data)]
    assert Document(io.BytesIO(data)).tables == []
    assert not any(name.endswith(".png") for name in every_part(data))
    assert not {"Who said what", "Sources", "Method"} & set(said)


def test_a_basket_comes_in_its_own_order_with_the_writers_words(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    hidden = submission(2, permission=Permission.ANONYMOUS, respondent="Gwen Ode")
    of = [submission(1), hidden]
    one, two = quote(of[0], "First words of it", omitted=((6, 12),), start=0, end=17), quote(of[1])

    def item(kind: ItemKind, text: str = "", of: Quote | None = None) -> BasketItem:
        where = (of.document_id, of.start, of.end, of.quote, of.omitted, of.code_id) if of else ()
        return BasketItem("i", "b", kind, "c", "", 0.0, *where, **({} if of else {"text": text}))

    basket = [
        item(ItemKind.QUOTE, of=two),
        item(ItemKind.HEADING, "Buses, as Gwen Ode told"),
        item(ItemKind.TEXT, "Many spoke of Gwen."),
        item(ItemKind.QUOTE, of=one),
        item(ItemKind.TEXT, "And so on."),
    ]
    selection = pack([two, one], of).selection
    made = compose("Inquiry", selection, THEMES, of, CREATED, basket=basket)
    said = lines(written(docx.write, made))
    assert [words for style, words in said if style in ("Heading 1", "Normal", "Quote")][:6] == [
        "Quotes",
        "We open on Tuesdays.",
        "Buses, as [name] told",
        "Many spoke of [name].",
        "First […] of it",
        "And so on.",
    ]


def test_text_from_right_to_left_is_marked_so(full: Pack) -> None:
    root = every_part(written(docx.write, full))["word/document.xml"]
    leftward = [
        "".join(run.itertext())
        for run in root.iter(f"{W}r")
        if run.find(f"{W}rPr/{W}rtl") is not None
    ]
    assert leftward == ["שלום", "قالت جارتي (2020)."]


def test_the_file_says_its_title_and_names_nobody(full: Pack) -> None:
    data = written(docx.write, full)
    properties = Document(io.BytesIO(data)).core_properties
    assert properties.title == "Social infrastructure – Help & trust"
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created.date() == full.created
    assert sorted(name for name in every_part(data) if name.startswith("docProps")) == [
        "docProps/app.xml",
        "docProps/core.xml",
    ]


def test_a_pack_without_quotes_says_so(pack: MakePack) -> None:
    data = written(docx.write, pack([], []))
    assert lines(data)[-1][1] == "22 November 2020  ·  There is nothing to quote here yet."
    assert Document(io.BytesIO(data)).tables == []


def test_titles_of_any_length_and_kind_are_taken(pack: MakePack) -> None:
    data = written(docx.write, pack([], [], "\x00<&>" + "long " * 99))
    assert len(Document(io.BytesIO(data)).core_properties.title) == 255


def test_five_thousand_quotes_stand_in_order(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    of = [submission(number) for number in range(1, 101)]
    quotes = [quote(of[n % 100], f"Passage {n}", code_id=f"t{1 + n % 3}") for n in range(5000)]

    found = quoted(written(docx.write, pack(quotes, of)))

    ordered = sorted(quotes, key=lambda one: one.code_id)
    assert found == [(str(one.key), one.quote) for one in ordered]


def test_it_is_the_same_bytes_each_time(full: Pack) -> None:
    assert written(docx.write, full) == written(docx.write, full)


def test_a_selection_may_be_any_sequence(full: Pack) -> None:
    again = replace(full, selection=Selection(list(full.selection.quotes), full.selection.left_out))
    assert written(docx.write, again) == written(docx.write, full)
