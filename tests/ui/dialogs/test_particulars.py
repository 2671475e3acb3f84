"""The particulars offer only what is set by them alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget

from coder.domain.model import Status, Submission
from coder.project import Project
from coder.ui.dialogs.particulars import ParticularsDialog


@pytest.fixture
def parent(qtbot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    yield made
    made.close()


@pytest.fixture
def project(folder: Path) -> Iterator[Project]:
    with Project.open(folder, "Noor Hadley") as opened:
        yield opened


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        (Status.RECEIVED, ["received", "included", "blank"]),
        (Status.DUPLICATE, ["received", "included", "blank", "duplicate"]),
        (Status.WITHDRAWN, ["received", "included", "blank", "withdrawn"]),
    ],
)
def test_withdrawn_and_duplicate_are_no_mere_choices(
    parent: QWidget, project: Project, status: Status, offered: list[str]
) -> None:
    submission = Submission("s", "STR0001", status=status)
    dialog = ParticularsDialog(submission, project.pseudonyms, parent)

    choices = [dialog.status.itemData(place) for place in range(dialog.status.count())]

    assert choices == offered
    assert dialog.changes() == {}


def test_a_pseudonym_is_suggested_shown_and_checked_before_it_is_taken(
    parent: QWidget, project: Project
) -> None:
    # Given an anonymous respondent
    project.evidence.change(
        "STR0001", respondent="Rowan Tree", type="individual", permission="anonymous"
    )
    dialog = ParticularsDialog(project.submission("STR0001"), project.pseudonyms, parent)
    dialog.show()
    assert dialog.new_pseudonym() is None

    # When names are suggested, then each is another, and it is shown how the quotes are told
    dialog.suggest.click()
    first = dialog.pseudonym.text()
    dialog.suggest.click()
    assert first != dialog.pseudonym.text() == dialog.new_pseudonym()
    assert dialog._shown.text() == f"{dialog.pseudonym.text()} (pseudonym), Individual"

    # And where the name is used it is said that the pseudonym is not
    dialog.permission.setCurrentIndex(dialog.permission.findData("named"))
    assert dialog._shown.text() == "Rowan Tree – by name, so the pseudonym is not used"

    # And a real name is not taken
    dialog.pseudonym.setText("Rowan")
    dialog.accept()
    assert dialog.isVisible()
    [box] = dialog.findChildren(QMessageBox)
    assert "is, or holds, the name of a respondent" in box.text()
    dialog.pseudonym.setText("Wren")
    dialog.also_masked.setText("Elm Row")
    dialog.accept()
    assert not dialog.isVisible()
    assert dialog.changes() == {"permission": "named", "also_masked": "Elm Row"}
