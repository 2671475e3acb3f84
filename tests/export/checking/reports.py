"""Reports made for tests: Word files with headings, tables, text boxes, notes and content controls,
and invented evidence for them to quote."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from xml.sax.saxutils import escape

from docx import Document as WordDocument
from docx.oxml import parse_xml

from coder.domain.model import (
    Document,
    DocumentKind,
    Permission,
    RespondentType,
    Segment,
    Status,
    Style,
    Submission,
)
from coder.domain.paragraphs import lay_out
from coder.domain.segments import laid_out
from coder.export.checking.check import check_story
from coder.export.checking.findings import Findings
from coder.export.checking.reading import open_report
from coder.export.checking.sources import Evidence
from coder.jobs import Job
from coder.store.reads import from_segments

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_NOTE = re.compile(r"\{\{(.*?)\}\}")
_WORDS = """
the a of and to in our we they that for with people who street hall bus family garden library
school chapel market kitchen evening morning neighbour volunteer council money room door phone
parcel meal child grandmother language lesson choir allotment bench park shop queue van key
letter form visit walk story song winter summer week month year rent heating kettle table chair
window path corner bridge river hill town village estate tower clinic nurse teacher driver
cleaner student baker carer friend stranger guest helped opened closed carried cooked cleaned
mended planted painted shared asked answered called waited listened learned taught joined left
returned stayed moved met built lost found kept gave took brought sent wrote read sang walked
drove cycled rested laughed cried worried hoped trusted feared needed wanted slowly quickly
often rarely always never together alone again early late outside inside quiet busy lonely proud
tired kind empty full warm cold open safe strange local new old young first second last three
four seven twelve twenty thirty hundred because although before after when where while until
unless without between behind beside during through under across
""".split()  # noqa: SIM905


_SPECIAL = (
    "don’t", "volunteers’", "well-known", "£5", "1,000", "“thank you”", "12.5%", "it's", "café",
    "(mostly)", "neighbours’", "Tuesday", "they’re", "food-bank", "R&B", "‘our’",
)  # fmt: skip


def sentence(random: Random, words: int = 0) -> str:
    """Words in a row that read a little like a sentence and that no other has."""
    count = words or random.randint(11, 19)
    said = [random.choice(_WORDS) for _ in range(count)]
    for _ in range(2):
        said[random.randrange(1, count)] = random.choice(_SPECIAL)
    if count > 12:
        said[count // 2] += random.choice([",", ";", " –", ","])
    said[0] = said[0].capitalize()
    return f"{' '.join(said)}."


def letter(random: Random, paragraphs: int = 9) -> list[str]:
    """The paragraphs of a submission."""
    return [" ".join(sentence(random) for _ in range(3)) for _ in range(paragraphs)]


@dataclass
class Inquiry:
    """Evidence as a check is given it, and ready to be quoted."""

    submissions: dict[str, Submission]
    documents: dict[str, Document]
    spoken: dict[str, list[Segment]]
    sensitive: dict[str, list[tuple[int, int]]]
    asked: tuple[str, ...] = ("What has changed where you live since March?",)

    def text(self, ref: str) -> Document:
        """The first document of a submission."""
        return next(
            one for one in self.documents.values() if one.submission_id == self.submissions[ref].id
        )

    def said(self, ref: str, paragraph: int, first: int = 0, last: int = 1) -> str:
        """Sentences of a paragraph, counted from 0; the paragraph from 1."""
        document = self.text(ref)
        one = document.paragraphs[paragraph - 1]
        whole = document.text[one.start : one.end]
        return " ".join(re.split(r"(?<=\.) ", whole)[first:last])

    def evidence(self) -> Evidence:
        """What `check_story` asks for."""
        return Evidence(
            list(self.submissions.values()),
            [replace(one, text="", paragraphs=()) for one in self.documents.values()],
            ((one.id, one.text) for one in self.documents.values()),
            self.documents.__getitem__,
            lambda one: self.spoken.get(one, []),
            "SIC",
            self.sensitive,
            self.asked,
        )

    def check(self, report: bytes) -> Findings:
        """The findings of a report."""
        return check_story(open_report(report, "report.docx").story, self.evidence(), Job())


def inquiry(count: int = 60, seed: int = 7) -> Inquiry:
    """Evidence of charities and people: SIC0041 to SIC0045 anonymous, 46 withheld, 47 unknown, 48
    withdrawn, 49 a duplicate of 3, 50 joined with 4, 51 a transcript that nobody has checked."""
    random = Random(seed)
    made = Inquiry({}, {}, {}, {})
    for number in range(1, count + 1):
        one = _submission(number)
        made.submissions[one.ref] = one
        if one.status in (Status.WITHDRAWN, Status.JOINED):
            continue
        key = f"{number:06x}" + "0" * 26
        if number == 51:
            document, made.spoken[key] = _transcript(random, key, one)
        else:
            parts = letter(random)
            if number == 49:
                parts = made.text("SIC0003").text.split("\n")
            text, spans = lay_out((part, Style.BODY) for part in parts)
            document = Document(key, one.id, 0, "Letter", DocumentKind.DOCUMENT, text, spans)
        made.documents[key] = document
    sensitive = made.text("SIC0030").paragraphs[7]
    made.sensitive[made.text("SIC0030").id] = [(sensitive.start, sensitive.start + 40)]
    return made


def _submission(number: int) -> Submission:
    named = {
        "respondent": "",
        "organisation": f"{_TOWNS[number % len(_TOWNS)]} {_GROUPS[number % len(_GROUPS)]}",
        "type": RespondentType.CHARITY,
        "permission": Permission.NAMED,
    }
    special = {
        **{
            n: {
                "respondent": _PEOPLE[n - 41],
                "organisation": "",
                "type": RespondentType.INDIVIDUAL,
                "permission": Permission.ANONYMOUS,
            }
            for n in range(41, 46)
        },
        46: {"organisation": "Harrow Lane Trust", "permission": Permission.WITHHELD},
        47: {"organisation": "Millbrook Players", "permission": Permission.UNKNOWN},
        48: {"organisation": "", "permission": Permission.UNKNOWN, "status": Status.WITHDRAWN},
        49: {"status": Status.DUPLICATE, "of_id": "s3"},
        50: {"status": Status.JOINED, "of_id": "s4"},
    }
    return Submission(f"s{number}", f"SIC{number:04}", **(named | special.get(number, {})))


_TOWNS = ("Walsall", "Dudley", "Otley", "Keswick", "Frome", "Ludlow", "Whitby")
_GROUPS = ("Food Bank", "Lunch Club", "Choir", "Allotments", "Language Café", "Men’s Shed", "Band",
           "Toy Library", "Repair Shop", "Walkers", "Carers")  # fmt: skip
_PEOPLE = ("Aoife Brennan", "Tomasz Zielinski", "Will Young", "Hope Okafor", "Priya Raman")


def _transcript(random: Random, key: str, one: Submission) -> tuple[Document, list[Segment]]:
    lines = laid_out(
        Segment(f"seg{n}", key, float(n), n * 20_000, n * 20_000 + 19_000, sentence(random))
        for n in range(30)
    )
    empty = Document(key, one.id, 0, "Session", DocumentKind.TRANSCRIPT, machine_draft=True)
    return from_segments(empty, lines), lines


class Report:
    """A Word file in the making. In texts, `{{…}}` is a footnote."""

    def __init__(self) -> None:
        self.document = WordDocument()
        self._notes: list[str] = []

    def heading(self, text: str, level: int = 1) -> None:
        self.document.add_heading(text, level)

    def say(self, text: str, style: str | None = None, indent: float = 0.0) -> None:
        """A paragraph, with its words in several runs as Word leaves them."""
        self._fill(self.document.add_paragraph(style=style), text, indent)

    def row(self, *cells: str) -> None:
        """A table of one row."""
        table = self.document.add_table(rows=1, cols=len(cells))
        for cell, text in zip(table.rows[0].cells, cells, strict=True):
            self._fill(cell.paragraphs[0], text)

    def table(self, *rows: Sequence[str]) -> None:
        table = self.document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                self._fill(cell.paragraphs[0], text)

    def nested(self, text: str) -> None:
        """A table within a table."""
        outer = self.document.add_table(rows=1, cols=1).rows[0].cells[0]
        inner = outer.add_table(rows=1, cols=2)
        self._fill(inner.rows[0].cells[1].paragraphs[0], text)

    def header(self, text: str) -> None:
        self.document.sections[0].header.paragraphs[0].text = text

    def box(self, text: str) -> None:
        """A text box, as Word writes it: once for itself and once for older programs."""
        content = f"<w:txbxContent><w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:txbxContent>"
        self.xml(
            f"<w:p {_SPACES}><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
            f"<wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
            f"<v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
            "</w:p>"
        )

    def control(self, tag: str, text: str, after: str = "") -> None:
        """A paragraph with words in a content control and others behind it."""
        self.xml(
            f"<w:p {_SPACES}><w:sdt><w:sdtPr><w:tag w:val='{tag}'/></w:sdtPr><w:sdtContent><w:r>"
            f"<w:t xml:space='preserve'>{escape(text)}</w:t></w:r></w:sdtContent></w:sdt><w:r>"
            f"<w:t xml:space='preserve'>{escape(after)}</w:t></w:r></w:p>"
        )

    def tracked(self, before: str, gone: str, put: str, after: str) -> None:
        """A paragraph with words that were deleted and others put in, both still tracked."""
        run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
        self.xml(
            f"<w:p {_SPACES}>{run.format(escape(before))}<w:del w:id='80' w:author='A'><w:r>"
            f"<w:delText>{escape(gone)}</w:delText></w:r></w:del><w:ins w:id='81' w:author='A'>"
            f"{run.format(escape(put))}</w:ins>{run.format(escape(after))}</w:p>"
        )

    def bookmark(self, name: str, text: str, after: str = "") -> None:
        self.xml(
            f"<w:p {_SPACES}><w:bookmarkStart w:id='70' w:name='{name}'/><w:r><w:t>{escape(text)}"
            f"</w:t></w:r><w:bookmarkEnd w:id='70'/><w:r><w:t xml:space='preserve'>{escape(after)}"
            "</w:t></w:r></w:p>"
        )

    def xml(self, paragraph: str) -> None:
        body = self.document.element.body
        body.insert(len(body) - 1, parse_xml(paragraph))

    def bytes(self) -> bytes:
        """The finished file."""
        stream = io.BytesIO()
        self.document.save(stream)
        return _with_notes(stream.getvalue(), self._notes) if self._notes else stream.getvalue()

    def _fill(self, paragraph: object, text: str, indent: float = 0.0) -> None:
        from docx.shared import Cm

        if indent:
            paragraph.paragraph_format.left_indent = Cm(indent)  # type: ignore[attr-defined]
        for place, part in enumerate(_NOTE.split(text)):
            if place % 2:
                self._notes.append(part)
                run = paragraph.add_run()  # type: ignore[attr-defined]
                run._r.append(
                    parse_xml(f"<w:footnoteReference {_SPACES} w:id='{len(self._notes) + 1}'/>")
                )
            else:
                cut = len(part) // 3
                for piece in (part[:cut], part[cut:]):
                    if piece:
                        paragraph.add_run(piece)  # type: ignore[attr-defined]


def _with_notes(data: bytes, notes: Sequence[str]) -> bytes:
    said = "".join(
        f"<w:footnote w:id='{number}'><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t"
        f" xml:space='preserve'> {escape(text)}</w:t></w:r></w:p></w:footnote>"
        for number, text in enumerate(notes, start=2)
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            content = old.read(entry).decode() if entry.filename.endswith(("xml", "rels")) else ""
            if entry.filename == "[Content_Types].xml":
                content = content.replace(
                    "</Types>",
                    '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.'
                    'openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>',
                )
            if entry.filename == "word/_rels/document.xml.rels":
                link = f'<Relationship Id="rIdNotes" Type="{kind}" Target="footnotes.xml"/>'
                content = content.replace("</Relationships>", f"{link}</Relationships>")
            new.writestr(entry, content or old.read(entry))
        new.writestr(
            "word/footnotes.xml",
            f"<?xml version='1.0' encoding='UTF-8'?><w:footnotes {_SPACES}>"
            "<w:footnote w:id='0' w:type='separator'><w:p><w:r><w:separator/></w:r></w:p>"
            f"</w:footnote>{said}</w:footnotes>",
        )
    return stream.getvalue()
