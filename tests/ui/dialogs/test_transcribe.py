"""How recordings are to be heard is asked once, with defaults that Enter takes."""

from __future__ import annotations

import shutil
import wave
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QMessageBox, QWidget

from coder import places, settings
from coder.domain.model import Hearing
from coder.project import Project
from coder.project.manner import Manner
from coder.project.recordings import HOTWORDS, Recording, Track
from coder.settings import Settings
from coder.transcribe import install
from coder.ui.dialogs.recordings_table import APART, LANGUAGE, RECORDING, TRACK, VOICES
from coder.ui.dialogs.transcribe import Asked, TranscribeDialog
from coder.ui.window import Window
from tests.ui.active import activate

MODEL = str(places.samples() / "whisper-synthetic")
CHOSEN = Settings(model=MODEL)
FILM = Asked("m1", "SIC0001", "film.mp4", 90_000, "Margaret Ellis, Tarn Street")
SECOND = Asked("m2", "SIC0002", "talk.wav", 3_600_000)


@pytest.fixture
def parent(qtbot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def track(number: int, channels: int, *, default: bool = False) -> Track:
    return Track(number, "aac", channels, "eng", "", 90_000, default)


def sound(*tracks: Track) -> Recording:
    return Recording(90_000, tracks)


@pytest.fixture
def asked(qtbot, parent: QWidget) -> Callable[..., TranscribeDialog]:
    """Opens the dialog."""

    def opened(*recordings: Asked, chosen: Settings = CHOSEN, **more: object) -> TranscribeDialog:
        dialog = TranscribeDialog(recordings or [FILM], chosen, parent, **more)  # type: ignore[arg-type]
        dialog.open()
        activate(qtbot, dialog)
        return dialog

    return opened


def test_enter_transcribes_in_english_with_the_names_of_the_submission(qtbot, asked) -> None:
    dialog = asked(terms="Harrowmere")
    assert dialog.focusWidget() is dialog.begin

    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)

    assert dialog.result() == TranscribeDialog.DialogCode.Accepted
    [(media_id, manner)] = dialog.manners()
    assert (media_id, manner.model, manner.language) == ("m1", MODEL, "en")
    assert (manner.track, manner.apart) == (0, False)
    assert manner.hotwords == "Margaret Ellis, Tarn Street, Harrowmere"
    assert not dialog.remembers


def test_a_language_is_typed_by_its_name(qtbot, asked) -> None:
    dialog = asked(chosen=replace(CHOSEN, model=""), terms="")
    dialog.add_model(Path("elsewhere"))
    field = dialog.language.lineEdit()
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Welsh")
    [(_, manner)] = dialog.manners()
    assert manner.language == "cy"
    field.selectAll()
    qtbot.keyClicks(field, "Irish")
    assert not dialog.begin.isEnabled()
    assert "Whisper knows no language “Irish”" in dialog._why.text()


def test_a_model_that_does_not_know_the_language_is_named(asked) -> None:
    dialog = asked()
    dialog.language.choose("cy")
    assert dialog._why.text() == (
        "The model “whisper-synthetic” does not know Welsh; it knows English."
    )
    assert not dialog.begin.isEnabled()
    dialog.language.choose("en")
    assert dialog.begin.isEnabled()
    assert not dialog._why.isVisible()


def test_tracks_and_voices_are_asked_only_where_there_is_a_choice(asked) -> None:
    dialog = asked()
    form = dialog._form
    dialog.show_sounds({"m1": sound(track(0, 1))})
    assert not form.isRowVisible(dialog.track)
    assert not form.isRowVisible(dialog.voices)
    other = asked()
    other.show_sounds({"m1": sound(track(0, 1), track(1, 2, default=True))})
    assert other._form.isRowVisible(other.track)
    assert other.track.currentText() == "2: English, stereo"
    assert other._form.isRowVisible(other.voices)
    other.voices.setCurrentText(APART)
    [(_, manner)] = other.manners()
    assert (manner.track, manner.apart) == (1, True)
    other.track.setCurrentIndex(0)
    [(_, manner)] = other.manners()
    assert (manner.track, manner.apart) == (0, False)


