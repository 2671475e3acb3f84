"""Pseudonyms and clips by command."""

from __future__ import annotations

from pathlib import Path

from coder.project import Project
from tests.cli.conftest import Command
from tests.export.films import film
from tests.recorded import spoken


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
    for said in (listed.out, cli("pseudonyms", project).out):
        assert "Brook" not in said
    history = cli("history", project).out
    assert "chose the pseudonym of SIC0001" in history
    assert name not in history
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


def test_clips_are_cut_with_their_page(project: Path, tmp_path: Path, cli: Command) -> None:
    # Given two films, one of which is by somebody who must not be known
    film(tmp_path / "a.mp4", 4)
    film(tmp_path / "b.mp4", 3)
    with Project.open(project, "Noor") as opened:
        spoken(opened, tmp_path / "a.mp4", ["We need buses."])
        spoken(opened, tmp_path / "b.mp4", ["I need buses."])
    for ref, permission in (("SIC0002", "named"), ("SIC0003", "anonymous")):
        cli("set", project, ref, "--respondent", "Ada Brook", "--permission", permission)
        cli("tag", project, ref, "--code", "Volunteering", "--quote", "need buses.")

    # When they are cut
    args = ("clips", project, "--padding", "0", "-o", tmp_path / "clips")
    told = cli(*args)

    # Then the other's is there, and it is told why this one's is not
    assert told.out.endswith(f"1 clip in {tmp_path / 'clips'}.\n")
    assert "1 anonymous passage left out: face and voice would tell who speaks." in told.err
    found = cli(*args, "--json").json
    [clip] = found["clips"]
    assert (clip["ref"], clip["start_ms"], clip["end_ms"]) == ("SIC0002", 750, 1750)
    assert (tmp_path / "clips" / clip["file"]).is_file()
    assert found["left_out"]["face_or_voice"] == 1
    assert (tmp_path / "clips" / "clips.html").is_file()
    assert cli(*args, "--submission", "SIC0003").refuses("There is no clip to cut")
