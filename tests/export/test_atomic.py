"""A file is written whole, or the former one stays."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from coder.domain.errors import EvidenceError
from coder.export.atomic import whole, write_whole


def test_bytes_take_the_place_of_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "pack.csv"
    path.write_bytes(b"before")
    write_whole(path, b"after")
    assert path.read_bytes() == b"after"
    assert list(tmp_path.iterdir()) == [path]


def test_others_may_read_the_file_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    write_whole(tmp_path / "pack", b"")
    assert (tmp_path / "pack").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "“pack.csv” could not be written: the disk is full. Make room"),
        (errno.EACCES, "it may be open in another program"),
        (errno.EROFS, "this disk cannot be written to"),
        (errno.EIO, "Try another folder."),
    ],
)
def test_when_the_machine_refuses_the_former_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, told: str
) -> None:
    path = tmp_path / "pack.csv"
    path.write_bytes(b"before")

    def refuse(source: object, target: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "replace", refuse)

    with pytest.raises(EvidenceError, match=told):
        write_whole(path, b"after")
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_an_error_half_way_leaves_the_former_file(tmp_path: Path) -> None:
    path = tmp_path / "pack.csv"
    path.write_bytes(b"before")

    def write() -> None:
        with whole(path) as stream:
            stream.write(b"aft")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write()
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="its folder does not exist"):
        write_whole(tmp_path / "none" / "pack.csv", b"")


def test_a_folder_of_that_name_is_told_and_kept(tmp_path: Path) -> None:
    (tmp_path / "pack.csv").mkdir()
    with pytest.raises(EvidenceError, match=r"“pack\.csv” could not be written"):
        write_whole(tmp_path / "pack.csv", b"")
    assert [path.name for path in tmp_path.iterdir()] == ["pack.csv"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do anything")
def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(EvidenceError, match="its folder may be read-only"):
            write_whole(tmp_path / "pack.csv", b"")
    finally:
        tmp_path.chmod(0o700)
