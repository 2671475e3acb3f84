"""Reads the headers of a mail, however they are broken: who sent it, when, about what."""

from __future__ import annotations

import base64
import binascii
import email.utils
import quopri
import re
from datetime import UTC, datetime
from email.message import Message

from coder.ingest.charsets import decode_declared

_WORD = re.compile(r"=\?([^?\s]{1,40})\?\s*([bBqQ])\?([^?\n]*)\?=")
_BETWEEN = re.compile(r"(=\?[^?\s]{1,40}\?\s*[bBqQ]\?[^?\n]*\?=)\s+(?==\?)")
_LONGEST = 10_000
_LONGEST_NAME = 200
_ADDRESS = re.compile(r"[^\s<>@,;:\"()]+@[^\s<>@,;:\"()]+")


def header(message: Message, name: str) -> str:
    """The first header of that name as a person reads it, on one line; empty where there is none.

    Encoded words (RFC 2047) are decoded, and left as they are where that cannot be done. Of a
    header no more than the first 10,000 characters are read.
    """
    raw = raw_header(message, name)
    return re.sub(r"\s+", " ", decode_words(raw)).strip()


def raw_header(message: Message, name: str) -> str:
    """The first header of that name as it was sent, in characters, not more than 10,000."""
    wanted = name.lower()
    for key, value in message.raw_items():
        if key.lower() == wanted:
            text = str(value)[:_LONGEST]
            return decode_declared(text.encode("utf-8", "surrogateescape"))[0]
    return ""


def decode_words(text: str) -> str:
    """The text with its encoded words decoded; twice, since some mailers encode twice."""
    for _ in range(2):
        if "=?" not in text:
            break
        text = _decode_once(text)
    return text


def _decode_once(text: str) -> str:
    """Neighbouring words in one character set are joined before they are decoded: mailers cut
    words in the middle of a character."""
    text = _BETWEEN.sub(r"\1", text)
    pieces: list[str] = []
    charset, pending, place = "", b"", 0

    def settle() -> None:
        nonlocal pending
        if pending:
            pieces.append(decode_declared(pending, charset)[0])
        pending = b""

    for match in _WORD.finditer(text):
        data = _word_bytes(match[2], match[3])
        name = match[1].partition("*")[0].lower()
        if data is None or match.start() > place or name != charset:
            settle()
        pieces.append(text[place : match.start()])
        place = match.end()
        charset = name
        if data is None:
            pieces.append(match[0])
        else:
            pending += data
    settle()
    pieces.append(text[place:])
    return "".join(pieces)


def _word_bytes(encoding: str, payload: str) -> bytes | None:
    data = payload.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return quopri.decodestring(data.replace(b" ", b"_"), header=True)
    try:
        return base64.b64decode(data + b"=" * (-len(data) % 4))
    except binascii.Error:
        return None


def sender(message: Message) -> tuple[str, str]:
    """Who sent the mail, and from which address; joint senders' names are joined by commas.

    Without a display name it is the part of the address before the `@`.
    """
    for name in ("From", "Sender", "Reply-To", "Return-Path"):
        found = _people(raw_header(message, name))
        if found:
            names = dict.fromkeys(person or address.partition("@")[0] for person, address in found)
            return ", ".join(names)[:_LONGEST_NAME], found[0][1]
    return "", ""


def _people(raw: str) -> list[tuple[str, str]]:
    """Names and addresses in a header; where it is broken, the address that can be seen in it."""
    try:
        pairs = email.utils.getaddresses([re.sub(r"\s+", " ", raw)])
    except (ValueError, IndexError, TypeError, RecursionError):
        pairs = []
    people = [(_name(person, address), address) for person, address in pairs if "@" in address]
    if people:
        return people
    seen = _ADDRESS.search(raw)
    before = _name(decode_words(raw).partition("<")[0], seen[0] if seen else "")
    if seen or before:
        return [(before, seen[0] if seen else "")]
    return []


def _name(person: str, address: str) -> str:
    name = re.sub(r"\s+", " ", decode_words(person)).strip(" \"'<>,;")
    return "" if name.casefold() == address.casefold() or name == "@" else name


def received_at(message: Message) -> str:
    """When the mail was sent, or where that cannot be read, delivered, as `2020-09-18T16:04:05Z`;
    empty where neither is known."""
    delivered = raw_header(message, "Received").rpartition(";")[2]
    for text in (raw_header(message, "Date"), delivered):
        moment = _moment(text)
        if moment:
            return moment
    return ""


def _moment(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    try:
        if re.match(r"\d{4}-\d\d-\d\d", text):
            moment = datetime.fromisoformat(text)
        else:
            moment = email.utils.parsedate_to_datetime(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        moment = moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return ""
    if not 1970 <= moment.year <= datetime.now(UTC).year + 1:
        return ""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def parameter(message: Message, name: str, of: str = "Content-Type") -> str:
    """A parameter of a header, decoded after RFC 2231 or RFC 2047; empty where there is none."""
    shell = Message()
    shell[of] = raw_header(message, of)
    try:
        value = shell.get_param(name, "", of)
        if isinstance(value, tuple):
            value = email.utils.collapse_rfc2231_value(value)
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""
    return decode_words(decode_declared(str(value or "").encode("utf-8", "replace"))[0]).strip()


def file_name(message: Message) -> str:
    """The name that a part gives its file, without folders; empty where it gives none."""
    name = parameter(message, "filename", "Content-Disposition") or parameter(message, "name")
    name = re.sub(r"[\x00-\x1f\x7f]+", " ", name).replace("\\", "/").rpartition("/")[2]
    return re.sub(r"\s+", " ", name).strip(" .")[-_LONGEST_NAME:]
