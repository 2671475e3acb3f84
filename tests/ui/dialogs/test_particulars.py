"""The particulars offer only what is set by them alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget

from coder.domain.model import Status, Submission
from coder.ui.dialogs.particulars import ParticularsDialog


@pytest.fixture
def parent(qtbot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        (Status.RECEIVED, ["received", "included", "blank"]),
        (Status.DUPLICATE, ["received", "included", "blank", "duplicate"]),
        (Status.WITHDRAWN, ["received", "included", "blank", "withdrawn"]),
    ],
)
def test_withdrawn_and_duplicate_are_no_mere_choices(
    parent: QWidget, status: Status, offered: list[str]
) -> None:
    dialog = ParticularsDialog(Submission("s", "SIC0001", status=status), parent)

    choices = [dialog.status.itemData(place) for place in range(dialog.status.count())]

    assert choices == offered
    assert dialog.changes() == {}
