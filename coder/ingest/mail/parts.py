"""Takes a mail apart into its parts and a part into its bytes, however broken both are."""

from __future__ import annotations

import binascii
import codecs
import re
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser

from coder.ingest.mail.headers import file_name

_ENCODINGS = {
    "quotedprintable": "quoted-printable",
    "base64": "base64",
    "uuencode": "x-uuencode",
    "xuuencode": "x-uuencode",
    "uue": "x-uue",
    "xuue": "x-uue",
    "b64": "base64",
    "qp": "quoted-printable",
}
_UU_BEGIN = re.compile(r"^begin [0-7]{3,4} ([^\n]+)\n", re.MULTILINE)
_ABOUT_MIME = re.compile(r"\bMIME\b|multi-?part", re.IGNORECASE)
_BASE64_LINE = re.compile(r"(?![-_]+$)[A-Za-z0-9+/_-]*=*")
_SHOWN_BOUNDARY = re.compile(rb"^--([^\s-][^\r\n]{0,100}?)[ \t]*\r?\n[Cc]ontent-", re.MULTILINE)


def parse(data: bytes) -> Message:
    """The message in the bytes; a space before the colon of a header is allowed as it once was
    (RFC 5322, 4.5)."""
    data = re.sub(rb"\A>From [^\r\n]*", b"", data.removeprefix(codecs.BOM_UTF8)).lstrip(b"\r\n")
    end = re.search(rb"\r?\n[ \t]*\r?\n|\Z", data)
    head = data[: end.start()] if end else data
    head = re.sub(rb"(?m)^([!-9;-~]{1,80})[ \t]+:", rb"\1:", head)
    return BytesParser().parsebytes(head + data[end.start() if end else len(data) :])


def children(part: Message) -> list[Message]:
    """The parts right below a part."""
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if part.is_multipart() else []


def forwarded(part: Message) -> Message:
    """The message inside a part, also where it was encoded against the rules (RFC 2046, 5.2.1)."""
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    inner = children(part)
    if inner and encoding not in ("base64", "quoted-printable"):
        return inner[0]
    shell = Message()
    shell["Content-Transfer-Encoding"] = encoding
    shell.set_payload(inner_bytes(part).decode("ascii", "surrogateescape"))
    decoded = shell.get_payload(decode=True)
    return parse(decoded if isinstance(decoded, bytes) else b"")


def inner_bytes(part: Message) -> bytes:
    """What stands inside a part, as it was sent."""
    if not part.is_multipart():
        return str(part.get_payload()).encode("utf-8", "surrogateescape")
    try:
        return b"\n".join(inner.as_bytes() for inner in children(part))
    except (ValueError, LookupError, TypeError, AttributeError):
        return b""


def resplit(data: bytes, kind: str = "multipart/mixed") -> Message | None:
    """The parts in the bytes, as those of such a multipart, by the boundary that shows in them;
    None where none does."""
    shown = _SHOWN_BOUNDARY.search(data)
    if not shown:
        return None
    head = b'Content-Type: %s; boundary="%s"\n\n' % (kind.encode("ascii", "replace"), shown[1])
    again = parse(head + data)
    return again if again.is_multipart() else None


def around(part: Message) -> tuple[str, str]:
    """The words before the first part of a multipart and behind its last one; empty where there are
    none, or only the note to old programs that this is MIME (RFC 2046, 5.1.1)."""
    before, behind = str(part.preamble or ""), str(part.epilogue or "")
    if _ABOUT_MIME.search(before):
        blocks = re.split(r"\n[ \t]*\r?\n", before)
        before = "\n\n".join(one for one in blocks if not _ABOUT_MIME.search(one))
    return tuple(text if re.search(r"\w", text) else "" for text in (before, behind))  # type: ignore[return-value]


def disposition(part: Message) -> str:
    """`attachment`, `inline`, or what else a part says that it is, in lower case."""
    return str(part.get("Content-Disposition", "")).partition(";")[0].strip().lower()


