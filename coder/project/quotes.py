"""Quotes: coded passages chosen by filter, their context, and the packs made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from coder.domain.citation import UNCHECKED
from coder.domain.errors import Refused
from coder.domain.model import Document, Permission, Quote, QuoteFilter
from coder.domain.text import counted
from coder.export.outline import compose
from coder.export.selection import LeftOut, publishable, reasons
from coder.store import quotes
from coder.store.store import Store

_CUT_BEFORE, _CUT_AFTER = re.compile(r"\A\S+(?=\s)"), re.compile(r"(?<=\s)\S+\Z")
"""Part of a word at the outer end of a context; one without any space stays as it is."""


@dataclass(frozen=True, slots=True)
class Context:
    """The words before and after a quote."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PackReport:
    """What a pack holds: passages, the submissions they are from, and what had to stay in, which
    reads as a sentence with `str`."""

    path: Path
    quotes: int
    submissions: int
    left_out: LeftOut

    def __str__(self) -> str:
        held = counted(self.quotes, "quote")
        return f"{held} from {counted(self.submissions, 'submission')}. {self.left_out}".strip()

    def as_json(self) -> dict[str, Any]:
        """The fields for scripts."""
        return {**asdict(self), "path": str(self.path)}


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
        first, last = max(0, quote.start - around), min(len(text), quote.end + around)
        before, after = text[first : quote.start], text[quote.end : last]
        if first and not text[first - 1].isspace():
            before = _CUT_BEFORE.sub("", before, count=1)
        if last < len(text) and not text[last].isspace():
            after = _CUT_AFTER.sub("", after, count=1)
        return Context(before, after)

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

    def pack(self, wanted: QuoteFilter, path: Path, *, sensitive: bool = False) -> PackReport:
        """Writes the quotes that the filter asks for, as far as they may be published, to `path`;
        its ending says the format: `.docx`, `.csv`, `.md`, `.json` or `.html`.

        A passage that anyone marked as sensitive stays in unless `sensitive` is asked for. Raises
        Refused where nothing may be published, EvidenceError for another ending or a file that
        cannot be written, and then there is none.
        """
        from coder.export.pack import write_pack

        codes, submissions = self._store.read.codes(), self._store.read.submissions()
        found = self.select(wanted)
        beside = () if sensitive else self.select()
        texts = self._texts_of_anonymous(found)
        selection = publishable(found, submissions, texts, sensitive=sensitive, beside=beside)
        if not selection.quotes:
            raise Refused(
                "No passage may be published; nothing was written."
                if found
                else "No passage matches; nothing was written.",
                str(selection.left_out),
            )
        inquiry = self._store.read.inquiry().title
        title = ", ".join(code.name for code in codes if code.id in wanted.codes)
        today = datetime.now().astimezone().date()
        write_pack(compose(inquiry, selection, codes, submissions, today, title), path)
        return PackReport(
            path,
            len({quote.place for quote in selection.quotes}),
            len({quote.ref for quote in selection.quotes}),
            selection.left_out,
        )

    def _texts_of_anonymous(self, found: Iterable[Quote]) -> dict[str, str]:
        """The documents in which names are looked for around quotes, by id."""
        wanted = {quote.document_id for quote in found if quote.permission is Permission.ANONYMOUS}
        return {one: self._store.read.document(one).text for one in wanted}
