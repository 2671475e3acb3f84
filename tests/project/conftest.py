"""A project open for work, and evidence in it."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coder.domain.model import Document, DocumentKind, Style, Submission, new_id
from coder.domain.paragraphs import lay_out
from coder.project import Project
from coder.project.plan import Plan
from tests.ingest.conftest import corpus  # noqa: F401 – a fixture here too
from tests.made import MadeOnce
from tests.project.copies import Copies, handed_out, make

Letter = Callable[..., Document]
Write = Callable[..., Path]
DATA = Path(__file__).parents[1] / "data"
MAIL = """From: {name} <{box}@example.org>
Date: Fri, {day} Sep 2020 12:00:00 +0000
Subject: Evidence
Content-Type: text/plain; charset=utf-8

{text}
"""
WORDS = (
    "We run a lunch club in the hall behind the chapel, and every Thursday thirty people come who"
    " would otherwise not speak to anybody from one week to the next. When the bus was taken away"
    " half of them could not come any more. We ask that the inquiry look at transport first."
)
SRT = "1\n00:00:01,000 --> 00:00:03,000\nGood afternoon.\n"
SURVEY = (
    "Your name,Sector,How has loneliness changed where you live?\n"
    "Jo Lee,Charity,It has grown since the library closed its doors on weekdays.\n"
    "Al Day,Council,We see it most among people who have moved here lately.\n"
)


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


@pytest.fixture
def mail(write: Write) -> Write:
    """Writes a mail; gives its path."""

    def file(name: str, sender: str, text: str, day: int = 18) -> Path:
        box = sender.replace(" ", ".").lower()
        return write(name, MAIL.format(name=sender, box=box, day=day, text=text))

    return file


@pytest.fixture
def looked(project: Project) -> Iterator[object]:
    """Surveys these paths; the plan is closed at the end."""
    plans: list[Plan] = []

    def look(*paths: Path, **how: object) -> Plan:
        plans.append(project.intake.survey(paths, **how))  # type: ignore[arg-type]
        return plans[-1]

    yield look
    for plan in plans:
        plan.close()


def packed(**members: bytes | str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return stream.getvalue()


@pytest.fixture
def base(made_once: MadeOnce) -> Path:
    """The inquiry of which all have a copy."""
    return made_once(make) / "base"


@pytest.fixture
def copies(base: Path) -> Iterator[Copies]:
    """A copy for each of three people."""
    with handed_out(base) as made:
        yield made
