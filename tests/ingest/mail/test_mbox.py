"""A mailbox comes apart into as many mails as a person would count."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.draft import Draft, Opened, Source
from coder.domain.errors import Unreadable
from coder.ingest.mail import mbox
from coder.ingest.mail.mbox import read_mailbox, starts
from coder.ingest.registry import kind_of, read

LINE = b"From ann@example.org Mon Jun 01 04:28:28 2009\n"


def mail(subject: str, body: bytes = b"We care.\n", more: bytes = b"") -> bytes:
    head = f"From: Ann <ann@example.org>\nSubject: {subject}\n".encode()
    return head + more + b"\n" + body + b"\n"


def split(data: bytes, into: Path | None = None) -> Opened:
    return read_mailbox(Source("box.mbox", data=data), into)


def test_each_mail_is_a_member_named_by_number_and_subject(tmp_path: Path) -> None:
    opened = split(LINE + mail("Our evidence") + LINE + mail("=?utf-8?q?Caf=C3=A9/bar?="), tmp_path)

    assert [member.name for member in opened.members] == ["1 Our evidence.eml", "2 Café bar.eml"]
    assert opened.members[0].read() == mail("Our evidence")[:-1]
    assert all(member.path and tmp_path in member.path.parents for member in opened.members)
    assert opened.problems == ()
    assert not opened.keep


@pytest.mark.parametrize(
    "line",
    [
        b"From ann@example.org Mon Jun  1 04:28:28 2009\n",
        b"From 1844347792267117879@xxx Fri Sep 26 17:18:40 +0000 2025\n",
        b"From - Mon Jun  3 12:50:27 1996\n",
        b"From - \n",
        b"From ann@example.org\n",
        b"From ann@example.org Mon, 1 Jun 2009 04:28:28 +0100\n",
        b"From Ann Jones Mon Jun 01 04:28 BST 2009\n",
        b"From MAILER-DAEMON Mon Jun 01 04:28:28 2009 remote from host\n",
        b"From ann@example.org Mon Jun 01 04:28:28 2009\r\n",
        b"From ann@example.org 2009-06-01T04:28:28Z\n",
    ],
)
def test_a_line_between_mails_is_known_however_programs_write_it(line: bytes) -> None:
    assert len(split((line + mail("One")) * 3).members) == 3


@pytest.mark.parametrize(
    "line",
    [b"From ann@example.org 6/1/2009 4:28:28 AM\n", b"From nobody\n", b"From \n"],
)
def test_an_odd_line_counts_where_a_mail_that_travelled_begins_below_it(line: bytes) -> None:
    more = b"Date: Mon, 1 Jun 2009 04:28:28 +0100\nMessage-ID: <1@example.org>\n"
    whole = b"".join(LINE + mail("One", more=more) + line + mail("Two", more=more) for _ in "ab")

    assert len(split(whole).members) == 4


@pytest.mark.parametrize(
    "line",
    [
        b"From Russia with love\nYear: 1963\n",
        b"From: here\nTo: there\n",
        b"From Monday 1 June 2009 at 10:00 we met.\n",
        b"From what we saw on Mon Jun 01 10:00:00 2009 nothing helped.\n",
        b"From ann@example.org we heard\nSubject: nothing\n",
        b"From -\nwe go\n",
    ],
)
def test_a_sentence_that_begins_with_from_stays_in_its_mail(line: bytes) -> None:
    body = b"Dear all,\n\n" + line + b"\nAnn\n"

    opened = split(LINE + mail("One", body) + LINE + mail("Two"))

    assert len(opened.members) == 2
    assert line in opened.members[0].read()


def test_mails_without_headers_count_behind_a_dated_line() -> None:
    opened = split(LINE + b"\nOne.\n\n" + LINE + b"\nTwo.\n")

    assert [member.read() for member in opened.members] == [b"\nOne.\n", b"\nTwo.\n"]


def test_a_byte_order_mark_and_blank_lines_may_come_first() -> None:
    assert len(split(b"\xef\xbb\xbf\r\n" + (LINE + mail("One")) * 2).members) == 2


def test_a_missing_blank_line_is_forgiven_where_headers_follow() -> None:
    assert len(split(LINE + mail("One").rstrip() + b"\n" + LINE + mail("Two")).members) == 2


def test_escaped_lines_become_what_they_were() -> None:
    body = b"Hello.\n>From the start\n\n>>From deeper\n"

    [first, _] = split((LINE + mail("One", body)) * 2).members

    assert first.read().endswith(b"\n\nHello.\nFrom the start\n\n>From deeper\n")


def test_a_quoted_line_is_not_taken_for_an_escaped_one() -> None:
    body = b"> He said\n>From here on\n> we walk\n"

    [first, _] = split((LINE + mail("One", body)) * 2).members

    assert first.read().endswith(body)


def test_mails_marked_as_deleted_come_and_are_named() -> None:
    gone = LINE + mail("Gone", more=b"X-Mozilla-Status: 0009\n")
    binned = LINE + mail("Binned", more=b"X-Gmail-Labels: Trash,Unread\n")
    kept = LINE + mail("Kept", more=b"X-Mozilla-Status: 0001\n")

    opened = split(kept + gone + binned + kept)

    assert len(opened.members) == 4
    [problem] = opened.problems
    assert problem.what == (
        "2 mails in this mailbox were marked as deleted and come in all the same: number 2–3."
    )


def test_places_are_right_wherever_a_chunk_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"".join(LINE + mail(str(n), b"x" * n + b"\n\nFrom me\n") for n in range(40))
    wanted = [place for place in range(len(data)) if data.startswith(LINE, place)]
    for size in (1, 6, 7, 100, 1009):
        monkeypatch.setattr(mbox, "_CHUNK", size)

        found = [place for place, _ in starts(io.BytesIO(data))]

        assert found == wanted


def test_a_mail_too_large_for_memory_goes_through_in_pieces(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(mbox, "_WHOLE", 100)
    large = mail("Large", b"words and words\n" * 100)

    [first, _] = split(LINE + large + LINE + mail("Small"), tmp_path).members

    assert first.read() == large


def test_a_mailbox_is_told_from_one_mail_by_all_of_its_bytes() -> None:
    first = LINE + mail("Large", b"x" * 79 + b"\n" + b"y\n" * 60_000)

    assert kind_of(Source("Inbox", data=first)) == "an e-mail"
    assert kind_of(Source("Inbox", data=first + LINE + mail("x"))) == "a mailbox of several mails"
    assert isinstance(read(Source("one.mbox", data=LINE + mail("One"))), Draft)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("apache__complex.mbox", 3),
        ("apache__simple.mbox", 2),
        ("jstedfast__content-length-summary.txt", 29),
        ("jstedfast__issue1189-summary.txt", 4),
        ("jstedfast__unmunged.mbox.txt", 2),
    ],
)
def test_real_mailboxes_hold_as_many_mails_as_a_person_counts(
    corpus: Path, name: str, count: int
) -> None:
    opened = read(Source.of(corpus / "mbox" / name))

    assert isinstance(opened, Opened)
    assert len(opened.members) == count


@pytest.mark.parametrize("name", ["apache__headers.mbox", "apache__multiline2.mbox"])
def test_real_mailboxes_of_one_mail_are_that_mail(corpus: Path, name: str) -> None:
    draft = read(Source.of(corpus / "mbox" / name))

    assert isinstance(draft, Draft)
    assert draft.documents[0].text.startswith("Test content")


PIECES = st.sampled_from([
    LINE, b"From - \n", b"From a@b\n", b"\n", b"\r\n", b">From x\n", b"From: a@b\n",
    b"Subject: x\n", b"X-Mozilla-Status: 0008\n", b"\xef\xbb\xbf", b"words\n",
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.binary(max_size=8), max_size=20).map(b"".join))
def test_any_bytes_come_apart_or_are_refused(data: bytes) -> None:
    try:
        opened = split(data)
    except Unreadable:
        return
    kept = sum(member.size() for member in opened.members)
    assert kept <= len(data)
    assert len(opened.members) + len(opened.problems) <= data.count(b"From ") + 1
