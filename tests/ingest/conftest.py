"""Files of many kinds, made on the spot, and the folder of real ones where it is there."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from coder.domain.draft import Source

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:odd="urn:nobody:knows"'
)
_ROOTS = {
    "document": "document",
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "header": "hdr",
    "footer": "ftr",
}
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

WordFile = Callable[..., Source]


@pytest.fixture(scope="session")
def word_file() -> WordFile:
    """Makes a Word file from the inside of its body, and of its other parts by their kinds."""
    return make_word_file


def make_word_file(body: str, *, linked: dict[str, bytes] | None = None, **parts: str) -> Source:
    """`linked` are further parts by file name; each is linked by its own name as the id."""
    parts = {"document": f"<w:body>{body}</w:body>", **parts}
    links = "".join(
        f'<Relationship Id="{kind}" Type="{_KINDS}/{kind}" Target="{kind}.xml"/>'
        for kind in parts
        if kind != "document"
    )
    for name in linked or {}:
        links += f'<Relationship Id="{name}" Type="{_KINDS}/linked" Target="{name}"/>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Override PartName="/word/document.xml" '
            f'ContentType="{_WORD}.document.main+xml"/></Types>',
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="it" '
            f'Type="{_KINDS}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        package.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        )
        for kind, inside in parts.items():
            root = _ROOTS[kind]
            package.writestr(f"word/{kind}.xml", f"<w:{root} {_SPACES}>{inside}</w:{root}>")
        for name, data in (linked or {}).items():
            package.writestr(f"word/{name}", data)
    return Source("evidence.docx", data=packed.getvalue())


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real files, which only some machines have."""
    beside = Path(__file__).resolve().parents[3] / "shared"
    folder = Path(os.environ.get("EVIDENCE_SHARED", beside)) / "corpus"
    if not folder.is_dir():
        pytest.skip("the corpus of real files is not here")
    return folder
