"""Earlier mails, signatures and disclaimers are folded away, and come out when they are wanted."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from coder.domain.model import Style
from coder.domain.paragraphs import lay_out
from coder.ui.reader.folds import folds
from coder.ui.reader.marks import Mark

EARLIER = "> We met on Tuesday in the hall.\n> There were nine of us.\n> It rained.\n> We stayed."
TEXT, PARAGRAPHS = lay_out(
    [
        ("Here is our evidence.", Style.BODY),
        (EARLIER, Style.REPLY),
        ("> And once more.\n> Truly.", Style.REPLY),
        ("It ends here.", Style.BODY),
        ("-- \nAnn Other\nSecretary", Style.SIGNATURE),
    ]
)
HIDDEN = TEXT.index("There were nine")


@pytest.fixture
def page(reader):
    """The page, with the mail on it."""
    reader.resize(900, 700)
    reader.show_document(TEXT, PARAGRAPHS, [])
    QApplication.processEvents()
    return reader._page


def shown(page):
    """The words of the lines in view."""
    return [
        page.text[page.map.to_points(row.start) : page.map.to_points(row.end)]
        for row in page.rows()
    ]


def test_neighbours_of_one_style_are_one_fold():
    first, second = folds(TEXT, PARAGRAPHS)

    assert TEXT[first.start : first.end].startswith("> We met")
    assert TEXT[first.start : first.end].endswith("> Truly.")
    assert (first.lines, first.label) == (6, "… 6 lines of an earlier mail")
    assert second.label == "… 3 lines of a signature"


def test_what_is_all_quoted_is_not_folded():
    assert folds(*lay_out([(EARLIER, Style.REPLY)])) == []


def test_a_closed_fold_shows_the_beginning_of_its_first_line_only(page):
    lines = "".join(shown(page))

    assert "> We met" in lines
    assert "There were nine" not in lines
    assert "It ends here." in lines
    assert "Secretary" not in lines


def test_a_jump_into_it_opens_it(reader, page):
    reader.select(HIDDEN, HIDDEN + 5)
    QApplication.processEvents()

    assert any("There were nine" in line for line in shown(page))
    assert reader.selected_text() == "There"
    assert "Secretary" not in "".join(shown(page))


def test_the_caret_opens_it(page, qtbot):
    page.set_ends(0, 0)

    qtbot.keyClick(page, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: "Secretary" in "".join(shown(page)))


def test_a_click_opens_and_a_click_on_the_triangle_closes(page, qtbot):
    row = next(row for row in page.rows() if row.style is Style.REPLY)
    middle = (row.top + row.bottom) // 2

    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, middle))
    opened = "There were nine" in "".join(shown(page))
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(16, middle))

    assert opened
    assert "There were nine" not in "".join(shown(page))


def test_all_open_and_close_together(reader, page):
    reader.toggle_folds()
    opened = "".join(shown(page))
    reader.toggle_folds()

    assert "Secretary" in opened
    assert "There were nine" in opened
    assert "Secretary" not in "".join(shown(page))


def test_what_was_tagged_is_open_from_the_start(reader):
    mark = Mark("m", HIDDEN, HIDDEN + 10, "Weather", "#335577", "Ann")

    reader.resize(900, 700)
    reader.show_document(TEXT, PARAGRAPHS, [mark])
    QApplication.processEvents()

    assert "There were nine" in "".join(shown(reader._page))


def test_all_is_copied_whether_folded_or_not(reader, page):
    reader.select_all()

    reader.copy()

    assert QApplication.clipboard().text() == TEXT


def test_numbers_of_hidden_paragraphs_are_not_painted_over_each_other(page):
    numbers = [number for number, _ in page._margins[0].places()]

    assert numbers == sorted(set(numbers), key=int)


def test_what_is_hidden_stays_so_when_lines_are_broken_anew(reader, page, qtbot):
    reader.set_zoom(reader.zoom() + 4)
    reader.resize(700, 640)
    QApplication.processEvents()

    rows = page.rows()

    assert all(one.bottom <= two.top for one, two in pairwise(rows))
    assert [number for number, _ in page._margins[0].places()] == ["1", "2", "4", "5"]
    assert "Secretary" not in "".join(shown(page))
