"""How fast the reading widget opens, tags and scrolls: 200,000 characters, 2,000 codings."""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from benchmarks.figure import Figure
from coder.domain.model import Paragraph
from coder.domain.palette import COLOURS
from coder.ui.reader import Mark, Reader
from coder.ui.reader.handles import handles_in_view

LENGTH = 200_000
WORDS = (
    *("when", "lockdown", "began", "our", "volunteers", "carried"),
    *("food", "to", "every", "house", "on", "the", "estate"),
)


def _text(paragraph: int, dice: random.Random) -> tuple[str, list[Paragraph]]:
    words = " ".join(dice.choices(WORDS, k=LENGTH // 4))[:LENGTH]
    starts = range(0, LENGTH, paragraph)
    parts = [words[start : start + paragraph - 1] for start in starts]
    paragraphs = [
        Paragraph(str(index + 1), start, start + len(part))
        for index, (start, part) in enumerate(zip(starts, parts, strict=True))
    ]
    return "\n".join(parts), paragraphs


def _marks(count: int, dice: random.Random) -> list[Mark]:
    colours = [light for light, _ in COLOURS.values()]
    found = []
    for index in range(count):
        start = dice.randrange(LENGTH - 1_200)
        end = start + dice.randrange(20, 1_000)
        name = f"Code {index % 60}"
        coder = ("Amina", "Ben", "Chidi")[index % 3]
        found.append(Mark(str(index), start, end, name, colours[index % 12], coder))
    return found


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1_000


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def _nearest(marks: list[Mark], place: int) -> str:
    """The id of a coding that begins a little below a place."""
    return min(marks, key=lambda mark: abs(mark.start - place - 300)).id


def _drag(reader: Reader, paint: Callable[[], None]) -> list[float]:
    """Draws the beginning of the active coding about, and gives the time of each frame."""
    page = reader._page
    handle = next(iter(handles_in_view(page, page.frame())))
    page._drawing.take(handle.knob)

    def draw_to(place: QPointF) -> float:
        return _timed(lambda: (page._drawing.draw_to(place, exact=False), paint()))

    frames = [draw_to(handle.knob + QPointF(step, step)) for step in range(40)]
    page._drawing.let_go()
    return frames


def _measure(paragraph: int, count: int, kind: str) -> list[Figure]:
    dice = random.Random(7)
    text, paragraphs = _text(paragraph, dice)
    marks = _marks(count, dice)
    reader = Reader()
    reader.resize(1_100, 900)
    reader.show()
    reader.show_document("Warm", [Paragraph("1", 0, 4)], [])
    QApplication.processEvents()

    def paint() -> None:
        reader._page.viewport().repaint()
        QApplication.processEvents()

    def open_document() -> None:
        reader.show_document(text, paragraphs, marks)
        paint()

    opened = _timed(open_document)
    bar = reader._page.verticalScrollBar()
    middle = bar.maximum() // 2

    def scroll_to(value: int) -> float:
        return _timed(lambda: (bar.setValue(value), paint()))

    def resize_to(width: int) -> float:
        return _timed(lambda: (reader.resize(width, 900), paint()))

    def scroll() -> list[float]:
        scroll_to(middle)
        return [scroll_to(middle + 3 * step) for step in range(1, 161)]

    frames = scroll()
    reader.set_stripes_by("coder")
    by_coder = scroll()
    reader.set_stripes_by("code")
    jumps = [scroll_to(dice.randrange(bar.maximum())) for _ in range(40)]
    place = reader.place()
    new = Mark("new", place + 100, place + 700, "New code", "#0063a8")
    added, removed = [], []
    for _ in range(40):
        added.append(_timed(lambda: (reader.add_mark(new), paint())))
        removed.append(_timed(lambda: (reader.remove_mark("new"), paint())))
    counted = _timed(lambda: (reader.set_marks(marks), reader._density.counts()))
    reader.set_active(_nearest(marks, reader.place()))
    taken = _drag(reader, paint)
    zoomed = _timed(lambda: (reader.zoom_in(), paint()))
    resized = [resize_to(size) for size in (900, 1_300)]
    reader.close()
    note = f"{kind}, {count:,} codings"
    return [
        Figure("reader: open, first paint", opened, "ms", 150, note),
        Figure("reader: add a mark, p95", _p95(added), "ms", 15, note),
        Figure("reader: remove a mark, p95", _p95(removed), "ms", 15, note),
        Figure("reader: scroll, p95 of a frame", _p95(frames), "ms", 16, note),
        Figure("reader: jump to another place, p95", _p95(jumps), "ms", 50, note),
        Figure("reader: scroll with stripes by coder, p95", _p95(by_coder), "ms", 16, note),
        Figure("reader: all marks anew, and their density", counted, "ms", 150, note),
        Figure("reader: draw a coding longer, p95 of a frame", _p95(taken), "ms", 16, note),
        Figure("reader: zoom", zoomed, "ms", 50, note),
        Figure("reader: resize", max(resized), "ms", 50, note),
    ]


def run() -> list[Figure]:
    """The figures, measured on the offscreen platform."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _app = QApplication.instance() or QApplication([])
    return [
        figure
        for paragraph, kind in ((200, "200-character paragraphs"), (LENGTH, "one paragraph"))
        for count in (2_000, 10_000)
        for figure in _measure(paragraph, count, kind)
    ]


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.value:8.1f} {figure.unit}  {figure.name} ({figure.note})")
