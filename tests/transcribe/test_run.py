"""Transcribing in a process of its own: right words, right times, and a certain end."""

import difflib
import json
import os
import re
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from importlib import metadata
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from coder import places
from coder.domain.errors import Cancelled, EvidenceError, Unreadable
from coder.jobs import Job
from coder.transcribe import run
from coder.transcribe.audio import RATE, decode
from coder.transcribe.child import reason
from coder.transcribe.models import read, shipped
from coder.transcribe.run import Line, Way, align, available_engines, hear, transcribe
from tests.effort import SOAK

DATA = Path(__file__).parents[1] / "data"


def words_in(text: str) -> list[str]:
    return re.sub(r"[^a-z' ]", "", text.lower()).split()


def word_errors(heard, truth) -> float:
    """The word error rate, 0…: edits needed over words said."""
    said = words_in(" ".join(sentence.text for sentence in truth))
    found = words_in(" ".join(segment.text for segment in heard))
    row = list(range(len(found) + 1))
    for count, word in enumerate(said, 1):
        before, row[0] = row[0], count
        for place, other in enumerate(found, 1):
            before, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, before + (word != other)),
            )
    return row[-1] / len(said)


def start_errors(heard, truth) -> list[float]:
    """How far off the starts of the words are that were heard right, in seconds."""
    said = [(words_in(word)[0], at) for sentence in truth for word, at in sentence.words]
    found = [
        (words_in(segment.text[word.start : word.end])[0], word.start_ms / 1000)
        for segment in heard
        for word in segment.words
    ]
    matcher = difflib.SequenceMatcher(None, [w for w, _ in said], [w for w, _ in found], False)
    return [
        abs(said[match.a + n][1] - found[match.b + n][1])
        for match in matcher.get_matching_blocks()
        for n in range(match.size)
    ]


def listen(path, model, *, engine="faster-whisper", language="en", hotwords="", **more):
    """The segments of a recording, as they are heard."""
    way = Way(model, engine, language, hotwords=hotwords)
    for piece in transcribe(path, way, **{"job": Job(), **more}):
        yield from piece.segments


@pytest.fixture
def started(monkeypatch) -> list[subprocess.Popen]:
    """The processes that were started, seen as they start."""
    seen = []

    class Seen(subprocess.Popen):
        def __init__(self, *args, **options):
            super().__init__(*args, **options)
            seen.append(self)

    monkeypatch.setattr(subprocess, "Popen", Seen)
    return seen


@pytest.fixture(
    params=["faster-whisper", pytest.param("whisper", marks=pytest.mark.whisper)], scope="session"
)
def engine(request, reference_model):
    """Each engine's name with the model for it."""
    if request.param not in available_engines():
        pytest.skip(f"{request.param} is not installed")
    if request.param == "whisper":
        return request.param, read(reference_model)
    return request.param, next(m for m in shipped() if m.id == "whisper-synthetic")


def test_words_and_times_follow_the_clock_of_the_recording(recording, truth, engine):
    name, model = engine

    heard = list(listen(recording, model, job=Job(), engine=name))

    assert word_errors(heard, truth) <= 0.05
    errors = start_errors(heard, truth)
    assert len(errors) >= 28
    assert statistics.median(errors) <= 0.1
    assert max(errors) <= 0.6


def test_segments_come_in_order_with_words_inside_and_measures_in_range(recording, synthetic):
    heard = list(listen(recording, synthetic, job=Job()))

    assert len(heard) == 4
    for before, after in pairwise(heard):
        assert before.end_ms <= after.start_ms
    for segment in heard:
        assert segment.text == segment.text.strip()
        assert 0 < segment.confidence <= 1
        assert "".join(segment.text[w.start : w.end] for w in segment.words) == (
            segment.text.replace(" ", "")
        )
        for word in segment.words:
            assert segment.start_ms <= word.start_ms <= word.end_ms <= segment.end_ms
            assert 0 <= word.probability <= 1


