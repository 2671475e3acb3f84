"""Who speaks in a mail that somebody of the inquiry merely passed on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.draft import Draft, Source
from coder.ingest.mail.eml import read_eml

ATTACHED = (
    b"From: Ann Lee <ann@gmail.com>\nTo: clerk@inquiry.example\nSubject: My story\n"
    b"Date: Mon, 5 Oct 2020 15:04:05 +0100\n\nWe went hungry.\n"
)
BLOCK = (
    "From: Ann Lee <ann@gmail.com>\nSent: 05 October 2020 15:04\nTo: Clerk\nSubject: My story\n\n"
    "We went hungry.\n"
)


def passed_on(
    body: bytes,
    subject: str = "FW: My story",
    by: str = "Sam Clerk <clerk@inquiry.example>",
    to: str = "evidence@inquiry.example",
    kind: str = "text/plain",
) -> Draft:
    head = f"From: {by}\nTo: {to}\nSubject: {subject}\nDate: Fri, 9 Oct 2020 12:00:00 +0100\n"
    head += f"Content-Type: {kind}; charset=utf-8\n\n"
    return read_eml(Source("mail.eml", data=head.encode() + body))


def enclosing(*mails: bytes, note: bytes = b"For the file.") -> bytes:
    parts = [b"Content-Type: text/plain\n\n" + note]
    parts += [b"Content-Type: message/rfc822\n\n" + mail for mail in mails]
    return b"".join(b"--cut\n" + part + b"\n" for part in parts) + b"--cut--\n"


def speaks(draft: Draft) -> tuple[str, str]:
    return draft.respondent, draft.received[:10]


COPIED = {
    "Outlook": "Please log.\n\nSam Clerk\nInquiry\n\n" + BLOCK,
    "Outlook 2003": """-----Original Message-----
From: Ann Lee [mailto:ann@gmail.com]
Sent: Monday, October 5, 2020 3:04 PM
To: Clerk
Subject: My story

We went hungry.
""",
    "Gmail": """---------- Forwarded message ---------
From: Ann Lee <ann@gmail.com>
Date: Mon, 5 Oct 2020 at 15:04
Subject: My story
To: <clerk@inquiry.example>

We went hungry.
""",
    "Apple Mail": """Begin forwarded message:

> From: Ann Lee <ann@gmail.com>
> Date: 5 October 2020 at 15:04:05 BST
> To: clerk@inquiry.example
> Subject: My story
>
> We went hungry.
""",
    "Thunderbird": """-------- Forwarded Message --------
Subject: \tMy story
Date: \tMon, 5 Oct 2020 15:04:05 +0100
From: \tAnn Lee <ann@gmail.com>
To: \tclerk@inquiry.example


We went hungry.
""",
    "Notes": """----- Forwarded by Sam Clerk/INQUIRY on 09/10/2020 12:00 -----

From:   Ann Lee <ann@gmail.com>
To:     Clerk,
Date:   05/10/2020 15:04
Subject:        My story

We went hungry.
""",
    "twice": """Log

From: Jo <jo@inquiry.example>
Sent: 06 October 2020 15:04
To: Sam
Subject: FW: My story

For you?

"""
    + BLOCK,
}


@pytest.mark.parametrize("body", COPIED.values(), ids=COPIED)
def test_the_sender_of_a_mail_copied_into_another_speaks(body: str) -> None:
    draft = passed_on(body.encode())

    assert speaks(draft) == ("Ann Lee", "2020-10-05")
    assert [problem.part for problem in draft.problems] == ["sender"]
    assert "“Sam Clerk” passed it on" in draft.problems[0].what


def test_a_line_above_the_headers_says_it_where_the_subject_does_not() -> None:
    body = "---------- Forwarded message ---------\n" + BLOCK

    assert speaks(passed_on(body.encode(), "My story")) == ("Ann Lee", "2020-10-05")


@pytest.mark.parametrize(("subject", "note"), [("FW: My story", b"For the file."), ("", b"")])
def test_the_sender_of_an_attached_mail_speaks(subject: str, note: bytes) -> None:
    body = enclosing(ATTACHED, note=note)

    draft = passed_on(body, subject, kind="multipart/mixed; boundary=cut")

    assert speaks(draft) == ("Ann Lee", "2020-10-05")


def test_who_adds_words_of_their_own_or_answers_speaks_for_themselves() -> None:
    words = "We have seen this many times in our own work. " * 10
    long = passed_on(f"{words}\n\n{BLOCK}".encode())
    answer = passed_on(f"I agree.\n\n{BLOCK}".encode(), "RE: My story")
    with_letter = passed_on(
        enclosing(ATTACHED, note=b"My evidence is the letter."),
        "My evidence",
        kind="multipart/mixed; boundary=cut",
    )

    assert {speaks(draft) for draft in (long, answer, with_letter)} == {("Sam Clerk", "2020-10-09")}


def test_several_attached_mails_have_no_one_sender() -> None:
    body = enclosing(ATTACHED, ATTACHED.replace(b"Ann", b"Bob"))

    draft = passed_on(body, kind="multipart/mixed; boundary=cut")

    assert speaks(draft) == ("Sam Clerk", "2020-10-09")


def test_a_private_person_who_passes_on_a_letter_still_speaks_and_the_letter_is_told() -> None:
    letter = BLOCK.replace("ann@gmail.com", "office@council.example").replace("Ann Lee", "Bob")

    draft = passed_on(letter.encode(), by="Ann Lee <ann@gmail.com>")

    assert speaks(draft) == ("Ann Lee", "2020-10-09")
    assert "a mail of “Bob”" in draft.problems[0].what


def test_the_organisation_is_that_of_the_one_who_speaks() -> None:
    block = BLOCK.replace("ann@gmail.com", "ann@walsallfoodbank.org.uk")

    draft = passed_on(f"{block}\nKind regards\nAnn Lee\nWalsall Food Bank\n".encode())

    assert (draft.respondent, draft.organisation) == ("Ann Lee", "Walsall Food Bank")


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["From: ", "Sent: ", "To: a@b.c", "Subject: FW: x", "\n", "> ", "Date: 99/99/2020",
             "[mailto:", "<", "* ", "words "]
        )
        | st.text(max_size=8),
        max_size=30,
    )
)  # fmt: skip
def test_any_text_below_such_a_subject_is_read(pieces: list[str]) -> None:
    body = "".join(pieces).encode("utf-8", "replace")

    assert passed_on(body).respondent
