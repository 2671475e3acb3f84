"""Copies for colleagues by command."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command


def test_a_sealed_blind_copy_is_written_and_opened(
    project: Path, cli: Command, tmp_path: Path
) -> None:
    words, copy, file = tmp_path / "words", tmp_path / "copy", tmp_path / "asha.evidence"
    words.write_text("four words to keep\n", encoding="utf-8")
    cli("tag", project, "SIC0001", "--code", "Transport", "--quote", "We need buses", "--create")

    told = cli(
        "share",
        project,
        "-o",
        file,
        "--to",
        "Asha",
        "--blind",
        "--passphrase-file",
        words,
        "--json",
    )

    assert told.json["sealed"]
    assert told.json["codings"] == 0
    assert "Tags left out" in told.err
    assert cli("new", copy, "--from", file).refuses("opens with a passphrase only")
    opened = cli("new", copy, "--from", file, "--passphrase-file", words)
    assert opened.out.startswith("Opened “")
    assert cli("verify", copy).code == 0
    assert cli("quotes", copy, "--json").json == []


def test_only_what_a_colleague_was_given_goes_along(
    project: Path, cli: Command, tmp_path: Path
) -> None:
    file = tmp_path / "asha.evidence"
    assigned = ("share", project, "-o", file, "--to", "Asha", "--assigned")
    assert cli(*assigned).refuses("Asha")
    cli("assign", project, "SIC0001", "--to", "Asha")
    (tmp_path / "more.txt").write_text("One letter more.", encoding="utf-8")
    assert cli("import", project, tmp_path / "more.txt").code == 0

    assert cli(*assigned, "--json").json["submissions"] == 1
    assert "left out" not in cli("shares", project).err
    copy = tmp_path / "copy"
    assert cli("new", copy, "--from", file).code == 0
    assert "left out of this copy" in cli("shares", copy).err
    assert cli("merge", copy, project).code == 0
    assert "left out" not in cli("shares", copy).err
    assert cli("share", project, "-o", file, "--assigned").code == 2


def test_an_empty_passphrase_is_refused(project: Path, cli: Command, tmp_path: Path) -> None:
    words = tmp_path / "words"
    words.write_text("\n", encoding="utf-8")
    out = tmp_path / "x.evidence"
    assert cli("share", project, "-o", out, "--passphrase-file", words).refuses("is empty")
    assert not out.exists()


def test_a_copy_that_was_cut_off_is_called_so(project: Path, cli: Command, tmp_path: Path) -> None:
    out = tmp_path / "x.evidence"
    assert cli("share", project, "-o", out, "--to", "Asha").code == 0
    out.write_bytes(out.read_bytes()[:-2000])
    assert cli("new", tmp_path / "copy", "--from", out).refuses("cut off")
    out.write_bytes(b"")
    refused = cli("new", tmp_path / "copy", "--from", out)
    assert refused.code == 2
    assert "REFI" not in refused.err
