"""Submissions and their particulars: who is speaking, what they allow, and what is there."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from coder.domain.errors import NotFound, Refused
from coder.domain.model import (
    Coder,
    Document,
    DocumentKind,
    Permission,
    Reading,
    Receipt,
    RespondentType,
    Status,
    Style,
    Submission,
)
from coder.domain.text import occurrence
from coder.export.masking import can_be_found, further
from coder.project.moment import at_one_moment
from coder.project.signed_state import Signers, signers
from coder.store.reads import Reads, Tagged
from coder.store.store import Store

CAMPAIGN = "campaign"
"""The flag of a campaign's letters."""

SET_ASIDE = (Status.DUPLICATE, Status.JOINED, Status.BLANK, Status.WITHDRAWN)
"""What nobody has to read: it says nothing, or is said elsewhere."""

_NONE: frozenset[str] = frozenset()
_UNTAGGED = Tagged()
_UNSIGNED = Signers()
_NOBODYS = (Style.REPLY, Style.DISCLAIMER)
_CALLED = {"also_masked": "words to mask"}
_CHOICES = {"type": RespondentType, "permission": Permission, "status": Status}


@dataclass(frozen=True, slots=True)
class Wish:
    """A sentence that speaks of confidence or publication: its words, and where they stand in the
    document, `[start, end)` in code points."""

    document_id: str
    document: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Campaign:
    """Near-identical letters: the one that stands for all of them, and the others, in the order of
    references."""

    representative: Submission
    letters: tuple[Submission, ...]


class State(StrEnum):
    """How far a coder is with a submission; `ASIDE` where there is nothing to be read."""

    UNREAD = "unread"
    BEGUN = "begun"
    READ = "read"
    CODED = "coded"
    ASIDE = ""


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """A submission with its documents (without texts), their lengths in characters by document id,
    how many codings it has, and the reference of the submission that it is a duplicate or campaign
    letter of, or was joined with. `row` is the place of the table's row that it is, `row 3 of
    export.csv`, where it names nobody. `tagged` tells the codings apart; `read` and `coded` are the
    ids of the documents that this coder has read, and declared coded. `given` are the names of the
    coders who are to code it, and `mine` says that this coder is one of them; `signed` who has
    signed it off."""

    submission: Submission
    documents: tuple[Document, ...]
    lengths: dict[str, int]
    codings: int
    of: str = ""
    row: str = ""
    tagged: Tagged = _UNTAGGED
    read: frozenset[str] = _NONE
    coded: frozenset[str] = _NONE
    given: tuple[str, ...] = ()
    mine: bool = False
    signed: Signers = _UNSIGNED

    @property
    def to_read(self) -> tuple[Document, ...]:
        """The documents that are to be read: a transcript in place of its recording."""
        heard = {document.source_id for document in self.documents if document.source_id}
        if not heard:
            return self.documents
        return tuple(document for document in self.documents if document.id not in heard)

    @property
    def state(self) -> State:
        """How far this coder is with it as a whole."""
        wanted = {document.id for document in self.to_read}
        if not wanted or self.submission.status in SET_ASIDE:
            return State.ASIDE
        if wanted <= self.coded:
            return State.CODED
        if wanted <= self.read:
            return State.READ
        return State.BEGUN if self.tagged.mine or wanted & self.read else State.UNREAD

    @property
    def title(self) -> str:
        """How lists call it: the organisation, the respondent, a row of a table by its place, or
        its first document."""
        named = self.submission.organisation or self.submission.respondent or self.row
        return named or (self.documents[0].title if self.documents else "")

    def as_json(self) -> dict[str, Any]:
        """The fields that scripts rely on, by their fixed names."""
        names = "ref respondent organisation type permission region received channel status"
        answer: dict[str, Any] = {name: getattr(self.submission, name) for name in names.split()}
        answer["flags"] = list(self.submission.flags)
        answer["of"] = self.of
        answer["documents"] = [
            {
                "id": document.id,
                "title": document.title,
                "kind": document.kind,
                "characters": self.lengths.get(document.id, 0),
                "media_ms": document.media_ms,
                "problems": list(document.problems),
            }
            for document in self.documents
        ]
        return answer


