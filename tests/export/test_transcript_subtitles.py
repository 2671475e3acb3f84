"""Subtitles hold the words, the speakers and the times, and our own reader finds them there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import av
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coder.domain.draft import DraftDocument, DraftSegment, Source
from coder.domain.model import Permission, Segment
from coder.domain.segments import laid_out
from coder.export.transcript_cues import cues
from coder.export.transcript_sheet import Sheet
from coder.export.transcript_subtitles import srt, vtt
from coder.ingest.timed.subtitles import read_subtitles
from tests.export.sheets import ODD, sheet_of, spoken, timed, words_of

WORDS = st.sampled_from(ODD) | st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffe\uffff:"),
    max_size=12,
)
NAMES = st.sampled_from(["", "Ann Tate", "Dr. O’Neill", "A & B <chair>", "נועה", "Bob\nHope"])


def read_back(data: bytes, name: str) -> DraftDocument:
    (document,) = read_subtitles(Source(name, data=data)).documents
    return document


def voices(segments: Sequence[DraftSegment] | Sequence[Segment]) -> list[tuple[str, list[str]]]:
    """Who says what, each turn whole."""
    found: list[tuple[str, list[str]]] = []
    for one in segments:
        speaker = " ".join(one.speaker.split())
        if not found or found[-1][0] != speaker:
            found.append((speaker, []))
        found[-1][1].extend(one.text.split())
    return found


def test_web_vtt_names_voices_and_escapes_what_has_a_meaning() -> None:
    said = Segment("s", "d", 0, 1_000, 3_605_250, "You & I --> <b>all", "Ann")
    told = vtt(sheet_of([said])).decode()

    assert told.startswith("WEBVTT\n\nNOTE\nTranscript SIC0031 · film\nLoneliness\n")
    assert told.endswith(
        "\n\n00:00:01.000 --> 01:00:05.250\n<v Ann>You &amp; I --&gt; &lt;b&gt;all\n"
    )


def test_the_note_of_web_vtt_says_what_the_file_is_and_what_is_allowed() -> None:
    sheet = sheet_of([timed(0, 900, "Yes")], permission=Permission.ANONYMOUS, title="A --> B")
    note = vtt(sheet).decode().split("\n\n")[1]

    assert "Internal, not for publication" in note
    assert "SIC0031: may be quoted only without the name." in note
    assert "unchecked machine transcript" in note
    assert "-->" not in note


def test_sub_rip_numbers_cues_and_names_speakers() -> None:
    told = srt(sheet_of([timed(0, 900, "Yes.", "Ann"), timed(1_000, 2_000, "No.")])).decode()

    assert told == (
        "1\n00:00:00,000 --> 00:00:00,900\nAnn: Yes.\n\n2\n00:00:01,000 --> 00:00:02,000\nNo.\n"
    )


def test_sub_rip_keeps_the_signs_that_mean_nothing() -> None:
    told = srt(sheet_of([timed(0, 900, "AT&T > 3 < 4, she said <3 {x}")])).decode()

    assert told.endswith("AT&T > 3 < 4, she said &#60;3 {x}\n")


@pytest.mark.parametrize("write", [vtt, srt])
def test_nothing_said_gives_a_file_without_cues(write: object) -> None:
    assert callable(write)
    assert b" --> " not in write(sheet_of([]))


@given(spoken(WORDS, NAMES))
@example([timed(0, 900, "w1 a", "Ann"), timed(1_000, 2_000, "w2 b", ""), timed(2_100, 3_000, "c")])
def test_web_vtt_comes_back_as_it_was(segments: Sequence[Segment]) -> None:
    back = read_back(vtt(sheet_of(segments)), "talk.vtt").segments

    assert voices(back) == voices(segments)
    assert_times_stay(back, segments)


@given(spoken(WORDS, st.sampled_from(["Ann Tate", "Dr O’Neill", "Chair"])))
def test_sub_rip_comes_back_as_it_was(segments: Sequence[Segment]) -> None:
    whole = [*segments, timed(900_000, 901_000, "The end.", "Chair")]
    back = read_back(srt(sheet_of(whole)), "talk.srt").segments

    assert_times_stay(back, whole)
    if len(cues(whole)) > 1:
        assert voices(back) == voices(whole)


@given(spoken(WORDS, st.just("")))
def test_sub_rip_without_speakers_comes_back_as_it_was(segments: Sequence[Segment]) -> None:
    back = read_back(srt(sheet_of(segments)), "talk.srt").segments

    assert words_of(one.text for one in back) == words_of(one.text for one in segments)
    assert_times_stay(back, segments)


def assert_times_stay(back: Sequence[DraftSegment], segments: Sequence[Segment]) -> None:
    """Each segment begins and ends, in the file, when it is spoken; cut or not."""
    starts, ends = {one.start_ms for one in back}, {one.end_ms for one in back}
    assert {one.start_ms for one in segments} <= starts
    assert {one.end_ms for one in segments} <= ends


@pytest.mark.parametrize(("write", "name"), [(vtt, "talk.vtt"), (srt, "talk.srt")])
def test_a_player_finds_every_cue_at_its_time(
    write: Callable[[Sheet], bytes], name: str, tmp_path: Path
) -> None:
    said = [timed(1_000, 9_000, f"We met --> in {'x' * 50} & sang <3 <b>. " * 3, "Ann & Bo")]
    said = laid_out(
        [*said, timed(9_500, 12_000, "שלום 👩‍👩‍👧", ""), timed(12_000, 3_700_000, "Yes.")]
    )
    path = tmp_path / name
    path.write_bytes(write(sheet_of(said)))
    named = (lambda who: len(who) + 2) if write is srt else (lambda _: 0)
    with av.open(str(path)) as film:
        shown = [(one.pts, one.pts + one.duration) for one in film.demux() if one.size]

    assert shown == [(cue.start_ms, cue.end_ms) for cue in cues(said, named)]
