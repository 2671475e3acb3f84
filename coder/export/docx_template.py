"""The Word file whose looks a pack takes on: our own, or a template of the reader's house.

Its styles, page, headers and footers are used; what is written in it is not. A style of ours that
it has under the same name looks as it does there, one that it lacks is added, in the house's fonts
and colours. The parts of a package and what links them follow ECMA-376 part 2 (Open Packaging).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from coder import places
from coder.domain.errors import EvidenceError
from coder.domain.text import counted, listed
from coder.export.docx_kept import (
    LOOKS,
    MARGINS,
    NOTES,
    Elsewhere,
    W,
    kind_of,
    named_in,
    needed,
    only_looks,
    only_rules,
    used_links,
    without_traces,
)

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT_TYPES = "[Content_Types].xml"
ROOT_RELATIONS = "_rels/.rels"

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DOCUMENT, _TEMPLATE = f"{_WORD}.document.main+xml", f"{_WORD}.template.main+xml"
_LARGEST = 100 * 1024 * 1024
"""Bytes that a template may hold unpacked: a house's logo is never so large, a zip bomb is."""

_ALSO = {"sources": ("table", "house table")}
"""By what other names a house may call a style of ours."""

_OUR_LOOKS = ("rFonts", "color", "tabs")
"""What a style of ours leaves to the house when it is added to its template."""

_ACCENT, _GREY = "1F5C66", "404040"
"""The colour of charts: ours, and that of a house whose headings have none, or a light one."""

_SOUGHT = (
    "heading 1", "quote", "attribution", "definition", "count", "context", "caption", "sources",
)  # fmt: skip
"""The styles of ours that a house would wish to have."""


@dataclass
class Template:
    """A Word package as it was read, to be written with other words in it.

    `styles` says under which id the template knows a style of ours; `added` are the names of those
    that it lacked, and `paragraphs` how many paragraphs with words of its own it holds.
    """

    name: str
    own: bool
    parts: dict[str, bytes]
    main: str
    styles: Mapping[str, str] = field(default_factory=dict)
    added: tuple[str, ...] = ()
    paragraphs: int = 0
    root: Any = None
    page: Any = None

    @property
    def text_width(self) -> int:
        """How wide a line of text is, in twentieths of a point."""
        size, margin = self.page.find(f"{W}pgSz"), self.page.find(f"{W}pgMar")
        if size is None or margin is None:
            return 8504
        sides = (size.get(f"{W}w"), margin.get(f"{W}left"), margin.get(f"{W}right"))
        try:
            width, left, right = (int(float(one or 0)) for one in sides)
        except ValueError:
            return 8504
        return max(2000, width - left - right)

    @property
    def accent(self) -> str:
        """The colour of charts, as six hexadecimal digits: that of the house's first headings, as
        long as it stands out on white."""
        if self.own:
            return _ACCENT
        styles = parsed(self.parts[part_of(self.main, self.relations(self.main), "styles")])
        for style in styles.iter(f"{W}style"):
            if "heading 1" in _names(style):
                colour = style.find(f"{W}rPr/{W}color")
                found = "" if colour is None else colour.get(f"{W}val", "")
                if re.fullmatch("[0-9A-Fa-f]{6}", found) and _is_dark(found):
                    return str(found)
        return _GREY

    def relations(self, part: str) -> Any:
        """The links from a part to others, as a tree; a new one where there are none."""
        found = self.parts.get(relations_of(part))
        return (
            parsed(found) if found else etree.Element(f"{{{PACKAGE}/relationships}}Relationships")
        )


def open_template(path: Path | None) -> Template:
    """The template to write a pack with; where `path` is None, or ours, ours.

    Raises EvidenceError where it is no Word file, holds macros or cannot be read.
    """
    ours = places.resources() / "pack.docx"
    path = path or ours
    own = path == ours
    try:
        parts = _read(path)
        template = _understood(path.name, parts, own=own)
    except _Unusable as problem:
        raise EvidenceError(
            f"The Word template “{path.name}” cannot be used: {problem.what}.",
            "Install the program again." if own else problem.remedy,
        ) from problem
    return template


def check_template(path: Path) -> list[str]:
    """What a person should know of a template before a pack is made with it, a sentence each.

    Raises EvidenceError as `open_template` does.
    """
    template = open_template(path)
    said = ["Its styles, page, headers and footers are used."]
    if template.paragraphs:
        said.append("What is written in its pages is not taken over.")
    if template.added:
        sought = [f"“{name}”" for name in template.added if name.casefold() in _SOUGHT]
        such = f", such as {listed(sought)}" if sought else ""
        number = counted(len(template.added), "style")
        said.append(f"It lacks {number} of ours{such}; its own fonts and colours are used there.")
    return said


