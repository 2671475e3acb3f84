"""What sound a recording holds, what waits, and which names and terms are expected in it."""

from __future__ import annotations

import wave
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder import places
from coder.domain.errors import NotFound, Refused, Unreadable
from coder.domain.model import Document, Permission, Standing
from coder.project import Project
from coder.project.manner import Manner
from coder.project.recordings import HOTWORDS, joined
from coder.project.workforce import Workforce

SYNTHETIC = Manner(model="whisper-synthetic")
MODEL = places.samples() / "whisper-synthetic"


@pytest.fixture
def media(project: Project, film: Callable[[str], Path]) -> Document:
    """A film, imported as SIC0001."""
    project.intake.bring([film("margaret.mp4")])
    [found] = project.evidence.one("SIC0001").documents
    return found


def sound(path: Path, channels: int) -> Path:
    """A second of silence."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(bytes(32_000 * channels))
    return path


def test_the_sound_tracks_of_a_recording_are_told(
    project: Project, media: Document, tmp_path: Path
) -> None:
    project.intake.bring([sound(tmp_path / "pair.wav", 2)])
    pair = project.evidence.one("SIC0002").documents[0]

    film = project.recordings.sound(media.id)

    assert [(one.number, one.channels) for one in film.tracks] == [(0, 1)]
    assert film.duration_ms == pytest.approx(media.media_ms, abs=1)
    assert [one.channels for one in project.recordings.sound(pair.id).tracks] == [2]


def test_a_recording_that_cannot_be_looked_into_says_why(project: Project, media: Document) -> None:
    path = project._store.original_file(media)
    path.chmod(0o644)
    path.write_bytes(b"no film")
    with pytest.raises(Unreadable, match=r"“margaret\.mp4” cannot be played"):
        project.recordings.sound(media.id)
    path.unlink()
    with pytest.raises(NotFound, match=r"“margaret\.mp4” is missing"):
        project.recordings.sound(media.id)


def test_what_waits_is_listed_with_what_it_is_and_how_far_it_came(
    project: Project, media: Document
) -> None:
    assert project.recordings.listed() == []
    [hearing] = project.queue.add([media.id], SYNTHETIC)

    [waiting] = project.recordings.listed()
    assert (waiting.ref, waiting.title, waiting.heard_ms) == ("SIC0001", "margaret.mp4", 0)
    assert waiting.media_ms == media.media_ms
    force = Workforce(project.transcripts, project.queue)
    force.start()
    assert force.wait(60)

    assert project.recordings.listed() == []
    [done] = project.recordings.listed([hearing.id])
    assert done.hearing.standing is Standing.DONE
    assert done.heard_ms >= waiting.media_ms - 100
    said = project.recordings.said(done.hearing.transcript_id, 2)
    assert said == [one.text for one in project.segments(done.hearing.transcript_id)[-2:]]


def test_the_terms_of_the_inquiry_are_changed_in_one_step_that_can_be_undone(
    project: Project,
) -> None:
    assert project.recordings.terms == ""

    kept = project.recordings.keep_terms(" Wexbrook,chat  room\nTarn Street; wexbrook ,,")

    assert kept == project.recordings.terms == "Wexbrook, chat room, Tarn Street"
    assert project.next_labels()[0] == "Change the names and terms to expect"
    project.undo()
    assert project.recordings.terms == ""
    project.redo()
    assert project.recordings.terms == kept
    assert project.verify() == []
    with (
        Project.open(project.folder, "Noor", read_only=True) as looking,
        pytest.raises(Refused, match="reading only"),
    ):
        looking.recordings.keep_terms("Harrowmere")


def test_the_names_of_the_submission_come_before_the_terms_of_the_inquiry(
    project: Project, media: Document
) -> None:
    project.evidence.change(
        "SIC0001", respondent="Margaret Ellis", organisation="Tarn Street Befriending"
    )
    project.recordings.keep_terms("Harrowmere, margaret ellis")

    expected = project.recordings.expected(media.id)

    assert expected == "Margaret Ellis, Tarn Street Befriending, Harrowmere"


@given(st.lists(st.text("ab ,;\n", max_size=300), max_size=5))
def test_what_is_expected_is_never_longer_than_the_engine_takes(lists: list[str]) -> None:
    terms = joined(*lists)
    assert len(terms) <= HOTWORDS
    parts = terms.split(", ") if terms else []
    assert len({part.casefold() for part in parts}) == len(parts)
    assert joined(terms) == terms


def test_a_withdrawal_takes_the_names_that_were_expected_too(
    project: Project, media: Document, letter
) -> None:
    # Given a recording whose respondent must not be published, queued with the name, changed,
    # heard, and queued again, removed, so that rows and journal speak of it in every way
    project.evidence.change("SIC0001", respondent="Zebedee Quill", permission=Permission.WITHHELD)
    letter("I was alone.")
    manner = Manner(model="whisper-synthetic", hotwords=project.recordings.expected(media.id))
    assert "Zebedee Quill" in manner.hotwords
    [first] = project.queue.add([media.id], manner)
    project.queue.change(first.id, Manner(model="whisper-synthetic", hotwords="Quillwick Hall"))
    project.queue.remove([first.id])
    project.queue.add([media.id], manner)
    force = Workforce(project.transcripts, project.queue)
    force.start()
    assert force.wait(60)
    project.queue.add([media.id], manner, again=True)

    project.withdrawal.withdraw("SIC0001")

    assert project.recordings.listed() == []
    assert project.verify() == []
    project.close()
    left = b"".join(path.read_bytes() for path in project.folder.rglob("*") if path.is_file())
    for name in ("Zebedee", "Quillwick"):
        assert name.encode() not in left
