"""What of a merge may be told to a coder who does not see all of others' tags."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from coder.domain.sight import Sight
from coder.store.bulk import RowChange
from coder.store.merging.clashing import Listed
from coder.store.rows import Row
from coder.store.sight import unseen_rows

Key = tuple[str, str]
"""A row: its table and its id."""


def in_sight(db: sqlite3.Connection, sight: Sight, clashes: Sequence[Listed]) -> list[Listed]:
    """Those of these clashes that are about nothing out of sight."""
    images = (
        (one.clash.table, image)
        for one in clashes
        for side in (one.kept, one.lost)
        for image in (side.before, side.after)
    )
    unseen = _unseen(db, sight, images)
    return [one for one in clashes if (one.clash.table, one.clash.row_id) not in unseen]


def changes_in_sight(
    db: sqlite3.Connection, sight: Sight, changes: Sequence[RowChange]
) -> list[RowChange]:
    """Those of these changes that are of rows in sight."""
    images = ((one.table, image) for one in changes for image in (one.before, one.after))
    unseen = _unseen(db, sight, images)
    return [one for one in changes if (one.table, one.row_id) not in unseen]


def _unseen(
    db: sqlite3.Connection, sight: Sight, images: Iterable[tuple[str, Row | None]]
) -> set[Key]:
    """The rows of which one of these images, as they were or will be, is out of sight."""
    if sight.whole:
        return set()
    by_table: dict[str, list[Row]] = {}
    for table, image in images:
        if image is not None:
            by_table.setdefault(table, []).append(image)
    return {
        (table, row_id)
        for table, rows in by_table.items()
        for row_id in unseen_rows(db, sight, table, rows)
    }
