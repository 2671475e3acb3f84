"""Finds words in all the evidence, as one types."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from coder.domain.errors import EvidenceError
from coder.domain.text import counted
from coder.project import Project
from coder.ui import theme

_HIT = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class _HitDelegate(QStyledItemDelegate):
    """Paints a hit: where it is, and the words found in bold among those around them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(300, option.fontMetrics.lineSpacing() * 2 + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        hit = index.data(_HIT)
        painter.save()
        try:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(option.rect, look.chosen)
            box = option.rect.adjusted(8, 6, -8, -4)
            painter.setPen(look.muted)
            painter.drawText(
                box, Qt.AlignmentFlag.AlignTop, f"{hit.ref} · {hit.document}" + _kind(hit.kind)
            )
            page = QTextDocument()
            page.setDocumentMargin(0)
            page.setDefaultFont(option.font)
            shown = escape(hit.snippet).replace("«", "<b>").replace("»", "</b>")
            page.setHtml(f"<span style='color:{look.text}'>{shown}</span>")
            painter.setClipRect(box)
            painter.translate(box.left(), box.top() + option.fontMetrics.lineSpacing() + 2)
            page.drawContents(painter)
        finally:
            painter.restore()


class SearchDialog(QDialog):
    """A field and the places found, best first. `chosen` gives one of them."""

    chosen = Signal(object)

    def __init__(self, project: Project, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Find everywhere")
        self._project = project
        self.field = QLineEdit(self)
        self.field.setPlaceholderText('Words, "exact words", word*')
        self.field.setAccessibleName("Find in all evidence")
        self.field.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setItemDelegate(_HitDelegate(self.list))
        self.list.setAccessibleName("Places found")
        self._said = QLabel("Type to search all texts, transcripts and memos.", self)
        self._said.setObjectName("muted")
        layout = QVBoxLayout(self)
        for widget in (self.field, self._said, self.list):
            layout.addWidget(widget)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(80)
        self._later.timeout.connect(self._search)
        self.field.textEdited.connect(lambda _: self._later.start())
        self.field.installEventFilter(self)
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)
        self.resize(720, 540)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step:
                row = min(max(self.list.currentRow() + step, 0), self.list.count() - 1)
                self.list.setCurrentRow(row)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._later.stop()
                if self._later.isActive() or not self.list.count():
                    self._search()
                self._take(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _search(self) -> None:
        self.list.clear()
        words = self.field.text().strip()
        try:
            hits = self._project.find(words)
        except EvidenceError as problem:
            self._said.setText(str(problem))
            return
        for hit in hits:
            item = QListWidgetItem(f"{hit.ref}, {hit.document}: {hit.snippet}", self.list)
            item.setData(_HIT, hit)
        self.list.setCurrentRow(0)
        found = counted(len(hits), "place") if len(hits) < 200 else "The best 200 places"
        self._said.setText(found if hits else f"“{words}” was not found." if words else "")

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_HIT))
            self.accept()


def _kind(kind: str) -> str:
    return " · memo" if kind == "memo" else ""
