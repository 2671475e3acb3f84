"""The list itself: a hundred thousand cards of which only those in view are painted, with the
heading of where one is always at the top."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from coder.domain.quotes import Quote
from coder.ui import theme
from coder.ui.actions import QUOTES
from coder.ui.quotes.cards import (
    QUOTE,
    QuoteDelegate,
    card_height,
    heading_height,
    paint_heading,
)
from coder.ui.quotes.rows import Index, QuoteModel, heading

_KEYS = [(act.id, keys) for act in QUOTES for keys in act.sequences]


class QuoteListView(QTableView):
    """`wanted` gives what a key asks for: `show`, `play`, `mark`, `basket`, `next-group`,
    `previous-group`; `chosen` that another quote is at hand."""

    wanted = Signal(str)
    chosen = Signal()

    def __init__(self, model: QuoteModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lines")
        self.setAccessibleName("Quotes")
        self.setModel(model)
        self._model = model
        self.setItemDelegate(QuoteDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(10)
        self._above = _Above(self)
        model.modelReset.connect(self._measure)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._above.follow())
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit())
        self.activated.connect(lambda _: self.wanted.emit("show"))
        self._measure()

    def at_hand(self) -> list[Quote]:
        """The quotes that are chosen, in the order of the list."""
        return self._model.read(self._rows())

    def count_at_hand(self) -> int:
        """How many quotes are chosen."""
        return len(self._rows())

    def _rows(self) -> list[int]:
        """The chosen rows, in order, without the headings between them."""
        selection = self.selectionModel().selection()
        ranges = [selection.at(place) for place in range(selection.count())]
        spans = [(one.top(), one.bottom()) for one in ranges]
        rows = {row for first, last in spans for row in range(first, last + 1)}
        return sorted(row for row in rows if self._model.place_of(row) >= 0)

    def current(self) -> Quote | None:
        """The quote that the keys are on."""
        quote: Quote | None = self.currentIndex().data(QUOTE)
        return quote

    def choose(self, place: int) -> None:
        """Chooses the quote in this place of the list alone, and shows it."""
        index = self._model.index(self._model.row_of(place))
        self.selectionModel().setCurrentIndex(
            index,
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )
        self.scrollTo(index)

    def choose_too(self, places: Iterable[int]) -> None:
        """Chooses more quotes, without going to them."""
        model, flag = self._model, QItemSelectionModel.SelectionFlag
        for place in places:
            index = model.index(model.row_of(place))
            self.selectionModel().select(index, flag.Select | flag.Rows)

    def height_at_hand(self) -> int | None:
        """How far below the top of the view the quote at hand is; None where it is not in view."""
        there = self.visualRect(self.currentIndex())
        return there.top() if there.intersects(self.viewport().rect()) else None

    def put_at(self, height: int) -> None:
        """Scrolls the quote at hand to so far below the top of the view."""
        bar = self.verticalScrollBar()
        free = self._above.height() if self._model.headings else 0
        top = self.visualRect(self.currentIndex()).top()
        bar.setValue(bar.value() + top - max(height, free))

    def to_group(self, step: int) -> None:
        """Goes to the first quote of the next group, or with -1 of this one or the one before."""
        headings, row = self._model.headings, self.currentIndex().row()
        if step > 0:
            row = next((one for one in headings if one > row), -1)
        else:
            row = next((one for one in reversed(headings) if one < row - 1), -1)
        if row >= 0:
            self.choose(self._model.place_of(row + 1))
            self.scrollTo(self._model.index(row), QAbstractItemView.ScrollHint.PositionAtTop)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Brings a row into view, below the heading that stays at the top."""
        super().scrollTo(index, hint)
        if hint is QAbstractItemView.ScrollHint.EnsureVisible and self._model.headings:
            hidden = self._above.height() - self.visualRect(index).top()
            if hidden > 0:
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() - hidden)

    def restyle(self) -> None:
        """Takes on the theme and the letters in use."""
        self._measure()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = QKeySequence(event.keyCombination())
        for name, keys in _KEYS:
            if keys == pressed:
                self.wanted.emit(name)
                return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_above"):
            self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._above.follow()

    def _measure(self) -> None:
        """Gives cards and headings their heights. While its updates are off, the header does not
        add up all heights again for each heading."""
        rows = self.verticalHeader()
        rows.setUpdatesEnabled(False)
        rows.blockSignals(True)
        rows.setDefaultSectionSize(card_height(self.font()))
        size = heading_height(self.font())
        for row in self._model.headings:
            rows.resizeSection(row, size)
        rows.blockSignals(False)
        rows.setUpdatesEnabled(True)
        self.updateGeometries()
        self._above.follow()


class _Above(QWidget):
    """The heading of the topmost quote, over the list."""

    def __init__(self, view: QuoteListView) -> None:
        super().__init__(view)
        self._view = view
        self._words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def follow(self) -> None:
        """Says what the topmost row stands under."""
        view = self._view
        row = view.rowAt(0)
        model = view.model()
        group = model.group_at(row) if isinstance(model, QuoteModel) and row >= 0 else None
        self._words = heading(group) if group else ""
        self.setVisible(bool(group))
        port = view.viewport().geometry()
        self.setGeometry(port.left(), port.top(), port.width(), heading_height(view.font()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            look = theme.current()
            painter.fillRect(self.rect(), QColor(look.base))
            paint_heading(painter, self.rect(), self._view.font(), self._words)
            painter.setPen(QColor(look.line))
            painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        finally:
            painter.end()
