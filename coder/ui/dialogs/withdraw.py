"""Asks before a submission is erased for good: says what goes and what stays."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coder.domain.citation import as_reference
from coder.domain.text import counted
from coder.project.evidence import SubmissionView

_WIDTH = 540


class WithdrawDialog(QDialog):
    """What would be erased of a submission and of those `joined` with it; accepted only when the
    reference has been typed. `alike` are the references declared the same, which stay."""

    def __init__(
        self,
        view: SubmissionView,
        parent: QWidget,
        *,
        joined: Sequence[str] = (),
        alike: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        ref = self._ref = view.submission.ref
        self.setWindowTitle(f"Withdraw {ref}")
        self.typed = QLineEdit(self)
        self.typed.setAccessibleName(f"Type {ref} to erase it")
        ask = QLabel(f"To &erase it, type its reference, {ref}:", self)
        ask.setBuddy(self.typed)
        buttons = QDialogButtonBox(self)
        self.go = QPushButton("Erase for good", self)
        self.go.setObjectName("destructive")
        self.go.setEnabled(False)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.typed.textChanged.connect(lambda _: self.go.setEnabled(self._is_sure()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(6)
        head = f"Withdraw {ref} · {view.title}?" if view.title else f"Withdraw {ref}?"
        layout.addWidget(_words(head, "heading", self))
        layout.addSpacing(4)
        for title, lines in (
            ("What goes, for good", gone(view, joined)),
            ("What stays", stays(ref, alike)),
        ):
            layout.addWidget(_words(title, "section", self))
            layout.addLayout(_listed(lines, self))
            layout.addSpacing(8)
        layout.addWidget(_words("Ctrl+Z does not bring it back.", "danger", self))
        layout.addSpacing(8)
        layout.addWidget(ask)
        layout.addWidget(self.typed)
        layout.addSpacing(8)
        layout.addWidget(buttons)
        self.setFixedWidth(_WIDTH)
        self.resize(_WIDTH, layout.totalHeightForWidth(_WIDTH))
        self.typed.setFocus()

    def accept(self) -> None:
        """Ends the dialog only where the reference is typed."""
        if self._is_sure():
            super().accept()

    def _is_sure(self) -> bool:
        return as_reference(self.typed.text().strip()) == self._ref


def gone(view: SubmissionView, joined: Sequence[str] = ()) -> list[str]:
    """What a withdrawal takes, in lines."""
    characters = sum(view.lengths.get(one.id, 0) for one in view.documents)
    tags = f", {counted(view.codings, 'tag')} with their memos" if view.codings else ""
    lines = [
        f"{counted(len(view.documents), 'document')} of {counted(characters, 'character')}{tags}",
        "the names of respondent and organisation, and the place they are from",
        "the originals, unless another submission has the same file",
        "all of it in the project’s own backups too",
    ]
    if joined:
        lines.insert(1, f"what was joined with it: {', '.join(joined)}")
    return lines


def stays(ref: str, alike: Sequence[str] = ()) -> list[str]:
    """What a withdrawal leaves, in lines."""
    lines = [
        f"the reference {ref}, as withdrawn; it is never given again",
        "the type of respondent, how it came and on which day, for the account",
        "the file in the inbox and copies made elsewhere, which are not reached",
    ]
    if alike:
        more = f" and {len(alike) - 4:,} more" if len(alike) > 4 else ""
        lines.append(f"the letters and duplicates like it: {', '.join(alike[:4])}{more}")
    return lines


def _words(text: str, name: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _listed(lines: Sequence[str], parent: QWidget) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for row, line in enumerate(lines):
        grid.addWidget(_words("•", "", parent), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_words(line, "", parent), row, 1)
    return grid
