"""Rows as an act had them beside it, when copies came together.

Where two acts cannot both hold, the later gives way. It goes on doing so when the earlier is taken
back or written over by somebody who saw how that was settled: what stands never changes by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coder.store.merging.deeds import Deed
from coder.store.merging.rowwise import Op, Stand, stand_of
from coder.store.rows import Row


class Beside:
    """The rows of a table without what was done to them by whoever had seen a given act."""

    def __init__(
        self, table: str, ops: Mapping[str, Sequence[Op]], stands: Mapping[str, Stand]
    ) -> None:
        self._table = table
        self._ops = ops
        self._stands = stands

    def row(self, row_id: str, deed: Deed) -> Stand | None:
        """A row as it was beside that act; None where it was not there."""
        several = self._ops.get(row_id, ())
        unaware = [op for op in several if not op.deed.saw(deed)]
        if len(unaware) == len(several):
            found = self._stands.get(row_id)
        else:
            found = stand_of(self._table, row_id, unaware) if unaware else None
        return found if found is not None and found.alive else None

    def ever(self) -> list[tuple[str, Row]]:
        """All that rows have ever been, and are."""
        said = [(one, op.after) for one, ops in self._ops.items() for op in ops if op.after]
        return said + [(one, stand.values) for one, stand in self._stands.items()]
