"""The words of every tagged passage, indexed (FTS5, stemmed), so that like ones are found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import accumulate

from coder.domain.model import Coding
from coder.store import fulltext
from coder.store.rows import Row, from_row

MOST = 6_000
"""So many times the words of a passage are looked at elsewhere: a few milliseconds. Up to some two
thousand tagged passages that is all of them; beyond, the commonest are left out, which tell least.
"""

_UNSOUND = "The index of tagged passages does not hold what they say, so suggestions may be wrong."
_UNSEEN = str.maketrans({"\x00": " "})


def refresh(connection: sqlite3.Connection, table: str, row_id: str, row: Row | None) -> None:
    """Brings the index up to date with one row of a table, None for a row that has gone."""
    if table != "codings":
        return
    words = None if row is None else row["quote"].translate(_UNSEEN)
    kept = connection.execute("SELECT text FROM coded WHERE owner = ?", (row_id,)).fetchone()
    if (kept and kept[0]) == words:
        return
    connection.execute("DELETE FROM coded WHERE owner = ?", (row_id,))
    if words is not None:
        connection.execute("INSERT INTO coded (owner, text) VALUES (?, ?)", (row_id, words))


def refresh_all(
    connection: sqlite3.Connection, codings: Iterable[tuple[str, Row | None, Row | None]]
) -> None:
    """Brings the index up to date with many codings: id, and what each was and is."""
    changed = [one for one in codings if (one[1] or {}).get("quote") != (one[2] or {}).get("quote")]
    gone = [row_id for row_id, before, _ in changed if before]
    made = [(row_id, after["quote"].translate(_UNSEEN)) for row_id, _, after in changed if after]
    fulltext.take(connection, "coded", gone)
    fulltext.put(connection, "coded", ("owner", "text"), made)


def verify(connection: sqlite3.Connection) -> list[str]:
    """A sentence where the index holds something else than the codings say; nothing where it is
    sound."""
    kept = connection.execute("SELECT owner, text FROM coded ORDER BY owner").fetchall()
    expected = [
        (coding["id"], coding["quote"].translate(_UNSEEN))
        for coding in connection.execute("SELECT id, quote FROM codings ORDER BY id")
    ]
    indexed = connection.execute("SELECT count(*) FROM coded_fts_docsize").fetchone()[0]
    sound = list(map(tuple, kept)) == expected and indexed == len(expected)
    return [] if sound else [_UNSOUND]


def count(connection: sqlite3.Connection, most: int) -> int:
    """How many different passages are tagged, whatever the number of codes and coders on each;
    counted up to `most`."""
    row = connection.execute(
        'SELECT count(*) FROM (SELECT DISTINCT document_id, start, "end" FROM codings LIMIT ?)',
        (most,),
    ).fetchone()
    return int(row[0])


def overlapping(
    connection: sqlite3.Connection, document_id: str, start: int, end: int
) -> list[Coding]:
    """The codings that share a code point with `[start, end)` of a document."""
    rows = connection.execute(
        'SELECT * FROM codings WHERE document_id = ? AND start < ? AND "end" > ?',
        (document_id, end, start),
    )
    return [from_row(Coding, row) for row in rows]


def nearest(connection: sqlite3.Connection, words: Iterable[str]) -> Iterator[tuple[Coding, float]]:
    """The codings whose passages have at least one of these words in any form, the most similar
    first, each with FTS5's BM25 turned so that more is nearer (above 0).

    Words hold letters and digits only; the commonest are left out where there are too many. To be
    read only as far as is needed.
    """
    asked = " OR ".join(f'"{word}"' for word in _rarest(connection, words))
    if not asked:
        return
    found = connection.execute(
        "SELECT c.*, -f.rank AS score FROM coded_fts f JOIN coded p ON p.id = f.rowid"
        " JOIN codings c ON c.id = p.owner WHERE coded_fts MATCH ? ORDER BY f.rank",
        (asked,),
    )
    for row in found:
        yield from_row(Coding, row), row["score"]


def _rarest(connection: sqlite3.Connection, words: Iterable[str]) -> list[str]:
    """Of these words those that stand in the fewest passages, but in some: as many as may be looked
    for."""
    passages = {
        word: connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM coded_fts WHERE coded_fts MATCH ? LIMIT ?)",
            (f'"{word}"', MOST),
        ).fetchone()[0]
        for word in words
    }
    known = sorted(filter(passages.get, passages), key=lambda word: int(passages[word]))
    times = accumulate(passages[word] for word in known)
    few = [word for word, so_far in zip(known, times, strict=True) if so_far <= MOST]
    return few or known[:1]
