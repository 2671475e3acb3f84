"""What became of everything that was given, told after a real import."""

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from coder.domain.account import Standing
from coder.domain.errors import EvidenceError
from coder.project import Project


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project, and beside it the `post` that it was given: two letters, one of them twice, one
    that cannot be read and one that is empty."""
    post = tmp_path_factory.mktemp("given") / "post"
    post.mkdir()
    (post / "a.txt").write_text("We met our neighbours in the street.", encoding="utf-8")
    (post / "b.txt").write_text("We met our neighbours in the street.", encoding="utf-8")
    (post / "c.txt").write_text("The bus does not come any more.", encoding="utf-8")
    (post / "d.docx").write_bytes(b"PK\x03\x04 no zip at all")
    (post / "e.txt").write_text("  \n", encoding="utf-8")
    folder = post.parent / "inquiry"
    with Project.create(folder, "Loneliness", "SIC", "Noor") as made:
        made.intake.bring([post])
    return folder


@pytest.fixture
def received(imported: Path, tmp_path: Path) -> Iterator[Project]:
    """That project, to work in."""
    with Project.open(Path(shutil.copytree(imported, tmp_path / "inquiry")), "Noor") as opened:
        yield opened


def _counts(project: Project) -> dict[Standing, tuple[int, int]]:
    table = project.account.table()
    return {row.standing: (row.submissions, row.files) for row in table.rows if row.total}


def test_everything_that_was_given_is_in_the_table(received: Project) -> None:
    assert _counts(received) == {
        Standing.UNDECIDED: (2, 0),
        Standing.DUPLICATE: (0, 1),
        Standing.BLANK: (0, 1),
        Standing.UNREADABLE: (0, 1),
    }
    assert received.account.table().received == 5


def test_giving_the_same_folder_again_changes_nothing(received: Project, imported: Path) -> None:
    before = received.account.table()

    received.intake.bring([imported.parent / "post"])

    assert received.account.table() == before


def test_decisions_move_a_submission_to_another_row(received: Project) -> None:
    received.evidence.change("SIC0001", status="included", type="faith")
    received.joining.join("SIC0001", "SIC0002")

    table = received.account.table()

    assert _counts(received)[Standing.INCLUDED] == (1, 0)
    assert _counts(received)[Standing.JOINED] == (1, 0)
    assert table.received == 5
    assert table.rows[0].types == {"faith": 1}


def test_each_file_tells_what_became_of_it(received: Project) -> None:
    received.joining.join("SIC0001", "SIC0002")

    told = {Path(one.path).name: one for one in received.account.files()}

    assert told["a.txt"].became == "Imported as SIC0001."
    assert told["b.txt"].became == "Not imported: the same bytes as SIC0001."
    assert told["c.txt"].became == "Imported as SIC0002, joined with SIC0001."
    assert (told["c.txt"].ref, told["c.txt"].counts_as) == ("SIC0001", "")
    assert "d.docx" in told["d.docx"].became
    assert told["d.docx"].counts_as == "unreadable"


@pytest.mark.parametrize("ending", [".csv", ".docx", ".md", ".json"])
def test_the_table_is_written_in_each_kind_of_file(
    received: Project, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"account{ending}"

    received.account.export(path)

    assert _numbers(path)["Received"][-1] == 5
    assert _numbers(path)["Unreadable"] == [0, 1, 1]


def test_another_ending_is_refused_with_those_there_are(received: Project, tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"“account\.txt” .* \.docx, \.csv, \.md or \.json"):
        received.account.export(tmp_path / "account.txt")

    assert not (tmp_path / "account.txt").exists()


def _numbers(path: Path) -> dict[str, list[int]]:
    """The numbers in a file's first table by the name of their row: submissions, files, all."""
    if path.suffix == ".json":
        told = json.loads(path.read_text(encoding="utf-8"))
        rows = [
            (one["counts_as"].capitalize(), one["submissions"], one["files"], one["total"])
            for one in (*told["rows"], {**told, "counts_as": "received", "total": told["received"]})
        ]
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = [tuple(row[:4]) for row in list(csv.reader(stream))[1:]]
    elif path.suffix == ".md":
        text = path.read_text(encoding="utf-8").split("\n\n")[2]
        rows = [tuple(cell.strip() for cell in line.split("|")[1:-1]) for line in text.split("\n")]
        rows = rows[2:]
    else:
        from docx import Document

        first = Document(str(path)).tables[0]
        rows = [tuple(cell.text for cell in row.cells) for row in first.rows][1:]
    return {str(name): [int(count) for count in counts] for name, *counts in rows}


def test_a_file_is_found_by_what_is_in_its_submission(project: Project, mail) -> None:
    project.intake.bring([mail("a.eml", "Jo Lee", "I was alone.")])
    [document] = project.evidence.one("SIC0001").documents

    [entry] = project.account.files()

    assert entry.evidence.splitlines() == ["Jo Lee", document.title]
