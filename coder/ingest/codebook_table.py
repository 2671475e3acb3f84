"""Reads the codes of a codebook that is a table: a row for each code, under headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from coder.domain.cells import unguarded
from coder.domain.codebook_file import PATH as OUR_PATH
from coder.domain.codebook_file import CodeEntry, one_name
from coder.domain.palette import called
from coder.ingest.codebook_words import COLOUR, KEY, NAME, PARENT, PATH, columns_of

Rows = Sequence[Sequence[str]]

_HEADINGS_WITHIN = 20
_SLASH = re.compile("/")
_PARTED = re.compile(r"/|>|»|\\|::")
"""What parts the names of a path in other programs. Our own has slashes only, and names in it may
hold any of the others."""


def has_codes(rows: Rows) -> bool:
    """Whether a table has headings that name codes."""
    return _head(rows) is not None


def table_codes(rows: Rows) -> list[CodeEntry]:
    """The codes of a table, in its order; none where it has no headings that name codes."""
    head = _head(rows)
    if head is None:
        return []
    columns = columns_of(rows[head])
    place = columns.get(PATH)
    ours = place is None or rows[head][place].strip() == OUR_PATH
    sign = _SLASH if ours else _PARTED
    told = [_Row(columns, row, sign) for row in rows[head + 1 :]]
    told = [row for row in told if row.name]
    above = {row.name.casefold(): row.parent for row in told if row.parent}
    return [row.entry(_path(row, above)) for row in told]


class _Row:
    """A row of the table by the meaning of its columns."""

    def __init__(
        self, columns: Mapping[str, int], cells: Sequence[str], sign: re.Pattern[str]
    ) -> None:
        self._said = {
            field: unguarded(cells[place]).strip() if place < len(cells) else ""
            for field, place in columns.items()
        }
        self.path = _names(self._said.get(PATH, ""), sign)
        self.name = self.path[-1] if self.path else one_name(self._said.get(NAME, ""))
        self.parent = _names(self._said.get(PARENT, ""), _SLASH)

    def entry(self, path: Iterable[str]) -> CodeEntry:
        """The code, at this path."""
        texts = {name: self._said.get(name, "") for name in ("definition", "use_when", "not_when")}
        colour = called(self._said.get(COLOUR, ""))
        return CodeEntry("/".join(path), colour, self._said.get(KEY, ""), **texts)


def _head(rows: Rows) -> int | None:
    """Which row holds the headings: the first of the top rows with one that names codes."""
    for place, row in enumerate(rows[:_HEADINGS_WITHIN]):
        if {NAME, PATH} & columns_of(row).keys():
            return place
    return None


def _names(path: str, sign: re.Pattern[str]) -> list[str]:
    return [one_name(part) for part in sign.split(path) if part.strip()]


def _path(row: _Row, above: Mapping[str, list[str]]) -> list[str]:
    """The path of a row: as it says, or below its parent, which may have a row of its own."""
    if row.path:
        return row.path
    path, seen = [*row.parent, row.name], {row.name.casefold()}
    while path[0].casefold() in above and path[0].casefold() not in seen:
        seen.add(path[0].casefold())
        path = [*above[path[0].casefold()], *path]
    return path
