"""The account of evidence as a file for a report's method section or for a spreadsheet."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from coder import places
from coder.domain.account import NAMES, AccountTable
from coder.export.account_lines import (
    BY_TYPE,
    COLUMNS,
    NOTE,
    RECEIVED,
    TITLE,
    TYPES,
    as_json,
    lines,
    type_lines,
)
from coder.export.atomic import write_whole, writer_for
from coder.export.csv_rows import as_csv
from coder.export.markdown import escaped
from coder.export.wording import day, printable


def write_account(table: AccountTable, inquiry: str, today: date, path: Path) -> None:
    """Writes the account to `path` in the kind of file that its ending says, whole or not at all.

    Raises EvidenceError where the ending is not known or the file cannot be written.
    """
    writer = writer_for(_WRITERS, path, "the account")
    write_whole(path, writer(table, inquiry, today))


def _csv(table: AccountTable, inquiry: str, today: date) -> bytes:
    """A column for each type of respondent, and a row also where nothing counts as it, so that the
    tables of two days have the same cells."""
    del inquiry, today
    lines = [(NAMES[row.standing], row.submissions, row.files, row.total) for row in table.rows]
    lines.append((RECEIVED, table.submissions, table.files, table.received))
    types = [*(row.types for row in table.rows), table.types]
    return as_csv(
        [
            (*COLUMNS, *TYPES.values()),
            *(
                (*line, *(counts.get(kind, 0) for kind in TYPES))
                for line, counts in zip(lines, types, strict=True)
            ),
        ]
    )


def _json(table: AccountTable, inquiry: str, today: date) -> bytes:
    told = {"inquiry": inquiry, "created": today.isoformat(), **as_json(table)}
    return (printable(json.dumps(told, ensure_ascii=False, indent=2)) + "\n").encode()


def _markdown(table: AccountTable, inquiry: str, today: date) -> bytes:
    blocks = [
        f"# {escaped(' '.join(inquiry.split()))}",
        f"{TITLE} · {day(today)}",
        "\n".join(_markdown_table(lines(table))),
        NOTE,
        f"## {BY_TYPE}",
        "\n".join(_markdown_table(type_lines(table))),
    ]
    return printable("\n\n".join(blocks) + "\n").encode()


def _markdown_table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    yield head
    yield f"| --- {'| ---: ' * (len(rows[0]) - 1)}|"
    yield from body


def _word(table: AccountTable, inquiry: str, today: date) -> bytes:
    """A Word file in the looks of a quote pack."""
    from docx import Document

    document = Document(str(places.resources() / "pack.docx"))
    title = printable(inquiry)
    document.add_paragraph(TITLE, style="Kicker")
    document.add_paragraph(title, style="Title")
    document.add_paragraph(day(today), style="Pack Summary")
    _word_table(document, lines(table))
    document.add_paragraph(NOTE, style="Pack Note")
    document.add_heading(BY_TYPE, 1)
    _word_table(document, type_lines(table))
    document.add_paragraph("", style="Pack End")
    document.sections[0].header.paragraphs[0].add_run(title)
    properties = document.core_properties
    properties.title, properties.subject = title[:255], TITLE
    properties.author = properties.last_modified_by = ""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _word_table(document: Any, rows: list[tuple[str, ...]]) -> None:
    """A table with the names at the left and the numbers at the right of their columns."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    made = document.add_table(rows=0, cols=len(rows[0]), style="Sources")
    made.autofit = False
    widths = [Cm(2.8 if place else 6.6) for place in range(len(rows[0]))]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for row in rows:
        for place, (cell, value) in enumerate(zip(made.add_row().cells, row, strict=True)):
            cell.width = widths[place]
            paragraph = cell.paragraphs[0]
            paragraph.style = "Source Head" if row is rows[0] else "Source Cell"
            paragraph.add_run(value).bold = row is rows[-1] or None
            if place:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


_WRITERS: dict[str, Callable[[AccountTable, str, date], bytes]] = {
    ".docx": _word,
    ".csv": _csv,
    ".md": _markdown,
    ".json": _json,
}

ENDINGS = tuple(_WRITERS)
"""The file endings that `write_account` knows."""
