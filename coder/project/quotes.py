"""Quotes: coded passages chosen by filter, their context, and how they are cited."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from coder.domain.citation import UNCHECKED
from coder.domain.errors import Cancelled
from coder.domain.model import Coder, Document
from coder.domain.quotes import Grouping, Order, Quote, QuoteFilter
from coder.domain.text import reach
from coder.export.selection import publishable, reasons
from coder.jobs import Job
from coder.project.moment import at_one_moment
from coder.project.saved_filters import SavedFilters, View
from coder.store import citing, quotes
from coder.store.listing import Group, QuoteList, Shelf, Totals, listing
from coder.store.store import Store

__all__ = ["Context", "Group", "QuoteList", "Quotes", "Totals", "View"]


@dataclass(frozen=True, slots=True)
class Context:
    """The words before and after a quote, and whether there are more of them."""

    before: str
    after: str
    more_before: bool = False
    more_after: bool = False


class Quotes(SavedFilters):
    """What a report writer asks for."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        super().__init__(store, who)
        self._looking: dict[int, sqlite3.Connection] = {}
        self._shelf = Shelf()

    def listing(
        self,
        wanted: QuoteFilter | None = None,
        grouping: Grouping = Grouping.NONE,
        order: Order = Order.REFERENCE,
        *,
        joined: bool = False,
        job: Job | None = None,
    ) -> QuoteList:
        """The quotes that the filter asks for, in groups and in order, without their words, which
        `fetch` reads for those seen. Passages that several coders tagged alike are one quote with
        all their names; where `joined`, so are those under one code that overlap.

        Raises Cancelled where `stop` ended it from another thread.
        """
        job = job or Job()
        job.check()
        reader = self._store.reader
        self._looking[id(job)] = reader
        try:
            with self._store.still():
                return listing(
                    lambda: self._store.reader,
                    wanted or QuoteFilter(),
                    grouping,
                    order,
                    joined=joined,
                    shelf=self._shelf,
                )
        except sqlite3.OperationalError as problem:
            if job.cancelled:
                raise Cancelled from problem
            raise
        finally:
            del self._looking[id(job)]

    def stop(self, job: Job) -> None:
        """Ends the making of the list that has this job, from another thread."""
        job.cancel()
        looking = self._looking.get(id(job))
        if looking is not None:
            looking.interrupt()

    def each(self, wanted: QuoteFilter | None = None) -> Iterator[Quote]:
        """What `select` gives, one by one, so that a hundred thousand take little memory."""
        codes = self._store.read.codes()
        return quotes.each(self._store.reader, wanted or QuoteFilter(), codes)

    def regions(self) -> list[str]:
        """The regions that submissions are from, by name."""
        found = {one.region for one in self._store.read.submissions()}
        return sorted(filter(None, found), key=str.casefold)

    def questions(self) -> list[str]:
        """The questions of surveys, in the order of the evidence."""
        found = dict.fromkeys(one.question for one in self._store.read.documents())
        return [question for question in found if question]

    @at_one_moment
    def select(self, wanted: QuoteFilter | None = None) -> list[Quote]:
        """The coded passages the filter asks for, all of them where none is given. Everything is
        there to be read, also what must not be published."""
        return list(self.each(wanted))

    def context(self, quote: Quote, around: int = 300) -> Context:
        """At most `around` code points of text on either side of the quote, in whole words."""
        text = self._store.read.text_of(quote.document_id)
        first, last = reach(text, quote.start, quote.end, around)
        before, after = text[first : quote.start], text[quote.end : last]
        return Context(before, after, first > 0, last < len(text))

    def cited(self, document: Document, start: int, end: int) -> str:
        """The words `[start, end)` between quotation marks, with their citation behind.

        Names are masked as in a pack. It says where nobody has checked what a machine wrote,
        and where they may not be published, and why.
        """
        passage = citing.passage(self._store.read, document, start, end)
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
            passages.append(citing.plain(owner, document, start, end))
        sensitive = [quote for quote in self.each() if quote.sensitive]
        whys = reasons(passages, every, sensitive)
        return [
            (one.permission.value, why, UNCHECKED if one.machine_draft else "")
            for one, why in zip(passages, whys, strict=True)
        ]
