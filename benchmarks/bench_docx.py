"""How long a Word file of 130 pages takes to read."""

from __future__ import annotations

import io
import sys
import time
import zipfile
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.figure import Figure
from coder.domain.draft import Source
from coder.ingest.word.docx import read_docx

PAGES, A_PAGE, ROUNDS = 130, 8, 5
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORDS = "We had 214 offers of help in nine days, and the rota assumed that we had nine months. "


def run() -> list[Figure]:
    """The best of five readings, in seconds, of 1,170 paragraphs in runs, with lists and tables."""
    source = _file()
    read_docx(source)
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        text, paragraphs, _ = read_docx(source)
        seconds.append(time.perf_counter() - began)
    words = f"{len(text.split()):,} words in {len(paragraphs):,} paragraphs"
    return [Figure("docx: read 130 pages", min(seconds), "s", 0.3, words)]


def _file() -> Source:
    run = f"<w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>{_WORDS}</w:t></w:r>"
    listed = "<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>"
    plain, item = (f"<w:p>{properties}{run * 4}</w:p>" for properties in ("", listed))
    cell = f"<w:tc><w:tcPr/><w:p>{run}</w:p></w:tc>"
    page = plain * (A_PAGE - 2) + item * 2 + f"<w:tbl><w:tr>{cell * 3}</w:tr></w:tbl>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="it" '
            f'Type="{_KINDS}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        package.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="n" '
            f'Type="{_KINDS}/numbering" Target="numbering.xml"/></Relationships>',
        )
        package.writestr(
            "word/numbering.xml",
            f'<w:numbering xmlns:w="{_MAIN}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
            '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
            '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        )
        package.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{_MAIN}"><w:body>{page * PAGES}</w:body></w:document>',
        )
    return Source("report.docx", data=packed.getvalue())


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.name}: {figure.value:.3f} {figure.unit} ({figure.note})")
