"""Finding everywhere: as one types, in context, each place to be opened or ticked with keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from coder.domain.model import About
from coder.ui import theme
from coder.ui.finding.everywhere import FindWindow
from coder.ui.finding.results import GROUP, HIT
from coder.ui.window import Window

Type = Callable[[str], None]
CONTROL = Qt.KeyboardModifier.ControlModifier


def shown(search: FindWindow) -> list[str]:
    """What the list shows from top to bottom: headings by their words, places by theirs."""
    lines = []
    for row in range(search.results.rowCount()):
        index = search.results.index(row)
        group, hit = index.data(GROUP), index.data(HIT)
        lines.append(f"# {group.title} {group.count}" if group else hit.excerpt)
    return lines


def test_results_come_as_one_types(qtbot, search: FindWindow) -> None:
    for letter in "ch":
        with qtbot.waitSignal(search.searcher.ended):
            qtbot.keyClicks(search.field, letter)
    assert "The food bank moved into the chapel." in shown(search)

    with qtbot.waitSignal(search.searcher.ended):
        qtbot.keyClicks(search.field, "apels")

    assert search.understood.text() == "Paragraphs with “chapels…”"
    assert search.count.text() == "4 places in 2 submissions"


def test_signs_and_scripts_without_spaces_that_are_not_found_say_why(
    search: FindWindow, typed: Type
) -> None:
    typed("東京")
    assert search.count.text() == "Nothing found."
    assert "Ctrl+F" in search.understood.text()

    typed("zanzibar")
    assert "Ctrl+F" not in search.understood.text()


def test_places_stand_under_their_submissions_with_the_words_marked(
    search: FindWindow, typed: Type
) -> None:
    typed("chapel bus")

    assert shown(search) == [
        "# STR0003 · letter-3.txt 1",
        "No bus runs to the chapel after six.",
    ]
    hit = search.list.currentIndex().data(HIT)
    assert [hit.excerpt[a:b] for a, b in hit.marked] == ["bus", "chapel"]


def test_without_headings_the_best_come_first(qtbot, search: FindWindow, typed: Type) -> None:
    typed("chapel")
    assert sum(line.startswith("#") for line in shown(search)) == 2

    qtbot.mouseClick(
        search.grouping, Qt.MouseButton.LeftButton, pos=QPoint(8, search.grouping.height() // 2)
    )

    assert len(shown(search)) == 4
    assert not any(line.startswith("#") for line in shown(search))


def test_up_and_down_from_the_field_and_enter_opens(
    qtbot, halls: Window, search: FindWindow, typed: Type
) -> None:
    typed("chapel")
    qtbot.keyClick(search.field, Qt.Key.Key_Down)
    qtbot.keyClick(search.field, Qt.Key.Key_Down)
    qtbot.keyClick(search.field, Qt.Key.Key_Up)
    chosen = search.list.currentIndex().data(HIT)

    qtbot.keyClick(search.field, Qt.Key.Key_Return)

    desk = halls.evidence.desk
    assert desk.document is not None
    assert (desk.document.id, desk.reader.selection()) == (
        chosen.document_id,
        (chosen.start, chosen.end),
    )
    assert desk.reader.selected_text() == "chapel"
    assert search.isVisible()


def test_a_heading_is_passed_over_on_the_way(qtbot, search: FindWindow, typed: Type) -> None:
    typed("chapel")
    seen = []
    for _ in range(6):
        seen.append(search.list.currentIndex().data(HIT))
        qtbot.keyClick(search.field, Qt.Key.Key_Down)

    assert None not in seen
    assert len({(hit.document_id, hit.start) for hit in seen}) == 4


def test_a_click_shows_the_place_and_stays(
    qtbot, halls: Window, search: FindWindow, typed: Type
) -> None:
    typed("choir sang")
    row = search.list.visualRect(search.list.currentIndex())

    qtbot.mouseClick(
        search.list.viewport(), Qt.MouseButton.LeftButton, pos=row.center() + QPoint(20, 0)
    )

    assert halls.evidence.desk.reader.selected_text() == "choir sang"
    assert search.isVisible()


def test_names_and_titles_are_found(halls: Window, search: FindWindow, typed: Type) -> None:
    typed("letter-3")

    assert shown(search)[0] == "# Names and titles 1"
    assert search.count.text() == "0 places, 1 name"
    search._choose(search.list.currentIndex(), go=True)
    assert halls.evidence.desk.document is not None
    assert halls.evidence.desk.document.title == "letter-3.txt"


def test_memos_are_found_with_what_they_are_on(
    qtbot, halls: Window, search: FindWindow, typed: Type
) -> None:
    assert halls.session is not None
    project = halls.session.project
    project.memos.write(About.CODE, project.codebook.at("Volunteering").id, "A zebra on the code")
    project.memos.write(About.SUBMISSION, project.submission("STR0002").id, "A zebra on them")
    project.memos.write(About.JOURNAL, "", "A zebra today")

    typed("zebra")

    assert {line for line in shown(search) if line.startswith("#")} == {
        "# Code “Volunteering” 1",
        "# STR0002 · letter-2.txt 1",
        "# Journal 1",
    }
    for row in range(search.results.rowCount()):
        search.list.doubleClicked.emit(search.results.index(row))


def test_what_is_wrong_is_said_in_plain_words(qtbot, search: FindWindow, typed: Type) -> None:
    search.field.setText("chapel in:STR0099")
    qtbot.waitUntil(lambda: "STR0099" in search.understood.text())
    assert shown(search) == []
    assert not search.tag_all.isEnabled()

    search.field.setText("NOT chapel")
    assert "only says what to leave out" in search.understood.text()


def test_an_open_quotation_mark_is_said_and_searched_all_the_same(
    search: FindWindow, typed: Type
) -> None:
    typed('"food ba')

    assert "quotation mark without its partner" in search.understood.text()
    assert search.count.text() == "1 place in 1 submission"


def test_nothing_found_is_said(search: FindWindow, typed: Type) -> None:
    typed("aeroplane")

    assert search.count.text() == "Nothing found."
    assert not search.tag_all.isEnabled()


def test_an_empty_field_offers_examples_and_what_was_sought_lately(
    qtbot, search: FindWindow, typed: Type
) -> None:
    assert "in one submission" in search.help.text()
    typed("garden")
    qtbot.keyClick(search.field, Qt.Key.Key_Return)
    search.field.clear()

    assert search.help.isVisible()
    assert "Lately" in search.help.text()
    assert "garden" in search.help.text()
    with qtbot.waitSignal(search.searcher.ended):
        search.help.linkActivated.emit("garden")
    assert search.count.text() == "1 place in 1 submission"


def test_space_ticks_and_the_button_counts(qtbot, search: FindWindow, typed: Type) -> None:
    typed("chapel")
    qtbot.keyClick(search.field, Qt.Key.Key_Space, CONTROL)
    assert search.tag_all.text() == "Tag 1 ticked…"
    search.list.setFocus()
    qtbot.keyClick(search.list, Qt.Key.Key_Down)
    qtbot.keyClick(search.list, Qt.Key.Key_Space)
    assert search.tag_all.text() == "Tag 2 ticked…"
    qtbot.keyClick(search.list, Qt.Key.Key_Space)
    assert search.tag_all.text() == "Tag 1 ticked…"
    typed("garden")
    assert search.tag_all.text() == "Tag all…"


def test_a_heading_ticks_all_below_it(search: FindWindow, typed: Type) -> None:
    typed("chapel")

    search.results.tick(search.results.index(0))

    assert len(search.results.ticked) == 2
    search.results.tick(search.results.index(0))
    assert search.results.ticked == []


def test_headings_fold_and_open_with_keys_and_mouse(qtbot, search: FindWindow, typed: Type) -> None:
    typed("chapel")
    whole = shown(search)
    search.list.setFocus()

    qtbot.keyClick(search.list, Qt.Key.Key_Left)
    qtbot.keyClick(search.list, Qt.Key.Key_Left)
    assert len(shown(search)) == len(whole) - 2
    qtbot.keyClick(search.list, Qt.Key.Key_Right)
    assert shown(search) == whole

    heading = search.list.visualRect(search.results.index(0))
    qtbot.mouseClick(search.list.viewport(), Qt.MouseButton.LeftButton, pos=heading.center())
    assert len(shown(search)) == len(whole) - 2


def test_a_box_is_ticked_with_the_mouse(qtbot, search: FindWindow, typed: Type) -> None:
    typed("sang")
    row = search.list.visualRect(search.list.currentIndex())

    qtbot.mouseClick(
        search.list.viewport(), Qt.MouseButton.LeftButton, pos=row.topLeft() + QPoint(14, 14)
    )

    assert [hit.excerpt[-6:] for hit in search.results.ticked] == [" sang."]


def test_results_follow_what_changes(qtbot, halls: Window, search: FindWindow, typed: Type) -> None:
    typed("chapel")
    assert halls.session is not None

    with qtbot.waitSignal(search.searcher.ended):
        halls.session.project.withdrawal.withdraw("STR0002")

    assert search.count.text() == "2 places in 1 submission"


def test_opens_with_the_words_that_are_selected(qtbot, halls: Window) -> None:
    reader = halls.evidence.desk.reader
    qtbot.waitUntil(lambda: halls.evidence.desk.document is not None)
    start = halls.evidence.desk.text().index("choir opened")
    reader.select(start, start + 12)

    halls.registry["find-everywhere"].trigger()

    search = halls.finding.shown
    assert search is not None
    assert search.field.text() == '"choir opened"'


def test_words_selected_by_the_search_do_not_replace_it(
    qtbot, halls: Window, search: FindWindow, typed: Type
) -> None:
    typed("chapel OR choir")
    qtbot.keyClick(search.field, Qt.Key.Key_Return)
    assert halls.evidence.desk.reader.selected_text()

    halls.registry["find-everywhere"].trigger()

    assert search.field.text() == "chapel OR choir"
    assert search.field.selectedText() == "chapel OR choir"


def test_it_comes_back_as_it_was_left(
    qtbot, halls: Window, search: FindWindow, typed: Type
) -> None:
    typed("garden")
    search.close()

    halls.registry["find-everywhere"].trigger()

    assert halls.finding.shown is search
    assert search.isVisible()


def test_closing_the_inquiry_ends_it(qtbot, halls: Window, search: FindWindow, typed: Type) -> None:
    search.field.setText("chapel")

    halls.close_project()

    assert halls.finding.shown is None


@pytest.mark.parametrize("dark", [False, True])
def test_it_takes_on_the_theme(halls: Window, search: FindWindow, typed: Type, dark: bool) -> None:
    typed("chapel")
    halls.set_appearance("dark" if dark else "light")

    search.field.clear()
    search.restyle()

    assert theme.current().accent in search.help.text()
    assert all(label.text() is not None for label in search.findChildren(QLabel))
