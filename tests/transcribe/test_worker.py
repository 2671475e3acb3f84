"""The process speaks lines of JSON and nothing else."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from coder.domain.errors import Unreadable
from coder.transcribe import serving, worker
from coder.transcribe.engine import Options


@pytest.fixture
def start(home):
    """Starts the process as it is started in earnest."""
    root = str(Path(worker.__file__).parents[2])
    started = []

    def start():
        process = subprocess.Popen(
            [sys.executable, "-m", "coder.transcribe.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": root},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def request(recording, model, **changes) -> bytes:
    asked = {
        "do": "transcribe",
        "path": str(recording),
        "name": recording.name,
        "track": 0,
        "apart": False,
        "engine": "faster-whisper",
        "model": str(model.path),
        "model_name": model.id,
        "threads": 0,
        "device": "auto",
        "options": {
            name: getattr(Options.wanted_by(model.decoding), name)
            for name in Options.__dataclass_fields__
        },
        "from_ms": 0,
    }
    return json.dumps({**asked, **changes}).encode() + b"\n"


def test_it_tells_the_device_then_piece_after_piece_then_that_it_is_done(
    start, recording, synthetic
):
    process = start()
    process.stdin.write(request(recording, synthetic))
    process.stdin.flush()

    messages = [json.loads(line) for line in process.stdout]

    events = [message["event"] for message in messages]
    assert (events[0], events[-1]) == ("device", "done")
    assert messages[0]["device"] == "cpu"
    pieces = [message for message in messages if message["event"] == "piece"]
    assert sum(len(piece["segments"]) for piece in pieces) == 4
    assert messages[-2]["done"] == messages[-2]["total"] == pytest.approx(15_000, abs=100)
    assert process.wait() == 0


def test_a_known_failure_is_a_message(start, synthetic, tmp_path):
    process = start()
    process.stdin.write(request(tmp_path / "gone.mp4", synthetic))
    process.stdin.flush()

    (message,) = [json.loads(line) for line in process.stdout]

    assert message["event"] == "error"
    assert message["unreadable"]
    assert "gone.mp4" in message["what"]


@pytest.mark.parametrize("word", [b"cancel\n", None])
def test_it_ends_when_told_or_left_alone(start, recording, synthetic, word):
    process = start()
    process.stdin.write(request(recording, synthetic))
    process.stdin.flush()
    process.stdout.readline()

    if word:
        process.stdin.write(word)
    process.stdin.close()

    assert process.wait(5) == serving.STOPPED


def test_the_next_piece_is_made_while_one_is_in_use_and_its_failure_is_told():
    made = []
    second_made = threading.Event()

    def pieces():
        for piece in ("one", "two"):
            made.append(piece)
            if piece == "two":
                second_made.set()
            yield piece
        raise Unreadable("It breaks off.")

    ahead = worker._ahead(pieces())

    assert next(ahead) == "one"
    assert second_made.wait(5)
    assert next(ahead) == "two"
    with pytest.raises(Unreadable, match="breaks off"):
        next(ahead)
    assert made == ["one", "two"]
