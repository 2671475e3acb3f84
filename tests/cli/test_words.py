"""Words are counted from the command line, and shown where they stand."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command


def test_words_are_listed_by_how_often_they_stand(cli: Command, sample: Path) -> None:
    told = cli("words", "frequencies", sample, "--limit", "5")

    assert told.code == 0
    head, *lines = told.out.splitlines()
    assert head.split() == ["Count", "Submissions", "Per", "10,000", "Word"]
    assert len(lines) == 5
    counts = [int(line.split()[0].replace(",", "")) for line in lines]
    assert counts == sorted(counts, reverse=True)
    assert "words in" in told.err
    assert "of which 5 are shown" in told.err


def test_frequencies_as_json_have_all_that_was_counted(cli: Command, project: Path) -> None:
    told = cli("words", "frequencies", project, "--json").json

    assert told[0] == {
        "word": "need",
        "count": 2,
        "submissions": 1,
        "per_10_000": 10_000 * 2 / 23,
        "forms": [],
    }
    assert "the" not in [one["word"] for one in told]
    common = cli("words", "frequencies", project, "--common", "--json").json
    assert "the" in [one["word"] for one in common]
    families = cli("words", "frequencies", project, "--families", "--json").json
    assert families[0]["forms"] == ["need"]


def test_places_are_shown_with_the_words_around_them(cli: Command, project: Path) -> None:
    told = cli("words", "concordance", project, "need", "buses")

    assert told.out.splitlines()[0].startswith("SIC0001")
    assert "[need buses]." in told.out
    assert "2 places in 1 submission." in told.err


def test_a_place_as_json_can_be_used_as_it_is(cli: Command, project: Path) -> None:
    [first, second] = cli("words", "concordance", project, "buses", "--json").json

    assert (first["ref"], first["words"], second["after"]) == (
        "SIC0001",
        "buses",
        " in the evening.",
    )
    assert first["end"] - first["start"] == len("buses")
    [only] = cli("words", "concordance", project, "buses", "--limit", "1", "--json").json
    assert only == first
    [one, two] = cli("words", "concordance", project, "buses", "--order", "after", "--json").json
    assert {one["start"], two["start"]} == {first["start"], second["start"]}


def test_pairs_are_listed_with_their_strength(cli: Command, sample: Path) -> None:
    told = cli("words", "collocations", sample, "--json").json

    assert told
    assert list(told[0]) == ["first", "second", "count", "submissions", "score"]
    scores = [one["score"] for one in told]
    assert scores == sorted(scores, reverse=True)
    assert min(one["count"] for one in told) >= 3
    wider = cli("words", "collocations", sample, "--within", "4", "--measure", "pmi")
    assert wider.out.startswith("Strength")


def test_only_what_is_chosen_is_counted(cli: Command, project: Path) -> None:
    cli("tag", project, "SIC0001", "--code", "Volunteering", "--quote", "The street found me")
    found = cli("words", "frequencies", project, "--code", "volunteering", "--json").json

    assert sorted(one["word"] for one in found) == ["found", "street"]
    whole = cli("words", "frequencies", project, "--submission", "sic0001", "--json").json
    assert len(whole) > 2
    assert cli("words", "frequencies", project, "--type", "faith", "--json").json == []


def test_what_is_not_there_is_named(cli: Command, project: Path) -> None:
    assert cli("words", "frequencies", project, "--submission", "SIC0099").refuses("SIC0099")
    assert cli("words", "concordance", project, "bus", "--code", "Nothing").refuses("Nothing")
    assert cli("words", "concordance", project, "zebra").err.startswith("0 places")
