"""The trail tells who did what in words, is narrowed, and shows what stood there then."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document as WordDocument
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.domain.errors import NotFound, Refused
from coder.domain.model import (
    Code,
    Document,
    DocumentKind,
    Permission,
    RespondentType,
    Segment,
    new_id,
)
from coder.domain.sight import Others, Sight
from coder.domain.trail import Asked, Deed
from coder.project import Project
from coder.project.trail import MOST, WITHDRAWN_SINCE

Letter = Callable[..., Document]


def said(project: Project, asked: Asked = Asked(), **how: object) -> list[str]:  # noqa: B008
    """What the lines of the trail say, newest first."""
    return [line.sentence for line in project.trail.page(asked, **how)]  # type: ignore[arg-type]


def latest(project: Project) -> str:
    return said(project, limit=1)[0]


@pytest.fixture
def kettle(project: Project, letter: Letter) -> Document:
    """A letter of two paragraphs, with a tag of Asha's and one of Tom's."""
    document = letter("They lent us our kettle.", "The choir sang “again” in the street.")
    project.as_coder("Asha Verma")
    code = project.codebook.add("Volunteering/First-time volunteers")
    project.codings.tag(document, 13, 23, [code])
    project.as_coder("Tom Pryce")
    project.codings.tag(document, 25, 34, [project.codebook.add("Singing")])
    return document


def test_tags_are_told_with_their_words_and_place(project: Project, kettle: Document) -> None:
    path = "“Volunteering / First-time volunteers”"
    first = f"tagged “our kettle” (SIC0001, para 1) with {path}"
    assert said(project)[:4] == [
        "Tom Pryce tagged “The choir” (SIC0001, para 2) with “Singing”",
        "Tom Pryce made the code “Singing”",
        f"Asha Verma {first}",
        f"Asha Verma made the code “Volunteering”; made the code {path}",
    ]


def test_what_becomes_of_a_tag_is_told(project: Project, kettle: Document) -> None:
    [coding] = [one for one in project.codings.of(kettle.id) if one.quote == "The choir"]
    other = project.codebook.add("Music")
    project.codings.recode([coding], other)
    assert latest(project).endswith(
        "recoded “The choir” (SIC0001, para 2) from “Singing” to “Music”"
    )
    [coding] = [one for one in project.codings.of(kettle.id) if one.quote == "The choir"]
    project.codings.write_memo(coding, "Loud.")
    assert latest(project) == "Tom Pryce wrote a memo on “The choir” (SIC0001, para 2)"
    project.as_coder("Asha Verma")
    project.codings.mark([coding], marked=True)
    words = "Asha Verma marked for use “The choir” (SIC0001, para 2), Tom Pryce’s tag"
    assert latest(project) == words
    project.undo()
    assert latest(project) == "Asha Verma took back “Mark for use”"
    project.redo()
    assert latest(project) == "Asha Verma did again “Mark for use”"


def test_particulars_and_codes_are_told_before_and_after(project: Project, letter: Letter) -> None:
    letter("Words.")
    project.evidence.change("SIC0001", permission=Permission.NAMED)
    [told] = project.trail.changes(project.trail.page(limit=1)[0])
    assert told.words == "changed the permission of SIC0001 from unknown to named"
    assert (told.before, told.after) == ("unknown", "named")
    code = project.codebook.add("Trust", "Old meaning")
    project.codebook.rename(code, "Trusting")
    assert latest(project) == "Noor renamed the code “Trust” to “Trusting”"
    project.codebook.define(code, definition="New meaning")
    assert latest(project) == (
        "Noor changed the definition of the code “Trusting” from “Old meaning” to “New meaning”"
    )
    project.codebook.move(project.codebook.at("Trusting"), project.codebook.add("Ties"))
    assert latest(project) == "Noor moved the code “Trusting” below “Ties”"
    project.codebook.delete(project.codebook.at("Ties/Trusting"))
    assert latest(project) == "Noor deleted the code “Trusting”"


def test_many_changes_are_told_by_the_step_and_one_by_one(project: Project, letter: Letter) -> None:
    letter("Words.")
    how = {"respondent": "Ada", "region": "Wexbrook", "type": RespondentType.CHARITY}
    project.evidence.change("SIC0001", **how)
    [line] = project.trail.page(limit=1)
    assert line.sentence == "Noor: Change the respondent, region, type of SIC0001"
    assert [one.words for one in project.trail.changes(line)] == [
        "changed the respondent of SIC0001 from nothing to “Ada”",
        "changed the type of SIC0001 from unknown to charity",
        "changed the region of SIC0001 from nothing to “Wexbrook”",
    ]


def test_the_trail_is_narrowed_and_paged(project: Project, kettle: Document) -> None:
    trail = project.trail
    code = project.codebook.at("Singing")
    assert {line.coder for line in trail.page(trail.asked(coders=["asha verma"]))} == {"Asha Verma"}
    assert len(trail.page(trail.asked(submissions=["SIC0001"]))) == 3
    assert len(trail.page(trail.asked(codes=[code]))) == 2
    assert len(trail.page(Asked(deeds=(Deed.TAGS,)))) == 2
    assert len(trail.page(Asked(deeds=(Deed.TURNED_BACK,)))) == 0
    assert len(trail.page(trail.asked(words="KETTLE"))) == 1
    assert trail.page(trail.asked(words="100%")) == []
    assert trail.page(trail.asked(words="code_id")) == []
    assert trail.page(trail.asked(until=date(2020, 1, 1))) == []
    assert len(trail.page(trail.asked(since=date(2020, 1, 1)))) == len(trail.page())
    assert trail.count(trail.asked(codes=[code])) == {"Tom Pryce": 2}
    with pytest.raises(Refused):
        trail.asked(coders=["Nobody"])
    with pytest.raises(NotFound):
        trail.asked(submissions=["SIC0009"])

    whole, paged = trail.page(), trail.page(limit=2)
    while more := trail.page(before=paged[-1], limit=2):
        paged += more
    assert paged == whole


def test_findings_and_disagreements_are_told_as_people_call_them(
    project: Project, kettle: Document
) -> None:
    odd = project.consistency.findings().judged[0].finding
    project.consistency.dismiss(odd, "It will be used.")
    assert said(project)[0] == f"Tom Pryce dismissed the finding “{odd.title}”"

    document = kettle
    project.codings.tag(document, 25, 34, [project.codebook.add("Joy")])
    project.as_coder("Asha Verma")
    project.codings.tag(document, 25, 34, [project.codebook.add("Company")])
    differ = next(one for one in project.settling.queue().cases if one.place.start == 25)
    project.settling.leave(differ, "Ask both.")
    assert said(project)[0].endswith("settled a disagreement (SIC0001, para 2): left as it is")

    again = next(one for one in project.settling.queue().cases if one.place.start == 25)
    project.settling.recode(again, [project.codebook.at("Joy").id])
    [line] = project.trail.page(limit=1)
    told = [one.words for one in project.trail.changes(line)]
    assert "tagged “The choir” (SIC0001, para 2) with “Joy”, as agreed" in told


def test_what_is_asked_is_said_in_words(project: Project, kettle: Document) -> None:
    asked = project.trail.asked(
        coders=["Tom Pryce"],
        submissions=["SIC0001"],
        codes=[project.codebook.at("Singing")],
        since=date(2020, 9, 1),
        until=date(2020, 9, 18),
        deeds=[Deed.TAGS],
        words="choir",
    )
    assert project.trail.in_words(asked) == (
        "by Tom Pryce, about SIC0001, with “Singing”, since 1 Sep 2020, until 18 Sep 2020,"
        " only tags, with the words “choir”"
    )
    assert project.trail.in_words(Asked()) == ""


def test_a_code_that_was_recoded_away_from_is_found_too(project: Project, kettle: Document) -> None:
    singing, music = project.codebook.at("Singing"), project.codebook.add("Music")
    [coding] = [one for one in project.codings.of(kettle.id) if one.quote == "The choir"]
    project.codings.recode([coding], music)
    for code in (singing, music):
        assert "recoded" in said(project, project.trail.asked(codes=[code]))[0]


def test_what_was_withdrawn_says_so_and_nothing_else(project: Project, kettle: Document) -> None:
    moment = project.trail.page(limit=1)[0].at
    project.withdrawal.withdraw("SIC0001")
    told = said(project)
    assert told[0] == "Tom Pryce withdrew SIC0001 and erased what was in it"
    assert "kettle" not in str(told)
    assert "Tom Pryce changed something that has been withdrawn since" in told
    lines = project.trail.page(each=True)
    assert WITHDRAWN_SINCE in {line.label for line in lines}
    assert "kettle" not in str([project.trail.changes(line) for line in lines])
    assert project.trail.page(project.trail.asked(words="kettle")) == []
    with pytest.raises(Refused, match="withdrawn"):
        project.trail.at("SIC0001", moment)


def test_what_a_machine_hears_in_a_row_is_one_line(project: Project, letter: Letter) -> None:
    film = replace(letter("x"), text="", kind=DocumentKind.MEDIA, title="film.mp4")
    heard = Document(
        new_id(), film.submission_id, 1, "film", DocumentKind.TRANSCRIPT, source_id=film.id
    )
    with project._store.step("Begin", project.coder, "machine") as tx:
        tx.put(film)
        tx.put(heard)
    for place in range(3):
        with project._store.step("Hear a sentence", project.coder, "machine") as tx:
            tx.put(Segment(new_id(), heard.id, place, place * 1000, place * 1000 + 900, "Words."))
    [line] = project.trail.page(limit=3)
    assert (line.sentence, line.steps) == ("Noor heard 3 sentences of “film” (SIC0001)", 3)
    assert len(project.trail.page(limit=3, each=True)) == 3
    segment = project.segments(heard.id)[1]
    project.correcting.rewrite(segment.id, "Other words.")
    assert latest(project).endswith(
        "corrected “Words.” to “Other words.” in “film” (SIC0001), 00:01"
    )
    before = project.trail.after_step("SIC0001", line.seq + 2)
    assert [one.text for one in before.documents if one.source_id] == ["Words.\nWords.\nWords."]


def test_those_who_code_blind_are_not_told_of_others_tags(
    project: Project, kettle: Document
) -> None:
    asha = next(one for one in project.coders() if one.name == "Asha Verma")
    blind = Sight(asha.id, Others.BLIND)
    assert not [one for one in said(project, sight=blind) if "The choir" in one]
    assert [one for one in said(project, sight=blind) if "our kettle" in one]
    assert sum(project.trail.count(sight=blind).values()) == len(said(project)) - 1
    then = project.trail.at("SIC0001", project.trail.page(limit=1)[0].at, blind)
    assert [one.quote for one in then.codings[kettle.id]] == ["our kettle"]

    project.as_coder("Asha Verma")
    project.progress.declare([kettle.id])
    assert [one for one in said(project, sight=blind) if "The choir" in one]


def test_a_submission_as_it_was_against_now(project: Project, kettle: Document) -> None:
    moment = project.trail.page(limit=1)[0].at
    [tom] = [one for one in project.codings.of(kettle.id) if one.quote == "The choir"]
    project.codings.untag([tom])
    project.evidence.change("SIC0001", respondent="Ada")
    project.codings.tag(kettle, 0, 4, [project.codebook.at("Singing")])

    then = project.trail.at("SIC0001", moment)
    assert then.submission is not None
    assert then.submission.respondent == ""
    assert [one.text for one in then.documents] == [kettle.text]
    assert [one.quote for one in then.codings[kettle.id]] == ["our kettle", "The choir"]
    assert sorted(
        (one.how, one.told.words.split(" (")[0]) for one in project.trail.since(then)
    ) == [
        ("came", "tagged “They”"),
        ("changed", "changed the respondent of SIC0001 from nothing to “Ada”"),
        ("went", "removed the tag “Singing” from “The choir”"),
    ]
    assert project.trail.at("SIC0001", "2020-01-01T00:00:00Z").submission is None


def test_the_codebook_as_it_was_against_now(project: Project) -> None:
    code = project.codebook.add("Trust", "Old")
    moment = project.trail.page(limit=1)[0].at
    project.codebook.define(code, definition="New")
    project.codebook.add("Ties")
    codes, differences = project.trail.codebook_at(moment)
    assert [(one.name, one.definition) for one in codes] == [("Trust", "Old")]
    assert [one.how for one in differences] == ["changed", "came"]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["tag", "untag", "set", "undo", "redo"]), max_size=8))
def test_every_past_state_is_what_stood_there(
    project: Project, letter: Letter, acts: list[str]
) -> None:
    """After each act the state is noted; replayed later it is the same."""
    document = letter("One two three four five six seven eight.")
    ref = project.submission(document.submission_id).ref
    code = next(iter(project.codebook.codes()), None) or project.codebook.add("Count")
    noted = []
    for place, act in enumerate(acts):
        standing = project.codings.of(document.id)
        if act == "tag":
            project.codings.tag(document, place, place + 3, [code])
        elif act == "untag" and standing:
            project.codings.untag(standing[:1])
        elif act == "set":
            project.evidence.change(ref, region=f"Region {place}")
        elif act == "undo" and (project.next_labels()[0] or "").startswith(("Tag", "Remove", "Ch")):
            project.undo()
        elif act == "redo":
            project.redo()
        state = project.submission(ref), tuple(project.codings.of(document.id))
        noted.append((project.trail.fingerprint().steps, state))
    for seq, (submission, codings) in noted:
        then = project.trail.after_step(ref, seq)
        assert (then.submission, then.codings[document.id]) == (submission, codings)


def test_the_journal_is_held_against_what_was_noted(project: Project, kettle: Document) -> None:
    noted = str(project.trail.fingerprint())
    project.codebook.add("More")
    assert project.trail.against(noted) == []
    last = noted[-1]
    assert project.trail.against(noted[:-1] + ("1" if last == "0" else "0"))
    assert "cut off" in project.trail.against(f"9{noted}")[0]
    with pytest.raises(Refused):
        project.trail.against("hello")

    # An erasure rewrites content, and the seals that were noted still stand
    project.withdrawal.withdraw("SIC0001")
    assert project.trail.against(noted) == []
    assert project.verify() == []


def test_the_paper_for_the_file(project: Project, kettle: Document, tmp_path: Path) -> None:
    project.evidence.change("SIC0001", respondent="=cmd|' /C calc'!A0")
    paper, sheet = tmp_path / "trail.docx", tmp_path / "trail.csv"
    written = project.trail.export(paper)
    assert written.steps == len(project.trail.page(each=True))
    word = WordDocument(str(paper))
    words = "\n".join(one.text for one in word.paragraphs)
    assert str(written.fingerprint) in words
    assert "Internal, for the file and not for publication: no name is masked" in words
    coders, steps = word.tables
    assert ["Tom Pryce", "3"] in [[cell.text for cell in row.cells] for row in coders.rows]
    told = [row.cells[-1].text for row in steps.rows]
    assert "tagged “The choir” (SIC0001, para 2) with “Singing”" in told

    project.trail.export(sheet, project.trail.asked(coders=["Tom Pryce"]))
    rows = list(csv.reader(sheet.read_text(encoding="utf-8-sig").splitlines()))
    assert "by Tom Pryce" in rows[1][0]
    assert not [cell for row in rows for cell in row if re.match(r"[=+@-]", cell)]
    assert rows[-1][-1].startswith("'=cmd")
    with pytest.raises(Refused):
        project.trail.export(sheet, project.trail.asked(words="zebra"))


def test_the_paper_says_how_much_of_a_long_step_it_leaves_out(
    project: Project, tmp_path: Path
) -> None:
    with project._store.step("Make many codes", project.coder) as tx:
        for number in range(MOST + 7):
            tx.put(Code(new_id(), f"Code {number}"))
    project.trail.export(tmp_path / "trail.csv", project.trail.asked(words="many codes"))
    rows = list(csv.reader((tmp_path / "trail.csv").read_text("utf-8-sig").splitlines()))
    told = [row[4] for row in rows if len(row) == 7]
    assert told[-2:] == [f"made the code “Code {MOST - 1}”", "and 7 more changes"]
    assert len(told) == MOST + 2


def test_the_paper_of_one_who_codes_blind_says_so(
    project: Project, kettle: Document, tmp_path: Path
) -> None:
    sight = Sight(project.coder.id, Others.BLIND)
    project.trail.export(tmp_path / "trail.csv", sight=sight)
    text = (tmp_path / "trail.csv").read_text(encoding="utf-8-sig")
    assert "code blind" in text
    assert "our kettle" not in text
