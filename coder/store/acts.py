"""Who did what, wherever it was done: one view over the steps of this copy and those that merges
brought from others.

Merges themselves, their undoing and the sharing of copies are bookkeeping of one copy and no acts:
what came with a merge counts as done by who did it. Content that was erased or left out is not
there.
"""

from __future__ import annotations

MERGE, UNMERGE, SHARE = "merge", "unmerge", "share"
"""The kinds of steps that only keep this copy's books: bringing another copy's steps, taking them
out again, and making a copy for somebody, without part of it."""

BOOKKEEPING = (MERGE, UNMERGE, SHARE)

KINDS = f"('{MERGE}', '{UNMERGE}', '{SHARE}')"
"""The same, for a query."""


def told(table: str) -> str:
    """The label of a step of this table (an alias) and its `left_out`, in a query. What was left
    out of this copy has both as soon as a fuller copy has brought them."""
    there = f"FROM brought_steps f WHERE f.id = {table}.id AND f.left_out IS NULL AND f.label <> ''"
    gone = f"{table}.left_out IS NOT NULL"
    return (
        f"CASE WHEN {gone} THEN coalesce((SELECT f.label {there} LIMIT 1), '')"
        f" ELSE {table}.label END AS label,"
        f" CASE WHEN {gone} AND NOT EXISTS (SELECT 1 {there}) THEN {table}.left_out END AS left_out"
    )


_STEP = "id, origin, seq, at, stamp, coder_id, {0}, kind, reverses, erased"

VIEWS = (
    (
        f"CREATE VIEW acts AS SELECT {_STEP.format(told('steps'))}, 0 AS merge FROM steps"  # noqa: S608
        f" WHERE kind NOT IN {KINDS}"
        f" UNION ALL SELECT {_STEP.format(told('b'))}, merge FROM brought_steps b"
        f" WHERE kind NOT IN {KINDS}"
        " AND NOT EXISTS (SELECT 1 FROM steps s WHERE s.id = b.id)"
        " AND NOT EXISTS (SELECT 1 FROM brought_steps o WHERE o.id = b.id AND o.merge < b.merge)"
    ),
    (
        "CREATE VIEW act_changes AS SELECT s.id, s.at, s.stamp, s.coder_id, s.kind, c.position,"  # noqa: S608
        " c.table_name, c.row_id, c.before, c.after, c.erased"
        " FROM changes c JOIN steps s ON s.seq = c.seq"
        f" WHERE s.kind NOT IN {KINDS} AND c.left_out IS NULL"
        " UNION ALL SELECT s.id, s.at, s.stamp, s.coder_id, s.kind, c.position,"
        " c.table_name, c.row_id, c.before, c.after, c.erased"
        " FROM brought_changes c JOIN brought_steps s ON s.merge = c.merge AND s.id = c.id"
        f" WHERE s.kind NOT IN {KINDS} AND c.left_out IS NULL"
    ),
    (
        "CREATE VIEW all_changes AS SELECT table_name, row_id, before, after, erased FROM changes"
        " UNION ALL SELECT table_name, row_id, before, after, erased FROM brought_changes"
    ),
)
"""`acts`: a row for each act; `merge` is the number of the step that brought it, 0 for one of this
copy. `act_changes`: a row for each change of theirs, with whose act it was and when (`stamp` orders
them: an act always has a later one than all that it had seen). `all_changes`: whatever the journal
says of rows, also by merges."""

LACKING = f"""
WITH some AS (
  SELECT id FROM steps JOIN changes c USING (seq) WHERE c.left_out IS NOT NULL
  UNION SELECT id FROM brought_changes WHERE left_out IS NOT NULL
)
SELECT id, position FROM (
  SELECT s.id, c.position, c.left_out, c.erased FROM steps s JOIN changes c USING (seq)
  WHERE s.id IN some AND s.kind NOT IN {KINDS}
  UNION ALL
  SELECT id, position, left_out, erased FROM brought_changes WHERE id IN some
) GROUP BY id, position HAVING min(left_out IS NOT NULL) = 1 AND max(erased IS NOT NULL) = 0
"""  # noqa: S608
"""The changes (id of the act, position) whose content was left out of this copy and has not come
since. Each counts by itself: of an act that made a code and tagged with it, a blind copy holds the
code only."""
