"""The window of help: contents and a field to search at left, the page at right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QColor,
    QKeySequence,
    QShortcut,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from coder.ui import theme
from coder.ui.help.pages import TOPICS, page
from coder.ui.registry import Registry

_TOPIC = Qt.ItemDataRole.UserRole
_KEYS_WIDE = QTextLength(QTextLength.Type.PercentageLength, 34)


class HelpWindow(QDialog):
    """Help that stays open beside the work and needs no connection."""

    def __init__(self, registry: Registry, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("Help – Evidence Coder")
        self._registry = registry
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Search the help")
        self.field.setAccessibleName("Search the help")
        self.field.setClearButtonEnabled(True)
        self.contents = QListWidget(self)
        self.contents.setObjectName("contents")
        self.contents.setAccessibleName("Contents")
        self.text = QTextBrowser(self)
        self.text.setAccessibleName("Page of the help")
        self.text.setObjectName("help")
        self.text.setOpenLinks(False)
        self.text.zoomIn(1)
        side = QVBoxLayout()
        side.addWidget(self.field)
        side.addWidget(self.contents, 1)
        row = QHBoxLayout(self)
        row.addLayout(side, 2)
        row.addWidget(self.text, 5)
        self.field.textChanged.connect(self._find)
        self.contents.currentItemChanged.connect(lambda *_: self._show())
        registry.rekeyed.connect(self._show)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self.field.setFocus)
        self.resize(QSize(900, 680).boundedTo(self.screen().availableSize()))
        self._find("")

    def open_at(self, topic: str) -> None:
        """Shows a page, in front and ready to be read with the keys."""
        self.field.clear()
        self._choose(topic)
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus()

    @property
    def topic(self) -> str:
        """The page that is shown, or nothing where no page has what was searched for."""
        item = self.contents.currentItem()
        return item.data(_TOPIC) if item else ""

    def _choose(self, topic: str) -> None:
        for place in range(self.contents.count()):
            item = self.contents.item(place)
            if item.data(_TOPIC) == topic:
                self.contents.setCurrentItem(item)

    def _find(self, words: str) -> None:
        """Lists the pages that hold every word; keeps the page that is shown if it does."""
        shown = self.topic
        wanted = words.casefold().split()
        self.contents.clear()
        for topic, title in TOPICS.items():
            there = page(topic, self._registry.shown_keys).casefold()
            if all(word in there for word in wanted):
                item = QListWidgetItem(title, self.contents)
                item.setData(_TOPIC, topic)
        self.contents.setCurrentRow(0)
        self._choose(shown)
        self._show()

    def _show(self) -> None:
        if not self.topic:
            self.text.setMarkdown(
                "Nothing was found. Try another word, or fewer of them.\n\n"
                f"**{self._registry.shown_keys('palette')}** finds commands by their names."
            )
            return
        self.text.setMarkdown(page(self.topic, self._registry.shown_keys))
        _set(self.text.document())
        self._light(self.field.text().split())
        if not self.field.text():
            self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _light(self, words: list[str]) -> None:
        """Marks the words searched for, and brings the first of them into view."""
        look = QTextCharFormat()
        look.setBackground(QColor(theme.current().chosen))
        lit = []
        for word in words:
            cursor = QTextCursor(self.text.document())
            while not (cursor := self.text.document().find(word, cursor)).isNull():
                one = QTextEdit.ExtraSelection()
                one.cursor, one.format = QTextCursor(cursor), look
                lit.append(one)
        self.text.setExtraSelections(lit)
        if lit:
            first = min((one.cursor for one in lit), key=QTextCursor.position)
            place = QTextCursor(first)
            place.clearSelection()
            self.text.setTextCursor(place)


def _set(document: QTextDocument) -> None:
    """Sets a page for reading: leading, room between paragraphs, quiet tables."""
    document.setDocumentMargin(18)
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        look = QTextBlockFormat()
        look.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        level = block.blockFormat().headingLevel()
        inside = cursor.currentTable() is not None
        look.setTopMargin(18 if level == 2 else 3 if inside else 5)
        look.setBottomMargin(6 if level else 3 if inside else 5)
        cursor.mergeBlockFormat(look)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _set_table(frame)


def _set_table(table: QTextTable) -> None:
    """Sets a table without lines; a row of headings that says nothing goes."""
    look = table.format()
    look.setBorder(0)
    look.setCellPadding(3)
    look.setCellSpacing(0)
    look.setColumnWidthConstraints([_KEYS_WIDE, QTextLength()])
    table.setFormat(look)
    if not any(table.cellAt(0, at).firstCursorPosition().block().text() for at in (0, 1)):
        table.removeRows(0, 1)
