"""The look before an import: everything given, and all that lies in it, has its place in the plan,
and nothing is written."""

import tempfile
from pathlib import Path

import pytest

from coder.domain.draft import Use
from coder.domain.errors import Cancelled, EvidenceError, Refused
from coder.domain.model import DocumentKind
from coder.jobs import Job
from coder.project import Project
from coder.project.plan import Fate, Plan
from tests.project.conftest import MAIL, SRT, SURVEY, WORDS, packed


def fates(plan: Plan) -> list[tuple[str, str]]:
    return [(one.shown, str(one.fate)) for one in plan.things]


def test_each_file_is_a_submission_with_what_it_says_of_itself(looked, mail) -> None:
    plan = looked(mail("a.eml", "Jo Lee", WORDS, day=25))

    [proposal] = plan.proposals
    [thing] = proposal.things
    assert (proposal.respondent, proposal.received[:10], proposal.channel, proposal.late) == (
        "Jo Lee",
        "2020-09-25",
        "email",
        True,
    )
    assert thing.documents[0].kind is DocumentKind.EMAIL
    assert thing.documents[0].characters >= len(WORDS)
    assert len(thing.digest) == 64


def test_nothing_is_written_and_what_waits_goes_with_the_plan(project: Project, write) -> None:
    history = project.history()

    with project.intake.survey([write("a.txt", WORDS)]) as plan:
        staged = plan.things[0].staged
        assert staged.is_file()

    assert not staged.exists()
    assert project.history() == history
    assert not (project.folder / "originals").exists()


def test_a_plan_that_does_not_come_about_leaves_nothing(
    project: Project, write, tmp_path, monkeypatch
) -> None:
    job = Job()
    job.cancel()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    with pytest.raises(Cancelled):
        project.intake.survey([write("a.txt", WORDS)], job=job)

    assert not list(tmp_path.glob("evidence-coder-*"))


def test_what_lies_in_a_zip_is_read_to_any_depth_and_named_by_its_place(looked, write) -> None:
    inner = packed(letters__b_txt="We met.")
    outer = write("all.zip", packed(a_txt="We sang.", inner_zip=inner))

    plan = looked(outer)

    assert fates(plan) == [
        ("all.zip", "opened"),
        ("all.zip/a.txt", "ready"),
        ("all.zip/inner.zip", "opened"),
        ("all.zip/inner.zip/letters/b.txt", "ready"),
    ]
    last = plan.things[-1]
    assert (last.path, last.inside) == (str(outer), "inner.zip/letters/b.txt")
    assert last.container == plan.things[2].digest
    assert len(plan.proposals) == 2


def test_the_contents_of_a_zip_are_grouped_by_folder_when_asked(looked, write) -> None:
    content = packed(x__a_txt="We sang.", x__b_txt="We met.", y__a_txt="We ate.")

    plan = looked(write("all.zip", content), write("own.txt", "We ran."), by_folder=True)

    assert [[one.inside for one in proposal.things] for proposal in plan.proposals] == [
        ["x/a.txt", "x/b.txt"],
        ["y/a.txt"],
        [""],
    ]


def test_containers_are_opened_to_a_depth_of_five_and_the_rest_is_named(looked, write) -> None:
    content = packed(a_txt="We sang.")
    for number in range(6):
        content = packed(**{f"{number}_zip": content})

    plan = looked(write("deep.zip", content))

    assert [fate for _, fate in fates(plan)] == ["opened"] * 6 + ["unreadable"]
    assert "more than 5 containers" in plan.things[-1].what


def test_a_container_that_lies_in_itself_is_named_and_not_opened(looked, corpus) -> None:
    plan = looked(corpus / "zip" / "apache__droste.zip")

    assert "skipped" in {fate for _, fate in fates(plan)}
    assert any("the same file as the one that it lies in" in one.what for one in plan.things)
    assert len(plan.things) < 10


def test_mails_of_a_mailbox_stay_apart_whatever_is_grouped(looked, write) -> None:
    letters = "".join(
        f"From jo@example.org Fri Sep 18 12:00:0{n} 2020\n"
        + MAIL.format(name=f"Jo {n}", box="jo", day=18, text=f"Letter {n}.")
        + "\n"
        for n in range(3)
    )

    plan = looked(write("in/all.mbox", letters).parent, by_folder=True)

    assert [proposal.respondent for proposal in plan.proposals] == ["Jo 0", "Jo 1", "Jo 2"]


