"""Asks for another submission, by its reference or its name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from coder.domain.text import counted
from coder.project.evidence import SubmissionView
from coder.ui.evidence.badges import badges
from coder.ui.evidence.listing import ROW, VIEW, Index, Row
from coder.ui.evidence.row_look import RowLook

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}


class _Found(QAbstractListModel):
    """The submissions that fit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.views: list[SubmissionView] = []

    def show(self, views: list[SubmissionView]) -> None:
        """Takes what fits now."""
        self.beginResetModel()
        self.views = views
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.views)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        view = self.views[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{view.submission.ref} {view.title}, {', '.join(badges(view))}"
        return {VIEW: view, ROW: Row(view)}.get(role)


class ChooseSubmission(QDialog):
    """A field, and below it the submissions whose reference and name have the words in it.
    `question` says what is asked and `more` what comes of it; `go` is what the button says.
    `chosen` gives the reference."""

    chosen = Signal(str)

    def __init__(
        self,
        views: Sequence[SubmissionView],
        question: str,
        more: str,
        go: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(go)
        self._known = [
            (view, f"{view.submission.ref} {view.title} {view.submission.respondent}".casefold())
            for view in views
        ]
        asked = QLabel(question, self)
        asked.setObjectName("heading")
        told = QLabel(more, self)
        for label in (asked, told):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Reference or name")
        self.field.setAccessibleName("Reference or name of the other submission")
        self.field.setClearButtonEnabled(True)
        self.found = _Found(self)
        self.list = QListView(self)
        self.list.setModel(self.found)
        self.list.setItemDelegate(RowLook(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName("Submissions found")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._count = QLabel(self)
        self._count.setObjectName("muted")
        buttons = QDialogButtonBox(self)
        self.go = buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(8)
        for widget in (asked, told, self.field, self.list, self._count, buttons):
            layout.addWidget(widget)
        layout.setStretchFactor(self.list, 1)
        self.field.textChanged.connect(lambda _: self._fill())
        self.field.installEventFilter(self)
        self.list.doubleClicked.connect(lambda _: self._take())
        self.resize(520, 480)
        self._fill()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys move in the list while one types."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key()))
            if step:
                self._point_at(self.list.currentIndex().row() + step)
                return True
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        typed = self.field.text().casefold().split()
        phrase = " ".join(typed)
        fitting = [(v, words) for v, words in self._known if all(word in words for word in typed)]
        fitting.sort(
            key=lambda one: (one[0].submission.ref.casefold() != phrase, phrase not in one[1])
        )
        views = [view for view, _ in fitting]
        self.found.show(views)
        self.go.setEnabled(bool(views))
        self._point_at(0)
        whole = counted(len(self._known), "submission")
        fits = f"{len(views):,} of {whole}" if len(views) < len(self._known) else whole
        none = "There is no other submission." if not self._known else "Nothing has these words."
        self._count.setText(fits if views else none)

    def _point_at(self, row: int) -> None:
        row = min(max(row, 0), len(self.found.views) - 1)
        self.list.setCurrentIndex(self.found.index(row))

    def _take(self) -> None:
        row = self.list.currentIndex().row()
        if row >= 0:
            self.accept()
            self.chosen.emit(self.found.views[row].submission.ref)
