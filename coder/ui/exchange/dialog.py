"""Shows what another program's project would bring, brings it in on wish, and says what came."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coder.project.interchange import TakenOver
from coder.ui.under_way import UnderWayDialog

_LETTERS = 90
_CARRIED = "Everything in it is carried over."


class TakeOverDialog(UnderWayDialog):
    """From looking through a file to what came of it. While it is open nothing else is done in the
    window."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(_LETTERS, parent)
        self.setWindowTitle("Import from another program")
        self._name = name
        self.heading = QLabel(name, self)
        self.heading.setObjectName("heading")
        self.about = QLabel(self)
        self.about.setObjectName("muted")
        self.about.setWordWrap(True)
        self.title = QLabel("What cannot be carried over", self)
        self.title.setObjectName("section")
        self.left = QPlainTextEdit(self)
        self.left.setObjectName("plain")
        self.left.setReadOnly(True)
        self.left.setTabChangesFocus(True)
        self.left.setAccessibleName("What cannot be carried over")
        self.title.setBuddy(self.left)
        self.copy = QPushButton("Copy this report", self)
        self.copy.setAutoDefault(False)
        self.close_it = QPushButton("Cancel", self)
        self.go = QPushButton("Bring it in", self)
        self.go.setObjectName("primary")
        self._lay_out()
        self.copy.clicked.connect(self._copy)
        self.close_it.clicked.connect(self.reject)
        self.go.clicked.connect(self.wanted)
        self.work_on("Looking through it")

    def show_plan(self, report: TakenOver) -> None:
        """Shows what would come in, and offers to bring it in."""
        words = f"It holds {report.came}, which are not here yet. Nothing comes in before you"
        self._tell(report, f"{words} press “Bring it in”.")
        if report.nothing_new:
            self.show_done(report)
            return
        self.go.show()
        self.go.setDefault(True)
        self.go.setFocus()

    def show_done(self, report: TakenOver) -> None:
        """Shows what came in."""
        came = f"{report.came} came in. Ctrl+Z takes it all out again."
        self._tell(report, str(report) if report.nothing_new else came)
        self.close_it.setText("Close")
        self.close_it.setDefault(True)
        self.close_it.setFocus()

    def report(self) -> str:
        """All that it says, as it is copied."""
        parts = (self._name, self.words.text(), self.about.text(), self.left.toPlainText())
        return "\n\n".join(filter(None, parts))

    def _tell(self, report: TakenOver, words: str) -> None:
        self.busy = False
        units, *left = report.sentences()
        written = f"Written by {report.origin}. " if report.origin else ""
        self.words.setText(words)
        self.about.setText(written + units + ("" if left else f" {_CARRIED}"))
        self.left.setPlainText("\n\n".join(left))
        self.show_state()
        self.title.setVisible(bool(left))
        self.left.setVisible(bool(left))
        self.shrink()

    def show_state(self) -> None:
        super().show_state()
        for widget in (self.about, self.copy, self.title, self.left):
            widget.setVisible(not self.busy)
        self.copy.setText("Copy this report")
        self.go.hide()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report())
        self.copy.setText("Copied")

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.copy)
        foot.addStretch(1)
        foot.addWidget(self.close_it)
        foot.addWidget(self.go)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.setContentsMargins(18, 16, 18, 14)
        for widget in (self.heading, self.words, self.bar, self.about, self.title):
            layout.addWidget(widget)
        layout.addWidget(self.left, 1)
        layout.addStretch(0)
        layout.addLayout(foot)
        self.left.setMinimumHeight(160)
