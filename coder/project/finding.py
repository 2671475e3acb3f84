"""Finding words in all the evidence, and tagging the places where they are."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from coder.analysis.language import sentences
from coder.domain.codes import children_of, paths_of
from coder.domain.errors import Cancelled, EvidenceError, NotFound, Refused
from coder.domain.find import says, spoken
from coder.domain.model import Code, Coder, Coding, Document, RespondentType, new_id, now
from coder.domain.query import Kind, Limit, Query, parse
from coder.domain.sight import Sight
from coder.domain.text import counted
from coder.jobs import Job
from coder.project.codings import trimmed
from coder.store import finding
from coder.store.finding import Hit, Resolved, Scope
from coder.store.journal import Step, StepDone
from coder.store.reads import Reads
from coder.store.store import Store

__all__ = ["Finding", "Found", "Hit", "Passage", "Unit"]

FIRST = 60
"""So many places are shown at once; the others follow."""

MOST = 500
"""Of so many places are the words listed; more are only counted."""

TOO_MANY = 20_000
"""More places than these cannot be looked through before they are tagged."""

_NAMES = 50
_AT_ONCE = 2_000


class Unit(StrEnum):
    """How much is tagged around the words found."""

    WORDS = "words"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Found:
    """What is known so far of where a search is found: `count` places in all, of which `hits` are
    the first, `best_first` or in the order of the evidence, and `names` of respondents and
    documents. `per_submission` counts by submission id, None until it was counted."""

    query: Query
    hits: tuple[Hit, ...] = ()
    count: int = 0
    best_first: bool = False
    names: tuple[Hit, ...] = ()
    per_submission: dict[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that would be tagged: `[start, end)` of a document, in code points, with where in them
    what was looked for stands."""

    ref: str
    document_id: str
    document: str
    start: int
    end: int
    words: str
    marked: tuple[tuple[int, int], ...] = ()


