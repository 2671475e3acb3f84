"""The file as it was received, beside its text: photographs, the pages of a PDF, plain words.

What can do more than be looked at is never shown here: nothing is fetched, no page of the web is
rendered, and another program is only started after a question.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPointF, QSize, Qt, QThreadPool, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QImage,
    QImageReader,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coder.domain.errors import EvidenceError
from coder.project.facsimile import is_words, words_of
from coder.ui import messages
from coder.ui.elided import Elided

PROGRAMS = frozenset(
    re.findall(
        r"\S+",
        ".exe .com .bat .cmd .ps1 .vbs .vbe .js .jse .wsf .wsh .msi .msp .scr .pif .cpl .jar "
        ".lnk .reg .hta .inf .app .command .sh .desktop .py .pyw .rb .pl .apk .dmg .pkg "
        ".deb .rpm .appimage .url .website .scf .chm .iso .img .vhd .docm .dotm .xlsm .pptm",
    )
)
"""Endings of what could do something when it is opened; these are never handed to the system."""

_PICTURES = {".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp", ".webp"}
_STEP = 1.25
_LARGEST = 4_000
"""Pixels a side to which a larger picture is reduced as it is read."""


def pictured(path: Path) -> bool:
    """Whether this kind of file is to be looked at: a picture, or pages as they were laid out."""
    return path.suffix.lower() in _PICTURES | {".pdf"}


def shown_here(path: Path) -> bool:
    """Whether this kind of file is one that the pane can show by itself."""
    return pictured(path) or is_words(path)


class _Picture(QWidget):
    """A picture at a scale: 1.0 is as wide as the pane."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._reduced = QImage()
        self._scale = 1.0
        self.setAccessibleName("Picture of the original")

    def show_image(self, image: QImage) -> None:
        """Shows another picture, as wide as the pane."""
        self._image = image
        self._reduced = QImage()
        self._scale = 1.0
        self.fit()

    def zoom(self, factor: float) -> None:
        """Enlarges, or with a factor below 1 reduces it, within a tenth and ten times."""
        self._scale = min(max(self._scale * factor, 0.1), 10)
        self.fit()

    def fit(self) -> None:
        """Takes the size that pane and scale ask for."""
        pane = self.parentWidget()
        if self._image.isNull() or pane is None:
            return
        width = round(pane.width() * self._scale)
        self.setFixedSize(QSize(width, round(width * self._image.height() / self._image.width())))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.rect(), self._fitting())
        finally:
            painter.end()

    def _fitting(self) -> QImage:
        """The picture as it is to be drawn: where it is made smaller, each pixel is the mean of
        those that it stands for, which the painter by itself would leave out."""
        wanted = self.size() * self.devicePixelRatioF()
        if self._image.isNull() or wanted.width() >= self._image.width():
            return self._image
        if self._reduced.size() != wanted:
            self._reduced = self._image.scaled(
                wanted,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        return self._reduced


class OriginalPane(QWidget):
    """Shows one original. `closed` asks to put the pane away."""

    closed = Signal()
    _read = Signal(str, QImage)
    _heard = Signal(str, str, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._path = Path()
        self._name = Elided("", self)
        self._name.setObjectName("muted")
        self._smaller = _button("−", "Smaller", self)
        self._larger = _button("+", "Larger", self)
        self._close = _button("×", "Put the original away", self)
        self._smaller.clicked.connect(lambda: self.zoom(1 / _STEP))
        self._larger.clicked.connect(lambda: self.zoom(_STEP))
        self._close.clicked.connect(self.closed)
        self._make_body()
        row = QHBoxLayout()
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(self._name, 1)
        for button in (self._smaller, self._larger, self._close):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._body, 1)
        self._read.connect(self._show_image)
        self._heard.connect(self._show_words)

    def _make_body(self) -> None:
        self._body = QStackedWidget(self)
        self._area = QScrollArea(self._body)
        self._area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture = _Picture(self._area)
        self._area.setWidget(self._picture)
        self._pdf = QPdfDocument(self)
        self._pages = QPdfView(self._body)
        self._pages.setDocument(self._pdf)
        self._pages.setPageMode(QPdfView.PageMode.MultiPage)
        self._pages.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._pages.setAccessibleName("Pages of the original")
        self._text = QPlainTextEdit(self._body)
        self._text.setReadOnly(True)
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        self._text.document().setDocumentMargin(12)
        self._text.setAccessibleName("Words of the original")
        self._other = QWidget(self._body)
        self._words = QLabel(self._other)
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._open = QPushButton("Open with the system’s program…", self._other)
        self._open.clicked.connect(self.ask_to_open)
        column = QVBoxLayout(self._other)
        column.addStretch(1)
        column.addWidget(self._words)
        column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
        for widget in (self._area, self._pages, self._text, self._other):
            self._body.addWidget(widget)

    def show_file(self, path: Path, name: str, page: int = 0) -> None:
        """Shows the file at `path`, called `name`; a PDF at a page from 1, or where it is (0)."""
        if path != self._path:
            self._path = path
            self._name.setText(name)
            self._load()
        if page and self._body.currentWidget() is self._pages:
            self._pages.pageNavigator().jump(page - 1, QPointF())

    def clear(self) -> None:
        """Shows nothing and lets go of the file, so that it can be erased."""
        self._path = Path()
        self._pdf.close()
        self._picture.show_image(QImage())
        self._text.clear()

    def _load(self) -> None:
        ending = self._path.suffix.lower()
        pages = ending == ".pdf" and self._pdf.load(str(self._path)) is QPdfDocument.Error.None_
        for button in (self._smaller, self._larger):
            button.setVisible(pages or ending in _PICTURES or is_words(self._path))
        if pages:
            self._body.setCurrentWidget(self._pages)
        elif ending in _PICTURES:
            self._body.setCurrentWidget(self._area)
            QThreadPool.globalInstance().start(self._reader(str(self._path)))
        elif is_words(self._path):
            self._text.clear()
            self._body.setCurrentWidget(self._text)
            QThreadPool.globalInstance().start(self._listener(self._path))
        else:
            self._show_other("This kind of file is looked at with another program.")

    def _reader(self, path: str) -> Callable[[], None]:
        """What reads a picture in a thread of its own; a large one is reduced as it comes in."""

        def read() -> None:
            reader = QImageReader(path)
            reader.setAutoTransform(True)
            size = reader.size()
            if max(size.width(), size.height()) > _LARGEST:
                within = QSize(_LARGEST, _LARGEST)
                reader.setScaledSize(size.scaled(within, Qt.AspectRatioMode.KeepAspectRatio))
            self._read.emit(path, reader.read())

        return read

    def _listener(self, path: Path) -> Callable[[], None]:
        """What reads the words of a file in a thread of its own."""

        def read() -> None:
            try:
                self._heard.emit(str(path), words_of(path), True)
            except EvidenceError as problem:
                self._heard.emit(str(path), str(problem), False)

        return read

    def _show_words(self, path: str, words: str, good: bool) -> None:
        if path != str(self._path):
            return
        if good:
            self._text.setPlainText(words)
        else:
            self._show_other(words)

    def _show_image(self, path: str, image: QImage) -> None:
        if path != str(self._path):
            return
        if image.isNull():
            self._show_other("This picture cannot be shown here.")
        else:
            self._picture.show_image(image)

    def _show_other(self, words: str) -> None:
        self._words.setText(words)
        safe = self._path.suffix.lower() not in PROGRAMS
        self._open.setVisible(safe)
        if not safe:
            self._words.setText(
                "This file could run something on your machine, so it is not opened from here."
            )
        self._body.setCurrentWidget(self._other)

    def zoom(self, factor: float) -> None:
        """Enlarges what is shown, or with a factor below 1 reduces it."""
        if self._body.currentWidget() is self._pages:
            self._pages.setZoomMode(QPdfView.ZoomMode.Custom)
            self._pages.setZoomFactor(self._pages.zoomFactor() * factor)
        elif self._body.currentWidget() is self._text:
            self._text.zoomIn(1 if factor > 1 else -1)
        else:
            self._picture.zoom(factor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms with Ctrl."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_STEP if event.angleDelta().y() > 0 else 1 / _STEP)
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture stays as wide as the pane."""
        super().resizeEvent(event)
        self._picture.fit()

    def ask_to_open(self) -> None:
        """Asks, then hands the file to the program that the system has for it."""
        box = QMessageBox(self)
        box.setObjectName("message")
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(f"Open “{self._name.text()}” with another program?")
        box.setInformativeText(
            "It was sent in by somebody else. The other program may fetch things from the network,"
            " which this one never does."
        )
        opens = box.addButton("Open it", QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        opens.clicked.connect(self._open_elsewhere)
        box.open()

    def _open_elsewhere(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path))):
            messages.inform(self, "The system knows no program for this file.", str(self._path))


def _button(text: str, tip: str, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setAutoRaise(True)
    return button
