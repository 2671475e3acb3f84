"""The list of submissions: reference, name, how much is tagged, and what is special about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coder.domain.sight import Others
from coder.domain.text import counted
from coder.project.evidence import State, SubmissionView
from coder.ui.evidence.listing import ORDERS, ROW, VIEW, Entry, Index, SubmissionModel
from coder.ui.evidence.row_look import RowLook


class _Lines(QListView):
    """The lines; Right and Left ask to open and to fold what is under the current one."""

    fold_wanted = Signal(bool)

    def dataChanged(self, top: Index, bottom: Index, roles: Sequence[int] = ()) -> None:
        """Paints what changed. All lines are of one height, so nothing has to be laid out anew,
        which takes Qt 20 ms for 10,000."""
        del top, bottom, roles
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left) and not event.modifiers():
            self.fold_wanted.emit(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)


class SubmissionList(QWidget):
    """The list with a field to narrow it and a choice of order. `chosen` gives a submission id,
    `menu_wanted` a place on the screen for the menu of the one chosen."""

    chosen = Signal(str)
    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._chosen = ""
        self.model = SubmissionModel(self)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Filter by name, type, unread…")
        self.field.setAccessibleName("Filter the list of evidence")
        self.field.setToolTip(
            "Words that all have to be there, such as a name, a type, unread, read, coded, uncoded,"
            " mine, signed, lapsed, late, campaign, duplicate, asks, needs OCR or withdrawn"
        )
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._narrow)
        self._order = QComboBox(self)
        self._order.addItems(list(ORDERS))
        self._order.setAccessibleName("Order of the list")
        self._order.currentTextChanged.connect(self._sort)
        self.grouping = QPushButton("Group letters", self)
        self.grouping.setObjectName("flat")
        self.grouping.setCheckable(True)
        self.grouping.setToolTip(
            "Fold campaign letters and duplicates under the one that they repeat"
        )
        self.grouping.toggled.connect(self._group)
        self._make_lines()
        self._count = QLabel(self)
        self._count.setObjectName("muted")
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._order, 1)
        row.addWidget(self.grouping)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 10, 2, 6)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        layout.addLayout(row)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._count)
        self.grouping.hide()

    def _make_lines(self) -> None:
        self.list = _Lines(self)
        self.list.setModel(self.model)
        look = RowLook(self.list)
        look.unfold_wanted.connect(self._turn_over)
        self.list.setItemDelegate(look)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName("Evidence")
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._want_menu)
        self.list.selectionModel().currentChanged.connect(self._changed)
        self.list.fold_wanted.connect(self._fold)

    def change(self, views: Iterable[SubmissionView], gone: Iterable[str]) -> None:
        """Shows these submissions as they are now and keeps what is chosen; those of the ids `gone`
        are no longer there."""
        self._keeping(lambda: self.model.change(views, gone))

    def wait(self) -> None:
        """Says that the list is being read."""
        self.model.take([])
        self._chosen = ""
        self.grouping.hide()
        self._count.setText("Reading the list…")

    def show_entries(self, entries: list[Entry]) -> None:
        """Shows the submissions, prepared in another thread, and keeps what is chosen."""
        self._keeping(lambda: self.model.take(entries))

    def show_others(self, others: Others) -> None:
        """Counts everyone's tags, or only those that are to be seen."""
        self.model.others = others
        self.model.repaint()
        self._tell_count()

    def current(self) -> str:
        """The id of the chosen submission, also where a filter hides it, or nothing."""
        return self._chosen

    def view(self, submission_id: str) -> SubmissionView | None:
        """What the list knows of a submission."""
        return self.model.view(submission_id)

    def choose(self, submission_id: str) -> None:
        """Makes this submission the chosen one, and shows it where it was folded or filtered
        away."""
        if self.view(submission_id) is None:
            return
        if self.model.row_of(submission_id) < 0 and self.field.text():
            self.field.clear()
        head = self.model.head_of(submission_id)
        if self.model.row_of(submission_id) < 0 and head:
            self._keeping(lambda: self.model.set_open(head, opened=True))
        self.list.setCurrentIndex(self.model.index(self.model.row_of(submission_id)))

    def step(self, by: int) -> None:
        """Goes to the next submission of the list as shown, or back with -1."""
        row = min(max(self.list.currentIndex().row() + by, 0), self.model.rowCount() - 1)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))

    def narrowing(self) -> tuple[str, str]:
        """What narrows and orders the list, for `set_narrowing`: words, and the order's name."""
        return self.field.text(), self._order.currentText()

    def set_narrowing(self, words: str, order: str) -> None:
        """Narrows and orders the list; an order there is none of leaves it as it is."""
        self.field.setText(words)
        self._order.setCurrentIndex(max(0, self._order.findText(order)))

    def set_grouped(self, *, grouped: bool) -> None:
        """Folds campaign letters and duplicates under the one that they repeat, or lists each."""
        self.grouping.setChecked(grouped)

    # Below: what keys, mouse and fields do

    def _keeping(self, act: Callable[[], None]) -> None:
        """Does what changes the lines, and keeps the one chosen and the place."""
        top = self.list.verticalScrollBar().value()
        act()
        if self.view(self._chosen) is None:
            self._chosen = ""
        row = self.model.row_of(self._chosen)
        if row != self.list.currentIndex().row():
            self._point_at(row, top)
        self.grouping.setVisible(self.model.groups)
        self._tell_count()

    def _point_at(self, row: int, top: int) -> None:
        """Makes a line the current one, or none (-1); the list stays where it was as far as the
        line is to be seen there."""
        self.list.doItemsLayout()
        self.list.verticalScrollBar().setValue(top)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))
        else:
            self.list.selectionModel().clear()

    def _narrow(self, words: str) -> None:
        self.model.words = words
        self._keeping(self.model.arrange)

    def _sort(self, order: str) -> None:
        self.model.order = order
        self._keeping(self.model.arrange)

    def _group(self, grouped: bool) -> None:
        self.model.grouped = grouped
        self._keeping(self.model.arrange)
        self._reveal_head()

    def _reveal_head(self) -> None:
        """Goes to the one that stands for a letter which is now folded away."""
        if self.model.row_of(self._chosen) < 0 and not self.field.text():
            row = self.model.row_of(self.model.head_of(self._chosen))
            if row >= 0:
                self.list.scrollTo(self.model.index(row))

    def _turn_over(self, head_id: str) -> None:
        row = self.model.index(self.model.row_of(head_id)).data(ROW)
        self._keeping(lambda: self.model.set_open(head_id, opened=not row.opened))

    def _fold(self, opened: bool) -> None:
        """Opens what is under the current line; folds it, or goes to the line it stands under."""
        row = self.list.currentIndex().data(ROW)
        if row is None:
            return
        if row.below and not opened:
            self.choose(self.model.head_of(row.view.submission.id))
        elif row.letters and row.opened is not opened:
            self._turn_over(row.view.submission.id)

    def _want_menu(self, place: QPoint) -> None:
        index = self.list.indexAt(place)
        if not index.isValid():
            index = self.list.currentIndex()
            place = self.list.visualRect(index).center()
        if index.isValid():
            self.list.setCurrentIndex(index)
            self.menu_wanted.emit(self.list.viewport().mapToGlobal(place))

    def _tell_count(self) -> None:
        """Says how far one is with what is listed, and of how many, where a filter hides some."""
        listed, known = self.model.matching, len(self.model.views)
        states = Counter([one.state for one in listed])
        coded, wanted = states[State.CODED], len(listed) - states[State.ASIDE]
        read = states[State.READ] + coded
        tags = counted(self.model.all_tags(), "tag")
        of_all = f" of {wanted:,}"
        some = ""
        if len(listed) < known:
            some, of_all = f"{len(listed):,} of {counted(known, 'submission')} · ", ""
        self._count.setText(f"{some}{read:,}{of_all} read · {coded:,} coded · {tags}")
        self._count.setToolTip(
            f"{counted(known, 'submission')}, {counted(wanted, 'of them', 'of them')} to be read:"
            " what is blank, withdrawn, joined or a duplicate is not"
        )

    def _changed(self, current: Index, previous: Index) -> None:
        view = current.data(VIEW) if current.isValid() else None
        if view is not None and view.submission.id != self._chosen:
            self._chosen = view.submission.id
            self.chosen.emit(self._chosen)
