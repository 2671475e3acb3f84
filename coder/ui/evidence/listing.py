"""The submissions as the list shows them: narrowed, in an order, letters under what they repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from coder.domain.citation import TYPE_NAMES
from coder.domain.dates import day_shown
from coder.domain.model import DocumentKind, Standing, Status
from coder.domain.sight import Others
from coder.domain.text import counted, listed
from coder.project.evidence import State, SubmissionView
from coder.ui.evidence.badges import badges, short_badges, work
from coder.ui.names import PERMISSIONS_TOLD

Index = QModelIndex | QPersistentModelIndex

VIEW = Qt.ItemDataRole.UserRole
ROW = Qt.ItemDataRole.UserRole + 1
TAGS = Qt.ItemDataRole.UserRole + 2
"""How many tags are to be seen in the submission."""
FAR = Qt.ItemDataRole.UserRole + 3
"""How far the coder is with it, a `Far`."""
BADGES = Qt.ItemDataRole.UserRole + 4
"""What a reader should not miss of it, in few words: `short_badges`."""

_STATES = (State.UNREAD, State.BEGUN, State.READ, State.CODED, State.ASIDE)
BY_REFERENCE = "By reference"
ORDERS: dict[str, Callable[[SubmissionView], str]] = {
    BY_REFERENCE: lambda view: view.submission.ref.rjust(12),
    "Unread first": lambda view: str(_STATES.index(view.state)),
    "By name": lambda view: view.title.casefold(),
    "By date received": lambda view: view.submission.received or "9999",
    "Least tagged first": lambda view: f"{view.codings:08}",
    "By type": lambda view: str(view.submission.type),
}
_ASKED = {
    "unread": {State.UNREAD, State.BEGUN},
    "begun": {State.BEGUN},
    "read": {State.READ, State.CODED},
    "coded": {State.CODED},
    "uncoded": {State.UNREAD, State.BEGUN, State.READ},
}
"""What the words of a filter mean that ask how far one is."""

_TOLD = {
    State.UNREAD: "unread",
    State.BEGUN: "begun",
    State.READ: "read",
    State.CODED: "declared coded",
    State.ASIDE: "",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list. `letters` is how many repeat this submission where they are folded under
    it or, `opened`, stand `below` it."""

    view: SubmissionView
    letters: int = 0
    opened: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class Far:
    """How far a coder is with a submission: as a whole, and the share of its characters, 0…1, that
    they have read, and up to their last tag in each document. `coded` is how many of how many
    documents are declared coded where it is some but not all, else `(0, 0)`."""

    state: State
    read: float = 0.0
    tagged: float = 0.0
    coded: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Entry:
    """A submission with what is looked at for every line at every key: how far one is with it, the
    words by which a filter finds it, and its line where nothing is folded."""

    view: SubmissionView
    state: State
    words: str
    row: Row


def entry(view: SubmissionView) -> Entry:
    """The submission, prepared for the list."""
    state = view.state
    asked = [word for word, states in _ASKED.items() if state in states]
    if view.mine:
        asked.append("mine")
    return Entry(view, state, " ".join((_shown(view), *asked)).casefold(), Row(view))


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


def tags(count: int) -> str:
    """How often a submission is tagged, in words."""
    return counted(count, "tag") if count else "not tagged"


