"""What is being transcribed, in the status line: how far, how many wait, and a way to pause."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from coder.ui.elided import ElidedButton
from coder.ui.hearings import words
from coder.ui.hearings.crew import Crew


class HearingStatus(QWidget):
    """Hidden where nothing is heard and nothing waits. `wanted` asks for the queue."""

    wanted = Signal()

    def __init__(self, crew: Crew, parent: QWidget) -> None:
        super().__init__(parent)
        self._crew = crew
        self.told = ElidedButton(self)
        self.told.setObjectName("flat")
        self.told.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.told.setToolTip("Show what is being transcribed")
        self.told.clicked.connect(self.wanted)
        self.pause = QPushButton("Pause", self)
        self.pause.setObjectName("flat")
        self.pause.setAccessibleName("Pause the transcription")
        self.pause.clicked.connect(self._turn)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.told)
        row.addWidget(self.pause)
        crew.changed.connect(self._show)
        crew.progressed.connect(lambda _: self._show())
        self._show()

    def _show(self) -> None:
        line = words.summary(self._crew)
        self.setVisible(bool(line))
        self.pause.setVisible(bool(self._crew.running or self._crew.waiting()))
        if line == self.told.text():
            return
        self.told.setText(line)
        self.told.setAccessibleName(f"{line}. Show the queue")
        self.pause.setText("Go on" if self._crew.paused else "Pause")
        going = "Go on with" if self._crew.paused else "Pause"
        self.pause.setAccessibleName(f"{going} the transcription")

    def _turn(self) -> None:
        if self._crew.paused:
            self._crew.go_on()
        else:
            self._crew.pause()
