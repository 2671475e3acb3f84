"""Takes a mail apart into its parts and a part into its bytes, however broken both are."""

from __future__ import annotations

import binascii
import codecs
import re
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser

from coder.ingest.mail_headers import file_name

_ENCODINGS = {
    "quotedprintable": "quoted-printable",
    "base64": "base64",
    "uuencode": "x-uuencode",
    "xuuencode": "x-uuencode",
    "uue": "x-uue",
    "xuue": "x-uue",
}
_UU_BEGIN = re.compile(r"^begin [0-7]{3,4} ([^\n]+)\n", re.MULTILINE)
_SHOWN_BOUNDARY = re.compile(rb"^--([^\s-][^\r\n]{0,100}?)[ \t]*\r?\n[Cc]ontent-", re.MULTILINE)


def parse(data: bytes) -> Message:
    """The message in the bytes; a space before the colon of a header is allowed as it once was
    (RFC 5322, 4.5)."""
    data = data.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n")
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


def resplit(data: bytes) -> Message | None:
    """The parts in the bytes by the boundary that shows in them; None where none does."""
    shown = _SHOWN_BOUNDARY.search(data)
    if not shown:
        return None
    again = parse(b'Content-Type: multipart/mixed; boundary="' + shown[1] + b'"\n\n' + data)
    return again if again.is_multipart() else None


def around(part: Message) -> tuple[str, str]:
    """The words before the first part of a multipart and behind its last one; empty where there are
    none, or only the note to old programs that this is MIME (RFC 2046, 5.1.1)."""
    before, behind = str(part.preamble or ""), str(part.epilogue or "")
    if re.search(r"\bMIME\b|multi-?part", before, re.IGNORECASE):
        before = ""
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
    stated = re.sub(r"[^a-z0-9]", "", str(part.get("Content-Transfer-Encoding", "")).lower())
    encoding = _ENCODINGS.get(stated, "")
    if "Content-Transfer-Encoding" in part:
        part.replace_header("Content-Transfer-Encoding", encoding or "8bit")
    known = encoding or not stated or re.match(r"[678]bit|binary", stated)
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        payload = str(part.get_payload()).encode("utf-8", "surrogateescape")
    damage = {type(defect).__name__ for defect in part.defects if "Base64" in type(defect).__name__}
    if "InvalidBase64LengthDefect" in damage:
        payload = _cut_base64(str(part.get_payload()))
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


def _cut_base64(text: str) -> bytes:
    """What base64 that was cut off in the middle of a group holds up to there."""
    letters = re.sub(r"[^A-Za-z0-9+/]", "", text)
    return binascii.a2b_base64(letters[: len(letters) // 4 * 4])


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
