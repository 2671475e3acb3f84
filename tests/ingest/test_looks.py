"""Kinds of file are told by their content, and plain words never pass for anything else."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.draft import Source
from coder.ingest.looks import Look, mail, plain_text
from coder.ingest.registry import kind_of
from tests.ingest.ole_writer import compound

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


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (ole("EncryptedPackage"), "an Office file locked with a password"),
        (ole("WordDocument"), "an old Word document"),
        (ole("__substg1.0_") + ole("WordDocument"), "an Outlook message"),
        (ole("Workbook"), "a spreadsheet"),
        (ole("PowerPoint Document"), "a presentation"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "a spreadsheet"),
        (zipped("[Content_Types].xml", "ppt/slides.xml"), "a presentation"),
        (zipped("mimetype", first=b"application/vnd.oasis.opendocument.text"),
         "an OpenDocument text"),
        (zipped("mimetype", first=b"application/epub+zip"), "an e-book"),
        (zipped("film.mp4"), "a zip archive"),
        (b"Rar!\x1a\x07\x00", "a packed archive"),
        (b"{\\rtf1 x}", "a Rich Text file"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a picture"),
        (b"\0\0\0\x18ftypheic\0\0", "a picture"),
        (b"\0\0\0\x18ftypisom\0\0", "a recording"),
        (b"ID3\x03\0\0", "a recording"),
        (b"\xff\xfb\x90\x44\0\0", "a recording"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "a recording"),
        (b"\x1a\x45\xdf\xa3\0\0", "a recording"),
        ((b"\x47" + bytes(187)) * 6, "a recording"),
        (b"#EXTM3U\nhttp://example.org/1.ts\n", "a playlist"),
        (MAIL, "an e-mail"),
        (b"From ann@example.org Mon Jun 01 04:28:28 2009\n" + MAIL, "an e-mail"),
        ((b"From ann@example.org Mon Jun 01 04:28:28 2009\n" + MAIL + b"\n") * 2,
         "a mailbox of several mails"),
        (b"<?xml version='1.0'?>\n<!-- x -->\n<html xmlns='x'><body>Hi", "a web page"),
        (b"<?xml version='1.0'?><?mso-application progid=\"Word.Document\"?><w/>",
         "a Word document saved as XML"),
        (b"<?xml version='1.0'?><svg/>", "an XML file"),
        ("Grüße".encode("utf-16"), "a plain text"),
        (b"Dear all: here is our answer.", "a plain text"),
        (b"I was born in 1950.", "a plain text"),
        (b"caffeine keeps us going", "a plain text"),
        (b"All free meals count.", "a plain text"),
        (b"BMA and BZh say: ID3", "a plain text"),
        (b"BM\x46\0\0\0\0\0\0\0\x36", "a picture"),
    ],
)  # fmt: skip
def test_kinds_are_told_by_content(data: bytes, kind: str) -> None:
    assert kind_of(Source("something", data=data)) == kind


@given(st.text(st.characters(categories=["L", "N", "Zs"]), min_size=1).filter(str.strip))
def test_words_are_plain_text_whatever_they_begin_with(words: str) -> None:
    assert kind_of(Source("words", data=words.encode())) == "a plain text"


def test_a_mail_whose_addresses_fill_the_first_bytes_is_still_one() -> None:
    addresses = b",\n\t".join(b"=?utf-8?Q?a?= <a@example.org>" for _ in range(4000))
    look = Look.at(Source("x.txt", data=b"From: a@example.org\nTo: " + addresses + b"\n\nHi."))

    assert mail(look)
    assert not look.whole


def test_control_bytes_are_no_text() -> None:
    assert plain_text(Look(".txt", b"page one\x0cpage two \x1b[1m"))
    assert not plain_text(Look(".txt", bytes(range(1, 32)) * 9))


def test_a_word_file_with_a_message_inside_is_a_word_file() -> None:
    inside = {"__substg1.0_0037001F": b"x", "__properties_version1.0": bytes(32)}
    data = compound({"WordDocument": b"", "ObjectPool": {"_1": inside}})

    assert kind_of(Source("evidence", data=data)) == "an old Word document"


def test_what_outlook_packs_is_told_by_its_first_bytes() -> None:
    data = b"\x78\x9f\x3e\x22\x01\x00" + bytes(20)

    assert kind_of(Source("winmail.dat", data=data)) == "a mail packed by Outlook"
