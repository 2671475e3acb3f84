"""The list of quotes that a filter asks for: SQL gives places, and rows only of what is seen."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from coder.domain.citation import TYPE_NAMES
from coder.domain.codes import children_of
from coder.domain.model import Code, RespondentType
from coder.domain.quotes import Grouping, Order, Quote, QuoteFilter
from coder.domain.sight import Sight
from coder.store import basketed, quotes, settled
from coder.store.choosing import chosen, seen, sight_of
from coder.store.quoted import moment
from coder.store.reads import Reads

Key = int | str
"""By what a list knows a quote: the number of the lowest coding on its words under its code; of a
quote in a basket, the item's id."""

_LENGTH = 'q."end" - q.start'
_BY = {
    Order.SHORTEST: _LENGTH,
    Order.LONGEST: _LENGTH,
    Order.NEWEST: "q.at / 1000",
    Order.MARKED: "q.marked",
}
"""By what an order goes that is not the one of references."""


_NAME = (
    "s.ref || coalesce(' · ' || coalesce(nullif(s.organisation, ''), nullif(s.respondent, '')), '')"
)
_DOCUMENTS = (
    f"SELECT d.rowid, d.id, s.id, {_NAME}, s.type, s.region, d.question"  # noqa: S608
    " FROM documents d JOIN submissions s ON s.id = d.submission_id"
    " ORDER BY length(s.ref), s.ref, d.position, d.id"
)


@dataclass(frozen=True, slots=True)
class Group:
    """A heading, the place in the list of the first quote under it, how many there are, and from
    how many submissions."""

    title: str
    first: int
    count: int
    submissions: int


@dataclass(frozen=True, slots=True)
class Totals:
    """How many quotes there are, from how many submissions, and of how many tags they are made."""

    quotes: int = 0
    submissions: int = 0
    tags: int = 0


class QuoteList:
    """Quotes in their order and groups. It holds their places only; `fetch` reads a page of them as
    they stand then, in whichever thread it is called."""

    def __init__(
        self,
        keys: list[Key],
        groups: tuple[Group, ...],
        totals: Totals,
        read: Callable[[list[Key]], list[Quote]],
        find: Callable[[str], Iterable[Key]],
    ) -> None:
        self.groups = groups
        self.totals = totals
        self._keys = keys
        self._read = read
        self._find = find
        self._places: dict[Key, int] = {}

    def __len__(self) -> int:
        return len(self._keys)

    def fetch(self, first: int, last: int) -> list[Quote]:
        """The quotes in the places `[first, last)`; one whose tags have gone since is left out."""
        return self._read(self._keys[first:last])

    def place_of(self, coding_id: str) -> int | None:
        """Where the quote stands that this coding is part of; None where it is in none of them."""
        if not self._places:
            self._places = {key: place for place, key in enumerate(self._keys)}
        found = (self._places.get(key) for key in self._find(coding_id))
        return next((place for place in found if place is not None), None)


class _Where(NamedTuple):
    """The document of some quotes, as far as they are grouped by it."""

    document_id: str
    submission_id: str
    name: str
    type: str
    region: str
    question: str


_Part = tuple[str, str]


@dataclass
class _Heap:
    """The quotes under one heading."""

    keys: list[Key] = field(default_factory=list)
    submissions: set[str] = field(default_factory=set)


class Shelf:
    """All documents with their numbers, in the order of references; read again when a step was done
    since, or rows may have other numbers."""

    def __init__(self) -> None:
        self._kept: tuple[tuple[int, int], list[tuple[int, _Where]]] = ((-1, -1), [])

    def documents(self, connection: sqlite3.Connection) -> list[tuple[int, _Where]]:
        """Each document with its number."""
        seq = connection.execute("SELECT max(seq) FROM steps").fetchone()[0]
        state = (seq, connection.execute("PRAGMA schema_version").fetchone()[0])
        known, documents = self._kept
        if state != known:
            rows = connection.execute(_DOCUMENTS)
            documents = [(number, _Where(*where)) for number, *where in rows]
            self._kept = (state, documents)
        return documents


