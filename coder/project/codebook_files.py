"""The codebook as a file: written out, looked at before it is taken in, and taken in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coder.domain.codebook_file import TEXTS, CodeEntry
from coder.domain.codes import paths_of
from coder.domain.draft import Source
from coder.domain.model import Code, Coder, Permission
from coder.domain.palette import COLOURS
from coder.domain.printed import Printed
from coder.domain.quotes import Quote, QuoteFilter
from coder.domain.sight import Others, Sight
from coder.domain.text import counted
from coder.project.codebook import KEYS, Codebook
from coder.project.moment import at_one_moment
from coder.store import quotes
from coder.store.journal import Step
from coder.store.store import Store

if TYPE_CHECKING:
    from coder.export.codebook_outline import CodebookOutline


class Fate(StrEnum):
    """What an import would do with a code: NEW is made; of one that is there, it FILLS texts that
    are empty, DIFFERS from texts that are not, or says the SAME."""

    NEW = "new"
    FILLS = "fills"
    DIFFERS = "differs"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A code of a file beside the one that is there, if there is. `fields` are the texts that would
    change."""

    entry: CodeEntry
    fate: Fate
    mine: Code | None = None
    fields: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The fields for scripts."""
        return {"path": self.entry.path, "fate": self.fate.value, "fields": list(self.fields)}


@dataclass(frozen=True, slots=True)
class CodebookPlan:
    """What taking in a codebook file would do, code by code from top to bottom."""

    name: str
    proposals: tuple[Proposal, ...]

    def usual(self, *, take_theirs: bool = False) -> set[str]:
        """The paths to take where nobody chooses: what is new and what fills the empty; with
        `take_theirs` also what differs."""
        taken = {Fate.NEW, Fate.FILLS, *([Fate.DIFFERS] if take_theirs else [])}
        return {one.entry.path for one in self.proposals if one.fate in taken}

    def count(self, fate: Fate) -> int:
        """How many codes have this fate."""
        return sum(one.fate is fate for one in self.proposals)


@dataclass(frozen=True, slots=True)
class CodebookReport:
    """What a written codebook holds; with `str` a sentence on it. `left_out` is a sentence on the
    examples that stayed in, or empty."""

    path: Path
    codes: int
    examples: int
    left_out: str
    masked: int

    def __str__(self) -> str:
        held = f"{counted(self.codes, 'code')} with {counted(self.examples, 'example')}."
        masked = f"Names are masked in {counted(self.masked, 'code')}." if self.masked else ""
        left = f"Of the examples, {self.left_out}" if self.left_out else ""
        return " ".join(filter(None, (held, left, masked)))

    def as_json(self) -> dict[str, Any]:
        """The fields for scripts."""
        return {**asdict(self), "path": str(self.path)}


class CodebookFiles:
    """The codebook going out and coming in."""

    def __init__(self, store: Store, who: Callable[[], Coder], codebook: Codebook) -> None:
        self._store = store
        self._who = who
        self._codebook = codebook

    @at_one_moment
    def export(self, path: Path, sight: Sight = Sight()) -> CodebookReport:  # noqa: B008
        """Writes the codebook to `path`; its ending says the format: `.docx`, `.csv`, `.md` or
        `.qdc` (REFI-QDA, for other programs), which has no place for counts and examples.

        Of the examples only those go along that may be published; names are masked as in a pack.
        Tags that are not in sight are not counted, and are no examples.
        Raises EvidenceError for another ending or a file that cannot be written.
        """
        from coder.export.codebook_file import BARE, write_codebook

        book = self._outline(sight)
        write_codebook(book, path)
        bare = path.suffix.lower() in BARE
        examples, left = (0, "") if bare else (book.examples, str(book.left_out))
        return CodebookReport(path, len(book.sections), examples, left, book.masked)

    @at_one_moment
    def pages(self, sight: Sight = Sight()) -> Printed:  # noqa: B008
        """The codebook as a text to be printed, under the same rules as `export`."""
        from coder.export.codebook_html import write

        return write(self._outline(sight))

    def plan(self, path: Path) -> CodebookPlan:
        """What taking in this file would do; nothing is changed. Raises EvidenceError where it
        cannot be read or names no codes."""
        from coder.ingest.codebook_file import read_codebook

        source = Source.of(path)
        codes = self._codebook.codes()
        standing = {path.casefold(): code for code, path in _with_paths(codes)}
        entries = _where_they_stand(_with_those_above(read_codebook(source)), codes)
        return CodebookPlan(source.name, tuple(_proposal(one, standing) for one in entries))

    def take(self, plan: CodebookPlan, chosen: Collection[str]) -> int:
        """Takes in the codes of the plan with these paths, in one step that undo takes back: makes
        those that are new and writes their texts over those of the others. Keys that a code has
        already stay with it. Gives how many codes were made or changed."""
        done = 0
        with self._store.step(f"Import the codebook “{plan.name}”", self._who()) as tx:
            for proposal in plan.proposals:
                if proposal.entry.path in chosen and proposal.fate is not Fate.SAME:
                    done += self._take(tx, proposal)
        return done

    def _take(self, tx: Step, proposal: Proposal) -> bool:
        entry, before = proposal.entry, {code.id for code in tx.read.codes()}
        code = self._codebook.ensure(tx, entry.path, entry.id)
        texts = {name: getattr(entry, name) for name in TEXTS if getattr(entry, name)}
        changed = replace(code, **texts)
        if code.id not in before:
            taken = {one.key for one in tx.read.codes()}
            free = entry.key in tuple(KEYS) and entry.key not in taken
            changed = replace(
                changed,
                colour=entry.colour if entry.colour in COLOURS else code.colour,
                key=entry.key if free else "",
            )
        tx.put(changed)
        return code.id not in before or changed != code

    def _outline(self, sight: Sight) -> CodebookOutline:
        from coder.export.codebook_outline import outline

        read = self._store.read
        codes = self._codebook.codes()
        examples = self._seen(self._codebook.examples(codes), sight)
        every = (
            quotes.select(self._store.reader, QuoteFilter(), codes)
            if any(examples.values())
            else []
        )
        return outline(
            read.inquiry().title,
            codes,
            read.code_counts(sight),
            examples,
            read.submissions(),
            self._texts(examples.values()),
            [quote for quote in every if quote.sensitive],
            datetime.now().astimezone().date(),
        )

    def _seen(self, examples: dict[str, list[Quote]], sight: Sight) -> dict[str, list[Quote]]:
        if sight.whole or not any(examples.values()):
            return examples
        who = sight.coder_id
        blind = sight.others is Others.BLIND
        wanted = QuoteFilter(blind_to=who) if blind else QuoteFilter(hidden_to=who)
        found = quotes.select(self._store.reader, wanted, self._codebook.codes())
        seen = {quote.id for quote in found}
        return {
            code: [quote for quote in several if quote.id in seen]
            for code, several in examples.items()
        }

    def _texts(self, examples: Collection[Sequence[Quote]]) -> dict[str, str]:
        """The documents in which names are looked for around anonymous examples, by id."""
        wanted = {
            quote.document_id
            for several in examples
            for quote in several
            if quote.permission is Permission.ANONYMOUS
        }
        return {one: self._store.read.document(one).text for one in wanted}


def _with_paths(codes: Sequence[Code]) -> list[tuple[Code, str]]:
    paths = paths_of(codes)
    return [(code, paths[code.id]) for code in codes]


def _with_those_above(entries: Sequence[CodeEntry]) -> Iterator[CodeEntry]:
    """The codes of a file, each behind those above it, also where the file names these later or
    not at all."""
    named = {entry.path.casefold(): entry for entry in entries}
    told: set[str] = set()
    for entry in entries:
        parts = entry.path.split("/")
        for depth in range(1, len(parts) + 1):
            path = "/".join(parts[:depth])
            if path.casefold() not in told:
                told.add(path.casefold())
                yield named.get(path.casefold(), CodeEntry(path))


def _where_they_stand(entries: Iterable[CodeEntry], codes: Sequence[Code]) -> Iterator[CodeEntry]:
    """The codes of a file at the places that they have here: one that is known by its id may have
    been moved or renamed since, and then what is below it goes along."""
    here = {code.id: path for code, path in _with_paths(codes)}
    moved: dict[str, str] = {}
    for entry in entries:
        above, slash, name = entry.path.rpartition("/")
        path = here.get(entry.id) or f"{moved.get(above, above)}{slash}{name}"
        moved[entry.path] = path
        yield replace(entry, path=path)


def _proposal(entry: CodeEntry, standing: dict[str, Code]) -> Proposal:
    mine = standing.get(entry.path.casefold())
    if mine is None:
        return Proposal(entry, Fate.NEW)
    fields = tuple(name for name in TEXTS if getattr(entry, name) not in ("", getattr(mine, name)))
    if not fields:
        return Proposal(entry, Fate.SAME, mine)
    differs = any(getattr(mine, name) for name in fields)
    return Proposal(entry, Fate.DIFFERS if differs else Fate.FILLS, mine, fields)
