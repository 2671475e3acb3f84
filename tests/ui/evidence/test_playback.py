"""A recording is heard beside its words, with keys for all of it."""

from __future__ import annotations

import wave
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtMultimedia import QMediaDevices

from coder.domain.model import Document
from coder.domain.segments import spoken_between
from coder.domain.text import clock
from coder.ui.evidence.desk import Desk
from coder.ui.evidence.player import SPEEDS, Player
from coder.ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
WAIT = 20_000


@pytest.fixture
def film(qtbot, window: Window, own_sample: Path) -> Document:
    """The transcript of a film of the sample inquiry, on the desk, its film open."""
    assert window.open_project(own_sample)
    assert window.session is not None
    project = window.session.project
    view = project.evidence.one("SIC0014")
    transcript = project.document(next(d.id for d in view.documents if d.source_id))
    window.show_passage(view.submission.id, transcript.id, 0, 0)
    qtbot.waitUntil(lambda: _player(window)._player.duration() > 40_000, timeout=WAIT)
    return transcript


def _desk(window: Window) -> Desk:
    return window.evidence.desk


def _player(window: Window) -> Player:
    player = _desk(window).player
    assert player is not None
    return player


def test_it_plays_and_pauses_and_the_spoken_sentence_is_lit(
    qtbot, window: Window, film: Document
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Space, CTRL)
    assert _player(window).playing
    qtbot.waitUntil(lambda: _desk(window).reader._page.spoken is not None, timeout=WAIT)
    first = _desk(window).playback.segments[0]
    assert _desk(window).reader._page.spoken == (first.start, first.end)

    qtbot.keyClick(window, Qt.Key.Key_Space, CTRL)
    assert not _player(window).playing


def test_keys_jump_by_five_seconds_and_change_the_speed(
    qtbot, window: Window, film: Document
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_BracketRight, CTRL)
    qtbot.waitUntil(lambda: _player(window).position >= 4_500, timeout=WAIT)
    qtbot.keyClick(window, Qt.Key.Key_BracketLeft, CTRL)
    qtbot.waitUntil(lambda: _player(window).position < 1_000, timeout=WAIT)

    qtbot.keyClick(window, Qt.Key.Key_Plus, ALT)
    assert _player(window)._player.playbackRate() == 1.25
    assert window.status.currentMessage() == "Speed: 1¼×"
    for _ in SPEEDS:
        qtbot.keyClick(window, Qt.Key.Key_Minus, ALT)
    assert _player(window)._player.playbackRate() == 0.5
    assert _player(window).speed.currentText() == "½×"


def test_a_word_that_is_clicked_is_heard(qtbot, window: Window, film: Document) -> None:
    page = _desk(window).reader._page
    words = _desk(window).playback.segments[1]
    word = words.words[2]
    cursor = page.textCursor()
    cursor.setPosition(page.map.to_units(words.start + word.start) + 1)
    place = page.cursorRect(cursor).center() + QPoint(2, 0)

    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, CTRL, place)

    qtbot.waitUntil(
        lambda: word.start_ms - 300 <= _player(window).position <= word.end_ms, timeout=WAIT
    )


def test_a_quote_is_played_from_its_first_word_to_its_last_and_no_further(
    qtbot, window: Window, film: Document
) -> None:
    line = _desk(window).playback.segments[2]
    first, last = line.words[1], line.words[3]
    _player(window)._player.setPlaybackRate(2)
    _desk(window).reader.select(line.start + first.start, line.start + last.end)

    qtbot.keyClick(window, Qt.Key.Key_Space, CTRL | SHIFT)

    assert _player(window).playing
    qtbot.waitUntil(lambda: not _player(window).playing, timeout=WAIT)
    assert abs(_player(window).position - last.end_ms) <= 300


def test_the_tag_at_the_caret_is_played_from_its_bar(qtbot, window: Window, film: Document) -> None:
    desk = _desk(window)
    coding = min(desk.codings.values(), key=lambda one: one.start)
    desk.reader.select(coding.start + 1, coding.start + 1)
    begins = desk.playback.segment_at(coding.start)
    assert begins is not None

    qtbot.mouseClick(desk.bar.play, Qt.MouseButton.LeftButton)

    assert _player(window).playing
    qtbot.waitUntil(lambda: _player(window).position >= begins.start_ms - 100, timeout=WAIT)


