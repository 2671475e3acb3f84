"""Submissions that belong together become one, and what repeats another says so."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from coder.domain.errors import NotFound, Refused
from coder.domain.model import Document, DocumentKind, Permission, Segment, Status, new_id
from coder.domain.quotes import QuoteFilter
from coder.project import Project

Letter = Callable[..., Document]


@pytest.fixture
def three(project: Project, letter: Letter) -> list[Document]:
    """Three letters, SIC0001 to SIC0003."""
    return [letter("We sang."), letter("We met again."), letter("We stayed.")]


def _of(project: Project) -> dict[str, tuple[Status, str, tuple[str, ...]]]:
    return {
        view.submission.ref: (view.submission.status, view.of, view.submission.flags)
        for view in project.evidence.all()
    }


def test_documents_and_codings_move_to_the_first(project: Project, three: list[Document]) -> None:
    project.codings.tag(three[1], 0, 6, [project.codebook.add("Meeting")])

    project.joining.join("SIC0001", "sic0002")

    view = project.evidence.one("SIC0001")
    assert [one.id for one in view.documents] == [three[0].id, three[1].id]
    assert [one.position for one in view.documents] == [0, 1]
    assert view.codings == 1
    assert [(one.ref, one.quote) for one in project.quotes.select()] == [("SIC0001", "We met")]
    assert project.document(three[1].id).text == "We met again."
    assert project.verify() == []


def test_the_other_keeps_its_reference_and_says_with_whom_it_was_joined(
    project: Project, three: list[Document]
) -> None:
    project.joining.join("SIC0001", "SIC0002")

    other = project.evidence.one("SIC0002")

    assert (other.submission.status, other.of, other.documents) == (Status.JOINED, "SIC0001", ())
    assert other.as_json()["of"] == "SIC0001"


def test_joining_is_undone_and_done_again_as_one_act(
    project: Project, three: list[Document]
) -> None:
    before = project.evidence.all()
    project.joining.join("SIC0001", "SIC0002")
    after = project.evidence.all()

    assert project.undo() == "Join SIC0002 with SIC0001"
    assert project.evidence.all() == before
    project.redo()

    assert project.evidence.all() == after


def test_what_the_first_does_not_say_is_taken_from_the_other(
    project: Project, three: list[Document]
) -> None:
    project.evidence.change("SIC0001", respondent="Jo Lee", type="faith")
    project.evidence.change(
        "SIC0002", respondent="Al Wu", organisation="Mosque", type="charity", region="Wales"
    )
    project.evidence.set_flags("SIC0002", ("late", "wishes"))

    joined = project.joining.join("SIC0001", "SIC0002")

    assert (joined.respondent, joined.organisation, joined.type, joined.region, joined.flags) == (
        "Jo Lee",
        "Mosque",
        "faith",
        "Wales",
        ("wishes",),
    )


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ("named", "unknown", "named"),
        ("unknown", "anonymous", "anonymous"),
        ("named", "anonymous", "anonymous"),
        ("anonymous", "named", "anonymous"),
        ("named", "withheld", "withheld"),
        ("unknown", "withheld", "withheld"),
    ],
)
def test_of_two_permissions_the_stricter_holds(
    project: Project, three: list[Document], first: str, second: str, kept: str
) -> None:
    project.evidence.change("SIC0001", permission=first)
    project.evidence.change("SIC0002", permission=second)

    assert project.joining.join("SIC0001", "SIC0002").permission == Permission(kept)


def test_both_names_are_masked_in_anonymous_quotes_after_joining(
    project: Project, letter: Letter
) -> None:
    letter("I am Jo Lee.")
    other = letter("I am Alma Wusthof, who sings with Jo Lee.")
    project.evidence.change("SIC0001", respondent="Jo Lee", permission="anonymous")
    project.evidence.change("SIC0002", respondent="Alma Wusthof", permission="anonymous")

    project.joining.join("SIC0001", "SIC0002")

    said = project.quotes.cited(project.document(other.id), 0, len(other.text))
    assert said == "“I am [name], who sings with [name].” (SIC0001, para 1)"


def test_what_was_joined_before_is_joined_with_the_whole(
    project: Project, three: list[Document]
) -> None:
    project.joining.join("SIC0002", "SIC0003")

    project.joining.join("SIC0001", "SIC0002")

    assert _of(project) == {
        "SIC0001": (Status.RECEIVED, "", ()),
        "SIC0002": (Status.JOINED, "SIC0001", ()),
        "SIC0003": (Status.JOINED, "SIC0001", ()),
    }
    assert len(project.evidence.one("SIC0001").documents) == 3


def test_a_duplicate_that_takes_in_its_like_is_received_again(
    project: Project, three: list[Document]
) -> None:
    project.joining.set_same("SIC0001", "SIC0002")

    joined = project.joining.join("SIC0001", "SIC0002")

    assert (joined.status, joined.of_id) == (Status.RECEIVED, "")


def test_a_joined_letter_hands_its_campaign_on(project: Project, three: list[Document]) -> None:
    project.joining.set_same("SIC0003", "SIC0002", campaign=True)

    project.joining.join("SIC0001", "SIC0002")

    assert _of(project) == {
        "SIC0001": (Status.RECEIVED, "", ("campaign",)),
        "SIC0002": (Status.JOINED, "SIC0001", ()),
        "SIC0003": (Status.RECEIVED, "SIC0001", ("campaign",)),
    }


@pytest.mark.parametrize("act", ["join", "set_same"])
def test_what_cannot_be_joined_is_refused(
    project: Project, three: list[Document], act: str
) -> None:
    do = getattr(project.joining, act)
    project.joining.join("SIC0001", "SIC0003")
    project.withdrawal.withdraw("SIC0002")

    with pytest.raises(Refused, match="SIC0001 is one submission"):
        do("SIC0001", "sic0001")
    with pytest.raises(Refused, match="SIC0003 was joined with another already"):
        do("SIC0001", "SIC0003")
    with pytest.raises(Refused, match="SIC0002 was withdrawn"):
        do("SIC0002", "SIC0001")
    with pytest.raises(NotFound, match="no submission SIC0009"):
        do("SIC0001", "SIC0009")


def test_joined_is_no_status_that_can_be_set(project: Project, three: list[Document]) -> None:
    project.joining.join("SIC0001", "SIC0002")

    for ref, status in (("SIC0003", "joined"), ("SIC0002", "included")):
        with pytest.raises(Refused, match=f"status of {ref} cannot be set like this"):
            project.evidence.change(ref, status=status)


def test_a_duplicate_is_declared_and_taken_back(project: Project, three: list[Document]) -> None:
    project.joining.set_same("SIC0002", "SIC0001")
    assert _of(project)["SIC0002"] == (Status.DUPLICATE, "SIC0001", ())

    project.joining.stand_alone("SIC0002")

    assert _of(project)["SIC0002"] == (Status.RECEIVED, "", ())
    assert project.undo() == "Let SIC0002 stand by itself"
    assert project.undo() == "Mark SIC0002 as a duplicate of SIC0001"


def test_what_is_the_same_as_a_letter_is_the_same_as_its_representative(
    project: Project, three: list[Document]
) -> None:
    project.joining.set_same("SIC0002", "SIC0001", campaign=True)

    project.joining.set_same("SIC0003", "SIC0002", campaign=True)

    assert [of for _, of, _ in _of(project).values()] == ["", "SIC0001", "SIC0001"]
    campaign = project.evidence.letters("SIC0003")
    assert campaign is not None
    assert campaign.representative.ref == "SIC0001"
    assert [one.ref for one in campaign.letters] == ["SIC0002", "SIC0003"]


def test_another_letter_can_stand_for_a_campaign(project: Project, three: list[Document]) -> None:
    project.joining.set_same("SIC0002", "SIC0001", campaign=True)
    project.joining.set_same("SIC0003", "SIC0001", campaign=True)

    project.joining.set_same("SIC0001", "SIC0002", campaign=True)

    assert [of for _, of, _ in _of(project).values()] == ["SIC0002", "", "SIC0002"]


def test_a_campaign_goes_on_without_its_representative(
    project: Project, three: list[Document]
) -> None:
    project.joining.set_same("SIC0002", "SIC0001", campaign=True)
    project.joining.set_same("SIC0003", "SIC0001", campaign=True)

    project.joining.stand_alone("SIC0001")
    assert _of(project) == {
        "SIC0001": (Status.RECEIVED, "", ()),
        "SIC0002": (Status.RECEIVED, "", ("campaign",)),
        "SIC0003": (Status.RECEIVED, "SIC0002", ("campaign",)),
    }
    project.joining.stand_alone("SIC0003")

    assert _of(project)["SIC0002"] == (Status.RECEIVED, "", ())
    with pytest.raises(Refused, match="SIC0002 stands by itself already"):
        project.joining.stand_alone("SIC0002")


def test_a_transcript_moves_with_its_recording(project: Project, three: list[Document]) -> None:
    media = replace(three[1], id=new_id(), kind=DocumentKind.MEDIA, text="", paragraphs=())
    heard = replace(media, id=new_id(), kind=DocumentKind.TRANSCRIPT, source_id=media.id)
    with project._store.step("Hear", project.coder) as tx:
        tx.put(media)
        tx.put(heard)
        tx.put(Segment(new_id(), heard.id, 0, 0, 900, "We talked."))

    project.joining.join("SIC0001", "SIC0002")

    assert project.document(heard.id).text == "We talked."
    assert len(project.evidence.one("SIC0001").documents) == 4
    assert project.verify() == []


def test_quotes_of_a_duplicate_stay_in_and_those_that_moved_may_leave(
    project: Project, three: list[Document], tmp_path: Path
) -> None:
    code = project.codebook.add("Meeting")
    for document in three[1:]:
        project.codings.tag(document, 0, 6, [code])
    for ref in ("SIC0001", "SIC0003"):
        project.evidence.change(ref, respondent="Jo Lee", permission="named")
    project.joining.set_same("SIC0003", "SIC0001")
    project.joining.join("SIC0001", "SIC0002")

    report = project.packs.write(QuoteFilter(), tmp_path / "pack.md")

    assert (report.quotes, report.left_out.duplicate, report.left_out.joined) == (1, 1, 0)


def test_a_campaign_outlives_the_withdrawal_of_its_representative(
    project: Project, three: list[Document]
) -> None:
    project.joining.set_same("SIC0002", "SIC0001", campaign=True)
    project.joining.set_same("SIC0003", "SIC0001", campaign=True)

    project.withdrawal.withdraw("SIC0001")

    assert _of(project) == {
        "SIC0001": (Status.WITHDRAWN, "", ()),
        "SIC0002": (Status.RECEIVED, "", ("campaign",)),
        "SIC0003": (Status.RECEIVED, "SIC0002", ("campaign",)),
    }


def test_withdrawing_takes_what_was_joined_with_it(project: Project, three: list[Document]) -> None:
    project.joining.join("SIC0001", "SIC0002")

    project.withdrawal.withdraw("SIC0001")

    assert project.find("met") == []
    assert project.verify() == []


@pytest.mark.parametrize("act", ["status", "flags"])
def test_what_a_person_sets_to_be_no_repetition_stands_for_itself(
    project: Project, three: list[Document], act: str
) -> None:
    project.joining.set_same("SIC0002", "SIC0001", campaign=act == "flags")

    if act == "status":
        project.evidence.change("SIC0002", status="included")
    else:
        project.evidence.set_flags("SIC0002", ("late",))

    assert project.evidence.one("SIC0002").of == ""
