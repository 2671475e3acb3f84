"""Word files from before 2007 are read, with LibreOffice and without it."""

from __future__ import annotations

import struct
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.draft import Draft, DraftDocument, Source
from coder.domain.errors import EvidenceError, Unreadable
from coder.domain.model import Style
from coder.ingest.old_word import office
from coder.ingest.registry import read
from coder.ingest.safe import attempt
from tests.ingest.old_word.doc_writer import old_word, places, word_6
from tests.ingest.ole_writer import compound

HIDDEN, DELETED, HEADING = b"\x3c\x08\x01", b"\x00\x08\x81", b"\x02\0"
IN_TABLE, ROW_END, LISTED = b"\x16\x24\x01", b"\x17\x24\x01", b"\x0b\x46\x01\0"
PLAIN = b"\0\0"
NUMBERED_STYLE = {1: b"\2\0\0\0" + b"\x08\0" + b"\0\0\xf1\xff" + LISTED}
"""A style sheet whose first style numbers its paragraphs."""

needs_office = pytest.mark.skipif(not office.program(), reason="LibreOffice is not installed")


@pytest.fixture
def without_office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine on which LibreOffice cannot be found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_ELSEWHERE", ())


def read_file(data: bytes) -> DraftDocument:
    draft = read(Source("evidence.doc", data=data))
    assert isinstance(draft, Draft)
    (document,) = draft.documents
    return document


def styles(document: DraftDocument) -> list[tuple[str, Style]]:
    return [(document.text[p.start : p.end], p.style) for p in document.paragraphs]


@pytest.mark.parametrize("chunks", [(), (4,), (3, 9, 14)])
def test_the_text_is_put_together_from_its_pieces(chunks: tuple[int, ...]) -> None:
    document = read_file(old_word("We met – often\rin the “hall”.\r", chunks=chunks))

    assert document.text == "We met – often\nin the “hall”."
    assert document.problems == ()


def test_characters_of_two_units_stay_one() -> None:
    assert read_file(old_word("We 🎈 met.\r")).text == "We 🎈 met."


def test_special_characters_are_those_a_reader_sees() -> None:
    document = read_file(old_word("a\x0bb\x1ec\x1fd\x0ce\xa0f\r"))

    assert document.text == "a\nb\N{NON-BREAKING HYPHEN}c\N{SOFT HYPHEN}d\ne\xa0f"
    assert len(document.paragraphs) == 2


def test_fields_show_their_results_and_not_their_codes() -> None:
    body = '\x13 HYPERLINK "x" \x14our \x13 REF y \x14own\x15 page\x15 and \x13 TOC \x15more\x15\r'

    assert read_file(old_word(body)).text == "our own page and more"


def test_a_field_that_never_ends_hides_nothing() -> None:
    assert read_file(old_word("before \x13 after\r")).text == "before  after"


def test_hidden_and_deleted_text_is_left_out() -> None:
    runs = [(3, b""), (6, HIDDEN), (9, b""), (12, DELETED), (16, b"")]

    assert read_file(old_word("aaabbbcccdddeee\r", runs=runs)).text == "aaaccceee"


def test_symbols_are_those_that_their_fonts_show() -> None:
    font = bytes([39 + 2 * len("Wingdings\0")]) + bytes(39) + "Wingdings\0".encode("utf-16-le")
    ticked = b"\x09\x6a\x00\x00\xfe\xf0"
    runs = [(1, ticked), (4, b""), (5, b"\x4f\x4a\x00\x00"), (8, b"")]

    document = read_file(old_word("( (y\uf0a8 n\r", {15: b"\1\0\0\0" + font}, runs=runs))

    assert document.text == "☑ (y◻ n"


def test_headings_have_their_style() -> None:
    document = read_file(old_word("Title\rBody\r", paragraphs=[(6, HEADING), (11, PLAIN)]))

    assert styles(document) == [("Title", Style.HEADING), ("Body", Style.BODY)]


def test_rows_of_tables_are_paragraphs_with_tabs() -> None:
    body = "a\x07b\rc\x07\x07d\x07e\x07\x07after\r"
    row = PLAIN + IN_TABLE
    ends = PLAIN + IN_TABLE + ROW_END
    looks = [(6, row), (7, ends), (11, row), (12, ends), (18, PLAIN)]

    assert styles(read_file(old_word(body, paragraphs=looks))) == [
        ("a\tb c", Style.TABLE),
        ("d\te", Style.TABLE),
        ("after", Style.BODY),
    ]


def test_notes_comments_boxes_and_headers_follow_the_text() -> None:
    author = struct.pack("<H", 8) + "Ann Bell".encode("utf-16-le")
    stories = {
        "body": "One\x02 two\x02 three\x05.\r",
        "footnotes": "\x02 Foot.\r\r",
        "headers": "\rEvidence of Ann\r\r",
        "comments": "\x05Really?\r\r",
        "endnotes": "\x02 End.\r\r",
        "boxes": "Boxed.\r\r",
    }
    tables = {
        2: places(8, 17, entries=bytes(2)),
        3: places(0, 8, 9),
        46: places(3, 17, entries=bytes(2)),
        47: places(0, 7, 8),
        4: places(15, 17, entries=bytes(30)),
        5: places(0, 9, 10),
        36: author,
        11: places(0, 0, 0, 0, 0, 0, 1, 1, 17, 18),
    }

    document = read_file(old_word(stories, tables))

    assert document.text.split("\n") == [
        "One¹ two² three.",
        "¹ End.",
        "² Foot.",
        "Comment (Ann Bell): Really?",
        "Text box: Boxed.",
        "Header: Evidence of Ann",
    ]
    assert [p.style for p in document.paragraphs][1:] == [Style.NOTE] * 5


