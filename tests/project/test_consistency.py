"""What is odd about a project's codebook is found, dismissed with a reason, and told again when it
has changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coder.domain.errors import Cancelled, NotFound, Refused
from coder.domain.model import Coder, new_id
from coder.domain.sight import Others, Sight
from coder.domain.together import AGREED
from coder.jobs import Job
from coder.project import Project
from coder.project.consistency import Judged, Kind, Look, Options, as_json
from tests.made import MadeOnce
from tests.planted import planted

COUNTS = {
    "alike": 5, "campaign": 3, "lacking": 4, "drift": 2, "sense": 2, "rate": 2, "together": 2,
    "parent": 2, "undefined": 2, "unused": 1, "once": 1, "nothing": 2, "short": 1, "long": 1,
}  # fmt: skip


def _planted(folder: Path) -> None:
    planted().save(folder / "project")


@pytest.fixture
def project(tmp_path: Path, made_once: MadeOnce) -> Iterator[Project]:
    """The planted inquiry, opened by Ada."""
    folder = Path(shutil.copytree(made_once(_planted) / "project", tmp_path / "project"))
    with Project.open(folder, "Ada") as project:
        yield project


def look(project: Project, *kinds: Kind) -> Look:
    return project.consistency.findings(Options(kinds or tuple(Kind)))


def one(project: Project, kind: Kind, code: str = "") -> Judged:
    """The finding of this kind about this code."""
    found = (judged for judged in look(project, kind).judged)
    return next(judged for judged in found if not code or code in judged.finding.paths)


def test_the_planted_inconsistencies_are_found_in_a_project(project: Project) -> None:
    found = look(project)

    assert {kind.value: count for kind, count in found.counts.items()} == COUNTS
    assert str(found) == "30 findings."
    assert found.at.endswith("Z")
    assert project.verify() == []


def test_a_dismissal_needs_a_reason_and_lists_the_finding_among_the_dismissed(
    project: Project,
) -> None:
    drift = one(project, Kind.DRIFT).finding
    with pytest.raises(Refused, match="with a reason"):
        project.consistency.dismiss(drift, "  ")

    project.consistency.dismiss(drift, " The second wave. ")

    found = look(project, Kind.DRIFT)
    assert str(found) == "1 finding. 1 dismissed."
    [judged] = found.dismissed
    assert judged.finding.id == drift.id
    assert judged.dismissal is not None
    assert judged.dismissal.reason == "The second wave."
    assert project.next_labels()[0] == "Dismiss “Use drifts over time”: “Belonging”"


def test_a_dismissal_is_undone_and_restored(project: Project) -> None:
    parent = one(project, Kind.PARENT).finding
    dismissal = project.consistency.dismiss(parent, "Meant so.")
    project.undo()
    assert look(project, Kind.PARENT).dismissed == []
    project.redo()

    project.consistency.restore(dismissal)

    assert look(project, Kind.PARENT).dismissed == []
    with pytest.raises(NotFound, match="not dismissed any more"):
        project.consistency.restore(dismissal)


def test_it_comes_back_when_a_tag_of_it_has_changed(project: Project) -> None:
    short = one(project, Kind.SHORT).finding
    project.consistency.dismiss(short, "It is a heading.")
    assert look(project, Kind.SHORT).open == []

    coding = project.codings.one(short.passages[0].tags[0].coding_id)
    project.codings.recode([coding], project.codebook.at("Money"))

    [back] = look(project, Kind.SHORT).open
    assert back.finding.id == short.id
    assert back.before is not None
    assert back.before.reason == "It is a heading."


def test_it_comes_back_when_the_definition_has_changed(project: Project) -> None:
    drift = one(project, Kind.DRIFT, "Belonging").finding
    project.consistency.dismiss(drift, "The second wave.")

    project.codebook.define(project.codebook.at("Belonging"), definition="Being at home.")

    assert len(look(project, Kind.DRIFT).open) == 2


def test_a_pattern_comes_back_when_it_rests_on_many_more_passages(project: Project) -> None:
    undefined = one(project, Kind.UNDEFINED, "Noise").finding
    project.consistency.dismiss(undefined, "Its name says it.")
    code = project.codebook.at("Noise")
    for view in project.evidence.all()[:2]:
        document = project.document(view.documents[0].id)
        place = document.paragraphs[0]
        project.codings.tag(document, place.start, place.end, [code])

    told = [judged.finding.paths for judged in look(project, Kind.UNDEFINED).open]

    assert ("Noise",) in told


def test_recoding_what_differs_settles_it(project: Project) -> None:
    alike = one(project, Kind.ALIKE, "Buses").finding
    mine = next(tag for passage in alike.passages for tag in passage.tags if tag.coder == "Ada")

    project.codings.recode([project.codings.one(mine.coding_id)], project.codebook.at("Schools"))

    assert alike.id not in {judged.finding.id for judged in look(project, Kind.ALIKE).judged}


def test_a_dismissal_goes_with_any_submission_whose_words_it_rests_on(project: Project) -> None:
    alike = one(project, Kind.ALIKE, "Buses").finding
    assert [passage.ref for passage in alike.passages] == ["PLN0061", "PLN0062"]
    dismissal = project.consistency.dismiss(alike, "“lost our pass” is no school.")

    project.withdrawal.withdraw("PLN0062")

    with pytest.raises(NotFound):
        project.consistency.restore(dismissal)
    assert project.verify() == []
    database = (project.folder / "project.db").read_bytes()
    assert "lost our pass” is no school".encode() not in database


def test_blind_coders_are_told_nothing_of_others(project: Project) -> None:
    blind = Options(sight=Sight(project.coder.id, Others.BLIND))

    found = project.consistency.findings(blind)

    names = {
        tag.coder
        for judged in found.judged
        for passage in judged.finding.passages
        for tag in passage.tags
    }
    assert names == {"Ada"}
    kinds = {judged.finding.kind for judged in found.judged}
    assert not kinds & {Kind.UNUSED, Kind.ONCE, Kind.RATE, Kind.SENSE}


def test_what_was_agreed_settles_it_and_is_nobodys_use_of_a_code(project: Project) -> None:
    alike = one(project, Kind.ALIKE, "Buses").finding
    before = {judged.finding.id for judged in look(project).judged}
    agreed = Coder(new_id(), AGREED, "")
    first, second = (project.codings.one(it.tags[0].coding_id) for it in alike.passages)
    with project._store.step("Agree", agreed) as tx:
        for coding in (first, replace(second, code_id=first.code_id)):
            tx.put(replace(coding, id=new_id(), coder_id=agreed.id))

    assert {judged.finding.id for judged in look(project).judged} == before - {alike.id}


def test_a_finding_is_named_by_the_beginning_of_its_id(project: Project) -> None:
    found = look(project, Kind.DRIFT)
    ident = found.judged[0].finding.id

    assert found.by(ident[:8]).finding.id == ident
    for wrong in ("", ident[:2], "zzzzzzzz"):
        with pytest.raises(NotFound, match="id that begins with"):
            found.by(wrong)


def test_the_json_has_fixed_names_and_the_words_of_the_text(project: Project) -> None:
    told = as_json(one(project, Kind.ALIKE, "Buses"))

    assert json.loads(json.dumps(told)) == told
    assert list(told) == [
        "id", "kind", "title", "what", "do", "codes", "coders", "passages", "dismissed", "before",
    ]  # fmt: skip
    [first, second] = told["passages"]
    assert first["quote"] == second["quote"]
    assert [tag["code"] for tag in first["tags"]] == ["Buses"]
    assert told["dismissed"] is None


def test_findings_are_written_to_a_file_with_what_was_said(
    project: Project, tmp_path: Path
) -> None:
    project.consistency.dismiss(one(project, Kind.UNUSED).finding, "As it should be.")

    project.consistency.save(look(project, Kind.UNUSED).judged, tmp_path / "list.csv")

    text = (tmp_path / "list.csv").read_text(encoding="utf-8-sig")
    assert "No passage bears “Lighthouses”." in text
    assert "As it should be." in text


def test_it_can_be_stopped(project: Project) -> None:
    job = Job()
    job.cancel()

    with pytest.raises(Cancelled):
        project.consistency.findings(job=job)
