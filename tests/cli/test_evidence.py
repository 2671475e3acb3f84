"""Making a project, bringing evidence in and showing it, with the keys that scripts rely on."""

from __future__ import annotations

import zipfile
from pathlib import Path

from coder import places
from coder.domain.model import Permission, RespondentType
from tests.cli.conftest import LETTER, Command

LATE = """From: Jo Lee <jo@example.org>
Date: Sat, 19 Sep 2020 12:00:00 +0000
Subject: Evidence
Content-Type: text/plain; charset=utf-8

We volunteer every week.
"""


def test_new_takes_its_codebook_from_a_call_or_from_the_ready_themes(
    tmp_path: Path, cli: Command
) -> None:
    # Given a call for evidence
    call = places.samples() / "call-for-evidence.docx"

    # When a project is made with it, with the ready themes, and with neither
    args = ("--title", "Neighbours Again", "--prefix", "SIC", "--json")
    called = cli("new", tmp_path / "a", *args, "--call", call, "--closes", "2020-09-18").json
    ready = cli("new", tmp_path / "b", *args, "--themes").json
    bare = cli("new", tmp_path / "c", *args).json

    # Then the first two have codes
    assert called["closes"] == "2020-09-18"
    assert called["codes"] == len(cli("codes", tmp_path / "a", "--json").json) > 10
    assert ready["codes"] > 10
    assert cli("new", tmp_path / "d", *args, "--call", call, "--themes").code == 2
    assert bare == {
        "project": str(tmp_path / "c"),
        "title": "Neighbours Again",
        "prefix": "SIC",
        "closes": "",
        "codes": 0,
    }


def test_a_closing_day_that_is_none_is_refused(tmp_path: Path, cli: Command) -> None:
    told = cli("new", tmp_path / "a", "--title", "T", "--prefix", "SIC", "--closes", "18/9/2020")
    assert told.code == 2
    assert not (tmp_path / "a").exists()


def test_import_accounts_for_every_file(project: Path, tmp_path: Path, cli: Command) -> None:
    # Given a folder with a new file, one that is there already, and one that cannot be read
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text("The bakery let people choose.")
    (inbox / "b.txt").write_text(LETTER)
    (inbox / "c.docx").write_bytes(b"")

    # When it is imported, then each is in one of the three lists
    told = cli("import", project, inbox, "--json").json
    [imported] = told["imported"]
    fixed = {"path": str(inbox / "a.txt"), "ref": "SIC0002", "documents": 1, "characters": 29}
    assert imported == imported | fixed
    [duplicate] = told["duplicates"]
    assert duplicate == duplicate | {"path": str(inbox / "b.txt"), "of": "SIC0001"}
    [problem] = told["problems"]
    assert problem["path"] == str(inbox / "c.docx")
    assert set(problem) == {"path", "inside", "part", "what"}


def test_what_is_skipped_is_named_and_fails_nothing(
    project: Path, tmp_path: Path, cli: Command
) -> None:
    # Given a folder with a letter, and with what lies about in folders, the project among it
    (tmp_path / "Thumbs.db").write_bytes(b"x")
    (tmp_path / "b.txt").write_text("The bakery let people choose.")

    # When all of it is imported, then only letters come in and the rest is named
    told = cli("import", project, tmp_path, "--json")
    assert told.code == 0
    assert [Path(one["path"]).name for one in told.json["imported"]] == ["b.txt"]
    assert {Path(one["path"]).name for one in told.json["problems"]} == {"Neighbours", "Thumbs.db"}
    assert all(one["what"].startswith("Skipped: ") for one in told.json["problems"])
    assert cli("import", project, project).refuses("is a project of Evidence Coder")


