"""A zip is taken apart safely, and what stays in it is named."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.draft import Opened, Source
from coder.domain.errors import Unreadable
from coder.ingest.packed import archive, shelf
from coder.ingest.packed.archive import read_archive
from coder.ingest.registry import read

METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


def zipped(
    *files: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, data in files:
            made.writestr(name, data)
    return packed.getvalue()


def opened(data: bytes, into: Path | None = None) -> Opened:
    return read_archive(Source("all.zip", data=data), into)


def names(found: Opened) -> list[str]:
    return [member.name for member in found.members]


@pytest.mark.parametrize("method", METHODS)
def test_members_come_out_with_their_paths_as_names(method: int, tmp_path: Path) -> None:
    files = [("Smith/answer.txt", b"We care. " * 900), ("Jones.txt", b"So do we.")]

    found = opened(zipped(*files, method=method), tmp_path)

    assert [(member.name, member.read()) for member in found.members] == files
    assert all(member.path and tmp_path in member.path.parents for member in found.members)
    assert (found.problems, found.keep) == ((), False)


def test_without_a_folder_they_stay_in_memory() -> None:
    [member] = opened(zipped(("a.txt", b"We care."))).members

    assert (member.path, member.data) == (None, b"We care.")


def test_nothing_is_written_outside_the_folder(tmp_path: Path) -> None:
    names_given = ["../../up.txt", "/etc/passwd", "C:\\Windows\\x.txt", "\\\\host\\share\\y.txt"]

    found = opened(zipped(*((name, b"x") for name in names_given)), tmp_path)

    assert names(found) == ["up.txt", "etc/passwd", "Windows/x.txt", "host/share/y.txt"]
    assert all(tmp_path in path.parents for path in tmp_path.rglob("*"))


def test_members_of_one_name_are_told_apart() -> None:
    found = opened(zipped(("a.txt", b"1"), ("A.TXT", b"2"), ("a.txt", b"3")))

    assert names(found) == ["a.txt", "A (2).TXT", "a (3).txt"]


def test_what_systems_leave_there_is_counted_and_folders_are_not() -> None:
    found = opened(
        zipped(("f/", b""), ("__MACOSX/._a", b"x"), ("f/.DS_Store", b"x"), ("f/Thumbs.db", b"x"),
               ("f/a.txt", b"We care."), ("__MACOSX/f/._a.txt", b"x"))
    )  # fmt: skip

    assert names(found) == ["f/a.txt"]
    assert [problem.what for problem in found.problems] == [
        "Skipped: 2 files inside (what macOS keeps beside its files).",
        "Skipped: 1 file inside (hidden).",
        "Skipped: 1 file inside (a file of the system).",
    ]
    assert not found.keep


def test_an_encrypted_member_is_named_and_the_others_come() -> None:
    data = bytearray(zipped(("secret.txt", b"x"), ("open.txt", b"y")))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1

    found = opened(bytes(data))

    assert names(found) == ["open.txt"]
    [problem] = found.problems
    assert problem.part == "secret.txt"
    assert "password" in problem.what
    assert found.keep


def test_a_link_is_not_followed() -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16

    found = opened(zipped((link, b"/etc/passwd"), ("a.txt", b"x")))

    assert names(found) == ["a.txt"]
    assert "link" in found.problems[0].what


def test_a_cut_off_zip_gives_what_is_whole_and_names_the_rest() -> None:
    data = zipped(("a.txt", b"We care."), ("b.txt", bytes(range(256)) * 8), method=0)
    cut = data[: data.index(b"b.txt") + 400]

    found = opened(cut)

    assert names(found) == ["a.txt", "b.txt"]
    assert found.members[0].read() == b"We care."
    assert "cut off" in found.problems[0].what
    assert (found.problems[1].part, found.keep) == ("b.txt", True)


def test_a_cut_off_zip_is_walked_through_sizes_that_follow_their_data() -> None:
    packed = io.BytesIO()

    class Pipe(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            return packed.write(data)

    with zipfile.ZipFile(Pipe(), "w", zipfile.ZIP_DEFLATED) as made:  # type: ignore[arg-type]
        made.writestr("a.txt", b"We care. " * 50)
        made.writestr("b.txt", b"So do we. " * 50)
    data = packed.getvalue()

    found = opened(data[: data.index(b"PK\x01\x02")])

    assert [member.read()[:8] for member in found.members] == [b"We care.", b"So do we"]


def test_a_damaged_member_is_named() -> None:
    data = zipped(("a.txt", b"We care."), method=0).replace(b"We care.", b"We dare.", 1)

    found = opened(data)

    assert found.members[0].read() == b"We dare."
    assert "damaged" in found.problems[0].what


def test_a_directory_that_points_astray_is_put_right() -> None:
    data = bytearray(zipped(("a.txt", b"We care."), ("b.txt", b"So do we.")))
    second = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, second + 42, 7)

    found = opened(bytes(data))

    assert [member.read() for member in found.members] == [b"We care.", b"So do we."]
    assert found.problems == ()


def test_what_the_directory_does_not_tell_is_named() -> None:
    first, second = zipped(("a.txt", b"We care.")), zipped(("b.txt", b"So do we."))

    found = opened(first + second)

    assert names(found) == ["b.txt"]
    assert "more than its list of contents tells" in found.problems[0].what
    assert found.keep


def test_the_first_of_several_parts_gives_what_is_in_it() -> None:
    whole = zipped(("a.txt", b"We care."))

    found = read(Source("all.z01", data=b"PK\x07\x08" + whole[: whole.index(b"PK\x01\x02")]))

    assert isinstance(found, Opened)
    assert names(found) == ["a.txt"]
    assert "cut off" in found.problems[0].what


def test_entries_that_share_their_bytes_are_refused() -> None:
    data = bytearray(zipped(("a.txt", b"We care."), ("b.txt", b"So do we.")))
    second = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, second + 42, 0)

    with pytest.raises(Unreadable, match="unfold without end"):
        opened(bytes(data))


def test_a_member_that_unfolds_without_end_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    found = opened(zipped(("bomb.txt", bytes(60 * 1024**2)), ("a.txt", b"We care.")), tmp_path)

    assert names(found) == ["a.txt"]
    assert found.problems[0].part == "bomb.txt"
    assert "hundreds of times" in found.problems[0].what
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_declared_sizes_are_not_believed() -> None:
    data = bytearray(zipped(("a.txt", b"We care. " * 100)))
    struct.pack_into("<L", data, data.index(b"PK\x01\x02") + 24, 3)

    [member] = opened(bytes(data)).members

    assert member.size() == 900


def test_too_many_members_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBERS", 3)

    found = opened(zipped(*((f"{n}.txt", b"x") for n in range(5))))

    assert names(found) == ["0.txt", "1.txt", "2.txt"]
    assert found.problems[0].what.startswith("It holds 2 more files")


def test_too_much_in_all_ends_the_taking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST_IN_MEMORY", 15)

    found = opened(zipped(("a.txt", b"0123456789"), ("b.txt", b"0123456789"), ("c.txt", b"0")))

    assert names(found) == ["a.txt"]
    assert "more than there is room for" in found.problems[0].what


def test_a_full_disk_ends_the_taking(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shelf, "_RESERVE", 2**60)

    found = opened(zipped(("a.txt", b"0123456789")), tmp_path)

    assert found.members == ()
    assert found.keep


def test_an_empty_archive_is_refused() -> None:
    with pytest.raises(Unreadable, match="holds no files"):
        opened(zipped())


def test_a_zip_in_a_zip_is_a_member_like_others() -> None:
    inner = zipped(("a.txt", b"We care."))

    [member] = opened(zipped(("inner.zip", inner))).members

    assert member.read() == inner
    assert isinstance(read(member), Opened)


def test_real_archives_come_apart_or_are_named(corpus: Path) -> None:
    found = {path.name: read(Source.of(path)) for path in sorted((corpus / "zip").iterdir())}

    counts = {
        name.partition("__")[2]: (len(one.members), one.keep)
        for name, one in found.items()
        if isinstance(one, Opened)
    }
    assert counts == {
        "droste.zip": (2, False),
        "gbk.zip": (1, False),
        "moby.zip": (0, True),
        "test-documents-spanned.zip": (3, True),
        "test-zip-of-zip.zip": (1, False),
        "testZip_with_DataDescriptor.zip": (5, False),
        "zipdir.zip": (1, False),
    }
    gbk = found["apache__gbk.zip"]
    assert isinstance(gbk, Opened)
    assert gbk.members[0].name.endswith("需求文档_V4.0.doc")


VALID = zipped(("a.txt", b"We care. " * 20), ("b/c.txt", b"So do we."), method=zipfile.ZIP_LZMA)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([VALID, zipped(("a", b"x" * 99)), zipped(("a", b"y"), method=12)]),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=8),
    st.integers(0, 500),
)
def test_hostile_bytes_give_members_or_a_refusal(
    valid: bytes, changes: list[tuple[int, int]], end: int
) -> None:
    data = bytearray(valid)
    for place, value in changes:
        data[place % len(data)] = value
    try:
        found = opened(bytes(data[: max(30, end)]))
    except Unreadable:
        return
    assert found.members or found.problems or not zlib.crc32(b"")
