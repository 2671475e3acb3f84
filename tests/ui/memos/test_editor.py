"""A memo is kept by itself: after a rest, sparingly, and when the field is left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from coder.domain.model import About
from coder.project import Project
from coder.ui.memos import editor
from coder.ui.memos.editor import MemoEditor
from coder.ui.window import Window


@pytest.fixture
def writing(qtbot, opened: Window, monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoEditor]:
    """An editor with a new memo on the inquiry, in which a rest is short."""
    monkeypatch.setattr(editor, "REST_MS", 40)
    made = MemoEditor(opened)
    made.resize(300, 200)
    made.show()
    made.open_session(opened.session)
    made.begin(About.PROJECT, "")
    yield made
    made.open_session(None)


@pytest.fixture
def project(opened: Window) -> Project:
    assert opened.session is not None
    return opened.session.project


def texts(project: Project) -> list[str]:
    return [memo.text for memo in project.memos.all()]


def steps(project: Project) -> int:
    return project.history(1)[0].seq


def test_what_was_typed_is_kept_after_a_rest(qtbot, writing: MemoEditor, project: Project) -> None:
    qtbot.keyClicks(writing.field, "A thought.")
    assert texts(project) == []

    qtbot.waitUntil(lambda: texts(project) == ["A thought."])

    assert writing._said.text() == "Saved."
    assert writing.memo_id == project.memos.all()[0].id


def test_while_one_goes_on_typing_undo_gets_few_steps(
    qtbot, writing: MemoEditor, project: Project
) -> None:
    qtbot.keyClicks(writing.field, "A thought.")
    qtbot.waitUntil(lambda: texts(project) == ["A thought."])
    before = steps(project)

    for word in (" And", " another", " one."):
        qtbot.keyClicks(writing.field, word)
        qtbot.wait(80)
    assert steps(project) == before
    writing.commit()

    assert steps(project) == before + 1
    assert texts(project) == ["A thought. And another one."]


def test_nothing_is_written_where_nothing_was_changed(
    writing: MemoEditor, project: Project
) -> None:
    before = steps(project)
    writing.commit()
    writing.field.setPlainText("  \n")
    writing.commit()

    assert steps(project) == before


def test_a_memo_that_was_emptied_goes_when_the_field_is_left_and_not_before(
    qtbot, writing: MemoEditor, project: Project
) -> None:
    qtbot.keyClicks(writing.field, "A thought.")
    writing.commit()

    writing.field.selectAll()
    qtbot.keyClick(writing.field, Qt.Key.Key_Delete)
    qtbot.wait(120)
    assert texts(project) == ["A thought."]
    writing.commit()

    assert texts(project) == []
    assert project.next_labels()[0] == "Remove the memo on the inquiry"
    qtbot.keyClicks(writing.field, "Another.")
    writing.commit()
    assert texts(project) == ["Another."]


def test_a_change_from_elsewhere_is_shown_unless_one_is_typing(
    qtbot, writing: MemoEditor, project: Project
) -> None:
    qtbot.keyClicks(writing.field, "A thought.")
    writing.commit()
    memo = project.memos.all()[0].id

    project.memos.change(memo, "Better.")
    assert writing.field.toPlainText() == "Better."
    writing.field.setPlainText("In the midst")
    project.memos.change(memo, "Best.")

    assert writing.field.toPlainText() == "In the midst"
    writing.close_memo()
    assert texts(project) == ["In the midst"]


def test_in_a_project_for_reading_only_nothing_can_be_written(
    qtbot, opened: Window, project: Project
) -> None:
    memo = project.memos.write(About.PROJECT, "", "A thought.")
    folder = project.folder
    opened.close_project()
    assert opened.open_project(folder, read_only=True)
    assert opened.session is not None
    shown = MemoEditor(opened)
    shown.open_session(opened.session)
    view = opened.session.project.memos.one(memo.id)
    assert view is not None

    shown.show_memo(view)

    assert shown.field.isReadOnly()
    assert shown.field.toPlainText() == "A thought."
