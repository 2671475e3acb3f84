"""What a plan proposes comes in as a person has decided, each submission in a step of its own."""

from pathlib import Path

import pytest

from coder.domain.errors import NotFound
from coder.domain.model import DocumentKind, Permission, RespondentType, Status
from coder.project import Project, admit
from tests.project.conftest import SRT, WORDS, packed


def kept(project: Project) -> set[str]:
    return {one.name for one in project._store.read.originals()}


def flags(project: Project) -> list[tuple[str, ...]]:
    return [view.submission.flags for view in project.evidence.all()]


def receipts(project: Project) -> dict[str, str]:
    return {Path(one.path, one.inside).name: one.outcome for one in project.evidence.receipts()}


def test_what_a_person_changed_in_the_plan_is_what_comes_in(project: Project, mail) -> None:
    with project.intake.survey([mail("a.eml", "Jo Lee", WORDS)]) as plan:
        [proposal] = plan.proposals
        proposal.organisation, proposal.type = "Lunch Club", RespondentType.CHARITY
        proposal.permission, proposal.received = Permission.NAMED, "2020-09-17"

        project.intake.admit(plan)

    submission = project.submission("SIC0001")
    assert (submission.respondent, submission.organisation) == ("Jo Lee", "Lunch Club")
    assert (submission.type, submission.permission, submission.received) == (
        RespondentType.CHARITY,
        Permission.NAMED,
        "2020-09-17",
    )


def test_what_a_person_leaves_out_is_in_the_account_and_nowhere_else(
    project: Project, write
) -> None:
    with project.intake.survey([write("a.txt", "We sang."), write("b.txt", "We met.")]) as plan:
        plan.proposals[0].wanted = False

        report = project.intake.admit(plan)

    assert [one.ref for one in report.imported] == ["SIC0001"]
    assert (report.failed, report.skipped) == ([], 1)
    assert receipts(project) == {"a.txt": "left-out", "b.txt": "imported"}
    assert kept(project) == {"b.txt"}
    assert project.intake.bring([write("a.txt", "We sang.")]).imported


def test_the_same_text_is_kept_as_a_duplicate_of_the_first(project: Project, mail) -> None:
    paths = [mail("a.eml", "Jo Lee", WORDS), mail("b.eml", "Jo Lee", f"{WORDS}\n")]

    project.intake.bring(paths)

    first, second = (view.submission for view in project.evidence.all())
    assert (first.status, second.status) == (Status.RECEIVED, Status.DUPLICATE)
    assert second.of_id == first.id
    assert project.verify() == []


def test_a_duplicate_stands_for_itself_where_the_first_was_left_out(project: Project, mail) -> None:
    paths = [mail("a.eml", "Jo Lee", WORDS), mail("b.eml", "Jo Lee", f"{WORDS}\n")]
    with project.intake.survey(paths) as plan:
        plan.proposals[0].wanted = False

        project.intake.admit(plan)

    [view] = project.evidence.all()
    assert (view.submission.status, view.submission.of_id) == (Status.RECEIVED, "")


def test_letters_of_a_campaign_point_to_one_that_stands_for_them(project: Project, mail) -> None:
    project.intake.bring([mail("1.eml", "Jo Lee", WORDS)])
    before = flags(project)

    project.intake.bring(
        [mail("2.eml", "Al Day", WORDS), mail("3.eml", "Flo Ray", f"Hello. {WORDS}")]
    )

    first, *rest = (view.submission for view in project.evidence.all())
    assert before == [()]
    assert flags(project) == [("campaign",)] * 3
    assert [one.of_id for one in rest] == [first.id] * 2
    assert {one.status for one in rest} == {Status.RECEIVED}
    project.undo()
    project.undo()
    assert flags(project) == [()]


def test_a_single_letter_is_no_campaign(project: Project, mail) -> None:
    with project.intake.survey(
        [mail("1.eml", "Jo Lee", WORDS), mail("2.eml", "Al Day", WORDS)]
    ) as plan:
        plan.proposals[0].wanted = False

        project.intake.admit(plan)

    assert flags(project) == [()]


def test_bytes_of_what_could_not_be_read_are_kept(project: Project, write) -> None:
    damaged = packed(a_txt="We sang.", b_bin=b"\x00\x01\x02\x03" * 9)

    report = project.intake.bring([write("all.zip", damaged), write("gone.xyz", b"\x01\x02\x00")])

    assert kept(project) == {"a.txt", "b.bin", "gone.xyz"}
    assert receipts(project) == {
        "all.zip": "opened",
        "a.txt": "imported",
        "b.bin": "unreadable",
        "gone.xyz": "unreadable",
    }
    assert [Path(one).name for one in report.failed] == ["b.bin", "gone.xyz"]
    container = {one.inside: one.container for one in project.evidence.receipts()}
    assert container["a.txt"] == container["b.bin"] != ""
    assert project.verify() == []


