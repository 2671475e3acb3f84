"""Who codes blind sees others' tags only of documents that they have declared coded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from coder.domain.model import Document
from coder.domain.quotes import QuoteFilter
from coder.domain.sight import Others, Sight
from coder.project import Project

Letter = Callable[..., Document]


@pytest.fixture
def shared(project: Project, letter: Letter) -> tuple[Document, Document]:
    """Two letters that Noor has tagged throughout, the first of them Ines too; Ines is at work."""
    first, second = letter("We run a lunch club."), letter("We sing.")
    a, b = project.codebook.add("A"), project.codebook.add("B")
    for document in (first, second):
        project.codings.tag(document, 0, 6, [a, b])
    project.as_coder("Ines")
    project.codings.tag(first, 0, 6, [a])
    return first, second


def counts(project: Project, others: Others) -> dict[str, tuple[int, int]]:
    names = {code.id: code.name for code in project.codebook.codes()}
    found = project.codings.counts(Sight(project.coder.id, others))
    return {names[one]: count for one, count in found.items()}


def test_counts_are_of_what_is_seen(project: Project, shared: tuple[Document, Document]) -> None:
    assert counts(project, Others.SHOWN) == {"A": (3, 2), "B": (2, 2)}
    assert counts(project, Others.HIDDEN) == {"A": (1, 1)}
    assert counts(project, Others.BLIND) == {"A": (1, 1)}

    project.progress.declare([shared[1].id])

    assert counts(project, Others.HIDDEN) == {"A": (1, 1)}
    assert counts(project, Others.BLIND) == {"A": (2, 2), "B": (1, 1)}
    project.undo()
    assert counts(project, Others.BLIND) == {"A": (1, 1)}


def test_quotes_leave_out_what_is_not_seen(
    project: Project, shared: tuple[Document, Document]
) -> None:
    def seen(**wanted: object) -> list[tuple[str, str, str]]:
        asked = QuoteFilter(blind_to=project.coder.id, **wanted)  # type: ignore[arg-type]
        return [(one.ref, one.code, one.coder) for one in project.quotes.select(asked)]

    assert seen() == [("SIC0001", "A", "Ines")]
    project.progress.declare([shared[1].id])
    assert seen() == [
        ("SIC0001", "A", "Ines"),
        ("SIC0002", "A", "Noor"),
        ("SIC0002", "B", "Noor"),
    ]


def test_what_others_tagged_beside_it_does_not_show_through_a_filter(
    project: Project, shared: tuple[Document, Document]
) -> None:
    a, b = (project.codebook.at(name).id for name in "AB")
    me = project.coder.id
    asked = {"codes": (a, b), "every": True}
    assert project.quotes.select(QuoteFilter(**asked, blind_to=me)) == []  # type: ignore[arg-type]
    [mine] = project.quotes.select(QuoteFilter(codes=(a,), without=(b,), blind_to=me))
    assert mine.coder == "Ines"
    project.progress.declare([shared[0].id])
    assert project.quotes.select(QuoteFilter(codes=(a,), without=(b,), blind_to=me)) == []


def test_a_declaration_is_for_the_one_who_made_it(
    project: Project, shared: tuple[Document, Document]
) -> None:
    project.as_coder("Omar")
    project.progress.declare([shared[0].id])
    project.as_coder("Ines")
    assert counts(project, Others.BLIND) == {"A": (1, 1)}


def test_hidden_tags_are_no_quotes_even_of_declared_documents(
    project: Project, shared: tuple[Document, Document]
) -> None:
    project.progress.declare([shared[0].id])
    found = project.quotes.select(QuoteFilter(hidden_to=project.coder.id))
    assert [(one.ref, one.code, one.coder) for one in found] == [("SIC0001", "A", "Ines")]


def test_an_exported_codebook_tells_of_the_tags_in_sight_alone(
    project: Project, shared: tuple[Document, Document], tmp_path: Path
) -> None:
    project.evidence.change("SIC0001", permission="named")
    project.evidence.change("SIC0002", permission="named")
    mine, *theirs = sorted(
        (one for document in shared for one in project.codings.of(document.id)),
        key=lambda one: one.coder_id != project.coder.id,
    )
    for coding in (mine, *theirs):
        project.codebook.pin(coding)
    files = project.codebook_files

    def told(sight: Sight) -> tuple[int, bool]:
        report = files.export(tmp_path / "book.md", sight)
        printed = any("We sin" in part.html for part in files.pages(sight).parts)
        assert printed == ("We sin" in report.path.read_text("utf-8"))
        return report.examples, printed

    for others in (Others.HIDDEN, Others.BLIND):
        assert told(Sight(project.coder.id, others)) == (1, False)
    assert told(Sight())[1]
    project.progress.declare([shared[1].id])
    assert told(Sight(project.coder.id, Others.HIDDEN)) == (1, False)
    assert told(Sight(project.coder.id, Others.BLIND))[1]


def test_who_codes_blind_is_not_told_what_others_pinned(
    project: Project, shared: tuple[Document, Document]
) -> None:
    code = project.codebook.at("A")
    for coding in project.codings.of(shared[0].id):
        if coding.code_id == code.id:
            name = "Ines" if coding.coder_id == project.coder.id else "Noor"
            project.as_coder(name)
            project.codebook.pin(coding)
            project.as_coder("Ines")

    def pinned(others: Others) -> list[str]:
        changes = project.codebook.history(code, Sight(project.coder.id, others))
        return sorted(one.coder for one in changes if "An example pinned" in one.lines)

    assert pinned(Others.SHOWN) == ["Ines", "Noor"]
    assert pinned(Others.BLIND) == ["Ines"]
