"""Baskets by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command

NAME = "Interim report"


@pytest.fixture
def basket(project: Path, cli: Command) -> Path:
    """The project with an empty basket and two tagged passages."""
    for words in ("I had never volunteered before.", "We need buses in the evening."):
        assert cli("tag", project, "SIC0001", "--code", "Volunteering", "--quote", words).code == 0
    assert cli("basket", "new", project, NAME).code == 0
    return project


def shown(cli: Command, project: Path) -> list[str]:
    items = cli("basket", "show", project, NAME, "--json").json["items"]
    return [one.get("shown") or one["text"] for one in items]


def test_a_basket_is_filled_and_put_in_order(basket: Path, cli: Command) -> None:
    added = cli("basket", "add", basket, NAME, "--code", "Volunteering", "--json").json
    assert [one["number"] for one in added["added"]] == [1, 2]
    again = cli("basket", "add", basket, NAME, "--code", "Volunteering")
    assert "0 quotes came" in again.out
    assert "2 passages in it already" in again.err
    first = cli("quotes", basket, "--json").json[0]["id"]
    twice = cli("basket", "add", basket, NAME, first, "--again", "--before", 1, "--json").json
    assert twice["added"][0]["again"] is True
    cli("basket", "remove", basket, NAME, 1)
    cli("basket", "heading", basket, NAME, "Being together", "--before", 1)
    assert "item 4" in cli("basket", "text", basket, NAME, "Some spoke of buses.").out
    words = ("--submission", "SIC0001", "--quote", "The street found me")
    assert cli("basket", "add", basket, NAME, *words).code == 0
    assert "now 2, 3" in cli("basket", "move", basket, NAME, 4, 5, "--before", 2).out

    assert shown(cli, basket) == [
        "Being together", "Some spoke of buses.", "The street found me",
        "I had never volunteered before.", "We need buses in the evening.",
    ]  # fmt: skip
    assert cli("undo", basket).code == 0
    assert shown(cli, basket)[-1] == "The street found me"


def test_a_quote_is_trimmed_and_noted(basket: Path, cli: Command) -> None:
    cli("basket", "add", basket, NAME, "--code", "Volunteering")

    cut = cli("basket", "trim", basket, NAME, 2, "--leave-out", "in the evening")
    assert cut.out.strip() == "It is now “We need buses […].”."
    cli("basket", "note", basket, NAME, 2, "For the box")

    told = cli("basket", "show", basket, NAME)
    assert "  2  “We need buses […].”" in told.out
    assert "Note: For the box" in told.out
    assert "Not for publication: permission not known." in told.out
    assert "0 may leave, 2 may not, from 0 of 1 submission." in told.err
    [_, item] = cli("basket", "show", basket, NAME, "--json").json["items"]
    assert (item["quote"], item["barred"]) == (
        "We need buses in the evening.", "permission not known",
    )  # fmt: skip
    assert len(item["omitted"]) == 1
    assert cli("basket", "trim", basket, NAME, 2, "--leave-out", "tram").refuses("tram")
    assert cli("basket", "trim", basket, NAME, 2).code == 2
    cli("basket", "trim", basket, NAME, 2, "--whole")
    assert shown(cli, basket)[1] == "We need buses in the evening."
    assert "no note" in cli("basket", "note", basket, NAME, 2, "").out


def test_baskets_are_listed_renamed_copied_and_deleted(basket: Path, cli: Command) -> None:
    cli("basket", "add", basket, NAME, "--code", "Volunteering")
    assert cli("basket", "copy", basket, NAME, "Final").code == 0
    assert cli("basket", "rename", basket, "interim REPORT", "Draft").code == 0
    told = cli("basket", "list", basket, "--json").json
    assert [(one["name"], one["quotes"]) for one in told] == [("Draft", 2), ("Final", 2)]
    assert "Used already in “Final”." in cli("basket", "show", basket, "Draft").out
    assert cli("basket", "delete", basket, "Draft").code == 0
    assert "Final" in cli("basket", "list", basket).out
    assert "Draft" not in cli("basket", "list", basket).out


def test_what_cannot_be_is_refused(basket: Path, cli: Command) -> None:
    assert cli("basket", "new", basket, NAME).refuses(NAME)
    assert cli("basket", "show", basket, "Nothing").refuses("Nothing")
    assert cli("basket", "add", basket, NAME).code == 2
    assert cli("basket", "add", basket, NAME, "no-id").refuses("no-id")
    assert cli("basket", "add", basket, NAME, "SIC0001-ffffff-1-2").refuses("SIC0001-ffffff-1-2")
    assert cli("basket", "add", basket, NAME, "--text", "tram").refuses("No passage")
    assert cli("basket", "add", basket, NAME, "--quote", "We need buses").code == 2
    assert cli("basket", "remove", basket, NAME, 7).refuses("7")
    assert "empty" in cli("basket", "show", basket, NAME).err