def test_evidence_is_added_to_an_earlier_submission_in_one_step(project: Project, write) -> None:
    project.intake.bring([write("a.txt", "We sang.")])
    history = len(project.history())

    report = project.intake.attach(
        "sic0001", [write("b.txt", "We met."), write("c.txt", "We ate.")]
    )

    [view] = project.evidence.all()
    assert [one.title for one in view.documents] == ["a.txt", "b.txt", "c.txt"]
    assert {one.ref for one in report.imported} == {"SIC0001"}
    assert len(project.history()) == history + 1
    assert receipts(project)["b.txt"] == "attached"
    assert project.undo() == "Attach “b.txt” and 1 more to SIC0001"
    assert len(project.evidence.one("SIC0001").documents) == 1


def test_nothing_is_added_to_what_is_not_there_or_was_withdrawn(project: Project, write) -> None:
    project.intake.bring([write("a.txt", "We sang.")])
    project.withdrawal.withdraw("SIC0001")

    with pytest.raises(NotFound):
        project.intake.attach("SIC0009", [write("b.txt", "We met.")])
    report = project.intake.attach("SIC0001", [write("b.txt", "We met.")])

    assert report.imported == []
    assert "SIC0001 was withdrawn" in report.sentences()[0]


def test_a_transcript_that_was_sent_in_is_that_of_its_recording(
    project: Project, write, film
) -> None:
    folder = film("in/talk.mp4").parent
    write("in/talk.srt", SRT + "\n2\n00:00:04,000 --> 00:00:05,000\nGoodbye.\n")

    project.intake.bring([folder])

    recording, transcript = project.evidence.one("SIC0001").documents
    assert (recording.kind, transcript.kind) == (DocumentKind.MEDIA, DocumentKind.TRANSCRIPT)
    assert transcript.source_id == recording.id
    assert project.transcripts.pending() == []
    assert project.document(transcript.id).text == "Good afternoon.\nGoodbye."
    assert [(one.start, one.start_ms) for one in project.segments(transcript.id)] == [
        (0, 1000),
        (16, 4000),
    ]
    assert [hit.document_id for hit in project.find("goodbye")] == [transcript.id]
    project.undo()
    project.redo()
    assert project.verify() == []


def test_a_transcript_without_its_recording_is_cited_by_time(project: Project, write) -> None:
    project.intake.bring([write("talk.srt", SRT)])

    document = project.evidence.document_titled("SIC0001")
    project.tag_with_new_code(document, 0, 4, "Greeting")
    [quote] = project.quotes.select()
    assert (quote.quote, quote.time_ms, document.source_id) == ("Good", 1000, None)
    assert project.evidence.one("SIC0001").lengths[document.id] == len("Good afternoon.")


def test_a_transcript_that_comes_later_goes_to_the_recording_there(
    project: Project, write, film
) -> None:
    project.intake.bring([film("talk.mp4")])

    project.intake.attach("SIC0001", [write("talk.srt", SRT)])

    recording, transcript = project.evidence.one("SIC0001").documents
    assert transcript.source_id == recording.id


def test_a_file_that_changes_after_the_look_is_named_and_stops_nothing(
    project: Project, write
) -> None:
    changed, gone, good = (write(f"{name}.txt", f"We {name}.") for name in ("sang", "met", "ate"))
    with project.intake.survey([changed, gone, good]) as plan:
        changed.write_text("Something else.")
        gone.unlink()

        report = project.intake.admit(plan)

    assert [Path(one.path).name for one in report.imported] == ["ate.txt"]
    assert [one.ref for one in report.imported] == ["SIC0001"]
    first, second = report.sentences()
    assert first == "“sang.txt” was changed while it was being imported. Import it again."
    assert "met.txt" in second
    assert receipts(project) == {
        "sang.txt": "unreadable",
        "met.txt": "unreadable",
        "ate.txt": "imported",
    }


def test_parts_that_were_skipped_stand_on_the_first_document(project: Project, write) -> None:
    text = (
        "From: Jo Lee <jo@example.org>\nSubject: Us\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="x"\n\n--x\n\nWe met.\n'
        '--x\nContent-Type: text/vcard; name="jo.vcf"\n\nBEGIN:VCARD\n--x--\n'
    )

    report = project.intake.bring([write("a.eml", text)])

    [document] = project.evidence.one("SIC0001").documents
    assert any("jo.vcf" in problem and "not read" in problem for problem in document.problems)
    assert report.failed == []


def test_a_mail_that_says_nothing_is_blank_and_keeps_its_reference(project: Project, mail) -> None:
    project.intake.bring([mail("a.eml", "Jo Lee", "")])

    assert project.submission("SIC0001").status is Status.BLANK


def test_large_files_are_copied_while_others_can_write(
    project: Project, write, monkeypatch
) -> None:
    monkeypatch.setattr(admit, "_LARGE", 1000)
    free: list[bool] = []
    keep = project._store.keep_original

    def watched(source: object) -> object:
        free.append(not project._store._writer.in_transaction)
        return keep(source)

    project._store.keep_original = watched  # type: ignore[method-assign]

    project.intake.bring([write("big.txt", "We met.\n" * 200), write("small.txt", "We sang.")])

    assert free == [True, False]


def test_wishes_are_pointed_out_and_decide_nothing(project: Project, mail) -> None:
    text = f"{WORDS}\n\nPlease treat this as confidential and do not publish my name."

    project.intake.bring([mail("a.eml", "Jo Lee", text)])

    submission = project.submission("SIC0001")
    assert submission.flags == ("wishes",)
    assert submission.permission is Permission.UNKNOWN
