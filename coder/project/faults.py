"""Failures of the disk and the database that nobody foresaw, said so that a person can act."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from coder.domain.errors import EvidenceError
from coder.store.connection import sentence


def plain(problem: BaseException) -> EvidenceError | None:
    """The sentence for a failure of the disk or the database; None for anything else, which is a
    mistake of ours."""
    if isinstance(problem, EvidenceError):
        return problem
    if isinstance(problem, OSError):
        return sentence(problem, Path(problem.filename or "the project").name)
    if isinstance(problem, sqlite3.Error):
        return sentence(problem, "the project")
    return None
