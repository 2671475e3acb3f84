"""Reads a codebook in the form of REFI-QDA (.qdc), or that of a project document."""

from __future__ import annotations

from coder.domain.codebook_file import CodeEntry, one_name
from coder.domain.draft import Source
from coder.domain.errors import Unreadable
from coder.domain.interchange import CodeNode, palette_colour, told
from coder.ingest.refi.elements import child, root_named
from coder.ingest.refi.qde import code_nodes

_FLAT = "Taguette"
"""The program that writes all codes side by side and says by points which lies below which."""


def codes_of(source: Source) -> list[CodeEntry]:
    """The codes of a codebook, each behind those above it. Raises Unreadable."""
    root, _ = root_named(source.read(), "CodeBook", "Project")
    inside = child(root, "CodeBook")
    book = root if inside is None else inside
    if book is None:
        raise Unreadable(
            f"“{source.name}” holds no REFI-QDA codebook that can be read.",
            "Export it again from the program that made it, as REFI-QDA codebook (.qdc).",
        )
    nodes = code_nodes(child(book, "Codes"))
    flat = (book.get("origin") or "").startswith(_FLAT)
    paths: dict[str, str] = {}
    return [_entry(node, paths, flat=flat) for node in nodes]


def _entry(node: CodeNode, paths: dict[str, str], *, flat: bool) -> CodeEntry:
    names = node.name.split(".") if flat and all(node.name.split(".")) else [node.name]
    above = [paths[node.parent]] if node.parent in paths else []
    paths[node.id] = "/".join([*above, *map(one_name, names)])
    definition, use_when, not_when = told(node.description)
    return CodeEntry(
        paths[node.id], palette_colour(node.colour), "", definition, use_when, not_when, node.id
    )
