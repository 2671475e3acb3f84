"""Making a project, bringing evidence in and showing it, with the keys that scripts rely on."""

from __future__ import annotations

from pathlib import Path

from coder import places
from coder.domain.model import Permission, RespondentType
from tests.cli.conftest import LETTER, Command


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
    assert set(coding) == {"id", "code", "coder", "start", "end", "quote", "memo"}
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
