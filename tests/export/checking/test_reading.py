"""What a report says, wherever in the Word file it stands."""

from __future__ import annotations

import io
import zipfile
from random import Random

import pytest

from coder.domain.errors import Unreadable
from coder.export.checking.reading import open_report
from coder.export.checking.story import Part, Said
from tests.export.checking.reports import Report, sentence


def _said(report: Report) -> dict[str, Said]:
    story = open_report(report.bytes(), "report.docx").story
    return {one.text.strip(): one for one in story.paragraphs if one.text.strip()}


def test_every_part_is_read_and_told() -> None:
    report = Report()
    report.heading("Chapter one")
    report.say("In the body{{In a note}}.")
    report.row("One cell", "Another cell")
    report.nested("In an inner table")
    report.box("In a text box")
    report.header("In the header")
    said = _said(report)
    assert {text: one.part for text, one in said.items()} == {
        "Chapter one": Part.BODY,
        "In the body.": Part.BODY,
        "In a note": Part.FOOTNOTE,
        "One cell": Part.TABLE,
        "Another cell": Part.TABLE,
        "In an inner table": Part.TABLE,
        "In a text box": Part.BOX,
        "In the header": Part.MARGIN,
    }
    assert said["In the body."].where == "paragraph 2, under “Chapter one”"
    assert said["In a note"].where == "footnote 1"
    assert said["In the body."].marks[0].at == len("In the body")
    assert said["One cell"].row == said["Another cell"].row >= 0


def test_tracked_insertions_are_read_and_deletions_are_not() -> None:
    report = Report()
    report.tracked("We ", "never ", "always ", "queue.")
    assert list(_said(report)) == ["We always queue."]


def test_the_ids_of_quotes_are_known_in_controls_and_bookmarks() -> None:
    report = Report()
    report.control("quote:SIC0012-3f2a9c-10-8", "We queue", " (SIC0012)")
    report.bookmark("q_SIC0013_3f2a9c_10_7", "We wait", " here")
    report.bookmark("_GoBack", "Nothing")
    said = _said(report)
    named = {one.id: text[one.start : one.end] for text in said for one in said[text].named}
    assert named == {"SIC0012-3f2a9c-10-8": "We queue", "SIC0013-3f2a9c-10-7": "We wait"}


@pytest.mark.parametrize("data", [b"", b"words", b"PK\x03\x04"])
def test_what_is_no_word_file_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"“report\.docx” cannot be read"):
        open_report(data, "report.docx")


def test_an_entity_is_not_expanded() -> None:
    stream = io.BytesIO()
    whole = Report()
    whole.say("Harmless")
    with zipfile.ZipFile(io.BytesIO(whole.bytes())) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "word/document.xml":
                content = content.replace(b"Harmless", b"&x;").replace(
                    b"?>", b"?><!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", 1
                )
            new.writestr(entry, content)
    try:
        text = " ".join(
            one.text for one in open_report(stream.getvalue(), "x.docx").story.paragraphs
        )
    except Unreadable:
        return
    assert "root:" not in text


def test_a_text_of_unreasonable_size_is_not_unpacked() -> None:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(Report().bytes())) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for entry in old.infolist():
            if entry.filename != "word/document.xml":
                new.writestr(entry, old.read(entry))
        with new.open("word/document.xml", "w") as document:
            document.write(b"<w:document>")
            for _ in range(70):
                document.write(b" " * 1024 * 1024)
    with pytest.raises(Unreadable, match="more text than can be checked"):
        open_report(stream.getvalue(), "report.docx")


def _zipped(**parts: str) -> bytes:
    with zipfile.ZipFile(stream := io.BytesIO(), "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def _workbook() -> bytes:
    import xlsxwriter

    with xlsxwriter.Workbook(stream := io.BytesIO(), {"in_memory": True}) as book:
        book.add_worksheet().write(0, 0, "Words")
    return stream.getvalue()


def _spoilt() -> bytes:
    """A report with nonsense amid its words."""
    report = Report()
    for number in range(400):
        report.say(f"“{sentence(Random(number))}” (SIC0001)")
    data = bytearray(report.bytes())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.getinfo("word/document.xml").header_offset
    data[start + 500 : start + 700] = bytes(one ^ 0x5A for one in data[start + 500 : start + 700])
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (_spoilt(), "cannot be read"),
        (_spoilt()[:9000], "cannot be read"),
        (_zipped(readme="words"), "cannot be read"),
        (
            _zipped(mimetype="application/vnd.oasis.opendocument.text", content="x"),
            "cannot be read",
        ),
        (_workbook(), "cannot be read"),
        (b"PK", "cannot be read"),
        (b"", "cannot be read"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "password"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"WordDocument", "no Word Document"),
    ],
)
def test_what_is_no_word_document_is_told_with_a_remedy(data: bytes, told: str) -> None:
    with pytest.raises(Unreadable) as problem:
        open_report(data, "report.docx")
    assert told in problem.value.what
    assert "save it as a Word Document" in problem.value.remedy