def test_of_several_recordings_each_gets_its_own_language_track_and_voices(qtbot, asked) -> None:
    dialog = asked(FILM, SECOND)
    table = dialog.table
    assert table.isVisible()
    assert table.isColumnHidden(TRACK)
    assert table.isColumnHidden(VOICES)
    dialog.show_sounds({"m1": sound(track(0, 1), track(1, 1)), "m2": sound(track(0, 2))})
    assert not table.isColumnHidden(TRACK)
    assert not table.isColumnHidden(VOICES)
    rows = table.rows
    rows.setData(rows.index(0, TRACK), 1)
    rows.setData(rows.index(1, VOICES), True)
    # A cell opens with Space and takes what is chosen with the keys
    table.setFocus()
    table.setCurrentIndex(rows.index(1, LANGUAGE))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    [box] = table.viewport().findChildren(QComboBox)
    box.setCurrentIndex(box.findData("cy"))
    box.hidePopup()
    box.activated.emit(box.currentIndex())
    [(first, one), (second, two)] = dialog.manners()
    assert (first, one.language, one.track, one.apart) == ("m1", "en", 1, False)
    assert (second, two.language, two.track, two.apart) == ("m2", "cy", 0, True)
    # The names of a submission are expected in its own recordings only
    assert (one.hotwords, two.hotwords) == ("Margaret Ellis, Tarn Street", "")
    # And what is chosen for all goes for all
    dialog.language.activated.emit(0)
    assert [manner.language for _, manner in dialog.manners()] == ["en", "en"]


def test_names_are_left_out_where_that_is_wanted_and_room_is_counted(asked) -> None:
    dialog = asked(terms="Harrowmere")
    typed = f"10 of {HOTWORDS} characters"
    assert dialog.expect.room.text() == f"{typed} and the names of the submission"
    dialog.expect.names.setChecked(False)
    assert dialog.expect.room.text() == typed
    [(_, manner)] = dialog.manners()
    assert manner.hotwords == "Harrowmere"
    dialog.expect.field.setPlainText(", ".join(f"Term{n:03}" for n in range(100)))
    assert "the last are left out" in dialog.expect.room.text()
    [(_, manner)] = dialog.manners()
    assert len(manner.hotwords) <= HOTWORDS
    assert dialog.remembers
    dialog.expect.remember.setChecked(False)
    assert not dialog.remembers


def test_a_model_that_cannot_be_told_names_greys_the_field(qtbot, asked) -> None:
    dialog = asked()
    assert not dialog.expect.isEnabled()
    assert "cannot be told" in dialog.expect.field.placeholderText()
    dialog.add_model(Path("elsewhere"))
    assert dialog.expect.isEnabled()
    # And Enter in the field means what it means elsewhere
    dialog.expect.field.setFocus()
    qtbot.keyClicks(dialog.expect.field, "Wexbrook")
    qtbot.keyClick(dialog.expect.field, Qt.Key.Key_Return)
    assert dialog.result() == TranscribeDialog.DialogCode.Accepted
    assert dialog.terms == "Wexbrook"


def test_an_estimate_stands_there_only_where_the_model_was_measured(asked) -> None:
    assert asked(FILM, SECOND)._estimate.text() == ""
    measured = asked(FILM, SECOND, hour_takes=lambda engine, model: 20.0)
    assert measured._estimate.text() == "About 20 minutes on this machine"


def test_how_a_waiting_recording_is_heard_is_changed_from_what_it_is(asked) -> None:
    hearing = Hearing(
        "h1",
        "m1",
        engine="faster-whisper",
        model="whisper-synthetic",
        track=1,
        apart=True,
        hotwords="Wexbrook",
    )
    dialog = asked(FILM, change=hearing)
    assert dialog.begin.text() == "Change"
    # Also before it is known what sound there is
    [(_, manner)] = dialog.manners()
    assert (manner.model, manner.track, manner.apart) == (MODEL, 1, True)
    dialog.show_sounds({"m1": sound(track(0, 1), track(1, 2))})
    [(_, manner)] = dialog.manners()
    assert (manner.track, manner.apart, manner.hotwords) == (1, True, "Wexbrook")
    assert not dialog.expect.remember.isVisible()


