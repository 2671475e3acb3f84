"""The list of submissions: reference, name, how much is tagged, and what is special about it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from coder.domain.citation import TYPE_NAMES
from coder.domain.model import DocumentKind, Permission, Status
from coder.domain.text import counted
from coder.project.evidence import SubmissionView
from coder.ui import theme

Index = QModelIndex | QPersistentModelIndex

VIEW = Qt.ItemDataRole.UserRole
SORT = Qt.ItemDataRole.UserRole + 1

ORDERS = {
    "By reference": lambda view: view.submission.ref.rjust(12),
    "By name": lambda view: view.title.casefold(),
    "By date received": lambda view: view.submission.received or "9999",
    "Least tagged first": lambda view: f"{view.codings:08}",
    "By type": lambda view: str(view.submission.type),
}
_PERMISSIONS = {
    Permission.ANONYMOUS: "no name",
    Permission.WITHHELD: "not for publication",
    Permission.UNKNOWN: "permission?",
}


_FLAGS = {"wishes": "asks", "needs-ocr": "needs OCR", "campaign": "campaign letter"}
_SET_ASIDE = {Status.DUPLICATE, Status.JOINED, Status.BLANK, Status.WITHDRAWN}


def badges(view: SubmissionView) -> list[str]:
    """The few words beside a submission that a reader should not miss."""
    words = [_FLAGS.get(flag, flag) for flag in view.submission.flags]
    if view.submission.status in _SET_ASIDE:
        words.insert(0, f"{view.submission.status}{f' of {view.of}' if view.of else ''}")
    if view.submission.permission in _PERMISSIONS:
        words.append(_PERMISSIONS[view.submission.permission])
    if any(document.problems for document in view.documents):
        words.append("see note")
    return words


class SubmissionModel(QAbstractListModel):
    """The submissions of the project as Qt asks for them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.views: list[SubmissionView] = []
        self.order = "By reference"

    def show(self, views: list[SubmissionView]) -> None:
        """Takes the list as it is now; only the rows that are new or differ are shown anew, unless
        some have gone or changed places."""
        before = self.views
        kept = len(before)
        if [v.submission.id for v in views[:kept]] != [v.submission.id for v in before]:
            self.beginResetModel()
            self.views = views
            self.endResetModel()
            return
        self.views = [*views[:kept]]
        for row, (old, new) in enumerate(zip(before, self.views, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row), self.index(row))
        if len(views) > kept:
            self.beginInsertRows(QModelIndex(), kept, len(views) - 1)
            self.views = views
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.views)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        view = self.views[index.row()]
        if role == VIEW:
            return view
        if role == SORT:
            return ORDERS[self.order](view)
        if role == Qt.ItemDataRole.DisplayRole:
            words = (view.submission.ref, view.title, view.submission.type, *badges(view))
            return " ".join(map(str, words))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            kinds = ", ".join(document.title for document in view.documents)
            return (
                f"{view.submission.ref}, {view.title}, {_tags(view)},"
                f" {', '.join(badges(view))}. {kinds}"
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(view)
        return None


def _tip(view: SubmissionView) -> str:
    submission = view.submission
    lines = [
        f"{submission.ref} · {submission.respondent or 'respondent not known'}",
        submission.organisation,
        f"{TYPE_NAMES[submission.type]} · permission: {submission.permission}",
        f"received {submission.received[:10]}" if submission.received else "",
        *(f"{d.title}: {problem}" for d in view.documents for problem in d.problems),
    ]
    return "\n".join(filter(None, lines))


class _RowDelegate(QStyledItemDelegate):
    """Paints a submission: two lines of text, a row of small bars for its tags."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(220, QFontMetrics(option.font).height() * 2 + 20)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view: SubmissionView = index.data(VIEW)
        look = theme.current()
        painter.save()
        try:
            self._paint(painter, option, view, look)
        finally:
            painter.restore()

    def _paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        view: SubmissionView,
        look: theme.Theme,
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(6, 2, -6, -2)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(look.chosen))
            focused = option.state & QStyle.StateFlag.State_HasFocus
            painter.setPen(QColor(look.accent) if focused else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, 7, 7)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(look.raised))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, 7, 7)
        inner = box.adjusted(10, 6, -10, -6)
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.88)
        height = QFontMetrics(option.font).height()
        top = QRect(inner.left(), inner.top(), inner.width(), height)
        low = QRect(inner.left(), inner.bottom() - height + 1, inner.width(), height)
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(look.text))
        ref = view.submission.ref
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft, ref)
        gone = QFontMetrics(bold).horizontalAdvance(ref) + 10
        painter.setFont(option.font)
        name = QFontMetrics(option.font).elidedText(
            view.title, Qt.TextElideMode.ElideRight, top.width() - gone
        )
        painter.drawText(top.adjusted(gone, 0, 0, 0), Qt.AlignmentFlag.AlignLeft, name)
        painter.setFont(small)
        painter.setPen(QColor(look.muted))
        tags = _tags(view)
        painter.drawText(low, Qt.AlignmentFlag.AlignRight, tags)
        left = low.width() - QFontMetrics(small).horizontalAdvance(tags) - 12
        words = " · ".join([_kinds(view), *badges(view)])
        words = QFontMetrics(small).elidedText(words, Qt.TextElideMode.ElideRight, left)
        painter.drawText(low, Qt.AlignmentFlag.AlignLeft, words)


def _tags(view: SubmissionView) -> str:
    return counted(view.codings, "tag") if view.codings else "not tagged"


def _kinds(view: SubmissionView) -> str:
    kinds = [document.kind for document in view.documents]
    names = []
    if DocumentKind.EMAIL in kinds:
        names.append("e-mail")
    others = kinds.count(DocumentKind.DOCUMENT)
    if others:
        names.append("text" if others == 1 else f"{others} texts")
    if DocumentKind.MEDIA in kinds:
        names.append("recording")
    return " + ".join(names)


class SubmissionList(QWidget):
    """The list with a field to narrow it and a choice of order. `chosen` gives a submission id."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._chosen = ""
        self.model = SubmissionModel(self)
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(self.model)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._proxy.setSortRole(SORT)
        self._proxy.sort(0)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Filter by name, type, late…")
        self.field.setAccessibleName("Filter the list of evidence")
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._narrow)
        self._order = QComboBox(self)
        self._order.addItems(list(ORDERS))
        self._order.setAccessibleName("Order of the list")
        self._order.currentTextChanged.connect(self._sort)
        self.list = QListView(self)
        self.list.setModel(self._proxy)
        self.list.setItemDelegate(_RowDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setAccessibleName("Evidence")
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().currentChanged.connect(self._changed)
        self._count = QLabel(self)
        self._count.setObjectName("muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 10, 2, 6)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        layout.addWidget(self._order)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._count)

    def show_views(self, views: list[SubmissionView]) -> None:
        """Shows the submissions as they are now and keeps what is chosen."""
        self.model.show(views)
        self._tell_count()
        if self.view(self._chosen) is None:
            self._chosen = ""
        elif self._chosen != self.current():
            self.choose(self._chosen)

    def show_tags(self, tags: dict[str, int]) -> None:
        """Shows how many tags each submission has, by its id."""
        self.show_views(
            [replace(view, codings=tags.get(view.submission.id, 0)) for view in self.model.views]
        )

    def current(self) -> str:
        """The id of the chosen submission, or nothing."""
        view = self.list.currentIndex().data(VIEW)
        return view.submission.id if view else ""

    def view(self, submission_id: str) -> SubmissionView | None:
        """What the list knows of a submission."""
        return next((v for v in self.model.views if v.submission.id == submission_id), None)

    def choose(self, submission_id: str) -> None:
        """Makes this submission the chosen one."""
        for row in range(self._proxy.rowCount()):
            index = self._proxy.index(row, 0)
            if index.data(VIEW).submission.id == submission_id:
                self.list.setCurrentIndex(index)
                return
        if self.field.text() and self.view(submission_id):
            self.field.clear()
            self.choose(submission_id)

    def step(self, by: int) -> None:
        """Goes to the next submission of the list as shown, or back with -1."""
        row = min(max(self.list.currentIndex().row() + by, 0), self._proxy.rowCount() - 1)
        if row >= 0:
            self.list.setCurrentIndex(self._proxy.index(row, 0))

    def _narrow(self, words: str) -> None:
        self._proxy.setFilterFixedString(words)
        self._tell_count()

    def _tell_count(self) -> None:
        """Says how much is listed: of how many, where a filter hides some."""
        views = [self._proxy.index(row, 0).data(VIEW) for row in range(self._proxy.rowCount())]
        some = f"{len(views):,} of " if len(views) < len(self.model.views) else ""
        tags = counted(sum(view.codings for view in views), "tag")
        self._count.setText(f"{some}{counted(len(self.model.views), 'submission')} · {tags}")

    def _sort(self, order: str) -> None:
        self.model.order = order
        self._proxy.invalidate()
        self._proxy.sort(0)

    def _changed(self, current: Index, previous: Index) -> None:
        view = current.data(VIEW) if current.isValid() else None
        if view is not None and view.submission.id != self._chosen:
            self._chosen = view.submission.id
            self.chosen.emit(self._chosen)
