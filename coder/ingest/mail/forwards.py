"""Finds whose words a mail brings, where somebody of the inquiry merely passed them on."""

from __future__ import annotations

import email.utils
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message

from coder.domain.dates import day_of
from coder.domain.model import Style
from coder.ingest.mail.headers import header, raw_header, received_at, sender
from coder.ingest.mail.sender import is_private
from coder.ingest.mail.text import Part

_PASSED_ON = re.compile(
    r"\s*(?:\[[^\]]{1,40}\]\s*)?(?:fwd?|wg|tr|rv|enc|doorst|vb|pd)\s?:", re.IGNORECASE
)
_DIVIDER = re.compile(
    r"[\W_]*(?:forwarded (?:message|email|mail)|begin forwarded message|"
    r"weitergeleitete nachricht|message transféré|mensaje reenviado|messaggio inoltrato|"
    r"doorgestuurd bericht)\b.{0,80}",
    re.IGNORECASE,
)
_FIELDS = {
    "from": "From", "von": "From", "de": "From", "da": "From", "van": "From",
    "date": "Date", "sent": "Date", "gesendet": "Date", "datum": "Date", "envoyé": "Date",
    "fecha": "Date", "data": "Date", "verzonden": "Date",
    "subject": "Subject", "betreff": "Subject", "objet": "Subject", "asunto": "Subject",
    "oggetto": "Subject", "onderwerp": "Subject",
    "to": "To", "an": "To", "à": "To", "para": "To", "a": "To", "aan": "To",
    "cc": "Cc", "reply-to": "Reply-To", "importance": "Importance", "attachments": "Attachments",
}  # fmt: skip
_FIELD = re.compile(
    rf"[>\s*_]{{0,40}}(?P<field>{'|'.join(_FIELDS)})[ \t*_]*:[ \t*_]*(?P<value>.{{0,400}})",
    re.IGNORECASE,
)
_MAILTO = re.compile(r"[\[<]mailto:[^\]>\s]{0,200}[\]>]")
_IN_SQUARES = re.compile(r"\[(?:mailto:)?([^\]\s@]{1,100}@[^\]\s]{1,100})\]")
_DAY = re.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}|\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9},? \d{4}"
)
_AFTERNOON = re.compile(r"\b(\d|0\d|1[01])(:\d\d(?::\d\d)?)\s?p\.?m\b\.?", re.IGNORECASE)
_FEW_WORDS = 40
_DEEPEST = 5
_SEARCHED = 200
_WRAPPED = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """A message with the paragraphs of its text, and how deep in the mail that came it lies."""

    message: Message
    parts: Sequence[Part]
    depth: int


def origin(heard: Sequence[Heard]) -> tuple[Heard, str]:
    """The message whose sender speaks in a mail, with what stands in it, and a sentence for a
    person where that is another than the mail itself, or could be.

    It is a message attached to the mail or copied into it, where a person of the inquiry passed it
    on with no more than a few words of their own: the mail says so in its subject, and went to an
    address of the sender's own domain, or brings the mail of a private person.
    """
    outer = next(one for one in heard if one.depth == 0)
    found = outer
    for _ in range(_DEEPEST):
        inner = _next(found, heard)
        if inner is None or not sender(inner.message)[0]:
            break
        if sender(inner.message) == sender(outer.message):
            break
        found = inner
    if found is outer:
        return outer, ""
    who, inside = sender(outer.message)[0], sender(found.message)[0]
    if not _of_the_inquiry(outer.message, found.message):
        return outer, f"It passes on a mail of “{inside}”: check whose evidence it is."
    return found, f"“{who}” passed it on; respondent and date are those of the mail inside."


def _next(found: Heard, heard: Sequence[Heard]) -> Heard | None:
    """The message that this one merely passes on; None where it does not."""
    says_so = _PASSED_ON.match(header(found.message, "Subject")) is not None
    copied = _copied(found, said=says_so)
    if copied is not None:
        return copied
    attached = [one for one in heard if one.depth == found.depth + 1]
    few = _words(found.parts) <= (_FEW_WORDS if says_so else 0)
    return attached[0] if len(attached) == 1 and few else None


def _copied(found: Heard, *, said: bool) -> Heard | None:
    """The message that stands in the text below its headers, if there is little above these and it
    is `said`, in the subject or by the line above them, that it is forwarded."""
    lines = [(line, style) for text, style in found.parts for line in text.split("\n")]
    for place, (line, _) in enumerate(lines[:_SEARCHED]):
        field = _FIELD.match(line)
        if field is None:
            continue
        fields, end = _fields([line for line, _ in lines[place:]])
        if "From" in fields and len(fields) >= 3:
            above = [one for one in lines[:place] if not _DIVIDER.fullmatch(one[0])]
            said = said or len(above) < place
            if _words(above) > _FEW_WORDS or not said:
                return None
            return Heard(_shell(fields), lines[place + end :], found.depth)
    return None


def _fields(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """The headers that stand in the first lines, by their English names, and behind which line
    they end. A long list of people may be wrapped."""
    fields: dict[str, str] = {}
    end = wrapped = 0
    for place, line in enumerate(lines[:40]):
        field = _FIELD.match(line)
        if field:
            fields.setdefault(_FIELDS[field["field"].lower()], field["value"].strip(" *_"))
            end, wrapped = place + 1, 0
        elif line.strip(" >"):
            wrapped += 1
            if wrapped > _WRAPPED or {"From", "Date", "Subject", "To"} <= fields.keys():
                break
    return fields, end


def _shell(fields: dict[str, str]) -> Message:
    """A message with these headers."""
    shell = Message()
    person = _MAILTO.sub("", fields["From"]) if "@" in _MAILTO.sub("", fields["From"]) else ""
    shell["From"] = _IN_SQUARES.sub(r"<\1>", person or fields["From"])
    shell["Subject"] = fields.get("Subject", "")
    stated = re.sub(r"\s(?:at|um|à)\s", " ", fields.get("Date", ""))
    shell["Date"] = _AFTERNOON.sub(lambda time: f"{int(time[1]) + 12}{time[2]}", stated)
    day = None if received_at(shell) else _DAY.search(stated)
    known = day_of(day[0]) if day else None
    if known:
        shell.replace_header("Date", known.isoformat())
    return shell


def _words(parts: Sequence[Part]) -> int:
    """How many words of the sender's own there are."""
    aside = (Style.SIGNATURE, Style.DISCLAIMER)
    return sum(len(text.split()) for text, style in parts if style not in aside)


def _of_the_inquiry(outer: Message, inner: Message) -> bool:
    """Whether it looks as if one who works for the inquiry sent the outer message."""
    address = sender(outer)[1]
    if is_private(address):
        return False
    domain = _domain(address)
    raw = [raw_header(outer, name) for name in ("To", "Cc", "Delivered-To")]
    to = {_domain(one) for _, one in email.utils.getaddresses(raw) if "@" in one}
    near = any(one.endswith(domain) or domain.endswith(one) for one in to if one and domain)
    return near or not to or is_private(sender(inner)[1])


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower().strip(" <>")
