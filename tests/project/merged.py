"""What tests do with copies that come together."""

from __future__ import annotations

from coder.domain.model import DocumentKind
from coder.project import Project
from coder.project.merging import Clash
from tests.project.copies import Copies, rows

NOOR, ASHA, BEN = range(3)


def tag(project: Project, code: str, start: int, end: int, ref: str = "SIC0001") -> None:
    document = project.evidence.document_titled(ref)
    project.codings.tag(document, start, end, [project.codebook.at(code)])


def transcript(project: Project):
    headers = project.evidence.one("SIC0003").documents
    found = next(one for one in headers if one.kind is DocumentKind.TRANSCRIPT)
    return project.document(found.id)


def only(project: Project) -> Clash:
    [clash] = project.merging.clashes()
    return clash


def both(copies: Copies) -> tuple[Project, Project]:
    """Two of them after each has brought the other in; they stand the same."""
    copies.merge(NOOR, ASHA)
    copies.merge(ASHA, NOOR)
    noor, asha, _ = copies.projects
    assert rows(noor) == rows(asha)
    assert noor.verify() == asha.verify() == []
    return noor, asha


def nothing_more(*projects: Project) -> None:
    """Brings all in all, and sees that nothing but what the others did changes."""
    for one in projects:
        for other in projects:
            if other is not one:
                one.merging.merge(other.folder)
    before = [rows(one) for one in projects]
    assert all(one == before[0] for one in before)
    for one in projects:
        for other in projects:
            assert other is one or one.merging.merge(other.folder).nothing
    assert [rows(one) for one in projects] == before
