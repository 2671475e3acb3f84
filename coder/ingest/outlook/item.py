"""What Outlook keeps of an item, wherever it is stored: properties by their numbers, attachments.

The numbers are those of [MS-OXPROPS]; a property's type stands beside its value, since the same
property may come as Unicode, as 8-bit text or as bytes.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from coder.ingest.charsets import decode_declared
from coder.ingest.outlook.charsets import Pages, ansi_page

EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
"""Where Windows begins to count time."""

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")
_APPOINTMENT = 0x00062002
_ADDRESS = 0x00062004
_SET_TAIL = bytes.fromhex("0000 0000 c000 0000 0000 0046")


class Type(IntEnum):
    """The types of property values that are read here ([MS-OXCDATA] 2.11.1)."""

    LONG = 0x0003
    BOOLEAN = 0x000B
    OBJECT = 0x000D
    STRING8 = 0x001E
    STRING = 0x001F
    TIME = 0x0040
    BINARY = 0x0102


class Tag(IntEnum):
    """The properties that are read here. Those from 0x8000 on are given by `NAMED`."""

    MESSAGE_CLASS = 0x001A
    SUBJECT = 0x0037
    SUBMITTED = 0x0039
    REPRESENTING_NAME = 0x0042
    REPRESENTING_ADDRESS = 0x0065
    HEADERS = 0x007D
    SENDER_NAME = 0x0C1A
    SENDER_ADDRESS = 0x0C1F
    DELIVERED = 0x0E06
    TOPIC = 0x0E1D
    BODY = 0x1000
    REPORT = 0x1001
    RTF = 0x1009
    HTML = 0x1013
    DISPLAY_NAME = 0x3001
    CREATED = 0x3007
    DATA = 0x3701
    FILE_NAME_SHORT = 0x3704
    METHOD = 0x3705
    FILE_NAME = 0x3707
    PATH_SHORT = 0x3708
    PATH = 0x370D
    MIME_TYPE = 0x370E
    CONTENT_ID = 0x3712
    FLAGS = 0x3714
    TELEPHONE_WORK = 0x3A08
    TELEPHONE_HOME = 0x3A09
    ADDRESS = 0x3A15
    COMPANY = 0x3A16
    JOB = 0x3A17
    TELEPHONE_MOBILE = 0x3A1C
    CODE_PAGE_INTERNET = 0x3FDE
    LOCALE = 0x3FF1
    CODE_PAGE = 0x3FFD
    SENDER_SMTP = 0x5D01
    REPRESENTING_SMTP = 0x5D02
    HIDDEN = 0x7FFE
    PLACE = 0x18208
    BEGINS = 0x1820D
    ENDS = 0x1820E
    EMAIL = 0x18083


NAMED: dict[tuple[bytes, int], Tag] = {
    (struct.pack("<I", prefix) + _SET_TAIL, tag & 0xFFFF): tag
    for prefix, tags in (
        (_APPOINTMENT, (Tag.PLACE, Tag.BEGINS, Tag.ENDS)),
        (_ADDRESS, (Tag.EMAIL,)),
    )
    for tag in tags
}
"""Properties that each file numbers as it likes, by their set and number there."""


@dataclass(slots=True)
class Properties:
    """Values of properties, each with its type, as they were stored."""

    values: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    decode: Callable[[bytes], str] = lambda data: decode_declared(data)[0]

    def text(self, tag: Tag) -> str:
        """A text with line feeds; empty where there is none."""
        kind, data = self.values.get(tag, (0, b""))
        if kind == Type.STRING:
            text = data[: len(data) & ~1].decode("utf-16-le", "replace").replace("\0", "")
            return text.replace("\r\n", "\n").replace("\r", "\n")
        return self.decode(data.rstrip(b"\0")) if kind == Type.STRING8 else ""

    def line(self, *tags: Tag) -> str:
        """The first of these texts that is not empty, on one line."""
        lines = (" ".join(_CONTROLS.sub(" ", self.text(tag)).split()) for tag in tags)
        return next(filter(None, lines), "")

    def data(self, tag: Tag) -> bytes | None:
        """A value as bytes; None where there is none."""
        kind, data = self.values.get(tag, (0, b""))
        return data if kind in (Type.BINARY, Type.OBJECT, Type.STRING8) else None

    def number(self, tag: Tag) -> int:
        """A number, or whether something is so; 0 where it is not said."""
        kind, data = self.values.get(tag, (0, b""))
        if kind == Type.LONG:
            return int.from_bytes(data[:4], "little")
        return int(kind == Type.BOOLEAN and any(data[:2]))

    def moment(self, tag: Tag) -> datetime | None:
        """A time, in UTC: stored as tenths of microseconds since 1601."""
        kind, data = self.values.get(tag, (0, b""))
        ticks = int.from_bytes(data[:8], "little")
        if kind != Type.TIME or not ticks:
            return None
        try:
            return EPOCH + timedelta(microseconds=ticks // 10)
        except OverflowError:
            return None

    def markup(self) -> str:
        """The HTML body, which is in the page of the internet message; empty where there is
        none."""
        kind, data = self.values.get(Tag.HTML, (0, b""))
        if kind == Type.STRING:
            return self.text(Tag.HTML)
        return self._pages(internet_first=True, samples=[data]).decode(data)

    def find_pages(self) -> None:
        """Decides how the item's 8-bit texts are read."""
        told = (Tag.SUBJECT, Tag.BODY, Tag.SENDER_NAME, Tag.FILE_NAME, Tag.DISPLAY_NAME)
        values = [self.values[tag] for tag in told if tag in self.values]
        samples = [data for kind, data in values if kind == Type.STRING8]
        self.decode = self._pages(internet_first=False, samples=samples).decode

    def _pages(self, *, internet_first: bool, samples: list[bytes]) -> Pages:
        declared = [self.number(Tag.CODE_PAGE), self.number(Tag.CODE_PAGE_INTERNET)]
        if internet_first:
            declared.reverse()
        return Pages([*declared, ansi_page(self.number(Tag.LOCALE))], samples)


@dataclass(slots=True)
class Attached:
    """An attachment: its properties, and the item that it is, or its bytes (None where they
    cannot be had)."""

    properties: Properties
    item: Item | None = None
    data: bytes | None = None
    name: str = ""


@dataclass(slots=True)
class Item:
    """An item of Outlook: a mail, a meeting, a contact; with what is attached to it."""

    properties: Properties
    attached: list[Attached] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
