"""The panel of themes: the short card below the tree, and what an empty codebook says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coder.domain.model import Coding
from coder.domain.sight import Others
from coder.project import Project
from coder.ui.codebook.card import CodeCard
from coder.ui.codebook.tree import CodeTree
from coder.ui.evidence.themes import Themes
from coder.ui.window import Window
from tests.ui.codebook.conftest import TAGGED

Choose = Callable[..., CodeTree]


def test_the_chosen_code_is_told_below_the_tree(
    qtbot, opened: Window, project: Project, themes: Themes, choose: Choose
) -> None:
    book = project.codebook
    code = book.at("Volunteering")
    book.define(code, use_when="Time <given>", not_when="Paid work")
    [first, _] = book.codings(code)
    book.pin(first)
    choose("Volunteering")
    themes.refresh()

    words = themes.card.words.text()
    for said in ("Giving time.", "Time &lt;given&gt;", "Paid work", first.quote):
        assert said in words
    assert themes.card.used.text() == "2 tags in 1 submission: Ines 1, Noor Hadley 1"


def test_what_is_told_follows_each_step(
    qtbot, opened: Window, project: Project, themes: Themes, choose: Choose
) -> None:
    choose("Connection")
    assert themes.card.used.text() == "Not used yet."
    assert "Meeting others." in themes.card.words.text()

    document = opened.evidence.desk.document
    assert document is not None
    project.codings.tag(document, 0, 4, [project.codebook.at("Connection")])

    qtbot.waitUntil(lambda: themes.card.used.text().startswith("1 tag in 1 submission"))


def test_a_code_just_made_is_chosen_in_the_tree(
    qtbot, opened: Window, project: Project, themes: Themes, choose: Choose
) -> None:
    choose("Connection")
    for number in range(60):
        project.codebook.add(f"Filler {number:02}")
    themes.refresh()
    made = project.codebook.add("Zeal")

    qtbot.waitUntil(lambda: themes.current() == made.id)
    tree = themes.tree
    assert tree.viewport().rect().intersects(tree.visualItemRect(tree.currentItem()))
    project.undo()
    choose("Connection")
    project.redo()
    themes.refresh()
    assert themes.current() == project.codebook.at("Connection").id


def test_a_code_without_words_asks_for_them(themes: Themes, choose: Choose) -> None:
    choose("Places to meet")
    assert "Nobody has written yet what it means" in themes.card.words.text()


def test_who_codes_blind_sees_neither_counts_nor_examples_of_others(
    qtbot, opened: Window, project: Project, themes: Themes, choose: Choose
) -> None:
    assert opened.session is not None
    theirs = _of(project, "Ines")
    project.codebook.pin(theirs)
    choose("Volunteering")

    opened.session.set_others(Others.BLIND)

    qtbot.waitUntil(lambda: themes.card.used.text() == "1 tag in 1 submission: Noor Hadley 1")
    assert TAGGED[1] not in themes.card.words.text()
    opened.session.set_others(Others.SHOWN)
    qtbot.waitUntil(lambda: TAGGED[1] in themes.card.words.text())


def test_more_and_its_key_open_the_card(
    opened: Window, themes: Themes, choose: Choose, dialog: Callable[..., CodeCard]
) -> None:
    choose("Volunteering")
    for act in (themes.card.button.click, opened.registry["codebook"].trigger):
        act()
        card = dialog(CodeCard)
        assert card.name.text() == "Volunteering"
        card.reject()


def test_without_a_chosen_code_the_card_of_the_first_opens(
    opened: Window, themes: Themes, dialog: Callable[..., CodeCard]
) -> None:
    themes.tree.setCurrentItem(None)
    opened.registry["codebook"].trigger()
    card = dialog(CodeCard)
    assert card.name.text() == "Connection"
    card.reject()


def test_an_empty_codebook_says_what_to_do(window: Window, tmp_path: Path) -> None:
    Project.create(tmp_path / "empty", "Empty", "EMP", "Noor Hadley").close()
    assert window.open_project(tmp_path / "empty")
    themes = window.evidence.themes
    assert themes.none.isVisible()
    assert "No themes yet" in themes.none.text()
    assert not themes.card.isVisible()
    window.registry["codebook"].trigger()
    assert "There is no code yet" in window.status.currentMessage()

    assert window.session is not None
    window.session.project.codebook.add("Trust")
    themes.refresh()
    assert not themes.none.isVisible()
    assert themes.tree.isVisible()


def test_the_tag_at_the_caret_is_pinned(qtbot, opened: Window, project: Project) -> None:
    reader = opened.evidence.desk.reader
    start = opened.evidence.desk.document.text.index(TAGGED[0])
    reader.select(start + 3, start + 3)
    qtbot.waitUntil(lambda: opened.evidence.desk.bar.coding is not None)

    opened.registry["pin-example"].trigger()
    assert project.codebook.at("Volunteering").examples == (_of(project, "Noor Hadley").id,)
    assert opened.status.currentMessage() == "Pinned as an example of “Volunteering”."
    opened.registry["pin-example"].trigger()
    assert "already" in opened.status.currentMessage()
    opened.registry["undo"].trigger()
    assert project.codebook.at("Volunteering").examples == ()

    reader.select(0, 0)
    qtbot.waitUntil(lambda: opened.evidence.desk.bar.coding is None)
    opened.registry["pin-example"].trigger()
    assert "There is no tag here" in opened.status.currentMessage()


def _of(project: Project, coder: str) -> Coding:
    ids = {one.name: one.id for one in project.coders()}
    codings = project.codebook.codings(project.codebook.at("Volunteering"))
    return next(one for one in codings if one.coder_id == ids[coder])
