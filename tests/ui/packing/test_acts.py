"""Packs, clips and the key leave by their dialogs, looked over before."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QMessageBox

from coder.project import Project
from coder.ui.packing.clips import ExportClipsDialog
from coder.ui.packing.dialog import ExportPackDialog
from coder.ui.packing.formats import remembered
from coder.ui.window import Window
from tests.export.films import film
from tests.recorded import spoken
from tests.ui.conftest import CODES, LETTER

SAID = "Ada Brook asked Mrs Patel. We need buses. I was ill for years."


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], Path]:
    """Answers the questions for files and folders with this name."""

    def answer(name: str) -> Path:
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(path))
        return path

    return answer


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three submissions: one anonymous, with a sensitive passage, one of unknown permission, and a
    film by somebody who is named."""
    files = tmp_path_factory.mktemp("files")
    folder = tmp_path_factory.mktemp("made") / "project"
    (files / "first.txt").write_text(LETTER, encoding="utf-8")
    (files / "second.txt").write_text(SAID, encoding="utf-8")
    film(files / "film.mp4", 3)
    with Project.create(folder, "Streets", "STR", "Noor Hadley", codes=CODES) as project:
        for name in ("first.txt", "second.txt"):
            project.intake.bring([files / name])
        project.evidence.change(
            "STR0002",
            respondent="Ada Brook",
            permission="anonymous",
            type="individual",
            region="Kent",
        )
        code = project.codebook.codes()[0]
        document = project.evidence.document_titled("STR0002")
        text = document.text
        project.codings.tag(document, 0, text.index(" I was"), [code])
        [ill] = project.codings.tag(document, text.index("I was"), len(text), [code])
        project.codings.set_sensitive([ill], sensitive=True)
        first = project.evidence.document_titled("STR0001")
        project.codings.tag(first, 0, 14, [code])
        heard = spoken(project, files / "film.mp4", ["We need buses."])
        project.evidence.change("STR0003", respondent="Bo Lee", permission="named")
        project.codings.tag(heard, 0, 14, [code])
    return folder


@pytest.fixture
def inquiry(made: Path, tmp_path: Path) -> Path:
    """The three submissions, to work on."""
    return Path(shutil.copytree(made, tmp_path / "inquiry"))


@pytest.fixture
def asked(qtbot, window: Window, inquiry: Path) -> ExportPackDialog:
    """The dialog that asks about a pack, once it has looked."""
    assert window.open_project(inquiry)
    window.registry["export-pack"].trigger()
    [dialog] = window.findChildren(ExportPackDialog)
    qtbot.waitUntil(dialog.go.isEnabled, timeout=20_000)
    return dialog


def free(qtbot, window: Window) -> None:
    qtbot.waitUntil(lambda: not window.workshop.running, timeout=30_000)


def test_what_leaves_and_what_stays_is_told_before(asked: ExportPackDialog) -> None:
    assert asked.headline.text() == "2 quotes from 2 submissions"
    alone, unchecked = asked.notes.text().splitlines()
    assert alone.startswith("STR0002 (“Individual, Kent”) can be told by type and region")
    assert unchecked.startswith("1 quote is from transcripts that nobody has checked")
    assert asked.contents.topLevelItemCount() == 1
    stays = [
        [asked.stays.topLevelItem(place).text(column) for column in (0, 2, 3)]
        for place in range(asked.stays.topLevelItemCount())
    ]
    assert stays == [["STR0001", "permission not known", "1"], ["STR0002", "sensitive", "1"]]
    assert [asked.tabs.tabText(place) for place in (1, 2)] == ["Anonymous (1)", "Stays in (2)"]


def test_a_basket_goes_in_as_it_is(qtbot, window: Window, inquiry: Path) -> None:
    # Given a basket with one of the quotes
    assert window.open_project(inquiry)
    assert window.session is not None
    project = window.session.project
    basket = project.baskets.make("Chapter 1/2")
    [quote] = [one for one in project.quotes.select() if one.ref == "STR0003"]
    project.baskets.add(basket.id, [quote])
    # When it is chosen, then it alone is looked over, and goes in
    window.quotes.pane.join.setChecked(True)
    window.registry["export-pack"].trigger()
    [dialog] = window.findChildren(ExportPackDialog)
    assert dialog.options.joined  # as they are shown in the quotes place
    assert [dialog.source.itemText(place) for place in range(dialog.source.count())] == [
        "What the filters show",
        "Basket “Chapter 1/2”",
    ]
    assert dialog.boxes["charts"].isEnabled()
    assert dialog.file == "quote-pack"
    dialog.source.setCurrentIndex(1)
    for name in ("charts", "joined"):
        assert not dialog.boxes[name].isEnabled()
        assert "basket" in dialog.boxes[name].text()
    assert "stand for no code" in dialog.boxes["charts"].toolTip()
    assert dialog.file == "Chapter 1 2"
    qtbot.waitUntil(dialog.go.isEnabled, timeout=20_000)
    assert dialog.headline.text() == "1 quote from 1 submission"
    assert dialog.wanted.basket == basket.id
    assert dialog.stays.topLevelItemCount() == 0