def test_a_gap_in_the_recording_moves_what_comes_after(write, speech, truth, synthetic):
    cut = int(2.85 * RATE)
    path = write("gap.mp4", [(0, speech[:cut]), (4.85, speech[cut:])], "aac", 48_000, picture=17.0)

    heard = list(listen(path, synthetic, job=Job()))

    moved = [
        replace(s, words=[(word, at - 2 + 2 * (number > 0)) for word, at in s.words])
        for number, s in enumerate(truth)
    ]
    assert word_errors(heard, moved) <= 0.05
    assert max(start_errors(heard, moved)) <= 0.6


def test_names_to_expect_reach_the_engine(recording, engine):
    """They change how sure it is; that they help is for real models. This one never learnt them and
    asks to be told none."""
    name, model = engine
    model = replace(model, decoding={**model.decoding, "hotwords": True})
    way, spans = Way(model, name), [(2_500, 4_800)]

    [plain] = hear(recording, way, spans, job=Job())
    [told] = hear(recording, replace(way, hotwords="Margaret"), spans, job=Job())

    assert told.segments
    assert [one.confidence for one in told.segments] != pytest.approx(
        [one.confidence for one in plain.segments], abs=0.001
    )


@pytest.mark.parametrize("level", [0.0, 0.02, 0.2])
def test_nothing_is_heard_in_silence_or_noise(write, engine, level):
    name, model = engine
    noise = np.random.default_rng(3).standard_normal(20 * RATE).astype(np.float32) * level
    path = write("quiet.wav", [(0, noise)])

    assert list(listen(path, model, engine=name)) == []


@pytest.mark.parametrize("name", ["silence.wav", "noise.wav"])
def test_nothing_is_heard_in_twenty_seconds_of_nothing(shared, engine, name):
    which, model = engine

    assert list(listen(shared / "models/speech" / name, model, engine=which)) == []


def test_a_telephone_recording_gives_something(synthetic):
    heard = list(listen(DATA / "phone.3gp", synthetic, job=Job()))

    assert heard
    assert all(segment.start_ms < segment.end_ms <= 14_000 for segment in heard)


@pytest.mark.listens
def test_progress_reaches_the_end_and_tells_the_time_left(recording, synthetic):
    seen = []

    list(listen(recording, synthetic, job=Job(seen.append)))

    assert [step.done for step in seen] == sorted(step.done for step in seen)
    assert seen[-1].fraction == 1
    assert seen[-1].seconds_left == 0
    assert "evidence_offset2.mp4" in seen[-1].label
    assert any(step.seconds_left for step in seen)


def test_pieces_follow_each_other_without_a_hole_and_tell_where_nobody_speaks(recording, synthetic):
    pieces = list(transcribe(recording, Way(synthetic), job=Job()))

    assert pieces[0].start_ms == 0
    assert [one.end_ms for one in pieces[:-1]] == [one.start_ms for one in pieces[1:]]
    assert pieces[-1].end_ms == pytest.approx(15_000, abs=100)
    assert [one.speech for one in pieces[:2]] == [False, True], "it is silent for two seconds"
    assert all(bool(one.segments) is one.speech for one in pieces)


@pytest.mark.parametrize("kept", [1, 2, 4])
def test_the_rest_can_be_done_later(recording, synthetic, kept):
    way = Way(synthetic)
    whole = list(transcribe(recording, way, job=Job()))

    rest = transcribe(recording, way, job=Job(), from_ms=whole[kept - 1].end_ms)

    assert list(rest) == whole[kept:]


@pytest.mark.listens
def test_cancelling_ends_the_process_quickly(recording, synthetic, started):
    job = Job()
    heard = []

    def hear_all():
        for segment in listen(recording, synthetic, job=job):
            heard.append(segment)
            job.cancel()

    began = time.monotonic()
    with pytest.raises(Cancelled):
        hear_all()

    assert len(heard) == 1
    assert time.monotonic() - began < 5
    assert [process.poll() is None for process in started] == [False]


