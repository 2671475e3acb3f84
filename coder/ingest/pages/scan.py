"""Recognises the pages of a PDF that are pictures, or text drawn as outlines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from coder.domain.errors import Unreadable
from coder.ingest.pages.ocr import Engine, Recognised, engine, seconds_left, told

_DOTS_PER_INCH = 300
_POINTS_PER_INCH = 72
_MOST_DOTS = 25_000_000
_LONGEST_SIDE = 10_000


@dataclass
class Scan:
    """What recognition made of the pages that hold no text: the paragraphs of those that it read,
    and the numbers of the others by what became of them."""

    engine: Engine | None
    silent: Sequence[int]
    pages: dict[int, tuple[str, ...]] = field(default_factory=dict)
    wordless: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    sure: float = 0.0
    words: int = 0

    def problems(self) -> Iterator[str]:
        """Sentences on which pages a machine read, and which nobody did."""
        if self.engine is None:
            yield from _needing(self.silent, ", for which tesseract is not installed here")
            return
        if self.pages:
            where = pages_named(list(self.pages))
            yield told(self.engine, self.sure / self.words, where[0].lower() + where[1:])
        if self.wordless:
            verb = "holds" if len(self.wordless) == 1 else "hold"
            named = pages_named(self.wordless)
            yield f"{named} {verb} no text, and no legible words could be recognised there."
        yield from _needing(self.unread, ", for which the time was too short")


def mostly_picture(page: Any) -> bool:
    """Whether one picture covers more than half of a page (a PdfPage)."""
    import ctypes

    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if pdfium.FPDFPageObj_GetBounds(drawn.raw, left, bottom, right, top):
            area = (right.value - left.value) * (top.value - bottom.value)
            if area > 0.5 * width * height:
                return True
    return False


def _needing(pages: Sequence[int], why: str) -> Iterator[str]:
    if pages:
        verbs = ("holds", "needs") if len(pages) == 1 else ("hold", "need")
        yield f"{pages_named(pages)} {verbs[0]} no text and {verbs[1]} OCR{why}."


def recognised(pdf: Any, silent: Sequence[int]) -> Scan:
    """Recognises pages (numbers from 1) of a PdfDocument one after another, while the time for
    this file lasts."""
    tesseract = engine() if silent else None
    scan = Scan(tesseract, silent)
    for number in silent:
        if tesseract is None:
            break
        if seconds_left() <= 0:
            scan.unread.append(number)
            continue
        try:
            found = _upright(tesseract, pdf, number)
        except (Unreadable, MemoryError):
            scan.unread.append(number)
            continue
        if found.legible:
            scan.pages[number] = tuple(text for page in found.pages for text in page)
            scan.sure += found.confidence * found.words
            scan.words += found.words
        else:
            scan.wordless.append(number)
    return scan


def _upright(tesseract: Engine, pdf: Any, number: int) -> Recognised:
    """What is recognised on a page; where that is noise, on the page turned upside down, which
    tesseract does not notice on a page of few words."""
    name = f"page {number}"
    found = tesseract.recognise(_drawn(pdf[number - 1]), name)
    if found.legible or not found.words or seconds_left() <= 0:
        return found
    turned = tesseract.recognise(_drawn(pdf[number - 1], turn=180), name)
    return turned if turned.legible else found


def _drawn(page: Any, turn: int = 0) -> bytes:
    """A page, turned by so many degrees, as a grey picture (PGM): 300 dots to the inch unless it is
    very large."""
    try:
        width, height = page.get_size()
        scale = _DOTS_PER_INCH / _POINTS_PER_INCH
        area = max(1.0, width * height)
        scale = min(scale, (_MOST_DOTS / area) ** 0.5, _LONGEST_SIDE / max(1.0, width, height))
        bitmap = page.render(scale=scale, rotation=turn, grayscale=True)
        try:
            rows = memoryview(bitmap.buffer).cast("B")
            wide, high, stride = bitmap.width, bitmap.height, bitmap.stride
            lines = (bytes(rows[at * stride : at * stride + wide]) for at in range(high))
            return b"P5 %d %d 255\n" % (wide, high) + b"".join(lines)
        finally:
            bitmap.close()
    finally:
        page.close()


def pages_named(numbers: Sequence[int]) -> str:
    """`Page 3`, or `Pages 3, 5–9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    named = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return f"Page{'s' if len(numbers) > 1 else ''} {', '.join(named)}"
