"""Settings survive, and a damaged file costs no more than what is damaged in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coder import settings


def test_projects_opened_lately_are_kept_with_their_titles(tmp_path: Path) -> None:
    kept = settings.load()
    for name in ("one", "two", "one"):
        kept = settings.opened(kept, tmp_path / name, name.title())
    settings.save(kept)
    assert settings.load() == kept
    assert [title for _, title in settings.load().recent] == ["One", "Two"]


@pytest.mark.parametrize("recent", [["/folder"], [["/folder"]], [1, None]])
def test_what_is_no_project_among_them_is_passed_over(own_home: Path, recent: object) -> None:
    told = {"coder": "Noor", "recent": recent}
    (own_home / "settings.json").write_text(json.dumps(told), encoding="utf-8")
    assert settings.load() == settings.Settings(coder="Noor")


def test_keys_and_choices_are_kept(own_home: Path) -> None:
    chosen = settings.Settings(
        keys={"tag": "Ctrl+Return", "memo": ""}, single_keys=False, suggestions=False
    )
    settings.save(chosen)
    assert settings.load() == chosen


def test_a_value_of_another_kind_costs_only_itself(own_home: Path) -> None:
    told = {"coder": "Noor", "text_points": "large", "keys": ["x"], "unknown": None, "model": None}
    (own_home / "settings.json").write_text(json.dumps(told), encoding="utf-8")
    assert settings.load() == settings.Settings(coder="Noor")
