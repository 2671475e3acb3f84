"""The window that finds words in all the evidence as one types, and stays open beside the text."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coder.domain.errors import EvidenceError
from coder.domain.query import Query, parse, parse_typed, without_words
from coder.domain.text import counted
from coder.project.finding import MOST, Found, Hit
from coder.ui import theme
from coder.ui.finding.results import GROUP, HIT, ResultLook, Results
from coder.ui.finding.searcher import Searcher
from coder.ui.session import Session

_RECENT = 6
_SETTLED_MS = 1_500
"""What stays in the field so long without being changed was meant, and is offered again."""

_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}
_EXAMPLES = (
    ("food bank", "both words in one paragraph, in any form"),
    ('"food bank"', "these words together"),
    ("volunt*", "words that begin so"),
    ("bus OR train", "one of them, or both"),
    ("lonely NOT winter", "the one without the other; also lonely -winter"),
    ("lonely NEAR/5 winter", "with at most five words between them"),
    ("hall in:SIC0012", "in one submission"),
    ("hall type:charity", "from one type of respondent"),
    ("hall code:“Places to meet”", "where this code is tagged"),
    ("kind:memo by:Asha", "in memos of one coder; also kind:text, kind:transcript, kind:name"),
)
_WITHOUT_WORDS = (
    "Signs such as emoji, and parts of a sentence in a script without spaces, are not found from"
    " here: Ctrl+F finds them in the document that is open."
)


class FindWindow(QDialog):
    """A field, what was understood, and the places found. `chosen` gives a place to be shown and
    whether to go there, `tag_wanted` the search or the ticked places to be tagged."""

    chosen = Signal(object, bool)
    tag_wanted = Signal(object, list)

    def __init__(self, session: Session, name_of: Callable[[Hit], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Find everywhere")
        self._session = session
        self._query = Query()
        self._recent: list[str] = []
        self.searcher = Searcher(session.project.finding, self)
        self.results = Results(name_of, self)
        self._make_top()
        self._make_list()
        self._make_foot()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(8)
        for widget in (self.field, self.understood, self._middle):
            layout.addWidget(widget)
        layout.setStretchFactor(self._middle, 1)
        layout.addLayout(self._foot)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self._remember)
        self._connect()
        self.resize(520, 680)
        self._show_help()

    def _make_top(self) -> None:
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Find in all texts, transcripts, memos and names")
        self.field.setAccessibleName("Find everywhere")
        self.field.setClearButtonEnabled(True)
        self.understood = QLabel(self)
        self.understood.setObjectName("muted")
        self.understood.setWordWrap(True)
        self.understood.setAccessibleName("What is looked for")

    def _make_list(self) -> None:
        self.list = QListView(self)
        self.list.setModel(self.results)
        self.list.setItemDelegate(ResultLook(self.results, self.list))
        self.list.setAccessibleName("Places found")
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.help = QLabel(self)
        self.help.setWordWrap(True)
        self.help.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.help.setTextFormat(Qt.TextFormat.RichText)
        self.help.setAccessibleName("Examples of what can be typed")
        self.help.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.help.linkActivated.connect(self.search_for)
        self.help.setContentsMargins(2, 8, 2, 2)
        self._middle = QStackedWidget(self)
        self._middle.addWidget(self.help)
        self._middle.addWidget(self.list)

    def _make_foot(self) -> None:
        self.grouping = QCheckBox("By submission", self)
        self.order = QLabel("Best first", self)
        self.order.setObjectName("muted")
        self.grouping.setChecked(True)
        self.grouping.setToolTip("Part the places by submission, or have the best first")
        self.count = QLabel(self)
        self.count.setAccessibleName("How much was found")
        self.tag_all = QPushButton("Tag all…", self)
        self.tag_all.setAutoDefault(False)
        self.tag_all.setToolTip(
            "See each passage before it is tagged (Ctrl+Enter). Space ticks single places."
        )
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.count, 1)
        self._foot.addWidget(self.order)
        self._foot.addWidget(self.grouping)
        self._foot.addWidget(self.tag_all)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._choose(index, go=False))
        self.list.doubleClicked.connect(self._go_to)
        self.grouping.toggled.connect(self._group)
        self.tag_all.clicked.connect(self._want_tags)
        self.results.ticked_changed.connect(self._tell_ticked)
        self.searcher.found.connect(self._show_found)
        self.searcher.failed.connect(self._tell_failure)
        self._session.changed.connect(lambda _: self._look_again())
        self._session.sight_changed.connect(self._look_again)

    def enter(self, words: str = "") -> None:
        """Shows the window, with these words in the field where there are any."""
        if words:
            self.field.setText(words)
        self.show()
        self.raise_()
        self.activateWindow()
        self.field.selectAll()
        self.field.setFocus()

    def search_for(self, typed: str) -> None:
        """Puts a search into the field."""
        self.field.setText(typed)
        self.field.setFocus()

    def close_down(self) -> None:
        """Ends what is being searched, for good."""
        self.searcher.close()
        self.close()

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self._show_help()
        self.list.viewport().update()

    # Below: how it searches

    def _search(self) -> None:
        """Looks for what is in the field, as far as it has been typed."""
        typed = self.field.text()
        self._settled.start()
        said = ""
        try:
            self._query = parse_typed(typed)
        except EvidenceError as problem:
            self.searcher.stop()
            self._tell_failure(problem)
            return
        try:
            parse(typed)
        except EvidenceError as problem:
            said = str(problem)
        if not self._query:
            self.searcher.stop()
            self.results.show_found(None)
            self._show_help()
            return
        self.understood.setText(said or self._query.described())
        self.searcher.look(self._query, self._session.sight)

    def _look_again(self) -> None:
        """Searches once more, since the evidence or what may be seen of it has changed."""
        if self.isVisible() and self._query:
            self.searcher.look(self._query, self._session.sight)

    def _show_found(self, found: Found) -> None:
        self._middle.setCurrentWidget(self.list)
        self._keeping_place(lambda: self.results.show_found(found))
        self.count.setText(_counted(found))
        if not found.count and not found.names and without_words(self.field.text()):
            self.understood.setText(_WITHOUT_WORDS)
        self._tell_ticked()

    def _keeping_place(self, act: Callable[[], None]) -> None:
        """Changes the list, with the same place chosen in it before and after."""
        index, top = self.list.currentIndex(), self.list.verticalScrollBar().value()
        chosen = index.data(HIT) or index.data(GROUP)
        act()
        row = self.results.row_of(chosen)
        self.list.setCurrentIndex(self.results.index(row if row >= 0 else self.results.first()))
        if row >= 0:
            self.list.verticalScrollBar().setValue(top)

    def _tell_failure(self, problem: Exception) -> None:
        self._query = Query()
        self.results.show_found(None)
        self.understood.setText(
            str(problem) if isinstance(problem, EvidenceError) else f"It failed: {problem}"
        )
        self.count.clear()
        self._tell_ticked()

    def _show_help(self) -> None:
        look = theme.current()
        rows = "".join(
            f"<tr><td style='padding:3px 14px 3px 0'><a style='color:{look.accent};"
            f" text-decoration:none' href='{escape(typed)}'>{escape(typed)}</a></td>"
            f"<td style='padding:3px 0; color:{look.muted}'>{escape(what)}</td></tr>"
            for typed, what in _EXAMPLES
        )
        recent = " · ".join(
            f"<a style='color:{look.accent}; text-decoration:none' href='{escape(one)}'>"
            f"{escape(one)}</a>"
            for one in self._recent
        )
        lately = f"<p><b>Lately</b><br>{recent}</p>" if recent else ""
        self.help.setText(f"{lately}<p><b>What can be typed</b></p><table>{rows}</table>")
        if not self.field.text().strip():
            self.understood.clear()
            self._middle.setCurrentWidget(self.help)
            self.count.clear()
            self._tell_ticked()

    def _remember(self) -> None:
        typed = self.field.text().strip()
        if typed and self._query:
            others = [one for one in self._recent if one != typed]
            self._recent = [typed, *others][:_RECENT]
            self._show_help()

    def _group(self, grouped: bool) -> None:
        self._keeping_place(lambda: self.results.set_grouped(grouped=grouped))
        self.list.scrollTo(self.list.currentIndex())

    def _tell_ticked(self) -> None:
        ticked = len(self.results.ticked)
        self.tag_all.setText(f"Tag {ticked:,} ticked…" if ticked else "Tag all…")
        self.tag_all.setEnabled(self.results.rowCount() > 0)

    def _want_tags(self) -> None:
        if self.tag_all.isEnabled():
            self._remember()
            self.tag_wanted.emit(self._query, self.results.ticked)

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(watched, event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if control:
                self._want_tags()
            else:
                self._remember()
                self._choose(self.list.currentIndex(), go=True)
            return True
        if key == Qt.Key.Key_Space and (control or watched is self.list):
            if self.list.currentIndex().isValid():
                self.results.tick(self.list.currentIndex())
            return True
        opens = {Qt.Key.Key_Left: False, Qt.Key.Key_Right: True}.get(Qt.Key(key))
        if watched is self.list and opens is not None:
            self._fold(opened=opens)
            return True
        step = _STEPS.get(Qt.Key(key))
        if watched is self.field and step is not None:
            self._step(step)
            return True
        return False

    def _step(self, by: int) -> None:
        """Goes so many places on, or back, past headings."""
        row, left, way = self.list.currentIndex().row(), abs(by), 1 if by > 0 else -1
        found = row
        while left and 0 <= row + way < self.results.rowCount():
            row += way
            if self.results.index(row).data(HIT) is not None:
                found, left = row, left - 1
        self.list.setCurrentIndex(self.results.index(found))

    def _fold(self, *, opened: bool) -> None:
        """Opens or folds the heading that is chosen; from a place, goes to its heading."""
        row = self.list.currentIndex().row()
        group = self.results.index(row).data(GROUP)
        if group is not None:
            if group.folded is opened:
                self._keeping_place(lambda: self.results.fold(group))
            return
        while row >= 0 and not opened:
            if self.results.index(row).data(GROUP) is not None:
                self.list.setCurrentIndex(self.results.index(row))
                return
            row -= 1

    def _choose(self, index: QModelIndex, *, go: bool) -> None:
        hit, group = index.data(HIT), index.data(GROUP)
        if hit is not None:
            self.chosen.emit(hit, go)
        elif group is not None:
            self._keeping_place(lambda: self.results.fold(group))

    def _go_to(self, index: QModelIndex) -> None:
        if index.data(HIT) is not None:
            self._choose(index, go=True)


def _counted(found: Found) -> str:
    """How much was found, as far as it is known."""
    if not found.count and not found.names:
        return "Nothing found."
    said = counted(found.count, "place")
    if found.per_submission:
        said += f" in {counted(len(found.per_submission), 'submission')}"
    if found.count > MOST and len(found.hits) == MOST:
        said += f"; the first {MOST:,} are listed"
    if found.names:
        said += f", {counted(len(found.names), 'name')}"
    return said
