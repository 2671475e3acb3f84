"""Memos: what coders think of the inquiry, a submission, a document, a code or a passage; and the
research journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from coder.domain.citation import UNCHECKED
from coder.domain.codes import lineage
from coder.domain.dates import day_shown
from coder.domain.errors import NotFound, Refused
from coder.domain.model import (
    About,
    Coder,
    Coding,
    Document,
    Memo,
    Status,
    Submission,
    new_id,
    now,
)
from coder.domain.sight import Others, Sight
from coder.project.codings import Codings
from coder.project.evidence import refuse_withdrawn
from coder.project.moment import at_one_moment
from coder.store.journal import Step
from coder.store.reads import Reads
from coder.store.sight import unseen_memos
from coder.store.store import Store

TAG = "tag"
"""The kind of a memo that lies in a coding; the other kinds are those of `About`."""

GONE = "something that has gone"

_QUOTED = 60


@dataclass(frozen=True, slots=True)
class MemoView:
    """A memo with what it is about.

    `id` is the memo's own, or that of the coding that it lies in; `kind` a value of `About`, or
    `tag`. `subject` says in words what it is about, and `detail` more of it: the words tagged, the
    document. The rest says where to jump, as far as there is a place: submission, document, and a
    span in code points.
    """

    id: str
    kind: str
    of_id: str
    coder_id: str
    coder: str
    at: str
    text: str
    subject: str
    detail: str = ""
    ref: str = ""
    submission_id: str = ""
    document_id: str = ""
    start: int = 0
    end: int = 0

    def as_json(self) -> dict[str, Any]:
        """The fields that scripts rely on, by their fixed names."""
        names = "id kind subject detail ref coder at text"
        return {name: getattr(self, name) for name in names.split()}


@dataclass(frozen=True, slots=True)
class Place:
    """What a memo is about, before there is one: in words, and where to jump."""

    subject: str
    detail: str = ""
    ref: str = ""
    submission_id: str = ""
    document_id: str = ""
    start: int = 0
    end: int = 0


class Memos:
    """The memos of a project. Everybody reads them; a coder changes only their own."""

    def __init__(self, store: Store, who: Callable[[], Coder], codings: Codings) -> None:
        self._store = store
        self._who = who
        self._codings = codings

    def write(self, about: About, of_id: str, text: str) -> Memo:
        """A new memo on what has this id (empty for the inquiry and the journal). Raises Refused
        for an empty text and on a withdrawn submission, NotFound where there is no such thing."""
        if not text.strip():
            raise Refused("The memo is empty.", "Write what you think first.")
        place = _Subjects(self._store.read).of(about, of_id)
        if place.subject == GONE:
            raise NotFound(f"There is no such {about}.", "It may have been removed by now.")
        if place.submission_id:
            refuse_withdrawn(self._store.read, self._store.read.submission(place.submission_id))
        memo = Memo(new_id(), about, of_id, self._who().id, now(), text.strip())
        label = "Write in the journal" if about is About.JOURNAL else "Write a memo on"
        with self._store.step(f"{label} {_named(about, place)}".strip(), self._who()) as tx:
            tx.put(memo)
        return memo

    def change(self, memo_id: str, text: str) -> bool:
        """Writes this coder's memo, or the one in their coding, anew; an empty text removes it.
        False where nothing was changed. Raises Refused where it is another's, NotFound."""
        read = self._store.read
        memo = read.memo(memo_id)
        if memo is None:
            coding = self._codings.find(memo_id)
            if coding is None:
                raise NotFound("This memo is no longer there.", "Somebody removed it.")
            if coding.memo != text.strip():
                self._codings.write_memo(coding, text.strip())
            return coding.memo != text.strip()
        if memo.coder_id != self._who().id:
            raise Refused(
                f"This memo is {_owner(read, memo.coder_id)}'s and stays as it is.",
                "Write your own beside it.",
            )
        if text.strip() == memo.text:
            return False
        place = _named(memo.about, _Subjects(read).of(memo.about, memo.of_id))
        what = "entry in the journal" if memo.about is About.JOURNAL else f"memo on {place}"
        verb = "Change the" if text.strip() else "Remove the"
        with self._store.step(f"{verb} {what}", self._who()) as tx:
            if text.strip():
                tx.put(replace(memo, text=text.strip()))
            else:
                tx.delete(memo)
        return True

    def of(self, about: About, of_id: str) -> list[MemoView]:
        """The memos on one thing, oldest first."""
        subjects = _Subjects(self._store.read)
        found = self._store.read.memos(of_id)
        return [subjects.view(memo) for memo in found if memo.about is about]

    def one(self, memo_id: str) -> MemoView | None:
        """The memo with this id, or that in the coding with this id; None where there is none."""
        read = self._store.read
        memo = read.memo(memo_id)
        if memo is not None:
            return _Subjects(read).view(memo)
        coding = read.coding(memo_id)
        return _Subjects(read).view_of_coding(coding) if coding and coding.memo else None

    @at_one_moment
    def around(self, document_id: str, sight: Sight = Sight()) -> list[MemoView]:  # noqa: B008
        """The memos on a document's submission and those joined into it, on the document, and on
        its tags in the order of the text, those on tags as far as in sight. Raises NotFound."""
        read = self._store.read
        subjects = _Subjects(read)
        submission = read.document(document_id).submission_id
        joined = [one.id for one in read.submissions_of(submission) if one.status is Status.JOINED]
        larger = [memo for of in (submission, *joined, document_id) for memo in read.memos(of)]
        codings = sorted(read.codings_with_memo(document_id), key=lambda c: (c.start, c.end))
        return [
            *map(subjects.view, self._shown(larger, sight)),
            *map(subjects.view_of_coding, self._seen(codings, sight)),
        ]

    def count(self) -> int:
        """How many memos there are, those in codings among them."""
        return self._store.read.count_memos()

    @at_one_moment
    def all(self, sight: Sight = Sight()) -> list[MemoView]:  # noqa: B008
        """Every memo that is in sight, the journal and those in codings among them, the newest
        first. Codes, the journal and the inquiry are common property: memos on them always are."""
        read = self._store.read
        subjects = _Subjects(read)
        views = [
            *map(subjects.view, self._shown(read.memos(), sight)),
            *map(subjects.view_of_coding, self._seen(read.codings_with_memo(), sight)),
        ]
        return sorted(views, key=lambda view: view.at, reverse=True)

    def subject(self, about: About, of_id: str) -> Place:
        """What a memo about this would be about, in words."""
        return _Subjects(self._store.read).of(about, of_id)

    def export(self, views: Iterable[MemoView], path: Path) -> int:
        """Writes these memos to a file whose ending says the format: `.docx`, `.csv` or `.md`; the
        number written. Nothing is masked, and the file says that it is not for publication. Raises
        Refused where there is none, EvidenceError where the file cannot be written."""
        from coder.export.memos import Line, write_memos

        lines = [
            Line(_HEADINGS[view.kind], _headed(view), view.detail, view.coder, view.at, view.text)
            for view in views
        ]
        if not lines:
            raise Refused("There is no memo to export.")
        today = datetime.now().astimezone().date()
        write_memos(self._store.read.inquiry().title, today, lines, path)
        return len(lines)

    def _shown(self, memos: Iterable[Memo], sight: Sight) -> list[Memo]:
        unseen = unseen_memos(self._store.reader, sight)
        return [memo for memo in memos if memo.id not in unseen]

    def _seen(self, codings: Iterable[Coding], sight: Sight) -> Iterable[Coding]:
        if sight.whole:
            return codings
        declared: set[str] = set()
        if sight.others is Others.BLIND:
            readings = self._store.read.readings(sight.coder_id)
            declared = {one for one, reading in readings.items() if reading.coded_at}
        mine = sight.coder_id
        return [one for one in codings if one.coder_id == mine or one.document_id in declared]


