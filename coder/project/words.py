"""Words of a selection of evidence: how often they stand, in what company, and where."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coder.analysis.words import GAP, Measure, Order, Tokens, Vocabulary, tokens
from coder.domain.citation import as_reference
from coder.domain.codes import children_of
from coder.domain.model import Document, DocumentKind, Status, Style, Submission
from coder.domain.sight import Sight
from coder.jobs import Job
from coder.project.evidence import CAMPAIGN
from coder.project.moment import at_one_moment
from coder.store.journal import StepDone
from coder.store.store import Store

if TYPE_CHECKING:
    from coder.analysis.words_counts import Corpus, Frequency, Pair, Places

__all__ = [
    "Concordance", "Counted", "Line", "Measure", "Order", "Selection", "Words", "write_table",
]  # fmt: skip

AROUND = 120
"""Code points of a line on either side of the words."""

_EARLIER = (Style.REPLY, Style.SIGNATURE, Style.DISCLAIMER)
_NOT_COUNTED = (Status.DUPLICATE, Status.JOINED, Status.WITHDRAWN)
_KEPT = 2


@dataclass(frozen=True, slots=True)
class Selection:
    """Whose words are counted; empty fields ask for nothing. `submissions` are references, `types`
    types of respondent, `documents` ids, and `codes` ids of codes, of which (with all below them)
    only the tagged passages count.

    Duplicates are left out, and of a campaign's letters all but the one that stands for them,
    unless `letters` asks for each or they are named. So are earlier mails that a mail quotes,
    signatures and disclaimers, unless `earlier` asks for them.
    """

    submissions: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    earlier: bool = False
    letters: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a concordance: the words found, exactly as they stand, and what is before and
    behind them, on one line. `start`, `end` are code points of the document. `machine_draft` says
    that a machine wrote it and nobody has checked it."""

    ref: str
    submission_id: str
    document_id: str
    document: str
    start: int
    end: int
    before: str
    words: str
    after: str
    machine_draft: bool = False


@dataclass(frozen=True, slots=True)
class _Text:
    """A document's words, and its text as bytes, which take the least room."""

    own: Tokens
    earlier: Tokens
    utf8: bytes
    timed: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """The words of a selection, ready to be counted, and how many words and submissions."""

    words: int
    submissions: int
    corpus: Corpus
    headers: tuple[tuple[Submission, Document], ...]
    texts: tuple[_Text, ...]


class Concordance:
    """Every place of a word in a selection. Lines are made when they are asked for."""

    def __init__(self, counted: Counted, places: Places) -> None:
        self._counted = counted
        self._places = places
        self._last: tuple[int, str] = (-1, "")

    def __len__(self) -> int:
        return len(self._places)

    def line(self, row: int) -> Line:
        """The line at this place, from 0."""
        source, start, end = self._places.at(row)
        submission, document = self._counted.headers[source]
        text = self._text(source)
        before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        return Line(
            submission.ref,
            submission.id,
            document.id,
            document.title,
            start,
            end,
            _one_line(before).lstrip(),
            _one_line(text[start:end]),
            _one_line(after).rstrip(),
            document.machine_draft,
        )

    def spans(self, rows: Sequence[int] | None = None) -> list[tuple[str, int, int]]:
        """The document's id, start and end of these lines, or of all, in code points."""
        ids = [document.id for _, document in self._counted.headers]
        return [(ids[source], start, end) for source, start, end in self._places.all(rows)]

    def submissions(self) -> int:
        """How many submissions have the words."""
        return self._places.submissions()

    def _text(self, source: int) -> str:
        known, text = self._last
        if known != source:
            text = self._counted.texts[source].utf8.decode()
            self._last = (source, text)
        return text


