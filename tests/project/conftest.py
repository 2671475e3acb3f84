"""A project open for work, and evidence in it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coder.domain.model import Document, DocumentKind, Style, Submission, new_id
from coder.domain.paragraphs import lay_out
from coder.project import Project
from tests.ingest.conftest import corpus  # noqa: F401 – a fixture here too

Letter = Callable[..., Document]
Write = Callable[..., Path]
DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A new inquiry, opened by Noor."""
    with Project.create(
        tmp_path / "inquiry", "Loneliness", "SIC", "Noor", closes="2020-09-18"
    ) as project:
        yield project


@pytest.fixture
def letter(project: Project) -> Letter:
    """Puts a letter of these paragraphs into the project, as the import of a file would."""

    def put(*paragraphs: str) -> Document:
        text, spans = lay_out((part, Style.BODY) for part in paragraphs)
        number = project._store.read.highest_number("SIC") + 1
        submission = Submission(new_id(), f"SIC{number:04}")
        document = Document(
            new_id(), submission.id, 0, "letter.txt", DocumentKind.DOCUMENT, text, spans
        )
        with project._store.step("Import a letter", project.coder) as tx:
            tx.put(submission)
            tx.put(document)
        return document

    return put


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file to be imported; gives its path."""
    (tmp_path / "in").mkdir()

    def file(name: str, content: str | bytes = b"") -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return file


@pytest.fixture
def film(write: Write) -> Callable[[str], Path]:
    """Writes a short film under this name; gives its path."""
    return lambda name: write(name, (DATA / "evidence_offset2.mp4").read_bytes())
