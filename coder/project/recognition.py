"""Recognises, when a person asks for it, the text of documents that are pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from coder.domain.draft import DraftDocument, Opened, Source
from coder.domain.errors import EvidenceError, Refused
from coder.domain.model import Coder, Document, DocumentKind, new_id
from coder.ingest.pages.ocr import MARK, engine
from coder.ingest.safe import Limits, read_many
from coder.jobs import Job
from coder.store.store import Store

_SECONDS = 3600.0


class Recognition:
    """Makes texts of pictures and scans that came in without any, which the import leaves so where
    tesseract was not there or its time too short."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    def pending(self, ref: str = "") -> list[Document]:
        """The documents without a text that have not been recognised, of one submission or all;
        without their texts and paragraphs. Raises NotFound."""
        submission = self._store.read.submission(ref).id if ref else ""
        documents = self._store.read.documents(submission)
        lengths = self._store.read.lengths()
        known = {
            (one.submission_id, one.original)
            for one in documents
            if one.original and lengths.get(one.id)
        }
        return [
            one
            for one in documents
            if one.kind is DocumentKind.DOCUMENT
            and one.original
            and not lengths.get(one.id)
            and (one.submission_id, one.original) not in known
        ]

    def recognise(self, document_id: str, job: Job | None = None) -> Document:
        """Reads a document without a text once more, with time for recognition, and puts what was
        recognised beside it as a document of its own, “… (recognised)”, of the same original; gives
        that. One undoable step.

        Raises Refused where the document has a text or was recognised already, or tesseract is not
        installed; Unreadable where nothing could be recognised; NotFound; Cancelled.
        """
        document = self._store.read.document(document_id)
        if document.id not in {one.id for one in self.pending()}:
            raise Refused(f"“{document.title}” has a text already, or is no picture of one.")
        if engine() is None:
            raise Refused(
                "Text recognition is not installed on this computer.",
                "Install tesseract (tesseract-ocr) and start Evidence Coder again.",
            )
        found = self._read(document, job or Job())
        with self._store.step(f"Recognise “{document.title}”", self._who()) as tx:
            beside = tx.read.documents(document.submission_id)
            recognised = Document(
                id=new_id(),
                submission_id=document.submission_id,
                position=max(one.position for one in beside) + 1,
                title=f"{document.title} (recognised)",
                kind=DocumentKind.DOCUMENT,
                text=found.text,
                paragraphs=found.paragraphs,
                original=document.original,
                media_type=document.media_type,
                problems=found.problems,
                machine_draft=True,
            )
            tx.put(recognised)
        return recognised

    def set_checked(self, document_id: str, *, checked: bool) -> None:
        """Notes that a person has compared a recognised text with its picture, or that it is a
        machine's draft again. Raises Refused for any other document, NotFound."""
        document = self._store.read.document(document_id)
        if not any(MARK in problem for problem in document.problems) or not document.text:
            raise Refused(f"“{document.title}” is not a recognised text.")
        label = f"Mark “{document.title}” as {'checked' if checked else 'a draft'}"
        with self._store.step(label, self._who()) as tx:
            tx.put(replace(document, machine_draft=not checked))

    def _read(self, document: Document, job: Job) -> DraftDocument:
        source = replace(Source.of(self._store.original_file(document)), name=document.title)
        limits = Limits(seconds=_SECONDS, workers=1)
        ((_, outcome),) = read_many([source], job, limits=limits)
        if isinstance(outcome, EvidenceError):
            raise outcome
        if isinstance(outcome, Opened) or not outcome.documents:
            raise Refused(f"“{document.title}” is not a picture of a text.")
        found = outcome.documents[0]
        if not found.text:
            raise Refused(
                f"No text could be recognised in “{document.title}”.", " ".join(found.problems)
            )
        return found
