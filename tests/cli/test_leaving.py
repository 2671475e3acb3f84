"""Pseudonyms by command."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command


def test_a_pseudonym_is_set_listed_and_written_to_its_key(
    project: Path, tmp_path: Path, cli: Command
) -> None:
    # Given an anonymous respondent without one
    cli("set", project, "SIC0001", "--respondent", "Ada Brook", "--permission", "anonymous")
    [offered] = cli("pseudonyms", project, "--suggest", "--json").json
    assert offered["pseudonym"] == ""

    # When the one that is suggested is set, with a word to be masked beside
    name = offered["suggested"]
    told = cli("set", project, "SIC0001", "--pseudonym", name, "--also-mask", "the street;")
    assert told.out == "SIC0001: words to mask, pseudonym set.\n"

    # Then it is listed without the name, which only the key holds
    listed = cli("pseudonyms", project, "--json")
    assert listed.json == [{"ref": "SIC0001", "pseudonym": name, "suggested": ""}]
    for said in (listed.out, cli("pseudonyms", project).out, cli("history", project).out):
        assert "Brook" not in said
    key = tmp_path / "key.csv"
    assert "keep it apart" in cli("pseudonyms", project, "--key", key).err
    assert "Ada Brook" in key.read_text("utf-8-sig")

    # And it is taken away again
    wrong = ("set", project, "SIC0001", "--pseudonym", "Ada", "--region", "North East")
    assert cli(*wrong).refuses("name of a respondent")
    assert "region" not in cli("history", project).out
    assert cli("set", project, "SIC0001", "--pseudonym", "").code == 0
    assert cli("pseudonyms", project).err == "No submission has a pseudonym yet.\n"
    assert cli("pseudonyms", project, "--key", key).refuses("has a pseudonym")
