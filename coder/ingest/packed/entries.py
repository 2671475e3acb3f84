"""The entries of a zip as they lie in the file, read without trusting what it says of itself.

The form is that of PKWARE's APPNOTE: a local header before each entry's data (4.3.7), and a central
directory at the end (4.3.12), without which a zip that was cut off can still be walked.
"""

from __future__ import annotations

import bz2
import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

from coder.domain.errors import Unreadable

Stream = io.BufferedReader | io.BytesIO

ELSEWHERE = -1
_CHUNK = 256 * 1024
_LOCAL = b"PK\x03\x04"
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_LOCKED, _SIZES_FOLLOW, _UTF8 = 0x01, 0x08, 0x800
_STORED, _DEFLATED, _BZIP2, _LZMA = 0, 8, 12, 14
_RATIO = 200
_RATIO_COUNTS_FROM = 50 * 1024**2
_PACKED_NOTHING = 2
_UNKNOWN_SIZE = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its name as stored, whether that says to be UTF-8, its extra fields, the method
    by which it is packed, and where its local header lies. `packed` is its length in the file, None
    where that is not known, and so is `crc`, the CRC-32 of its content."""

    name: bytes
    utf8: bool
    extra: bytes
    method: int
    offset: int
    packed: int | None
    crc: int | None
    locked: bool = False
    link: bool = False

    @property
    def folder(self) -> bool:
        """Whether it only says that there is a folder."""
        return self.name.endswith((b"/", b"\\")) and (self.packed or 0) <= _PACKED_NOTHING


class Bomb(Unreadable):
    """An entry made to unfold without end."""


def listed(stream: Stream) -> list[Entry] | None:
    """The entries that the central directory tells, or None where it is missing or damaged."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return [_entry(info) for info in archive.infolist()]
    except (zipfile.BadZipFile, ValueError, RuntimeError, IndexError, EOFError, struct.error):
        return None


def walked(stream: Stream) -> Iterator[Entry]:
    """The entries that can be found by their local headers, from the start of the file."""
    place = 0
    while (place := _find(stream, place)) >= 0:
        stream.seek(place)
        fields = stream.read(_LOCAL_HEADER.size)
        if len(fields) < _LOCAL_HEADER.size:
            return
        _, _, flags, method, _, _, crc, packed, _, name_length, more = _LOCAL_HEADER.unpack(fields)
        name, extra = stream.read(name_length), stream.read(more)
        known = packed != _UNKNOWN_SIZE and (packed > 0 or not flags & _SIZES_FOLLOW)
        entry = Entry(
            name, bool(flags & _UTF8), extra, method, place,
            packed if known else None, crc if known else None, bool(flags & _LOCKED),
        )  # fmt: skip
        yield entry
        place = stream.seek(place + _LOCAL_HEADER.size + name_length + more)
        if known:
            place += packed
        elif method == _DEFLATED and not entry.locked:
            place += _deflated_length(stream, place)


def placed(stream: Stream, entries: Sequence[Entry]) -> list[Entry]:
    """The entries with the places where they truly lie, which a directory may tell wrongly: by
    another program's mistake, or since the zip is the last of several parts; `ELSEWHERE` where
    they do not lie here."""
    lost = {entry for entry in entries if not _at(stream, entry.offset)}
    if not lost:
        return list(entries)
    found = {entry.name: entry.offset for entry in walked(stream)}
    return [
        replace(entry, offset=found.get(entry.name, ELSEWHERE)) if entry in lost else entry
        for entry in entries
    ]


def _at(stream: Stream, place: int) -> bool:
    if place < 0:
        return False
    stream.seek(place)
    return stream.read(len(_LOCAL)) == _LOCAL


def overlapping(entries: Sequence[Entry]) -> bool:
    """Whether entries lie one over another, as only in a zip that was made to do harm."""
    here = [entry for entry in entries if entry.offset != ELSEWHERE]
    in_order = sorted(here, key=lambda entry: entry.offset)
    return any(
        after.offset < before.offset + _LOCAL_HEADER.size + (before.packed or 0)
        for before, after in pairwise(in_order)
    )


def unlisted(stream: Stream, entries: Sequence[Entry]) -> bool:
    """Whether the beginning of an entry stands where none of these lies: the directory was written
    anew without it, or the file is several zips one behind another."""
    place = 0
    for entry in sorted(entries, key=lambda one: one.offset):
        if entry.offset == ELSEWHERE:
            continue
        if entry.offset - place > _LOCAL_HEADER.size:
            found = _find(stream, place)
            if 0 <= found < entry.offset:
                return True
        stream.seek(entry.offset + 26)
        lengths = stream.read(4).ljust(4, b"\0")
        place = entry.offset + _LOCAL_HEADER.size + sum(struct.unpack("<2H", lengths))
        place += entry.packed or 0
    return False


