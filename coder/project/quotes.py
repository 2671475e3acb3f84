"""Quotes: coded passages chosen by filter, their context, and how they are cited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coder.domain.citation import UNCHECKED
from coder.domain.model import Document, Quote, QuoteFilter
from coder.domain.text import reach
from coder.export.selection import publishable, reasons
from coder.store import quotes
from coder.store.store import Store


@dataclass(frozen=True, slots=True)
class Context:
    """The words before and after a quote."""

    before: str
    after: str


class Quotes:
    """What a report writer asks for."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def select(self, wanted: QuoteFilter | None = None) -> list[Quote]:
        """The coded passages the filter asks for, all of them where none is given. Everything is
        there to be read, also what must not be published."""
        codes = self._store.read.codes()
        return quotes.select(self._store.reader, wanted or QuoteFilter(), codes)

    def context(self, quote: Quote, around: int = 300) -> Context:
        """At most `around` code points of text on either side of the quote, in whole words."""
        text = self._store.read.document(quote.document_id).text
        first, last = reach(text, quote.start, quote.end, around)
        return Context(text[first : quote.start], text[quote.end : last])

    def cited(self, document: Document, start: int, end: int) -> str:
        """The words `[start, end)` between quotation marks, with their citation behind.

        Names are masked as in a pack. It says where nobody has checked what a machine wrote,
        and where they may not be published, and why.
        """
        passage = quotes.passage(self._store.read, document, start, end)
        submissions, texts = self._store.read.submissions(), {document.id: document.text}
        beside = self.select(QuoteFilter(submissions=(passage.ref,)))
        open_, guarded = (
            publishable([passage], submissions, texts, sensitive=sensitive, beside=beside)
            for sensitive in (True, False)
        )
        told = open_.quotes[0] if open_.quotes else passage
        why = "" if guarded.quotes else f" [not for publication: {guarded.left_out.why()}]"
        draft = f" [{UNCHECKED}]" if passage.machine_draft else ""
        return f"“{told.quote}” {told.citation}{draft}{why}"

    def bars(self, spans: Sequence[tuple[str, int, int]]) -> list[tuple[str, str, str]]:
        """For each of these spans (document's id, start and end in code points) the permission of
        its submission, in a few words why it must not be published as it stands (empty where it
        may), and what else is to be said of it: that nobody has checked what a machine wrote."""
        read = self._store.read
        every = read.submissions()
        submissions = {one.id: one for one in every}
        documents = {one.id: one for one in read.documents()}
        passages = []
        for document_id, start, end in spans:
            document = documents[document_id]
            owner = submissions[document.submission_id]
            passages.append(quotes.plain(owner, document, start, end))
        sensitive = [quote for quote in self.select() if quote.sensitive]
        whys = reasons(passages, every, sensitive)
        return [
            (one.permission.value, why, UNCHECKED if one.machine_draft else "")
            for one, why in zip(passages, whys, strict=True)
        ]
