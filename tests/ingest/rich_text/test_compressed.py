"""Bodies kept as compressed RTF are unpacked, and what they wrap comes out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.ingest.rich_text.compressed import decompress, unwrapped

HELLO = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af320"
    "68656c090020627705b06c647d0a800fa0"
)  # fmt: skip
"""The example of [MS-OXRTFCP] 4.1."""
REPEATS = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
"""The example of [MS-OXRTFCP] 4.2, whose last reference runs into what it writes."""
HTML = rb"{\rtf1\ansi\ansicpg1252\fromhtml1 "


def test_the_examples_of_the_specification_are_unpacked() -> None:
    assert decompress(HELLO) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert decompress(REPEATS) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


def test_a_body_that_breaks_off_gives_its_beginning() -> None:
    assert decompress(HELLO[:-9]) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello w"


def test_something_else_is_no_body() -> None:
    assert decompress(b"") == b""
    assert decompress(bytes(40)) == b""


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (rb"{\*\htmltag64 <p>}Caf\'e9{\*\htmltag72 </p>}}", "<p>Café</p>"),
        (rb"{\*\htmltag64 <p>}\htmlrtf \par\htmlrtf0 a\par b}", "<p>a\nb"),
        (rb"\htmlrtf {\b \htmlrtf0 a\htmlrtf }\htmlrtf0 b}", "ab"),
        (rb"{\*\mhtmltag64 <img src=x>}a}", "a"),
        (rb"\uc1\u8364?\uc0\u8364 \u-10180\u-8312}", "€€\N{BALLOON}"),
        (rb"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}\f1\'cc\'fb\f0\'e9}", "Мыé"),
        (rb"{\pict 0102}{\colortbl;\red0;}\{a\}\\\~\_}", "{a}\\\xa0\N{NON-BREAKING HYPHEN}"),
        (rb"a\bin3 }}}b}", "ab"),
    ],
)
def test_html_comes_out_as_it_was_wrapped(rtf: bytes, text: str) -> None:
    kind, found = unwrapped(HTML + rtf)

    assert (kind, found.strip()) == ("html", text)


def test_plain_text_comes_out_too_and_what_wraps_nothing_does_not() -> None:
    assert unwrapped(rb"{\rtf1\ansi\fromtext a\par b}") == ("plain", "a\nb")
    assert unwrapped(rb"{\rtf1\ansi a}") == ("", "")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([HELLO[:16], HTML, b"{\\rtf1\\fromtext "]))
def test_any_bytes_give_bytes_and_a_text_that_can_be_kept(data: bytes, start: bytes) -> None:
    assert len(decompress(start + data)) <= 64 * 1024 * 1024

    unwrapped(start + data)[1].encode("utf-8")
