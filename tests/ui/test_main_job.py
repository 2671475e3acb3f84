"""The main job through the window, by keys: from the first screen to a pack in Word."""

from __future__ import annotations

import csv
from pathlib import Path

import docx
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from coder import places
from coder.project.manner import Manner
from coder.ui.dialogs.new_inquiry import NewInquiryDialog
from coder.ui.evidence.submissions import VIEW
from coder.ui.packing.dialog import ExportPackDialog
from coder.ui.picker import Picker
from coder.ui.window import Window
from tests.ui.active import activate

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(qtbot, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(focused(), key, modifier)


def select_words(window: Window, words: str) -> None:
    """Selects words as a person would without a mouse: find them, then Escape back to the text."""
    window.registry["find"].trigger()
    field = focused()
    assert isinstance(field, QLineEdit)
    field.clear()
    field.insert(words)
    field.textEdited.emit(words)
    window.evidence.desk.finder.leave()


def tagged(window: Window) -> set[tuple[str, str]]:
    assert window.session is not None
    return {(q.code, q.quote) for q in window.session.project.quotes.select()}


def test_from_nothing_to_a_pack_by_keys(
    qtbot, window: Window, tmp_path: Path, letter: Path, monkeypatch
) -> None:
    make_inquiry(qtbot, window, tmp_path / "inquiry")
    assert window.session is not None
    names = [code.name for code in window.session.codes.values() if code.parent_id is None]
    assert len(names) == 4

    film = places.samples() / "evidence" / "14-margaret-lunch-club.mp4"
    drop(window, [letter, film])
    importing = window.chores.importing
    qtbot.waitUntil(lambda: bool(importing.previews), timeout=30_000)
    qtbot.keyClick(importing.previews[0], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.evidence.list.model.rowCount() == 2, timeout=30_000)
    refs = [view.submission.ref for view in window.evidence.list.model.views]
    assert refs == ["SIC0001", "SIC0002"]
    activate(qtbot, window)

    transcribe(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_PageDown, CTRL)
    desk = window.evidence.desk
    assert desk.document is not None
    assert "My name is Margaret" in desk.document.text

    # When words are selected and tagged by a code's own key, and others through the palette
    select_words(window, "lunch club")
    press(qtbot, Qt.Key.Key_1)
    qtbot.keyClick(window, Qt.Key.Key_PageUp, CTRL)
    select_words(window, "I had never volunteered before.")
    press(qtbot, Qt.Key.Key_Return)
    picker = window.evidence.findChild(Picker)
    assert picker is not None
    qtbot.keyClicks(picker.field, "First-timers")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    # Then both are committed, and the second made a new code
    assert ("First-timers", "I had never volunteered before.") in tagged(window)
    assert len(tagged(window)) == 2

    for ref in refs:
        window.session.project.evidence.change(ref, permission="named", respondent="Ada Marsh")
    words = write_pack(qtbot, window, tmp_path / "pack.docx", monkeypatch)
    assert "I had never volunteered before." in words
    assert "(SIC0001, para 3)" in words
    assert "(SIC0002, 00:0" in words


def make_inquiry(qtbot, window: Window, folder: Path) -> None:
    """From the first screen: Ctrl+N, the form filled in with the keyboard, Return."""
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    dialog = window.findChild(NewInquiryDialog)
    assert dialog is not None
    dialog.title.setFocus()
    qtbot.keyClicks(dialog.title, "Streets again")
    dialog.read_call(places.samples() / "call-for-evidence.docx")
    dialog.folder.setText(str(folder))
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    activate(qtbot, window)


def drop(window: Window, paths: list[Path]) -> None:
    """Drops files on the window."""
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, no_key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier
    window.dropEvent(QDropEvent(QPointF(10, 10), copy, files, left, no_key.NoModifier))


def transcribe(qtbot, window: Window) -> None:
    """Transcribes the recording that waits, with the small model that is shipped."""
    assert window.session is not None
    media = window.session.project.transcripts.pending()
    model = str(places.samples() / "whisper-synthetic")
    with qtbot.waitSignal(window.hearings.crew.finished, timeout=60_000):
        window.hearings.add(window.session, [(media[0].id, Manner(model=model))])


def write_pack(qtbot, window: Window, path: Path, monkeypatch) -> str:
    """Ctrl+2, Ctrl+E, Return in the dialog, and what the Word file then says."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_E, CTRL)
    [dialog] = window.findChildren(ExportPackDialog)
    qtbot.waitUntil(dialog.go.isEnabled, timeout=20_000)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(path.exists, timeout=20_000)
    qtbot.waitUntil(lambda: not window.workshop.running, timeout=20_000)
    return "\n".join(p.text for p in docx.Document(str(path)).element.body.iter() if _is_p(p))


def _is_p(element) -> bool:
    return element.tag.endswith("}t")


def test_a_tag_can_be_undone_redone_and_removed_by_keys(qtbot, opened: Window) -> None:
    select_words(opened, "Then the choir opened its hall.")
    press(qtbot, Qt.Key.Key_3)
    expected = {("Connection/Places to meet", "Then the choir opened its hall.")}
    assert tagged(opened) == expected
    qtbot.keyClick(opened, Qt.Key.Key_Z, CTRL)
    assert tagged(opened) == set()
    assert not opened.evidence.desk.codings
    qtbot.keyClick(opened, Qt.Key.Key_Z, CTRL | SHIFT)
    assert tagged(opened) == expected
    opened.evidence.desk.reader.setFocus()
    press(qtbot, Qt.Key.Key_Home, CTRL)
    press(qtbot, Qt.Key.Key_Down, ALT)
    press(qtbot, Qt.Key.Key_Delete)
    assert tagged(opened) == set()


def test_undo_says_in_the_menu_what_it_takes_back(qtbot, opened: Window) -> None:
    select_words(opened, "choir")
    press(qtbot, Qt.Key.Key_2)
    opened.menus["Edit"].aboutToShow.emit()
    assert opened.registry["undo"].text() == "Undo: Tag “Volunteering”"
    assert opened.registry["redo"].text() == "Redo"
    qtbot.keyClick(opened, Qt.Key.Key_Z, CTRL)
    assert tagged(opened) == set()
    qtbot.keyClick(opened, Qt.Key.Key_Y, CTRL)
    assert tagged(opened) == {("Volunteering", "choir")}


def test_positions_behind_an_emoji_are_exact(qtbot, opened: Window) -> None:
    select_words(opened, "Then the choir")
    press(qtbot, Qt.Key.Key_1)
    assert tagged(opened) == {("Connection", "Then the choir")}
    assert opened.session is not None
    assert opened.session.project.verify() == []


def test_in_vivo_and_the_same_code_again(qtbot, opened: Window) -> None:
    select_words(opened, "ring four people")
    press(qtbot, Qt.Key.Key_V)
    select_words(opened, "they ring me")
    press(qtbot, Qt.Key.Key_R)
    assert tagged(opened) == {
        ("ring four people", "ring four people"),
        ("ring four people", "they ring me"),
    }
    qtbot.keyClick(opened, Qt.Key.Key_Z, CTRL)
    qtbot.keyClick(opened, Qt.Key.Key_Z, CTRL)
    assert tagged(opened) == set()
    assert opened.session is not None
    assert "ring four people" not in {c.name for c in opened.session.codes.values()}


def test_letters_typed_in_a_field_tag_nothing(qtbot, opened: Window) -> None:
    select_words(opened, "choir")
    opened.evidence.list.field.setFocus()
    qtbot.keyClicks(opened.evidence.list.field, "123")
    assert tagged(opened) == set()


def test_another_coders_tag_is_not_removed(qtbot, opened: Window, told) -> None:
    select_words(opened, "choir")
    press(qtbot, Qt.Key.Key_1)
    assert opened.session is not None
    opened.session.project.as_coder("Somebody Else")
    opened.evidence.desk.refresh_marks()
    press(qtbot, Qt.Key.Key_Delete)
    assert "Noor Hadley's" in told()
    assert len(tagged(opened)) == 1


def test_the_spoken_sentence_is_lit_and_a_word_is_heard(qtbot, window: Window, own_sample) -> None:
    assert window.open_project(own_sample)
    views = window.evidence.list.model.views
    film = next(view for view in views if view.submission.ref == "SIC0014")
    window.evidence.list.choose(film.submission.id)
    desk = window.evidence.desk
    assert desk.document is not None
    assert desk.player is not None
    assert window.session is not None
    second = window.session.project.segments(desk.document.id)[1]
    desk.player.moved.emit(second.start_ms + 100)
    assert desk.reader._page.spoken == (second.start, second.end)
    desk.player.moved.emit(0)
    assert desk.reader._page.spoken is None
    heard: list[int] = []
    desk.player.seek = heard.append  # type: ignore[method-assign]
    desk.reader.seek_wanted.emit(second.words[0].start_ms)
    assert heard == [second.words[0].start_ms]


def test_the_quotes_place_filters_by_theme_and_jumps_back(
    qtbot, window: Window, own_sample: Path
) -> None:
    assert window.open_project(own_sample)
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    place = window.quotes
    qtbot.waitUntil(lambda: place.model.rowCount() > 1 and not place.busy)
    everything = place.model.rowCount()
    theme_item = place.filters.tree.topLevelItem(2)
    assert theme_item is not None
    place.filters.tree.itemClicked.emit(theme_item, 0)
    qtbot.waitUntil(lambda: 0 < place.model.rowCount() < everything)
    listed = place.model.listed
    assert listed is not None
    quotes = listed.fetch(0, len(listed))
    assert {q.code.split("/")[0] for q in quotes} == {"Volunteering"}
    quote = quotes[1]
    place.list.choose(1)
    place.list.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    desk = window.evidence.desk
    assert desk.document is not None
    assert desk.document.id == quote.document_id
    assert desk.reader.selected_text() == quote.quote


def test_an_exported_csv_has_the_filtered_rows_only(
    qtbot, window: Window, own_sample: Path, tmp_path: Path
) -> None:
    assert window.open_project(own_sample)
    window.go_to_place(1)
    permissions = window.quotes.filters.pickers["permissions"]
    permissions.pick("anonymous")
    assert permissions.text() == "Permission: Publish without the name"
    path = tmp_path / "pack.csv"
    window.chores.write_pack(path)
    qtbot.waitUntil(path.exists, timeout=20_000)
    qtbot.waitUntil(lambda: not window.workshop.running, timeout=20_000)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows
    assert {row["permission"] for row in rows} == {"anonymous"}


def test_a_bad_file_among_good_ones_is_named_and_stops_nothing(
    qtbot, opened: Window, tmp_path: Path, preview_of
) -> None:
    bad = tmp_path / "broken.docx"
    bad.write_bytes(b"PK\x03\x04 not really")
    good = tmp_path / "good.txt"
    good.write_text("We met in the park.", encoding="utf-8")
    preview = preview_of(bad, good)
    assert preview.headline.text() == "1 submission from 2 files given."
    left = preview.left.model_
    assert left.index(0, 0, left.index(0, 0)).data() == "broken.docx"
    preview.go.click()
    qtbot.waitUntil(lambda: not opened.workshop.running, timeout=30_000)
    assert "1 submission imported" in opened.status.currentMessage()
    qtbot.waitUntil(lambda: opened.evidence.list.model.rowCount() == 2)
    index = opened.evidence.list.list.model().index(1, 0)
    assert index.data(VIEW).submission.ref == "STR0002"
