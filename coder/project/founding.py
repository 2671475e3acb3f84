"""A new project made of a project file, of another program or of ours."""

from __future__ import annotations

import re
from contextlib import ExitStack
from pathlib import Path

from coder.domain.citation import valid_prefix
from coder.domain.draft import Source
from coder.domain.model import Inquiry
from coder.jobs import Job
from coder.project.exchange.report import TakenOver
from coder.project.project import Project
from coder.store.folders import whole_or_nothing

_PREFIX = "EV"
_LETTERS = re.compile(r"\b[A-Za-z]")


def found_from(
    path: Path,
    folder: Path,
    coder_name: str,
    *,
    title: str = "",
    prefix: str = "",
    closes: str = "",
    job: Job | None = None,
) -> tuple[Project, TakenOver]:
    """Makes a project in a new or empty folder of a `.qdpx` file; gives it, open, and what came.

    Title, prefix and closing day are those of the file where it is one of ours and none are given;
    else the title is the file's, and the prefix made of its initials. Raises EvidenceError,
    Cancelled; then nothing is left behind.
    """
    from coder.ingest.refi.file import RefiFile
    from coder.project.exchange.extras import Extras

    with RefiFile(Source.of(path)) as file:
        theirs = next(Extras(file.extras()).records(Inquiry), None) or Inquiry("", "", "")
        name = title or theirs.title or file.project.name or path.stem
        known = {user.name: user.id for user in file.project.users}
    prefix = prefix or theirs.prefix
    with whole_or_nothing(folder), ExitStack() as unless_made:
        project = Project.create(
            folder,
            name,
            prefix or _initials(name),
            coder_name,
            closes=closes or theirs.closes,
            coder_id=known.get(coder_name.strip(), ""),
        )
        unless_made.callback(project.close)
        report = project.interchange.bring_in(path, job, founding=True)
        unless_made.pop_all()
        return project, report
    raise AssertionError


def _initials(title: str) -> str:
    """What references may begin with: the initials of a title."""
    found = "".join(_LETTERS.findall(title)).upper()[:4]
    return found if valid_prefix(found) else _PREFIX
