"""Writes Word files of 1995 to 2003 ([MS-DOC]), for tests of their reader."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from tests.ingest.ole_writer import compound

_STORIES = ("body", "footnotes", "headers", "macros", "comments", "endnotes", "boxes",
            "header_boxes")  # fmt: skip
_TEXT_AT = 0x800


def places(*cps: int, entries: bytes = b"") -> bytes:
    """A table of places (PLC)."""
    return struct.pack(f"<{len(cps)}I", *cps) + entries


def old_word(
    stories: Mapping[str, str] | str,
    tables: Mapping[int, bytes] | None = None,
    *,
    flags: int = 0,
    chunks: Sequence[int] = (),
    paragraphs: Sequence[tuple[int, bytes]] = (),
    runs: Sequence[tuple[int, bytes]] = (),
) -> bytes:
    """A file of Word 97 whose stories say this.

    The text is cut at `chunks` into pieces, which lie in the file in reverse, every second one in
    8-bit characters; without them it lies there at once. `paragraphs` and `runs` are ends in the
    text with the changes that hold up to there (paragraphs begin with their style's number).
    """
    stories = {"body": stories} if isinstance(stories, str) else stories
    text = "".join(stories.get(name, "") for name in _STORIES)
    data, clx = _pieces(text, [*chunks, len(text)])
    main = bytearray(_TEXT_AT) + data
    found = {33: clx, **(tables or {})}
    for index, looks, size in ((13, paragraphs, 13), (12, runs, 1)):
        if looks:
            main += bytes(-len(main) % 512)
            ends = [_TEXT_AT, *(_TEXT_AT + 2 * end for end, _ in looks)]
            found[index] = places(ends[0], ends[-1], entries=struct.pack("<I", len(main) // 512))
            main += _page(ends, [look for _, look in looks], size)
    table = b""
    struct.pack_into("<HHxxxxxxH", main, 0, 0xA5EC, 0xC1, flags | 0x0200)
    struct.pack_into("<8i", main, 0x4C, *(len(stories.get(name, "")) for name in _STORIES))
    struct.pack_into("<H", main, 152, 93)
    for index, content in found.items():
        struct.pack_into("<II", main, 154 + 8 * index, len(table), len(content))
        table += content
    return compound({"WordDocument": bytes(main), "1Table": table})


def word_6(text: str, codec: str, language: int) -> bytes:
    """A file of Word 6 that says this, in one go."""
    data = text.encode(codec)
    main = bytearray(_TEXT_AT) + data
    struct.pack_into("<HHxxH", main, 0, 0xA5DC, 101, language)
    struct.pack_into("<II", main, 0x18, _TEXT_AT, _TEXT_AT + len(data))
    struct.pack_into("<i", main, 0x34, len(data))
    return compound({"WordDocument": bytes(main)})


def _pieces(text: str, ends: Sequence[int]) -> tuple[bytes, bytes]:
    starts = [0, *ends[:-1]]
    data = b""
    told: list[int] = []
    for index in reversed(range(len(ends))):
        piece = text[starts[index] : ends[index]]
        if index % 2:
            told.insert(0, (_TEXT_AT + len(data)) * 2 | 0x40000000)
            data += piece.encode("cp1252")
        else:
            told.insert(0, _TEXT_AT + len(data))
            data += piece.encode("utf-16-le")
        data += bytes(len(data) % 2)
    plc = places(0, *ends, entries=b"".join(struct.pack("<HIH", 0, at, 0) for at in told))
    changes = b"\x01\x03\x00\x00\x00\x00"
    return data, changes + b"\x02" + struct.pack("<I", len(plc)) + plc


def _page(ends: Sequence[int], looks: Sequence[bytes], size: int) -> bytes:
    """A page of looks: entries of `size` bytes point to them, from the end of the page up."""
    page = bytearray(512)
    struct.pack_into(f"<{len(ends)}I", page, 0, *ends)
    at = 510
    for index, look in enumerate(looks):
        stored = bytes([len(look)]) + look if size == 1 else b"\0" + bytes(
            [(len(look) + 1) // 2]
        ) + look + bytes(len(look) % 2)  # fmt: skip
        at = (at - len(stored)) // 2 * 2
        page[at : at + len(stored)] = stored
        page[4 * len(ends) + size * index] = at // 2
    page[511] = len(looks)
    return bytes(page)
