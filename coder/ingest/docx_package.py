"""Opens a Word file as the zip of XML parts that it is, bounded and without trusting any of it.

Always the zip and lxml, never python-docx: that raises on macro-enabled, template and Strict files,
on missing picture parts and on a bad checksum, and all of these can be read. The parser expands no
entities, reaches no network, and keeps libxml2's own limits on depth and length of text.

The container is described in ECMA-376 part 2 (Open Packaging Conventions); Strict documents differ
only in their namespaces, which are rewritten to the Transitional ones on the way in.
"""

from __future__ import annotations

import lzma
import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

from coder.domain.draft import Source
from coder.domain.errors import Unreadable

Element = Any
"""An lxml element; lxml carries no types of its own."""

LARGEST_PART = 200 * 1024 * 1024
"""Bytes beyond which an unpacked part is refused."""

_SMALL_PART = 10 * 1024 * 1024
_HIGHEST_RATIO = 500

_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    IndexError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
)

_DOCUMENT_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    f"{_STRICT}wordprocessingml/main": (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    f"{_STRICT}officeDocument/relationships": _DOCUMENT_RELATIONS,
    f"{_STRICT}officeDocument/math": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    f"{_STRICT}drawingml/main": "http://schemas.openxmlformats.org/drawingml/2006/main",
    f"{_STRICT}drawingml/chart": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    f"{_STRICT}drawingml/diagram": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
}


@dataclass(frozen=True, slots=True)
class Relation:
    """A part's link to another: the last word of its type, the target's part name or address."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of one Word file. A context manager; `problems` grows as damage is met."""

    def __init__(self, source: Source) -> None:
        """Opens the zip. Raises Unreadable where there is none or it wants a password."""
        self.problems: list[str] = []
        self._name = source.name
        self._stream = source.open()
        try:
            self._zip = zipfile.ZipFile(self._stream)
            self._infos = {_part_name(info.filename): info for info in self._zip.infolist()}
        except _ZIP_ERRORS as problem:
            self._stream.close()
            raise Unreadable(
                f"“{source.name}” is cut short or damaged.",
                "Ask for it to be sent again.",
            ) from problem
        if any(info.flag_bits & 1 for info in self._infos.values()):
            self.close()
            raise Unreadable(
                f"“{source.name}” is locked with a password.",
                "Ask for a copy without one, or open it in Word and save it unlocked.",
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
        self._zip.close()
        self._stream.close()

    def main_part(self) -> str:
        """The name of the part that holds the document. Raises Unreadable where there is none."""
        relations = self.relations("").values()
        named = [relation.target for relation in relations if relation.kind == "officedocument"]
        usual = [name for name in self._infos if name.startswith("word/document")]
        for name in (*named, *usual):
            if name in self._infos and name.endswith(".xml"):
                return name
        raise Unreadable(
            f"“{self._name}” holds no Word document.",
            "Open it in the program that made it and save it as .docx.",
        )

    def relations(self, part: str) -> dict[str, Relation]:
        """The links of a part by their ids; those of the package itself for an empty name."""
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return {}
        return {
            link.get("Id", ""): Relation(
                kind=link.get("Type", "").rpartition("/")[2].lower(),
                target=_resolve(folder, link.get("Target", "")),
                external=link.get("TargetMode") == "External",
            )
            for link in root
            if isinstance(link.tag, str)
        }

    def tree(self, part: str) -> Element | None:
        """The root of an XML part, or None where it is missing or beyond repair."""
        data = self.data(part)
        return None if data is None else self._parse(data, part)

    def data(self, part: str) -> bytes | None:
        """The bytes of a part, or None where it is missing. Raises Unreadable on a zip bomb."""
        info = self._infos.get(_part_name(part))
        if info is None:
            return None
        most = _most_bytes(info)
        try:
            with self._zip.open(info) as stream:
                data = stream.read(most + 1)
        except _ZIP_ERRORS:
            self._damaged(part)
            data = self._salvage(info, most + 1)
        if len(data) > most:
            raise Unreadable(
                f"“{self._name}” unpacks to an unreasonable size.",
                "It may be hostile: ask the sender what it is before trying anything else.",
            )
        return data

    def _salvage(self, info: zipfile.ZipInfo, most: int) -> bytes:
        """What can be unpacked of a member whose checksum is wrong or whose data break off."""
        try:
            self._stream.seek(info.header_offset)
            header = self._stream.read(30)
            name, extra = struct.unpack("<HH", header[26:30])
            self._stream.seek(name + extra, 1)
            packed = self._stream.read(info.compress_size)
        except _ZIP_ERRORS:
            return b""
        if info.compress_type == zipfile.ZIP_STORED:
            return packed[:most]
        return _inflate(packed, most) if info.compress_type == zipfile.ZIP_DEFLATED else b""

    def _parse(self, data: bytes, part: str) -> Element | None:
        from lxml import etree

        settings = {"resolve_entities": False, "no_network": True, "load_dtd": False}
        try:
            root = etree.fromstring(data, etree.XMLParser(**settings))
        except (etree.XMLSyntaxError, ValueError):
            self._damaged(part)
            try:
                root = etree.fromstring(data, etree.XMLParser(recover=True, **settings))
            except (etree.XMLSyntaxError, ValueError):
                return None
        if root is not None and _STRICT in "".join(map(str, root.nsmap.values())):
            _make_transitional(root)
        return root

    def _damaged(self, part: str) -> None:
        problem = f"A part of the file ({part}) is damaged; what could be read of it was kept."
        if problem not in self.problems:
            self.problems.append(problem)


def _part_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _resolve(folder: str, target: str) -> str:
    """The part name that a relation's target means, seen from the folder of its source."""
    path = unquote(target).replace("\\", "/")
    return _part_name(posixpath.normpath(posixpath.join("/", folder, path)))


def _most_bytes(info: zipfile.ZipInfo) -> int:
    """How large a member may become: XML seldom packs to less than a hundredth."""
    return min(LARGEST_PART, max(_SMALL_PART, info.compress_size * _HIGHEST_RATIO))


def _inflate(packed: bytes, most: int) -> bytes:
    """As much of a deflated stream as makes sense."""
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    done: list[bytes] = []
    size = 0
    for place in range(0, len(packed), 4096):
        try:
            piece = unpack.decompress(packed[place : place + 4096], most - size)
        except (zlib.error, ValueError):
            break
        done.append(piece)
        size += len(piece)
        if size >= most:
            break
    return b"".join(done)


def _make_transitional(root: Element) -> None:
    for element in root.iter("*"):
        renamed = _transitional(element.tag)
        if renamed:
            element.tag = renamed
        for name, value in element.attrib.items():
            renamed = _transitional(name)
            if renamed:
                del element.attrib[name]
                element.set(renamed, value)


def _transitional(name: str) -> str:
    """The Transitional name for a Strict one; empty for any other."""
    space, _, local = name.rpartition("}")
    found = _TRANSITIONAL.get(space[1:])
    return f"{{{found}}}{local}" if found else ""
