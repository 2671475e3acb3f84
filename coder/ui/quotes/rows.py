"""The rows of the list: quotes, of which only those seen are read, and the headings over them."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QWidget

from coder.domain.quotes import Quote
from coder.project.quotes import Group, QuoteList
from coder.ui.quotes.cards import COLOUR, GROUP, QUOTE, USED, by_line
from coder.ui.quotes.carried import QUOTES_MIME, pack
from coder.ui.quotes.lister import PAGE, Listed, Page
from coder.ui.quotes.told import spoken

Index = QModelIndex | QPersistentModelIndex

_SPOKEN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
_KEPT = 30
"""So many pages are kept when others come into view."""


class QuoteModel(QAbstractListModel):
    """Headings and quotes. `page_wanted` gives the number of a page that comes into view."""

    page_wanted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._list: QuoteList | None = None
        self._pages: OrderedDict[int, Page] = OrderedDict()
        self._headings: list[int] = []
        self._colours: dict[str, str] = {}

    def show_list(self, found: Listed | None, colours: dict[str, str]) -> None:
        """Takes a list with its first page, and the colour of each code by id."""
        self.beginResetModel()
        self._colours = colours
        self._pages.clear()
        self._list = found.quotes if found else None
        if found:
            self._pages[found.place // PAGE] = found.page
        groups = self.groups
        self._headings = [group.first + number for number, group in enumerate(groups)]
        self.endResetModel()

    def take(self, number: int, page: Page) -> None:
        """Takes a page that was read."""
        self._pages[number] = page
        while len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        first, last = self.row_of(number * PAGE), self.row_of(number * PAGE + PAGE - 1)
        self.dataChanged.emit(self.index(first), self.index(min(last, self.rowCount() - 1)))

    @property
    def listed(self) -> QuoteList | None:
        """The list that is shown."""
        return self._list

    @property
    def groups(self) -> tuple[Group, ...]:
        """The headings, in order."""
        return self._list.groups if self._list else ()

    @property
    def headings(self) -> list[int]:
        """The rows of the headings."""
        return self._headings

    def row_of(self, place: int) -> int:
        """The row of the quote that stands in this place of the list."""
        firsts = [group.first for group in self.groups]
        return place + bisect_right(firsts, place) if firsts else place

    def place_of(self, row: int) -> int:
        """The place in the list of the quote in this row; -1 for a heading."""
        above = bisect_right(self._headings, row)
        if above and self._headings[above - 1] == row:
            return -1
        return row - above

    def group_at(self, row: int) -> Group | None:
        """Under which heading a row stands, or None."""
        above = bisect_right(self._headings, row)
        return self.groups[above - 1] if above else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if parent.isValid() or self._list is None:
            return 0
        return len(self._list) + len(self._headings)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.place_of(index.row()) < 0:
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [QUOTES_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return pack(self.read(sorted(index.row() for index in indexes)))

    def read(self, rows: Sequence[int]) -> list[Quote]:
        """The quotes in these rows, in their order; those not in view are read."""
        found = []
        for row in rows:
            place = self.place_of(row)
            if place < 0 or self._list is None:
                continue
            number, within = divmod(place, PAGE)
            page = self._pages.get(number)
            if page is None or within >= len(page.quotes):
                found += self._list.fetch(place, place + 1)
            else:
                found.append(page.quotes[within])
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (QUOTE, COLOUR, GROUP, USED, *_SPOKEN):
            return None
        place, under = self.place_of(index.row()), self.group_at(index.row())
        if place < 0:
            return under if role == GROUP else heading(under) if role in _SPOKEN and under else None
        quote, used = self._at(place)
        if role in _SPOKEN:
            told = spoken(quote, by_line(quote), used) if quote else "…"
            first = under is not None and under.first == place
            return f"{heading(under)}. {told}" if first and under else told
        colour = self._colours.get(quote.code_id, "#808080") if quote else None
        return {QUOTE: quote, USED: used, COLOUR: colour}.get(role)

    def _at(self, place: int) -> tuple[Quote | None, tuple[str, ...]]:
        number, within = divmod(place, PAGE)
        page = self._pages.get(number)
        if page is None:
            self.page_wanted.emit(number)
            return None, ()
        self._pages.move_to_end(number)
        if within >= len(page.quotes):
            return None, ()
        return page.quotes[within], page.used[within]


def heading(group: Group) -> str:
    """What a heading says."""
    quotes = "quote" if group.count == 1 else "quotes"
    if group.submissions == 1:
        return f"{group.title}: {group.count:,} {quotes}"
    return f"{group.title}: {group.count:,} {quotes} from {group.submissions:,} submissions"
