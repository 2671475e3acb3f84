"""The tags of the document that is shown, in a list: to go to them, and to change many at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from coder.domain.codes import lineage
from coder.domain.model import Coding
from coder.domain.text import counted
from coder.project import StepDone
from coder.ui.evidence.desk import Desk
from coder.ui.evidence.tagging import Tagging
from coder.ui.evidence.tags_look import TagLook, row_height
from coder.ui.evidence.tags_model import TagsModel, searched
from coder.ui.session import Session

if TYPE_CHECKING:
    from coder.ui.window import Window

ALL, OF_CODE, AT_CARET, MINE, MARKED, WITH_MEMO = range(6)
_WHICH = ("All tags", "Of the chosen code", "At the caret", "Mine", "Marked for use", "With a memo")
KEYS = (
    *("tag-again", "retag", "memo", "mark", "sensitive", "join-tags", "untag"),
    *("end-later", "end-earlier", "start-later", "start-earlier"),
)
"""The acts of the text whose keys work in the list too."""

_MENU = (
    *("retag", "memo", "mark", "sensitive", "join-tags", ""),
    *("copy-cited", "basket-add", "", "untag"),
)
_EMPTY = "No tags in this document yet.\n\nSelect words in the text and press Enter to tag them."
_EMPTY_OF_MINE = (
    "No tags of yours in this document yet; others’ are hidden.\n\nSelect words in the text and"
    " press Enter to tag them."
)
_NO_TEXT = "Choose a document to see its tags."
_CHOOSE = (
    QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Current
)


class _Lines(QTableView):
    """A list in which letters are commands and do not look for a row. It is a table of one column,
    since Qt lays out the whole of a list anew whenever a row comes or goes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lines")
        self.setItemDelegate(TagLook(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit_rows()

    def keyboardSearch(self, search: str) -> None:
        del search

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isprintable() and event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and the last row, not to those of a column."""
        ends = (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd)
        if action in ends:
            modifiers |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, modifiers)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_rows()

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(row_height(self.font()))


class TagsPanel(QWidget):
    """The list with a field and a choice of which tags stand in it. It leads the text and follows
    it: a row that is chosen has its passage selected, and the tag at the caret its row."""

    def __init__(self, desk: Desk, tagging: Tagging, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._desk = desk
        self._session: Session | None = None
        self._stale = True
        self._at_work = False
        self._leading = False
        self.chosen_code: Callable[[], str] = str
        self.model = TagsModel(self)
        self._make()
        tagging.tags.in_list = self.chosen
        tagging.tags.leave_list = self.leave
        desk.tags_changed.connect(self._tags_changed)
        desk.document_shown.connect(self._document_shown)
        desk.tag_shown.connect(self._follow)
        desk.reader.selection_changed.connect(lambda *_: self._caret_moved())
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _make(self) -> None:
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Words of code, passage or memo")
        self.field.setAccessibleName("Find among the tags of this document")
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(lambda _: self.refresh())
        self.which = QComboBox(self)
        self.which.addItems(list(_WHICH))
        self.which.setAccessibleName("Which tags are listed")
        self.which.currentIndexChanged.connect(lambda _: self.refresh())
        self.list = _Lines(self)
        self.list.setModel(self.model)
        self.list.setAccessibleName("Tags of this document")
        self.list.customContextMenuRequested.connect(self._menu)
        self.list.activated.connect(lambda _: self._desk.reader.setFocus())
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._lead())
        self._empty = QLabel(_NO_TEXT, self)
        self._empty.setObjectName("muted")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._count = QLabel(self)
        self._count.setObjectName("muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 10, 6, 8)
        layout.setSpacing(6)
        for widget in (self.field, self.which):
            layout.addWidget(widget)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._count)

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self._session = self.model.session = session
        self.refresh()
        if session:
            session.changed.connect(self._changed)

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {"to-tags": self.go_to}

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.list.viewport().update()

    def go_to(self) -> None:
        """Brings the list up and goes to the row of the tag at the caret, or to the first."""
        window = cast("Window", self.window())
        window.go_to_place(0)
        window.evidence.side.go_to(self, self.list)
        if not self.list.currentIndex().isValid() and self.model.rows:
            self.list.selectionModel().setCurrentIndex(self.model.index(0), _CHOOSE)

    def chosen(self) -> list[Coding]:
        """The tags chosen here while somebody is at work here, in the order of the text."""
        if not self._at_work or not self.isVisible():
            return []
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.model.rows[row] for row in rows]

    def leave(self) -> None:
        """Lets acts go to the tag at the caret again."""
        self._at_work = False

    def refresh(self) -> None:
        """Reads the tags of the document anew, as far as they are to be listed."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        chosen = {coding.id for coding in self.chosen()}
        self._leading = True
        self.model.show(filter(self._wanted(), self._desk.codings.values()))
        for row in filter(lambda row: row >= 0, map(self.model.row_of, chosen)):
            self.list.selectionModel().select(
                self.model.index(row), QItemSelectionModel.SelectionFlag.Select
            )
        self._leading = False
        if not self._at_work and self._desk.bar.coding:
            self._follow(self._desk.bar.coding.id)
        self._tell()

    def _wanted(self) -> Callable[[Coding], bool]:
        """Whether a tag is to be listed."""
        session, which = self._session, self.which.currentIndex()
        if session is None:
            return lambda _: False
        words = self.field.text().casefold().split()
        family = self._family(session) if which == OF_CODE else set()
        here = set(self._here()) if which == AT_CARET else set()
        asked: dict[int, Callable[[Coding], bool]] = {
            ALL: lambda _: True,
            OF_CODE: lambda coding: coding.code_id in family,
            AT_CARET: lambda coding: coding.id in here,
            MINE: session.is_mine,
            MARKED: lambda coding: coding.marked,
            WITH_MEMO: lambda coding: bool(coding.memo),
        }
        fits = asked[which]
        if not words:
            return fits
        return lambda coding: (
            fits(coding) and all(word in searched(session, coding) for word in words)
        )

    def _family(self, session: Session) -> set[str]:
        """The code chosen among the themes and those below it."""
        top, codes = self.chosen_code(), session.codes
        return {one for one in codes if any(code.id == top for code in lineage(one, codes))}

    def _here(self) -> list[str]:
        start, end = self._desk.reader.selection()
        behind = self._desk.reader.ids_at(start - 1) if start == end and start else []
        return self._desk.reader.ids_at(start) or behind

    def _tags_changed(self, ids: tuple[str, ...]) -> None:
        if not self.isVisible():
            self._stale = True
            return
        if not ids or self.which.currentIndex() == AT_CARET:
            self.refresh()
            return
        fits = self._wanted()
        self._leading = True
        for one in ids:
            coding = self._desk.codings.get(one)
            self.model.change(one, coding if coding and fits(coding) else None)
        self._leading = False
        self._choose_again()
        self._tell()

    def _choose_again(self) -> None:
        """Chooses the row that came in the place of one that has gone, while one works here."""
        current = self.list.currentIndex()
        if self._at_work and current.isValid() and not self.list.selectionModel().hasSelection():
            self.list.selectionModel().setCurrentIndex(current, _CHOOSE)

    def _document_shown(self) -> None:
        self._at_work = self._at_work and self.list.hasFocus()
        self.list.selectionModel().clear()
        self.refresh()

    def _changed(self, step: StepDone) -> None:
        if step.touches("codes", "coders") and self.isVisible():
            self.model.recolour()

    def _caret_moved(self) -> None:
        if self.which.currentIndex() == AT_CARET and self.isVisible() and not self._leading:
            self.refresh()

    def _follow(self, coding_id: str) -> None:
        """Goes to the row of the tag at the caret."""
        if self._leading or self._at_work or self._stale:
            return
        row = self.model.row_of(coding_id)
        self._leading = True
        if row >= 0:
            self.list.selectionModel().setCurrentIndex(self.model.index(row), _CHOOSE)
        else:
            self.list.selectionModel().clear()
        self._leading = False
        self._tell()

    def _lead(self) -> None:
        """Selects the passage of the row that was chosen last."""
        if self._leading:
            return
        current = self.list.currentIndex()
        if current.isValid() and self.list.selectionModel().isSelected(current):
            coding = self.model.rows[current.row()]
            self._leading = True
            self._desk.reader.select(coding.start, coding.end)
            self._desk.show_coding(coding.id)
            self._leading = False
        self._tell()

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is self.list:
            self._at_work = True
        elif now is not None and self._desk.isAncestorOf(now):
            self._at_work = False

    def _tell(self) -> None:
        """Says how many tags there are, are listed and are chosen; or why there are none."""
        listed, every = len(self.model.rows), len(self._desk.codings)
        self.list.setVisible(bool(listed))
        self._empty.setVisible(not listed)
        if not listed:
            self._empty.setText(self._why_empty(every))
        chosen = len(self.list.selectionModel().selectedRows())
        told = counted(every, "tag") if listed == every else f"{listed:,} of {every:,} tags"
        self._count.setText(f"{told} · {chosen:,} chosen" if chosen > 1 else told)

    def _why_empty(self, every: int) -> str:
        if self._desk.document is None:
            return _NO_TEXT
        if not every:
            return _EMPTY if self._sees_all() else _EMPTY_OF_MINE
        if self.which.currentIndex() == OF_CODE and not self.chosen_code():
            return "Choose a code under Themes (F8) first."
        return "No tag of this document matches."

    def _sees_all(self) -> bool:
        session, document = self._session, self._desk.document
        return session is None or document is None or session.sees_others_in(document.id)

    def _menu(self, place: QPoint) -> None:
        """Offers what can be done with the chosen tags."""
        if not self.chosen():
            return
        registry = cast("Window", self.window()).registry
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in _MENU:
            if name:
                menu.addAction(registry[name])
            else:
                menu.addSeparator()
        menu.popup(self.list.viewport().mapToGlobal(place))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale or self.which.currentIndex() == OF_CODE:
            self.refresh()
