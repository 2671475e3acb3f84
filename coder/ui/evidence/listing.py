"""The submissions as the list shows them: narrowed, in an order, letters under what they repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from coder.domain.citation import TYPE_NAMES
from coder.domain.dates import day_shown
from coder.domain.model import DocumentKind, Permission, Status
from coder.domain.text import counted
from coder.project.evidence import SubmissionView
from coder.ui.names import PERMISSIONS_TOLD

Index = QModelIndex | QPersistentModelIndex

VIEW = Qt.ItemDataRole.UserRole
ROW = Qt.ItemDataRole.UserRole + 1

ORDERS: dict[str, Callable[[SubmissionView], str]] = {
    "By reference": lambda view: view.submission.ref.rjust(12),
    "By name": lambda view: view.title.casefold(),
    "By date received": lambda view: view.submission.received or "9999",
    "Least tagged first": lambda view: f"{view.codings:08}",
    "By type": lambda view: str(view.submission.type),
}
LETTER = "campaign letter"
_FLAGS = {
    "wishes": "asks",
    "needs-ocr": "needs OCR",
    "campaign": LETTER,
    "several-senders": "several senders",
}
_SET_ASIDE = {Status.DUPLICATE, Status.JOINED, Status.BLANK, Status.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list. `letters` is how many repeat this submission where they are folded under
    it or, `opened`, stand `below` it."""

    view: SubmissionView
    letters: int = 0
    opened: bool = False
    below: bool = False


def badges(view: SubmissionView) -> list[str]:
    """The few words beside a submission that a reader should not miss, the permission first unless
    it is to publish with the name."""
    submission = view.submission
    words = [_FLAGS.get(flag, flag) for flag in submission.flags]
    if submission.status in _SET_ASIDE:
        words.insert(0, f"{submission.status}{f' of {view.of}' if view.of else ''}")
    if submission.status is Status.JOINED:
        words[0] = f"joined with {view.of}"
    if submission.status is Status.WITHDRAWN:
        return words
    if submission.permission is not Permission.NAMED:
        words.insert(0, PERMISSIONS_TOLD[submission.permission])
    if any(document.problems for document in view.documents):
        words.append("see note")
    return words


def kinds(view: SubmissionView) -> str:
    """What a submission is made of, in a few words."""
    found = [document.kind for document in view.documents]
    names = []
    if DocumentKind.EMAIL in found:
        names.append("e-mail")
    others = found.count(DocumentKind.DOCUMENT)
    if others:
        names.append("text" if others == 1 else f"{others} texts")
    for kind, one, many in (
        (DocumentKind.ANSWER, "answer", "answers"),
        (DocumentKind.POST, "post", "posts"),
    ):
        number = found.count(kind)
        if number:
            names.append(counted(number, one, many))
    if DocumentKind.MEDIA in found:
        names.append("recording")
    return " + ".join(names)


def tags(view: SubmissionView) -> str:
    """How often a submission is tagged, in words."""
    return counted(view.codings, "tag") if view.codings else "not tagged"


