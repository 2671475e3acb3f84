"""Reads an e-mail as a submission: its text, the mails forwarded in it, and its attachments.

The message is taken apart with the standard library's oldest policy, which reads no header before
it is asked to: broken and hostile headers then cost neither the text nor time.
"""

from __future__ import annotations

import binascii
import codecs
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.message import Message
from email.parser import BytesParser

from coder.domain.draft import Draft, DraftDocument, Problem, Source
from coder.domain.errors import Unreadable
from coder.domain.model import DocumentKind
from coder.domain.paragraphs import lay_out
from coder.ingest.charsets import decode_declared
from coder.ingest.mail_headers import file_name, header, parameter, received_at, sender
from coder.ingest.mail_sender import organisation
from coder.ingest.mail_text import Part, fuller, mark_replies, plain_parts

_DEEPEST = 10
_MARKS = frozenset(
    re.findall(
        r"[\w-]+",
        "from to subject date received message-id mime-version content-type return-path sender "
        "reply-to delivered-to x-mailer cc content-transfer-encoding",
    )
)
_SKIPPED = {
    "text/calendar": "A calendar entry is kept with the original and not read.",
    "application/ics": "A calendar entry is kept with the original and not read.",
    "text/vcard": "A contact card is kept with the original and not read.",
    "text/x-vcard": "A contact card is kept with the original and not read.",
    "text/directory": "A contact card is kept with the original and not read.",
    "application/pgp-signature": "A digital signature is kept with the original and not checked.",
    "application/pkcs7-signature": "A digital signature is kept with the original and not checked.",
    "application/x-pkcs7-signature": (
        "A digital signature is kept with the original and not checked."
    ),
    "application/pgp-keys": "A key for encryption is kept with the original and not read.",
    "application/pgp-encrypted": "The message is encrypted; ask the sender for it in the clear.",
    "application/pkcs7-mime": "The message is encrypted or sealed; ask the sender for it again.",
    "application/x-pkcs7-mime": "The message is encrypted or sealed; ask the sender for it again.",
    "application/ms-tnef": (
        "Outlook packed its attachments in a form of its own (winmail.dat), which cannot be read; "
        "ask the sender for them again."
    ),
}
_ENCODINGS = {
    "quotedprintable": "quoted-printable",
    "base64": "base64",
    "uuencode": "x-uuencode",
    "xuuencode": "x-uuencode",
    "uue": "x-uue",
    "xuue": "x-uue",
}
_UU_BEGIN = re.compile(r"^begin [0-7]{3,4} ([^\n]+)\n", re.MULTILINE)


def read_eml(source: Source) -> Draft:
    """The submission that a mail makes: first its own text, then the mails forwarded inside it,
    then all attachments in their order.

    What could not be read is named in the draft's problems and stays in the original, which is
    the whole mail. Raises Unreadable where the bytes are not a mail.
    """
    try:
        message = _parse(source.read())
        if not any(name.lower() in _MARKS for name, _ in message.raw_items()):
            raise Unreadable(
                f"“{source.name}” is not an e-mail: it has no sender, subject or date.",
                "Save the message again from the mail program.",
            )
        reading = _Reading(source)
        reading.letter(message, depth=0)
    except RecursionError as problem:
        raise Unreadable(
            f"“{source.name}” holds parts inside parts without end.",
            "Ask the sender for its text and attachments one by one.",
        ) from problem
    return Draft(
        documents=(*reading.letters, *reading.attachments),
        respondent=sender(message)[0],
        organisation=reading.organisation,
        received=received_at(message),
        channel="email",
        problems=tuple(reading.all_problems()),
    )


def _parse(data: bytes) -> Message:
    """The message in the bytes; a space before the colon of a header is allowed as it once was
    (RFC 5322, 4.5)."""
    data = data.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n")
    end = re.search(rb"\r?\n[ \t]*\r?\n|\Z", data)
    head = data[: end.start()] if end else data
    head = re.sub(rb"(?m)^([!-9;-~]{1,80})[ \t]+:", rb"\1:", head)
    return BytesParser().parsebytes(head + data[end.start() if end else len(data) :])


