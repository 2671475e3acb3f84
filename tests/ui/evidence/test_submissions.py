"""The list of submissions counts what it lists."""

from __future__ import annotations

from pathlib import Path

from coder.ui.window import Window


def test_the_count_follows_the_filter(window: Window, own_sample: Path) -> None:
    assert window.open_project(own_sample)
    place = window.evidence.list
    whole = place._count.text()
    assert whole.startswith("15 submissions · ")
    place.field.setText("campaign")
    tags = sum(v.codings for v in place.model.views if "campaign" in v.submission.flags)
    assert place._count.text() == f"3 of 15 submissions · {tags} tags"
    place.field.clear()
    assert place._count.text() == whole
