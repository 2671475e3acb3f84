"""Quotes: coded passages chosen by filter, their context, and the packs made of them."""

from __future__ import annotations

from dataclasses import dataclass

from coder.domain.model import Quote, QuoteFilter
from coder.store import quotes
from coder.store.store import Store


@dataclass(frozen=True, slots=True)
class Context:
    """The words before and after a quote, up to the ends of its paragraphs and a bit beyond."""

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
        """About `around` code points of text on either side of the quote."""
        text = self._store.read.document(quote.document_id).text
        return Context(
            text[max(0, quote.start - around) : quote.start],
            text[quote.end : quote.end + around],
        )
