"""Writes OLE compound files ([MS-CFB]) and Outlook messages, for tests of their readers."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

Tree = Mapping[str, "bytes | Tree"]

_SECTOR = 512
_MINI = 64
_CUTOFF = 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5


def compound(tree: Tree) -> bytes:
    """A compound file with these streams and storages."""
    return _Writer(tree).file()


class _Writer:
    def __init__(self, tree: Tree) -> None:
        self._sectors: list[bytes] = []
        self._fat: list[int] = []
        self._mini = b""
        self._mini_fat: list[int] = []
        self._entries: list[bytes] = [b""]
        first = self._children(tree)
        start = self._chain(self._mini)
        self._entries[0] = _entry("Root Entry", _ROOT, first, start, len(self._mini))

    def file(self) -> bytes:
        directory = b"".join(self._entries)
        directory += _entry("", 0, _FREE, 0, 0) * (-len(self._entries) % 4)
        directory_start = self._chain(directory)
        mini_data = struct.pack(f"<{len(self._mini_fat)}I", *self._mini_fat)
        mini_start = self._chain(mini_data, filler=b"\xff")
        count = 1
        while count * 128 < len(self._fat) + count:
            count += 1
        places = range(len(self._sectors), len(self._sectors) + count)
        fat = [*self._fat, *[_FAT] * count]
        fat += [_FREE] * (count * 128 - len(fat))
        header = struct.pack(
            "<8s16xHHHHH6xIIIIIIIII",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
            0, count, directory_start, 0, _CUTOFF,
            mini_start, (len(mini_data) + _SECTOR - 1) // _SECTOR, _END, 0,
        )  # fmt: skip
        header += struct.pack("<109I", *places, *[_FREE] * (109 - count))
        return header + b"".join(self._sectors) + struct.pack(f"<{len(fat)}I", *fat)

    def _children(self, tree: Tree) -> int:
        """Writes the entries of a storage, each the right sibling of the one before."""
        names = sorted(tree, key=lambda name: (len(name), name.upper()))
        first = len(self._entries)
        self._entries += [b""] * len(names)
        for index, name in enumerate(names):
            place = first + index
            after = place + 1 if index + 1 < len(names) else _FREE
            value = tree[name]
            if isinstance(value, bytes):
                start = self._stream(value)
                entry = _entry(name, _STREAM, _FREE, start, len(value), after)
            else:
                entry = _entry(name, _STORAGE, self._children(value), 0, 0, after)
            self._entries[place] = entry
        return first if names else _FREE

    def _stream(self, data: bytes) -> int:
        if len(data) >= _CUTOFF:
            return self._chain(data)
        if not data:
            return _END
        start = len(self._mini_fat)
        count = (len(data) + _MINI - 1) // _MINI
        self._mini_fat += [*range(start + 1, start + count), _END]
        self._mini += data.ljust(count * _MINI, b"\0")
        return start

    def _chain(self, data: bytes, filler: bytes = b"\0") -> int:
        if not data:
            return _END
        start = len(self._sectors)
        for at in range(0, len(data), _SECTOR):
            self._sectors.append(data[at : at + _SECTOR].ljust(_SECTOR, filler))
        self._fat += [*range(start + 1, len(self._sectors)), _END]
        return start


def _entry(name: str, kind: int, child: int, start: int, size: int, after: int = _FREE) -> bytes:
    stored = name.encode("utf-16-le")
    length = len(stored) + 2 if name else 0
    head = struct.pack("<64sHBBIII", stored, length, kind, 1, _FREE, after, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


Value = str | bytes | int | bool
"""A text is stored as Unicode, bytes as 8-bit text or, for `binary` properties, as bytes."""

_BINARY = {0x1009, 0x1013, 0x3701}
_TIMES = {0x0039, 0x0E06, 0x3007, 0x820D, 0x820E}


def item(values: Mapping[int, Value], *attached: Tree, header: int = 24) -> dict[str, bytes | Tree]:
    """The storage of an item: its properties by their numbers, and what is attached to it."""
    tree: dict[str, bytes | Tree] = dict(_properties(values, header))
    for count, one in enumerate(attached):
        tree[f"__attach_version1.0_#{count:08X}"] = one
    return tree


def attachment(values: Mapping[int, Value], inner: Tree | None = None) -> Tree:
    """The storage of an attachment, with an item inside it where one is given."""
    tree = dict(_properties(values, 8))
    return tree if inner is None else {**tree, "__substg1.0_3701000D": inner}


def message(values: Mapping[int, Value], *attached: Tree) -> bytes:
    """An Outlook message file."""
    return compound(item(values, *attached, header=32))


def _properties(values: Mapping[int, Value], header: int) -> Iterator[tuple[str, bytes]]:
    fixed = bytes(header)
    for tag, value in values.items():
        if isinstance(value, str):
            yield f"__substg1.0_{tag:04X}001F", value.encode("utf-16-le")
        elif isinstance(value, bytes):
            yield f"__substg1.0_{tag:04X}{'0102' if tag in _BINARY else '001E'}", value
        else:
            kind = 0x000B if isinstance(value, bool) else 0x0040 if tag in _TIMES else 0x0003
            fixed += struct.pack("<HHIQ", kind, tag, 6, int(value))
    yield "__properties_version1.0", fixed
