"""Which coded passages a filter asks for, as a condition in SQL on a row `q` of `quoted`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from coder.domain.citation import as_reference
from coder.domain.quotes import QuoteFilter
from coder.domain.sight import Others, Sight
from coder.store import sight
from coder.store.quoted import SHORT, moment

_ANY = "(SELECT value FROM json_each(?))"
_CODES = f"(SELECT rowid FROM codes WHERE id IN {_ANY})"  # noqa: S608
_BASKETED = (
    '(SELECT bd.rowid AS document, b.start, b."end" FROM basket_items b'
    " JOIN documents bd ON bd.id = b.document_id WHERE b.kind = 'quote')"
)


@dataclass
class _Conditions:
    """Conditions that all have to hold, with the values of their question marks."""

    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def ask(self, condition: str, *values: Any) -> None:
        """One more condition."""
        self.parts.append(condition)
        self.values.extend(values)

    def whole(self) -> tuple[str, tuple[Any, ...]]:
        """All of them in one."""
        return " AND ".join(self.parts) or "1", tuple(self.values)


def sight_of(wanted: QuoteFilter) -> Sight:
    """Through whose eyes the filter looks."""
    if wanted.hidden_to:
        return Sight(wanted.hidden_to, Others.HIDDEN)
    return Sight(wanted.blind_to, Others.BLIND) if wanted.blind_to else Sight()


def seen(eyes: Sight, row: str = "q") -> sight.Condition:
    """What is true of a row of `quoted` that is seen; `row` is what the query calls it."""
    mine = f"{row}.coder = (SELECT rowid FROM coders WHERE id = ?)"  # noqa: S608
    if eyes.others is Others.SHOWN:
        return "1", ()
    if eyes.others is Others.HIDDEN:
        return mine, (eyes.coder_id,)
    declared = (
        f"{row}.document IN (SELECT rd.rowid FROM readings r JOIN documents rd"  # noqa: S608
        " ON rd.id = r.document_id WHERE r.coder_id = ? AND r.coded_at <> '')"
    )
    return f"({mine} OR {declared})", (eyes.coder_id,) * 2


def chosen(wanted: QuoteFilter, families: Mapping[str, list[str]]) -> tuple[str, tuple[Any, ...]]:
    """The condition on a row of `quoted`, and its values; all that the filter asks for but a
    basket. `families` gives for each code id itself and every code below it.

    A plus before a column keeps SQLite from an index on it: rows must come in the order of the
    table. Reading a hundred thousand takes about 20 ms whatever is asked, and sorting takes longer
    than that as soon as much is found.
    """
    asked = _Conditions()
    _ask_codes(asked, wanted, families)
    _ask_documents(asked, wanted, families)
    if wanted.coders:
        names = f"(SELECT rowid FROM coders WHERE name IN {_ANY})"  # noqa: S608
        asked.ask(f"q.coder IN {names}", _listed(wanted.coders))
    if wanted.text:
        like = r"LIKE ? ESCAPE '\'"
        within = f"(SELECT rowid FROM codings WHERE quote {like} OR (memo <> '' AND memo {like}))"  # noqa: S608
        asked.ask(f"+q.id IN {within}", *[containing(wanted.text)] * 2)
    if wanted.marked:
        asked.ask("q.marked")
    if wanted.since:
        asked.ask("q.at >= ?", _begins(wanted.since))
    if wanted.until:
        asked.ask("q.at < ?", _begins(wanted.until, 1))
    if wanted.shortest:
        asked.ask('q."end" - q.start >= ?', wanted.shortest)
    if wanted.longest:
        asked.ask('q."end" - q.start <= ?', wanted.longest)
    if wanted.unused:
        asked.ask(f"+q.id NOT IN {_beside(_BASKETED)}")
    eyes = sight_of(wanted)
    if not eyes.whole:
        condition, values = seen(eyes)
        asked.ask(condition, *values)
    return asked.whole()


def in_basket(
    wanted: QuoteFilter, families: Mapping[str, list[str]]
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The conditions on an item `i` of a basket, its document `d` and submission `s`, each with its
    values. What is asked of codings holds for one of those on exactly these words."""
    yield documents_wanted(wanted)
    yield sight.seen(sight_of(wanted), "i")
    if wanted.text:
        yield r"i.quote LIKE ? ESCAPE '\'", (containing(wanted.text),)
    yield 'i."end" - i.start >= ?', (wanted.shortest,)
    if wanted.longest:
        yield 'i."end" - i.start <= ?', (wanted.longest,)
    of_codings = replace(
        wanted, basket="", text="", types=(), permissions=(), regions=(), submissions=(),
        documents=(), received_since="", received_until="", shortest=0, longest=0,
        within=QuoteFilter().within, blind_to="", hidden_to="",
    )  # fmt: skip
    if of_codings != QuoteFilter():
        condition, values = chosen(replace(wanted, text=""), families)
        place = 'q.document = d.rowid AND q.start = i.start AND q."end" = i."end"'
        yield f"EXISTS (SELECT 1 FROM quoted q WHERE {place} AND {condition})", values  # noqa: S608


