"""Plays a recording above its transcript."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer, QVideoFrame, QVideoSink
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coder.domain.text import clock
from coder.ui import theme

SPEEDS = {"½×": 0.5, "¾×": 0.75, "1×": 1.0, "1¼×": 1.25, "1½×": 1.5, "2×": 2.0}


class _Picture(QWidget):
    """Shows the frames of a video as they come, turned the way the phone was held."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sink = QVideoSink(self)
        self.sink.videoFrameChanged.connect(lambda _: self.update())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Picture of the recording")

    def sizeHint(self) -> QSize:
        return QSize(320, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            frame = self.sink.videoFrame()
            if frame.isValid():
                frame.paint(painter, QRectF(self.rect()), QVideoFrame.PaintOptions())
            else:
                painter.setPen(Qt.GlobalColor.gray)
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "No picture yet")
        finally:
            painter.end()


class Player(QWidget):
    """Picture, play, a slider, time and speed. `moved` gives the position in milliseconds, on the
    recording's own clock; `failed` a sentence when the recording cannot be played here."""

    moved = Signal(int)
    failed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture = _Picture(self)
        self._player = QMediaPlayer(self)
        self._sound = QAudioOutput(self)
        self._player.setAudioOutput(self._sound)
        self._player.setVideoSink(self._picture.sink)
        self._title = ""
        self.play = QToolButton(self)
        self.play.setAccessibleName("Play or pause")
        self.play.setToolTip("Play or pause (Ctrl+Space)")
        self.play.clicked.connect(self.toggle)
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setAccessibleName("Place in the recording")
        self._slider.sliderMoved.connect(self._player.setPosition)
        self._slider.actionTriggered.connect(
            lambda _: self._player.setPosition(self._slider.sliderPosition())
        )
        self._time = QLabel("00:00", self)
        speed = QComboBox(self)
        speed.addItems(list(SPEEDS))
        speed.setCurrentText("1×")
        speed.setAccessibleName("Speed")
        speed.currentTextChanged.connect(lambda name: self._player.setPlaybackRate(SPEEDS[name]))
        row = QHBoxLayout()
        row.addWidget(self.play)
        row.addWidget(self._slider, 1)
        row.addWidget(self._time)
        row.addWidget(speed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 4)
        layout.addWidget(self._picture, 1)
        layout.addLayout(row)
        self._player.positionChanged.connect(self._at)
        self._player.durationChanged.connect(self._lasts)
        self._player.playbackStateChanged.connect(lambda _: self._show_state())
        self._player.errorOccurred.connect(self._broken)
        self._show_state()

    def load(self, path: Path, title: str) -> None:
        """Makes this recording ready, paused at its beginning."""
        self._title = title
        self._player.setSource(QUrl.fromLocalFile(str(path)))
        self._player.pause()

    def unload(self) -> None:
        """Stops and lets go of the file."""
        self._player.stop()
        self._player.setSource(QUrl())

    def toggle(self) -> None:
        """Plays when paused, pauses when playing."""
        if self._player.playbackState() is QMediaPlayer.PlaybackState.PlayingState:
            self._player.pause()
        else:
            self._player.play()

    def seek(self, ms: int) -> None:
        """Goes to a place, in milliseconds."""
        self._player.setPosition(max(0, ms))

    def jump(self, ms: int) -> None:
        """Goes forward, or back when negative, by milliseconds."""
        self.seek(self._player.position() + ms)

    @property
    def position(self) -> int:
        """Where it is, in milliseconds."""
        return self._player.position()

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self._show_state()

    def _at(self, ms: int) -> None:
        if not self._slider.isSliderDown():
            self._slider.setValue(ms)
        self._time.setText(f"{clock(ms)} / {clock(self._player.duration())}")
        self.moved.emit(ms)

    def _lasts(self, ms: int) -> None:
        self._slider.setRange(0, ms)
        self._slider.setPageStep(5_000)
        self._slider.setSingleStep(1_000)

    def _show_state(self) -> None:
        playing = self._player.playbackState() is QMediaPlayer.PlaybackState.PlayingState
        self.play.setIcon(theme.icon("pause" if playing else "play"))

    def _broken(self, error: QMediaPlayer.Error, words: str) -> None:
        self.failed.emit(
            f"“{self._title}” cannot be played on this machine ({words or error.name})."
            " Its transcript can still be read and tagged."
        )
