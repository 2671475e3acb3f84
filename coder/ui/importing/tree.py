"""The submissions to be as Qt asks for them: campaigns and submissions, files, and documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QWidget

from coder.domain.dates import day_of
from coder.domain.model import Permission, RespondentType
from coder.domain.text import counted
from coder.project.plan import Outline, Plan, Proposal, Thing
from coder.ui.importing import words
from coder.ui.importing.words import Badge
from coder.ui.names import PERMISSIONS, TYPES

Index = QModelIndex | QPersistentModelIndex

ROW = Qt.ItemDataRole.UserRole
"""The role that gives the `Row` itself."""


class Column(IntEnum):
    """The columns, from the left."""

    NAME = 0
    MARKS = 1
    RESPONDENT = 2
    ORGANISATION = 3
    TYPE = 4
    RECEIVED = 5
    PERMISSION = 6


HEADINGS = (
    "Submission",
    "To look at",
    "Respondent",
    "Organisation",
    "Type",
    "Received",
    "Permission",
)
FIELDS = {
    Column.RESPONDENT: "respondent",
    Column.ORGANISATION: "organisation",
    Column.TYPE: "type",
    Column.RECEIVED: "received",
    Column.PERMISSION: "permission",
}
"""The columns that can be changed, with the names of the fields behind them."""


_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_CHECKED = _PLAIN | Qt.ItemFlag.ItemIsUserCheckable
_WHOLE = _CHECKED | Qt.ItemFlag.ItemIsDragEnabled
_CHANGED = _WHOLE | Qt.ItemFlag.ItemIsEditable
_PART = _PLAIN | Qt.ItemFlag.ItemIsDragEnabled


@dataclass(slots=True, eq=False)
class Row:
    """A row of the tree. What it stands for is the deepest of what is set: a document (`outline`)
    in a file (`thing`) of a submission (`proposal`), or a campaign (`letters`) of several."""

    id: int
    place: int
    above: Row | None = None
    proposal: Proposal | None = None
    thing: Thing | None = None
    outline: Outline | None = None
    letters: tuple[Proposal, ...] = ()
    below: list[Row] | None = field(default=None, repr=False)

    @property
    def is_submission(self) -> bool:
        """Whether it stands for a whole submission to be."""
        return self.proposal is not None and self.thing is None

    def proposals(self) -> tuple[Proposal, ...]:
        """The submissions that it stands for whole: one, those of a campaign, or none."""
        if self.letters:
            return self.letters
        return (self.proposal,) if self.is_submission and self.proposal else ()

    @property
    def wanted(self) -> Qt.CheckState:
        """Whether what it stands for comes in."""
        states = {proposal.wanted for proposal in self.proposals()}
        if len(states) == 2:
            return Qt.CheckState.PartiallyChecked
        return Qt.CheckState.Checked if True in states else Qt.CheckState.Unchecked


class PlanModel(QAbstractItemModel):
    """The proposals of a plan; those that a person asked to see. `amended` asks for a change of
    proposals: they, the name of the field, and its value."""

    amended = Signal(list, str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._tops: list[Row] = []
        self._of: dict[int, Row] = {}
        self._letters: dict[int, int] = {}
        self._badges: dict[int, list[Badge]] = {}
        self._gives: dict[int, Callable[[Row, Column], str | None]] = {
            Qt.ItemDataRole.DisplayRole: self._shown,
            Qt.ItemDataRole.EditRole: self._kept,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            Qt.ItemDataRole.ToolTipRole: self._tip,
        }

    def show(self, plan: Plan, *, only_attention: bool = False) -> None:
        """Shows the plan as it is now, whole or only what a person should look at."""
        self.beginResetModel()
        self._rows, self._tops, self._of, self._badges = [], [], {}, {}
        self._letters = dict(words.campaign_sizes(plan.proposals))
        shown = [
            proposal
            for proposal in plan.proposals
            if not only_attention or words.needs_attention(proposal)
        ]
        campaigns: dict[int, list[Proposal]] = {}
        for proposal in shown:
            if self._letters.get(proposal.campaign, 0) > 1:
                campaigns.setdefault(proposal.campaign, []).append(proposal)
        for proposal in shown:
            together = campaigns.get(proposal.campaign, ())
            if len(together) < 2:
                self._submission(self._tops, None, proposal)
            elif together[0] is proposal:
                self._campaign(together)
        self.endResetModel()

    def _campaign(self, together: Sequence[Proposal]) -> None:
        group = self._row(self._tops, None)
        group.letters = tuple(together)
        group.below = []
        for proposal in together:
            self._submission(group.below, group, proposal)

    def _submission(self, among: list[Row], above: Row | None, proposal: Proposal) -> None:
        row = self._row(among, above)
        row.proposal = proposal
        self._of[id(proposal)] = row

    def _row(self, among: list[Row], above: Row | None) -> Row:
        row = Row(len(self._rows), len(among), above)
        self._rows.append(row)
        among.append(row)
        return row

    def _below(self, row: Row) -> list[Row]:
        """The rows below a row, made when first asked for."""
        if row.below is None:
            row.below = []
            things = row.proposal.things if row.proposal and row.thing is None else []
            for thing in things if len(things) > 1 else ():
                made = self._row(row.below, row)
                made.proposal, made.thing = row.proposal, thing
            held = row.thing or (things[0] if len(things) == 1 else None)
            if held and row.outline is None and len(held.documents) > 1:
                for outline in held.documents:
                    made = self._row(row.below, row)
                    made.proposal, made.thing, made.outline = row.proposal, held, outline
        return row.below

    def row(self, index: Index) -> Row | None:
        """The row behind an index."""
        return self._rows[index.internalId()] if index.isValid() else None

    def index_of(self, proposal: Proposal) -> QModelIndex:
        """Where a proposal is shown; an invalid index where it is not."""
        row = self._of.get(id(proposal))
        return self.createIndex(row.place, 0, row.id) if row else QModelIndex()

    def tops(self) -> Iterator[QModelIndex]:
        """The rows on top."""
        return (self.createIndex(row.place, 0, row.id) for row in self._tops)

    def letters_of(self, proposal: Proposal) -> int:
        """How many letters of its campaign are in this import."""
        return self._letters.get(proposal.campaign, 0)

    def badges(self, row: Row) -> list[Badge]:
        """The marks of a row."""
        if row.id not in self._badges:
            self._badges[row.id] = self._find_badges(row)
        return self._badges[row.id]

    def _find_badges(self, row: Row) -> list[Badge]:
        if row.letters:
            meaning = "Letters that are nearly the same; the first stands for them."
            return [Badge(counted(len(row.letters), "letter"), words.Tone.PLAIN, meaning)]
        if not row.is_submission or row.proposal is None:
            return []
        found = words.badges(row.proposal, self.letters_of(row.proposal))
        in_group = row.above is not None
        return [b for b in found if not (in_group and b.words.startswith("campaign of"))]

    def rows_in(self, selection: QItemSelection) -> list[Row]:
        """The rows of a selection, from top to bottom."""
        found: dict[int, Row] = {}
        for part in selection.toList():
            above = self.row(part.parent())
            among = self._tops if above is None else self._below(above)
            found |= {row.id: row for row in among[part.top() : part.bottom() + 1]}
        return sorted(found.values(), key=_path)

    def refresh(self) -> None:
        """Tells that particulars may have changed, without the rows having changed places."""
        self._badges = {}
        if self._tops:
            last = self.index(len(self._tops) - 1, Column.PERMISSION)
            self.dataChanged.emit(self.index(0, 0), last)

    # What Qt asks

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        among = self._below(self._rows[parent.internalId()]) if parent.isValid() else self._tops
        if 0 <= row < len(among):
            return self.createIndex(row, column, among[row].id)
        return QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        row = self.row(index)
        if row is None or row.above is None:
            return QModelIndex()
        return self.createIndex(row.above.place, 0, row.above.id)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        row = self.row(parent)
        if row is None:
            return len(self._tops)
        return len(self._below(row)) if parent.column() == 0 else 0

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        if not parent.isValid():
            return bool(self._tops)
        row = self._rows[parent.internalId()]
        if row.letters:
            return True
        if row.outline or row.proposal is None:
            return False
        things = [row.thing] if row.thing else row.proposal.things
        return len(things) > 1 or len(things[0].documents) > 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(HEADINGS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return HEADINGS[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        row = self._rows[index.internalId()]
        if row.letters:
            return _CHECKED
        if row.thing is None:
            return _CHANGED if index.column() in FIELDS else _WHOLE
        return _PLAIN if row.outline else _PART

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is None:
            return None
        column = Column(index.column())
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.CheckStateRole:
            return row.wanted if column is Column.NAME and row.proposals() else None
        give = self._gives.get(role)
        return give(row, column) if give else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row(index)
        if row is None:
            return False
        if role == Qt.ItemDataRole.CheckStateRole:
            wanted = Qt.CheckState(value) is Qt.CheckState.Checked
            self.amended.emit(list(row.proposals()), "wanted", wanted)
            return True
        if role != Qt.ItemDataRole.EditRole or row.proposal is None:
            return False
        column = Column(index.column())
        if column is Column.RECEIVED and str(value) == self._kept(row, column):
            return False
        self.amended.emit([row.proposal], FIELDS[column], _as_kept(column, str(value).strip()))
        return True

    def _shown(self, row: Row, column: Column) -> str:
        if row.letters:
            return self._name_of_campaign(row.letters[0]) if column is Column.NAME else ""
        if not row.is_submission or row.proposal is None:
            return self._name_of_part(row) if column is Column.NAME else ""
        proposal = row.proposal
        return {
            Column.NAME: words.title_of(proposal),
            Column.MARKS: ", ".join(badge.words for badge in self.badges(row)),
            Column.RESPONDENT: proposal.respondent,
            Column.ORGANISATION: proposal.organisation,
            Column.TYPE: TYPES[proposal.type],
            Column.RECEIVED: words.day_shown(proposal.received),
            Column.PERMISSION: PERMISSIONS[proposal.permission],
        }[column]

    @staticmethod
    def _name_of_campaign(first: Proposal) -> str:
        title = next((outline.title for outline in words.outlines(first)), first.title)
        return f"Campaign: “{title}”"

    @staticmethod
    def _name_of_part(row: Row) -> str:
        if row.outline:
            return row.outline.title
        return words.name_of(row.thing) if row.thing else ""

    @staticmethod
    def detail(row: Row) -> tuple[str, str]:
        """What stands behind the name of a file or document: what it holds, and what is amiss."""
        if row.outline:
            kind = words.KINDS[row.outline.kind]
            held = " · ".join(filter(None, (kind, words.size_of(row.outline))))
            return held, " ".join(row.outline.problems)
        if row.thing:
            told = words.problems_of(row.thing) if len(row.thing.documents) < 2 else []
            parts = [f"{part}: {what}" if part else what for part, what in row.thing.problems]
            return words.contents(row.thing), " ".join(told or parts)
        return "", ""

    @staticmethod
    def _kept(row: Row, column: Column) -> str | None:
        """What a field holds, for changing it."""
        if not row.is_submission or column not in FIELDS:
            return None
        value = str(getattr(row.proposal, FIELDS[column]))
        return words.day_shown(value) if column is Column.RECEIVED else value

    def _spoken(self, row: Row, column: Column) -> str:
        """The whole row in a sentence, for its name; any other cell as it is shown."""
        if column is not Column.NAME:
            return self._shown(row, column)
        if not row.proposals():
            held, amiss = self.detail(row)
            return ", ".join(filter(None, (self._shown(row, Column.NAME), held, amiss)))
        told = [self._shown(row, column) for column in Column if column is not Column.MARKS]
        told[0] += ", from " + words.made_of(row.proposal) if row.proposal else ""
        if row.is_submission:
            told[-1] = f"permission: {told[-1]}"
        told += [badge.words for badge in self.badges(row)]
        told += [] if row.wanted is Qt.CheckState.Checked else ["left out"]
        return ", ".join(filter(None, told))

    def _tip(self, row: Row, column: Column) -> str:
        if column is Column.MARKS and row.is_submission:
            return "\n".join(badge.meaning for badge in self.badges(row))
        if row.thing:
            held, amiss = self.detail(row)
            return "\n".join(filter(None, (words.whereabouts(row.thing), held, amiss)))
        return self._shown(row, column)


def _path(row: Row) -> tuple[int, ...]:
    """The places that lead to a row from the top: their order is the order of the tree."""
    return (*_path(row.above), row.place) if row.above else (row.place,)


def _as_kept(column: Column, typed: str) -> object:
    """What was typed or chosen as the plan keeps it; a day as ISO 8601, as far as it is one."""
    if column is Column.TYPE:
        return RespondentType(typed)
    if column is Column.PERMISSION:
        return Permission(typed)
    if column is Column.RECEIVED:
        day = day_of(typed)
        return day.isoformat() if day else typed
    return typed