def test_the_engine_is_asked_among_what_most_people_never_need(qtbot, asked) -> None:
    dialog = asked()
    assert not dialog.engine.isVisible()
    qtbot.mouseClick(dialog._advanced, Qt.MouseButton.LeftButton)
    assert dialog.engine.isVisible() is (dialog.engine.count() > 1)
    assert dialog._folder.isVisible()


def _two_tracks(path: Path) -> Path:
    """A film without a picture: a second of silence on a mono and on a stereo track."""
    import av
    import numpy as np

    with av.open(str(path), "w") as film:
        streams = [film.add_stream("aac", 16_000, layout=layout) for layout in ("mono", "stereo")]
        for stream, channels in zip(streams, (1, 2), strict=True):
            layout = "mono" if channels == 1 else "stereo"
            samples = np.zeros((channels, 16_000), np.float32)
            frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout=layout)
            frame.sample_rate, frame.pts, frame.time_base = 16_000, 0, Fraction(1, 16_000)
            film.mux([*stream.encode(frame), *stream.encode(None)])
    return path


def test_the_window_looks_into_the_recordings_while_it_asks(
    qtbot, window: Window, folder: Path, tmp_path: Path
) -> None:
    # Given a recording with two tracks
    with Project.open(folder, "Noor Hadley") as project:
        project.intake.bring([_two_tracks(tmp_path / "two.mp4")])
    settings.save(CHOSEN)
    assert window.open_project(folder)
    # When it is to be transcribed, then they can be chosen, and the terms are remembered
    window.registry["transcribe"].trigger()
    dialog = window.findChild(TranscribeDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.track.count() == 2, timeout=20_000)
    assert dialog.track.isVisible()
    dialog.track.setCurrentIndex(1)
    dialog.voices.setCurrentText(APART)
    dialog.expect.field.setPlainText("Wexbrook")
    with qtbot.waitSignal(window.hearings.crew.finished, timeout=60_000) as ended:
        dialog.accept()
    hearing = ended.args[0].hearing
    assert (hearing.track, hearing.apart, hearing.hotwords) == (1, True, "Wexbrook")
    assert window.session is not None
    assert window.session.project.recordings.terms == "Wexbrook"
    qtbot.waitUntil(lambda: window.hearings.crew.at_rest)


