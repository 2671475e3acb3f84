"""Originals are kept once, whole, and can be told from altered ones."""

from pathlib import Path

import pytest

from coder.domain.draft import Source
from coder.domain.errors import Unreadable
from coder.store import originals


def test_an_original_keeps_its_bytes_and_its_ending(tmp_path: Path) -> None:
    source = Source("Letter.PDF", b"%PDF" * 1000)

    kept = originals.keep(tmp_path, source, source.sha256(), source.name)

    assert kept.read_bytes() == source.read()
    assert kept.name == f"{source.sha256()}.pdf"
    assert originals.is_sound(kept, source.sha256())


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    source = Source("a.txt", b"Hello")
    first = originals.keep(tmp_path, source, source.sha256(), "a.txt")
    written = first.stat().st_mtime_ns

    assert originals.keep(tmp_path, source, source.sha256(), "a.txt") == first
    assert first.stat().st_mtime_ns == written
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_altered_and_missing_originals_are_told(tmp_path: Path) -> None:
    source = Source("a.txt", b"Hello")
    kept = originals.keep(tmp_path, source, source.sha256(), "a.txt")
    kept.write_bytes(b"Hallo")

    assert not originals.is_sound(kept, source.sha256())
    assert not originals.is_sound(tmp_path / "gone", source.sha256())


def test_nothing_is_left_of_a_file_that_goes_away(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"gone\.txt"):
        originals.keep(tmp_path, Source.of(tmp_path / "gone.txt"), "ab" * 32, "gone.txt")

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_waits_is_under_its_own_name_once_it_is_settled(tmp_path: Path) -> None:
    waiting: originals.Waiting = {}
    sources = [Source(name, name.encode()) for name in ("a.txt", "b.txt")]
    for source in [*sources, sources[0]]:
        originals.write(tmp_path, source, source.sha256(), source.name, waiting)
    targets = list(waiting)
    assert [target.exists() for target in targets] == [False, False]

    originals.settle(waiting)

    assert [target.read_bytes() for target in targets] == [b"a.txt", b"b.txt"]
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2


def test_nothing_is_left_of_what_could_not_be_settled(tmp_path: Path) -> None:
    waiting: originals.Waiting = {}
    for name in ("a.txt", "b.txt"):
        source = Source(name, name.encode())
        originals.write(tmp_path, source, source.sha256(), name, waiting)
    next(iter(waiting.values())).unlink()

    with pytest.raises(FileNotFoundError):
        originals.settle(waiting)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_an_original_is_removed_whatever_its_ending(tmp_path: Path) -> None:
    kept = [
        originals.keep(tmp_path, Source("a", text), text.decode() * 64, "A.PDF")
        for text in (b"a", b"b")
    ]

    originals.remove(tmp_path, "a" * 64)

    assert [path.exists() for path in kept] == [False, True]
