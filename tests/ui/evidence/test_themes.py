"""The codebook beside the text says all of a code's name, and how often it is used now."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QFontMetrics, QImage

from coder.domain.model import Code
from coder.project.codebook import CodeView
from coder.ui.evidence.themes import Themes

LONG = "What stands in the way of people who would like to help"


@pytest.fixture
def themes(qtbot) -> Themes:
    made = Themes(None)
    qtbot.addWidget(made)
    made.resize(280, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


def view(name: str, codings: int = 0, key: str = "") -> CodeView:
    code = Code(name, name, definition="Why not.", colour="teal", key=key)
    return CodeView(code, f"Volunteering/{name}", 1, codings, min(codings, 1))


def ink_at_right(themes: Themes) -> int:
    """How many dark pixels the first row has in the third quarter of its width."""
    image = themes.tree.viewport().grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    row = themes.tree.visualItemRect(themes.tree.topLevelItem(0))
    wide = themes.tree.viewport().width()
    return sum(
        image.pixelColor(x, y).lightness() < 128
        for x in range(wide - 52, wide - 10)
        for y in range(row.top(), row.bottom())
    )


def test_the_count_below_the_tree_follows(themes: Themes) -> None:
    one = view("Buses")
    themes.show_tree([one, view("Trains")])
    themes.tree.setCurrentItem(themes.tree.topLevelItem(0))
    assert themes._about.text() == "Why not."
    themes.show_tree([replace(one, codings=1, submissions=1), view("Trains")])
    assert themes._about.text() == "Why not.\n1 tag in 1 submission."
    themes.show_tree([replace(one, codings=3, submissions=2)])
    assert themes._about.text() == "Why not.\n3 tags in 2 submissions."


def test_a_code_says_its_path_and_definition_where_the_pointer_rests(themes: Themes) -> None:
    themes.show_tree([view(LONG)])
    item = themes.tree.topLevelItem(0)
    assert item is not None
    assert item.toolTip(0) == f"Volunteering / {LONG}\nWhy not."
    renamed = view(LONG)
    themes.show_tree([replace(renamed, path="Helping/Less")])
    assert item.toolTip(0) == "Helping / Less\nWhy not."


def test_a_name_takes_the_room_of_a_key_and_count_that_are_not_there(themes: Themes) -> None:
    assert QFontMetrics(themes.tree.font()).horizontalAdvance(LONG) > 280
    themes.show_tree([view(LONG)])
    assert ink_at_right(themes) > 20