def listing(
    reader: Callable[[], sqlite3.Connection],
    wanted: QuoteFilter,
    grouping: Grouping = Grouping.NONE,
    order: Order = Order.REFERENCE,
    *,
    joined: bool = False,
    shelf: Shelf | None = None,
) -> QuoteList:
    """The quotes of a filter. Passages that several tagged alike (the same words and code) are one
    quote; where `joined`, also those of a code that overlap. `reader` gives the connection of the
    thread that asks; a `shelf` spares reading all documents each time. The quotes of a basket come
    in its order, and are never joined.
    """
    connection = reader()
    codes = Reads(connection).codes()
    documents = (shelf or Shelf()).documents(connection)
    if wanted.basket:
        return _of_basket(connection, wanted, grouping, order, codes, documents)
    found = _Found(connection, wanted, grouping, order, codes, joined=joined)
    blocks = [
        (where, found.of_document[number])
        for number, where in documents
        if number in found.of_document
    ]
    themes = _themes(codes)
    numbers = connection.execute("SELECT rowid, id FROM codes")
    of_number = {number: themes[code_id] for number, code_id in numbers}
    parts = _parted(blocks, grouping, lambda keys: [of_number[found.code_of[key]] for key in keys])
    read = _Reading(reader, sight_of(wanted), found.ends if joined else None)
    ordered = _in_order(found.by, order)
    return _listed(_headed(parts, codes), found.tags, ordered, read.fetch, read.keys_of)