class _Unusable(Exception):
    """Why a template cannot be used, and what to do about it."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


_CHOOSE = "Choose a Word document (.docx) or a Word template (.dotx)."


def _read(path: Path) -> dict[str, bytes]:
    try:
        with path.open("rb") as stream:
            if stream.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
                raise _Unusable(
                    "it is of an old kind, or protected by a password",
                    "Save it in Word as a template (.dotx) without a password.",
                )
        with zipfile.ZipFile(path) as package:
            members = [one for one in package.infolist() if not one.is_dir()]
            if sum(one.file_size for one in members) > _LARGEST:
                raise _Unusable("it is too large", "Take large pictures out of it.")
            return {one.filename: package.read(one) for one in members}
    except FileNotFoundError as problem:
        raise _Unusable("it is not there any more", _CHOOSE) from problem
    except (OSError, RuntimeError, NotImplementedError) as problem:
        raise _Unusable("it cannot be read", _CHOOSE) from problem
    except zipfile.BadZipFile as problem:
        raise _Unusable("it is not a Word file", _CHOOSE) from problem


def _understood(name: str, parts: dict[str, bytes], *, own: bool) -> Template:
    main = _main_of(parts)
    template = Template(name, own, parts, main)
    try:
        _take_apart(template)
        _settle_styles(template)
    except Elsewhere as problem:
        raise _Unusable(
            "its headers or footers show what lies outside the file or is of another program",
            "Put plain pictures into the template itself, and save it again.",
        ) from problem
    except (etree.XMLSyntaxError, KeyError, ValueError) as problem:
        raise _Unusable("it is damaged", "Open it in Word and save it again.") from problem
    return template


def _main_of(parts: Mapping[str, bytes]) -> str:
    """The name of the part that holds the document. Raises _Unusable."""
    try:
        kinds = {
            one.get("PartName", "").lstrip("/"): one.get("ContentType", "")
            for one in parsed(parts[CONTENT_TYPES])
        }
    except (KeyError, etree.XMLSyntaxError) as problem:
        raise _Unusable("it is not a Word file", _CHOOSE) from problem
    macros = [name for name in parts if name.lower().endswith("vbaproject.bin")]
    if macros or any("macroEnabled" in kind for kind in kinds.values()):
        raise _Unusable("it holds macros", "Save it in Word as a template without macros (.dotx).")
    main = next((name for name, kind in kinds.items() if kind in (DOCUMENT, _TEMPLATE)), "")
    if main not in parts:
        raise _Unusable("it is not a Word file", _CHOOSE)
    if not etree.QName(parsed(parts[main])).namespace == W[1:-1]:
        raise _Unusable("it is of the strict kind", "Save it in Word as a Word template (.dotx).")
    return main


def _take_apart(template: Template) -> None:
    """Empties the document, and keeps its outside and how its last page is set."""
    root = parsed(template.parts[template.main])
    body = root.find(f"{W}body")
    if body is None:
        raise ValueError("no body")
    pages = list(body.iter(f"{W}sectPr"))
    template.page = deepcopy(pages[-1]) if pages else etree.Element(f"{W}sectPr")
    template.page.tail = None
    _inherit(template.page, pages[:-1])
    told = ("".join(one.itertext(f"{W}t")).strip() for one in body.iter(f"{W}p"))
    template.paragraphs = sum(map(bool, told))
    without_traces(template.page)
    template.root = root
    if not template.own:
        _keep_looks(template)
    for one in list(root):
        root.remove(one)


def _inherit(page: Any, former: list[Any]) -> None:
    """Gives the last section of a document the headers and footers that it has from those before
    (ECMA-376 part 1 §17.10.1: what a section lacks it takes from the one before)."""
    there = {(one.tag, one.get(f"{W}type")) for one in page}
    for section in reversed(former):
        for one in section:
            kind = (one.tag, one.get(f"{W}type"))
            if one.tag in (f"{W}headerReference", f"{W}footerReference") and kind not in there:
                there.add(kind)
                page.insert(0, deepcopy(one))
    order = [f"{W}headerReference", f"{W}footerReference"]
    references = [one for one in page if one.tag in order]
    for place, one in enumerate(sorted(references, key=lambda one: order.index(one.tag))):
        page.insert(place, one)


def _keep_looks(template: Template) -> None:
    """Leaves of the package the parts that its looks need, and of these what belongs to them."""
    shown = named_in(template.page)

    def uses(one: Any) -> bool:
        kind = kind_of(one)
        return kind in (*LOOKS, *NOTES) or (kind in MARGINS and one.get("Id") in shown)

    links = used_links(template.relations(template.main), uses)
    kept = {template.main: template.parts[template.main], relations_of(template.main): tree(links)}
    for one in links:
        part = _target(template.main, one)
        root = _clean(kind_of(one), parsed(template.parts[part]))
        kept[part] = tree(root)
        further = used_links(template.relations(part), needed(root))
        if len(further):
            kept[relations_of(part)] = tree(further)
        for other in further:
            if other.get("TargetMode") != "External":
                kept[_target(part, other)] = template.parts[_target(part, other)]
    kept[CONTENT_TYPES] = tree(
        used_links(
            parsed(template.parts[CONTENT_TYPES]),
            lambda one: one.get("PartName", "").lstrip("/") in {*kept, ""},
        )
    )
    own = used_links(template.relations(""), lambda one: kind_of(one) == "officeDocument")
    template.parts = {**kept, ROOT_RELATIONS: tree(own)}


def _clean(kind: str, root: Any) -> Any:
    if kind == "settings":
        return only_looks(root)
    return only_rules(root) if kind in NOTES else without_traces(root)


def _settle_styles(template: Template) -> None:
    """Finds each of our styles in the template, and adds those that are not there."""
    if template.own:
        return
    part = part_of(template.main, template.relations(template.main), "styles")
    ours = _our_styles()
    theirs = parsed(template.parts[part])
    by_name: dict[tuple[str, str], str] = {}
    for style in theirs.iter(f"{W}style"):
        for name in _names(style):
            by_name.setdefault((style.get(f"{W}type"), name), style.get(f"{W}styleId"))
    known: dict[str, str] = {}
    missing = []
    for style in ours:
        name = _names(style)[0]
        kind, key = style.get(f"{W}type"), style.get(f"{W}styleId")
        same = [by_name.get((kind, one)) for one in (name, *_ALSO.get(name, ()))]
        found = next(filter(None, same), None)
        known[key] = found or _free(key, by_name.values())
        missing += [] if found else [style]
    defaults = {s.get(f"{W}type") for s in theirs.iter(f"{W}style") if s.get(f"{W}default")}
    for style in missing:
        theirs.append(_adapted(style, known, defaults))
    template.parts[part] = tree(theirs)
    template.styles = {one: other for one, other in known.items() if one != other}
    template.added = tuple(style.find(f"{W}name").get(f"{W}val") for style in missing)


def _our_styles() -> list[Any]:
    with zipfile.ZipFile(places.resources() / "pack.docx") as package:
        return list(parsed(package.read("word/styles.xml")).iter(f"{W}style"))


def _is_dark(colour: str) -> bool:
    """Whether a colour, by its brightness (ITU-R BT.601), stands out on white."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 150


