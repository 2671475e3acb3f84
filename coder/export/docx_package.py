"""Writes a Word file piece by piece: the words go into the file as they come, so that however many
there are never lie in memory at once."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from lxml import etree

from coder.export.docx_notes import Notes
from coder.export.docx_template import (
    CONTENT_TYPES,
    DOCUMENT,
    PACKAGE,
    ROOT_RELATIONS,
    Template,
    link,
    open_template,
    parsed,
    relations_of,
    set_kind,
    tree,
)
from coder.export.docx_words import SPACES, runs
from coder.export.wording import printable

_W = f"{{{SPACES['w']}}}"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_HERE = "<!--here-->"
_STYLE = re.compile(r'(<w:(?:pStyle|rStyle|tblStyle) w:val=")([^"]*)')
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_APP = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_APP_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself; nobody is named as its author."""

    title: str
    subject: str
    created: date


@dataclass
class Pictures:
    """The pictures of a document, which are written once its words are."""

    found: list[bytes] = field(default_factory=list)

    def add(self, png: bytes) -> str:
        """Takes a picture in; gives the id under which the document shows it."""
        self.found.append(png)
        return f"rIdPicture{len(self.found)}"


def assemble(template: Path | None, content: str, title: str, subject: str, created: date) -> bytes:
    """A Word file with this content, which is the XML of paragraphs and tables, in the looks of the
    template (None: ours). Raises EvidenceError where the template cannot be used."""
    stream = io.BytesIO()
    write(stream, open_template(template), [content], About(title, subject, created))
    return stream.getvalue()


def write(
    stream: BinaryIO,
    template: Template,
    content: Iterable[str],
    about: About,
    notes: Notes | None = None,
    pictures: Pictures | None = None,
) -> None:
    """Writes the content, pieces of XML that may add to `notes` and `pictures` as they come, as a
    Word file into the stream. The template is used up."""
    parts = template.parts
    kinds, links = parsed(parts.pop(CONTENT_TYPES)), template.relations(template.main)
    del parts[template.main]
    parts.pop(relations_of(template.main), None)
    set_kind(kinds, template.main, DOCUMENT)
    _describe(template, kinds, about)
    if template.own:
        _set_running_title(template, links, about.title)
    if notes:
        notes.prepare(template, kinds, links)
    if pictures is not None:
        _allow_png(kinds)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        _put(package, CONTENT_TYPES, tree(kinds))
        with package.open(_entry(template.main), "w") as document:
            document.writelines(_document(template, content))
        for number, png in enumerate(pictures.found if pictures else (), 1):
            name = f"media/pack{number}.png"
            link(links, f"rIdPicture{number}", "image", name)
            _put(package, posixpath.join(posixpath.dirname(template.main), name), png)
        if notes:
            with package.open(_entry(notes.part), "w") as part:
                part.writelines(_restyled(piece, template).encode() for piece in notes.pieces())
        _put(package, relations_of(template.main), tree(links))
        for name, data in parts.items():
            _put(package, name, data)


def _document(template: Template, content: Iterable[str]) -> Iterable[bytes]:
    """The document from its root to its end, with the content in its body."""
    given = template.root
    root = etree.Element(given.tag, dict(given.attrib), nsmap={**given.nsmap, **SPACES})
    root.extend(list(given))
    body = etree.SubElement(root, f"{_W}body")
    body.append(etree.Comment("here"))
    body.append(template.page)
    before, after = etree.tostring(root, encoding="unicode").split(_HERE)
    yield f"{_HEAD}{before}".encode()
    for piece in content:
        yield _restyled(printable(piece), template).encode()
    yield after.encode()


def _restyled(piece: str, template: Template) -> str:
    """The XML with the template's ids of styles in place of ours."""
    if not template.styles:
        return piece
    known = template.styles
    return _STYLE.sub(lambda found: found[1] + known.get(found[2], found[2]), piece)


def _describe(template: Template, kinds: Any, about: About) -> None:
    """Says what the file is called and when it was made, in place of what the template said."""
    title, subject = escape(printable(about.title)[:255]), escape(about.subject)
    made = f"{about.created.isoformat()}T00:00:00Z"
    stamps = "".join(
        f'<dcterms:{one} xsi:type="dcterms:W3CDTF">{made}</dcterms:{one}>'
        for one in ("created", "modified")
    )
    core = (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject><dc:creator/>"
        f"<cp:lastModifiedBy/><cp:revision>1</cp:revision>{stamps}<dc:language>en-GB</dc:language>"
        "</cp:coreProperties>"
    )
    app = (
        f'{_HEAD}<Properties xmlns="{_APP_SPACE}">'
        "<Application>Evidence Coder</Application></Properties>"
    )
    links = template.relations("")
    for ending, kind, name, text in (
        (f"{PACKAGE}/relationships/metadata/core-properties", _CORE, "docProps/core.xml", core),
        ("extended-properties", _APP, "docProps/app.xml", app),
    ):
        for one in [one for one in links if one.get("Type", "").endswith(ending)]:
            template.parts.pop(one.get("Target", "").lstrip("/"), None)
            links.remove(one)
        link(links, f"rId{name[9:-4]}", ending, name)
        set_kind(kinds, name, kind)
        template.parts[name] = text.encode()
    template.parts[ROOT_RELATIONS] = tree(links)


def _set_running_title(template: Template, links: Any, title: str) -> None:
    """Puts the title at the head of every page but the first."""
    wanted = next(
        one.get(f"{{{SPACES['r']}}}id")
        for one in template.page.iter(f"{_W}headerReference")
        if one.get(f"{_W}type") == "default"
    )
    target = next(one.get("Target") for one in links if one.get("Id") == wanted)
    part = posixpath.join(posixpath.dirname(template.main), target)
    header = template.parts[part].decode()
    template.parts[part] = header.replace("</w:p>", f"{runs(printable(title))}</w:p>", 1).encode()


def _allow_png(kinds: Any) -> None:
    if not any(one.get("Extension", "").lower() == "png" for one in kinds):
        etree.SubElement(
            kinds, kinds.tag[:-5] + "Default", Extension="png", ContentType="image/png"
        )


def _entry(name: str) -> zipfile.ZipInfo:
    """A part of the package, with a date that is the same each time."""
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _put(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    package.writestr(_entry(name), data)
