"""Transcripts of meetings saved as a text or Word file get their times back; agendas do not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.draft import Source
from coder.domain.model import DocumentKind
from coder.ingest.registry import read_one
from coder.ingest.timed.transcript_text import segments_of

WordFile = Callable[..., Source]


def told(text: str) -> list[tuple[int, int, str, str]]:
    segments, _ = segments_of(text.split("\n"))
    return [(one.start_ms, one.end_ms, one.speaker, one.text) for one in segments]


def test_teams_writes_name_and_time_above_the_words() -> None:
    assert told(
        "Our meeting\nJane Smith   0:03\nHello.\nAll well?\nDr Bob   0:10\nYes.\n"
        "Jane Smith   1:02:15\nBye."
    ) == [
        (0, 3000, "", "Our meeting"),
        (3000, 10000, "Jane Smith", "Hello."),
        (3000, 10000, "Jane Smith", "All well?"),
        (10000, 3735000, "Dr Bob", "Yes."),
        (3735000, 3735000, "Jane Smith", "Bye."),
    ]


def test_older_teams_files_hold_cues() -> None:
    assert told(
        "0:0:0.0 --> 0:0:3.9\nJane Smith\nHello.\n0:0:4.0 --> 0:0:5.0\nBob\nYes.\n"
        "0:0:6.0 --> 0:0:7.0\nJane Smith\nBye."
    ) == [
        (0, 3900, "Jane Smith", "Hello."),
        (4000, 5000, "Bob", "Yes."),
        (6000, 7000, "Jane Smith", "Bye."),
    ]


@pytest.mark.parametrize(
    "form", ["[{time}] {name}: {words}", "({time}) {name}: {words}", "{name} [{time}]: {words}"]
)
def test_typists_put_time_name_and_words_on_a_line(form: str) -> None:
    lines = [
        form.format(time=time, name=name, words=words)
        for time, name, words in [
            ("00:00:03", "Jane", "Hello."),
            ("00:00:07", "Bob", "Yes."),
            ("00:01:00", "Jane", "Bye."),
        ]
    ]

    assert told("\n".join(lines)) == [
        (3000, 7000, "Jane", "Hello."),
        (7000, 60000, "Bob", "Yes."),
        (60000, 60000, "Jane", "Bye."),
    ]


def test_zooms_clock_on_the_wall_is_counted_from_the_first_and_said_so() -> None:
    text = "[Jane] 14:02:11\nHello.\n[Bob] 14:02:15\nYes.\n[Jane] 14:02:20\nBye.\n"

    (document,) = read_one(Source("saved.txt", data=text.encode())).documents

    assert [one.start_ms for one in document.segments] == [0, 4000, 9000]
    assert "clock on the wall" in document.problems[0]


@pytest.mark.parametrize(
    "text",
    [
        "Agenda\nWelcome   10:00\nTalk   10:30\nLunch   12:30",
        "10:00 Welcome: Chair\n10:15 Panel: all\n11:00 Welcome: again",
        "We met at 10:30.\nWe left at 12:30.\nWe came back at 14:30.",
        "Jane Smith   0:03\nHello.\nBob   0:07\nYes.",
        "Jane Smith   0:03\nBob   0:07\nJane Smith   0:09\nBob   0:10",
        "",
    ],
)
def test_other_texts_with_times_stay_texts(text: str) -> None:
    assert told(text) == []


def test_a_word_file_becomes_a_transcript(word_file: WordFile) -> None:
    lines = ["[00:03] Jane: Hello.", "[00:07] Bob: Yes.", "[01:00] Jane: Bye."]
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)

    (document,) = read_one(word_file(body)).documents

    assert document.kind is DocumentKind.TRANSCRIPT
    assert (document.text, len(document.segments)) == ("", 3)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Jane  0:03", "[Bob] 9:99:99", "[0:01] A: b", "Ann [0:04]", "0:0:1 --> 7:", "x"]
        )
    )
)
def test_no_line_is_lost(lines: list[str]) -> None:
    segments, _ = segments_of(lines)

    assert not segments or sum(one.text == "x" for one in segments) == lines.count("x")
