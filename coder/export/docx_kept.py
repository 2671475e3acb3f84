"""What of a house's template goes into a pack: what gives it its looks, and nothing else.

A Word file holds far more than it shows: notes and headers that no page has, the data behind a mail
merge, the folder of its own template, which Word fetches from there when the file is opened. So
parts and settings are taken over because they are known (ECMA-376 part 1 §11.3 and §17.15), and
links only where what is kept uses them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

LOOKS = ("styles", "settings", "fontTable", "theme", "numbering")
"""Kinds of parts that a document needs whatever it says."""

MARGINS = ("header", "footer")
NOTES = ("footnotes", "endnotes")
_SHOWN = ("image", "hyperlink", "font")
"""Kinds of what such parts may lead to."""

_SETTINGS = frozenset(
    f"{W}{name}"
    for name in (
        *("view", "zoom", "mirrorMargins", "alignBordersAndEdges", "bordersDoNotSurroundHeader"),
        *("bordersDoNotSurroundFooter", "gutterAtTop", "embedTrueTypeFonts", "saveSubsetFonts"),
        *("defaultTabStop", "autoHyphenation", "consecutiveHyphenLimit", "hyphenationZone"),
        *("doNotHyphenateCaps", "evenAndOddHeaders", "displayBackgroundShape"),
        *("noLineBreaksAfter", "noLineBreaksBefore", "characterSpacingControl", "footnotePr"),
        *("endnotePr", "compat", "themeFontLang", "clrSchemeMapping", "decimalSymbol"),
        "listSeparator",
    )
)
_TRACKED_AWAY = (f"{W}del", f"{W}moveFrom", "{*}sectPrChange", f"{W}printerSettings")
_TRACKED_IN = (f"{W}ins", f"{W}moveTo")


class Elsewhere(Exception):
    """A part shows what does not lie in the file, or belongs to another program."""


def used_links(links: Any, uses: Callable[[Any], bool]) -> Any:
    """The links without those that are not used."""
    for one in [one for one in links if not (isinstance(one.tag, str) and uses(one))]:
        links.remove(one)
    return links


def kind_of(link: Any) -> str:
    """The kind of a link, by the last word of its name."""
    return str(link.get("Type", "")).rsplit("/", 1)[-1]


def named_in(root: Any) -> set[str]:
    """The ids of the links that a tree uses."""
    return {
        value
        for one in root.iter(etree.Element)
        for key, value in one.attrib.items()
        if key.startswith(_R) or key.endswith("}relid")
    }


def needed(root: Any) -> Callable[[Any], bool]:
    """Whether a part with this tree uses a link. Raises Elsewhere where it must not be taken."""
    named = named_in(root)

    def uses(link: Any) -> bool:
        if link.get("Id") not in named:
            return False
        kind = kind_of(link)
        if kind not in _SHOWN or (kind != "hyperlink" and link.get("TargetMode") == "External"):
            raise Elsewhere(kind)
        return True

    return uses


def without_traces(root: Any) -> Any:
    """The tree as it reads with all tracked changes accepted, without who made them, printers and
    comments."""
    for one in [*root.iter(etree.Comment, etree.PI), *root.iter(*_TRACKED_AWAY)]:
        _remove(one)
    for one in [one for one in root.iter(etree.Element) if one.tag.endswith("PrChange")]:
        _remove(one)
    for one in list(root.iter(*_TRACKED_IN)):
        above = one.getparent()
        if above is not None:
            place = above.index(one)
            above[place : place + 1] = list(one)
    return root


def only_rules(notes: Any) -> Any:
    """A part of notes with the rules above them, and none of the notes."""
    for one in [one for one in notes if one.get(f"{W}type", "normal") == "normal"]:
        notes.remove(one)
    return without_traces(notes)


def only_looks(settings: Any) -> Any:
    """The settings that say how a document looks."""
    for one in [one for one in settings if one.tag not in _SETTINGS]:
        settings.remove(one)
    return settings


def _remove(one: Any) -> None:
    above = one.getparent()
    if above is not None:
        above.remove(one)
