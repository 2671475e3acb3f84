"""What Unix packers hold comes out."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.draft import Opened, Source
from coder.domain.errors import Unreadable
from coder.ingest.registry import read


def tarred(*files: tuple[str, bytes], link: str = "") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as made:
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            made.addfile(info, io.BytesIO(data))
        if link:
            info = tarfile.TarInfo(link)
            info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
            made.addfile(info)
    return packed.getvalue()


def opened(name: str, data: bytes, into: Path | None = None) -> Opened:
    found = read(Source(name, data=data), into)
    assert isinstance(found, Opened)
    return found


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_file_is_one_member(pack, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    [member] = opened("answer.txt.gz", pack(b"We care."), tmp_path).members

    assert (member.name, member.read()) == ("answer.txt", b"We care.")


def test_a_packed_tar_is_a_container_in_its_turn() -> None:
    [tar] = opened("all.tgz", gzip.compress(tarred(("a/b.txt", b"We care.")))).members

    [member] = opened(tar.name, tar.read()).members

    assert (tar.name, member.name, member.read()) == ("all.tar", "a/b.txt", b"We care.")


def test_links_are_named_and_names_are_made_safe() -> None:
    found = opened("all.tar", tarred(("../../a.txt", b"x"), ("/._b", b"x"), link="passwd"))

    assert [member.name for member in found.members] == ["a.txt"]
    assert [problem.part for problem in found.problems] == ["passwd", ""]


def test_what_is_cut_off_gives_what_came_before() -> None:
    data = tarred(("a.txt", b"We care."), ("b.txt", b"So do we." * 500))

    found = opened("all.tar", data[:3000])

    assert found.members[0].read() == b"We care."
    assert "cut off" in found.problems[-1].what
    assert found.keep


def test_a_tar_that_breaks_off_between_two_files_says_so() -> None:
    whole = tarred(("a.txt", b"x"), ("b.txt", b"y"))

    cut = opened("all.tar", whole[: 2 * 512 + 100])
    broken = opened("all.tar", whole[:1024] + b"?" * 512 + whole[1536:])

    for found in (cut, broken):
        assert [member.name for member in found.members] == ["a.txt"]
        assert "cut off or damaged" in found.problems[0].what
        assert found.keep
    assert opened("all.tar", whole).problems == ()


@pytest.mark.parametrize("damaged", [lambda data: data[:-4], lambda data: data + b"?" * 20])
def test_damage_at_the_end_costs_nothing_before_it(damaged) -> None:  # type: ignore[no-untyped-def]
    found = opened("answer.txt.gz", damaged(gzip.compress(b"We care.")))

    assert found.members[0].read() == b"We care."
    assert found.problems


def test_what_systems_leave_in_a_tar_is_counted() -> None:
    found = opened("all.tar", tarred(("a.txt", b"x"), ("__MACOSX/._a.txt", b"y")))

    assert [problem.what for problem in found.problems] == [
        "Skipped: 1 file inside (what macOS keeps beside its files)."
    ]
    assert not found.keep


def test_a_file_that_unfolds_without_end_is_refused() -> None:
    with pytest.raises(Unreadable, match="hundreds of times"):
        opened("bomb.txt.gz", gzip.compress(bytes(64 * 1024**2)))


def test_a_hole_in_a_tar_is_not_filled_without_end() -> None:
    info = tarfile.TarInfo("hole.txt")
    info.size = 512
    info.pax_headers = {
        "GNU.sparse.map": "0,1", "GNU.sparse.size": str(2**33), "GNU.sparse.numblocks": "1",
    }  # fmt: skip
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as made:
        one = tarfile.TarInfo("a.txt")
        one.size = 8
        made.addfile(one, io.BytesIO(b"We care."))
        made.addfile(info, io.BytesIO(bytes(512)))

    found = opened("all.tar", packed.getvalue())

    assert [member.name for member in found.members] == ["a.txt"]
    assert "hundreds of times" in found.problems[-1].what


def test_a_kind_that_is_not_read_says_what_to_do() -> None:
    with pytest.raises(Unreadable, match="Unpack it first"):
        read(Source("a.7z", data=b"7z\xbc\xaf\x27\x1c rest"))


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(
        [gzip.compress(b"We care." * 9), tarred(("a", b"x")), lzma.compress(b"x" * 99)]
    ),
    st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), max_size=6),
    st.integers(6, 2000),
)
def test_hostile_bytes_give_members_or_a_refusal(
    valid: bytes, changes: list[tuple[int, int]], end: int
) -> None:
    data = bytearray(valid)
    for place, value in changes:
        data[place % len(data)] = value
    try:
        found = read(Source("x.tar", data=bytes(data[:end])))
    except Unreadable:
        return
    assert found
