"""The parts of a Word file and the links between them.

Always the zip and lxml, never python-docx: that raises on macro-enabled, template and Strict files,
on missing picture parts and on a bad checksum, and all of these can be read.

The container is described in ECMA-376 part 2 (Open Packaging Conventions); Strict documents differ
only in their namespaces, which are rewritten to the Transitional ones on the way in.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from coder.domain.draft import Source
from coder.domain.errors import Unreadable
from coder.ingest.packed.package import Element, ZipPackage, part_name

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


class Package(ZipPackage):
    """The parts of one Word file; `inner` says that it is inserted in another."""

    def __init__(self, source: Source) -> None:
        super().__init__(source, "Word")
        self.inner = False

    def main_part(self) -> str:
        """The name of the part that holds the document. Raises Unreadable where there is none."""
        relations = self.relations("").values()
        named = [relation.target for relation in relations if relation.kind == "officedocument"]
        known = self.names()
        usual = [name for name in known if name.startswith("word/document")]
        for name in (*named, *usual):
            if name in known and name.endswith(".xml"):
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
        """The root of an XML part in Transitional names, or None where there is none."""
        root = super().tree(part)
        if root is not None and _STRICT in "".join(map(str, root.nsmap.values())):
            _make_transitional(root)
        return root


def _resolve(folder: str, target: str) -> str:
    """The part name that a relation's target means, seen from the folder of its source."""
    path = unquote(target).replace("\\", "/")
    return part_name(posixpath.normpath(posixpath.join("/", folder, path)))


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
