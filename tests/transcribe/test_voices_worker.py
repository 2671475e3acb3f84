"""The process that tells voices apart says what it hears, line by line."""

import pytest

from coder.domain.errors import EvidenceError
from tests.transcribe.conftest import DATA

pytestmark = pytest.mark.speakers

NETWORKS = {
    "model": "pair",
    **{name: str(DATA / "voices" / f"{name}.onnx") for name in ("segmentation", "embedding")},
}


@pytest.fixture
def worker():
    pytest.importorskip("sherpa_onnx", exc_type=ImportError)
    from coder.transcribe import voices_worker

    return voices_worker


def test_progress_comes_within_a_stretch_and_the_turns_once_at_the_end(worker, recording):
    request = {**NETWORKS, "path": str(recording), "name": "talk", "track": 0, "count": 2}

    *before, last = worker.work(request)

    assert {message["event"] for message in before} == {"progress"}
    done = [message["done_ms"] for message in before]
    assert len(done) > 5
    assert done == sorted(done)
    assert done[-1] <= before[-1]["total_ms"]
    assert last["event"] == "turns"
    assert [voice for _, _, voice in last["turns"]] == [0, 1, 0, 1]


def test_a_request_without_a_recording_only_loads(worker):
    assert list(worker.work(NETWORKS)) == []


def test_what_goes_wrong_while_listening_is_not_lost(worker):
    def fail(_tell) -> None:
        raise EvidenceError("No.")

    with pytest.raises(EvidenceError, match="No"):
        list(worker._telling(fail))


def test_a_pause_within_a_turn_is_bridged_and_voices_are_numbered_as_they_come(worker):
    piece = worker._Piece
    high = piece([(0.0, 1.0), (1.3, 2.0), (4.0, 5.0)], worker.np.array([0.0, 1.0]))
    low = piece([(2.5, 3.5)], worker.np.array([1.0, 0.0]))

    assert worker._turns([low, high], 2) == [(0, 2000, 0), (2500, 3500, 1), (4000, 5000, 0)]
    assert worker._turns([], 2) == []
