"""Recordings become timed text, kept as it comes and gone on with after a stop."""

import json
from pathlib import Path

import pytest

from coder.domain.errors import Cancelled, Refused
from coder.domain.model import Document, DocumentKind
from coder.jobs import Job
from coder.project import Project
from coder.project.transcripts import UNFINISHED, Manner, ModelMissing

DATA = Path(__file__).parents[1] / "data"
SYNTHETIC = Manner(model="whisper-synthetic")
TRUTH = json.loads((DATA / "evidence_offset2.truth.json").read_text(encoding="utf-8"))


@pytest.fixture
def film(project: Project) -> Document:
    """Four spoken sentences, imported."""
    project.intake.bring([DATA / "evidence_offset2.mp4"])
    [media] = project.evidence.one("SIC0001").documents
    assert media.kind is DocumentKind.MEDIA
    return media


def test_a_recording_becomes_timed_text_that_is_cited_by_the_time_of_the_word(
    project: Project, film: Document
) -> None:
    assert project.transcripts.pending() == [film]

    transcript = project.transcripts.make(film.id, SYNTHETIC)

    assert transcript.text.split() == [word for one in TRUTH for word in one["text"].split()]
    assert (transcript.machine_draft, transcript.problems) == (True, ())
    assert project.transcripts.recording_of(transcript).id == film.id
    assert project.transcripts.pending("SIC0001") == []
    segments = project.segments(transcript.id)
    assert [transcript.text[one.start : one.end] for one in segments] == [
        one.text for one in segments
    ]
    code = project.codebook.add("Volunteering")
    coding = project.codings.tag_words(transcript, "volunteers", 1, lambda tx: code)
    [quote] = project.quotes.select()
    spoken = next(at for one in TRUTH for word, at in one["words"] if word == "volunteers")
    assert quote.quote == coding.quote == "volunteers"
    assert quote.time_ms == pytest.approx(spoken * 1000, abs=400)
    assert quote.citation == "(SIC0001, 00:05)"
    [hit] = project.find("gardens")
    assert transcript.text[hit.start : hit.end] == "garden"
    with pytest.raises(Refused, match="has a transcript already"):
        project.transcripts.make(film.id, SYNTHETIC)
    assert project.verify() == []


def test_a_stopped_transcript_is_gone_on_with_and_finished_once(
    project: Project, film: Document
) -> None:
    job = Job()
    project.watch(lambda done: job.cancel() if done.touches("segments") else None)
    with pytest.raises(Cancelled):
        project.transcripts.make(film.id, SYNTHETIC, job)
    stopped = project.transcripts.of(film.id)
    first = project.segments(stopped.id)
    assert 1 <= len(first) < len(TRUTH)
    assert stopped.problems == (UNFINISHED,)
    assert project.transcripts.pending() == [film]
    code = project.codebook.add("Early")
    [coding] = project.codings.tag(stopped, 0, 6, [code])
    project.close()

    with Project.open(project.folder, "Noor") as again:
        done = again.transcripts.make(film.id, SYNTHETIC)
        segments = again.segments(done.id)

        assert done.id == stopped.id
        assert segments[: len(first)] == first
        assert done.text.split() == [word for one in TRUTH for word in one["text"].split()]
        assert done.text[coding.start : coding.end] == coding.quote
        assert done.problems == ()
        assert [one.start_ms for one in segments] == sorted(one.start_ms for one in segments)
        assert again.transcripts.finished(film.id)
        assert again.verify() == []


def test_the_import_below_a_transcript_is_not_undone(project: Project, film: Document) -> None:
    job = Job()
    project.watch(lambda done: job.cancel())
    with pytest.raises(Cancelled):
        project.transcripts.make(film.id, SYNTHETIC, job)

    with pytest.raises(Refused, match="later work rests on it"):
        project.undo()


def test_a_recording_without_sound_waits_for_no_transcript(project: Project) -> None:
    project.intake.bring([DATA / "no_audio.mp4"])

    [media] = project.evidence.one("SIC0001").documents
    assert media.silent
    assert project.transcripts.pending() == []


def test_a_letter_is_no_recording(project: Project, letter) -> None:
    with pytest.raises(Refused, match=r"“letter\.txt” is not a recording"):
        project.transcripts.make(letter("Hello.").id, SYNTHETIC)


def test_a_model_that_is_not_there_begins_nothing(project: Project, film: Document) -> None:
    with pytest.raises(ModelMissing):
        project.transcripts.make(film.id, Manner(model="large-v3"))

    assert project.transcripts.of(film.id) is None
