"""A transcript in a window, with a long silence in it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from coder.domain.model import Coder, Document, Segment, new_id
from coder.project import Project
from coder.ui.window import Window
from tests.export.sheets import timed
from tests.recorded import drafted

DATA = Path(__file__).parents[2] / "data"
LINES = ("We met in the hall.", "Then the choir sang.", "And nobody was alone.")


def heard(folder: Path) -> Document:
    """A project with a film and its transcript by a machine: three sentences, with six seconds of
    silence before the second."""
    made, transcript = _made()
    shutil.copytree(made, folder)
    return transcript


@cache
def _made() -> tuple[Path, Document]:
    kept = tempfile.TemporaryDirectory()
    atexit.register(kept.cleanup)
    folder = Path(kept.name) / "halls"
    with Project.create(folder, "Halls", "SIC", "Noor Hadley") as project:
        project.intake.bring([DATA / "evidence_offset2.mp4"])
        project.evidence.change("SIC0001", permission="named", respondent="Ada Brook")
        [media] = project.evidence.one("SIC0001").documents
        made = drafted(media)
        machine = Coder(new_id(), "faster-whisper (base)")
        with project._store.step("Hear", machine, "machine") as tx:
            tx.put(made)
            for place, (start, text) in enumerate(zip((0, 8_000, 10_000), LINES, strict=True)):
                tx.put(_line(timed(start, start + 2_000, text), made, place))
        return folder, project.document(made.id)


def show(qtbot, window: Window, folder: Path, transcript: Document) -> None:
    """Opens the project at the transcript."""
    assert window.open_project(folder)
    window.show_passage(transcript.submission_id, transcript.id, 0, 0)
    qtbot.waitUntil(lambda: bool(window.evidence.desk.playback.segments))


def _line(segment: Segment, made: Document, place: int) -> Segment:
    return replace(segment, id=new_id(), document_id=made.id, position=place)
