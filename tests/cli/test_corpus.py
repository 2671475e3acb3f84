"""Every real file that is there, through the whole import: none is lost, and the hard ones hold."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from tests.cli.conftest import Answer, Command
from tests.effort import SOAK

_KINDS_WITH_TEXT = {"docx", "pdf", "msg", "mbox", "reply", "eml", "zip"}


@pytest.fixture
def corpus(shared: Path, tmp_path: Path) -> Path:
    """The folder of real files: in a soak all of them, otherwise the hard ones and a quarter of the
    others: of each kind, all or hundreds are read in tests/ingest."""
    whole = shared / "corpus"
    if SOAK:
        return whole
    some = tmp_path / "corpus"
    hard = {whole / case["file"] for case in _hard_cases(whole)}
    for path in whole.rglob("*"):
        name = path.relative_to(whole)
        if path.is_file() and (path in hard or crc32(name.as_posix().encode()) % 4 == 0):
            (some / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, some / name)
    shutil.copy(whole / "hard_cases.tsv", some)
    return some


def test_every_file_given_is_imported_named_as_duplicate_or_named_with_its_problem(
    corpus: Path, program: Command, cli: Command, tmp_path: Path
) -> None:
    given = {str(path) for path in corpus.rglob("*") if path.is_file()}
    made = program("new", "Corpus", "--title", "Corpus", "--prefix", "COR")
    assert made.code == 0, made

    answer: Answer = program("import", "Corpus", corpus, "--json", seconds=900)

    assert answer.code == 1, answer.err[-2000:]
    assert "Traceback" not in answer.err
    told = answer.json
    named = {one["path"] for kind in ("imported", "duplicates", "problems") for one in told[kind]}
    assert given <= named
    silent = [
        one["path"]
        for one in told["imported"]
        if not one["characters"]
        and "/video/" not in one["path"]
        and not any(problem["path"] == one["path"] for problem in told["problems"])
    ]
    assert silent == []
    _hard_cases_hold(corpus, cli, tmp_path / "Corpus", told)
    verified = program("verify", "Corpus", seconds=300)
    assert verified.code == 0, verified


def _hard_cases(corpus: Path) -> list[dict[str, str]]:
    with (corpus / "hard_cases.tsv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t"))


def _hard_cases_hold(corpus: Path, cli: Command, project: Path, told: dict[str, Any]) -> None:
    wrong = []
    for case in _hard_cases(corpus):
        if case["kind"] not in _KINDS_WITH_TEXT:
            continue
        path = str(corpus / case["file"])
        refs = {one["ref"] for one in told["imported"] if one["path"] == path}
        refs |= {one["of"] for one in told["duplicates"] if one["path"] == path}
        said = "".join(
            f"{document['title']}\n{document['text']}\n"
            for ref in sorted(refs)
            for document in cli("show", project, ref, "--json").json["documents"]
        )
        said += "".join(
            f"{one['inside']} {one.get('what', '')}\n"
            for kind in ("imported", "problems")
            for one in told[kind]
            if one["path"] == path
        )
        held = case["must_contain"] in said or not case["must_contain"]
        clean = not case["must_not_contain"] or case["must_not_contain"] not in said
        if not (held and clean):
            wrong.append(case["file"])
    assert wrong == []
