"""Which published model suits a machine."""

import pytest
from faster_whisper.utils import _MODELS

from coder.transcribe import machine
from coder.transcribe.published import PUBLISHED, recommended


@pytest.mark.parametrize(
    ("cores", "gigabytes", "name"),
    [
        (4, 4, "base"),
        (8, 7.4, "base"),
        (4, 7.6, "small"),
        (4, 16, "small"),
        (5, 64, "small"),
        (8, 12, "small"),
        (6, 15.5, "large-v3-turbo"),
    ],
)
def test_memory_and_cores_decide(monkeypatch, cores, gigabytes, name):
    monkeypatch.setattr(machine, "cores", lambda: cores)
    monkeypatch.setattr(machine, "memory", lambda: int(gigabytes * 10**9))

    assert recommended() == name


def test_the_engine_knows_them_by_the_same_names():
    assert {name: one.repository for name, one in PUBLISHED.items()} == {
        name: _MODELS[name] for name in PUBLISHED
    }
    assert all(one.languages == ("en",) for one in PUBLISHED.values() if one.id.endswith(".en"))
