"""Text set on pages: nothing lost, and nothing torn from what it belongs to."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QPageRanges, QPdfWriter
from PySide6.QtPrintSupport import QPrinter

from coder.domain.errors import Cancelled, Refused
from coder.domain.printed import KEEP, Printed, PrintPart
from coder.jobs import Job, Progress
from coder.ui.printing.pages import a4, pdf, set_on

pytestmark = pytest.mark.usefixtures("qapp")


def text_of(*html: str, title: str = "Streets") -> Printed:
    return Printed(title, tuple(PrintPart(one, 10) for one in html))


def pages(data: bytes) -> list[str]:
    """The words of each page on one line, without the running ones."""
    document = pypdfium2.PdfDocument(data)
    found = []
    for page in document:
        width, height = page.get_size()
        words = page.get_textpage().get_text_bounded(0, 60, width, height - 60)
        found.append(" ".join(words.split()))
    document.close()
    return found


def quote(number: int, lines: int) -> str:
    words = " ".join(f"word{number}x{place}" for place in range(lines * 6))
    return f"<blockquote>{words} end{number}.</blockquote><p>— Source{number}</p>"


def test_every_word_comes_once_and_in_order() -> None:
    html = "".join(quote(number, 1 + number % 9) for number in range(60))
    words = " ".join(pages(pdf(text_of(html), Job()))).split()
    said = [word for word in words if word.startswith("word")]
    wanted = [f"word{n}x{place}" for n in range(60) for place in range((1 + n % 9) * 6)]
    assert said == wanted


def test_a_quote_is_never_torn_from_who_said_it() -> None:
    parts = ["".join(quote(n, 1 + n % 40) for n in some) for some in (range(70), range(70, 99))]
    found = pages(pdf(text_of(*parts), Job()))
    assert len(found) > 10
    for number in range(99):
        (page,) = [one for one in found if f"end{number}." in one]
        assert f"end{number}. — Source{number}" in page


def test_a_heading_and_what_is_kept_stay_with_what_follows() -> None:
    sections = [
        f'<h2><a name="at{n}"></a>Heading{n}</h2><p>{KEEP}Kept{n}</p>' + quote(n, 4)
        for n in range(40)
    ]
    for page in pages(pdf(text_of(*sections), Job())):
        for number in range(40):
            if f"Heading{number} " in f"{page} ":
                assert f"Heading{number} Kept{number} word{number}x0" in page


def test_a_quote_longer_than_a_page_goes_on_and_no_line_of_it_stands_alone() -> None:
    found = pages(pdf(text_of("<p>Before.</p>" + quote(1, 120)), Job()))
    assert len(found) > 2
    for page in found[1:]:
        assert sum(word.startswith("word") for word in page.split()) > 8


def test_contents_tell_the_pages_of_headings() -> None:
    contents = "".join(f"<p>To Heading{n}: {{page at{n}}}.</p>" for n in range(5))
    sections = [f'<h2><a name="at{n}"></a>Heading{n}</h2>' + quote(n, 50) for n in range(5)]
    found = pages(pdf(text_of(contents, *sections), Job()))
    for number in range(5):
        told = next(
            index
            for index, page in enumerate(found, 1)
            if f"Heading{number} word{number}x0" in page
        )
        assert f"To Heading{number}: {told}." in found[0]


def test_the_headings_of_a_table_stand_on_each_of_its_pages() -> None:
    said = "of a table with some words in it, as long as a line"
    rows = "".join(f"<tr><td>row{n} {said}</td></tr>" for n in range(120))
    table = f"<table><thead><tr><th>Names of all that are here</th></tr></thead>{rows}</table>"
    found = pages(pdf(text_of("<p>What stands above the table.</p>", table), Job()))
    assert len(found) > 2
    joined = ["".join(page.split()) for page in found]
    assert joined[0].startswith("Whatstandsabovethetable.Namesofallthatarehererow0of")
    assert all(page.startswith("Namesofallthatarehererow") for page in joined[1:])
    assert re.findall(r"row(\d+)of", "".join(joined)) == [str(n) for n in range(120)]


def test_a_row_taller_than_a_page_is_not_lost() -> None:
    long = " ".join(f"cell{n}" for n in range(1500))
    table = f"<table><thead><tr><th>Name</th></tr></thead><tr><td>{long}</td></tr></table>"
    said = " ".join(pages(pdf(text_of(table), Job())))
    assert all(f"cell{n}" in said for n in range(1500))


def test_it_says_its_title_has_its_fonts_inside_and_names_nobody() -> None:
    data = pdf(text_of(quote(1, 80), title="Streets & squares"), Job())
    document = pypdfium2.PdfDocument(data)
    told = document.get_metadata_dict()
    assert (told["Title"], told["Author"]) == ("Streets & squares", "")
    first, second = (document[n].get_textpage().get_text_bounded() for n in (0, 1))
    assert "Streets & squares" not in first
    assert "Streets & squares" in second
    assert f"2 / {len(document)}" in second
    assert b"/FontFile" in data
    document.close()


def test_it_is_set_in_any_thread() -> None:
    made: list[bytes] = []
    thread = threading.Thread(target=lambda: made.append(pdf(text_of(quote(1, 30)), Job())))
    thread.start()
    thread.join(60)
    assert pages(made[0]) == pages(pdf(text_of(quote(1, 30)), Job()))


def test_it_tells_how_far_it_is_and_can_be_stopped() -> None:
    told: list[Progress] = []
    job = Job(told.append)
    pdf(text_of(quote(1, 30), quote(2, 60)), job)
    assert {one.label for one in told} == {"Setting the text", "Making pages"}
    job.cancel()
    with pytest.raises(Cancelled):
        pdf(text_of(quote(1, 3)), job)


@pytest.fixture
def printed() -> Callable[[str], bytes]:
    """Prints a text onto pages of a device of which only some were asked."""

    def make(asked: str) -> bytes:
        held = QBuffer()
        held.open(QBuffer.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(held)
        writer.setPageLayout(a4())
        writer.setPageRanges(QPageRanges.fromString(asked))
        set_on(writer, text_of(quote(1, 260)), Job()).paint(writer, Job())
        del writer
        return bytes(held.data().data())

    return make


def test_only_those_pages_are_printed_that_were_asked_for(
    printed: Callable[[str], bytes],
) -> None:
    every, some = pages(printed("")), pages(printed("2,4"))
    assert len(every) > 4
    assert some == [every[1], every[3]]


@pytest.mark.qt_log_ignore("QPainter::begin", "QPdfEngine")
def test_a_printer_that_takes_nothing_is_told(tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "none" / "paper.pdf"))
    with pytest.raises(Refused, match="The printer takes no pages"):
        set_on(printer, text_of(quote(1, 3)), Job()).paint(printer, Job())
