"""Light and dark meet WCAG 2.2 AA, and everything that takes the focus has a name."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from unittest import mock

import pytest
from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QCompleter,
    QLineEdit,
    QWidget,
)

from coder import places
from coder.domain.palette import contrast
from coder.ui import theme
from coder.ui.window import Window


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_text_can_be_read_on_every_ground(look: theme.Theme) -> None:
    for ground in (look.window, look.base, look.raised, look.chosen):
        assert contrast(look.text, ground) >= 7
        assert contrast(look.muted, ground) >= 4.5 or ground == look.chosen
    for ground in (look.window, look.base, look.raised):
        assert contrast(look.accent, ground) >= 4.5
        assert contrast(look.danger, ground) >= 4.5
    assert contrast(look.on_accent, look.accent) >= 4.5


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_what_is_no_text_can_be_told_from_its_ground(look: theme.Theme) -> None:
    for ground in (look.window, look.base, look.raised):
        for drawn in (look.edge, look.accent, look.muted):
            assert contrast(drawn, ground) >= 3
    assert contrast(look.accent, look.chosen) >= 3
    assert contrast(look.text, look.chosen) >= 4.5


def test_fields_boxes_and_their_focus_are_drawn_in_colours_that_can_be_told() -> None:
    style = (places.resources() / "style.qss").read_text(encoding="utf-8")
    style = re.sub(r"\$\{(\w+)\}", r"@\1", style)
    rules = re.findall(r"([^{}]+)\{([^}]*)\}", style)
    for selector, words in rules:
        if "QLineEdit" in selector or "::indicator" in selector or "::handle:ver" in selector:
            assert "@line" not in words, selector
        framed = "border" in words and "border: none" not in words
        if "[wrong=" in selector:
            assert "solid @danger" in words, selector
        elif ":focus" in selector and framed:
            assert "@accent" in words or "border-color: @text" in words, selector


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_drawings_are_as_fine_as_the_screen(qapp: QApplication, ratio: float) -> None:
    for icon in (theme.icon("evidence"), theme.swatch("#a03060", 20)):
        drawn = icon.pixmap(QSize(20, 20), ratio)
        assert drawn.width() == round(20 * ratio)
        assert drawn.deviceIndependentSize().width() == 20
    solid = theme.swatch("#a03060", 20).pixmap(QSize(20, 20), ratio).toImage()
    assert solid.pixelColor(solid.rect().center()).name() == "#a03060"


def test_a_change_of_the_system_is_followed_only_where_it_is_wanted(
    opened: Window, qapp: QApplication
) -> None:
    changed = qapp.styleHints().colorSchemeChanged
    opened.registry["appearance-light"].trigger()
    changed.emit(Qt.ColorScheme.Dark)
    assert not theme.current().dark
    opened.registry["appearance-system"].trigger()
    with mock.patch.object(theme, "_wants_dark", return_value=True):
        changed.emit(Qt.ColorScheme.Dark)
    assert theme.current().dark
    opened.registry["appearance-light"].trigger()
    assert not theme.current().dark


def test_a_list_of_completions_has_a_ground_of_its_own(window: Window, qtbot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    completer = QCompleter(["alpha", "beta"], field)
    field.setCompleter(completer)
    field.show()

    completer.complete()

    drawn = completer.popup().grab().toImage()
    ground = drawn.pixelColor(drawn.width() - 5, drawn.height() - 5)
    assert ground.alpha() == 255
    assert contrast(theme.current().text, ground.name()) >= 7
    completer.popup().hide()


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_the_window_takes_on_an_appearance_and_keeps_it(opened: Window, appearance: str) -> None:
    opened.registry[f"appearance-{appearance}"].trigger()
    page = opened.evidence.desk.reader.grab().toImage()
    ground = page.pixelColor(page.width() // 2, page.height() - 4).name()
    assert ground == theme.current().base
    assert theme.current().dark is (appearance == "dark")
    ticked = [name for name in ("system", "light", "dark") if _ticked(opened, name)]
    assert ticked == [appearance]
    again = Window()
    assert theme.current().dark is (appearance == "dark")
    again.close()


def _ticked(window: Window, appearance: str) -> bool:
    return window.registry[f"appearance-{appearance}"].isChecked()


def test_the_chosen_code_stands_on_one_quiet_ground(opened: Window) -> None:
    tree = opened.evidence.themes.tree
    top = tree.topLevelItem(0)
    assert top is not None
    child = top.child(0)
    assert child is not None
    tree.setCurrentItem(child)
    row = tree.visualItemRect(child)
    left = tree.viewport().mapTo(opened, row.topLeft())
    shown = opened.grab().toImage()
    line = left.y() + row.height() // 2
    grounds = {shown.pixelColor(x, line).name() for x in range(left.x() - 12, left.x())}
    assert grounds == {theme.current().window}


def test_everything_that_takes_the_focus_has_a_name(window: Window, own_sample: Path) -> None:
    assert window.open_project(own_sample)
    window.go_to_place(1)
    window.go_to_place(0)
    nameless = []
    for widget in window.findChildren(QWidget):
        if widget.focusPolicy().value == 0 or not widget.isVisibleTo(window):
            continue
        if isinstance(widget.parent(), QAbstractScrollArea):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface and not interface.text(QAccessible.Text.Name):
            nameless.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    assert nameless == []


def test_a_void_call_keeps_its_reference_to_none() -> None:
    """PySide6 6.12.0 loses one at each void call on Python 3.11 and aborts in the end."""
    one = QObject()
    one.setObjectName("warm")
    before = sys.getrefcount(None)
    for _ in range(2_000):
        one.setObjectName("again")
    if sys.version_info >= (3, 12):
        pytest.skip("None is immortal from Python 3.12 on")
    assert abs(sys.getrefcount(None) - before) < 200
