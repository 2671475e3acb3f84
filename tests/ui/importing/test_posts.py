"""Social posts: one as a form, or several as they were copied."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget

from coder.domain.model import DocumentKind
from coder.project.plan import Outline, Proposal
from coder.ui.importing.posts import PostsDialog
from tests.ui.importing.conftest import thing


@pytest.fixture
def dialog(qtbot) -> Iterator[PostsDialog]:
    """The empty dialog."""
    parent = QWidget()
    qtbot.addWidget(parent)
    made = PostsDialog(parent)
    made.show()
    yield made
    made.close()


def test_one_post_becomes_a_table_of_a_row(dialog: PostsDialog) -> None:
    dialog.author.setText("@ada")
    dialog.when.setText("12 May 2020")
    dialog.said.setPlainText("We met, “again”,\nin the park.")

    dialog._check()

    rows = list(csv.DictReader(dialog.text.splitlines(keepends=True)))
    said = "We met, “again”,\nin the park."
    assert rows == [{"Author": "@ada", "Time": "2020-05-12", "Text": said, "Link": ""}]
    assert dialog.name == "post.csv"
    assert dialog.result()


def test_what_is_missing_is_told_and_nothing_is_lost(dialog: PostsDialog) -> None:
    dialog._check()
    assert dialog.problem.text() == "There is no text yet."

    dialog.said.setPlainText("We met.")
    dialog.when.setText("soon")
    dialog._check()

    assert "“soon” is not a date" in dialog.problem.text()
    assert dialog.isVisible()


def test_pasted_posts_are_looked_through_and_what_was_found_is_shown(
    qtbot, dialog: PostsDialog
) -> None:
    dialog.tabs.setCurrentIndex(1)
    with qtbot.waitSignal(dialog.look_wanted) as wanted:
        dialog.pasted.setPlainText("Ada Lovell @ada · 12 May 2020\nWe met.")
    assert wanted.args == ["Ada Lovell @ada · 12 May 2020\nWe met."]

    post = thing("posts", Outline("@ada", DocumentKind.POST, 7))
    dialog.show_found([Proposal([post], "Ada Lovell", received="2020-05-12")])

    assert dialog.recognised.text() == "1 post recognised:"
    assert dialog.found.item(0).text() == "Ada Lovell · 12 May 2020 · 7 characters"
    assert dialog.name == "pasted posts.txt"


def test_a_text_that_is_no_post_is_told_to_come_in_as_one_text(dialog: PostsDialog) -> None:
    dialog.tabs.setCurrentIndex(1)
    dialog.pasted.setPlainText("Just a letter.")

    dialog.show_found([Proposal([thing("letter.txt")])])

    assert "comes in as one text" in dialog.recognised.text()
    assert dialog.found.count() == 0
