"""The pages of the window on words: how often, where, and which of them keep together."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from coder.domain.text import counted as said
from coder.jobs import Job
from coder.project.words import Concordance, Counted, Measure, Order, Words
from coder.ui.words.lines import AFTER, BEFORE, FOUND, HEADINGS, REF, LineDelegate, Lines, cells_of
from coder.ui.words.table import BarDelegate, Column, Rows, chosen_rows, dress

TYPING_MS = 150
"""How long what is typed must rest before it is looked up."""

_SURE = "How sure it is that they keep together more than by chance (Dunning 1993)"
_OFTEN = "How much more often than by chance, in doublings (Church and Hanks 1990)"
_MEASURES = (_SURE, f"{_OFTEN}; favours rare words")
_DOWN, _UP = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder


class Page(QWidget):
    """A row of choices with a table below. `asked` says that something else is to be counted,
    `words_wanted` which words are to be seen where they stand."""

    asked = Signal()
    words_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.field: QLineEdit
        self.view = QTableView(self)
        self.view.installEventFilter(self)
        self.message = QLabel(self)
        self.message.setObjectName("muted")
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.message)
        self.stack.addWidget(self.view)
        self.choices = QHBoxLayout()
        self.choices.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addLayout(self.choices)
        column.addWidget(self.stack, 1)
        self.view.doubleClicked.connect(lambda index: self.take(index.row()))

    @abstractmethod
    def act(self, words: Words) -> Callable[[Counted, Job], Any]:
        """What is to be counted, for another thread."""

    @abstractmethod
    def show_answer(self, answer: Any) -> str:
        """Shows what was counted; gives a line that tells of it."""

    @abstractmethod
    def take(self, row: int) -> None:
        """Does what a row is there for."""

    @abstractmethod
    def table(self, rows: Sequence[int]) -> tuple[Sequence[str], Iterator[Sequence[str]]]:
        """The headings and the cells of these rows, or of all where none are given; read from
        another thread."""

    def say(self, message: str) -> None:
        """Shows a sentence in place of the table, or the table where there is none."""
        self.message.setText(message)
        self.stack.setCurrentIndex(0 if message else 1)

    def chosen(self) -> list[int]:
        """The rows that are selected."""
        return chosen_rows(self.view)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            row = self.view.currentIndex().row()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
                self.take(row)
                return True
        return super().eventFilter(watched, event)

    def _sortable(self, model: Rows, first: int) -> None:
        """Lets headings put the table in order, numbers from the largest."""

        def sort(column: int) -> None:
            usual, other = (_DOWN, _UP) if model.columns[column].number else (_UP, _DOWN)
            order = other if model.order == (column, usual) else usual
            model.sort(column, order)

        self.view.horizontalHeader().sectionClicked.connect(sort)
        sort(first)


class FrequencyPage(Page):
    """How often each word stands."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = _field("Find a word in the list", self)
        self.small = QCheckBox("Common words too", self)
        self.small.setToolTip("Words such as “the”, “and”, “with”")
        self.families = QCheckBox("Forms of a word together", self)
        self.families.setToolTip("volunteer, volunteers and volunteering count as one")
        for widget in (self.field, self.small, self.families):
            self.choices.addWidget(widget, int(widget is self.field))
        columns = (
            Column("Word", lambda one: one.word),
            Column("Count", lambda one: one.count, "{:,}".format, number=True),
            Column("Submissions", lambda one: one.submissions, "{:,}".format, number=True),
            Column("Per 10,000 words", lambda one: one.per_10_000, "{:,.1f}".format, number=True),
            Column("Forms", lambda one: one.forms, ", ".join),
            Column("", lambda one: one.count, lambda _: "", number=True),
        )
        self.model = Rows(columns, self)
        self.view.setModel(self.model)
        dress(self.view, "Words by how often they stand", (240, 100, 130, 160, 0, 0), (4, 5))
        self.view.setItemDelegateForColumn(5, BarDelegate(self.view))
        self._sortable(self.model, 1)
        self.view.clicked.connect(lambda index: self.take(index.row()))
        self.field.textChanged.connect(self.model.narrow)
        for tick in (self.small, self.families):
            tick.toggled.connect(self.asked)

    def act(self, words: Words) -> Callable[[Counted, Job], Any]:
        small, families = self.small.isChecked(), self.families.isChecked()
        return lambda counted, _: words.frequencies(counted, small=small, families=families)

    def show_answer(self, answer: Any) -> str:
        self.model.show(answer)
        self.view.setColumnHidden(4, not self.families.isChecked())
        self.view.setColumnHidden(5, self.families.isChecked())
        self.say("" if answer else "There are no words here.")
        kind = "word family" if self.families.isChecked() else "different word"
        several = "word families" if self.families.isChecked() else "different words"
        return said(len(answer), kind, several)

    def take(self, row: int) -> None:
        self.words_wanted.emit(self.model.rows[row].word)

    def table(self, rows: Sequence[int]) -> tuple[Sequence[str], Iterator[Sequence[str]]]:
        return _cells(self.model, rows)


