"""A mail is taken apart into its parts and their bytes, however broken they are."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.ingest.mail.parts import (
    around,
    children,
    content,
    forwarded,
    packed_by_outlook,
    parse,
    resplit,
    unpack_uu,
)

MULTIPART = b"Content-Type: multipart/mixed; boundary=cut\n\n%s--cut\n\nOne.\n--cut--\n%s"


@pytest.mark.parametrize(
    ("encoding", "body", "data", "damaged"),
    [
        (b"base64", base64.b64encode(b"Words."), b"Words.", False),
        (b"BASE64 ", base64.b64encode(b"Words.")[:-1], b"Words", True),
        (b"base64", b"V29y", b"Wor", False),
        (b"quoted-printable", b"W=6Frds.", b"Words.", False),
        (b"Quoted Printable", b"W=6Frds.", b"Words.", False),
        (b"quoted-printable (own)", b"W=6Frds.", b"Words.", False),
        (b"base64; x", base64.b64encode(b"Words."), b"Words.", False),
        (b"8bit", b"Words.", b"Words.", False),
        (b"base64", b"V29yZHM=\nIGhlcmU=", b"Words here", True),
        (
            b"base64",
            b"V29yZHM=\n\n__\nA list, and its foot.",
            b"Words\n__\nA list, and its foot.",
            True,
        ),
        (b"base64", b"Words, and no code at all.", b"Words, and no code at all.", True),
        (b"base64", base64.urlsafe_b64encode("Words ÿþ?>".encode()), "Words ÿþ?>".encode(), True),
        (b"base64", b"V 2 9 y Z H M u", b"Words.", True),
    ],
)
def test_bytes_are_decoded_as_far_as_they_can_be(
    encoding: bytes, body: bytes, data: bytes, damaged: bool
) -> None:
    found = content(parse(b"Content-Transfer-Encoding: " + encoding + b"\n\n" + body))

    assert found.data.strip() == data
    assert (found.damaged, found.unknown) == (damaged, "")


def test_an_unknown_encoding_is_told() -> None:
    found = content(parse(b"Content-Transfer-Encoding: x-own\n\nWords."))

    assert (found.data, found.unknown) == (b"Words.", "xown")


def test_words_around_the_parts_are_found_and_the_usual_note_is_not() -> None:
    assert around(parse(MULTIPART % (b"Before.\n", b"\nBehind.\n"))) == ("Before.", "\nBehind.\n")
    note = b"This is a multi-part message in MIME format.\n"
    assert around(parse(MULTIPART % (note, b"\n \n"))) == ("", "")
    assert (
        around(parse(MULTIPART % (note + b"\nBut see this.\n", b"")))[0].strip() == "But see this."
    )


def test_a_boundary_is_found_where_the_text_shows_it() -> None:
    again = resplit(b"\n--b\nContent-Type: text/plain\n\nOne.\n--b--\n")

    assert again is not None
    assert [child.get_payload() for child in children(again)] == ["One."]
    assert resplit(b"No parts -- here.") is None


def test_parts_found_so_are_those_of_the_kind_that_was_declared() -> None:
    again = resplit(b"--b\nContent-Type: text/plain\n\nOne.\n--b--\n", "multipart/alternative")

    assert again is not None
    assert again.get_content_type() == "multipart/alternative"


def test_the_line_that_a_mailbox_puts_before_a_mail_is_no_header() -> None:
    message = parse(b">From ann@b.example Mon Oct  5 10:00:00 2020\nSubject: Ours\n\nWords.")

    assert (message["Subject"], message.get_payload()) == ("Ours", "Words.")


def test_a_forwarded_mail_comes_out_plain_or_encoded() -> None:
    inner = b"Subject: Inside\n\nWords."
    plain = parse(b"Content-Type: message/rfc822\n\n" + inner)
    coded = parse(
        b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
        + base64.b64encode(inner)
    )

    assert [forwarded(part)["Subject"] for part in (plain, coded)] == ["Inside", "Inside"]


def test_what_outlook_packed_is_known_by_type_or_name() -> None:
    named = b"Content-Type: application/octet-stream; name=WINMAIL.DAT\n\n"

    assert packed_by_outlook(parse(b"Content-Type: application/ms-tnef\n\n"))
    assert packed_by_outlook(parse(named))
    assert not packed_by_outlook(parse(named.replace(b"WINMAIL", b"winter")))


def test_files_written_into_a_text_come_out_of_it() -> None:
    text, files = unpack_uu("Hello.\nbegin 644 note.txt\n#0V%T\n`\nend\nBye.")

    assert (text, files) == ("Hello.\n\nBye.", [("note.txt", b"Cat")])


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from([
            b"Content-Type: multipart/mixed; boundary=cut\n", b"\n", b"--cut\n", b"--cut--\n",
            b"Content-Transfer-Encoding: base64\n", b"Content-Transfer-Encoding: uuencode\n",
            b"begin 644 x\n", b"end\n",
        ]) | st.binary(max_size=9),
        max_size=20,
    ).map(b"".join)
)  # fmt: skip
def test_any_bytes_can_be_taken_apart(data: bytes) -> None:
    message = parse(data)
    for part in message.walk():
        if not part.is_multipart():
            assert isinstance(content(part).data, bytes)
        assert len(around(part)) == 2
    assert forwarded(message) is not None
