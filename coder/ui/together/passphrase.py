"""Fields for a passphrase: a new one, typed twice, and one that opens a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from coder.project.sharing import SHORTEST, needs_passphrase
from coder.ui.elided import Elided
from coder.ui.flow import Snug, SnugDialog

_LETTERS = 76

_LOST = (
    "Tell it to your colleague by another way than the file. Nobody can recover a passphrase that"
    " is lost: the file then stays shut."
)


class NewPassphrase(Snug):
    """A passphrase typed twice, hidden until it is to be seen. `changed` says that it is another
    one now."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.first, self.second = _field("Passphrase", self), _field("Once more", self)
        self.shown = QCheckBox("Show what I &type", self)
        self.shown.toggled.connect(lambda on: _show(on, self.first, self.second))
        about = QLabel(_LOST, self)
        about.setObjectName("muted")
        about.setWordWrap(True)
        form = QFormLayout(self)
        form.setContentsMargins(26, 0, 0, 0)
        form.setSpacing(8)
        form.addRow("&Passphrase", self.first)
        form.addRow("Onc&e more", self.second)
        form.addRow("", self.shown)
        form.addRow(about)
        for field in (self.first, self.second):
            field.textChanged.connect(lambda _: self.changed.emit())

    @property
    def words(self) -> str:
        """What was typed, without spaces around it."""
        return self.first.text().strip()

    def problem(self) -> str:
        """What is not yet right with it, in a sentence; empty where nothing is."""
        if len(self.words) < SHORTEST:
            return (
                f"The passphrase needs {SHORTEST} characters or more. Four words are easy to keep."
            )
        if self.first.text() != self.second.text():
            return "The two passphrases are not the same yet."
        return ""


class PassphraseDialog(SnugDialog):
    """Asks for the passphrase that opens a file. `given` hands it over."""

    given = Signal(str)

    def __init__(self, name: str, problem: str, parent: QWidget) -> None:
        super().__init__(_LETTERS, parent)
        self.setWindowTitle("Passphrase")
        heading = Elided(name, self)
        heading.setObjectName("heading")
        about = QLabel("This copy is sealed. It opens with the passphrase only.", self)
        about.setWordWrap(True)
        self.problem = QLabel(problem, self)
        self.problem.setObjectName("danger")
        self.problem.setWordWrap(True)
        self.problem.setVisible(bool(problem))
        self.field = _field("Passphrase", self)
        self.shown = QCheckBox("&Show what I type", self)
        self.shown.toggled.connect(lambda on: _show(on, self.field))
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow("&Passphrase", self.field)
        form.addRow("", self.shown)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.go = buttons.addButton("Open it", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        self.go.setEnabled(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        for widget in (heading, about, self.problem):
            layout.addWidget(widget)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.field.textChanged.connect(lambda words: self.go.setEnabled(bool(words.strip())))
        self.accepted.connect(lambda: self.given.emit(self.field.text().strip()))
        self.field.setFocus()


def with_passphrase(
    parent: QWidget,
    path: Path,
    act: Callable[[str], object],
    problem: str = "",
) -> PassphraseDialog | None:
    """Does the act with the passphrase that opens a file, which is asked for where one is needed;
    `problem` says why it is asked for again."""
    if not needs_passphrase(path):
        act("")
        return None
    dialog = PassphraseDialog(path.name, problem, parent)
    dialog.given.connect(act)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _field(name: str, parent: QWidget) -> QLineEdit:
    field = QLineEdit(parent)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field


def _show(on: bool, *fields: QLineEdit) -> None:
    for field in fields:
        field.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
