"""Asks the full-text index: a search as it was understood, turned into FTS5 and SQL."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coder.domain.errors import EvidenceError
from coder.domain.query import Either, Every, Kind, Near, Node, Query, Term, parse
from coder.domain.sight import Sight
from coder.domain.text import snippet
from coder.store.prefixes import beginning
from coder.store.sight import Condition, seen, unseen_memos

FEW = 2_000
"""Up to so many places are put in order of fitness (BM25), which takes a millisecond or two for
each thousand; of more, nobody reads the order."""

SMALL = 3_000
"""Up to so many passages (of a submission, of a code) are looked up one by one; of more, each
passage found is asked whether it is among them."""

_MARKED = re.compile("\x02([^\x03]*)\x03")
_BEFORE, _AFTER = 60, 180


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph, segment or memo in which something was found. `start`, `end` are the first
    words found, in code points of the document's text (of a memo on a passage, that passage), and
    `places` all of them, the whole of it where no words were asked for. `excerpt` shows them among
    those around, at `marked`.

    `kind` is text, transcript, memo or name. `owner` is the id of the row: a document, segment,
    coding or memo. A memo is `about` a passage, submission, document, code, project or journal, of
    which `of_id` is the id.
    """

    ref: str
    submission_id: str
    document_id: str
    document: str
    kind: str
    start: int
    end: int
    excerpt: str
    marked: tuple[tuple[int, int], ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    owner: str = ""
    about: str = ""
    of_id: str = ""

    @property
    def snippet(self) -> str:
        """The first words found in `«»`, with a few around them."""
        return snippet(self.excerpt, *self.marked[0]) if self.marked else self.excerpt


Resolved = tuple[str, tuple[str, ...], bool]


@dataclass(frozen=True, slots=True)
class Scope:
    """The limits of a search, each a field, what it names and whether that is wanted: `in` with ids
    of submissions, `type` with types of respondents, `code` and `by` with ids of codes and coders,
    `kind` with kinds. Tags that are not seen by `sight` count for nothing, and memos on them are
    not found."""

    limits: tuple[Resolved, ...] = ()
    sight: Sight = field(default_factory=Sight)


EVERYWHERE = Scope()


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as SQL: what FTS5 has to match (everything where empty), and conditions on the
    passage `p` found, each question mark with its value."""

    match: str = ""
    where: str = ""
    values: tuple[str, ...] = ()


def find(connection: sqlite3.Connection, typed: str, limit: int = 200) -> list[Hit]:
    """The best `limit` places for what was typed, best first. Raises EvidenceError."""
    query = parse(typed)
    if not query:
        return []
    return page(connection, ask(connection, query, EVERYWHERE), limit, best_first=True)


def ask(connection: sqlite3.Connection, query: Query, scope: Scope) -> Asked:
    """The search as SQL."""
    found = [
        _condition(connection, limit, scope.sight, matched=query.words is not None)
        for limit in scope.limits
    ]
    if not scope.sight.whole:
        found.append(_seen_memos(connection, scope.sight))
    return Asked(
        _compiled(query.words) if query.words else "",
        " AND ".join(condition for condition, _ in found),
        tuple(value for _, values in found for value in values),
    )


def count(connection: sqlite3.Connection, asked: Asked) -> int:
    """In how many passages it is found. Raises EvidenceError."""
    if asked.match and not asked.where:
        query = "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ?"
        return int(_run(connection, query, (asked.match,))[0][0])
    return int(_select(connection, asked, "count(*)")[0][0])


def tally(connection: sqlite3.Connection, asked: Asked) -> dict[str, int]:
    """In how many passages of each submission it is found, by id, memos on it included."""
    rows = _select(
        connection,
        asked,
        "s.id, count(*)",
        "LEFT JOIN documents d ON d.id = p.document_id"
        " JOIN submissions s ON s.id = coalesce(d.submission_id, p.document_id)",
        "GROUP BY s.id",
    )
    return dict(map(tuple, rows))


def page(
    connection: sqlite3.Connection,
    asked: Asked,
    limit: int,
    offset: int = 0,
    *,
    best_first: bool = False,
) -> list[Hit]:
    """`limit` of the places from `offset` on, in the order in which they came into the project or
    the best first. Raises EvidenceError."""
    shown = "highlight(passages_fts, 0, char(2), char(3))" if asked.match else "p.text"
    rows = _select(
        connection,
        asked,
        f"{_COLUMNS}, {shown} AS shown",
        _JOINS,
        f"ORDER BY {_order(asked, best_first=best_first)} LIMIT {limit:d} OFFSET {offset:d}",
    )
    starts = _starts(connection, [row["document_id"] for row in rows if row["said"]])
    return [_hit(row, starts) for row in rows]


def names(connection: sqlite3.Connection) -> list[tuple[str, str, str, str, str]]:
    """What submissions and documents are called: reference, submission, document (empty where it
    is who speaks), what it is, and the name."""
    found = connection.execute(
        "SELECT ref, id AS submission, '' AS document, 'organisation' AS what,"
        " organisation AS name, 0 AS place FROM submissions"
        " WHERE organisation <> '' AND status <> 'withdrawn'"
        " UNION ALL SELECT ref, id, '', 'respondent', respondent, 1 FROM submissions"
        " WHERE respondent <> '' AND status <> 'withdrawn'"
        " UNION ALL SELECT s.ref, s.id, d.id, 'title', d.title, 2 + d.position FROM documents d"
        " JOIN submissions s ON s.id = d.submission_id"
        " WHERE d.kind <> 'transcript' AND s.status <> 'withdrawn'"
    )
    ordered = sorted(found, key=lambda row: (len(row["ref"]), row["ref"], row["place"]))
    return [tuple(row)[:5] for row in ordered]


# Below: how SQL asks for it

_COLUMNS = (
    "coalesce(s.ref, '') AS ref, coalesce(s.id, '') AS submission_id,"
    " coalesce(d.id, '') AS document_id, coalesce(d.title, '') AS title, coalesce(d.kind, '') AS"
    " document_kind, p.kind, p.owner, p.start, p.document_id AS of_id, c.start AS coded_from,"
    ' c."end" AS coded_to, m.about, g.id AS said'
)
_JOINS = (
    "LEFT JOIN documents d ON d.id = p.document_id"
    " LEFT JOIN submissions s ON s.id = coalesce(d.submission_id, p.document_id)"
    " LEFT JOIN codings c ON c.id = p.owner LEFT JOIN memos m ON m.id = p.owner"
    " LEFT JOIN segments g ON g.id = p.owner"
)
_ANY = "(SELECT value FROM json_each(?))"
_TRANSCRIPTS = "(SELECT id FROM documents WHERE kind = 'transcript')"
_KINDS = {
    Kind.TEXT: f"(p.kind = 'text' AND p.document_id NOT IN {_TRANSCRIPTS})",
    Kind.TRANSCRIPT: f"(p.kind = 'text' AND p.document_id IN {_TRANSCRIPTS})",
    Kind.MEMO: "p.kind = 'memo'",
    Kind.NAME: "0",
}


def _order(asked: Asked, *, best_first: bool) -> str:
    if not asked.match:
        return "p.id"
    return "f.rank" if best_first else "f.rowid"


def _run(connection: sqlite3.Connection, query: str, values: Sequence[str]) -> list[sqlite3.Row]:
    try:
        return connection.execute(query, values).fetchall()
    except sqlite3.OperationalError as problem:
        if "fts5" not in str(problem):
            raise
        raise EvidenceError(
            "This search could not be understood.",
            "Use plain words, “exact words” in quotation marks, or word* for beginnings.",
        ) from problem


def _select(
    connection: sqlite3.Connection, asked: Asked, columns: str, joins: str = "", rest: str = ""
) -> list[sqlite3.Row]:
    source = "passages_fts f JOIN passages p ON p.id = f.rowid" if asked.match else "passages p"
    wanted = ["passages_fts MATCH ?"] if asked.match else []
    where = " AND ".join([*wanted, asked.where] if asked.where else wanted) or "1"
    query = f"SELECT {columns} FROM {source} {joins} WHERE {where} {rest}"  # noqa: S608
    return _run(connection, query, [*([asked.match] if asked.match else []), *asked.values])


def _condition(
    connection: sqlite3.Connection, limit: Resolved, sight: Sight, *, matched: bool
) -> Condition:
    """The condition of one limit and its values."""
    name, ids, wanted = limit
    values: tuple[str, ...] = ()
    if name in ("in", "type"):
        documents = json.dumps(_documents_of(connection, name, ids))
        passages = _passages_of(connection, documents)
        condition, values = f"p.document_id IN {_ANY}", (documents,)
        if matched and wanted and len(passages) <= SMALL:
            condition, values = f"f.rowid IN {_ANY}", (json.dumps(passages),)
    elif name == "code":
        passages = _carrying(connection, ids, sight)
        row = "f.rowid" if matched and wanted and len(passages) <= SMALL else "p.id"
        condition, values = f"{row} IN {_ANY}", (json.dumps(passages),)
    elif name == "by":
        condition = (
            f"p.owner IN (SELECT id FROM codings WHERE coder_id IN {_ANY}"  # noqa: S608
            f" UNION ALL SELECT id FROM memos WHERE coder_id IN {_ANY})"
        )
        values = (json.dumps(ids),) * 2
    else:
        condition = f"({' OR '.join(_KINDS[Kind(kind)] for kind in ids)})"
    return (condition if wanted else f"NOT {condition}"), values


def _seen_memos(connection: sqlite3.Connection, sight: Sight) -> Condition:
    """The condition that a passage is no memo that is out of sight, on a tag or on the evidence."""
    condition, values = seen(sight)
    tags = f"SELECT c.id FROM codings c WHERE NOT {condition}"  # noqa: S608
    others = json.dumps(sorted(unseen_memos(connection, sight)))
    unseen = f"p.owner IN ({tags}) OR p.owner IN {_ANY}"
    return f"NOT (p.kind = 'memo' AND ({unseen}))", (*values, others)


def _documents_of(connection: sqlite3.Connection, name: str, ids: Sequence[str]) -> list[str]:
    """By what passages name submissions: their documents, and themselves where a memo is on one."""
    submissions = [
        row[0]
        for row in connection.execute(
            f"SELECT id FROM submissions WHERE {'id' if name == 'in' else 'type'} IN {_ANY}",  # noqa: S608
            (json.dumps(ids),),
        )
    ]
    documents = connection.execute(
        f"SELECT id FROM documents WHERE submission_id IN {_ANY}",  # noqa: S608
        (json.dumps(submissions),),
    )
    return [*(row[0] for row in documents), *submissions]


def _passages_of(connection: sqlite3.Connection, documents: str) -> list[int]:
    """The passages of these documents (a JSON list), or one more than are looked up one by one."""
    found = connection.execute(
        f"SELECT id FROM passages WHERE document_id IN {_ANY} LIMIT {SMALL + 1}",  # noqa: S608
        (documents,),
    )
    return [row[0] for row in found]


def _carrying(connection: sqlite3.Connection, codes: Sequence[str], sight: Sight) -> list[int]:
    """The passages of which some words carry one of these codes, the memos on them, and those on
    the codes themselves."""
    condition, values = seen(sight)
    tags = connection.execute(
        f'SELECT c.id, c.document_id, c.start, c."end" FROM codings c WHERE c.code_id IN {_ANY}'  # noqa: S608
        f" AND {condition}",
        (json.dumps(codes), *values),
    ).fetchall()
    spans: dict[str, list[tuple[int, int]]] = {}
    for _, document, start, end in tags:
        spans.setdefault(document, []).append((start, end))
    starts = _starts(connection, list(spans))
    passages = connection.execute(
        "SELECT id, document_id, owner, start, length(text) AS length FROM passages"  # noqa: S608
        f" WHERE kind = 'text' AND document_id IN {_ANY}",
        (json.dumps(list(spans)),),
    )
    found = []
    for row in passages:
        start = starts.get(row["owner"], row["start"])
        end = start + row["length"]
        if any(a < end and b > start for a, b in spans[row["document_id"]]):
            found.append(row["id"])
    memos = connection.execute(
        f"SELECT id FROM passages WHERE kind = 'memo' AND (owner IN {_ANY}"  # noqa: S608
        f" OR document_id IN {_ANY})",
        (json.dumps([tag["id"] for tag in tags]), json.dumps(codes)),
    )
    return [*found, *(row[0] for row in memos)]


def _starts(connection: sqlite3.Connection, transcripts: Sequence[str]) -> dict[str, int]:
    """Where each segment of these transcripts begins in its text, by id: the lengths of those
    before it, with a line break behind each."""
    if not transcripts:
        return {}
    found = connection.execute(
        "SELECT id, coalesce(sum(length(text) + 1) OVER (PARTITION BY document_id"  # noqa: S608
        " ORDER BY position, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)"
        f" FROM segments WHERE document_id IN {_ANY}",
        (json.dumps(sorted(set(transcripts))),),
    )
    return {row[0]: row[1] for row in found}


# Below: FTS5's language, and what is shown of a place


def _compiled(node: Node) -> str:
    match node:
        case Term():
            return _phrases(node)
        case Near():
            terms = " ".join(
                f'"{term.text}"{" *" * (term.begins or term.growing)}' for term in node.terms
            )
            return f"NEAR({terms}, {node.distance})"
        case Either():
            return " OR ".join(f"({_compiled(part)})" for part in node.parts)
        case Every():
            wanted = " AND ".join(f"({_compiled(part)})" for part in node.parts)
            without = " OR ".join(f"({_compiled(part)})" for part in node.without)
            return f"({wanted}) NOT ({without})" if without else wanted


def _phrases(term: Term) -> str:
    whole = f'"{term.text}"'
    if term.begins:
        return " OR ".join(beginning(term.text))
    if term.growing:
        return " OR ".join(dict.fromkeys((whole, *beginning(term.text))))
    return whole


def _hit(row: sqlite3.Row, starts: Mapping[str, int]) -> Hit:
    text, marked = _unmarked(row["shown"])
    kind, about, of_id = row["document_kind"], "", ""
    start = starts.get(row["owner"], row["start"])
    places = tuple((start + a, start + b) for a, b in marked or [(0, len(text))])
    if row["kind"] == "memo":
        kind = Kind.MEMO
        about = row["about"] or "passage"
        of_id = row["of_id"] if row["about"] else row["owner"]
        places = ((row["coded_from"], row["coded_to"]),) if about == "passage" else ((0, 0),)
    elif kind != Kind.TRANSCRIPT:
        kind = Kind.TEXT
    excerpt, shown = _excerpt(text, marked)
    return Hit(
        row["ref"],
        row["submission_id"],
        row["document_id"],
        row["title"],
        kind,
        *places[0],
        excerpt,
        shown,
        places if kind != Kind.MEMO else (),
        row["owner"],
        about,
        of_id,
    )


def _unmarked(shown: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and what they marked; words with only space between are one."""
    marked: list[tuple[int, int]] = []
    parts: list[str] = []
    length = at = 0
    for match in _MARKED.finditer(shown):
        between = shown[at : match.start()]
        begin = length + len(between)
        length = begin + len(match[1])
        if marked and not between.strip():
            marked[-1] = (marked[-1][0], length)
        else:
            marked.append((begin, length))
        parts += (between, match[1])
        at = match.end()
    return "".join((*parts, shown[at:])), marked


def _excerpt(
    text: str, marked: Sequence[tuple[int, int]]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The first words found with those around them on one line, and where all those found stand
    in it."""
    first, last = marked[0] if marked else (0, 0)
    left = max(0, first - _BEFORE)
    if left:
        left = text.find(" ", left, first) + 1 or left
    right = min(len(text), last + _AFTER)
    if right < len(text):
        right = text.rfind(" ", last, right) + 1 or right
    cut = re.sub(r"\s", " ", text[left:right]).rstrip()
    begin = "…" if left else ""
    by = len(begin) - left
    shown = f"{begin}{cut}{'…' if right < len(text) else ''}"
    return shown, tuple((a + by, min(b, right) + by) for a, b in marked if a < right)
