"""Makes a mail of an Outlook item, so that it is read by the same rules as any other mail."""

from __future__ import annotations

import email.utils
import re
from email.message import Message
from email.parser import BytesParser, HeaderParser

from coder.domain.draft import Problem
from coder.domain.errors import Unreadable
from coder.ingest.outlook.item import Attached, Item, Properties, Tag
from coder.ingest.rich_text.compressed import decompress, unwrapped

_LONGEST_HEADER = 10_000
_BY_REFERENCE = (2, 3, 4, 7)
_HTML_REFERENCE = 4
_TRANSPORT = re.compile(r"mime-version|content-.*|subject|from|date", re.IGNORECASE)
_MAPI_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")
_CARD = (
    ("Name", Tag.DISPLAY_NAME),
    ("Company", Tag.COMPANY),
    ("Job", Tag.JOB),
    ("E-mail", Tag.EMAIL),
    ("Telephone", Tag.TELEPHONE_WORK),
    ("Telephone at home", Tag.TELEPHONE_HOME),
    ("Mobile", Tag.TELEPHONE_MOBILE),
    ("Address", Tag.ADDRESS),
)


def as_mail(item: Item) -> tuple[Message, list[Problem]]:
    """The item as a mail: its text in every version that it has, items inside it as forwarded
    mails, its files as attachments; and what is not in it."""
    making = _Making()
    return making.mail(item), making.problems


class _Making:
    """A mail being made, with what is known to be missing from it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def mail(self, item: Item) -> Message:
        """The mail of an item."""
        properties = item.properties
        self.problems += [Problem("attachments", what) for what in item.problems]
        mail = _headed(properties)
        mail["Content-Type"] = 'multipart/mixed; boundary="-"'
        mail.set_payload([])
        signed = [_signed(one) for one in item.attached]
        if not any(signed):
            mail.attach(_body(properties))
        markup = properties.markup() if item.attached else ""
        for attached, inside in zip(item.attached, signed, strict=True):
            part = inside or self._part(attached, markup)
            if part is not None:
                mail.attach(part)
        return mail

    def _part(self, attached: Attached, markup: str) -> Message | None:
        properties = attached.properties
        name = attached.name or properties.line(
            Tag.FILE_NAME, Tag.DISPLAY_NAME, Tag.FILE_NAME_SHORT
        )
        if attached.item:
            part = Message()
            part["Content-Type"] = "message/rfc822"
            part.set_payload([self.mail(attached.item)])
            return part
        if attached.data is None:
            self.problems.append(Problem(name or "attachment", _missing(properties)))
            return None
        return _file_part(attached.data, name, properties, markup)


def _headed(properties: Properties) -> Message:
    """A mail with the headers with which the item travelled, and over these what Outlook keeps of
    sender, subject and time."""
    travelled = HeaderParser().parsestr(properties.text(Tag.HEADERS).lstrip())
    mail = Message()
    for name, value in travelled.raw_items():
        if not _TRANSPORT.fullmatch(name):
            mail[name] = str(value)
    mail["From"] = _from(properties, str(travelled.get("From", "")))
    mail["Subject"] = properties.line(Tag.SUBJECT, Tag.TOPIC)[:_LONGEST_HEADER]
    sent = properties.moment(Tag.SUBMITTED) or properties.moment(Tag.DELIVERED)
    stated = str(travelled.get("Date", ""))
    if sent is None and not stated:
        sent = properties.moment(Tag.CREATED)
    mail["Date"] = email.utils.format_datetime(sent) if sent else stated
    return mail


def _from(properties: Properties, travelled: str) -> str:
    """Who sent it, in the form of a header. An address of Exchange's own directory is none."""
    name = properties.line(Tag.REPRESENTING_NAME, Tag.SENDER_NAME)
    address = next(
        filter(
            _MAPI_ADDRESS.fullmatch,
            (
                properties.line(tag)
                for tag in (
                    Tag.REPRESENTING_SMTP,
                    Tag.SENDER_SMTP,
                    Tag.REPRESENTING_ADDRESS,
                    Tag.SENDER_ADDRESS,
                )
            ),
        ),
        "",
    )
    if not address and "@" in travelled:
        return travelled
    shown = re.sub(r'["\\]', "", name)[:_LONGEST_HEADER]
    return f'"{shown}" <{address}>' if address else f'"{shown}"' if shown else ""


