"""The window comes back as it was left, for each inquiry."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from coder.domain.quotes import QuoteFilter
from coder.ui import theme
from coder.ui.window import Window
from coder.ui.window_state import state_file
from tests.ui.conftest import begun


@pytest.fixture
def again(qtbot, window: Window, own_sample: Path):
    """Closes the window and gives another, with the same inquiry open."""
    made: list[Window] = []

    def reopen() -> Window:
        window.close()
        other = begun()
        qtbot.addWidget(other)
        made.append(other)
        other.show()
        assert other.open_project(own_sample)
        qtbot.waitUntil(lambda: bool(other.evidence.list.model.rowCount()))
        return other

    yield reopen
    for other in made:
        other.close()


@pytest.fixture
def working(qtbot, window: Window, own_sample: Path) -> Window:
    """The window on the sample inquiry."""
    assert window.open_project(own_sample)
    qtbot.waitUntil(lambda: bool(window.evidence.list.model.rowCount()))
    return window


def test_the_window_comes_back_with_its_tab_place_letters_and_document(
    qtbot, working: Window, again
) -> None:
    # Given the second submission's statement, larger letters, another tab, and the quotes
    evidence = working.evidence
    evidence.list.choose(evidence.list.model.views[1].submission.id)
    shown = evidence.desk.document
    assert shown is not None
    evidence.side.setCurrentIndex(1)
    working.registry["larger"].trigger()
    points = evidence.desk.reader.zoom()
    working.registry["place-quotes"].trigger()
    # When the window is closed and opened again
    other = again()
    # Then all of it is as it was
    assert other.quotes.isVisible()
    assert other.evidence.side.currentIndex() == 1
    assert other.evidence.desk.reader.zoom() == points
    qtbot.waitUntil(lambda: other.evidence.desk.document is not None)
    assert other.evidence.desk.document is not None
    assert other.evidence.desk.document.id == shown.id


def test_splitters_come_back(working: Window, again) -> None:
    working.evidence.split.setSizes([250, 600, 400])
    QApplication.processEvents()
    before = working.evidence.split.sizes()
    assert again().evidence.split.sizes() == before


def test_filters_come_back(qtbot, working: Window, again) -> None:
    # Given a list that is narrowed and ordered, and quotes of one code that are marked
    working.evidence.list.field.setText("charity")
    working.evidence.list._order.setCurrentIndex(1)
    working.go_to_place(1)
    quotes = working.quotes
    tree = quotes.filters.tree
    tree.itemClicked.emit(tree.topLevelItem(0), 0)
    quotes.filters.marked.setChecked(True)
    quotes.filters.pickers["types"].pick("charity", "faith")
    wanted, (_, order) = quotes.wanted(), working.evidence.list.narrowing()
    assert wanted != QuoteFilter()
    # When the window is closed and opened again, then they are as they were
    other = again()
    assert other.evidence.list.narrowing() == ("", order)
    assert other.quotes.wanted() == wanted


def test_words_typed_into_a_filter_are_kept_nowhere(working: Window, again) -> None:
    working.evidence.list.field.setText("zanzibar")
    working.quotes.filters.words.setText("telephonist")
    other = again()
    assert other.evidence.list.field.text() == other.quotes.filters.words.text() == ""
    written = Path(state_file().fileName()).read_text(encoding="utf-8")
    assert "zanzibar" not in written
    assert "telephonist" not in written


def test_another_inquiry_has_filters_of_its_own(working: Window, folder: Path) -> None:
    working.evidence.list.field.setText("charity")
    working.quotes.filters.marked.setChecked(True)
    assert working.open_project(folder)
    assert working.evidence.list.field.text() == ""
    assert working.quotes.wanted() == QuoteFilter()


@pytest.mark.parametrize(
    "kept", ["", "[]", '{"list": 1}', '{"list": ["a", "b"], "quotes": {"x": 1}}']
)
def test_filters_that_cannot_be_read_are_none(window: Window, folder: Path, kept: str) -> None:
    assert window.open_project(folder)
    assert window.session is not None
    name = f"filters/{window.session.project.inquiry.id}"
    window.close_project()
    state = state_file()
    assert json.loads(str(state.value(name)))["list"] == ["", "By reference"]
    state.setValue(name, kept)
    state.sync()
    assert window.open_project(folder)
    assert window.quotes.wanted() == QuoteFilter()
    assert window.evidence.list.narrowing() == ("", "By reference")


def test_the_appearance_comes_back(working: Window, again) -> None:
    working.registry["appearance-dark"].trigger()
    other = again()
    assert theme.current().dark
    other.registry["appearance-light"].trigger()