class Words:
    """Counts the words of the evidence. What was read once is kept until it changes, or until
    `forget`. Counting from several threads is done one after another."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._turn = threading.Lock()
        self._vocabulary = Vocabulary()
        self._texts: dict[str, _Text] = {}
        self._counted: dict[tuple[Selection, Sight], Counted] = {}
        self._since: list[StepDone] = []
        store.watchers.append(self._note)

    def forget(self) -> None:
        """Lets go of everything that is kept."""
        with self._turn:
            self._texts.clear()
            self._counted.clear()
            self._vocabulary = Vocabulary()

    def counted(
        self,
        selection: Selection,
        job: Job,
        sight: Sight = Sight(),  # noqa: B008
    ) -> Counted:
        """The words of a selection. Of codes, only the passages count whose coding is in sight.
        Raises Cancelled."""
        with self._turn:
            self._catch_up()
            key = (selection, sight)
            if key not in self._counted:
                made = self._count(selection, sight, job)
                while len(self._counted) >= _KEPT:
                    self._counted.pop(next(iter(self._counted)))
                self._counted[key] = made
            return self._counted[key]

    def frequencies(
        self, counted: Counted, *, small: bool = False, families: bool = False
    ) -> list[Frequency]:
        """How often each word stands in a selection, the most frequent first; without the small
        words of English unless they are asked for, and forms of one word together on wish."""
        with self._turn:
            return counted.corpus.frequencies(small=small, families=families)

    def concordance(
        self, counted: Counted, query: str, order: Order = Order.PLACE, *, families: bool = False
    ) -> Concordance:
        """Where a word or phrase stands, in the order of the evidence or of the words beside it."""
        with self._turn:
            places = counted.corpus.places(query, order, families=families)
            return Concordance(counted, places)

    def pairs(
        self,
        counted: Counted,
        job: Job,
        *,
        window: int = 2,
        fewest: int = 3,
        measure: Measure = Measure.LIKELIHOOD,
        small: bool = False,
    ) -> list[Pair]:
        """Which words keep together; see `Corpus.pairs`. Raises Cancelled."""
        with self._turn:
            return counted.corpus.pairs(
                window=window,
                fewest=fewest,
                measure=measure,
                small=small,
                check=job.check,
            )

    # Below: how it is gathered

    def _note(self, step: StepDone) -> None:
        self._since.append(step)

    def _catch_up(self) -> None:
        """Lets go of what steps since the last time have changed."""
        steps, self._since = self._since, []
        tables = {table for step in steps for table in step.touched}
        for step in steps:
            for row_id in step.rows("documents"):
                self._texts.pop(row_id, None)
        if "segments" in tables:
            self._texts = {one: text for one, text in self._texts.items() if not text.timed}
        everything = tables & {"documents", "segments", "submissions"}
        by_code = tables & {"codings", "codes", "readings"}
        self._counted = {
            key: counted
            for key, counted in self._counted.items()
            if not (everything or (by_code and key[0].codes))
        }

    @at_one_moment
    def _count(self, selection: Selection, sight: Sight, job: Job) -> Counted:
        from coder.analysis.words_counts import Corpus

        passages = self._passages(selection.codes, sight)
        headers = [
            (submission, document)
            for submission, document in self._headers(selection)
            if not selection.codes or document.id in passages
        ]
        texts = []
        for place, (submission, document) in enumerate(headers):
            job.report(place, len(headers), f"Reading the words of {submission.ref}")
            job.check()
            texts.append(self._text(document))
        parts = [
            _within(each, passages[document.id]) if selection.codes else each
            for each, (_, document) in zip(
                (_chosen(text, earlier=selection.earlier) for text in texts), headers, strict=True
            )
        ]
        owners: dict[str, int] = {}
        of = [owners.setdefault(submission.id, len(owners)) for submission, _ in headers]
        corpus = Corpus(self._vocabulary, parts, of)
        return Counted(corpus.size, corpus.submissions, corpus, tuple(headers), tuple(texts))

    def _headers(self, selection: Selection) -> list[tuple[Submission, Document]]:
        """The documents that are counted, in the order of references."""
        read = self._store.read
        submissions = {one.id: one for one in read.submissions()}
        refs = {as_reference(ref) for ref in selection.submissions}
        found = []
        for document in read.documents():
            submission = submissions[document.submission_id]
            if (
                (refs and submission.ref not in refs)
                or (selection.types and submission.type not in selection.types)
                or (selection.documents and document.id not in selection.documents)
            ):
                continue
            named = refs or selection.documents
            if named or _counts(submission, letters=selection.letters):
                found.append((submission, document))
        return found

    def _passages(self, codes: Sequence[str], sight: Sight) -> dict[str, list[tuple[int, int]]]:
        """The stretches of each document that carry one of these codes, each of them once."""
        families = children_of(self._store.read.codes())
        wanted = {one for code in codes for one in families.get(code, [code])}
        spans: dict[str, list[tuple[int, int]]] = {}
        for document_id, *span in self._store.read.passages_with(sorted(wanted), sight):
            spans.setdefault(document_id, []).append((span[0], span[1]))
        return {one: _merged(several) for one, several in spans.items()}

    def _text(self, header: Document) -> _Text:
        """A document's words, read once."""
        known = self._texts.get(header.id)
        if known is None:
            document = self._store.read.document(header.id)
            own, earlier = _parts(document)
            known = self._texts[header.id] = _Text(
                tokens(document.text, own, self._vocabulary),
                tokens(document.text, earlier, self._vocabulary),
                document.text.encode(),
                document.kind is DocumentKind.TRANSCRIPT,
            )
        return known


