"""What coders are compared on: the texts of submissions set one behind another, and in them what
each coder tagged with each code, as runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder.analysis.agreement.runs import Runs, Text, union
from coder.analysis.language import sentences
from coder.domain.agreement import Unit
from coder.domain.model import Coder, Document, Paragraph, Submission
from coder.jobs import Job
from coder.store.coded import places
from coder.store.store import Store


@dataclass(frozen=True, slots=True)
class Corpus:
    """`text` is what is compared, unit by unit; `spans` the place of each submission in it,
    `[start, end)`. `codes` are the ids of the codes that anybody used, `marked[coder][code]` where,
    and `codings[coder][code]` the beginnings of the passages as they were tagged, in order."""

    submissions: tuple[Submission, ...]
    spans: tuple[tuple[int, int], ...]
    text: Text
    codes: tuple[str, ...]
    marked: tuple[tuple[Runs, ...], ...]
    codings: tuple[tuple[NDArray[np.int64], ...], ...]

    @property
    def whole(self) -> bool:
        """Whether every coder coded all of it."""
        return bool(self.text.rated.all())


def gather(
    store: Store,
    coders: Sequence[Coder],
    submissions: Sequence[Submission],
    rated: NDArray[np.bool_],
    order: Sequence[str],
    unit: Unit,
    job: Job,
) -> Corpus:
    """The corpus of these submissions; `rated[submission, coder]` says who coded which, and `order`
    gives the ids of codes as they stand in the codebook. Raises Cancelled."""
    layout = _Layout(unit)
    for done, submission in enumerate(submissions):
        job.check()
        job.report(done, len(submissions), "Reading the texts")
        layout.begin()
        for header in store.read.documents(submission.id):
            layout.add(store.read.document(header.id))
    spans = layout.spans()
    marked, codings, codes = _marked(store, coders, layout.offsets, order)
    return Corpus(tuple(submissions), spans, layout.text(rated), codes, marked, codings)


class _Layout:
    """Sets documents one behind another and notes where everything begins."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._length = 0
        self._parts: list[int] = []
        self._blocks: list[int] = []
        self._units: list[tuple[int, int]] = []
        self.offsets: dict[str, int] = {}

    def begin(self) -> None:
        """From here on documents are of the next submission."""
        self._parts.append(self._length)

    def add(self, document: Document) -> None:
        """The next document; one without text, as a recording is, takes no place."""
        if not document.text:
            return
        offset = self._length
        self.offsets[document.id] = offset
        paragraphs = document.paragraphs or (Paragraph("", 0, len(document.text)),)
        starts = [one.start for one in paragraphs]
        self._blocks += [offset + start for start in dict.fromkeys([0, *starts[1:]])]
        found = self._units_of(document.text, paragraphs)
        self._units += [(offset + start, offset + end) for start, end in found]
        self._length += len(document.text)

    def _units_of(self, text: str, paragraphs: Sequence[Paragraph]) -> Iterable[tuple[int, int]]:
        if self._unit not in (Unit.SENTENCE, Unit.PARAGRAPH):
            return
        for one in paragraphs:
            words = text[one.start : one.end]
            if not words.strip():
                continue
            if self._unit is Unit.PARAGRAPH:
                yield one.start, one.end
            else:
                yield from ((one.start + start, one.start + end) for start, end in sentences(words))

    def spans(self) -> tuple[tuple[int, int], ...]:
        """The place of each submission."""
        return tuple(zip(self._parts, [*self._parts[1:], self._length], strict=True))

    def text(self, rated: NDArray[np.bool_]) -> Text:
        """The text, ready to be compared. Of submissions each whole one is a unit, and a block."""
        units, blocks = None, self._blocks
        if self._unit is Unit.SUBMISSION:
            units, blocks = _runs(self.spans()), self._parts
        elif self._unit is not Unit.CHARACTER:
            units = _runs(self._units)
        return Text(
            self._length,
            units,
            np.array(self._parts, dtype=np.int64),
            rated,
            np.array(blocks, dtype=np.int64),
        )


def _runs(spans: Iterable[tuple[int, int]]) -> Runs:
    table = np.array(list(spans), dtype=np.int64).reshape(-1, 2)
    return Runs(table[:, 0], table[:, 1])


def _marked(
    store: Store, coders: Sequence[Coder], offsets: dict[str, int], order: Sequence[str]
) -> tuple[
    tuple[tuple[Runs, ...], ...], tuple[tuple[NDArray[np.int64], ...], ...], tuple[str, ...]
]:
    """What each coder tagged with each code that anybody used, double and nested marks as one; the
    beginnings of all passages as they are; and the ids of these codes."""
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for one in places(store.reader, [coder.id for coder in coders]):
        offset = offsets.get(one.document_id)
        if offset is not None:
            key = one.coder_id, one.code_id
            found.setdefault(key, []).append((offset + one.start, offset + one.end))
    used = {code_id for _, code_id in found}
    codes = tuple(code_id for code_id in order if code_id in used)
    tables = [
        [
            np.array(found.get((coder.id, code_id), []), dtype=np.int64).reshape(-1, 2)
            for code_id in codes
        ]
        for coder in coders
    ]
    marked = tuple(tuple(union(one[:, 0], one[:, 1]) for one in own) for own in tables)
    return marked, tuple(tuple(np.sort(one[:, 0]) for one in own) for own in tables), codes
