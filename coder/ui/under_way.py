"""A dialog that stands over something under way, and then says what came of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget

from coder.jobs import Progress
from coder.ui.flow import SnugDialog


class UnderWayDialog(SnugDialog):
    """Shows how far something has come, and lets it be stopped. While that is so, closing the
    dialog is asking for an end. `wanted` asks for the act that the dialog is about, `stopped` that
    what is under way ends. Whoever derives from it sets `close_it` and lays out `words` and `bar`.
    """

    wanted = Signal()
    stopped = Signal()
    close_it: QPushButton

    def __init__(self, letters: int, parent: QWidget) -> None:
        super().__init__(letters, parent)
        self.busy, self._stoppable = False, True
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")

    def work_on(self, what: str, *, stoppable: bool = True) -> None:
        """Shows that something is under way, which may be stopped."""
        self.busy, self._stoppable = True, stoppable
        self.words.setText(f"{what} …")
        self.bar.setRange(0, 0)
        self.show_state()
        self.close_it.setText("Cancel")
        self.close_it.setEnabled(stoppable)
        self.close_it.setFocus()

    def follow(self, progress: Progress) -> None:
        """Shows how far it has come."""
        if not self.busy or not self.close_it.isEnabled():
            return
        self.words.setText(f"{progress.label} …")
        self.bar.setRange(0, 1000 if progress.total else 0)
        self.bar.setValue(round(progress.fraction * 1000))

    def show_state(self) -> None:
        """Shows what there is to see while something is under way, or once it is not."""
        self.bar.setVisible(self.busy)

    def end(self) -> None:
        """Closes it, since what was under way has ended without anything to show."""
        self.busy = False
        super().reject()

    def reject(self) -> None:
        if not self.busy:
            super().reject()
        elif self._stoppable:
            self.close_it.setEnabled(False)
            self.words.setText("Stopping …")
            self.stopped.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.busy:
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)