def _body(properties: Properties) -> Message:
    """The text of an item in the versions that it has, as alternatives of each other."""
    plain = properties.text(Tag.BODY) or properties.text(Tag.REPORT)
    markup = properties.markup()
    if not _says_something(markup):
        kind, text = _rich(properties)
        markup = text if kind == "html" else markup
        plain = plain or (text if kind == "plain" else "")
    facts = _facts(properties)
    body = Message()
    body["Content-Type"] = 'multipart/alternative; boundary="="'
    body.set_payload([])
    for kind, text in (("plain", plain), ("html", markup)):
        if text.strip():
            body.attach(_text_part(text, kind))
    if not facts:
        return body
    both = Message()
    both["Content-Type"] = 'multipart/mixed; boundary="+"'
    both.set_payload([_text_part(facts, "plain"), body])
    return both


def _says_something(markup: str) -> bool:
    return bool(re.sub(r"(?s)<style.*?</style>|<[^<>]*>|&nbsp;|\s", "", markup))


def _rich(properties: Properties) -> tuple[str, str]:
    """The body kept as compressed RTF: its kind, and the text in it."""
    rtf = decompress(properties.data(Tag.RTF) or b"")
    kind, text = unwrapped(rtf)
    if kind or not rtf:
        return kind, text
    from coder.ingest.rich_text.rtf import rtf_text

    try:
        return "plain", rtf_text(rtf)
    except Unreadable:
        return "", ""


def _facts(properties: Properties) -> str:
    """What a meeting or a contact says outside its text."""
    kind = properties.line(Tag.MESSAGE_CLASS).lower()
    if kind.startswith("ipm.contact"):
        lines = [(label, properties.line(tag)) for label, tag in _CARD]
    elif kind.startswith(("ipm.appointment", "ipm.schedule", "ipm.ole.class")):
        moments = [properties.moment(tag) for tag in (Tag.BEGINS, Tag.ENDS)]
        when = " to ".join(f"{one.day} {one:%B %Y, %H:%M} UTC" for one in moments if one)
        lines = [("When", when), ("Where", properties.line(Tag.PLACE))]
    else:
        return ""
    return "\n".join(f"{label}: {value}" for label, value in lines if value)


def _text_part(text: str, kind: str) -> Message:
    part = Message()
    part["Content-Type"] = f'text/{kind}; charset="utf-8"'
    part.set_payload(text.encode("utf-8", "replace"))
    return part


def _signed(attached: Attached) -> Message | None:
    """The mail inside, where the item is a signed one: then all that it says is in there."""
    kind = attached.properties.line(Tag.MIME_TYPE).lower()
    if kind != "multipart/signed" or not attached.data:
        return None
    inside = BytesParser().parsebytes(attached.data.lstrip())
    return inside if inside.is_multipart() else None


def _file_part(data: bytes, name: str, properties: Properties, markup: str) -> Message:
    part = Message()
    kind = properties.line(Tag.MIME_TYPE).lower()
    if not re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind) or kind.startswith("multipart/"):
        kind = _kind_by_name(name)
    part["Content-Type"] = kind
    content_id = properties.line(Tag.CONTENT_ID).strip("<>")
    shown = content_id and (
        properties.number(Tag.FLAGS) & _HTML_REFERENCE
        or properties.number(Tag.HIDDEN)
        or f"cid:{content_id}" in markup
    )
    if shown:
        part["Content-ID"] = f"<{content_id}>"
    name = re.sub(r"[\ud800-\udfff\x00-\x1f]", "", name)
    part.add_header(
        "Content-Disposition", "inline" if shown else "attachment", filename=("utf-8", "", name)
    )
    part.set_payload(data)
    return part


def _kind_by_name(name: str) -> str:
    import mimetypes

    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _missing(properties: Properties) -> str:
    """Why the bytes of an attachment are not here."""
    if properties.number(Tag.METHOD) in _BY_REFERENCE:
        place = properties.line(Tag.PATH, Tag.PATH_SHORT)
        where = f" ({place[:200]})" if place else ""
        return f"Only a link to it came with the message{where}; ask the sender for the file."
    if properties.number(Tag.METHOD) == 6:
        return "An object of another program stands in the message; it is kept and not read."
    return "It cannot be found in the message; ask the sender for it again."
