"""What a person hears in the program's own player, and when its clock says so."""

import numpy as np
from PySide6.QtCore import QEventLoop, QLoggingCategory, QTimer, QUrl
from PySide6.QtMultimedia import QAudioBuffer, QAudioBufferOutput, QAudioFormat, QMediaPlayer

from coder.transcribe.audio import RATE, Samples

SPEED = 4.0

_LAG = 0.03 * SPEED
"""Seconds by which the position that is told is behind the sound, as measured: it is told anew
every so often only."""

_AHEAD = 8


def played(path, track: int = 0) -> Samples | None:
    """The sound of a recording, sample 0 at time 0 of the player; None where this machine has no
    player that gives its sound."""
    # A machine without a sound server says so at length; that is not ours to fail on.
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")
    shape = QAudioFormat()
    shape.setSampleRate(RATE)
    shape.setChannelCount(1)
    shape.setSampleFormat(QAudioFormat.SampleFormat.Float)
    output, player, loop = QAudioBufferOutput(shape), QMediaPlayer(), QEventLoop()
    if not player.isAvailable():
        return None
    pieces: list[tuple[float, Samples, float]] = []

    def take(buffer: QAudioBuffer) -> None:
        if buffer.byteCount():
            samples = np.frombuffer(bytes(buffer.data()), np.float32)
            pieces.append((buffer.startTime() / 1e6, samples, player.position() / 1000))

    def follow(status: QMediaPlayer.MediaStatus) -> None:
        if status == QMediaPlayer.MediaStatus.LoadedMedia and not pieces:
            player.setActiveAudioTrack(track)
            player.play()
        elif status == QMediaPlayer.MediaStatus.EndOfMedia:
            loop.quit()

    output.audioBufferReceived.connect(take)
    player.mediaStatusChanged.connect(follow)
    player.errorOccurred.connect(lambda *_: loop.quit())
    QTimer.singleShot(60_000, loop.quit)
    player.setAudioBufferOutput(output)
    player.setPlaybackRate(SPEED)
    player.setSource(QUrl.fromLocalFile(str(path)))
    loop.exec()
    player.stop()
    player.setAudioBufferOutput(None)
    return _placed(pieces) if pieces else None


def _placed(pieces: list[tuple[float, Samples, float]]) -> Samples:
    """The pieces in their places. Their own times count samples and so pass over a gap; in it the
    player waits and its position goes on, which shows as a lead of the position that stays."""
    leads = [position - start for start, _, position in pieces]
    gap = 0.0
    placed = []
    for number, (start, samples, _) in enumerate(pieces):
        following = leads[number : number + _AHEAD]
        if min(following) + _LAG > gap + 0.3:
            gap = float(np.median(following)) + _LAG
        placed.append((round((start + gap) * RATE), samples))
    whole = np.zeros(max(at + len(samples) for at, samples in placed), np.float32)
    for at, samples in placed:
        there = samples[max(0, -at) :]
        whole[max(0, at) : max(0, at) + len(there)] = there
    return whole
