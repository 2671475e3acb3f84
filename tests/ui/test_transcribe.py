"""A transcript is made again from what is on the desk, unless somebody has tagged it."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder import places
from coder.project import Project
from coder.project.manner import Manner
from coder.ui.dialogs.transcribe import TranscribeDialog
from coder.ui.window import Window

SYNTHETIC = places.samples() / "whisper-synthetic"
FILM = Path(__file__).parents[1] / "data" / "evidence_offset2.mp4"


@pytest.fixture
def heard(folder: Path) -> Path:
    """The small project with a short film and its transcript, STR0002."""
    with Project.open(folder, "Noor Hadley") as project:
        project.intake.bring([FILM])
        [media] = project.transcripts.pending()
        project.transcripts.make(media.id, Manner(model=str(SYNTHETIC)))
    return folder


def _show_film(window: Window, folder: Path) -> str:
    """Shows the transcript of the film; gives its id."""
    assert window.open_project(folder)
    assert window.session is not None
    view = window.session.project.evidence.one("STR0002")
    transcript = next(d.id for d in view.documents if d.source_id)
    window.show_passage(view.submission.id, transcript, 0, 0)
    return transcript


def test_the_shown_transcript_is_made_again_and_undo_shows_the_first(
    qtbot, window: Window, heard: Path
) -> None:
    # Given a transcript on the desk
    first = _show_film(window, heard)
    desk = window.evidence.desk
    assert desk.document is not None
    text = desk.document.text

    # When it is asked for again with a model
    window.registry["transcribe-again"].trigger()
    dialog = window.findChild(TranscribeDialog)
    assert dialog is not None
    dialog.add_model(SYNTHETIC)
    with qtbot.waitSignal(window.hearings.crew.finished, timeout=60_000):
        dialog.accept()

    # Then the new one is shown, and undo shows the first
    qtbot.waitUntil(lambda: desk.document.id != first and desk.reader._page.text == text)
    window.registry["undo"].trigger()
    qtbot.waitUntil(lambda: desk.document.id == first and desk.reader._page.text == text)


def test_a_tagged_transcript_is_not_made_again(window: Window, heard: Path, told) -> None:
    transcript = _show_film(window, heard)
    assert window.session is not None
    project = window.session.project
    project.codings.tag(project.document(transcript), 0, 6, [project.codebook.codes()[0]])

    window.registry["transcribe-again"].trigger()

    assert "1 tag lies on" in told()
    assert window.findChild(TranscribeDialog) is None


def test_without_a_transcript_on_the_desk_none_can_be_made_again(opened: Window) -> None:
    again = opened.registry["transcribe-again"]

    again.trigger()

    assert not again.isEnabled()
    assert opened.findChild(TranscribeDialog) is None
