"""Import: every file is accounted for, none stops another, and no reference is given twice."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from coder.domain.errors import Cancelled
from coder.domain.model import RespondentType, Status
from coder.jobs import Job, Progress
from coder.project import Project, StepDone, admit
from coder.project.intake import Duplicate, ImportReport
from tests.effort import tries
from tests.project.conftest import Write

MAIL = """From: Jo Lee <jo@example.org>
Date: {date}
Subject: Evidence
Content-Type: text/plain; charset=utf-8

We volunteer every week.
"""


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets each submission be safe by itself, so that an import can be stopped between two."""
    monkeypatch.setattr(admit, "_SECONDS", 0)


def refs(project: Project) -> list[str]:
    return [view.submission.ref for view in project.evidence.all()]


def test_each_file_is_a_submission_and_its_original_is_kept(project: Project, write: Write) -> None:
    paths = [
        write("a.txt", "We volunteer. 🎉\r\n\r\nNobody came."),
        write("b.md", "# About\n\nUs."),
    ]

    report = project.intake.bring(paths)

    assert [(one.path, one.ref, one.documents) for one in report.imported] == [
        (str(paths[0]), "SIC0001", 1),
        (str(paths[1]), "SIC0002", 1),
    ]
    document = project.evidence.document_titled("SIC0001")
    assert document.text == "We volunteer. 🎉\nNobody came."
    assert report.imported[0].characters == len(document.text)
    assert project.evidence.original_path(document).read_bytes() == paths[0].read_bytes()
    submission = project.submission("SIC0001")
    assert (submission.status, submission.type) == (Status.RECEIVED, RespondentType.UNKNOWN)
    assert project.verify() == []


def test_files_that_cannot_be_read_are_named_and_the_rest_come_in(
    project: Project, write: Write, tmp_path: Path
) -> None:
    good, empty, odd = (
        write("good.txt", "We volunteer."),
        write("empty.txt"),
        write("odd.docx", b"PK\x03\x04 broken"),
    )
    gone = tmp_path / "gone.txt"

    report = project.intake.bring([gone, empty, good, odd])

    assert [one.path for one in report.imported] == [str(good)]
    assert sorted(report.failed) == sorted(map(str, [gone, empty, odd]))
    said = {problem.path: problem.what for problem in report.problems}
    assert all(Path(path).name in what for path, what in said.items())
    receipts = {receipt.path: receipt for receipt in project.evidence.receipts()}
    assert {path: receipt.outcome for path, receipt in receipts.items()} == {
        str(good): "imported",
        str(empty): "unreadable",
        str(odd): "unreadable",
        str(gone): "unreadable",
    }
    assert all(receipts[path].what == what for path, what in said.items())
    kept = {
        path for path, receipt in receipts.items() if project._store.read.original(receipt.original)
    }
    assert kept == {str(good), str(empty), str(odd)}
    assert project.verify() == []


def test_duplicates_are_named_with_the_reference_they_are_of(
    project: Project, write: Write
) -> None:
    first, twin = write("a.txt", "We volunteer."), write("b.txt", "We volunteer.")
    report = project.intake.bring([first, twin])
    later = write("c.txt", "We volunteer.")

    again = project.intake.bring([later, first])

    assert report.duplicates == [Duplicate(str(twin), "SIC0001")]
    assert again.duplicates == [
        Duplicate(str(later), "SIC0001"),
        Duplicate(str(first), "SIC0001"),
    ]
    assert again.imported == []
    assert refs(project) == ["SIC0001"]
    outcomes = [receipt.outcome for receipt in project.evidence.receipts()]
    assert outcomes == ["imported", "duplicate", "duplicate", "duplicate"]


def test_files_and_folders_can_come_in_as_one(project: Project, write: Write) -> None:
    write("letter/1.txt", "We volunteer.")
    write("letter/deep/2.txt", "Every week.")

    report = project.intake.bring([write("x.txt").parent / "letter"], as_one=True)

    assert {one.ref for one in report.imported} == {"SIC0001"}
    [view] = project.evidence.all()
    assert [document.title for document in view.documents] == ["1.txt", "2.txt"]
    assert project.undo() == "Import “1.txt” and 1 more"
    assert refs(project) == []


