"""Voices are told apart in a process of their own; what is missing or damaged is a sentence."""

import time
from importlib import metadata

import numpy as np
import psutil
import pytest

from coder.domain.errors import Cancelled, EvidenceError, NotFound, Unreadable
from coder.jobs import Job, Progress
from coder.transcribe import models, voices
from coder.transcribe.audio import RATE
from coder.transcribe.install import add
from coder.transcribe.voices import find_voices, model_for
from tests.transcribe.conftest import DATA

PAIR = DATA / "voices"

STRETCH_MS = 300_000

speakers = pytest.mark.speakers


@pytest.fixture(scope="session")
def sherpa():
    pytest.importorskip("sherpa_onnx", exc_type=ImportError)


@pytest.fixture
def pair(sherpa) -> models.Model:
    return models.read(PAIR)


@speakers
def test_turns_are_found_on_the_clock_of_the_player(recording, truth, pair):
    seen = []

    turns = find_voices(recording, pair, 2, job=Job(seen.append))

    assert [turn.voice for turn in turns] == [0, 1, 0, 1]
    for turn, sentence in zip(turns, truth, strict=True):
        assert abs(turn.start_ms / 1000 - sentence.start) < 0.15
        assert abs(turn.end_ms / 1000 - sentence.end) < 0.25
    assert seen[-1].fraction == 1


@speakers
@pytest.mark.parametrize(("count", "found"), [(1, {0}), (2, {0, 1}), (3, {0, 1, 2})])
def test_as_many_voices_are_found_as_a_person_says(recording, pair, count, found):
    assert {turn.voice for turn in find_voices(recording, pair, count, job=Job())} == found


@pytest.fixture
def hall(speech, write):
    """The same four sentences over and over, for longer than one stretch."""
    return write("hall.wav", [(0, np.concatenate([speech] * 26))])


@speakers
def test_voices_are_the_same_ones_in_every_stretch(speech, hall, pair):
    turns = find_voices(hall, pair, 2, job=Job())

    assert turns[-1].end_ms > STRETCH_MS
    length = len(speech) * 1000 // RATE
    low = [turn.voice for turn in turns if 600 <= turn.start_ms % length < 2500]
    assert len(low) >= 24
    assert set(low) == {0}


@speakers
def test_nobody_is_found_in_silence(pair, write):
    silence = write("quiet.wav", [(0, np.zeros(RATE * 20, np.float32))])

    assert find_voices(silence, pair, 2, job=Job()) == []


@speakers
def test_what_cannot_be_heard_is_named(pair, tmp_path):
    with pytest.raises(Unreadable, match="“talk” has no sound track"):
        find_voices(DATA / "no_audio.mp4", pair, 2, job=Job(), name="talk")


@speakers
def test_cancelling_ends_the_process_at_once(hall, pair):
    job = Job()
    asked: list[float] = []

    def stop(now: Progress) -> None:
        if now.done and not asked:
            asked.append(time.monotonic())
            job.cancel()

    job.listener = stop

    with pytest.raises(Cancelled):
        find_voices(hall, pair, 2, job=job)

    assert time.monotonic() - asked[0] < 5
    assert not _children()


@speakers
def test_a_process_that_is_killed_is_a_sentence(hall, pair):
    def kill(_) -> None:
        for child in _children():
            child.kill()

    with pytest.raises(EvidenceError, match=r"search for speakers in “talk” broke off: .* memory"):
        find_voices(hall, pair, 2, job=Job(kill), name="talk")


@speakers
def test_a_network_that_was_changed_since_is_refused(home, recording, sherpa):
    model = add(PAIR, home)
    with (model.path / "embedding.onnx").open("r+b") as file:
        file.seek(600)
        file.write(b"other")

    with pytest.raises(EvidenceError, match=r"is damaged: embedding\.onnx"):
        find_voices(recording, model, 2, job=Job(), home=home)


@pytest.mark.usefixtures("home")
def test_without_sherpa_it_says_how_to_get_it(recording, monkeypatch):
    def absent(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", absent)

    with pytest.raises(EvidenceError, match=r"sherpa-onnx.*evidence-coder\[speakers\]"):
        find_voices(recording, models.read(PAIR), 2, job=Job())


def test_a_model_is_found_by_name_or_folder_and_a_missing_one_told_of(home):
    with pytest.raises(NotFound, match=r"is not on this machine.*models add FOLDER"):
        model_for(home)
    assert model_for(home, str(PAIR)).id == "voices-synthetic"

    installed = add(PAIR, home)

    assert model_for(home) == model_for(home, "voices-synthetic") == installed
    with pytest.raises(NotFound, match="“titanet” is not on this machine"):
        model_for(home, "titanet")


def test_a_whisper_model_tells_no_voices_apart(home, synthetic):
    with pytest.raises(EvidenceError, match="is a model for transcribing"):
        model_for(home, str(synthetic.path))


def _children() -> list[psutil.Process]:
    """The processes of this one that tell voices apart."""
    alive = (p for p in psutil.Process().children() if p.status() != psutil.STATUS_ZOMBIE)
    return [one for one in alive if voices._WORKER in one.cmdline()]