class Evidence:
    """The submissions of a project."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    @at_one_moment
    def all(self) -> list[SubmissionView]:
        """Every submission, in the order of references."""
        read = self._store.read
        lengths, counts = read.lengths(), read.tagged(self._who().id)
        readings = read.readings(self._who().id)
        documents: dict[str, list[Document]] = {}
        for document in read.documents():
            documents.setdefault(document.submission_id, []).append(document)
        submissions = read.submissions()
        refs = {submission.id: submission.ref for submission in submissions}
        rows = read.rows_of_tables()
        given = read.given()
        signed = signers(read)
        return [
            SubmissionView(
                submission,
                tuple(documents.get(submission.id, ())),
                {one.id: lengths.get(one.id, 0) for one in documents.get(submission.id, ())},
                counts.get(submission.id, _UNTAGGED).all,
                refs.get(submission.of_id, ""),
                _row(rows.get(submission.id, "")),
                counts.get(submission.id, _UNTAGGED),
                *_progress(readings, documents.get(submission.id, ())),
                *self._given(given.get(submission.id, ())),
                signed.get(submission.id, _UNSIGNED),
            )
            for submission in submissions
        ]

    @at_one_moment
    def touched(self, rows: Iterable[str]) -> tuple[list[SubmissionView], set[str]]:
        """Of changed submissions and documents, given by their ids: the submissions as they are
        now, and the ids of which there is no submission (any more)."""
        read = self._store.read
        views: dict[str, SubmissionView] = {}
        gone = set()
        for row_id in rows:
            owner = read.owner_of(row_id)
            if not owner:
                gone.add(row_id)
            elif owner not in views:
                views[owner] = self.one(owner)
        return list(views.values()), gone

    def holding(self, rows: Iterable[tuple[str, str]]) -> set[str]:
        """The ids of the submissions that these codings and readings are in, given by table and id,
        also of such as have gone."""
        read = self._store.read
        kept = {row for row in rows if row[0] in ("codings", "readings")}
        documents = {read.document_under(*row) for row in kept}
        return {read.owner_of(one) for one in documents} - {""}

    def count(self) -> int:
        """How many submissions there are."""
        return self._store.read.count_submissions()

    def one(self, ref: str) -> SubmissionView:
        """The submission with this reference or id. Raises NotFound."""
        read = self._store.read
        submission = read.submission(ref)
        documents = tuple(read.documents(submission.id))
        tagged = read.tagged(self._who().id, submission.id).get(submission.id, _UNTAGGED)
        readings = read.readings(self._who().id, submission.id)
        return SubmissionView(
            submission,
            documents,
            read.lengths(submission.id),
            tagged.all,
            read.submission(submission.of_id).ref if submission.of_id else "",
            _row(read.rows_of_tables(submission.id).get(submission.id, "")),
            tagged,
            *_progress(readings, documents),
            *self._given(read.given(submission.id).get(submission.id, ())),
            signers(read, submission.id).get(submission.id, _UNSIGNED),
        )

    def _given(self, names: Sequence[str]) -> tuple[tuple[str, ...], bool]:
        return tuple(names), self._who().name in names

    def document_titled(self, ref: str, title: str = "") -> Document:
        """A document of a submission, with its text, by title or kind; the first one with a text
        where no title is given. Raises NotFound."""
        view = self.one(ref)
        wanted = title.casefold()
        for document in view.documents:
            named = wanted in (document.title.casefold(), str(document.kind))
            if named if title else view.lengths.get(document.id):
                return self._store.read.document(document.id)
        if wanted == DocumentKind.TRANSCRIPT:
            raise NotFound(
                f"{view.submission.ref} has no transcript yet.", "`transcribe` makes one."
            )
        titles = ", ".join(f"“{document.title}”" for document in view.documents)
        raise NotFound(
            f"{view.submission.ref} has no document “{title}”."
            if title
            else f"{view.submission.ref} has no text yet.",
            f"It has {titles}." if titles else "",
        )

    def document_saying(self, ref: str, words: str, title: str = "", nth: int = 1) -> Document:
        """The document of that title, or where none is given the first one of the submission that
        has these words `nth` times. Raises NotFound."""
        if title:
            return self.document_titled(ref, title)
        view = self.one(ref)
        for header in view.documents:
            document = self._store.read.document(header.id)
            if words.strip() and occurrence(document.text, words, nth) >= 0:
                return document
        times = f" {nth} times in one document" if nth > 1 else ""
        raise NotFound(
            f"{view.submission.ref} does not contain “{words}”{times}.",
            "Copy them from `show`; spelling, quotation marks and spaces must be the same.",
        )

    def wishes(self, ref: str) -> list[Wish]:
        """Where a submission speaks of confidence or publication, so that a person can decide. What
        is quoted from others, and disclaimers, are left out. Raises NotFound."""
        from coder.ingest.people.wishes import find

        return [
            Wish(document.id, document.title, start, end, document.text[start:end])
            for document in self._texts(ref)
            for start, end in find(document.text)
            if not _stands_in(document, start, _NOBODYS)
        ]

    def letters(self, ref: str) -> Campaign | None:
        """The campaign that a submission belongs to, or None. Raises NotFound."""
        read = self._store.read
        one = read.submission(ref)
        if CAMPAIGN not in one.flags:
            return None
        head = read.submission(one.of_id) if one.of_id else one
        others = tuple(
            letter
            for letter in read.submissions_of(head.id)
            if CAMPAIGN in letter.flags and letter.status is not Status.JOINED
        )
        return Campaign(head, others) if others else None

    def letter_count(self, submission: Submission) -> int:
        """How many letters the campaign has that a submission belongs to, itself among them; 0 for
        what belongs to none."""
        if CAMPAIGN not in submission.flags:
            return 0
        others = self._store.read.count_letters(submission.of_id or submission.id)
        return others + 1 if others else 0

    def additions(self, ref: str) -> dict[str, list[tuple[int, int]]]:
        """What a campaign's letter or a duplicate says that the one it is like does not: spans in
        code points, in the order of the text, by document id. Empty for what stands by itself.
        Raises NotFound."""
        from coder.analysis.similarity import own_words

        one = self._store.read.submission(ref)
        if not one.of_id or one.status is Status.JOINED:
            return {}
        whole = "\n".join(document.text for document in self._texts(one.of_id))
        if not whole:
            return {}
        return {document.id: own_words(document.text, whole) for document in self._texts(one.id)}

    def _texts(self, ref: str) -> list[Document]:
        """The documents of a submission that have a text, with it."""
        read = self._store.read
        whole = [read.document(one.id) for one in read.documents(read.submission(ref).id)]
        return [document for document in whole if document.text]

    def change(self, ref: str, **particulars: str) -> Submission:
        """Changes a submission's particulars, given by their names in the record.

        Raises NotFound, or Refused for a type, permission or status that is not one, for words to
        mask that could not be found, for what only `Joining` can do or undo, `Withdrawal` or
        `Pseudonyms` do, and for a withdrawn submission.
        """
        submission = self._store.read.submission(ref)
        status = particulars.get("status", submission.status)
        if Status.WITHDRAWN in (status, submission.status) and status != submission.status:
            raise Refused(
                f"{submission.ref} is not withdrawn, or back again, by its status alone.",
                "`withdraw` erases it for good; what comes in anew gets a new reference.",
            )
        refuse_withdrawn(self._store.read, submission)
        joined = Status.JOINED in (submission.status, status)
        if joined and status != submission.status:
            raise Refused(
                f"The status of {submission.ref} cannot be set like this.",
                "`join` makes one submission of two, and `undo` takes it back.",
            )
        changed = _parted(replace(submission, **_checked(particulars)))
        what = ", ".join(_CALLED.get(name, name) for name in particulars)
        with self._store.step(f"Change the {what} of {submission.ref}", self._who()) as tx:
            tx.put(changed)
        return changed

    def set_flags(self, ref: str, flags: tuple[str, ...]) -> None:
        """Sets what lists show beside the submission: late, campaign, duplicate …"""
        submission = self._store.read.submission(ref)
        refuse_withdrawn(self._store.read, submission)
        with self._store.step(f"Change the flags of {submission.ref}", self._who()) as tx:
            tx.put(_parted(replace(submission, flags=flags)))

    def receipts(self) -> list[Receipt]:
        """The account of every file given to the project, oldest first."""
        return self._store.read.receipts()

    def original_path(self, document: Document) -> Path:
        """Where the document's original lies. Raises NotFound where it has gone."""
        return self._store.original_file(document)


