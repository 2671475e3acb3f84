"""The basket beside the quotes: filled, ordered, noted and taken away with mouse and keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QMessageBox, QPlainTextEdit

from coder.domain.baskets import Basket, ItemKind
from coder.domain.quotes import Quote, QuoteFilter
from coder.project import Project
from coder.ui import theme
from coder.ui.actions import BASKET
from coder.ui.packing.dialog import ExportPackDialog
from coder.ui.quotes.basket import BasketPanel
from coder.ui.quotes.basket_model import ENTRY, badges_of
from coder.ui.quotes.basket_spread import missing
from coder.ui.quotes.carried import pack, unpack
from coder.ui.window import Window

WORDS = ("nobody on our street", "never volunteered before", "ring four people", "café closed")


def project_of(window: Window) -> Project:
    assert window.session is not None
    return window.session.project


def passages(window: Window, *words: str) -> list[Quote]:
    """These words of the letter, which is made publishable, as quotes."""
    project = project_of(window)
    document = project.document(project.evidence.one("STR0001").documents[0].id)
    starts = [(document.text.index(one), len(one)) for one in words]
    return [project.baskets.passage(document, at, at + length) for at, length in starts]


@pytest.fixture
def quoting(opened: Window, qtbot) -> Window:
    """The quotes place of the small project, with two tags on the letter."""
    project = project_of(opened)
    project.evidence.change("STR0001", permission="named", respondent="Ada Bell")
    for quote in passages(opened, *WORDS[:2]):
        document = project.document(quote.document_id)
        project.tag_with_new_code(document, quote.start, quote.end, "Volunteering")
    opened.go_to_place(1)
    qtbot.waitUntil(lambda: opened.quotes.model.rowCount() == 2)
    return opened


@pytest.fixture
def filled(quoting: Window, qtbot) -> Window:
    """A basket with a heading and three quotes, in view."""
    baskets = project_of(quoting).baskets
    basket = baskets.make("Interim report")
    baskets.add_heading(basket.id, "Streets")
    baskets.add(basket.id, passages(quoting, *WORDS[:3]))
    seen(qtbot, quoting, 4)
    quoting.quotes.basket.go_to()
    return quoting


def panel(window: Window) -> BasketPanel:
    return window.quotes.basket


def basket(window: Window) -> Basket:
    found = panel(window).current()
    assert found is not None
    return found


def rows(window: Window) -> list[str]:
    return [entry.item.shown for entry in panel(window).list.entries.entries]


def seen(qtbot, window: Window, number: int) -> None:
    qtbot.waitUntil(lambda: len(rows(window)) == number and not window.workshop.running)


def settled(qtbot, window: Window, *wanted: str) -> None:
    qtbot.waitUntil(lambda: rows(window) == list(wanted))


def press(qtbot, window: Window, key: Qt.Key, held=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(panel(window).list, key, held)


def choose(window: Window, *numbers: int) -> None:
    entries = panel(window).list.entries.entries
    panel(window).list.choose_all([entries[number].item.id for number in numbers], 0)


def named(window: Window, words: str) -> None:
    """Answers the question for a name."""
    [asked] = [one for one in window.findChildren(QInputDialog) if one.isVisible()]
    asked.setTextValue(words)
    asked.accept()


def test_an_empty_place_says_what_to_do_and_the_first_quotes_make_a_basket(
    quoting: Window, qtbot
) -> None:
    assert "Ctrl+Shift+B" in panel(quoting)._empty.text()
    quoting.quotes.list.selectAll()

    quoting.registry["basket-add"].trigger()
    named(quoting, "Interim report")

    seen(qtbot, quoting, 2)
    assert rows(quoting) == list(WORDS[:2])
    assert basket(quoting).name == "Interim report"
    assert "2 quotes added to “Interim report”" in quoting.status.currentMessage()
    assert panel(quoting).spread.told.text() == "2 quotes from 1 of 1 submission"
    assert [one.item.code_id for one in panel(quoting).list.entries.entries] == [
        quote.code_id for quote in quoting.quotes.model.read(range(2))
    ]


def test_words_selected_in_the_evidence_are_added_too(filled: Window, qtbot) -> None:
    filled.go_to_place(0)
    desk = filled.evidence.desk
    qtbot.waitUntil(lambda: desk.document is not None)
    start = desk.document.text.index("the choir")
    desk.reader.select(start, start + 9)

    filled.registry["basket-add"].trigger()

    filled.registry["to-basket"].trigger()
    seen(qtbot, filled, 5)
    assert rows(filled)[-1] == "the choir"
    assert panel(filled).list.hasFocus()


def test_what_is_there_already_is_added_again_only_on_request(filled: Window, qtbot) -> None:
    panel(filled).put(passages(filled, WORDS[0]))

    [box] = [one for one in filled.findChildren(QMessageBox) if one.isVisible()]
    assert "This passage is in “Interim report” already." in box.text()
    next(one for one in box.buttons() if one.text() == "Add again").click()

    seen(qtbot, filled, 5)
    warned = [badge.text for badge in badges_of(panel(filled).list.entries.entries[4])]
    assert warned == ["words of it are here twice"]


def test_quotes_are_dragged_from_the_list_onto_a_place(filled: Window, qtbot) -> None:
    data = filled.quotes.model.mimeData([filled.quotes.model.index(1)])
    assert [one.quote for one in unpack(data, project_of(filled))] == [WORDS[1]]
    view = panel(filled).list

    drop(filled, pack(passages(filled, WORDS[3])), 1, above=True)

    seen(qtbot, filled, 5)
    assert rows(filled)[:3] == ["Streets", WORDS[3], WORDS[0]]
    assert view.current().item.shown == WORDS[3]


def drop(window: Window, data: QMimeData, row: int, *, above: bool) -> None:
    """Drops this onto the upper or lower edge of a row."""
    view = panel(window).list
    box = view.visualRect(view.entries.index(row))
    at = QPointF(box.center().x(), box.top() if above else box.bottom())
    view.dropped.emit(data, view._before(at.toPoint(), _edge(view, above)))


def _edge(view, above: bool):
    return view.DropIndicatorPosition.AboveItem if above else view.DropIndicatorPosition.BelowItem


def test_items_are_dragged_among_one_another(filled: Window, qtbot) -> None:
    view = panel(filled).list
    choose(filled, 3)
    box = view.visualRect(view.entries.index(0))
    data = view.entries.mimeData(view.selectedIndexes())
    event = QDropEvent(
        QPointF(box.center().x(), box.top()),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    assert view.entries.canDropMimeData(data, event.dropAction(), 0, 0, view.rootIndex())

    view.moved.emit([view.current().item.id], view._before(QPoint(20, 2), _edge(view, True)))

    settled(qtbot, filled, WORDS[2], "Streets", WORDS[0], WORDS[1])
    assert view.current().item.shown == WORDS[2]


def test_keys_put_items_in_order_and_take_them_out(filled: Window, qtbot) -> None:
    choose(filled, 2, 3)
    for _ in range(2):
        press(qtbot, filled, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settled(qtbot, filled, WORDS[1], WORDS[2], "Streets", WORDS[0])
    press(qtbot, filled, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settled(qtbot, filled, "Streets", WORDS[1], WORDS[2], WORDS[0])
    assert [one.item.shown for one in panel(filled).list.chosen()] == [WORDS[1], WORDS[2]]

    press(qtbot, filled, Qt.Key.Key_Delete)

    settled(qtbot, filled, "Streets", WORDS[0])
    assert panel(filled).list.currentIndex().isValid()
    filled.registry["undo"].trigger()
    settled(qtbot, filled, "Streets", WORDS[1], WORDS[2], WORDS[0])


def typed(qtbot, window: Window, words: str, *, leave: bool = False) -> None:
    """Writes into the field that is open in the list, and keeps or leaves it."""
    [editor] = panel(window).list.findChildren(QPlainTextEdit)
    editor.setPlainText(words)
    qtbot.keyClick(editor, Qt.Key.Key_Escape if leave else Qt.Key.Key_Return)


def test_a_heading_is_changed_and_a_note_written_in_place(filled: Window, qtbot) -> None:
    choose(filled, 0)
    press(qtbot, filled, Qt.Key.Key_Return)
    typed(qtbot, filled, "Our street")
    qtbot.waitUntil(lambda: rows(filled)[0] == "Our street")
    choose(filled, 1)
    press(qtbot, filled, Qt.Key.Key_N)
    typed(qtbot, filled, "For the box")
    qtbot.waitUntil(lambda: bool(panel(filled).list.entries.entries[1].item.note))
    index = panel(filled).list.entries.index(1)
    assert "Note: For the box" in index.data()

    press(qtbot, filled, Qt.Key.Key_N)
    typed(qtbot, filled, "Never mind", leave=True)

    assert index.data(ENTRY).item.note == "For the box"
    filled.registry["undo"].trigger()
    qtbot.waitUntil(lambda: not panel(filled).list.entries.entries[1].item.note)


def test_headings_and_words_are_added_above_the_item_at_hand(filled: Window, qtbot) -> None:
    choose(filled, 2)
    press(qtbot, filled, Qt.Key.Key_H)
    named(filled, "Volunteering")
    seen(qtbot, filled, 5)
    filled.registry["basket-text"].trigger()
    named(filled, "Some wrote at length.")
    seen(qtbot, filled, 6)

    assert rows(filled)[2:4] == ["Volunteering", "Some wrote at length."]
    kinds = [one.item.kind for one in panel(filled).list.entries.entries]
    assert kinds[2:4] == [ItemKind.HEADING, ItemKind.TEXT]


def test_words_of_ones_own_go_over_several_lines(filled: Window, qtbot) -> None:
    choose(filled, 2)
    press(qtbot, filled, Qt.Key.Key_O)
    [asked] = [one for one in filled.findChildren(QInputDialog) if one.isVisible()]
    assert asked.findChildren(QPlainTextEdit)
    named(filled, "Some wrote at length.\nOthers did not.")
    seen(qtbot, filled, 5)
    assert rows(filled)[2] == "Some wrote at length.\nOthers did not."


def test_what_undo_did_to_another_basket_is_said_with_its_name(filled: Window, qtbot) -> None:
    baskets = project_of(filled).baskets
    press_release = baskets.make("Press release")
    baskets.add_text(press_release.id, "By the way")
    filled.registry["undo"].trigger()
    assert filled.status.currentMessage() == "Undone: Add a text to “Press release”"


def test_baskets_are_made_renamed_copied_deleted_and_switched(filled: Window, qtbot) -> None:
    filled.registry["basket-copy"].trigger()
    named(filled, "Final report")
    qtbot.waitUntil(lambda: basket(filled).name == "Final report")
    seen(qtbot, filled, 4)
    badges = [one.text for one in badges_of(panel(filled).list.entries.entries[1])]
    assert badges == ["used already in Interim report"]
    filled.registry["basket-rename"].trigger()
    named(filled, "Last report")
    qtbot.waitUntil(lambda: basket(filled).name == "Last report")
    panel(filled).which.setCurrentIndex(0)
    panel(filled).which.activated.emit(0)
    seen(qtbot, filled, 4)
    filled.registry["basket-delete"].trigger()
    [box] = [one for one in filled.findChildren(QMessageBox) if one.isVisible()]
    next(one for one in box.buttons() if one.text() == "Delete").click()

    qtbot.waitUntil(lambda: basket(filled).name == "Last report")
    filled.registry["basket-new"].trigger()
    named(filled, "last REPORT")
    boxes = [one for one in filled.findChildren(QMessageBox) if one.isVisible()]
    assert "There is a basket “Last report” already" in boxes[-1].text()
    boxes[-1].close()


def test_the_menu_offers_what_can_be_done(filled: Window, qtbot) -> None:
    def offered() -> list[str]:
        panel(filled).acts.open_menu(QPoint(10, 10))
        menu = panel(filled).findChildren(QMenu)[-1]
        words = [one.text().partition("\t")[0] for one in menu.actions() if one.text()]
        menu.close()
        return words

    titles = {act.id: act.title for act in BASKET}
    choose(filled, 0)
    assert titles["edit"] in offered()
    assert titles["trim"] not in offered()
    choose(filled, 1)
    assert {titles[one] for one in ("trim", "widen", "note", "show", "remove")} <= set(offered())
    assert titles["accept"] not in offered()
    panel(filled).acts.open_basket_menu()
    menu = panel(filled).findChildren(QMenu)[-1]
    assert all(one.isEnabled() for one in menu.actions())
    menu.close()


def test_a_quote_is_shown_in_context_and_in_its_document(filled: Window, qtbot) -> None:
    choose(filled, 1)
    shown = filled.quotes.preview._quote
    assert shown is not None
    assert shown.quote == WORDS[0]

    press(qtbot, filled, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert filled.place() == 0
    qtbot.waitUntil(lambda: filled.evidence.desk.reader.selected_text() == WORDS[0])


def test_a_basket_becomes_a_pack(
    filled: Window, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "basket.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args, **more: (str(path), ""))
    with qtbot.waitSignal(filled.quotes.basket_pack_wanted) as wanted:
        panel(filled).export.click()
    assert wanted.args == [basket(filled).id]
    [dialog] = filled.findChildren(ExportPackDialog)
    assert dialog.source.currentText() == f"Basket “{basket(filled).name}”"
    dialog.format.setCurrentIndex(dialog.format.findData(".json"))
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.go.click()
    qtbot.waitUntil(path.exists)
    text = path.read_text(encoding="utf-8")
    assert WORDS[2] in text, "it is not tagged, and is in the basket"
    found = project_of(filled).quotes.select(QuoteFilter(basket=basket(filled).id))
    assert [one.quote for one in found] == list(WORDS[:3])
    qtbot.waitUntil(lambda: any(one.isVisible() for one in filled.findChildren(QMessageBox)))
    for box in filled.findChildren(QMessageBox):
        box.close()


def test_the_basket_chosen_last_comes_back(filled: Window, qtbot) -> None:
    second = project_of(filled).baskets.make("Second")
    qtbot.waitUntil(lambda: panel(filled).which.count() == 2)
    panel(filled).which.setCurrentIndex(1)
    panel(filled).which.activated.emit(1)
    folder = project_of(filled).folder
    assert filled.open_project(folder)
    filled.go_to_place(1)

    qtbot.waitUntil(lambda: "“Second” is empty" in panel(filled)._empty.text())
    assert panel(filled).current() == second


def test_a_project_that_is_read_only_lets_nothing_be_changed(filled: Window, qtbot) -> None:
    folder = project_of(filled).folder
    assert filled.open_project(folder, read_only=True)
    filled.go_to_place(1)
    seen(qtbot, filled, 4)
    panel(filled).go_to()
    choose(filled, 1)

    press(qtbot, filled, Qt.Key.Key_Delete)
    panel(filled).put(passages(filled, WORDS[3]))

    assert len(project_of(filled).baskets.items(basket(filled).id)) == 4
    assert not panel(filled).heading.isEnabled()


def test_who_is_missing_is_said_in_a_sentence(quoting: Window, qtbot, tmp_path: Path) -> None:
    from coder.project.basket_spread import Share, Spread

    def share(name: str, quotes: int) -> Share:
        return Share(name.lower(), name, quotes, quotes, 1)

    types = (share("Charity", 2), share("Faith group", 0), share("Council", 0))
    few = Spread(2, 1, 3, types, (share("Wales", 0),), (), ())
    many = Spread(2, 1, 3, types[:1], tuple(share(f"Place {n}", 0) for n in range(9)), (), ())

    assert missing(few) == "Nothing yet from: faith group, council and Wales."
    assert missing(many).endswith("Place 4, Place 5 and 3 other places.")
    assert missing(Spread(2, 1, 3, types[:1], (), (), ())) == ""
    strip = panel(quoting).spread
    strip.show_spread(few)
    assert (
        strip.types.accessibleName()
        == "Types of respondents: Charity: 2 quotes from 2 of 1 submission"
    )


def test_it_is_painted_in_light_and_dark(filled: Window, qtbot) -> None:
    choose(filled, 1)
    chosen = set()
    for appearance in ("light", "dark"):
        filled.set_appearance(appearance)
        image = panel(filled).list.grab().toImage()
        colours = {image.pixelColor(x, 60).name() for x in range(0, image.width(), 2)}
        assert theme.current().chosen in colours
        chosen.add(theme.current().chosen)
    assert len(chosen) == 2


def test_quotes_fall_into_an_empty_basket(quoting: Window, qtbot) -> None:
    project_of(quoting).baskets.make("Interim report")
    qtbot.waitUntil(lambda: "is empty" in panel(quoting)._empty.text())
    data = pack(passages(quoting, WORDS[0]))
    event = QDropEvent(
        QPointF(20, 200), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip

    panel(quoting).dropEvent(event)

    settled(qtbot, quoting, WORDS[0])
    assert event.isAccepted()