class _Found:
    """What SQL finds: the keys of each document's quotes in the order of its text, and by key, as
    far as that is wanted, the number of its code, what the order goes by, and where joined quotes
    begin and end."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        wanted: QuoteFilter,
        grouping: Grouping,
        order: Order,
        codes: Sequence[Code],
        *,
        joined: bool,
    ) -> None:
        self.of_document: dict[int, list[Key]] = {}
        self.by: dict[Key, int] = {}
        self.starts: dict[Key, int] = {}
        self.ends: dict[Key, int] = {}
        self.tags = 0
        self.code_of: dict[Key, int] = {}
        coded = joined or grouping in (Grouping.THEME, Grouping.QUESTION)
        columns = ["q.alike", *(["q.code"] if coded else [])]
        columns += ["q.start", 'q."end"'] if joined else []
        columns += [_BY[order]] if order in _BY else []
        agreed = settled.number_of_agreed(connection)
        columns += ["q.coder"] if agreed is not None else []
        where, values = chosen(wanted, children_of(codes))
        arrays = ", ".join(f"json_group_array({column})" for column in columns)
        query = f"SELECT q.document, {arrays} FROM quoted q WHERE {where} GROUP BY q.document"  # noqa: S608
        rows = connection.execute(query, values).fetchall()
        for (document, *_), (keys, *more) in zip(rows, _unpacked(rows), strict=True):
            self.tags += len(keys)
            if agreed is not None:
                self.tags -= _repeated(keys, more.pop(), agreed)
            if coded:
                self.code_of.update(zip(keys, more[0], strict=True))
            became = self._join(keys, *more[:3]) if joined else keys
            if order in _BY:
                self._note(became, more[-1], rising=not joined and order is not Order.MARKED)
            self.of_document[document] = list(dict.fromkeys(became))
        if joined and _BY.get(order) == _LENGTH:
            self.by = {key: end - self.starts[key] for key, end in self.ends.items()}

    def _note(self, keys: list[Key], values: list[int], *, rising: bool) -> None:
        """Of several codings of one quote the greatest value counts; where they are known to rise
        that is the last."""
        by = self.by
        if rising:
            by.update(zip(keys, values, strict=True))
            return
        for key, value in zip(keys, values, strict=True):
            if value > by.get(key, -1):
                by[key] = value

    def _join(
        self, keys: list[Key], codes: list[int], starts: list[int], ends: list[int]
    ) -> list[Key]:
        """For each coding the key of the quote that it becomes part of: that of the first in a run
        of codings of its code that overlap."""
        running: dict[int, Key] = {}
        became: list[Key] = []
        for key, code, start, end in zip(keys, codes, starts, ends, strict=True):
            first = running.get(code)
            if first is None or start >= self.ends[first]:
                first = running[code] = key
                self.starts[first] = start
                self.ends[first] = end
            elif end > self.ends[first]:
                self.ends[first] = end
            became.append(first)
        return became


def _repeated(keys: list[Key], coders: list[int], agreed: int) -> int:
    """How many codings of the coder `agreed` only say what another of them says."""
    others = {key for key, coder in zip(keys, coders, strict=True) if coder != agreed}
    return sum(coder == agreed and key in others for key, coder in zip(keys, coders, strict=True))


def _unpacked(rows: Sequence[Sequence[Any]]) -> Iterator[list[Any]]:
    """The arrays of each row, behind its first column; all of them read at once, which takes half
    the time."""
    whole = ",".join("[" + ",".join(arrays) + "]" for _, *arrays in rows)
    return iter(json.loads(f"[{whole}]"))


class _Reading:
    """Reads quotes by their keys; `ends` says where joined ones end."""

    def __init__(
        self,
        reader: Callable[[], sqlite3.Connection],
        sight: Sight,
        ends: Mapping[Key, int] | None,
    ) -> None:
        self._reader = reader
        self._sight = sight
        self._ends = ends

    def fetch(self, keys: list[Key]) -> list[Quote]:
        """The quotes with these keys, each of all its codings that are seen."""
        connection = self._reader()
        codes = Reads(connection).codes()
        condition, values = seen(self._sight)
        span = 'q.start = f.start AND q."end" = f."end"'
        if self._ends is not None:
            end = "json_extract(w.value, '$[1]')"
            span = f'q.start >= f.start AND q.start < {end} AND q."end" <= {end}'
        wanted = [(key, self._ends[key] if self._ends else 0) for key in keys]
        found = connection.execute(
            "SELECT w.key, q.id FROM json_each(?) w CROSS JOIN quoted f"  # noqa: S608
            " ON f.id = json_extract(w.value, '$[0]')"
            f" CROSS JOIN quoted q ON q.document = f.document AND q.code = f.code AND {span}"
            f" WHERE {condition} ORDER BY w.key, q.start, q.at, q.id",
            (json.dumps(wanted), *values),
        ).fetchall()
        rows = quotes.rows_of(connection, [row[1] for row in found])
        together = groupby(zip(found, rows, strict=True), key=lambda pair: pair[0][0])
        parts = [[row for _, row in pairs] for _, pairs in together]
        return quotes.merged(connection, parts, codes)

    def keys_of(self, coding_id: str) -> Iterator[Key]:
        """The keys of quotes that this coding may be part of."""
        row = (
            self._reader()
            .execute(
                "SELECT q.* FROM codings c JOIN quoted q ON q.id = c.rowid WHERE c.id = ?",
                (coding_id,),
            )
            .fetchone()
        )
        if row is None:
            return
        if self._ends is None:
            yield row["alike"]
            return
        beside = self._reader().execute(
            "SELECT alike FROM quoted WHERE document = ? AND start <= ? AND code = ?"
            " ORDER BY start DESC",
            (row["document"], row["start"], row["code"]),
        )
        for (alike,) in beside:
            if self._ends.get(alike, 0) >= row["end"]:
                yield alike


def _themes(codes: Sequence[Code]) -> dict[str, str]:
    """The id of the theme of each code, by its id."""
    known = {code.id: code for code in codes}

    def top(code: Code) -> str:
        return top(known[code.parent_id]) if code.parent_id else code.id

    return {code.id: top(code) for code in codes}


def _parted(
    blocks: Iterable[tuple[_Where, list[Key]]],
    grouping: Grouping,
    themes: Callable[[list[Key]], list[str]],
) -> dict[_Part, _Heap]:
    """The quotes of each part, in the order of the first of them."""
    heaps: dict[_Part, _Heap] = defaultdict(_Heap)
    for where, keys in blocks:
        if grouping is Grouping.THEME or (grouping is Grouping.QUESTION and not where.question):
            of_theme = themes(keys)
            few = {("theme", theme) for theme in of_theme}
            lists = {theme: heaps[part].keys for part in few for theme in part[1:]}
            for theme, key in zip(of_theme, keys, strict=True):
                lists[theme].append(key)
        else:
            part = _part_of(where, grouping)
            heaps[part].keys += keys
            few = {part}
        for part in few:
            heaps[part].submissions.add(where.submission_id)
    return heaps


def _part_of(where: _Where, grouping: Grouping) -> _Part:
    """Of which part a document's quotes are: by what it is one, and which."""
    if grouping is Grouping.TYPE:
        return "type", where.type
    if grouping is Grouping.REGION:
        return "region", where.region
    if grouping is Grouping.SUBMISSION:
        return "submission", where.name
    if grouping is Grouping.QUESTION:
        return "question", where.question
    return "all", ""


