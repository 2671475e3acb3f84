"""What can be done with a submission from menus, palette and list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QMenu, QMessageBox

from coder.domain.model import Document, DocumentKind, Status, Submission
from coder.project.evidence import SubmissionView
from coder.ui.dialogs.choose_submission import ChooseSubmission
from coder.ui.dialogs.withdraw import WithdrawDialog
from coder.ui.evidence.acts import MACHINE, MARKS, possible, readable_by_machine
from coder.ui.window import Window
from tests.ui.evidence.test_submissions import choose, shown


def submission(window: Window, ref: str) -> Submission:
    assert window.session is not None
    return window.session.project.submission(ref)


def dialog(window: Window, kind: type[QDialog]) -> QDialog:
    [found] = [one for one in window.findChildren(kind) if one.isVisible()]
    return found


def answer(window: Window, words: str) -> None:
    """Finds another submission by these words and takes it."""
    asked = dialog(window, ChooseSubmission)
    assert isinstance(asked, ChooseSubmission)
    QTest.keyClicks(asked.field, words)
    QTest.keyClick(asked.field, Qt.Key.Key_Return)


def test_a_submission_is_declared_a_duplicate_and_undo_takes_it_back(related: Window) -> None:
    choose(related, "SIC0006")

    related.registry["duplicate-of"].trigger()
    answer(related, "sic0001")

    assert submission(related, "SIC0006").of_id == submission(related, "SIC0001").id
    said = related.status.currentMessage()
    assert said == "SIC0006 is a duplicate of SIC0001 now. Ctrl+Z takes it back."
    related.registry["undo"].trigger()
    assert submission(related, "SIC0006").status is Status.RECEIVED


def test_a_letter_of_a_letter_is_one_of_its_campaign(related: Window) -> None:
    choose(related, "SIC0006")

    related.registry["letter-of"].trigger()
    answer(related, "0004")

    assert submission(related, "SIC0006").of_id == submission(related, "SIC0002").id
    assert "same campaign as SIC0002" in related.status.currentMessage()


def test_joined_documents_are_in_the_chosen_one(related: Window) -> None:
    choose(related, "SIC0001")

    related.registry["join"].trigger()
    answer(related, "writer 5")
    related.evidence._catch_up()

    assert submission(related, "SIC0006").status is Status.JOINED
    assert related.evidence.desk.tabs.count() == 2
    choose(related, "SIC0006")
    assert related.evidence.desk.document is None
    assert "joined with SIC0001" in related.evidence.desk.reader._message.text()


def test_what_was_joined_is_back_in_its_own_place_after_undo(related: Window) -> None:
    assert related.session is not None
    related.session.project.joining.join("SIC0001", "SIC0006")
    related.evidence._catch_up()
    choose(related, "SIC0001")
    desk = related.evidence.desk
    desk.tabs.setCurrentIndex(1)

    related.registry["undo"].trigger()
    related.evidence._catch_up()

    view = related.evidence.list.view(submission(related, "SIC0001").id)
    assert view is not None
    assert [one.title for one in view.documents] == ["letter-0.txt"]
    assert desk.tabs.count() == 1
    assert desk.document is not None
    assert desk.document.title == "letter-0.txt"
    choose(related, "SIC0006")
    assert desk.document.title == "letter-5.txt"


def test_a_letter_stands_for_itself_again(related: Window) -> None:
    choose(related, "SIC0003")

    related.registry["stand-alone"].trigger()

    assert submission(related, "SIC0003").of_id == ""
    assert "stands for itself now. Ctrl+Z" in related.status.currentMessage()


def test_where_it_stands_is_ticked_and_can_be_marked(related: Window) -> None:
    choose(related, "SIC0006")
    assert related.registry["mark-received"].isChecked()

    related.registry["mark-included"].trigger()
    related.evidence._catch_up()

    assert submission(related, "SIC0006").status is Status.INCLUDED
    assert related.registry["mark-included"].isChecked()
    choose(related, "SIC0005")
    assert not any(related.registry[one].isChecked() for one in MARKS)


def test_files_are_attached_through_the_preview(
    related: Window, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    annex = tmp_path / "annex.txt"
    annex.write_text("What we forgot to say.\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(annex)], ""))
    choose(related, "SIC0006")

    related.registry["attach"].trigger()
    importing = related.chores.importing
    qtbot.waitUntil(lambda: bool(importing.previews), timeout=30_000)
    assert importing.previews[-1].plan.proposals[0].into == "SIC0006"
    importing.previews[-1].go.click()
    qtbot.waitUntil(lambda: not related.workshop.running, timeout=30_000)

    qtbot.waitUntil(lambda: related.evidence.desk.tabs.count() == 2)
    assert len(related.evidence.list.model.views) == 6


def test_a_withdrawal_says_what_goes_and_waits_for_the_reference(related: Window) -> None:
    choose(related, "SIC0002")

    related.registry["withdraw"].trigger()

    asked = dialog(related, WithdrawDialog)
    assert isinstance(asked, WithdrawDialog)
    words = [label.text() for label in asked.findChildren(QLabel)]
    assert "1 document of 41 characters" in words
    assert "the letters and duplicates like it: SIC0003, SIC0004" in words
    assert not asked.go.isEnabled()
    QTest.keyClick(asked.typed, Qt.Key.Key_Return)
    QTest.keyClicks(asked.typed, "SIC0001")
    assert not asked.go.isEnabled()
    assert asked.isVisible()
    asked.typed.setText("sic0002")
    assert asked.go.isEnabled()
    asked.reject()
    assert submission(related, "SIC0002").status is Status.RECEIVED


def test_a_withdrawn_submission_is_erased_and_leaves_the_screen(related: Window, qtbot) -> None:
    choose(related, "SIC0002")
    related.registry["withdraw"].trigger()
    asked = dialog(related, WithdrawDialog)
    assert isinstance(asked, WithdrawDialog)

    asked.typed.setText("SIC0002")
    asked.go.click()
    qtbot.waitUntil(lambda: not related.workshop.running, timeout=30_000)
    related.evidence._catch_up()

    assert submission(related, "SIC0002").status is Status.WITHDRAWN
    assert related.status.currentMessage().startswith("SIC0002 withdrawn: 1 document")
    assert "was withdrawn" in related.evidence.desk.reader._message.text()
    assert not related.registry["withdraw"].isEnabled()
    assert submission(related, "SIC0003").of_id == ""
    related.evidence.list.field.setText("withdrawn")
    assert shown(related.evidence.list) == ["SIC0002"]


def test_undo_after_a_withdrawal_asks_before_it_goes_past_it(related: Window) -> None:
    assert related.session is not None
    project = related.session.project
    project.evidence.change("SIC0006", region="Hull")
    project.withdrawal.withdraw("SIC0001")

    related.registry["undo"].trigger()

    [asked] = [one for one in related.findChildren(QMessageBox) if one.isVisible()]
    assert asked.text() == "“Withdraw SIC0001” cannot be undone."
    assert "Change the region of SIC0006" in asked.informativeText()
    assert submission(related, "SIC0006").region == "Hull"
    next(one for one in asked.buttons() if one.text() == "Undo that instead").click()
    assert submission(related, "SIC0006").region == ""
    assert project.passed_over() == ""


def test_undo_of_what_came_after_a_withdrawal_asks_nothing(related: Window) -> None:
    assert related.session is not None
    related.session.project.withdrawal.withdraw("SIC0001")
    related.session.project.evidence.change("SIC0006", region="Hull")

    related.registry["undo"].trigger()

    assert submission(related, "SIC0006").region == ""
    assert related.session.project.passed_over() == "Withdraw SIC0001"


@pytest.mark.parametrize(
    ("one", "can", "cannot"),
    [
        (None, set(), {"attach", "withdraw"}),
        (Submission("a", "SIC1"), {"join", "mark-blank"}, {"stand-alone"}),
        (Submission("a", "SIC1", of_id="b"), {"stand-alone"}, set()),
        (Submission("a", "SIC1", status=Status.JOINED), {"withdraw"}, {"join", "attach"}),
        (Submission("a", "SIC1", status=Status.WITHDRAWN), set(), {"withdraw", "particulars"}),
    ],
)
def test_only_what_can_be_done_is_offered(
    one: Submission | None, can: set[str], cannot: set[str]
) -> None:
    offered = possible(one, read_only=False)

    assert can <= offered
    assert not cannot & offered
    assert possible(one, read_only=True) == frozenset()


def test_a_machine_is_offered_only_what_it_can_read_or_hear(related: Window) -> None:
    assert not any(related.registry[one].isEnabled() for one in MACHINE)

    scan = Document("d", "a", 0, "scan.png", DocumentKind.DOCUMENT, original="f00")
    heard = Document("t", "a", 1, "film.mp4", DocumentKind.TRANSCRIPT, source_id="m")
    read = replace(scan, id="r", text="We sang.")
    before = SubmissionView(Submission("a", "SIC1"), (scan,), {"d": 0}, 0)
    after = SubmissionView(Submission("a", "SIC1"), (scan, read), {"d": 0, "r": 8}, 0)

    assert readable_by_machine(scan, before, read_only=False) == {"recognise"}
    assert readable_by_machine(scan, after, read_only=False) == frozenset()
    assert readable_by_machine(read, after, read_only=False) == frozenset()
    assert readable_by_machine(heard, before, read_only=False) == {"transcribe-again"}
    assert readable_by_machine(heard, before, read_only=True) == frozenset()


def test_the_menu_of_the_list_has_the_acts_of_the_menu_bar(related: Window) -> None:
    choose(related, "SIC0006")

    related.submissions.open_menu(related.mapToGlobal(QPoint(100, 100)))

    [menu] = [one for one in related.findChildren(QMenu) if one.isVisible()]
    assert related.registry["join"] in menu.actions()
    menu.close()
