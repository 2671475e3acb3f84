"""The middle of the place: how many quotes there are, what is asked for, and the list of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from coder.domain.quotes import Grouping, Order, QuoteFilter
from coder.ui.elided import Elided
from coder.ui.flow import Flow, Snug
from coder.ui.quotes.chip_row import ChipRow
from coder.ui.quotes.list_view import QuoteListView
from coder.ui.quotes.lister import Listed
from coder.ui.quotes.rows import QuoteModel
from coder.ui.quotes.told import summary

_GROUPS = {
    Grouping.NONE: "Not grouped",
    Grouping.THEME: "By theme",
    Grouping.QUESTION: "By question",
    Grouping.SUBMISSION: "By submission",
    Grouping.TYPE: "By type of respondent",
    Grouping.REGION: "By region",
}
_ORDERS = {
    Order.REFERENCE: "In order of reference",
    Order.SHORTEST: "Shortest first",
    Order.LONGEST: "Longest first",
    Order.NEWEST: "Tagged last first",
    Order.MARKED: "Marked for use first",
}


class ListPane(QWidget):
    """`changed` says that the list is wanted in another shape; `asked` gives a filter to ask for
    instead."""

    changed = Signal()
    asked = Signal(object)
    pack_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(320)
        self.count = Elided("", self)
        self.count.setObjectName("count")
        self.model = QuoteModel(self)
        self.list = QuoteListView(self.model, self)
        self.chips = ChipRow(self)
        self.chips.wanted.connect(self.asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 14, 12, 4)
        layout.setSpacing(8)
        layout.addWidget(self.count)
        layout.addWidget(self._make_shapes())
        layout.addWidget(self.chips)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._make_blank(), 1)
        self.show_empty("")

    def _make_blank(self) -> QWidget:
        """What stands in the place of an empty list."""
        self.blank = QWidget(self)
        self.empty = QLabel(self.blank)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setObjectName("muted")
        self.clear = QPushButton("Clear all filters", self.blank)
        self.clear.clicked.connect(lambda: self.asked.emit(QuoteFilter()))
        column = QVBoxLayout(self.blank)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(self.empty)
        column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return self.blank

    def _make_shapes(self) -> QWidget:
        shapes = Snug(self)
        row = Flow(8)
        self.groups = _box(shapes, "How the quotes are grouped", _GROUPS)
        self.orders = _box(shapes, "Order of the quotes", _ORDERS)
        for box in (self.groups, self.orders):
            box.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.join = QCheckBox("Join overlapping", shapes)
        self.join.setToolTip("Overlapping passages under the same code come as one quote")
        self.join.toggled.connect(lambda _: self.changed.emit())
        self.export = QPushButton("Export quote pack…", shapes)
        self.export.setObjectName("primary")
        self.export.clicked.connect(self.pack_wanted)
        for widget in (self.groups, self.orders, self.join, self.export):
            row.add(widget)
        shapes.setLayout(row)
        shapes.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return shapes

    @property
    def grouping(self) -> Grouping:
        """How the quotes are grouped."""
        return Grouping(self.groups.currentData())

    @property
    def order(self) -> Order:
        """In which order they stand."""
        return Order(self.orders.currentData())

    @property
    def joined(self) -> bool:
        """Whether overlapping passages come as one."""
        return self.join.isChecked()

    def shape(self, grouping: Grouping, order: Order, *, joined: bool = False) -> None:
        """Groups, orders and joins the quotes, without telling anybody."""
        for box, value in ((self.groups, grouping), (self.orders, order)):
            box.blockSignals(True)
            box.setCurrentIndex(box.findData(value.value))
            box.blockSignals(False)
        self.join.blockSignals(True)
        self.join.setChecked(joined)
        self.join.blockSignals(False)

    def show_list(
        self, found: Listed, colours: dict[str, str], told: str, named: Callable[[str], str]
    ) -> None:
        """Shows a list, with what else is to be told of it."""
        had, height = self.list.hasFocus(), self.list.height_at_hand()
        self.model.show_list(found, colours)
        there = bool(len(found.quotes))
        self.count.setText(
            " · ".join(filter(None, (summary(found.quotes.totals) if there else "0 quotes", told)))
        )
        self.chips.tell(found.asked.wanted, named)
        self.list.setVisible(there)
        self.export.setEnabled(there)
        if had and not there:
            self.clear.setFocus()
        if there:
            self.show_empty("")
            self.list.choose(found.place)
            self.list.choose_too(found.others)
            if height is not None and found.asked.keep:
                self.list.put_at(height)
            if had:
                self.list.setFocus()

    def show_empty(self, words: str, *, filtered: bool = False) -> None:
        """Says why there is nothing to list; no words where there is."""
        self.empty.setText(words)
        self.blank.setVisible(bool(words))
        self.clear.setVisible(filtered)


def _box(parent: QWidget, name: str, choices: dict[Grouping, str] | dict[Order, str]) -> QComboBox:
    box = QComboBox(parent)
    box.setAccessibleName(name)
    box.setToolTip(name)
    for value, words in choices.items():
        box.addItem(words, value.value)
    return box
