"""Clips of a project: of what may leave, and nothing around it that may not."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from coder.domain.errors import Cancelled, Refused
from coder.domain.model import Coding, Document
from coder.domain.quotes import QuoteFilter
from coder.jobs import Job
from coder.project import Project
from coder.project.clips import ClipOptions
from coder.transcribe.audio import RATE, decode, stretch
from tests.export.films import film, lag, length
from tests.recorded import spoken

SAID = ("One is plain.", "Two is not.", "Three is long.", "Four ends it.")

Tag = Callable[..., Coding]
EXACT = ClipOptions(padding_ms=250, exact=True)


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("films") / "film.mp4")


@pytest.fixture
def heard(project: Project, recording: Path) -> Document:
    """The transcript of a film by somebody who is named."""
    transcript = spoken(project, recording, SAID)
    project.evidence.change("SIC0001", respondent="Ada Brook", permission="named")
    return transcript


@pytest.fixture
def tag(project: Project, heard: Document) -> Tag:
    """Tags words of the transcript."""

    def put(words: str, *, sensitive: bool = False) -> Coding:
        code = next((one for one in project.codebook.codes()), None) or project.codebook.add("A")
        start = heard.text.index(words)
        [coding] = project.codings.tag(heard, start, start + len(words), [code])
        if sensitive:
            project.codings.set_sensitive([coding], sensitive=True)
        return coding

    return put


def test_a_quote_is_cut_at_its_first_and_last_word(
    project: Project, tag: Tag, recording: Path, tmp_path: Path
) -> None:
    tag("is plain.\nTwo is")

    report = project.clips.export(QuoteFilter(), tmp_path / "clips", EXACT)
    assert report.preview.length_ms == 3_000

    # The words are spoken from 0.75 to 3.25 s
    [clip] = report.clips
    assert (clip.start_ms, clip.end_ms, clip.first_ms) == (500, 3500, 750)
    assert length(clip.path) == pytest.approx(3.0, abs=0.1)
    [wanted] = stretch(recording, 500, 3500)
    assert abs(lag(decode(clip.path), wanted, RATE)) <= 0.01
    assert report.problems == ()


def test_beside_it_lie_its_words_and_a_page_and_a_table(
    project: Project, tag: Tag, tmp_path: Path
) -> None:
    tag("is plain.\nTwo is")
    project.clips.export(QuoteFilter(), tmp_path, EXACT)

    [words] = tmp_path.glob("*.srt")
    assert words.read_text("utf-8") == (
        "1\n00:00:00,250 --> 00:00:01,500\nis plain.\n\n2\n00:00:01,500 --> 00:00:02,750\nTwo is\n"
    )
    [subtitles] = tmp_path.glob("*.vtt")
    assert "unchecked machine transcript" in subtitles.read_text("utf-8")
    assert "<v" not in subtitles.read_text("utf-8")
    page = (tmp_path / "clips.html").read_text("utf-8")
    assert "<script" not in page
    assert "— Ada Brook (SIC0001, 00:00, Chair speaking) · 00:03" in page
    assert page.count("<video") == page.count('poster="data:image/jpeg;base64,/9j/') == 1
    with (tmp_path / "clips.csv").open(encoding="utf-8-sig", newline="") as stream:
        [row] = csv.DictReader(stream)
    assert (tmp_path / row["file"]).is_file()
    assert row["file"].startswith("SIC0001 00.00 ")
    assert (row["seconds"], row["quote"]) == ("3.0", "is plain.\nTwo is")
    assert row["note"] == "unchecked machine transcript"


@pytest.mark.parametrize(
    ("change", "reason", "why"),
    [
        ({"permission": "withheld"}, "1 withheld", "withheld"),
        ({"permission": "unknown"}, "not known yet", "permission not known"),
        (
            {"permission": "anonymous"},
            "face and voice would tell who speaks",
            "face and voice would tell who speaks",
        ),
        ({"status": "blank"}, "counts as blank", "blank"),
    ],
)
def test_of_what_may_not_leave_there_is_no_clip(
    project: Project, tag: Tag, tmp_path: Path, change: dict[str, str], reason: str, why: str
) -> None:
    tag("Two is not.")
    project.evidence.change("SIC0001", **change)
    with pytest.raises(Refused) as told:
        project.clips.export(QuoteFilter(), tmp_path / "clips", EXACT)
    assert reason in told.value.remedy
    assert not (tmp_path / "clips").exists()
    [stays] = project.clips.preview(QuoteFilter()).stays
    assert (stays.ref, stays.why, stays.passages) == ("SIC0001", why, 1)


def test_nothing_sensitive_is_around_the_words(project: Project, tag: Tag, tmp_path: Path) -> None:
    # Given a quote between passages that are sensitive, behind a key frame that is before them
    tag("Two is not.")
    tag("Three", sensitive=True)
    tag("plain.", sensitive=True)
    wide = ClipOptions(padding_ms=2000, exact=False)

    # When it is cut with a wide margin, it is kept clear of both
    report = project.clips.export(QuoteFilter(), tmp_path, wide)
    [clip] = report.clips
    assert (clip.start_ms, clip.end_ms) == (1750, 4250)
    assert "encoded anew" in clip.notes
    assert report.preview.left_out.sensitive == 2

    # Unless somebody said yes to it
    asked = replace(wide, sensitive=True)
    assert project.clips.preview(QuoteFilter(), asked).clips == 3
    starts = [one.start_ms for one in project.clips.export(QuoteFilter(), tmp_path, asked).clips]
    assert starts[1] == 0


def test_what_is_spoken_together_with_something_sensitive_stays_in(
    project: Project, heard: Document, tag: Tag
) -> None:
    # Given two who speak at once, one of whom says what is sensitive
    tag("Two is not.")
    tag("Three is long.", sensitive=True)
    both = project.segments(heard.id)
    with project._store.step("Speak at once", project.coder) as tx:
        tx.put(replace(both[2], start_ms=2600, end_ms=4600, words=()))

    preview = project.clips.preview(QuoteFilter())

    assert (preview.clips, preview.left_out.sensitive) == (0, 2)


def test_a_quote_in_writing_is_no_clip_and_a_recording_that_is_gone_is_told(
    project: Project, tag: Tag, letter: Callable[..., Document], tmp_path: Path
) -> None:
    tag("Two is not.")
    written = letter("I write.")
    project.evidence.change("SIC0002", respondent="Bo", permission="named")
    project.codings.tag(written, 0, 7, project.codebook.codes())
    assert project.clips.preview(QuoteFilter()).clips == 1
    [media] = [one for one in project.evidence.one("SIC0001").documents if not one.source_id]
    project.evidence.original_path(media).unlink()

    report = project.clips.export(QuoteFilter(), tmp_path / "clips", EXACT)

    assert report.clips == ()
    assert report.problems[0].startswith("SIC0001, 00:02: The original of “film.mp4” is missing")
    assert list((tmp_path / "clips").iterdir()) == []


def test_when_stopped_the_clips_that_are_done_stay_with_their_page(
    project: Project, tag: Tag, tmp_path: Path
) -> None:
    tag("One is plain.")
    tag("Two is not.")
    job = Job()
    job.listener = lambda now: job.cancel() if now.done else None

    with pytest.raises(Cancelled):
        project.clips.export(QuoteFilter(), tmp_path, EXACT, job)

    assert len(list(tmp_path.glob("*.mp4"))) == 1
    assert (tmp_path / "clips.html").read_text("utf-8").count("<video") == 1
    assert list(tmp_path.glob(".*")) == []
