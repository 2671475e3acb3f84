"""Splits a mailbox into its mails: as many as a person would count.

What separates mails is a line `From sender date` (RFC 4155, appendix A), but bodies hold lines
that begin so too, and every program escapes them in its own way or not at all. So such a line
counts only where it looks like one that a program wrote and what a mail begins with comes after.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from itertools import pairwise
from pathlib import Path

from coder.domain.draft import Opened, Problem, Source
from coder.ingest.mail.headers import header, raw_header
from coder.ingest.packed.shelf import Shelf

_CHUNK = 4 * 1024**2
_SEEN = 16 * 1024
_WHOLE = 64 * 1024**2
_LONGEST_SUBJECT = 80
_DELETED = 0x0008

_TIME = rb"\d{1,2}:\d\d(?::\d\d)?"
_ZONE = rb"(?:[ \t]+(?:[A-Z]{2,5}|[+-]\d{4}))?"
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_PRINTED = (
    rb"(?:" + _DAY + rb",?[ \t]+" + _MONTH + rb"[ \t]+\d{1,2}[ \t]+" + _TIME + _ZONE
    + rb"[ \t]+\d{4}|(?:" + _DAY + rb",?[ \t]+)?\d{1,2}[ \t]+" + _MONTH + rb"[ \t]+\d{4}[ \t]+"
    + _TIME + rb"|\d{4}-\d\d-\d\d[T \t]" + _TIME + rb"(?:\.\d+)?Z?)" + _ZONE
)  # fmt: skip
_DATED = re.compile(
    rb"From (?P<who>[^\r\n]{0,400}?)[ \t]*\b" + _PRINTED + rb"(?:[ \t]+remote from \S+)?[ \t]*\r?\n"
)
_UNDATED = re.compile(rb"From[ \t]+(?:-|\S+@\S+)[ \t]*\r?\n")
_ODD = re.compile(rb"From[ \t][^\r\n]{0,200}\r?\n")
_TRAVELLED = re.compile(
    rb"(?im)^(?:received|mime-version|message-id|return-path|delivered-to|x-[\w-]+|status)[ \t]*:"
)
_AFTER_DATE = re.compile(rb"\r?\n|>?From |[!-9;-~]+[ \t]*:")
_HEADERS = re.compile(rb"(?:[!-9;-~]+[ \t]*:[^\n]*\n(?:[ \t]+[^\n]*\n)*)+")
_KNOWN = re.compile(
    rb"(?im)^(?:from|to|cc|subject|date|received|mime-version|message-id|return-path|content-type|"
    rb"delivered-to|reply-to|sender|x-[\w-]+|status)[ \t]*:"
)
_ESCAPED = re.compile(rb"(?m)^>+From ")
_TRASH = re.compile(r"\b(?:Trash|Bin)\b")


def starts(stream: io.BufferedReader | io.BytesIO) -> Iterator[tuple[int, int]]:
    """Where the mails of a mailbox begin: for each the place of its `From ` line and that of the
    byte after this line. Nothing where the stream does not begin with such a line.

    Only a few megabytes are held at a time.
    """
    place = _first(stream)
    length = _separator(stream, place, at_start=True)
    if not length:
        return
    yield place, place + length
    for candidate in _candidates(stream, place + length):
        length = _separator(stream, candidate, at_start=False)
        if length:
            yield candidate, candidate + length


def read_mailbox(source: Source, into: Path | None) -> Opened:
    """The mails of a mailbox, each named by its number and subject (`3 Our evidence.eml`).

    Lines that were escaped (`>From `) become what they were, unless they may be quoted. Mails that
    the program only marked as deleted come too, and are named. Raises Unreadable where there is no
    more room.
    """
    shelf = Shelf(into)
    members: list[Source] = []
    deleted: list[int] = []
    problems: list[Problem] = []
    with source.open() as stream:
        ends = (stream.seek(0, io.SEEK_END),) * 2
        for number, ((_, start), (end, _)) in enumerate(pairwise([*starts(stream), ends]), 1):
            head = _head(stream, start, end)
            name = f"{number} {_subject(head)}.eml"
            if start == end:
                problems.append(Problem(name, "It is empty in the mailbox."))
                continue
            members.append(shelf.put(name, _bytes(stream, start, end)))
            if _was_deleted(head):
                deleted.append(number)
    if deleted:
        problems.insert(0, Problem("", _told(deleted)))
    return Opened(tuple(members), problems=tuple(problems), apart=True)


def _first(stream: io.BufferedReader | io.BytesIO) -> int:
    """The place of the first byte that is neither a byte order mark nor white space."""
    stream.seek(0)
    head = stream.read(_SEEN)
    return len(head) - len(head.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n \t"))


def _candidates(stream: io.BufferedReader | io.BytesIO, place: int) -> Iterator[int]:
    """The places of all lines from `place` on that begin with `From `."""
    tail = b"\n"
    place -= len(tail)
    while True:
        stream.seek(place + len(tail))
        chunk = stream.read(_CHUNK)
        if not chunk:
            return
        block = tail + chunk
        found = block.find(b"\nFrom ")
        while found >= 0:
            yield place + found + 1
            found = block.find(b"\nFrom ", found + 1)
        kept = min(len(block), len(b"\nFrom ") - 1)
        place += len(block) - kept
        tail = block[-kept:]


def _separator(stream: io.BufferedReader | io.BytesIO, place: int, *, at_start: bool) -> int:
    """The length of the separating line at `place`; 0 where the line is none."""
    before = 0 if at_start else min(place, 4)
    stream.seek(place - before)
    seen = stream.read(before + _SEEN)
    blank = at_start or seen[:before].endswith((b"\n\n", b"\n\r\n"))
    line = _DATED.match(seen, before)
    undated = None if line else _UNDATED.match(seen, before)
    found = line or undated or (_ODD.match(seen, before) if blank else None)
    if not found:
        return 0
    headers = _HEADERS.match(seen, found.end())
    known = len(_KNOWN.findall(headers[0])) if headers else 0
    if not line and not undated:
        sure = known >= 4 and headers is not None and _TRAVELLED.search(headers[0])
        return found.end() - before if sure else 0
    ends = found.end() == len(seen)
    if line and blank and len(line["who"].split()) < 2:
        good = ends or _AFTER_DATE.match(seen, found.end()) is not None
    else:
        good = known >= (1 if blank else 2)
    return found.end() - before if good else 0


def _bytes(stream: io.BufferedReader | io.BytesIO, start: int, end: int) -> Iterator[bytes]:
    """A mail as it was before it was put into the mailbox, without the blank line after it."""
    stream.seek(start)
    left = end - start
    if left <= _WHOLE:
        data = stream.read(left)
        for close in (b"\r\n\r\n", b"\n\n"):
            if data.endswith(close):
                data = data[: -len(close) // 2]
                break
        yield _unescape(data)
        return
    while left and (chunk := stream.read(min(left, _CHUNK))):
        left -= len(chunk)
        yield chunk


def _unescape(data: bytes) -> bytes:
    """The same with `From ` for `>From ` and `>From ` for `>>From `, as the program that wrote the
    mailbox found it; a line beside another that is quoted stays."""
    if b">From " not in data:
        return data

    def restored(match: re.Match[bytes]) -> bytes:
        before = data.rfind(b"\n", 0, max(0, match.start() - 1)) + 1
        after = data.find(b"\n", match.end()) + 1
        quoted = (data[before : before + 1] == b">" and before < match.start()) or (
            after > 0 and data[after : after + 1] == b">"
        )
        return match[0] if quoted else match[0][1:]

    return _ESCAPED.sub(restored, data)


def _head(stream: io.BufferedReader | io.BytesIO, start: int, end: int) -> Message:
    stream.seek(start)
    seen = stream.read(min(end - start, 4 * _SEEN))
    blank = re.search(rb"\r?\n\r?\n", seen)
    return BytesHeaderParser().parsebytes(seen[: blank.end()] if blank else seen)


def _subject(head: Message) -> str:
    words = re.sub(r"[\x00-\x1f\x7f/\\]+", " ", header(head, "Subject"))[:_LONGEST_SUBJECT]
    return words.strip(" .") or "without a subject"


def _was_deleted(head: Message) -> bool:
    """Whether the mail was thrown away: Thunderbird's flag (nsMsgMessageFlags), Gmail's label."""
    status = re.match(r"\s*([0-9a-fA-F]{4})\b", raw_header(head, "X-Mozilla-Status"))
    thrown = bool(status and int(status[1], 16) & _DELETED)
    return thrown or _TRASH.search(header(head, "X-Gmail-Labels")) is not None


def _told(deleted: list[int]) -> str:
    """The sentence that names the mails marked as deleted, by their numbers."""
    runs: list[list[int]] = []
    for number in deleted:
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    numbers = ", ".join("–".join(str(end) for end in run) for run in runs)
    one = len(deleted) == 1
    return (
        f"{len(deleted)} mail{'' if one else 's'} in this mailbox {'was' if one else 'were'} marked"
        f" as deleted and come{'s' if one else ''} in all the same: number {numbers}."
    )
