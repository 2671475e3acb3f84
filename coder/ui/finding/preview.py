"""What would be tagged, passage by passage, before it is: each can be unticked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from coder.domain.model import Code
from coder.domain.palette import shade
from coder.domain.text import counted
from coder.project.finding import Passage, Unit
from coder.ui import theme
from coder.ui.finding.look import BOX, draw_box, draw_words
from coder.ui.finding.results import box_in
from coder.ui.picker import Choice, Picker
from coder.ui.session import Session

Index = QModelIndex | QPersistentModelIndex

PASSAGE = Qt.ItemDataRole.UserRole
_TICKED = Qt.ItemDataRole.UserRole + 1
_STANDING = Qt.ItemDataRole.UserRole + 2
_UNITS = (
    (Unit.WORDS, "The words found"),
    (Unit.SENTENCE, "The sentence"),
    (Unit.PARAGRAPH, "The paragraph"),
)


class Passages(QAbstractListModel):
    """The passages, all ticked at first but those that carry the code already."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._passages: list[Passage] = []
        self._standing: set[Passage] = set()
        self._left_out: set[Passage] = set()

    def show_passages(self, passages: Sequence[Passage], standing: set[Passage]) -> None:
        """Lists these; those `standing` carry the code already. What was unticked before and is
        still there stays so."""
        self.beginResetModel()
        self._passages = list(passages)
        self._standing = standing
        self.endResetModel()
        self.changed.emit()

    def set_standing(self, standing: set[Passage]) -> None:
        """Which of them carry the code already that is chosen now."""
        self.show_passages(self._passages, standing)

    @property
    def all(self) -> list[Passage]:
        """Every passage."""
        return self._passages

    @property
    def ticked(self) -> list[Passage]:
        """Those to be tagged."""
        out = self._standing | self._left_out
        return [one for one in self._passages if one not in out]

    @property
    def standing(self) -> int:
        """How many carry the code already."""
        return len(self._standing)

    def tick(self, rows: Sequence[int]) -> None:
        """Unticks these rows, or ticks them where all of them are unticked."""
        passages = [self._passages[row] for row in rows]
        free = {one for one in passages if one not in self._standing}
        if free <= self._left_out:
            self._left_out -= free
        else:
            self._left_out |= free
        if rows:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))
            self.changed.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._passages)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        one = self._passages[index.row()]
        standing = one in self._standing
        if role == PASSAGE:
            return one
        if role == _STANDING:
            return standing
        if role == _TICKED:
            return standing or one not in self._left_out
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = "tagged already" if standing else "unticked"
            state = f"{said}, " if standing or one in self._left_out else ""
            return f"{state}{one.ref}, {one.document}: {one.words}"
        return None


