"""The codebook by menu: written to a file, taken in after a look, and printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFileDialog

from coder.jobs import Job
from coder.project import Project
from coder.ui import trees
from coder.ui.codebook.preview import CodebookPreview
from coder.ui.evidence.themes import Themes
from coder.ui.printing.pages import pdf
from coder.ui.printing.preview import PrintPreview
from coder.ui.window import Window
from tests.ui.codebook.conftest import TAGGED, paths

THEIRS = """Path,Definition,Use when
Volunteering,Their words,Unpaid
Connection/Places to meet,A hall or a bench,
Trust,Doors left open,
Trust/Neighbours,,
Connection,Meeting others.,
"""


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A codebook with something new, something that fills, differs, and is the same."""
    path = tmp_path / "theirs.csv"
    path.write_text(THEIRS, encoding="utf-8")
    return path


@pytest.fixture
def preview(
    project: Project, themes: Themes, theirs: Path, dialog: Callable[..., CodebookPreview]
) -> CodebookPreview:
    """What taking in that codebook would do."""
    themes.chores.look_at(theirs)
    return dialog(CodebookPreview)


def test_the_codebook_is_written_where_it_was_asked_for(
    qtbot, opened: Window, project: Project, tmp_path: Path, told: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    target = tmp_path / "codebook.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    opened.registry["export-codebook"].trigger()
    qtbot.waitUntil(lambda: not opened.workshop.running)
    assert "3 codes with 0 examples" in told()
    assert "Giving time" in target.read_text("utf-8")


def test_a_file_is_chosen_and_looked_at(
    qtbot, opened: Window, project: Project, theirs: Path, monkeypatch: pytest.MonkeyPatch,
    dialog: Callable[..., CodebookPreview],
) -> None:  # fmt: skip
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(theirs), ""))
    opened.registry["import-codebook"].trigger()
    dialog(CodebookPreview).reject()
    assert "Trust" not in paths(project)


def rows(preview: CodebookPreview) -> dict[str, tuple[str, bool]]:
    return {
        row.toolTip(0): (row.text(1), row.checkState(0) is Qt.CheckState.Checked)
        for row in trees.walk(preview.tree)
    }


def test_the_preview_says_what_would_happen(preview: CodebookPreview) -> None:
    assert rows(preview) == {
        "Volunteering": ("differs: tick to take theirs", False),
        "Connection": ("is here already", False),
        "Connection / Places to meet": ("fills what is not written here yet", True),
        "Trust": ("is added", True),
        "Trust / Neighbours": ("is added", True),
    }
    assert preview.go.text() == "Import 3 codes"
    both = preview.both.toPlainText()
    assert "Definition, here: Giving time." in both
    assert "Definition, in the file: Their words" in both
    preview.reject()


def test_what_is_ticked_comes_in_as_one_act(
    opened: Window, project: Project, preview: CodebookPreview
) -> None:
    for row in trees.walk(preview.tree):
        if row.toolTip(0) == "Trust / Neighbours":
            row.setCheckState(0, Qt.CheckState.Unchecked)
    preview.go.click()

    assert paths(project)[-1] == "Trust"
    assert project.codebook.at("Places to meet").definition == "A hall or a bench"
    assert project.codebook.at("Volunteering").definition == "Giving time."
    assert "2 codes came in" in opened.status.currentMessage()
    opened.registry["undo"].trigger()
    assert "Trust" not in paths(project)
    assert project.codebook.at("Places to meet").definition == ""


def test_theirs_can_be_taken_everywhere(project: Project, preview: CodebookPreview) -> None:
    preview.theirs.click()
    assert preview.go.text() == "Import 4 codes"
    preview.go.click()
    code = project.codebook.at("Volunteering")
    assert (code.definition, code.use_when) == ("Their words", "Unpaid")


def test_a_file_that_is_no_codebook_is_told(
    qtbot, opened: Window, themes: Themes, tmp_path: Path, told: Callable[[], str]
) -> None:
    (tmp_path / "no.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    themes.chores.look_at(tmp_path / "no.csv")
    qtbot.waitUntil(lambda: not opened.workshop.running)
    assert "Give the table a first row of headings" in told()


def test_the_codebook_is_shown_as_it_would_be_printed(
    opened: Window, project: Project, dialog: Callable[..., PrintPreview]
) -> None:
    opened.registry["print-codebook"].trigger()
    found = dialog(PrintPreview)
    assert found.windowTitle() == "Print the codebook"
    assert "Places to meet" in found.document.getAllText(0).text()
    found.reject()


def test_a_printed_codebook_holds_codes_and_only_what_may_leave(
    qtbot, opened: Window, project: Project, tmp_path: Path
) -> None:
    book = project.codebook
    for coding in book.codings(book.at("Volunteering")):
        book.pin(coding)
    (tmp_path / "codebook.pdf").write_bytes(pdf(project.codebook_files.pages(), Job()))

    document = QPdfDocument(None)
    document.load(str(tmp_path / "codebook.pdf"))
    said = " ".join(document.getAllText(0).text().split())
    document.close()
    for words in (
        "Streets",
        "3 codes under 2 themes",
        "Places to meet",
        "Definition: Giving time.",
    ):
        assert words in said
    assert "2 passages from 1 submission are left out" in said
    assert TAGGED[0] not in said
