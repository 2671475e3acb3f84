"""Shows what another program's project would bring, brings it in on wish, and says what came."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coder.jobs import Progress
from coder.project.interchange import TakenOver

_CARRIED = "Everything in it is carried over."


class TakeOverDialog(QDialog):
    """From looking through a file to what came of it. While it is open nothing else is done in the
    window. `wanted` asks that it comes in, `stopped` that what is under way ends."""

    wanted = Signal()
    stopped = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import from another program")
        self._name = name
        self._busy = False
        self.heading = QLabel(name, self)
        self.heading.setObjectName("heading")
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
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

    def work_on(self, what: str) -> None:
        """Shows that something is under way."""
        self._busy = True
        self.words.setText(f"{what} …")
        self.bar.setRange(0, 0)
        self._show(report=False)
        self.close_it.setText("Cancel")
        self.close_it.setEnabled(True)
        self.close_it.setFocus()

    def follow(self, progress: Progress) -> None:
        """Shows how far it has come."""
        if not self._busy:
            return
        self.words.setText(f"{progress.label} …")
        self.bar.setRange(0, 1000 if progress.total else 0)
        self.bar.setValue(round(progress.fraction * 1000))

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

    def end(self) -> None:
        """Closes it, since what was under way has ended without anything to show."""
        self._busy = False
        super().reject()

    def reject(self) -> None:
        if not self._busy:
            super().reject()
            return
        self.close_it.setEnabled(False)
        self.words.setText("Stopping …")
        self.stopped.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._busy:
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)

    def _tell(self, report: TakenOver, words: str) -> None:
        self._busy = False
        units, *left = report.sentences()
        written = f"Written by {report.origin}. " if report.origin else ""
        self.words.setText(words)
        self.about.setText(written + units + ("" if left else f" {_CARRIED}"))
        self.left.setPlainText("\n\n".join(left))
        self._show(report=True)
        self.title.setVisible(bool(left))
        self.left.setVisible(bool(left))
        self.adjustSize()

    def _show(self, *, report: bool) -> None:
        self.bar.setVisible(not report)
        for widget in (self.about, self.copy, self.title, self.left):
            widget.setVisible(report)
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
        self.setMinimumWidth(600)
