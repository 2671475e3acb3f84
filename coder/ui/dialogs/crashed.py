"""What is said after the program closed unexpectedly, and what can be seen of why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coder.ui.crash import Crash


class CrashedDialog(QDialog):
    """Tells of sessions that crashed. `wanted` gives the folder of the inquiry that was open; none
    is offered that is `open_now`."""

    wanted = Signal(str)

    def __init__(self, crashes: Sequence[Crash], parent: QWidget, open_now: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle("Closed unexpectedly – Evidence Coder")
        was_open = next((one.project for one in crashes if _is_there(one.project)), "")
        self._project = "" if _same(was_open, open_now) else was_open
        title = QLabel("Evidence Coder closed unexpectedly.", self)
        title.setObjectName("heading")
        words = QLabel(
            "Nothing that you did is lost. The report says where it happened; it holds nothing of"
            " the evidence, and stays on this machine unless you send it to somebody.",
            self,
        )
        words.setWordWrap(True)
        self.report = QPlainTextEdit("\n\n".join(one.report for one in crashes), self)
        self.report.setObjectName("plain")
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName("Report")
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.report.setMinimumHeight(240)
        self.report.hide()
        self.show_report = QPushButton("Show report", self)
        self.copy = QPushButton("Copy report", self)
        self.copy.hide()
        self.open_again = QPushButton("Open the inquiry you were in", self)
        self.open_again.setVisible(bool(self._project))
        self.dismiss = QPushButton("Dismiss", self)
        foot = QHBoxLayout()
        for button in (self.show_report, self.copy):
            button.setAutoDefault(False)
            foot.addWidget(button)
        foot.addStretch(1)
        for button in (self.dismiss, self.open_again):
            foot.addWidget(button)
        usual = self.open_again if self._project else self.dismiss
        usual.setDefault(True)
        usual.setFocus()
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.addWidget(title)
        layout.addWidget(words)
        layout.addWidget(self.report, 1)
        layout.addLayout(foot)
        self.setMinimumWidth(580)
        self.show_report.clicked.connect(self._unfold)
        self.copy.clicked.connect(self._copy)
        self.open_again.clicked.connect(self._open)
        self.dismiss.clicked.connect(self.reject)

    def _unfold(self) -> None:
        shown = self.report.isHidden()
        self.report.setVisible(shown)
        self.copy.setVisible(shown)
        self.show_report.setText("Hide report" if shown else "Show report")
        self.adjustSize()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.copy.setText("Copied")

    def _open(self) -> None:
        self.accept()
        self.wanted.emit(self._project)


def _same(one: str, other: str) -> bool:
    return bool(one and other) and Path(one).resolve() == Path(other).resolve()


def _is_there(project: str) -> bool:
    return bool(project) and (Path(project) / "project.db").is_file()
