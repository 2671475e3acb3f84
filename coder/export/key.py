"""The key to the pseudonyms: the one file that holds a pseudonym beside the name behind it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from coder.domain.errors import EvidenceError
from coder.domain.model import Submission
from coder.export.atomic import write_whole
from coder.export.csv_rows import as_csv

COLUMNS = ("Reference", "Pseudonym", "Respondent", "Organisation", "Confidential")
WARNING = "Keep this file apart from everything that is shared."


def write_key(submissions: Iterable[Submission], path: Path) -> None:
    """Writes the key as CSV, whole or not at all.

    Raises EvidenceError where the name does not end in `.csv` or the file cannot be written.
    """
    if path.suffix.lower() != ".csv":
        raise EvidenceError(f"“{path.name}” does not end in .csv.", "The key is a CSV file.")
    rows = (
        (one.ref, one.pseudonym, one.respondent, one.organisation, WARNING) for one in submissions
    )
    write_whole(path, as_csv([COLUMNS, *rows]))
