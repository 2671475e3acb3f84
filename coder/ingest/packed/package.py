"""Opens a file that is a zip of XML parts (Word, OpenDocument), bounded and without trusting it.

Members are found by the zip's directory or, where a file was cut off before it, by the headers of
each. The XML parser expands no entities, reaches no network, and keeps libxml2's own limits on
depth and length of text.
"""

from __future__ import annotations

from itertools import islice
from types import TracebackType
from typing import Any, Self

from coder.domain.draft import Source
from coder.domain.errors import Unreadable
from coder.ingest.packed.entries import Bomb, Entry, Unfolding, can_unfold, listed, placed, walked

Element = Any
"""An lxml element; lxml carries no types of its own."""

LARGEST_PART = 200 * 1024 * 1024
"""Bytes beyond which an unpacked part is refused."""

_SMALL_PART = 10 * 1024 * 1024
_HIGHEST_RATIO = 200
_MOST_WALKED = 5000
_PICTURES = ("word/media/", "pictures/", "media/")
_SHOWN = (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp")
_MOST_PICTURES = 50
_SMALLEST_PICTURE = 2_000


class ZipPackage:
    """The parts of one file, by their names in lower case. A context manager; `problems` grows as
    damage is met."""

    def __init__(self, source: Source, program: str) -> None:
        """Opens the zip. `program` is what opens such files. Raises Unreadable where there is no
        zip, not even the beginning of one, or it wants a password."""
        self.problems: list[str] = []
        self._name = source.name
        self._stream = source.open()
        entries = listed(self._stream)
        if entries is None:
            entries = list(islice(walked(self._stream), _MOST_WALKED))
            self.problems.append(
                "The file breaks off before its end; what there is of it was read."
            )
        else:
            entries = placed(self._stream, entries)
        self._entries = {_stored_name(entry): entry for entry in entries}
        if not self._entries:
            self.close()
            raise Unreadable(
                f"“{source.name}” is cut short or damaged.", "Ask for it to be sent again."
            )
        if any(entry.locked for entry in entries):
            self.close()
            raise Unreadable(
                f"“{source.name}” is locked with a password.",
                f"Ask for a copy without one, or open it in {program} and save it unlocked.",
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        self._stream.close()

    def names(self) -> list[str]:
        """The names of the parts."""
        return list(self._entries)

    def data(self, part: str) -> bytes | None:
        """The bytes of a part, as many as can be unpacked, or None where it is missing. Raises
        Unreadable on a zip bomb."""
        entry = self._entries.get(part_name(part))
        if entry is None:
            return None
        most = min(LARGEST_PART, max(_SMALL_PART, (entry.packed or LARGEST_PART) * _HIGHEST_RATIO))
        chunks: list[bytes] = []
        size = 0
        unfolding = Unfolding(self._stream, entry)
        try:
            for chunk in unfolding if can_unfold(entry) else ():
                chunks.append(chunk)
                size += len(chunk)
                if size > most:
                    raise self._bomb()
        except Bomb as problem:
            raise self._bomb() from problem
        if not unfolding.whole:
            self._damaged(part)
        return b"".join(chunks)

    def tree(self, part: str) -> Element | None:
        """The root of an XML part, or None where it is missing or beyond repair."""
        data = self.data(part)
        return None if data is None else self._parsed(data, part)

    def _parsed(self, data: bytes, part: str) -> Element | None:
        root, whole = xml_root(data)
        if not whole:
            self._damaged(part)
        return root

    def _bomb(self) -> Unreadable:
        return Unreadable(
            f"“{self._name}” unpacks to an unreasonable size.",
            "It may be hostile: ask the sender what it is before trying anything else.",
        )

    def _damaged(self, part: str) -> None:
        problem = f"A part of the file ({part}) is damaged; what could be read of it was kept."
        if problem not in self.problems:
            self.problems.append(problem)


def pictures(source: Source, program: str) -> tuple[Source, ...]:
    """The pictures packed in a Word or OpenDocument file, but for the smallest, which are bullets
    and lines. `program` is what opens such files. Raises Unreadable."""
    with ZipPackage(source, program) as package:
        names = [name for name in package.names() if name.startswith(_PICTURES)][:_MOST_PICTURES]
        parts = [(name.rpartition("/")[2], package.data(name) or b"") for name in names]
    return tuple(
        Source(name, data=data)
        for name, data in parts
        if len(data) >= _SMALLEST_PICTURE and name.endswith(_SHOWN)
    )


def xml_root(data: bytes) -> tuple[Element | None, bool]:
    """The root of the XML in `data`, or None where it is beyond repair, and whether it is sound."""
    from lxml import etree

    settings = {"resolve_entities": False, "no_network": True, "load_dtd": False}
    for recover in (False, True):
        parser = etree.XMLParser(recover=recover, **settings)
        try:
            return etree.fromstring(data, parser), not recover
        except (etree.XMLSyntaxError, ValueError):
            continue
    return None, False


def part_name(name: str) -> str:
    """A part's name as packages compare it: lower case, from the root, with `/`."""
    return name.replace("\\", "/").lstrip("/").lower()


def _stored_name(entry: Entry) -> str:
    return part_name(entry.name.decode("utf-8" if entry.utf8 else "cp437", "replace"))
