"""Reads XML of the standard by local names, whatever namespace a program puts its elements in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coder.domain.interchange import derived, id_of
from coder.domain.text import one_line
from coder.ingest.packed.package import xml_root

Element = Any
"""An lxml element; lxml carries no types of its own."""

_MOST = 2**53


def root_named(data: bytes, *names: str) -> tuple[Element | None, bool]:
    """The root element, or None where it is none of these, and whether the document is sound."""
    root, sound = xml_root(data)
    return (root, sound) if root is not None and local(root) in names else (None, sound)


def local(element: Element) -> str:
    """An element's name without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """The children with one of these names."""
    for child in element if element is not None else ():
        if local(child) in names:
            yield child


def child(element: Element | None, name: str) -> Element | None:
    """The first child of this name, or None."""
    return next(children(element, name), None)


def words(element: Element | None, name: str) -> str:
    """The text of the first child of this name; empty where there is none."""
    found = child(element, name)
    return "".join(found.itertext()) if found is not None else ""


def own_id(element: Element) -> str:
    """An element's id; of one without, an id made of where it stands."""
    said = element.get("guid") or element.get("GUID")
    return id_of(said) if said else derived("element", element.getroottree().getpath(element))


def target(element: Element | None) -> str:
    """The id that a reference points to, empty where it points nowhere."""
    said = element.get("targetGUID") if element is not None else None
    return id_of(said) if said else ""


def targets(element: Element | None, name: str) -> tuple[str, ...]:
    """The ids that the references of this name point to."""
    return tuple(filter(None, map(target, children(element, name))))


def person(element: Element) -> str:
    """The id of who made it, empty where that is not said."""
    said = element.get("creatingUser") or element.get("modifyingUser")
    return id_of(said) if said else ""


def at(element: Element) -> str:
    """When it was made, as the file says it."""
    said: str = element.get("creationDateTime") or ""
    return said


def name_of(element: Element) -> str:
    """An element's name on one line."""
    return one_line((element.get("name") or "").strip())


def number(element: Element, attribute: str) -> int | None:
    """A whole number, or None where it is not given or is none."""
    try:
        found = round(float(element.get(attribute)))
    except (TypeError, ValueError, OverflowError):
        return None
    return found if abs(found) < _MOST else None
