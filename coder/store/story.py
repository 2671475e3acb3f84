"""What was done, in lines, the newest first: acts of this copy and of those that were merged."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from coder.store import acts

_HISTORY = f"""
SELECT number, at, COALESCE((SELECT name FROM coders WHERE id = coder_id), ''),
  CASE WHEN erased IS NOT NULL THEN 'Something withdrawn since'
       WHEN left_out IS NOT NULL THEN 'Something left out of this copy' ELSE label END, kind
FROM (
  SELECT * FROM (
    SELECT seq AS number, at, coder_id, {acts.told("steps")}, erased, kind, stamp, id FROM steps
    ORDER BY stamp DESC LIMIT :most
  )
  UNION ALL
  SELECT * FROM (
    SELECT merge AS number, at, coder_id, {acts.told("b")}, erased, kind, stamp, id
    FROM brought_steps b
    WHERE kind NOT IN {acts.KINDS}
    AND NOT EXISTS (SELECT 1 FROM steps s WHERE s.id = b.id)
    AND NOT EXISTS (SELECT 1 FROM brought_steps o WHERE o.id = b.id AND o.merge < b.merge)
    ORDER BY stamp DESC LIMIT :most
  )
) ORDER BY stamp DESC, id LIMIT :most
"""  # noqa: S608

_STORY = f"""
WITH every AS (
  SELECT id, seq, at, stamp, coder_id, kind, {acts.told("steps")}, erased, 0 AS merge FROM steps
  UNION ALL
  SELECT id, merge, at, stamp, coder_id, kind, label, left_out, erased, merge
  FROM acts WHERE merge > 0
), heard AS (
  SELECT s.seq, 0 AS merge, s.id, c.table_name, c.after
  FROM steps s JOIN changes c USING (seq) WHERE s.kind = 'machine'
  UNION ALL
  SELECT s.merge, s.merge, s.id, c.table_name, c.after
  FROM brought_steps s JOIN brought_changes c USING (merge, id) WHERE s.kind = 'machine'
), lines AS (
  SELECT id, merge, SUM(table_name = 'segments') AS sentences,
    MIN(json_extract(after, '$.document_id')) AS transcript
  FROM heard WHERE table_name IN ('segments', 'stretches') GROUP BY merge, id
), told AS (
  SELECT s.*, ROW_NUMBER() OVER (ORDER BY s.stamp, s.id) AS place, l.sentences,
    IIF(s.erased IS NOT NULL, 'erased ' || s.coder_id, l.transcript) AS transcript
  FROM every s LEFT JOIN lines l ON l.id = s.id AND l.merge = s.merge
), runs AS (
  SELECT *, IIF(transcript IS NULL, 0,
                place - ROW_NUMBER() OVER (PARTITION BY transcript ORDER BY place)) AS run
  FROM told
)
SELECT MAX(r.seq) AS seq, r.at, COALESCE(k.name, '') AS coder, r.kind, CASE
    WHEN r.erased IS NOT NULL THEN 'Something withdrawn since'
    WHEN r.left_out IS NOT NULL THEN 'Something left out of this copy'
    WHEN COUNT(*) = 1 THEN r.label
    ELSE 'Hear ' || SUM(r.sentences) || ' sentences of “' || COALESCE(d.title,
           (SELECT json_extract(c.after, '$.title') FROM act_changes c
            WHERE c.table_name = 'documents' AND c.row_id = r.transcript AND c.after IS NOT NULL
            ORDER BY c.stamp DESC LIMIT 1), 'a transcript') || '”'
  END AS label
FROM runs r LEFT JOIN coders k ON k.id = r.coder_id LEFT JOIN documents d ON d.id = r.transcript
GROUP BY COALESCE(r.transcript, r.id), r.run ORDER BY MAX(r.place) DESC LIMIT ?
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class StepEntry:
    """A line of the history: who did what, when. `kind` is act, machine, undo, redo, erasure,
    merge, unmerge (a merge undone) or share. `seq` is the number of the step; of one that was done
    in another copy that of the merge by which it came."""

    seq: int
    at: str
    coder: str
    label: str
    kind: str


def history(db: sqlite3.Connection, limit: int) -> list[StepEntry]:
    """The latest `limit` steps."""
    return [StepEntry(*row) for row in db.execute(_HISTORY, {"most": limit})]


def story(db: sqlite3.Connection, limit: int) -> list[StepEntry]:
    """The latest `limit` lines; see `Reads.story`."""
    return [StepEntry(**dict(row)) for row in db.execute(_STORY, (limit,))]
