"""Marks go, words stay, and who speaks is told where it is certain."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.ingest.timed.cue_text import Said, Spoken, by_speaker, said_in, with_speakers


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("plain", [Said("plain")]),
        ("<b.loud>Hee!</b> <i>ha", [Said("Hee! ha")]),
        ("<00:01.000>so<c> we</c>", [Said("so we")]),
        ("<ruby>That's <rt>awesome!", [Said("That's awesome!")]),
        ("<bad>That's it</bad>", [Said("That's it")]),
        ("<inaudible> and I <3 it, a < b", [Said("<inaudible> and I <3 it, a < b")]),
        ("<c>This is </c awesome!", [Said("This is awesome!")]),
        ("{\\an8}Up<br>and down", [Said("Up"), Said("and down")]),
        ("Some &amp; other &lt;v&gt; &lrm;", [Said("Some & other <v> \u200e")]),
        ("AT&T &am; &#xD800;", [Said("AT&T &am; \ufffd")]),
        ("<v.first Mary &amp; Co>No</v> way", [Said("No", "Mary & Co"), Said("way")]),
        ("<v A>Yes\n<v B>No", [Said("Yes", "A"), Said("No", "B")]),
        ("<b></b>", []),
    ],
)
def test_the_marks_of_a_cue_go_and_its_words_stay(text: str, said: list[Said]) -> None:
    assert list(said_in(text)) == said


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("<>/vcb.& ;#x7\n{\\}[br]A")))
def test_any_text_becomes_lines_with_words(text: str) -> None:
    assert all(line.text == " ".join(line.text.split()) != "" for line in said_in(text))


def speakers_of(*lines: str) -> list[tuple[str, str]]:
    cues = [Spoken(place, place + 1, said_in(line)) for place, line in enumerate(lines)]
    return [(said.speaker, said.text) for cue in with_speakers(cues) for said in by_speaker(cue)]


def test_names_that_begin_most_cues_are_speakers() -> None:
    assert speakers_of("Jane Smith: Hello.", "Dr Bob O’Neill (Chair): Note: well", "Hm") == [
        ("Jane Smith", "Hello."),
        ("Dr Bob O’Neill (Chair)", "Note: well"),
        ("", "Hm"),
    ]


def test_a_turns_mark_or_repeated_capitals_make_a_speaker_and_a_single_label_does_not() -> None:
    lines = (
        ">> JANE: Hi", "one", "two", "CHAIR: Yes", "three", "CHAIR: No", "four", "five",
        "Remember: go",
    )  # fmt: skip

    told = speakers_of(*lines)

    assert [who for who, _ in told] == ["JANE", "", "", "CHAIR", "", "CHAIR", "", "", ""]
    assert told[-1] == ("", "Remember: go")


def test_who_is_named_speaks_to_the_end_of_the_cue() -> None:
    assert speakers_of("JANE: Yes\nindeed\nBOB: No", "JANE: so", "BOB: no") == [
        ("JANE", "Yes indeed"),
        ("BOB", "No"),
        ("JANE", "so"),
        ("BOB", "no"),
    ]
