"""A transcript is corrected by command, and its tags stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command

SRT = """1
00:00:01,000 --> 00:00:03,000
We met in the old hall.

2
00:00:04,000 --> 00:00:06,000
Then the acquire sang.

3
00:01:10,000 --> 00:01:12,000
And we cooked.
"""


@pytest.fixture
def film(project: Path, cli: Command, tmp_path: Path) -> Path:
    """A project with a transcript of three sentences, SIC0002, of which one is tagged."""
    path = tmp_path / "talk.srt"
    path.write_text(SRT, encoding="utf-8")
    assert cli("import", project, path).code == 0
    told = cli("tag", project, "SIC0002", "--code", "Choirs", "--quote", "acquire sang", "--create")
    assert told.code == 0, told
    return project


def _quotes(cli: Command, project: Path) -> list[str]:
    return [one["quote"] for one in cli("quotes", project, "--code", "Choirs", "--json").json]


def test_a_sentence_gets_other_words_and_its_tag_goes_with_them(film: Path, cli: Command) -> None:
    told = cli(
        "transcript", "correct", film, "SIC0002", "--at", "00:04",
        "--text", "Then the choir sang.", "--json",
    )  # fmt: skip

    assert told.json["tags"] == 1
    assert [one["text"] for one in told.json["segments"]] == [
        "We met in the old hall.", "Then the choir sang.", "And we cooked.",
    ]  # fmt: skip
    assert _quotes(cli, film) == ["choir sang"]
    assert cli("verify", film).code == 0


def test_a_sentence_is_split_joined_put_in_and_removed(film: Path, cli: Command) -> None:
    def act(*words: str) -> list[str]:
        told = cli("transcript", words[0], film, "SIC0002", *words[1:], "--json")
        return [one["text"] for one in told.json["segments"]]

    assert act("split", "--at", "00:01", "--before", "in the")[:2] == ["We met", "in the old hall."]
    assert act("join", "--at", "00:01")[0] == "We met in the old hall."
    assert act("insert", "--at", "00:04", "--text", "Yes.")[2] == "Yes."
    assert act("delete", "--at", "1:10") == [
        "We met in the old hall.",
        "Then the acquire sang.",
        "Yes.",
    ]
    assert cli("transcript", "delete", film, "SIC0002", "--at", "00:04").refuses("tag lies")
    assert cli("verify", film).code == 0


def test_speakers_are_named_and_renamed(film: Path, cli: Command) -> None:
    told = cli(
        "transcript", "speaker", film, "SIC0002", "--from", "00:01", "--to", "00:04", "--name", "A"
    )
    assert told.out == "“A” speaks in 2 sentences in SIC0002.\n"

    told = cli("transcript", "rename-speaker", film, "SIC0002", "A", "Ann", "--json")

    assert [one["speaker"] for one in told.json["segments"]] == ["Ann", "Ann", ""]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("join", "SIC0002", "--at", "1:10"), "last sentence"),
        (("split", "SIC0002", "--at", "00:01", "--before", "choir"), "does not contain “choir”"),
        (("delete", "SIC0002", "--at", "00:00"), "begins at 00:00"),
        (("delete", "SIC0001", "--at", "00:00", "--document", "document"), "is no transcript"),
        (("rename-speaker", "SIC0002", "Ben", "Ann"), "is called “Ben”"),
    ],
)
def test_what_cannot_be_done_is_told(
    film: Path, cli: Command, words: tuple[str, ...], named: str
) -> None:
    assert cli("transcript", words[0], film, *words[1:]).refuses(named)


@pytest.mark.parametrize("at", ["1:39:10", "00:20", "00:05", "01:11"])
def test_at_a_time_at_which_none_begins_no_sentence_is_touched(
    film: Path, cli: Command, at: str
) -> None:
    for words in (
        ("delete", "--at", at),
        ("correct", "--at", at, "--text", "No."),
        ("split", "--at", at, "--before", "sang"),
        ("join", "--at", at),
        ("insert", "--at", at, "--text", "No."),
        ("confirm", "--at", "00:01", "--at", at),
        ("speaker", "--from", at, "--name", "Bob"),
        ("speaker", "--from", "00:01", "--to", at, "--name", "Bob"),
    ):
        told = cli("transcript", words[0], film, "SIC0002", *words[1:])
        assert told.refuses(f"No sentence of “talk.srt” begins at {at}")
        assert "01:10 (“And we cooked.”)" in told.err

    assert cli("verify", film).code == 0


def test_the_sentences_beside_a_time_are_named(film: Path, cli: Command) -> None:
    told = cli("transcript", "delete", film, "SIC0002", "--at", "00:05")

    assert "begin at 00:04 (“Then the acquire sang.”) and 01:10 (“And we cooked.”)" in told.err


def test_without_an_end_one_sentence_is_meant(film: Path, cli: Command) -> None:
    told = cli("transcript", "speaker", film, "SIC0002", "--from", "00:04", "--name", "Ann")
    assert told.out == "“Ann” speaks in 1 sentence in SIC0002.\n"

    backwards = ("--from", "00:04", "--to", "00:01", "--name", "Ann")
    told = cli("transcript", "speaker", film, "SIC0002", *backwards)
    assert told.refuses("00:04 comes behind 00:01")


def test_a_time_is_minutes_and_seconds(film: Path, cli: Command) -> None:
    told = cli("transcript", "join", film, "SIC0002", "--at", "soon")

    assert told.code == 2
    assert "Write it as 02:14" in told.err
