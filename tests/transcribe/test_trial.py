"""How fast a model is, measured once and remembered for this machine."""

import pytest

from coder.domain.errors import Cancelled, EvidenceError
from coder.jobs import Job
from coder.transcribe import machine, models
from coder.transcribe.install import add
from coder.transcribe.run import available_engines
from coder.transcribe.trial import SECONDS, Speed, known, measure


def test_a_trial_hears_speech_and_is_remembered(home, synthetic):
    assert known(synthetic, home) is None

    speed = measure(synthetic, home, Job())

    assert speed.heard == SECONDS
    assert speed.took > 0
    assert speed.load > 0
    assert known(synthetic, home) == speed
    assert known(add(synthetic.path, home, "whisper-synthetic"), home) == speed


@pytest.mark.whisper
def test_a_model_for_the_other_engine_is_tried_with_it(home, reference_model):
    if "whisper" not in available_engines():
        pytest.skip("whisper is not installed")
    model = models.read(reference_model)

    speed = measure(model, home, Job(), seconds=5)

    assert known(model, home) == speed


def test_what_was_measured_on_another_machine_is_not_believed(home, synthetic, monkeypatch):
    measure(synthetic, home, Job(), seconds=5)
    monkeypatch.setattr(machine, "cores", lambda: 64)

    assert known(synthetic, home) is None


def test_a_file_of_speeds_that_cannot_be_read_is_measured_anew(home, synthetic):
    measure(synthetic, home, Job(), seconds=5)
    file = home / "models" / "speeds.json"

    for text in ("{", "[]", file.read_text().replace("took", "gave")):
        file.write_text(text)
        assert known(synthetic, home) is None


def test_a_trial_can_be_stopped(home, synthetic):
    job = Job()
    job.listener = lambda progress: job.cancel() if "how fast" in progress.label else None

    with pytest.raises(Cancelled):
        measure(synthetic, home, job)

    assert known(synthetic, home) is None


def test_a_damaged_model_is_not_tried(home, synthetic):
    model = add(synthetic.path, home, "ours")
    (model.path / "model.bin").write_bytes(b"?")

    with pytest.raises(EvidenceError, match=r"“ours” is damaged: model\.bin"):
        measure(model, home, Job())


@pytest.mark.parametrize(("took", "minutes"), [(30, 60), (6.5, 13), (90, 180)])
def test_the_time_for_an_hour_is_in_proportion(took, minutes):
    assert Speed(30, took, 1).minutes_an_hour == pytest.approx(minutes)
