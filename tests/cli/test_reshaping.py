"""Tags by command, changed: recoded, drawn longer or shorter, split and joined."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command

WORDS = ("SIC0001", "--code", "Volunteering", "--quote", "We need buses")


@pytest.fixture
def tagged(project: Path, cli: Command) -> Path:
    """A project in which Noor and Asha have put Volunteering on the same words."""
    assert cli("tag", project, *WORDS).code == 0
    assert cli("tag", project, *WORDS, "--coder", "Asha Verma").code == 0
    return project


def _quotes(cli: Command, project: Path) -> set[tuple[str, str, str]]:
    return {
        (one["coder"], one["code"], one["quote"]) for one in cli("quotes", project, "--json").json
    }


def test_recode_changes_ones_own_and_undo_takes_it_back(tagged: Path, cli: Command) -> None:
    before = _quotes(cli, tagged)
    assert cli("code", "add", tagged, "Transport").code == 0

    [told] = cli("recode", tagged, *WORDS, "--as", "Transport", "--json").json

    assert (told["code"], told["coder"]) == ("Transport", "Noor Hadley")
    assert ("Asha Verma", "Volunteering", "We need buses") in _quotes(cli, tagged)
    cli("undo", tagged)
    assert _quotes(cli, tagged) == before


def test_resize_takes_the_words_that_overlap(tagged: Path, cli: Command) -> None:
    [told] = cli("resize-tag", tagged, *WORDS, "--to", "need buses", "--json").json
    assert told["quote"] == "need buses"
    again = ("SIC0001", "--code", "Volunteering", "--quote", "need buses")
    assert cli("resize-tag", tagged, *again, "--to", "elsewhere").refuses("need buses")


def test_split_and_join_are_opposites(tagged: Path, cli: Command) -> None:
    assert cli("memo", tagged, *WORDS, "--text", "Compare").code == 0
    halves = cli("split-tag", tagged, *WORDS, "--before", "buses", "--json").json
    assert [(one["quote"], one["memo"]) for one in halves] == [
        ("We need", "Compare"),
        ("buses", ""),
    ]

    first = ("SIC0001", "--code", "Volunteering", "--quote", "We need")
    [whole] = cli("join-tags", tagged, *first, "--json").json

    assert (whole["quote"], whole["memo"]) == ("We need buses", "Compare")
    assert cli("join-tags", tagged, *WORDS).refuses("no neighbouring tag")
    assert cli("split-tag", tagged, *WORDS, "--before", "We").refuses("does not stand inside")


def test_anothers_tag_is_not_reshaped(tagged: Path, cli: Command) -> None:
    cli("untag", tagged, *WORDS)
    for command in (
        ("recode", "--as", "Volunteering"),
        ("resize-tag", "--to", "We need"),
        ("split-tag", "--before", "buses"),
        ("join-tags",),
    ):
        assert cli(command[0], tagged, *WORDS, *command[1:]).refuses("Asha Verma"), command
