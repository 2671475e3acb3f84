"""A project with something of everything, and how two projects are compared."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coder.domain.model import About, Coder, Document, DocumentKind, Style, Submission, new_id
from coder.domain.paragraphs import lay_out
from coder.domain.quotes import QuoteFilter
from coder.project import Project
from tests.export.sheets import timed
from tests.recorded import drafted

DATA = Path(__file__).parents[2] / "data"
MAIL = (
    "From: Ada Brook <ada@example.org>\r\nDate: Fri, 18 Sep 2020 12:00:00 +0000\r\n"
    "Subject: Evidence\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    "1. We met in the hall 🙂 every week.\r\n\r\n2. The café 👩‍👩‍👧 closed; people were alone.\r\n"
)
CRLF = "First line.\r\nSecond 🎉 line, cafe\u0301.\r\n\r\nAnd\x0cone more."
SPOKEN = ("We met in the hall.", "Nobody came — 🙂 — after that.", "")


def fill(project: Project, folder: Path) -> None:
    """Puts something of everything into a new project."""
    mail = folder / "letter.eml"
    mail.write_bytes(MAIL.encode())
    project.intake.bring([mail, DATA / "evidence_offset2.mp4"])
    tag(
        project, "SIC0001", "met in the hall", "Places/Halls", memo="Compare with the choir.\n\n<&>"
    )
    tag(project, "SIC0001", "café 👩‍👩‍👧 closed", "Loss")
    put_letter(project, CRLF, "With line ends")
    tag(project, "SIC0003", "Second 🎉 line, cafe\u0301", "Loss")
    hear(project)
    project.as_coder("Ines Okafor")
    tag(project, "SIC0001", "met in the hall", "Places/Halls", memo="Mine, too.")
    coding = tag(project, "SIC0002", "hall.\nNobody came", "Places/Halls")
    project.codebook.pin(coding)
    project.codings.mark([coding], marked=True)
    project.codings.set_sensitive([coding], sensitive=True)
    book = project.codebook
    book.define(
        book.at("Loss"), definition="What has gone.\n\nUse when:", use_when="- they say so",
        not_when="Do not use when:\nnever", colour="teal", key="f",
    )  # fmt: skip
    say(project)
    put_letter(project, "We met in the hall, again and again.", "A letter")
    put_letter(project, "This was taken back.", "Withdrawn")
    project.joining.set_same("SIC0004", "SIC0003")
    project.withdrawal.withdraw("SIC0005")


def say(project: Project) -> None:
    """Says who speaks, and what coders think of everything."""
    project.evidence.change(
        "SIC0001", respondent="Ada Brook", organisation="Hall “Trust” & Sons", type="charity",
        permission="withheld", region="Tarn", received="2020-09-18",
    )  # fmt: skip
    [one] = project.evidence.one("SIC0003").documents
    memos = {
        About.PROJECT: "",
        About.JOURNAL: "",
        About.SUBMISSION: one.submission_id,
        About.DOCUMENT: one.id,
        About.CODE: project.codebook.at("Loss").id,
    }
    for about, of_id in memos.items():
        project.memos.write(about, of_id, f"What I think of the {about}.\nIt is <odd> 🙂\r\n.")
    project.progress.declare([one.id])
    basket = project.baskets.make("Chapter 1")
    project.baskets.add_heading(basket.id, "What they lost")
    found = project.baskets.passage(project.document(one.id), 13, 19)
    project.baskets.add(basket.id, [found])
    project.quotes.save("Loss", QuoteFilter(codes=(project.codebook.at("Loss").id,)))


def tag(project: Project, ref: str, words: str, path: str, memo: str = "") -> Any:
    """Puts a code on words, as `tag` does, with a memo."""
    document = project.evidence.document_saying(ref, words)
    start = document.text.index(words)
    coding = project.tag_with_new_code(document, start, start + len(words), path)
    if memo:
        project.codings.write_memo(coding, memo)
    return coding


def put_letter(project: Project, text: str, title: str) -> Document:
    """Puts a text as it is into the project, under the next reference."""
    number = project._store.read.highest_number("SIC") + 1
    submission = Submission(new_id(), f"SIC{number:04}")
    _, spans = lay_out([(text.split("\r\n", maxsplit=1)[0], Style.BODY)])
    document = Document(new_id(), submission.id, 0, title, DocumentKind.DOCUMENT, text, spans)
    with project._store.step("Import a letter", project.coder) as tx:
        tx.put(submission)
        tx.put(document)
    return document


def hear(project: Project) -> None:
    """Puts a machine's transcript of the film into the project."""
    [media] = project.evidence.one("SIC0002").documents
    made = drafted(media)
    with project._store.step("Hear", Coder(new_id(), "m (tiny)", ""), "machine") as tx:
        tx.put(made)
        for place, words in enumerate(SPOKEN):
            line = timed(2_000 * place, 2_000 * place + 1_500, words, "Chair" * (place == 1))
            tx.put(replace(line, id=new_id(), document_id=made.id, position=place))


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with something of everything, to look at only."""
    folder = tmp_path_factory.mktemp("filled")
    with Project.create(
        folder / "Inquiry", "Loneliness & us", "SIC", "Noor", closes="2020-09-18"
    ) as project:
        fill(project, folder)
        assert project.verify() == []
    return folder / "Inquiry"


@pytest.fixture(scope="session")
def sent(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a project file."""
    path = tmp_path_factory.mktemp("sent") / "out.qdpx"
    with Project.open(filled, "Noor", read_only=True) as project:
        project.interchange.export(path)
    return path


@pytest.fixture
def here(filled: Path, tmp_path: Path) -> Iterator[Project]:
    """The project with something of everything, to work in."""
    folder = shutil.copytree(filled, tmp_path / "Here")
    with Project.open(folder, "Noor") as project:
        yield project


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Project]:
    """A new project."""
    with Project.create(tmp_path / "Empty", "Another", "ANO", "Zadie") as project:
        yield project


def document_of(path: Path) -> bytes:
    """The project document of a project file."""
    with zipfile.ZipFile(path) as archive:
        return archive.read("project.qde")
