"""What the mouse does in the evidence place, and what is copied."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication

from coder.ui.evidence.themes import _VIEW
from coder.ui.window import Window


def select(window: Window, words: str) -> None:
    reader = window.evidence.desk.reader
    document = window.evidence.desk.document
    assert document is not None
    start = document.text.index(words)
    reader.select(start, start + len(words))


def tagged(window: Window) -> set[tuple[str, str]]:
    assert window.session is not None
    return {(q.code, q.quote) for q in window.session.project.quotes.select()}


def test_words_dropped_on_a_code_are_tagged_with_it(opened: Window) -> None:
    select(opened, "ring four people")
    tree = opened.evidence.themes.tree
    item = tree.topLevelItem(1)
    assert item is not None
    words = QMimeData()
    words.setText("ring four people")
    tree.dropEvent(
        QDropEvent(
            QPointF(tree.visualItemRect(item).center()),
            Qt.DropAction.CopyAction,
            words,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert tagged(opened) == {("Volunteering", "ring four people")}


def test_a_code_dropped_on_the_selection_tags_it(opened: Window) -> None:
    assert opened.session is not None
    code = opened.session.project.codebook.at("Connection")
    document = opened.evidence.desk.document
    assert document is not None
    start = document.text.index("choir")
    opened.evidence.desk.reader.code_dropped.emit(code.id, start, start + 5)
    assert tagged(opened) == {("Connection", "choir")}


def test_a_double_click_on_a_code_tags_the_selection(qtbot, opened: Window) -> None:
    select(opened, "I had never volunteered before.")
    tree = opened.evidence.themes.tree
    item = tree.topLevelItem(1)
    assert item is not None
    tree.itemActivated.emit(item, 0)
    assert tagged(opened) == {("Volunteering", "I had never volunteered before.")}
    assert item.data(0, _VIEW).code.name == "Volunteering"
    qtbot.waitUntil(lambda: item.data(0, _VIEW).codings == 1)


def test_nothing_selected_is_said_and_tags_nothing(opened: Window, told) -> None:
    opened.evidence.desk.reader.select(3, 3)
    opened.evidence.tag_by_key("1")
    assert "No words are selected" in told()
    assert tagged(opened) == set()


def test_a_quote_is_copied_with_its_citation_plain_and_rich(opened: Window) -> None:
    select(opened, "Then the choir opened its hall.")
    opened.registry["copy-cited"].trigger()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "“Then the choir opened its hall.” (STR0001, para 2)"
    assert "Then the choir opened its hall." in data.html()


def test_a_memo_is_found_again_by_search(opened: Window) -> None:
    assert opened.session is not None
    project = opened.session.project
    select(opened, "choir")
    opened.evidence.tag_by_key("1")
    coding = opened.evidence.desk.bar.coding
    assert coding is not None
    project.codings.write_memo(coding, "compare the rehearsals")
    assert opened.evidence.desk.bar.coding is not None
    assert opened.evidence.desk.bar.coding.memo == "compare the rehearsals"
    assert [hit.kind for hit in project.find("rehearsal")] == ["memo"]
