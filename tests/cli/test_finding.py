"""Searching, and tagging what was found, by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command


def test_search_finds_stems_with_their_places(project: Path, cli: Command) -> None:
    # Given a letter with “volunteered”, when another form is asked for
    [hit] = cli("search", project, "volunteering", "--json").json

    # Then the place is that of the words, and they are shown
    text = cli("show", project, "SIC0001", "--json").json["documents"][0]["text"]
    assert text[hit["start"] : hit["end"]] == "volunteered"
    assert (hit["ref"], hit["document"]) == ("SIC0001", "letter.txt")
    assert "«volunteered»" in hit["snippet"]
    assert "«volunteered»" in cli("search", project, "volunteering").out
    assert cli("search", project, "aeroplane", "--json").json == []


def test_a_search_says_when_there_is_more(project: Path, cli: Command) -> None:
    cli("tag", project, "SIC0001", "--code", "Volunteering", "--quote", "We need buses")
    cli("memo", project, "SIC0001", "--code", "Volunteering", "--quote", "We need buses",
        "--text", "Buses again")  # fmt: skip
    told = cli("search", project, "buses", "--limit", "1")
    assert len(told.out.splitlines()) == 2
    assert told.err == "The best 1 place; --limit shows more.\n"
    assert cli("search", project, "buses", "--limit", "2").err == "2 places found.\n"
    assert len(cli("search", project, "buses", "--limit", "1", "--json").json) == 1


def test_a_search_that_cannot_be_understood(project: Path, cli: Command) -> None:
    assert cli("search", project, '"buses').refuses("buses")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("buses OR", "OR stands between two words"),
        ("NOT buses", "what to leave out"),
        ("buses in:SIC0999", "no submission SIC0999"),
        ("buses type:charty", "“charty” is no type of respondent. There are individual, charity"),
        ("buses code:Nothing", "There is no code “Nothing”"),
        ("kind:memo by:Nobody", "Nobody called “Nobody”"),
    ],
)
def test_what_is_wrong_with_a_search_is_said_in_plain_words(
    project: Path, cli: Command, typed: str, said: str
) -> None:
    told = cli("search", project, typed)

    assert told.code == 2
    assert said in told.err


def test_names_are_found_behind_the_places(project: Path, cli: Command) -> None:
    cli("set", project, "SIC0001", "--organisation", "Bus Users of Aldersyke")

    found = cli("search", project, "bus", "--json").json

    assert (found[-1]["kind"], found[-1]["about"]) == ("name", "organisation")
    assert found[-1]["snippet"] == "Bus Users of Aldersyke"


def test_tag_all_shows_what_it_would_do_and_then_does_it_in_one_step(
    project: Path, cli: Command
) -> None:
    # When only asked what would happen, nothing does
    shown = cli("tag-all", project, "buses", "--code", "Volunteering", "--dry-run")
    assert "2 passages would be tagged with “Volunteering”." in shown.out
    assert cli("quotes", project, "--json").json == []

    # When it is done, the sentence around the word carries the code
    made = cli("tag-all", project, "buses", "--code", "Volunteering", "--json").json
    assert [one["words"] for one in made] == ["We need buses.", "We need buses in the evening."]
    quotes = cli("quotes", project, "--json").json
    assert [one["quote"] for one in quotes] == [one["words"] for one in made]

    # Then once more changes nothing, and undo takes all of it back
    again = cli("tag-all", project, "buses", "--code", "Volunteering")
    assert again.out == "0 passages tagged with “Volunteering”; 2 carry the code already.\n"
    assert "Tag 2 passages with “Volunteering”" in cli("undo", project).out
    assert cli("quotes", project, "--json").json == []


def test_tag_all_makes_a_code_only_where_it_is_asked_to(project: Path, cli: Command) -> None:
    assert cli("tag-all", project, "buses", "--code", "Transport").refuses("Transport")

    told = cli("tag-all", project, "buses", "--code", "Transport", "--create", "--unit", "words")

    assert told.code == 0
    assert [quote["quote"] for quote in cli("quotes", project, "--json").json] == ["buses"] * 2
