"""The account of evidence in lines of words and numbers, and as fields for scripts."""

from __future__ import annotations

from typing import Any

from coder.domain.account import NAMES, AccountTable
from coder.domain.citation import TYPE_NAMES
from coder.domain.model import RespondentType

COLUMNS = ("What it counts as", "Submissions", "Other files", "In all")
TYPE_COLUMNS = ("Type of respondent", "Submissions")
TITLE = "Account of evidence"
BY_TYPE = "Submissions by type of respondent"
RECEIVED = "Received"
NOTE = (
    "Other files are those of which no submission was made. A file that was given again, or came in"
    " later after all, counts once."
)

TYPES = {**TYPE_NAMES, RespondentType.UNKNOWN: "Not known"}
"""How tables call the types of respondent."""


def lines(table: AccountTable) -> list[tuple[str, ...]]:
    """The table for people: headings, its rows that are not empty, and below them what they add up
    to."""
    rows = [
        (NAMES[row.standing], row.submissions, row.files, row.total)
        for row in table.rows
        if row.total
    ]
    whole = (RECEIVED, table.submissions, table.files, table.received)
    return [
        COLUMNS,
        *((name, *(f"{count:,}" for count in counts)) for name, *counts in (*rows, whole)),
    ]


def type_lines(table: AccountTable) -> list[tuple[str, ...]]:
    """How many submissions came from each type of respondent, and from all, under headings."""
    rows = [(TYPES[kind], f"{number:,}") for kind, number in table.types.items()]
    return [TYPE_COLUMNS, *rows, (RECEIVED, f"{table.submissions:,}")]


def as_json(table: AccountTable) -> dict[str, Any]:
    """The fields that scripts rely on, by their fixed names; rows also where nothing counts."""
    return {
        "received": table.received,
        "submissions": table.submissions,
        "files": table.files,
        "rows": [
            {
                "counts_as": row.standing.value,
                "submissions": row.submissions,
                "files": row.files,
                "total": row.total,
                "types": {kind.value: number for kind, number in row.types.items()},
            }
            for row in table.rows
        ],
        "types": {kind.value: number for kind, number in table.types.items()},
    }
