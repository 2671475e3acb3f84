"""The page on consistency: looked at beside the window, narrowed, judged, and left for the text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QPlainTextEdit, QPushButton

from coder.domain.sight import Others
from coder.project import Project
from coder.project.consistency import Kind
from coder.ui.audit.consistency_page import ConsistencyPage
from coder.ui.codebook.card import CodeCard
from coder.ui.picker import Picker
from coder.ui.window import Window
from tests.made import MadeOnce
from tests.planted import planted
from tests.ui.test_accessible import _cut, _nameless, _out_of_reach, _small


def _planted(folder: Path) -> None:
    planted().save(folder / "project")


@pytest.fixture
def begun(window: Window, tmp_path: Path, made_once: MadeOnce, monkeypatch) -> Window:
    """The window on the planted inquiry, with Ada at work, before anything was looked at."""
    monkeypatch.setenv("EVIDENCE_CODER_NAME", "Ada")
    folder = Path(shutil.copytree(made_once(_planted) / "project", tmp_path / "inquiry"))
    assert window.open_project(folder)
    window.registry["consistency"].trigger()
    return window


@pytest.fixture
def looked(qtbot, begun: Window) -> Window:
    """The window after a look."""
    page_of(begun).look.click()
    _wait(qtbot, begun)
    return begun


def page_of(window: Window) -> ConsistencyPage:
    return window.audit.consistency


def project_of(window: Window) -> Project:
    assert window.session is not None
    return window.session.project


def shown(window: Window) -> list[Kind]:
    return [one.finding.kind for one in page_of(window).model.judged]


def _wait(qtbot, window: Window) -> None:
    qtbot.waitUntil(lambda: not window.workshop.running, timeout=20_000)


def _choose_kind(page: ConsistencyPage, name: str) -> None:
    [item] = page.kinds.findItems(name, Qt.MatchFlag.MatchStartsWith)
    page.kinds.setCurrentItem(item)


def _button(page: ConsistencyPage, text: str) -> QPushButton:
    found = page.view.area.findChildren(QPushButton)
    return next(one for one in found if one.text().startswith(text))


def _dialog(qtbot, window: Window) -> QInputDialog:
    qtbot.waitUntil(lambda: bool(window.findChildren(QInputDialog)))
    return window.findChildren(QInputDialog)[-1]


def test_it_begins_with_what_to_do_and_shows_what_was_found(qtbot, begun: Window) -> None:
    page = page_of(begun)
    assert begun.place() == 2
    assert begun.audit.page() is page
    assert page.look.hasFocus()

    qtbot.keyClick(page.look, Qt.Key.Key_Space)
    assert page.stop.isVisible()
    _wait(qtbot, begun)

    assert len(shown(begun)) == 30
    assert page.list.hasFocus()
    assert page._summary.text().startswith("30 findings. Looked at ")
    assert page.kinds.item(0).text() == "All kinds  30"
    assert page.kinds.item(1).text() == "Same words tagged differently  5"


def test_a_look_can_be_stopped(qtbot, begun: Window) -> None:
    page = page_of(begun)
    begun.consistency.look()
    page.stop.click()
    _wait(qtbot, begun)

    assert page.found is None
    assert page.look.isVisible()


def test_filters_narrow_what_is_shown_and_saved(
    qtbot, looked: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(looked)
    _choose_kind(page, "Use drifts")
    assert shown(looked) == [Kind.DRIFT, Kind.DRIFT]
    _choose_kind(page, "All kinds")
    page.codes.setCurrentText("Buses/Tickets")
    assert shown(looked) == [Kind.PARENT]
    page.codes.setCurrentIndex(0)
    page.coders.setCurrentText("Ben")
    assert 0 < len(shown(looked)) < 30
    page.coders.setCurrentIndex(0)
    looked.registry["find"].trigger()
    assert page.words.hasFocus()
    page.words.setText("lighthouses")
    assert shown(looked) == [Kind.UNUSED]
    target = tmp_path / "odd.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    looked.registry["save-consistency"].trigger()
    _wait(qtbot, looked)
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "Lighthouses" in lines[2]
    page.words.setText("zebra")
    assert "No finding is like this" in page._none.text()
    assert page.kinds.item(0).text() == "All kinds  0"


def test_passages_stand_side_by_side_and_are_gone_to(looked: Window) -> None:
    page = page_of(looked)
    judged = page.current()
    assert judged is not None
    first, second = judged.finding.passages[:2]
    words = [one.text() for one in page.view.area.findChildren(type(page.view._said))]
    assert any(first.ref in one for one in words)
    assert any(second.ref in one for one in words)

    page.list.activated.emit(page.list.currentIndex())

    assert looked.place() == 0
    assert looked.evidence.desk.document is not None
    assert looked.evidence.desk.document.id == first.document_id


def test_tab_goes_from_the_findings_through_one_to_its_acts(qtbot, looked: Window) -> None:
    page = page_of(looked)
    page.list.setFocus()
    reached = []
    while page.view.dismissing not in reached:
        qtbot.keyClick(looked.focusWidget(), Qt.Key.Key_Tab)
        reached.append(looked.focusWidget())
    inside = page.view.area.widget().findChildren(QPushButton)
    assert reached == [page.view.area, *inside, page.view.go, page.view.dismissing]


def test_a_finding_is_dismissed_with_a_reason_and_told_again(qtbot, looked: Window) -> None:
    page = page_of(looked)
    _choose_kind(page, "Always together")
    looked.registry["dismiss-finding"].trigger()
    dialog = _dialog(qtbot, looked)
    assert page.current().finding.said in dialog.labelText()
    field = dialog.findChild(QPlainTextEdit)
    field.setPlainText("Rules come with permits.\nSo they say.")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert dialog.focusWidget().text() == "Dismiss"
    dialog.findChild(QShortcut).activated.emit()

    assert shown(looked) == [Kind.TOGETHER]
    assert not page.changed.isVisible()
    page.states.setCurrentText("Dismissed")
    assert shown(looked) == [Kind.TOGETHER]
    assert "Dismissed by Ada" in page.view._verdict.text()
    assert "Rules come with permits.\nSo they say." in page.view._verdict.text()
    assert not page.view.dismissing.isVisible()

    page.view.restoring.click()

    assert shown(looked) == []
    assert page._none.text() == "Nothing is dismissed."
    looked.registry["undo"].trigger()
    assert shown(looked) == [Kind.TOGETHER]


def test_a_change_elsewhere_is_said_and_looked_at_again(qtbot, looked: Window) -> None:
    page = page_of(looked)
    project = project_of(looked)
    assert not page.changed.isVisible()

    project.codebook.define(project.codebook.at("Noise"), definition="What is loud.")

    assert page.changed.isVisible()
    page.changed.findChild(QPushButton).click()
    _wait(qtbot, looked)
    assert not page.changed.isVisible()
    assert len(shown(looked)) == 29


def test_own_tags_are_recoded_and_definitions_opened(qtbot, looked: Window) -> None:
    page, project = page_of(looked), project_of(looked)
    judged = page.current()
    assert judged is not None
    names = [one.text() for one in page.view.area.findChildren(QPushButton)]
    assert [name for name in names if name.startswith("Recode")] == ["Recode “Buses”…"]

    _button(page, "Recode").click()
    picker = page.findChild(Picker)
    picker.field.setText("Schools")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)

    mine = next(tag for one in judged.finding.passages for tag in one.tags if tag.coder == "Ada")
    schools = project.codebook.at("Schools")
    assert project.codings.one(mine.coding_id).code_id == schools.id
    assert page.changed.isVisible()
    _choose_kind(page, "Without a definition")
    _button(page, "Define the code").click()
    [card] = looked.findChildren(CodeCard)
    assert card.windowTitle() == "Code “Kindness”"
    card.close()


def test_without_others_tags_nothing_that_was_found_of_them_stays(looked: Window) -> None:
    assert looked.session is not None
    looked.session.set_others(Others.BLIND)

    assert page_of(looked).found is None
    assert page_of(looked).look.isVisible()


def test_everything_on_it_is_named_large_enough_and_in_reach(qtbot, looked: Window) -> None:
    for name in ("All kinds", "Use drifts", "Unused"):
        _choose_kind(page_of(looked), name)
        QApplication.processEvents()
        assert _nameless(looked) == []
        assert _small(looked) == []
        assert _out_of_reach(qtbot, looked) == []
        assert _cut(looked) == []
