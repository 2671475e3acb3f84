"""Subtitles come in with their times and speakers; damage costs a name, never words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.draft import DraftDocument, DraftSegment, Source
from coder.domain.errors import Blank, Unreadable
from coder.domain.model import DocumentKind
from coder.ingest.timed.subtitles import is_timing, read_subtitles


def document_of(text: str | bytes, name: str = "talk.vtt") -> DraftDocument:
    data = text if isinstance(text, bytes) else text.encode()
    (document,) = read_subtitles(Source(name, data=data)).documents
    return document


def cues_of(text: str) -> list[tuple[int, int, str]]:
    return [(one.start_ms, one.end_ms, one.text) for one in document_of(text).segments]


def test_a_web_vtt_file_becomes_a_timed_transcript() -> None:
    document = document_of(
        "WEBVTT - Our evening\nKind: captions\n\nintro\n00:01.000 --> 00:04.500 line:0\n"
        "We meet\non Tuesdays.\n\n01:00:05.250 --> 01:00:09.000\n<v Jane Smith>And we talk.\n"
    )

    assert document.kind is DocumentKind.TRANSCRIPT
    assert (document.text, document.paragraphs) == ("", ())
    assert document.problems == (
        "The file’s heading, which players do not show, was left out: “Our evening”",
    )
    assert document.segments == (
        DraftSegment(1000, 4500, "We meet on Tuesdays."),
        DraftSegment(3605250, 3609000, "And we talk.", "Jane Smith"),
    )


@pytest.mark.parametrize(
    ("line", "timed"),
    [
        ("00:00:01,000 --> 00:00:02,000", True),
        ("00:01.000 --> 00:02.000 position:42%,left", True),
        ("00:00:25.000\t-->\t00:00:27.000", True),
        ("00:01.000 ---> 00:02.000", True),
        ("00:00:01,5 -> 00:00:02,5", True),
        ("0:00:01.000,0:00:02.000", True),
        ("00:00:07.000 --> 00:00:1d.890", True),
        ("We went from A --> B", False),
        ("7 --> 8", False),
        ("1,2", False),
        ("10:30, 11:30", False),
        ("", False),
    ],
)
def test_lines_with_times_are_told_from_words(line: str, timed: bool) -> None:
    assert is_timing(line) is timed


def test_sub_rip_keeps_the_words_after_a_blank_line_in_a_cue() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nOne\n\nstill one\n2\n00:00:03,000 --> 00:00:04,000\nTwo"
    )

    assert cues_of(text) == [(1000, 2000, "One still one"), (3000, 4000, "Two")]


def test_sub_viewer_lines_are_read() -> None:
    text = "0:00:00.378,0:00:11.378\nOne[br]and more\n\n0:00:13.489,0:00:15.489\nTwo\n"

    assert cues_of(text) == [(378, 11378, "One and more"), (13489, 15489, "Two")]


def test_a_damaged_end_is_guessed_from_the_next_cue_and_said_so() -> None:
    text = "WEBVTT\n\n00:07.000 --> 00:1d.890\nHere\n\n00:11.890 --> 00:16.320\nThere\n"

    document = document_of(text)

    assert cues_of(text) == [(7000, 11890, "Here"), (11890, 16320, "There")]
    assert document.problems == (
        "The time of “Here” is damaged; it was guessed from its neighbours.",
    )


def test_words_without_a_time_stay_in_place_and_are_named() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\nTwo\n\n3\n00:00:05,000 --> 00:00:06,000\nThree"
    )

    document = document_of(text, "talk.srt")

    assert cues_of(text) == [(1000, 2000, "One"), (2000, 2000, "Two"), (5000, 6000, "Three")]
    assert document.problems == ("“Two” has no time in the file; it stands where it was found.",)


def test_a_cue_that_ends_before_it_begins_keeps_its_beginning() -> None:
    document = document_of("WEBVTT\n\n00:17.484 --> 00:16.543\nBack\n")

    assert [(one.start_ms, one.end_ms) for one in document.segments] == [(17484, 17484)]
    assert "1 cue ends before" in document.problems[0]


def test_cues_out_of_order_are_put_in_order_and_said_so() -> None:
    text = "WEBVTT\n\n00:05.000 --> 00:06.000\nLater\n\n00:01.000 --> 00:02.000\nFirst\n"

    assert [words for _, _, words in cues_of(text)] == ["First", "Later"]
    assert "out of order" in document_of(text).problems[0]


def test_notes_styles_and_regions_are_no_words_and_a_persons_note_is_named() -> None:
    document = document_of(
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:fred\n\nNOTE by Kyle\n\n"
        "NOTE Confidence: 0.9\n\n00:01.000 --> 00:02.000\nHello\n"
    )

    assert [one.text for one in document.segments] == ["Hello"]
    assert document.problems == ("A note that players do not show was left out: “by Kyle”",)


def test_captions_that_roll_up_come_once() -> None:
    text = (
        "WEBVTT\nKind: captions\nLanguage: en\n\n"
        "00:00:00.160 --> 00:00:02.389 align:start position:0%\n \n"
        "so<00:00:00.320><c> today</c><00:00:00.719><c> we</c>\n\n"
        "00:00:02.389 --> 00:00:02.399 align:start position:0%\nso today we\n \n\n"
        "00:00:02.399 --> 00:00:04.950 align:start position:0%\nso today we\n"
        "are<00:00:02.560><c> going</c>\n\n"
        "00:00:04.950 --> 00:00:04.960 align:start position:0%\nare going\n \n"
    )

    assert cues_of(text) == [(160, 2389, "so today we"), (2399, 4950, "are going")]


def test_words_said_twice_are_kept_twice() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nNo.\n\n00:02.000 --> 00:03.000\nNo.\n"

    assert [words for _, _, words in cues_of(text)] == ["No.", "No."]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_told(encoding: str) -> None:
    data = "WEBVTT\n\n00:01.000 --> 00:02.000\nCafé – “ok”\n".encode(encoding)

    assert document_of(data).segments[0].text == "Café – “ok”"


def test_a_file_without_cues_is_blank() -> None:
    with pytest.raises(Blank, match="holds no words with times"):
        document_of("WEBVTT\nRegion: id=fred\n")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from([
            b"WEBVTT\n", b"\n", b"\n\n", b"00:01.000 --> 00:02.000", b"9999:99:99.9 -->", b"-->",
            b"0:00:01.0,0:00:02.0\n", b"<v A>", b"</v>", b"<", b"&#xD800;", b"&#0;", b"7\n",
            b"NOTE ", b"JANE: ", b"\xff\xfe", b"\0", b"\xe2\x80\xa8", b"{\\an8}", b"text ",
        ])
        | st.binary(max_size=12),
        max_size=40,
    )
)  # fmt: skip
def test_any_bytes_give_lines_in_order_of_time_or_are_unreadable(parts: list[bytes]) -> None:
    try:
        segments = document_of(b"".join(parts)).segments
    except Unreadable:
        return

    assert [one.start_ms for one in segments] == sorted(one.start_ms for one in segments)
    assert all(one.start_ms <= one.end_ms for one in segments)
    assert all(one.text.strip() and len(one.text.splitlines()) == 1 for one in segments)


def test_real_files_give_a_cue_for_each_line_with_times(corpus: Path) -> None:
    paths = sorted((corpus / "subtitle").iterdir())
    odd = []
    for path in paths:
        arrows = path.read_bytes().count(b"-->")
        try:
            cues = len(document_of(path.read_bytes(), path.name).segments)
        except Blank:
            cues = 0
        if cues != arrows:
            odd.append((path.name, arrows, cues))

    assert odd == [
        ("glut23__invalid_timeframe_in_cue_text.vtt", 4, 3),  # one of them is empty
        ("glut23__missing_timeframe.sbv", 0, 5),
        ("glut23__missing_timeframe.srt", 4, 5),  # and one without a time
    ]
