"""The text of a document and, beside it or in its place, the file that it came from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from coder.domain.errors import EvidenceError
from coder.domain.model import Document, DocumentKind
from coder.domain.paragraphs import index_at
from coder.ui.reader import Reader

if TYPE_CHECKING:
    from coder.ui.evidence.original import OriginalPane


class Beside(QSplitter):
    """Holds the reader and the pane of the original. `shown` says whether that is to be seen,
    `note` what is the matter with it."""

    shown = Signal(bool)
    note = Signal(str)

    def __init__(self, reader: Reader, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._reader = reader
        self._pane: OriginalPane | None = None
        self._document: Document | None = None
        self._path_of: Callable[[Document], Path] | None = None
        self._wanted = False
        self._asked = ""
        self.addWidget(reader)
        self.setChildrenCollapsible(False)

    def show_document(self, document: Document, path_of: Callable[[Document], Path]) -> None:
        """Shows the original of this document where it is wanted, or is all there is to see;
        `path_of` says where it lies, and raises EvidenceError where it has gone."""
        self._document, self._path_of = document, path_of
        self._place()

    def toggle(self) -> None:
        """Shows the original beside the text, or puts it away."""
        if self._document is not None and self._document.original:
            self.show_original(self._pane is None or self._pane.isHidden())

    def show_original(self, wanted: bool) -> None:
        """Shows the original of this document, and from now on of each that can be shown here; or
        no longer."""
        self._wanted = wanted
        self._asked = self._document.id if wanted and self._document else ""
        self._place()

    def forget(self) -> None:
        """Shows no original, and holds none open, until another document is shown."""
        self._document = None
        self._hide()
        if self._pane is not None:
            self._pane.clear()

    def _place(self) -> None:
        document = self._document
        if document is None or self._path_of is None or not document.original:
            self._hide()
            return
        from coder.ui.evidence.original import OriginalPane, pictured, shown_here

        try:
            path = self._path_of(document)
        except EvidenceError as problem:
            self.note.emit(str(problem))
            self._hide()
            return
        alone = document.kind is DocumentKind.DOCUMENT and not document.text and pictured(path)
        beside = self._wanted and (shown_here(path) or document.id == self._asked)
        self.shown.emit(beside or alone)
        if not (beside or alone):
            self._hide()
            return
        if self._pane is None:
            self._pane = OriginalPane(self)
            self._pane.closed.connect(lambda: self.show_original(False))
            self.addWidget(self._pane)
            self.setSizes([500, 500])
        self._pane.show()
        self._reader.setVisible(not alone)
        self._pane.show_file(path, document.title, self._page_here(document))

    def _page_here(self, document: Document) -> int:
        """The page of the original on which the caret's paragraph begins, 0 where none is known."""
        if not document.paragraphs:
            return 0
        place = index_at(document.paragraphs, self._reader.selection()[0])
        return document.paragraphs[max(place, 0)].page

    def _hide(self) -> None:
        self._reader.show()
        if self._pane is not None:
            self._pane.hide()
