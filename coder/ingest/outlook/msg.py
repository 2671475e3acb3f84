"""Reads messages as Outlook saves them ([MS-OXMSG]): each property a stream of a compound file."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import replace

from coder.domain.draft import Draft, Problem, Source
from coder.ingest.ole import Compound, Path, packaged
from coder.ingest.outlook.item import NAMED, Attached, Item, Properties, Tag, Type

_DEEPEST = 12
"""How deep items are looked for; mails inside mails are read, or named, before that."""
_MOST_ATTACHED = 1000
_PROPERTIES = "__properties_version1.0"
_NAMES = "__nameid_version1.0"
_VALUE = re.compile(r"__substg1\.0_([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})")
_TOP = 32
_EMBEDDED = 24
_PART = 8
_OBJECT = "__substg1.0_3701000D"


def read_msg(source: Source) -> Draft:
    """The submission that an Outlook message makes, as a mail does: its text, the messages inside
    it, then its attachments. Meetings and contacts come as what stands in them.

    What could not be read is named in the draft's problems. Raises Unreadable where nothing in
    the file can be found.
    """
    from coder.ingest.mail.eml import read_message
    from coder.ingest.outlook.mail import as_mail

    with Compound(source) as file:
        item = _Reader(file).item((), depth=0)
        damaged = file.damaged
    mail, problems = as_mail(item)
    draft = read_message(source, mail)
    if damaged:
        problems.insert(0, Problem(source.name, "It is damaged; what could be read of it is here."))
    return replace(draft, problems=(*draft.problems, *problems))


class _Reader:
    """One file while it is read."""

    def __init__(self, file: Compound) -> None:
        self._file = file
        self._named = _named(file)

    def item(self, storage: Path, depth: int) -> Item:
        """The item in a storage, with those inside it."""
        properties = self._properties(storage, _EMBEDDED if depth else _TOP)
        properties.find_pages()
        item = Item(properties)
        names = [name for name in self._file.names(storage) if name.startswith("__attach_")]
        for name in names[:_MOST_ATTACHED]:
            item.attached.append(self._attached((*storage, name), properties, depth))
        if len(names) > _MOST_ATTACHED:
            item.problems.append(
                f"{len(names)} files are attached; those after the first {_MOST_ATTACHED} are not "
                "read."
            )
        return item

    def _attached(self, storage: Path, of: Properties, depth: int) -> Attached:
        properties = self._properties(storage, _PART)
        properties.decode = of.decode
        inner = (*storage, _OBJECT)
        if not self._file.is_storage(*inner):
            return Attached(properties, data=properties.data(Tag.DATA))
        if self._file.holds(*inner, _PROPERTIES):
            item = self.item(inner, depth + 1) if depth < _DEEPEST else Item(properties)
            return Attached(properties, item)
        name, data = packaged(self._file, inner) or ("", None)
        return Attached(properties, data=data, name=name)

    def _properties(self, storage: Path, header: int) -> Properties:
        values = dict(_fixed(self._file.stream(*storage, _PROPERTIES)[header:]))
        for name in self._file.names(storage):
            match = _VALUE.fullmatch(name)
            if match and not self._file.is_storage(*storage, name):
                tag, kind = int(match[1], 16), int(match[2], 16)
                if kind in (Type.STRING, Type.STRING8, Type.BINARY, Type.OBJECT):
                    values[tag] = kind, self._file.stream(*storage, name)
        for number, tag in self._named.items():
            if number in values:
                values[tag] = values[number]
        return Properties(values)


def _fixed(entries: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """The values of fixed size: type, number, flags, and eight bytes ([MS-OXMSG] 2.4.2)."""
    for kind, tag, _, value in struct.iter_unpack("<HHI8s", entries[: len(entries) // 16 * 16]):
        if kind in (Type.LONG, Type.BOOLEAN, Type.TIME):
            yield tag, (kind, value)


def _named(file: Compound) -> dict[int, Tag]:
    """Which numbers the file gives to the named properties that are read: an entry tells the
    number in a set, the set's place in the stream of sets (from 3 on), and the count from 0x8000
    ([MS-OXMSG] 2.2.3)."""
    sets = file.stream(_NAMES, "__substg1.0_00020102")
    entries = file.stream(_NAMES, "__substg1.0_00030102")
    found: dict[int, Tag] = {}
    for lid, kind, count in struct.iter_unpack("<IHH", entries[: len(entries) // 8 * 8]):
        place = ((kind >> 1) - 3) * 16
        tag = NAMED.get((sets[place : place + 16], lid)) if place >= 0 and not kind & 1 else None
        if tag:
            found[0x8000 + count] = tag
    return found