def test_a_recording_that_waits_already_is_shown_where_it_waits(
    qtbot, window: Window, folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "quiet.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(bytes(64_000))
    with Project.open(folder, "Noor Hadley") as project:
        project.intake.bring([path])
    assert window.open_project(folder)
    window.hearings.crew.pause()
    assert window.session is not None
    project = window.session.project
    [media] = project.transcripts.pending()
    project.queue.add([media.id], Manner(model=MODEL))
    qtbot.waitUntil(lambda: len(window.hearings.crew.rows) == 1)

    window.hearings.transcribe(media.id)

    assert window.findChild(TranscribeDialog) is None
    shown = window.hearings.shown
    assert shown is not None
    assert shown.isVisible()
    current = shown.list.current()
    assert current is not None
    assert current.hearing.media_id == media.id


def test_without_a_model_it_opens_plain_with_the_keys_on_the_model(asked) -> None:
    dialog = asked(chosen=Settings())
    assert not dialog._advanced.isChecked()
    assert dialog.focusWidget() is dialog.model
    assert dialog._missing.text().startswith("No model is installed yet. “")
    assert "suits this machine (" in dialog._missing.text()


def test_what_is_not_wanted_is_left_out_by_its_tick_and_by_the_keys(qtbot, asked) -> None:
    dialog = asked(FILM, SECOND, silent=1, hour_takes=lambda engine, model: 20.0)
    assert dialog._about.text() == (
        "2 recordings, 1:01:30, on this machine; nothing is sent away. "
        "1 more has no sound and is left out."
    )
    table = dialog.table
    table.setFocus()
    table.setCurrentIndex(table.rows.index(1, RECORDING))

    qtbot.keyClick(table, Qt.Key.Key_Space)

    assert [media_id for media_id, _ in dialog.manners()] == ["m1"]
    assert dialog._about.text().startswith("1 of 2 recordings, 01:30,")
    assert dialog._estimate.text() == "About 1 minute on this machine"
    tick = Qt.ItemDataRole.CheckStateRole
    assert table.rows.data(table.rows.index(1, RECORDING), tick) is Qt.CheckState.Unchecked
    # With none left there is nothing to begin
    table.setCurrentIndex(table.rows.index(0, RECORDING))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert not dialog.begin.isEnabled()
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert dialog.begin.isEnabled()


def test_again_says_that_the_transcript_there_gives_way(asked) -> None:
    dialog = asked(again=True)
    assert dialog.windowTitle() == "Transcribe again"
    assert "is replaced by the new one; Ctrl+Z brings it back" in dialog._about.text()


@pytest.fixture
def over_films(window: Window, folder: Path, tmp_path: Path) -> TranscribeDialog:
    """The dialog of a window that has no model, over one recording."""
    with Project.open(folder, "Noor Hadley") as project:
        project.intake.bring([_two_tracks(tmp_path / "two.mp4")])
    assert window.open_project(folder)
    window.registry["transcribe"].trigger()
    dialog = window.findChild(TranscribeDialog)
    assert dialog is not None
    return dialog


def test_a_damaged_model_is_refused_where_it_is_chosen(
    qtbot, window: Window, over_films: TranscribeDialog, tmp_path: Path, told
) -> None:
    own = Path(shutil.copytree(MODEL, tmp_path / "own"))
    weights = bytearray((own / "model.bin").read_bytes())
    weights[1_000_000:1_000_016] = bytes(255 - one for one in weights[1_000_000:1_000_016])
    (own / "model.bin").write_bytes(weights)
    boxes = over_films.findChildren

    over_films.check_wanted.emit(own, "faster-whisper")
    qtbot.waitUntil(lambda: any(one.isVisible() for one in boxes(QMessageBox)), timeout=20_000)

    assert "is damaged: model.bin is not what it was" in told()
    assert over_films.isVisible()
    assert over_films.model.currentIndex() < 0
    # And a sound one is offered and chosen
    over_films.check_wanted.emit(Path(MODEL), "faster-whisper")
    qtbot.waitUntil(lambda: over_films.model.currentData() == MODEL, timeout=20_000)


def test_a_download_asks_once_and_the_dialog_stays_when_it_fails(
    qtbot, window: Window, over_films: TranscribeDialog, told
) -> None:
    boxes = over_films.findChildren
    over_films._download.click()
    [box] = [one for one in boxes(QMessageBox) if one.isVisible()]
    assert "needs the internet" in box.informativeText()
    next(one for one in box.buttons() if one.text() == "Download").click()
    qtbot.waitUntil(lambda: not box.isVisible())

    # Downloads are switched off where tests run
    qtbot.waitUntil(lambda: any(one.isVisible() for one in boxes(QMessageBox)), timeout=20_000)
    said = told()

    assert "Downloads are switched off" in said
    assert "“Models for transcription…”" in said
    assert over_films.isVisible()
    assert over_films._download.isVisible()


def test_two_models_of_one_name_are_told_apart(asked) -> None:
    install.add(Path(MODEL), places.user_data())
    dialog = asked()
    names = [dialog.model.itemText(place).split(":")[0] for place in range(dialog.model.count())]
    assert names == ["whisper-synthetic (yours)", "whisper-synthetic"]
