"""The codebook of the small project in its window, with two tagged passages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QTreeWidgetItem

from coder.project import Project
from coder.ui import trees
from coder.ui.codebook.tree import CodeTree, code_id
from coder.ui.evidence.themes import Themes
from coder.ui.window import Window

TAGGED = ("the choir opened its hall", "I ring four people every Thursday")


@pytest.fixture
def project(qtbot, opened: Window) -> Project:
    """The project that is open: `TAGGED` are tagged Volunteering, by Noor and by Ines."""
    assert opened.session is not None
    project = opened.session.project
    qtbot.waitUntil(lambda: opened.evidence.desk.document is not None)
    document = opened.evidence.desk.document
    assert document is not None
    code = project.codebook.at("Volunteering")
    for coder, words in zip(("Noor Hadley", "Ines"), TAGGED, strict=True):
        project.as_coder(coder)
        start = document.text.index(words)
        project.codings.tag(document, start, start + len(words), [code])
    project.as_coder("Noor Hadley")
    return project


@pytest.fixture
def themes(project: Project, opened: Window) -> Themes:
    """The panel, with the codebook as it is now."""
    opened.evidence.themes.refresh()
    return opened.evidence.themes


@pytest.fixture
def item(themes: Themes) -> Callable[[str], QTreeWidgetItem]:
    """Gives the row of the code with this name."""

    def find(name: str) -> QTreeWidgetItem:
        rows = {row.data(0, 256).code.name: row for row in trees.walk(themes.tree)}
        return rows[name]

    return find


@pytest.fixture
def choose(themes: Themes, item: Callable[[str], QTreeWidgetItem]) -> Callable[..., CodeTree]:
    """Chooses the codes with these names and gives the tree the focus."""

    def take(*names: str) -> CodeTree:
        themes.tree.setFocus()
        themes.tree.setCurrentItem(item(names[0]))
        for name in names[1:]:
            item(name).setSelected(True)
        return themes.tree

    return take


def paths(project: Project) -> list[str]:
    """The codebook from top to bottom."""
    return [view.path for view in project.codebook.tree()]


def shown(themes: Themes) -> list[str]:
    """The names in the tree from top to bottom."""
    return [row.data(0, 256).code.name for row in trees.walk(themes.tree)]


__all__ = ["TAGGED", "code_id", "paths", "shown"]
