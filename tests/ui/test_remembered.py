"""Where one was in a document is remembered from day to day, for each person."""

from __future__ import annotations

import json

import pytest

from coder import places
from coder.ui import remembered
from coder.ui.remembered import Remembered


def kept(name: str = "Noor") -> Remembered:
    return Remembered("inquiry", lambda: name)


def test_places_come_back_for_the_one_who_left_them() -> None:
    mine = kept()
    mine.note("d", place=120, furthest=400)
    mine.note("e", furthest=7)
    mine.save()

    assert (kept().place("d"), kept().furthest("d"), kept().furthest("e")) == (120, 400, 7)
    assert (kept("Asha").place("d"), kept("Asha").furthest("d")) == (0, 0)


def test_the_furthest_never_goes_back() -> None:
    mine = kept()
    mine.note("d", place=90, furthest=400)
    mine.note("d", place=10, furthest=100)

    assert (mine.place("d"), mine.furthest("d")) == (10, 400)


def test_what_was_left_longest_ago_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST", 2)
    mine = kept()
    for document in ("a", "b"):
        mine.note(document, place=5)
    mine.note("a", place=6)

    mine.note("c", place=5)

    assert [mine.place(document) for document in "abc"] == [6, 0, 5]


@pytest.mark.parametrize("content", ["", "[]", '{"Noor": {"d": 5}}', '{"Noor": {"d": ["x", 1]}}'])
def test_a_file_that_cannot_be_read_is_no_hindrance(content: str) -> None:
    path = places.user_settings() / "places" / "inquiry.json"
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")

    mine = kept()
    assert mine.place("d") == 0
    mine.note("d", place=3)
    mine.save()

    assert json.loads(path.read_text(encoding="utf-8")) == {"Noor": {"d": [3, 0]}}


def test_a_folder_that_cannot_be_written_to_is_told() -> None:
    (places.user_settings()).mkdir(parents=True, exist_ok=True)
    (places.user_settings() / "places").write_text("in the way")
    mine = kept()
    mine.note("d", place=3)

    with pytest.raises(OSError, match="places"):
        mine.save()