class PlacesPage(Page):
    """Where a word stands, with what is around it. `jump` gives a line to be shown in the text,
    `tag_wanted` the places to be tagged."""

    jump = Signal(object)
    tag_wanted = Signal(list)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = _field("A word or a phrase; volunt* finds all that begin so", self)
        self.families = QCheckBox("Every form of the words", self)
        self.tag = QPushButton("Tag all…", self)
        self.tag.setAutoDefault(False)
        self.tag.clicked.connect(self._tag)
        for widget in (self.field, self.families, self.tag):
            self.choices.addWidget(widget, int(widget is self.field))
        self.model = Lines(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(LineDelegate(self.view))
        dress(self.view, "Places with the words around them", (96, 300, 150, 300), (BEFORE, AFTER))
        self.view.horizontalHeader().sectionClicked.connect(self._sort)
        self._order = Order.PLACE
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(TYPING_MS)
        self._later.timeout.connect(self.asked)
        self.field.textChanged.connect(lambda _: self._later.start())
        self.field.down.connect(self._go_down)
        self.families.toggled.connect(self.asked)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._name_tag())
        self.show_answer(None)

    def look_up(self, words: str) -> None:
        """Shows where these words stand."""
        self.field.setText(words)
        self._later.stop()
        self.asked.emit()

    def act(self, words: Words) -> Callable[[Counted, Job], Any]:
        query, order, families = self.field.text(), self._order, self.families.isChecked()

        def look(counted: Counted, _: Job) -> Concordance | None:
            if not query.strip():
                return None
            return words.concordance(counted, query, order, families=families)

        return look

    def show_answer(self, answer: Any) -> str:
        found: Concordance | None = answer
        self.model.show(found)
        self.view.scrollToTop()
        self._name_tag()
        if found is None:
            self.say(
                "Type a word or a phrase, or choose one from the frequencies.\n\n"
                "volunt*  finds words that begin so\n"
                "food * bank  has any one word between\n"
                "food …3 bank  has at most two words between"
            )
            return ""
        if not len(found):
            self.say(f"“{self.field.text().strip()}” does not stand in this selection.")
            return ""
        self.say("")
        width = max(
            self.view.fontMetrics().horizontalAdvance(self.model.line(row).words)
            for row in range(min(len(found), 60))
        )
        self.view.horizontalHeader().resizeSection(FOUND, min(320, width + 40))
        places = said(len(found), "place")
        return f"{places} in {said(found.submissions(), 'submission')}"

    def take(self, row: int) -> None:
        self.jump.emit(self.model.line(row))

    def table(self, rows: Sequence[int]) -> tuple[Sequence[str], Iterator[Sequence[str]]]:
        found = self.model.concordance
        whole = range(len(found) if found else 0)
        return HEADINGS, (cells_of(found.line(row)) for row in rows or whole if found)

    def _go_down(self) -> None:
        if self.model.rowCount():
            self.view.setFocus()
            self.view.selectRow(max(0, self.view.currentIndex().row()))

    def _sort(self, column: int) -> None:
        orders = {REF: Order.PLACE, BEFORE: Order.BEFORE, AFTER: Order.AFTER}
        if column in orders:
            self._order = orders[column]
            self.model.by = column
            self.asked.emit()

    def _name_tag(self) -> None:
        found, some = self.model.concordance, len(self.chosen())
        self.tag.setEnabled(bool(found and len(found)))
        self.tag.setText(f"Tag these {some}…" if some > 1 else "Tag all…")

    def _tag(self) -> None:
        found, rows = self.model.concordance, self.chosen()
        if found is not None:
            self.tag_wanted.emit(found.spans(rows if len(rows) > 1 else None))