def write_table(path: Path, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Writes a table as CSV that spreadsheet programs open rightly. Raises EvidenceError where the
    file cannot be written, and then leaves what was there."""
    from coder.export.atomic import write_whole
    from coder.export.csv_rows import as_csv

    write_whole(path, as_csv([headings, *rows]))


def _counts(submission: Submission, *, letters: bool) -> bool:
    """Whether a submission counts for itself."""
    if submission.status in _NOT_COUNTED:
        return False
    return letters or not (submission.of_id and CAMPAIGN in submission.flags)


def _parts(document: Document) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """What the document itself says, and what it repeats or adds by rote, a part each paragraph. A
    transcript is one part: its sentences run across its segments."""
    if document.kind is DocumentKind.TRANSCRIPT or not document.paragraphs:
        return ([(0, len(document.text))] if document.text else []), []
    own: list[tuple[int, int]] = []
    earlier: list[tuple[int, int]] = []
    for paragraph in document.paragraphs:
        kept = earlier if paragraph.style in _EARLIER else own
        kept.append((paragraph.start, paragraph.end))
    return own, earlier


def _chosen(text: _Text, *, earlier: bool) -> Tokens:
    """The document's own words, with the others in their places where they are asked for."""
    import numpy as np

    if not earlier or not len(text.earlier.ids):
        return text.own
    both = [
        np.concatenate((getattr(text.own, name), getattr(text.earlier, name)))
        for name in ("ids", "starts", "ends")
    ]
    order = np.argsort(both[1], kind="stable")
    return Tokens(*(one[order] for one in both))


def _within(whole: Tokens, spans: Sequence[tuple[int, int]]) -> Tokens:
    """The words that lie wholly in these stretches, with a gap behind each stretch."""
    import numpy as np

    parts: list[list[object]] = [[], [], []]
    for start, end in spans:
        low = int(np.searchsorted(whole.starts, start))
        high = max(low, int(np.searchsorted(whole.ends, end, side="right")))
        for kept, name, gap in zip(parts, ("ids", "starts", "ends"), (GAP, end, end), strict=True):
            kept.append(getattr(whole, name)[low:high])
            kept.append(np.array([gap], dtype=np.int32))
    return Tokens(*(np.concatenate(one) for one in parts))  # type: ignore[arg-type]


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """These stretches in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
