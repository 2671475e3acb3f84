"""What a copy is to hold, said before it is written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget

from coder.project.sharing import ShareOptions
from coder.ui.together.share_dialog import Offer, ShareDialog, Way

OFFER = Offer(
    ("Asha Rao", "Noor Hadley"),
    5,
    ("STR0001", "STR0002"),
    "STR0003",
    {"Asha Rao": ("STR0004",)},
)


@pytest.fixture
def dialog(qtbot) -> Iterator[ShareDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = ShareDialog(OFFER, parent)
    made.show()
    yield made
    parent.close()


def test_all_goes_along_where_nothing_else_is_said(dialog: ShareDialog) -> None:
    assert dialog.options() == ShareOptions()
    assert "5 submissions, with all files as they were received" in dialog.told.text()
    assert "Anybody can open it." in dialog.told.text()
    assert not dialog.ways[Way.GIVEN].isEnabled()


@pytest.mark.parametrize(
    ("way", "refs"),
    [
        (Way.GIVEN, ("STR0004",)),
        (Way.LISTED, ("STR0001", "STR0002")),
        (Way.CHOSEN, ("STR0003",)),
    ],
)
def test_a_part_is_chosen(dialog: ShareDialog, way: Way, refs: tuple[str, ...]) -> None:
    dialog.to.setCurrentText(" Asha  Rao ")
    dialog.ways[way].setChecked(True)

    assert dialog.options() == ShareOptions("Asha Rao", refs)
    assert f"{len(refs)} submission" in dialog.told.text()


def test_who_was_given_nothing_cannot_get_just_that(dialog: ShareDialog) -> None:
    dialog.to.setCurrentText("Asha Rao")
    dialog.ways[Way.GIVEN].setChecked(True)
    dialog.to.setCurrentText("Ben Sutton")

    assert dialog.ways[Way.ALL].isChecked()
    assert dialog.ways[Way.GIVEN].text() == "Those Ben Sutton &was given (0)"


def test_a_blind_copy_without_files_says_so(dialog: ShareDialog) -> None:
    dialog.to.setCurrentText("Asha Rao")
    dialog.blind.setChecked(True)
    dialog.recordings.setChecked(False)
    assert "but no recordings, and no tags and memos but Asha Rao’s own" in dialog.told.text()

    dialog.originals.setChecked(False)

    assert "their texts only" in dialog.told.text()
    assert not dialog.recordings.isEnabled()
    assert dialog.options() == ShareOptions(
        "Asha Rao", originals=False, recordings=False, blind=True
    )


def test_a_passphrase_is_long_enough_and_typed_twice(qtbot, dialog: ShareDialog) -> None:
    dialog.sealed.setChecked(True)
    fields = dialog.passphrase
    fields.first.setText("short")
    assert "8 characters or more" in dialog.problem.text()
    fields.first.setText("four words to keep")
    assert "not the same" in dialog.problem.text()
    assert not dialog.go.isEnabled()
    assert fields.first.echoMode() is fields.first.EchoMode.Password

    fields.second.setText("four words to keep")
    fields.shown.setChecked(True)

    assert fields.first.echoMode() is fields.first.EchoMode.Normal
    assert "Only the passphrase opens it." in dialog.told.text()
    with qtbot.waitSignal(dialog.wanted) as asked:
        dialog.go.click()
    assert asked.args == [ShareOptions(passphrase="four words to keep")]