@pytest.mark.usefixtures("without_office")
def test_numbers_that_only_word_makes_are_named_as_missing() -> None:
    of_itself = read_file(old_word("One\r", paragraphs=[(4, PLAIN + LISTED)]))
    by_its_style = read_file(old_word("One\r", NUMBERED_STYLE, paragraphs=[(4, PLAIN)]))

    assert styles(of_itself) == styles(by_its_style) == [("One", Style.LIST)]
    assert "LibreOffice" in of_itself.problems[0]
    assert by_its_style.problems == of_itself.problems


@pytest.mark.parametrize(
    ("words", "codec", "language"),
    [("Nous étions là – souvent", "cp1252", 1036), ("Мы встречаемся часто", "cp1251", 1049)],
)
@pytest.mark.usefixtures("without_office")
def test_word_6_is_read_in_the_page_of_its_language(words: str, codec: str, language: int) -> None:
    assert read_file(word_6(f"{words}\rEnd\r", codec, language)).text == f"{words}\nEnd"


def test_a_locked_file_says_what_to_do() -> None:
    with pytest.raises(Unreadable) as caught:
        read_file(old_word("Secret\r", flags=0x0100))

    assert "locked with a password" in caught.value.what
    assert "without a password" in caught.value.remedy


@pytest.mark.usefixtures("without_office")
def test_text_that_is_missing_is_said_to_be() -> None:
    data = bytearray(old_word("We met.\r" * 700))
    sector_20_of_the_text = data.index(struct.pack("<4I", 18, 19, 20, 21)) + 12
    data[sector_20_of_the_text : sector_20_of_the_text + 4] = b"\xf0\xff\xff\xff"

    document = read_file(bytes(data))

    assert document.text.startswith("We met.\nWe met.")
    assert any("damaged" in problem for problem in document.problems)


@pytest.mark.usefixtures("without_office")
def test_a_file_without_a_table_of_pieces_is_named() -> None:
    with pytest.raises(Unreadable, match="its text cannot be found"):
        read_file(compound({"WordDocument": bytes(600), "0Table": b""}))


@pytest.mark.usefixtures("without_office")
def test_files_of_word_2_and_of_dos_say_what_to_do() -> None:
    for start in (b"\xdb\xa5\x2d\0", b"\x31\xbe\0\0"):
        with pytest.raises(Unreadable, match="older than Word 6"):
            read_file(start + bytes(600))


@needs_office
def test_libreoffice_shows_what_our_own_reader_shows() -> None:
    data = old_word("We met often\rin the hall.\r", paragraphs=[(26, PLAIN + LISTED)])

    assert read_file(data).text == "We met often\nin the hall."


@needs_office
def test_a_word_document_saved_as_xml_is_read_through_libreoffice() -> None:
    space = "http://schemas.microsoft.com/office/word/2003/wordml"
    xml = (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
        f'<w:wordDocument xmlns:w="{space}"><w:body><w:p><w:r><w:t>We met.</w:t></w:r></w:p>'
        "</w:body></w:wordDocument>"
    )

    draft = read(Source("evidence.xml", data=xml.encode()))

    assert isinstance(draft, Draft)
    assert draft.documents[0].text == "We met."


@pytest.mark.usefixtures("without_office")
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_hostile_bytes_end_in_a_draft_or_a_known_error(data: st.DataObject) -> None:
    looks = [(6, HEADING), (11, PLAIN + IN_TABLE)]
    tables = {2: places(3, 11, entries=bytes(2)), 3: places(0, 4, 5), **NUMBERED_STYLE}
    stories = {"body": "Ti\x02le\rBo\x13dy\r", "footnotes": "\x02 F\r\r"}
    whole = bytearray(old_word(stories, tables, paragraphs=looks, runs=[(11, HIDDEN)]))
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(8, len(whole) - 1))] = data.draw(st.integers(0, 255))

    outcome = attempt(Source("evidence.doc", data=bytes(whole)))

    assert isinstance(outcome, Draft | EvidenceError)


@pytest.mark.usefixtures("without_office")
def test_every_real_file_is_read_without_libreoffice_or_named(corpus: Path) -> None:
    words: Counter[str] = Counter()
    for path in sorted((corpus / "doc").iterdir()):
        outcome = attempt(Source.of(path))
        if isinstance(outcome, Draft):
            words[path.name] = len(outcome.documents[0].text.split())
        else:
            assert path.name in outcome.what

    assert len(words) >= 24
    assert words["apache__53446.doc"] > 2_400


@needs_office
def test_real_files_with_lists_get_their_numbers_from_libreoffice(corpus: Path) -> None:
    draft = read(Source.of(corpus / "doc" / "apache__simple-list.doc"))

    assert isinstance(draft, Draft)
    assert any(
        text.startswith(("1.\t", "1)\t", "1\t")) for text, _ in styles(draft.documents[0])
    ), draft.documents[0].text
