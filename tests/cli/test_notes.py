"""Memos by command: written on each kind of thing, listed, and taken along in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command


@pytest.mark.parametrize(
    ("about", "subject", "said"),
    [
        ((), "The inquiry", "Written on the inquiry.\n"),
        (("--submission", "sic0001"), "SIC0001", "Written on SIC0001.\n"),
        (
            ("--submission", "SIC0001", "--document", "letter.txt"),
            "SIC0001 · letter.txt",
            "Written on SIC0001 · letter.txt.\n",
        ),
        (("--code", "Volunteering"), "Volunteering", "Written on Volunteering.\n"),
        (("--journal",), "Journal", "Written in the journal.\n"),
    ],
)
def test_a_memo_is_written_on_what_is_named(
    project: Path, cli: Command, about: tuple[str, ...], subject: str, said: str
) -> None:
    assert cli("note", project, *about, "--text", "A thought.").out == said

    [told] = cli("notes", project, "--json").json

    assert (told["subject"], told["text"], told["coder"]) == (subject, "A thought.", "Noor Hadley")


def test_notes_lists_memos_with_their_words(project: Path, cli: Command) -> None:
    assert cli("notes", project).out == "There is no memo yet. `note` writes one.\n"
    cli("note", project, "--submission", "SIC0001", "--text", "First.\nSecond.")

    lines = cli("notes", project).out.splitlines()

    assert lines[0].endswith(" · Noor Hadley · SIC0001")
    assert lines[1:3] == ["  First.", "  Second."]


def test_notes_go_into_a_file_that_says_it_is_internal(
    project: Path, cli: Command, tmp_path: Path
) -> None:
    cli("note", project, "--journal", "--text", "Today.")
    file = tmp_path / "memos.md"

    told = cli("notes", project, "-o", file)

    assert told.out.startswith("1 memo written to ")
    assert "Internal, not for publication" in file.read_text(encoding="utf-8")


def test_a_memo_on_nothing_or_on_two_things_is_refused(project: Path, cli: Command) -> None:
    text = ("--text", "A thought.")
    assert cli("note", project, "--submission", "SIC0099", *text).refuses("SIC0099")
    assert cli("note", project, "--code", "Nothing", *text).refuses("Nothing")
    assert cli("note", project, "--journal", "--code", "Volunteering", *text).refuses("one thing")
    assert cli("note", project, "--document", "letter.txt", *text).refuses("one thing")
    assert cli("note", project, "--text", " ").refuses("empty")
    assert cli("notes", project, "--json").json == []
