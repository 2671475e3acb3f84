"""The codebook by command."""

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


def test_acts_on_codes_answer_with_the_code_as_it_stands(project: Path, cli: Command) -> None:
    # Given two codes below a theme
    for name in ("Buses", "Trains"):
        cli("code", "add", project, f"Transport/{name}")

    # When they are acted on, then each answer is the code that came of it
    told = cli("code", "rename", project, "Buses", "Coaches", "--json").json
    assert (told["path"], told["name"]) == ("Transport/Coaches", "Coaches")
    assert cli("code", "move", project, "Coaches", "--json").json["path"] == "Coaches"
    told = cli("code", "merge", project, "Coaches", "Trains", "--json").json
    assert told["path"] == "Transport/Trains"
    told = cli("code", "define", project, "Trains", "--definition", "By rail", "--json").json
    assert told["definition"] == "By rail"
    assert cli("code", "key", project, "Trains", "t", "--json").json["key"] == "t"


def test_messages_name_codes_by_their_whole_path(project: Path, cli: Command) -> None:
    cli("code", "add", project, "Transport/Buses")
    told = cli("code", "rename", project, "buses", "Coaches").out
    assert told == "“Transport/Buses” is now “Transport/Coaches”.\n"
    assert "“Transport/Coaches”" in cli("code", "key", project, "coaches", "c").out
    assert cli("code", "move", project, "coaches").out == (
        "“Transport/Coaches” is now the theme “Coaches”.\n"
    )


def test_an_empty_codebook_has_no_table(tmp_path: Path, cli: Command) -> None:
    cli("new", tmp_path / "New", "--title", "T", "--prefix", "SIC")
    told = cli("codes", tmp_path / "New")
    assert (told.out, told.err) == ("", "There is no code yet.\n")
    told = cli("submissions", tmp_path / "New")
    assert (told.out, told.err) == ("", "There is no submission yet.\n")


@pytest.fixture
def buses(project: Path, cli: Command) -> Path:
    """The project with the code Transport on passages of Noor and of Ines, and Cost on none."""
    for coder, words in (("Noor", "We need buses in the evening"), ("Ines", "The street found me")):
        cli("tag", project, "SIC0001", "--code", "Transport", "--quote", words, "--create",
            "--coder", coder)  # fmt: skip
    cli("code", "add", project, "Cost")
    return project


def test_a_code_is_moved_before_another(buses: Path, cli: Command) -> None:
    assert cli("code", "move", buses, "Cost", "--before", "Volunteering").code == 0
    assert _paths(cli, buses) == ["Cost", "Volunteering", "Transport"]
    told = cli("code", "move", buses, "Cost", "Transport", "--before", "Volunteering")
    assert told.refuses("Volunteering")


def test_a_code_is_split_by_words_or_by_coder(buses: Path, cli: Command) -> None:
    made = cli("code", "split", buses, "Transport", "Transport/Evenings", "--text", "evening",
               "--json").json  # fmt: skip
    assert (made["path"], made["codings"]) == ("Transport/Evenings", 1)
    assert cli("code", "split", buses, "Transport", "Streets", "--by", "Ines").code == 0
    counts = {one["path"]: one["codings"] for one in cli("codes", buses, "--json").json}
    assert (counts["Transport"], counts["Streets"]) == (0, 1)
    assert cli("code", "split", buses, "Transport", "Streets").code == 2
    assert cli("code", "split", buses, "Transport", "New", "--text", "none").refuses("No passage")


def test_the_tags_of_a_deleted_code_can_be_kept(buses: Path, cli: Command) -> None:
    told = cli("code", "delete", buses, "Transport", "--keep-in", "Cost")
    assert "2 codings went into “Cost”" in told.out
    assert [one["code"] for one in cli("quotes", buses, "--json").json] == ["Cost", "Cost"]


def test_a_passage_is_pinned_as_an_example_and_unpinned(buses: Path, cli: Command) -> None:
    named = (buses, "Transport", "--submission", "SIC0001", "--quote")
    assert cli("code", "pin", *named, "buses", "--json").json["examples"] == 1
    assert "already" in cli("code", "pin", *named, "buses").out
    assert cli("code", "pin", *named, "buses", "--remove", "--json").json["examples"] == 0
    assert cli("code", "pin", *named, "trams").refuses("trams")


def test_the_history_of_a_code_names_who_changed_it(buses: Path, cli: Command) -> None:
    cli("code", "define", buses, "Transport", "--definition", "Buses and trains", "--coder", "Ines")
    [defined, made] = cli("code", "history", buses, "Transport", "--json").json
    assert (defined["coder"], defined["lines"]) == ("Ines", ["Definition: “Buses and trains”"])
    assert (made["coder"], made["lines"]) == ("Noor", ["Made as “Transport”"])
    assert "  Made as “Transport”" in cli("code", "history", buses, "Transport").out
