"""Both engines hear a span once more, and find when given words are said."""

import statistics

import pytest

from coder.domain.errors import Cancelled, EvidenceError, Unreadable
from coder.jobs import Job
from coder.transcribe.models import read, shipped
from coder.transcribe.run import Line, Way, align, available_engines, hear


@pytest.fixture(params=["faster-whisper", pytest.param("whisper", marks=pytest.mark.whisper)])
def way(request, reference_model) -> Way:
    """Each engine, with the same weights."""
    if request.param not in available_engines():
        pytest.skip(f"{request.param} is not installed")
    if request.param == "whisper":
        return Way(read(reference_model), "whisper")
    return Way(next(m for m in shipped() if m.id == "whisper-synthetic"))


def span_of(sentence) -> tuple[int, int]:
    return round(sentence.start * 1000) - 150, round(sentence.end * 1000) + 150


def test_words_are_timed_by_the_sound(recording, truth, way):
    lines = [Line(sentence.text, span_of(sentence)) for sentence in truth]

    timed = align(recording, way, lines, job=Job())

    errors = []
    for sentence, words in zip(truth, timed, strict=True):
        assert [sentence.text[w.start : w.end] for w in words] == sentence.text.split()
        begin, end = span_of(sentence)
        assert begin <= words[0].start_ms
        assert words[-1].end_ms <= end
        errors += [
            abs(word.start_ms / 1000 - at)
            for word, (_, at) in zip(words, sentence.words, strict=False)
        ]
    assert statistics.median(errors) <= 0.2
    assert max(errors) <= 0.7


def test_a_span_is_heard_by_itself(recording, truth, way):
    whole = truth[1].text

    pieces = hear(recording, way, [span_of(one) for one in (truth[1],)], job=Job())

    assert [[one.text for one in piece.segments] for piece in pieces] == [[whole]]
    for piece, sentence in zip(pieces, (truth[1],), strict=True):
        assert (piece.start_ms, piece.end_ms) == span_of(sentence)
        [heard] = piece.segments
        assert piece.start_ms <= heard.start_ms <= heard.end_ms <= piece.end_ms


def test_progress_is_told_by_parts_and_it_can_be_stopped(recording, truth, synthetic):
    seen = []
    spans = [span_of(one) for one in truth]

    hear(recording, Way(synthetic), spans, job=Job(seen.append))

    assert [step.done for step in seen if step.total] == [1, 2, 3, 4]
    job = Job()
    job.listener = lambda progress: job.cancel() if progress.done == 1 else None
    with pytest.raises(Cancelled):
        hear(recording, Way(synthetic), spans, job=job)


def test_what_cannot_be_heard_is_a_sentence(tmp_path, recording, synthetic):
    with pytest.raises(Unreadable, match=r"gone\.mp4"):
        hear(tmp_path / "gone.mp4", Way(synthetic), [(0, 1000)], job=Job())
    with pytest.raises(EvidenceError, match="does not know the language"):
        align(recording, Way(synthetic, language="cy"), [Line("Bore da", (0, 900))], job=Job())
