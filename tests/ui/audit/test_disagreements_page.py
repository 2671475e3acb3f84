"""The page of disagreements: the queue, the keys, the reason, the codebook, and what is empty."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton

from coder.domain.sight import Others
from coder.domain.together import AGREED_ID
from coder.project import Project
from coder.project.settling import Kind
from coder.ui.audit.define_dialog import DefineDialog
from coder.ui.audit.disagreements_page import DisagreementsPage
from coder.ui.picker import Picker
from coder.ui.window import Window
from tests.made import MadeOnce
from tests.ui.conftest import _streets
from tests.ui.test_accessible import _cut, _nameless, _out_of_reach, _small

HALL = "Then the choir opened its hall."
RING = "I ring four people every Thursday"


def _differing(folder: Path) -> None:
    """Asha, Noor and Tom on one letter: another theme, something missed, other ends, and one tag
    that all put alike."""
    _streets(folder)
    with Project.open(folder / "project", "Asha") as project:
        [header] = project.evidence.one("STR0001").documents
        document = project.document(header.id)
        for who, words, path in (
            ("Asha", HALL, "Places to meet"),
            ("Tom", HALL, "Volunteering"),
            ("Noor Hadley", HALL, "Places to meet"),
            ("Asha", RING, "Volunteering"),
            ("Noor Hadley", f"Now {RING}", "Volunteering"),
            ("Tom", RING, "Volunteering"),
            ("Asha", "nobody on our street", "Connection"),
            *((one, "Yours, Ada", "Connection") for one in ("Asha", "Noor Hadley", "Tom")),
        ):
            project.as_coder(who)
            start = document.text.index(words)
            code = project.codebook.at(path)
            [made] = project.codings.tag(document, start, start + len(words), [code])
            if who == "Tom" and words == HALL:
                project.codings.write_memo(made, "They gave the hall for nothing.")


@pytest.fixture
def differing(tmp_path: Path, made_once: MadeOnce) -> Path:
    return Path(shutil.copytree(made_once(_differing) / "project", tmp_path / "project"))


@pytest.fixture
def page(qtbot, window: Window, differing: Path) -> DisagreementsPage:
    """The page with three disagreements, the first at hand; Noor is at work."""
    assert window.open_project(differing)
    window.registry["disagreements"].trigger()
    _wait(qtbot, window)
    return window.audit.disagreements


def _wait(qtbot, window: Window) -> None:
    page = window.audit.disagreements
    qtbot.waitUntil(
        lambda: not page._later.isActive() and not window.workshop.running, timeout=20_000
    )


def _kinds(page: DisagreementsPage) -> list[Kind]:
    return [case.place.kind for case in page.model.cases]


def _agreed(page: DisagreementsPage) -> list[tuple[str, str]]:
    assert page.session is not None
    [header] = page.session.project.evidence.one("STR0001").documents
    names = {code.id: code.name for code in page.session.codes.values()}
    codings = page.session.project.codings.of(header.id)
    return [(names[one.code_id], one.quote) for one in codings if one.coder_id == AGREED_ID]


def _buttons(page: DisagreementsPage) -> list[str]:
    return [one.text() for one in page.view._buttons]


def test_the_most_telling_is_at_hand_with_each_side_and_its_memos(page: DisagreementsPage) -> None:
    assert _kinds(page) == [Kind.OTHER_CODE, Kind.MISSED, Kind.BOUNDARIES]
    assert page.summary.text() == "3 to settle · 0 settled · 3 coders in 1 document"
    assert page.list.hasFocus()
    assert _buttons(page)[:3] == [
        "1  Asha, Noor Hadley: Places to meet",
        "2  Tom: Volunteering",
        "B  Keep both",
    ]
    cards = "".join(card.findChildren(QLabel)[0].text() for card in page.view.cards._cards)
    assert "They gave the hall for nothing." in cards
    assert "Giving time." in page.view.cards.meanings.text()
    assert HALL in page.view.text.toPlainText()


def test_the_keyboard_alone_goes_through_the_whole_queue(
    qtbot, window: Window, page: DisagreementsPage
) -> None:
    # When a reason is typed and a side is accepted, and the others are settled too
    qtbot.keyClick(page.list, Qt.Key.Key_W)
    qtbot.keyClicks(page.view.why, "The hall is a place.")
    qtbot.keyClick(page.view.why, Qt.Key.Key_Return)
    qtbot.keyClick(page.list, Qt.Key.Key_1)
    assert page.view.why.text() == ""
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_L)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_B)
    _wait(qtbot, window)

    # Then all is settled, which is said, and what was decided is to be seen
    assert page.summary.text().startswith("0 to settle · 3 settled")
    assert page.view.none.isVisible()
    assert "All of it is settled" in page.view.none.text()
    assert _agreed(page)[0] == ("Places to meet", HALL)
    page.states.setCurrentIndex(1)
    assert page.model.rowCount() == 3
    page.words.setText("hall is a place")
    assert page.model.rowCount() == 1
    assert "Settled by Noor Hadley" in page.view.before.text()
    assert "“The hall is a place.”" in page.view.before.text()


def test_undo_brings_it_back_and_what_is_settled_is_reopened(
    qtbot, window: Window, page: DisagreementsPage
) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_2)
    assert _kinds(page) == [Kind.MISSED, Kind.BOUNDARIES]
    _wait(qtbot, window)
    window.registry["undo"].trigger()
    _wait(qtbot, window)
    assert len(_kinds(page)) == 3
    page.list.setCurrentIndex(page.model.index(0))
    qtbot.keyClick(page.list, Qt.Key.Key_B)
    _wait(qtbot, window)
    page.states.setCurrentIndex(1)
    qtbot.keyClick(page.list, Qt.Key.Key_O)
    _wait(qtbot, window)
    assert page.summary.text().startswith("3 to settle · 0 settled")
    assert _agreed(page) == []


def test_another_code_is_put_on_the_selected_words(
    qtbot, window: Window, page: DisagreementsPage
) -> None:
    text = page.view.text
    text.setTextCursor(text.document().find("choir"))
    qtbot.keyClick(text, Qt.Key.Key_C)
    picker = window.findChild(Picker)
    assert picker is not None
    picker.field.setText("Connection")
    picker._accept()
    _wait(qtbot, window)
    assert _agreed(page) == [("Connection", "choir")]


def test_next_goes_round_without_deciding(qtbot, page: DisagreementsPage) -> None:
    for row in (1, 2, 0):
        qtbot.keyClick(page.list, Qt.Key.Key_N)
        assert page.list.currentIndex().row() == row
    assert page.queue.open == 3


def test_the_list_is_narrowed(qtbot, window: Window, page: DisagreementsPage) -> None:
    page.kinds.setCurrentIndex(page.kinds.findText("Missed"))
    assert _kinds(page) == [Kind.MISSED]
    page.kinds.setCurrentIndex(0)
    page.codes.setCurrentIndex(page.codes.findText("Places to meet"))
    assert _kinds(page) == [Kind.OTHER_CODE]
    page.codes.setCurrentIndex(0)
    page.words.setText("for nothing")
    assert _kinds(page) == [Kind.OTHER_CODE]
    page.words.setText("zebra")
    assert "Take a filter back" in page.view.none.text()
    page.words.clear()
    page.pairs.setCurrentIndex(page.pairs.findText("Asha and Tom"))
    _wait(qtbot, window)
    assert _kinds(page) == [Kind.OTHER_CODE, Kind.MISSED]


def test_a_decision_is_written_into_the_codebook_after_a_look(
    qtbot, window: Window, page: DisagreementsPage
) -> None:
    assert page.session is not None
    page.view.why.setText("Not for giving a room.")
    qtbot.keyClick(page.list, Qt.Key.Key_D)
    dialog = window.findChild(DefineDialog)
    assert dialog is not None
    dialog.codes.setCurrentIndex(dialog.codes.findText("Volunteering"))
    dialog.fields.setCurrentIndex(dialog.fields.findText("Definition"))
    assert dialog.words.toPlainText() == "Giving time.\nNot for giving a room."
    dialog.words.setPlainText("Giving time, not a room.")
    dialog.go.click()
    book = page.session.project.codebook
    assert book.at("Volunteering").definition == "Giving time, not a room."
    _wait(qtbot, window)
    assert "Giving time, not a room." in page.view.cards.meanings.text()


def test_the_codebook_is_written_by_keyboard_and_words_are_not_lost(
    qtbot, window: Window, page: DisagreementsPage
) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_D)
    dialog = window.findChild(DefineDialog)
    assert dialog is not None
    dialog.fields.setCurrentIndex(dialog.fields.findText("Definition"))
    qtbot.keyClicks(dialog.words, "Rooms. ")
    for field in ("Use when", "Definition"):
        dialog.fields.setCurrentIndex(dialog.fields.findText(field))
    assert dialog.text.startswith("Rooms. ")
    qtbot.keyClick(dialog.words, Qt.Key.Key_Escape)
    [asked] = dialog.findChildren(QMessageBox)
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    named, said = dialog.code.name, dialog.text
    dialog.findChild(QShortcut).activated.emit()
    assert page.session is not None
    assert page.session.project.codebook.at(named).definition == said.strip()


def test_tab_goes_from_the_queue_through_the_case_to_its_acts(
    qtbot, window: Window, page: DisagreementsPage
) -> None:
    page.list.setFocus()
    reached = []
    while len(reached) < 6:
        focus = window.focusWidget()
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
        reached.append(window.focusWidget())
    view = page.view
    assert reached == [view.show_button, view.text, view.sides, view.why, *view._buttons[:2]]


def test_what_is_selected_is_of_the_words_that_are_shown(page: DisagreementsPage) -> None:
    text = "Somebody wrote this. " * 40
    page.view.text.show_passage(text, 420, 440)
    page.view.text.selectAll()
    start, end = page.view.text.selected() or (0, 0)
    assert page.view.text.toPlainText() == f"… {text[start:end]} …"


def test_what_all_agree_on_is_adopted(qtbot, window: Window, page: DisagreementsPage) -> None:
    page.adopt.click()
    _wait(qtbot, window)
    assert _agreed(page) == [("Connection", "Yours, Ada")]
    assert "1 agreed tag made" in window.status.currentMessage()
    window.go_to_place(1)
    assert "agreed" in window.quotes.filters.pickers["coders"].offered()


def test_the_passage_is_shown_in_its_document(
    qtbot, window: Window, page: DisagreementsPage
) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert window.place() == 0
    assert window.evidence.desk.reader.selected_text() == HALL


def test_it_is_copied_with_its_citation(window: Window, page: DisagreementsPage) -> None:
    window.registry["copy-cited"].trigger()
    assert HALL in QApplication.clipboard().text()


def test_one_coder_is_told_what_is_needed(qtbot, opened: Window) -> None:
    opened.registry["disagreements"].trigger()
    _wait(qtbot, opened)
    page = opened.audit.disagreements
    assert page._start_title.text() == "Two coders are needed"
    assert page._start_title.isVisible()
    qtbot.waitUntil(lambda: _cut(page) == [])
    assert not page.adopt.isEnabled()


def test_hidden_tags_are_not_shown_here_either(
    qtbot, window: Window, page: DisagreementsPage
) -> None:
    assert page.session is not None
    page.session.set_others(Others.HIDDEN)
    _wait(qtbot, window)
    assert page._start_title.text() == "Others’ tags are hidden"
    page.session.set_others(Others.BLIND)
    _wait(qtbot, window)
    assert "You code blind" in page._start_words.text()


def test_another_inquiry_shows_nothing_of_the_last(
    page: DisagreementsPage, window: Window, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    Project.create(other, "Other", "OTH", "Noor Hadley").close()
    assert window.open_project(other)
    assert page.model.cases == []
    assert page.view.case is None


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_everybody_can_work_with_it(
    qtbot, window: Window, page: DisagreementsPage, appearance: str
) -> None:
    window.set_appearance(appearance)
    QApplication.processEvents()
    assert [*_nameless(page), *_small(page), *_out_of_reach(qtbot, page), *_cut(page)] == []
    assert all(one.toolTip() for one in page.view.findChildren(QPushButton) if one.isVisible())
