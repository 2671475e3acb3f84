"""Plain text comes in whole, in whatever encoding, and falls into paragraphs a person would see."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.model import Style
from coder.ingest.text import decode, read_markdown, read_text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("£5 – “ok”".encode(), "£5 – “ok”"),
        (codecs.BOM_UTF8 + "é".encode(), "é"),
        ("£5 – “ok”".encode("cp1252"), "£5 – “ok”"),
        ("é\n".encode("utf-16"), "é\n"),
        (codecs.BOM_UTF16_BE + "é".encode("utf-16-be"), "é"),
        (codecs.BOM_UTF32_LE + "é".encode("utf-32-le"), "é"),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"caf\xe9 \x81", "café \x81"),
        (b"", ""),
    ],
)
def test_encodings_are_told_by_mark_then_utf_8_then_windows(data: bytes, text: str) -> None:
    assert decode(data) == text


@given(st.binary())
def test_any_bytes_decode_and_no_carriage_return_is_left(data: bytes) -> None:
    assert "\r" not in decode(data)


@given(st.text())
def test_what_is_written_in_utf_8_is_read_back(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")

    if not data.startswith(b"\xef\xbb\xbf") and not any("\ud800" <= c <= "\udfff" for c in text):
        assert decode(data) == text.replace("\r\n", "\n").replace("\r", "\n")


@given(st.text(st.sampled_from("ab1.#->* \n\té\U0001f600"), max_size=200))
def test_no_visible_character_is_lost(written: str) -> None:
    text, paragraphs = read_text(written)

    assert text.split() == written.split()
    assert "\n".join(text[one.start : one.end] for one in paragraphs) == text


def paragraphs_of(written: str) -> list[str]:
    text, paragraphs = read_text(written)
    return [text[one.start : one.end] for one in paragraphs]


def test_blank_lines_part_paragraphs_and_wrapped_lines_stay_together() -> None:
    assert paragraphs_of("One line\nand its end.\n\n\nTwo.\n") == ["One line\nand its end.", "Two."]


def test_without_blank_lines_every_line_is_a_paragraph() -> None:
    assert paragraphs_of("One.\nTwo.\n") == ["One.", "Two."]


def test_lines_longer_than_wrapped_ones_are_paragraphs_of_their_own() -> None:
    long = "a long paragraph on one line " * 8

    assert paragraphs_of(f"Title\n\n{long}\nAnother.") == ["Title", long, "Another."]


def test_items_and_quotes_in_a_block_stand_for_themselves() -> None:
    written = "We ask:\n- first\n  goes on\n- second\n\n1. one\n2. two\n> said before\nsaid now"
    text, paragraphs = read_text(written)

    assert [(text[one.start : one.end], one.style) for one in paragraphs] == [
        ("We ask:", Style.BODY),
        ("- first\n  goes on", Style.LIST),
        ("- second", Style.LIST),
        ("1. one", Style.LIST),
        ("2. two", Style.LIST),
        ("> said before", Style.REPLY),
        ("said now", Style.BODY),
    ]


def test_numbered_paragraphs_keep_the_numbers_of_the_submitter() -> None:
    _, paragraphs = read_text("1. We ran it.\n\n2. It helped.\n\nAnd more.\n\n3. It ended.")

    assert [one.number for one in paragraphs] == ["1", "2", "2", "3"]


def test_markdown_headings_lose_their_marks_and_nothing_else_changes() -> None:
    text, paragraphs = read_markdown(
        "# Title\nBody with **bold**.\n\nUnder\n-----\n\n* item\n\n> quoted\n\n#hashtag"
    )

    assert [(text[one.start : one.end], one.style) for one in paragraphs] == [
        ("Title", Style.HEADING),
        ("Body with **bold**.", Style.BODY),
        ("Under", Style.HEADING),
        ("* item", Style.LIST),
        ("> quoted", Style.REPLY),
        ("#hashtag", Style.BODY),
    ]


def test_hashes_inside_a_code_block_are_no_headings() -> None:
    text, paragraphs = read_markdown("```\n# a comment\n```")

    assert [one.style for one in paragraphs] == [Style.BODY]
    assert text == "```\n# a comment\n```"
