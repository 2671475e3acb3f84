"""A graphics card is used where it works; where it does not, nobody notices."""

import os
import sys
from pathlib import Path

import pytest

from coder.jobs import Job
from coder.transcribe import devices, faster, run
from coder.transcribe.run import Way, transcribe

pytestmark = pytest.mark.listens

SEEN = """
import ctranslate2

ctranslate2.get_cuda_device_count = lambda: 1
"""
"""Lets a worker of a machine without a graphics card see one."""

DRIVER_THAT_CRASHES = """
import os, signal

import faster_whisper

real = faster_whisper.WhisperModel


def load(path, device, **more):
    if device == "cuda":
        os.kill(os.getpid(), signal.SIGSEGV)
    return real(path, device=device, **more)


faster_whisper.WhisperModel = load
"""
"""Stands for a driver that takes the process along when it is used."""


@pytest.fixture
def worker_begins_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs some lines at the start of each worker, by Python's own way of customising a site."""

    def begin(lines: str) -> None:
        (tmp_path / "sitecustomize.py").write_text(lines, "utf-8")
        path = [str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])]
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path))

    return begin


@pytest.fixture
def devices_told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the workers said they try and compute on."""
    told: list[str] = []
    served = run.served

    def listening(*args):
        for message in served(*args):
            if message["event"] in ("trying", "device"):
                told.append(message.get("device", "trying"))
            yield message

    monkeypatch.setattr(run, "served", listening)
    return told


def test_without_a_graphics_card_nothing_is_tried(synthetic, recording, devices_told):
    assert not faster.has_graphics(), "this test is for machines without one"

    assert list(transcribe(recording, Way(synthetic), job=Job()))
    assert devices_told == ["cpu"]


def test_a_card_that_cannot_be_used_gives_way_to_the_processor(
    synthetic, recording, devices_told, worker_begins_with
):
    plain = list(transcribe(recording, Way(synthetic), job=Job()))
    devices_told.clear()
    worker_begins_with(SEEN)

    assert list(transcribe(recording, Way(synthetic), job=Job())) == plain
    assert devices_told == ["trying", "cpu"]


@pytest.mark.skipif(sys.platform == "win32", reason="a signal stands for the crash")
def test_a_driver_that_takes_the_process_along_gives_way_to_the_processor(
    synthetic, recording, devices_told, worker_begins_with
):
    plain = list(transcribe(recording, Way(synthetic), job=Job()))
    devices_told.clear()
    worker_begins_with(SEEN + DRIVER_THAT_CRASHES)

    assert list(transcribe(recording, Way(synthetic), job=Job())) == plain
    assert devices_told == ["trying", "cpu"]


def test_the_device_that_is_asked_for_is_the_one_that_is_used(synthetic):
    engine = devices.load("faster-whisper", synthetic.path, device=devices.CPU)

    assert engine.device == "cpu"
