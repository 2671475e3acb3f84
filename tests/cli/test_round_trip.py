"""Two people code in copies of one project, and their work comes together, all by command."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command


def tags(cli: Command, folder: Path) -> list[tuple[str, str]]:
    """Who tagged which words."""
    return sorted((one["coder"], one["quote"]) for one in cli("quotes", folder, "--json").json)


def test_tags_of_two_copies_come_together(project: Path, cli: Command, tmp_path: Path) -> None:
    words, file, copy = tmp_path / "words", tmp_path / "asha.evidence", tmp_path / "Asha"
    words.write_text("four words to keep\n", encoding="utf-8")
    sealed = ("--passphrase-file", words)
    tag = ("SIC0001", "--code", "Volunteering", "--quote")
    cli("tag", project, *tag, "never volunteered before", "--coder", "Noor Hadley")
    cli("share", project, "-o", file, "--to", "Asha Rao", "--blind", *sealed)
    assert cli("new", copy, "--from", file, *sealed).code == 0
    cli("tag", copy, *tag, "I stayed", "--coder", "Asha Rao")
    cli("tag", project, *tag, "The street found me", "--coder", "Noor Hadley")
    back = tmp_path / "back.evidence"
    assert cli("share", copy, "-o", back, *sealed).code == 0

    assert cli("merge", project, back).refuses("opens with a passphrase only")
    planned = cli("merge", project, back, *sealed, "--dry-run", "--json").json
    assert planned["added"]["codings"] == 1
    assert len(tags(cli, project)) == 2
    merged = cli("merge", project, back, *sealed, "--json").json

    assert merged["conflicts"] == []
    everyone = [
        ("Asha Rao", "I stayed"),
        ("Noor Hadley", "The street found me"),
        ("Noor Hadley", "never volunteered before"),
    ]
    assert tags(cli, project) == everyone
    assert cli("verify", project).code == 0
    again = cli("merge", project, back, *sealed, "--json").json
    assert again["steps"] == 0
    assert again["added"] == again["changed"] == again["removed"] == {}
    assert cli("merge", copy, project).code == 0
    assert tags(cli, copy) == everyone
    assert cli("verify", copy).code == 0
    assert cli("undo", project).code == 0
    assert len(tags(cli, project)) == 2


def test_a_clash_is_listed_and_turned_round(project: Path, cli: Command, tmp_path: Path) -> None:
    file, copy = tmp_path / "asha.evidence", tmp_path / "Asha"
    cli("share", project, "-o", file)
    cli("new", copy, "--from", file)
    define = ("Volunteering", "--definition")
    assert cli("code", "define", project, *define, "Giving time.").code == 0
    assert cli("code", "define", copy, *define, "Unpaid work.").code == 0
    merged = cli("merge", project, copy, "--json").json

    [conflict] = merged["conflicts"]
    [clash] = cli("clashes", project, "--json").json
    assert clash == conflict
    assert {clash["kept"], clash["lost"]} == {"“Giving time.”", "“Unpaid work.”"}
    assert cli("clashes", project, "--turn-round", clash["id"][:6]).code == 0
    assert cli("clashes", project, "--json").json == []
    [code] = cli("codes", project, "--json").json
    assert f"“{code['definition']}”" == clash["lost"]


def test_a_clash_that_stays_is_told_no_more(project: Path, cli: Command, tmp_path: Path) -> None:
    file, copy = tmp_path / "asha.evidence", tmp_path / "Asha"
    cli("share", project, "-o", file)
    cli("new", copy, "--from", file)
    cli("code", "define", project, "Volunteering", "--definition", "Giving time.")
    cli("code", "define", copy, "Volunteering", "--definition", "Unpaid work.")
    assert "`clashes` lists it" in cli("merge", project, copy).out
    [clash] = cli("clashes", project, "--json").json

    assert cli("clashes", project, "--leave", clash["id"], "--reason", "As agreed.").code == 0

    assert "Nothing is open" in cli("clashes", project).err
    assert cli("clashes", project, "--leave", clash["id"]).refuses("settled")
