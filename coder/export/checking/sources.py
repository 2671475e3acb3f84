"""The evidence as a check is given it, and what it reads of the documents that are quoted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from coder.domain.citation import barred, cite, twin_of
from coder.domain.model import Document, DocumentKind, Permission, Segment, Status, Submission
from coder.domain.paragraphs import index_at, numbers_of, pages_of
from coder.domain.segments import spoken_between
from coder.export.checking.alignment import Span
from coder.export.checking.citations import Cited
from coder.export.checking.findings import Passage
from coder.export.checking.words import word_places
from coder.export.masking import Names, known, mask, names_of

_AROUND = 200
"""Code points beside a passage in which a name is looked for that the passage cuts off."""

_NEAR_MS = 10_000
"""Milliseconds by which a time that is cited may lie beside the words."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a report is checked against.

    `documents` come without their texts, which `texts` gives one by one with their ids; `document`
    and `segments` read one that is quoted. `sensitive` are the stretches of documents that are
    marked so, `asked` what the inquiry itself says: its title, questions, themes.
    """

    submissions: Sequence[Submission]
    documents: Sequence[Document]
    texts: Iterable[tuple[str, str]]
    document: Callable[[str], Document]
    segments: Callable[[str], Sequence[Segment]]
    prefix: str
    sensitive: Mapping[str, Sequence[tuple[int, int]]]
    asked: Sequence[str] = ()


class Sources:
    """Documents and submissions, looked up."""

    def __init__(self, evidence: Evidence) -> None:
        self.by_ref = {one.ref: one for one in evidence.submissions}
        self.by_id = {one.id: one for one in evidence.submissions}
        self.headers = {one.id: one for one in evidence.documents}
        self.prefixes = {
            evidence.prefix,
            *(twin_of(one.ref, 0).rstrip("0123456789") for one in evidence.submissions),
        }
        self._names = names_of(evidence.submissions)
        self._documents_of: dict[str, list[str]] = {}
        for one in evidence.documents:
            self._documents_of.setdefault(one.submission_id, []).append(one.id)
        self._sensitive = evidence.sensitive
        self._segments = lru_cache(16)(evidence.segments)
        self._joined: dict[str, set[str]] = {}
        for joined in evidence.submissions:
            if joined.status is Status.JOINED:
                self._joined.setdefault(joined.of_id, set()).add(joined.ref)
        self.document = lru_cache(64)(evidence.document)
        self.words: Callable[[str], list[Span]] = lru_cache(64)(self._words)

    def owner(self, document_id: str) -> Submission:
        """The submission that a document belongs to."""
        return self.by_id[self.headers[document_id].submission_id]

    def refs(self, document_id: str) -> set[str]:
        """The references under which a document may be cited: its submission's, and those that were
        joined with it."""
        owner = self.owner(document_id)
        return {owner.ref, *self._joined.get(owner.id, ())}

    def documents_of(self, ref: str) -> list[str]:
        """The ids of a submission's documents; of one joined with another, those of the other."""
        found = self.by_ref.get(ref)
        if found is None:
            return []
        return self._documents_of.get(found.id, []) or self._documents_of.get(found.of_id, [])

    def with_id(self, ref: str, beginning: str) -> str:
        """The id of the document that begins so, of that submission first; empty where there is
        none."""
        own = self.documents_of(ref)
        every = [one for one in (*own, *self.headers) if one.startswith(beginning)]
        return every[0] if every else ""

    def is_sensitive(self, document_id: str, spans: Sequence[tuple[int, int]]) -> bool:
        """Whether stretches, in code points, touch what is marked sensitive."""
        marked = self._sensitive.get(document_id, ())
        return any(a < end and start < b for start, end in marked for a, b in spans)

    def stretches(self, document_id: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
        """Spans of words as stretches in code points."""
        found = self.words(document_id)
        return [(found[a][0], found[b - 1][1]) for a, b in spans if b > a]

    def passage(self, document_id: str, spans: Sequence[Span]) -> Passage:
        """The words from the first to the last of these spans, as they are cited."""
        document = self.document(document_id)
        stretches = self.stretches(document_id, spans)
        start, end = min(a for a, _ in stretches), max(b for _, b in stretches)
        ref = self.owner(document_id).ref
        timed = document.kind is DocumentKind.TRANSCRIPT
        spoken = spoken_between(self._segments(document_id), start, end) if timed else None
        if timed:
            citation = cite(ref, time_ms=spoken[0] if spoken else None)
        else:
            numbers = numbers_of(document.paragraphs, start, end)
            citation = cite(ref, numbers, page=pages_of(document.paragraphs, start, end))
        said = document.text[start:end]
        open_ = self.tellable(document_id, start, end)
        return Passage(document_id, document.title, start, end, said, citation, open_)

    def tellable(self, document_id: str, start: int, end: int) -> str:
        """What of the words `[start, end)` of a document may be told outside the project: as much
        as a pack would tell of them, and no pseudonym; empty where nothing may."""
        owner, text = self.owner(document_id), self.document(document_id).text
        if barred(owner.permission, owner.status) or self.is_sensitive(document_id, [(start, end)]):
            return ""
        if owner.permission is Permission.NAMED:
            return text[start:end]
        names = replace(self._names.get(owner.id, Names()), pseudonym="")
        if not known(names):
            return ""
        before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
        return mask(text[start:end], names, before, after)

    def missing(self, cited: Cited) -> list[str]:
        """The paragraphs cited that none of a submission's documents has; none where these count
        no paragraphs."""
        if not cited.paragraphs:
            return []
        documents = [self.document(one) for one in self.documents_of(cited.ref)]
        numbers = {
            one.number for document in documents for one in document.paragraphs if one.number
        }
        return [one for one in cited.paragraphs if numbers and not _among(numbers, [one])]

    def misplaced(self, document_id: str, spans: Sequence[Span], cited: Cited) -> str:
        """How far these words are not where they are cited: `para`, `page`, `time`, or empty."""
        document = self.document(document_id)
        stretches = self.stretches(document_id, spans)
        if document.kind is DocumentKind.TRANSCRIPT:
            return self._mistimed(document_id, stretches, cited)
        covered = [
            one
            for start, end in stretches
            for one in document.paragraphs[
                max(0, index_at(document.paragraphs, start)) : index_at(
                    document.paragraphs, max(start, end - 1)
                )
                + 1
            ]
        ]
        numbers = {one.number for one in covered if one.number}
        pages = {str(one.page) for one in covered if one.page}
        if cited.paragraphs and numbers and not _among(numbers, cited.paragraphs):
            return "para"
        return "page" if cited.pages and pages and pages.isdisjoint(cited.pages) else ""

    def _mistimed(
        self, document_id: str, stretches: Sequence[tuple[int, int]], cited: Cited
    ) -> str:
        if not cited.times_ms:
            return ""
        segments = self._segments(document_id)
        for start, end in stretches:
            spoken = spoken_between(segments, start, end)
            if spoken is None or any(
                spoken[0] - _NEAR_MS <= one <= spoken[1] + _NEAR_MS for one in cited.times_ms
            ):
                return ""
        return "time"

    def _words(self, document_id: str) -> list[Span]:
        return word_places(self.document(document_id).text)


def _among(numbers: Iterable[str], cited: Iterable[str]) -> bool:
    """Whether a paragraph is cited, by its own number or by the one that it belongs to."""
    return any(f"{number}.".startswith(f"{one}.") for number in numbers for one in cited)
