"""Cells of a table that a spreadsheet program must not run as formulas (OWASP, “CSV injection”)."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""By what a cell begins that is run as a formula."""


def guarded(cell: str) -> str:
    """The cell with an apostrophe before it where it would be run, or where it would be taken for
    one that was guarded; `unguarded` gives back what it was."""
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA) else cell


def unguarded(cell: str) -> str:
    """The cell without the apostrophe that guards it."""
    bare = cell.removeprefix("'")
    return bare if bare.lstrip("'").startswith(FORMULA) else cell
