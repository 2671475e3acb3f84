"""Whatever goes wrong is one sentence and a next step, in the queue and in a message; what else
waits is heard."""

from __future__ import annotations

import re
import shutil
import signal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from coder.domain.errors import EvidenceError
from coder.domain.model import Document
from coder.project import Project
from coder.project.manner import Manner
from coder.ui.hearings import words
from coder.ui.hearings.crew import Crew
from coder.ui.window import Window
from tests.ui.hearings.conftest import DATA, FILM, MODEL, SENTENCES, SYNTHETIC, refs, workers

pytestmark = pytest.mark.listens

SOON = 60_000


@pytest.fixture
def two(folder: Path, tmp_path: Path, long_sound: Path) -> Path:
    """The small project with a long recording, STR0002, and a short film, STR0003."""
    with Project.open(folder, "Noor Hadley") as project:
        project.intake.bring([long_sound])
        project.intake.bring([FILM])
    return folder


@pytest.fixture
def own_model(tmp_path: Path) -> Path:
    """A copy of the small model that this test may harm."""
    return Path(shutil.copytree(MODEL, tmp_path / "own-model"))


def _boxes(window: Window) -> list[QMessageBox]:
    """The messages about transcription that are open: where the disk is full, other parts of the
    window have theirs."""
    found = [one for one in window.findChildren(QMessageBox) if one.isVisible()]
    return [one for one in found if "was not transcribed" in one.informativeText()]


def _given_up(qtbot, window: Window) -> str:
    """What the queue says of the one recording that was given up, which a message says too."""
    crew = window.hearings.crew
    qtbot.waitUntil(
        lambda: any(words.doing(crew, one) == words.FAILED for one in crew.rows), timeout=SOON
    )
    [row] = [one for one in crew.rows if words.doing(crew, one) == words.FAILED]
    qtbot.waitUntil(lambda: bool(_boxes(window)), timeout=SOON)
    [box] = _boxes(window)
    message = f"{box.text()} {box.informativeText()}"
    box.close()
    problem = words.problem(crew, row)
    assert message.startswith(problem)
    told = rf"{row.ref} “{re.escape(row.title)}” was not transcribed(; the others go on)?\."
    assert re.search(told, message)
    assert problem in words.state(crew, row)
    window.hearings.show_queue()
    shown = window.hearings.shown
    assert shown is not None
    shown.choose(row.hearing.id)
    assert shown.said.problem.text() == problem
    assert shown.buttons["again"].isEnabled()
    return problem


def _other_is_heard(qtbot, window: Window, ref: str = "STR0003") -> None:
    """Waits until the short film, which waited behind, has its transcript."""
    assert window.session is not None
    project = window.session.project
    qtbot.waitUntil(lambda: len(refs(project).get(ref, [])) == SENTENCES, timeout=SOON)
    crew: Crew = window.hearings.crew
    qtbot.waitUntil(lambda: crew.at_rest and not crew.running, timeout=SOON)


@pytest.mark.parametrize(
    ("blow", "why"),
    [
        (signal.SIGSEGV, r"broke off: the process crashed \(SIGSEGV\)"),
        (signal.SIGKILL, "broke off: the computer ran out of memory"),
    ],
)
def test_a_worker_that_dies_is_told_of_and_tried_again(
    qtbot, window: Window, two: Path, put, blow: signal.Signals, why: str
) -> None:
    # Given two recordings of which the first is being heard
    assert window.open_project(two)
    crew = window.hearings.crew
    crew.allow(1)
    put()
    assert window.session is not None
    project = window.session.project
    qtbot.waitUntil(lambda: any(refs(project).values()) and bool(workers()), timeout=SOON)
    # When its process crashes, or is ended for want of memory
    workers()[0].send_signal(blow)
    # Then that is told, what was heard stays, and the other is heard
    problem = _given_up(qtbot, window)
    assert re.search(why, problem)
    assert "What was finished stays. Try again, or choose a smaller model." in problem
    _other_is_heard(qtbot, window)
    before = refs(project)["STR0002"]
    assert before
    # And tried again, it goes on behind that
    shown = window.hearings.shown
    assert shown is not None
    shown.buttons["again"].click()
    qtbot.waitUntil(lambda: len(refs(project)["STR0002"]) > len(before), timeout=SOON)
    assert refs(project)["STR0002"][: len(before)] == before
    window.hearings.close()
    assert workers() == []


