"""The window that is pictured, and how a picture of it becomes a small file."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent
ROOT = DOCS.parent
SIZE = (1360, 860)
PACKED = 0
"""What Qt calls the quality of a PNG is how little it is packed."""


class Studio:
    """A window on the sample inquiry, and what is to be seen on its picture."""

    def __init__(self, app, folder: Path, *, dark: bool) -> None:
        from coder import places
        from coder.ui.window import Window

        self._app = app
        self.shown = None
        self.pages = None
        self.folder = folder
        (places.user_settings() / "window.ini").unlink(missing_ok=True)
        self.window = window = Window()
        window.resize(*SIZE)
        window.set_appearance("dark" if dark else "light")
        window.show()
        window.open_project(folder)
        self.wait(lambda: window.evidence.list.model.rowCount() > 0)
        self.pause()

    def wait(self, until: Callable[[], object], seconds: float = 30) -> None:
        """Lets the window work until something is there."""
        end = time.monotonic() + seconds
        while not until():
            if time.monotonic() > end:
                raise TimeoutError
            self._app.processEvents()
            time.sleep(0.005)

    def pause(self, ms: int = 500) -> None:
        """Lets the window come to rest."""
        end = time.monotonic() + ms / 1000
        self.wait(lambda: time.monotonic() > end)

    def do(self, *acts: str) -> None:
        """Does acts of the registry, one after another."""
        for act in acts:
            self.window.registry[act].trigger()
            self.pause(200)

    def read(self, ref: str, document: int = 0, place: int = 0) -> None:
        """Shows a document of a submission, at a place in its text."""
        views = self.window.evidence.list.model.views
        view = next(view for view in views if view.submission.ref == ref)
        shown = view.documents[document]
        self.window.show_passage(view.submission.id, shown.id, place, place)
        self.pause(800)

    def select(self, words: str) -> None:
        """Selects these words of the text that is shown."""
        document = self.window.evidence.desk.document
        start = document.text.index(words)
        self.window.evidence.desk.reader.select(start, start + len(words))
        self.pause()

    def open(self, act: str):
        """Does an act and gives the window that it opens, which is then on the picture."""
        before = set(self._above())
        self.do(act)
        self.wait(lambda: set(self._above()) - before)
        [opened] = set(self._above()) - before
        self.shown = opened
        self.pause()
        return opened

    def _above(self) -> list:
        from PySide6.QtWidgets import QComboBox

        tops = (one for one in self._app.topLevelWidgets() if one.isVisible())
        return [
            one
            for one in tops
            if one is not self.window and not isinstance(one.parentWidget(), QComboBox)
        ]

    def save(self, name: str) -> None:
        """Writes the picture: of the window with what pops up over it, or of the dialog opened; of
        the pages where there are any."""
        image = _in_few_colours(self.pages or self._grabbed(name))
        image.save(str(DOCS / f"{name}.png"), "PNG", PACKED)
        print(f"docs/{name}.png  {image.width()} × {image.height()}")

    def _grabbed(self, name: str):
        from PySide6.QtCore import QPoint, Qt
        from PySide6.QtGui import QPainter
        from PySide6.QtWidgets import QApplication

        self.pause()
        focus = QApplication.focusWidget()
        if focus is not None and "tag" not in name:
            self.window.setFocus()  # no caret that blinks in one picture and not in the next
        popup = self.shown is not None and self.shown.windowType() == Qt.WindowType.Popup
        dialog = self.shown is not None and not popup
        picture = (self.shown if dialog else self.window).grab()
        if popup:
            painter = QPainter(picture)
            at = self.shown.mapToGlobal(QPoint()) - self.window.mapToGlobal(QPoint())
            painter.drawPixmap(at, self.shown.grab())
            painter.end()
        return picture.toImage()

    def close(self) -> None:
        """Closes the window and what is open over it."""
        for one in self._above():
            one.close()
        self.window.hearings.close()
        self.window.workshop.finish()
        self.window.close()
        self.window.deleteLater()
        self.pause(100)


def _in_few_colours(image):
    """The picture in the 256 colours that serve it best, which makes its file a third as large: the
    means of the 256 most frequent stretches of colour, of 8 levels in each of the three."""
    import numpy as np
    from PySide6.QtGui import QImage, qRgb

    image = image.convertToFormat(QImage.Format.Format_RGB888)
    wide, high = image.width(), image.height()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(high, -1)[:, : wide * 3]
    pixels = rows.reshape(-1, 3).astype(np.uint32)
    codes = pixels @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    colours, which, counts = np.unique(codes, return_inverse=True, return_counts=True)
    parts = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], 1).astype(float)
    _, box_of = np.unique(parts // 8 @ [1024, 32, 1], return_inverse=True)
    weight = np.bincount(box_of, counts)
    means = [np.bincount(box_of, counts * parts[:, at]) / weight for at in range(3)]
    # What fills areas keeps its very colour; the rest is told by means.
    exact = parts[np.argsort(counts)[::-1][:96]]
    mean = np.stack(means, 1)[np.argsort(weight)[::-1][: 256 - len(exact)]]
    table = np.concatenate([exact, mean]).round()
    nearest = np.array([((table - colour) ** 2).sum(1).argmin() for colour in parts])
    few = QImage(wide, high, QImage.Format.Format_Indexed8)
    few.setColorTable([qRgb(*map(int, colour)) for colour in table])
    bits = np.frombuffer(few.bits(), np.uint8).reshape(high, -1)
    bits[:, :wide] = nearest[which.reshape(-1)].reshape(high, wide)
    return few
