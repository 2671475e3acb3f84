"""The account of submissions: adds up, and shows what is behind each number."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog

from coder.project import Project
from coder.ui.dialogs.account import AccountDialog
from coder.ui.window import Window


@pytest.fixture
def account(window: Window, qtbot, tmp_path: Path) -> AccountDialog:
    """The account of three letters, of which one was included and one is a duplicate, and of an
    empty file."""
    files = []
    for name, words in (("ada", "We sang."), ("tom", "We cooked."), ("tim", "I rang a friend.")):
        files.append(tmp_path / f"{name}.txt")
        files[-1].write_text(words, encoding="utf-8")
    files.append(tmp_path / "empty.txt")
    files[-1].write_bytes(b"")
    with Project.create(tmp_path / "halls", "Halls", "SIC", "Noor Hadley") as project:
        project.intake.bring(files)
        project.evidence.change("SIC0001", status="included", type="faith")
        project.joining.set_same("SIC0003", "SIC0002")
    assert window.open_project(tmp_path / "halls")
    return opened(window, qtbot)


def opened(window: Window, qtbot) -> AccountDialog:
    window.registry["account"].trigger()
    qtbot.waitUntil(lambda: not window.workshop.running, timeout=30_000)
    dialog = window.findChild(AccountDialog)
    assert dialog is not None
    return dialog


def behind(dialog: AccountDialog) -> list[tuple[str, str]]:
    return [(line.name, line.ref) for line in dialog.lines.lines]


def test_the_rows_add_up_to_what_was_received(account: AccountDialog) -> None:
    head, *rows, whole = (line.split("\t") for line in account.as_text().splitlines())

    assert head[:4] == ["What it counts as", "Submissions", "Other files", "In all"]
    assert head[4:] == ["Faith", "Not known"]
    assert whole == ["Received", "3", "1", "4", "1", "2"]
    for column in range(1, len(head)):
        assert sum(int(row[column]) for row in rows) == int(whole[column])
    assert account.headline.text() == "4 received: 3 submissions and 1 other file"


def test_a_number_shows_what_is_behind_it(account: AccountDialog) -> None:
    rows = [
        account.table.item(row, 0).text()  # type: ignore[union-attr]
        for row in range(account.table.rowCount())
    ]
    assert rows == ["Included", "Not decided yet", "Duplicate", "Unreadable", "Received"]

    account.table.setCurrentCell(2, 1)
    assert behind(account) == [("tim.txt", "SIC0003")]
    assert account.lines.lines[0].became == "Duplicate (SIC0002), from tim.txt"
    account.table.setCurrentCell(3, 3)
    assert behind(account) == [("empty.txt", "")]
    account.table.setCurrentCell(4, 4)
    assert behind(account) == [("ada.txt", "SIC0001")]
    account.table.setCurrentCell(4, 3)
    assert len(behind(account)) == 4


def test_what_happened_to_a_file_is_found_by_its_name(account: AccountDialog) -> None:
    account.table.setCurrentCell(0, 1)

    QTest.keyClicks(account.field, "TIM")

    assert behind(account) == [("tim.txt", "SIC0003")]
    assert "duplicate of SIC0002" in account.lines.lines[0].became
    assert not account.table.selectedIndexes()
    account.field.setText("nobody")
    assert "No file that was given has “nobody”" in account._told.text()
    account.field.clear()
    assert len(behind(account)) == 4


def test_a_file_is_found_by_the_names_that_its_submission_shows(
    window: Window, qtbot, tmp_path: Path
) -> None:
    letter = tmp_path / "post.txt"
    letter.write_text("We sang.", encoding="utf-8")
    with Project.create(tmp_path / "halls", "Halls", "SIC", "Noor Hadley") as project:
        project.intake.bring([letter])
        project.evidence.change("SIC0001", respondent="Ada Brook", organisation="Lark Hall")
    assert window.open_project(tmp_path / "halls")
    dialog = opened(window, qtbot)

    for words in ("ada brook", "LARK post"):
        dialog.field.setText(words)
        assert behind(dialog) == [("post.txt", "SIC0001")]


def test_a_line_leads_to_its_submission(account: AccountDialog, window: Window) -> None:
    account.field.setText("tom")
    account.list.setFocus()

    account.list.activated.emit(account.lines.index(0, 0))

    assert not account.isVisible()
    view = window.evidence.list.view(window.evidence.list.current())
    assert view is not None
    assert view.submission.ref == "SIC0002"


def test_the_table_is_copied_and_exported(
    account: AccountDialog,
    window: Window,
    qtbot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "account.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    account.copy.click()
    account.export.click()
    qtbot.waitUntil(lambda: not window.workshop.running, timeout=30_000)

    assert QGuiApplication.clipboard().text() == account.as_text()
    assert "Received,3,1,4" in target.read_text(encoding="utf-8-sig")
    assert window.status.currentMessage() == "“account.csv” is written."


def test_enter_in_the_field_writes_and_closes_nothing(account: AccountDialog) -> None:
    account.field.setText("tim")

    QTest.keyClick(account.field, Qt.Key.Key_Return)

    assert account.isVisible()


def test_of_an_empty_inquiry_it_says_what_to_do(window: Window, qtbot, tmp_path: Path) -> None:
    Project.create(tmp_path / "new", "New", "NEW", "Noor Hadley").close()
    assert window.open_project(tmp_path / "new")

    dialog = opened(window, qtbot)

    assert dialog.headline.text() == "Nothing was received yet."
    assert not dialog.table.isVisible()
    assert not dialog.export.isEnabled()
    [ends] = dialog.findChildren(QDialogButtonBox)
    assert ends.button(QDialogButtonBox.StandardButton.Close).isEnabled()
