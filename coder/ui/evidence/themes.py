"""The codebook beside the text: themes and codes with their keys and counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QDropEvent, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coder.domain.palette import shade
from coder.domain.text import counted
from coder.project import StepDone
from coder.project.codebook import CodeView
from coder.ui import messages, theme, trees
from coder.ui.evidence.code_menu import CodeMenu
from coder.ui.reader import CODE_MIME
from coder.ui.session import Session

_VIEW = Qt.ItemDataRole.UserRole
SOON_MS = 60
"""How long the tree waits for more to change before it is read again."""

Index = QModelIndex | QPersistentModelIndex


class _Tree(QTreeWidget):
    """A tree whose codes are dragged onto words or under one another. Selected words can be dropped
    on it: `moved` gives a code and its new parent, `taken` the code that words fell on."""

    moved = Signal(str, str)
    taken = Signal(str)

    def mimeTypes(self) -> list[str]:
        return [*super().mimeTypes(), "text/plain"]

    def mimeData(self, items: Sequence[QTreeWidgetItem]) -> QMimeData:
        data = super().mimeData(items)
        data.setData(CODE_MIME, items[0].data(0, _VIEW).code.id.encode())
        return data

    def dropEvent(self, event: QDropEvent) -> None:
        moved = self.currentItem()
        target = self.itemAt(event.position().toPoint())
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if event.source() is not self:
            if target is not None:
                self.taken.emit(_code_id(target))
        elif moved is not None and moved is not target:
            self.moved.emit(
                moved.data(0, _VIEW).code.id, target.data(0, _VIEW).code.id if target else ""
            )


class _CodeDelegate(QStyledItemDelegate):
    """Paints a code: swatch, name, the key that applies it, and how often it is used."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(140, max(26, QFontMetrics(option.font).height() + 9))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view: CodeView = index.data(_VIEW)
        look = theme.current()
        painter.save()
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = option.rect.adjusted(0, 1, -4, -1)
            if option.state & QStyle.StateFlag.State_Selected:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(look.chosen))
                painter.drawRoundedRect(box, 5, 5)
            self._paint(painter, box, option.font, view, look)
        finally:
            painter.restore()

    def _paint(
        self, painter: QPainter, box: QRect, font: QFont, view: CodeView, look: theme.Theme
    ) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(shade(view.code.colour, look.dark)))
        painter.drawRoundedRect(QRect(box.left() + 4, box.center().y() - 5, 10, 10), 2, 2)
        face = QFont(font)
        if view.depth == 0:
            face.setWeight(QFont.Weight.DemiBold)
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.88)
        count = str(view.codings) if view.codings else ""
        painter.setFont(small)
        painter.setPen(QColor(look.muted))
        painter.drawText(box.adjusted(0, 0, -6, 0), Qt.AlignmentFlag.AlignRight | middle, count)
        wide = QFontMetrics(small).horizontalAdvance(count)
        chip = QRect(box.right() - 54, box.center().y() - 9, 18, 18)
        if view.code.key:
            painter.setPen(QColor(look.line))
            painter.setBrush(QColor(look.raised))
            painter.drawRoundedRect(chip, 4, 4)
            painter.setPen(QColor(look.muted))
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, view.code.key)
        painter.setFont(face)
        painter.setPen(QColor(look.text))
        edge = chip.left() if view.code.key else box.right() - 6 - wide
        room = QRect(box.topLeft() + QPoint(20, 0), QPoint(edge - 8, box.bottom()))
        name = QFontMetrics(face).elidedText(
            view.code.name, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | middle, name)


