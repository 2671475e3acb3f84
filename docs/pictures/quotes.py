"""The quotes place, its baskets, and the packs that leave from it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from pictures.studio import Studio

_BACKGROUND = "#dcd7cb"
_GAP, _SCALE = 16, 1.0


def quotes(studio: Studio) -> None:
    """Quotes by theme, some of them asked for, and a basket beside them."""
    from coder.domain.quotes import Grouping, Order, QuoteFilter

    basket = _gathered(studio)
    studio.do("place-quotes")
    place = studio.window.quotes
    place.pane.shape(Grouping.THEME, Order.REFERENCE)
    place.narrow_to(QuoteFilter(marked=True, permissions=("named",)))
    studio.wait(lambda: not place.busy)
    place.basket.choose(basket)
    studio.pause(800)
    place.list.choose(1)
    studio.pause()


def _gathered(studio: Studio) -> str:
    """A basket with headings, words between the quotes, and some quotes; its id."""
    from coder.domain.quotes import QuoteFilter

    project = studio.window.session.project
    baskets, by_name = project.baskets, {code.name: code.id for code in project.codebook.codes()}
    basket = baskets.make("Chapter 2: Streets that held")
    for heading, code, first, last in (
        ("Who knocked first", "Neighbourliness", 0, 2),
        ("Somewhere to meet", "Places to meet", 0, 3),
        ("What it cost", "Small money, quickly", 1, 3),
    ):
        baskets.add_heading(basket.id, heading)
        found = project.quotes.select(QuoteFilter(codes=(by_name[code],)))
        baskets.add(basket.id, found[first:last])
    return basket.id


def packing(studio: Studio) -> None:
    """The dialog that exports a pack: what goes in, what leaves with it, and what stays in."""
    studio.do("place-quotes")
    studio.wait(lambda: not studio.window.quotes.busy)
    dialog = studio.open("export-pack")
    studio.wait(lambda: dialog.headline.text() != "Looking…")


def pack(studio: Studio) -> None:
    """Three pages of a quote pack in Word."""
    from coder.domain.quotes import QuoteFilter

    folder = studio.folder.with_name(f"{studio.folder.name}-pack")
    folder.mkdir()
    studio.window.session.project.packs.write(QuoteFilter(), folder / "pack.docx")
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(folder / "pack.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    studio.pages = _beside(folder / "pack.pdf", 3)


def _beside(path: Path, count: int):
    """The first pages of a PDF beside each other."""
    import pypdfium2
    from PySide6.QtGui import QColor, QImage, QPainter

    with pypdfium2.PdfDocument(path) as document:
        pages = [document[number].render(scale=_SCALE).to_numpy() for number in range(count)]
    high, wide = pages[0].shape[:2]
    sheet = QImage(count * (wide + _GAP) + _GAP, high + 2 * _GAP, QImage.Format.Format_RGB888)
    sheet.fill(QColor(_BACKGROUND))
    painter = QPainter(sheet)
    for number, page in enumerate(pages):
        shown = QImage(page.tobytes(), wide, high, page.strides[0], QImage.Format.Format_BGR888)
        painter.drawImage(_GAP + number * (wide + _GAP), _GAP, shown)
    painter.end()
    return sheet


SHOTS: dict[str, Callable[[Studio], None]] = {
    "quotes": quotes,
    "quotes-dark": quotes,
    "quotes-200": quotes,
    "packing": packing,
    "pack": pack,
}
