"""Finds words in the document that is shown."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from coder.domain.find import places
from coder.ui.reader import Reader

Span = tuple[int, int]
_LETTERS_FOR_ONE_ROW = 95
"""How wide the bar must be, in letters, to have its options beside the field."""


class FindBar(QWidget):
    """A field above the text: Enter goes on, Shift+Enter back, Esc goes back to the text with the
    place found selected. `tag_wanted` gives all the places found, to be tagged."""

    tag_wanted = Signal(list)

    def __init__(self, reader: Reader, text: Callable[[], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._reader = reader
        self._text = text
        self._asked: tuple[str, str, bool, bool] | None = None
        self._places: list[Span] = []
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Find in this document")
        self.field.setAccessibleName("Find in this document")
        self.field.setClearButtonEnabled(True)
        self.whole = QCheckBox("Whole words", self)
        self.match_case = QCheckBox("Match case", self)
        self.said = QLabel(self)
        self.said.setObjectName("muted")
        self.said.setAccessibleName("Which of the places found")
        self.tag_all = QPushButton("Tag all…", self)
        self.tag_all.setObjectName("flat")
        self.tag_all.setToolTip("See each passage before it is tagged")
        back = self._button("▲", "Previous place (Shift+F3)", lambda: self.step(-1))
        on = self._button("▼", "Next place (F3)", lambda: self.step(1))
        close = self._button("✕", "Close the find bar (Esc)", self.leave)
        self._options = QWidget(self)
        options = QHBoxLayout(self._options)
        options.setContentsMargins(0, 0, 0, 0)
        for widget in (self.whole, self.match_case, self.tag_all):
            options.addWidget(widget)
        options.addStretch(1)
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(16, 6, 16, 6)
        self._rows.setColumnStretch(0, 1)
        for column, part in enumerate((self.field, self.said, back, on)):
            self._rows.addWidget(part, 0, column)
        self._rows.addWidget(self._options, 0, 4)
        self._rows.addWidget(close, 0, 5)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._connect()
        self.hide()

    def _button(self, sign: str, name: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setText(sign)
        button.setAutoRaise(True)
        button.setMinimumSize(24, 24)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(act)
        return button

    def _connect(self) -> None:
        self.field.textChanged.connect(lambda _: self._typed())
        self.field.installEventFilter(self)
        self.whole.toggled.connect(lambda _: self._typed())
        self.match_case.toggled.connect(lambda _: self._typed())
        self.tag_all.clicked.connect(self._want_tags)
        self._reader.selection_changed.connect(lambda *_: self._tell())

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {"find-next": lambda: self.step(1), "find-previous": lambda: self.step(-1)}

    def enter(self) -> None:
        """Opens the bar with the selected words in it."""
        self._arrange()
        self.show()
        words = self._reader.selected_text()
        if words.strip() and "\n" not in words:
            self.field.setText(words)
        self._look()
        self.field.selectAll()
        self.field.setFocus()

    def forget(self) -> None:
        """Another document is shown: looks for the same words in it, and goes nowhere."""
        self._asked = None
        if self.isVisible():
            self._look()
        else:
            self._show([])

    def leave(self) -> None:
        """Closes the bar and goes back to the text, where the place found stays selected."""
        self.hide()
        self._show([])
        self._asked = None
        self._reader.setFocus()

    def step(self, by: int) -> None:
        """Selects the next place found (1) or the one before (-1), beginning again at the other
        end; opens the bar where nothing is looked for yet."""
        if not self.field.text():
            self.enter()
            return
        self.show()
        self._look()
        if self._places:
            start, end = self._reader.selection()
            behind = bisect_left(self._places, (end, 0))
            row = behind if by > 0 else bisect_left(self._places, (start, 0)) - 1
            self._reader.select(*self._places[row % len(self._places)])
        self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._arrange)  # a layout at work takes no other height

    def _arrange(self) -> None:
        """Has the options in a row of their own where there is no room beside the field."""
        above = self.parentWidget()
        width = above.width() if above and not self.isVisible() else self.width()
        one_row = width >= _LETTERS_FOR_ONE_ROW * self.fontMetrics().averageCharWidth()
        place = (0, 4, 1, 1) if one_row else (1, 0, 1, 6)
        if self._rows.getItemPosition(self._rows.indexOf(self._options)) != place:
            self._rows.removeWidget(self._options)
            self._rows.addWidget(self._options, *place)

    # Below: how it finds

    def _typed(self) -> None:
        """Goes to the first place from where the selection begins."""
        if not self.isVisible():
            return
        self._look()
        if self._places:
            start, _ = self._reader.selection()
            row = bisect_left(self._places, (start, 0)) % len(self._places)
            self._reader.select(*self._places[row])
        self._tell()

    def _look(self) -> None:
        """Finds every place, unless nothing has changed since."""
        whole, match_case = self.whole.isChecked(), self.match_case.isChecked()
        asked = (self.field.text(), self._text(), whole, match_case)
        if asked == self._asked:
            return
        self._asked = asked
        words, text = asked[:2]
        self._show(places(text, words, whole=whole, match_case=match_case))

    def _show(self, found: list[Span]) -> None:
        self._places = found
        self._reader.set_found(found)
        self._tell()

    def _tell(self) -> None:
        """Says which of the places is selected, and how many there are."""
        many = len(self._places)
        start, end = self._reader.selection()
        row = bisect_right(self._places, (start, end)) - 1
        if not self.field.text():
            said = ""
        elif not many:
            said = "Not in this document"
        elif row >= 0 and self._places[row] == (start, end):
            said = f"{row + 1:,} of {many:,}"
        else:
            said = f"{many:,} here"
        self.said.setText(said)
        self.tag_all.setEnabled(bool(many))

    def _want_tags(self) -> None:
        self._look()
        self.tag_wanted.emit(self._places)