def test_a_dry_run_writes_nothing(project: Path, tmp_path: Path, cli: Command) -> None:
    # Given a new file, when it is only tried, then nothing is there afterwards
    (tmp_path / "a.txt").write_text("The bakery let people choose.")
    before = cli("history", project, "--json").json
    told = cli("import", project, tmp_path / "a.txt", "--dry-run", "--json").json
    assert [one["ref"] for one in told["imported"]] == [""]
    assert cli("history", project, "--json").json == before


def test_several_files_become_one_submission(project: Path, tmp_path: Path, cli: Command) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"This is the file {name}.")
    told = cli("import", project, tmp_path / "a.txt", tmp_path / "b.txt", "--as-one", "--json").json
    assert {one["ref"] for one in told["imported"]} == {"SIC0002"}
    shown = cli("show", project, "SIC0002", "--json").json
    assert [one["title"] for one in shown["documents"]] == ["a.txt", "b.txt"]


def test_a_dry_run_shows_what_would_become_which_submission(
    project: Path, tmp_path: Path, cli: Command
) -> None:
    # Given a mail that came late, a letter that is there in another dress, and a folder of two
    (tmp_path / "in" / "annexes").mkdir(parents=True)
    (tmp_path / "in" / "late.eml").write_text(LATE)
    (tmp_path / "in" / "again.md").write_text(f"# {LETTER}")
    for name in ("a", "b"):
        (tmp_path / "in" / "annexes" / f"{name}.txt").write_text(f"This is annex {name}.")
    path = tmp_path / "in"
    cli("new", tmp_path / "closed", "--title", "T", "--prefix", "AB", "--closes", "2020-09-18")
    cli("import", tmp_path / "closed", path / "again.md")

    # When it is tried, then each submission is a line with what is to be known of it
    told = cli("import", tmp_path / "closed", path, "--by-folder", "--dry-run")
    lines = [line.split() for line in told.out.splitlines()]
    assert lines[0] == ["Number", "Respondent", "Type", "Date", "Marks", "Files"]
    assert lines[1][-2:] == ["in/annexes/a.txt,", "in/annexes/b.txt"]
    assert [word for word in lines[2] if word not in list(RespondentType)] == [
        "2",
        "Jo",
        "Lee",
        "2020-09-19",
        "late",
        "in/late.eml",
    ]
    assert "again.md is the same file as AB0001, and was left." in told.out
    assert "2 submissions would be made of 3 files, 1 duplicate" in told.out
    proposals = cli("import", tmp_path / "closed", path, "--dry-run", "--json").json["proposals"]
    assert [one["flags"] for one in proposals] == [[], [], ["late"]]


def test_a_zip_comes_in_by_its_folders(project: Path, tmp_path: Path, cli: Command) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name in ("x/a.txt", "x/b.txt", "y/c.txt"):
            archive.writestr(name, f"This is {name}.")

    told = cli("import", project, tmp_path / "all.zip", "--by-folder", "--json").json

    assert [(one["inside"], one["ref"]) for one in told["imported"]] == [
        ("x/a.txt", "SIC0002"),
        ("x/b.txt", "SIC0002"),
        ("y/c.txt", "SIC0003"),
    ]
    assert {one["path"] for one in told["imported"]} == {str(tmp_path / "all.zip")}


def test_evidence_is_added_to_an_earlier_submission(
    project: Path, tmp_path: Path, cli: Command
) -> None:
    (tmp_path / "annex.txt").write_text("This is the annex.")

    told = cli("import", project, tmp_path / "annex.txt", "--attach", "sic0001", "--json").json

    assert [one["ref"] for one in told["imported"]] == ["SIC0001"]
    documents = cli("show", project, "SIC0001", "--json").json["documents"]
    assert [one["title"] for one in documents][1:] == ["annex.txt"]
    assert cli("import", project, tmp_path / "annex.txt", "--attach", "SIC0009").refuses("SIC0009")


