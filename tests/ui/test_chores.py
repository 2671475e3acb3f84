"""What the longer acts say when they end."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from coder import places
from coder.domain.errors import Refused
from coder.ui import messages
from coder.ui.window import Window
from tests.ui.active import activate


def written(qtbot, window: Window, path: Path) -> None:
    window.chores.write_pack(path)
    qtbot.waitUntil(lambda: not window.workshop.running, timeout=20_000)


def test_a_pack_is_accounted_for_in_words(
    qtbot, window: Window, own_sample: Path, tmp_path: Path, told
) -> None:
    assert window.open_project(own_sample)
    written(qtbot, window, tmp_path / "pack.csv")
    words = told()
    assert "“pack.csv” is written." in words
    assert re.search(r"\d quotes, \d+ times under a heading, from \d+ submissions\. ", words)
    assert "left out: " in words
    assert "LeftOut(" not in words


def test_a_written_pack_can_be_shown_in_its_folder(
    qtbot, window: Window, own_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    assert window.open_project(own_sample)
    written(qtbot, window, tmp_path / "pack.csv")
    [box] = [one for one in window.findChildren(QMessageBox) if one.isVisible()]
    next(button for button in box.buttons() if button.text() == "Show in folder").click()
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]


def test_a_pack_without_any_quote_is_not_written(
    qtbot, opened: Window, tmp_path: Path, told
) -> None:
    # Given a passage of a submission whose permission nobody knows
    start = opened.evidence.desk.document.text.index("choir")
    opened.evidence.desk.reader.select(start, start + 5)
    opened.evidence.tagging.tag_by_key("1")
    # When a pack is asked for, then it is said why there is none
    written(qtbot, opened, tmp_path / "pack.docx")
    words = told()
    assert "nothing was written" in words
    assert "1 passage from 1 submission is left out" in words
    assert not (tmp_path / "pack.docx").exists()


def test_a_transcript_is_marked_as_checked_and_that_is_undone(
    qtbot, window: Window, own_sample: Path
) -> None:
    # Given the transcript of a film
    assert window.open_project(own_sample)
    assert window.session is not None
    views = window.evidence.list.model.views
    film = next(view for view in views if view.submission.ref == "SIC0014")
    window.evidence.list.choose(film.submission.id)
    desk = window.evidence.desk
    assert "Machine draft" in desk.notices.urgent()
    drafts = {q.id for q in window.session.project.quotes.select() if q.machine_draft}
    assert drafts
    # When it is marked as checked, then neither the desk nor a pack calls it a draft
    window.registry["checked"].trigger()
    qtbot.waitUntil(lambda: not desk.notices.urgent())
    assert not any(quote.machine_draft for quote in window.session.project.quotes.select())
    # And undo takes the mark back
    window.registry["undo"].trigger()
    qtbot.waitUntil(lambda: "Machine draft" in desk.notices.urgent())


def test_copy_and_select_all_go_to_the_text_with_the_focus(qtbot, opened: Window) -> None:
    activate(qtbot, opened)
    opened.registry["to-text"].trigger()
    opened.registry["select-all"].trigger()
    opened.registry["copy"].trigger()
    document = opened.evidence.desk.document
    assert document is not None
    assert QGuiApplication.clipboard().text() == document.text
    field = opened.evidence.list.field
    field.setText("choir")
    field.setFocus()
    assert QApplication.focusWidget() is field
    opened.registry["select-all"].trigger()
    opened.registry["copy"].trigger()
    assert QGuiApplication.clipboard().text() == "choir"


def test_what_is_refused_is_told_in_a_sentence(opened: Window, told) -> None:
    def refuse() -> None:
        raise Refused("“STR0009” is not there.", "Look for it in the list.")

    assert messages.attempt(opened, lambda: 7) == (7,)
    assert messages.attempt(opened, refuse) == ()
    assert told() == "“STR0009” is not there. Look for it in the list."


def test_settings_that_cannot_be_kept_stop_nothing(opened: Window, own_home: Path) -> None:
    own_home.mkdir(exist_ok=True)
    kept = places.user_settings()
    shutil.rmtree(kept)
    kept.write_text("a file where the folder should be")

    opened.helps._be("Tom Pryce")

    assert "could not be kept" in opened.status.currentMessage()
    assert opened.session is not None
    assert opened.session.project.coder.name == "Tom Pryce"
    kept.unlink()
