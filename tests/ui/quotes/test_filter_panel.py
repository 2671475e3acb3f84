"""The panel of filters: what its controls ask for, say, and take back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QMessageBox, QTreeWidgetItem

from coder.domain.quotes import Grouping, Order, QuoteFilter
from coder.ui.quotes.code_tree import CodeTree
from coder.ui.window import Window
from tests.ui.quotes.conftest import Settle


def _top(tree: CodeTree, row: int) -> QTreeWidgetItem:
    item = tree.topLevelItem(row)
    assert item is not None
    return item


def test_a_code_goes_from_wanted_to_not_to_neither_and_says_so(
    qtbot, quoting: Window, settle: Settle
) -> None:
    filters = quoting.quotes.filters
    tree, everything = filters.tree, len(settle(quoting))
    volunteering = _top(tree, 2)
    tree.setCurrentItem(volunteering)
    tree.setFocus()

    qtbot.keyClick(tree, Qt.Key.Key_Space)
    wanted = settle(quoting)
    assert {one.code.partition("/")[0] for one in wanted} == {"Volunteering"}
    assert volunteering.data(0, Qt.ItemDataRole.AccessibleTextRole).endswith(", wanted")
    assert [button.text() for button in quoting.quotes.pane.chips.buttons] == ["Volunteering  ×"]

    qtbot.keyClick(tree, Qt.Key.Key_Space)
    assert len(settle(quoting)) < everything
    assert "Volunteering" not in {one.code.partition("/")[0] for one in settle(quoting)}
    assert volunteering.data(0, Qt.ItemDataRole.AccessibleTextRole).endswith(", not")

    qtbot.mouseClick(
        tree.viewport(),
        Qt.MouseButton.LeftButton,
        pos=tree.visualItemRect(volunteering).center(),
    )
    assert filters.wanted == QuoteFilter()
    assert len(settle(quoting)) == everything


def test_near_and_overlapping_are_in_the_menu_of_a_code(quoting: Window, settle: Settle) -> None:
    filters, everything = quoting.quotes.filters, len(settle(quoting))
    tree = filters.tree
    choices = {one.text().partition(":")[0]: one for one in tree.menu_for(_top(tree, 2)).actions()}
    assert list(choices) == ["Does not matter", "Wanted", "Not", "Near", "Overlapping"]
    assert not filters.within.isVisible()

    choices["Near"].trigger()

    assert filters.within.isVisible()
    assert filters.within.currentText() == "near: within 500 characters"
    wide = len(settle(quoting))
    filters.within.setCurrentIndex(0)
    assert 0 < len(settle(quoting)) < wide < everything
    choices["Overlapping"].trigger()
    assert not filters.within.isVisible()
    assert 0 < len(settle(quoting)) < wide
    assert filters.wanted.overlapping
    assert not filters.wanted.near


def test_pickers_take_several_values_and_say_what_they_ask(quoting: Window, settle: Settle) -> None:
    filters = quoting.quotes.filters
    types, permissions = filters.pickers["types"], filters.pickers["permissions"]
    whatever = types._menu.actions()[-1]
    assert (whatever.text(), whatever.isChecked()) == ("Any", True)
    types.pick("charity")
    assert not whatever.isChecked()
    assert types.text() == "Type: Charity or community group"
    types.pick("charity", "faith")
    permissions.pick("named")
    assert (types.text(), permissions.text()) == ("Type: 2", "Permission: Publish with the name")
    found = settle(quoting)
    assert {(q.type, q.permission) for q in found} == {("charity", "named"), ("faith", "named")}
    assert quoting.quotes.wanted() == QuoteFilter(
        types=("charity", "faith"), permissions=("named",)
    )
    for button in list(quoting.quotes.pane.chips.buttons):
        if button.text().startswith("Faith"):
            button.click()
    assert types.text() == "Type: Charity or community group"


def test_only_people_are_offered_as_coders_and_only_what_is_there(quoting: Window) -> None:
    pickers = quoting.quotes.filters.pickers
    assert pickers["coders"].offered() == ["Asha Verma", "Tom Pryce"]
    assert pickers["regions"].offered()[-1] == "Region not known"
    assert pickers["questions"].isEnabled() == bool(pickers["questions"].offered())


def test_days_are_written_as_people_write_them(quoting: Window) -> None:
    since = quoting.quotes.filters.days["since"]
    for words, day in (("18/9/2020", "2020-09-18"), ("nonsense", "2020-09-18"), ("", "")):
        since.setText(words)
        since.editingFinished.emit()
        assert quoting.quotes.wanted().since == day
        assert ("is not a day" in since.toolTip()) is (words == "nonsense")


def test_lengths_and_all_of_the_codes_are_asked_for(quoting: Window, settle: Settle) -> None:
    filters = quoting.quotes.filters
    filters.shortest.setText("60")
    filters.longest.setText("90")
    assert all(60 <= one.end - one.start <= 90 for one in settle(quoting))
    assert not filters.every.isVisible()
    for row in (0, 2):
        filters.tree.itemClicked.emit(_top(filters.tree, row), 0)
    assert filters.every.isVisible()
    filters.every.setCurrentIndex(1)
    assert quoting.quotes.wanted().every
    filters.clear_all.click()
    assert quoting.quotes.wanted() == QuoteFilter()
    assert filters.shortest.text() == ""


def test_filters_are_saved_used_renamed_and_deleted(
    quoting: Window, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = quoting.quotes
    menu = place.saved.menu
    said = iter(("Charities", "charities", "Charities on theme"))
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: (next(said), True))
    place.saved.fill()
    assert next(one.text() for one in menu.actions() if one.text()) == "Nothing is saved yet"
    place.filters.pickers["types"].pick("charity")
    place.pane.groups.setCurrentIndex(1)
    place.pane.orders.setCurrentIndex(2)
    place.pane.join.setChecked(True)

    def looked() -> tuple[object, ...]:
        pane = place.pane
        return place.filters.wanted, pane.grouping, pane.order, pane.joined

    asked = looked()

    place.saved.save()

    place.filters.clear()
    place.pane.shape(Grouping.NONE, Order.REFERENCE)
    settle(quoting)
    place.saved.fill()
    menu.actions()[0].trigger()
    assert looked() == asked
    assert {one.type for one in settle(quoting)} == {"charity"}

    place.saved.save()  # under a name that is taken
    [box] = [one for one in quoting.findChildren(QMessageBox) if one.isVisible()]
    assert "saved as “Charities” already" in box.text()
    box.close()
    place.saved.fill()
    [rename] = [one.menu() for one in menu.actions() if one.text() == "Rename"]
    rename.actions()[0].trigger()
    place.saved.fill()
    assert menu.actions()[0].text() == "Charities on theme"
    assert menu.actions()[0].isChecked()
    [delete] = [one.menu() for one in menu.actions() if one.text() == "Delete"]
    delete.actions()[0].trigger()
    assert quoting.session is not None
    assert quoting.session.project.quotes.saved() == []


def test_a_saved_filter_says_what_of_it_has_gone(quoting: Window, settle: Settle) -> None:
    assert quoting.session is not None
    project = quoting.session.project
    code = project.codebook.add("Passing")
    project.quotes.save("Old", QuoteFilter(codes=(code.id,), marked=True))
    project.codebook.delete(code)
    quoting.quotes.saved.fill()
    quoting.quotes.saved.menu.actions()[0].trigger()
    assert "1 code it asked for has gone" in quoting.status.currentMessage()
    assert all(one.marked for one in settle(quoting))


def test_what_is_no_day_is_said_in_sight_until_it_is_one(
    qtbot, quoting: Window, settle: Settle
) -> None:
    filters = quoting.quotes.filters
    filters.more.setChecked(True)
    day = filters.days["received_since"]
    qtbot.keyClicks(day, "yesterdayish")
    qtbot.keyClick(day, Qt.Key.Key_Return)
    assert filters.no_day.isVisible()
    assert filters.no_day.text() == "“yesterdayish” is not a day. Write it as 18 Sep 2020."
    assert day.property("wrong") is True
    assert filters.wanted == QuoteFilter()
    day.setText("1 Jan 2030")
    qtbot.keyClick(day, Qt.Key.Key_Return)
    assert not filters.no_day.isVisible()
    assert not day.property("wrong")
    assert filters.wanted == QuoteFilter(received_since="2030-01-01")
    assert settle(quoting) == []
    assert quoting.quotes.pane.chips.buttons[0].text() == "received from 1 Jan 2030  ×"
