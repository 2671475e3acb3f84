"""A text as it will be printed, to be looked at, printed, or saved as a PDF."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coder.domain.text import counted
from coder.ui.folders import documents

_STEP = 1.25


class PrintPreview(QDialog):
    """The pages of a PDF. `print_wanted` asks for them on paper, `save_wanted` for a file at this
    path; `pdf` is what it shows."""

    print_wanted = Signal()
    save_wanted = Signal(object)

    def __init__(self, title: str, name: str, pdf: bytes, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.pdf = pdf
        self._name = name
        self._device = QBuffer(self)
        self._device.setData(QByteArray(pdf))
        self._device.open(QBuffer.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument(self)
        self.document.load(self._device)
        self._pages = QPdfView(self)
        self._pages.setDocument(self.document)
        self._pages.setPageMode(QPdfView.PageMode.MultiPage)
        self._pages.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._pages.setAccessibleName("Pages as they will be printed")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 0)
        layout.addLayout(self._make_row())
        layout.addWidget(self._pages, 1)
        self._pages.setFocus()
        self.resize(820, 900)

    def _make_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        count = QLabel(counted(self.document.pageCount(), "page"), self)
        count.setObjectName("muted")
        row.addWidget(count)
        row.addStretch(1)
        for sign, name, key, factor in (
            ("−", "Smaller", QKeySequence.StandardKey.ZoomOut, 1 / _STEP),
            ("+", "Larger", QKeySequence.StandardKey.ZoomIn, _STEP),
        ):
            button = self._button(sign, partial(self.zoom, factor))
            button.setObjectName("flat")
            button.setAccessibleName(name)
            button.setToolTip(name)
            QShortcut(key, self, partial(self.zoom, factor))
            row.addWidget(button)
        self.save = self._button("Save as PDF…", self._ask_where)
        self.go = self._button("Print…", self.print_wanted.emit)
        self.go.setDefault(True)
        row.addWidget(self.save)
        row.addWidget(self.go)
        return row

    def _button(self, words: str, does: Callable[[], object]) -> QPushButton:
        button = QPushButton(words, self)
        button.clicked.connect(lambda _: does())
        return button

    def zoom(self, factor: float) -> None:
        """Enlarges the pages, or with a factor below 1 reduces them."""
        seen = self._pages
        if seen.zoomMode() is not QPdfView.ZoomMode.Custom:
            width = self.document.pagePointSize(0).width() * self.logicalDpiX() / 72
            seen.setZoomFactor(seen.viewport().width() / width)
            seen.setZoomMode(QPdfView.ZoomMode.Custom)
        seen.setZoomFactor(min(5.0, max(0.2, seen.zoomFactor() * factor)))

    def _ask_where(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, "Save as PDF", str(documents() / f"{self._name}.pdf"), "PDF (*.pdf)"
        )
        if path:
            self.save_wanted.emit(Path(path).with_suffix(".pdf"))
