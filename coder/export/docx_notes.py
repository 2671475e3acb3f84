"""Footnotes and endnotes of a Word file (ECMA-376 part 1 §17.11), as many as there are citations.

They are set aside while the document is written, past a few megabytes on the disk, and then come
into a part of their own.
"""

from __future__ import annotations

import posixpath
import tempfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from coder.domain.packing import Citing
from coder.export.docx_template import Template, link, parsed, part_of, set_kind, tree
from coder.export.docx_words import SPACES

_W = f"{{{SPACES['w']}}}"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_IN_MEMORY = 4 * 1024 * 1024
_SEPARATORS = (("-1", "separator"), ("0", "continuationSeparator"))
_AFTER_NOTES = {
    "compat", "docVars", "rsids", "mathPr", "attachedSchema", "themeFontLang",
    "clrSchemeMapping", "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures",
    "forceUpgrade", "captions", "readModeInkLockDown", "smartTagType", "schemaLibrary",
    "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol", "listSeparator", "docId",
    "chartTrackingRefBased",
}  # fmt: skip
"""What stands behind the notes among the settings (ECMA-376 part 1, annex A, CT_Settings)."""


class Notes:
    """The notes of one document, numbered from 1 as their references come."""

    def __init__(self, citing: Citing) -> None:
        self._one = "footnote" if citing is Citing.FOOTNOTES else "endnote"
        self._text = f"{self._one.capitalize()}Text"
        self._sign = f"{self._one.capitalize()}Reference"
        self._next = 1
        self._apart = tempfile.SpooledTemporaryFile(  # noqa: SIM115 (`close` closes it)
            _IN_MEMORY, "w+", encoding="utf-8", newline="\n"
        )
        self._root: Any = None
        self.part = ""

    def add(self, said: str) -> str:
        """Takes in a note, given as runs; gives the run that refers to it."""
        number, self._next = self._next, self._next + 1
        sign = f'<w:r><w:rPr><w:rStyle w:val="{self._sign}"/></w:rPr><w:{self._one}Ref/></w:r>'
        self._apart.write(
            f'<w:{self._one} w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{self._text}"/></w:pPr>'
            f'{sign}<w:r><w:t xml:space="preserve"> </w:t></w:r>{said}</w:p></w:{self._one}>\n'
        )
        return (
            f'<w:r><w:rPr><w:rStyle w:val="{self._sign}"/></w:rPr>'
            f'<w:{self._one}Reference w:id="{number}"/></w:r>'
        )

    def prepare(self, template: Template, kinds: Any, links: Any) -> None:
        """Makes room in the package: keeps the rules that a template sets above its notes, and
        drops the notes that it holds."""
        try:
            self.part = part_of(template.main, links, f"{self._one}s")
            root = parsed(template.parts.pop(self.part))
        except KeyError:
            name = f"pack{self._one}s.xml"
            self.part = posixpath.join(posixpath.dirname(template.main), name)
            link(links, "rIdNotes", f"{self._one}s", name)
            set_kind(kinds, self.part, f"{_KIND}.{self._one}s+xml")
            root = etree.Element(f"{_W}{self._one}s", nsmap=SPACES)
        rules = [one for one in root if one.get(f"{_W}type", "normal") != "normal"]
        if not rules:
            rules = [self._rule(*one) for one in _SEPARATORS]
        self._root = etree.Element(root.tag, dict(root.attrib), nsmap={**root.nsmap, **SPACES})
        self._root.extend(rules)
        self._next = max(int(one.get(f"{_W}id", 0)) for one in rules) + 1
        self._settle(template, links, [one.get(f"{_W}id", "0") for one in rules])
        self._number(template.page)

    def pieces(self) -> Iterator[str]:
        """The part that holds the notes, from its root to its end."""
        self._root.append(etree.Comment("here"))
        before, after = etree.tostring(self._root, encoding="unicode").split("<!--here-->")
        yield f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{before}'
        self._apart.seek(0)
        yield from self._apart
        yield after

    def close(self) -> None:
        """Lets go of what was set aside."""
        self._apart.close()

    def _rule(self, number: str, kind: str) -> Any:
        return etree.fromstring(
            f'<w:{self._one} xmlns:w="{SPACES["w"]}" w:type="{kind}" w:id="{number}"><w:p><w:pPr>'
            '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
            f"<w:r><w:{kind}/></w:r></w:p></w:{self._one}>"
        )

    def _number(self, page: Any) -> None:
        """Has the notes numbered 1, 2, 3 on the pages too, where some programs look for it."""
        for former in page.findall(f"{_W}{self._one}Pr"):
            page.remove(former)
        made = etree.Element(f"{_W}{self._one}Pr")
        etree.SubElement(made, f"{_W}numFmt").set(f"{_W}val", "decimal")
        heads = [place for place, one in enumerate(page) if one.tag.endswith("erReference")]
        page.insert(len(heads), made)

    def _settle(self, template: Template, links: Any, rules: list[str]) -> None:
        """Says in the settings which notes are the rules, and that notes are numbered 1, 2, 3."""
        try:
            part = part_of(template.main, links, "settings")
        except KeyError:
            return
        settings = parsed(template.parts[part])
        for former in settings.findall(f"{_W}{self._one}Pr"):
            settings.remove(former)
        made = etree.Element(f"{_W}{self._one}Pr")
        etree.SubElement(made, f"{_W}numFmt").set(f"{_W}val", "decimal")
        for number in rules:
            etree.SubElement(made, f"{_W}{self._one}").set(f"{_W}id", number)
        after = (
            place
            for place, one in enumerate(settings)
            if etree.QName(one).localname in _AFTER_NOTES
            or (self._one == "footnote" and one.tag == f"{_W}endnotePr")
        )
        settings.insert(next(after, len(settings)), made)
        template.parts[part] = tree(settings)