def test_a_dry_run_tells_everything_and_writes_nothing(project: Project, write: Write) -> None:
    good, twin, bad = write("a.txt", "Us."), write("b.txt", "Us."), write("c.docx", b"PK\x03\x04 x")
    history = project.history()

    report = project.intake.bring([good, twin, bad], dry_run=True)

    assert [(one.path, one.ref, one.characters) for one in report.imported] == [(str(good), "", 3)]
    assert report.duplicates == [Duplicate(str(twin), str(good))]
    assert [one.title for one in report.proposals] == ["a.txt"]
    assert report.failed == [str(bad)]
    assert (project.history(), project.evidence.receipts()) == (history, [])
    assert not (project.folder / "originals").exists()


@pytest.mark.parametrize(
    ("date", "flags"),
    [
        ("Fri, 18 Sep 2020 12:00:00 +0000", ()),
        ("Sat, 19 Sep 2020 12:00:00 +0000", ("late",)),
    ],
)
def test_what_came_after_the_closing_date_is_flagged(
    project: Project, write: Write, date: str, flags: tuple[str, ...]
) -> None:
    project.intake.bring([write("a.eml", MAIL.format(date=date))])

    submission = project.submission("SIC0001")
    assert (submission.flags, submission.respondent, submission.channel) == (
        flags,
        "Jo Lee",
        "email",
    )


def test_a_reference_is_never_given_again(project: Project, write: Write) -> None:
    first, second = write("a.txt", "One."), write("b.txt", "Two.")
    project.intake.bring([first, second])
    project.undo()
    project.undo()

    report = project.intake.bring([second, first])

    assert [one.ref for one in report.imported] == ["SIC0003", "SIC0004"]
    assert report.duplicates == []
    assert refs(project) == ["SIC0003", "SIC0004"]


def test_undo_and_redo_of_an_import_bring_back_all_of_it(project: Project, write: Write) -> None:
    project.intake.bring([write("a.txt", "We volunteer.")])
    before = (project.evidence.all(), project.evidence.receipts(), project.find("volunteer"))

    assert project.undo() == "Import “a.txt”"
    assert (project.evidence.all(), project.evidence.receipts(), project.find("volunteer")) == (
        [],
        [],
        [],
    )
    project.redo()

    assert (
        project.evidence.all(),
        project.evidence.receipts(),
        project.find("volunteer"),
    ) == before
    assert project.verify() == []


def test_a_stopped_import_keeps_what_was_finished(
    project: Project, write: Write, one_by_one: None
) -> None:
    for n in range(6):
        write(f"{n}.txt", f"Letter {n}.")
    job = Job()

    def stop(progress: Progress) -> None:
        if len(refs(project)) >= 2:
            job.cancel()

    job.listener = stop
    with pytest.raises(Cancelled):
        project.intake.bring([write("0.txt", "Letter 0.").parent], job=job)
    kept = refs(project)
    report = project.intake.bring([write("0.txt", "Letter 0.").parent])

    assert 2 <= len(kept) < 6
    assert len(report.duplicates) == len(kept)
    assert len(refs(project)) == 6
    assert project.verify() == []


def test_a_stopped_import_accounts_for_what_it_did_not_come_to(
    project: Project, write: Write, one_by_one: None
) -> None:
    paths = [write(f"{n}.txt", f"Letter {n}.") for n in range(6)]
    job, report = Job(), ImportReport()
    project.watch(lambda done: job.cancel() if len(refs(project)) == 2 else None)

    with pytest.raises(Cancelled):
        project.intake.bring(paths, job=job, report=report)

    assert [one.path for one in report.imported] == [str(path) for path in paths[:2]]
    assert report.failed == [str(path) for path in paths[2:]]
    assert {problem.what for problem in report.problems} == {
        "Not imported: Stopped. What was finished stays."
    }


def test_where_the_project_can_no_longer_be_written_to_the_rest_is_named(
    project: Project, write: Write, one_by_one: None
) -> None:
    # Given that after two letters the database takes no more
    paths = [write(f"{n}.txt", f"Letter {n}.") for n in range(4)]

    def close_the_door(_: StepDone) -> None:
        if len(refs(project)) == 2:
            project._store._writer.execute("PRAGMA query_only = ON")

    project.watch(close_the_door)

    # When four are brought, then two are in, and the others are named with the reason
    report = project.intake.bring(paths)
    assert [one.path for one in report.imported] == [str(path) for path in paths[:2]]
    assert report.failed == [str(path) for path in paths[2:]]
    assert [sentence.partition(" lies")[0] for sentence in report.sentences()] == [
        f"{name}: Not imported: “inquiry”" for name in ("2.txt", "3.txt")
    ]
    assert report.stopped is not None


