"""Quotes and packs by command."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

from coder import places
from coder.domain.quotes import Order, QuoteFilter
from coder.project import Project
from tests.cli.conftest import Command


def test_quotes_have_their_fixed_keys(sample: Path, cli: Command) -> None:
    quotes = cli("quotes", sample, "--json").json
    fixed = (
        "ref attribution citation quote code coder document start end paragraph time_ms permission"
    )
    assert all(set(fixed.split()) <= set(quote) for quote in quotes)
    assert len(quotes) > 80


def test_filters_narrow(sample: Path, cli: Command) -> None:
    def found(*args: str) -> list[dict[str, str]]:
        return list(cli("quotes", sample, "--json", *args).json)

    every = found()
    by_type = found("--type", "charity", "--type", "council")
    assert {one["type"] for one in by_type} == {"charity", "council"}
    by_coder = found("--coder", "asha verma")
    assert all("Asha Verma" in one["coder"].split("; ") for one in by_coder)
    assert "Asha Verma; Tom Pryce" in {one["coder"] for one in by_coder}  # tagged alike
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


def test_a_pack_is_made_as_it_was_asked_for(sample: Path, tmp_path: Path, cli: Command) -> None:
    house, path = places.resources() / "pack.docx", tmp_path / "pack.docx"
    bare = ("--no-charts", "--no-tables", "--no-method", "--no-sources")
    asked = ("--footnotes", "--template", house, "--context", "80", "--joined", "--sensitive")
    assert cli("pack", sample, *bare, *asked, "-o", path).code == 0
    with zipfile.ZipFile(path) as package:
        assert "word/packfootnotes.xml" in package.namelist()
        assert b"<w:tbl>" not in package.read("word/document.xml")
        assert b'<w:pStyle w:val="Context"/>' in package.read("word/document.xml")
    assert cli("pack", sample, "--endnotes", "-o", path).code == 0
    with zipfile.ZipFile(path) as package:
        assert "word/packendnotes.xml" in package.namelist()
        assert b"<w:tbl>" in package.read("word/document.xml")


def test_who_can_be_told_though_anonymous_is_said(
    sample: Path, tmp_path: Path, cli: Command
) -> None:
    told = cli("pack", sample, "-o", tmp_path / "pack.csv")
    assert "SIC0010 (“Individual, South West”) can be told by type and region" in told.err
    assert "South West" in cli("pack", sample, "-o", tmp_path / "pack.csv", "--json").json["alone"]


def test_what_is_for_the_team_may_stay(sample: Path, tmp_path: Path, cli: Command) -> None:
    path = tmp_path / "pack.json"
    cli("pack", sample, "--no-team-notes", "-o", path)
    told = json.loads(path.read_text("utf-8"))
    assert (told["notes"], told["left_out"]) == ([], None)
    assert {one["coder"] for one in told["quotes"]} == {""}


def test_a_template_that_cannot_be_used_is_refused(
    sample: Path, tmp_path: Path, cli: Command
) -> None:
    house = tmp_path / "House.dotx"
    house.write_text("no Word file")
    told = cli("pack", sample, "--template", house, "-o", tmp_path / "pack.docx")
    assert told.refuses("“House.dotx” cannot be used: it is not a Word file")
    assert list(tmp_path.glob("*pack*")) == []


def test_quotes_for_people_say_what_must_not_be_published(sample: Path, cli: Command) -> None:
    out = cli("quotes", sample, "--permission", "withheld").out
    assert "not to be published, permission withheld, status included" in out
    assert "(SIC0012" in out


def test_quotes_are_filtered_by_what_stands_beside_them_and_by_how_they_were_tagged(
    sample: Path, tmp_path: Path, cli: Command
) -> None:
    def found(*args: str) -> list[dict[str, str]]:
        return list(cli("quotes", sample, "--json", *args).json)

    every = found()
    volunteering = ("--overlapping", "Volunteering")
    assert 0 < len(found(*volunteering)) <= len(found("--near", "Volunteering", "--within", "300"))
    assert len(found("--near", "Volunteering", "--within", "0")) < len(every)
    days = sorted(one["created_at"][:10] for one in every)
    assert len(found("--since", days[0], "--until", days[-1])) >= len(every) - 1
    assert found("--until", "1 Jan 2019") == []
    assert found("--received-until", "1 Jan 2019") == []
    assert 0 < len(found("--received-since", "1 Jan 2019")) <= len(every)
    long = found("--shortest", "120")
    assert len(long) + len(found("--longest", "119")) == len(every)
    assert len(found("--unused")) == len(every)
    assert 0 < len(found("--joined")) <= len(every)
    lengths = [one["end"] - one["start"] for one in found("--order", "longest")]
    assert lengths == sorted(lengths, reverse=True)
    grouped = found("--group", "theme")
    assert [one["group"] for one in grouped] == [one["code"].partition("/")[0] for one in grouped]
    asked = cli("quotes", sample, "--group", "type", "--type", "faith")
    assert asked.out.startswith("Faith group: ")
    assert asked.err == "5 quotes, 6 times under a code, from 1 submission; 9 tags.\n"
    held = cli("pack", sample, "--type", "faith", "-o", tmp_path / "faith.csv").out
    assert held.startswith("5 quotes, 6 times under a heading, from 1 submission in ")


def test_what_is_not_there_to_filter_by_is_said(sample: Path, cli: Command) -> None:
    for option in ("--region", "--question", "--basket", "--saved", "--since", "--near"):
        assert cli("quotes", sample, option, "Nowhere").refuses("Nowhere")


def test_a_saved_filter_is_used_by_its_name(project: Path, cli: Command) -> None:
    words = ("SIC0001", "--code", "Volunteering", "--quote")
    cli("tag", project, *words, "We need buses in the evening.", "--coder", "Tom Pryce")
    cli("tag", project, *words, "in the evening", "--coder", "Asha Verma")
    with Project.open(project, "Noor") as opened:
        opened.quotes.save("By Tom", QuoteFilter(coders=("Tom Pryce",)), order=Order.NEWEST)

    found = cli("quotes", project, "--saved", "by tom", "--json").json
    assert [one["coder"] for one in found] == ["Tom Pryce"]
    assert cli("quotes", project, "--saved", "By Tom", "--longest", "5", "--json").json == []


def test_a_saved_filter_that_joins_joins(project: Path, tmp_path: Path, cli: Command) -> None:
    words = ("SIC0001", "--code", "Volunteering", "--quote")
    cli("tag", project, *words, "We need buses in the evening.")
    cli("tag", project, *words, "in the evening")
    cli("set", project, "SIC0001", "--permission", "named", "--respondent", "Ada Holt")
    with Project.open(project, "Noor") as opened:
        opened.quotes.save("Apart", QuoteFilter())
        opened.quotes.save("Joined", QuoteFilter(), joined=True)

    for name, number in (("Apart", 2), ("Joined", 1)):
        assert len(cli("quotes", project, "--saved", name, "--json").json) == number
        told = cli("pack", project, "--saved", name, "-o", tmp_path / "pack.csv", "--json").json
        assert told["times"] == number