class SubmissionModel(QAbstractListModel):
    """The submissions of the project as Qt asks for them. Call `arrange` after `order`, `words` or
    `grouped` was set; each change is linear in the number of submissions, but that of one that
    stays in its place.

    `others` says whose tags count; `furthest` gives how many characters of a document, by its id,
    have been in view; `waits` says of recordings by their ids how they stand in the queue.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.views: list[SubmissionView] = []
        self.order = BY_REFERENCE
        self.words = ""
        self.grouped = False
        self.others = Others.SHOWN
        self.waits: Mapping[str, Standing] = {}
        self.furthest: Callable[[str], int] = lambda _: 0
        self.matching: list[Entry] = []
        self.groups = False
        self._entries: dict[str, Entry] = {}
        self._heads: dict[str, str] = {}
        self._opened: set[str] = set()
        self._rows: list[Row] = []
        self._place: dict[str, int] = {}

    # The submissions

    def show(self, views: Iterable[SubmissionView]) -> None:
        """Takes the submissions as they are now, in the order of references."""
        self.take([entry(view) for view in views])

    def take(self, entries: Iterable[Entry]) -> None:
        """Takes the submissions, prepared elsewhere, in the order of references."""
        old = self._entries
        self._entries = {one.view.submission.id: _kept(old, one) for one in entries}
        self._renew()

    def change(self, changed: Iterable[SubmissionView], gone: Iterable[str] = ()) -> None:
        """Takes these submissions as they are now, among them new ones; those of these ids have
        gone."""
        known = [one for one in gone if self._entries.pop(one, None)]
        fresh = [_kept(self._entries, entry(view)) for view in changed]
        if not known and all(self._stays(one) for one in fresh):
            for one in fresh:
                self._put(one)
            return
        for one in fresh:
            self._entries[one.view.submission.id] = one
        self._entries = dict(sorted(self._entries.items(), key=lambda item: _by_reference(item[1])))
        self._renew()

    def view(self, submission_id: str) -> SubmissionView | None:
        """What is known of a submission, or None."""
        known = self._entries.get(submission_id)
        return known.view if known else None

    def tags(self, view: SubmissionView) -> int:
        """How many tags are to be seen in a submission."""
        seen = {Others.HIDDEN: view.tagged.mine, Others.BLIND: view.tagged.unblinded}
        return seen.get(self.others, view.codings)

    def all_tags(self) -> int:
        """How many tags are to be seen in all that is listed."""
        if self.others is Others.SHOWN:
            return sum([one.view.codings for one in self.matching])
        return sum([self.tags(one.view) for one in self.matching])

    def far(self, view: SubmissionView) -> Far:
        """How far the coder is with a submission."""
        state = view.state
        whole = sum(view.lengths.get(document.id, 0) for document in view.to_read)
        if state in (State.UNREAD, State.BEGUN) and whole:
            read = sum(self._read(view, document.id) for document in view.to_read)
            begun = State.BEGUN if read else state
            return Far(begun, read / whole, _share(view, whole), _some_coded(view))
        done = float(state in (State.READ, State.CODED))
        return Far(state, done, _share(view, whole), _some_coded(view))

    def holding(self, ids: AbstractSet[str]) -> set[str]:
        """The ids of the submissions that have, as far as is known here, one of these documents:
        also of those that a document has been moved away from."""
        if not ids:
            return set()
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
        return self._heads.get(submission_id, "")

    def set_open(self, head_id: str, *, opened: bool) -> None:
        """Shows the letters below the one that they repeat, or folds them under it."""
        if opened:
            self._opened.add(head_id)
        else:
            self._opened.discard(head_id)
        self.arrange()

    def repaint(self, submission_id: str = "") -> None:
        """Shows anew what is known otherwise than from the views: of one submission, or of all."""
        first = last = self.row_of(submission_id)
        if not submission_id:
            first, last = 0, len(self._rows) - 1
        if first >= 0:
            self.dataChanged.emit(self.index(first), self.index(last))

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
            if old is not new and (old.view is not new.view or old != new):
                self.dataChanged.emit(self.index(place), self.index(place))

    def _renew(self) -> None:
        """Takes in what changed among the submissions."""
        self.views = [one.view for one in self._entries.values()]
        self._heads = {
            view.submission.id: head for view in self.views if (head := self._head(view))
        }
        self.groups = bool(self._heads)
        self.arrange()

    def _take(self, rows: list[Row]) -> None:
        self._rows = rows
        self._place = {row.view.submission.id: place for place, row in enumerate(rows)}

    def _stays(self, one: Entry) -> bool:
        """Whether a submission that has changed keeps its place, whatever the filter and order."""
        old = self._entries.get(one.view.submission.id)
        if old is None or self.words or self.order != BY_REFERENCE:
            return False
        kept = ("ref", "of_id", "status")
        before, after = old.view.submission, one.view.submission
        return all(getattr(before, name) == getattr(after, name) for name in kept)

    def _put(self, one: Entry) -> None:
        """Shows a submission that keeps its place as it is now."""
        key = one.view.submission.id
        old = self._entries[key]
        if one is old:
            return
        self._entries[key] = one
        place = next(place for place, kept in enumerate(self.matching) if kept is old)
        self.matching[place] = one
        self.views[place] = one.view
        if (at := self.row_of(key)) >= 0:
            row = self._rows[at]
            self._rows[at] = one.row if row is old.row else replace(row, view=one.view)
            self.dataChanged.emit(self.index(at), self.index(at))

    def _arranged(self) -> Iterator[Row]:
        wanted = self.words.casefold().split()
        self.matching = list(_matching(self._entries.values(), wanted))
        if self.order != BY_REFERENCE:
            key = ORDERS[self.order]
            self.matching.sort(key=lambda one: key(one.view))
        if wanted or not self.grouped:
            yield from (one.row for one in self.matching)
            return
        letters: dict[str, list[SubmissionView]] = {}
        tops = []
        for one in self.matching:
            head = self._heads.get(one.view.submission.id)
            if head:
                letters.setdefault(head, []).append(one.view)
            else:
                tops.append(one)
        for one in tops:
            below = letters.get(one.view.submission.id)
            if below is None:
                yield one.row
                continue
            opened = one.view.submission.id in self._opened
            yield Row(one.view, len(below), opened)
            if opened:
                yield from (Row(letter, below=True) for letter in below)

    def _head(self, view: SubmissionView) -> str:
        """The id of the submission that this one is a letter or a duplicate of, or nothing."""
        of_id = view.submission.of_id
        if not of_id or view.submission.status is Status.JOINED:
            return ""
        head = self._entries.get(of_id)
        return "" if head is None or head.view.submission.of_id else of_id

    def _read(self, view: SubmissionView, document_id: str) -> int:
        """How many characters of a document have been read."""
        whole = view.lengths.get(document_id, 0)
        return whole if document_id in view.read else min(whole, self.furthest(document_id))

    # Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        told = _ROLES.get(role)
        return told(row) if told else self._told(row, role)

    def _told(self, row: Row, role: int) -> object:
        """What is known of a line otherwise than from its view."""
        if role == TAGS:
            return self.tags(row.view)
        if role == FAR:
            return self.far(row.view)
        if role == BADGES:
            return short_badges(row.view, self.waits)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(row.view, self.waits)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(row, self.far(row.view), self.tags(row.view), self.waits)
        return None


def _matching(entries: Iterable[Entry], wanted: list[str]) -> Iterable[Entry]:
    """The submissions that a filter's words ask for."""
    asked = [_ASKED[word] for word in wanted if word in _ASKED]
    words = [word for word in wanted if word not in _ASKED]
    for states in asked:
        entries = [one for one in entries if one.state in states]
    for word in words:
        entries = [one for one in entries if word in one.words]
    return entries


