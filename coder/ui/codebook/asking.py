"""Asks for a line of text without holding up the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QInputDialog, QLabel, QPlainTextEdit, QWidget


def ask_text(
    parent: QWidget,
    title: str,
    label: str,
    text: str,
    take: Callable[[str], object],
    *,
    lines: bool = False,
    ok: str = "OK",
) -> None:
    """Shows a field with `text` in it and gives what was written to `take`; `ok` stands on the
    button. With `lines` the field is of several, Tab leaves it, and Ctrl+Enter is the button."""
    dialog = QInputDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setInputMode(QInputDialog.InputMode.TextInput)
    dialog.setWindowTitle(title)
    dialog.setLabelText(label)
    dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput, lines)
    dialog.setTextValue(text)
    dialog.textValueSelected.connect(take)
    dialog.setOkButtonText(ok)
    dialog.resize(460 if lines else 380, dialog.sizeHint().height())
    for above in dialog.findChildren(QLabel):
        above.setWordWrap(True)
    for field in dialog.findChildren(QPlainTextEdit):
        field.setTabChangesFocus(True)
        accept_with_ctrl_enter(dialog)
    dialog.open()


def accept_with_ctrl_enter(dialog: QDialog) -> None:
    """Lets the words of several lines in a dialog be kept without leaving them."""
    for key in ("Ctrl+Return", "Ctrl+Enter"):
        QShortcut(QKeySequence(key), dialog, dialog.accept)
