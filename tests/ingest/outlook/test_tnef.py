"""What Outlook packs as winmail.dat comes out like the parts of any mail."""

from __future__ import annotations

import base64
import struct
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.draft import Draft, Source
from coder.domain.errors import Unreadable
from coder.ingest.outlook.tnef import read_tnef
from coder.ingest.registry import read

SUBJECT, BODY, HTML, NAME = 0x0037, 0x1000, 0x1013, 0x3707
MESSAGE = bytes.fromhex("0703020000000000c000000000000046")
HEAD = b"From: Ann <ann@club.example>\r\nSubject: Our evidence\r\nMIME-Version: 1.0\r\n"


def attribute(level: int, number: int, data: bytes) -> bytes:
    head = struct.pack("<BII", level, number, len(data))
    return head + data + struct.pack("<H", sum(data) & 0xFFFF)


def properties(values: dict[int, str | bytes | int]) -> bytes:
    out = struct.pack("<I", len(values))
    for tag, value in values.items():
        if isinstance(value, int):
            out += struct.pack("<HHI", 0x0003, tag, value)
            continue
        data = value.encode("utf-16-le") + b"\0\0" if isinstance(value, str) else value
        kind = 0x000D if data.startswith(MESSAGE) else 0x001F if isinstance(value, str) else 0x0102
        out += struct.pack("<HHII", kind, tag, 1, len(data)) + data + bytes(-len(data) % 4)
    return out


def packed(values: dict[int, str | bytes | int], *attached: bytes) -> bytes:
    start = b"\x78\x9f\x3e\x22\x01\0" + attribute(1, 0x00089006, b"\0\0\1\0")
    return start + attribute(1, 0x00069003, properties(values)) + b"".join(attached)


def file(name: str, data: bytes) -> bytes:
    begins = attribute(2, 0x00069002, bytes(14))
    title = attribute(2, 0x00018010, b"SHORT~1.TXT\0") + attribute(2, 0x0006800F, data)
    return begins + title + attribute(2, 0x00069005, properties({NAME: name}))


def in_a_mail(plain: bytes, data: bytes, kind: bytes = b"application/ms-tnef") -> Draft:
    mail = (
        HEAD + b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n'
        b"Content-Type: text/plain\r\n\r\n" + plain + b"\r\n--x\r\nContent-Type: " + kind
        + b'; name="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        + base64.encodebytes(data) + b"\r\n--x--\r\n"
    )  # fmt: skip
    draft = read(Source("mail.eml", data=mail))
    assert isinstance(draft, Draft)
    return draft


def test_a_packed_mail_by_itself_is_read_like_a_mail() -> None:
    data = packed({SUBJECT: "Our evidence", BODY: "We met."}, file("Statement of Ann.txt", b"1. A"))

    draft = read(Source("winmail.dat", data=data))

    assert isinstance(draft, Draft)
    assert [(one.title, one.text) for one in draft.documents] == [
        ("Our evidence", "We met."),
        ("Statement of Ann.txt", "1. A"),
    ]
    assert draft.problems == ()


@pytest.mark.parametrize("kind", [b"application/ms-tnef", b"application/octet-stream"])
def test_packed_attachments_are_those_of_the_mail_and_its_text_is_not_doubled(kind: bytes) -> None:
    data = packed({SUBJECT: "Our evidence", BODY: "We met."}, file("Statement.txt", b"1. A"))

    draft = in_a_mail(b"We met.", data, kind)

    assert [(one.title, one.text) for one in draft.documents] == [
        ("Our evidence", "We met."),
        ("Statement.txt", "1. A"),
    ]


def test_the_packed_text_is_taken_where_the_mail_itself_has_none() -> None:
    data = packed({HTML: b"<p>We met <b>every</b> week.</p>"})

    assert in_a_mail(b"", data).documents[0].text == "We met every week."


def test_a_packed_message_inside_is_a_letter() -> None:
    inner = packed({SUBJECT: "Inner", BODY: "Deep words"})
    holds = attribute(2, 0x00069002, bytes(14))
    holds += attribute(2, 0x00069005, properties({0x3701: MESSAGE + inner}))

    draft = read_tnef(Source("winmail.dat", data=packed({BODY: "We met."}, holds)))

    assert [one.text for one in draft.documents] == ["We met.", "Deep words"]


def test_old_attributes_say_who_sent_it_and_when() -> None:
    who = struct.pack("<HHHH", 4, 24, 9, 21) + b"Ann Bell\0SMTP:ann@club.example\0"
    old = (
        b"\x78\x9f\x3e\x22\x01\0"
        + attribute(1, 0x00069007, struct.pack("<II", 1251, 0))
        + attribute(1, 0x00018004, "Мы встречаемся".encode("cp1251") + b"\0")
        + attribute(1, 0x00008000, who)
        + attribute(1, 0x00038005, struct.pack("<7H", 2020, 9, 18, 16, 4, 5, 5))
        + attribute(1, 0x0002800C, "Мы встречаемся часто".encode("cp1251"))
    )

    draft = read_tnef(Source("winmail.dat", data=old))

    assert (draft.respondent, draft.received) == ("Ann Bell", "2020-09-18T16:04:05Z")
    assert [(one.title, one.text) for one in draft.documents] == [
        ("Мы встречаемся", "Мы встречаемся часто")
    ]


def test_one_that_breaks_off_gives_what_there_is_and_says_so() -> None:
    data = packed({BODY: "We met."}, file("Statement.txt", b"words " * 50))

    draft = read_tnef(Source("winmail.dat", data=data[: len(data) // 2]))

    assert draft.documents[0].text == "We met."
    assert "breaks off" in draft.problems[0].what


def test_something_else_of_that_name_is_named() -> None:
    draft = in_a_mail(b"We met.", b"not packed by Outlook")

    assert draft.documents[0].text == "We met."
    assert [one.part for one in draft.problems] == ["winmail.dat"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_hostile_bytes_end_in_a_draft_or_a_known_error(data: st.DataObject) -> None:
    whole = bytearray(packed({SUBJECT: "x", BODY: "y", HTML: b"<p>z"}, file("a.txt", b"A")))
    for _ in range(data.draw(st.integers(1, 10))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))

    with suppress(Unreadable):
        draft = read_tnef(Source("winmail.dat", data=bytes(whole[:cut] if cut % 2 else whole)))
        assert draft.documents
