"""Tags by command: put, named, taken off, written about and marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command

WORDS = ("SIC0001", "--code", "Volunteering", "--quote", "We need buses")


def test_tag_tells_what_it_did(project: Path, cli: Command) -> None:
    told = cli(
        "tag", project, "SIC0001", "--code", "Transport/Evenings", "--quote", "We need buses",
        "--nth", "2", "--create", "--json",
    ).json  # fmt: skip
    text = cli("show", project, "SIC0001", "--json").json["documents"][0]["text"]
    assert told["start"] == text.rindex("We need buses")
    assert told["end"] - told["start"] == len("We need buses")
    assert (told["ref"], told["document"]) == ("SIC0001", "letter.txt")
    assert (told["code"], told["coder"]) == ("Transport/Evenings", "Noor Hadley")
    assert cli("undo", project).out == "Undone: Tag “Evenings”\n"


def test_without_a_title_the_first_document_with_the_words_is_tagged(
    project: Path, tmp_path: Path, cli: Command
) -> None:
    # Given a submission of two documents
    (tmp_path / "a.txt").write_text("A covering note.")
    (tmp_path / "b.txt").write_text("The bench on the corner matters.")
    cli("import", project, tmp_path / "a.txt", tmp_path / "b.txt", "--as-one")
    words = ("--code", "Volunteering", "--quote", "The bench")

    # When words of the second are tagged, then it is found; and a title holds to itself
    assert cli("tag", project, "SIC0002", *words, "--json").json["document"] == "b.txt"
    assert cli("tag", project, "SIC0002", *words, "--document", "a.txt").refuses("a.txt")
    assert cli("tag", project, "SIC0002", *words, "--document", "c.txt").refuses("c.txt")


@pytest.fixture
def tagged(project: Path, cli: Command) -> Path:
    """A project in which Noor and Asha have put Volunteering on the same words."""
    assert cli("tag", project, *WORDS).code == 0
    assert cli("tag", project, *WORDS, "--coder", "Asha Verma").code == 0
    return project


def _tags(cli: Command, project: Path) -> dict[str, dict[str, object]]:
    [document] = cli("show", project, "SIC0001", "--json").json["documents"]
    return {one["coder"]: one for one in document["codings"]}


def test_untag_takes_off_ones_own_and_undo_brings_it_back(tagged: Path, cli: Command) -> None:
    # When one of two coders takes the code off
    [gone] = cli("untag", tagged, *WORDS, "--json").json

    # Then the other's stays, and undo brings it back as it was
    assert (gone["coder"], gone["quote"], gone["ref"]) == (
        "Noor Hadley",
        "We need buses",
        "SIC0001",
    )
    assert set(_tags(cli, tagged)) == {"Asha Verma"}
    assert cli("undo", tagged).code == 0
    assert set(_tags(cli, tagged)) == {"Asha Verma", "Noor Hadley"}


def test_anothers_tag_stays(tagged: Path, cli: Command) -> None:
    cli("untag", tagged, *WORDS)
    assert cli("untag", tagged, *WORDS).refuses("Asha Verma")
    assert cli("memo", tagged, *WORDS, "--text", "Hm").refuses("Asha Verma")


def test_a_memo_is_ones_own(tagged: Path, cli: Command) -> None:
    [told] = cli("memo", tagged, *WORDS, "--text", "Compare SIC0003", "--json").json
    assert told["memo"] == "Compare SIC0003"
    assert {coder: one["memo"] for coder, one in _tags(cli, tagged).items()} == {
        "Noor Hadley": "Compare SIC0003",
        "Asha Verma": "",
    }
    assert "has no memo now" in cli("memo", tagged, *WORDS, "--text", "").out
    assert _tags(cli, tagged)["Noor Hadley"]["memo"] == ""


@pytest.mark.parametrize(("command", "field"), [("mark", "marked"), ("sensitive", "sensitive")])
def test_a_passage_is_marked_for_all_who_tagged_it(
    command: str, field: str, tagged: Path, cli: Command
) -> None:
    # When the passage is marked, then it is so for both, until it is taken back
    told = cli(command, tagged, *WORDS, "--json").json
    assert [one[field] for one in told] == [True, True]
    assert [one[field] for one in _tags(cli, tagged).values()] == [True, True]
    assert cli(command, tagged, *WORDS, "--off").out.count("is no longer") == 2
    assert [one[field] for one in _tags(cli, tagged).values()] == [False, False]


def test_a_tag_is_named_by_its_id_or_its_words(tagged: Path, cli: Command) -> None:
    # Given the id of one of two tags on the same words
    [document] = cli("show", tagged, "SIC0001", "--json").json["documents"]
    [asha] = [one["id"] for one in document["codings"] if one["coder"] == "Asha Verma"]

    # When that one is marked, then the other is not
    [told] = cli("mark", tagged, "--id", asha, "--json").json
    assert told["coder"] == "Asha Verma"
    assert not _tags(cli, tagged)["Noor Hadley"]["marked"]

    # And what names no tag is refused
    assert cli("mark", tagged, "--id", "nothing").refuses("no longer there")
    assert cli("mark", tagged, "SIC0001", "--quote", "We need buses").code == 2
    assert cli("mark", tagged, *WORDS, "--nth", "2").refuses("letter.txt")
    assert cli("mark", tagged, *WORDS, "--nth", "3").refuses("SIC0001")
    assert cli("mark", tagged, *WORDS, "--document", "b.txt").refuses("b.txt")
