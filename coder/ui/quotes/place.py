"""The quotes place: every coded passage, narrowed by theme, permission and words, in context."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coder.domain.model import Quote, QuoteFilter
from coder.domain.palette import shade
from coder.domain.sight import Others
from coder.domain.text import counted
from coder.project import StepDone
from coder.project.codebook import CodeView
from coder.ui import clipboard, theme, trees
from coder.ui.elided import Elided
from coder.ui.names import PERMISSIONS, TYPES
from coder.ui.quotes.basket import BasketPanel
from coder.ui.quotes.beside import Beside
from coder.ui.quotes.cards import QUOTE, QuoteDelegate, QuoteModel
from coder.ui.quotes.preview import Preview
from coder.ui.session import Session

_VIEW = Qt.ItemDataRole.UserRole


class QuotesPlace(QWidget):
    """The list of quotes with its filters and the chosen one in context. `jump` opens a passage in
    the evidence place: submission, document, start, end."""

    jump = Signal(str, str, int, int)
    play_wanted = Signal(str, str, int, int)
    pack_wanted = Signal()
    basket_pack_wanted = Signal(str)
    note = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.session: Session | None = None
        self._stale = True
        self.model = QuoteModel(self)
        self.preview = Preview(self)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self._make_filters())
        split.addWidget(self._make_list())
        self.basket = BasketPanel(self)
        self.beside = Beside(self.preview, self.basket, self)
        split.addWidget(self.beside)
        for pane in (1, 2):
            split.setStretchFactor(pane, 1)
        split.setSizes([250, 430, 600])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
        self.split = split
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(120)
        self._later.timeout.connect(self.refresh)
        self.preview.jump.connect(self._jump)
        self.preview.play.connect(self._play)
        self.preview.copy.connect(self.copy_cited)
        self.basket.note.connect(self.note)
        self.basket.jump.connect(self.jump)
        self.basket.pack_wanted.connect(self.basket_pack_wanted)
        self.basket.shown.connect(lambda quote: self.preview.show_quote(quote, self.session))

    def _make_filters(self) -> QWidget:
        panel = QWidget(self)
        panel.setObjectName("panel")
        self.words = QLineEdit(panel)
        self.words.setPlaceholderText("Words in the quote or memo")
        self.words.setAccessibleName("Words in the quote or memo")
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(lambda _: self._later.start())
        self.words.returnPressed.connect(self._to_list)
        self.every = QCheckBox("Only passages with all ticked codes", panel)
        self.marked = QCheckBox("Only marked for use", panel)
        for box in (self.every, self.marked):
            box.toggled.connect(lambda _: self.refresh())
        self.tree = QTreeWidget(panel)
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(14)
        self.tree.setAccessibleName("Filter by theme")
        self.tree.itemChanged.connect(lambda *_: self._later.start())
        self.types = _combo(panel, "Type")
        self.permissions = _combo(panel, "Permission")
        self.coders = _combo(panel, "Coder")
        for combo, names in ((self.types, TYPES), (self.permissions, PERMISSIONS)):
            _offer(combo, {str(one): words for one, words in names.items()})
        for combo in (self.types, self.permissions, self.coders):
            combo.currentIndexChanged.connect(lambda _: self.refresh())
        clear = QPushButton("Clear all filters", panel)
        clear.setObjectName("flat")
        clear.clicked.connect(self.clear)
        layout = QVBoxLayout(panel)
        layout.setContentsMargins(10, 10, 8, 8)
        layout.setSpacing(6)
        heading = QLabel("Themes", panel)
        heading.setObjectName("section")
        layout.addWidget(self.words)
        layout.addWidget(heading)
        layout.addWidget(self.tree, 1)
        for widget in (self.every, self.marked, self.types, self.permissions, self.coders, clear):
            layout.addWidget(widget)
        return panel

    def _make_list(self) -> QWidget:
        middle = QWidget(self)
        middle.setObjectName("page")
        middle.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        middle.setMinimumWidth(340)
        self._count = Elided("", middle)
        self._count.setObjectName("heading")
        self._order = QComboBox(middle)
        self._order.addItems(["By reference", "By theme"])
        self._order.setAccessibleName("Order of the quotes")
        self._order.currentIndexChanged.connect(lambda _: self.refresh())
        self.export = QPushButton("Export quote pack…", middle)
        self.export.setObjectName("primary")
        self.export.clicked.connect(self.pack_wanted)
        row = QHBoxLayout()
        row.addWidget(self._order)
        row.addStretch(1)
        row.addWidget(self.export)
        self.list = QListView(middle)
        self.list.setModel(self.model)
        self.list.setItemDelegate(QuoteDelegate(self.list))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName("Quotes")
        self.list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.list.setDragEnabled(True)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.activated.connect(lambda index: self._jump(index.data(QUOTE)))
        self._empty = QLabel(middle)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setObjectName("muted")
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(20, 14, 12, 4)
        layout.addWidget(self._count)
        layout.addLayout(row)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._empty, 1)
        return middle

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self.session = session
        self.preview.show_quote(None, None)
        self.basket.open_session(session)
        if session:
            session.changed.connect(self._changed)
            session.sight_changed.connect(self._sight_changed)
        self._stale = True
        if self.isVisible():
            self.enter()

    def enter(self) -> None:
        """Comes into view: reads what has changed meanwhile."""
        if self._stale:
            self._fill_filters(self._ticked())
            self.refresh()
        self.list.setFocus()

    def wanted(self) -> QuoteFilter:
        """What the filters ask for now."""
        one = lambda combo: (combo.currentData(),) if combo.currentData() else ()  # noqa: E731
        return QuoteFilter(
            codes=tuple(self._ticked()),
            every=self.every.isChecked(),
            types=one(self.types),
            permissions=one(self.permissions),
            coders=one(self.coders),
            text=self.words.text().strip(),
            marked=self.marked.isChecked(),
            **self._sight(),
        )

    def narrow_to(self, wanted: QuoteFilter) -> None:
        """Sets the filters, as far as what they name is still there."""
        self.words.setText(wanted.text)
        self.every.setChecked(wanted.every)
        self.marked.setChecked(wanted.marked)
        if wanted.codes or wanted.coders:
            self._fill_filters(list(wanted.codes))
        else:  # they are filled when the place comes into view
            self.tree.clear()
        for combo, values in (
            (self.types, wanted.types),
            (self.permissions, wanted.permissions),
            (self.coders, wanted.coders),
        ):
            combo.setCurrentIndex(max(0, combo.findData(values[0]) if values else 0))

    def refresh(self) -> None:
        """Asks for the quotes again and shows them."""
        if self.session is None:
            return
        self._stale = False
        chosen = self.list.currentIndex().data(QUOTE)
        quotes = self.session.project.quotes.select(self.wanted())
        if self._order.currentIndex() == 1:
            order = {v.path: i for i, v in enumerate(self.session.project.codebook.tree())}
            quotes.sort(key=lambda quote: order[quote.code])
        dark = theme.current().dark
        colours = {c.id: shade(c.colour, dark) for c in self.session.codes.values()}
        self.model.show(quotes, colours)
        told = " · ".join(filter(None, (_summary(quotes), self.unseen())))
        self._count.setText(told if quotes else "")
        self.list.setVisible(bool(quotes))
        self._empty.setVisible(not quotes)
        self._empty.setText(
            "No passage matches these filters."
            if self.wanted() != QuoteFilter(**self._sight())
            else "Nothing of your own has been tagged yet, and others’ tags are hidden"
            " (Ctrl+Shift+H shows them)."
            if self.session.others is Others.HIDDEN
            else "Nothing has been tagged yet. Tag passages in Evidence (Ctrl+1);"
            " they will appear here."
        )
        self.export.setEnabled(bool(quotes))
        if chosen:
            place = next((i for i, q in enumerate(quotes) if q.id == chosen.id), 0)
            self.list.setCurrentIndex(self.model.index(place))
        elif quotes:
            self.list.setCurrentIndex(self.model.index(0))
        else:
            self.preview.show_quote(None, None)

    def clear(self) -> None:
        """Takes all filters away."""
        self.words.clear()
        for box in (self.every, self.marked):
            box.setChecked(False)
        for combo in (self.types, self.permissions, self.coders):
            combo.setCurrentIndex(0)
        self._fill_tree(ticked=[])
        self.refresh()

    def find_words(self) -> None:
        """Goes to the field that narrows the list by words."""
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def copy_cited(self) -> None:
        """Puts the chosen quote with its citation on the clipboard."""
        quote: Quote | None = self.list.currentIndex().data(QUOTE)
        if quote is None or self.session is None:
            return
        project = self.session.project
        words = project.quotes.cited(project.document(quote.document_id), quote.start, quote.end)
        clipboard.put_quote(words)
        self.note.emit(f"Copied: {words[words.rindex('”') + 2 :]}")

    def at_hand(self) -> list[Quote]:
        """The quotes chosen in the list, in its order."""
        rows = sorted(index.row() for index in self.list.selectedIndexes())
        return [self.model.quotes[row] for row in rows]

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.basket.restyle()
        self._stale = True
        if self.isVisible():
            self.enter()

    def _to_list(self) -> None:
        """Shows what the words let through at once, and goes there."""
        self._later.stop()
        self.refresh()
        self.list.setFocus()

    def _changed(self, step: StepDone) -> None:
        if step.touches("codings", "codes", "submissions", "documents", "coders"):
            self._stale = True
            if self.isVisible():
                self._later.start()

    def _sight_changed(self) -> None:
        """Leaves out, or shows again, what others tagged and the person at work does not see."""
        self._stale = True
        if self.isVisible():
            self.enter()

    def _sight(self) -> dict[str, Any]:
        """What of a filter says whose tags the person at work does not see."""
        session = self.session
        if session is None or session.sight.whole:
            return {}
        return {"blind_to" if session.blind else "hidden_to": session.project.coder.id}

    def unseen(self) -> str:
        """Whose tags are neither listed here nor in a pack made from here, as a sentence's part;
        empty where everybody's are seen."""
        if self.session is None or self.session.sight.whole:
            return ""
        if self.session.others is Others.HIDDEN:
            return "only yours: others’ tags are hidden"
        return "blind: without others’ tags in documents that you have not declared coded"

    def _fill_filters(self, ticked: list[str]) -> None:
        if self.session is None:
            return
        self._fill_tree(ticked)
        chosen = self.coders.currentData()
        self.coders.blockSignals(True)
        _offer(self.coders, {name: name for name in self.session.project.people()})
        self.coders.setCurrentIndex(max(0, self.coders.findData(chosen)))
        self.coders.blockSignals(False)

    def _fill_tree(self, ticked: list[str]) -> None:
        if self.session is None:
            return
        self.tree.blockSignals(True)
        self.tree.clear()
        items: dict[str, QTreeWidgetItem] = {}
        views = self.session.project.codebook.tree(self.session.sight)
        tags = _with_those_below(views)
        for view in views:
            above = items.get(view.code.parent_id or "")
            item = QTreeWidgetItem(above) if above else QTreeWidgetItem(self.tree)
            count = f"  ({tags[view.code.id]})" if tags[view.code.id] else ""
            item.setText(0, view.code.name + count)
            item.setToolTip(0, view.code.definition or view.path)
            item.setData(0, _VIEW, view)
            on = view.code.id in ticked
            item.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            items[view.code.id] = item
        self.tree.expandAll()
        self.tree.blockSignals(False)

    def _ticked(self) -> list[str]:
        views: list[CodeView] = [
            item.data(0, _VIEW)
            for item in trees.walk(self.tree)
            if item.checkState(0) is Qt.CheckState.Checked
        ]
        return [view.code.id for view in views]

    def _chosen(self, current: QModelIndex, previous: QModelIndex) -> None:
        self.preview.show_quote(current.data(QUOTE), self.session)

    def _jump(self, quote: Quote | None) -> None:
        if quote:
            self.jump.emit(quote.submission_id, quote.document_id, quote.start, quote.end)

    def _play(self, quote: Quote | None) -> None:
        if quote:
            where = (quote.submission_id, quote.document_id, quote.start, quote.end)
            self.play_wanted.emit(*where)


def _combo(parent: QWidget, name: str) -> QComboBox:
    combo = QComboBox(parent)
    combo.setAccessibleName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.currentTextChanged.connect(combo.setToolTip)
    combo.addItem(f"{name}: any", "")
    return combo


def _offer(combo: QComboBox, names: dict[str, str]) -> None:
    """Lets one choose among these values, or any, each said with the name of the filter."""
    while combo.count() > 1:
        combo.removeItem(1)
    for value, words in names.items():
        combo.addItem(f"{combo.accessibleName()}: {words}", value)


def _summary(quotes: list[Quote]) -> str:
    """How many tags there are, on how many passages: a pack counts each passage once."""
    passages = len({(quote.document_id, quote.start, quote.end) for quote in quotes})
    submissions = len({quote.submission_id for quote in quotes})
    return (
        f"{counted(len(quotes), 'tag')} on {counted(passages, 'passage')}"
        f" from {counted(submissions, 'submission')}"
    )


def _with_those_below(views: list[CodeView]) -> dict[str, int]:
    """How many tags each code has together with the codes below it, by id."""
    tags = {view.code.id: view.codings for view in views}
    for view in reversed(views):
        if view.code.parent_id in tags:
            tags[view.code.parent_id] += tags[view.code.id]
    return tags