class Themes(QWidget):
    """The tree with a field to find in it and the definition of the chosen code below.

    `applied` gives a code to put on the selection, `adding` asks for a new code.
    """

    applied = Signal(str)
    adding = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.session: Session | None = None
        self._code_menu = CodeMenu(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SOON_MS)
        self._later.timeout.connect(self.refresh)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Find a code")
        self.field.setAccessibleName("Find a code")
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._narrow)
        self.tree = _Tree(self)
        self.tree.setHeaderHidden(True)
        self.tree.setItemDelegate(_CodeDelegate(self.tree))
        self.tree.setIndentation(14)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setUniformRowHeights(True)
        self.tree.setExpandsOnDoubleClick(False)
        self.tree.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.tree.setAccessibleName("Themes and codes")
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._menu)
        self.tree.itemActivated.connect(lambda item: self.applied.emit(_code_id(item)))
        self.tree.currentItemChanged.connect(lambda item, _: self._describe(item))
        self.tree.moved.connect(self._move)
        self.tree.taken.connect(self.applied)
        self._about = QLabel(self)
        self._about.setWordWrap(True)
        self._about.setObjectName("muted")
        self._about.setAlignment(Qt.AlignmentFlag.AlignTop)
        add = QPushButton("Add a code…", self)
        add.setObjectName("flat")
        add.clicked.connect(self.adding)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 10, 6, 8)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self._about)
        layout.addWidget(add)

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self.session = session
        self.refresh()
        if session:
            session.changed.connect(self._changed)

    def refresh(self) -> None:
        """Reads the codebook again."""
        self.show_tree(self.session.project.codebook.tree() if self.session else [])

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {}

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.tree.viewport().update()

    def _changed(self, step: StepDone) -> None:
        if step.touches("codes", "codings") and not self._later.isActive():
            self._later.start()

    def show_tree(self, views: list[CodeView]) -> None:
        """Shows the codebook as it is now, keeping what is chosen and folded."""
        chosen = self.current()
        shown = {_code_id(item): item for item in trees.walk(self.tree)}
        if [v.code.id for v in views] == list(shown) and self._same_shape(views, shown):
            for view in views:
                if shown[view.code.id].data(0, _VIEW) != view:
                    _fill(shown[view.code.id], view)
            self._describe(self.tree.currentItem())
            return
        folded = {one for one, item in shown.items() if item.childCount() and not item.isExpanded()}
        self.tree.clear()
        items: dict[str, QTreeWidgetItem] = {}
        for view in views:
            above = items.get(view.code.parent_id or "")
            item = QTreeWidgetItem(above) if above else QTreeWidgetItem(self.tree)
            _fill(item, view)
            items[view.code.id] = item
        for code_id, item in items.items():
            item.setExpanded(code_id not in folded)
        if chosen in items:
            self.tree.setCurrentItem(items[chosen])
        self._describe(self.tree.currentItem())

    def current(self) -> str:
        """The id of the chosen code, or nothing."""
        item = self.tree.currentItem()
        return _code_id(item) if item else ""

    def _same_shape(self, views: list[CodeView], shown: dict[str, QTreeWidgetItem]) -> bool:
        return all(
            shown[v.code.id].data(0, _VIEW).code.parent_id == v.code.parent_id for v in views
        )

    def _narrow(self, words: str) -> None:
        """Hides what does not match; a code that matches shows those above it too."""
        wanted = words.casefold()
        for item in reversed(list(trees.walk(self.tree))):
            fits = wanted in item.data(0, _VIEW).path.casefold()
            below = any(not child.isHidden() for child in trees.children(item))
            item.setHidden(not (fits or below))

    def _menu(self, place: QPoint) -> None:
        item = self.tree.itemAt(place)
        if item and self.session and _code_id(item) in self.session.codes:
            code = self.session.codes[_code_id(item)]
            self._code_menu.open(
                self.session, code, self.tree.viewport().mapToGlobal(place), self._try
            )

    def _move(self, code_id: str, parent_id: str) -> None:
        session = self.session
        if session is not None:
            code, parent = session.codes[code_id], session.codes.get(parent_id)
            self._try(lambda: session.project.codebook.move(code, parent))

    def _try(self, act: Callable[[], object]) -> object:
        return messages.attempt(self, act)

    def _describe(self, item: QTreeWidgetItem | None) -> None:
        if item is None:
            self._about.clear()
            return
        view: CodeView = item.data(0, _VIEW)
        tags, submissions = counted(view.codings, "tag"), counted(view.submissions, "submission")
        used = f"{tags} in {submissions}." if view.codings else ""
        self._about.setText("\n".join(filter(None, (view.code.definition, used))))


def _code_id(item: QTreeWidgetItem) -> str:
    return str(item.data(0, _VIEW).code.id)


def _fill(item: QTreeWidgetItem, view: CodeView) -> None:
    item.setData(0, _VIEW, view)
    item.setText(0, _spoken(view))
    path = view.path.replace("/", " / ")
    item.setToolTip(0, "\n".join(filter(None, (path, view.code.definition))))


def _spoken(view: CodeView) -> str:
    key = f", key {view.code.key}" if view.code.key else ""
    return f"{view.code.name}{key}, {counted(view.codings, 'tag')}"
