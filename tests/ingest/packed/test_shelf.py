"""What comes out of a container is counted, and lies under names made here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coder.ingest.packed import shelf
from coder.ingest.packed.shelf import Full, Shelf


def test_members_lie_below_the_folder_under_names_of_ours(tmp_path: Path) -> None:
    one = Shelf(tmp_path).put("../../a.txt", [b"We ", b"care."])
    other = Shelf(tmp_path).put("../../a.txt", [b"Too."])

    assert (one.name, one.read(), other.read()) == ("../../a.txt", b"We care.", b"Too.")
    assert one.path
    assert other.path
    assert one.path != other.path
    assert tmp_path == one.path.parents[1]


def test_without_a_folder_they_are_held_in_memory() -> None:
    assert Shelf(None).put("a.txt", [b"We care."]).data == b"We care."


@pytest.mark.parametrize("on_disk", [True, False])
def test_there_is_no_more_room_than_was_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, on_disk: bool
) -> None:
    monkeypatch.setattr(shelf, "MOST_ON_DISK", 9)
    monkeypatch.setattr(shelf, "MOST_IN_MEMORY", 9)
    room = Shelf(tmp_path if on_disk else None)
    room.put("a.txt", [b"12345"])

    with pytest.raises(Full, match=r"“b\.txt”"):
        room.put("b.txt", [b"1234", b"5"])


def test_what_fails_half_way_leaves_nothing_and_takes_no_room(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(shelf, "MOST_ON_DISK", 9)
    room = Shelf(tmp_path)

    def failing() -> Iterator[bytes]:
        yield b"123456"
        raise EOFError

    with pytest.raises(EOFError):
        room.put("a.txt", failing())

    assert room.put("b.txt", [b"123456"]).size() == 6
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
