"""Reads what Outlook packs for other Outlooks: TNEF, mostly named winmail.dat ([MS-OXTNEF])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import Message

from coder.domain.draft import Draft, Problem, Source
from coder.domain.errors import Unreadable
from coder.ingest.outlook.item import EPOCH, NAMED, Attached, Item, Properties, Tag, Type

SIGNATURE = b"\x78\x9f\x3e\x22"
"""The first bytes of every TNEF stream."""

_DEEPEST = 12
"""How deep items are looked for; mails inside mails are read, or named, before that."""
_SENT = 0x00038005
_FROM = 0x00008000
_ATTACHMENT_BEGINS = 0x00069002
_CODE_PAGE = 0x00069007
_PROPERTIES = (0x00069003, 0x00069005)
_TEXTS = {
    0x00018004: Tag.SUBJECT,
    0x0002800C: Tag.BODY,
    0x00078008: Tag.MESSAGE_CLASS,
    0x00018010: Tag.FILE_NAME_SHORT,
}
_DATA = 0x0006800F
_FIXED = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x000A: 4, 0x000B: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8}
_FIXED |= {0x0014: 8, 0x0040: 8, 0x0048: 16}
_VARIABLE = (0x000D, 0x001E, 0x001F, 0x0102)
_MESSAGE_INTERFACE = bytes.fromhex("0703020000000000c000000000000046")


def read_tnef(source: Source) -> Draft:
    """The submission that a packed mail makes. Raises Unreadable where it is none."""
    from coder.ingest.mail.eml import read_message

    mail, problems = unpack(source)
    draft = read_message(source, mail)
    return replace(draft, problems=(*draft.problems, *problems))


def unpack(source: Source) -> tuple[Message, list[Problem]]:
    """What is packed, as a mail, and what is not in it. Raises Unreadable where it is no TNEF."""
    from coder.ingest.outlook.mail import as_mail

    data = source.read()
    if not data.startswith(SIGNATURE):
        raise Unreadable(
            f"“{source.name}” is not what Outlook packs under this name.",
            "Ask the sender for the attachments again, as files of their own.",
        )
    item, whole = _item(data, depth=0)
    mail, problems = as_mail(item)
    if not whole:
        what = "It breaks off or is damaged; what could be read of it is here."
        problems.insert(0, Problem(source.name, what))
    return mail, problems


def _item(data: bytes, depth: int) -> tuple[Item, bool]:
    """The item in a stream, and whether the stream could be read to its end."""
    item = Item(Properties())
    at = item.properties
    whole = True
    for attribute, value in _attributes(data):
        if attribute == _ATTACHMENT_BEGINS:
            at = Properties()
            item.attached.append(Attached(at))
        elif attribute in _PROPERTIES:
            whole &= _take_properties(value, at)
        else:
            _take_attribute(attribute, value, at)
        whole &= attribute >= 0
    item.properties.find_pages()
    for attached in item.attached:
        attached.properties.decode = item.properties.decode
        _fill(attached, depth)
    return item, whole


def _fill(attached: Attached, depth: int) -> None:
    """Gives an attachment its bytes, or the item that they are."""
    data = attached.properties.data(Tag.DATA)
    kind, _ = attached.properties.values.get(Tag.DATA, (0, b""))
    if kind != Type.OBJECT or data is None:
        attached.data = data
    elif data.startswith(_MESSAGE_INTERFACE + SIGNATURE):
        deep = depth >= _DEEPEST
        attached.item = Item(Properties()) if deep else _item(data[16:], depth + 1)[0]


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each attribute: a level, a number, a length, the bytes and their sum ([MS-OXTNEF] 2.1.3);
    at last the number -1 where the stream breaks off."""
    place = 6
    while place + 9 <= len(data):
        attribute, length = struct.unpack_from("<II", data, place + 1)
        value = data[place + 9 : place + 9 + length]
        place += 9 + length + 2
        yield attribute, value
        if len(value) < length:
            yield -1, b""


def _take_attribute(attribute: int, value: bytes, at: Properties) -> None:
    """Takes in one that is no list of properties; these win over it."""
    if attribute in _TEXTS:
        at.values.setdefault(_TEXTS[attribute], (Type.STRING8, value))
    elif attribute == _DATA:
        at.values.setdefault(Tag.DATA, (Type.BINARY, value))
    elif attribute == _CODE_PAGE:
        at.values.setdefault(Tag.CODE_PAGE, (Type.LONG, value[:4]))
    elif attribute == _SENT:
        moment = _moment(value)
        if moment:
            at.values.setdefault(Tag.SUBMITTED, (Type.TIME, moment))
    elif attribute == _FROM and len(value) >= 8:
        name, address = struct.unpack_from("<HH", value, 4)
        kind, _, place = value[8 + name : 8 + name + address].partition(b":")
        at.values.setdefault(Tag.SENDER_NAME, (Type.STRING8, value[8 : 8 + name]))
        at.values.setdefault(Tag.SENDER_ADDRESS, (Type.STRING8, place or kind))


def _moment(value: bytes) -> bytes:
    """A date of seven numbers, from the year down, as tenths of microseconds since 1601."""
    if len(value) < 12:
        return b""
    try:
        year, month, day, hour, minute, second = struct.unpack_from("<6H", value)
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return b""
    return struct.pack("<Q", max(0, int((moment - EPOCH).total_seconds())) * 10_000_000)


def _take_properties(data: bytes, at: Properties) -> bool:
    """Takes in a list of properties; tells whether it could be read to its end."""
    try:
        for tag, kind, value in _listed(data):
            at.values[tag] = kind, value
    except struct.error:
        return False
    return True


def _listed(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Each property of a list ([MS-OXTNEF] 2.1.3.4): type, number, for named ones their set and
    name, then the value, on boundaries of four bytes. Only the first of several values is given.
    Raises struct.error where the list breaks off or holds an unknown type."""
    (count,) = struct.unpack_from("<I", data)
    place = 4
    for _ in range(count):
        kind, tag = struct.unpack_from("<HH", data, place)
        place += 4
        if tag >= 0x8000:
            number, name = struct.unpack_from("<II", data, place + 16)
            tag = -1 if number else NAMED.get((data[place : place + 16], name), -1)
            place += 24 + (_padded(name) if number else 0)
        values, place = _values(data, place, kind)
        for value in values[:1]:
            yield tag, kind & 0x0FFF, value


def _values(data: bytes, place: int, kind: int) -> tuple[list[bytes], int]:
    many, kind = kind & 0x1000, kind & 0x0FFF
    size = _FIXED.get(kind, 0)
    if not size and kind not in _VARIABLE:
        raise struct.error("a type that is not known")
    count = 1
    if many or not size:
        (count,) = struct.unpack_from("<I", data, place)
        place += 4
    values: list[bytes] = []
    for _ in range(count):
        length = size
        if not size:
            (length,) = struct.unpack_from("<I", data, place)
            place += 4
        if place + length > len(data):
            raise struct.error("a value that breaks off")
        values.append(data[place : place + length])
        place += _padded(length)
    return values, place


def _padded(length: int) -> int:
    return (length + 3) // 4 * 4
