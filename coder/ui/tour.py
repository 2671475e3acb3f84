"""The short tour of the window: a card beside each part in turn, and a light frame round it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coder.ui import theme

if TYPE_CHECKING:
    from coder.domain.model import Coding
    from coder.project.evidence import SubmissionView
    from coder.ui.window import Window

_WIDTH = 340
_GAP = 14


@dataclass(frozen=True, slots=True)
class Stop:
    """A part of the window and what is said of it."""

    part: Callable[[], QWidget]
    title: str
    words: str


class Tour(QFrame):
    """The card of the tour. Enter goes on, Escape ends it; `ended` comes in either case, and then
    it is gone."""

    ended = Signal()

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._window = window
        self._tagged = _tagged(window)
        self._stops = _stops(window, tagged=self._tagged is not None)
        self._frame = _Frame(window)
        self._before = window.focusWidget()
        self.place = 0
        self.title = QLabel(self)
        self.title.setObjectName("section")
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._count = QLabel(self)
        self._count.setObjectName("muted")
        self.skip = QPushButton("Skip", self)
        self.skip.setObjectName("flat")
        self.back = QPushButton("Back", self)
        self.back.setObjectName("flat")
        self.next = QPushButton("Next", self)
        self.next.setObjectName("primary")
        foot = QHBoxLayout()
        foot.addWidget(self._count)
        foot.addStretch(1)
        for button in (self.skip, self.back, self.next):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 14, 12)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self._words)
        layout.addLayout(foot)
        self.setFixedWidth(_WIDTH)
        self.skip.clicked.connect(self.end)
        self.back.clicked.connect(lambda: self._go(-1))
        self.next.clicked.connect(lambda: self._go(1))
        window.installEventFilter(self)

    def begin(self) -> None:
        """Shows the first part, with a document in view that has tags, where there is one."""
        self._window.go_to_place(0)
        if self._tagged is not None:
            evidence, (view, coding) = self._window.evidence, self._tagged
            shown = evidence.desk.document
            if shown is None or shown.id != coding.document_id:
                evidence.desk.show_submission(view, coding.document_id)
            evidence.desk.reader.reveal(coding.start, coding.end)
        self._window.evidence.side.setCurrentWidget(self._window.evidence.themes)
        self._frame.show()
        self.show()
        self._tell()

    def end(self) -> None:
        """Puts the card away and gives the focus back."""
        self._window.removeEventFilter(self)
        self._frame.deleteLater()
        self.hide()
        self.deleteLater()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self.ended.emit()

    def _go(self, step: int) -> None:
        self.place += step
        if self.place >= len(self._stops):
            self.end()
        else:
            self._tell()

    def _tell(self) -> None:
        stop = self._stops[self.place]
        last = self.place == len(self._stops) - 1
        self.title.setText(stop.title)
        self._words.setText(stop.words)
        self._count.setText(f"{self.place + 1} of {len(self._stops)}")
        self.next.setText("Done" if last else "Next")
        self.skip.setVisible(not last)
        self.back.setVisible(self.place > 0)
        self.setAccessibleName(f"{stop.title}. {stop.words}")
        self._settle()
        self.next.setFocus()

    def _settle(self) -> None:
        """Frames the part, and puts the card beside it where there is room."""
        part = self._stops[self.place].part()
        room = self._window.rect()
        box = QRect(part.mapTo(self._window, QPoint()), part.size()).intersected(room)
        self._frame.setGeometry(box.adjusted(-3, -3, 3, 3).intersected(room))
        size = QSize(_WIDTH, self.heightForWidth(_WIDTH))
        self.setFixedHeight(size.height())
        self.move(_beside(box, size, room))
        self._frame.raise_()
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._press()
        else:
            super().keyPressEvent(event)

    def _press(self) -> None:
        """Enter does what the button with the focus says, and goes on where none has it."""
        focused = self.focusWidget()
        (focused if isinstance(focused, QPushButton) else self.next).click()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and self.isVisible():
            self._settle()
        return super().eventFilter(watched, event)


class _Frame(QWidget):
    """A line round a part, which lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.current().accent), 3))
            painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 8, 8)
        finally:
            painter.end()


def _beside(box: QRect, size: QSize, room: QRect) -> QPoint:
    """Where a card of this size stands: right of the box, left of it, below, above, or within, at
    its top."""
    top = min(max(box.top() + _GAP, 0), room.height() - size.height() - _GAP)
    if box.right() + _GAP + size.width() < room.right():
        return QPoint(box.right() + _GAP, top)
    if box.left() - _GAP - size.width() > 0:
        return QPoint(box.left() - _GAP - size.width(), top)
    across = min(
        max(box.center().x() - size.width() // 2, _GAP), room.width() - size.width() - _GAP
    )
    if box.bottom() + _GAP + size.height() < room.bottom():
        return QPoint(across, box.bottom() + _GAP)
    if box.top() - _GAP - size.height() > 0:
        return QPoint(across, box.top() - _GAP - size.height())
    return QPoint(across, top + 2 * _GAP)


def _tagged(window: Window) -> tuple[SubmissionView, Coding] | None:
    """The first tag that is to be seen in the chosen submission, in the shown document where that
    has any, and the submission; None where it has none."""
    session, evidence = window.session, window.evidence
    view = evidence.list.view(evidence.list.current())
    if session is None or view is None:
        return None
    shown = evidence.desk.document
    first = [shown] if shown in view.documents else []
    for document in (*first, *view.documents):
        seen = session.visible(session.project.codings.of(document.id))
        if seen:
            return view, min(seen, key=lambda one: one.start)
    return None


def _stops(window: Window, *, tagged: bool) -> tuple[Stop, ...]:
    """What is shown, with the keys as they are now. Where nothing is tagged, nothing is said of the
    stripes."""
    keys, evidence = window.registry.shown_keys, window.evidence
    change = Stop(
        lambda: evidence.desk.reader,
        "See and change",
        "Stripes at the right of the text show the tags. Click one to change it. Nothing needs"
        f" saving, and {keys('undo')} takes back anything, one act at a time.",
    )
    return (
        Stop(
            lambda: evidence.list,
            "The evidence",
            "Every submission, each under a reference that never changes. Drop files on the window"
            f" to bring in more. {keys('next-submission')} goes to the next one.",
        ),
        Stop(
            lambda: evidence.desk.reader,
            "Read, and select",
            "Select words with the mouse or with Shift and the arrows; "
            f"{keys('select-sentence')} takes a whole sentence.",
        ),
        Stop(
            lambda: evidence.side,
            "Tag",
            f"Press {keys('tag')} and type part of a code’s name, or the key that stands beside"
            " the code here, or double-click it. A name that is not there becomes a new code.",
        ),
        *([change] if tagged else []),
        Stop(
            lambda: window.rail,
            "Quote",
            f"{keys('place-quotes')} shows all tagged passages as quotes with their citations,"
            " ready to be exported. Only what its respondent allows ever leaves.",
        ),
        Stop(
            window.menuBar,
            "Everything else",
            f"{keys('palette')} finds any command by its name, {keys('help')} explains the place"
            " you are in. This tour is in the menu Help.",
        ),
    )