class _PassageLook(QStyledItemDelegate):
    """Paints a box, where the passage is, and its words."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del index
        return QSize(200, option.fontMetrics.lineSpacing() * 3 + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        one: Passage = index.data(PASSAGE)
        standing = index.data(_STANDING)
        ticked = index.data(_TICKED)
        painter.save()
        try:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(option.rect, QColor(look.chosen))
            draw_box(painter, box_in(option.rect), ticked=ticked, allowed=not standing)
            line = option.fontMetrics.lineSpacing()
            room = option.rect.adjusted(BOX + 18, 6, -12, -6)
            painter.setPen(QColor(look.muted))
            where = f"{one.ref} · {one.document}" + " · tagged already" * bool(standing)
            painter.drawText(
                room,
                Qt.AlignmentFlag.AlignTop,
                option.fontMetrics.elidedText(where, Qt.TextElideMode.ElideRight, room.width()),
            )
            words = QRect(room.left(), room.top() + line + 2, room.width(), line * 2)
            shown = re.sub(r"\s", " ", one.words[:400])
            colour = look.text if ticked and not standing else look.muted
            draw_words(painter, words, option.font, shown, one.marked, colour)
        finally:
            painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if (
            event.type() is QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and isinstance(model, Passages)
            and event.position().x() < option.rect.left() + BOX + 14
        ):
            model.tick([index.row()])
            return True
        return False


class TagAllDialog(QDialog):
    """Asks how much is tagged and with which code. `read_wanted` asks for the passages of a unit,
    to be given to `show_passages`; `tag_wanted` gives the passages ticked and the code, or the
    path of a new one."""

    read_wanted = Signal(object)
    tag_wanted = Signal(list, object)

    def __init__(self, session: Session, note: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Tag all")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self.code: Code | str | None = None
        self.model = Passages(self)
        self._make_choices()
        self.list = _List(self.model, self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_PassageLook(self.list))
        self.list.setAccessibleName("Passages that would be tagged")
        self.list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setUniformItemSizes(True)
        self.note = QLabel(note, self)
        self.note.setObjectName("muted")
        self.note.setWordWrap(True)
        self.note.setVisible(bool(note))
        self._make_buttons()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        layout.addLayout(self._choices)
        layout.addWidget(self.note)
        layout.addWidget(self.list, 1)
        layout.addLayout(self._buttons)
        self.model.changed.connect(self._tell)
        self.resize(720, 620)
        self._tell()

    def _make_choices(self) -> None:
        self.choose_code = QPushButton("Choose the code…", self)
        self.choose_code.setAutoDefault(False)
        self.choose_code.setIconSize(QSize(12, 12))
        self.choose_code.clicked.connect(self.open_picker)
        self.unit = QComboBox(self)
        self.unit.setAccessibleName("How much is tagged")
        for unit, words in _UNITS:
            self.unit.addItem(words, unit)
        self.unit.setCurrentIndex(1)
        self.unit.currentIndexChanged.connect(lambda _: self.read())
        self._choices = QHBoxLayout()
        for words, widget in (("Tag", self.unit), ("with", self.choose_code)):
            self._choices.addWidget(QLabel(words, self))
            self._choices.addWidget(widget)
        self._choices.addStretch(1)

    def _make_buttons(self) -> None:
        self._buttons = QHBoxLayout()
        self.said = QLabel(self)
        self.said.setObjectName("muted")
        cancel = QPushButton("Cancel", self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.go = QPushButton(self)
        self.go.setDefault(True)
        self.go.clicked.connect(self._agree)
        self._buttons.addWidget(self.said, 1)
        self._buttons.addWidget(cancel)
        self._buttons.addWidget(self.go)

    def read(self) -> None:
        """Asks for the passages of the unit that is chosen."""
        self.go.setEnabled(False)
        self.said.setText("Reading the passages…")
        self.read_wanted.emit(Unit(self.unit.currentData()))

    def show_passages(self, read: tuple[Unit, Sequence[Passage]]) -> None:
        """Lists what would be tagged in this unit, unless another was chosen meanwhile."""
        unit, passages = read
        if unit == self.unit.currentData():
            self.model.show_passages(passages, self._tagged(passages))

    def open_picker(self) -> None:
        """Offers every code, and to make a new one."""
        dark = theme.current().dark
        choices = [
            Choice(
                v.code.id,
                v.path.replace("/", " / "),
                v.code.key,
                shade(v.code.colour, dark),
                name=v.code.name,
            )
            for v in self._session.project.codebook.tree()
        ]
        picker = Picker(self, choices, "Tag with which code?", create="Make a new code")
        picker.chosen.connect(lambda ids: self.choose(self._session.codes[ids[0]]))
        picker.created.connect(self.choose)
        picker.open_at(self.choose_code.mapToGlobal(QPoint(0, self.choose_code.height() + 2)))

    def choose(self, code: Code | str) -> None:
        """Takes a code, or the path of one to be made."""
        self.code = code
        name = code.name if isinstance(code, Code) else f"{code} (new)"
        self.choose_code.setText(name.replace("&", "&&"))
        self.choose_code.setIcon(self._swatch(code))
        self.model.set_standing(self._tagged(self.model.all))
        self.go.setFocus()

    def _swatch(self, code: Code | str) -> QIcon:
        if not isinstance(code, Code):
            return theme.icon("add", size=12)
        pixmap = QPixmap(12, 12)
        pixmap.fill(QColor(shade(code.colour, theme.current().dark)))
        return QIcon(pixmap)

    def _tagged(self, passages: Sequence[Passage]) -> set[Passage]:
        if not isinstance(self.code, Code):
            return set()
        return self._session.project.finding.tagged(passages, self.code.id)

    def _tell(self) -> None:
        ticked = len(self.model.ticked)
        parts = []
        if unticked := self.model.rowCount() - ticked - self.model.standing:
            parts.append(f"{unticked:,} unticked")
        if self.model.standing:
            parts.append(f"{self.model.standing:,} tagged already")
        self.said.setText(" · ".join(parts) or "Space unticks a passage.")
        self.go.setText(f"Tag {counted(ticked, 'passage')}")
        self.go.setEnabled(bool(ticked))

    def _agree(self) -> None:
        if self.code is None:
            self.open_picker()
            return
        self.tag_wanted.emit(self.model.ticked, self.code)
        self.accept()


class _List(QListView):
    """A list in which Space unticks what is selected."""

    def __init__(self, passages: Passages, parent: QWidget) -> None:
        super().__init__(parent)
        self._passages = passages

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._passages.tick([index.row() for index in self.selectedIndexes()])
            return
        super().keyPressEvent(event)
