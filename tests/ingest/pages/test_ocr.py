"""Pictures of text are read by tesseract where it is installed, and marked as such."""

from __future__ import annotations

import ctypes
import io
import shutil

import pypdfium2
import pytest

from coder.domain.draft import Source
from coder.ingest.pages import ocr
from coder.ingest.pages.ocr import engine
from coder.ingest.registry import read
from tests.ingest.scans import WORDS, pdf_of, png_of

needs_tesseract = pytest.mark.skipif(
    not shutil.which("tesseract"), reason="tesseract is not installed"
)


@pytest.fixture(autouse=True)
def fresh_engine():
    engine.cache_clear()
    yield
    ocr.allow(60)
    engine.cache_clear()


@needs_tesseract
def test_a_photographed_letter_is_read_and_marked_as_read_by_a_machine() -> None:
    document = read(Source("letter.png", data=png_of(WORDS))).documents[0]

    assert document.text == "\n".join(WORDS)
    assert document.machine
    assert document.problems[0].startswith("Recognised from the picture by a machine (tesseract ")
    assert document.problems[0].endswith("compare it before you quote it.")


@needs_tesseract
@pytest.mark.parametrize("turn", [90, 180])
def test_a_photograph_that_lies_on_its_side_or_upside_down_is_read(turn: int) -> None:
    who = ("We met", "They sang", "Nobody spoke", "Some wept", "You cooked", "All ate", "He left")
    lines = tuple(f"{one} in the hall of the parish church on Thursdays." for one in who)

    document = read(Source("letter.png", data=png_of(lines, turn))).documents[0]

    assert document.text.replace("\n", " ") == " ".join(lines)


@needs_tesseract
def test_only_the_pages_of_a_pdf_that_hold_no_text_are_read_by_a_machine() -> None:
    scanned = pypdfium2.PdfDocument(pdf_of((WORDS[1],)))
    both = pypdfium2.PdfDocument(pdf_of((WORDS[0],), picture=False))
    both.import_pages(scanned, index=0)
    out = io.BytesIO()
    both.save(out)

    document = read(Source("scan.pdf", data=out.getvalue())).documents[0]

    assert document.text == f"{WORDS[1]}\n{WORDS[0]}"
    assert [one.page for one in document.paragraphs] == [1, 2]
    assert document.machine
    assert "from page 1 by a machine" in document.problems[0]


@needs_tesseract
def test_what_the_time_is_too_short_for_is_named() -> None:
    ocr.allow(-1)

    document = read(Source("scan.pdf", data=pdf_of((WORDS[0],), (WORDS[1],)))).documents[0]
    picture = read(Source("a.png", data=png_of(WORDS))).documents[0]

    assert document.text == picture.text == ""
    assert not document.machine
    assert document.problems == (
        "Pages 1–2 hold no text and need OCR, for which the time was too short.",
    )
    assert "needs OCR" in picture.problems[0]
    assert "took too long" in picture.problems[0]


@needs_tesseract
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (png_of(()), "no legible words"),
        (png_of(WORDS)[:200], "could not be decoded"),
        (b"GIF89a" + bytes(40), "could not be decoded"),
        (b"\0\0\0\x18ftypheic" + bytes(40), "save it as a JPEG"),
    ],
)
def test_a_picture_without_legible_words_is_kept_and_says_so(data: bytes, said: str) -> None:
    document = read(Source("photo.png", data=data)).documents[0]

    assert document.text == ""
    assert not document.machine
    assert any(said in problem for problem in document.problems)


def test_a_page_that_is_a_picture_with_few_words_on_it_is_named() -> None:
    scanned = pypdfium2.PdfDocument(pdf_of((WORDS[0],)))
    page = scanned[0]
    font = pypdfium2.raw.FPDFText_LoadStandardFont(scanned, b"Helvetica")
    words = pypdfium2.raw.FPDFPageObj_CreateTextObj(scanned, font, 12)
    stamp = (ctypes.c_ushort * 9)(*map(ord, "Received"), 0)
    pypdfium2.raw.FPDFText_SetText(words, stamp)
    pypdfium2.raw.FPDFPage_InsertObject(page, words)
    page.gen_content()
    out = io.BytesIO()
    scanned.save(out)

    document = read(Source("scan.pdf", data=out.getvalue())).documents[0]

    assert document.text == "Received"
    assert document.problems == ("Page 1 is mostly a picture; any words in it are not read (OCR).",)


def test_without_tesseract_a_picture_is_kept_and_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    document = read(Source("letter.png", data=png_of(WORDS))).documents[0]

    assert document.text == ""
    assert document.problems == (
        "It is a picture and needs OCR, for which tesseract is not installed here.",
    )