class SubmissionModel(QAbstractListModel):
    """The submissions of the project as Qt asks for them. Call `arrange` after `order`, `words` or
    `grouped` was set; each change is linear in the number of submissions."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.views: list[SubmissionView] = []
        self.order = "By reference"
        self.words = ""
        self.grouped = False
        self.matching: list[SubmissionView] = []
        self._by_id: dict[str, SubmissionView] = {}
        self._shown_words: dict[str, tuple[SubmissionView, str]] = {}
        self._opened: set[str] = set()
        self._rows: list[Row] = []
        self._place: dict[str, int] = {}

    # The submissions

    def show(self, views: list[SubmissionView]) -> None:
        """Takes the submissions as they are now, in the order of references."""
        old = self._by_id
        self._by_id = {view.submission.id: _kept(old, view) for view in views}
        self.views = list(self._by_id.values())
        self.arrange()

    def change(self, changed: Iterable[SubmissionView], gone: Iterable[str] = ()) -> None:
        """Takes these submissions as they are now, among them new ones; those of these ids have
        gone."""
        for one in gone:
            self._by_id.pop(one, None)
        for view in changed:
            self._by_id[view.submission.id] = _kept(self._by_id, view)
        self.views = sorted(self._by_id.values(), key=_by_reference)
        self.arrange()

    def tag(self, counts: dict[str, int]) -> None:
        """Takes how many tags each submission has, by its id."""
        self.change(
            replace(view, codings=counts.get(one, 0))
            for one, view in list(self._by_id.items())
            if view.codings != counts.get(one, 0)
        )

    def view(self, submission_id: str) -> SubmissionView | None:
        """What is known of a submission, or None."""
        return self._by_id.get(submission_id)

    def holding(self, ids: AbstractSet[str]) -> set[str]:
        """The ids of the submissions that have, as far as is known here, one of these documents:
        also of those that a document has been moved away from."""
        return {
            view.submission.id
            for view in self.views
            if any(document.id in ids for document in view.documents)
        }

    def row_of(self, submission_id: str) -> int:
        """The line in which a submission is shown, or -1."""
        return self._place.get(submission_id, -1)

    def head_of(self, submission_id: str) -> str:
        """The id of the submission under which this one stands when letters are grouped, or
        nothing."""
        view = self._by_id.get(submission_id)
        head = self._head(view) if view else None
        return head.submission.id if head else ""

    def groups(self) -> bool:
        """Whether any submission repeats another."""
        return any(self._head(view) for view in self.views)

    def set_open(self, head_id: str, *, opened: bool) -> None:
        """Shows the letters below the one that they repeat, or folds them under it."""
        if opened:
            self._opened.add(head_id)
        else:
            self._opened.discard(head_id)
        self.arrange()

    def arrange(self) -> None:
        """Makes the lines anew, and tells only of those that are new or differ, unless some have
        gone or changed places."""
        before, rows = self._rows, list(self._arranged())
        kept = len(before)
        if len(rows) < kept or any(
            old.view.submission.id != new.view.submission.id
            for old, new in zip(before, rows, strict=False)
        ):
            self.beginResetModel()
            self._take(rows)
            self.endResetModel()
            return
        if len(rows) > kept:
            self.beginInsertRows(QModelIndex(), kept, len(rows) - 1)
            self._take(rows)
            self.endInsertRows()
        else:
            self._take(rows)
        for place, (old, new) in enumerate(zip(before, rows, strict=False)):
            if old.view is not new.view or old != new:
                self.dataChanged.emit(self.index(place), self.index(place))

    def _take(self, rows: list[Row]) -> None:
        self._rows = rows
        self._place = {row.view.submission.id: place for place, row in enumerate(rows)}

    def _arranged(self) -> Iterator[Row]:
        wanted = self.words.casefold().split()
        self.matching = [view for view in self.views if not wanted or self._has(view, wanted)]
        if self.order != "By reference":
            self.matching.sort(key=ORDERS[self.order])
        if wanted or not self.grouped:
            yield from map(Row, self.matching)
            return
        letters: dict[str, list[SubmissionView]] = {}
        tops = []
        for view in self.matching:
            head = self._head(view)
            if head:
                letters.setdefault(head.submission.id, []).append(view)
            else:
                tops.append(view)
        for view in tops:
            below = letters.get(view.submission.id, [])
            opened = bool(below) and view.submission.id in self._opened
            yield Row(view, len(below), opened)
            if opened:
                yield from (Row(letter, below=True) for letter in below)

    def _head(self, view: SubmissionView) -> SubmissionView | None:
        """The submission that this one is a letter or a duplicate of."""
        if not view.submission.of_id or view.submission.status is Status.JOINED:
            return None
        head = self._by_id.get(view.submission.of_id)
        return None if head is None or head.submission.of_id else head

    def _has(self, view: SubmissionView, wanted: list[str]) -> bool:
        """Whether what is shown of a submission has all these words, however they are cased."""
        kept, words = self._shown_words.get(view.submission.id, (None, ""))
        if kept is not view:
            words = _shown(view).casefold()
            self._shown_words[view.submission.id] = view, words
        return all(word in words for word in wanted)

    # Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        told = _ROLES.get(role)
        return told(row) if told else None


def _by_reference(view: SubmissionView) -> tuple[int, str]:
    return len(view.submission.ref), view.submission.ref


def _kept(known: dict[str, SubmissionView], view: SubmissionView) -> SubmissionView:
    """The view that is known already, where this one says the same."""
    old = known.get(view.submission.id)
    return old if old == view and old is not None else view


def _shown(view: SubmissionView) -> str:
    words = (view.submission.ref, view.title, view.submission.type, *badges(view))
    return " ".join(map(str, words))


def _spoken(row: Row) -> str:
    view = row.view
    titles = ", ".join(document.title for document in view.documents)
    told = f"{view.submission.ref}, {view.title}, {tags(view)}, {', '.join(badges(view))}. {titles}"
    if row.letters:
        state = "opened, Left folds them" if row.opened else "folded, Right opens them"
        told += f". {counted(row.letters, 'letter')} like it, {state}"
    return f"Like the one above: {told}" if row.below else told


def _tip(view: SubmissionView) -> str:
    submission = view.submission
    lines = [
        f"{submission.ref} · {submission.respondent or 'respondent not known'}",
        submission.organisation,
        f"{TYPE_NAMES[submission.type]} · {PERMISSIONS_TOLD[submission.permission]}",
        f"received {day_shown(submission.received)}" if submission.received else "",
        *(f"{d.title}: {problem}" for d in view.documents for problem in d.problems),
    ]
    return "\n".join(filter(None, lines))


_ROLES: dict[int, Callable[[Row], object]] = {
    VIEW: lambda row: row.view,
    ROW: lambda row: row,
    Qt.ItemDataRole.DisplayRole: lambda row: _shown(row.view),
    Qt.ItemDataRole.AccessibleTextRole: _spoken,
    Qt.ItemDataRole.ToolTipRole: lambda row: _tip(row.view),
}