class PairsPage(Page):
    """Which words keep together."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.window_ = QComboBox(self)
        self.window_.setAccessibleName("How far apart the words may stand")
        for words, size in (
            ("Next to each other", 2),
            ("Within 3 words", 4),
            ("Within 5 words", 6),
        ):
            self.window_.addItem(words, size)
        self.fewest = QComboBox(self)
        for times in (2, 3, 5, 10, 25, 100):
            self.fewest.addItem(f"At least {times} times", times)
        self.fewest.setCurrentIndex(1)
        self.fewest.setAccessibleName("How often a pair must stand")
        self.measure = QComboBox(self)
        self.measure.setAccessibleName("How strongly words keep together is measured by")
        self.measure.addItem("Log-likelihood", Measure.LIKELIHOOD)
        self.measure.addItem("Mutual information", Measure.PMI)
        for place, tip in enumerate(_MEASURES):
            self.measure.setItemData(place, tip, Qt.ItemDataRole.ToolTipRole)
        self.small = QCheckBox("Common words too", self)
        self.field = _field("Find a word", self)
        for widget in (self.window_, self.fewest, self.measure, self.small, self.field):
            self.choices.addWidget(widget, int(widget is self.field))
        columns = (
            Column("First word", lambda one: one.first),
            Column("Second word", lambda one: one.second),
            Column("Count", lambda one: one.count, "{:,}".format, number=True),
            Column("Submissions", lambda one: one.submissions, "{:,}".format, number=True),
            Column("Strength", lambda one: one.score, "{:,.1f}".format, number=True),
        )
        self.model = Rows(columns, self)
        self.view.setModel(self.model)
        dress(self.view, "Words that keep together", (200, 200, 90, 120, 110), (0, 1))
        self._sortable(self.model, 4)
        self.view.clicked.connect(lambda index: self.take(index.row()))
        self.field.textChanged.connect(self.model.narrow)
        for box in (self.window_, self.fewest, self.measure):
            box.currentIndexChanged.connect(self.asked)
        self.small.toggled.connect(self.asked)

    def act(self, words: Words) -> Callable[[Counted, Job], Any]:
        how = {
            "window": self.window_.currentData(),
            "fewest": self.fewest.currentData(),
            "measure": Measure(self.measure.currentData()),
            "small": self.small.isChecked(),
        }
        return lambda counted, job: words.pairs(counted, job, **how)

    def show_answer(self, answer: Any) -> str:
        self.model.show(answer)
        times = self.fewest.currentData()
        self.say(
            ""
            if answer
            else f"No two words stand together {times} times or more, and more than by chance."
            " Choose fewer times, or more evidence."
        )
        return said(len(answer), "pair")

    def take(self, row: int) -> None:
        pair, apart = self.model.rows[row], self.window_.currentData() - 1
        far = f"…{apart} " if apart > 1 else ""
        self.words_wanted.emit(f"{pair.first} {far}{pair.second}")

    def table(self, rows: Sequence[int]) -> tuple[Sequence[str], Iterator[Sequence[str]]]:
        return _cells(self.model, rows)


class _Field(QLineEdit):
    """A field for words. `down` says that somebody wants to go on to the table."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)


def _field(hint: str, parent: QWidget) -> _Field:
    field = _Field(parent)
    field.setPlaceholderText(hint)
    field.setAccessibleName(hint)
    field.setClearButtonEnabled(True)
    field.setMinimumWidth(180)
    return field


def _cells(model: Rows, rows: Sequence[int]) -> tuple[Sequence[str], Iterator[Sequence[str]]]:
    cells = model.cells(rows or range(len(model.rows)))
    return [column.heading for column in model.columns if column.heading], iter(cells)
