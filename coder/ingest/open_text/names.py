"""The names of OpenDocument (OASIS ODF 1.3, part 3) that its reader looks for."""

from __future__ import annotations

from functools import cache

_SPACES = {
    "chart": "urn:oasis:names:tc:opendocument:xmlns:chart:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "math": "http://www.w3.org/1998/Math/MathML",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


@cache
def q(name: str) -> str:
    """A name such as `text:p` as lxml writes it."""
    space, _, local = name.partition(":")
    return f"{{{_SPACES[space]}}}{local}"