@dataclass
class _Reading:
    """One mail being read, with everything found in it so far."""

    source: Source
    letters: list[DraftDocument] = field(default_factory=list)
    attachments: list[DraftDocument] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    organisation: str = ""
    pictures: int = 0
    unnamed: int = 0
    damage: list[str] = field(default_factory=list)

    def all_problems(self) -> Iterator[Problem]:
        """What a person must know, with the pictures counted."""
        yield from self.problems
        if self.pictures:
            count = f"{self.pictures} inline picture{'s are' if self.pictures > 1 else ' is'}"
            yield Problem("pictures", f"{count} kept with the original, not read.")

    def letter(self, message: Message, depth: int) -> None:
        """Takes in one message: the mail itself, or one forwarded at `depth` below it."""
        subject = header(message, "Subject")[:200]
        place = len(self.letters)
        outer, self.damage = self.damage, []
        found = self._body(message, depth)
        answer = subject.lower().startswith(("re:", "aw:", "sv:", "antw:"))
        parts = mark_replies(found, answer=answer)
        if depth == 0:
            self.organisation = organisation(message, parts)
        text, paragraphs = lay_out(parts)
        if not text:
            self.damage.append("The message itself holds no text.")
        document = DraftDocument(
            title=subject or ("Forwarded e-mail" if depth else "E-mail"),
            kind=DocumentKind.EMAIL,
            source=self.source,
            text=text,
            paragraphs=paragraphs,
            problems=tuple(dict.fromkeys(self.damage)),
        )
        self.letters.insert(place, document)
        self.damage = outer

    def _body(self, part: Message, depth: int) -> list[Part]:
        """The text of a part; forwarded mails and attachments in it are put aside."""
        kind = part.get_content_type()
        if kind.startswith("message/"):
            return self._message(part, kind, depth)
        if not part.is_multipart():
            return self._leaf(part, kind, depth)
        inside = [(child, self._body(child, depth)) for child in _children(part)]
        if kind == "multipart/alternative":
            return _best(inside)
        return [piece for _, parts in inside for piece in parts]

    def _message(self, part: Message, kind: str, depth: int) -> list[Part]:
        if kind in ("message/delivery-status", "message/disposition-notification"):
            return plain_parts(_inner_bytes(part).decode("utf-8", "replace").replace("\r\n", "\n"))
        if kind in ("message/partial", "message/external-body"):
            self._problem(part, "Only a piece of a message is here; ask the sender for the whole.")
        if depth >= _DEEPEST:
            self._problem(part, "It lies too deep inside forwarded messages and is not read.")
        else:
            self.letter(_forwarded(part), depth + 1)
        return []

    def _leaf(self, part: Message, kind: str, depth: int) -> list[Part]:
        name = file_name(part)
        attached = _disposition(part) == "attachment"
        if kind in _SKIPPED:
            self._problem(part, _SKIPPED[kind])
        elif kind.startswith("multipart/"):
            return self._unsplit(part, depth)
        elif kind.startswith("image/") and not attached and (part["Content-ID"] or not name):
            self.pictures += 1
        elif kind.startswith("text/") and kind != "text/rtf" and not attached and not name:
            return self._text(part, kind)
        else:
            self._attach(part, kind, name, depth)
        return []

    def _text(self, part: Message, kind: str) -> list[Part]:
        data = self._bytes(part)
        charset = parameter(part, "charset")
        if kind == "text/html":
            return _html(data, charset)
        text, as_declared = decode_declared(data, charset)
        if not as_declared:
            self.damage.append(
                f"The text is not in the character set that it declares ({charset[:40]}); "
                "some characters may be wrong."
            )
        if kind in ("text/enriched", "text/richtext"):
            return _html(re.sub(r"<nl>|\n", "<br>", text, flags=re.IGNORECASE).encode(), "utf-8")
        text = self._unpack_uu(text)
        flowed = parameter(part, "format").lower() == "flowed"
        return plain_parts(text, flowed=flowed, delsp=parameter(part, "delsp").lower() == "yes")

    def _unsplit(self, part: Message, depth: int) -> list[Part]:
        """A multipart in which no boundary was found: tries the one that its text shows, and
        otherwise reads the whole as text."""
        data = self._bytes(part)
        shown = re.search(rb"^--([^\s-][^\r\n]{0,100}?)[ \t]*\r?\n[Cc]ontent-", data, re.MULTILINE)
        self.damage.append("The message was damaged on its way; what could be read is here.")
        if shown:
            head = b'Content-Type: multipart/mixed; boundary="' + shown[1] + b'"\n\n'
            again = _parse(head + data)
            if again.is_multipart():
                return self._body(again, depth)
        return plain_parts(decode_declared(data)[0])

    def _bytes(self, part: Message) -> bytes:
        """What the part holds, decoded as far as it can be."""
        stated = re.sub(r"[^a-z0-9]", "", str(part.get("Content-Transfer-Encoding", "")).lower())
        encoding = _ENCODINGS.get(stated, "")
        if "Content-Transfer-Encoding" in part:
            part.replace_header("Content-Transfer-Encoding", encoding or "8bit")
        if stated and not encoding and not re.match(r"[678]bit|binary", stated):
            self._problem(part, f"It is encoded in an unknown way ({stated[:40]}).")
        try:
            payload = part.get_payload(decode=True)
        except (ValueError, LookupError, AssertionError):
            payload = str(part.get_payload()).encode("utf-8", "surrogateescape")
        if any("Base64" in type(defect).__name__ for defect in part.defects):
            self.damage.append("A part was damaged on its way; what could be read of it is here.")
        if any(type(defect).__name__ == "InvalidBase64LengthDefect" for defect in part.defects):
            return _cut_base64(str(part.get_payload()))
        return payload if isinstance(payload, bytes) else b""

    def _attach(self, part: Message, kind: str, name: str, depth: int) -> None:
        data = self._bytes(part)
        if name.lower().endswith(".eml"):
            if depth < _DEEPEST:
                self.letter(_parse(data), depth + 1)
            else:
                self._problem(part, "It lies too deep inside forwarded messages and is not read.")
            return
        if not name:
            self.unnamed += 1
            name = f"attachment {self.unnamed}{mimetypes.guess_extension(kind) or ''}"
        charset = parameter(part, "charset") if kind.startswith("text/") else ""
        self._document(Source(name, data=data), charset)

    def _document(self, source: Source, charset: str = "") -> None:
        """Takes in an attachment as a document, or names it as one that cannot be read. A text
        is read in the character set that the mail declares; its original stays as it was."""
        from coder.ingest.registry import read_within

        readable = source
        if charset and source.data:
            readable = replace(source, data=decode_declared(source.data, charset)[0].encode())
        documents, problems = read_within(readable)
        self.attachments += [
            replace(one, source=source) if one.source is readable else one for one in documents
        ]
        self.problems += problems

    def _unpack_uu(self, text: str) -> str:
        """The text without the files that old mailers wrote into it (uuencode); they become
        attachments."""
        kept: list[str] = []
        place = 0
        while begin := _UU_BEGIN.search(text, place):
            end = text.find("\nend", begin.end() - 1)
            data = _uu_bytes(text[begin.end() : max(end, begin.end())]) if end >= 0 else b""
            if not data:
                break
            kept.append(text[place : begin.start()])
            self._document(Source(begin[1].strip()[:200], data=data))
            place = end + len("\nend")
        return "".join([*kept, text[place:]])

    def _problem(self, part: Message, what: str) -> None:
        self.problems.append(Problem(file_name(part) or part.get_content_type(), what))


