"""The audit place: a report is checked beside the window, its findings are shown, and saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document as WordDocument
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from coder.domain.model import Permission
from coder.export.checking.findings import Problem
from coder.export.checking.story import Stretch
from coder.project import Project
from coder.project.checking import Finding, Kind, What
from coder.ui import theme
from coder.ui.audit.finding_view import around
from coder.ui.audit.findings_list import colour_of, sign_of
from coder.ui.window import Window
from tests.ui.test_accessible import _cut, _nameless, _out_of_reach, _small

TRUE = "“they ring me” (STR0001)"
ALTERED = "“I ring five people every Thursday” (STR0001)"


def _write(path: Path, *paragraphs: str) -> Path:
    word = WordDocument()
    for one in paragraphs:
        word.add_paragraph(one)
    word.save(str(path))
    return path


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report with one true quotation and one altered."""
    return _write(tmp_path / "report.docx", TRUE, ALTERED, "“nobody ever wrote this here”")


@pytest.fixture
def auditing(opened: Window) -> Window:
    """The window in the audit place; the letter may be published by name."""
    assert opened.session is not None
    project = opened.session.project
    project.evidence.change("STR0001", permission=Permission.NAMED)
    opened.audit.show_page(opened.audit.report)
    opened.registry["place-audit"].trigger()
    opened.audit.show_page(opened.audit.report)
    return opened


@pytest.fixture
def checked(qtbot, auditing: Window, report: Path) -> Window:
    """The window with the report checked."""
    _check(qtbot, auditing, report)
    return auditing


def _check(qtbot, window: Window, report: Path) -> None:
    window.auditing.check(report)
    _wait(qtbot, window)


def _wait(qtbot, window: Window) -> None:
    qtbot.waitUntil(lambda: not window.workshop.running, timeout=20_000)


def _shown(window: Window) -> list[Kind | None]:
    return [one.kind for one in window.audit.report.model.findings]


def test_it_begins_with_what_to_do(auditing: Window) -> None:
    page = auditing.audit.report
    assert auditing.place() == 2
    assert page.choose.isVisible()
    assert page.choose.hasFocus()
    assert not page.list.isVisible()


def test_what_is_wrong_is_listed_and_everything_on_request(checked: Window) -> None:
    page = checked.audit.report
    assert _shown(checked) == [Kind.ALTERED, Kind.NOT_FOUND]
    assert page.kinds.currentText() == "All that is wrong (2)"
    page.kinds.setCurrentIndex(page.kinds.findText("Altered (1)"))
    assert _shown(checked) == [Kind.ALTERED]
    page.kinds.setCurrentIndex(page.kinds.findText("Everything (3)"))
    assert _shown(checked) == [None, Kind.ALTERED, Kind.NOT_FOUND]
    page.words.setText("thursday")
    assert _shown(checked) == [Kind.ALTERED]
    page.words.setText("zebra")
    assert "No finding" in page._none.text()


def test_the_words_of_both_stand_beside_each_other(checked: Window) -> None:
    view = checked.audit.report.view
    report, evidence = (label.text() for label in view._words)
    assert "five</b></s>" in report
    assert "four</b></u>" in evidence
    assert "STR0001" in view._heads[1].text()
    assert "“five” where the evidence has “four”" in view._what.text()


def test_the_words_are_shown_in_their_document(checked: Window) -> None:
    checked.audit.report.view.go.click()
    assert checked.place() == 0
    assert checked.evidence.desk.reader.selected_text() == "I ring four people every Thursday"


def test_the_right_words_are_copied_with_their_citation(checked: Window) -> None:
    checked.registry["copy-cited"].trigger()
    copied = QGuiApplication.clipboard().text()
    assert copied == "“I ring four people every Thursday” (STR0001, para 3)"


def test_of_words_that_are_nowhere_nothing_is_copied_and_that_is_told(checked: Window) -> None:
    page = checked.audit.report
    said: list[str] = []
    page.note.connect(said.append)
    QGuiApplication.clipboard().setText("before")
    page.list.setCurrentIndex(page.model.index(1))
    checked.registry["copy-cited"].trigger()
    checked.registry["show-finding"].trigger()
    assert said == ["These words are nowhere in the evidence."] * 2
    assert checked.place() == 2
    assert QGuiApplication.clipboard().text() == "before"


def test_the_menu_shows_the_words_of_the_chosen_finding(checked: Window) -> None:
    page = checked.audit.report
    page.kinds.setCurrentIndex(page.kinds.findText("Everything (3)"))
    page.list.setCurrentIndex(page.model.index(0))
    checked.registry["show-finding"].trigger()
    assert checked.place() == 0
    assert checked.evidence.desk.reader.selected_text() == "they ring me"


def test_the_keyboard_goes_from_the_words_to_the_list_and_back_after_a_check(
    qtbot, checked: Window
) -> None:
    page = checked.audit.report
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        page.find_words()
        assert page.words.hasFocus()
        qtbot.keyClick(page.words, key)
        assert page.list.hasFocus()
    page.list.setCurrentIndex(page.model.index(1))
    page.again.setFocus()
    page.again.click()
    _wait(qtbot, checked)
    qtbot.waitUntil(page.list.hasFocus)
    assert page.list.currentIndex().row() == 1


