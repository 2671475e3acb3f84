"""Speakers are named sentence after sentence, with numbers alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from coder.domain.model import Document, Segment
from coder.project import Project
from coder.ui.evidence.naming import Naming
from coder.ui.window import Window
from tests.ui.active import activate
from tests.ui.test_accessible import _nameless, _out_of_reach, _small

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def film(qtbot, window: Window, own_sample: Path) -> Document:
    """The transcript of a film of the sample inquiry, on the desk."""
    assert window.open_project(own_sample)
    project = _project(window)
    view = project.evidence.one("SIC0014")
    transcript = project.document(next(d.id for d in view.documents if d.source_id))
    window.show_passage(view.submission.id, transcript.id, 0, 0)
    qtbot.waitUntil(lambda: window.evidence.desk.document is not None)
    return transcript


@pytest.fixture
def naming(qtbot, window: Window, film: Document) -> Naming:
    """The strip, opened by its key at the first sentence, with Ann and Ben known in the last
    two."""
    lines = _project(window).segments(film.id)
    for line, name in zip(lines[-2:], ("Ann", "Ben"), strict=True):
        _project(window).correcting.set_speaker([line.id], name)
    activate(qtbot, window)
    window.evidence.desk.reader.setFocus()
    qtbot.keyClick(window.evidence.desk.reader, Qt.Key.Key_F12)
    strip = window.evidence.speakers.naming
    qtbot.waitUntil(strip.hasFocus)
    return strip


def _project(window: Window) -> Project:
    assert window.session is not None
    return window.session.project


def _lines(window: Window, film: Document) -> list[Segment]:
    return _project(window).segments(film.id)


def _speakers(window: Window, film: Document) -> list[str]:
    return [one.speaker for one in _lines(window, film)]


def _place(naming: Naming) -> int:
    return naming._place()


def test_a_number_names_the_sentence_and_goes_on(
    qtbot, window: Window, film: Document, naming: Naming
) -> None:
    assert [one.text() for one in naming.buttons if one.isVisible()] == ["1  Ann", "2  Ben"]
    codings = dict(window.evidence.desk.codings)

    for key in (Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_2):
        qtbot.keyClick(naming, key)

    assert _speakers(window, film)[:4] == ["Ben", "Ann", "Ben", ""]
    assert [one.text() for one in naming.buttons if one.isVisible()] == ["1  Ann", "2  Ben"]
    assert _place(naming) == 3
    assert naming.words.text() == _lines(window, film)[3].text
    assert [name for _, name in window.evidence.desk.reader._page.speakers][:2] == ["Ben", "Ann"]
    assert window.evidence.desk.codings == codings, "no code has been applied"


def test_undo_takes_a_name_back_and_goes_back_to_its_sentence(
    qtbot, window: Window, film: Document, naming: Naming
) -> None:
    qtbot.keyClick(naming, Qt.Key.Key_1)
    qtbot.keyClick(naming, Qt.Key.Key_2)

    qtbot.keyClick(naming, Qt.Key.Key_Z, CTRL)
    assert _place(naming) == 1
    qtbot.keyClick(naming, Qt.Key.Key_1)
    assert _speakers(window, film)[:3] == ["Ann", "Ann", ""]

    for _ in range(2):
        qtbot.keyClick(naming, Qt.Key.Key_Z, CTRL)
    assert _place(naming) == 0
    assert _speakers(window, film)[:2] == ["", ""]
    assert naming.hasFocus()


def test_somebody_new_gets_the_next_number_and_keeps_it(
    qtbot, window: Window, film: Document, naming: Naming
) -> None:
    qtbot.keyClick(naming, Qt.Key.Key_N)
    assert naming.field.hasFocus()
    qtbot.keyClicks(naming.field, "Cleo 2")
    qtbot.keyClick(naming.field, Qt.Key.Key_Return)
    assert naming.hasFocus()
    qtbot.keyClick(naming, Qt.Key.Key_3)

    assert _speakers(window, film)[:3] == ["Cleo 2", "Cleo 2", ""]
    assert [one.text() for one in naming.buttons if one.isVisible()][2] == "3  Cleo 2"
    qtbot.keyClick(naming, Qt.Key.Key_N)
    qtbot.keyClick(naming.field, Qt.Key.Key_Escape)
    assert naming.hasFocus()
    assert naming.isVisible()


def test_alt_names_from_here_on_until_somebody_else_speaks(
    qtbot, window: Window, film: Document, naming: Naming
) -> None:
    count = len(_lines(window, film))
    qtbot.keyClick(naming, Qt.Key.Key_2, ALT)
    assert _speakers(window, film) == ["Ben"] * (count - 2) + ["Ann", "Ben"]
    assert _place(naming) == 1

    qtbot.keyClick(naming, Qt.Key.Key_Down)
    qtbot.keyClick(naming, Qt.Key.Key_1, ALT)
    assert _speakers(window, film) == ["Ben"] * 2 + ["Ann"] * (count - 3) + ["Ben"]
    qtbot.keyClick(naming, Qt.Key.Key_Z, CTRL)
    assert _place(naming) == 2
    assert _speakers(window, film)[2] == "Ben"


def test_nought_takes_a_name_away_and_arrows_only_move(
    qtbot, window: Window, film: Document, naming: Naming
) -> None:
    qtbot.keyClick(naming, Qt.Key.Key_1)
    qtbot.keyClick(naming, Qt.Key.Key_Up)
    assert _place(naming) == 0
    assert naming.buttons[0].isChecked()

    qtbot.keyClick(naming, Qt.Key.Key_0)

    assert _speakers(window, film)[:2] == ["", ""]
    assert _place(naming) == 1
    qtbot.keyClick(naming, Qt.Key.Key_7)
    assert "Nobody has the number 7" in window.status.currentMessage()
    assert _place(naming) == 1


def test_the_last_sentence_is_told_of(
    qtbot, window: Window, film: Document, naming: Naming
) -> None:
    while naming.step(1):
        pass
    qtbot.keyClick(naming, Qt.Key.Key_1)
    assert "last sentence" in window.status.currentMessage()
    assert _speakers(window, film)[-1] == "Ann"


def test_a_button_does_what_its_number_does(
    qtbot, window: Window, film: Document, naming: Naming
) -> None:
    qtbot.mouseClick(naming.buttons[1], Qt.MouseButton.LeftButton)
    assert _speakers(window, film)[0] == "Ben"
    assert naming.hasFocus()
    assert not naming.buttons[1].isChecked(), "it shows who speaks in the next sentence"


def test_a_click_in_the_text_goes_to_that_sentence_and_leaves_the_keys_here(
    qtbot, window: Window, film: Document, naming: Naming
) -> None:
    reader = window.evidence.desk.reader
    reader.setFocus()
    start = _lines(window, film)[4].start
    reader.select(start + 3, start + 3)

    assert _place(naming) == 4
    assert naming.hasFocus()
    qtbot.keyClick(naming, Qt.Key.Key_1)
    assert _speakers(window, film)[4] == "Ann"


def test_it_goes_with_escape_its_own_key_and_the_text_it_belongs_to(
    qtbot, window: Window, film: Document, naming: Naming
) -> None:
    desk = window.evidence.desk
    qtbot.keyClick(naming, Qt.Key.Key_Escape)
    assert naming.isHidden()
    assert desk.reader.hasFocus() or desk.reader._page.hasFocus()
    for _ in range(2):
        qtbot.keyClick(window, Qt.Key.Key_F12)
    assert naming.isHidden()

    qtbot.keyClick(window, Qt.Key.Key_F12)
    qtbot.keyClick(window, Qt.Key.Key_F4)
    assert naming.isHidden()
    assert desk.strip.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F12)
    assert naming.isVisible()
    assert desk.strip.isHidden()
    window.show_submission("SIC0001")
    assert naming.isHidden()


def test_a_sentence_is_played_when_it_is_gone_to(
    qtbot, window: Window, film: Document, naming: Naming
) -> None:
    player = window.evidence.desk.player
    assert player is not None
    assert naming.listening.isVisible()
    begins = _lines(window, film)[2].start_ms

    naming.step(1)
    naming.step(1)

    qtbot.waitUntil(lambda: player.position >= begins, timeout=10_000)
    assert player.position < _lines(window, film)[4].start_ms


def test_where_nothing_is_spoken_it_stays_away(opened: Window) -> None:
    naming = opened.evidence.speakers.naming
    assert not opened.registry["name-speakers"].isEnabled()
    naming.enter()
    assert naming.isHidden()
    assert "No speech is shown" in opened.status.currentMessage()


@pytest.mark.parametrize("check", [_nameless, _small], ids=["named", "large enough"])
def test_everything_in_the_strip_is(naming: Naming, check: Callable) -> None:
    assert check(naming) == []


def test_everything_in_the_strip_is_reached_with_tab(qtbot, naming: Naming) -> None:
    assert _out_of_reach(qtbot, naming) == []
