"""The page that checks a report: nothing yet, a check under way, or what was found."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QFileSystemWatcher, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coder.domain.errors import EvidenceError
from coder.jobs import Progress
from coder.project.checking import ENDINGS, KIND_NAMES, Finding, Kind, Passage, ReportCheck
from coder.ui.audit.finding_view import FindingView
from coder.ui.audit.findings_list import FINDING, FindingDelegate, FindingsModel
from coder.ui.audit.parts import Outdated, Waiting, copy_cited, put_in_middle
from coder.ui.elided import Elided, ElidedButton
from coder.ui.session import Session

_ALL, _LOOK = "all", "look"
_NO_WORDS = "This finding has no words of the evidence."


class ReportPage(QWidget):
    """Checks reports and shows what was found. `choose_wanted` asks for a file, `check_wanted` to
    check this one, `stop_wanted` to leave off, `copy_wanted` and `list_wanted` for a commented copy
    and for a list; `jump` opens a passage: submission, document, start, end; `chosen` says that
    another finding is chosen."""

    choose_wanted = Signal()
    check_wanted = Signal(str)
    stop_wanted = Signal()
    copy_wanted = Signal()
    list_wanted = Signal()
    jump = Signal(str, str, int, int)
    note = Signal(str)
    chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.session: Session | None = None
        self.checked: ReportCheck | None = None
        self._seen: object = None
        self.model = FindingsModel(self)
        self._stack = QStackedWidget(self)
        self._start, self._found = (QWidget(self) for _ in range(2))
        self._wait = Waiting("Progress of the check", self)
        self._wait.stop_wanted.connect(self.stop_wanted)
        self.stop = self._wait.stop
        self._make_start()
        self._make_found()
        for page in (self._start, self._wait, self._found):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._watcher = QFileSystemWatcher(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(250)
        self._later.timeout.connect(self._look_at_file)
        self._watcher.fileChanged.connect(lambda _: self._later.start())
        self._watcher.directoryChanged.connect(lambda _: self._later.start())

    # Its three faces

    def _make_start(self) -> None:
        page = self._start
        title = QLabel("Check a report", page)
        title.setObjectName("heading")
        words = QLabel(
            "Choose the Word file of your report: every quotation, citation and name in it is"
            " compared with the evidence, word by word.\nThe report itself is never changed; you"
            " get a list and, if you like, a copy with comments.",
            page,
        )
        words.setWordWrap(True)
        words.setMaximumWidth(560)
        self.choose = QPushButton("Check a report…", page)
        self.choose.setObjectName("primary")
        self.choose.clicked.connect(self.choose_wanted)
        hint = QLabel("Or drop the file here.", page)
        hint.setObjectName("muted")
        self._lately = QVBoxLayout()
        column = QVBoxLayout()
        column.setSpacing(12)
        for widget in (title, words, self.choose, hint):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._lately)
        put_in_middle(page, column)

    def _make_found(self) -> None:
        page = self._found
        self.view = FindingView(page)
        self.view.jump.connect(self.show_in_document)
        self.view.copy.connect(self.copy_cited)
        split = self.split = QSplitter(Qt.Orientation.Horizontal, page)
        split.addWidget(self._make_list())
        split.addWidget(self.view)
        split.setStretchFactor(1, 1)
        split.setSizes([440, 760])
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_head())
        layout.addWidget(split, 1)

    def _make_head(self) -> QWidget:
        head = QWidget(self._found)
        self._name = Elided("", head)
        self._name.setObjectName("heading")
        self._summary = QLabel(head)
        self._summary.setWordWrap(True)
        self.again = QPushButton("Check again", head)
        self.other = QPushButton("Another report…", head)
        self.save = QPushButton("Save the commented report…", head)
        self.save.setObjectName("primary")
        self.export = QPushButton("Save the list…", head)
        self.again.clicked.connect(self.check_again)
        self.other.clicked.connect(self.choose_wanted)
        self.save.clicked.connect(self.copy_wanted)
        self.export.clicked.connect(self.list_wanted)
        row = QHBoxLayout()
        for button in (self.again, self.other):
            row.addWidget(button)
        row.addStretch(1)
        for button in (self.export, self.save):
            row.addWidget(button)
        said = "The report has been changed since it was checked."
        self.changed = Outdated(said, "Check it again", head)
        self.changed.renew_wanted.connect(self.check_again)
        layout = QVBoxLayout(head)
        layout.setContentsMargins(20, 14, 14, 10)
        for widget in (self._name, self._summary):
            layout.addWidget(widget)
        layout.addLayout(row)
        layout.addWidget(self.changed)
        return head

    def _make_list(self) -> QWidget:
        side = QWidget(self._found)
        side.setMinimumWidth(320)
        self.words = QLineEdit(side)
        self.words.setPlaceholderText("Words in the report")
        self.words.setAccessibleName("Words in the report")
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(lambda _: self._narrow())
        self.words.installEventFilter(self)
        self.kinds = QComboBox(side)
        self.kinds.setAccessibleName("Which findings are shown")
        self.kinds.currentIndexChanged.connect(lambda _: self._narrow())
        self.list = QListView(side)
        self.list.setModel(self.model)
        self.list.setItemDelegate(FindingDelegate(self.list))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName("Findings")
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.activated.connect(lambda _: self.show_in_document())
        self._none = QLabel(side)
        self._none.setWordWrap(True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.setObjectName("muted")
        layout = QVBoxLayout(side)
        layout.setContentsMargins(20, 0, 8, 6)
        layout.addWidget(self.kinds)
        layout.addWidget(self.words)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._none, 1)
        return side

    # What it is told

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self.session = session
        self._forget()

    def enter(self) -> None:
        """Comes into view: the focus goes to what is to be done next."""
        shown = self._stack.currentWidget()
        if shown is self._found:
            (self.list if self.model.findings else self.kinds).setFocus()
        elif shown is self._start:
            self.choose.setFocus()

    def offer(self, lately: list[Path]) -> None:
        """Offers reports that were checked lately."""
        while (item := self._lately.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for path in lately:
            button = ElidedButton(path.name, self._start)
            button.setObjectName("recent")
            button.setToolTip(str(path))
            button.setAccessibleName(f"Check {path.name} again")
            button.clicked.connect(lambda _=False, one=path: self.check_wanted.emit(str(one)))
            self._lately.addWidget(button)

    def begin(self, path: Path) -> None:
        """Shows that a check has begun."""
        self._wait.begin(f"Checking {path.name}")
        self._stack.setCurrentWidget(self._wait)
        self.stop.setFocus()

    def progress(self, progress: Progress) -> None:
        """Shows how far it is."""
        self._wait.advance(progress)

    def give_up(self) -> None:
        """Goes back to what was shown before a check that came to nothing."""
        self._stack.setCurrentWidget(self._found if self.checked else self._start)
        self.enter()

    def show_check(self, checked: ReportCheck, seen: object) -> None:
        """Shows what was found; `seen` is how the file looked when it was read."""
        kept = self.list.currentIndex().row() if self.checked else 0
        same = self.checked is not None and self.checked.path == checked.path
        self.checked, self._seen = checked, seen
        self.changed.hide()
        self._name.setText(checked.path.name)
        self._name.setToolTip(str(checked.path))
        self._summary.setText(str(checked))
        self._fill_kinds(self.kinds.currentData() if same else "")
        if not same:
            self.words.clear()
        self._narrow()
        if same and 0 <= kept < self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(kept))
        self._watch(checked.path)
        self._stack.setCurrentWidget(self._found)
        if self.isVisible():
            self.enter()

    def check_again(self) -> None:
        """Checks the same report once more."""
        if self.checked is not None:
            self.check_wanted.emit(str(self.checked.path))

    def find_words(self) -> None:
        """Goes to the field that narrows the list by words."""
        if self.checked is not None:
            self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.words.selectAll()

    def show_in_document(self) -> None:
        """Goes to the words in the evidence."""
        found = self._passage()
        if found is None or self.session is None:
            return
        document = self.session.project.document(found.document_id)
        self.jump.emit(document.submission_id, document.id, found.start, found.end)

    def submission_at_hand(self) -> str:
        """The id of the submission in which the words of the chosen finding stand; nothing where
        they stand in none."""
        finding = self._current()
        if finding is None or finding.passage is None or self.session is None:
            return ""
        try:
            return self.session.project.document(finding.passage.document_id).submission_id
        except EvidenceError:
            return ""

    def copy_cited(self) -> None:
        """Puts the words of the evidence on the clipboard, with their citation."""
        found = self._passage()
        if found is None or self.session is None:
            return
        told = copy_cited(self.session.project, found.document_id, found.start, found.end)
        self.note.emit(told)

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.view.restyle()
        self.list.viewport().update()

    # Below: how it is done

    def _forget(self) -> None:
        self.checked = None
        self._later.stop()
        if watched := [*self._watcher.files(), *self._watcher.directories()]:
            self._watcher.removePaths(watched)
        self.model.show([])
        self.view.show_finding(None, None)
        self._stack.setCurrentWidget(self._start)

    def _current(self) -> Finding | None:
        found: Finding | None = self.list.currentIndex().data(FINDING)
        return found

    def _passage(self) -> Passage | None:
        """The words of the evidence of the chosen finding; says so where there are none."""
        finding = self._current()
        if finding is None:
            self.note.emit("Choose a finding first.")
        elif finding.passage is None:
            nowhere = finding.kind is Kind.NOT_FOUND
            told = "These words are nowhere in the evidence." if nowhere else _NO_WORDS
            self.note.emit(told)
        return finding.passage if finding else None

    def _chosen(self, current: QModelIndex, previous: QModelIndex) -> None:
        self.view.show_finding(current.data(FINDING), self.session)
        self.chosen.emit()

    def _fill_kinds(self, chosen: str) -> None:
        if self.checked is None:
            return
        self.kinds.blockSignals(True)
        self.kinds.clear()
        self.kinds.addItem(f"All that is wrong ({len(self.checked.wrong):,})", "")
        if self.checked.soft:
            self.kinds.addItem(f"To look at by hand ({len(self.checked.soft):,})", _LOOK)
        for kind in Kind:
            if count := self.checked.findings.counts[kind]:
                self.kinds.addItem(f"{KIND_NAMES[kind]} ({count:,})", kind.value)
        self.kinds.addItem(f"Everything ({len(self.checked.found):,})", _ALL)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(chosen)))
        self.kinds.blockSignals(False)

    def _narrow(self) -> None:
        """Shows the findings that the filters let through."""
        if self.checked is None:
            return
        wanted, words = self.kinds.currentData(), self.words.text().strip().casefold()
        every = self.checked.found
        groups = {"": self.checked.wrong, _LOOK: self.checked.soft, _ALL: every}
        found = groups.get(
            wanted, [one for one in every if any(p.kind == wanted for p in one.problems)]
        )
        shown = [one for one in found if words in f"{one.text} {one.cited} {one.where}".casefold()]
        self.model.show(shown)
        self.list.setVisible(bool(shown))
        self._none.setVisible(not shown)
        self._none.setText(
            "No finding has these words."
            if words
            else "Nothing is wrong. Choose above what else there is to look at."
            if self.checked.soft
            else "Nothing is wrong. Choose “Everything” above to see what was checked."
        )
        if shown:
            self.list.setCurrentIndex(self.model.index(0))
        else:
            self.view.show_finding(None, None)
        self.chosen.emit()

    def _watch(self, path: Path) -> None:
        """Word puts a new file in the place of the old one, so its folder is watched too."""
        if watched := [*self._watcher.files(), *self._watcher.directories()]:
            self._watcher.removePaths(watched)
        self._watcher.addPaths([str(path), str(path.parent)])

    def _look_at_file(self) -> None:
        if self.checked is None:
            return
        now = looks(self.checked.path)
        self.changed.setVisible(now is not None and now != self._seen)
        if now is not None and str(self.checked.path) not in self._watcher.files():
            self._watcher.addPath(str(self.checked.path))

    # Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the field of words, Enter and Down go into the list."""
        if watched is self.words and event.type() == QEvent.Type.KeyPress:
            key = cast("QKeyEvent", event).key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.list.setFocus()
                return True
        return super().eventFilter(watched, event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.session is not None and _reports(event):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.check_wanted.emit(str(_reports(event)[0]))


def looks(path: Path) -> object:
    """What tells whether a file has been changed; None where it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _reports(event: QDropEvent) -> list[Path]:
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in ENDINGS]