def _headed(parts: Mapping[_Part, _Heap], codes: Sequence[Code]) -> list[tuple[str, _Heap]]:
    """The parts with their headings, in the order of the codebook, of types, or of names; else as
    they come. What is not known comes last."""
    rank = {code.id: place for place, code in enumerate(codes)}
    names = {code.id: code.name for code in codes}
    types = list(RespondentType)

    def heading(part: _Part) -> tuple[tuple[Any, ...], str]:
        by, what = part
        if by == "theme":
            return (not what, 0, rank.get(what, 0)), names.get(what, "Without a theme")
        if by == "type":
            kind = RespondentType(what)
            unknown = kind is RespondentType.UNKNOWN
            return (types.index(kind),), "Type not known" if unknown else TYPE_NAMES[kind]
        if by == "region":
            return (not what, what.casefold(), what), what or "Region not known"
        return (False, 1), what

    found = [(*heading(part), heap) for part, heap in parts.items()]
    return [(title, heap) for _, title, heap in sorted(found, key=itemgetter(0))]


def _listed(
    heaps: list[tuple[str, _Heap]],
    tags: int,
    ordered: Callable[[list[Key]], list[Key]],
    read: Callable[[list[Key]], list[Quote]],
    find: Callable[[str], Iterable[Key]],
) -> QuoteList:
    keys: list[Key] = []
    groups = []
    for title, heap in heaps:
        groups.append(Group(title, len(keys), len(heap.keys), len(heap.submissions)))
        keys += ordered(heap.keys)
    submissions = set[str]().union(*(heap.submissions for _, heap in heaps))
    totals = Totals(len(keys), len(submissions), tags)
    named = tuple(group for group in groups if group.title)
    return QuoteList(keys, named, totals, read, find)


def _in_order(by: Mapping[Key, int], order: Order) -> Callable[[list[Key]], list[Key]]:
    """Puts the keys of a heap in order; those that are equal stay as they stand."""
    if order is Order.REFERENCE:
        return list
    return partial(sorted, key=by.__getitem__, reverse=order is not Order.SHORTEST)


def _tags_of(connection: sqlite3.Connection, quotes: Iterable[Quote]) -> int:
    """How many tags these quotes of a basket are made of, those of a passage that is in it twice
    once; an agreed one counts where nobody else's is there."""
    several = {frozenset(quote.coding_ids) for quote in quotes}
    agreed = settled.agreed_among(connection, frozenset().union(*several))
    return sum(len(ids - agreed) or len(ids) for ids in several)


def _of_basket(
    connection: sqlite3.Connection,
    wanted: QuoteFilter,
    grouping: Grouping,
    order: Order,
    codes: Sequence[Code],
    documents: Sequence[tuple[int, _Where]],
) -> QuoteList:
    """The list of a basket's quotes, which are few and are held as they are."""
    made = {quote.id: quote for quote in basketed.basketed(connection, wanted, codes)}
    places = {where.document_id: where for _, where in documents}
    themes = _themes(codes)
    blocks: list[tuple[_Where, list[Key]]] = [
        (places[quote.document_id], [key]) for key, quote in made.items()
    ]
    parts = _parted(
        blocks, grouping, lambda keys: [themes.get(made[str(key)].code_id, "") for key in keys]
    )
    by: dict[Key, int] = {}
    for key, quote in made.items():
        value = {Order.NEWEST: moment(quote.created_at), Order.MARKED: int(quote.marked)}
        by[key] = value.get(order, quote.end - quote.start)
    return _listed(
        _headed(parts, codes),
        _tags_of(connection, made.values()),
        _in_order(by, order),
        lambda keys: [made[str(key)] for key in keys],
        lambda coding_id: (key for key, one in made.items() if coding_id in one.coding_ids),
    )
