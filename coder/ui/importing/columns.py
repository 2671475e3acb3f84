"""Asks what the columns of a table hold, and shows what a row of it would become."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from coder.domain.draft import Table, Use
from coder.domain.text import counted
from coder.ui import theme
from coder.ui.importing import words

READ = frozenset({Use.QUESTION, Use.TEXT})
"""The uses that make evidence of a column."""

_SAMPLE = 160


def is_uncertain(table: Table) -> bool:
    """Whether a person should say what the columns hold before anything comes in: none was taken
    for evidence, or nothing but questions was recognised."""
    uses = set(table.uses) - {Use.ASIDE}
    return uses.isdisjoint(READ) or uses == {Use.QUESTION}


class ColumnsDialog(QDialog):
    """A line for each column: its heading, what it is used for, and its first cells. `uses` is the
    answer; `tag_questions` says whether answers are to be tagged with their question."""

    def __init__(self, table: Table, name: str, parent: QWidget, *, tag_questions: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Columns of {name}")
        self._table = table
        self._row = 0
        self._choices: list[_UseChoice] = []
        about = QLabel(
            f"Each of its {counted(table.rows, 'row')} becomes a submission. Say what the columns"
            " hold; what is set aside stays in the kept file and is not read as evidence.",
            self,
        )
        about.setWordWrap(True)
        self.grid = self._make_grid()
        self.page = QTextBrowser(self)
        self.page.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.page.setAccessibleName("What the row would become")
        self.tagging = QCheckBox("&Tag each answer with its question", self)
        self.tagging.setChecked(tag_questions)
        self.problem = QLabel(self)
        self.problem.setObjectName("danger")
        self.problem.setWordWrap(True)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self.grid)
        split.addWidget(self._make_sight())
        split.setChildrenCollapsible(False)
        line = self.grid.verticalHeader().defaultSectionSize()
        split.setSizes([min(400, (len(table.headings) + 2) * line), 300])
        buttons = QDialogButtonBox(self)
        self._ok = buttons.addButton("Use these columns", QDialogButtonBox.ButtonRole.AcceptRole)
        self._ok.setDefault(True)
        buttons.addButton("Leave as it is", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.addWidget(about)
        layout.addWidget(split, 1)
        layout.addWidget(self.tagging)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)
        self._show()
        self.resize(980, 720)

    @property
    def uses(self) -> tuple[Use, ...]:
        """What each column is used for, in the order of the headings."""
        return tuple(Use(choice.currentData()) for choice in self._choices)

    @property
    def tag_questions(self) -> bool:
        """Whether answers are to be tagged with the questions they answer."""
        return self.tagging.isChecked()

    def set_use(self, column: int, use: Use) -> None:
        """Chooses what a column is used for."""
        self._choices[column].setCurrentIndex(list(words.USES).index(use))

    def _make_grid(self) -> QTableWidget:
        grid = QTableWidget(len(self._table.headings), 3, self)
        grid.setHorizontalHeaderLabels(["Column", "What it holds", "First cells"])
        grid.setAccessibleName("Columns")
        grid.verticalHeader().hide()
        grid.setShowGrid(False)
        grid.setFrameShape(QTableWidget.Shape.NoFrame)
        grid.setWordWrap(False)
        grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        grid.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        grid.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        grid.verticalHeader().setDefaultSectionSize(grid.fontMetrics().height() + 26)
        grid.setTabKeyNavigation(False)
        grid.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for column, heading in enumerate(self._table.headings):
            name = heading.strip() or f"Column {column + 1}"
            cells = [row[column] for row in self._table.samples if column < len(row)]
            shown = " · ".join(cell[:_SAMPLE] for cell in cells if cell.strip())
            for place, text in ((0, name), (2, " ".join(shown.split()))):
                item = QTableWidgetItem(" ".join(text.split()))
                item.setToolTip(text)
                grid.setItem(column, place, item)
            choice = _UseChoice(f"What “{name}” holds", grid)
            choice.setCurrentIndex(list(words.USES).index(self._table.uses[column]))
            choice.currentIndexChanged.connect(lambda _: self._show())
            self._choices.append(choice)
            grid.setCellWidget(column, 1, choice)
        sizes = grid.horizontalHeader()
        sizes.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        sizes.resizeSection(0, 320)
        sizes.resizeSection(1, 300)
        sizes.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        return grid

    def _make_sight(self) -> QWidget:
        sight = QWidget(self)
        self._which = QLabel(sight)
        self._which.setObjectName("section")
        row = QHBoxLayout()
        row.addWidget(self._which, 1)
        for text, by, name in (("‹", -1, "Row before"), ("›", 1, "Next row")):
            button = QPushButton(text, sight)
            button.setAutoDefault(False)
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.setEnabled(len(self._table.samples) > 1)
            button.clicked.connect(lambda _=False, by=by: self._step(by))
            row.addWidget(button)
        layout = QVBoxLayout(sight)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.page, 1)
        return sight

    def _step(self, by: int) -> None:
        self._row = (self._row + by) % max(1, len(self._table.samples))
        self._show()

    def _show(self) -> None:
        uses = self.uses
        read = sum(use in READ for use in uses)
        self._ok.setEnabled(bool(read))
        self.problem.setText(
            ""
            if read
            else "No column is read as evidence. Choose the questions, and each row becomes a"
            " submission; left as it is, the table comes in as one document."
        )
        self.tagging.setEnabled(Use.QUESTION in uses)
        self._which.setText(f"What sample row {self._row + 1} would become")
        cells = self._table.samples[self._row] if self._table.samples else ()
        self.page.setHtml(_becomes(self._table.headings, uses, cells))


class _UseChoice(QComboBox):
    """A choice of what a column is used for; the wheel scrolls the lines past it."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        for use, shown in words.USES.items():
            self.addItem(shown, str(use))
        self.setMaxVisibleItems(self.count())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _becomes(headings: tuple[str, ...], uses: tuple[Use, ...], cells: tuple[str, ...]) -> str:
    """A row as the submission that it would become: particulars first, then what is evidence."""
    look = theme.current()
    about, evidence, aside = [], [], []
    for heading, use, cell in zip(headings, uses, cells, strict=False):
        shown = escape(cell.strip()).replace("\n", "<br>")
        if use is Use.ASIDE:
            aside.append(escape(heading))
        elif use in READ and shown:
            head = f"<b>{escape(heading)}</b><br>" if use is Use.QUESTION else ""
            evidence.append(f"<p style='margin:4px 0'>{head}{shown}</p>")
        elif shown:
            name = escape(words.USES[use])
            about.append(f"<span style='color:{look.muted}'>{name}:</span> {shown}")
    parts = [f"<p style='margin:2px 0'>{'<br>'.join(about)}</p>"] if about else []
    parts += evidence or [f"<p style='color:{look.danger}'>No evidence in this row.</p>"]
    if aside:
        names = ", ".join(aside)
        parts.append(f"<p style='margin:6px 0 0 0; color:{look.muted}'>Set aside: {names}</p>")
    return "".join(parts)
