"""The codebook and tags by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command


def _paths(cli: Command, project: Path) -> list[str]:
    return [one["path"] for one in cli("codes", project, "--json").json]


def test_codes_have_their_fixed_keys(project: Path, cli: Command) -> None:
    cli("tag", project, "SIC0001", "--code", "Volunteering", "--quote", "We need buses")
    [code] = cli("codes", project, "--json").json
    assert {"id", "path", "name", "colour", "definition"} <= set(code)
    assert (code["path"], code["codings"], code["submissions"]) == ("Volunteering", 1, 1)
    assert "Volunteering" in cli("codes", project).out


def test_a_code_lives_its_life(project: Path, cli: Command) -> None:
    # Given a code below a theme, made with its definition
    made = cli("code", "add", project, "Transport/Buses", "--definition", "By road", "--json").json
    assert made["name"] == "Buses"
    assert _paths(cli, project) == ["Volunteering", "Transport", "Transport/Buses"]

    # When it is renamed, moved, made a theme and merged, then the codebook follows
    assert cli("code", "rename", project, "Transport/Buses", "Coaches").code == 0
    assert cli("code", "move", project, "Coaches", "Volunteering").code == 0
    assert _paths(cli, project) == ["Volunteering", "Volunteering/Coaches", "Transport"]
    assert cli("code", "move", project, "Coaches").code == 0
    assert "Coaches" in _paths(cli, project)
    assert cli("code", "merge", project, "Coaches", "Transport").code == 0
    assert _paths(cli, project) == ["Volunteering", "Transport"]


def test_a_code_is_defined_and_given_a_key(project: Path, cli: Command) -> None:
    assert cli("code", "define", project, "Volunteering", "--use-when", "Unpaid help").code == 0
    assert cli("code", "define", project, "Volunteering").code == 2
    assert cli("code", "key", project, "Volunteering", "7").code == 0
    [code] = cli("codes", project, "--json").json
    assert (code["use_when"], code["key"]) == ("Unpaid help", "7")
    assert cli("code", "key", project, "Volunteering", "?").refuses("?")
    assert cli("code", "key", project, "Volunteering").code == 0
    assert cli("codes", project, "--json").json[0]["key"] == ""


def test_deleting_a_code_tells_what_went_and_can_be_undone(project: Path, cli: Command) -> None:
    # Given a code with a coding, when it is deleted
    cli("tag", project, "SIC0001", "--code", "Volunteering", "--quote", "We need buses")
    assert cli("code", "delete", project, "Volunteering", "--json").json["codings"] == 1
    assert cli("quotes", project, "--json").json == []

    # Then undo brings both back
    assert cli("undo", project).code == 0
    assert len(cli("quotes", project, "--json").json) == 1


@pytest.mark.parametrize(
    "args",
    [
        ("add", "Volunteering"),
        ("rename", "Volunteering", "a/b"),
        ("rename", "Nothing", "Something"),
        ("move", "Volunteering", "Volunteering"),
        ("merge", "Volunteering", "Volunteering"),
    ],
)
def test_what_a_codebook_cannot_hold_is_refused(
    project: Path, cli: Command, args: tuple[str, ...]
) -> None:
    command, *rest = args
    assert cli("code", command, project, *rest).code == 2
    assert _paths(cli, project) == ["Volunteering"]


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
