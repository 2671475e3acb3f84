"""What the preview says in words."""

from __future__ import annotations

from coder.domain.draft import Table, Use
from coder.domain.model import DocumentKind
from coder.project.plan import Fate, Outline, Plan, Proposal, Thing
from coder.ui.importing import words
from tests.ui.importing.conftest import document, plan_of, thing


def marks(proposal: Proposal, letters: int = 0) -> list[str]:
    return [badge.words for badge in words.badges(proposal, letters)]


def test_the_headline_tells_what_comes_in_and_what_is_special(plan: Plan) -> None:
    first, notes = words.headline(plan)

    assert first == "3 submissions from 7 files given."
    assert notes == (
        "1 duplicate, 1 unreadable, 1 blank, 1 late, 1 speaks of confidence or publication."
    )


def test_what_is_left_out_or_added_to_earlier_ones_is_counted(plan: Plan) -> None:
    plan.proposals[0].into = "SIC0012"
    plan.proposals[1].wanted = False

    first, notes = words.headline(plan)

    assert first == "1 submission and 1 addition from 7 files given."
    assert notes.endswith("1 left out by you.")
    assert "late" not in notes


def test_columns_set_aside_are_not_counted_among_what_does_not_come_in(plan: Plan) -> None:
    table = Thing("/in/t.csv", "t.csv", fate=Fate.OPENED, problems=(("Shoe size", "Set aside."),))
    table.table = Table(("Shoe size",), (Use.ASIDE,), (), 1)
    with plan_of() as alone:
        alone.things.append(table)
        plan.things.append(table)

        assert words.heading_of_left(alone) == "Not read of tables (1)"
        assert words.heading_of_left(plan) == "Will not come in (4) · Not read of tables (1)"


def test_what_was_withdrawn_and_what_has_several_senders_is_marked() -> None:
    again = Proposal([thing("a.txt", withdrawn="SIC0002")], wanted=False)
    mixed = Proposal([thing("b.txt"), thing("c.txt")], several=True)

    assert marks(again) == ["was withdrawn as SIC0002"]
    assert marks(mixed) == ["several senders"]
    assert words.needs_attention(again)
    assert words.needs_attention(mixed)


def test_nothing_to_import_has_no_headline() -> None:
    with plan_of() as plan:
        assert words.headline(plan) == ("", "")


def test_a_submission_has_a_mark_for_whatever_a_person_should_look_at() -> None:
    scan = Proposal(
        [thing("scan.pdf", document("scan.pdf", 0, "Pages 1–2 have no text."))],
        late=True,
        wishes=("Keep it private.",),
        same_as="SIC0003",
        into="SIC0012",
    )

    assert marks(scan) == [
        "goes to SIC0012",
        "wording on permission",
        "same text as SIC0003",
        "late",
        "needs OCR",
        "see note",
    ]
    assert words.needs_attention(scan)


def test_a_campaign_letter_needs_no_look_and_says_how_many_there_are() -> None:
    letter = Proposal([thing("a.eml")], campaign=3, like="SIC0003")

    assert marks(letter, 14) == ["campaign of 14"]
    assert marks(letter, 1) == ["like SIC0003"]
    assert not words.needs_attention(letter)


def test_what_is_skipped_as_a_matter_of_course_needs_no_look() -> None:
    mail = thing("a.eml", problems=(("logo.png", "Skipped: an image of the signature."),))
    lossy = thing("b.eml", problems=(("old.xyz", "It could not be read."),))

    assert not words.needs_attention(Proposal([mail]))
    assert marks(Proposal([lossy])) == ["see note"]
    assert words.problems(Proposal([mail, lossy])) == [
        "logo.png: Skipped: an image of the signature.",
        "old.xyz: It could not be read.",
    ]


def test_files_say_what_they_hold() -> None:
    film = Outline("f.mp4", DocumentKind.MEDIA, 0, 723_000)

    assert words.contents(thing("f.mp4", film)) == "recording · 12:03"
    assert words.contents(thing("a.docx", document("a", 1204))) == "document · 1,204 characters"
    both = thing("m.eml", document("a", 1), document("b", 2))
    assert words.contents(both) == "2 documents · 3 characters"


def test_days_are_written_as_people_write_them() -> None:
    assert words.day_shown("2020-09-08T10:00:00Z") == "8 Sep 2020"
    assert words.day_shown("soon") == "soon"
    assert words.day_shown("") == ""


def test_what_is_left_behind_is_named_with_its_reason(plan: Plan) -> None:
    zipped = Thing("/in/z.zip", "z.zip", fate=Fate.OPENED)
    zipped.problems = (("secret.doc", "It is locked with a password."), ("", "Skipped: 2 icons."))
    plan.things.append(zipped)

    left = words.left_behind(plan)

    assert [(one.name, one.why) for one in left[Fate.UNREADABLE]] == [
        ("x.docx · in post", "“x.docx” is damaged."),
        ("secret.doc · in z.zip", "It is locked with a password."),
    ]
    assert [one.why for one in left[Fate.DUPLICATE]] == ["the same as SIC0003"]
    assert len(left[Fate.SKIPPED]) == 2


def test_columns_that_are_not_read_are_no_unreadable_files(answers: Plan) -> None:
    answers.things[0].problems = (("survey.csv", "Not read as evidence: Sector."),)

    left = words.left_behind(answers)

    assert [(one.name, one.why) for one in left.pop(Fate.OPENED)] == [
        ("survey.csv", "Not read as evidence: Sector.")
    ]
    assert not left


def test_rows_of_a_table_go_by_who_answered_or_by_their_number(answers: Plan) -> None:
    assert [words.title_of(one) for one in answers.proposals] == ["Ada", "row 3 of survey.csv"]


def test_every_use_and_every_kind_has_words() -> None:
    assert set(words.USES) == set(Use)
    assert set(words.KINDS) == set(DocumentKind)
    assert set(words.FATES) == set(Fate) - {Fate.READY}