def documents_wanted(wanted: QuoteFilter) -> tuple[str, tuple[Any, ...]]:
    """What the filter asks of the document `d` and the submission `s` of a passage."""
    asked = _Conditions()
    for column, several in (
        ("s.type", wanted.types),
        ("s.permission", wanted.permissions),
        ("s.region", wanted.regions),
        ("s.ref", [as_reference(ref) for ref in wanted.submissions]),
        ("d.id", wanted.documents),
    ):
        if several:
            asked.ask(f"{column} IN {_ANY}", _listed(several))
    day = "s.received <> '' AND substr(s.received, 1, 10)"
    if wanted.received_since:
        asked.ask(f"{day} >= ?", wanted.received_since)
    if wanted.received_until:
        asked.ask(f"{day} <= ?", wanted.received_until)
    return asked.whole()


def containing(words: str) -> str:
    """A pattern for LIKE with a backslash as its escape: that a text contains these words."""
    escaped = words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{escaped}%"


def _ask_codes(asked: _Conditions, wanted: QuoteFilter, families: Mapping[str, list[str]]) -> None:
    groups = [families.get(code, [code]) for code in wanted.codes]
    if groups:
        asked.ask(f"+q.code IN {_CODES}", _listed(one for group in groups for one in group))
    condition, blind = seen(sight_of(wanted), "o")
    coded = f'(SELECT o.document, o.start, o."end" FROM quoted o WHERE o.code IN {_CODES}'  # noqa: S608
    source = f"{coded} AND {condition})"
    for codes, operator, within in (
        (wanted.codes if wanted.every else (), "IN", 0),
        (wanted.overlapping, "IN", 0),
        (wanted.near, "IN", wanted.within + 1),
        (wanted.without, "NOT IN", 0),
    ):
        for code in codes:
            values = (_listed(families.get(code, [code])), *blind)
            asked.ask(f"+q.id {operator} {_beside(source, within)}", *values * 2)


def _ask_documents(
    asked: _Conditions, wanted: QuoteFilter, families: Mapping[str, list[str]]
) -> None:
    condition, values = documents_wanted(wanted)
    if values:
        asked.ask(
            "q.document IN (SELECT d.rowid FROM documents d"  # noqa: S608
            f" JOIN submissions s ON s.id = d.submission_id WHERE {condition})",
            *values,
        )
    if wanted.questions:
        codes = [one for code in wanted.questions for one in families.get(code, [])]
        asked.ask(
            f"(q.document IN (SELECT rowid FROM documents WHERE question IN {_ANY})"  # noqa: S608
            f" OR +q.code IN {_CODES})",
            _listed(wanted.questions),
            _listed(codes),
        )


def _beside(source: str, within: int = 0) -> str:
    """The ids of the passages that have fewer than `within` code points between them and one of
    these, or overlap it where that is 0. Each is looked for from where one of these stands, so that
    it costs no more than there are passages around."""
    near = f'q.document = t.document AND q.start < t."end" + {within:d}'
    near += f' AND q."end" > t.start - {within:d}'
    edge = f"t.start - {within + SHORT:d}"
    return (
        f"(SELECT q.id FROM {source} t CROSS JOIN quoted q ON {near} AND q.start > {edge}"  # noqa: S608
        f" UNION ALL SELECT q.id FROM {source} t CROSS JOIN quoted q INDEXED BY quoted_long"
        f' ON {near} AND q.start <= {edge} AND q."end" - q.start > {SHORT})'
    )


def _begins(day: str, later: int = 0) -> int:
    """When a day (`YYYY-MM-DD`) begins by this machine's clock, or the one so much later, as
    `quoted` has it."""
    midnight = datetime.fromisoformat(day[:10]) + timedelta(days=later)
    return moment(midnight.astimezone(UTC).isoformat(timespec="milliseconds"))


def _listed(values: Iterable[str] | Sequence[str]) -> str:
    return json.dumps(list(values))
