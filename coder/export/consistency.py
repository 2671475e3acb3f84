"""Consistency findings as a file for the team: what is odd, the passages, and what was said."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from coder import places
from coder.domain.dates import day_shown
from coder.domain.text import counted
from coder.export.atomic import write_whole, writer_for
from coder.export.csv_rows import as_csv
from coder.export.wording import day as in_full
from coder.export.wording import printable

TITLE = "Consistency of the codebook in use"
NOTE = (
    "Internal, not for publication: passages stand here whatever their respondents allow, and no"
    " name is masked in them."
)
COLUMNS = (
    "id", "kind", "what", "do", "codes", "coders", "ref", "document", "start", "end", "side",
    "quote", "tags", "dismissed",
)  # fmt: skip

_LONGEST = 1_200
"""Signs of a passage in a Word file; the rest is a click away in the inquiry."""

Told = Mapping[str, Any]
"""A finding by the names of `coder.project.consistency.as_json`."""


def write_findings(inquiry: str, findings: Sequence[Told], path: Path, day: date) -> None:
    """Writes the findings of a day to `path` in the kind of file that its ending says, whole or not
    at all. Raises EvidenceError where the ending is not known or the file cannot be written."""
    writer = writer_for(_WRITERS, path, "a list of findings")
    write_whole(path, writer(inquiry, findings, day))


def _csv(_inquiry: str, findings: Sequence[Told], _day: date) -> bytes:
    """A row for each passage of a finding, or one where it has none; the note stands above."""
    return as_csv([[NOTE], COLUMNS, *(row for one in findings for row in _rows(one))])


def _rows(one: Told) -> Iterator[tuple[object, ...]]:
    head = one["id"], one["title"], one["what"], one["do"]
    about = "; ".join(one["codes"]), "; ".join(one["coders"])
    dismissed = (one["dismissed"] or {}).get("reason", "")
    if not one["passages"]:
        yield (*head, *about, *[""] * 7, dismissed)
    for passage in one["passages"]:
        place = (passage[name] for name in ("ref", "document", "start", "end", "side", "quote"))
        yield (*head, *about, *place, _tags(passage), dismissed)


def _word(inquiry: str, findings: Sequence[Told], day: date) -> bytes:
    """A Word file in the looks of a quote pack."""
    from docx import Document

    document = Document(str(places.resources() / "pack.docx"))
    title = printable(inquiry)
    document.add_paragraph(TITLE, style="Kicker")
    document.add_paragraph(title, style="Title")
    summary = f"{in_full(day)} · {counted(len(findings), 'finding')}"
    document.add_paragraph(summary, style="Pack Summary")
    document.add_paragraph("", style="Pack Note").add_run(NOTE).bold = True
    for kind, group in groupby(findings, key=lambda one: str(one["title"])):
        document.add_heading(printable(kind), 1)
        for one in group:
            _word_finding(document, one)
    document.sections[0].header.paragraphs[0].add_run(f"{title} · {TITLE} · internal")
    properties = document.core_properties
    properties.title, properties.subject = title[:255], TITLE
    properties.author = properties.last_modified_by = ""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _word_finding(document: Any, one: Told) -> None:
    document.add_heading(printable(one["what"]), 2)
    document.add_paragraph(printable(one["do"]), style="Pack Note")
    if one["dismissed"]:
        said = f"Dismissed, {day_shown(one['dismissed']['at'])}: {one['dismissed']['reason']}"
        document.add_paragraph(printable(said), style="Pack Note")
    for passage in one["passages"]:
        quote = passage["quote"]
        short = quote if len(quote) <= _LONGEST else f"{quote[:_LONGEST].rstrip()} …"
        document.add_paragraph(printable(f"“{short}”"))
        place = " · ".join(
            filter(None, (passage["side"], passage["ref"], passage["document"], _tags(passage)))
        )
        document.add_paragraph(printable(place), style="Pack Note")


def _tags(passage: Told) -> str:
    told = (f"{tag['code']} ({tag['coder']}, {day_shown(tag['at'])})" for tag in passage["tags"])
    return "; ".join(told)


_WRITERS: dict[str, Callable[[str, Sequence[Told], date], bytes]] = {".docx": _word, ".csv": _csv}

ENDINGS = tuple(_WRITERS)
"""The file endings that `write_findings` knows."""