def _best(inside: list[tuple[Message, list[Part]]]) -> list[Part]:
    """The version of a text to keep, of those that a mail offers."""
    plain = [parts for child, parts in inside if child.get_content_type() == "text/plain" and parts]
    rich = [parts for child, parts in inside if child.get_content_type() != "text/plain" and parts]
    return fuller(plain[0] if plain else [], rich[-1] if rich else [])


def _html(data: bytes, charset: str) -> list[Part]:
    from coder.ingest.html import html_parts

    return html_parts(decode_declared(data, charset)[0] if charset else data)


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if part.is_multipart() else []


def _forwarded(part: Message) -> Message:
    """The message inside a part, also where it was encoded against the rules (RFC 2046, 5.2.1)."""
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    inner = _children(part)
    if inner and encoding not in ("base64", "quoted-printable"):
        return inner[0]
    shell = Message()
    shell["Content-Transfer-Encoding"] = encoding
    shell.set_payload(_inner_bytes(part).decode("ascii", "surrogateescape"))
    decoded = shell.get_payload(decode=True)
    return _parse(decoded if isinstance(decoded, bytes) else b"")


def _inner_bytes(part: Message) -> bytes:
    """What stands inside a part, as it was sent."""
    if not part.is_multipart():
        return str(part.get_payload()).encode("utf-8", "surrogateescape")
    try:
        return b"\n".join(inner.as_bytes() for inner in _children(part))
    except (ValueError, LookupError, TypeError, AttributeError):
        return b""


def _disposition(part: Message) -> str:
    return str(part.get("Content-Disposition", "")).partition(";")[0].strip().lower()


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
