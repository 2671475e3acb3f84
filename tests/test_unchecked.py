"""A quote from a transcript that nobody has checked says so wherever it leaves the project, and no
longer once a person has said that it is checked."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from coder.cli.main import run
from coder.domain.citation import UNCHECKED
from coder.domain.model import Coder, Document, new_id
from coder.domain.quotes import QuoteFilter
from coder.jobs import Job
from coder.project import Project
from coder.project.words import Selection
from tests.export.sheets import timed
from tests.recorded import drafted

DATA = Path(__file__).parent / "data"
WORDS = "We met in the hall."
QUOTED = "met in the hall"
W_P, W_T = qn("w:p"), qn("w:t")  # python-docx's own `text` passes over content controls


@dataclass(frozen=True, slots=True)
class Told:
    """Where something leaves the project, and what it says there."""

    project: Project
    document: Document
    folder: Path
    command: Callable[..., str]

    def pack(self, ending: str) -> str:
        return self._file(ending, lambda path: self.project.packs.write(QuoteFilter(), path))

    def codebook(self, ending: str) -> str:
        return self._file(ending, self.project.codebook_files.export)

    def memos(self, ending: str) -> str:
        memos = self.project.memos
        return self._file(ending, lambda path: memos.export(memos.all(), path))

    def transcript(self, ending: str) -> str:
        files = self.project.transcript_files
        return self._file(ending, lambda path: files.export(self.document.id, path))

    def clipboard(self) -> str:
        start = self.document.text.index(QUOTED)
        document = self.project.document(self.document.id)
        return self.project.quotes.cited(document, start, start + len(QUOTED))

    def interchange(self) -> str:
        path = self.folder / "out.qdpx"
        self.project.interchange.export(path)
        with zipfile.ZipFile(path) as archive:
            read = [name for name in archive.namelist() if name.endswith((".txt", ".qde"))]
            return "\n".join(archive.read(name).decode() for name in read)

    def printed(self) -> str:
        return "".join(part.html for part in self.project.codebook_files.pages().parts)

    def printed_pack(self) -> str:
        text, _ = self.project.packs.pages(QuoteFilter(), Path("pack.pdf"))
        return "".join(part.html for part in text.parts)

    def report(self) -> Path:
        path = self.folder / "report.docx"
        word = docx.Document()
        word.add_paragraph(f"“{QUOTED}” (SIC0001)")
        word.save(str(path))
        return path

    def checked_report(self) -> str:
        checked, copy = self.project.checking.check(self.report()), self.folder / "copy.docx"
        self.project.checking.write_back(checked, copy)
        written = docx.Document(str(copy))
        return " ".join(one.text for one in (*written.paragraphs, *written.comments))

    def findings(self, ending: str) -> str:
        checked = self.project.checking.check(self.report())
        return self._file(ending, lambda path: self.project.checking.write_list(checked, path))

    def concordance(self) -> str:
        words = self.project.words
        found = words.concordance(words.counted(Selection(), Job()), "hall")
        return f"{QUOTED} {self.project.quotes.bars(found.spans())}"

    def _file(self, ending: str, write: Callable[[Path], object]) -> str:
        path = self.folder / f"out{ending}"
        write(path)
        data = path.read_bytes()
        if ending == ".docx":
            body = docx.Document(io.BytesIO(data)).element.body
            return "\n".join("".join(one.itertext(W_T)) for one in body.iter(W_P))
        if ending == ".xlsx":
            book = CalamineWorkbook.from_filelike(io.BytesIO(data))
            return str([book.get_sheet_by_name(one).to_python() for one in book.sheet_names])
        return data.decode("utf-8-sig")


PLACES: dict[str, Callable[[Told], str]] = {
    **{
        f"pack{one}": lambda told, one=one: told.pack(one)
        for one in (".docx", ".xlsx", ".csv", ".html", ".md")
    },
    **{
        f"codebook{one}": lambda told, one=one: told.codebook(one)
        for one in (".docx", ".csv", ".md")
    },
    **{f"memos{one}": lambda told, one=one: told.memos(one) for one in (".docx", ".csv", ".md")},
    **{
        f"transcript{one}": lambda told, one=one: told.transcript(one)
        for one in (".docx", ".vtt", ".txt")
    },
    "clipboard": Told.clipboard,
    "interchange": Told.interchange,
    "printed codebook": Told.printed,
    "printed pack": Told.printed_pack,
    "concordance": Told.concordance,
    "commented report": Told.checked_report,
    "findings.csv": lambda told: told.findings(".csv"),
    "findings.html": lambda told: told.findings(".html"),
    "check": lambda told: told.command("check", str(told.report()), "--all"),
    "quotes": lambda told: told.command("quotes"),
    "notes": lambda told: told.command("notes"),
    "notes --json": lambda told: told.command("notes", "--json"),
    "show": lambda told: told.command("show", "SIC0001"),
    "words concordance": lambda told: told.command("words", "concordance", "met in the hall"),
}
"""Everything that takes words out of a project for people to read."""

FIELDS: dict[str, Callable[[Told], object]] = {
    "pack.json": lambda told: json.loads(told.pack(".json"))["quotes"],
    "quotes --json": lambda told: json.loads(told.command("quotes", "--json")),
    "show --json": lambda told: json.loads(told.command("show", "SIC0001", "--json"))["documents"][
        1:
    ],
    "words concordance --json": lambda told: json.loads(
        told.command("words", "concordance", "hall", "--json")
    ),
    "check --json": lambda told: json.loads(told.command("check", str(told.report()), "--json"))[
        "quotes"
    ],
    "transcript export --json": lambda told: [
        json.loads(
            told.command(
                "transcript", "export", "SIC0001", "-o", str(told.folder / "a.srt"), "--json"
            )
        )
    ],
}
"""And for programs, which read it in a field, `machine_draft`."""


@pytest.fixture
def told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Iterator[Told]:
    """A film's transcript by a machine, with a tag that has a memo and is pinned as an example; it
    may be published by name."""
    folder = tmp_path / "inquiry"
    with Project.create(folder, "Loneliness", "SIC", "Noor") as project:
        project.intake.bring([DATA / "evidence_offset2.mp4"])
        [media] = project.evidence.one("SIC0001").documents
        made = drafted(media)
        with project._store.step("Hear", Coder(new_id(), "m (tiny)", ""), "machine") as tx:
            tx.put(made)
            tx.put(replace(timed(0, 2_000, WORDS), document_id=made.id))
        project.evidence.change("SIC0001", permission="named", respondent="Ada Brook")
        document = project.document(made.id)
        start = WORDS.index(QUOTED)
        coding = project.tag_with_new_code(document, start, start + len(QUOTED), "Places")
        project.codings.write_memo(coding, "Compare with the choir.")
        project.codebook.pin(project.codings.find(coding.id) or coding)

        def command(*words: str) -> str:
            capfd.readouterr()
            group = 2 if words[0] in ("words", "transcript") else 1
            told = [*words[:group], str(folder), *words[group:]]
            assert run(told, load_window=lambda: pytest.fail("no window is wanted")) == 0
            return capfd.readouterr().out

        yield Told(project, document, tmp_path, command)


def said(words: str) -> str:
    """What a file says to somebody who reads it, on one line."""
    return " ".join(unescape(re.sub(r"<(?!v )[^>]*>|\\", " ", words)).split())


@pytest.mark.parametrize("place", PLACES)
def test_it_is_said_until_a_person_has_checked_it(told: Told, place: str) -> None:
    before = said(PLACES[place](told))
    told.project.set_checked(told.document.id, checked=True)
    after = said(PLACES[place](told))

    assert QUOTED in before
    assert QUOTED in after
    assert UNCHECKED in before
    assert "unchecked" not in after
    assert "not checked" not in after


@pytest.mark.parametrize("place", FIELDS)
def test_programs_read_it_in_a_field(told: Told, place: str) -> None:
    def drafts() -> list[bool]:
        found = FIELDS[place](told)
        assert isinstance(found, list)
        return [one["machine_draft"] for one in found]

    assert drafts() == [True]
    told.project.set_checked(told.document.id, checked=True)
    assert drafts() == [False]


@pytest.mark.parametrize("ending", [".docx", ".csv", ".md"])
def test_each_example_of_a_codebook_says_it_of_itself(told: Told, ending: str) -> None:
    assert f"(SIC0001, 00:00) · {UNCHECKED}" in said(told.codebook(ending))