def packed_by_outlook(part: Message) -> bool:
    """Whether Outlook packed what is in the part in a form of its own (TNEF)."""
    kind = part.get_content_type()
    return kind in ("application/ms-tnef", "application/vnd.ms-tnef") or (
        kind == "application/octet-stream" and file_name(part).lower() == "winmail.dat"
    )


@dataclass(frozen=True, slots=True)
class Content:
    """The decoded bytes of a part, whether damage was met in them, and the name of an encoding that
    is not known, if they are in one."""

    data: bytes
    damaged: bool = False
    unknown: str = ""


def content(part: Message) -> Content:
    """What the part holds, decoded as far as it can be."""
    words = re.findall(r"[a-z0-9]+", str(part.get("Content-Transfer-Encoding", "")).lower())
    stated = "".join(words)
    starts = ("".join(words[:count]) for count in range(len(words), 0, -1))
    encoding = next((_ENCODINGS[start] for start in starts if start in _ENCODINGS), "")
    if "Content-Transfer-Encoding" in part:
        part.replace_header("Content-Transfer-Encoding", encoding or "8bit")
    known = encoding or not stated or re.match(r"[678]bit|binary", stated)
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        payload = str(part.get_payload()).encode("utf-8", "surrogateescape")
    damage = {type(defect).__name__ for defect in part.defects if "Base64" in type(defect).__name__}
    if damage:
        payload = _damaged_base64(str(part.get_payload()), part.get_content_maintype() == "text")
    data = payload if isinstance(payload, bytes) else b""
    return Content(data, bool(damage), "" if known else stated[:40])


def unpack_uu(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """The text without the files that old mailers wrote into it (uuencode), and these files with
    their names."""
    kept: list[str] = []
    files: list[tuple[str, bytes]] = []
    place = 0
    while begin := _UU_BEGIN.search(text, place):
        end = text.find("\nend", begin.end() - 1)
        data = _uu_bytes(text[begin.end() : max(end, begin.end())]) if end >= 0 else b""
        if not data:
            break
        kept.append(text[place : begin.start()])
        files.append((begin[1].strip()[:200], data))
        place = end + len("\nend")
    return "".join([*kept, text[place:]]), files


def _damaged_base64(text: str, readable: bool) -> bytes:
    """What base64 holds that was cut off, put together of several pieces or written with the
    letters for addresses (RFC 4648, 5). In a `readable` text what stands below it, as a mailing
    list adds it, stays as it is, and so does what is no base64 at all."""
    lines = text.split("\n")
    end = len(lines)
    if readable:
        end = next((n for n, line in enumerate(lines) if not _is_base64(line)), end)
    letters = "".join(lines[:end]).translate({ord("-"): "+", ord("_"): "/"})
    pieces = re.split("=+", re.sub(r"[^A-Za-z0-9+/=]", "", letters))
    data = b"".join(
        binascii.a2b_base64(f"{piece[: len(piece) - (len(piece) % 4 == 1)]}==") for piece in pieces
    )
    rest = "\n".join(lines[end:])
    return data + b"\n" * bool(data and rest) + rest.encode("utf-8", "surrogateescape")


def _is_base64(line: str) -> bool:
    """Whether a line holds nothing else, but for the blanks and `!` that gateways break it with."""
    words = line.replace("!", " ").split()
    if not all(map(_BASE64_LINE.fullmatch, words)):
        return False
    return len(words) < 2 or len(words[0]) == 1 or len(words[0]) >= 40


def _uu_bytes(block: str) -> bytes:
    data = bytearray()
    for line in block.split("\n"):
        raw = line.encode("ascii", "replace")
        try:
            data += binascii.a2b_uu(raw)
        except binascii.Error:
            length = (((raw[0] - 32) & 63) * 4 + 5) // 3
            try:
                data += binascii.a2b_uu(raw[: length + 1])
            except binascii.Error:
                return b""
    return bytes(data)
