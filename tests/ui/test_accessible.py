"""Everything can be reached with the keys, has a name for a screen reader, and is large enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QHeaderView,
    QInputDialog,
    QLabel,
    QLineEdit,
    QSplitterHandle,
    QTabBar,
    QTableView,
    QWidget,
)

from coder.ui import theme
from coder.ui.actions import ACTS
from coder.ui.elided import Elided, ElidedButton
from coder.ui.window import Window

TARGET = 24
"""The least side of what can be hit, in pixels (WCAG 2.2, 2.5.8)."""

DIALOGS = [act.id for act in ACTS if act.title.endswith("…") and not act.id.startswith("print")]
"""An ellipsis promises that something is asked first. What is asked about printing comes from the
system."""


@pytest.fixture
def working(qtbot, window: Window, own_sample: Path) -> Window:
    """The window on the sample inquiry, with a tag chosen so that its card is there too."""
    assert window.open_project(own_sample)
    qtbot.waitUntil(lambda: bool(window.evidence.list.model.rowCount()))
    window.registry["to-text"].trigger()
    window.registry["next-coding"].trigger()
    QApplication.processEvents()
    return window


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions for files, which the system asks, are answered with none."""
    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *args, **more: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args, **more: "")
    for name in ("getText", "getItem", "getMultiLineText"):
        monkeypatch.setattr(QInputDialog, name, lambda *args, **more: ("", False))


def _focusable(root: QWidget) -> Iterator[QWidget]:
    for widget in (root, *root.findChildren(QWidget)):
        if widget.window() is not root.window() or not widget.isVisible():
            continue
        if widget.focusPolicy() is Qt.FocusPolicy.NoFocus or not widget.isEnabled():
            continue
        # The field in a box and the view port of a list are parts of what has the name.
        if isinstance(widget.parent(), QAbstractScrollArea | QAbstractSpinBox | QComboBox):
            continue
        yield widget


def _called(widget: QWidget) -> str:
    inside = f" “{widget.text()}”" if isinstance(widget, QAbstractButton | QLabel) else ""
    return f"{type(widget).__name__}{inside} in {type(widget.parent()).__name__}"


def _nameless(root: QWidget) -> list[str]:
    found = []
    for widget in _focusable(root):
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name):
            found.append(f"{_called(widget)} has no name")
        elif interface.role() is QAccessible.Role.NoRole:
            found.append(f"{_called(widget)} has no role")
    return found


def _out_of_reach(qtbot, root: QWidget) -> list[str]:
    """What Tab does not come to, starting anywhere and going round."""
    wanted = {one for one in _focusable(root) if one.focusPolicy() & Qt.FocusPolicy.TabFocus}
    # Of buttons that exclude each other the keyboard reaches one, and arrows do the rest.
    wanted = {one for one in wanted if not _is_in_group(one) and one.focusProxy() is None}
    if not wanted:
        return []
    start = root.window().focusWidget() or next(iter(wanted))
    start.setFocus()
    seen: list[QWidget] = []
    for _ in range(3 * len(wanted) + 40):
        focused = root.window().focusWidget()
        if focused is None:
            break
        seen.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    return [_called(one) for one in wanted - set(seen)]


def _is_in_group(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractButton) and widget.group() is not None


def _small(root: QWidget) -> list[str]:
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, QSplitterHandle | QHeaderView):
            continue
        side = min(widget.width(), widget.height())
        if isinstance(widget, QTabBar):
            boxes = [widget.tabRect(n) for n in range(widget.count())]
            side = min((min(box.width(), box.height()) for box in boxes), default=TARGET)
        elif isinstance(widget, QTableView):
            side = widget.rowHeight(0) if widget.model() and widget.model().rowCount() else TARGET
        elif isinstance(widget, QAbstractItemView):
            side = widget.sizeHintForRow(0) if widget.model() and widget.model().rowCount() else 99
        elif not isinstance(widget, QAbstractButton | QLineEdit | QComboBox):
            continue
        if isinstance(widget.parent(), QLineEdit | QAbstractSpinBox | QComboBox | QTabBar):
            continue
        if side < TARGET:
            found.append(f"{_called(widget)}: {side} px")
    return found


