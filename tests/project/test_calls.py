"""The codebook that a project begins with."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder import places
from coder.domain.errors import EvidenceError
from coder.project.calls import template_themes, themes_from_call


def test_a_call_gives_its_themes_with_their_questions() -> None:
    themes = themes_from_call(places.samples() / "call-for-evidence.docx")
    assert [theme.name for theme in themes] == [
        "Social connection and infrastructure",
        "Business and belonging",
        "Volunteering",
        "Sustaining change",
    ]
    assert all(theme.children for theme in themes)
    assert all(question.definition.endswith("?") for t in themes for question in t.children)


def test_the_ready_themes_each_say_when_to_use_them() -> None:
    themes = template_themes()
    assert len(themes) == 4
    assert all(theme.definition and theme.use_when and theme.not_when for theme in themes)
    assert all(3 <= len(theme.children) <= 6 for theme in themes)


def test_a_call_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"call\.docx"):
        themes_from_call(tmp_path / "call.docx")