def test_the_same_bytes_are_a_duplicate_of_what_came_first(project: Project, looked, write) -> None:
    project.intake.bring([write("old.txt", "We sang.")])

    plan = looked(
        write("new.txt", "We met."), write("b.txt", "We met."), write("c.txt", "We sang.")
    )

    assert fates(plan) == [("new.txt", "ready"), ("b.txt", "duplicate"), ("c.txt", "duplicate")]
    assert [one.of for one in plan.things] == ["", "new.txt", "SIC0001"]


def test_a_transcript_goes_with_the_recording_of_its_name(looked, write, film) -> None:
    folder = film("in/talk.mp4").parent
    write("in/talk.en-GB.srt", SRT)
    write("in/other.srt", SRT + "\n2\n00:00:04,000 --> 00:00:05,000\nGoodbye.\n")

    plan = looked(folder)

    made = [{Path(one.path).name for one in proposal.things} for proposal in plan.proposals]
    assert made == [{"other.srt"}, {"talk.mp4", "talk.en-GB.srt"}]


def test_each_row_of_a_table_is_a_submission(looked, write) -> None:
    plan = looked(write("survey.csv", SURVEY))

    table, *rows = plan.things
    assert (table.fate, table.table.rows, len(rows)) == (Fate.OPENED, 2, 2)
    assert [one.respondent for one in plan.proposals] == ["Jo Lee", "Al Day"]
    assert rows[0].documents[0].question == "How has loneliness changed where you live?"


def test_a_later_export_brings_only_its_new_rows(project: Project, looked, write) -> None:
    project.intake.bring([write("a.csv", SURVEY)])

    plan = looked(write("b.csv", SURVEY + "Flo Ray,Faith,It is worse for those who live alone.\n"))

    assert [one.respondent for one in plan.proposals] == ["Flo Ray"]
    assert [one.of for one in plan.things[1:]] == ["SIC0001", "SIC0002", ""]


def test_columns_can_be_read_in_another_way(project: Project, looked, write) -> None:
    plan = looked(write("a.txt", WORDS), write("survey.csv", SURVEY), write("z.txt", "We sang."))
    table = plan.things[1]

    project.intake.map_columns(plan, table, (Use.ORGANISATION, Use.ASIDE, Use.QUESTION))

    assert [(one.organisation, one.respondent) for one in plan.proposals] == [
        ("", ""),
        ("Jo Lee", ""),
        ("Al Day", ""),
        ("", ""),
    ]
    assert [one.shown for one in plan.things] == [
        "a.txt",
        "survey.csv",
        "survey.csv/row 2",
        "survey.csv/row 3",
        "z.txt",
    ]


def test_columns_are_named_by_their_headings(looked, write) -> None:
    survey = write("survey.csv", SURVEY)

    plan = looked(survey, uses={"Your name": "organisation"})

    assert [one.organisation for one in plan.proposals] == ["Jo Lee", "Al Day"]
    with pytest.raises(EvidenceError, match="Sector"):
        looked(survey, uses={"Region": "region"})
    with pytest.raises(Refused, match="no table"):
        looked(write("a.txt", WORDS), uses={"Sector": "type"})


def test_what_is_no_table_cannot_be_read_by_columns(project: Project, looked, write) -> None:
    plan = looked(write("a.txt", WORDS))

    with pytest.raises(Refused, match="not a table"):
        project.intake.map_columns(plan, plan.things[0], ())


def test_pasted_posts_are_kept_as_a_file(project: Project) -> None:
    with project.intake.survey_text("We met on the doorstep.", "Posts of 18 September") as plan:
        project.intake.admit(plan)

    document = project.evidence.document_titled("SIC0001")
    assert document.text == "We met on the doorstep."
    assert project.evidence.original_path(document).read_text() == "We met on the doorstep."


def test_an_empty_container_is_blank_and_a_locked_one_unreadable(looked, write) -> None:
    plan = looked(write("none.zip", packed()))

    assert plan.things[0].fate in (Fate.BLANK, Fate.UNREADABLE)
    assert "none.zip" in plan.things[0].what