def refuse_withdrawn(read: Reads, submission: Submission) -> None:
    """Raises Refused for a withdrawn submission and one that was joined with it: what were written
    on it now, nothing would ever erase."""
    joined = submission.status is Status.JOINED and read.has("submissions", submission.of_id)
    head = read.submission(submission.of_id) if joined else submission
    if head.status is Status.WITHDRAWN:
        raise Refused(
            f"{submission.ref} is withdrawn; nothing can be written on it any more.",
            "Write in the journal, without the respondent’s words or name.",
        )


def _progress(
    readings: dict[str, Reading], documents: Iterable[Document]
) -> tuple[frozenset[str], frozenset[str]]:
    """Which of these documents have been read, and which were declared coded."""
    known = [readings[one.id] for one in documents if one.id in readings]
    if not known:
        return _NONE, _NONE
    return (
        frozenset(one.document_id for one in known if one.read_at),
        frozenset(one.document_id for one in known if one.coded_at),
    )


def _row(place: str) -> str:
    """How a row is called, from its place: by itself and its table."""
    *_, table, row = ["", "", *place.replace("\\", "/").split("/")]
    return f"{row} of {table}" if table else row


def _stands_in(document: Document, place: int, styles: Container[Style]) -> bool:
    """Whether the paragraph at this place looks like one of these."""
    return any(one.start <= place < one.end and one.style in styles for one in document.paragraphs)


