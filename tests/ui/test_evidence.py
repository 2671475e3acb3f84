"""What keys and mouse do in the evidence place, what is said of it, and what is copied."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox

from coder.project import Project
from coder.ui.codebook.row import VIEW
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


def test_words_dropped_on_a_code_are_tagged_and_the_text_has_the_focus(
    qtbot, opened: Window
) -> None:
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
    qtbot.waitUntil(opened.evidence.desk.reader._page.hasFocus)


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
    assert item.data(0, VIEW).code.name == "Volunteering"
    qtbot.waitUntil(lambda: item.data(0, VIEW).codings == 1)


def test_without_a_selection_nothing_is_tagged_and_the_status_line_says_so(
    opened: Window,
) -> None:
    select(opened, "choir")
    opened.evidence.tagging.tag_by_key("1")
    opened.registry["undo"].trigger()
    tree = opened.evidence.themes.tree
    for end in (4, 5):  # nothing, and a space
        opened.evidence.desk.reader.select(4, end)
        for act in (
            lambda: opened.evidence.tagging.tag_by_key("1"),
            opened.registry["tag-again"].trigger,
            lambda: tree.itemActivated.emit(tree.topLevelItem(0), 0),
            lambda: opened.evidence.tagging.tag_new("Something new"),
        ):
            opened.status.clearMessage()
            act()
            assert "No words are selected" in opened.status.currentMessage()
    assert tagged(opened) == set()
    assert not [box for box in opened.findChildren(QMessageBox) if box.isVisible()]


def test_marking_sensitivity_and_removal_are_said_and_signed(opened: Window) -> None:
    select(opened, "choir")
    opened.evidence.tagging.tag_by_key("1")
    desk, said = opened.evidence.desk, opened.status.currentMessage
    coding = desk.bar.coding
    assert coding is not None
    assert opened.session is not None

    opened.registry["mark"].trigger()
    assert "Marked for use" in said()
    opened.registry["sensitive"].trigger()
    assert "stays out of packs" in said()
    opened.session.project.codings.write_memo(coding, "compare")
    name = desk.reader._page.marks.get(coding.id).name
    assert name == "★⚑✎ Connection"
    opened.registry["mark"].trigger()
    assert said() == "No longer marked for use."
    opened.registry["sensitive"].trigger()
    assert said() == "No longer sensitive."
    opened.registry["untag"].trigger()
    assert "Removed the tag “Connection”" in said()
    for act in ("untag", "mark", "sensitive", "memo"):
        opened.status.clearMessage()
        opened.registry[act].trigger()
        assert "no tag here" in said()


def test_the_tag_right_before_the_caret_is_the_one_here(opened: Window) -> None:
    select(opened, "choir")
    opened.evidence.tagging.tag_by_key("1")
    desk = opened.evidence.desk
    start, end = desk.reader.selection()

    desk.reader.select(end, end)
    assert desk.bar.coding is not None
    desk.reader.select(end, end + 3)
    assert desk.bar.coding is None
    desk.reader.select(end + 1, end + 1)
    assert desk.bar.coding is None
    desk.reader.select(start, start)
    assert desk.bar.coding is not None


def test_where_there_is_no_evidence_a_button_offers_to_import(
    qtbot, window: Window, tmp_path, monkeypatch
) -> None:
    Project.create(tmp_path / "new", "Streets", "STR", "Noor Hadley").close()
    letter = tmp_path / "letter.txt"
    letter.write_text("We met in the park.", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(letter)], ""))
    assert window.open_project(tmp_path / "new")
    reader = window.evidence.desk.reader
    assert reader._offer.isVisible()
    qtbot.mouseClick(reader._offer, Qt.MouseButton.LeftButton)
    importing = window.chores.importing
    qtbot.waitUntil(lambda: bool(importing.previews), timeout=30_000)
    importing.previews[0].go.click()
    qtbot.waitUntil(lambda: reader._page.text == "We met in the park.", timeout=30_000)
    qtbot.waitUntil(lambda: not window.workshop.running, timeout=30_000)
    assert not reader._offer.isVisible()


def test_a_quote_is_copied_with_its_citation_plain_and_rich(opened: Window) -> None:
    assert opened.session is not None
    opened.session.project.evidence.change("STR0001", permission="named")
    select(opened, "Then the choir opened its hall.")
    opened.registry["copy-cited"].trigger()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "“Then the choir opened its hall.” (STR0001, para 2)"
    assert "Then the choir opened its hall." in data.html()


def test_a_memo_is_found_again_by_search(opened: Window) -> None:
    assert opened.session is not None
    project = opened.session.project
    select(opened, "choir")
    opened.evidence.tagging.tag_by_key("1")
    coding = opened.evidence.desk.bar.coding
    assert coding is not None
    project.codings.write_memo(coding, "compare the rehearsals")
    assert opened.evidence.desk.bar.coding is not None
    assert opened.evidence.desk.bar.coding.memo == "compare the rehearsals"
    assert [hit.kind for hit in project.find("rehearsal")] == ["memo"]
