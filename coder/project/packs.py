"""Packs: the quotes that somebody asked for, as far as they may leave, as a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from coder.domain.errors import Refused
from coder.domain.model import Permission, Quote, QuoteFilter
from coder.domain.packing import PLAIN, PackOptions
from coder.domain.text import counted
from coder.export.outline import compose
from coder.export.selection import LeftOut, publishable
from coder.store import quotes
from coder.store.store import Store


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


class Packs:
    """What a report writer takes away."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def write(self, wanted: QuoteFilter, path: Path, options: PackOptions = PLAIN) -> PackReport:
        """Writes the quotes that the filter asks for, as far as they may be published, to `path`;
        its ending says the format: `.docx`, `.csv`, `.md`, `.json` or `.html`.

        A passage that anyone marked as sensitive stays in unless the options ask for it. Raises
        Refused where nothing may be published, EvidenceError for another ending or a file that
        cannot be written, and then there is none.
        """
        from coder.export.pack import write_pack

        codes, submissions = self._store.read.codes(), self._store.read.submissions()
        found = self._select(wanted)
        beside = () if options.sensitive else self._select(QuoteFilter())
        texts = self._texts_of_anonymous(found)
        selection = publishable(
            found, submissions, texts, sensitive=options.sensitive, beside=beside
        )
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

    def _select(self, wanted: QuoteFilter) -> list[Quote]:
        return quotes.select(self._store.reader, wanted, self._store.read.codes())

    def _texts_of_anonymous(self, found: Iterable[Quote]) -> dict[str, str]:
        """The documents in which names are looked for around quotes, by id."""
        wanted = {quote.document_id for quote in found if quote.permission is Permission.ANONYMOUS}
        return {one: self._store.read.document(one).text for one in wanted}
