"""Asks which of several models in a folder or zip are to be installed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coder.project.models import Model, size

_NAME = Qt.ItemDataRole.UserRole


def _called(model: Model) -> str:
    return model.id if model.title == model.id else f"{model.id}: {model.title}"


class PickDialog(QDialog):
    """The models found, all of them ticked. `picked` gives the names of those to be installed."""

    picked = Signal(list)

    def __init__(self, where: str, found: Sequence[Model], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Install models")
        about = QLabel(f"“{where}” holds {len(found)} models. Which are to be installed?", self)
        about.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setObjectName("contents")
        self.list.setAccessibleName("Models found")
        for model in found:
            item = QListWidgetItem(f"{_called(model)}, {size(model.bytes)}", self.list)
            item.setData(_NAME, model.id)
            item.setCheckState(Qt.CheckState.Checked)
        self.list.setCurrentRow(0)
        self.list.itemChanged.connect(lambda _: self._allow())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.go = buttons.addButton("Install", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(lambda: self.picked.emit(self.names()))
        layout = QVBoxLayout(self)
        layout.addWidget(about)
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)
        self.resize(540, 320)

    def names(self) -> list[str]:
        """The names of the models that are ticked."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [one.data(_NAME) for one in items if one.checkState() is Qt.CheckState.Checked]

    def _allow(self) -> None:
        self.go.setEnabled(bool(self.names()))
