"""The account of submissions: a table that adds up, and below it what is behind each number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from coder.domain.account import NAMES, AccountTable, Row, Standing, standing_of
from coder.domain.citation import TYPE_NAMES
from coder.domain.model import RespondentType
from coder.domain.text import counted
from coder.project.account import FileEntry
from coder.project.evidence import SubmissionView

Index = QModelIndex | QPersistentModelIndex

_TYPES = {
    **TYPE_NAMES,
    RespondentType.CHARITY: "Charity",
    RespondentType.FAITH: "Faith",
    RespondentType.UNKNOWN: "Not known",
}
_WIDEST = 1180
"""Pixels that the table takes with every type of respondent."""
_COUNTS = ("Submissions", "Other files", "In all")
_HEADS = ("Given as", "Now in", "What became of it")


@dataclass(frozen=True, slots=True)
class Line:
    """A file, or a submission: what it was given as (`where` exactly), the reference its evidence
    has now, and what became of it."""

    name: str
    ref: str
    became: str
    where: str


class _Lines(QAbstractTableModel):
    """The lines that are behind a number, or have the words looked for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show(self, lines: list[Line]) -> None:
        """Takes other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (line.name, line.ref, line.became)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return (line.where, line.ref, line.became)[index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        across = orientation is Qt.Orientation.Horizontal
        return _HEADS[section] if across and role == Qt.ItemDataRole.DisplayRole else None


class AccountDialog(QDialog):
    """Shows the account once `show_account` brings it. `submission_wanted` gives the reference of
    one to go to; `export_wanted` asks to write the table into a file."""

    submission_wanted = Signal(str)
    export_wanted = Signal()

    def __init__(self, views: Sequence[SubmissionView], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Account of submissions")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._views = views
        self._account = AccountTable(())
        self._files: list[FileEntry] = []
        self._rows: list[Row] = []
        self._kinds: list[RespondentType] = []
        self._behind: list[Line] = []
        self.headline = QLabel("Adding up…", self)
        self.headline.setObjectName("heading")
        self._about = QLabel(self)
        self._about.setObjectName("muted")
        self._about.setWordWrap(True)
        self._make_table()
        self._make_files()
        split = self._split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self.table)
        split.addWidget(self._low)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(1, 1)
        split.hide()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.export = self._buttons.addButton("Export…", role)
        self.copy = self._buttons.addButton("Copy as text", role)
        self.export.clicked.connect(self.export_wanted)
        self.copy.clicked.connect(self._copy)
        self._buttons.rejected.connect(self.reject)
        for button in self._buttons.buttons():
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.headline)
        layout.addWidget(self._about)
        layout.addWidget(split, 1)
        layout.addStretch()
        layout.addWidget(self._buttons)
        self._allow(some=False)
        self.resize(QSize(_WIDEST, 720).boundedTo(parent.size() - QSize(60, 60)))

    def _make_table(self) -> None:
        self.table = QTableWidget(self)
        self.table.setObjectName("account")
        self.table.setAccessibleName("The account: choose a number to see what is behind it")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setMinimumSectionSize(24)
        self.table.setTabKeyNavigation(False)
        self.table.currentCellChanged.connect(lambda row, column, *_: self._look(row, column))
        self.table.cellClicked.connect(self._look)

    def _make_files(self) -> None:
        self._low = QWidget(self)
        self._told = QLabel(self._low)
        self._told.setObjectName("section")
        self.field = QLineEdit(self._low)
        self.field.setPlaceholderText("What happened to the file …")
        self.field.setAccessibleName("What happened to the file: its name, folder or reference")
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._seek)
        self.lines = _Lines(self)
        self.list = QTreeView(self._low)
        self.list.setObjectName("account")
        self.list.setModel(self.lines)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName("What became of each file; Enter goes to its submission")
        self.list.setAllColumnsShowFocus(True)
        self.list.activated.connect(self._go)
        header = self.list.header()
        header.resizeSection(0, 320)
        header.resizeSection(1, 100)
        column = QVBoxLayout(self._low)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self._told)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)

    def show_account(self, account: AccountTable, files: list[FileEntry]) -> None:
        """Shows the table, and every file that was given."""
        self._account, self._files = account, files
        self._rows = [row for row in account.rows if row.total]
        self._kinds = [kind for kind in RespondentType if account.types.get(kind)]
        if not account.received:
            self.headline.setText("Nothing was received yet.")
            self._about.setText("Import files first: each is accounted for here, whatever it is.")
            return
        others = f" and {counted(account.files, 'other file')}" if account.files else ""
        whole = counted(account.submissions, "submission")
        self.headline.setText(f"{account.received:,} received: {whole}{others}")
        self._about.setText(
            "Each counts once, so that it adds up. Choose a number to see what is behind it."
        )
        self._split.show()
        self._fill()
        self._allow(some=True)
        self._split.setSizes([self._table_height(), 300])
        self._look(-1, -1)
        self.table.setFocus()

    def as_text(self) -> str:
        """The table as lines with tabs, as spreadsheets take it from the clipboard."""
        return "\n".join("\t".join(cells) for cells in self._cells())

    # How it fills and what it looks up

    def _cells(self) -> Iterator[list[str]]:
        yield ["What it counts as", *_COUNTS, *(_TYPES[kind] for kind in self._kinds)]
        for row in self._rows:
            numbers = [row.submissions, row.files, row.total]
            numbers += [row.types.get(kind, 0) for kind in self._kinds]
            yield [NAMES[row.standing], *(f"{number:,}" for number in numbers)]
        whole = self._account
        numbers = [whole.submissions, whole.files, whole.received]
        numbers += [whole.types.get(kind, 0) for kind in self._kinds]
        yield ["Received", *(f"{number:,}" for number in numbers)]

    def _fill(self) -> None:
        head, *body = self._cells()
        self.table.setColumnCount(len(head))
        self.table.setHorizontalHeaderLabels(head)
        self.table.setRowCount(len(body))
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        for place, cells in enumerate(body):
            for column, words in enumerate(cells):
                item = QTableWidgetItem("–" if words == "0" else words)
                if column:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                if place == len(body) - 1 or column == len(_COUNTS):
                    item.setFont(bold)
                item.setToolTip(f"{cells[0]}, {head[column].lower()}: {words}" if column else "")
                self.table.setItem(place, column, item)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        self.table.resizeColumnsToContents()
        if header.length() < self.table.viewport().width():
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        header.setDefaultAlignment(right)
        first = self.table.horizontalHeaderItem(0)
        if first is not None:
            first.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _table_height(self) -> int:
        rows = sum(self.table.rowHeight(row) for row in range(self.table.rowCount()))
        return rows + self.table.horizontalHeader().sizeHint().height() + 6

    def _look(self, row: int, column: int) -> None:
        """Shows what is behind the number in a cell, or every file that was given."""
        if not 0 <= row < self.table.rowCount():
            self._behind = [_of_file(one) for one in self._files]
            self._show(f"Every file that was given: {len(self._behind):,}")
            return
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        standing = self._rows[row].standing if row < len(self._rows) else None
        kind = self._kinds[column - 4] if column > len(_COUNTS) else None
        self._behind = []
        if column != _COUNTS.index("Other files") + 1:
            self._behind += self._submissions(standing, kind)
        if kind is None and column != _COUNTS.index("Submissions") + 1:
            self._behind += [
                _of_file(one)
                for one in self._files
                if one.counts_as and standing in (None, one.counts_as)
            ]
        what = NAMES[standing] if standing else "Received"
        of = f", {_TYPES[kind].lower()}" if kind else ""
        self._show(f"{what}{of}: {len(self._behind):,}")

    def _submissions(
        self, standing: Standing | None, kind: RespondentType | None
    ) -> Iterator[Line]:
        came: dict[str, list[str]] = {}
        for one in self._files:
            if one.ref and not one.counts_as and one.outcome != "opened":
                came.setdefault(one.ref, []).append(_name(one))
        for view in self._views:
            own = view.submission
            stands = standing_of(own)
            if standing in (None, stands) and kind in (None, own.type):
                files = came.get(own.ref, [])
                made = f", from {files[0]}" if files else ""
                made += f" and {len(files) - 1:,} more" if files[1:] else ""
                of = f" ({view.of})" if view.of else ""
                became = f"{NAMES[stands]}{of}{made}"
                yield Line(view.title or own.ref, own.ref, became, "\n".join(files))

    def _seek(self, words: str) -> None:
        """Shows the files that have these words in their path, reference or fate, or in what their
        submission says of itself: names, and titles of documents."""
        self.table.blockSignals(True)
        self.table.setCurrentCell(-1, -1)
        self.table.blockSignals(False)
        wanted = words.casefold().split()
        every = [_of_file(one) for one in self._files]
        self._behind = [
            line
            for line, entry in zip(every, self._files, strict=True)
            if _has(f"{line.where} {line.ref} {line.became} {entry.evidence}", wanted)
        ]
        if not wanted:
            self._look(-1, -1)
        elif self._behind:
            self._show(f"{counted(len(self._behind), 'file')} of {len(every):,}")
        else:
            self._show(f"No file that was given has “{words.strip()}” in any of its names.")

    def _show(self, told: str) -> None:
        self._told.setText(told)
        self.lines.show(self._behind)

    def _go(self, index: Index) -> None:
        ref = self.lines.lines[index.row()].ref
        if ref:
            self.accept()
            self.submission_wanted.emit(ref)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.as_text())
        self._about.setText("The table is on the clipboard.")

    def _allow(self, *, some: bool) -> None:
        self.export.setEnabled(some)
        self.copy.setEnabled(some)


def _has(text: str, words: Sequence[str]) -> bool:
    text = text.casefold()
    return all(word in text for word in words)


def _of_file(entry: FileEntry) -> Line:
    where = "/".join(filter(None, (entry.path, entry.inside)))
    return Line(_name(entry), entry.ref, entry.became, where)


def _name(entry: FileEntry) -> str:
    """The file's own name, and the place in it where it holds several."""
    name = entry.path.replace("\\", "/").rstrip("/").rpartition("/")[2] or entry.path
    return f"{name} › {entry.inside}" if entry.inside else name