def _parted(submission: Submission) -> Submission:
    """The submission, standing for itself where nothing says any more that it does not."""
    repeats = submission.status in (Status.DUPLICATE, Status.JOINED)
    if repeats or CAMPAIGN in submission.flags:
        return submission
    return replace(submission, of_id="")


def _checked(particulars: dict[str, str]) -> dict[str, Any]:
    if "pseudonym" in particulars:
        raise Refused("A pseudonym is not set like this.", "Use *Suggest* or `--pseudonym`.")
    checked: dict[str, Any] = {}
    for name, value in particulars.items():
        choices = _CHOICES.get(name)
        if choices and value not in list(choices):
            raise Refused(
                f"“{value}” is not a {name}.", f"Choose from: {', '.join(map(str, choices))}."
            )
        checked[name] = choices(value) if choices else value
    if "also_masked" in checked:
        checked["also_masked"] = "; ".join(_to_mask(checked["also_masked"]))
    return checked


def _to_mask(words: str) -> list[str]:
    """The entries to be masked, each once. Raises Refused for one that no text can be searched
    for."""
    entries = list(dict.fromkeys(further(words)))
    for entry in entries:
        if not can_be_found(entry):
            raise Refused(
                f"“{entry}” is too short to be found and masked.",
                "Give at least two letters or digits; part several entries by semicolons.",
            )
    return entries