def _queue(window: Window, first: Manner) -> None:
    """Puts the long recording into the queue in a manner that goes wrong, and the film."""
    assert window.session is not None
    long, film = window.session.project.transcripts.pending()
    window.hearings.add(window.session, [(long.id, first), (film.id, SYNTHETIC)])


def test_a_model_that_was_removed_is_named(
    qtbot, window: Window, two: Path, own_model: Path
) -> None:
    assert window.open_project(two)
    shutil.rmtree(own_model)

    _queue(window, Manner(model=str(own_model)))

    problem = _given_up(qtbot, window)
    assert problem.startswith(f"There is no model at “{own_model}”.")
    shown = window.hearings.shown
    assert shown is not None
    assert shown.buttons["change"].isEnabled()
    assert "“Change how…” chooses another model." in shown.said.text.placeholderText()
    _other_is_heard(qtbot, window)


def test_a_damaged_model_is_named(qtbot, window: Window, two: Path, own_model: Path) -> None:
    assert window.open_project(two)
    weights = own_model / "model.bin"
    content = bytearray(weights.read_bytes())
    content[1_000_000:1_000_016] = bytes(255 - one for one in content[1_000_000:1_000_016])
    weights.write_bytes(content)

    _queue(window, Manner(model=str(own_model)))

    problem = _given_up(qtbot, window)
    assert "is damaged: model.bin is not what it was" in problem
    assert "Install the model again" in problem
    _other_is_heard(qtbot, window)


@pytest.mark.parametrize("gone", [True, False], ids=["missing", "changed"])
def test_a_recording_that_is_not_what_came_in_is_named(
    qtbot, window: Window, two: Path, gone: bool
) -> None:
    assert window.open_project(two)
    assert window.session is not None
    project = window.session.project
    path = project.evidence.original_path(project.transcripts.pending()[0])
    path.chmod(0o644)
    if gone:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:100_000])

    _queue(window, SYNTHETIC)

    problem = _given_up(qtbot, window)
    expected = "is missing from the project folder" if gone else "is no longer the file"
    assert expected in problem
    _other_is_heard(qtbot, window)


def test_a_recording_without_sound_is_refused_before_it_waits(
    qtbot, window: Window, folder: Path, told
) -> None:
    with Project.open(folder, "Noor Hadley") as project:
        project.intake.bring([DATA / "no_audio.mp4"])
    assert window.open_project(folder)
    assert window.session is not None
    [silent] = [one for one in _media(window.session.project) if one.silent]

    window.hearings.add(window.session, [(silent.id, SYNTHETIC)])

    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(QMessageBox)))
    assert "has no sound track, so there is nothing to transcribe" in told()
    assert window.hearings.crew.rows == []


def _media(project: Project) -> list[Document]:
    return [
        document
        for view in project.evidence.all()
        for document in view.documents
        if document.media_ms is not None and not document.source_id
    ]


def test_a_full_disk_is_told_once_and_does_not_begin_again_by_itself(
    qtbot, window: Window, folder: Path
) -> None:
    # Given a film that waits, in a database that may not grow any more
    with Project.open(folder, "Noor Hadley") as project:
        project.intake.bring([FILM])
    assert window.open_project(folder)
    assert window.session is not None
    project = window.session.project
    crew = window.hearings.crew
    crew.pause()
    project.queue.add([one.id for one in project.transcripts.pending()], SYNTHETIC)
    qtbot.waitUntil(lambda: len(crew.rows) == 1)
    writer = project._store._writer
    assert writer is not None
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {pages}")
    _fill(project)
    # When it is to be heard
    crew.go_on()
    problem = _given_up(qtbot, window)
    # Then it is said once, and waits for a person
    assert "is full, so this was not saved" in problem
    assert "Free some space" in problem
    qtbot.waitUntil(lambda: crew.at_rest and not crew.running, timeout=SOON)
    assert _boxes(window) == []
    assert workers() == []
    # And when there is room again, it is heard whole
    writer.execute("PRAGMA max_page_count = 100000")
    shown = window.hearings.shown
    assert shown is not None
    shown.buttons["again"].click()
    _other_is_heard(qtbot, window, "STR0002")


def _fill(project: Project) -> None:
    """Writes until the free pages of the database are used up."""
    for size in (2_000, 200, 20):
        with pytest.raises(EvidenceError, match="is full"):
            _write_until_full(project, size)


def _write_until_full(project: Project, size: int) -> None:
    for number in range(1_000):
        project.recordings.keep_terms(f"{'x' * size}{number}")