def test_a_quote_is_heard_from_the_list_of_quotes(qtbot, window: Window, film: Document) -> None:
    window.go_to_place(1)
    qtbot.waitUntil(lambda: window.quotes.model.listed is not None and not window.quotes.busy)
    listed = window.quotes.model.listed
    assert listed is not None
    quotes = listed.fetch(0, len(listed))
    row = next(n for n, one in enumerate(quotes) if one.document_id == film.id)
    window.quotes.list.choose(row)
    qtbot.waitUntil(lambda: window.quotes.list.current() is not None)
    assert window.quotes.preview._play.isVisible()

    qtbot.mouseClick(window.quotes.preview._play, Qt.MouseButton.LeftButton)

    assert window.place() == 1
    hearing = window.quotes.preview.hearing
    player = hearing.player
    assert player is not None
    qtbot.waitUntil(lambda: player.playing, timeout=WAIT)
    player._player.setPlaybackRate(2)
    qtbot.waitUntil(lambda: not player.playing, timeout=WAIT)
    assert window.session is not None
    span = spoken_between(
        window.session.project.segments(film.id), quotes[row].start, quotes[row].end
    )
    assert span is not None
    assert abs(player.position - span[1]) <= 300, "no further than the quote"
    player.play.click()
    qtbot.waitUntil(lambda: player.playing and player.position < span[1], timeout=WAIT)
    window.go_to_place(0)
    assert not player.playing, "nothing is heard from out of sight"
    written = next(n for n, one in enumerate(quotes) if one.time_ms is None)
    window.go_to_place(1)
    window.quotes.list.choose(written)
    qtbot.waitUntil(lambda: window.quotes.list.current() is not None)
    assert not window.quotes.preview._play.isVisible()
    assert not hearing.isVisible()


def test_a_sentence_is_repeated_while_that_is_wished(qtbot, window: Window, film: Document) -> None:
    strip = _desk(window).strip
    line = _desk(window).playback.segments[1]
    _desk(window).reader.select(line.start, line.start)
    strip.enter()
    strip.loop.setChecked(True)
    player = _player(window)
    player._player.setPlaybackRate(2)
    seen: list[int] = []
    player.moved.connect(seen.append)

    qtbot.mouseClick(strip.play, Qt.MouseButton.LeftButton)

    def began_again() -> bool:
        return any(after < before - 500 for before, after in pairwise(seen))

    qtbot.waitUntil(began_again, timeout=WAIT)
    assert player.playing
    strip.leave()
    assert not player.loops


def _sound(path: Path, seconds: int) -> Path:
    """A recording without a picture, and silent."""
    with wave.open(str(path), "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(8_000)
        made.writeframes(bytes(2 * 8_000 * seconds))
    return path


def test_another_recording_has_its_own_length_from_the_first_and_no_room_for_no_picture(
    qtbot, window: Window, film: Document, tmp_path: Path
) -> None:
    assert window.session is not None
    project = window.session.project
    project.intake.bring([_sound(tmp_path / "voice.wav", 7)])
    view = project.evidence.all()[-1]
    tall = _player(window).height()
    _player(window).seek(20_000)
    qtbot.waitUntil(lambda: "00:20 /" in _player(window)._time.text(), timeout=WAIT)

    window.evidence.refresh()
    window.evidence.show_document(view.submission.id)

    assert _player(window)._time.text() == "00:00 / 00:07"
    assert _player(window)._slider.value() == 0
    assert _player(window)._slider.maximum() == 7_000
    assert _player(window)._picture.isHidden()
    qtbot.waitUntil(lambda: _player(window).height() < tall / 2)
    window.show_passage(film.submission_id, film.id, 0, 0)
    assert _player(window)._time.text().endswith(f"/ {clock(film.media_ms or 0)}")
    assert not _player(window)._picture.isHidden()


def test_a_silence_lights_no_sentence_and_one_that_is_worked_on_stays_lit(
    qtbot, window: Window, film: Document
) -> None:
    desk, page = _desk(window), _desk(window).reader._page
    first, second = desk.playback.segments[:2]
    desk.playback._light(first.end_ms)
    assert page.spoken is None, "at its end nothing of it is said any more"

    desk.playback.hold(first)
    desk.playback.segments[1] = replace(second, start_ms=first.start_ms + 100)
    desk.playback._light(first.start_ms + 200)
    assert page.spoken == (first.start, first.end), "two speak at once"
    desk.playback.hold(None)
    desk.playback._light(first.start_ms + 200)
    assert page.spoken == (second.start, second.end)


def test_where_nothing_can_be_heard_the_acts_on_recordings_are_greyed(opened: Window) -> None:
    for name in ("play", "back-five", "on-five", "slower", "faster"):
        assert not opened.registry[name].isEnabled(), name
    assert not opened.evidence.desk.bar.play.isVisible()


def test_without_a_loudspeaker_the_player_says_that_nothing_will_be_heard(
    qtbot, window: Window, film: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = _player(window)
    monkeypatch.setattr(QMediaDevices, "audioOutputs", staticmethod(list))
    player._devices.audioOutputsChanged.emit()
    assert player.silence.isVisible()
    monkeypatch.setattr(QMediaDevices, "audioOutputs", staticmethod(lambda: [object()]))
    player._devices.audioOutputsChanged.emit()
    assert not player.silence.isVisible()