def test_permission_can_be_set_from_there(qtbot, window: Window, asked: ExportPackDialog) -> None:
    asked.stays.setCurrentItem(asked.stays.topLevelItem(0))
    asked.particulars.click()
    dialog = next(one for one in asked.findChildren(object) if hasattr(one, "new_pseudonym"))
    dialog.permission.setCurrentIndex(dialog.permission.findData("named"))
    dialog.respondent.setText("Ada Holt")
    dialog.accept()
    qtbot.waitUntil(lambda: asked.headline.text().startswith("3 quotes"), timeout=20_000)
    assert asked.stays.topLevelItemCount() == 1


def test_what_may_tell_of_a_person_is_ticked_and_masked(
    qtbot, window: Window, asked: ExportPackDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a quote in which a neighbour is named
    quote = asked.review.list.topLevelItem(0)
    lines = [quote.child(place).text(0) for place in range(quote.childCount())]
    assert lines == ["hidden: “Ada Brook” → [name]", "mask “Patel”: a name after a title"]
    assert not asked.review.mask_ticked.isEnabled()
    shown = asked.review.reading.toPlainText()
    assert shown == "“[name] asked Mrs Patel. We need buses.”\n— Individual, Kent (STR0002, para 1)"

    # When it is ticked, then it is masked in the project and here
    quote.child(1).setCheckState(0, Qt.CheckState.Checked)
    asked.review.mask_ticked.click()
    qtbot.waitUntil(
        lambda: "Mrs [withheld]" in asked.review.list.topLevelItem(0).text(0), timeout=20_000
    )
    assert window.session is not None
    assert window.session.project.submission("STR0002").also_masked == "Patel"

    # And so are words that a person thinks of
    asked.review.another.click()
    [box] = asked.findChildren(QInputDialog)
    box.setTextValue("buses")
    box.accept()
    qtbot.waitUntil(
        lambda: "need [withheld]" in asked.review.list.topLevelItem(0).text(0), timeout=20_000
    )


def test_sensitive_passages_need_a_second_yes(qtbot, asked: ExportPackDialog) -> None:
    def answer(words: str) -> None:
        [box] = [one for one in asked.findChildren(QMessageBox) if one.isVisible()]
        next(button for button in box.buttons() if button.text() == words).click()

    asked.sensitive.click()
    assert not asked.options.sensitive
    answer("Leave them out")
    assert not asked.options.sensitive
    asked.sensitive.click()
    answer("Include them")
    assert asked.options.sensitive
    qtbot.waitUntil(lambda: asked.headline.text().startswith("3 quotes"), timeout=20_000)
    assert not remembered().options.sensitive


def test_only_what_a_kind_heeds_is_offered_and_given(asked: ExportPackDialog) -> None:
    asked.boxes["charts"].setChecked(False)
    assert asked.boxes["charts"].isVisible()
    assert not asked.options.charts
    asked.format.setCurrentIndex(asked.format.findData(".csv"))
    assert not asked.boxes["charts"].isVisible()
    assert not asked.citing.isVisible()
    assert asked.options.charts
    assert not asked.choices.options.charts


def test_a_template_is_checked_and_given_back(
    qtbot, asked: ExportPackDialog, chosen: Callable[[str], Path]
) -> None:
    wrong = chosen("wrong.dotx")
    wrong.write_bytes(b"no")
    asked.choose_template.click()
    qtbot.waitUntil(lambda: bool(asked.findChildren(QMessageBox)), timeout=20_000)
    assert asked.options.template is None
    from docx import Document

    house = chosen("house.docx")
    Document().save(str(house))
    asked.choose_template.click()
    qtbot.waitUntil(lambda: asked.options.template == house, timeout=20_000)
    asked.own_looks.click()
    assert asked.options.template is None


def test_sentences_and_names_are_whole(asked: ExportPackDialog) -> None:
    # Given a long name of a template, and one line that is too long for its column
    asked.show_template(Path("house_template_for_all_reports_of_the_committee_2026.docx"))
    table = asked.contents
    item = table.topLevelItem(0)
    assert item is not None
    item.setText(2, "Raised by all.")
    QApplication.processEvents()
    low = table.visualItemRect(item).height()
    item.setText(2, "Raised by 2 of the 3 submissions that were coded. " * 4)
    QApplication.processEvents()

    # Then they go on in the next line
    assert table.visualItemRect(item).height() > 2 * low
    name = asked.template_name
    assert name.height() >= name.heightForWidth(name.width()) > name.fontMetrics().height()


def test_it_is_written_as_chosen_and_that_is_remembered(
    qtbot,
    window: Window,
    asked: ExportPackDialog,
    chosen: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Given an Excel workbook is chosen, and a name without its ending
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    target = chosen("pack")
    asked.format.setCurrentIndex(asked.format.findData(".xlsx"))
    asked.context.setCurrentIndex(asked.context.findData(150))
    # When it is exported
    asked.go.click()
    free(qtbot, window)
    # Then it is there, it can be opened, and the choices stay
    assert zipfile.is_zipfile(target.with_suffix(".xlsx"))
    [box] = [one for one in window.findChildren(QMessageBox) if one.isVisible()]
    assert box.text() == "“pack.xlsx” is written."
    next(button for button in box.buttons() if button.text() == "Open").click()
    assert opened == [QUrl.fromLocalFile(str(target.with_suffix(".xlsx")))]
    kept = remembered()
    assert (kept.ending, kept.options.context, Path(kept.folder)) == (".xlsx", 150, target.parent)


def test_clips_are_cut_into_a_folder(
    qtbot,
    window: Window,
    inquiry: Path,
    chosen: Callable[[str], Path],
    told: Callable[[], str],
) -> None:
    assert window.open_project(inquiry)
    window.registry["export-clips"].trigger()
    [dialog] = window.findChildren(ExportClipsDialog)
    qtbot.waitUntil(dialog.go.isEnabled, timeout=20_000)
    assert dialog.headline.text() == "1 clip from 1 submission, 00:02 in all"
    assert dialog.exact.isChecked()
    assert not dialog.list.isVisible()
    dialog.padding.setValue(0)
    qtbot.waitUntil(lambda: "00:01 in all" in dialog.headline.text(), timeout=20_000)
    folder = chosen("clips")
    dialog.go.click()
    free(qtbot, window)
    assert "1 clip is written." in told()
    assert len(list(folder.glob("*.mp4"))) == 1
    assert (folder / "clips.html").is_file()


def test_passages_of_which_there_is_no_clip_are_listed(
    qtbot, window: Window, inquiry: Path
) -> None:
    assert window.open_project(inquiry)
    assert window.session is not None
    window.session.project.evidence.change("STR0003", permission="anonymous")
    window.registry["export-clips"].trigger()
    [dialog] = window.findChildren(ExportClipsDialog)
    qtbot.waitUntil(lambda: bool(dialog.list.topLevelItemCount()), timeout=20_000)
    item = dialog.list.topLevelItem(0)
    assert [item.text(column) for column in range(4)] == [
        "STR0003", "Bo Lee", "face and voice would tell who speaks", "1",
    ]  # fmt: skip
    assert not dialog.go.isEnabled()
    assert dialog.sizeHint().height() < 740


def test_a_pseudonym_is_given_to_all_of_the_same_name_where_that_is_said(
    window: Window, inquiry: Path
) -> None:
    assert window.open_project(inquiry)
    assert window.session is not None
    project = window.session.project
    project.evidence.change("STR0001", respondent="Ada Brook", permission="anonymous")
    window.leaving.set_pseudonym("STR0002", "Wren")
    [box] = [one for one in window.findChildren(QMessageBox) if one.isVisible()]
    assert box.text().startswith("STR0001 is by a respondent of the same name.")
    next(button for button in box.buttons() if button.text() == "Quote all as “Wren”").click()
    assert [one.ref for one in project.pseudonyms.all()] == ["STR0001", "STR0002"]
    window.leaving.set_pseudonym("STR0002", "")
    assert [one.ref for one in project.pseudonyms.all()] == ["STR0001"]


def test_the_key_is_written_after_a_warning(
    window: Window, inquiry: Path, chosen: Callable[[str], Path], told: Callable[[], str]
) -> None:
    assert window.open_project(inquiry)
    assert window.session is not None
    window.registry["export-key"].trigger()
    assert "No submission has a pseudonym yet." in told()
    window.session.project.pseudonyms.choose("STR0002", "Wren")
    target = chosen("key")
    window.registry["export-key"].trigger()
    [box] = [one for one in window.findChildren(QMessageBox) if one.isVisible()]
    assert "Keep it apart" in box.informativeText()
    next(button for button in box.buttons() if button.text() == "Write the key…").click()
    assert "Wren,Ada Brook" in target.with_suffix(".csv").read_text("utf-8-sig")
