"""The tree of the preview: rows are chosen, changed, and drawn with the mouse to another place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTreeView, QWidget

from coder.domain.text import counted
from coder.project.plan import Proposal, Thing
from coder.ui import theme
from coder.ui.importing.cells import Cells
from coder.ui.importing.tree import FIELDS, ROW, Column, PlanModel, Row

Index = QModelIndex | QPersistentModelIndex

DRAGGED = "application/x-evidence-coder-files"
_WIDTHS = (270, 210, 140, 150, 130, 100)


class PlanTree(QTreeView):
    """Shows a `PlanModel`. `moved` gives files and the proposal onto which they were dropped, None
    for one of their own; `chosen` says that other rows are chosen, `dragging` that files begin
    (True) or cease to be dragged."""

    moved = Signal(list, object)
    dragging = Signal(bool)
    chosen = Signal()

    def __init__(self, model: PlanModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._plan = model
        self._dragged: list[Thing] = []
        self._over: Proposal | None = None
        self._rows: list[Row] | None = None
        self._dragging = False
        self.setModel(model)
        self.setItemDelegate(Cells(model, self))
        self.setAccessibleName("Submissions to be")
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setMouseTracking(True)
        self.setIndentation(22)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, width)
        self.header().setStretchLastSection(True)
        self.header().setSectionsMovable(False)
        model.modelAboutToBeReset.connect(self._forget)
        self.selectionModel().selectionChanged.connect(self._tell)

    # What is chosen

    def chosen_rows(self) -> list[Row]:
        """The chosen rows, from top to bottom."""
        if self._rows is None:
            self._rows = self._plan.rows_in(self.selectionModel().selection())
        return self._rows

    def _forget(self) -> None:
        self._rows = None

    def _tell(self) -> None:
        self._forget()
        self.chosen.emit()

    def chosen_proposals(self) -> list[Proposal]:
        """The submissions that are chosen whole, or of which a file is chosen."""
        found: dict[int, Proposal] = {}
        for row in self.chosen_rows():
            for one in row.proposals() or ((row.proposal,) if row.proposal else ()):
                found[id(one)] = one
        return list(found.values())

    def whole_proposals(self) -> list[Proposal]:
        """The submissions that are chosen whole."""
        found = {id(one): one for row in self.chosen_rows() for one in row.proposals()}
        return list(found.values())

    def chosen_things(self) -> list[Thing]:
        """The files that are chosen, by themselves or with their submission."""
        found: dict[int, Thing] = {}
        for row in self.chosen_rows():
            own = [row.thing] if row.thing else [t for one in row.proposals() for t in one.things]
            found |= {id(thing): thing for thing in own}
        return list(found.values())

    def choose(self, proposals: Sequence[Proposal]) -> None:
        """Chooses these submissions, as far as they are shown, and goes to the first."""
        indexes = [index for index in map(self._plan.index_of, proposals) if index.isValid()]
        together = QItemSelection()
        for index in indexes:
            together.select(index, index)
        model, flags = self.selectionModel(), QItemSelectionModel.SelectionFlag
        model.select(together, flags.ClearAndSelect | flags.Rows)
        if indexes:
            model.setCurrentIndex(indexes[0], flags.NoUpdate)
            self.scrollTo(indexes[0])

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.change_here()
            event.accept()
        elif event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            current = self.currentIndex().siblingAtColumn(0)
            state = self._plan.data(current, Qt.ItemDataRole.CheckStateRole)
            if state is not None:
                wanted = state != Qt.CheckState.Checked
                check = Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked
                self._plan.setData(current, check, Qt.ItemDataRole.CheckStateRole)
        else:
            super().keyPressEvent(event)

    def change_here(self) -> None:
        """Begins to change the current row: the cell that is current, or the respondent."""
        index = self.currentIndex()
        if index.isValid() and index.column() not in FIELDS:
            index = index.siblingAtColumn(Column.RESPONDENT)
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentIndex(index)
            self.edit(index)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Tab goes from one field to the next while a row is being changed."""
        here, steps = self.currentIndex(), QAbstractItemView.CursorAction
        if action in (steps.MoveNext, steps.MovePrevious) and here.column() in FIELDS:
            by = 1 if action is steps.MoveNext else -1
            column = here.column() + by
            return here.siblingAtColumn(column) if column in FIELDS else QModelIndex()
        return super().moveCursor(action, modifiers)

    # Looks

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        box = option.rect.adjusted(2, 1, -3, -1)
        row: Row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self.currentIndex().siblingAtColumn(0) == index and self.hasFocus()
        target = self._dragging and self._over is not None and row.proposals() == (self._over,)
        if target or self.selectionModel().isRowSelected(index.row(), index.parent()):
            painter.setBrush(QColor(look.chosen))
            painter.setPen(QColor(look.accent) if here or target else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, 6, 6)
        elif here:
            painter.setPen(QColor(look.accent))
            painter.drawRoundedRect(box, 6, 6)
        painter.restore()
        super().drawRow(painter, option, index)
        if not row.proposals():
            self._draw_detail(painter, option, row)

    def _draw_detail(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        """Writes what a file holds, and what is amiss, along the columns that it has no use for."""
        look = theme.current()
        held, amiss = self._plan.detail(row)
        left = self.columnViewportPosition(Column.MARKS) + 6
        room = QRect(left, option.rect.top(), self.viewport().width() - left - 8, 0)
        room.setHeight(option.rect.height())
        metrics = self.fontMetrics()
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(self.font())
        for text, colour in ((held, look.muted), (amiss, look.danger)):
            painter.setPen(QColor(colour))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, middle, shown)
            room.setLeft(room.left() + metrics.horizontalAdvance(shown) + 16)

    # Dragging

    def startDrag(self, actions: Qt.DropAction) -> None:
        self._dragged = self.chosen_things()
        if not self._dragged:
            return
        drag = QDrag(self)
        data = QMimeData()
        data.setData(DRAGGED, b"")
        data.setText(counted(len(self._dragged), "file"))
        drag.setMimeData(data)
        self.dragging.emit(True)
        drag.exec(Qt.DropAction.MoveAction)
        self._end_drag()
        self.dragging.emit(False)

    def drop_apart(self) -> None:
        """Takes what is being dragged for a submission of its own."""
        self.moved.emit(self._dragged, None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(DRAGGED):
            self._dragging = True
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        allowed, self._over = self._target(event.position().toPoint())
        self.viewport().update()
        if allowed and event.mimeData().hasFormat(DRAGGED):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._end_drag()

    def dropEvent(self, event: QDropEvent) -> None:
        allowed, target = self._target(event.position().toPoint())
        if allowed and event.mimeData().hasFormat(DRAGGED):
            event.acceptProposedAction()
            self.moved.emit(self._dragged, target)
        self._end_drag()

    def _target(self, place: QPoint) -> tuple[bool, Proposal | None]:
        """Whether something may be dropped here, and into which submission, None for a new one."""
        index = self.indexAt(place)
        if not index.isValid():
            return True, None
        row: Row = index.data(ROW)
        return row.proposal is not None, row.proposal

    def _end_drag(self) -> None:
        self._dragging, self._over = False, None
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()


class DropStrip(QWidget):
    """Takes what is dragged out of the tree, for a submission of its own."""

    dropped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = False
        self.setAcceptDrops(True)
        self.setAccessibleName("Drop here to make a new submission")

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(look.chosen if self._over else look.raised))
            painter.setPen(QPen(QColor(look.accent), 1.5, Qt.PenStyle.DashLine))
            box = self.rect().adjusted(6, 1, -6, -1)
            painter.drawRoundedRect(box, 7, 7)
            painter.setPen(QColor(look.text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.accessibleName())
        finally:
            painter.end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(DRAGGED):
            self._be_over(over=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._be_over(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        if event.mimeData().hasFormat(DRAGGED):
            event.acceptProposedAction()
            self.dropped.emit()
        self._be_over(over=False)

    def _be_over(self, *, over: bool) -> None:
        self._over = over
        self.update()
