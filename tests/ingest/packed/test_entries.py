"""The entries of a zip are found where they lie, whatever its directory says."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.ingest.packed.entries import (
    ELSEWHERE,
    Bomb,
    Unfolding,
    can_unfold,
    listed,
    overlapping,
    placed,
    walked,
)


def zipped(method: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as made:
        made.writestr("a.txt", b"We care. " * 30)
        made.writestr("f/b.txt", b"So do we. " * 30)
    return packed


def test_the_directory_and_a_walk_find_the_same() -> None:
    stream = zipped()

    directory = listed(stream)

    assert directory is not None
    assert [entry.name for entry in directory] == [b"a.txt", b"f/b.txt"]
    found = list(walked(stream))
    assert [(e.name, e.offset, e.packed, e.crc) for e in found] == [
        (e.name, e.offset, e.packed, e.crc) for e in directory
    ]


def test_what_has_no_directory_has_no_list() -> None:
    assert listed(io.BytesIO(zipped().getvalue()[:200])) is None


def test_an_entry_that_lies_in_another_file_is_known() -> None:
    stream = zipped()
    first, second = listed(stream) or []

    moved = placed(stream, [replace(first, offset=3, name=b"gone.txt"), replace(second, offset=5)])

    assert [entry.offset for entry in moved] == [ELSEWHERE, second.offset]
    assert not overlapping(moved)
    assert list(Unfolding(stream, moved[0])) == []


def test_entries_that_share_bytes_overlap() -> None:
    first, second = listed(zipped()) or []

    assert not overlapping([first, second])
    assert overlapping([first, replace(second, offset=first.offset + 40)])


@pytest.mark.parametrize("method", [0, 8, 12, 14])
def test_content_comes_out_whole(method: int) -> None:
    stream = zipped(method)
    unfoldings = [Unfolding(stream, entry) for entry in listed(stream) or []]

    contents = [b"".join(unfolding) for unfolding in unfoldings]

    assert contents == [b"We care. " * 30, b"So do we. " * 30]
    assert [unfolding.whole for unfolding in unfoldings] == [True, True]


def test_what_unfolds_without_end_is_stopped() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("bomb", bytes(64 * 1024**2))
    [entry] = listed(packed) or []
    lengths: list[int] = []

    with pytest.raises(Bomb):
        lengths.extend(map(len, Unfolding(packed, entry)))

    assert 0 < sum(lengths) <= 51 * 1024**2


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([0, 8, 12, 14]),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=8),
    st.integers(0, 600),
)
def test_hostile_bytes_are_walked_to_an_end(
    method: int, changes: list[tuple[int, int]], end: int
) -> None:
    data = bytearray(zipped(method).getvalue())
    for place, value in changes:
        data[place % len(data)] = value
    stream = io.BytesIO(bytes(data[:end]))

    for entry in [*walked(stream), *(listed(stream) or [])]:
        if can_unfold(entry):
            assert sum(map(len, Unfolding(stream, entry))) < 1_000_000
