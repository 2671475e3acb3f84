"""Pictures that were sent in, such as photographed letters: kept, and recognised if possible."""

from __future__ import annotations

from coder.domain.draft import Draft, DraftDocument, Source
from coder.domain.errors import Unreadable
from coder.domain.model import DocumentKind, Style
from coder.domain.paragraphs import lay_out
from coder.ingest.pages.ocr import Recognised, engine, told

_LARGEST = 200 * 1024 * 1024
_PHONES = (b"heic", b"heix", b"mif1", b"msf1", b"avif")


def read_picture(source: Source) -> Draft:
    """A picture as a document: its text is what tesseract recognises, or empty, and its problems
    say which. The pages of a TIFF are kept. Raises Unreadable for more than 200 MB."""
    data = source.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise Unreadable(
            f"“{source.name}” is too large for a picture (more than 200 MB).",
            "Ask for a smaller copy.",
        )
    found, problem = _recognised(data, source.name)
    pages = found.pages if found else ()
    texts = [(text, page) for page, texts in enumerate(pages, start=1) for text in texts]
    text, paragraphs = lay_out(
        ((text, Style.BODY) for text, _ in texts), (page for _, page in texts if len(pages) > 1)
    )
    document = DraftDocument(
        source.name, DocumentKind.DOCUMENT, source, text, paragraphs, problems=(problem,),
        machine=bool(text),
    )  # fmt: skip
    return Draft((document,))


def _recognised(data: bytes, name: str) -> tuple[Recognised | None, str]:
    """What could be recognised, if anything, and the sentence that says so."""
    tesseract = engine()
    if data[4:8] == b"ftyp" and data[8:12] in _PHONES:
        return None, "It needs OCR, which cannot open this kind of picture: save it as a JPEG."
    if tesseract is None:
        return None, "It is a picture and needs OCR, for which tesseract is not installed here."
    try:
        found = tesseract.recognise(data, name)
    except Unreadable as problem:
        return None, f"It is a picture and needs OCR. {problem}"
    if not found.legible:
        return None, "It is a picture in which no legible words could be recognised (OCR)."
    return found, told(tesseract, found.confidence, "the picture")
