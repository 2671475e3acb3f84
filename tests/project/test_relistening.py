"""A machine listens once more at a person's wish: to sentences, to silence, to when words are
said."""

from __future__ import annotations

import json
import shutil
import sqlite3
import wave
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder import places
from coder.domain.doubt import doubts
from coder.domain.errors import Cancelled, EvidenceError, NotFound, Refused
from coder.domain.model import Document, DocumentKind, Segment, Stretch, Word, new_id
from coder.domain.quiet import Quiet
from coder.jobs import Job
from coder.project import Project
from coder.project.relistening import NOTHING
from coder.project.transcripts import Manner, ModelMissing
from coder.transcribe import run
from coder.transcribe.audio import RATE, decode
from coder.transcribe.engine import Heard
from coder.transcribe.pieces import Piece

DATA = Path(__file__).parents[1] / "data"
SHIPPED = places.samples() / "whisper-synthetic"
SYNTHETIC = Manner(model="whisper-synthetic")
TRUTH = json.loads((DATA / "evidence_offset2.truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def heard_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An inquiry with the transcript of four sentences, as the machine heard them."""
    folder = tmp_path_factory.mktemp("heard") / "inquiry"
    with Project.create(folder, "Loneliness", "SIC", "Noor") as project:
        project.intake.bring([DATA / "evidence_offset2.mp4"])
        [media] = project.evidence.one("SIC0001").documents
        project.transcripts.make(media.id, SYNTHETIC)
    return folder


@pytest.fixture
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Project]:
    """A copy of that inquiry where its transcript is asked for, else a new one."""
    folder = tmp_path / "inquiry"
    if "film" in request.fixturenames:
        shutil.copytree(request.getfixturevalue("heard_once"), folder)
        opened = Project.open(folder, "Noor")
    else:
        opened = Project.create(folder, "Loneliness", "SIC", "Noor")
    with opened as project:
        yield project


@pytest.fixture
def film(project: Project) -> Document:
    """The transcript of four sentences."""
    [found] = [one for one in project.evidence.one("SIC0001").documents if one.source_id]
    return project.document(found.id)


def spoil(project: Project, film: Document, number: int, text: str, **changes) -> Segment:
    """Has the machine hear a sentence wrongly; gives it."""
    wrong = replace(project.segments(film.id)[number], text=text, words=(), **changes)
    with project._store.step("Hear badly", project.coder, "machine") as tx:
        tx.put(wrong)
    return wrong


def overlook(project: Project, film: Document, *numbers: int) -> list[Quiet]:
    """Has the machine take these sentences for silence; gives the spans."""
    lines = project.segments(film.id)
    gone = [lines[number] for number in numbers]
    spans = [Quiet(one.start_ms - 100, one.end_ms + 100) for one in gone]
    with project._store.step("Overlook", project.coder, "machine") as tx:
        for one in gone:
            tx.delete(one)
        for stretch in tx.read.stretches(film.id):
            tx.delete(stretch)
        place = 0
        for one in spans:
            tx.put(Stretch(new_id(), film.id, place, one.start_ms))
            tx.put(Stretch(new_id(), film.id, one.start_ms, one.end_ms, speech=False))
            place = one.end_ms
        tx.put(Stretch(new_id(), film.id, place, film.media_ms or place + 1))
    return spans


def texts(project: Project, film: Document) -> list[str]:
    return [one.text for one in project.segments(film.id)]


def tag(project: Project, film: Document, words: str, code: str = "Places") -> None:
    document = project.document(film.id)
    start = document.text.index(words)
    project.tag_with_new_code(document, start, start + len(words), code)


def quotes(project: Project) -> list[tuple[str, str]]:
    return [(one.coder, one.quote) for one in project.quotes.select()]


def late(segment: Segment, number: int) -> float:
    """How far the words of a sentence are off the truth, in seconds: the median."""
    truth = [at for _, at in TRUTH[number]["words"]]
    return median(
        abs(word.start_ms / 1000 - at) for word, at in zip(segment.words, truth, strict=False)
    )


def sound(project: Project, film: Document) -> None:
    """What holds of every transcript: tags say their words, lines are in order, nothing broken."""
    lines = project.segments(film.id)
    document = project.document(film.id)
    assert document.text == "\n".join(one.text for one in lines)
    assert all(document.text[one.start : one.end] == one.text != "" for one in lines)
    assert all(one.start_ms <= other.start_ms for one, other in pairwise(lines))
    assert all(one.start_ms <= one.end_ms for one in lines)
    assert len({one.position for one in lines}) == len(lines)
    for one in lines:
        assert all(one.start_ms <= w.start_ms <= w.end_ms <= one.end_ms for w in one.words)
        assert all(w.end <= len(one.text) for w in one.words)
    assert project.codings.mismatches() == []
    assert project._store.verify() == []


@pytest.mark.parametrize("number", range(len(TRUTH)))
def test_a_sentence_that_was_heard_wrongly_is_heard_again_wherever_it_stands(
    project: Project, film: Document, number: int
) -> None:
    before = texts(project, film)
    wrong = spoil(project, film, number, "Thank you. " * 4 + "Thank you.", temperature=0.4)
    assert [one.segment_id for one in doubts(project.segments(film.id))] == [wrong.id]

    done = project.relistening.hear_again([wrong.id])

    assert texts(project, film) == before
    assert [one.id for one in done.segments] == [wrong.id]
    assert doubts(project.segments(film.id)) == []
    sound(project, film)
    assert project.undo() == "Hear 1 sentence of “evidence_offset2 (transcript)” again"
    assert texts(project, film)[number] == wrong.text
    sound(project, film)


def test_everyones_tags_stay_on_their_words_when_they_are_heard_again(
    project: Project, film: Document
) -> None:
    tag(project, film, TRUTH[0]["text"].split()[0])
    spoil(project, film, 1, f"x {TRUTH[1]['text']}")
    last = TRUTH[3]["text"].split()[-1]
    project.as_coder("Asha Verma")
    tag(project, film, last)
    tag(project, film, f"x {TRUTH[1]['text'].split()[0]}", "Beginnings")
    project.as_coder("Noor")

    done = project.relistening.hear_again([project.segments(film.id)[1].id])

    assert done.tags == 1
    assert set(quotes(project)) == {
        ("Noor", TRUTH[0]["text"].split()[0]),
        ("Asha Verma", TRUTH[1]["text"].split()[0]),
        ("Asha Verma", last),
    }
    sound(project, film)


def test_sentences_apart_from_each_other_are_one_act(project: Project, film: Document) -> None:
    before = texts(project, film)
    spoil(project, film, 0, "Wrong.")
    spoil(project, film, 3, "Wrong again.")
    lines = project.segments(film.id)

    done = project.relistening.hear_again([lines[3].id, lines[0].id])

    assert texts(project, film) == before
    assert [one.start_ms for one in done.segments] == sorted(one.start_ms for one in done.segments)
    sound(project, film)
    project.undo()
    assert texts(project, film)[0] == "Wrong."
    assert texts(project, film)[3] == "Wrong again."


def test_a_long_pause_between_sentences_is_not_listened_to(
    project: Project, film: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = project.segments(film.id)
    spans: list[tuple[int, int]] = []

    def hear(path, way, asked, **more):
        spans.extend(asked)
        return _hears(())(path, way, asked, job=more["job"])

    monkeypatch.setattr(run, "hear", hear)
    project.relistening.hear_again([one.id for one in lines])

    first, second, third, fourth = lines
    assert third.start_ms - second.end_ms > 1_000 > fourth.start_ms - third.end_ms
    assert spans == [
        (first.start_ms - 300, second.end_ms + 300),
        (third.start_ms - 300, fourth.end_ms + 300),
    ]


def test_what_a_person_wrote_or_stands_by_is_not_overwritten(
    project: Project, film: Document
) -> None:
    first, second, third, fourth = project.segments(film.id)
    project.correcting.rewrite(first.id, "A person wrote this.")
    project.correcting.confirm(second.id)
    before = project.segments(film.id)

    with pytest.raises(Refused, match=r"2 sentences were corrected or confirmed .* at 00:0\d"):
        project.relistening.hear_again([one.id for one in (first, second, third)])
    with pytest.raises(Refused, match="1 sentence was"):
        project.relistening.may_hear_again([second.id, fourth.id])
    assert project.segments(film.id) == before


def test_a_machine_puts_nothing_into_a_transcript_that_a_person_checked(
    project: Project, film: Document
) -> None:
    [quiet] = overlook(project, film, 3)
    project.transcripts.set_checked(film.id, checked=True)

    with pytest.raises(Refused, match="has been checked by a person"):
        project.relistening.hear_again([project.segments(film.id)[0].id])
    with pytest.raises(Refused, match="has been checked by a person"):
        project.relistening.hear_anyway(film.id, quiet.start_ms, quiet.end_ms)
    project.relistening.time_again([project.segments(film.id)[0].id])


@pytest.mark.parametrize("numbers", [(0,), (2,), (3,), (0, 1), (0, 1, 2, 3)], ids=str)
def test_what_was_taken_for_silence_is_heard_anyway_and_counts_as_listened_to(
    project: Project, film: Document, numbers: tuple[int, ...]
) -> None:
    before = texts(project, film)
    spans = overlook(project, film, *numbers)
    if len(numbers) < len(before):
        tag(project, film, texts(project, film)[-1])
    kept = set(quotes(project))
    left = texts(project, film)
    stretches = project._store.read.stretches(film.id)

    for span in spans:
        project.relistening.hear_anyway(film.id, span.start_ms, span.end_ms)

    assert " ".join(texts(project, film)).split() == " ".join(before).split()
    assert project.relistening.quiet(film.id, 1) == []
    assert set(quotes(project)) == kept
    sound(project, film)
    for _ in spans:
        project.undo()
    assert texts(project, film) == left
    assert project.relistening.quiet(film.id, 1) == spans
    assert project._store.read.stretches(film.id) == stretches
    sound(project, film)


def test_a_transcript_without_any_sentence_says_no_longer_that_nobody_speaks(
    project: Project, film: Document
) -> None:
    lines = project.segments(film.id)
    spans = overlook(project, film, *range(len(lines)))
    with project._store.step("Nothing", project.coder, "machine") as tx:
        tx.put(replace(tx.read.header(film.id), problems=(NOTHING,)))

    project.relistening.hear_anyway(film.id, spans[0].start_ms, spans[0].end_ms)

    assert project.document(film.id).problems == ()
    sound(project, film)
    project.undo()
    assert project.document(film.id).problems == (NOTHING,)
    assert texts(project, film) == []


def test_only_what_was_without_speech_is_heard_anyway(project: Project, film: Document) -> None:
    [span] = overlook(project, film, 2)
    before = texts(project, film)

    done = project.relistening.hear_anyway(film.id, 0, 1_000_000)

    assert len(texts(project, film)) == len(before) + len(done.segments)
    assert all(span.start_ms <= one.start_ms < span.end_ms for one in done.segments)
    with pytest.raises(Refused, match="has no part without speech between 00:02 and 00:20"):
        project.relistening.hear_anyway(film.id, 2_500, 20_000)


def test_where_nothing_is_heard_the_words_stay_and_silence_counts_as_listened_to(
    project: Project, film: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    [span] = overlook(project, film, 3)
    monkeypatch.setattr(run, "hear", _hears(()))
    before = project.segments(film.id)
    labels = project.next_labels()

    assert project.relistening.hear_again([before[0].id]).segments == ()
    assert project.next_labels() == labels
    assert project.relistening.hear_anyway(film.id, span.start_ms, span.end_ms).segments == ()

    assert project.segments(film.id) == before
    assert project.relistening.quiet(film.id, 1) == []
    project.undo()
    assert project.relistening.quiet(film.id, 1) == [span]


def test_a_person_may_say_that_nobody_speaks(project: Project, film: Document) -> None:
    [span] = overlook(project, film, 2)
    middle = (span.start_ms + span.end_ms) // 2

    project.relistening.confirm_quiet(film.id, span.start_ms, middle)

    assert project.relistening.quiet(film.id, 1) == [Quiet(middle, span.end_ms)]
    project.relistening.confirm_quiet(film.id, middle, span.end_ms)
    assert project.relistening.quiet(film.id, 1) == []
    assert project.verify() == []
    project.undo()
    project.undo()
    assert project.relistening.quiet(film.id, 1) == [span]


@pytest.mark.parametrize("number", [0, 2, 3])
def test_corrected_words_get_the_times_at_which_they_are_said(
    project: Project, film: Document, number: int
) -> None:
    segment = project.segments(film.id)[number]
    tag(project, film, segment.text)
    project.correcting.rewrite(segment.id, "Something else altogether.")
    project.correcting.rewrite(segment.id, segment.text)
    spread = project.segments(film.id)[number]

    project.relistening.time_again([segment.id])

    timed = project.segments(film.id)[number]
    assert [timed.text[w.start : w.end] for w in timed.words] == timed.text.split()
    assert late(timed, number) <= 0.4
    assert {w.probability for w in timed.words} == {1.0}
    assert (timed.text, timed.checked, timed.heard) == (spread.text, True, spread.heard)
    sound(project, film)
    project.undo()
    assert project.segments(film.id)[number] == spread


def test_words_that_a_person_put_in_are_timed_and_are_certain(
    project: Project, film: Document
) -> None:
    overlook(project, film, 2)
    lines = project.segments(film.id)
    [put_in] = project.correcting.insert(lines[1].id, TRUTH[2]["text"]).segments
    assert all(one.end_ms - one.start_ms < 500 for one in project.relistening.quiet(film.id, 1))

    project.relistening.time_again([put_in.id])

    now = project.segments(film.id)[2]
    assert late(now, 2) <= 0.4
    assert doubts(project.segments(film.id)) == []
    sound(project, film)


def test_a_long_sentence_is_split_before_it_is_timed(project: Project, film: Document) -> None:
    one = spoil(project, film, 3, "So it went on.", end_ms=60_000)

    with pytest.raises(Refused, match=r"at 00:\d\d is longer than half a minute\. Split it"):
        project.relistening.time_again([one.id])


def test_the_speaker_stays_as_far_as_times_tell(
    project: Project, film: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, *_ = project.segments(film.id)
    project.correcting.set_speaker([first.id], "Ann")
    project.correcting.set_speaker([second.id], "Bob")

    project.relistening.hear_again([first.id, second.id])

    assert [one.speaker for one in project.segments(film.id)][:2] == ["Ann", "Bob"]


def test_of_two_voices_at_a_time_both_must_be_heard_again(project: Project, film: Document) -> None:
    first, second, *_ = project.segments(film.id)
    hearing = project._store.read.hearing_of(film.id)
    with project._store.step("Two voices", project.coder, "machine") as tx:
        tx.put(replace(hearing, apart=True))
        tx.put(replace(first, speaker="Left", end_ms=second.end_ms))
        tx.put(replace(second, speaker="Right", start_ms=first.start_ms + 400))

    with pytest.raises(Refused, match="Somebody else speaks during the sentence at 00:02"):
        project.relistening.hear_again([first.id])
    project.relistening.may_hear_again([first.id, second.id])


@pytest.mark.parametrize("name", ["Right", "Ann", ""])
def test_of_another_voice_nothing_comes_into_a_sentence_that_is_heard_again(
    project: Project, tmp_path: Path, name: str
) -> None:
    voice, pause = decode(DATA / "evidence_offset2.mp4")[2 * RATE :], np.zeros(3 * RATE)
    left, right = np.concatenate([voice, pause]), np.concatenate([pause, voice])
    with wave.open(str(tmp_path / "call.wav"), "wb") as call:
        call.setnchannels(2)
        call.setsampwidth(2)
        call.setframerate(RATE)
        call.writeframes((np.stack([left, right], 1) * 32767).astype("<i2").tobytes())
    project.intake.bring([tmp_path / "call.wav"])
    [media] = project.evidence.one("SIC0001").documents
    made = project.transcripts.make(media.id, replace(SYNTHETIC, apart=True))
    last = project.segments(made.id)[-1]
    assert last.speaker == "Right"
    if name != "Right":
        project.correcting.set_speaker([last.id], name)

    again = project.relistening.hear_again([last.id]).segments

    assert [one.text for one in again] == [last.text], "the end of what the left voice says is not"
    sound(project, made)


@pytest.mark.parametrize("act", ["insert", "split"])
def test_where_voices_overlap_a_new_sentence_keeps_the_order_of_time(
    project: Project, film: Document, act: str
) -> None:
    first, second, *_ = project.segments(film.id)
    with project._store.step("Two voices", project.coder, "machine") as tx:
        tx.put(replace(second, start_ms=first.start_ms + 400))

    if act == "insert":
        project.correcting.insert(first.id, "Yes, yes.")
    else:
        project.correcting.split(first.id, first.text.index("real"))

    made = project.segments(film.id)[1]
    assert made.start_ms == first.start_ms + 400 <= made.end_ms
    sound(project, film)


def test_while_the_machine_hears_the_rest_an_earlier_sentence_is_heard_again(
    project: Project,
) -> None:
    project.intake.bring([DATA / "evidence_offset2.mp4"])
    [media] = project.evidence.one("SIC0001").documents
    job = Job()
    project.watch(lambda done: job.cancel() if done.touches("segments") else None)
    with pytest.raises(Cancelled):
        project.transcripts.make(media.id, SYNTHETIC, job)
    begun = project.transcripts.of(media.id)
    assert len(texts(project, begun)) < len(TRUTH)

    project.relistening.hear_again([project.segments(begun.id)[-1].id], SYNTHETIC)
    done = project.transcripts.make(media.id, SYNTHETIC)

    assert done.text.split() == [word for one in TRUTH for word in one["text"].split()]
    assert done.problems == ()
    sound(project, done)


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda acts, lines: acts.rewrite(lines[0].id, "A person was faster."),
        lambda acts, lines: acts.confirm(lines[1].id),
        lambda acts, lines: acts.insert(lines[0].id, "In between."),
        lambda acts, lines: acts.split(lines[0].id, 8),
        lambda acts, lines: acts.join(lines[0].id),
        lambda acts, lines: acts.join(lines[1].id),
        lambda acts, lines: acts.delete(lines[1].id),
    ],
    ids=["rewritten", "confirmed", "put in", "split", "joined", "joined behind", "deleted"],
)
def test_what_a_person_did_while_the_machine_listened_stands(
    project: Project, film: Document, monkeypatch: pytest.MonkeyPatch, meanwhile
) -> None:
    lines = project.segments(film.id)
    listen = run.hear

    def hear(*told, **more):
        pieces = listen(*told, **more)
        meanwhile(project.correcting, lines)
        return pieces

    monkeypatch.setattr(run, "hear", hear)
    with pytest.raises(Refused, match="changed meanwhile"):
        project.relistening.hear_again([lines[0].id, lines[1].id])
    sound(project, film)


def test_numbering_and_naming_meanwhile_are_kept(
    project: Project, film: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = project.segments(film.id)
    timing, listening = run.align, run.hear

    def meanwhile(act):
        def listen(*told, **more):
            found = act(*told, **more)
            project.correcting.insert(lines[0].id, "Put in.")
            project.correcting.set_speaker([lines[1].id], "Ann")
            return found

        return listen

    monkeypatch.setattr(run, "align", meanwhile(timing))
    project.relistening.time_again([lines[1].id])
    monkeypatch.setattr(run, "hear", meanwhile(listening))
    project.relistening.hear_again([lines[2].id])

    assert [one.speaker for one in project.segments(film.id)][3] == "Ann"
    assert texts(project, film)[1:3] == ["Put in.", "Put in."]
    sound(project, film)


def test_a_model_that_is_gone_another_one_and_a_stop_are_told(
    project: Project, film: Document, tmp_path: Path
) -> None:
    folder = tmp_path / "other"
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("recipe"))
    wrong = spoil(project, film, 1, "Wrong.")
    hearing = project._store.read.hearing_of(film.id)
    with project._store.step("Another model", project.coder, "machine") as tx:
        tx.put(replace(hearing, model="gone"))

    with pytest.raises(ModelMissing, match="gone"):
        project.relistening.hear_again([wrong.id])
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        project.relistening.hear_again([wrong.id], SYNTHETIC, job)
    assert texts(project, film)[1] == "Wrong."
    project.relistening.hear_again([wrong.id], Manner(model=str(folder)))
    assert texts(project, film)[1] == TRUTH[1]["text"]


def test_what_cannot_be_listened_to_is_told_in_a_sentence(project: Project, write) -> None:
    project.intake.bring([write("talk.srt", b"1\n00:00:01,000 --> 00:00:03,000\nGood day.\n")])
    [talk] = project.evidence.one("SIC0001").documents
    [line] = project.segments(talk.id)

    for act in (project.relistening.hear_again, project.relistening.time_again):
        with pytest.raises(Refused, match="has no recording to listen to"):
            act([line.id])
    with pytest.raises(Refused, match="has no part without speech"):
        project.relistening.hear_anyway(talk.id, 0, 9_000)
    with pytest.raises(NotFound, match="no longer in the transcript"):
        project.relistening.hear_again(["gone"])
    with pytest.raises(NotFound):
        project.relistening.hear_again([])


def test_nobody_listens_for_nothing(project: Project, film: Document) -> None:
    [span] = overlook(project, film, 2)
    [line, *_] = project.segments(film.id)

    with Project.open(project.folder, "Ines", read_only=True) as looking:
        for act in (
            lambda: looking.relistening.hear_again([line.id]),
            lambda: looking.relistening.time_again([line.id]),
            lambda: looking.relistening.hear_anyway(film.id, span.start_ms, span.end_ms),
        ):
            with pytest.raises(Refused, match="open for reading only"):
                act()


def test_a_recording_that_is_missing_is_named(project: Project, film: Document) -> None:
    for original in (project.folder / "originals").rglob("*"):
        if original.is_file():
            original.chmod(0o600)
            original.unlink()

    with pytest.raises(EvidenceError, match=r"original of “evidence_offset2.*missing"):
        project.relistening.hear_again([project.segments(film.id)[0].id])


def test_a_recording_that_was_changed_is_not_heard_again_nor_timed(
    project: Project, film: Document
) -> None:
    media = project.document(film.source_id)
    project.evidence.original_path(media).write_bytes((DATA / "phone.3gp").read_bytes())
    first = project.segments(film.id)[0].id

    for act in (project.relistening.hear_again, project.relistening.time_again):
        with pytest.raises(EvidenceError, match="is no longer the file that was imported"):
            act([first])


def test_what_was_heard_again_keeps_a_transcript_until_it_is_undone(
    project: Project, film: Document
) -> None:
    wrong = spoil(project, film, 0, "Wrong.")
    project.relistening.hear_again([wrong.id])

    with pytest.raises(Refused, match="1 sentence was"):
        project.transcripts.may_replace(film.source_id)
    project.undo()
    again = project.transcripts.make_again(film.source_id, SYNTHETIC)
    assert texts(project, again)[0] == TRUTH[0]["text"]
    sound(project, again)


def test_all_of_it_is_erased_with_the_submission(project: Project, film: Document) -> None:
    [span] = overlook(project, film, 2)
    spoil(project, film, 0, "Xylophones everywhere.")
    project.relistening.hear_again([project.segments(film.id)[0].id])
    project.relistening.hear_anyway(film.id, span.start_ms, span.end_ms)
    project.relistening.time_again([project.segments(film.id)[1].id])
    words = {word.strip(".,").encode() for one in TRUTH for word in one["text"].split()}
    telling = [word for word in words if len(word) > 6]
    assert telling

    project.withdrawal.withdraw("SIC0001")

    kept = (project.folder / "project.db").read_bytes()
    assert [word for word in (*telling, b"Xylophone") if word in kept] == []
    assert project.verify() == []


# Below: whatever a machine may hear


def _hears(told: Sequence[tuple[int, int, str, int]]):
    """A machine that hears these in every span: begun and lasting so many per cent of it, with
    these words, in this voice."""

    def hear(path, way, spans, *, job, home=None, name=""):
        del path, way, job, home, name
        pieces = []
        for begins, ends in spans:
            length = ends - begins
            found = []
            for start, lasts, text, voice in told:
                start_ms = begins + length * start // 100
                end_ms = min(ends, start_ms + length * lasts // 100)
                words, at = [], 0
                for word in text.split():
                    words.append(Word(at, at + len(word), start_ms, end_ms, 0.4))
                    at += len(word) + 1
                found.append(Heard(start_ms, end_ms, text, 0.3, 0.1, 1.0, 0.2, tuple(words), voice))
            found.sort(key=lambda one: (one.start_ms, one.voice))
            pieces.append(Piece(begins, ends, True, tuple(found)))
        return pieces

    return hear


def _aligns(shares: Sequence[int]):
    """A machine that says of each word that it is spoken at such a share of its span, in per
    cent."""

    def align(path, way, lines, *, job, home=None, name=""):
        del path, way, job, home, name
        found = []
        for line in lines:
            (begins, ends), at, words = line.span, 0, []
            for number, word in enumerate(line.text.split()):
                share = sorted(shares)[min(number, len(shares) - 1)] if shares else 0
                when = begins + (ends - begins) * share // 100
                at = line.text.index(word, at)
                words.append(Word(at, at + len(word), when, when, 0.3))
                at += len(word)
            found.append(tuple(words) if shares else ())
        return found

    return align


_WORDS = st.lists(
    st.sampled_from(["We", "met", "the", "choir", "🎉", "sit", "alone.", "volunteers"]),
    min_size=1,
    max_size=5,
).map(" ".join)
_HEARD = st.lists(
    st.tuples(st.integers(0, 99), st.integers(0, 60), _WORDS, st.integers(0, 2)), max_size=3
)
_NUMBERS = st.lists(st.integers(0, 9), min_size=1, max_size=3)
_ACTS = st.one_of(
    st.tuples(st.just("hear"), _NUMBERS, _HEARD),
    st.tuples(st.just("anyway"), st.integers(0, 30_000), st.integers(1, 20_000), _HEARD),
    st.tuples(st.just("time"), _NUMBERS, st.lists(st.integers(0, 100), max_size=6)),
    st.tuples(st.just("rewrite"), st.integers(0, 9), _WORDS),
    st.tuples(st.just("split"), st.integers(0, 9), st.integers(0, 40)),
    st.tuples(st.just("join"), st.integers(0, 9)),
    st.tuples(st.just("delete"), st.integers(0, 9)),
    st.tuples(st.just("insert"), st.integers(0, 9), _WORDS),
    st.tuples(st.just("tag"), st.integers(0, 99), st.integers(1, 60)),
)
_OTHERS = st.one_of(
    _ACTS,
    st.tuples(st.just("coder"), st.sampled_from(["Noor", "Asha Verma"])),
    st.tuples(st.just("undo")),
    st.tuples(st.just("machine"), st.integers(0, 3_000), _WORDS),
)


def _rows(project: Project) -> list[tuple]:
    database = sqlite3.connect(project.folder / "project.db")
    columns = {"passages": "owner, kind, document_id, start, text"}
    found = [
        row
        for table in ("segments", "stretches", "codings", "passages")
        for row in sorted(database.execute(f"SELECT {columns.get(table, '*')} FROM {table}"))
    ]
    database.close()
    return found


def _do(project: Project, film: Document, act: str, values, monkeypatch) -> None:
    lines = project.segments(film.id)
    document = project.document(film.id)
    if act == "tag":
        words = document.text[values[0] : values[0] + values[1]].strip()
        if words:
            tag(project, film, words)
    elif act == "coder":
        project.as_coder(values[0])
    elif act == "undo":
        if "film" not in (project.next_labels()[0] or ""):
            return
        project.undo()
    elif act == "machine":
        until = project._store.read.heard_until(film.id)
        heard = (Segment(new_id(), film.id, 0, until, until + 500, values[1]),)
        with project._store.step("Hear on", project.coder, "machine") as tx:
            for one in heard:
                tx.put(replace(one, position=int(tx.read.last_position(film.id)) + 1))
            tx.put(Stretch(new_id(), film.id, until, until + 1_000 + values[0], speech=True))
    elif act == "anyway":
        start, length, heard = values
        monkeypatch.setattr(run, "hear", _hears(heard))
        project.relistening.hear_anyway(film.id, start, start + length, SYNTHETIC)
    elif lines and act in ("hear", "time"):
        ids = [lines[number % len(lines)].id for number in values[0]]
        monkeypatch.setattr(run, "hear", _hears(values[1]) if act == "hear" else run.hear)
        monkeypatch.setattr(run, "align", _aligns(values[1]) if act == "time" else run.align)
        listening = project.relistening
        (listening.hear_again if act == "hear" else listening.time_again)(ids, SYNTHETIC)
    elif lines:
        getattr(project.correcting, act)(lines[values[0] % len(lines)].id, *values[1:])


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An inquiry with a transcript of three sentences, with silence before, between and behind
    them, and three tags of two coders."""
    folder = tmp_path_factory.mktemp("short") / "inquiry"
    with Project.create(folder, "Loneliness", "SIC", "Noor") as project:
        project.intake.bring([DATA / "evidence_offset2.mp4"])
        [media] = project.evidence.one("SIC0001").documents
        made = Document(
            new_id(), media.submission_id, media.position, "film (transcript)",
            DocumentKind.TRANSCRIPT, original=media.original, source_id=media.id,
            machine_draft=True,
        )  # fmt: skip
        with project._store.step("Hear", project.coder, "machine") as tx:
            tx.put(made)
            for number, text in enumerate(("We met the choir.", "Nobody sat alone.", "The end.")):
                start = 5_000 + number * 8_000
                tx.put(Segment(new_id(), made.id, number, start, start + 3_000, text))
                tx.put(Stretch(new_id(), made.id, start - 5_000, start, speech=False))
                tx.put(Stretch(new_id(), made.id, start, start + 3_000))
        for coder, words in (
            ("Asha Verma", "the choir.\nNobody"),
            ("Asha Verma", "alone"),
            ("Noor", "end"),
        ):
            project.as_coder(coder)
            tag(project, made, words)
    return folder


@contextmanager
def _copy(short: Path, tmp_path: Path) -> Iterator[tuple[Project, Document]]:
    folder = tmp_path / new_id()
    shutil.copytree(short, folder)
    with Project.open(folder, "Noor") as project:
        [film] = [d for d in project.evidence.one("SIC0001").documents if d.source_id]
        yield project, film


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(_ACTS, max_size=6))
def test_whatever_is_heard_again_tags_stay_on_their_words_and_undo_brings_all_back(
    short: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, acts
) -> None:
    with _copy(short, tmp_path) as (project, film):
        before = _rows(project)
        done = 0
        for act, *values in acts:
            stands = {one.id: one.text for one in project.segments(film.id) if one.checked}
            step = project.history(1)[0].seq
            try:
                _do(project, film, act, values, monkeypatch)
            except Refused:
                continue
            done += project.history(1)[0].seq - step
            sound(project, film)
            if act in ("hear", "anyway", "time"):
                now = {one.id: one.text for one in project.segments(film.id)}
                assert stands.items() <= now.items(), "what a person stands by was overwritten"
        assert project.verify() == []
        for _ in range(done):
            assert project.undo()
        assert _rows(project) == before


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(_OTHERS, max_size=12))
def test_with_two_coders_and_a_machine_that_hears_on_it_stays_sound(
    short: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, acts
) -> None:
    with _copy(short, tmp_path) as (project, film):
        for act, *values in acts:
            try:
                _do(project, film, act, values, monkeypatch)
            except Refused:
                continue
            sound(project, film)
        assert project.verify() == []
