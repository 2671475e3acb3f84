"""Opening, closing and what the window says when things are not as they should be."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QPushButton

from coder import settings
from coder.domain.draft import DraftCode
from coder.project import Project
from coder.ui.dialogs.new_inquiry import NewInquiryDialog
from coder.ui.dialogs.particulars import ParticularsDialog
from coder.ui.dialogs.transcribe import Asked, TranscribeDialog
from coder.ui.window import Window
from tests.ui.active import activate


def test_a_project_opened_lately_is_offered_again(window: Window, folder: Path) -> None:
    assert window.open_project(folder)
    window.registry["close"].trigger()
    names = [button.text() for button in window.welcome.findChildren(QPushButton)]
    assert f"Go on with Streets\n{folder}" in names


def test_an_empty_inquiry_says_what_to_do(window: Window, qtbot, tmp_path: Path) -> None:
    with Project.create(tmp_path / "p", "Empty", "E", "Noor Hadley"):
        pass
    assert window.open_project(tmp_path / "p")
    assert "Drop files" in window.evidence.desk.reader._message.text()
    window.go_to_place(1)
    told = window.quotes.pane.empty
    qtbot.waitUntil(lambda: "Nothing has been tagged yet" in told.text())


def test_a_folder_that_is_no_project_is_refused_in_a_sentence(
    window: Window, tmp_path: Path, told
) -> None:
    assert not window.open_project(tmp_path)
    assert "is not a project" in told()


def test_a_project_open_elsewhere_can_be_read(window: Window, folder: Path, told) -> None:
    with Project.open(folder, "Tom Pryce"):
        assert window.open_project(folder)
        assert "being worked on elsewhere" in told()
        assert window.session is not None
        assert window.session.project.read_only
        assert window.evidence.list.model.rowCount() == 1


def test_a_newer_project_is_refused(window: Window, folder: Path, told) -> None:
    with sqlite3.connect(folder / "project.db") as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('evidence-coder', 'from_the_future', '2031')"
        )
    connection.close()
    assert not window.open_project(folder)
    assert "newer version" in told()


@pytest.mark.parametrize(
    ("title", "prefix", "closes", "said"),
    [
        ("", "SIC", "", "title"),
        ("T", "S I C", "", "letters or digits"),
        ("T", "SIC", "soon", "not a date"),
    ],
)
def test_a_new_inquiry_asks_for_what_is_missing(
    window: Window, title: str, prefix: str, closes: str, said: str
) -> None:
    window.registry["new"].trigger()
    dialog = window.findChild(NewInquiryDialog)
    assert dialog is not None
    dialog.title.setText(title)
    dialog.prefix.setText(prefix)
    dialog.closes.setText(closes)
    dialog._make()
    assert said in dialog.problem.text()
    assert dialog.wanted is None


def test_what_is_the_matter_goes_once_it_is_being_mended(window: Window) -> None:
    dialog = NewInquiryDialog(Path("/halls"), window)
    dialog.title.setText("Halls")
    dialog.closes.setText("soon")
    dialog._make()
    assert dialog.problem.text()

    dialog.closes.setText("18 September 2020")

    assert dialog.problem.text() == ""
    dialog.close()


@pytest.mark.parametrize("words", ["2020-09-18", "18 September 2020", "18/09/2020"])
def test_a_closing_date_is_read_as_people_write_it(window: Window, words: str) -> None:
    window.registry["new"].trigger()
    dialog = window.findChild(NewInquiryDialog)
    assert dialog is not None
    dialog.title.setText("Streets")
    dialog.closes.setText(words)
    dialog._make()
    assert dialog.wanted is not None
    assert dialog.wanted.closes == "2020-09-18"


def test_themes_are_shown_for_editing_before_anything_is_made(qtbot, window: Window) -> None:
    window.registry["new"].trigger()
    dialog = window.findChild(NewInquiryDialog)
    assert dialog is not None
    below = (DraftCode("Places to meet"),)
    dialog.show_codes(
        [DraftCode("Connection", "Meeting others.", children=below), DraftCode("Volunteering")]
    )
    first = dialog.tree.topLevelItem(0)
    assert first is not None
    first.setText(0, "Togetherness")
    dialog.tree.setCurrentItem(dialog.tree.topLevelItem(1))
    activate(qtbot, dialog)
    dialog.tree.setFocus()
    qtbot.waitUntil(dialog.tree.hasFocus)
    qtbot.keyClick(dialog.tree, Qt.Key.Key_Delete)
    codes = dialog.codes()
    assert [code.name for code in codes] == ["Togetherness"]
    assert codes[0].definition == "Meeting others."
    assert [child.name for child in codes[0].children] == ["Places to meet"]


def test_particulars_show_how_a_quote_would_be_attributed(opened: Window) -> None:
    assert opened.session is not None
    submission = opened.session.project.submission("STR0001")
    dialog = ParticularsDialog(submission, opened.session.project.pseudonyms, opened)
    assert dialog._shown.text() == "not quoted in any pack"
    dialog.permission.setCurrentIndex(dialog.permission.findData("anonymous"))
    dialog.type.setCurrentIndex(dialog.type.findData("individual"))
    dialog.region.setText("North East")
    assert dialog._shown.text() == "Individual, North East"
    assert dialog.changes() == {
        "permission": "anonymous",
        "type": "individual",
        "region": "North East",
    }
    dialog.close()


def test_the_day_received_is_shown_and_its_time_kept(opened: Window) -> None:
    assert opened.session is not None
    submission = replace(
        opened.session.project.submission("STR0001"), received="2020-09-18T16:04:05Z"
    )
    dialog = ParticularsDialog(submission, opened.session.project.pseudonyms, opened)
    assert dialog.received.text() == "18 Sep 2020"
    assert dialog.changes() == {}
    dialog.received.setText("19 September 2020")
    assert dialog.changes() == {"received": "2020-09-19"}
    dialog.close()


def test_one_comes_back_to_where_one_was(window: Window, own_sample: Path) -> None:
    # Given a long document, scrolled, in the middle of the list
    assert window.open_project(own_sample)
    assert window.session is not None
    quote = window.session.project.quotes.select()[40]
    window.show_passage(quote.submission_id, quote.document_id, quote.start, quote.end)
    window.evidence.desk.reader.go_to(quote.start)
    shown = window.evidence.whereabouts()
    assert shown[2] > 0
    # When the inquiry is closed from the quotes, and opened again
    window.go_to_place(1)
    window.close_project()
    assert window.open_project(own_sample)
    # Then the quotes are shown, and in the evidence the same place
    assert window.quotes.isVisible()
    window.go_to_place(0)
    assert window.evidence.whereabouts() == shown


def test_a_document_that_has_gone_is_not_come_back_to(window: Window, folder: Path) -> None:
    assert window.open_project(folder)
    assert window.session is not None
    window.session.project.undo()
    window.close_project()
    assert window.open_project(folder)
    assert window.evidence.desk.document is None


def test_what_was_said_of_one_inquiry_goes_with_it(window: Window, folder: Path) -> None:
    assert window.open_project(folder)
    window.status.note("Copied.")
    window.close_project()
    assert window.status.currentMessage() == ""


def test_who_is_coding_is_asked_with_a_name_to_begin_with(
    qtbot, opened: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EVIDENCE_CODER_NAME")
    assert not settings.knows_coder(settings.load())
    opened.helps.ask_coder()
    dialog = opened.findChild(QInputDialog)
    assert dialog is not None
    assert dialog.textValue() == "Noor Hadley"
    dialog.setTextValue("Tom Pryce")
    dialog.accept()
    assert settings.load().coder == "Tom Pryce"
    assert opened.session is not None
    assert opened.session.project.coder.name == "Tom Pryce"


def test_who_does_not_say_who_is_coding_is_not_asked_again(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EVIDENCE_CODER_NAME")
    window.helps.ask_coder()
    dialog = window.findChild(QInputDialog)
    assert dialog is not None
    dialog.reject()
    assert settings.knows_coder(settings.load())


def test_without_a_model_the_dialog_says_how_large_one_is(
    qtbot, window: Window, own_sample
) -> None:
    assert window.open_project(own_sample)
    assert window.session is not None
    dialog = TranscribeDialog([Asked("m1", "SIC0001", "film.mp4")], settings.load(), window)
    assert not dialog.begin.isEnabled()
    assert "MB" in dialog._missing.text()
    assert "MB" in dialog._download.text()
    assert "evidence-coder" not in dialog._missing.text()
    dialog.show()
    assert dialog._download.isVisible()
    dialog.add_model(own_sample)
    assert not dialog._missing.isVisible()
    assert not dialog._download.isVisible()
    assert dialog.begin.isDefault()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == TranscribeDialog.DialogCode.Accepted
    [(media_id, manner)] = dialog.manners()
    assert (media_id, manner.model, manner.language) == ("m1", str(own_sample), "en")


def test_commands_of_recordings_are_greyed_on_a_letter(opened: Window) -> None:
    for name in ("play", "faster", "correct", "rename-speaker", "toggle-doubt"):
        assert not opened.registry[name].isEnabled(), name
    assert opened.registry["tag"].isEnabled()


def test_redo_is_greyed_until_something_is_undone(opened: Window) -> None:
    redo = opened.registry["redo"]
    assert not redo.isEnabled()
    opened.evidence.desk.reader.select(0, 4)
    opened.evidence.tagging.tag_by_key("1")
    assert not redo.isEnabled()
    opened.registry["undo"].trigger()
    assert redo.isEnabled()
    redo.trigger()
    assert not redo.isEnabled()
