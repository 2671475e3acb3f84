"""The tags of a document as a list shows them: in the order of the text, kept up one by one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from coder.domain.dates import moment_shown
from coder.domain.model import Coding
from coder.ui.session import Session, signs_of

Index = QModelIndex | QPersistentModelIndex
CODING = Qt.ItemDataRole.UserRole
_SIGNS = {"★": "marked for use", "⚑": "sensitive", "✎": "with a memo"}
_FIRST_WORDS = 160


class TagsModel(QAbstractListModel):
    """Codings as Qt asks for them; `session` knows their codes and coders."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.session: Session | None = None
        self.rows: list[Coding] = []
        self._by_id: dict[str, Coding] = {}

    def show(self, codings: Iterable[Coding]) -> None:
        """Puts these codings in place of all."""
        self.beginResetModel()
        self.rows = sorted(codings, key=_order)
        self._by_id = {coding.id: coding for coding in self.rows}
        self.endResetModel()

    def change(self, coding_id: str, coding: Coding | None) -> None:
        """Shows one coding as it is now: new, changed, or gone (None)."""
        before = self._by_id.get(coding_id)
        if before is not None and coding is not None and _order(before) == _order(coding):
            row = self.row_of(coding_id)
            self.rows[row] = self._by_id[coding_id] = coding
            self.dataChanged.emit(self.index(row), self.index(row))
            return
        if before is not None:
            row = self.row_of(coding_id)
            self.beginRemoveRows(QModelIndex(), row, row)
            del self.rows[row], self._by_id[coding_id]
            self.endRemoveRows()
        if coding is not None:
            row = bisect_left(self.rows, _order(coding), key=_order)
            self.beginInsertRows(QModelIndex(), row, row)
            self.rows.insert(row, coding)
            self._by_id[coding_id] = coding
            self.endInsertRows()

    def row_of(self, coding_id: str) -> int:
        """The row of a coding, or -1 where it is not in the list."""
        coding = self._by_id.get(coding_id)
        return bisect_left(self.rows, _order(coding), key=_order) if coding else -1

    def recolour(self) -> None:
        """Lets every row be painted anew: codes have other names or colours."""
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    # Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.session is None or not 0 <= index.row() < len(self.rows):
            return None
        coding = self.rows[index.row()]
        if role == CODING:
            return coding
        told = _ROLES.get(role)
        return told(self.session, coding) if told else None


def shown_words(coding: Coding) -> str:
    """The first words of a passage, on one line."""
    return " ".join(coding.quote[:_FIRST_WORDS].split())


def initials(name: str) -> str:
    """What stands for a coder in little room: `NH` for Noor Hadley."""
    words = name.split()
    return "".join(word[0].upper() for word in (words[:1] + words[-1:] if words[1:] else words))


def searched(session: Session, coding: Coding) -> str:
    """All by which a row is found."""
    code, coder = session.codes[coding.code_id].name, session.coder_name(coding.coder_id)
    return f"{code} {coding.quote} {coder} {coding.memo}".casefold()


def _spoken(session: Session, coding: Coding) -> str:
    parts = [
        session.codes[coding.code_id].name,
        f"“{shown_words(coding)}”",
        session.coder_name(coding.coder_id),
        moment_shown(coding.created_at),
        *(_SIGNS[sign] for sign in signs_of(coding)),
    ]
    return ", ".join(filter(None, parts))


def _tip(session: Session, coding: Coding) -> str:
    who, when = session.coder_name(coding.coder_id), moment_shown(coding.created_at)
    words = shown_words(coding)
    more = "…" if len(coding.quote) > _FIRST_WORDS else ""
    code = session.codes[coding.code_id].name
    return "\n".join(filter(None, (f"{code} · {who} · {when}", f"“{words}{more}”", coding.memo)))


_ROLES: dict[int, Callable[[Session, Coding], object]] = {
    Qt.ItemDataRole.DisplayRole: _spoken,
    Qt.ItemDataRole.AccessibleTextRole: _spoken,
    Qt.ItemDataRole.ToolTipRole: _tip,
}


def _order(coding: Coding) -> tuple[int, int, str]:
    return coding.start, coding.end, coding.id