class Finding:
    """Searching, and acts on what was found."""

    def __init__(
        self, store: Store, who: Callable[[], Coder], make: Callable[[Step, str], Code]
    ) -> None:
        self._store = store
        self._who = who
        self._make = make
        self._looking: sqlite3.Connection | None = None
        self._names: list[tuple[str, Hit]] | None = None
        store.watchers.append(self._forget)

    def find(self, typed: str, limit: int = 200, sight: Sight | None = None) -> list[Hit]:
        """The best `limit` places for a search, best first. Raises EvidenceError where it cannot
        be understood, and where it is limited to what is not there."""
        query = parse(typed)
        if not query:
            return []
        asked = finding.ask(self._store.reader, query, self._scope(query, sight))
        return finding.page(self._store.reader, asked, limit, best_first=True)

    def names(self, typed: str) -> list[Hit]:
        """Respondents, organisations and titles of documents that say what is looked for, in the
        order of references; at most 50. Raises EvidenceError."""
        return list(self._named(parse(typed)))

    def look(self, query: Query, job: Job, sight: Sight | None = None) -> Iterator[Found]:
        """Where a search is found, told as it becomes known: the first places at once, then names,
        more places, and in which submissions. `stop` ends it from another thread.

        Raises EvidenceError where it is limited to what is not there, Cancelled.
        """
        self._looking = self._store.reader
        try:
            yield from self._look(query, job, sight)
        except sqlite3.OperationalError as problem:
            if job.cancelled:
                raise Cancelled from problem
            raise
        finally:
            self._looking = None

    def stop(self, job: Job) -> None:
        """Ends the search that has this job, from another thread."""
        job.cancel()
        looking = self._looking
        if looking is not None:
            looking.interrupt()

    def all_hits(self, query: Query, job: Job, sight: Sight | None = None) -> list[Hit]:
        """Every place of a search in the order of the evidence. Raises Refused where they are too
        many to be looked through, EvidenceError, Cancelled."""
        if not query:
            return []
        reader = self._store.reader
        asked = finding.ask(reader, query, self._scope(query, sight))
        count = finding.count(reader, asked)
        if count > TOO_MANY:
            raise Refused(
                f"These are {count:,} places, more than anyone looks through.",
                "Search for more words, or limit the search, as with type:charity.",
            )
        hits: list[Hit] = []
        while len(hits) < count:
            job.check()
            job.report(len(hits), count, f"{len(hits):,} of {count:,} places")
            more = finding.page(reader, asked, _AT_ONCE, len(hits))
            if not more:
                break
            hits += more
        return hits

    def passages(
        self, spans: Iterable[tuple[str, int, int]], unit: Unit, job: Job | None = None
    ) -> list[Passage]:
        """What would be tagged for words found at `(document id, start, end)`: the words, or the
        sentences or paragraphs that they stand in, each once, in the order of the evidence.
        Raises NotFound where a document has gone, Cancelled."""
        job = job or Job()
        of_document: dict[str, list[tuple[int, int]]] = {}
        for document_id, start, end in spans:
            of_document.setdefault(document_id, []).append((start, end))
        refs = {one.id: one.ref for one in self._store.read.submissions()}
        found: list[tuple[tuple[int, str, int], list[Passage]]] = []
        for place, (document_id, places) in enumerate(of_document.items()):
            job.check()
            job.report(place, len(of_document), "Reading the passages")
            document = self._store.read.document(document_id)
            ref = refs[document.submission_id]
            order = (len(ref), ref, document.position)
            found.append((order, _passages(ref, document, sorted(places), unit)))
        found.sort(key=lambda one: one[0])
        return [passage for _, several in found for passage in several]

    def tagged(self, passages: Sequence[Passage], code_id: str) -> set[Passage]:
        """Those of the passages whose words all carry this code by this coder already."""
        mine = self._who().id
        there: dict[str, list[tuple[int, int]]] = {}
        for coding in self._store.read.codings_of_code(code_id):
            if coding.coder_id == mine:
                there.setdefault(coding.document_id, []).append((coding.start, coding.end))
        return {
            one
            for one in passages
            if any(a <= one.start and b >= one.end for a, b in there.get(one.document_id, ()))
        }

    def tag_all(
        self, passages: Sequence[Passage], code: Code | str, job: Job | None = None
    ) -> list[Coding]:
        """Puts a code, or a new one of this path, on all of these passages as one act; those that
        carry it by this coder already stay as they are. Gives the new codings.

        Raises Refused where there are none, or a text has been corrected since; Cancelled, and
        then nothing is done.
        """
        if not passages:
            raise Refused("No passages are ticked.", "Tick those that should be tagged.")
        job = job or Job()
        name = code.name if isinstance(code, Code) else code.rpartition("/")[2].strip()
        label = f"Tag {counted(len(passages), 'passage')} with “{name}”"
        with self._store.step(label, self._who()) as tx:
            chosen = code if isinstance(code, Code) else self._make(tx, code)
            return self._tag(tx, passages, chosen, job)

    # Below: how it is done

    def _tag(self, tx: Step, passages: Sequence[Passage], code: Code, job: Job) -> list[Coding]:
        read, mine, moment = Reads(tx.connection), self._who().id, now()
        standing = {
            (one.document_id, one.start, one.end)
            for one in read.codings_of_code(code.id)
            if one.coder_id == mine
        }
        made: list[Coding] = []
        text, of = "", ""
        for place, one in enumerate(passages):
            if place % 50 == 0:
                job.check()
                job.report(place, len(passages), f"{place:,} of {len(passages):,} passages")
            if one.document_id != of:
                of, text = one.document_id, read.document(one.document_id).text
            if text[one.start : one.end] != one.words:
                raise Refused(
                    f"“{one.document}” of {one.ref} has been corrected since it was searched.",
                    "Search again, then tag what is found.",
                )
            if (one.document_id, one.start, one.end) in standing:
                continue
            made.append(Coding(new_id(), of, code.id, mine, one.start, one.end, one.words, moment))
            tx.put(made[-1])
        return made

    def _look(self, query: Query, job: Job, sight: Sight | None) -> Iterator[Found]:
        job.check()
        reader = self._store.reader
        asked = finding.ask(reader, query, self._scope(query, sight))
        count = finding.count(reader, asked)
        job.check()
        best = query.words is not None and count <= finding.FEW
        hits = finding.page(reader, asked, FIRST, best_first=best)
        found = Found(query, tuple(hits), count, best)
        yield found
        job.check()
        found = replace(found, names=tuple(self._named(query)))
        yield found
        if count > len(hits) and hits:
            job.check()
            hits += finding.page(reader, asked, MOST - FIRST, FIRST, best_first=best)
            found = replace(found, hits=tuple(hits))
            yield found
        job.check()
        yield replace(found, per_submission=finding.tally(reader, asked))

    def _scope(self, query: Query, sight: Sight | None) -> Scope:
        merged: dict[tuple[str, bool], tuple[str, ...]] = {}
        for limit in query.limits:
            key = (limit.field, limit.wanted)
            merged[key] = (*merged.get(key, ()), *self._meant(limit))
        limits: list[Resolved] = [(name, ids, wanted) for (name, wanted), ids in merged.items()]
        return Scope(tuple(limits), sight or Sight())

    def _meant(self, limit: Limit) -> tuple[str, ...]:
        """The ids, types or kinds that a limit names. Raises NotFound."""
        value = limit.value.strip().casefold()
        read = self._store.read
        if limit.field == "in":
            return (read.submission(limit.value.strip()).id,)
        if limit.field == "type":
            return (_one_of(value, list(RespondentType), "type of respondent"),)
        if limit.field == "kind":
            return (_one_of(value.removesuffix("s"), list(Kind), "kind of place"),)
        if limit.field == "by":
            named = [one.id for one in read.coders() if _is_called(one.name, value)]
            if not named:
                raise NotFound(
                    f"Nobody called “{limit.value}” has worked on this project.",
                    "Write the name as it stands beside the tags.",
                )
            return tuple(named)
        codes = read.codes()
        paths, families = paths_of(codes), children_of(codes)
        found = [
            child
            for code in codes
            if value in (code.name.casefold(), paths[code.id].casefold())
            for child in families[code.id]
        ]
        if not found:
            raise NotFound(
                f"There is no code “{limit.value}”.",
                "Write its name as it stands among the themes, in quotation marks.",
            )
        return tuple(dict.fromkeys(found))

    def _named(self, query: Query) -> Iterator[Hit]:
        """Respondents, organisations and titles that say what is looked for."""
        kinds = {one.value.casefold().removesuffix("s") for one in query.limits if one.wanted}
        if query.words is None or any(one.field != "kind" for one in query.limits):
            return
        if kinds and Kind.NAME not in kinds:
            return
        left = _NAMES
        for folded, hit in self._all_names():
            if says(query.words, folded):
                yield hit
                left -= 1
            if not left:
                return

    def _all_names(self) -> list[tuple[str, Hit]]:
        names = self._names
        if names is None:
            names = self._names = [
                (
                    spoken(name),
                    Hit(ref, submission, document, "", Kind.NAME, 0, 0, name, about=what),
                )
                for ref, submission, document, what, name in finding.names(self._store.reader)
            ]
        return names

    def _forget(self, step: StepDone) -> None:
        if step.touches("submissions") or step.touches("documents"):
            self._names = None


