"""Packs: the quotes that somebody asked for, as far as they may leave, as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from coder.domain.account import account
from coder.domain.asked import narrowed
from coder.domain.errors import Refused
from coder.domain.model import Code, Permission
from coder.domain.packing import PLAIN, PackOptions
from coder.domain.printed import Printed
from coder.domain.quotes import Quote, QuoteFilter
from coder.domain.text import quoted_from
from coder.export.anonymity import alone
from coder.export.counting import Evidence
from coder.export.outline import Pack, compose
from coder.export.selection import Door, LeftOut, Released, Selection, guarded_in
from coder.export.shelf import Shelf
from coder.jobs import Job
from coder.project.moment import at_one_moment
from coder.project.overlapping import joined
from coder.project.questions import by_question, plain
from coder.store import counting, quotes
from coder.store.choosing import sight_of
from coder.store.reads import Reads
from coder.store.store import Store


@dataclass(frozen=True, slots=True)
class PackReport:
    """What a pack holds: passages, the submissions they are from, what had to stay in, who can be
    told though anonymous (a sentence; empty: nobody), and how many times a passage stands under a
    heading. All of it reads as sentences with `str`."""

    path: Path
    quotes: int
    submissions: int
    left_out: LeftOut
    alone: str = ""
    times: int = 0

    @property
    def held(self) -> str:
        """What it holds, in words without a full stop."""
        return quoted_from(self.quotes, self.submissions, self.times)

    def __str__(self) -> str:
        return " ".join(filter(None, (f"{self.held}.", str(self.left_out), self.alone)))

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
    the quotes of anonymous respondents (each passage once, for `Review.of`), how many are from
    transcripts that nobody has checked, the headings, who can be told though anonymous, and
    how many times a passage stands under a heading."""

    quotes: int
    submissions: int
    left_out: LeftOut
    anonymous: tuple[Released, ...]
    unchecked: int
    sections: tuple[SectionPreview, ...]
    alone: str = ""
    times: int = 0


class Packs:
    """What a report writer takes away."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @at_one_moment
    def write(
        self,
        wanted: QuoteFilter,
        path: Path,
        options: PackOptions = PLAIN,
        job: Job | None = None,
    ) -> PackReport:
        """Writes the quotes that the filter asks for, as far as they may be published, to `path`;
        its ending says the format: `.docx`, `.xlsx`, `.csv`, `.md`, `.json` or `.html`.

        A passage that anyone marked as sensitive stays in unless the options ask for it. Raises
        Refused where nothing may be published, EvidenceError for another ending, a template that
        cannot be used or a file that cannot be written, and Cancelled; then there is none.
        """
        from coder.export.pack import write_pack

        job = job or Job()
        job.report(0, 2, "Choosing the quotes")
        with self._filled(wanted, options, job) as pack:
            job.report(1, 2, f"Writing {path.name}")
            write_pack(pack, path)
            return self._report(pack, path)

    @at_one_moment
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

        job = job or Job()
        job.report(0, 0, "Choosing the quotes")
        with self._filled(wanted, options, job) as pack:
            return print_html.write(pack), self._report(pack, path)

    @at_one_moment
    def preview(
        self, wanted: QuoteFilter, options: PackOptions = PLAIN, job: Job | None = None
    ) -> PackPreview:
        """What `write` would write, without writing it. Raises Cancelled."""
        with self._composed(wanted, options, job or Job()) as pack:
            hidden = {
                quote.place: quote
                for quote in pack.selection.quotes
                if quote.permission is Permission.ANONYMOUS
            }
            return PackPreview(
                pack.facts.number,
                len(pack.facts.refs()),
                pack.selection.left_out,
                tuple(hidden.values()),
                len(pack.facts.unchecked()),
                tuple(
                    SectionPreview(one.theme.name, one.theme.depth, one.number, one.count)
                    for one in pack.sections
                ),
                self._alone(pack),
                pack.times,
            )

    def check_template(self, path: Path) -> list[str]:
        """What a person should know of a Word template before a pack is made with it, a sentence
        each. Raises EvidenceError where it cannot be used."""
        from coder.export.docx_template import check_template

        return check_template(path)

    def _report(self, pack: Pack, path: Path) -> PackReport:
        facts, left_out = pack.facts, pack.selection.left_out
        refs, told = len(facts.refs()), self._alone(pack)
        return PackReport(path, facts.number, refs, left_out, told, pack.times)

    def _alone(self, pack: Pack) -> str:
        return alone(pack.facts, self._store.read.submissions())

    @contextmanager
    def _filled(self, wanted: QuoteFilter, options: PackOptions, job: Job) -> Iterator[Pack]:
        """The pack that the filter asks for. Raises Refused where there would be no quote in it."""
        with self._composed(wanted, options, job) as pack:
            left_out = pack.selection.left_out
            if not pack.facts:
                raise Refused(
                    "No passage may be published; nothing was written."
                    if left_out.passages
                    else "No passage matches; nothing was written.",
                    str(left_out),
                )
            yield pack

    @contextmanager
    def _composed(self, wanted: QuoteFilter, options: PackOptions, job: Job) -> Iterator[Pack]:
        """The pack that the filter asks for, whose quotes lie on a shelf meanwhile."""
        read = self._store.read
        codes, submissions = read.codes(), read.submissions()
        basket = read.basket_items(wanted.basket) if wanted.basket else None
        guarded = {} if options.sensitive else guarded_in(counting.sensitive(self._store.reader))
        door = Door(submissions, _Texts(read), guarded, options.context)
        let = door.let if wanted.basket else door.by_document
        chosen = let(self._chosen(wanted, options, codes))
        with closing(Shelf(chosen, job.check, by_document=basket is None)) as shelf:
            yield compose(
                read.inquiry().title,
                Selection(shelf, door.left_out),
                codes,
                submissions,
                datetime.now().astimezone().date(),
                self._title(wanted, codes),
                narrowed=narrowed(wanted, {code.id: code for code in codes}),
                evidence=self._evidence(wanted, codes),
                account=account(submissions, read.receipts()),
                basket=basket,
                options=options,
            )

    def _chosen(
        self, wanted: QuoteFilter, options: PackOptions, codes: Sequence[Code]
    ) -> Iterator[Quote]:
        """What the filter asks for, in the order of the evidence or of the basket."""
        found = quotes.each(self._store.reader, wanted, codes)
        if options.joined and not wanted.basket:
            return joined(found, self._store.read)
        return found

    def _title(self, wanted: QuoteFilter, codes: Sequence[Code]) -> str:
        basket = self._store.read.basket(wanted.basket) if wanted.basket else None
        names = (code.name for code in codes if code.id in wanted.codes)
        return ", ".join(chain([basket.name] if basket else [], names))

    def _evidence(self, wanted: QuoteFilter, codes: Sequence[Code]) -> Evidence:
        """All that counts, as far as the coder who asks may see it."""
        reader = self._store.reader
        known = by_question(codes)
        asked = ((one, known.get(plain(said))) for one, said in counting.answered(reader))
        return Evidence(
            counting.coded(reader, sight_of(wanted)),
            ((submission, code.id) for submission, code in asked if code),
        )


class _Texts(dict[str, str]):
    """The texts of documents by id, of which only the latest stays."""

    def __init__(self, read: Reads) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, document_id: str) -> str:
        self.clear()
        self[document_id] = text = self._read.document(document_id).text
        return text
