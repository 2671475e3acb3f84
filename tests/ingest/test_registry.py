"""What a file is, its content says; what cannot be read is told with what to do about it."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.draft import Draft, Opened, Source
from coder.domain.errors import Unreadable
from coder.domain.model import DocumentKind, Style
from coder.ingest.registry import FORMATS, kind_of, read, read_one
from coder.ingest.safe import attempt
from tests.effort import SOAK

WordFile = Callable[..., Source]
MAIL = (
    b"From: Ann <ann@example.org>\r\nSubject: Our evidence\r\nMIME-Version: 1.0\r\n\r\nWe care.\r\n"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(*names: str, first: bytes = b"") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, first)
    return packed.getvalue()


def ole(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + bytes(600)


def test_a_text_becomes_a_submission_of_one_document() -> None:
    source = Source("answer.txt", data=b"We meet.\n\nOften.")

    draft = read(source)

    (document,) = draft.documents
    assert (document.title, document.kind) == ("answer.txt", DocumentKind.DOCUMENT)
    assert document.text == "We meet.\nOften."
    assert document.source is source
    assert (draft.channel, draft.respondent, draft.received) == ("file", "", "")


def test_word_files_are_told_by_what_is_inside(word_file: WordFile) -> None:
    body = "<w:p><w:r><w:t>Evidence</w:t></w:r></w:p>"
    data = word_file(body).read()

    assert read_one(Source("evidence.docx", data=data)).documents[0].text == "Evidence"
    assert read_one(Source("evidence", data=data)).documents[0].problems == ()
    assert kind_of(Source("x", data=data)) == "a Word document"


def test_a_wrong_name_is_read_for_what_it_is_and_said_so(word_file: WordFile) -> None:
    data = word_file("<w:p><w:r><w:t>Evidence</w:t></w:r></w:p>").read()

    document = read_one(Source("evidence.pdf", data=data)).documents[0]

    assert document.text == "Evidence"
    assert document.problems == (
        "“evidence.pdf” is named like a PDF but is a Word document, and was read as one.",
    )


def test_markdown_is_told_from_text_by_its_name_alone() -> None:
    data = b"# Title\n\nBody."

    (heading, _) = read_one(Source("a.md", data=data)).documents[0].paragraphs
    (line, _) = read_one(Source("a.txt", data=data)).documents[0].paragraphs

    assert (heading.style, line.style) == (Style.HEADING, Style.BODY)


def test_mails_and_pages_find_their_readers() -> None:
    assert read(Source("x", data=MAIL)).channel == "email"
    page = Source("x", data=b"<!DOCTYPE html><title>t</title><h1>Hi</h1><p>Fellow</p>")
    assert read_one(page).documents[0].text == "Hi\nFellow"


def test_header_lines_pasted_into_a_text_stay_in_the_text() -> None:
    pasted = b"From: Ann\nTo: The inquiry\nDate: 3 May\n\nWe care."

    assert read_one(Source("a.txt", data=pasted)).documents[0].text.startswith("From: Ann")


@pytest.mark.parametrize(
    ("source", "what", "remedy"),
    [
        (Source("a.docx", data=b""), "“a.docx” is empty.", "sent again"),
        (Source("a.txt", data=b" \n\t\n"), "“a.txt” holds no text.", ""),
        (Source("a.docx", data=b"PK\x03\x04 cut off"), "“a.docx” is named like a Word", "again"),
        (Source("a.bin", data=b"\0\1\2\3"), "not known here", "save it as .docx"),
        (Source("a.ppt", data=ole("PowerPoint Document")), "a presentation", "save it as .docx"),
        (Source("a.docx", data=ole("EncryptedPackage")), "locked with a password", "unlocked"),
        (Source("a.7z", data=b"7z\xbc\xaf\x27\x1c"), "a packed archive", "Unpack it first"),
        (Source("a.txt", data=b"text " * 20000 + b"\0"), "not plain text all through", "again"),
        (Source("a.txt", path=Path("no/such/a.txt")), "“a.txt” could not be opened", "still there"),
    ],
)
def test_what_cannot_be_read_is_said_plainly(source: Source, what: str, remedy: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(source)

    assert what in caught.value.what
    assert remedy in caught.value.remedy


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        read(Source.of(tmp_path))


def test_a_zip_of_too_many_files_in_a_mail_costs_two_lines() -> None:
    packed = base64.encodebytes(zipped(*(f"{n}.txt" for n in range(600)), first=b"Words."))
    head = MAIL.replace(b"\r\n\r\n", b"\r\nContent-Type: multipart/mixed; boundary=cut\r\n\r\n", 1)
    part = (
        b"--cut\nContent-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\n"
    )

    draft = read_one(Source("a.eml", data=head + part + packed + b"\n--cut--\n"))

    assert len(draft.documents) == 500
    assert [problem.part for problem in draft.problems] == ["499.txt", "a.zip"]
    assert draft.problems[1].what == "100 more files in it are not read."


def test_every_format_has_a_reader_or_says_what_to_do() -> None:
    assert all(kind.reader or kind.remedy for kind in FORMATS)


@settings(max_examples=150, deadline=None)
@given(
    start=st.sampled_from([
        b"", b"%PDF-1.4", b"PK\x03\x04", OLE[:8], MAIL, b"{\\rtf", b"<html>", b"\xff\xfe", b"ID3",
        b"\0\0\0\x18ftypisom", b"\x1a\x45\xdf\xa3", b"OggS", b"RIFF\0\0\0\0WAVE",
        b"From a\nTo: b\n",
    ]),
    rest=st.binary(max_size=400),
    name=st.sampled_from(["a.docx", "a.txt", "a.md", "a.eml", "a.pdf", "a.html", "a", "a.mp4"]),
)  # fmt: skip
def test_any_bytes_give_a_draft_or_a_known_error(start: bytes, rest: bytes, name: str) -> None:
    outcome = attempt(Source(name, data=start + rest))

    assert isinstance(outcome, Draft) or name in outcome.what


@pytest.mark.parametrize("folder", ["docx", "doc", "odt", "rtf", "msg", "zip", "video", "text"])
def test_every_real_file_gives_a_draft_or_a_known_error(corpus: Path, folder: str) -> None:
    """LibreOffice, which is slow, is given a third of the old Word files, and all in a soak; our
    own reader is given all (old_word/test_doc.py)."""
    paths = [path for path in sorted((corpus / folder).rglob("*")) if path.is_file()][:250]
    for path in paths[:: 3 if folder == "doc" and not SOAK else 1]:
        outcome = attempt(Source.of(path))
        if isinstance(outcome, Draft):
            assert outcome.documents
        elif isinstance(outcome, Opened):
            assert outcome.members or outcome.drafts or outcome.problems
        else:
            assert path.name in outcome.what
