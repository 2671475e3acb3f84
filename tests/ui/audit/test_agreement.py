"""The page of agreement: compared beside the window, shown in full, saved, and never told wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from coder.project import Project
from coder.project.agreement import AgreementOptions, Coefficient, Unit
from coder.ui.audit.agreement_page import AgreementPage
from coder.ui.trees import walk
from coder.ui.window import Window
from tests.made import MadeOnce
from tests.ui.conftest import CODES, LETTER
from tests.ui.test_accessible import _nameless, _out_of_reach, _small

ADA, BO, NOOR = "Ada", "Bo", "Noor Hadley"


def _streets(folder: Path) -> None:
    """Two letters that Ada and Bo have tagged, and one that Bo alone has."""
    with Project.create(folder / "project", "Streets", "STR", NOOR, codes=CODES) as made:
        for number in range(3):
            path = folder / f"letter-{number}.txt"
            path.write_text(f"{LETTER}\nLetter {number} of three.\n", encoding="utf-8")
            made.intake.bring([path])
        by_name = {code.name: code for code in made.codebook.codes()}
        made.evidence.change("STR0002", respondent="Ffion Hughes")
        ids = [made.evidence.one(f"STR000{n}").documents[0].id for n in (1, 2, 3)]
        texts = [made.document(one) for one in ids]
        for coder, reach in ((ADA, 40), (BO, 50)):
            made.as_coder(coder)
            for text in texts[: 2 if coder == ADA else 3]:
                made.codings.tag(text, 10, 10 + reach, [by_name["Places to meet"]])
                made.codings.tag(text, 80, 90, [by_name["Connection"]])
        made.as_coder(BO)
        made.codings.tag(texts[0], 100, 130, [by_name["Volunteering"]])


@pytest.fixture
def double(tmp_path: Path, made_once: MadeOnce) -> Path:
    return Path(shutil.copytree(made_once(_streets) / "project", tmp_path / "double"))


@pytest.fixture
def agreeing(qtbot, window: Window, double: Path) -> Window:
    """The window with figures and their intervals."""
    assert window.open_project(double)
    window.registry["agreement"].trigger()
    _wait(qtbot, window)
    return window


def _wait(qtbot, window: Window) -> None:
    qtbot.waitUntil(lambda: not window.workshop.running, timeout=20_000)


def _again(qtbot, window: Window) -> None:
    """Waits until a choice that was made has been compared."""
    page = window.audit.agreement
    qtbot.waitUntil(
        lambda: not page._soon.isActive() and not window.workshop.running, timeout=20_000
    )


def _names(page: AgreementPage) -> list[str]:
    return [one.text(0) for one in walk(page.table) if not one.isHidden()]


def test_figures_come_of_all_who_have_coded_with_intervals(agreeing: Window) -> None:
    page = agreeing.audit.agreement
    assert page.report is not None
    assert page.report.coders == (ADA, BO)
    assert page.report.refs == ("STR0001", "STR0002")
    alpha = page.report.overall.measure(Coefficient.ALPHA)
    assert f"{alpha.value:.3f}" in page.headline.text()
    assert "Krippendorff (2004)" in page.headline.text()
    assert "1 submission was left out" in page._caveats.text()
    assert page.table.currentItem().text(5) == alpha.interval != ""


def test_figures_without_intervals_make_no_excuses(agreeing: Window) -> None:
    page = agreeing.audit.agreement
    assert agreeing.session is not None
    quick = agreeing.session.project.agreement.report(AgreementOptions(samples=0))
    page.show_report(quick)
    assert {one.text(5) for one in walk(page.table)} == {""}
    assert "samples" not in page.detail.words.toPlainText()
    assert "Of sets of codes" in page.detail.words.toPlainText()


def test_codes_are_a_tree_and_what_is_undefined_says_why(agreeing: Window) -> None:
    page = agreeing.audit.agreement
    assert _names(page) == [
        "All codes", "Connection", "The theme’s own code", "Places to meet", "Volunteering",
    ]  # fmt: skip
    theme = page.table.topLevelItem(1)
    assert theme.data(0, Qt.ItemDataRole.UserRole).children
    assert theme.child(1).text(4) == str(
        next(one for one in page.report.codes if one.name == "Connection/Places to meet").measure(
            Coefficient.ALPHA
        )
    )
    whole = page.table.topLevelItem(0)
    assert whole.text(8) == "–"
    assert "sets" in whole.toolTip(8)


def test_the_chosen_line_is_told_in_full(agreeing: Window) -> None:
    page = agreeing.audit.agreement
    assert "How it was compared" in page.detail.words.toPlainText()
    assert "STR0003: not coded by Ada" in page.detail.words.toPlainText()
    page.table.setCurrentItem(page.table.topLevelItem(2))
    said = page.detail.words.toPlainText()
    assert said.startswith("Volunteering")
    assert "Only one of the coders tagged anything here." in said
    assert "Where passages begin and end" in said
    agreeing.restyle("dark")
    assert page.detail.words.toPlainText() == said
    agreeing.restyle("light")


def test_submissions_and_pairs_are_shown_and_narrowed_and_opened(qtbot, agreeing: Window) -> None:
    page = agreeing.audit.agreement
    page.views.setCurrentIndex(1)
    assert _names(page) == ["All together", "STR0001", "STR0002 · Ffion Hughes"]
    assert page.orders.itemText(0) == "By reference"
    assert page.table.isColumnHidden(8)
    agreeing.registry["find"].trigger()
    assert page.words.hasFocus()
    page.words.setText("ffion")
    assert _names(page) == ["All together", "STR0002 · Ffion Hughes"]
    page.table.setCurrentItem(page.table.topLevelItem(2))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert agreeing.place() == 0
    assert agreeing.evidence.desk.document is not None
    assert "Letter 1" in agreeing.evidence.desk.document.text
    page.words.clear()
    page.views.setCurrentIndex(2)
    assert _names(page) == ["All together", "Ada and Bo"]
    page.views.setCurrentIndex(0)
    assert not page.table.isColumnHidden(8)


def test_another_unit_and_other_submissions_are_compared(qtbot, agreeing: Window) -> None:
    page = agreeing.audit.agreement
    page.units.setCurrentIndex(page.units.findData(Unit.SUBMISSION.value))
    page.refs.pick("STR0002")
    _again(qtbot, agreeing)
    assert page.report is not None
    assert (page.report.unit, page.report.refs) == (Unit.SUBMISSION, ("STR0002",))
    assert page.report.options.samples == AgreementOptions().samples


def test_one_coder_is_too_few_and_that_is_told(qtbot, agreeing: Window) -> None:
    page = agreeing.audit.agreement
    page.coders.pick(ADA)
    _again(qtbot, agreeing)
    assert page.report is None
    assert not page.save.isEnabled()
    assert "only Ada is there" in page._why.text()
    assert page._title.text() == "Choose another coder too"
    assert not page.assign.isVisible()
    page.coders.pick()
    _again(qtbot, agreeing)
    assert page.report is not None


def test_where_nobody_has_coded_it_says_what_to_do(qtbot, opened: Window) -> None:
    opened.registry["agreement"].trigger()
    _wait(qtbot, opened)
    page = opened.audit.agreement
    assert page._title.text() == "Agreement needs two coders"
    assert page._why.text().startswith("Nobody has coded so far.")
    assert page.assign.isVisible()


def test_a_change_since_is_told_and_compared_on_coming_back(qtbot, agreeing: Window) -> None:
    page = agreeing.audit.agreement
    assert agreeing.session is not None
    assert page.changed.isHidden()
    before = page.report
    project = agreeing.session.project
    text = project.evidence.one("STR0001").documents[0]
    project.as_coder(ADA)
    code = next(one for one in project.codebook.codes() if one.name == "Volunteering")
    project.codings.tag(project.document(text.id), 100, 130, [code])
    qtbot.waitUntil(lambda: not page.changed.isHidden())
    assert page.report is before
    agreeing.go_to_place(0)
    agreeing.go_to_place(2)
    _wait(qtbot, agreeing)
    assert page.changed.isHidden()
    line = next(one for one in page.report.codes if one.name == "Volunteering")
    assert line.measure(Coefficient.ALPHA).value == 1


def test_comparing_can_be_stopped(qtbot, window: Window, double: Path) -> None:
    assert window.open_project(double)
    window.registry["agreement"].trigger()
    page = window.audit.agreement
    assert page.stop.isVisible()
    page.stop.click()
    _wait(qtbot, window)
    assert page.stop.isHidden()
    if page.report is None:
        assert "stopped" in page._why.text()
    page.again.click()
    _wait(qtbot, window)
    assert page.report is not None


def test_the_page_is_saved(
    qtbot, agreeing: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "agreement.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    agreeing.audit.agreement.save.click()
    _wait(qtbot, agreeing)
    assert "Places to meet" in target.read_text(encoding="utf-8-sig")


def test_everybody_can_work_it(qtbot, agreeing: Window) -> None:
    QApplication.processEvents()
    assert [*_nameless(agreeing), *_small(agreeing), *_out_of_reach(qtbot, agreeing)] == []
    assert not agreeing.audit.agreement.table.viewport().grab().isNull()


def _chosen(page: AgreementPage, name: str) -> None:
    page.table.setCurrentItem(next(one for one in walk(page.table) if one.text(0).startswith(name)))


def test_lines_are_ordered_by_what_is_clicked_or_chosen(qtbot, agreeing: Window) -> None:
    page = agreeing.audit.agreement
    assert page.report is not None
    page.orders.setCurrentText("Lowest α first")
    page.orders.activated.emit(page.orders.currentIndex())
    assert _names(page) == [
        "All codes", "Volunteering", "Places to meet · Connection", "Connection and below",
        "Connection, the theme’s own code",
    ]  # fmt: skip
    assert page.table.headerItem().text(4) == "α ↑"
    header = page.table.header()
    header.sectionClicked.emit(4)
    assert _names(page)[0::4] == ["All codes", "Volunteering"]
    assert page.table.headerItem().text(4) == "α ↓"
    header.sectionClicked.emit(1)
    assert (page.orders.currentText(), _names(page)[1]) == (
        "Most tags first", "Connection and below",
    )  # fmt: skip
    header.sectionClicked.emit(1)
    header.sectionClicked.emit(1)
    assert page.orders.currentText() == "As in the codebook"
    assert page.table.topLevelItem(1).childCount() == 2


@pytest.mark.parametrize(
    ("line", "narrowed", "kinds"),
    [
        ("Places to meet", "Places to meet", ["boundaries", "boundaries"]),
        ("Volunteering", "Volunteering", ["missed"]),
        ("Connection", "Connection and below", ["boundaries", "boundaries"]),
        ("All codes", "Every code", ["missed", "boundaries", "boundaries"]),
    ],
)
def test_a_line_leads_to_what_coders_differ_on(
    qtbot, agreeing: Window, line: str, narrowed: str, kinds: list[str]
) -> None:
    page, place = agreeing.audit.agreement, agreeing.audit.disagreements
    _chosen(page, line)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: place.isVisible() and not agreeing.workshop.running)
    assert place.codes.currentText() == narrowed
    assert [str(one.place.kind) for one in place.model.cases] == kinds


def test_a_line_of_nothing_that_differs_says_so_and_one_of_a_submission_shows_its_own(
    qtbot, agreeing: Window
) -> None:
    page, place = agreeing.audit.agreement, agreeing.audit.disagreements
    _chosen(page, "The theme’s own code")
    page.detail.differences.click()
    _wait(qtbot, agreeing)
    assert (place.codes.currentText(), place.model.cases) == ("Connection", [])
    agreeing.registry["agreement"].trigger()
    page.views.setCurrentIndex(1)
    _chosen(page, "STR0002")
    page.detail.differences.click()
    _wait(qtbot, agreeing)
    assert (place.codes.currentText(), place.words.text()) == ("Every code", "STR0002")
    assert {one.ref for one in place.model.cases} == {"STR0002"}
