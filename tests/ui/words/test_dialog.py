"""The window on words, driven by keys and mouse."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from coder.ui.window import Window
from coder.ui.words.choosing import Of
from coder.ui.words.dialog import WordsDialog
from coder.ui.words.lines import AFTER, BEFORE, REF
from coder.ui.words.table import Rows

Wait = Callable[[WordsDialog], None]


def listed(model: Rows) -> list[tuple[str, ...]]:
    return [tuple(cells) for cells in model.cells(range(len(model.rows)))]


def lines(dialog: WordsDialog) -> list[str]:
    found = dialog.places.model
    return [f"{found.line(row).ref} {found.line(row).words}" for row in range(found.rowCount())]


def click_row(qtbot, page, row: int, *, double: bool = False) -> None:
    place = page.view.visualRect(page.view.model().index(row, 0)).center()
    qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    if double:
        qtbot.mouseDClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def choose(dialog: WordsDialog, of: Of) -> None:
    dialog.choosing.of.setCurrentIndex(dialog.choosing.of.findData(of))


# Frequencies


def test_it_opens_with_the_most_frequent_words_and_says_of_what(opened_words: WordsDialog) -> None:
    first = listed(opened_words.frequencies.model)[0]

    assert first[:3] == ("bank", "4", "2")
    assert opened_words.said.text().endswith("33 words in 3 submissions")
    assert "the" not in [row[0] for row in listed(opened_words.frequencies.model)]


def test_common_words_and_families_are_there_on_wish(
    qtbot, opened_words: WordsDialog, counted: Wait
) -> None:
    page = opened_words.frequencies
    qtbot.keyClick(page.small, Qt.Key.Key_Space)
    counted(opened_words)
    assert listed(page.model)[0][:2] == ("the", "5")

    page.small.setChecked(False)
    page.families.setChecked(True)
    counted(opened_words)
    family = next(row for row in listed(page.model) if row[0].startswith("volunteer"))
    assert (family[1], family[2]) == ("3", "2")
    assert not page.view.isColumnHidden(4)


def test_headings_put_words_in_order_both_ways(qtbot, opened_words: WordsDialog) -> None:
    page = opened_words.frequencies
    header = page.view.horizontalHeader()

    def click(column: int) -> None:
        place = QPoint(header.sectionViewportPosition(column) + 20, 8)
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)

    click(0)
    words = [row[0] for row in listed(page.model)]
    assert words == sorted(words)
    click(0)
    assert [row[0] for row in listed(page.model)] == sorted(words, reverse=True)


def test_the_list_is_narrowed_as_one_types(qtbot, opened_words: WordsDialog) -> None:
    qtbot.keyClicks(opened_words.frequencies.field, "volunt")

    assert {row[0] for row in listed(opened_words.frequencies.model)} == {
        "volunteers", "volunteering", "volunteered",
    }  # fmt: skip


def test_a_word_that_is_clicked_is_shown_where_it_stands(
    qtbot, opened_words: WordsDialog, counted: Wait
) -> None:
    click_row(qtbot, opened_words.frequencies, 0)
    counted(opened_words)

    assert opened_words.page is opened_words.places
    assert opened_words.places.field.text() == "bank"
    assert lines(opened_words) == ["SIC0001 bank"] * 2 + ["SIC0002 bank"] * 2
    assert opened_words.said.text().startswith("4 places in 2 submissions")


# Concordance


@pytest.fixture
def looking(qtbot, opened_words: WordsDialog, counted: Wait) -> WordsDialog:
    """The concordance of *food bank*, found by typing."""
    opened_words.tabs.setCurrentWidget(opened_words.places)
    counted(opened_words)
    qtbot.keyClicks(opened_words.places.field, "food ba")
    qtbot.waitUntil(lambda: opened_words.places.model.rowCount() == 3)
    return opened_words


def test_it_is_found_as_one_types_with_the_words_around(looking: WordsDialog) -> None:
    line = looking.places.model.line(0)

    assert (line.before, line.words, line.after[:6]) == ("Our ", "food bank", " feeds")
    assert lines(looking) == ["SIC0001 food bank", "SIC0001 food bank", "SIC0002 food bank"]


def test_before_anything_is_typed_it_says_how(opened_words: WordsDialog, counted: Wait) -> None:
    opened_words.tabs.setCurrentWidget(opened_words.places)
    counted(opened_words)

    assert opened_words.places.stack.currentWidget() is opened_words.places.message
    assert "volunt*" in opened_words.places.message.text()
    assert not opened_words.copy.isEnabled()


def test_what_is_not_there_is_said(qtbot, looking: WordsDialog) -> None:
    looking.places.field.selectAll()
    qtbot.keyClicks(looking.places.field, "zebra")

    qtbot.waitUntil(lambda: "zebra" in looking.places.message.text())
    assert not looking.places.tag.isEnabled()


def test_headings_put_the_lines_in_order_of_the_words_beside(
    qtbot, looking: WordsDialog, counted: Wait
) -> None:
    page, header = looking.places, looking.places.view.horizontalHeader()

    def ordered(column: int) -> list[str]:
        header.sectionClicked.emit(column)
        counted(looking)
        return [page.model.line(row).before[-4:] for row in range(3)]

    assert ordered(BEFORE) == ["Our ", "The ", "the "]
    assert ordered(AFTER) == ["the ", "Our ", "The "]
    assert ordered(REF) == ["Our ", "The ", "the "]
    assert page.model.headerData(REF, Qt.Orientation.Horizontal) == "Reference ↓"


def test_a_line_is_opened_in_the_text_by_double_click_and_by_enter(
    qtbot, lettered: Window, looking: WordsDialog
) -> None:
    click_row(qtbot, looking.places, 2, double=True)
    desk = lettered.evidence.desk
    assert desk.reader.selected_text() == "food bank"
    assert lettered.evidence.list.view(lettered.evidence.list.current()).submission.ref == "SIC0002"

    qtbot.keyClick(looking.places.field, Qt.Key.Key_Down)
    looking.places.view.selectRow(0)
    qtbot.keyClick(looking.places.view, Qt.Key.Key_Return)
    assert lettered.evidence.list.view(lettered.evidence.list.current()).submission.ref == "SIC0001"
    assert desk.reader.selection() == (4, 13)
    assert looking.isVisible()


def test_all_places_or_those_chosen_are_offered_for_tagging(qtbot, looking: WordsDialog) -> None:
    given: list[list[tuple[str, int, int]]] = []
    looking.tag_wanted.connect(given.append)

    qtbot.mouseClick(looking.places.tag, Qt.MouseButton.LeftButton)
    assert len(given[0]) == 3
    assert {end - start for _, start, end in given[0]} == {9}
    looking.places.view.selectRow(0)
    looking.places.view.selectionModel().select(
        looking.places.model.index(1, 0),
        looking.places.view.selectionModel().SelectionFlag.Select
        | looking.places.view.selectionModel().SelectionFlag.Rows,
    )
    assert looking.places.tag.text() == "Tag these 2…"
    qtbot.mouseClick(looking.places.tag, Qt.MouseButton.LeftButton)
    assert given[1] == given[0][:2]


def test_the_places_come_into_the_preview_of_tag_all(
    qtbot, lettered: Window, looking: WordsDialog
) -> None:
    qtbot.mouseClick(looking.places.tag, Qt.MouseButton.LeftButton)
    offered = lettered.finding.offered

    qtbot.waitUntil(lambda: offered.model.rowCount() == 3, timeout=10_000)
    offered.reject()


def test_opened_with_words_selected_it_shows_where_they_stand(
    qtbot, lettered: Window, counted: Wait
) -> None:
    qtbot.waitUntil(lambda: lettered.evidence.desk.document is not None)
    lettered.evidence.desk.reader.select(4, 13)
    lettered.registry["words"].trigger()

    dialog = lettered.words.dialog
    counted(dialog)
    assert dialog.page is dialog.places
    assert lines(dialog) == ["SIC0001 food bank", "SIC0001 food bank", "SIC0002 food bank"]


# Words that keep together


def test_a_pair_is_measured_and_shown_where_it_stands(
    qtbot, opened_words: WordsDialog, counted: Wait
) -> None:
    opened_words.tabs.setCurrentWidget(opened_words.pairs)
    counted(opened_words)
    assert [row[:4] for row in listed(opened_words.pairs.model)] == [("food", "bank", "3", "2")]

    click_row(qtbot, opened_words.pairs, 0)
    counted(opened_words)
    assert opened_words.page is opened_words.places
    assert len(lines(opened_words)) == 3


def test_too_few_pairs_are_said_with_what_to_do(
    qtbot, opened_words: WordsDialog, counted: Wait
) -> None:
    opened_words.tabs.setCurrentWidget(opened_words.pairs)
    opened_words.pairs.fewest.setCurrentIndex(3)
    counted(opened_words)

    assert "10 times" in opened_words.pairs.message.text()


def test_words_further_apart_are_shown_where_they_stand(
    qtbot, opened_words: WordsDialog, counted: Wait
) -> None:
    pairs = opened_words.pairs
    opened_words.tabs.setCurrentWidget(pairs)
    pairs.fewest.setCurrentIndex(0)
    pairs.window_.setCurrentIndex(1)
    counted(opened_words)
    row = next(place for place, one in enumerate(pairs.model.rows) if one.second == "feeds")
    count = pairs.model.rows[row].count

    pairs.take(row)
    counted(opened_words)
    assert opened_words.places.field.text().endswith(" …3 feeds")
    assert opened_words.places.model.rowCount() == count


# Whose words


def test_the_words_of_a_type_of_submissions_or_of_the_document_shown(
    qtbot, lettered: Window, opened_words: WordsDialog, counted: Wait
) -> None:
    choosing = opened_words.choosing

    def whole() -> str:
        counted(opened_words)
        return opened_words.said.text().rpartition(" · ")[2]

    choose(opened_words, Of.TYPE)
    choosing.type.setCurrentIndex(choosing.type.findData("faith"))
    assert whole() == "7 words in 1 submission"
    choose(opened_words, Of.SUBMISSIONS)
    qtbot.keyClicks(choosing.refs, "sic0002, SIC0003")
    qtbot.waitUntil(lambda: "2 submissions" in opened_words.said.text())
    choose(opened_words, Of.DOCUMENT)
    assert whole() == "14 words in 1 submission"
    lettered.evidence.list.step(1)
    assert whole() == "12 words in 1 submission"


def test_the_words_of_passages_with_a_code_as_tags_come_and_go(
    qtbot, lettered: Window, opened_words: WordsDialog, counted: Wait
) -> None:
    choose(opened_words, Of.CODE)
    counted(opened_words)
    assert "No passage carries this code" in opened_words.frequencies.message.text()

    lettered.evidence.desk.reader.select(0, 13)
    food = next(one for one in lettered.session.codes.values() if one.name == "Food")
    lettered.evidence.tagging.tag([food.id])
    qtbot.waitUntil(lambda: "3 words in 1 submission" in opened_words.said.text(), timeout=10_000)
    assert [row[0] for row in listed(opened_words.frequencies.model)] == ["food", "bank"]


def test_without_references_it_says_what_to_type(opened_words: WordsDialog, counted: Wait) -> None:
    choose(opened_words, Of.SUBMISSIONS)
    counted(opened_words)

    assert "SIC0001" in opened_words.frequencies.message.text()


# Copying, exporting, closing


def test_rows_are_copied_as_spreadsheets_take_them(
    qtbot, lettered: Window, looking: WordsDialog
) -> None:
    qtbot.mouseClick(looking.copy, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: "food bank" in QGuiApplication.clipboard().text())
    rows = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert rows[0] == [
        *("Reference", "Words before", "Found", "Words after"),
        *("Permission", "Publication"),
    ]
    assert [row[2] for row in rows[1:]] == ["food bank"] * 3


def test_lines_that_leave_say_what_must_not_be_published(
    qtbot,
    lettered: Window,
    looking: WordsDialog,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert lettered.session is not None
    project = lettered.session.project
    project.evidence.change("SIC0001", permission="named", respondent="Ada Marsh")
    project.evidence.change("SIC0002", permission="withheld")
    told: list[str] = []
    monkeypatch.setattr(lettered.status, "note", told.append)
    qtbot.waitUntil(lambda: not looking.asking.busy and len(lines(looking)) == 3)

    qtbot.mouseClick(looking.copy, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(told))
    copied = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    guards = {(row[0], *row[4:]) for row in copied[1:]}
    assert guards == {
        ("SIC0001", "named", ""),
        ("SIC0002", "withheld", "[not for publication: withheld]"),
    }
    assert told == ["3 rows copied. Internal: 1 row must not be published."]

    target = tmp_path / "lines.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    qtbot.mouseClick(looking.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(told) == 2)
    with target.open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream)) == copied
    assert told[1].endswith("Internal: 1 row must not be published.")


def test_the_table_is_exported(
    qtbot, opened_words: WordsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "words.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    qtbot.mouseClick(opened_words.export, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(target.exists)
    with target.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0][:2] == ["Word", "Count"]
    assert rows[1][:2] == ["bank", "4"]


def test_closed_with_escape_it_lets_go_and_counts_again_when_opened(
    qtbot, lettered: Window, opened_words: WordsDialog, counted: Wait
) -> None:
    qtbot.keyClick(opened_words, Qt.Key.Key_Escape)
    assert not opened_words.isVisible()
    qtbot.waitUntil(lambda: not lettered.session.project.words._texts)

    lettered.registry["words"].trigger()
    counted(opened_words)
    assert listed(opened_words.frequencies.model)[0][0] == "bank"


def test_it_goes_with_the_project(lettered: Window, opened_words: WordsDialog) -> None:
    lettered.close_project()

    assert lettered.words.dialog is None


def test_every_control_has_a_name(opened_words: WordsDialog) -> None:
    for widget in opened_words.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            named = widget.accessibleName() or getattr(widget, "text", str)()
            assert named or widget.objectName().startswith("qt_"), widget
