"""Who codes what: how far everyone is with what they were given, and giving them more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QCheckBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coder.domain.citation import TYPE_NAMES
from coder.domain.model import RespondentType, Submission
from coder.domain.text import counted
from coder.project.assigning import Share

_HEADS = ("Coder", "Given", "Coded", "Only read", "Coded twice", "Beyond")
_TIPS = (
    "",
    "Submissions that they were given",
    "Of these, declared coded",
    "Of these, read but not declared coded",
    "Of those drawn to be coded by several, declared coded",
    "Submissions that they have tagged without being given them",
)
_MOST = 999_999
_NOT_SET = "whose type is not set"


class Way(StrEnum):
    """Which submissions are given."""

    CHOSEN = "chosen"
    LISTED = "listed"
    LEFT = "left"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class Giving:
    """What is to be given: which submissions, to whom, to be coded by several or not; of a sample
    its size, and the number by which chance is repeated."""

    way: Way
    coders: tuple[str, ...]
    twice: bool
    size: int
    seed: int


class AssignDialog(QDialog):
    """Shows shares and asks for more. `give_wanted` hands over a `Giving`, `back_wanted` asks for
    what is chosen to be taken back from a coder, or from everyone where none is named;
    `look_wanted` asks which submissions it would be, for `show_wanted` to tell."""

    give_wanted = Signal(object)
    back_wanted = Signal(object)
    look_wanted = Signal(object)

    def __init__(self, people: Sequence[str], chosen: str, listed: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Who codes what")
        self._make_table()
        self.coders = QLineEdit(self)
        self.coders.setPlaceholderText("Names, parted by commas")
        self.coders.setAccessibleName("Coders to give submissions to")
        self._everybody = ", ".join(people)
        self.coders.setText(self._everybody)
        self.coders.setCompleter(QCompleter(list(people), self))
        ways = self._make_ways(chosen, listed)
        self.twice = QCheckBox("To be coded by &each of them, to compare", self)
        self.partial = QLabel(
            "What was left out of this copy when it was shared is not counted.", self
        )
        self.partial.setObjectName("muted")
        self.partial.hide()
        self.told = QLabel(self)
        self.told.setObjectName("muted")
        self.told.setWordWrap(True)
        self.give = QPushButton("&Give", self)
        self.give.setDefault(True)
        self.back = QPushButton("&Take back", self)
        self.back.setAutoDefault(False)
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow("&Coders", self.coders)
        form.addRow("Submissions", ways)
        form.addRow("", self.twice)
        form.addRow("", self.told)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.give)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(_named("How far everyone is", "heading", self))
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.partial)
        layout.addWidget(_named("Give submissions to coders", "heading", self))
        layout.addLayout(form)
        layout.addLayout(row)
        layout.addWidget(buttons)
        self.coders.textChanged.connect(lambda _: self.look())
        self.twice.toggled.connect(lambda _: self.look())
        self.give.clicked.connect(lambda: self.give_wanted.emit(self.wanted()))
        self.back.clicked.connect(lambda: self.back_wanted.emit(self.wanted()))

    def sizeHint(self) -> QSize:
        return QSize(680, 620)

    def wanted(self) -> Giving:
        """What is asked for."""
        names = tuple(
            filter(None, (" ".join(one.split()) for one in self.coders.text().split(",")))
        )
        way = next(way for way, button in self.ways.items() if button.isChecked())
        twice = self.twice.isChecked() or way is Way.SAMPLE
        return Giving(way, names, twice, self.size_field.value(), self.seed.value())

    def show_shares(self, shares: Sequence[Share], whole: bool = True) -> None:
        """Shows how far everyone is, or what to do where nobody was given anything, and whether
        this copy is `whole`. Who has only imported or merged is not proposed once others have
        something to code."""
        self.partial.setVisible(not whole)
        if shares and self.coders.text() == self._everybody:
            self.coders.setText(", ".join(share.coder for share in shares))
        self._stack.setCurrentIndex(bool(shares))
        self.table.setRowCount(len(shares))
        for row, share in enumerate(shares):
            twice = f"{share.coded_twice} of {share.twice}" if share.twice else "–"
            read = share.read - share.coded
            cells: tuple[str | int, ...] = (
                share.coder,
                share.given,
                share.coded,
                read,
                twice,
                share.beyond,
            )
            for column, cell in enumerate(cells):
                item = QTableWidgetItem(cell if isinstance(cell, str) else f"{cell:,}")
                if column:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                self.table.setItem(row, column, item)
        self.look()

    def tell(self, chosen: Sequence[Submission]) -> None:
        """Says which submissions would be given."""
        wanted = self.wanted()
        self.twice.setVisible(wanted.way in (Way.CHOSEN, Way.LISTED))
        self.twice.setEnabled(len(wanted.coders) > 1)
        types = Counter(
            _NOT_SET if one.type is RespondentType.UNKNOWN else TYPE_NAMES[one.type].lower()
            for one in chosen
        )
        parts = ", ".join(f"{number} {name}" for name, number in types.most_common())
        lines = [f"{counted(len(chosen), 'submission')}: {parts}." if chosen else "No submission."]
        if not wanted.coders:
            lines.append("Name the coders.")
        elif wanted.way is Way.LEFT and chosen:
            lines.append("Each coder gets as many, of every type, in a random order.")
        elif wanted.twice and len(wanted.coders) < 2:
            lines.append("What is coded twice needs two coders.")
        elif len(wanted.coders) > 1 and not wanted.twice:
            lines.append("Each of them gets all of these.")
        self.told.setText(" ".join(lines))
        enough = len(wanted.coders) > (1 if wanted.twice else 0)
        self.give.setEnabled(bool(chosen) and enough)
        self.back.setEnabled(bool(chosen) and wanted.way in (Way.CHOSEN, Way.LISTED))

    def look(self) -> None:
        """Asks anew which submissions it would be."""
        self.look_wanted.emit(self.wanted())

    def _make_table(self) -> None:
        self.table = QTableWidget(0, len(_HEADS), self)
        self.table.setObjectName("account")
        for column, (name, tip) in enumerate(zip(_HEADS, _TIPS, strict=True)):
            head = QTableWidgetItem(name)
            if not column:
                head.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            head.setToolTip(tip)
            self.table.setHorizontalHeaderItem(column, head)
        self.table.setAccessibleName("How far everyone is")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(30)
        header = self.table.horizontalHeader()
        for column, width in enumerate((0, 80, 80, 90, 110, 80)):
            self.table.setColumnWidth(column, width)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        nobody = QLabel("Nobody was given anything yet, and nobody has tagged anything.", self)
        nobody.setObjectName("muted")
        nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(nobody)
        self._stack.addWidget(self.table)
        self._stack.setMinimumHeight(130)

    def _make_ways(self, chosen: str, listed: int) -> QVBoxLayout:
        group = QButtonGroup(self)
        self.ways = {
            Way.LEFT: QRadioButton("&Share out what nobody has yet", self),
            Way.SAMPLE: QRadioButton("A &random sample, coded by each of them:", self),
            Way.LISTED: QRadioButton(f"All that the &list shows ({listed:,})", self),
            Way.CHOSEN: QRadioButton(f"The c&hosen one, {chosen}" if chosen else "", self),
        }
        self.ways[Way.CHOSEN].setVisible(bool(chosen))
        self.ways[Way.LEFT].setChecked(True)
        self.size_field, self.seed = QSpinBox(self), QSpinBox(self)
        self.size_field.setRange(1, _MOST)
        self.size_field.setValue(10)
        self.size_field.setSuffix(" submissions")
        self.size_field.setAccessibleName("Size of the sample")
        self.seed.setRange(0, _MOST)
        self.seed.setValue(1)
        self.seed.setPrefix("seed ")
        self.seed.setToolTip("The same number draws the same submissions again")
        self.seed.setAccessibleName("Number that repeats the draw")
        layout = QVBoxLayout()
        layout.setSpacing(4)
        for way, button in self.ways.items():
            group.addButton(button)
            row = QHBoxLayout()
            row.addWidget(button)
            if way is Way.SAMPLE:
                row.addWidget(self.size_field)
                row.addWidget(self.seed)
            row.addStretch(1)
            layout.addLayout(row)
        group.buttonToggled.connect(lambda _, on: self.look() if on else None)
        for field in (self.size_field, self.seed):
            field.setMinimumHeight(self.coders.sizeHint().height())
            field.valueChanged.connect(lambda _: self._sample())
        return layout

    def _sample(self) -> None:
        self.ways[Way.SAMPLE].setChecked(True)
        self.look()


def _named(text: str, name: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setObjectName(name)
    return label
