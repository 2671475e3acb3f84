"""The trail and sign-offs by command."""

from __future__ import annotations

import csv
from pathlib import Path

from docx import Document

from tests.cli.conftest import Command

QUOTE = ("SIC0001", "--code", "Volunteering", "--quote", "We need buses")


def test_history_is_newest_first(project: Path, cli: Command) -> None:
    steps = cli("history", project, "--json").json
    assert [one["seq"] for one in steps] == sorted((one["seq"] for one in steps), reverse=True)
    assert set(steps[0]) == {"seq", "at", "coder", "label", "kind", "words"}
    assert len(cli("history", project, "--limit", "1", "--json").json) == 1
    assert "Noor Hadley" in cli("history", project).out


def test_history_says_when_there_is_more(project: Path, cli: Command) -> None:
    count = len(cli("history", project, "--json").json)
    assert "--limit shows more" in cli("history", project, "--limit", count - 1).err
    assert cli("history", project, "--limit", count).err == ""


def test_history_is_told_in_words_and_narrowed(project: Path, cli: Command) -> None:
    # Given tags of two people, and a change of particulars
    cli("tag", project, *QUOTE, "--coder", "Asha Verma")
    cli("tag", project, *QUOTE, "--coder", "Tom Pryce")
    cli("set", project, "SIC0001", "--permission", "named")

    # When the trail is asked for one of them, then it tells their act and no other
    told = cli("history", project, "--coder", "asha verma", "--json").json
    assert [one["coder"] for one in told] == ["Asha Verma"]
    assert told[0]["words"] == "tagged “We need buses” (SIC0001, para 3) with “Volunteering”"

    # And it is narrowed by submission, code, kind, words and day
    def seqs(*how: object) -> list[int]:
        return [one["seq"] for one in cli("history", project, *how, "--json").json]

    whole = seqs()
    assert seqs("--kind", "tags", "--coder", "Tom Pryce") == [whole[1]]
    assert seqs("--text", "from unknown") == []
    assert seqs("--text", "permission of SIC0001") == [whole[0]]
    assert whole[0] in seqs("--submission", "SIC0001")
    assert whole[0] not in seqs("--code", "Volunteering")
    assert whole[1] in seqs("--code", "Volunteering")
    assert seqs("--since", "2020-01-01") == whole
    assert seqs("--until", "2020-01-01") == []
    assert "No step fits" in cli("history", project, "--until", "2020-01-01").err
    assert cli("history", project, "--coder", "Nobody").refuses("Nobody")
    assert cli("history", project, "--submission", "SIC0099").refuses("SIC0099")


def test_the_trail_is_saved_for_the_file(project: Path, cli: Command, tmp_path: Path) -> None:
    cli("tag", project, *QUOTE, "--coder", "Asha Verma")
    mark = cli("verify", project, "--json").json["fingerprint"]
    sheet, paper = tmp_path / "trail.csv", tmp_path / "trail.docx"

    told = cli("history", project, "--coder", "Asha Verma", "-o", sheet, "--json").json
    assert (told["steps"], told["fingerprint"]) == (1, mark)
    rows = list(csv.reader(sheet.read_text(encoding="utf-8-sig").splitlines()))
    assert any(mark in row[0] for row in rows)
    assert any("by Asha Verma" in row[0] for row in rows)
    assert rows[-1][2:4] == [
        "Asha Verma",
        "tagged “We need buses” (SIC0001, para 3) with “Volunteering”",
    ]

    assert "fingerprint" in cli("history", project, "-o", paper).out
    words = "\n".join(one.text for one in Document(str(paper)).paragraphs)
    assert "not for publication" in words
    assert cli("history", project, "-o", tmp_path / "trail.pdf").refuses("trail.pdf")


def test_what_is_signed_off_and_changed_since(project: Path, cli: Command) -> None:
    # Given a submission and a codebook that are signed off
    assert cli("signed", project).err == "Nothing is signed off yet; `sign` does it.\n"
    assert cli("sign", project, "SIC0001", "--note", "Read by both").code == 0
    assert cli("sign", project, "--codebook", "--version", "1.0").code == 0
    assert cli("sign", project, "SIC0001").refuses("SIC0001")
    assert cli("sign", project, "--codebook").refuses("version")
    assert [one["holds"] for one in cli("signed", project, "--json").json] == [True, True]

    # When somebody tags it, then only its sign-off says that it has changed
    cli("tag", project, *QUOTE, "--coder", "Tom Pryce")
    book, submission = cli("signed", project, "--json").json
    assert (book["version"], book["holds"]) == ("1.0", True)
    assert (submission["ref"], submission["holds"], submission["changed"]) == ("SIC0001", False, 1)
    assert "changed since" in cli("signed", project).out

    # And whoever gave it takes it back
    assert cli("sign", project, "SIC0001", "--take-back", "--coder", "Tom Pryce").refuses("Tom")
    assert cli("sign", project, "SIC0001", "--take-back").out == "Taken back.\n"
    assert len(cli("signed", project, "--json").json) == 1
