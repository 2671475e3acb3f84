"""The shipped sample becomes a project whole or not at all."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from coder.domain.agreement import AgreementOptions, Coefficient
from coder.domain.errors import Cancelled, Refused
from coder.domain.model import Permission, Status
from coder.jobs import Job, Progress
from coder.project import Project
from coder.project.consistency import Kind
from coder.project.sample import CLOSES, PREFIX, TITLE, is_sample, make_sample


def test_every_row_of_the_sample_finds_its_place(tmp_path: Path) -> None:
    # Given a folder that does not exist yet, in one that does not either
    folder = tmp_path / "new" / "Sample"
    assert not is_sample(folder)
    told: list[Progress] = []

    # When the sample is made
    report = make_sample(folder, Job(told.append))

    # Then nothing is left over, and it is known again
    assert report.unplaced == ()
    assert is_sample(folder)
    assert report.submissions >= 12
    assert report.transcripts == 1
    assert report.coders == ("Asha Verma", "Tom Pryce")
    assert {one.label.split()[0] for one in told} >= {"Importing", "Transcribing", "Coding"}
    assert [one.name for one in folder.parent.iterdir()] == ["Sample"]

    # And it is a sound project with all that a newcomer should meet
    with Project.open(folder, "Noor Hadley") as project:
        assert (project.inquiry.title, project.inquiry.prefix) == (TITLE, PREFIX)
        assert project.inquiry.closes == CLOSES
        assert project.verify() == []
        assert project.next_labels() == (None, None)
        assert project.people() == ["Asha Verma", "Tom Pryce"]
        submissions = [view.submission for view in project.evidence.all()]
        assert {one.permission for one in submissions} == set(Permission)
        flags = Counter(flag for one in submissions for flag in one.flags)
        assert flags["campaign"] == 3
        assert flags["late"] == 1
        assert Status.INCLUDED in {one.status for one in submissions}
        quotes = project.quotes.select()
        used = {view.code.key: view for view in project.codebook.tree() if view.code.key}
        assert sorted(used) == list("123456789")
        assert [used[key].depth for key in "1234"] == [0] * 4
        assert all(used[key].codings > 7 for key in "56789")
        assert any(quote.marked for quote in quotes)
        assert any(quote.sensitive for quote in quotes)
        assert any(quote.memo for quote in quotes)
        assert any(quote.time_ms is not None for quote in quotes)

        # And each page of the audit has something to show
        agreement = project.agreement.report(AgreementOptions(samples=0))
        assert (len(agreement.refs), len(agreement.codes)) == (13, 20)
        assert [one.ref for one in agreement.left_out] == ["SIC0015"]
        alpha = agreement.overall.measure(Coefficient.ALPHA).value
        assert alpha == pytest.approx(0.69, abs=0.02)
        kinds = {str(case.place.kind) for case in project.settling.queue().cases}
        assert kinds == {"missed", "other-code", "boundaries"}
        assert project.consistency.findings().counts == {Kind.CAMPAIGN: 2, Kind.UNDEFINED: 5}


def test_without_transcripts_only_their_codings_are_missing(tmp_path: Path) -> None:
    report = make_sample(tmp_path / "Sample", Job(), transcribe=False)
    assert report.unplaced == ()
    assert report.transcripts == 0
    assert report.codings > 60


def test_a_sample_stopped_half_way_leaves_nothing(tmp_path: Path) -> None:
    # Given a person who stops while evidence is coming in
    job = Job()

    def stop(progress: Progress) -> None:
        if progress.label.startswith("Coding"):
            job.cancel()

    job.listener = stop

    # When the sample is made, then it stops and the folder is as it was
    with pytest.raises(Cancelled):
        make_sample(tmp_path / "Sample", job, transcribe=False)
    assert list(tmp_path.iterdir()) == []


def test_what_lies_there_already_is_left_alone(tmp_path: Path) -> None:
    # Given a folder with a file in it, and another project
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("Milk")
    Project.create(tmp_path / "Other", "Another inquiry", "ABC", "Noor Hadley").close()

    # When either is taken for the sample or to be made it, then that is refused
    for name in ("notes", "Other"):
        with pytest.raises(Refused, match=name):
            is_sample(tmp_path / name)
        with pytest.raises(Refused, match=name):
            make_sample(tmp_path / name, Job())
    assert [one.name for one in (tmp_path / "notes").iterdir()] == ["a.txt"]
