"""Quotes and packs by command."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.cli.conftest import Command


def test_quotes_have_their_fixed_keys(sample: Path, cli: Command) -> None:
    quotes = cli("quotes", sample, "--json").json
    fixed = (
        "ref attribution citation quote code coder document start end paragraph time_ms permission"
    )
    assert all(set(fixed.split()) <= set(quote) for quote in quotes)
    assert len(quotes) > 100


def test_filters_narrow(sample: Path, cli: Command) -> None:
    def found(*args: str) -> list[dict[str, str]]:
        return list(cli("quotes", sample, "--json", *args).json)

    every = found()
    by_type = found("--type", "charity", "--type", "council")
    assert {one["type"] for one in by_type} == {"charity", "council"}
    by_coder = found("--coder", "asha verma")
    assert {one["coder"] for one in by_coder} == {"Asha Verma"}
    by_code = found("--code", "Volunteering")
    assert {one["code"].partition("/")[0] for one in by_code} == {"Volunteering"}
    without = found("--not", "Volunteering")
    assert without
    assert "Volunteering" not in {one["code"].partition("/")[0] for one in without}
    assert {one["ref"] for one in found("--submission", "sic0003")} == {"SIC0003"}
    assert all("bus" in one["quote"].lower() for one in found("--text", "bus", "--type", "faith"))
    assert 0 < len(found("--marked")) < len(every)
    both = found("--code", "Volunteering", "--code", "Sustaining change", "--all")
    assert len(both) < len(found("--code", "Volunteering", "--code", "Sustaining change"))
    assert {one["permission"] for one in found("--permission", "withheld")} == {"withheld"}


def test_a_pack_leaves_out_what_may_not_be_published(
    sample: Path, tmp_path: Path, cli: Command
) -> None:
    # Given the sample, with evidence that is withheld, anonymous and of unknown permission
    withheld = cli("quotes", sample, "--permission", "withheld", "--json").json
    unknown = cli("quotes", sample, "--permission", "unknown", "--json").json
    assert withheld
    assert unknown

    # When packs of every kind are written
    for ending in ("md", "csv", "json", "html"):
        path = tmp_path / f"pack.{ending}"
        told = cli("pack", sample, "-o", path, "--json").json

        # Then none holds a word of it, and how much was left out is told
        text = path.read_text(encoding="utf-8")
        assert not [one["quote"] for one in [*withheld, *unknown] if one["quote"] in text]
        assert told["quotes"] > 40
        assert told["left_out"]["withheld"] > 0
        assert told["left_out"]["unknown"] > 0
        assert told["left_out"]["nameless"] == 0
        assert "SIC0010" in text  # anonymous, with a name to mask
    assert "left out" in cli("pack", sample, "-o", tmp_path / "pack.md").err


def test_a_sensitive_passage_stays_in_though_the_filter_hides_who_marked_it(
    project: Path, tmp_path: Path, cli: Command
) -> None:
    # Given words that two people tagged, one of whom holds them to be sensitive
    words = ("SIC0001", "--code", "Volunteering", "--quote")
    cli("set", project, "SIC0001", "--permission", "named", "--respondent", "Ada Brook")
    cli("tag", project, *words, "We need buses in the evening.", "--coder", "Tom Pryce")
    cli("tag", project, *words, "in the evening", "--coder", "Asha Verma")
    assert cli("sensitive", project, *words, "in the evening", "--coder", "Asha Verma").code == 0

    # When only the other's quotes are packed, then they stay in, until someone asks for them
    args = ("pack", project, "--coder", "Tom Pryce", "-o", tmp_path / "pack.csv", "--json")
    assert cli(*args).refuses("1 passage from 1 submission is left out: 1 marked sensitive")
    assert not (tmp_path / "pack.csv").exists()
    assert cli(*args, "--sensitive").json["quotes"] == 1


def test_a_pack_of_nothing_is_not_written(project: Path, tmp_path: Path, cli: Command) -> None:
    args = ("pack", project, "-o", tmp_path / "pack.csv")
    assert cli(*args).refuses("No passage matches; nothing was written")
    cli("tag", project, "SIC0001", "--code", "Volunteering", "--quote", "We need buses")
    assert cli(*args).refuses("1 whose permission is not known yet")
    assert not (tmp_path / "pack.csv").exists()


def test_a_pack_holds_what_the_filter_asked_for(sample: Path, tmp_path: Path, cli: Command) -> None:
    args = ("--code", "Business and belonging", "--type", "business")
    told = cli("pack", sample, *args, "-o", tmp_path / "pack.csv")
    assert told.code == 0
    with (tmp_path / "pack.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows
    assert {row["type"] for row in rows} == {"business"}
    assert str(tmp_path / "pack.csv") in told.out
    told = cli("pack", sample, *args, "-o", tmp_path / "pack.json")
    assert "Business and belonging" in json.dumps(json.loads((tmp_path / "pack.json").read_text()))


def test_quotes_for_people_say_what_must_not_be_published(sample: Path, cli: Command) -> None:
    out = cli("quotes", sample, "--permission", "withheld").out
    assert "not to be published, permission withheld, status included" in out
    assert "(SIC0012" in out
