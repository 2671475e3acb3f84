"""Packs: the quotes that somebody asked for, as far as they may leave, as a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from coder.domain.account import account
from coder.domain.errors import Refused
from coder.domain.model import Code, Permission, Quote, QuoteFilter
from coder.domain.packing import PLAIN, PackOptions
from coder.domain.printed import Printed
from coder.domain.text import counted
from coder.export.counting import Evidence
from coder.export.outline import Pack, compose
from coder.export.selection import LeftOut, Released, publishable
from coder.jobs import Job
from coder.project.questions import by_question, plain
from coder.store import counting, quotes
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


@dataclass(frozen=True, slots=True)
class SectionPreview:
    """A heading of a pack to be: its depth, how many passages stand under it and below, and who
    raised it, in a sentence."""

    name: str
    depth: int
    quotes: int
    count: str


@dataclass(frozen=True, slots=True)
class PackPreview:
    """What a pack would hold: passages, the submissions that they are from, what stays in and why,
    the quotes of anonymous respondents (each passage once), how many are from transcripts that
    nobody has checked, and the headings."""

    quotes: int
    submissions: int
    left_out: LeftOut
    anonymous: tuple[Released, ...]
    unchecked: int
    sections: tuple[SectionPreview, ...]


class Packs:
    """What a report writer takes away."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def write(
        self,
        wanted: QuoteFilter,
        path: Path,
        options: PackOptions = PLAIN,
        job: Job | None = None,
    ) -> PackReport:
        """Writes the quotes that the filter asks for, as far as they may be published, to `path`;
        its ending says the format: `.docx`, `.xlsx`, `.csv`, `.html`,
        `.md` or `.json`.

        A passage that anyone marked as sensitive stays in unless the options ask for it. Raises
        Refused where nothing may be published, EvidenceError for another ending, a template that
        cannot be used or a file that cannot be written, and Cancelled; then there is none.
        """
        from coder.export.pack import write_pack

        job = job or Job()
        job.report(0, 2, "Choosing the quotes")
        pack = self._filled(wanted, options)
        job.check()
        job.report(1, 2, f"Writing {path.name}")
        write_pack(pack, path)
        return _report(pack, path)

    def pages(
        self,
        wanted: QuoteFilter,
        path: Path,
        options: PackOptions = PLAIN,
        job: Job | None = None,
    ) -> tuple[Printed, PackReport]:
        """The same pack as a text to be set on pages, and what it will hold as the PDF `path`. The
        window sets it, since nothing else knows type. Raises Refused as `write` does."""
        from coder.export import print_html

        (job or Job()).report(0, 0, "Choosing the quotes")
        pack = self._filled(wanted, options)
        return print_html.write(pack), _report(pack, path)

    def preview(self, wanted: QuoteFilter, options: PackOptions = PLAIN) -> PackPreview:
        """What `write` would write, without writing it."""
        pack, _ = self._compose(wanted, options)
        released = pack.selection.quotes
        return PackPreview(
            len({quote.place for quote in released}),
            len({quote.ref for quote in released}),
            pack.selection.left_out,
            tuple({q.place: q for q in released if q.permission is Permission.ANONYMOUS}.values()),
            len({quote.place for quote in released if quote.machine_draft}),
            tuple(
                SectionPreview(one.theme.name, one.theme.depth, one.number, one.count)
                for one in pack.sections
            ),
        )

    def check_template(self, path: Path) -> list[str]:
        """What a person should know of a Word template before a pack is made with it, a sentence
        each. Raises EvidenceError where it cannot be used."""
        from coder.export.docx_template import check_template

        return check_template(path)

    def _filled(self, wanted: QuoteFilter, options: PackOptions) -> Pack:
        """The pack that the filter asks for. Raises Refused where there would be no quote in it."""
        pack, found = self._compose(wanted, options)
        if not pack.selection.quotes:
            raise Refused(
                "No passage may be published; nothing was written."
                if found
                else "No passage matches; nothing was written.",
                str(pack.selection.left_out),
            )
        return pack

    def _compose(self, wanted: QuoteFilter, options: PackOptions) -> tuple[Pack, list[Quote]]:
        """The pack that the filter asks for, and the quotes among which it was chosen."""
        read = self._store.read
        codes, submissions = read.codes(), read.submissions()
        found = self._select(wanted, codes)
        selection = publishable(
            found,
            submissions,
            self._texts(found, options),
            sensitive=options.sensitive,
            beside=() if options.sensitive else self._select(QuoteFilter(), codes),
            context=options.context,
        )
        pack = compose(
            read.inquiry().title,
            selection,
            codes,
            submissions,
            datetime.now().astimezone().date(),
            ", ".join(code.name for code in codes if code.id in wanted.codes),
            evidence=self._evidence(wanted, codes),
            account=account(submissions, read.receipts()),
            options=options,
        )
        return pack, found

    def _select(self, wanted: QuoteFilter, codes: Sequence[Code]) -> list[Quote]:
        return quotes.select(self._store.reader, wanted, codes)

    def _evidence(self, wanted: QuoteFilter, codes: Sequence[Code]) -> Evidence:
        """All that counts, as far as the coder who asks may see it."""
        reader = self._store.reader
        known = by_question(codes)
        asked = [(one, known.get(plain(said))) for one, said in counting.answered(reader)]
        return Evidence(
            tuple(counting.coded(reader, quotes.sight_of(wanted))),
            tuple((submission, code.id) for submission, code in asked if code),
        )

    def _texts(self, found: Iterable[Quote], options: PackOptions) -> dict[str, str]:
        """The documents whose words stand around quotes, or in which names are looked for there,
        by id."""
        wanted = {
            quote.document_id
            for quote in found
            if options.context or quote.permission is Permission.ANONYMOUS
        }
        return {one: self._store.read.document(one).text for one in wanted}


def _report(pack: Pack, path: Path) -> PackReport:
    return PackReport(
        path,
        len({quote.place for quote in pack.selection.quotes}),
        len({quote.ref for quote in pack.selection.quotes}),
        pack.selection.left_out,
    )
