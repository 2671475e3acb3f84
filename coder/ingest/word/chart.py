"""Reads the words and figures of a chart in a Word file (ECMA-376 part 1, 21.2)."""

from __future__ import annotations

from coder.domain.model import Style
from coder.ingest.beside import Part
from coder.ingest.packed.package import Element
from coder.ingest.word.names import a, c

_MOST_POINTS = 1000


def chart_parts(root: Element) -> list[Part]:
    """The titles of a chart and of its axes, then its figures as rows: first the categories, then
    each series behind its name. Empty where it has neither words nor figures."""
    titles = [_words(title) for title in root.iter(c("title"))]
    parts: list[Part] = [(title, Style.BODY) for title in titles if title]
    before: list[str] = []
    for series in root.iter(c("ser")):
        categories = _points(series, "cat") or _points(series, "xVal")
        values = _points(series, "val") or _points(series, "yVal")
        if categories and categories != before:
            parts.append(("\t".join(("", *categories)), Style.TABLE))
            before = categories
        if values:
            parts.append(("\t".join((_name(series), *values)), Style.TABLE))
    return parts


def _words(element: Element) -> str:
    typed = "".join(piece.text or "" for piece in element.iter(a("t")))
    return typed.strip() or " ".join(piece.text or "" for piece in element.iter(c("v"))).strip()


def _name(series: Element) -> str:
    name = series.find(c("tx"))
    return "" if name is None else _words(name)


def _points(series: Element, kind: str) -> list[str]:
    """The values of one kind in their places, as they were when the file was saved; a category of
    several levels is one value, the widest first."""
    held = series.find(c(kind))
    found: dict[int, str] = {}
    for point in () if held is None else held.iter(c("pt")):
        place = point.get("idx", "")
        if place.isdecimal() and int(place[:9]) < _MOST_POINTS:
            value = (point.findtext(c("v")) or "").strip()
            found[int(place)] = " ".join(filter(None, (value, found.get(int(place), ""))))
    return [found.get(place, "") for place in range(max(found, default=-1) + 1)]