def test_columns_of_a_table_are_named_on_the_line(
    project: Path, tmp_path: Path, cli: Command
) -> None:
    # Given a survey whose columns say little of themselves
    table = tmp_path / "survey.csv"
    table.write_text("A=B,What do you think of the buses?\nFell Club,They are late every day.\n")

    # When a column is named, then it is read as that, and answers are tagged unless not wanted
    cli("import", project, table, "--map", "A=B=organisation", "--no-question-tags")
    shown = cli("show", project, "SIC0002", "--json").json
    assert shown["organisation"] == "Fell Club"
    assert shown["documents"][0]["codings"] == []
    assert cli("import", project, table, "--map", "A=B").code == 2
    assert cli("import", project, table, "--map", "Sector=type").refuses("Sector")
    assert cli("import", project, table, "--as-one", "--by-folder").code == 2


def test_submissions_have_their_fixed_keys(project: Path, cli: Command) -> None:
    [one] = cli("submissions", project, "--json").json
    fixed = "ref respondent organisation type permission received channel status flags documents"
    assert set(fixed.split()) <= set(one)
    [document] = one["documents"]
    assert set(document) == {"id", "title", "kind", "characters", "media_ms", "problems"}
    assert document["kind"] == "document"
    assert one["permission"] in list(Permission)
    assert one["type"] in list(RespondentType)


def test_show_gives_texts_paragraphs_and_codings_by_code_points(
    project: Path, cli: Command
) -> None:
    # Given a passage behind an emoji that is tagged
    quote = "and I stayed"
    cli("tag", project, "SIC0001", "--code", "Volunteering", "--quote", quote)

    # When the submission is shown
    [document] = cli("show", project, "sic0001", "--json").json["documents"]

    # Then positions count code points
    assert {"text", "paragraphs", "codings"} <= set(document)
    assert "segments" not in document
    [coding] = document["codings"]
    assert set(coding) == {
        "id", "code", "coder", "start", "end", "quote", "memo", "marked", "sensitive",
    }  # fmt: skip
    assert document["text"][coding["start"] : coding["end"]] == quote
    assert (coding["code"], coding["coder"]) == ("Volunteering", "Noor Hadley")
    second = document["paragraphs"][1]
    assert document["text"][second["start"] : second["end"]].startswith("I had never")


def test_show_and_submissions_for_people(project: Path, cli: Command) -> None:
    cli("tag", project, "SIC0001", "--code", "Volunteering", "--quote", "We need buses")
    shown = cli("show", project, "SIC0001").out
    assert "     2  I had never volunteered before." in shown
    assert "[Volunteering] “We need buses” — Noor Hadley" in shown
    assert "SIC0001    unknown  unknown" in cli("submissions", project).out


def test_particulars_are_set_one_by_one(project: Path, cli: Command) -> None:
    # Given a submission whose type is set, when its permission and flags are set
    cli("set", project, "SIC0001", "--type", "charity", "--organisation", "Fellgate Lunch Club")
    told = cli("set", project, "SIC0001", "--permission", "named", "--flag", "late", "--json").json

    # Then all of them stand
    assert told["type"] == "charity"
    assert told["organisation"] == "Fellgate Lunch Club"
    assert told["permission"] == "named"
    assert told["flags"] == ["late"]


def test_flags_are_cleared_by_an_empty_one(project: Path, cli: Command) -> None:
    cli("set", project, "SIC0001", "--flag", "late", "--flag", "campaign")
    assert cli("set", project, "SIC0001", "--flag", "", "--json").json["flags"] == []


def test_particulars_that_are_not_ones_are_refused(project: Path, cli: Command) -> None:
    assert cli("set", project, "SIC0001", "--type", "wizard").code == 2
    assert cli("set", project, "SIC0001").code == 2


def test_acts_carry_the_name_they_were_done_under(project: Path, cli: Command) -> None:
    cli("set", project, "SIC0001", "--type", "charity", "--coder", "Asha Verma")
    coders = [one["coder"] for one in cli("history", project, "--json").json]
    assert coders[0] == "Asha Verma"
    assert set(coders[1:]) == {"Noor Hadley"}