def test_folders_that_hold_the_same_names_are_told_apart(project: Project, write: Write) -> None:
    inbox = write("a/1.docx").parent.parent
    write("b/1.docx")
    write("b/.hidden")

    report = project.intake.bring([inbox])

    folder = inbox.name
    assert [sentence.partition("”")[0] for sentence in report.sentences()] == [
        f"“{Path(folder, 'a', '1.docx')}",
        f"Skipped: “{Path(folder, 'b', '.hidden')}",
        f"“{Path(folder, 'b', '1.docx')}",
    ]
    assert report.failed == [str(inbox / "a" / "1.docx"), str(inbox / "b" / "1.docx")]
    assert report.skipped == 1


@pytest.mark.skipif(os.name == "nt", reason="has no pipes of this kind")
def test_a_pipe_is_a_problem_and_holds_nothing_up(project: Project, write: Write) -> None:
    good = write("a.txt", "We volunteer.")
    os.mkfifo(good.with_name("pipe.txt"))

    report = project.intake.bring([good.parent])

    assert [one.path for one in report.imported] == [str(good)]
    assert "a folder, a pipe or a device" in report.sentences()[0]


@pytest.mark.skipif(sys.platform != "linux", reason="names are always text elsewhere")
def test_a_name_that_is_no_text_comes_in_under_one_that_is(project: Project, write: Write) -> None:
    path = write("a.txt").with_name(os.fsdecode(b"caf\xe9.txt"))
    path.write_text("We volunteer.")
    write("a.txt", "Every week.")

    report = project.intake.bring([path.parent])

    assert report.problems == []
    assert project.evidence.all()[1].documents[0].title == "caf\\xe9.txt"
    assert report.imported[1].path.endswith("caf\\xe9.txt")
    assert project.verify() == []


def test_particulars_come_from_whichever_file_has_them(project: Project, write: Write) -> None:
    letter = write("a.txt", "See the mail.")
    mail = write("b.eml", MAIL.format(date="Sat, 19 Sep 2020 12:00:00 +0000"))

    project.intake.bring([letter, mail], as_one=True)

    submission = project.submission("SIC0001")
    assert (submission.respondent, submission.received[:10]) == ("Jo Lee", "2020-09-19")
    assert submission.flags == ("late",)


IMPORTING = """
import sys
from pathlib import Path

if __name__ == "__main__":
    from coder.project import Project, admit

    admit._SECONDS = 0.02
    with Project.open(Path(sys.argv[1]), "Noor") as project:
        project.watch(lambda done: done.touches("submissions") and print(done.id, flush=True))
        project.intake.bring([Path(sys.argv[2])])
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 there")
def test_no_acknowledged_import_is_lost_by_kill_9(
    project: Project, write: Write, tmp_path: Path
) -> None:
    project.close()
    script = tmp_path / "importing.py"
    script.write_text(IMPORTING, encoding="utf-8")
    chance = random.Random(9)
    acknowledged = 0
    inbox = [write(f"{n}.txt", f"Letter {n}. " * 2000) for n in range(tries(80, 300))]

    rounds = tries(3, 12)
    for _ in range(rounds):
        with subprocess.Popen(
            [sys.executable, str(script), str(project.folder), str(inbox[0].parent)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        ) as child:
            assert child.stdout
            acknowledged += sum(bool(child.stdout.readline()) for _ in range(chance.randint(1, 9)))
            child.kill()
            acknowledged += len(child.stdout.read().splitlines())

        with Project.open(project.folder, "Noor") as again:
            assert len(refs(again)) >= acknowledged
            assert again.verify() == []
            imported = [one for one in again.evidence.receipts() if one.outcome == "imported"]
            assert len(imported) == len(refs(again))
            for receipt in imported:
                Path(receipt.path).unlink(missing_ok=True)

    assert acknowledged >= rounds
    assert any(path.exists() for path in inbox)
