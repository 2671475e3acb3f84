"""Asks for a line of text without holding up the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QWidget


def ask_text(
    parent: QWidget,
    title: str,
    label: str,
    text: str,
    take: Callable[[str], object],
    *,
    lines: bool = False,
) -> None:
    """Shows a field with `text` in it, of several lines where wished, and gives what was written to
    `take`."""
    dialog = QInputDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setInputMode(QInputDialog.InputMode.TextInput)
    dialog.setWindowTitle(title)
    dialog.setLabelText(label)
    dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput, lines)
    dialog.setTextValue(text)
    dialog.textValueSelected.connect(take)
    dialog.resize(460 if lines else 380, dialog.sizeHint().height())
    dialog.open()
