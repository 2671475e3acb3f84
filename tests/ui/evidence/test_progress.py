"""What has been read and coded, kept as one reads, and keys that find what is left."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QInputDialog

from coder.project import Project
from coder.ui.evidence import progress
from coder.ui.evidence.listing import FAR
from coder.ui.window import Window
from tests.made import MadeOnce

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LINES = "\n\n".join(f"Paragraph {number}, in which something is said." for number in range(1, 120))


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "REST_MS", 30)


@pytest.fixture
def reading(tmp_path: Path, window: Window, made_once: MadeOnce) -> Window:
    """The window with three submissions: a long letter and two short ones."""
    shutil.copytree(made_once(_halls) / "halls", tmp_path / "halls")
    assert window.open_project(tmp_path / "halls")
    return window


def _halls(folder: Path) -> None:
    files = [folder / f"{name}.txt" for name in ("a", "b", "c")]
    for file, words in zip(files, (LINES, "We sang.\n\nWe cooked.", "I rang."), strict=True):
        file.write_text(words, encoding="utf-8")
    with Project.create(folder / "halls", "Halls", "SIC", "Noor Hadley") as project:
        project.intake.bring(files)
        project.codebook.add("Connection")


def state(window: Window, ref: str) -> str:
    assert window.session is not None
    return window.session.project.evidence.one(ref).state.value


def shown(window: Window) -> str:
    """The reference of the submission that is shown."""
    assert window.session is not None
    document = window.evidence.desk.document
    return window.session.project.submission(document.submission_id).ref if document else ""


def read_all(window: Window) -> None:
    assert window.session is not None
    project = window.session.project
    for view in project.evidence.all():
        project.progress.mark_read([one.id for one in view.to_read])


def test_a_document_read_on_to_its_end_has_been_read(qtbot, reading: Window) -> None:
    assert state(reading, "SIC0001") == "unread"
    page = reading.evidence.desk.reader._page
    page.setFocus()

    while page.read_to() < len(page.text.rstrip()):
        qtbot.keyClick(page, Qt.Key.Key_PageDown)
        QApplication.processEvents()

    qtbot.waitUntil(lambda: state(reading, "SIC0001") == "read")
    assert reading.session is not None
    assert reading.session.project.next_labels()[0] == "Add the code “Connection”"


def test_a_jump_to_the_end_leaves_a_document_unread(qtbot, reading: Window) -> None:
    page = reading.evidence.desk.reader._page
    page.setFocus()

    qtbot.keyClick(page, Qt.Key.Key_End, CTRL)
    qtbot.wait(300)

    assert page.read_to() == len(page.text)
    assert state(reading, "SIC0001") == "unread"
    assert reading.evidence.list.model.index(0).data(FAR).read < 0.6


def test_a_long_document_is_not_read_by_opening_it(qtbot, reading: Window) -> None:
    qtbot.waitUntil(lambda: reading.evidence.list.model.index(0).data(FAR).read > 0)
    qtbot.wait(150)

    assert state(reading, "SIC0001") == "unread"
    line = reading.evidence.desk.progress.text()
    assert line.startswith("read to ")
    assert line.endswith("0 of 119 paragraphs tagged by you")
    assert reading.evidence.list.model.index(0).data(FAR).read < 0.6


def test_a_short_document_is_read_when_it_is_looked_at(qtbot, reading: Window) -> None:
    reading.evidence.list.step(1)

    qtbot.waitUntil(lambda: state(reading, "SIC0002") == "read")
    qtbot.waitUntil(lambda: "read · 0 of 2" in reading.evidence.desk.progress.text())


def test_nobody_reads_behind_the_question_who_is_coding(qtbot, reading: Window) -> None:
    resting = reading.evidence.progress._resting
    reading.helps.ask_coder()
    reading.evidence.list.step(1)
    with qtbot.waitSignals([resting.timeout, resting.timeout]):
        pass
    assert state(reading, "SIC0002") == "unread"

    asked = reading.findChild(QInputDialog)
    asked.setTextValue("Rowan")
    asked.accept()

    qtbot.waitUntil(lambda: state(reading, "SIC0002") == "read")
    assert reading.session is not None
    by = reading.session.project.coder
    assert by.name == "Rowan"
    document = reading.evidence.desk.document
    assert document is not None
    reader = reading.session.project.progress.reading(document.id)
    assert reader is not None
    assert reader.coder_id == by.id


def test_what_is_left_at_once_is_not_read(
    qtbot, reading: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading.evidence.progress._resting.setInterval(10_000)
    for _ in range(2):
        reading.evidence.list.step(1)

    assert [state(reading, ref) for ref in ("SIC0002", "SIC0003")] == ["unread", "unread"]


def test_a_key_marks_as_read_and_as_unread(qtbot, reading: Window) -> None:
    qtbot.keyClick(reading, Qt.Key.Key_R, CTRL | SHIFT)
    assert state(reading, "SIC0001") == "read"
    qtbot.keyClick(reading, Qt.Key.Key_R, CTRL | SHIFT)
    assert state(reading, "SIC0001") == "unread"


def test_a_key_declares_coded_and_takes_that_back(qtbot, reading: Window) -> None:
    place = reading.evidence

    qtbot.keyClick(reading, Qt.Key.Key_D, CTRL)
    assert state(reading, "SIC0001") == "coded"
    qtbot.waitUntil(lambda: place.desk.progress.text().startswith("✓ declared coded"))
    qtbot.waitUntil(lambda: place.list._count.text().startswith("1 of 3 read · 1 coded"))
    qtbot.keyClick(reading, Qt.Key.Key_D, CTRL)
    assert state(reading, "SIC0001") == "read"


def test_undo_takes_a_declaration_back(qtbot, reading: Window) -> None:
    qtbot.keyClick(reading, Qt.Key.Key_D, CTRL)
    qtbot.keyClick(reading, Qt.Key.Key_Z, CTRL)

    assert state(reading, "SIC0001") == "unread"


def test_the_next_unread_document_is_shown_round_and_round(qtbot, reading: Window) -> None:
    assert reading.session is not None
    reading.evidence.progress._resting.setInterval(10_000)
    project = reading.session.project
    project.progress.mark_read([project.evidence.document_titled("SIC0002").id])
    reading.evidence._catch_up()

    seen = []
    for _ in range(2):
        qtbot.keyClick(reading, Qt.Key.Key_PageDown, CTRL | SHIFT)
        seen.append(shown(reading))

    assert seen == ["SIC0003", "SIC0001"]
    assert reading.evidence.desk.reader.hasFocus() or reading.evidence.desk.reader.isAncestorOf(
        reading.focusWidget()
    )


def test_where_all_is_read_it_is_said(qtbot, reading: Window) -> None:
    read_all(reading)
    reading.evidence._catch_up()

    qtbot.keyClick(reading, Qt.Key.Key_PageDown, CTRL | SHIFT)

    assert reading.status.currentMessage() == "Everything has been read."
    assert shown(reading) == "SIC0001"


def test_keys_go_to_the_next_paragraph_without_a_tag_and_back(qtbot, reading: Window) -> None:
    assert reading.session is not None
    project, desk = reading.session.project, reading.evidence.desk
    assert desk.document is not None
    paragraphs = desk.document.paragraphs
    for number in (1, 2):
        span = (paragraphs[number].start, paragraphs[number].start + 9)
        project.codings.tag(desk.document, *span, [project.codebook.at("Connection")])
    desk.reader.select(0, 0)
    desk.reader.setFocus()

    qtbot.keyClick(desk.reader, Qt.Key.Key_PageDown, ALT)
    assert desk.reader.selection() == (paragraphs[3].start,) * 2
    qtbot.keyClick(desk.reader, Qt.Key.Key_PageUp, ALT)
    assert desk.reader.selection() == (0, 0)
    qtbot.waitUntil(lambda: "2 of 119 paragraphs tagged by you" in desk.progress.text())


def test_at_the_end_the_same_key_again_goes_to_the_next_document(qtbot, reading: Window) -> None:
    reading.evidence.list.step(1)
    desk = reading.evidence.desk
    desk.reader.select(12, 12)
    desk.reader.setFocus()

    qtbot.keyClick(desk.reader, Qt.Key.Key_PageDown, ALT)
    assert "Once more goes to the next document" in reading.status.currentMessage()
    assert shown(reading) == "SIC0002"
    qtbot.keyClick(desk.reader, Qt.Key.Key_PageDown, ALT)

    assert shown(reading) == "SIC0003"
    assert desk.reader.selection() == (0, 0)


def test_others_tags_do_not_make_a_paragraph_mine(reading: Window) -> None:
    assert reading.session is not None
    session, desk = reading.session, reading.evidence.desk
    assert desk.document is not None
    session.work_as("Asha Verma")
    code = session.project.codebook.at("Connection")
    session.project.codings.tag(desk.document, 0, 9, [code])
    session.work_as("Noor Hadley")
    reading.evidence.progress._tell()

    assert desk.progress.text().endswith("0 of 119 paragraphs tagged by you")


def test_where_one_was_is_there_again_after_a_restart(
    qtbot, reading: Window, tmp_path: Path
) -> None:
    desk = reading.evidence.desk
    desk.reader.select(3_000, 3_000)
    desk.reader.go_to(3_000)
    qtbot.wait(20)
    place = desk.reader.place()
    assert place > 0
    reading.evidence.list.step(1)
    reading.close()

    again = Window()
    qtbot.addWidget(again)
    again.show()
    assert again.open_project(tmp_path / "halls")
    again.evidence.list.step(-1)

    assert abs(again.evidence.desk.reader.place() - place) < 60
    again.close()


def test_a_project_open_for_reading_only_is_left_as_it_is(
    qtbot, reading: Window, tmp_path: Path
) -> None:
    reading.close_project()
    assert reading.open_project(tmp_path / "halls", read_only=True)
    reading.evidence.list.step(1)
    qtbot.wait(150)

    assert state(reading, "SIC0002") == "unread"
