"""The window “Memos and journal”: every memo, to be narrowed, read, written and taken along."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from coder.domain.model import About
from coder.domain.text import counted
from coder.project import Project, StepDone
from coder.project.memos import MemoView
from coder.ui import messages
from coder.ui.looking import Look
from coder.ui.memos.cards import KINDS, MemoList
from coder.ui.memos.editor import MemoEditor
from coder.ui.session import Session

SHORT = 500
"""Up to so many memos are read at once."""

SOON_MS = 120
FILES = "Word (*.docx);;CSV for spreadsheets (*.csv);;Markdown (*.md)"
NEWEST, BY_SUBJECT = "Newest first", "By subject"
_EMPTY = (
    "No memo yet.\n\nWrite what you think of the evidence as you read: in the journal (Ctrl+J), on"
    " a submission (Ctrl+Shift+M), or on a tag (M in the text)."
)
_NONE_FITS = "No memo fits these filters."
_ORDER = list(KINDS)


class MemosWindow(QDialog):
    """The memos at left, the chosen one at right. `jump` goes to what a memo is about."""

    jump = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Memos and journal")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._session = session
        self._memos: list[MemoView] = []
        self._look = Look(self, "Reading the memos", self._show)
        self.editor = MemoEditor(self)
        self.list = MemoList(self, _EMPTY)
        self.list.setAccessibleName("All memos")
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self._make_left())
        split.addWidget(self._make_right())
        split.setSizes([420, 480])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SOON_MS)
        self._later.timeout.connect(self.refresh)
        self.field.installEventFilter(self)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.activated.connect(self.go_there)
        self.editor.escaped.connect(self.list.setFocus)
        QShortcut(QKeySequence("Ctrl+J"), self, self.write_in_journal)
        QShortcut(QKeySequence("Ctrl+F"), self, self.field.setFocus)
        session.changed.connect(self._changed)
        session.sight_changed.connect(self._later.start)
        self.editor.open_session(session)
        self.resize(940, 620)
        self.field.setFocus()
        self.refresh()

    def _make_left(self) -> QWidget:
        side = QWidget(self)
        self.field = QLineEdit(side)
        self.field.setPlaceholderText("Words in a memo, or what it is about")
        self.field.setAccessibleName("Words in a memo")
        self.field.setClearButtonEnabled(True)
        self.kinds = QComboBox(side)
        self.kinds.setAccessibleName("What the memos are about")
        self.kinds.addItem("All kinds", "")
        for kind, name in KINDS.items():
            self.kinds.addItem(name, kind)
        self.coders = QComboBox(side)
        self.coders.setAccessibleName("Who wrote them")
        self.coders.addItem("Everyone", "")
        self.order = QComboBox(side)
        self.order.setAccessibleName("Order of the memos")
        self.order.addItems([NEWEST, BY_SUBJECT])
        self.count = QLabel(side)
        self.count.setObjectName("muted")
        row = QHBoxLayout()
        for box in (self.kinds, self.coders, self.order):
            row.addWidget(box, 1)
            box.currentIndexChanged.connect(lambda _: self._narrow())
        self.field.textChanged.connect(lambda _: self._narrow())
        layout = QVBoxLayout(side)
        layout.setContentsMargins(12, 12, 6, 10)
        layout.addWidget(self.field)
        layout.addLayout(row)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.count)
        return side

    def _make_right(self) -> QWidget:
        side = QWidget(self)
        self.journal = QPushButton("Write in the journal", side)
        self.journal.setToolTip("Begin an entry of today (Ctrl+J)")
        self.journal.clicked.connect(self.write_in_journal)
        self.there = QPushButton("Go there", side)
        self.there.setToolTip("Show what this memo is about (Enter in the list)")
        self.there.clicked.connect(self.go_there)
        self.export = QPushButton("Export…", side)
        self.export.setToolTip("Write the memos that are listed to a file, for the team only")
        self.export.clicked.connect(self._export)
        row = QHBoxLayout()
        row.addWidget(self.journal)
        row.addStretch(1)
        for button in (self.there, self.export):
            row.addWidget(button)
        for button in (self.journal, self.there, self.export):
            button.setAutoDefault(False)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(6, 12, 12, 10)
        layout.addLayout(row)
        layout.addWidget(self.editor, 1)
        return side

    def write_in_journal(self) -> None:
        """Begins an entry in the journal."""
        self.begin(About.JOURNAL, "")

    def begin(self, about: About, of_id: str) -> None:
        """Begins a new memo."""
        self.list.selectionModel().clear()
        self.editor.begin(about, of_id)
        self._allow()

    def write(self, about: About, of_id: str) -> None:
        """Goes on with one's memo on this, or begins one."""
        project = self._session.project
        mine = [m for m in project.memos.of(about, of_id) if m.coder_id == project.coder.id]
        if not mine:
            self.begin(about, of_id)
            return
        self.list.choose(mine[-1].id)
        self.editor.show_memo(mine[-1])
        self.editor.field.setFocus()

    def go_there(self) -> None:
        """Shows what the chosen memo is about."""
        memo = self.list.current()
        if memo is not None:
            self.editor.commit()
            self.jump.emit(memo)

    def refresh(self) -> None:
        """Reads the memos again, beside the window where there are many."""
        project, sight = self._session.project, self._session.sight
        read = self._look.beside if project.memos.count() > SHORT else self._look.at_once
        read(lambda: project.memos.all(sight))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the field into the list."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down:
                self.list.setFocus()
                if not self.list.currentIndex().isValid():
                    self.list.setCurrentIndex(self.list.cards.index(0))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.list.setFocus()
                return True
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.editor.commit()
        super().closeEvent(event)

    def reject(self) -> None:
        """Escape keeps what was typed and closes the window."""
        self.editor.commit()
        super().reject()

    def _show(self, memos: list[MemoView]) -> None:
        self._memos = memos
        chosen = self.coders.currentData()
        self.coders.blockSignals(True)
        self.coders.clear()
        self.coders.addItem("Everyone", "")
        for name in sorted({memo.coder for memo in memos} | ({chosen} - {""})):
            self.coders.addItem(name, name)
        self.coders.setCurrentIndex(max(0, self.coders.findData(chosen)))
        self.coders.blockSignals(False)
        self._narrow()

    def _narrow(self) -> None:
        """Lists the memos that the filters ask for, in the order chosen."""
        words = self.field.text().casefold().split()
        kind, coder = self.kinds.currentData(), self.coders.currentData()
        fitting = [
            memo
            for memo in self._memos
            if kind in ("", memo.kind)
            and coder in ("", memo.coder)
            and (not words or _has(memo, words))
        ]
        if self.order.currentText() == BY_SUBJECT:
            fitting.sort(key=lambda memo: (_ORDER.index(memo.kind), memo.subject.casefold()))
        self.list.empty = _NONE_FITS if self._memos else _EMPTY
        if fitting != self.list.cards.memos:
            self.list.cards.show(fitting)
            self.list.choose(self.editor.memo_id)
        whole = counted(len(self._memos), "memo")
        fits = f"{len(fitting):,} of {whole}" if len(fitting) < len(self._memos) else whole
        self.count.setText(fits)
        self._allow()

    def _allow(self) -> None:
        memo = self.list.current()
        jumps = memo is not None and (bool(memo.submission_id) or memo.kind == About.CODE)
        self.there.setEnabled(jumps)
        self.export.setEnabled(bool(self.list.cards.memos))
        self.journal.setEnabled(not self._session.project.read_only)

    def _chosen(self) -> None:
        memo = self.list.current()
        if memo is not None:
            self.editor.show_memo(memo)
        self._allow()

    def _changed(self, step: StepDone) -> None:
        tables = ("memos", "codings", "codes", "submissions", "documents", "readings")
        if self.isVisible() and step.touches(*tables):
            self._later.start()

    def _export(self) -> None:
        """Asks where to, and writes the memos that are listed."""
        self.editor.commit()
        folder = self._session.project.folder.parent
        path, _ = QFileDialog.getSaveFileName(
            self, "Export the memos listed", str(folder / "Memos.docx"), FILES
        )
        if path:
            self.export_to(self._session.project, Path(path))

    def export_to(self, project: Project, path: Path) -> None:
        """Writes the memos that are listed to this file, and says so."""
        memos = list(self.list.cards.memos)
        for number in messages.attempt(self, lambda: project.memos.export(memos, path)):
            messages.inform(
                self,
                f"{counted(number, 'memo')} written to “{path.name}”.",
                "The file is internal: no name is masked in memos. Its head says so.",
            )


def _has(memo: MemoView, words: list[str]) -> bool:
    told = f"{memo.subject} {memo.detail} {memo.coder} {memo.text}".casefold()
    return all(word in told for word in words)
