"""Originals that are words, as plain text to be looked at: nothing in them is rendered."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from pathlib import Path

from coder.domain.draft import Source
from coder.domain.errors import Unreadable
from coder.ingest.charsets import decode_declared
from coder.ingest.mail.headers import file_name, header, parameter
from coder.ingest.mail.parts import content, parse
from coder.ingest.text import decode

MOST = 1_000_000
"""Bytes of a file that are shown; of a larger one this much and a sentence."""

_MAILS = frozenset({".eml"})
_WORDS = _MAILS | {".txt", ".text", ".md", ".csv", ".tsv", ".vtt", ".srt", ".json"}
_HEADERS = ("From", "To", "Cc", "Date", "Subject")


def is_words(path: Path) -> bool:
    """Whether this kind of file, by its ending, can be shown as plain text."""
    return path.suffix.lower() in _WORDS


def words_of(path: Path) -> str:
    """What stands in the file, not more than its first megabyte. Of a mail (RFC 5322) the headers
    that say who wrote to whom and when, then its plain text, or where it has none its page as it
    was written, then the names of what is attached. Raises Unreadable."""
    data = Source.of(path).read(MOST + 1)
    whole = len(data) <= MOST
    shown = data if whole else data[: data.rfind(b"\n", 0, MOST) + 1] or data[:MOST]
    try:
        text = _mail(parse(shown)) if path.suffix.lower() in _MAILS else _decoded(shown)
    except RecursionError as problem:
        raise Unreadable(
            "The mail holds parts inside parts without end.", "Read it with a mail program."
        ) from problem
    return text if whole else f"{text}\n\n[Only the beginning of this file is shown.]\n"


def _mail(message: Message) -> str:
    heads = [(name, header(message, name)) for name in _HEADERS]
    parts = [part for part in message.walk() if not part.is_multipart()]
    files = list(filter(None, map(file_name, parts)))
    bodies = list(_texts(parts, "text/plain")) or list(_texts(parts, "text/html"))
    if files:
        heads.append(("Attached", ", ".join(files)))
    told = "\n".join(f"{name}: {value}" for name, value in heads if value)
    return "\n\n".join([told, *bodies])


def _texts(parts: list[Message], kind: str) -> Iterator[str]:
    for part in parts:
        if part.get_content_type() == kind and not file_name(part):
            yield _decoded(content(part).data, parameter(part, "charset")).strip("\n")


def _decoded(data: bytes, declared: str = "") -> str:
    return decode_declared(data, declared)[0] if declared else decode(data)
