"""A long list is read beside the window, and what was asked for meanwhile is shown then."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.ui import looking
from coder.ui.window import Window


@pytest.fixture(autouse=True)
def _every_list_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "SHORT", 0)


def whole(qtbot, window: Window) -> None:
    place = window.evidence
    qtbot.waitUntil(lambda: not place.loader.reading and bool(place.list.current()), timeout=20_000)


def test_opening_says_that_the_list_is_being_read_and_then_shows_it(
    qtbot, window: Window, own_sample: Path
) -> None:
    assert window.open_project(own_sample)

    assert window.evidence.list._count.text() == "Reading the list…"
    assert window.evidence.loader.reading
    whole(qtbot, window)

    assert window.evidence.list.model.rowCount() == 15
    assert window.evidence.desk.document is not None
    assert window.evidence.list.current() == window.evidence.desk.document.submission_id


def test_the_place_one_left_is_shown_before_the_list_is_there(
    qtbot, window: Window, own_sample: Path
) -> None:
    assert window.open_project(own_sample)
    whole(qtbot, window)
    wanted = window.evidence.list.model.views[6].submission.id
    window.evidence.list.choose(wanted)
    document = window.evidence.desk.document

    window.close_project()
    assert window.open_project(own_sample)

    assert window.evidence.loader.reading
    assert window.evidence.desk.document == document
    whole(qtbot, window)
    assert window.evidence.list.current() == wanted
    assert window.evidence.desk.document == document


def test_what_changes_while_the_list_is_read_is_in_it(
    qtbot, window: Window, own_sample: Path
) -> None:
    assert window.open_project(own_sample)
    assert window.session is not None
    window.session.project.evidence.change("SIC0003", respondent="Zoe Last")

    whole(qtbot, window)

    submission_id = window.session.project.submission("SIC0003").id
    place = window.evidence.list
    qtbot.waitUntil(
        lambda: (
            (view := place.view(submission_id)) is not None
            and view.submission.respondent == "Zoe Last"
        )
    )


def test_closing_while_the_list_is_read_leaves_nothing_behind(
    qtbot, window: Window, own_sample: Path
) -> None:
    assert window.open_project(own_sample)

    window.close_project()
    qtbot.waitUntil(lambda: not window.workshop.running, timeout=20_000)

    assert window.evidence.list.model.rowCount() == 0
