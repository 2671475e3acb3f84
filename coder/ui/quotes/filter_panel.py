"""The panel at the left: what quotes are asked for, in one place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coder.domain.dates import day_of, day_shown
from coder.domain.quotes import QuoteFilter
from coder.domain.text import counted
from coder.ui.names import PERMISSIONS, TYPES
from coder.ui.quotes.code_tree import CodeTree
from coder.ui.quotes.several import Several
from coder.ui.quotes.told import UNKNOWN_REGION, plain
from coder.ui.session import Session

_PICKED = {
    "types": "Type",
    "permissions": "Permission",
    "regions": "Region",
    "coders": "Coder",
    "questions": "Question",
}
_DAYS = (
    ("since", "from", "Tagged from"),
    ("until", "until", "Tagged until"),
    ("received_since", "from", "Received from"),
    ("received_until", "until", "Received until"),
)
_HOW = "As 18 Sep 2020 or 18/09/2020"
_MOST = 99_999
_NEAR = (100, 200, 500, 1_000, 2_000)
_PAUSE_MS = 150


class FilterPanel(QWidget):
    """Holds the filter and shows it. `changed` says that something else is asked for; `to_list`
    that a person is done with the words and wants the list."""

    changed = Signal()
    to_list = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setMinimumWidth(240)
        self._wanted = QuoteFilter()
        self._showing = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self._make_top()
        self._make_pickers()
        self._make_more()
        self._lay_out()

    def _make_top(self) -> None:
        self.words = QLineEdit(self)
        self.words.setPlaceholderText("Words in the quote or memo")
        self.words.setAccessibleName("Words in the quote or memo")
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(lambda text: self._set(_later=True, text=text.strip()))
        self.words.returnPressed.connect(self._done_with_words)
        self.tree = CodeTree(self)
        self.tree.changed.connect(self._set_codes)
        self.every = QComboBox(self)
        self.every.setAccessibleName("How several wanted codes go together")
        self.every.addItem("any of the wanted codes", False)
        self.every.addItem("all of the wanted codes", True)
        self.every.currentIndexChanged.connect(lambda _: self._set(every=self.every.currentData()))
        self.within = QComboBox(self)
        self.within.setAccessibleName("How many characters count as near")
        for characters in _NEAR:
            self._offer_near(characters)
        self.within.currentIndexChanged.connect(
            lambda _: self._set(within=self.within.currentData())
        )

    def _offer_near(self, characters: int) -> None:
        self.within.addItem(f"near: within {counted(characters, 'character')}", characters)

    def _make_pickers(self) -> None:
        self.pickers = {field: Several(name, self) for field, name in _PICKED.items()}
        for field, picker in self.pickers.items():
            picker.changed.connect(lambda chosen, field=field: self._set(**{field: chosen}))
        self.pickers["types"].offer({str(one): words for one, words in TYPES.items()})
        self.pickers["permissions"].offer({str(one): words for one, words in PERMISSIONS.items()})
        self.marked = QCheckBox("Marked for use", self)
        self.marked.setToolTip("Only quotes that somebody marked for use")
        self.unused = QCheckBox("Not used yet", self)
        self.unused.setToolTip("Only quotes of which no word is in a basket")
        for field, box in (("marked", self.marked), ("unused", self.unused)):
            box.toggled.connect(lambda on, field=field: self._set(**{field: on}))

    def _make_more(self) -> None:
        self.days: dict[str, _Day] = {}
        for field, name, what in _DAYS:
            edit = self.days[field] = _Day(name, what, self)
            edit.chosen.connect(lambda day, field=field: self._set(**{field: day}))
            edit.problem.connect(self._tell_problem)
        self.no_day = QLabel(self)
        self.no_day.setObjectName("danger")
        self.no_day.setWordWrap(True)
        self.no_day.hide()
        self.shortest, self.longest = _Length("from", self), _Length("up to", self)
        for field, box in (("shortest", self.shortest), ("longest", self.longest)):
            box.chosen.connect(lambda value, field=field: self._set(_later=True, **{field: value}))
        self.more = QPushButton("Dates and length  ▸", self)
        self.more.setObjectName("flat")
        self.more.setCheckable(True)
        self.more.toggled.connect(self._fold)
        self.clear_all = QPushButton("Clear all filters", self)
        self.clear_all.setObjectName("flat")
        self.clear_all.clicked.connect(self.clear)

    def _make_below(self) -> QWidget:
        """The rows that are folded away."""
        below = QWidget(self)
        rows = QGridLayout(below)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(5)
        days = list(self.days.values())
        for row, (name, first, last) in enumerate(
            (
                ("Tagged", days[0], days[1]),
                ("Received", days[2], days[3]),
                ("Characters", self.shortest, self.longest),
            )
        ):
            label = QLabel(name, below)
            label.setObjectName("muted")
            for column, widget in enumerate((label, first, last)):
                rows.addWidget(widget, row, column)
        rows.addWidget(self.no_day, rows.rowCount(), 0, 1, 3)
        rows.setColumnStretch(1, 1)
        rows.setColumnStretch(2, 1)
        below.hide()
        return below

    def _lay_out(self) -> None:
        heading = QLabel("Themes", self)
        heading.setObjectName("section")
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(5)
        for place, picker in enumerate(self.pickers.values()):
            row, column = divmod(place, 2)
            grid.addWidget(picker, row, column, 1, 2 if place == len(self.pickers) - 1 else 1)
        boxes = QHBoxLayout()
        boxes.addWidget(self.marked)
        boxes.addWidget(self.unused)
        boxes.addStretch(1)
        self._below = self._make_below()
        inner = QWidget(self)
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(10, 2, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(heading)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.every)
        layout.addWidget(self.within)
        layout.addLayout(grid)
        layout.addLayout(boxes)
        layout.addWidget(self.more)
        layout.addWidget(self._below)
        layout.addWidget(self.clear_all)
        self.tree.setMinimumHeight(150)
        scroll = QScrollArea(self)
        scroll.setObjectName("clear")
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.top = QVBoxLayout()
        self.top.setContentsMargins(10, 10, 8, 0)
        self.top.setSpacing(6)
        self.top.addWidget(self.words)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self.top)
        whole.addWidget(scroll, 1)
        self._show()

    @property
    def wanted(self) -> QuoteFilter:
        """What is asked for, whoever looks."""
        return self._wanted

    def fill(self, session: Session) -> None:
        """Offers what is there to filter by now: codes, people, regions, questions."""
        project = session.project
        self.tree.fill(project.codebook.tree(session.sight))
        self.pickers["coders"].offer({name: name for name in project.taggers()})
        regions = {name: name for name in project.quotes.regions()}
        self.pickers["regions"].offer({**regions, "": UNKNOWN_REGION} if regions else {})
        self.pickers["questions"].offer({one: one for one in project.quotes.questions()})
        self._show()

    def ask(self, wanted: QuoteFilter) -> None:
        """Asks for something else as a whole."""
        self._pause.stop()
        self._wanted = plain(replace(wanted, blind_to="", hidden_to=""))
        self._show()
        self.changed.emit()

    def clear(self) -> None:
        """Asks for everything."""
        self.ask(QuoteFilter())

    def find_words(self) -> None:
        """Goes to the field for words."""
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def _set(self, *, _later: bool = False, **asked: Any) -> None:
        if self._showing:
            return
        wanted = plain(replace(self._wanted, **asked))
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self._show_rooms()
        self.clear_all.setEnabled(wanted != QuoteFilter())
        if _later:
            self._pause.start()
        else:
            self._pause.stop()
            self.changed.emit()

    def _set_codes(self) -> None:
        asked: dict[str, Any] = dict(self.tree.asked())
        self._set(**asked)

    def _show(self) -> None:
        """Makes every control say what is asked for."""
        wanted, self._showing = self._wanted, True
        try:
            if self.words.text().strip() != wanted.text:
                self.words.setText(wanted.text)
            self.tree.ask_for(wanted)
            self.every.setCurrentIndex(int(wanted.every))
            if self.within.findData(wanted.within) < 0:
                self._offer_near(wanted.within)
            self.within.setCurrentIndex(self.within.findData(wanted.within))
            for field, picker in self.pickers.items():
                picker.choose(getattr(wanted, field))
            self.marked.setChecked(wanted.marked)
            self.unused.setChecked(wanted.unused)
            for field, edit in self.days.items():
                edit.show_day(getattr(wanted, field))
            self.no_day.hide()
            self.shortest.show_length(wanted.shortest)
            self.longest.show_length(wanted.longest)
            if any(getattr(wanted, one) for one in (*self.days, "shortest", "longest")):
                self.more.setChecked(True)
        finally:
            self._showing = False
        self._show_rooms()
        self.clear_all.setEnabled(wanted != QuoteFilter())

    def _show_rooms(self) -> None:
        """Shows what only matters where it is asked for."""
        self.every.setVisible(len(self._wanted.codes) > 1)
        self.within.setVisible(bool(self._wanted.near))

    def _tell_problem(self, words: str) -> None:
        """Says what is wrong with a day, or no longer."""
        self.no_day.setText(words)
        self.no_day.setVisible(bool(words))

    def _fold(self, opened: bool) -> None:
        self.more.setText("Dates and length  ▾" if opened else "Dates and length  ▸")
        self._below.setVisible(opened)

    def _done_with_words(self) -> None:
        """Shows what the words let through at once, and goes there."""
        if self._pause.isActive():
            self._pause.stop()
            self.changed.emit()
        self.to_list.emit()


class _Day(QLineEdit):
    """A day as people write it. `chosen` gives `YYYY-MM-DD`, or nothing for any; `problem` says
    what is wrong with it, or nothing."""

    chosen = Signal(str)
    problem = Signal(str)

    def __init__(self, name: str, what: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText(name)
        self.setAccessibleName(what)
        self.setToolTip(_HOW)
        self.setMinimumWidth(20)
        self.editingFinished.connect(self._read)

    def show_day(self, day: str) -> None:
        """Shows a day, or none."""
        self.setText(day_shown(day) if day else "")
        self._look("")

    def _read(self) -> None:
        words = self.text().strip()
        day = day_of(words)
        if words and day is None:
            self._look(f"“{words}” is not a day. Write it as 18 Sep 2020.")
            self.selectAll()
            return
        self._look("")
        self.chosen.emit(day.isoformat() if day else "")

    def _look(self, wrong: str) -> None:
        """Turns red, and says why, where what was written is no day."""
        self.setToolTip(wrong or _HOW)
        if bool(wrong) is not bool(self.property("wrong")):
            self.setProperty("wrong", bool(wrong))
            self.style().unpolish(self)
            self.style().polish(self)
        self.problem.emit(wrong)


class _Length(QLineEdit):
    """A number of characters. `chosen` gives it, 0 for any."""

    chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText(name)
        self.setAccessibleName(f"Length {name}, in characters")
        self.setToolTip("In characters")
        self.setValidator(QIntValidator(0, _MOST, self))
        self.setMinimumWidth(20)
        self.textChanged.connect(lambda words: self.chosen.emit(_number(words)))

    def show_length(self, characters: int) -> None:
        """Shows a length, or none."""
        if _number(self.text()) != characters:
            self.setText(str(characters) if characters else "")


def _number(words: str) -> int:
    return int(words) if words.isdecimal() else 0
