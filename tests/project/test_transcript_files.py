"""Transcripts leave as papers for the team: corrected, with speakers, and saying what they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import docx
import pytest

from coder.domain.errors import EvidenceError, NotFound, Refused
from coder.domain.model import Coder, Document, DocumentKind, Segment, new_id
from coder.project import Project
from coder.project.correcting import Correcting
from coder.project.manner import Manner
from coder.project.taking import UNFINISHED
from coder.project.transcript_files import Layout
from tests.export.sheets import timed

DATA = Path(__file__).parents[1] / "data"
FORMATS = (".docx", ".vtt", ".srt", ".txt")
SRT = "1\n00:00:01,000 --> 00:00:03,000\nGood afternoon.\n"

Hear = Callable[..., Document]


@pytest.fixture
def heard(project: Project) -> Hear:
    """A transcript of a film, as a machine writes it: two sentences, six seconds apart."""

    def hear(*problems: str) -> Document:
        project.intake.bring([DATA / "evidence_offset2.mp4"])
        [media] = project.evidence.one("SIC0001").documents
        machine = Coder(new_id(), "faster-whisper (base)", "2020-09-18T16:04:05Z")
        made = Document(
            new_id(), media.submission_id, media.position, "film: the evening (transcript)",
            DocumentKind.TRANSCRIPT, original=media.original, media_ms=70_000, source_id=media.id,
            problems=problems, machine_draft=True,
        )  # fmt: skip
        with project._store.step("Hear", machine, "machine") as tx:
            tx.put(made)
            for place, one in enumerate((timed(0, 2_000, "We met."), timed(8_000, 9_000, "Yes."))):
                tx.put(replace(one, id=new_id(), document_id=made.id, position=place))
        return project.document(made.id)

    return hear


def texts(project: Project, document: Document, folder: Path, layout: Layout | None = None) -> str:
    path = folder / "out.txt"
    project.transcript_files.export(document.id, path, layout or Layout())
    return path.read_text(encoding="utf-8")


def segments(project: Project, document: Document) -> list[Segment]:
    return project.segments(document.id)


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_is_written_and_told_of(
    project: Project, heard: Hear, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"film{ending}"
    report = project.transcript_files.export(heard().id, path)

    assert path.stat().st_size > 0
    assert (report.ref, report.sentences, report.machine_draft) == ("SIC0001", 2, True)
    assert str(report).startswith("2 sentences of SIC0001; internal, not for publication.")


def test_corrections_and_speakers_are_in_it(project: Project, heard: Hear, tmp_path: Path) -> None:
    document = heard()
    first, second = segments(project, document)
    project.correcting.rewrite(first.id, "We sang.")
    project.correcting.set_speaker([second.id], "Ann")
    for ending in FORMATS:
        path = tmp_path / f"film{ending}"
        project.transcript_files.export(document.id, path)
        told = _words_of(path)

        assert "We sang." in told
        assert "We met." not in told
        assert "Ann" in told


def _words_of(path: Path) -> str:
    if path.suffix != ".docx":
        return path.read_text(encoding="utf-8")
    return "\n".join(one.text for one in docx.Document(str(path)).paragraphs)


def test_who_wrote_it_and_whether_it_was_checked_and_corrected_is_said(
    project: Project, heard: Hear, tmp_path: Path
) -> None:
    document = heard()
    project.correcting.rewrite(segments(project, document)[0].id, "We sang.")
    draft = texts(project, document, tmp_path)
    project.transcripts.set_checked(document.id, checked=True)
    checked = texts(project, document, tmp_path)

    assert "Transcribed by faster-whisper (base)." in draft
    assert "1 sentence was corrected by hand." in draft
    assert "Machine draft, not checked." in draft
    assert "Machine draft" not in checked
    today = datetime.now().astimezone()
    assert f"Checked by {project.coder.name} on {today.day} {today:%B} {today.year}." in checked


Act = Callable[[Correcting, Segment], object]


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda acts, one: acts.rewrite(one.id, "We sang."), 1),
        (lambda acts, one: acts.insert(one.id, "Twice."), 1),
        (lambda acts, one: acts.delete(one.id), 1),
        (lambda acts, one: acts.set_speaker([one.id], "Ann"), 0),
        (lambda acts, one: acts.confirm(one.id), 0),
        (lambda acts, one: acts.split(one.id, 3), 0),
        (lambda acts, one: acts.join(one.id), 0),
    ],
    ids=["words", "put in", "deleted", "named", "confirmed", "parted", "joined"],
)
def test_only_changed_words_count_as_corrected_by_hand(
    project: Project, heard: Hear, tmp_path: Path, act: Act, told: int
) -> None:
    document = heard()
    told_of = "1 sentence was corrected by hand."

    act(project.correcting, segments(project, document)[0])
    assert (told_of in texts(project, document, tmp_path)) == bool(told)
    assert "corrected" not in texts(project, document, tmp_path).replace(told_of, "")

    project.undo()
    assert "corrected" not in texts(project, document, tmp_path)
    project.redo()
    assert (told_of in texts(project, document, tmp_path)) == bool(told)


def test_a_sentence_put_in_and_deleted_again_is_no_correction(
    project: Project, heard: Hear, tmp_path: Path
) -> None:
    document = heard()
    [made] = project.correcting.insert(segments(project, document)[0].id, "Twice.").segments
    project.correcting.rewrite(made.id, "Two times.")
    assert "1 sentence was corrected" in texts(project, document, tmp_path)

    project.correcting.delete(made.id)
    assert "corrected" not in texts(project, document, tmp_path)


def test_who_checked_it_is_known_through_undo_and_a_second_mark(
    project: Project, heard: Hear
) -> None:
    document = heard()

    def checker() -> str | None:
        found = project.transcripts.checked_by(project.document(document.id))
        return found[0] if found else None

    assert checker() is None
    project.as_coder("Noor Hadley")
    project.transcripts.set_checked(document.id, checked=True)
    marked = project.history(1)[0].at
    assert project.transcripts.checked_by(project.document(document.id)) == ("Noor Hadley", marked)
    project.as_coder("Sam Ryder")
    project.transcripts.set_checked(document.id, checked=False)
    assert checker() is None
    project.undo()
    assert checker() == "Noor Hadley"
    project.redo()
    project.transcripts.set_checked(document.id, checked=True)
    assert checker() == "Sam Ryder"


def test_what_was_sent_in_was_checked_by_nobody(
    project: Project, write: Callable[..., Path]
) -> None:
    project.intake.bring([write("talk.srt", SRT)])
    [document] = project.transcript_files.all()

    assert project.transcripts.checked_by(document) is None


def test_what_the_respondent_allows_is_said(project: Project, heard: Hear, tmp_path: Path) -> None:
    document = heard()
    project.evidence.change("SIC0001", permission="anonymous", respondent="Ann Tate")
    told = texts(project, document, tmp_path)

    assert "Internal, not for publication" in told
    assert "SIC0001: may be quoted only without the name." in told
    assert "\nAnn Tate  ·  Exported " in told


def test_what_is_not_finished_is_written_as_far_as_it_has_come(
    project: Project, heard: Hear, tmp_path: Path
) -> None:
    document = heard(UNFINISHED, "The sound breaks off at 00:09.")
    told = texts(project, document, tmp_path)

    assert "Not finished: the recording goes on beyond its end." in told
    assert "The sound breaks off at 00:09." in told
    assert not project.transcript_files.export(document.id, tmp_path / "b.txt").finished


def test_pauses_are_marked_and_times_left_out_where_asked_for(
    project: Project, heard: Hear, tmp_path: Path
) -> None:
    document = heard()

    assert "[pause" not in texts(project, document, tmp_path)
    told = texts(project, document, tmp_path, Layout(pauses_ms=2_000, times=False))
    assert told.endswith("\nWe met. [pause, 6 seconds] Yes.\n")
    assert "[pause" not in texts(project, document, tmp_path, Layout(pauses_ms=7_000))


@pytest.mark.parametrize("layout", [Layout(pauses_ms=2_000), Layout(times=False)])
def test_subtitles_have_times_and_no_marks(
    project: Project, heard: Hear, tmp_path: Path, layout: Layout
) -> None:
    with pytest.raises(Refused, match=r"“film\.srt” would be subtitles"):
        project.transcript_files.export(heard().id, tmp_path / "film.srt", layout)


def test_what_is_no_transcript_is_refused(
    project: Project, letter: Callable[..., Document], tmp_path: Path
) -> None:
    with pytest.raises(Refused, match=r"“letter\.txt” is not a transcript"):
        project.transcript_files.export(letter("We met.").id, tmp_path / "a.vtt")

    assert not (tmp_path / "a.vtt").exists()


def test_what_holds_no_words_is_refused(project: Project, heard: Hear, tmp_path: Path) -> None:
    document = heard()
    with project._store.step("Remove", project.coder) as tx:
        for segment in segments(project, document):
            tx.delete(segment)

    with pytest.raises(Refused, match="holds no words yet"):
        project.transcript_files.export(document.id, tmp_path / "a.vtt")
    assert project.transcript_files.all() == []


def test_what_was_sent_in_with_times_is_not_called_a_machines(
    project: Project, write: Callable[..., Path], tmp_path: Path
) -> None:
    project.intake.bring([write("talk.srt", SRT)])
    [document] = project.transcript_files.all()
    told = texts(project, document, tmp_path)

    assert "Written down by others, and received as “talk.srt”." in told
    assert "achine" not in told
    assert project.transcript_files.suggested_name(document) == "SIC0001 talk"


def test_all_go_into_a_folder_each_under_a_name_of_its_own(
    project: Project, heard: Hear, write: Callable[..., Path], tmp_path: Path
) -> None:
    heard()
    project.intake.bring([write("talk.srt", SRT)])
    reports = project.transcript_files.export_all(tmp_path / "new" / "out", ".vtt")

    assert [report.path.name for report in reports] == [
        "SIC0001 film the evening (transcript).vtt",
        "SIC0002 talk.vtt",
    ]
    assert all(report.path.read_bytes().startswith(b"WEBVTT") for report in reports)


def test_two_of_one_name_are_numbered(project: Project, heard: Hear, tmp_path: Path) -> None:
    first = heard()
    twin = replace(first, id=new_id(), source_id=None, text="", paragraphs=())
    with project._store.step("Twin", project.coder) as tx:
        tx.put(twin)
        tx.put(replace(timed(0, 900, "Yes"), id=new_id(), document_id=twin.id))

    names = [one.path.name for one in project.transcript_files.export_all(tmp_path / "o", ".txt")]
    assert names == [
        "SIC0001 film the evening (transcript).txt",
        "SIC0001 film the evening (transcript) 2.txt",
    ]


def test_without_any_transcript_nothing_is_made(project: Project, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no transcript"):
        project.transcript_files.export_all(tmp_path / "o", ".vtt")

    assert not (tmp_path / "o").exists()


def test_a_folder_that_cannot_be_made_is_told(
    project: Project, heard: Hear, tmp_path: Path
) -> None:
    heard()
    (tmp_path / "o").write_text("a file")

    with pytest.raises(EvidenceError, match="“o” could not be made"):
        project.transcript_files.export_all(tmp_path / "o", ".vtt")


def test_it_says_which_engine_and_model_heard_it_in_which_language(
    project: Project, tmp_path: Path
) -> None:
    project.intake.bring([DATA / "evidence_offset2.mp4"])
    [media] = project.evidence.one("SIC0001").documents
    made = project.transcripts.make(media.id, Manner(model="whisper-synthetic"))

    told = texts(project, made, tmp_path)

    assert "Transcribed by faster-whisper (whisper-synthetic) in English." in told
