"""Subtitles, tables and posts are told by their lines; plain words stay plain."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.domain.draft import Draft, Opened, Source
from coder.ingest.registry import kind_of, read

CUE = b"1\n00:00:03,210 --> 00:00:06,830\nHello everyone.\n"
POST = "Jane @jane · 12 May 2020\nHi\n".encode()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi", "a subtitle file"),
        ("a", b"\xef\xbb\xbfWEBVTT\n", "a subtitle file"),
        ("a.txt", CUE, "a subtitle file"),
        ("a.srt", b"Made by Kyle\n\n" + CUE, "a subtitle file"),
        ("a.txt", b"We said:\n\n" + CUE, "a plain text"),
        ("a.srt", b"No times at all.", "a plain text"),
        ("a.txt", b"WEBVTTS are fine", "a plain text"),
        ("a.csv", b"Name,Answer\nJane,Yes\n", "a table"),
        ("a.tsv", "Name\tAnswer\nZoë\tYes\n".encode("utf-16"), "a table"),
        ("a.csv", b"Name,Answer\n" + b'Jane,"' + b"word " * 30_000 + b'"\n', "a table"),
        ("a.txt", b"Name,Answer\nJane,Yes\n", "a plain text"),
        ("a.csv", b"Dear all, thanks.\nYours\nJane\n", "a plain text"),
        ("a.txt", POST, "a copy of posts"),
        ("a", POST * 2, "a copy of posts"),
        ("a.md", POST, "a Markdown text"),
        ("a.txt", POST + b"\nAs this post shows, we care.\n", "a plain text"),
    ],
)
def test_kinds_of_text_are_told_by_their_lines(name: str, data: bytes, kind: str) -> None:
    assert kind_of(Source(name, data=data)) == kind


def test_a_transcript_named_a_text_carries_no_warning() -> None:
    found = read(Source("a.txt", data=CUE))

    assert isinstance(found, Draft)
    assert found.documents[0].problems == ()


def test_a_table_in_a_folder_gives_rows_and_in_a_mail_one_document(tmp_path: Path) -> None:
    table = b"Name,How was it?\r\nJane,Good\r\n"
    mail = (
        b"From: Ann <ann@example.org>\r\nSubject: Table\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n\r\nSee below.\r\n--x\r\n'
        b'Content-Type: text/csv\r\nContent-Disposition: attachment; filename="a.csv"\r\n\r\n'
        + table
        + b"\r\n--x--\r\n"
    )

    alone = read(Source("a.csv", data=table), tmp_path)
    within = read(Source("a.eml", data=mail), tmp_path)

    assert isinstance(alone, Opened)
    assert [name for name, _ in alone.drafts] == ["row 2"]
    assert isinstance(within, Draft)
    assert [one.text for one in within.documents][1:] == ["Name\tHow was it?\nJane\tGood"]
