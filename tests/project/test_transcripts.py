"""Recordings become timed text, kept as it comes and gone on with after a stop."""

import json
import shutil
import wave
from dataclasses import replace
from pathlib import Path

import pytest

from coder import places
from coder.domain.errors import Cancelled, EvidenceError, NotFound, Refused
from coder.domain.model import Document, DocumentKind
from coder.jobs import Job
from coder.project import Project
from coder.project.manner import Manner, model_for
from coder.project.taking import UNFINISHED
from coder.transcribe.models import ModelMissing
from coder.transcribe.run import available_engines
from tests.recorded import bring_films

SHIPPED = places.samples() / "whisper-synthetic"
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


@pytest.fixture
def other_model(tmp_path: Path) -> Manner:
    """The same model under another name."""
    folder = tmp_path / "other"
    folder.mkdir()
    told = json.loads((SHIPPED / "model.json").read_text("utf-8"))
    (folder / "model.json").write_text(json.dumps({**told, "id": "other"}), "utf-8")
    for name in told["files"]:
        shutil.copy(SHIPPED / name, folder)
    return Manner(model=str(folder))


@pytest.fixture
def cut_model(tmp_path: Path) -> Manner:
    """A model that nobody described, and whose weights break off."""
    folder = tmp_path / "cut"
    folder.mkdir()
    for file in SHIPPED.glob("*.json"):
        if file.name != "model.json":
            shutil.copy(file, folder)
    (folder / "model.bin").write_bytes((SHIPPED / "model.bin").read_bytes()[:1_000_000])
    return Manner(model=str(folder))


@pytest.fixture
def hush(tmp_path: Path) -> Path:
    """Two seconds of silence."""
    path = tmp_path / "hush.wav"
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes(bytes(64_000))
    return path


def _tag_as(project: Project, transcript: Document, name: str) -> None:
    """One tag by this coder, who is not the one at work."""
    at_work = project.coder.name
    project.as_coder(name)
    project.codings.tag(transcript, 0, 6, [project.codebook.add(f"Code of {name}")])
    project.as_coder(at_work)


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


def test_an_untagged_transcript_goes_with_its_import_and_comes_back_with_it(
    project: Project, film: Document
) -> None:
    made = project.transcripts.make(film.id, SYNTHETIC)

    project.undo()
    assert project.evidence.all() == []
    assert project.find("garden") == []

    project.redo()
    assert project.transcripts.of(film.id) == made
    assert len(project.find("garden")) == 1
    assert project.verify() == []


def test_the_import_below_a_tagged_transcript_is_not_undone(
    project: Project, film: Document
) -> None:
    transcript = project.transcripts.make(film.id, SYNTHETIC)
    _tag_as(project, transcript, "Asha Verma")

    with pytest.raises(Refused, match=r"1 tag lies on “.*”, put there by Asha Verma"):
        project.undo()

    assert project.transcripts.of(film.id) == transcript
    assert project.verify() == []


def test_the_import_below_a_checked_transcript_is_not_undone(
    project: Project, film: Document
) -> None:
    transcript = project.transcripts.make(film.id, SYNTHETIC)
    project.as_coder("Asha Verma")
    project.transcripts.set_checked(transcript.id, checked=True)
    project.as_coder("Noor")

    with pytest.raises(Refused, match="checked by a person"):
        project.undo()

    assert project.transcripts.finished(film.id)


def test_a_transcript_is_made_again_and_both_ways_lead_back(
    project: Project, film: Document, other_model: Manner
) -> None:
    first = project.transcripts.make(film.id, SYNTHETIC)

    second = project.transcripts.make_again(film.id, other_model)

    assert second.id != first.id
    assert project.transcripts.of(film.id) == second
    assert project.history()[0].coder == "faster-whisper (other)"
    label = f"Transcribe “{film.title}” again"
    assert project.next_labels() == (label, None)
    assert project.undo() == label
    assert project.transcripts.of(film.id) == first
    assert len(project.evidence.one("SIC0001").documents) == 2
    assert project.redo() == label
    assert project.transcripts.of(film.id) == second
    assert len(project.evidence.one("SIC0001").documents) == 2
    assert project.verify() == []


def test_undo_leaves_a_new_transcript_that_is_tagged(project: Project, film: Document) -> None:
    project.transcripts.make(film.id, SYNTHETIC)
    second = project.transcripts.make_again(film.id, SYNTHETIC)
    _tag_as(project, second, "Asha Verma")

    with pytest.raises(Refused, match="by Asha Verma"):
        project.undo()

    assert project.transcripts.of(film.id) == second


def test_a_tagged_transcript_is_neither_made_again_nor_removed(
    project: Project, film: Document
) -> None:
    transcript = project.transcripts.make(film.id, SYNTHETIC)
    _tag_as(project, transcript, "Asha Verma")
    _tag_as(project, transcript, "Noor")

    for act in (lambda: project.transcripts.make_again(film.id, SYNTHETIC),
                lambda: project.transcripts.remove(film.id)):  # fmt: skip
        with pytest.raises(Refused, match=r"2 tags lie on .*by Asha Verma, Noor"):
            act()

    assert project.transcripts.of(film.id) == transcript


