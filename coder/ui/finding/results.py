"""The places found, under their submissions or in one row, each with a box to tick it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from coder.domain.query import Kind
from coder.project.finding import Found, Hit
from coder.ui import theme
from coder.ui.finding.look import BOX, draw_box, draw_words

Index = QModelIndex | QPersistentModelIndex

HIT = Qt.ItemDataRole.UserRole
GROUP = Qt.ItemDataRole.UserRole + 1
_SPOKEN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
_ABOUT = {
    "respondent": "respondent",
    "organisation": "organisation",
    "title": "title of a document",
    "passage": "memo on a tag",
    "submission": "memo on the submission",
    "document": "memo on the document",
    "code": "memo on a code",
    "project": "memo on the inquiry",
    "journal": "journal",
}


@dataclass(frozen=True, slots=True)
class Group:
    """A heading: what stands under it, of how many in all, and whether it is folded away."""

    key: str
    title: str
    hits: tuple[Hit, ...]
    count: int
    folded: bool = False


class Results(QAbstractListModel):
    """What was found, under headings that fold or in one row. `ticked_changed` says that others
    are ticked."""

    ticked_changed = Signal()

    def __init__(self, name_of: Callable[[Hit], str], parent: QObject) -> None:
        super().__init__(parent)
        self._name_of = name_of
        self._found: Found | None = None
        self._rows: list[Group | Hit] = []
        self._folded: set[str] = set()
        self._ticked: dict[tuple[str, int], Hit] = {}
        self.grouped = True

    def show_found(self, found: Found | None) -> None:
        """Shows these places in place of others. Of the same search, what is ticked and folded
        stays so."""
        before, self._found = self._found, found
        if found is None or before is None or found.query != before.query:
            self._folded.clear()
            if self._ticked:
                self._ticked.clear()
                self.ticked_changed.emit()
        self._arrange()

    def set_grouped(self, *, grouped: bool) -> None:
        """Parts the places by submission, or has them in one row, the best first."""
        self.grouped = grouped
        self._arrange()

    def fold(self, group: Group) -> None:
        """Folds away what stands under a heading, or opens it again."""
        self._folded ^= {group.key}
        self._arrange()

    def listed(self) -> list[Hit]:
        """Every place that is known."""
        found = self._found
        return [*found.hits, *found.names] if found else []

    @property
    def ticked(self) -> list[Hit]:
        """The places ticked, in the order of ticking."""
        return list(self._ticked.values())

    def tick(self, index: Index) -> None:
        """Ticks a place, or takes the tick away; of a heading, all that it holds."""
        group, hit = index.data(GROUP), index.data(HIT)
        hits = [one for one in (group.hits if group else [hit]) if can_tag(one)]
        on = not all(key_of(one) in self._ticked for one in hits)
        for one in hits:
            if on:
                self._ticked[key_of(one)] = one
            else:
                self._ticked.pop(key_of(one), None)
        if hits:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
            self.ticked_changed.emit()

    def is_ticked(self, hit: Hit) -> bool:
        """Whether a place is ticked."""
        return key_of(hit) in self._ticked

    def row_of(self, wanted: Group | Hit | None) -> int:
        """Where a place or a heading stands, -1 where it does not."""
        key = _key(wanted)
        return next((row for row, one in enumerate(self._rows) if _key(one) == key), -1)

    def first(self) -> int:
        """The row of the first place, -1 where there is none."""
        return next((row for row, one in enumerate(self._rows) if isinstance(one, Hit)), -1)

    def _arrange(self) -> None:
        rows = list(self._arranged(self._found)) if self._found else []
        if rows and list(map(_key, rows)) == list(map(_key, self._rows)):
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _arranged(self, found: Found) -> Iterator[Group | Hit]:
        if not self.grouped:
            yield from (*found.hits, *found.names)
            return
        for group in self._groups(found):
            yield group
            if not group.folded:
                yield from group.hits

    def _groups(self, found: Found) -> Iterator[Group]:
        if found.names:
            yield self._group("names", "Names and titles", found.names, len(found.names))
        parted: dict[str, list[Hit]] = {}
        for hit in found.hits:
            parted.setdefault(hit.submission_id or f"{hit.about} {hit.of_id}", []).append(hit)
        tally = found.per_submission or {}
        for key, hits in parted.items():
            yield self._group(key, self._heading(hits[0]), hits, max(len(hits), tally.get(key, 0)))

    def _group(self, key: str, title: str, hits: Sequence[Hit], count: int) -> Group:
        return Group(key, title, tuple(hits), count, key in self._folded)

    def _heading(self, hit: Hit) -> str:
        if not hit.submission_id:
            return self._name_of(hit)
        return " · ".join(filter(None, (hit.ref, self._name_of(hit))))

    def where(self, hit: Hit) -> str:
        """The line above a place: what its heading does not say."""
        what = _ABOUT.get(hit.about, "")
        if hit.kind == Kind.NAME:
            return f"{hit.ref} · {what}"
        parts = [hit.document, what]
        if not self.grouped:
            parts = [hit.ref, self._name_of(hit), *parts]
        return " · ".join(filter(None, parts))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one = self._rows[index.row()] if index.isValid() else None
        if role == (GROUP if isinstance(one, Group) else HIT):
            return one
        if one is None or role not in _SPOKEN:
            return None
        if isinstance(one, Group):
            return f"{one.title}: {one.count:,}" + ", folded" * one.folded
        return "ticked, " * self.is_ticked(one) + f"{self.where(one)}: {one.excerpt}"

    def at(self, row: int) -> Group | Hit:
        """What stands in a row."""
        return self._rows[row]


def _key(one: Group | Hit | None) -> object:
    return one.key if isinstance(one, Group) else key_of(one) if one else None


class ResultLook(QStyledItemDelegate):
    """Paints a heading with its count, or a place with where it is and its words."""

    def __init__(self, results: Results, parent: QWidget) -> None:
        super().__init__(parent)
        self._results = results

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.lineSpacing()
        one = self._results.at(index.row())
        if isinstance(one, Group):
            return QSize(200, line + 14)
        return QSize(200, line * (2 if self._is_short(option, one) else 3) + 18)

    def _is_short(self, option: QStyleOptionViewItem, hit: Hit) -> bool:
        """Whether the words of a place fit on one line."""
        if len(hit.excerpt) > 120:
            return False
        room = option.widget.width() - BOX - 60 if option.widget else 0
        return option.fontMetrics.horizontalAdvance(hit.excerpt) * 1.1 < room

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        try:
            look = theme.current()
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(option.rect, QColor(look.chosen))
            group = index.data(GROUP)
            if group is not None:
                self._paint_group(painter, option, group)
            else:
                self._paint_hit(painter, option, index.data(HIT))
        finally:
            painter.restore()

    def _paint_group(self, painter: QPainter, option: QStyleOptionViewItem, group: Group) -> None:
        look, middle = theme.current(), Qt.AlignmentFlag.AlignVCenter
        room = option.rect.adjusted(8, 0, -12, 0)
        painter.setPen(QColor(look.muted))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | middle, "▸" if group.folded else "▾")
        room.setLeft(room.left() + BOX + 4)
        count = f"{group.count:,}"
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | middle, count)
        room.setRight(room.right() - option.fontMetrics.horizontalAdvance(count) - 12)
        font = option.font
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(look.text))
        title = painter.fontMetrics().elidedText(
            group.title, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | middle, title)

    def _paint_hit(self, painter: QPainter, option: QStyleOptionViewItem, hit: Hit) -> None:
        look = theme.current()
        if can_tag(hit):
            draw_box(painter, box_in(option.rect), ticked=self._results.is_ticked(hit))
        line = option.fontMetrics.lineSpacing()
        room = option.rect.adjusted(BOX + 18, 6, -12, -6)
        painter.setPen(QColor(look.muted))
        where = option.fontMetrics.elidedText(
            self._results.where(hit), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignTop, where)
        words = QRect(room.left(), room.top() + line + 2, room.width(), line * 2)
        draw_words(painter, words, option.font, hit.excerpt, hit.marked, look.text)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        del model
        hit = index.data(HIT)
        if (
            event.type() is QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and hit is not None
            and can_tag(hit)
            and event.position().x() < option.rect.left() + BOX + 14
        ):
            self._results.tick(index)
            return True
        return False


def box_in(row: QRect) -> QRect:
    """Where the tick box of a row is."""
    return QRect(row.left() + 8, row.top() + 8, BOX, BOX)


def can_tag(hit: Hit) -> bool:
    """Whether a place can be tagged: names and memos cannot."""
    return hit.kind in (Kind.TEXT, Kind.TRANSCRIPT) and bool(hit.places)


def key_of(hit: Hit) -> tuple[str, int]:
    """By what a place is known again after another search."""
    return hit.owner or f"{hit.submission_id}{hit.document_id}{hit.about}", hit.start


def spans_of(hits: Sequence[Hit]) -> list[tuple[str, int, int]]:
    """All that was found at these places, as `Finding.passages` wants it."""
    return [(hit.document_id, *place) for hit in hits if can_tag(hit) for place in hit.places]
