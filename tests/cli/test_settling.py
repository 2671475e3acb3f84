"""Where coders differ, by command: listed, settled, reopened, and what all agree on adopted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coder.cli.main import run
from tests.cli.conftest import LETTER, Command
from tests.made import MadeOnce

WHY = "A street is not a place to volunteer in."


def _differing(folder: Path) -> None:
    project, letter = str(folder / "Streets"), folder / "letter.txt"
    letter.write_text(LETTER, encoding="utf-8")
    tag = ["tag", project, "SIC0001", "--create"]
    for command in (
        ["new", project, "--title", "Neighbours Again", "--prefix", "SIC"],
        ["import", project, str(letter)],
        [*tag, "--code", "Volunteering", "--quote", "The street found me", "--coder", "Asha"],
        [*tag, "--code", "Streets", "--quote", "The street found me", "--coder", "Noor Hadley"],
        [*tag, "--code", "Transport", "--quote", "We need buses.", "--coder", "Asha"],
        [*tag, "--code", "Transport", "--quote", "We need buses", "--coder", "Noor Hadley"],
        [*tag, "--code", "Transport/Evenings", "--quote", "in the evening", "--coder", "Asha"],
        [*tag, "--code", "Transport/Evenings", "--quote", "in the evening"],
    ):
        assert run(command, load_window=lambda: None) == 0  # type: ignore[arg-type, return-value]


@pytest.fixture
def streets(tmp_path: Path, made_once: MadeOnce) -> Path:
    """A project in which Asha and Noor differ twice and agree once."""
    return Path(shutil.copytree(made_once(_differing) / "Streets", tmp_path / "Streets"))


def test_they_are_listed_the_most_telling_first(streets: Path, cli: Command) -> None:
    first, second = cli("disagreements", streets, "--json").json
    assert [(one["number"], one["kind"], one["state"]) for one in (first, second)] == [
        (1, "other-code", "open"),
        (2, "boundaries", "open"),
    ]
    assert first["quote"] == "The street found me"
    sides = {side["coders"][0]: side["codings"][0]["code"] for side in first["sides"]}
    assert sides == {"Asha": "Volunteering", "Noor Hadley": "Streets"}
    told = cli("disagreements", streets)
    assert "1. SIC0001, other-code: “The street found me”" in told.out
    assert "    Asha: Volunteering\n" in told.out
    assert "2 to settle, 0 settled; 2 coders in 1 document" in told.err


def test_numbers_stay_whatever_is_left_out(streets: Path, cli: Command) -> None:
    [one] = cli("disagreements", streets, "--kind", "boundaries", "--json").json
    assert one["number"] == 2
    assert cli("disagreements", streets, "--code", "Streets", "--json").json[0]["number"] == 1


def test_one_side_is_accepted_with_a_reason_and_undone(streets: Path, cli: Command) -> None:
    told = cli("settle", streets, 1, "--accept", "asha", "--why", WHY, "--json").json
    assert (told["state"], told["decision"]["how"]) == ("settled", "accepted")
    assert (told["decision"]["why"], told["decision"]["by"]) == (WHY, "Noor Hadley")
    [document] = cli("show", streets, "SIC0001", "--json").json["documents"]
    agreed = [one for one in document["codings"] if one["coder"] == "agreed"]
    assert [one["code"] for one in agreed] == ["Volunteering"]
    assert len(cli("disagreements", streets, "--json").json) == 1
    [settled] = cli("disagreements", streets, "--settled", "--json").json
    assert settled["id"] == told["id"]
    cli("undo", streets)
    assert len(cli("disagreements", streets, "--json").json) == 2


def test_it_is_recoded_on_some_of_its_words_and_reopened_by_id(streets: Path, cli: Command) -> None:
    told = cli("settle", streets, 1, "--code", "Transport", "--quote", "street", "--json").json
    [document] = cli("show", streets, "SIC0001", "--json").json["documents"]
    agreed = [one for one in document["codings"] if one["coder"] == "agreed"]
    assert [(one["code"], one["quote"]) for one in agreed] == [("Transport", "street")]
    assert cli("settle", streets, told["id"][:8], "--reopen").code == 0
    assert len(cli("disagreements", streets, "--json").json) == 2


def test_both_are_kept_or_it_is_left(streets: Path, cli: Command) -> None:
    assert cli("settle", streets, 1, "--both").code == 0
    told = cli("settle", streets, 1, "--leave")
    assert told.out == "SIC0001, “We need buses.”: settled.\n"
    assert cli("disagreements", streets).err.startswith("0 to settle, 2 settled")


def test_what_all_agree_on_is_adopted_and_makes_a_pack_of_its_own(
    streets: Path, cli: Command
) -> None:
    assert cli("adopt", streets, "--json").json == {"made": 1, "gone": 0, "standing": 0}
    assert cli("adopt", streets).out == "0 agreed codings made, 0 taken away, 1 stood already.\n"
    [quote] = cli("quotes", streets, "--coder", "agreed", "--json").json
    assert quote["quote"] == "in the evening"


def test_what_cannot_be_settled_is_refused(streets: Path, cli: Command) -> None:
    assert cli("settle", streets, 9, "--both").refuses("9")
    assert cli("settle", streets, 1).refuses("--accept")
    assert cli("settle", streets, 1, "--both", "--leave").refuses("--accept")
    assert cli("settle", streets, 1, "--accept", "Tom").refuses("Tom")
    assert cli("settle", streets, 1, "--code", "Trust").refuses("Trust")
    assert cli("disagreements", streets, "--between", "Asha").refuses("two or more")
    assert cli("tag", streets, "SIC0001", "--code", "Streets", "--quote", "I had",
               "--coder", "agreed").refuses("agreed")  # fmt: skip


def test_one_coder_alone_has_nothing_to_settle(project: Path, cli: Command) -> None:
    assert cli("disagreements", project).err.startswith("No document has been coded by several")
    assert cli("adopt", project).refuses("several")