def _cut(root: QWidget) -> list[str]:
    """Words that have less room than they need."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, Elided | ElidedButton):
            continue
        if not isinstance(widget, QAbstractButton | QLabel) or not widget.text():
            continue
        needed = widget.sizeHint()
        if isinstance(widget, QLabel) and widget.wordWrap():
            if widget.height() < widget.heightForWidth(widget.width()):
                found.append(f"{_called(widget)}: {widget.height()} px high")
        elif widget.width() < needed.width() or widget.height() < needed.height():
            found.append(f"{_called(widget)}: {widget.size()} for {needed}")
    return found


def _settle() -> None:
    """Lets what waits be done, and laid out: a text that a timer changes asks for room by an event
    that the same round does not come to any more."""
    QApplication.processEvents()
    QApplication.sendPostedEvents()


def _places(window: Window) -> Iterator[str]:
    """Each place and each tab beside the text, shown one after another."""
    window.go_to_place(0)
    side = window.evidence.side
    for tab in range(side.count()):
        side.setCurrentIndex(tab)
        _settle()
        yield side.tabText(tab)
    window.registry["find"].trigger()
    _settle()
    yield "with the bar that finds"
    window.go_to_place(1)
    _settle()
    yield "Quotes"
    window.go_to_place(2)
    _settle()
    yield "Audit"


@pytest.mark.parametrize("check", [_nameless, _small], ids=["named", "large enough"])
def test_everything_in_the_window_is(working: Window, check: Callable) -> None:
    told = {place: check(working) for place in _places(working)}
    assert {place: wrong for place, wrong in told.items() if wrong} == {}


@pytest.mark.parametrize("check", [_nameless, _small], ids=["named", "large enough"])
def test_everything_on_the_first_screen_is(window: Window, check: Callable) -> None:
    assert check(window) == []


def test_tab_reaches_everything_in_the_window(qtbot, working: Window) -> None:
    told = {place: _out_of_reach(qtbot, working) for place in _places(working)}
    assert {place: wrong for place, wrong in told.items() if wrong} == {}


def _open(qtbot, working: Window, act: str) -> list[QWidget]:
    """The windows that an act opens."""
    if not working.registry[act].isEnabled():
        pytest.skip("cannot be done with the letter shown")
    before = {one for one in QApplication.topLevelWidgets() if one.isVisible()}
    working.registry[act].trigger()
    qtbot.wait(50)
    return [
        one
        for one in QApplication.topLevelWidgets()
        if one.isVisible() and one not in before and one.window() is not working
    ]


@pytest.mark.parametrize("act", [*DIALOGS, "help"])
def test_a_dialog_can_be_worked_by_everybody(qtbot, working: Window, act: str) -> None:
    opened = _open(qtbot, working, act)
    told = {
        type(one).__name__: [*_nameless(one), *_small(one), *_out_of_reach(qtbot, one)]
        for one in opened
    }
    for one in opened:
        one.close()
    assert {name: wrong for name, wrong in told.items() if wrong} == {}


@pytest.fixture
def large_font(qapp: QApplication) -> Iterator[None]:
    """The system's font at 16 points."""
    usual = qapp.font()
    font = qapp.font()
    font.setPointSizeF(16)
    qapp.setFont(font)
    theme.apply(qapp, "light")
    yield
    qapp.setFont(usual)
    theme.apply(qapp, "light")


def test_nothing_is_cut_where_the_system_has_large_letters(
    large_font: None, working: Window
) -> None:
    working.resize(1920, 1040)
    _settle()
    told = {place: _cut(working) for place in _places(working)}
    assert {place: wrong for place, wrong in told.items() if wrong} == {}


@pytest.fixture
def spoken(working: Window) -> Window:
    """The window on a transcript, as small as it should still be of use."""
    assert working.session is not None
    project = working.session.project
    view = project.evidence.one("SIC0014")
    film = project.document(next(one.id for one in view.documents if one.source_id))
    coding = project.codings.of(film.id)[0]
    working.show_passage(view.submission.id, film.id, coding.start, coding.start)
    working.resize(1024, 700)
    _settle()
    return working


def _strips(qtbot, window: Window) -> Iterator[tuple[str, QWidget]]:
    """What opens below the text, one after another."""
    desk, naming = window.evidence.desk, window.evidence.speakers.naming
    yield "tag", desk.bar
    for act, strip in (("correct", desk.strip), ("name-speakers", naming)):
        window.registry[act].trigger()
        qtbot.wait(50)
        assert strip.isVisible()
        assert not desk.bar.isVisible(), "it gives way"
        yield act, strip
        strip.leave()
    assert desk.bar.isVisible()


def test_strips_leave_lines_of_the_text_in_a_small_window(qtbot, spoken: Window) -> None:
    reader = spoken.evidence.desk.reader
    for name, strip in _strips(qtbot, spoken):
        assert _cut(strip) == [], name
        assert reader.height() >= 8 * reader.line_height(), name


def test_nothing_is_cut_in_a_strip_where_the_system_has_large_letters(
    large_font: None, qtbot, spoken: Window
) -> None:
    assert {name: cut for name, strip in _strips(qtbot, spoken) if (cut := _cut(strip))} == {}


def test_the_window_follows_the_font_of_the_system(qapp: QApplication, window: Window) -> None:
    title = window.welcome.findChild(QLabel, "title")
    assert title is not None
    usual, before = qapp.font(), title.fontMetrics().height()
    larger = qapp.font()
    larger.setPointSizeF(usual.pointSizeF() * 2)
    try:
        qapp.setFont(larger)
        QApplication.processEvents()
        assert title.fontMetrics().height() > before * 1.8
    finally:
        qapp.setFont(usual)
        QApplication.processEvents()
    assert title.fontMetrics().height() == before