def test_what_is_only_to_be_looked_at_is_listed_apart(
    qtbot, auditing: Window, tmp_path: Path
) -> None:
    said = f"{TRUE} and so they say elsewhere (STR0001)."
    _check(qtbot, auditing, _write(tmp_path / "soft.docx", said, "See STR-1 too.", TRUE))
    page = auditing.audit.report
    assert _shown(auditing) == []
    assert "Nothing is wrong" in page._none.text()
    page.kinds.setCurrentIndex(page.kinds.findData("look"))
    assert Kind.UNQUOTED in _shown(auditing)
    assert not page.list.viewport().grab().isNull()


def test_every_kind_of_finding_has_a_drawing() -> None:
    for kind in Kind:
        finding = Finding(What.CITATION, "", Stretch(0, 0, 0, 0), "").adding(Problem(kind, ""))
        assert sign_of(finding)
        assert (colour_of(finding, theme.LIGHT) == theme.LIGHT.danger) is not finding.soft


def test_a_word_that_was_dropped_leaves_a_mark(qtbot, auditing: Window, tmp_path: Path) -> None:
    dropped = "“I ring four every Thursday” (STR0001)"
    _check(qtbot, auditing, _write(tmp_path / "dropped.docx", dropped))
    report, evidence = (label.text() for label in auditing.audit.report.view._words)
    assert "&nbsp;</u> every Thursday" in report
    assert "people</b></u>" in evidence


def test_the_copy_and_the_list_are_saved(
    qtbot, checked: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = []

    def name(*args: object) -> tuple[str, str]:
        offered.append(Path(str(args[2])).name)
        return str(tmp_path / f"saved{Path(str(args[2])).suffix}"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", name)
    page = checked.audit.report
    page.save.click()
    page.export.click()
    _wait(qtbot, checked)
    assert offered == ["report-checked.docx", "report-checked.csv"]
    assert len(list(WordDocument(str(tmp_path / "saved.docx")).comments)) == 3
    assert (tmp_path / "saved.csv").is_file()


def test_a_mended_report_is_noticed_and_checked_again(qtbot, checked: Window, report: Path) -> None:
    page = checked.audit.report
    assert not page.changed.isVisible()
    report.unlink()
    _write(report, TRUE, "And that is all.")
    qtbot.waitUntil(page.changed.isVisible, timeout=10_000)
    page.changed.findChild(QPushButton).click()
    _wait(qtbot, checked)
    assert not page.changed.isVisible()
    assert _shown(checked) == []
    assert "Nothing is wrong" in page._none.text()


def test_a_report_is_dropped(qtbot, auditing: Window, report: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(report))])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    dropped = QDropEvent(QPointF(9, 9), action, data, button, Qt.KeyboardModifier.NoModifier)
    auditing.audit.report.dropEvent(dropped)
    _wait(qtbot, auditing)
    assert len(_shown(auditing)) == 2


def test_what_cannot_be_checked_is_told_and_nothing_is_lost(
    qtbot, checked: Window, tmp_path: Path, told
) -> None:
    (tmp_path / "broken.docx").write_bytes(b"PK")
    _check(qtbot, checked, tmp_path / "broken.docx")
    assert "broken.docx" in told()
    assert len(_shown(checked)) == 2
    assert checked.audit.report.list.isVisible()


def test_a_check_can_be_stopped(qtbot, auditing: Window, report: Path) -> None:
    auditing.auditing.check(report)
    auditing.audit.report.stop.click()
    _wait(qtbot, auditing)
    assert auditing.audit.report.checked is None
    assert auditing.audit.report.choose.isVisible()


def test_reports_checked_lately_are_offered_again(
    qtbot, checked: Window, folder: Path, report: Path
) -> None:
    assert checked.open_project(folder)
    checked.registry["place-audit"].trigger()
    page = checked.audit.report
    [again] = [one for one in page.findChildren(QPushButton, "recent") if one.isVisible()]
    assert again.text() == "report.docx"
    again.click()
    _wait(qtbot, checked)
    assert len(_shown(checked)) == 2


def test_another_inquiry_shows_nothing_of_the_last(checked: Window, tmp_path: Path) -> None:
    other = tmp_path / "other"
    Project.create(other, "Other", "OTH", "Noor Hadley").close()
    assert checked.open_project(other)
    assert checked.audit.report.checked is None
    assert checked.audit.report.model.findings == []


def test_everybody_can_work_with_what_was_found(qtbot, checked: Window) -> None:
    page = checked.audit.report
    page.changed.show()
    QApplication.processEvents()
    assert [*_nameless(page), *_small(page), *_out_of_reach(qtbot, page), *_cut(page)] == []


def test_the_words_around_are_whole() -> None:
    text = "One two three four five six seven"
    start = text.index("four")
    assert around(text, start, start + 4, 9) == ("… three ", " five …")
    assert around(text, 0, len(text), 9) == ("", "")


def test_acts_are_about_the_submission_of_the_chosen_finding(checked: Window) -> None:
    page = checked.audit.report
    assert checked.session is not None
    cited = checked.session.project.submission("STR0001")
    assert checked.submission_at_hand() == cited.id
    assert checked.registry["withdraw"].isEnabled()
    assert not checked.registry["untag"].isEnabled()
    page.list.setCurrentIndex(page.model.index(1))
    assert _shown(checked)[1] is Kind.NOT_FOUND
    assert checked.submission_at_hand() == ""
    assert not checked.registry["withdraw"].isEnabled()
    assert not checked.registry["particulars"].isEnabled()


def test_from_the_document_one_comes_back_to_the_finding(checked: Window) -> None:
    page = checked.audit.report
    page.show_in_document()
    checked.evidence.desk.way_back.button.click()
    assert checked.place() == 2
    assert page.list.currentIndex().row() == 0
    assert checked.focusWidget() is page.list
