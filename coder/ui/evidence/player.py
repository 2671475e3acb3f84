"""Plays a recording above its transcript."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtMultimedia import (
    QAudioOutput,
    QMediaDevices,
    QMediaPlayer,
    QVideoFrame,
    QVideoSink,
)
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

from coder.domain.model import Document
from coder.domain.text import clock
from coder.ui import theme
from coder.ui.elided import Elided

SPEEDS = {"½×": 0.5, "¾×": 0.75, "1×": 1.0, "1¼×": 1.25, "1½×": 1.5, "2×": 2.0}
NO_SOUND = "No loudspeaker or headphones were found, so nothing will be heard."


class _Picture(QWidget):
    """Shows the frames of a video as they come, turned the way the phone was held."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sink = QVideoSink(self)
        self.sink.videoFrameChanged.connect(lambda _: self.update())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Picture of the recording")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

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
        self._player.setVideoSink(self._picture.sink)
        self._title = ""
        self._length = 0
        self._span: tuple[int, int] | None = None
        self._waiting: Callable[[], None] | None = None
        self.loops = False
        self._devices = QMediaDevices(self)
        self._make_controls()
        self._arrange()
        self._player.positionChanged.connect(self._at)
        self._player.durationChanged.connect(self._opened)
        self._player.hasVideoChanged.connect(self._show_picture)
        self._player.playbackStateChanged.connect(lambda _: self._show_state())
        self._player.mediaStatusChanged.connect(self._became)
        self._player.errorOccurred.connect(self._broken)
        self._devices.audioOutputsChanged.connect(self._look_for_sound)
        self._look_for_sound()
        self._show_state()

    def _make_controls(self) -> None:
        self.play = QToolButton(self)
        self.play.setAccessibleName("Play or pause")
        self.play.setToolTip("Play or pause (Ctrl+Space)")
        self.play.clicked.connect(self.toggle)
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setAccessibleName("Place in the recording")
        self._slider.sliderMoved.connect(self.seek)
        self._slider.actionTriggered.connect(lambda _: self.seek(self._slider.sliderPosition()))
        self._time = QLabel("00:00", self)
        self.speed = QComboBox(self)
        self.speed.addItems(list(SPEEDS))
        self.speed.setCurrentText("1×")
        self.speed.setAccessibleName("Speed")
        self.speed.setToolTip("Slower (Alt+-) or faster (Alt++)")
        self.speed.currentTextChanged.connect(
            lambda name: self._player.setPlaybackRate(SPEEDS[name])
        )
        self.silence = Elided(self)
        self.silence.setText(NO_SOUND)
        self.silence.setObjectName("muted")

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.play)
        row.addWidget(self._slider, 1)
        row.addWidget(self._time)
        row.addWidget(self.speed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 4)
        layout.addWidget(self._picture, 1)
        layout.addLayout(row)
        layout.addWidget(self.silence)

    def load(self, path: Path, media: Document) -> None:
        """Makes this recording ready, paused at its beginning; one that is loaded already stays
        where it is. Until the file is open it is taken to be as long, and to have a picture or
        none, as the document says."""
        source = QUrl.fromLocalFile(str(path))
        if source == self._player.source():
            return
        self._title = media.title
        self._span = None
        self._lasts(media.media_ms or 0)
        self._slider.setValue(0)
        self._show_time(0)
        self._show_picture(not media.media_type.startswith("audio/"))
        self._player.setSource(source)
        self._player.pause()

    def unload(self) -> None:
        """Stops and lets go of the file."""
        self._span = self._waiting = None
        self._player.stop()
        self._player.setSource(QUrl())

    def toggle(self) -> None:
        """Plays when paused, pauses when playing."""
        if self.playing:
            self._player.pause()
        else:
            self._player.play()

    def seek(self, ms: int) -> None:
        """Goes to a place, in milliseconds; a stretch that was being played is left."""
        self._span = None
        self._when_ready(lambda: self._player.setPosition(max(0, ms)))

    def jump(self, ms: int) -> None:
        """Goes forward, or back when negative, by milliseconds."""
        self.seek(self._player.position() + ms)

    def play_span(self, start: int, end: int) -> None:
        """Plays from one time to another, in milliseconds, then pauses; or begins again while
        `loops` is set."""
        self._when_ready(lambda: self._begin(start, end))

    def change_speed(self, by: int) -> str:
        """Goes by so many steps of `SPEEDS`, no further than its ends; gives the speed."""
        place = min(max(self.speed.currentIndex() + by, 0), self.speed.count() - 1)
        self.speed.setCurrentIndex(place)
        return self.speed.currentText()

    @property
    def playing(self) -> bool:
        """Whether it plays now."""
        return self._player.playbackState() is QMediaPlayer.PlaybackState.PlayingState

    @property
    def position(self) -> int:
        """Where it is, in milliseconds."""
        return self._player.position()

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self._show_state()

    def _begin(self, start: int, end: int) -> None:
        self._player.setPosition(start)
        self._span = (start, end)
        self._player.play()

    def _when_ready(self, act: Callable[[], None]) -> None:
        """Does it now, or once the recording is open: what is asked of it before is lost."""
        if self._player.mediaStatus() is QMediaPlayer.MediaStatus.LoadingMedia:
            self._waiting = act
        else:
            act()

    def _became(self, status: QMediaPlayer.MediaStatus) -> None:
        if self._waiting and status is not QMediaPlayer.MediaStatus.LoadingMedia:
            QTimer.singleShot(0, self, self._take_up)

    def _take_up(self) -> None:
        """Does what waited, once Qt has done what it was told while the recording was opened: to
        pause."""
        waiting, self._waiting = self._waiting, None
        if waiting:
            waiting()

    def _at(self, ms: int) -> None:
        if not self._slider.isSliderDown():
            self._slider.setValue(ms)
        self._show_time(ms)
        self.moved.emit(ms)
        if self._span and self.playing and ms >= self._span[1]:
            self._end_of_span(*self._span)

    def _end_of_span(self, start: int, end: int) -> None:
        if self.loops:
            self._player.setPosition(start)
        else:
            self._span = None
            self._player.pause()
            self._player.setPosition(end)

    def _opened(self, ms: int) -> None:
        """Takes on the length that the file has; one that is not open yet says 0."""
        if ms:
            self._lasts(ms)

    def _lasts(self, ms: int) -> None:
        self._length = ms
        self._slider.setRange(0, ms)
        self._slider.setPageStep(5_000)
        self._slider.setSingleStep(1_000)

    def _show_time(self, ms: int) -> None:
        self._time.setText(f"{clock(ms)} / {clock(self._length)}")

    def _show_picture(self, there: bool) -> None:
        """Takes no room for a picture where there is only sound."""
        self._picture.setVisible(there)
        upright = QSizePolicy.Policy.Preferred if there else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Preferred, upright)

    def _show_state(self) -> None:
        self.play.setIcon(theme.icon("pause" if self.playing else "play"))

    def _look_for_sound(self) -> None:
        """Sends the sound to where it can be heard, and says so where that is nowhere."""
        there = bool(QMediaDevices.audioOutputs())
        self._player.setAudioOutput(self._sound if there else None)  # type: ignore[arg-type]
        self.silence.setVisible(not there)

    def _broken(self, error: QMediaPlayer.Error, words: str) -> None:
        self.failed.emit(
            f"“{self._title}” cannot be played on this machine ({words or error.name})."
            " Its transcript can still be read and tagged."
        )
