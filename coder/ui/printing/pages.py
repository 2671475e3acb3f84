"""Pages of print: HTML as a `QTextDocument` knows it, set on paper so that what belongs together
stays together.

A heading stays with what follows, a quote with who said it, and a table's headings stand on each of
its pages. It needs no widget and works in any thread; a `Pages` stays in the thread that made it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
    QTextOption,
)

from coder.domain.errors import Refused
from coder.domain.printed import Printed, PrintPart
from coder.jobs import Job
from coder.ui.printing.strips import Strip, anchors, chunks, strips

FACES = ("Source Serif 4", "Georgia", "Gelasio", "Liberation Serif", "DejaVu Serif")
_POINTS, _SMALL = 10, 8
_LEFT_MM, _TOP_MM, _RIGHT_MM, _BOTTOM_MM = 24, 26, 24, 26
_HEAD_MM, _FOOT_MM = 13, 14
"""How far from the edge of the paper the running lines stand."""

_FINE = 1200
"""Dots an inch of a PDF."""

_TO_PAGE = re.compile(r"\{page ([\w-]+)\}")
_INK, _MUTED = QColor("#1f2328"), QColor("#5b646c")


@dataclass(slots=True)
class _Slice:
    """What of a part stands on a page, between two heights of the part, and how far below the upper
    margin it begins."""

    part: int
    top: float
    bottom: float
    at: float


class Pages:
    """Text set on pages of one size, with a running `title` and page numbers. Lengths are in dots
    of the layout, `_dpi` to the inch.

    Each part is set twice, once to learn where it stands and once to be painted, so that no more
    than one lies in memory as a document, and the numbers of later pages are known.
    """

    def __init__(self, device: QPagedPaintDevice, title: str) -> None:
        self._title = title
        paper = device.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
        self._paper = QRectF(0, 0, _dots(paper.width()), _dots(paper.height()))
        self._width = self._paper.width() - _dots(_LEFT_MM + _RIGHT_MM)
        self._height = self._paper.height() - _dots(_TOP_MM + _BOTTOM_MM)
        self._parts: list[PrintPart] = []
        self._pages: list[list[_Slice]] = [[]]
        self._anchors: dict[str, int] = {}
        self._at = 0.0
        self._gap = 0.0

    def __len__(self) -> int:
        return len(self._pages)

    def add(self, part: PrintPart) -> None:
        """Sets a part of a text below what is there, or on a new page."""
        self._parts.append(part)
        document = self._set(_TO_PAGE.sub("000", part.html))
        marks = dict(anchors(document))
        before: Strip | None = None
        if part.new_page and self._pages[-1]:
            self._turn()
        self._gap = part.gap * _dpi() / 72
        for chunk in chunks(strips(document)):
            tall = chunk[-1].bottom - chunk[0].top > self._height
            for some in [[strip] for strip in chunk] if tall else [chunk]:
                self._place(some, before)
                before = some[-1]
                while marks and min(marks) < before.bottom:
                    self._anchors[marks.pop(min(marks))] = len(self._pages)

    def paint(self, device: QPagedPaintDevice, job: Job) -> None:
        """Paints the pages onto the device, those that were asked of it where any were. Raises
        Refused where it takes none, and Cancelled between two pages."""
        ranges = device.pageRanges()
        every = range(1, len(self._pages) + 1)
        wanted = [one for one in every if ranges.isEmpty() or ranges.contains(one)]
        layout = device.pageLayout()
        painter = QPainter(device)
        if not painter.isActive():
            raise Refused(
                "The printer takes no pages.", "Look whether it is on and connected, or save a PDF."
            )
        try:
            scale = device.logicalDpiX() / _dpi()
            painter.scale(scale, scale)
            if layout.mode() is not QPageLayout.Mode.FullPageMode:
                margins = layout.margins(QPageLayout.Unit.Millimeter)
                painter.translate(-_dots(margins.left()), -_dots(margins.top()))
            part, document = -1, QTextDocument()
            for done, number in enumerate(wanted):
                job.check()
                job.report(done, len(wanted), "Making pages")
                if done:
                    device.newPage()
                for one in self._pages[number - 1]:
                    if one.part != part:
                        part, document = one.part, self._numbered(one.part)
                    self._paint(painter, document, one)
                self._paint_edges(painter, number)
        finally:
            painter.end()

    def _set(self, html: str) -> QTextDocument:
        document = QTextDocument()
        font = QFont(list(FACES), _POINTS)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        option = QTextOption()
        option.setUseDesignMetrics(True)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(font)
        document.setDefaultTextOption(option)
        document.setDocumentMargin(0)
        document.setHtml(html)
        document.setTextWidth(self._width)
        return document

    def _place(self, chunk: list[Strip], before: Strip | None) -> None:
        """Sets strips that belong together on this page where there is room, else on the next."""
        first, bottom = chunk[0], chunk[-1].bottom
        gap = first.top - before.bottom if before else self._gap
        if self._pages[-1] and self._at + gap + bottom - first.top > self._height:
            self._turn()
            if first.head:
                self._put(*first.head)
        elif self._pages[-1]:
            self._at += gap
        top = first.top
        while bottom - top > self._height - self._at + 0.01:  # taller than a page: cut it
            cut = top + self._height - self._at
            self._put(top, cut)
            self._turn()
            top = cut
        self._put(top, bottom)

    def _put(self, top: float, bottom: float) -> None:
        page, part = self._pages[-1], len(self._parts) - 1
        last = page[-1] if page else None
        if last and last.part == part and abs(last.at - last.top - (self._at - top)) < 0.01:
            last.bottom = bottom
        else:
            page.append(_Slice(part, top, bottom, self._at))
        self._at += bottom - top

    def _turn(self) -> None:
        self._pages.append([])
        self._at = 0.0

    def _numbered(self, part: int) -> QTextDocument:
        """A part with the numbers of pages for which it asks; no line becomes longer by them."""
        numbers = {name: str(page) for name, page in self._anchors.items()}
        html = self._parts[part].html
        return self._set(_TO_PAGE.sub(lambda asked: numbers.get(asked[1], ""), html))

    def _paint(self, painter: QPainter, document: QTextDocument, one: _Slice) -> None:
        left = _dots(_LEFT_MM)
        painter.save()
        painter.translate(left, _dots(_TOP_MM) + one.at - one.top)
        seen = QRectF(-left, one.top, self._paper.width(), one.bottom - one.top)
        painter.setClipRect(seen.adjusted(0, -1, 0, 1))
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = seen.adjusted(0, 1, 0, -1)
        context.palette.setColor(QPalette.ColorRole.Text, _INK)
        document.documentLayout().draw(painter, context)
        painter.restore()

    def _paint_edges(self, painter: QPainter, number: int) -> None:
        """The running title, which the first page does without, and the number of the page."""
        left = _dots(_LEFT_MM)
        font = QFont(list(FACES))
        font.setPixelSize(round(_SMALL * _dpi() / 72))
        painter.setFont(font)
        painter.setPen(_MUTED)
        if number > 1:
            head = QRectF(left, _dots(_HEAD_MM), self._width, _dots(6))
            title = QFontMetricsF(font).elidedText(
                self._title, Qt.TextElideMode.ElideRight, self._width
            )
            painter.drawText(head, Qt.AlignmentFlag.AlignLeft, title)
        foot = QRectF(left, self._paper.height() - _dots(_FOOT_MM), self._width, _dots(6))
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, f"{number} / {len(self._pages)}")


def set_on(device: QPagedPaintDevice, text: Printed, job: Job) -> Pages:
    """The text set for the paper of the device. Raises Cancelled between two of its parts."""
    pages = Pages(device, text.title)
    for number, part in enumerate(text.parts):
        job.check()
        job.report(number, len(text.parts), "Setting the text")
        pages.add(part)
    return pages


def pdf(text: Printed, job: Job) -> bytes:
    """The text as a PDF on A4, its fonts inside, with its title and nobody as its author. Raises
    Cancelled."""
    held = QBuffer()
    held.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(held)
    writer.setTitle(text.title)
    writer.setCreator("Evidence Coder")
    writer.setResolution(_FINE)
    writer.setPageLayout(a4())
    set_on(writer, text, job).paint(writer, job)
    del writer
    return bytes(held.data().data())


def a4() -> QPageLayout:
    """An A4 page, upright; the margins are those of `Pages`."""
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF()
    )


def _dpi() -> float:
    """Dots an inch of a layout that is told of no device."""
    return QGuiApplication.primaryScreen().logicalDotsPerInchY()


def _dots(millimetres: float) -> float:
    return millimetres / 25.4 * _dpi()
