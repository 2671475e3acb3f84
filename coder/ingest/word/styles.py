"""What the styles of a Word file say about a paragraph or run: heading, list, hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coder.ingest.packed.package import Element
from coder.ingest.word.names import OFF, VAL, w

_BODY_LEVEL = 9
_HEADINGS = re.compile(r"(heading [1-9]|title|subtitle|toc heading)")


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str
    outline: int | None
    number_id: str | None
    level: int | None
    hidden: bool | None


class Styles:
    """The styles of one file, asked for by id; unknown ids and circles are borne."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._default = ""
        for element in () if root is None else root.findall(w("style")):
            name = element.get(w("styleId"), "")
            self._styles[name] = _read_style(element)
            default = element.get(w("default"), "0") not in OFF
            if default and element.get(w("type")) == "paragraph":
                self._default = name

    def chain(self, name: str) -> Iterator[tuple[str, _Style]]:
        """A style and those it is based on, nearest first; the default style for an empty name."""
        seen = set()
        name = name or self._default
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            yield name, style
            name = style.based_on

    def heading(self, name: str) -> bool:
        """Whether a paragraph in this style is a heading, by its outline level or built-in name."""
        for _, style in self.chain(name):
            if style.outline is not None:
                return style.outline < _BODY_LEVEL
            if _HEADINGS.fullmatch(style.name):
                return True
        return False

    def hidden(self, name: str) -> bool:
        """Whether the style hides its text. A run without a style is never hidden by one."""
        if not name:
            return False
        return next((s.hidden for _, s in self.chain(name) if s.hidden is not None), False)

    def number_id(self, name: str) -> str | None:
        """The list that a paragraph in this style belongs to, or None."""
        return next((s.number_id for _, s in self.chain(name) if s.number_id is not None), None)

    def level(self, name: str) -> int | None:
        """The list level that the style itself states, or None."""
        return next((s.level for _, s in self.chain(name) if s.level is not None), None)


def switched_on(parent: Element | None, name: str) -> bool | None:
    """Whether a switch among the children of `parent` is on; None where it is not mentioned."""
    switch = None if parent is None else parent.find(w(name))
    return None if switch is None else switch.get(VAL, "1") not in OFF


def value(parent: Element | None, *names: str) -> str | None:
    """The `w:val` of the descendant reached by `names`, or None."""
    for name in names:
        parent = None if parent is None else parent.find(w(name))
    return None if parent is None else parent.get(VAL)


def number(text: str | None) -> int | None:
    """A whole number of a reasonable size, or None."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text) else None


def _read_style(element: Element) -> _Style:
    paragraph = element.find(w("pPr"))
    return _Style(
        name=(value(element, "name") or "").lower(),
        based_on=value(element, "basedOn") or "",
        outline=number(value(paragraph, "outlineLvl")),
        number_id=value(paragraph, "numPr", "numId"),
        level=number(value(paragraph, "numPr", "ilvl")),
        hidden=switched_on(element.find(w("rPr")), "vanish"),
    )