def _names(style: Any) -> list[str]:
    """What a style is called, without regard to case: its name and its other names."""
    name, aliases = style.find(f"{W}name"), style.find(f"{W}aliases")
    said = [name.get(f"{W}val", "")] if name is not None else [""]
    said += aliases.get(f"{W}val", "").split(",") if aliases is not None else []
    return [one.strip().casefold() for one in said]


def _free(key: str, taken: Any) -> str:
    return f"Pack{key}" if key in set(taken) else key


def _adapted(style: Any, known: Mapping[str, str], defaults: set[str]) -> Any:
    """A style of ours as the template takes it: under its ids, in its fonts and colours."""
    made = deepcopy(style)
    made.set(f"{W}styleId", known[style.get(f"{W}styleId")])
    if made.get(f"{W}type") in defaults:
        made.attrib.pop(f"{W}default", None)
    for link in ("basedOn", "next", "link"):
        for one in made.iter(f"{W}{link}"):
            one.set(f"{W}val", known.get(one.get(f"{W}val"), one.get(f"{W}val")))
    for properties in made.findall(f"{W}rPr") + made.findall(f"{W}pPr"):
        for look in _OUR_LOOKS:
            for one in properties.findall(f"{W}{look}"):
                properties.remove(one)
    return made


def parsed(data: bytes) -> Any:
    """XML as a tree; nothing that it names outside itself is fetched."""
    return etree.fromstring(
        data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    )


def tree(root: Any) -> bytes:
    """A tree as the bytes of a part."""
    return bytes(etree.tostring(root, encoding="UTF-8", standalone=True))


def link(links: Any, key: str, kind: str, target: str) -> None:
    """Adds a link of this kind, by its last word or its whole name, under a new id."""
    whole = kind if kind.startswith("http") else f"{OFFICE}/{kind}"
    etree.SubElement(links, f"{{{PACKAGE}/relationships}}Relationship").attrib.update(
        {"Id": key, "Type": whole, "Target": target}
    )


def set_kind(kinds: Any, part: str, kind: str) -> None:
    """Says of what kind a part is, in place of what was said of it."""
    for one in [one for one in kinds if one.get("PartName") == f"/{part}"]:
        kinds.remove(one)
    etree.SubElement(kinds, f"{{{PACKAGE}/content-types}}Override").attrib.update(
        {"PartName": f"/{part}", "ContentType": kind}
    )


def relations_of(part: str) -> str:
    """The name of the part that holds the links of another, or of the package itself."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels") if part else ROOT_RELATIONS


def part_of(main: str, links: Any, kind: str) -> str:
    """The name of the part of this kind that the links of the document `main` lead to. Raises
    KeyError where there is none."""
    for one in links:
        if one.get("Type") == f"{OFFICE}/{kind}":
            return _target(main, one)
    raise KeyError(kind)


def _target(part: str, relation: Any) -> str:
    target = str(relation.get("Target", ""))
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
