"""Failures of the disk and the database that nobody foresaw, said so that a person can act."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from coder.domain.errors import EvidenceError
from coder.project.project import Project
from coder.store.backup import RESTORE
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


def damage(problem: Exception, project: Project) -> EvidenceError | None:
    """What to say where work on a project failed because its database is damaged or cannot be
    used; None where it is sound, so that a mistake of ours is never taken for damage."""
    name = project.folder.name
    if isinstance(problem, OSError):
        return None
    if not project.verify():
        return sentence(problem, name) if isinstance(problem, sqlite3.Error) else None
    return EvidenceError(f"“{name}” is damaged; `verify` says what is wrong.", RESTORE)
