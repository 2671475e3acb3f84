"""A sign-off holds until what was signed is changed, and then says what was."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coder.domain.errors import NotFound, Refused
from coder.domain.model import Document
from coder.project import Project
from coder.project.codebook_order import Shift
from coder.project.signed_state import Signers

Letter = Callable[..., Document]


@pytest.fixture
def document(project: Project, letter: Letter) -> Document:
    """A letter with a tag."""
    put = letter("They lent us our kettle.")
    project.codings.tag(put, 13, 23, [project.codebook.add("Lending")])
    return put


def holds(project: Project) -> bool:
    return project.signing.of("SIC0001")[0].holds


def test_what_was_signed_stays_signed_until_it_changes(
    project: Project, document: Document
) -> None:
    signed = project.signing.sign("SIC0001", " Read by both ")
    [view] = project.signing.of("SIC0001")
    assert (view.what, view.coder, view.record.note) == ("SIC0001", "Noor", "Read by both")
    assert str(view).startswith("Signed by Noor on ")

    # Reading and memos, and what others do elsewhere, change nothing of it
    project.progress.declare([document.id])
    project.codebook.add("Elsewhere")
    assert holds(project)

    # A tag does, and is told; taking it back makes it as it was
    project.as_coder("Ines")
    project.codings.tag(document, 0, 4, [project.codebook.at("Elsewhere")])
    assert not holds(project)
    [view] = project.signing.of("SIC0001")
    assert str(view).startswith("Changed since it was signed by Noor on ")
    assert str(view).endswith("(1 change)")
    [difference] = project.signing.changes(signed)
    assert difference.told.words == ("tagged “They” (SIC0001, para 1) with “Elsewhere”, Ines’s tag")
    project.undo()
    assert holds(project)


def test_the_list_of_evidence_says_who_has_signed_and_whether_that_holds(
    project: Project, document: Document
) -> None:
    project.signing.sign_codebook("1.0")
    assert project.evidence.one("SIC0001").signed == Signers()
    project.signing.sign("SIC0001")
    assert project.evidence.one("SIC0001").signed == Signers(("Noor",))

    project.evidence.change("SIC0001", region="Wexbrook")
    project.as_coder("Ines")
    project.signing.sign("SIC0001")
    assert [one.signed for one in project.evidence.all()] == [Signers(("Ines",), ("Noor",))]

    # Who has signed it again has signed it as it stands
    project.as_coder("Noor")
    project.signing.sign("SIC0001")
    assert project.evidence.one("SIC0001").signed == Signers(("Ines", "Noor"))


@pytest.mark.parametrize("what", ["respondent", "region", "organisation"])
def test_particulars_are_part_of_it(project: Project, document: Document, what: str) -> None:
    project.signing.sign("SIC0001")
    project.evidence.change("SIC0001", **{what: "Ada"})
    assert not holds(project)


def test_the_codebook_is_signed_under_a_version(project: Project, document: Document) -> None:
    code = project.codebook.at("Lending")
    other = project.codebook.add("Other")
    signed = project.signing.sign_codebook("1.0", "Agreed")
    project.codebook.set_key(code, "l")
    project.codebook.recolour(code, "teal")
    [view] = project.signing.of_codebook()
    assert (view.what, view.holds) == ("The codebook, version 1.0", True)

    project.codebook.define(code, definition="To give for a while")
    [view] = project.signing.of_codebook()
    assert not view.holds
    assert [one.told.words for one in project.signing.changes(signed)][:1] == [
        "changed the definition of the code “Lending” from nothing to “To give for a while”"
    ]
    project.undo()
    project.codebook.shift(other, Shift.UP)
    assert not project.signing.of_codebook()[0].holds
    project.signing.sign_codebook("1.1")
    assert [one.holds for one in project.signing.of_codebook()] == [True, False]
    assert len(project.signing.all()) == 2


def test_a_sign_off_is_a_step_that_is_undone_and_taken_back(
    project: Project, document: Document
) -> None:
    signed = project.signing.sign("SIC0001")
    assert project.trail.page(limit=1)[0].sentence == "Noor signed off SIC0001"
    project.undo()
    assert project.signing.all() == []
    project.redo()
    project.as_coder("Ines")
    with pytest.raises(Refused, match="Noor"):
        project.signing.take_back(signed.id)
    project.as_coder("Noor")
    project.signing.take_back(signed.id)
    assert project.signing.all() == []
    assert project.trail.page(limit=1)[0].sentence == "Noor took back the sign-off of SIC0001"
    with pytest.raises(NotFound):
        project.signing.take_back(signed.id)
    assert project.verify() == []


def test_what_cannot_be_signed_is_refused(project: Project, document: Document) -> None:
    project.signing.sign("SIC0001")
    with pytest.raises(Refused, match="as it stands"):
        project.signing.sign("SIC0001")
    with pytest.raises(Refused, match="version"):
        project.signing.sign_codebook(" ")
    with pytest.raises(NotFound):
        project.signing.sign("SIC0099")
    project.withdrawal.withdraw("SIC0001")
    assert project.signing.all() == []
    with pytest.raises(Refused, match="withdrawn"):
        project.signing.sign("SIC0001")


def test_a_submission_that_went_with_its_import_is_told(project: Project, letter: Letter) -> None:
    letter("They lent us our kettle.")
    project.as_coder("Ines")
    signed = project.signing.sign("SIC0001")
    project.as_coder("Noor")
    project.undo()
    [view] = project.signing.all()
    assert (view.what, view.holds) == ("A submission that has gone", False)
    assert project.signing.changes(signed) == []
    assert project.trail.page()[1].sentence == "Ines signed off SIC0001"
