"""What is in a basket, row by row, for the list that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from coder.domain.baskets import ItemKind
from coder.project.baskets import Entry
from coder.ui.quotes.cards import by_line
from coder.ui.quotes.carried import QUOTES_MIME

Index = QModelIndex | QPersistentModelIndex

ENTRY = Qt.ItemDataRole.UserRole
ITEMS_MIME = "application/x-evidence-basket-items"
"""The type of items that are dragged within their basket; it carries nothing."""


class BasketModel(QAbstractListModel):
    """The entries of one basket in their order."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []
        self.writable = True

    def show(self, entries: Sequence[Entry]) -> None:
        """Takes these entries; where the same items stand in the same order, each row stays."""
        same = [one.item.id for one in entries] == [one.item.id for one in self.entries]
        if not same:
            self.beginResetModel()
        self.entries = list(entries)
        if not same:
            self.endResetModel()
        elif entries:
            self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))

    def row_of(self, item_id: str) -> int:
        """The row of an item, -1 where it is not here."""
        return next((n for n, one in enumerate(self.entries) if one.item.id == item_id), -1)

    # Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.EditRole:
            return entry.item.note if entry.quote else entry.item.text
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(entry)
        if role == Qt.ItemDataRole.ToolTipRole and entry.item.was:
            return f"Before its transcript was corrected: “{entry.item.was}”"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.writable:
            flags |= Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsEditable
        return flags

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [ITEMS_MIME, QUOTES_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(ITEMS_MIME, b"-")
        return data

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        return self.writable and any(data.hasFormat(one) for one in self.mimeTypes())


def spoken(entry: Entry) -> str:
    """The row in words, for screen readers."""
    item, quote = entry.item, entry.quote
    if quote is None:
        said = f"Heading: {item.text}" if item.kind is ItemKind.HEADING else item.text
    else:
        said = f"{item.shown} {quote.citation}, {by_line(quote)}"
    badges = "".join(f", {one.text}" for one in badges_of(entry))
    note = f". Note: {item.note}" if item.note else ""
    return f"{said}{badges}{note}"


@dataclass(frozen=True, slots=True)
class Badge:
    """Something to be known of an item; `warns` where it should not go out like that."""

    text: str
    warns: bool = False


def badges_of(entry: Entry) -> list[Badge]:
    """What is to be known of an entry, the most urgent first."""
    quote = entry.quote
    if quote is None:
        return []
    badges = []
    if entry.why:
        badges.append(Badge(f"not for publication: {entry.why}", warns=True))
    if entry.item.was:
        badges.append(Badge("reads differently since it was corrected", warns=True))
    if entry.again:
        badges.append(Badge("words of it are here twice", warns=True))
    badges += [Badge(f"used already in {name}") for name in entry.also_in]
    if quote.machine_draft:
        badges.append(Badge("unchecked machine transcript"))
    return badges
