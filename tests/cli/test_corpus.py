"""Every real file that is there, through the whole import: none is lost, and the hard ones hold."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Answer, Command

_KINDS_WITH_TEXT = {"docx", "pdf", "msg", "mbox", "reply", "eml", "zip"}


@pytest.fixture(scope="module")
def corpus(request: pytest.FixtureRequest) -> Path:
    """The folder of real files."""
    folder: Path = request.getfixturevalue("shared") / "corpus"
    return folder


def test_every_file_given_is_imported_named_as_duplicate_or_named_with_its_problem(
    corpus: Path, program: Command, tmp_path: Path
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
    _hard_cases_hold(corpus, program, told)
    verified = program("verify", "Corpus", seconds=300)
    assert verified.code == 0, verified


def _hard_cases_hold(corpus: Path, program: Command, told: dict[str, Any]) -> None:
    with (corpus / "hard_cases.tsv").open(encoding="utf-8", newline="") as table:
        cases = [
            row for row in csv.DictReader(table, delimiter="\t") if row["kind"] in _KINDS_WITH_TEXT
        ]
    wrong = []
    for case in cases:
        path = str(corpus / case["file"])
        refs = {one["ref"] for one in told["imported"] if one["path"] == path}
        refs |= {one["of"] for one in told["duplicates"] if one["path"] == path}
        said = "".join(
            f"{document['title']}\n{document['text']}\n"
            for ref in sorted(refs)
            for document in program("show", "Corpus", ref, "--json").json["documents"]
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
