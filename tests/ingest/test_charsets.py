"""Bytes become text, whatever they claim to be written in."""

import encodings.aliases

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.ingest.charsets import decode_declared

CHARSETS = sorted(set(encodings.aliases.aliases.values()) | {"", "x-unknown", '"utf-8"', "idna"})


@pytest.mark.parametrize(
    ("data", "declared", "text", "as_declared"),
    [
        ("Żółć".encode(), "utf-8", "Żółć", True),
        ("Żółć".encode(), "windows-1252", "Żółć", True),
        ("Żółć".encode("iso-8859-2"), "iso-8859-2", "Żółć", True),
        (b"caf\xe9", "utf-8", "café", False),
        (b"caf\xe9", "", "café", True),
        (b"\xef\xbb\xbfa\r\nb\rc\n", "ascii", "a\nb\nc\n", True),
        (b"\xff\xfea\0", "utf-8", "a", True),
        (b"a\0b", "utf-8", "ab", True),
        (b"+2AA-", "utf-7", "\ufffd", True),
        ("証拠".encode("cp932"), "x-sjis", "証拠", True),
        ("证据".encode("gbk"), "X-GBK", "证据", True),
        ("หลักฐาน".encode("cp874"), "windows-874", "หลักฐาน", True),
        ("ראיות".encode("iso-8859-8"), "iso-8859-8-i", "ראיות", True),
        ("“é”".encode("mac-roman"), "x-mac-roman;", "“é”", True),
    ],
)
def test_the_ladder(data, declared, text, as_declared):
    assert decode_declared(data, declared) == (text, as_declared)


@given(st.binary(max_size=60), st.sampled_from(CHARSETS) | st.text(max_size=12))
def test_any_bytes_under_any_name_give_text_that_can_be_stored(data, declared):
    text, _ = decode_declared(data, declared)
    text.encode()
    assert "\0" not in text
    assert "\r" not in text


@given(st.text())
def test_utf8_comes_back_whole_but_for_its_line_ends(text):
    expected = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    assert decode_declared(text.encode(), "utf-8")[0] == expected.removeprefix("\ufeff")
