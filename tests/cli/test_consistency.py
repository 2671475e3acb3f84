"""`consistency` and `dismiss`: what is odd, by fixed names, and what a reviewer says of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coder.project.consistency import Kind
from tests.cli.conftest import Command
from tests.made import MadeOnce
from tests.planted import planted


def _planted(folder: Path) -> None:
    planted().save(folder / "project")


@pytest.fixture
def inquiry(tmp_path: Path, made_once: MadeOnce) -> Path:
    """The planted inquiry."""
    return Path(shutil.copytree(made_once(_planted) / "project", tmp_path / "project"))


def test_people_read_what_is_odd_and_scripts_its_fixed_names(cli: Command, inquiry: Path) -> None:
    done = cli("consistency", inquiry, "--kind", "short", "--kind", "unused")
    assert done.code == 1
    assert "One word tagged" in done.out
    assert "PLN0143: “meal” — Food (Ada)" in done.out
    assert done.err == "2 findings.\n"

    told = cli("consistency", inquiry, "--kind", "short", "--json").json
    assert list(told) == ["at", "findings"]
    [short] = told["findings"]
    assert short["kind"] == "short"
    assert short["codes"] == ["Food"]


def test_every_kind_can_be_asked_for(cli: Command, inquiry: Path) -> None:
    shown = cli("consistency", "--help").out
    assert [kind for kind in Kind if kind.value not in shown] == []
    assert cli("consistency", inquiry, "--kind", "odd").code == 2


def test_a_finding_is_dismissed_and_listed_as_such(cli: Command, inquiry: Path) -> None:
    [short] = cli("consistency", inquiry, "--kind", "short", "--json").json["findings"]
    ident = short["id"][:8]
    assert cli("dismiss", inquiry, ident).code == 2

    done = cli("dismiss", inquiry, ident, "--reason", "It is a heading.")

    assert done.code == 0
    assert done.err.startswith("Dismissed: “Food” is put on one word")
    nothing = cli("consistency", inquiry, "--kind", "short")
    assert (nothing.code, nothing.out) == (0, "")
    assert nothing.err == "Nothing odd was found. 1 dismissed.\n"
    shown = cli("consistency", inquiry, "--kind", "short", "--dismissed")
    assert "Dismissed: It is a heading." in shown.out
    assert cli("undo", inquiry).code == 0
    assert cli("consistency", inquiry, "--kind", "short").code == 1


def test_an_id_that_is_not_there_is_refused(cli: Command, inquiry: Path) -> None:
    assert cli("dismiss", inquiry, "zzzzzzzz", "--reason", "So.").refuses("zzzzzzzz")


def test_one_code_is_asked_for_and_written_to_a_file(
    cli: Command, inquiry: Path, tmp_path: Path
) -> None:
    target = tmp_path / "list.csv"

    done = cli("consistency", inquiry, "--code", "Buses/Tickets", "-o", target)

    assert done.code == 1
    assert f"Written: {target}" in done.err
    assert "Never apart from its parent" in done.out
    assert "Passed over" not in done.out
    assert "Tickets" in target.read_text(encoding="utf-8-sig")
    assert cli("consistency", inquiry, "--code", "Nowhere").refuses("Nowhere")