_HEADINGS = {
    About.PROJECT.value: "On the inquiry",
    About.JOURNAL.value: "Journal",
    About.SUBMISSION.value: "On a submission",
    About.DOCUMENT.value: "On a document",
    About.CODE.value: "On a code",
    TAG: "On a tag",
}


def refuse_orphans(tx: Step) -> None:
    """Raises Refused where a step would take away evidence that somebody has written a memo on. A
    memo on a code stays where the code goes, as it does where the code is deleted."""
    read = Reads(tx.connection)
    for table, row_id in tx.touched:
        if table in ("submissions", "documents"):
            memos = read.memos(row_id)
            if memos and not read.has(table, row_id):
                raise Refused(
                    f"There is a memo by {_owner(read, memos[0].coder_id)} on what would go.",
                    "Whoever wrote it can remove it first; “Memos and journal” lists it.",
                )


class _Subjects:
    """Says what memos are about; reads each kind of thing once."""

    def __init__(self, read: Reads) -> None:
        self._read = read
        self._coders = {coder.id: coder.name for coder in read.coders()}
        self._codes = {code.id: code for code in read.codes()}
        self._submissions: dict[str, Submission | None] = {}
        self._documents: dict[str, Document | None] = {}

    def view(self, memo: Memo) -> MemoView:
        """A memo with what it is about."""
        place = self.of(memo.about, memo.of_id)
        return MemoView(
            memo.id,
            memo.about.value,
            memo.of_id,
            memo.coder_id,
            self._coders.get(memo.coder_id, ""),
            memo.created_at,
            memo.text,
            **_fields(place),
        )

    def view_of_coding(self, coding: Coding) -> MemoView:
        """The memo that lies in a coding."""
        code = self._codes.get(coding.code_id)
        document = self._document(coding.document_id)
        submission = self._submission(document.submission_id) if document else None
        ref = submission.ref if submission else ""
        draft = f" · {UNCHECKED}" if document and document.machine_draft else ""
        return MemoView(
            coding.id,
            TAG,
            coding.id,
            coding.coder_id,
            self._coders.get(coding.coder_id, ""),
            coding.created_at,
            coding.memo,
            f"{ref} · {code.name if code else GONE}",
            f"“{_short(coding.quote)}”{draft}",
            ref,
            submission.id if submission else "",
            coding.document_id,
            coding.start,
            coding.end,
        )

    def of(self, about: About, of_id: str) -> Place:
        """What a memo is about, in words."""
        if about is About.PROJECT:
            return Place("The inquiry", self._read.inquiry().title)
        if about is About.JOURNAL:
            return Place("Journal")
        if about is About.CODE:
            return Place(self._path(of_id) or GONE)
        return self._evidence(about, of_id) or Place(GONE)

    def _evidence(self, about: About, of_id: str) -> Place | None:
        document = self._document(of_id) if about is About.DOCUMENT else None
        owner = self._submission(document.submission_id if document else of_id)
        if owner is None:
            return None
        if document is None:
            return Place(owner.ref, owner.organisation or owner.respondent, owner.ref, owner.id)
        return Place(f"{owner.ref} · {document.title}", "", owner.ref, owner.id, document.id)

    def _submission(self, submission_id: str) -> Submission | None:
        if submission_id not in self._submissions:
            found = self._read.has("submissions", submission_id)
            self._submissions[submission_id] = (
                self._read.submission(submission_id) if found else None
            )
        return self._submissions[submission_id]

    def _document(self, document_id: str) -> Document | None:
        if document_id not in self._documents:
            self._documents[document_id] = self._read.header(document_id)
        return self._documents[document_id]

    def _path(self, code_id: str) -> str:
        return "/".join([code.name for code in lineage(code_id, self._codes)][::-1])


def _fields(place: Place) -> dict[str, Any]:
    return {name: getattr(place, name) for name in Place.__slots__}


def _named(about: About, place: Place) -> str:
    """What a memo is about, as a label of the history says it."""
    if about is About.JOURNAL:
        return ""
    if about is About.PROJECT:
        return "the inquiry"
    return f"“{place.subject}”" if about is About.CODE else place.subject


def _headed(view: MemoView) -> str:
    """What stands above a memo in a file: what it is about, or the day of an entry."""
    return day_shown(view.at) if view.kind == About.JOURNAL else view.subject


def _owner(read: Reads, coder_id: str) -> str:
    return next((one.name for one in read.coders() if one.id == coder_id), "another coder")


def _short(words: str) -> str:
    told = " ".join(words.split())
    return told if len(told) <= _QUOTED else f"{told[: _QUOTED - 1].rstrip()}…"
