"""The tree of codes: keys, mouse and drags, each act one step that Ctrl+Z takes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QImage,
    QPalette,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QInputDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QTreeWidgetItem,
    QWidget,
)

from coder.domain.model import Code
from coder.domain.palette import COLOURS, contrast, shade
from coder.project import Project
from coder.project.codebook import CodeView
from coder.ui import theme
from coder.ui.actions import TREE, Act
from coder.ui.codebook.deleting import DeleteDialog
from coder.ui.codebook.tree import CodeTree
from coder.ui.evidence.themes import Themes
from coder.ui.picker import Picker
from coder.ui.reader import CODE_MIME
from coder.ui.window import Window
from tests.ui.codebook.conftest import paths, shown

Item = Callable[[str], QTreeWidgetItem]
Choose = Callable[..., CodeTree]
ALT = Qt.KeyboardModifier.AltModifier


def drop(tree: CodeTree, at: QPoint) -> None:
    """Drops the chosen codes at a place in the tree, as Qt does at the end of a drag."""
    data = tree.mimeData(tree.selectedItems())
    data.setProperty("source", tree)
    event = Dropped(at, data, tree)
    tree.dragMoveEvent(
        QDragMoveEvent(
            at,
            Qt.DropAction.MoveAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    tree.dropEvent(event)


class Dropped(QDropEvent):
    """A drop that says where it comes from, which Qt knows only of a drag that a mouse made."""

    def __init__(self, at: QPoint, data: QMimeData, source: CodeTree) -> None:
        super().__init__(
            QPointF(at),
            Qt.DropAction.MoveAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        self._source = source

    def source(self) -> CodeTree:
        return self._source


def edge(tree: CodeTree, row: QTreeWidgetItem, part: str) -> QPoint:
    """A place at the upper edge, in the middle, or at the lower edge of a row."""
    box = tree.visualItemRect(row)
    y = {"above": box.top() + 1, "on": box.center().y(), "below": box.bottom() - 1}[part]
    return QPoint(box.left() + 30, y)


@pytest.mark.parametrize(
    ("moved", "target", "part", "after"),
    [
        ("Volunteering", "Connection", "above", ["Volunteering", "Connection", "Places to meet"]),
        ("Volunteering", "Connection", "on", ["Connection", "Places to meet", "Volunteering"]),
        (
            "Volunteering",
            "Places to meet",
            "above",
            ["Connection", "Volunteering", "Places to meet"],
        ),
        ("Volunteering", "Connection", "below", ["Connection", "Volunteering", "Places to meet"]),
        (
            "Places to meet",
            "Volunteering",
            "below",
            ["Connection", "Volunteering", "Places to meet"],
        ),
    ],
)
def test_a_code_is_dropped_before_on_and_behind_others(
    qtbot, themes: Themes, item: Item, choose: Choose, moved: str, target: str, part: str,
    after: list[str],
) -> None:  # fmt: skip
    tree = choose(moved)

    drop(tree, edge(tree, item(target), part))

    qtbot.waitUntil(lambda: shown(themes) == after)
    assert item(moved).isSelected()


def test_several_codes_are_dropped_together(qtbot, project: Project, themes: Themes, item: Item,
                                            choose: Choose) -> None:  # fmt: skip
    project.codebook.add("Trust")
    themes.refresh()
    tree = choose("Volunteering", "Trust")

    drop(tree, edge(tree, item("Places to meet"), "above"))

    assert paths(project) == [
        "Connection",
        "Connection/Volunteering",
        "Connection/Trust",
        "Connection/Places to meet",
    ]
    assert project.undo() == "Move 2 codes to “Connection”"


def test_a_drop_on_nothing_makes_a_theme(project: Project, themes: Themes, choose: Choose) -> None:
    tree = choose("Places to meet")
    drop(tree, QPoint(40, tree.viewport().height() - 3))
    assert paths(project) == ["Connection", "Volunteering", "Places to meet"]


def test_a_drop_below_itself_does_nothing_and_asks_nothing(
    opened: Window, project: Project, item: Item, choose: Choose
) -> None:
    before = paths(project)
    tree = choose("Connection")
    for name in ("Connection", "Places to meet"):
        drop(tree, edge(tree, item(name), "on"))
    assert paths(project) == before
    assert QApplication.activeModalWidget() is None


def test_a_dragged_code_can_be_dropped_on_words(choose: Choose, project: Project) -> None:
    tree = choose("Volunteering")
    data = tree.mimeData(tree.selectedItems())
    assert bytes(data.data(CODE_MIME).data()).decode() == project.codebook.at("Volunteering").id


def test_alt_and_arrows_reorder_and_nest(qtbot, project: Project, choose: Choose) -> None:
    tree = choose("Volunteering")

    QTest.keyClick(tree, Qt.Key.Key_Up, ALT)
    assert paths(project) == ["Volunteering", "Connection", "Connection/Places to meet"]
    QTest.keyClick(tree, Qt.Key.Key_Down, ALT)
    QTest.keyClick(tree, Qt.Key.Key_Right, ALT)
    assert paths(project) == ["Connection", "Connection/Places to meet", "Connection/Volunteering"]
    QTest.keyClick(tree, Qt.Key.Key_Left, ALT)
    assert paths(project) == ["Connection", "Connection/Places to meet", "Volunteering"]
    assert tree.current() == project.codebook.at("Volunteering").id


def test_where_a_code_cannot_go_further_the_status_line_says_so(
    opened: Window, choose: Choose
) -> None:
    tree = choose("Connection")
    QTest.keyClick(tree, Qt.Key.Key_Up, ALT)
    assert opened.status.currentMessage() == "It stands first already."


def test_f2_renames_in_place(qtbot, project: Project, themes: Themes, choose: Choose) -> None:
    tree = choose("Volunteering")

    QTest.keyClick(tree, Qt.Key.Key_F2)
    editor = tree.findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "Volunteering"
    QTest.keyClicks(editor, "Giving time")
    QTest.keyClick(editor, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: "Giving time" in shown(themes))
    assert "Giving time" in paths(project)
    assert project.undo() == "Rename “Volunteering” to “Giving time”"


def test_a_name_that_is_taken_is_told_and_the_old_one_stays(
    qtbot, project: Project, choose: Choose, told: Callable[[], str]
) -> None:
    tree = choose("Volunteering")
    QTest.keyClick(tree, Qt.Key.Key_F2)
    editor = tree.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "connection")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(visible(QMessageBox)))
    assert "There is a code “connection” there already" in told()
    assert "Volunteering" in paths(project)


def test_escape_leaves_the_name(project: Project, choose: Choose) -> None:
    tree = choose("Volunteering")
    QTest.keyClick(tree, Qt.Key.Key_F2)
    editor = tree.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "x")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert "Volunteering" in paths(project)


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_Insert, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier),
    ],
)
def test_a_key_adds_a_code_below(
    qtbot, project: Project, themes: Themes, choose: Choose, dialog: Callable[..., QInputDialog],
    key: Qt.Key, held: Qt.KeyboardModifier,
) -> None:  # fmt: skip
    QTest.keyClick(choose("Volunteering"), key, held)
    asked = dialog(QInputDialog)
    assert "below “Volunteering”" in asked.labelText()
    asked.setTextValue("First/time")
    asked.accept()
    assert "Volunteering/First-time" in paths(project)
    assert themes.current() == project.codebook.at("First-time").id


def test_add_a_code_elsewhere_takes_a_path(
    project: Project, opened: Window, dialog: Callable[..., QInputDialog]
) -> None:
    opened.registry["add-code"].trigger()
    asked = dialog(QInputDialog)
    asked.setTextValue("Trust/Neighbours")
    asked.accept()
    assert paths(project)[-2:] == ["Trust", "Trust/Neighbours"]


def test_delete_asks_what_becomes_of_the_tags(
    project: Project, choose: Choose, dialog: Callable[..., DeleteDialog]
) -> None:
    QTest.keyClick(choose("Volunteering"), Qt.Key.Key_Delete)
    asked = dialog(DeleteDialog)
    assert isinstance(asked, DeleteDialog)
    asked.reject()
    assert "Volunteering" in paths(project)


def test_enter_applies_and_typing_finds(
    qtbot, opened: Window, themes: Themes, choose: Choose
) -> None:
    tree = choose("Connection")
    QTest.keyClicks(tree, "vol")
    assert tree.currentItem().data(0, 256).code.name == "Volunteering"
    with qtbot.waitSignal(themes.applied) as applied:
        QTest.keyClick(tree, Qt.Key.Key_Return)
    assert applied.args == [tree.current()]


def open_menu(tree: CodeTree) -> QMenu:
    """Presses the key for the menu."""
    tree.contextMenuEvent(
        QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    )
    return visible(QMenu)[-1]


def visible(kind: type[QWidget]) -> list[QWidget]:
    """The windows of this kind that are shown now."""
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]


def entry(menu: QMenu, words: str):
    """The entry of a menu, or of one inside it, that begins so."""
    for action in menu.actions():
        if action.text().startswith(words):
            return action
    raise AssertionError([action.text() for action in menu.actions()])


def test_the_menu_recolours_several_codes_at_once(project: Project, choose: Choose) -> None:
    menu = open_menu(choose("Volunteering", "Connection"))
    assert not [a for a in menu.actions() if a.text().startswith(("Rename", "Split", "Key"))]
    palette = entry(menu, "Colour").menu()
    assert [a.text().removesuffix(" (now)") for a in palette.actions()] == list(COLOURS)
    assert all(not a.icon().isNull() for a in palette.actions())
    entry(palette, "teal").trigger()
    menu.close()
    assert {project.codebook.at(n).colour for n in ("Volunteering", "Connection")} == {"teal"}


def test_the_menu_gives_a_key_and_shows_whose_it_is(project: Project, choose: Choose) -> None:
    menu = open_menu(choose("Volunteering"))
    keys = entry(menu, "Key").menu()
    assert entry(keys, "1").text() == "1\tConnection"
    entry(keys, "k").trigger()
    menu.close()
    assert project.codebook.at("Volunteering").key == "k"


@pytest.mark.parametrize(
    ("words", "typed", "after"),
    [
        ("Move to", "connec", ["Connection", "Connection/Places to meet",
                               "Connection/Volunteering"]),
        ("Merge into", "places", ["Connection", "Connection/Places to meet"]),
    ],
)  # fmt: skip
def test_codes_are_moved_and_merged_by_typing(
    qtbot, opened: Window, project: Project, choose: Choose, words: str, typed: str,
    after: list[str],
) -> None:  # fmt: skip
    menu = open_menu(choose("Volunteering"))
    entry(menu, words).trigger()
    menu.close()
    picker = opened.evidence.themes.findChild(Picker)
    assert picker is not None
    QTest.keyClicks(picker.field, typed)
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert paths(project) == after
    assert len(project.quotes.select()) == 2


def test_a_code_is_moved_to_the_top_by_the_menu(
    opened: Window, project: Project, choose: Choose
) -> None:
    menu = open_menu(choose("Places to meet"))
    entry(menu, "Move to").trigger()
    menu.close()
    picker = opened.evidence.themes.findChild(Picker)
    assert picker is not None
    QTest.keyClicks(picker.field, "on top")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert paths(project) == ["Connection", "Volunteering", "Places to meet"]


def test_a_row_says_all_to_a_screen_reader(themes: Themes, item: Item) -> None:
    assert item("Volunteering").text(0) == "Volunteering, key 2, 2 tags in 1 submission"
    assert item("Connection").text(0) == "Connection, key 1, no tags"


def test_what_is_found_keeps_those_above_it_in_view(themes: Themes, item: Item) -> None:
    themes.field.setText("places")
    assert not item("Connection").isHidden()
    assert item("Volunteering").isHidden()
    themes.refresh()
    assert item("Volunteering").isHidden()
    themes.field.clear()
    assert not item("Volunteering").isHidden()


LONG = "What stands in the way of people who would like to help"


@pytest.fixture
def bare(qtbot) -> Iterator[CodeTree]:
    """A tree of its own, as wide as the panel, on white."""
    ground = QWidget()
    ground.setPalette(QPalette(QColor("white")))
    qtbot.addWidget(ground)
    tree = CodeTree(ground)
    ground.resize(280, 300)
    tree.resize(280, 300)
    with qtbot.waitExposed(ground):
        ground.show()
    yield tree
    ground.hide()


def view(name: str, codings: int = 0, key: str = "") -> CodeView:
    code = Code(name, name, definition="Why not.", colour="teal", key=key)
    return CodeView(code, f"Volunteering/{name}", 1, codings, min(codings, 1))


def ink(tree: CodeTree, left: int, right: int) -> int:
    """How many dark pixels the first row has between two distances from its right end."""
    drawn = tree.parentWidget().grab().toImage()
    image = drawn.convertToFormat(QImage.Format.Format_Grayscale8)
    row = tree.visualItemRect(tree.topLevelItem(0))
    wide = tree.viewport().width()
    return sum(
        image.pixelColor(x, y).lightness() < 160
        for x in range(wide - left, wide - right)
        for y in range(row.top(), row.bottom())
    )


def test_a_name_takes_the_room_of_a_key_and_count_that_are_not_there(bare: CodeTree) -> None:
    assert QFontMetrics(bare.font()).horizontalAdvance(LONG) > 280
    bare.show_tree([view(LONG)])
    assert ink(bare, 60, 10) > 20


def test_tags_and_submissions_are_counted_in_the_row(bare: CodeTree) -> None:
    bare.show_tree([view("Short")])
    assert ink(bare, 60, 10) == 0
    bare.show_tree([view("Short", codings=12)])
    assert ink(bare, 60, 10) > 20


def test_a_code_says_its_path_and_definition_where_the_pointer_rests(bare: CodeTree) -> None:
    bare.show_tree([view(LONG)])
    item = bare.topLevelItem(0)
    assert item is not None
    assert item.toolTip(0) == f"Volunteering / {LONG}\nWhy not."


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_colour_stands_out_on_every_ground_of_the_panel(look: theme.Theme) -> None:
    for name in COLOURS:
        for ground in (look.window, look.base, look.raised, look.chosen):
            assert contrast(shade(name, look.dark), ground) >= 3, (name, ground)


@pytest.mark.parametrize("act", [act for act in TREE if act.id not in ("apply", "rename")])
def test_the_keys_that_help_lists_are_those_of_the_tree(
    qtbot, choose: Choose, opened: Window, act: Act
) -> None:
    tree = choose("Connection")
    opened.evidence.themes.tree.wanted.disconnect()
    pressed = act.sequences[0][0]
    with qtbot.waitSignal(tree.wanted) as asked:
        QTest.keyClick(tree, pressed.key(), pressed.keyboardModifiers())
    assert asked.args == [act.id]
