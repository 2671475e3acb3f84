"""What phones write into the head of an MP4 file and our writer does not: edit lists, rotation."""

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

Edit = tuple[float, float | None]
"""How many seconds are shown, and from which second of the track; None shows nothing."""


def edit(path: Path, wanted: Mapping[bytes, Sequence[Edit]]) -> Path:
    """Gives the tracks of a kind (`soun`, `vide`) these edit lists (ISO 14496-12, 8.6.6). The
    movie's head must lie behind its sound, so that nothing in it moves."""
    return _change(path, lambda track, scale: _edited(track, wanted, scale))


def turn(path: Path) -> Path:
    """Marks the picture as one to be turned by a quarter (8.3.2)."""
    return _change(path, lambda track, _: _turned(track) if _kind(track) == b"vide" else track)


def _change(path: Path, change: Callable[[bytes, int], bytes]) -> Path:
    data = path.read_bytes()
    head = next(box for box in _boxes(data) if box[0] == b"moov")
    scale = struct.unpack(">I", dict(_boxes(head[1]))[b"mvhd"][12:16])[0]
    inner = b"".join(
        _box(kind, change(body, scale) if kind == b"trak" else body)
        for kind, body in _boxes(head[1])
    )
    at = data.index(_box(*head))
    assert at + len(_box(*head)) == len(data)
    path.write_bytes(data[:at] + _box(b"moov", inner))
    return path


def _kind(track: bytes) -> bytes:
    return dict(_boxes(dict(_boxes(track))[b"mdia"]))[b"hdlr"][8:12]


def _turned(track: bytes) -> bytes:
    matrix = struct.pack(">9i", 0, 1 << 16, 0, -1 << 16, 0, 0, 48 << 16, 0, 1 << 30)
    return b"".join(
        _box(kind, body[:40] + matrix + body[76:] if kind == b"tkhd" else body)
        for kind, body in _boxes(track)
    )


def _edited(track: bytes, wanted: Mapping[bytes, Sequence[Edit]], scale: int) -> bytes:
    kind = _kind(track)
    if kind not in wanted:
        return track
    media = dict(_boxes(track))[b"mdia"]
    rate = struct.unpack(">I", dict(_boxes(media))[b"mdhd"][12:16])[0]
    entries = b"".join(
        struct.pack(
            ">Iihh", round(length * scale), -1 if begin is None else round(begin * rate), 1, 0
        )
        for length, begin in wanted[kind]
    )
    listed = _box(b"elst", struct.pack(">II", 0, len(wanted[kind])) + entries)
    parts = [_box(*box) for box in _boxes(track) if box[0] != b"edts"]
    return parts[0] + _box(b"edts", listed) + b"".join(parts[1:])


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(data):
        size = struct.unpack(">I", data[at : at + 4])[0]
        yield data[at + 4 : at + 8], data[at + 8 : at + size]
        at += size


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + kind + body
