"""From files to submissions in the window: looked through, shown, imported, told."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton

from coder.domain.draft import Use
from coder.domain.errors import Cancelled
from coder.jobs import Job
from coder.project import Project
from coder.ui.importing.board import Board
from coder.ui.importing.columns import ColumnsDialog
from coder.ui.importing.posts import PostsDialog
from coder.ui.window import Window

SURVEY = """Your name,What changed in your street?,Sector
Ada Lovell,We talk more than we did and we look in on each other every day.,Charity
Tom Pryce,"Nothing much changed, to be honest, apart from the quiet of the mornings.",Individual
"""
POSTS = """Ada Lovell @ada · 12 May 2020
We met in the park again, all of us.

Tom Pryce @tom · 13 May 2020
The choir sang from the balconies.
"""


def press(window: Window, words: str) -> None:
    buttons = [b for b in window.findChildren(QPushButton) if b.text() == words and b.isVisible()]
    buttons[-1].click()


def text_file(folder: Path, name: str, words: str = "We met in the park.") -> Path:
    path = folder / name
    path.write_text(words, encoding="utf-8")
    return path


def refs(window: Window) -> list[str]:
    return [view.submission.ref for view in window.evidence.list.model.views]


def test_nothing_is_written_before_import_is_pressed(
    qtbot, opened: Window, tmp_path: Path, preview_of
) -> None:
    preview = preview_of(text_file(tmp_path, "new.txt"))
    assert opened.session is not None
    assert len(opened.session.project.evidence.all()) == 1

    preview.go.click()

    qtbot.waitUntil(lambda: refs(opened) == ["STR0001", "STR0002"], timeout=30_000)
    qtbot.waitUntil(lambda: not opened.workshop.running, timeout=30_000)
    assert opened.status.currentMessage() == "1 submission imported."
    assert not Path(preview.plan.staging.name).exists()


def test_an_addition_is_told_as_one_in_button_and_ending(
    qtbot, opened: Window, tmp_path: Path, preview_of
) -> None:
    preview = preview_of(
        text_file(tmp_path, "a.txt", "We met in the park."),
        text_file(tmp_path, "b.txt", "The choir sang in the hall."),
    )
    preview._amend(preview.plan.proposals[1:], "into", "STR0001")
    assert preview.go.text() == "Import 1 submission and 1 addition"

    preview.go.click()

    qtbot.waitUntil(lambda: not opened.workshop.running, timeout=30_000)
    assert opened.status.currentMessage() == "1 submission and 1 addition imported."


def test_a_preview_that_is_left_leaves_nothing(
    qtbot, opened: Window, tmp_path: Path, preview_of
) -> None:
    preview = preview_of(text_file(tmp_path, "new.txt"))
    staging = Path(preview.plan.staging.name)

    preview.reject()

    qtbot.waitUntil(lambda: not staging.exists())
    assert refs(opened) == ["STR0001"]
    assert not opened.chores.importing.previews


def test_what_was_said_in_the_preview_is_what_comes_in(
    qtbot, opened: Window, tmp_path: Path, preview_of
) -> None:
    preview = preview_of(
        text_file(tmp_path, "a.txt", "We met in the park."),
        text_file(tmp_path, "b.txt", "The choir sang in the hall."),
        text_file(tmp_path, "c.txt", "Nobody came to the shop."),
    )
    first, second, third = preview.plan.proposals
    preview.tree.choose([first, second])
    preview.buttons["join"].click()
    preview._amend([first], "respondent", "Ada Lovell")
    preview._amend([third], "wanted", False)

    preview.go.click()

    qtbot.waitUntil(lambda: not opened.workshop.running, timeout=30_000)
    assert opened.session is not None
    made = opened.session.project.evidence.one("STR0002")
    assert made.submission.respondent == "Ada Lovell"
    assert [one.title for one in made.documents] == ["a.txt", "b.txt"]
    assert len(opened.session.project.evidence.all()) == 2


def test_a_file_that_is_there_already_is_named_with_its_reference(
    opened: Window, letter: Path, preview_of
) -> None:
    preview = preview_of(letter)

    left = preview.left.model_
    assert left.index(0, 0).data() == "The same file again (1)"
    assert left.index(0, 1, left.index(0, 0)).data() == "the same as STR0001"
    assert not preview.go.isEnabled()


def test_an_empty_folder_is_told(qtbot, opened: Window, tmp_path: Path, told) -> None:
    (tmp_path / "nothing").mkdir()

    opened.chores.importing.bring([tmp_path / "nothing"])

    qtbot.waitUntil(lambda: bool(opened.findChildren(QMessageBox)), timeout=20_000)
    assert told().startswith("There is nothing to import.")


def test_an_empty_window_tells_how_far_the_look_is_and_lets_it_be_stopped(
    qtbot, window: Window, tmp_path: Path
) -> None:
    window.show_project(Project.create(tmp_path / "new", "Streets", "STR", "Ada"))
    stop = threading.Event()

    def long(job: Job) -> Board:
        while not job.cancelled:
            job.report(11, 33, "letter.docx")
            stop.wait(0.01)
        raise Cancelled

    assert window.session is not None
    window.chores.importing._survey(window.session, long)
    reader = window.evidence.desk.reader
    qtbot.waitUntil(
        lambda: reader._message.text() == "Looking through 12 of 33:\nletter.docx", timeout=10_000
    )

    assert reader._offer.text() == "Cancel"
    reader._offer.click()
    qtbot.waitUntil(lambda: not window.workshop.running, timeout=10_000)
    assert reader._message.text().startswith("No evidence yet.")


def test_files_on_the_clipboard_are_brought(qtbot, opened: Window, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(text_file(tmp_path, "new.txt")))])
    QGuiApplication.clipboard().setMimeData(data)

    opened.registry["paste"].trigger()

    importing = opened.chores.importing
    qtbot.waitUntil(lambda: bool(importing.previews), timeout=20_000)
    assert importing.previews[0].headline.text() == "1 submission from 1 file given."


def test_a_project_open_for_reading_takes_nothing_in(
    window: Window, folder: Path, letter: Path, told
) -> None:
    assert window.open_project(folder, read_only=True)

    window.chores.importing.bring([letter])

    assert "open for reading only" in told()
    assert "Looking through the files" not in [work.title for work in window.workshop.running]


def test_posts_are_pasted_recognised_and_shown(qtbot, opened: Window) -> None:
    QGuiApplication.clipboard().setText(POSTS)
    opened.registry["paste"].trigger()
    dialog = opened.findChild(PostsDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.found.count() == 2, timeout=20_000)
    assert dialog.recognised.text() == "2 posts recognised:"

    dialog._check()

    importing = opened.chores.importing
    qtbot.waitUntil(lambda: bool(importing.previews), timeout=20_000)
    assert importing.previews[0].go.text() == "Import 2 submissions"


def test_one_post_comes_in_as_it_was_written(qtbot, opened: Window) -> None:
    opened.registry["import-posts"].trigger()
    dialog = opened.findChild(PostsDialog)
    assert dialog is not None
    dialog.author.setText("@ada")
    dialog.when.setText("12 May 2020")
    dialog.said.setPlainText("We met,\n“again”.")
    dialog._check()
    importing = opened.chores.importing
    qtbot.waitUntil(lambda: bool(importing.previews), timeout=20_000)

    importing.previews[0].go.click()

    qtbot.waitUntil(lambda: not opened.workshop.running, timeout=20_000)
    assert opened.session is not None
    view = opened.session.project.evidence.one("STR0002")
    assert view.submission.received == "2020-05-12"
    assert opened.session.project.document(view.documents[0].id).text == "We met,\n“again”."


def test_columns_are_said_anew_and_the_rows_follow(
    qtbot, opened: Window, tmp_path: Path, preview_of
) -> None:
    preview = preview_of(text_file(tmp_path, "survey.csv", SURVEY))
    if opened.findChild(ColumnsDialog) is None:
        preview.buttons["columns"].click()
    dialog = opened.findChild(ColumnsDialog)
    assert dialog is not None

    for column, use in enumerate((Use.RESPONDENT, Use.QUESTION, Use.QUESTION)):
        dialog.set_use(column, use)
    dialog.tagging.setChecked(False)
    dialog.accept()

    qtbot.waitUntil(lambda: not opened.workshop.running, timeout=20_000)
    assert [one.respondent for one in preview.plan.proposals] == ["Ada Lovell", "Tom Pryce"]
    assert [len(one.things[0].documents) for one in preview.plan.proposals] == [2, 2]
    assert not preview.plan.tag_questions
    assert preview.isEnabled()
    preview.buttons["undo"].click()
    assert [len(one.things[0].documents) for one in preview.plan.proposals] == [1, 1]
    assert preview.plan.tag_questions
    preview.go.click()
    everyone = ["STR0001", "STR0002", "STR0003"]
    qtbot.waitUntil(lambda: refs(opened) == everyone, timeout=20_000)
    assert opened.status.currentMessage() == "2 submissions imported."


def test_closing_while_something_is_under_way_is_asked(qtbot, opened: Window) -> None:
    begun, stopped = threading.Event(), threading.Event()

    def long(job: Job) -> None:
        begun.set()
        while not job.cancelled:
            stopped.wait(0.01)
        job.check()

    work = opened.workshop.start("Transcribing", long)
    assert begun.wait(10)

    opened.close()

    assert opened.isVisible()
    box = next(box for box in opened.findChildren(QMessageBox) if box.isVisible())
    assert box.text() == "Transcribing is going on."
    press(opened, "Keep working")
    assert not work.job.cancelled
    opened.registry["close"].trigger()
    press(opened, "Stop and close")
    assert opened.session is None
    assert work.job.cancelled


def test_closing_takes_an_open_preview_with_it(opened: Window, tmp_path: Path, preview_of) -> None:
    preview = preview_of(text_file(tmp_path, "new.txt"))

    opened.close()

    assert not preview.isVisible()
    assert not Path(preview.plan.staging.name).exists()
