"""Names inside containers are read in the right letters and made safe."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.ingest.packed.names import Names, clean_path, decode_names, not_evidence


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("folder/answer.txt", "folder/answer.txt"),
        ("../../answer.txt", "answer.txt"),
        ("a/../b.txt", "a/b.txt"),
        ("/etc/passwd", "etc/passwd"),
        ("C:answer.txt", "answer.txt"),
        ("d:\\a\\b.txt", "a/b.txt"),
        ("\\\\server\\share\\x", "server/share/x"),
        ("nul.txt", "_nul.txt"),
        ("COM1", "_COM1"),
        ("consent.txt", "consent.txt"),
        ("what? who*.txt", "what_ who_.txt"),
        ("trailing. /dots...", "trailing/dots"),
        ("bi\u202etxt.exe", "bitxt.exe"),
        ("line\nbreak\0.txt", "linebreak.txt"),
        ("..", "unnamed"),
        ("", "unnamed"),
    ],
)
def test_paths_are_made_safe(name: str, clean: str) -> None:
    assert clean_path(name) == clean


def test_an_overlong_name_keeps_its_ending() -> None:
    clean = clean_path("x" * 300 + ".docx")

    assert len(clean) == 120
    assert clean.endswith("….docx")


@given(st.text())
def test_no_name_leaves_its_folder(name: str) -> None:
    pieces = clean_path(name).split("/")

    assert all(piece.strip(" .") and not piece.startswith("..") for piece in pieces)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Évidence café.doc", "cp1252"),
        ("Siân – reply’s.doc", "cp1252"),
        ("Müller Antwort.doc", "cp850"),
        ("£5 report.doc", "cp850"),
        ("意见书.docx", "gbk"),
        ("コメント.doc", "cp932"),
        ("意見書與證據.doc", "cp950"),
        ("Ответ на запрос.doc", "cp866"),
        ("Ответ на запрос.doc", "cp1251"),
        ("résumé – Tŷ.doc", "utf-8"),
    ],
)
def test_names_are_read_in_the_zippers_code_page(name: str, encoding: str) -> None:
    assert decode_names([(name.encode(encoding), False, b"")]) == [name]


def test_one_name_tells_the_code_page_of_the_others() -> None:
    coded = [(name.encode("cp950"), False, b"") for name in ("證.doc", "意見書與證據.doc")]

    assert decode_names(coded) == ["證.doc", "意見書與證據.doc"]


def test_where_nothing_is_sure_the_name_stays_as_the_standard_says() -> None:
    assert decode_names([(b"\xfe.doc", False, b"")]) == ["■.doc"]


def test_the_unicode_path_field_is_obeyed_where_it_is_of_this_name() -> None:
    def field(of: bytes) -> bytes:
        said = struct.pack("<BL", 1, zlib.crc32(of)) + "証.doc".encode()
        return struct.pack("<HH", 0x7075, len(said)) + said

    good, stale = (b"x.doc", False, field(b"x.doc")), (b"y.doc", False, field(b"old.doc"))

    assert decode_names([good, stale]) == ["証.doc", "y.doc"]


def test_a_name_that_claims_utf8_and_is_none_still_shows() -> None:
    assert decode_names([(b"caf\xe9.doc", True, b"")]) == ["caf\\xe9.doc"]


def test_repeated_names_are_numbered_before_their_ending() -> None:
    names = Names()

    given_names = [names.own(name) for name in ("a.b/c", "a.b/c", "x.txt", "X.txt")]

    assert given_names == ["a.b/c", "a.b/c (2)", "x.txt", "X (2).txt"]


def test_a_thousand_files_of_one_name_are_told_apart_in_no_time() -> None:
    names = Names()

    assert len({names.own("a.txt") for _ in range(10_000)}) == 10_000


@pytest.mark.parametrize(
    ("name", "left"),
    [("a/~$b.docx", True), ("a/b.docx", False), (".x/b", True), ("thumbs.db", True)],
)
def test_what_programs_leave_is_known(name: str, left: bool) -> None:
    assert bool(not_evidence(name)) == left
