"""Codes are suggested beside the text and in the palette, with the passages that speak for them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from coder import settings
from coder.domain.draft import DraftCode
from coder.domain.sight import Others
from coder.project import Project
from coder.project.suggestions import Reason, Suggestion
from coder.ui.evidence.similar_look import WHAT
from coder.ui.evidence.similar_panel import SimilarPanel
from coder.ui.picker import Picker
from coder.ui.window import Window
from tests.made import MadeOnce

ASKED = "Since the bus was cut nobody comes to the lunch club any more."


def fill(folder: Path, tmp_path: Path, tagged: int) -> None:
    """A letter that asks about a bus, and one with so many tagged passages, half on buses."""
    ask, many = tmp_path / "ask.txt", tmp_path / "many.txt"
    ask.write_text(f"{ASKED}\n\nQuinoa xylophone.", encoding="utf-8")
    paragraphs = [
        f"The bus was cut and no lunch club number {number} is left."
        if number % 2
        else f"We sing in a choir number {number} and forget our worries."
        for number in range(tagged)
    ]
    many.write_text("\n\n".join(paragraphs), encoding="utf-8")
    codes = (DraftCode("Transport"), DraftCode("Music"))
    with Project.create(folder, "Buses", "SIC", "Noor Hadley", codes=codes) as project:
        project.intake.bring([ask, many])
        document = project.evidence.document_titled("SIC0002")
        for number, place in enumerate(document.paragraphs[:tagged]):
            code = project.codebook.at("Transport" if number % 2 else "Music")
            project.codings.tag(document, place.start, place.end, [code])


def _buses(folder: Path) -> None:
    fill(folder / "buses", folder, 24)


@pytest.fixture
def suggesting(qtbot, window: Window, tmp_path: Path, made_once: MadeOnce) -> Window:
    """The window at the letter that asks, with the panel open."""
    shutil.copytree(made_once(_buses) / "buses", tmp_path / "buses")
    assert window.open_project(tmp_path / "buses")
    qtbot.waitUntil(lambda: window.evidence.desk.document is not None)
    window.evidence.desk.reader.select(0, len(ASKED))
    window.registry["similar"].trigger()
    return window


def codes(panel: SimilarPanel) -> list[str]:
    items = [panel.tree.topLevelItem(row) for row in range(panel.tree.topLevelItemCount())]
    return [item.data(0, WHAT).code.name for item in items]


def test_the_act_shows_codes_for_the_selection_with_their_reasons(suggesting: Window) -> None:
    panel = suggesting.evidence.similar
    first = panel.tree.topLevelItem(0)

    assert panel.isVisible()
    assert codes(panel) == ["Transport"]
    assert first.isExpanded()
    assert first.childCount() == 6
    assert isinstance(first.child(0).data(0, WHAT), Reason)
    assert first.child(0).text(0).startswith("SIC0002, Noor Hadley: The bus was cut")
    assert first.child(5).text(0) == "and 7 more, less like it"
    assert panel.tree.hasFocus()


def test_nothing_is_tagged_until_enter_is_pressed(qtbot, suggesting: Window) -> None:
    project, desk = suggesting.session.project, suggesting.evidence.desk
    assert project.codings.of(desk.document.id) == []

    qtbot.keyClick(suggesting.evidence.similar.tree, Qt.Key.Key_Return)

    [made] = project.codings.of(desk.document.id)
    assert made.quote == ASKED
    assert suggesting.session.codes[made.code_id].name == "Transport"
    qtbot.waitUntil(lambda: codes(suggesting.evidence.similar) == [])


def test_the_button_says_with_which_code_it_tags(qtbot, suggesting: Window) -> None:
    panel = suggesting.evidence.similar
    assert panel.tag.text() == "Tag “Transport”"

    qtbot.mouseClick(panel.tag, Qt.MouseButton.LeftButton)

    assert len(suggesting.session.project.codings.of(suggesting.evidence.desk.document.id)) == 1


def test_a_reason_is_shown_in_the_text_and_there_is_a_way_back(qtbot, suggesting: Window) -> None:
    panel, desk = suggesting.evidence.similar, suggesting.evidence.desk
    asked = desk.document.id
    place = panel.tree.visualItemRect(panel.tree.topLevelItem(0).child(0)).center()
    qtbot.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert desk.document.id != asked
    assert desk.reader.selected_text().startswith("The bus was cut")
    assert panel.back.isVisible()
    qtbot.wait(300)
    assert codes(panel) == ["Transport"]

    qtbot.mouseClick(panel.back, Qt.MouseButton.LeftButton)
    assert desk.document.id == asked
    assert desk.reader.selected_text() == ASKED
    assert not panel.back.isVisible()


def test_from_a_reason_the_passage_that_was_asked_about_is_tagged(
    qtbot, suggesting: Window
) -> None:
    panel, desk = suggesting.evidence.similar, suggesting.evidence.desk
    asked = desk.document.id
    panel.tree.setCurrentItem(panel.tree.topLevelItem(0).child(1))
    qtbot.keyClick(panel.tree, Qt.Key.Key_Return)
    assert desk.document.id != asked

    qtbot.mouseClick(panel.tag, Qt.MouseButton.LeftButton)

    assert [one.quote for one in suggesting.session.project.codings.of(asked)] == [ASKED]


def test_it_follows_the_selection_and_takes_the_paragraph_at_the_caret(
    qtbot, suggesting: Window
) -> None:
    panel, desk = suggesting.evidence.similar, suggesting.evidence.desk
    desk.reader.select(len(ASKED) + 4, len(ASKED) + 8)
    qtbot.waitUntil(lambda: codes(panel) == [])
    assert "No tagged passage" in panel._about.text()

    desk.reader.select(3, 3)
    qtbot.waitUntil(lambda: codes(panel) == ["Transport"])
    assert panel._span == (0, len(ASKED))


def test_out_of_sight_it_looks_for_nothing(
    qtbot, suggesting: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence = suggesting.evidence
    evidence.side.setCurrentWidget(evidence.themes)
    asked: list[object] = []
    monkeypatch.setattr(
        suggesting.session.project.suggestions, "for_passage", lambda *a: asked.append(a) or []
    )
    evidence.desk.reader.select(0, 20)
    qtbot.wait(300)
    assert asked == []


def test_the_palette_offers_them_first_and_takes_none_by_itself(qtbot, suggesting: Window) -> None:
    suggesting.evidence.desk.reader.setFocus()
    suggesting.registry["tag"].trigger()
    picker = suggesting.findChild(Picker)

    texts = [picker.list.item(row).text() for row in range(picker.list.count())]
    assert texts[:3] == ["Suggested", "Transport", "All codes"]
    assert picker.list.currentRow() > 2
    picker.close()


def test_too_few_tagged_passages_are_said(qtbot, window: Window, tmp_path: Path) -> None:
    fill(tmp_path / "few", tmp_path, 6)
    assert window.open_project(tmp_path / "few")
    qtbot.waitUntil(lambda: window.evidence.desk.document is not None)
    window.registry["similar"].trigger()

    said = window.evidence.similar._about.text()
    assert said == "Suggestions begin after about 20 tagged passages. So far there are 6."


def test_who_codes_blind_is_suggested_nothing(qtbot, suggesting: Window) -> None:
    panel, document = suggesting.evidence.similar, suggesting.evidence.desk.document
    suggesting.session.set_others(Others.BLIND)

    qtbot.waitUntil(lambda: codes(panel) == [])
    assert "blind" in panel._about.text()
    assert panel.choices(document, 0, len(ASKED)) == []


def test_suggestions_can_be_switched_off_and_on(qtbot, suggesting: Window) -> None:
    panel, document = suggesting.evidence.similar, suggesting.evidence.desk.document
    qtbot.mouseClick(panel.switch, Qt.MouseButton.LeftButton)

    assert not settings.load().suggestions
    assert codes(panel) == []
    assert panel.choices(document, 0, len(ASKED)) == []
    qtbot.mouseClick(panel.switch, Qt.MouseButton.LeftButton)
    assert codes(panel) == ["Transport"]
    settings.save(replace(settings.load(), suggestions=True))


def test_the_weight_is_told_in_words_too(suggesting: Window) -> None:
    item = suggesting.evidence.similar.tree.topLevelItem(0)

    assert isinstance(item.data(0, WHAT), Suggestion)
    assert item.text(0) == "Transport: 12 similar passages, 100% of the votes"