def can_unfold(entry: Entry) -> bool:
    """Whether the method by which an entry is packed is known here."""
    return entry.method in (_STORED, _DEFLATED, _BZIP2, _LZMA)


class Unfolding:
    """The content of an entry in chunks; afterwards `whole` tells whether all of it came out
    and is what was packed. Raises Bomb where it unfolds to more than 50 MB and 200 times itself."""

    def __init__(self, stream: Stream, entry: Entry) -> None:
        self.whole = False
        self._stream = stream
        self._entry = entry
        self._taken = 0

    def __iter__(self) -> Iterator[bytes]:
        crc = made = 0
        try:
            for chunk in self._chunks():
                crc = zlib.crc32(chunk, crc)
                made += len(chunk)
                if made > _RATIO_COUNTS_FROM and made > _RATIO * max(1, self._taken):
                    raise Bomb(
                        "It unfolds to hundreds of times its size, as files made to do harm do.",
                        "Ask for it to be sent again unpacked.",
                    )
                yield chunk
        except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError):
            return
        self.whole = self.whole and self._entry.crc in (None, crc)

    def _chunks(self) -> Iterator[bytes]:
        method = self._entry.method
        if not self._to_data():
            return
        if method == _STORED:
            yield from self._packed()
            self.whole = self._entry.packed is not None and self._taken == self._entry.packed
            return
        unpacker = _unpacker(method, self._read(9) if method == _LZMA else b"")
        for packed in self._packed():
            data = packed
            while not unpacker.eof:
                made = unpacker.decompress(data, _CHUNK)
                if made:
                    yield made
                data = getattr(unpacker, "unconsumed_tail", b"")
                if not data and (len(made) < _CHUNK or getattr(unpacker, "needs_input", False)):
                    break
            if unpacker.eof:
                break
        self.whole = unpacker.eof or (method == _LZMA and self._taken == self._entry.packed)

    def _to_data(self) -> bool:
        """Goes behind the local header; False where there is none."""
        if not _at(self._stream, self._entry.offset):
            return False
        self._stream.seek(self._entry.offset)
        fields = self._stream.read(_LOCAL_HEADER.size)
        if len(fields) < _LOCAL_HEADER.size:
            return False
        name_length, more = _LOCAL_HEADER.unpack(fields)[-2:]
        self._stream.seek(name_length + more, io.SEEK_CUR)
        return True

    def _packed(self) -> Iterator[bytes]:
        """What is left of the data; where its length is unknown, up to the next header."""
        if self._entry.packed is None and self._entry.method == _STORED:
            start = self._stream.tell()
            ends = [_find(self._stream, start, mark) for mark in (b"PK\x07\x08", _LOCAL)]
            self._stream.seek(start)
            yield self._read(min((end - start for end in ends if end >= 0), default=-1))
            return
        while chunk := self._read(_CHUNK):
            yield chunk

    def _read(self, most: int) -> bytes:
        left = self._entry.packed
        if left is not None:
            most = min(most, left - self._taken)
        data = self._stream.read(most)
        self._taken += len(data)
        return data


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


def _unpacker(method: int, lzma_head: bytes) -> _Unpacker:
    if method == _DEFLATED:
        return zlib.decompressobj(-zlib.MAX_WBITS)
    if method == _BZIP2:
        return bz2.BZ2Decompressor()
    decode = getattr(lzma, "_decode_filter_properties")  # noqa: B009  (not in its type stubs)
    chain = [decode(lzma.FILTER_LZMA1, lzma_head[4:9])]
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=chain)


def _entry(info: zipfile.ZipInfo) -> Entry:
    utf8 = bool(info.flag_bits & _UTF8)
    return Entry(
        info.orig_filename.encode("utf-8" if utf8 else "cp437"),
        utf8,
        info.extra,
        info.compress_type,
        info.header_offset,
        info.compress_size,
        info.CRC,
        bool(info.flag_bits & _LOCKED),
        stat.S_ISLNK(info.external_attr >> 16),
    )


def _find(stream: Stream, place: int, mark: bytes = _LOCAL) -> int:
    """Where `mark` stands from `place` on; -1 where it does not."""
    tail = b""
    stream.seek(place)
    while chunk := stream.read(_CHUNK):
        block = tail + chunk
        found = block.find(mark)
        if found >= 0:
            return place - len(tail) + found
        place += len(chunk)
        tail = block[-len(mark) + 1 :]
    return -1


def _deflated_length(stream: Stream, place: int) -> int:
    """How many bytes of deflated data lie from `place` on; 0 where they have no proper end."""
    stream.seek(place)
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    length = 0
    try:
        while not unpacker.eof and (chunk := stream.read(_CHUNK)):
            length += len(chunk)
            while chunk and not unpacker.eof:
                unpacker.decompress(chunk, _CHUNK)
                chunk = unpacker.unconsumed_tail
    except zlib.error:
        return 0
    return length - len(unpacker.unused_data) if unpacker.eof else 0
