"""Paragraphs are numbered by the submitter's own numbers where there are any, else counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.model import Paragraph, Style
from coder.domain.paragraphs import index_at, lay_out, numbers_of, pages_of

TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("ab \r\n🎉e\u0301אب"))
)


def numbers(*parts: str | tuple[str, Style]) -> list[str]:
    laid = lay_out((part, Style.BODY) if isinstance(part, str) else part for part in parts)
    return [paragraph.number for paragraph in laid[1]]


@given(st.lists(st.tuples(TEXTS, st.sampled_from(Style))))
def test_every_paragraph_is_its_part_of_the_text(parts: list[tuple[str, Style]]) -> None:
    text, paragraphs = lay_out(parts)

    wanted = [(part.rstrip("\r\n"), style) for part, style in parts if part.strip()]
    assert [(text[p.start : p.end], p.style) for p in paragraphs] == wanted
    assert text == "\n".join(part for part, _ in wanted)


@given(st.lists(TEXTS), st.data())
def test_any_place_belongs_to_the_paragraph_around_it(
    parts: list[str], data: st.DataObject
) -> None:
    text, paragraphs = lay_out((part, Style.BODY) for part in parts)
    place = data.draw(st.integers(0, len(text)))

    index = index_at(paragraphs, place)

    assert index == max((i for i, p in enumerate(paragraphs) if p.start <= place), default=-1)


def test_without_own_numbers_paragraphs_are_counted() -> None:
    assert numbers("We meet.", "We eat.", "We sing.") == ["1", "2", "3"]


def test_headings_and_notes_are_not_counted() -> None:
    parts = [("Summary", Style.HEADING), "We meet.", ("A note", Style.NOTE), ("Row", Style.TABLE)]

    assert numbers(*parts) == ["", "1", "", "2"]


@pytest.mark.parametrize("form", ["{}. We", "({}) We", "{}) We", "[{}] We", "{}\tWe", "{}  We"])
def test_own_numbers_are_taken_in_every_usual_form(form: str) -> None:
    assert numbers("Dear all", *(form.format(n) for n in (1, 2, 3))) == ["", "1", "2", "3"]


def test_a_paragraph_without_a_number_belongs_to_the_one_before() -> None:
    assert numbers("1. We", "2. They", "and more", "3. All") == ["1", "2", "2", "3"]


def test_own_numbers_may_be_decimal_and_go_down_and_up_again() -> None:
    own = ["1", "1.1", "1.2", "1.2.1", "1.3", "2", "2.1", "10"]
    assert numbers(*(f"{n}. We" for n in own[:-1])) == own[:-1]


def test_own_numbers_may_begin_again_under_a_heading() -> None:
    first, second = ("About us", Style.HEADING), ("What we ask", Style.HEADING)

    assert numbers(first, "1. a", "2. b", second, "preamble", "1. c", "2. d") == [
        "", "1", "2", "", "", "1", "2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "parts",
    [
        ("2020 was hard.", "2021 was harder.", "2022 was better."),
        ("1. once", "2. twice", "and no more"),
        ("12 people came.", "13 people stayed.", "14 left."),
        ("3.5 miles to the bus.", "3.6 miles back.", "3.7 in snow."),
        ("7. seven", "31. thirty-one", "4. four", "15. fifteen"),
        ("18.9.2020 we met.", "19.9.2020 again.", "20.9.2020 too."),
    ],
    ids=["years", "too-few", "amounts", "distances", "in-no-order", "dates"],
)
def test_figures_that_happen_to_stand_first_are_not_numbers(parts: tuple[str, ...]) -> None:
    assert numbers(*parts) == [str(n + 1) for n in range(len(parts))]


PARAGRAPHS = (
    Paragraph("", 0, 5, Style.HEADING),
    Paragraph("7", 6, 10),
    Paragraph("8", 11, 20),
    Paragraph("", 21, 30, Style.HEADING),
    Paragraph("9", 31, 40),
)


@pytest.mark.parametrize(
    ("start", "end", "cited"),
    [
        (6, 10, "7"),
        (6, 11, "7"),
        (7, 12, "7–8"),
        (12, 35, "8–9"),
        (0, 4, ""),
        (0, 8, "7"),
        (22, 24, ""),
        (15, 25, "8"),
    ],
)
def test_a_citation_gives_the_numbers_of_what_it_covers(start: int, end: int, cited: str) -> None:
    assert numbers_of(PARAGRAPHS, start, end) == cited


def test_a_text_without_paragraphs_has_no_numbers() -> None:
    assert numbers_of((), 0, 5) == ""


def test_a_short_list_does_not_number_the_whole_letter() -> None:
    points = [(f"{n}. A point.", Style.LIST) for n in (1, 2, 3)]
    letter = [(f"A paragraph about {n}.", Style.BODY) for n in range(24)]
    _, paragraphs = lay_out([("Dear all,", Style.BODY), *points, *letter])
    assert [p.number for p in paragraphs] == [str(n) for n in range(1, 29)]


def test_numbered_paragraphs_may_each_have_several_unnumbered_ones() -> None:
    parts = [
        part
        for n in (1, 2, 3)
        for part in [(f"{n}. It begins.", Style.BODY), *[("It goes on.", Style.BODY)] * 3]
    ]
    _, paragraphs = lay_out(parts)
    assert [p.number for p in paragraphs] == [str(n) for n in (1, 2, 3) for _ in range(4)]


def test_what_a_mail_carries_along_does_not_hide_the_submitters_numbers() -> None:
    own = [(f"{n}. We ask.", Style.BODY) for n in (1, 2, 3)]
    signed = [("Ann", Style.SIGNATURE), ("Do not click", Style.DISCLAIMER)]
    earlier = [(f"> line {n}", Style.REPLY) for n in range(20)]

    _, paragraphs = lay_out([*own, *signed, *earlier])

    assert [p.number for p in paragraphs] == ["1", "2", "3", *[""] * 22]


def test_signatures_keep_counted_numbers_where_paragraphs_are_counted() -> None:
    assert numbers("We meet.", ("Ann", Style.SIGNATURE), ("> Hi", Style.REPLY)) == ["1", "2", "3"]


def test_paragraphs_are_cited_by_their_pages_where_they_have_no_numbers_of_their_own() -> None:
    parts = [("We meet.", Style.BODY), (" ", Style.BODY), ("We eat.", Style.BODY)]

    text, paragraphs = lay_out([*parts, ("A comment.", Style.NOTE)], [3, 3, 4])

    assert [p.page for p in paragraphs] == [3, 4, 0]
    assert pages_of(paragraphs, 0, 2) == "3"
    assert pages_of(paragraphs, 0, len(text)) == "3–4"
    assert pages_of(paragraphs, len(text) - 1, len(text)) == ""


def test_paragraphs_with_numbers_of_their_own_are_not_cited_by_page() -> None:
    _, paragraphs = lay_out([(f"{n}. We ask.", Style.BODY) for n in (1, 2, 3)], [1, 1, 2])

    assert [(p.number, p.page) for p in paragraphs] == [("1", 0), ("2", 0), ("3", 0)]
