"""PDF pages become paragraphs."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.draft import Source
from coder.domain.errors import Blank, EvidenceError, Unreadable
from coder.domain.model import Style
from coder.ingest.pages.ocr import engine
from coder.ingest.pages.pdf import read_pdf
from coder.ingest.single import from_pdf

SHARED = Path(os.environ.get("EVIDENCE_SHARED", Path(__file__).parents[3].parent / "shared"))
CORPUS = SHARED / "corpus" / "pdf"


def content(lines):
    """The drawing of `(x, y, size, text)` lines; a backslash in the text is PDF's own escape."""
    return "".join(
        f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in lines
    ).encode("cp1252")


def make_pdf(*pages, annotations=b"", trailer=b""):
    """A PDF of pages, each the bytes of its drawing, in Helvetica."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, drawing in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [" + annotations + b"]"
            b" /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (5 + 2 * n)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing))
    body = b"%PDF-1.7\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\n"
        b"startxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, trailer, len(body))
    )


@pytest.fixture(autouse=True)
def without_tesseract(monkeypatch):
    """What is recognised is tested beside tesseract itself."""
    monkeypatch.setenv("PATH", "")
    engine.cache_clear()
    yield
    engine.cache_clear()


def read(data, name="letter.pdf"):
    found = read_pdf(Source(name, data=data))
    return found.text, found.paragraphs, found.problems


def texts(data):
    text, paragraphs, _ = read(data)
    return [text[p.start : p.end] for p in paragraphs]


LONG = "These are the words of a line that goes on to the right edge of"


def test_lines_join_into_paragraphs_at_gaps_and_early_ends():
    page = content(
        [
            (72, 700, 12, LONG),
            (72, 686, 12, LONG),
            (72, 672, 12, "the page."),
            (72, 658, 12, LONG),
            (72, 644, 12, "another one"),
            (72, 610, 12, "After a gap."),
        ]
    )
    assert texts(make_pdf(page)) == [
        f"{LONG} {LONG} the page.",
        f"{LONG} another one",
        "After a gap.",
    ]


def test_a_paragraph_goes_on_over_the_page():
    first = content([(72, 100, 12, LONG), (72, 86, 12, LONG)])
    second = content([(72, 700, 12, "the page."), (72, 660, 12, "Next.")])
    assert texts(make_pdf(first, second)) == [f"{LONG} {LONG} the page.", "Next."]


def test_larger_letters_make_a_heading_and_bullets_a_list():
    page = content(
        [
            (72, 700, 20, "What we saw"),
            *[(72, 670 - 14 * n, 12, LONG) for n in range(10)],
            (72, 510, 12, "\\225 First thing"),
            (72, 496, 12, "\\225 Second thing"),
        ]
    )
    text, paragraphs, _ = read(make_pdf(page))
    assert [(p.style, text[p.start : p.end][:14]) for p in paragraphs] == [
        (Style.HEADING, "What we saw"),
        (Style.BODY, LONG[:14]),
        (Style.LIST, "• First thing"),
        (Style.LIST, "• Second thing"),
    ]


def raised(number, size=6):
    """The drawing of a number above the line, to stand inside the drawing of a line."""
    return f"{number}".join((f") Tj /F1 {size} Tf 4 Ts (", ") Tj /F1 12 Tf 0 Ts ("))


def test_marks_of_notes_do_not_run_together_with_words():
    page = content([
        (72, 700, 12, f"We lost volunteers{raised(12)} in 2020, by 10{raised(2)} and COVID19."),
        (72, 660, 12, f"{raised(12)}See the annex."),
        (72, 620, 12, f"{raised(3)}2019 was better."),
    ])  # fmt: skip

    assert texts(make_pdf(page)) == [
        "We lost volunteers¹² in 2020, by 10² and COVID19.",
        "¹² See the annex.",
        "³ 2019 was better.",
    ]


def test_rows_of_a_table_stay_rows_with_tabs_between_their_cells():
    rows = [("Region", "Volunteers"), ("North", "many more"), ("South and West", "few")]
    lines = [
        (x, 700 - 14 * n, 12, cell)
        for n, row in enumerate(rows)
        for x, cell in zip((72, 300), row, strict=True)
    ]

    text, paragraphs, _ = read(make_pdf(content([*lines, (72, 658, 12, LONG)])))

    assert text.split("\n") == [
        "Region\tVolunteers",
        "North\tmany more",
        "South and West\tfew",
        LONG,
    ]
    assert [one.style for one in paragraphs] == [Style.TABLE] * 3 + [Style.BODY]


def test_a_number_before_a_paragraph_and_stretched_words_make_no_table():
    page = content([
        (72, 700, 12, "12"), (110, 700, 12, LONG),
        (110, 686, 12, "words"), (190, 686, 12, "set"), (250, 686, 12, "far"),
        (310, 686, 12, "apart"),
    ])  # fmt: skip

    assert texts(make_pdf(page)) == [f"12 {LONG} words set far apart"]


def test_a_hyphen_at_the_end_of_a_line_goes_only_where_the_word_is_known_whole():
    page = content(
        [
            (72, 700, 12, "Our community has grown and everyone says that it is a commu-"),
            (72, 686, 12, "nity of neighbours; they speak of self-isolation and of self-"),
            (72, 672, 12, "isolation, and of well-"),
            (72, 658, 12, "being too."),
        ]
    )
    assert texts(make_pdf(page)) == [
        (
            "Our community has grown and everyone says that it is a community of neighbours; "
            "they speak of self-isolation and of self-isolation, and of well-being too."
        )
    ]


def test_headers_that_repeat_are_named_once_and_page_numbers_go():
    pages = [
        content(
            [
                (72, 800, 9, "Evidence of the Lunch Club"),
                (72, 700, 12, f"Words of page {word}."),
                (290, 40, 9, str(number)),
            ]
        )
        for number, word in enumerate(["one", "two", "three", "four"], 1)
    ]
    text, paragraphs, _ = read(make_pdf(*pages))
    assert [text[p.start : p.end] for p in paragraphs] == [
        "Words of page one.",
        "Words of page two.",
        "Words of page three.",
        "Words of page four.",
        "Header or footer: Evidence of the Lunch Club",
    ]
    assert paragraphs[-1].style is Style.NOTE


def test_a_page_that_is_a_picture_is_named_and_a_blank_one_is_not():
    drawn = b"10 10 100 100 re f"
    words = content([(72, 700, 12, "Words.")])
    assert read(make_pdf(words, drawn, b""))[2] == (
        "Page 2 holds no text and needs OCR, for which tesseract is not installed here.",
    )
    assert read(make_pdf(words, drawn, drawn, words, drawn))[2] == (
        "Pages 2–3, 5 hold no text and need OCR, for which tesseract is not installed here.",
    )


def test_a_pdf_of_pictures_is_kept_as_a_document_without_text():
    draft = from_pdf(Source("scan.pdf", data=make_pdf(b"10 10 100 100 re f")))

    assert draft.documents[0].text == ""
    assert "needs OCR" in draft.documents[0].problems[0]
    assert not draft.documents[0].machine


def test_a_pdf_of_blank_pages_says_nothing():
    with pytest.raises(Blank, match=r"“scan\.pdf”"):
        from_pdf(Source("scan.pdf", data=make_pdf(b"")))


def test_paragraphs_without_numbers_of_their_own_keep_their_pages():
    page = content([(72, 700, 12, "Words of a page."), (72, 600, 12, "More words.")])
    numbered = content([(72, 700 - 50 * n, 12, f"{n}. Words.") for n in range(1, 6)])

    plain, own = (read(make_pdf(one, one))[1] for one in (page, numbered))

    assert [(p.number, p.page) for p in plain] == [("1", 1), ("2", 1), ("3", 2), ("4", 2)]
    assert {p.page for p in own} == {0}


def test_filled_in_fields_and_comments_follow_the_text():
    annotations = (
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (Name) /V (Lunch Club) /Rect [0 0 9 9] >>"
        b"<< /Type /Annot /Subtype /Text /Contents (Please call) /Rect [0 0 9 9] >>"
    )
    data = make_pdf(content([(72, 700, 12, "Form")]), annotations=annotations)
    assert texts(data) == ["Form", "Name: Lunch Club", "Comment: Please call"]


def test_a_password_is_named_as_the_reason():
    key = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (
        b"11" * 32,
        b"22" * 32,
    )
    data = make_pdf(content([(72, 700, 12, "x")]), trailer=key + b" /ID [<00> <00>]")
    with pytest.raises(Unreadable, match=r"“locked\.pdf” is protected by a password"):
        read(data, "locked.pdf")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nnothing", b"<html>"])
def test_what_is_no_pdf_is_refused_by_name(data):
    with pytest.raises(Unreadable, match=r"“letter\.pdf” is damaged"):
        read(data)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damage_is_told_or_read_past_and_paragraphs_stay_inside_the_text(data):
    whole = make_pdf(content([(72, 700 - 14 * n, 12, LONG) for n in range(4)]))
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    try:
        text, paragraphs, _ = read(whole[:start] + data.draw(st.binary(max_size=40)) + whole[end:])
    except EvidenceError:
        return
    assert all(0 <= p.start < p.end <= len(text) for p in paragraphs)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared files are not here")
def test_a_document_with_junk_around_its_objects_is_read():
    text = read_pdf(Source.of(CORPUS / "openpreserve__073439.pdf")).text
    assert "AC7SPK" in text
