"""How far each coder is: what they have read, what they have declared coded, what is left."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from coder.domain.model import Coder, Coding, Document, Paragraph, Reading, Style, now
from coder.domain.text import counted
from coder.project.evidence import Evidence, State, SubmissionView
from coder.store.journal import MACHINE, Step
from coder.store.reads import Reads
from coder.store.rows import Row
from coder.store.store import Store

_NOT_TAGGED = (Style.HEADING, Style.REPLY, Style.SIGNATURE, Style.DISCLAIMER)


@dataclass(frozen=True, slots=True)
class Overview:
    """How many submissions there are to be read, how many of them this coder has read through, and
    how many they have declared coded."""

    submissions: int
    read: int
    coded: int

    def __str__(self) -> str:
        return f"{self.read:,} of {self.submissions:,} read · {self.coded:,} coded"


def overview(views: Iterable[SubmissionView]) -> Overview:
    """How far a coder is with these submissions."""
    states = Counter(view.state for view in views)
    coded = states[State.CODED]
    return Overview(states.total() - states[State.ASIDE], states[State.READ] + coded, coded)


class Progress:
    """What the coder at work has read and coded. What they did not say by hand is noted on their
    behalf, and cannot be undone: it is no act of theirs."""

    def __init__(self, store: Store, who: Callable[[], Coder], evidence: Evidence) -> None:
        self._store = store
        self._who = who
        self._evidence = evidence

    def reading(self, document_id: str) -> Reading | None:
        """How far this coder is with a document, or None where nothing is known."""
        return self._store.read.reading(reading_id(document_id, self._who().id))

    def is_read(self, document_id: str) -> bool:
        """Whether this coder has read a document."""
        reading = self.reading(document_id)
        return reading is not None and bool(reading.read_at)

    def declared(self, document_id: str) -> bool:
        """Whether this coder has declared a document coded."""
        reading = self.reading(document_id)
        return reading is not None and bool(reading.coded_at)

    def overview(self) -> Overview:
        """How far this coder is with all submissions."""
        return overview(self._evidence.all())

    def mark_read(self, document_ids: Sequence[str], *, read: bool = True) -> None:
        """Notes that these documents have been read, or that they have yet to be; then they are
        not coded either. Raises NotFound for one that is not there."""
        told = self._told(document_ids)
        with self._store.step(f"Mark {told} as {'read' if read else 'unread'}", self._who()) as tx:
            for one in document_ids:
                reading = self._standing(one)
                if read:
                    tx.put(replace(reading, read_at=reading.read_at or now()))
                else:
                    _take_back(tx, reading)

    def declare(self, document_ids: Sequence[str], *, coded: bool = True) -> None:
        """Declares these documents coded, by which they are read too; or takes that back, and then
        they stay read. Raises NotFound for one that is not there."""
        told = self._told(document_ids)
        label = f"Declare {told} coded" if coded else f"Take back that {told} is coded"
        with self._store.step(label, self._who()) as tx:
            for one in document_ids:
                reading = self._standing(one)
                at = now() if coded else ""
                if not coded:
                    tx.put(replace(reading, coded_at=""))
                elif not reading.coded_at:
                    tx.put(replace(reading, read_at=reading.read_at or at, coded_at=at))

    def came_to_end(self, document_id: str) -> bool:
        """Notes that this coder has come to the end of a document; False where that is known, where
        they have said by hand how far they are, or where nothing can be written down."""
        if self._store.read_only or self.reading(document_id) is not None:
            return False
        told = self._told([document_id])
        with self._store.step(f"Read {told} to its end", self._who(), MACHINE) as tx:
            tx.put(replace(self._standing(document_id), read_at=now()))
        return True

    def _standing(self, document_id: str) -> Reading:
        who = self._who().id
        known = self.reading(document_id)
        return known or Reading(reading_id(document_id, who), document_id, who)

    def _told(self, document_ids: Sequence[str]) -> str:
        """The documents in words: as their submission where they are all of it. Raises NotFound."""
        read = self._store.read
        documents = [read.document(one) for one in document_ids]
        owners = {document.submission_id for document in documents}
        if len(owners) != 1:
            return counted(len(documents), "document")
        view = self._evidence.one(owners.pop())
        if {document.id for document in view.to_read} <= set(document_ids):
            return view.submission.ref
        titles = ", ".join(f"“{document.title}”" for document in documents)
        return f"{titles} of {view.submission.ref}"


def paragraphs_to_tag(document: Document) -> list[Paragraph]:
    """The paragraphs of a document in which a respondent speaks: no headings, and nothing that is
    quoted from others, signed or disclaimed."""
    return [
        one
        for one in document.paragraphs
        if one.style not in _NOT_TAGGED and document.text[one.start : one.end].strip()
    ]


def end_of(document: Document) -> int:
    """Where a document has been read to its end, in code points: earlier mails, signatures and
    disclaimers below do not count. 0 where there is no text."""
    last = max((one.end for one in paragraphs_to_tag(document)), default=len(document.text))
    return len(document.text[:last].rstrip())


def untagged(paragraphs: Sequence[Paragraph], codings: Iterable[Coding]) -> list[Paragraph]:
    """Those of these paragraphs, given in the order of the text, that no coding touches."""
    starts = [one.start for one in paragraphs]
    touched: set[int] = set()
    for coding in codings:
        first = max(0, bisect_left(starts, coding.start + 1) - 1)
        last = bisect_left(starts, coding.end)
        touched.update(
            place for place in range(first, last) if paragraphs[place].end > coding.start
        )
    return [one for place, one in enumerate(paragraphs) if place not in touched]


def forget_readings(tx: Step, table: str, row_id: str, before: Row | None) -> None:
    """Takes what is known of reading a document away with the document, where undo or redo removes
    it; in the same step, so that both come back together."""
    if table == "documents" and before is None:
        for reading in Reads(tx.connection).readings_of(row_id):
            tx.delete(reading)


def _take_back(tx: Step, reading: Reading) -> None:
    if reading.read_at or reading.coded_at:
        tx.put(replace(reading, read_at="", coded_at=""))


def reading_id(document_id: str, coder_id: str) -> str:
    """The id that every copy of a project gives to how far this coder is with this document."""
    return hashlib.sha256(f"{document_id}{coder_id}".encode()).hexdigest()[:32]
