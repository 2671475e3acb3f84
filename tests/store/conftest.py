"""A store on disk, and records to put into it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coder.domain.model import (
    Code,
    Coder,
    Coding,
    Document,
    DocumentKind,
    Style,
    Submission,
)
from coder.domain.paragraphs import lay_out
from coder.store.rows import Record
from coder.store.store import Store

ANN = Coder("ann", "Ann", "2020-09-18T16:04:05.000000Z")
BEN = Coder("ben", "Ben", "2020-09-18T16:04:05.000000Z")


class Desk:
    """A store with short ways of making records."""

    ann, ben = ANN, BEN

    def __init__(self, store: Store) -> None:
        self.store = store

    def document(self, key: str = "d", *paragraphs: str, coder: Coder = ANN) -> Document:
        """A submission with one document of these paragraphs, imported by this coder."""
        text, spans = lay_out((part, Style.BODY) for part in paragraphs or ("We volunteer here.",))
        number = self.store.read.highest_number("SIC") + 1
        submission = Submission(f"s-{key}", f"SIC{number:04}")
        document = Document(key, submission.id, 0, f"{key}.txt", DocumentKind.DOCUMENT, text, spans)
        with self.store.step(f"Import {key}", coder) as tx:
            tx.put(submission)
            tx.put(document)
        return document

    def code(self, key: str = "c", parent: str | None = None, coder: Coder = ANN) -> Code:
        """A code called like its id."""
        code = Code(key, key, parent)
        with self.store.step(f"Add {key}", coder) as tx:
            tx.put(code)
        return code

    def coding(
        self,
        key: str,
        document: Document,
        code: str = "c",
        span: tuple[int, int] = (0, 2),
        coder: Coder = ANN,
        memo: str = "",
    ) -> Coding:
        """This code on these words of the document."""
        words = document.text[slice(*span)]
        coding = Coding(key, document.id, code, coder.id, *span, words, "2020", memo)
        with self.store.step(f"Tag {key}", coder) as tx:
            tx.put(coding)
        return coding

    def breaks_after(self, record: Record, coder: Coder) -> None:
        """Writes the record in a step that then fails."""
        with self.store.step("Break", coder) as tx:
            tx.put(record)
            raise ZeroDivisionError


@pytest.fixture
def ann() -> Coder:
    """The coder who made the project."""
    return ANN


@pytest.fixture
def desk_of() -> type[Desk]:
    """Makes a desk of a store that was opened by hand."""
    return Desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the project of `desk` lies."""
    return tmp_path / "inquiry"


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    """A new project, open for writing."""
    store = Store.create(folder, "Loneliness", "SIC", "2020-09-18", ANN)
    yield Desk(store)
    store.close()
