"""Writes a codebook as REFI-QDA has it (Codebook.xsd 1.0): codes with their descriptions, without
counts and examples, for which it has no place."""

from __future__ import annotations

from coder.domain.interchange import ORIGIN, CodeNode, derived, described
from coder.domain.palette import COLOURS, shade
from coder.export.codebook_outline import CodebookOutline
from coder.export.refi.qde import code_tree

NAMESPACE = "urn:QDA-XML:codebook:1.0"


def write(book: CodebookOutline) -> bytes:
    """The codebook as XML in UTF-8. Codes keep their GUIDs from one export to the next."""
    from lxml import etree

    ids: dict[str, str] = {}
    nodes = []
    for section in book.sections:
        entry = section.entry
        above = ids.get(entry.path.rpartition("/")[0], "")
        ids[entry.path] = entry.id or derived("code", entry.path)
        nodes.append(
            CodeNode(
                ids[entry.path],
                entry.name,
                above,
                shade(entry.colour, dark=False) if entry.colour in COLOURS else "",
                described(entry.definition, entry.use_when, entry.not_when),
            )
        )
    root = etree.Element("CodeBook", {"origin": ORIGIN}, nsmap={None: NAMESPACE})
    root.append(code_tree(nodes, None))
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