def test_what_fails_leaves_the_old_transcript(
    project: Project, film: Document, cut_model: Manner
) -> None:
    old = project.transcripts.make(film.id, SYNTHETIC)

    with pytest.raises(EvidenceError, match="cannot be loaded"):
        project.transcripts.make_again(film.id, cut_model)

    assert project.transcripts.of(film.id) == old


def test_a_transcript_is_removed_and_brought_back(project: Project, film: Document) -> None:
    with pytest.raises(NotFound, match="has no transcript"):
        project.transcripts.remove(film.id)
    transcript = project.transcripts.make(film.id, SYNTHETIC)

    project.transcripts.remove(film.id)

    assert project.transcripts.of(film.id) is None
    assert project.transcripts.pending() == [film]
    project.undo()
    assert project.transcripts.of(film.id) == transcript
    assert project.verify() == []


def test_a_transcript_removed_while_it_is_made_does_not_come_back(
    project: Project, film: Document
) -> None:
    def undo_at_the_first_words(done) -> None:
        if done.touches("segments") and done.kind == "machine":
            project.undo()

    project.watch(undo_at_the_first_words)

    with pytest.raises(Refused, match="removed while it was being made"):
        project.transcripts.make(film.id, SYNTHETIC)

    assert project.evidence.all() == []
    assert project.verify() == []


def test_another_model_does_not_go_on_with_a_transcript(
    project: Project, film: Document, other_model: Manner
) -> None:
    job = Job()
    project.watch(lambda done: job.cancel() if done.touches("segments") else None)
    with pytest.raises(Cancelled):
        project.transcripts.make(film.id, SYNTHETIC, job)
    begun = project.transcripts.of(film.id)

    told = r"begun with faster-whisper \(whisper-synthetic\).*with faster-whisper \(other\)"
    with pytest.raises(Refused, match=told):
        project.transcripts.make(film.id, other_model)
    assert project.transcripts.of(film.id) == begun

    done = project.transcripts.make_again(film.id, other_model)
    assert done.text.split() == [word for one in TRUTH for word in one["text"].split()]


def test_a_recording_that_was_changed_is_not_taken_for_the_evidence(
    project: Project, film: Document
) -> None:
    path = project.evidence.original_path(film)
    path.write_bytes((DATA / "phone.3gp").read_bytes())

    with pytest.raises(EvidenceError, match=r"“evidence_offset2\.mp4” is no longer the file"):
        project.transcripts.make(film.id, SYNTHETIC)
    assert project.transcripts.of(film.id) is None

    path.unlink()
    with pytest.raises(NotFound, match=r"“evidence_offset2\.mp4” is missing"):
        project.transcripts.make(film.id, SYNTHETIC)


def test_a_model_that_cannot_be_loaded_leaves_no_transcript(
    project: Project, film: Document, cut_model: Manner
) -> None:
    with pytest.raises(EvidenceError, match="cannot be loaded"):
        project.transcripts.make(film.id, cut_model)

    assert project.transcripts.of(film.id) is None


def test_a_recording_in_which_nobody_speaks_has_an_empty_transcript(
    project: Project, hush: Path
) -> None:
    project.intake.bring([hush])
    [media] = project.evidence.one("SIC0001").documents

    transcript = project.transcripts.make(media.id, SYNTHETIC)

    assert (transcript.text, transcript.problems) == ("", ("No speech was found in it.",))
    assert project.transcripts.pending() == []


def test_recordings_wait_in_the_order_of_their_references(project: Project, tmp_path: Path) -> None:
    bring_films(project, tmp_path, DATA / "evidence_offset2.mp4", 12)

    refs = [project.submission(one.submission_id).ref for one in project.transcripts.pending()]

    assert refs == [f"SIC{number:04}" for number in range(1, 13)]


@pytest.mark.whisper
def test_a_model_of_one_engine_is_refused_by_the_other_before_anything_is_done(
    project: Project, film: Document
) -> None:
    if "whisper" not in available_engines():
        pytest.skip("whisper is not installed")
    with pytest.raises(EvidenceError, match="made for the engine “faster-whisper”"):
        model_for(Manner("whisper", "whisper-synthetic"))


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


def test_a_person_checks_a_transcript_and_may_take_that_back(
    project: Project, film: Document
) -> None:
    transcript = project.transcripts.make(film.id, SYNTHETIC)
    project.codings.tag(transcript, 0, 6, [project.codebook.add("Early")])

    project.transcripts.set_checked(transcript.id, checked=True)

    assert project.document(transcript.id) == replace(transcript, machine_draft=False)
    assert [quote.machine_draft for quote in project.quotes.select()] == [False]
    assert project.undo() == f"Mark “{transcript.title}” as checked"
    assert project.document(transcript.id) == transcript
    assert project.verify() == []


def test_only_a_finished_transcript_can_be_checked(project: Project, film: Document) -> None:
    job = Job()
    project.watch(lambda done: job.cancel() if done.touches("segments") else None)
    with pytest.raises(Cancelled):
        project.transcripts.make(film.id, SYNTHETIC, job)

    with pytest.raises(Refused, match="is not finished"):
        project.transcripts.set_checked(project.transcripts.of(film.id).id, checked=True)
    with pytest.raises(Refused, match="is not a transcript"):
        project.transcripts.set_checked(film.id, checked=True)