def _one_of(value: str, known: Sequence[str], what: str) -> str:
    if value in known:
        return value
    raise NotFound(f"“{value}” is no {what}.", f"There are {', '.join(known)}.")


def _is_called(name: str, value: str) -> bool:
    parts = name.casefold().split()
    return name.casefold() == value or value in parts


def _passages(
    ref: str, document: Document, places: Sequence[tuple[int, int]], unit: Unit
) -> list[Passage]:
    """The passages of one document, in the order of its text."""
    marked: dict[tuple[int, int], list[tuple[int, int]]] = {}
    widened = _Widened(document, unit)
    for start, end in places:
        try:
            span = trimmed(document.text, *widened.around(start, end))
        except EvidenceError:
            continue
        marked.setdefault(span, []).append((start - span[0], end - span[0]))
    return [
        Passage(
            ref,
            document.id,
            document.title,
            start,
            end,
            document.text[start:end],
            tuple(found),
        )
        for (start, end), found in sorted(marked.items())
    ]


class _Widened:
    """Words made into the sentences or the paragraph that they stand in."""

    def __init__(self, document: Document, unit: Unit) -> None:
        self._document = document
        self._unit = unit
        self._starts = [paragraph.start for paragraph in document.paragraphs]
        self._parted: tuple[int, list[tuple[int, int]]] = (-1, [])

    def around(self, start: int, end: int) -> tuple[int, int]:
        if self._unit is Unit.WORDS:
            return start, end
        place = max(0, bisect_right(self._starts, start) - 1)
        if not self._starts:
            return start, end
        paragraph = self._document.paragraphs[place]
        if self._unit is Unit.PARAGRAPH:
            return min(start, paragraph.start), max(end, paragraph.end)
        if self._parted[0] != place:
            text = self._document.text[paragraph.start : paragraph.end]
            self._parted = (
                place,
                [(paragraph.start + a, paragraph.start + b) for a, b in sentences(text)],
            )
        within = [(a, b) for a, b in self._parted[1] if a < end and b > start]
        return min([start, *(a for a, _ in within)]), max([end, *(b for _, b in within)])
