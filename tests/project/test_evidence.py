"""The submissions of a project: found, described, and lit from their originals."""

from collections.abc import Callable

import pytest

from coder.domain.errors import NotFound, Refused
from coder.domain.model import Document, Permission, RespondentType, Status
from coder.project import Project

Letter = Callable[..., Document]


def test_particulars_are_changed_in_one_step(project: Project, letter: Letter) -> None:
    letter("Hello.")

    changed = project.evidence.change(
        "sic0001", respondent="Jo Lee", type="faith", permission="anonymous", status="included"
    )

    assert (changed.respondent, changed.type, changed.permission, changed.status) == (
        "Jo Lee",
        RespondentType.FAITH,
        Permission.ANONYMOUS,
        Status.INCLUDED,
    )
    assert project.submission("SIC0001") == changed
    assert project.undo() == "Change the respondent, type, permission, status of SIC0001"
    assert project.submission("SIC0001").respondent == ""


@pytest.mark.parametrize("wrong", [{"type": "robot"}, {"permission": "yes"}, {"status": "lost"}])
def test_what_is_no_choice_is_refused_with_the_choices(
    project: Project, letter: Letter, wrong: dict[str, str]
) -> None:
    letter("Hello.")
    [(name, value)] = wrong.items()

    with pytest.raises(Refused, match=f"“{value}” is not a {name}. Choose from: "):
        project.evidence.change("SIC0001", respondent="Jo", **wrong)

    assert project.submission("SIC0001").respondent == ""


def test_a_submission_that_is_not_there_is_named(project: Project) -> None:
    with pytest.raises(NotFound, match="no submission SIC0009"):
        project.evidence.change("SIC0009", respondent="Jo")


def test_lists_tell_lengths_and_codings(project: Project, letter: Letter) -> None:
    first, second = letter("Hello 🎉."), letter("Goodbye.")
    project.codings.tag(second, 0, 7, [project.codebook.add("A"), project.codebook.add("B")])

    views = project.evidence.all()

    assert [(view.submission.ref, view.codings) for view in views] == [
        ("SIC0001", 0),
        ("SIC0002", 2),
    ]
    assert views[0].lengths[first.id] == len("Hello 🎉.")
    assert project.evidence.one("SIC0002") == views[1]
    assert views[0].title == "letter.txt"


def test_a_document_is_found_by_title_or_kind_or_as_the_first_with_a_text(
    project: Project, letter: Letter
) -> None:
    document = letter("Hello.")

    for title in ("", "letter.txt", "LETTER.TXT", "document"):
        assert project.evidence.document_titled("SIC0001", title) == document
    with pytest.raises(NotFound, match=r"SIC0001 has no document “photo”\. It has “letter\.txt”"):
        project.evidence.document_titled("SIC0001", "photo")


def test_flags_are_set_and_taken_back(project: Project, letter: Letter) -> None:
    letter("Hello.")

    project.evidence.set_flags("SIC0001", ("late", "campaign"))
    assert project.submission("SIC0001").flags == ("late", "campaign")

    project.undo()
    assert project.submission("SIC0001").flags == ()


def test_a_missing_original_is_said(project: Project, letter: Letter) -> None:
    with pytest.raises(NotFound, match=r"original of “letter\.txt” is missing"):
        project.evidence.original_path(letter("Hello."))


def test_sentences_that_speak_of_confidence_are_shown_with_their_places(
    project: Project, letter: Letter
) -> None:
    document = letter("We met often.", "Please do not publish my name. We stayed.")

    [wish] = project.evidence.wishes("SIC0001")

    assert wish.words == "Please do not publish my name."
    assert document.text[wish.start : wish.end] == wish.words
    assert (wish.document_id, wish.document) == (document.id, "letter.txt")


def test_each_letter_of_a_campaign_shows_its_own_words(project: Project, letter: Letter) -> None:
    shared = "Please keep the library open, since many of us meet nobody anywhere else."
    letter(shared)
    second = letter("Dear Ann,", shared, "My mother went there every day.")
    project.joining.set_same("SIC0002", "SIC0001", campaign=True)

    additions = project.evidence.additions("SIC0002")

    assert [second.text[start:end] for start, end in additions[second.id]] == [
        "Dear Ann,",
        "My mother went there every day.",
    ]
    assert project.evidence.additions("SIC0001") == {}
    assert project.evidence.letters("SIC0001") == project.evidence.letters("SIC0002")


def test_what_stands_alone_belongs_to_no_campaign(project: Project, letter: Letter) -> None:
    letter("Hello.")

    assert project.evidence.letters("SIC0001") is None
    assert project.evidence.additions("SIC0001") == {}


def test_withdrawn_is_no_mere_status(project: Project, letter: Letter) -> None:
    letter("Hello.")

    with pytest.raises(Refused, match=r"by its status alone\. `withdraw` erases it for good"):
        project.evidence.change("SIC0001", status="withdrawn")

    assert project.submission("SIC0001").status is Status.RECEIVED


def test_changed_rows_are_told_as_the_submissions_they_belong_to(
    project: Project, letter: Letter
) -> None:
    first, second = letter("Hello."), letter("Goodbye.")
    project.codings.tag(second, 0, 7, [project.codebook.add("A")])

    views, gone = project.evidence.touched([second.id, second.submission_id, "gone"])

    assert views == [project.evidence.all()[1]]
    assert views[0].codings == 1
    assert views[0].lengths == {second.id: len("Goodbye.")}
    assert first.id not in views[0].lengths
    assert gone == {"gone"}


def test_a_campaign_is_counted_with_the_one_that_stands_for_it(
    project: Project, letter: Letter
) -> None:
    for words in ("We sang.", "We sang, too.", "We sang again.", "We cooked."):
        letter(words)
    project.joining.set_same("SIC0002", "SIC0001", campaign=True)
    project.joining.set_same("SIC0003", "SIC0001", campaign=True)

    counts = [project.evidence.letter_count(view.submission) for view in project.evidence.all()]

    assert counts == [3, 3, 3, 0]


def test_what_is_withdrawn_stays_so(project: Project, letter: Letter) -> None:
    letter("Hello.")
    project.withdrawal.withdraw("SIC0001")

    with pytest.raises(Refused, match="back again, by its status alone"):
        project.evidence.change("SIC0001", status="included")

    assert project.submission("SIC0001").status is Status.WITHDRAWN


def test_a_row_without_a_name_is_called_by_its_place(project: Project, write) -> None:
    table = "Your name,How is it to live here?\n,It is good on most days.\nJo,It is bad.\n"
    project.intake.bring([write("export.csv", table)])

    assert [one.title for one in project.evidence.all()] == ["row 2 of export.csv", "Jo"]
    assert project.evidence.one("SIC0001").title == "row 2 of export.csv"

    project.evidence.change("SIC0001", respondent="Al")

    assert project.evidence.one("SIC0001").title == "Al"
