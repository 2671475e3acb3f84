"""The transcript on the desk is written into a file, beside the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from coder.domain.model import Document
from coder.ui.window import Window
from tests.ui.evidence.films import heard, show

SUBRIP = "SubRip subtitles (*.srt)"


@pytest.fixture
def film(qtbot, window: Window, tmp_path: Path) -> Document:
    """A transcript on the desk."""
    made = heard(tmp_path / "halls")
    show(qtbot, window, tmp_path / "halls", made)
    return made


class Asked:
    """Stands for the system's dialog: keeps where and as what it would begin, gives `answer`."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, str]] = []
        self.answer = ("", "")

    def __call__(
        self, _parent: object, _title: str, start: str, formats: str, kind: str
    ) -> tuple[str, str]:
        assert kind in formats.split(";;")
        self.begun.append((start, kind))
        return self.answer


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """The dialog that asks where to."""
    dialog = Asked()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", dialog)
    return dialog


def _export(qtbot, window: Window) -> str:
    """Chooses the action, and gives what the status bar says when it is done."""
    window.status.clearMessage()
    window.registry["export-transcript"].trigger()
    qtbot.waitUntil(lambda: "is written" in window.status.currentMessage())
    return window.status.currentMessage()


def test_it_is_written_in_the_format_that_was_chosen_and_that_is_said(
    qtbot, window: Window, film: Document, asked: Asked, tmp_path: Path
) -> None:
    asked.answer = (str(tmp_path / "film.srt"), SUBRIP)
    told = _export(qtbot, window)

    assert Path(asked.begun[0][0]).name == "SIC0001 film (transcript).docx"
    assert told.startswith("“film.srt” is written, with every name: internal")
    assert "machine draft" in told
    assert "Then the choir sang." in (tmp_path / "film.srt").read_text(encoding="utf-8")


def test_folder_and_format_are_remembered(
    qtbot, window: Window, film: Document, asked: Asked, tmp_path: Path
) -> None:
    asked.answer = (str(tmp_path / "film"), SUBRIP)  # without an ending, as some systems give it
    _export(qtbot, window)
    assert (tmp_path / "film.srt").is_file()

    _export(qtbot, window)

    assert asked.begun[1] == (str(tmp_path / "SIC0001 film (transcript).srt"), SUBRIP)


def test_pauses_are_marked_in_it_where_they_are_marked_in_the_text(
    qtbot, window: Window, film: Document, asked: Asked, tmp_path: Path
) -> None:
    target = tmp_path / "film.txt"
    asked.answer = (str(target), "Text (*.txt)")
    _export(qtbot, window)
    assert "[pause, 6 seconds]" in target.read_text(encoding="utf-8")

    window.registry["pauses"].trigger()
    _export(qtbot, window)

    assert "[pause" not in target.read_text(encoding="utf-8")


def test_nothing_is_written_where_nothing_is_chosen(
    window: Window, film: Document, asked: Asked, tmp_path: Path
) -> None:
    before = sorted(tmp_path.iterdir())
    window.registry["export-transcript"].trigger()

    assert len(asked.begun) == 1
    assert all("Writing" not in work.title for work in window.workshop.running)
    assert sorted(tmp_path.iterdir()) == before


def test_a_file_that_cannot_be_written_is_told(
    qtbot, window: Window, film: Document, asked: Asked, told, tmp_path: Path
) -> None:
    asked.answer = (str(tmp_path / "nowhere" / "film.vtt"), "WebVTT subtitles (*.vtt)")
    window.registry["export-transcript"].trigger()
    qtbot.waitUntil(lambda: not window.workshop.running)

    assert "“film.vtt” could not be written" in told()


def test_it_is_there_only_when_a_transcript_is(window: Window, opened: Window) -> None:
    assert not opened.registry["export-transcript"].isEnabled()
    window.evidence.transcript_files.choose()
    assert "Show a transcript first" in window.status.currentMessage()
