"""Reads an e-mail as a submission: its text, the mails forwarded in it, and its attachments.

The message is taken apart with the standard library's oldest policy, which reads no header before
it is asked to: broken and hostile headers then cost neither the text nor time.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.message import Message

from coder.domain.draft import Draft, DraftDocument, Problem, Source
from coder.domain.errors import Unreadable
from coder.domain.model import DocumentKind, RespondentType, Style
from coder.domain.paragraphs import lay_out
from coder.domain.text import counted
from coder.ingest.charsets import decode_declared
from coder.ingest.mail.folds import fold
from coder.ingest.mail.forwards import Heard, origin
from coder.ingest.mail.headers import file_name, header, parameter, received_at, sender
from coder.ingest.mail.links import elsewhere, told
from coder.ingest.mail.parts import (
    around,
    children,
    content,
    disposition,
    forwarded,
    inner_bytes,
    packed_by_outlook,
    parse,
    resplit,
    unpack_uu,
)
from coder.ingest.mail.sender import is_private, organisation
from coder.ingest.mail.text import Part, choose, differs, fuller, missed, plain_parts
from coder.ingest.people.guess import body_behind

_DEEPEST = 10
_MOST_PARTS = 500
_LARGE_PICTURE = 100_000
_FEW_WORDS, _SHOWN_WORDS = 3, 12
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
}
_MESSAGES = (
    "message/rfc822", "message/news", "message/global", "message/partial",
    "message/external-body",
)  # fmt: skip
_ANSWERS = ("re:", "aw:", "sv:", "antw:", "r:", "vs:", "odp:", "res:")
_TOO_DEEP = "It lies too deep inside forwarded messages and is not read."
_DAMAGED = "A part was damaged on its way; what could be read of it is here."


def read_eml(source: Source) -> Draft:
    """The submission that a mail makes: first its own text, then the mails forwarded inside it,
    then all attachments in their order.

    What could not be read is named in the draft's problems and stays in the original, which is
    the whole mail. Raises Unreadable where the bytes are not a mail.
    """
    try:
        message = parse(source.read())
        if not _is_mail(message):
            raise Unreadable(
                f"“{source.name}” is not an e-mail: it has no sender, subject or date.",
                "Save the message again from the mail program.",
            )
        return read_message(source, message)
    except RecursionError as problem:
        raise Unreadable(
            f"“{source.name}” holds parts inside parts without end.",
            "Ask the sender for its text and attachments one by one.",
        ) from problem


def read_message(source: Source, message: Message) -> Draft:
    """The submission that a mail makes, in whatever form it lay in `source`."""
    reading = _Reading(source)
    reading.letter(message, depth=0)
    speaking, note = origin(reading.heard)
    if note:
        reading.problems.insert(0, Problem("sender", note))
    person, address = sender(speaking.message)
    written = [part for part in speaking.parts if part[1] is not Style.DISCLAIMER]
    body = organisation(speaking.message, written) or body_behind(written)
    private = is_private(address) and not body
    return Draft(
        documents=(*reading.letters, *reading.attachments),
        respondent=person,
        organisation=body,
        received=received_at(speaking.message) or received_at(message),
        channel="email",
        problems=tuple(reading.all_problems()),
        type=RespondentType.INDIVIDUAL if private else RespondentType.UNKNOWN,
    )


def _is_mail(message: Message) -> bool:
    return any(name.lower() in _MARKS for name, _ in message.raw_items())


@dataclass
class _Letter:
    """What is found about one message while its parts are read: sentences about damage, addresses
    it links to, and versions of its text that say something else than the one that was chosen."""

    damage: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    versions: list[list[Part]] = field(default_factory=list)


@dataclass
class _Reading:
    """One mail being read, with everything found in it so far."""

    source: Source
    letters: list[DraftDocument] = field(default_factory=list)
    attachments: list[DraftDocument] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    unnamed: int = 0
    taken: int = 0
    found: _Letter = field(default_factory=_Letter)

    def all_problems(self) -> Iterator[Problem]:
        """What a person must know, with the pictures and what is too much counted."""
        yield from self.problems
        if self.pictures:
            one = len(self.pictures) == 1
            count = f"{len(self.pictures)} inline picture{' is' if one else 's are'}"
            names = ", ".join(dict.fromkeys(name for name in self.pictures if name))[:300]
            what = f"{count} kept with the original, not read{f': {names}' if names else ''}."
            yield Problem("pictures", what)
        if self.taken > _MOST_PARTS:
            more = counted(self.taken - _MOST_PARTS, "part")
            yield Problem(
                "parts",
                f"It holds more than {_MOST_PARTS} attachments and forwarded messages; {more} more "
                "stayed in the original and were not read.",
            )

    def letter(self, message: Message, depth: int) -> None:
        """Takes in one message: the mail itself, or one forwarded at `depth` below it."""
        subject = header(message, "Subject")[:200]
        place = len(self.letters)
        outer, self.found = self.found, _Letter()
        answer = subject.lower().startswith(_ANSWERS)
        parts = fold(self._body(message, depth), answer=answer)
        self.heard.append(Heard(message, tuple(parts), depth))
        title = subject or ("Forwarded e-mail" if depth else "E-mail")
        if not any(text.strip() for text, _ in parts):
            self.found.damage.append("The message itself holds no text.")
        letters = [self._document_of(title, parts)]
        for number, version in enumerate(self.found.versions, start=2):
            self.found = _Letter(
                ["The mail holds its text in versions that differ; this is another of them."]
            )
            parts = fold(version, answer=answer)
            letters.append(self._document_of(f"{title} (version {number})", parts))
        self.letters[place:place] = letters
        self.found = outer

    def _document_of(self, title: str, parts: list[Part]) -> DraftDocument:
        text, paragraphs = lay_out(parts)
        links = told([*self.found.links, *elsewhere(text)], "This mail")
        return DraftDocument(
            title=title,
            kind=DocumentKind.EMAIL,
            source=self.source,
            text=text,
            paragraphs=paragraphs,
            problems=tuple(dict.fromkeys([*self.found.damage, *links])),
        )

    def _body(self, part: Message, depth: int) -> list[Part]:
        """The text of a part; forwarded mails and attachments in it are put aside."""
        kind = part.get_content_type()
        if kind.startswith("message/"):
            return self._message(part, kind, depth)
        if not part.is_multipart():
            return self._leaf(part, kind, depth)
        before, behind = around(part)
        inside = [(child, self._body(child, depth)) for child in children(part)]
        if kind == "multipart/alternative":
            chosen = self._chosen(inside)
        else:
            own = [one for child, parts in inside if not packed_by_outlook(child) for one in parts]
            packed = [one for child, parts in inside if packed_by_outlook(child) for one in parts]
            chosen = fuller(own, packed)
        return [*plain_parts(before), *chosen, *self._behind(behind, depth)]

    def _chosen(self, inside: list[tuple[Message, list[Part]]]) -> list[Part]:
        """The version of a text to keep, of those that a mail offers. One that says something else
        becomes a document of its own; a few words that are only in another are named."""
        versions = [(child.get_content_type() == "text/plain", parts) for child, parts in inside]
        chosen = choose(versions)
        for _, other in versions:
            missing = [] if other is chosen else missed(other, chosen)
            if differs(other, missing):
                self.found.versions.append(other)
            elif len(missing) >= _FEW_WORDS:
                words = ", ".join(missing[:_SHOWN_WORDS])
                self.found.damage.append(f"Words in another version of it are not here: {words}.")
        return chosen

    def _behind(self, text: str, depth: int) -> list[Part]:
        """What stands behind the last part: more parts, where the end was marked too early, or
        what a mailing list adds."""
        again = resplit(text.encode("utf-8", "surrogateescape"))
        if again is None:
            return plain_parts(decode_declared(text.encode("utf-8", "surrogateescape"))[0])
        self.found.damage.append("The message ends too early and goes on; all of it is here.")
        return self._body(again, depth)

    def _message(self, part: Message, kind: str, depth: int) -> list[Part]:
        if kind not in _MESSAGES and not _is_mail(forwarded(part)):
            return plain_parts(decode_declared(inner_bytes(part))[0])
        if kind in ("message/partial", "message/external-body"):
            self._problem(part, "Only a piece of a message is here; ask the sender for the whole.")
        if depth >= _DEEPEST:
            self._problem(part, _TOO_DEEP)
        elif self._has_room():
            self.letter(forwarded(part), depth + 1)
        return []

    def _leaf(self, part: Message, kind: str, depth: int) -> list[Part]:
        name = file_name(part)
        attached = disposition(part) == "attachment"
        if kind in _SKIPPED:
            self._problem(part, _SKIPPED[kind])
        elif packed_by_outlook(part):
            return self._unpack_outlook(part, depth)
        elif kind.startswith("multipart/"):
            return self._unsplit(part, depth)
        elif kind.startswith("text/") and kind != "text/rtf" and not attached and not name:
            return self._text(part, kind)
        elif not attached and self._is_decoration(part, kind, name):
            self.pictures.append(name)
        else:
            self._attach(part, kind, name, depth)
        return []

    def _is_decoration(self, part: Message, kind: str, name: str) -> bool:
        """Whether a part is a small picture shown among the words: a logo, not a photographed
        letter."""
        if not kind.startswith("image/") or (name and not part["Content-ID"]):
            return False
        return len(content(part).data) < _LARGE_PICTURE

    def _text(self, part: Message, kind: str) -> list[Part]:
        data = self._bytes(part)
        charset = parameter(part, "charset")
        text, as_declared = decode_declared(data, charset)
        if not as_declared:
            self.found.damage.append(
                f"The text is not in the character set that it declares ({charset[:40]}); "
                "some characters may be wrong."
            )
        if kind == "text/html":
            self.found.links += elsewhere(text)
            return _html(text if charset and as_declared else data)
        if kind in ("text/enriched", "text/richtext"):
            return _html(re.sub(r"<nl>|\n", "<br>", text, flags=re.IGNORECASE))
        text, files = unpack_uu(text)
        for name, inside in files:
            self._document(Source(name, data=inside))
        flowed = parameter(part, "format").lower() == "flowed"
        return plain_parts(text, flowed=flowed, delsp=parameter(part, "delsp").lower() == "yes")

    def _unsplit(self, part: Message, depth: int) -> list[Part]:
        """A multipart in which no boundary was found: tries the one that its text shows, and
        otherwise reads the whole as text."""
        data = self._bytes(part)
        self.found.damage.append("The message was damaged on its way; what could be read is here.")
        again = resplit(data, part.get_content_type())
        return self._body(again, depth) if again else plain_parts(decode_declared(data)[0])

    def _bytes(self, part: Message) -> bytes:
        """What the part holds, decoded as far as it can be."""
        found = content(part)
        if found.unknown:
            self._problem(part, f"It is encoded in an unknown way ({found.unknown}).")
        if found.damaged:
            self.found.damage.append(_DAMAGED)
        return found.data

    def _attach(self, part: Message, kind: str, name: str, depth: int) -> None:
        data = self._bytes(part)
        if name.lower().endswith(".eml") and _is_mail(message := parse(data)):
            if depth >= _DEEPEST:
                self._problem(part, _TOO_DEEP)
            elif self._has_room():
                self.letter(message, depth + 1)
            return
        if not name:
            self.unnamed += 1
            name = f"attachment {self.unnamed}{mimetypes.guess_extension(kind) or ''}"
        charset = parameter(part, "charset") if kind.startswith("text/") else ""
        self._document(Source(name, data=data), charset)

    def _has_room(self) -> bool:
        """Counts one more part; False where there have been too many."""
        self.taken += 1
        return self.taken <= _MOST_PARTS

    def _document(self, source: Source, charset: str = "") -> None:
        """Takes in an attachment as a document, or names it as one that cannot be read. A text
        is read in the character set that the mail declares; its original stays as it was."""
        from coder.ingest.registry import read_within

        if not self._has_room():
            return
        readable = source
        if charset and source.data:
            readable = replace(source, data=decode_declared(source.data, charset)[0].encode())
        documents, problems = read_within(readable)
        self.attachments += [
            replace(one, source=source) if one.source is readable else one for one in documents
        ]
        self.problems += problems

    def _unpack_outlook(self, part: Message, depth: int) -> list[Part]:
        """The text of what Outlook packed in a form of its own (TNEF, winmail.dat), and its
        attachments, as those of the mail."""
        from coder.ingest.outlook.tnef import unpack

        try:
            mail, problems = unpack(
                Source(file_name(part) or "winmail.dat", data=self._bytes(part))
            )
        except Unreadable as problem:
            self._problem(part, str(problem))
            return []
        self.problems += problems
        return self._body(mail, depth)

    def _problem(self, part: Message, what: str) -> None:
        self.problems.append(Problem(file_name(part) or part.get_content_type(), what))


def _html(page: str | bytes) -> list[Part]:
    from coder.ingest.html import html_parts

    return html_parts(page)
