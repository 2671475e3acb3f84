"""The key to the pseudonyms: the one file that holds a pseudonym beside the name behind it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from coder.domain.cells import guarded
from coder.domain.errors import EvidenceError
from coder.domain.model import Submission
from coder.export.atomic import write_whole
from coder.export.wording import printable

COLUMNS = ("Reference", "Pseudonym", "Respondent", "Organisation", "Confidential")
WARNING = "Keep this file apart from everything that is shared."


def write_key(submissions: Iterable[Submission], path: Path) -> None:
    """Writes the key as CSV (RFC 4180) that spreadsheets open rightly, whole or not at all.

    Raises EvidenceError where the name does not end in `.csv` or the file cannot be written.
    """
    if path.suffix.lower() != ".csv":
        raise EvidenceError(f"“{path.name}” does not end in .csv.", "The key is a CSV file.")
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for one in submissions:
        cells = (one.ref, one.pseudonym, one.respondent, one.organisation, WARNING)
        rows.writerow([guarded(cell) for cell in cells])
    write_whole(path, printable(text.getvalue()).encode("utf-8-sig"))