@pytest.mark.listens
def test_an_abandoned_transcription_leaves_no_process(recording, synthetic, started):
    segments = listen(recording, synthetic, job=Job())
    next(segments)
    assert [process.poll() is None for process in started] == [True]

    segments.close()

    assert [process.poll() is None for process in started] == [False]


@pytest.mark.listens
def test_a_process_that_is_killed_is_an_error_and_keeps_what_was_said(
    write, speech, synthetic, started
):
    path = write("long.wav", [(0, np.tile(speech, 4))])
    heard = []

    def hear_all():
        for segment in listen(path, synthetic, job=Job()):
            heard.append(segment)
            started[0].kill()

    with pytest.raises(EvidenceError, match=r"broke off.*What was finished stays"):
        hear_all()

    assert heard[0].text == "Please do not use my real name."
    assert started[0].poll() is not None


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks /proc who is alive")
def test_a_worker_ends_when_its_parent_is_gone(recording):
    program = """
import os, subprocess, sys
from pathlib import Path
from coder.jobs import Job
from coder.transcribe import models, run

class Seen(subprocess.Popen):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        print(self.pid, flush=True)

subprocess.Popen = Seen
model = models.find("whisper-synthetic", Path("nowhere"))
next(run.transcribe(Path(sys.argv[1]), run.Way(model), job=Job()))
os._exit(1)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(recording)],
        env={**os.environ, "PYTHONPATH": str(Path(run.__file__).parents[2])},
        stdout=subprocess.PIPE,
        check=False,
    )
    worker = int(done.stdout)

    deadline = time.monotonic() + 5
    while _alive(worker) and time.monotonic() < deadline:
        pass

    assert not _alive(worker)


def _alive(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().split(")")[1].split()[0]
    except FileNotFoundError:
        return False


def test_a_video_without_sound_is_refused(synthetic):
    with pytest.raises(Unreadable, match="has no sound track"):
        list(listen(DATA / "no_audio.mp4", synthetic, job=Job()))


def test_messages_call_the_recording_by_the_name_given(synthetic):
    with pytest.raises(Unreadable, match=r"“Asha\.mp4” has no sound track"):
        list(listen(DATA / "no_audio.mp4", synthetic, job=Job(), name="Asha.mp4"))


def test_damage_to_the_recording_is_told_and_the_rest_is_heard(write, speech, synthetic):
    path = write("damaged.mkv", [(0, speech)], "aac", 48_000)
    data = bytearray(path.read_bytes())
    data[-3000:-1500] = bytes(1500)
    path.write_bytes(data)
    told = []

    heard = list(listen(path, synthetic, job=Job(), tell=told.append))

    assert heard[0].text == "Please do not use my real name."
    assert "damaged.mkv" in told[0]


def test_a_damaged_model_is_refused_by_name(recording, synthetic, home, tmp_path):
    from coder.transcribe.install import add

    model = add(synthetic.path, home, "copy")
    weights = bytearray((model.path / "model.bin").read_bytes())
    for place in range(5_000_000, 5_000_016):
        weights[place] ^= 0xFF
    (model.path / "model.bin").write_bytes(weights)

    with pytest.raises(EvidenceError, match=r"“copy” is damaged: model\.bin"):
        list(listen(recording, model, job=Job()))


def test_a_model_for_the_other_engine_is_refused(recording, synthetic):
    wrong = replace(synthetic, format="openai")

    with pytest.raises(EvidenceError, match="made for the engine “whisper”"):
        list(listen(recording, wrong, job=Job()))


def test_a_language_that_the_model_does_not_know_is_refused(recording, synthetic):
    with pytest.raises(EvidenceError, match="does not know the language “cy”"):
        list(listen(recording, synthetic, job=Job(), language="cy"))


def test_an_unknown_engine_is_refused(recording, synthetic):
    with pytest.raises(EvidenceError, match=r"no engine “parrot”.*faster-whisper"):
        list(listen(recording, synthetic, job=Job(), engine="parrot"))


def test_an_engine_that_is_not_installed_says_how_to_get_it(recording, synthetic, monkeypatch):
    def nothing(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", nothing)

    with pytest.raises(EvidenceError, match=r"pip install \"evidence-coder\[whisper\]\""):
        list(listen(recording, synthetic, job=Job(), engine="whisper"))
    assert available_engines() == ()


def test_the_default_engine_comes_first():
    assert available_engines()[0] == "faster-whisper"


@pytest.mark.parametrize(
    ("code", "said", "expected"),
    [
        (-9, "", "out of memory"),
        (1, "Traceback…\nMemoryError", "out of memory"),
        (-11, "", "crashed (SIGSEGV)"),
        (0xC0000005, "", "crashed (0xC0000005)"),
        (1, "Traceback…\nRuntimeError: no luck.", "RuntimeError: no luck"),
        (1, "", "code 1"),
    ],
)
def test_an_exit_code_is_told_in_words(code, said, expected):
    assert expected in reason(code, said)


def test_a_longer_recording_of_three_voices_is_heard_to_the_letter(shared, engine, write):
    """The slower engine hears each of the voices once."""
    name, model = engine
    told = json.loads((shared / "models/speech/truth.json").read_text("utf-8"))["long"]
    path = shared / "models/speech/evidence.mp4"
    if name == "whisper" and not SOAK:
        told = told[:4]
        path = write("evidence.wav", [(0, decode(path)[: 16 * RATE])])
    assert {one["voice"].partition("+")[2] for one in told} == {"f4", "m7", "Michael"}

    heard = list(listen(path, model, engine=name))

    assert [segment.text for segment in heard] == [sentence["text"] for sentence in told]
    for segment, sentence in zip(heard, told, strict=True):
        starts = [word.start_ms / 1000 for word in segment.words]
        for start, word in zip(starts, sentence["words"], strict=False):
            assert start == pytest.approx(word["start"], abs=0.7), (sentence["text"], word)


def test_the_film_of_the_sample_is_heard_to_the_letter(synthetic):
    told = json.loads((places.samples() / "video-truth.json").read_text("utf-8"))

    heard = list(listen(next(places.samples().glob("evidence/*.mp4")), synthetic))

    assert [segment.text for segment in heard] == [sentence["text"] for sentence in told]
    for segment, sentence in zip(heard, told, strict=True):
        assert segment.words[0].start_ms / 1000 == pytest.approx(sentence["start"], abs=0.7)
        assert segment.words[-1].end_ms / 1000 == pytest.approx(sentence["end"], abs=0.7)


def test_words_are_timed_in_the_voice_that_says_them(write, speech, synthetic, truth):
    left = np.concatenate([speech[: 28 * RATE // 10], np.zeros(RATE, np.float32)])
    right = np.roll(left, RATE)
    path = write("call.wav", [(0.0, np.stack([left, right]))])
    words = truth[0].text

    first, second = align(
        path,
        Way(synthetic, apart=True),
        [Line(words, (500, 2_700), 1), Line(words, (1_500, 3_700), 2)],
        job=Job(),
    )

    later = [b.start_ms - a.start_ms for a, b in zip(first, second, strict=True)]
    assert later == pytest.approx([1_000] * len(later), abs=60)


def test_silence_is_heard_where_it_is_asked_for_and_may_hold_nothing(recording, synthetic):
    [piece] = hear(recording, Way(synthetic), [(0, 1_000)], job=Job())

    assert (piece.start_ms, piece.end_ms, piece.speech) == (0, 1_000, True)
    assert all(0 <= one.start_ms <= one.end_ms <= 1_000 for one in piece.segments)
