"""What the dialog that asks how to transcribe says, and how its form is laid out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QWidget

from coder.domain.text import clock, counted
from coder.project import models
from coder.project.models import Model, ModelMissing
from coder.ui.dialogs.recordings_table import Asked

_HERE = "on this machine; nothing is sent away."
_REPLACED = "The transcript there is now is replaced by the new one; Ctrl+Z brings it back."


def about(wanted: Sequence[Asked], *, silent: int, again: bool, of: int) -> str:
    """What is to be heard, of so many asked about, and what becomes of the others."""
    whole = sum(one.media_ms for one in wanted)
    length = f", {clock(whole)}" if whole else ""
    if of == 1 and wanted:
        named = f"{wanted[0].ref} “{wanted[0].title}”".strip()
        told = f"{named}{length}, {_HERE}"
    elif len(wanted) < of:
        told = f"{len(wanted):,} of {counted(of, 'recording')}{length}, {_HERE}"
    else:
        told = f"{counted(of, 'recording')}{length}, {_HERE}"
    if silent:
        has = counted(silent, "more has no sound and is", "more have no sound and are")
        told = f"{told} {has} left out."
    return f"{_REPLACED}\n{told}" if again else told


def none_installed(missing: ModelMissing) -> str:
    """What to do where no model of one’s own is installed."""
    if not missing.downloadable:
        return "No model for this engine is installed yet: choose one that is here."
    size = models.size(missing.bytes)
    return (
        f"No model is installed yet. “{missing.name}” suits this machine ({size}): download it, or "
        "choose one that is here."
    )


def called(model: Model, *, yours: bool = False) -> str:
    """What a model is called where it is chosen, its name first. One that is `yours` has the name
    of one that comes with the program."""
    name = f"{model.id} (yours)" if yours else model.id
    return name if model.title == model.id else f"{name}: {model.title}"


def in_a_row(*widgets: QWidget, grows: QWidget | None = None) -> QWidget:
    """These widgets side by side, all as wide as they need but for the one that grows."""
    holder = QWidget(widgets[0].parentWidget())
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        row.addWidget(widget, 1 if widget is grows else 0)
    if grows is None:
        row.addStretch(1)
    return holder


def level_labels(form: QFormLayout, *, but: QWidget) -> None:
    """Puts the label of each row on the line of its field; of a tall one (`but`), on the first."""
    for row in range(form.rowCount()):
        label = form.itemAt(row, QFormLayout.ItemRole.LabelRole)
        field = form.itemAt(row, QFormLayout.ItemRole.FieldRole)
        if label is None or field is None or not isinstance(label.widget(), QLabel):
            continue
        widget, beside = label.widget(), field.widget()
        assert isinstance(widget, QLabel)
        if beside is but:
            widget.setContentsMargins(0, 2, 0, 0)
        elif beside is not None:
            widget.setMinimumHeight(beside.sizeHint().height())
            widget.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
