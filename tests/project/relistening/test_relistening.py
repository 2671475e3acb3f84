"""A machine listens once more at a person's wish: to sentences, and to when words are said."""

from __future__ import annotations

import shutil
import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coder import places
from coder.domain.doubt import doubts
from coder.domain.errors import Cancelled, EvidenceError, NotFound, Refused
from coder.domain.model import Document
from coder.jobs import Job
from coder.project import Project
from coder.project.manner import Manner
from coder.transcribe import run
from coder.transcribe.audio import RATE, decode
from coder.transcribe.models import ModelMissing
from tests.project.relistening.machine import (
    DATA,
    SYNTHETIC,
    TRUTH,
    hears,
    late,
    overlook,
    quotes,
    sound,
    spoil,
    tag,
    texts,
)

SHIPPED = places.samples() / "whisper-synthetic"


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
        return hears(())(path, way, asked, job=more["job"])

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
