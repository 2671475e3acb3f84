"""The names of WordprocessingML (ECMA-376 part 1) that the readers of Word files look for."""

from __future__ import annotations

from functools import cache

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_VML = "urn:schemas-microsoft-com:vml"


@cache
def w(name: str) -> str:
    """A name of the main vocabulary, as lxml writes it."""
    return f"{{{_W}}}{name}"


def m(name: str) -> str:
    """A name of the mathematical vocabulary."""
    return f"{{{_M}}}{name}"


def a(name: str) -> str:
    """A name of the drawing vocabulary."""
    return f"{{{_A}}}{name}"


def c(name: str) -> str:
    """A name of the vocabulary of charts."""
    return f"{{{_CHART}}}{name}"


def r(name: str) -> str:
    """The name of an attribute that holds a relation's id."""
    return f"{{{_R}}}{name}"


VAL = w("val")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
DIAGRAM = f"{{{_DGM}}}relIds"
CHART = f"{{{_CHART}}}chart"
ALTERNATIVES = f"{{{_MC}}}AlternateContent"
CHOICE = f"{{{_MC}}}Choice"
FALLBACK = f"{{{_MC}}}Fallback"
IMAGE = f"{{{_VML}}}imagedata"
WORD_ART = f"{{{_VML}}}textpath"

OFF = frozenset({"0", "false", "off"})
"""The values by which a switch is turned off; anything else, and no value, turns it on."""