def _share(view: SubmissionView, whole: int) -> float:
    return min(1.0, view.tagged.reached / whole) if whole else 0.0


def _some_coded(view: SubmissionView) -> tuple[int, int]:
    """How many of how many documents are declared coded, where some are and some are not."""
    wanted = [document.id for document in view.to_read]
    declared = sum(one in view.coded for one in wanted)
    return (declared, len(wanted)) if 0 < declared < len(wanted) else (0, 0)


def _coded_told(view: SubmissionView) -> str:
    declared, wanted = _some_coded(view)
    return f"{declared} of {wanted} documents declared coded" if declared else ""


def _signed_told(view: SubmissionView) -> str:
    now, before = listed(view.signed.now), listed(view.signed.before)
    parts = (now and f"by {now}", before and f"by {before} before it changed")
    told = ", ".join(filter(None, parts))
    return f"signed off {told}" if told else ""


def _by_reference(one: Entry) -> tuple[int, str]:
    return len(one.view.submission.ref), one.view.submission.ref


def _kept(known: dict[str, Entry], one: Entry) -> Entry:
    """The submission as it is known already, where that says the same."""
    old = known.get(one.view.submission.id)
    return old if old is not None and old.view == one.view else one


def _shown(view: SubmissionView) -> str:
    short = (one for one, _ in work(view))
    words = (view.submission.ref, view.title, view.submission.type, *badges(view), *short)
    return " ".join(map(str, words))


def _spoken(row: Row, far: Far, count: int, waits: Mapping[str, Standing]) -> str:
    view = row.view
    titles = ", ".join(document.title for document in view.documents)
    begun = f", read to {far.read:.0%}" if far.state is State.BEGUN and far.read else ""
    parts = (
        view.submission.ref,
        view.title,
        f"{_TOLD[far.state]}{begun}",
        _coded_told(view),
        tags(count),
    )
    still = [one for one in badges(view) if one not in [full for _, full in work(view)]]
    words = (*parts, *(full for _, full in work(view, waits)), *still)
    told = f"{', '.join(filter(None, words))}. {titles}"
    if row.letters:
        state = "opened, Left folds them" if row.opened else "folded, Right opens them"
        told += f". {counted(row.letters, 'letter')} like it, {state}"
    return f"Like the one above: {told}" if row.below else told


def _tip(view: SubmissionView, waits: Mapping[str, Standing]) -> str:
    submission = view.submission
    lines = [
        f"{submission.ref} · {submission.respondent or 'respondent not known'}",
        submission.organisation,
        f"{TYPE_NAMES[submission.type]} · {PERMISSIONS_TOLD[submission.permission]}",
        f"received {day_shown(submission.received)}" if submission.received else "",
        *(full for _, full in work(view, waits)),
        _coded_told(view),
        _signed_told(view),
        *(f"{d.title}: {problem}" for d in view.documents for problem in d.problems),
    ]
    return "\n".join(filter(None, lines))


_ROLES: dict[int, Callable[[Row], object]] = {
    VIEW: lambda row: row.view,
    ROW: lambda row: row,
    Qt.ItemDataRole.DisplayRole: lambda row: _shown(row.view),
}
