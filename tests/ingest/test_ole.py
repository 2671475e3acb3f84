"""Compound files are opened however broken they are, or named."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.draft import Source
from coder.domain.errors import Unreadable
from coder.ingest.ole import Compound, packaged
from tests.ingest.ole_writer import compound


def opened(data: bytes) -> Compound:
    return Compound(Source("letter.msg", data=data))


def test_streams_and_storages_are_found_by_their_paths() -> None:
    with opened(compound({"small": b"a", "large": b"b" * 9000, "in": {"side": b"c"}})) as file:
        assert file.names() == ["in", "large", "small"]
        assert file.names(("in",)) == ["side"]
        assert file.stream("small") == b"a"
        assert file.stream("large") == b"b" * 9000
        assert file.stream("in", "side") == b"c"
        assert file.is_storage("in")
        assert not file.is_storage("small")
        assert file.stream("in") == file.stream("nowhere") == b""
        assert not file.damaged


def test_a_stream_cut_short_is_given_as_far_as_it_goes() -> None:
    data = bytearray(compound({"large": b"b" * 9000}))
    data[-512 + 4 * 3 : -512 + 4 * 4] = b"\xf0\xff\xff\xff"

    with opened(bytes(data)) as file:
        assert file.stream("large") == b"b" * 2048
        assert file.damaged


def test_a_storage_to_which_nothing_leads_is_told_as_damage() -> None:
    data = bytearray(compound({"a": b"x", "b": {"inside": b"y"}}))
    entry = data.index("a".encode("utf-16-le") + bytes(60))
    data[entry + 72 : entry + 76] = b"\xff" * 4

    with opened(bytes(data)) as file:
        assert file.names() == ["a"]
        assert file.damaged


def test_what_is_no_compound_file_is_named() -> None:
    for data in (b"", b"text", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)):
        with pytest.raises(Unreadable, match=r"letter\.msg"):
            opened(data)


def test_thousands_of_names_beside_each_other_end_in_a_known_error_or_are_read() -> None:
    data = compound({f"name {count}": b"x" for count in range(3000)})

    try:
        with opened(data) as file:
            assert len(file.names()) == 3000
    except Unreadable as problem:
        assert "letter.msg" in problem.what  # noqa: PT017 (either outcome is right)


def test_an_office_file_or_a_pdf_in_an_object_is_taken_out() -> None:
    tree = {"a": {"Package": b"PK\x03\x04x"}, "b": {"CONTENTS": b"%PDF-x"}, "c": {"CONTENTS": b"?"}}
    with opened(compound(tree)) as file:
        assert packaged(file, ("a",)) == ("", b"PK\x03\x04x")
        assert packaged(file, ("b",)) == ("", b"%PDF-x")
        assert packaged(file, ("c",)) is None


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_hostile_bytes_open_or_end_in_a_known_error(data: st.DataObject) -> None:
    whole = bytearray(compound({"a": b"x" * 5000, "b": {"c": b"y", "d": b"z" * 200}}))
    for _ in range(data.draw(st.integers(1, 20))):
        whole[data.draw(st.integers(8, len(whole) - 1))] = data.draw(st.integers(0, 255))

    try:
        file = opened(bytes(whole))
    except Unreadable:
        return
    with file:
        for name in file.names():
            assert len(file.stream(name)) <= len(whole)
