"""The page on the consistency of the codebook in use: nothing yet, a look under way, or what was
found."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coder.domain.dates import moment_shown
from coder.jobs import Progress
from coder.project.consistency import KIND_NAMES, Finding, Judged, Kind, Look, Passage
from coder.ui.audit.consistency_list import JUDGED, ConsistencyDelegate, ConsistencyModel
from coder.ui.audit.consistency_view import ConsistencyView
from coder.ui.audit.parts import Outdated, Waiting, copy_cited, put_in_middle
from coder.ui.session import Session

_OPEN, _DISMISSED, _EVERY = "open", "dismissed", "every"
_KIND = Qt.ItemDataRole.UserRole


class ConsistencyPage(QWidget):
    """Shows what is odd about the codebook in use. `look_wanted` asks to look, `stop_wanted` to
    leave off, `save_wanted` for a file, `dismiss_wanted`, `restore_wanted`, `recode_wanted` (a
    coding's id) and `define_wanted` (a code's) for what they say; `jump` opens a passage:
    submission, document, start, end."""

    look_wanted = Signal()
    stop_wanted = Signal()
    save_wanted = Signal()
    dismiss_wanted = Signal()
    restore_wanted = Signal()
    recode_wanted = Signal(str)
    define_wanted = Signal(str)
    jump = Signal(str, str, int, int)
    note = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.session: Session | None = None
        self.found: Look | None = None
        self.model = ConsistencyModel(self)
        self._stack = QStackedWidget(self)
        self._start, self._shown = (QWidget(self) for _ in range(2))
        self._wait = Waiting("Progress of the look", self)
        self._wait.stop_wanted.connect(self.stop_wanted)
        self.stop = self._wait.stop
        self._make_start()
        self._make_shown()
        for page in (self._start, self._wait, self._shown):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    # Its three faces

    def _make_start(self) -> None:
        page = self._start
        title = QLabel("Does every tag mean the same?", page)
        title.setObjectName("heading")
        words = QLabel(
            "Looks through all tags for what a reviewer should see: the same words tagged"
            " differently, codes whose use drifts or that always go together, codes without a"
            " definition, and more.\nNothing is changed. What is as it should be you dismiss with"
            " a reason.",
            page,
        )
        words.setWordWrap(True)
        words.setMaximumWidth(560)
        self.look = QPushButton("Look through all tags", page)
        self.look.setObjectName("primary")
        self.look.clicked.connect(self.look_wanted)
        column = QVBoxLayout()
        column.setSpacing(12)
        for widget in (title, words, self.look):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        put_in_middle(page, column)

    def _make_shown(self) -> None:
        page = self._shown
        head, filters, findings = self._make_head(), self._make_filters(), self._make_list()
        self.view = ConsistencyView(page)
        self.view.jump.connect(self._go)
        self.view.dismiss.connect(self.dismiss_wanted)
        self.view.restore.connect(self.restore_wanted)
        self.view.recode.connect(self.recode_wanted)
        self.view.define.connect(self.define_wanted)
        split = self.split = QSplitter(Qt.Orientation.Horizontal, page)
        split.addWidget(filters)
        split.addWidget(findings)
        split.addWidget(self.view)
        split.setStretchFactor(2, 1)
        split.setSizes([250, 340, 620])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(split, 1)

    def _make_head(self) -> QWidget:
        head = QWidget(self._shown)
        title = QLabel("Consistency", head)
        title.setObjectName("heading")
        self._summary = QLabel(head)
        self._summary.setObjectName("muted")
        self._summary.setWordWrap(True)
        self.again = QPushButton("Look again", head)
        self.again.clicked.connect(self.look_wanted)
        self.save = QPushButton("Save the list…", head)
        self.save.clicked.connect(self.save_wanted)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(title)
        words.addWidget(self._summary)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addWidget(self.save)
        row.addWidget(self.again)
        said = "Something has been changed since this was looked at."
        self.changed = Outdated(said, "Look again", head)
        self.changed.renew_wanted.connect(self.look_wanted)
        layout = QVBoxLayout(head)
        layout.setContentsMargins(20, 14, 14, 10)
        layout.addLayout(row)
        layout.addWidget(self.changed)
        return head

    def _make_filters(self) -> QWidget:
        side = QWidget(self._shown)
        side.setMinimumWidth(210)
        self.states = _box(side, "Dismissed or not")
        for name, state in (("Open", _OPEN), ("Dismissed", _DISMISSED), ("All", _EVERY)):
            self.states.addItem(name, state)
        self.codes = _box(side, "About which code")
        self.coders = _box(side, "About whose tags")
        for box in (self.states, self.codes, self.coders):
            box.currentIndexChanged.connect(lambda _: self._narrow())
        self.kinds = QListWidget(side)
        self.kinds.setObjectName("contents")
        self.kinds.setAccessibleName("Kinds of findings")
        self.kinds.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.kinds.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.kinds.currentRowChanged.connect(lambda _: self._list())
        layout = QVBoxLayout(side)
        layout.setContentsMargins(20, 0, 10, 8)
        for box in (self.states, self.codes, self.coders):
            layout.addWidget(box)
        layout.addSpacing(6)
        layout.addWidget(self.kinds, 1)
        return side

    def _make_list(self) -> QWidget:
        side = QWidget(self._shown)
        side.setMinimumWidth(250)
        self.words = QLineEdit(side)
        self.words.setPlaceholderText("Words in findings and passages")
        self.words.setAccessibleName("Words in findings and passages")
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(lambda _: self._narrow())
        self.list = QListView(side)
        self.list.setModel(self.model)
        self.list.setItemDelegate(ConsistencyDelegate(self.list))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName("Findings")
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.activated.connect(lambda _: self._go(self.view.first()))
        self._none = QLabel(side)
        self._none.setWordWrap(True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.setObjectName("muted")
        layout = QVBoxLayout(side)
        layout.setContentsMargins(10, 0, 6, 6)
        layout.addWidget(self.words)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._none, 1)
        return side

    # What it is told

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self.session = session
        self.found = None
        self.model.show([])
        self.view.show_finding(None, None)
        self._stack.setCurrentWidget(self._start)

    def enter(self) -> None:
        """Comes into view: the focus goes to what is to be done next."""
        shown = self._stack.currentWidget()
        if shown is self._shown:
            self.list.setFocus()
        elif shown is self._start:
            self.look.setFocus()

    def begin(self) -> None:
        """Shows that a look has begun."""
        self._wait.begin("Looking through all tags")
        self._stack.setCurrentWidget(self._wait)
        self.stop.setFocus()

    def progress(self, progress: Progress) -> None:
        """Shows how far it is."""
        self._wait.say(progress.label)
        self._wait.advance(progress)

    def give_up(self) -> None:
        """Goes back to what was shown before a look that came to nothing."""
        self._stack.setCurrentWidget(self._shown if self.found else self._start)
        self.enter()

    def show_found(self, found: Look) -> None:
        """Shows what was found."""
        self.changed.hide()
        self.again.show()
        self.judge(found)
        self._stack.setCurrentWidget(self._shown)
        if self.isVisible():
            self.enter()

    def judge(self, found: Look) -> None:
        """Shows the same findings with what has been said of them by now."""
        kept = self.list.currentIndex().row()
        self.found = found
        self._summary.setText(f"{found} Looked at {moment_shown(found.at)}.")
        judged = [one.finding for one in found.judged]
        paths = {
            code: path for one in judged for code, path in zip(one.codes, one.paths, strict=True)
        }
        _fill(self.codes, "Every code", sorted(paths.items(), key=lambda one: one[1].casefold()))
        names = sorted({name for one in judged for name in one.coders if name}, key=str.casefold)
        _fill(self.coders, "Every coder", [(name, name) for name in names])
        self._narrow()
        if kept > 0:
            self.list.setCurrentIndex(self.model.index(min(kept, self.model.rowCount() - 1)))

    def outdate(self) -> None:
        """Says that something has been changed since it was looked at."""
        if self.found is not None:
            self.changed.show()
            self.again.hide()

    def find_words(self) -> None:
        """Goes to the field that narrows the list by words."""
        if self.found is not None:
            self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.words.selectAll()

    def copy_cited(self) -> None:
        """Puts the first passage of the finding on the clipboard, with its citation."""
        passage = self.view.first()
        if passage is None or self.session is None:
            return
        project = self.session.project
        told = copy_cited(project, passage.document_id, passage.start, passage.end)
        self.note.emit(told)

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.view.restyle()
        self.list.viewport().update()

    def current(self) -> Judged | None:
        """The finding that is chosen."""
        found: Judged | None = self.list.currentIndex().data(JUDGED)
        return found

    # Below: how it is done

    def _go(self, passage: Passage | None) -> None:
        if passage is not None:
            place = (passage.document_id, passage.start, passage.end)
            self.jump.emit(passage.submission_id, *place)

    def _chosen(self, current: QModelIndex, previous: QModelIndex) -> None:
        self.view.show_finding(current.data(JUDGED), self.session)

    def _narrow(self) -> None:
        """Counts by kind what the other filters let through, and shows it."""
        if self.found is None:
            return
        counts = Counter(one.finding.kind for one in self._let_through())
        chosen = self.kinds.currentItem()
        wanted = chosen.data(_KIND) if chosen else None
        self.kinds.blockSignals(True)
        self.kinds.clear()
        lines: list[tuple[str, Kind | None, int]] = [("All kinds", None, counts.total())]
        lines += [(KIND_NAMES[kind], kind, counts[kind]) for kind in Kind if counts[kind]]
        for name, kind, count in lines:
            item = QListWidgetItem(f"{name}  {count:,}", self.kinds)
            item.setData(_KIND, kind)
            item.setToolTip(name)
            if kind == wanted:
                self.kinds.setCurrentItem(item)
        if self.kinds.currentRow() < 0:
            self.kinds.setCurrentRow(0)
        self.kinds.blockSignals(False)
        self._list()

    def _let_through(self) -> list[Judged]:
        state, code, coder = (box.currentData() for box in (self.states, self.codes, self.coders))
        words = self.words.text().strip().casefold()
        return [
            one
            for one in (self.found.judged if self.found else ())
            if state in (_EVERY, _DISMISSED if one.dismissal else _OPEN)
            and (not code or code in one.finding.codes)
            and (not coder or coder in one.finding.coders)
            and words in _text(one.finding)
        ]

    def _list(self) -> None:
        item = self.kinds.currentItem()
        kind = item.data(_KIND) if item else None
        shown = [one for one in self._let_through() if kind in (None, one.finding.kind)]
        self.model.show(shown)
        self.list.setVisible(bool(shown))
        self._none.setVisible(not shown)
        self._none.setText(self._why_none())
        if shown:
            self.list.setCurrentIndex(self.model.index(0))
        else:
            self.view.show_finding(None, None)

    def _why_none(self) -> str:
        if self.states.currentData() == _DISMISSED and not (self.found and self.found.dismissed):
            return "Nothing is dismissed."
        if self.found and not self.found.open and self.states.currentData() == _OPEN:
            return "Nothing odd is open. Choose “All” at the left to see what was dismissed."
        return "No finding is like this. Choose less at the left."


def _text(finding: Finding) -> str:
    words = (f"{one.ref} {one.quote}" for one in finding.passages)
    return " ".join((finding.title, finding.said, *finding.paths, *words)).casefold()


def _box(parent: QWidget, name: str) -> QComboBox:
    box = QComboBox(parent)
    box.setAccessibleName(name)
    box.setMinimumContentsLength(10)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


def _fill(box: QComboBox, every: str, choices: list[tuple[str, str]]) -> None:
    kept = box.currentData()
    box.blockSignals(True)
    box.clear()
    box.addItem(every, "")
    for data, name in choices:
        box.addItem(name, data)
    box.setCurrentIndex(max(0, box.findData(kept)))
    box.blockSignals(False)
