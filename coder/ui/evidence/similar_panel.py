"""Suggests codes for the passage at hand, with the similar passages that speak for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coder import settings
from coder.domain.codes import lineage
from coder.domain.model import Code, Document
from coder.domain.palette import shade
from coder.domain.paragraphs import index_at
from coder.project import StepDone
from coder.project.suggestions import FEWEST, Reason, Suggestion
from coder.ui import theme
from coder.ui.evidence.desk import Desk
from coder.ui.evidence.side import Side
from coder.ui.evidence.similar_look import WHAT, SimilarDelegate, told
from coder.ui.picker import Choice
from coder.ui.session import Session

if TYPE_CHECKING:
    from coder.ui.window import Window

REST_MS = 150
"""How long the selection must rest before codes are looked for."""

_OFFERED, _REASONS, _LONG = 3, 5, 800


class SimilarPanel(QWidget):
    """Codes for what is selected, or for the paragraph at the caret. `applied` names a code to tag
    it with, which is selected then; `jump` a passage to be shown (submission, document, start,
    end)."""

    applied = Signal(str)
    jump = Signal(str, str, int, int)

    def __init__(self, desk: Desk, side: Side) -> None:
        super().__init__(side)
        self._desk = desk
        self._side = side
        self._session: Session | None = None
        self._span = (0, 0)
        self._left: tuple[str, str, int, int] | None = None
        self._looked_at: tuple[str, int, int] | None = None
        self._going = False
        self._about = QLabel(self)
        self._about.setObjectName("muted")
        self._about.setWordWrap(True)
        self.tree = QTreeWidget(self)
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(14)
        self.tree.setAccessibleName("Suggested codes, and the passages that speak for them")
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setItemDelegate(SimilarDelegate(self.tree))
        self.tree.installEventFilter(self)
        self.tree.itemClicked.connect(self._clicked)
        self.tree.itemDoubleClicked.connect(lambda item, _: self._take(item))
        self.tree.currentItemChanged.connect(lambda *_: self._name_button())
        self.back = QPushButton("Back to your passage", self)
        self.back.setObjectName("flat")
        self.back.clicked.connect(self._go_back)
        self.tag = QPushButton(self)
        self.tag.setAutoDefault(False)
        self.tag.clicked.connect(self._tag)
        self.switch = QPushButton(self)
        self.switch.setObjectName("flat")
        self.switch.clicked.connect(self._toggle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.addWidget(self._about)
        layout.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.tag)
        layout.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignRight)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(REST_MS)
        self._later.timeout.connect(self.refresh)
        desk.document_shown.connect(self._moved)
        desk.reader.selection_changed.connect(lambda *_: self._moved())
        self._show([], "")

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self._session = session
        self._left = self._looked_at = None
        if session is not None:
            session.changed.connect(self._changed)
            session.sight_changed.connect(self._moved)
        self._moved()

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {"similar": self.enter}

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.tree.viewport().update()

    def enter(self) -> None:
        """Shows the suggestions for the passage at hand, ready to be chosen with the keys."""
        self._side.go_to(self, self.tree)
        self.refresh()

    def choices(self, document: Document, start: int, end: int) -> list[Choice]:
        """The likeliest codes for a passage, as the palette of codes offers them."""
        session = self._session
        if session is None or not self._may_suggest(session):
            return []
        found = session.project.suggestions.for_passage(document, start, end, session.sight)
        dark = theme.current().dark
        return [
            Choice(
                one.code.id,
                _path(session, one.code),
                told(one),
                shade(one.code.colour, dark),
                name=one.code.name,
            )
            for one in found[:_OFFERED]
        ]

    def refresh(self) -> None:
        """Looks for codes for the passage at hand, where anybody is looking."""
        self._later.stop()
        session, document = self._session, self._desk.document
        if not self.isVisible():
            return
        if session is None or document is None or not document.text:
            self._show([], "Show a text: codes that similar passages got are suggested here.")
            return
        if not settings.load().suggestions:
            self._show([], "Suggestions are switched off.")
            return
        if session.blind:
            self._show([], "You code blind. Suggestions would tell of others’ tags and are off.")
            return
        tagged = session.project.suggestions.tagged()
        if tagged < FEWEST:
            self._show(
                [],
                f"Suggestions begin after about {FEWEST} tagged passages."
                f" So far there {'is' if tagged == 1 else 'are'} {tagged}.",
            )
            return
        self._span = self._passage(session, document)
        found = session.project.suggestions.for_passage(document, *self._span, session.sight)
        words = " ".join(document.text[slice(*self._span)].split())
        shown = f"“{words[:60]}…”" if len(words) > 60 else f"“{words}”"
        self._show(
            found,
            f"Codes of passages like {shown}"
            if found
            else "No tagged passage is like the one at hand.",
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            item = self.tree.currentItem()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
                self._take(item)
                return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._later.start()

    # Below: what is at hand, and what is done with it

    def _may_suggest(self, session: Session) -> bool:
        return settings.load().suggestions and not session.blind

    def _moved(self) -> None:
        """Looks again soon; not while a passage is looked at that speaks for a code."""
        if self._going or self._looked_at == self._place():
            return
        self._looked_at = self._left = None
        if self.isVisible():
            self._later.start()

    def _changed(self, step: StepDone) -> None:
        if step.touches("codings", "codes") and self._looked_at is None and self.isVisible():
            self._later.start()

    def _place(self) -> tuple[str, int, int]:
        document = self._desk.document
        return document.id if document else "", *self._desk.reader.selection()

    def _go(self, submission_id: str, document_id: str, start: int, end: int) -> None:
        """Shows a passage; what the text says on the way there is no choice of another."""
        self._going = True
        try:
            self.jump.emit(submission_id, document_id, start, end)
        finally:
            self._going = False

    def _passage(self, session: Session, document: Document) -> tuple[int, int]:
        """What is selected, or the paragraph at the caret; of a long one the sentence there."""
        start, end = self._desk.reader.selection()
        if start < end or not document.paragraphs:
            return start, end
        paragraph = document.paragraphs[max(0, index_at(document.paragraphs, start))]
        if paragraph.end - paragraph.start <= _LONG:
            return paragraph.start, paragraph.end
        words = document.text[paragraph.start : paragraph.end]
        for first, last in session.project.sentences(words):
            if paragraph.start + last >= start:
                return paragraph.start + first, paragraph.start + last
        return paragraph.start, paragraph.end

    def _show(self, found: list[Suggestion], about: str) -> None:
        on = settings.load().suggestions
        self._about.setText(about)
        self.back.setVisible(self._left is not None)
        self.switch.setText("Switch off" if on else "Switch suggestions on")
        self.switch.setVisible(self._session is not None and not self._session.blind)
        self.tree.clear()
        for suggestion in found:
            self._add(suggestion)
        self.tag.setVisible(bool(found))
        if found:
            first = self.tree.model().index(0, 0)
            self.tree.expand(first)
            self.tree.setCurrentIndex(first)

    def _add(self, suggestion: Suggestion) -> None:
        name, share = suggestion.code.name, f"{suggestion.weight:.0%} of the votes"
        line = QTreeWidgetItem(self.tree, [f"{name}: {told(suggestion)}, {share}"])
        line.setData(0, WHAT, suggestion)
        line.setToolTip(0, f"{name}\n{told(suggestion)}, {share}")
        for reason in suggestion.reasons[:_REASONS]:
            words = " ".join(reason.quote.split())
            item = QTreeWidgetItem(line, [f"{reason.ref}, {reason.coder}: {words}"])
            item.setData(0, WHAT, reason)
            item.setToolTip(0, f"{words[:400]}\n{reason.ref}, {reason.document}")
        rest = len(suggestion.reasons) - _REASONS
        if rest > 0:
            more = QTreeWidgetItem(line, [f"and {rest} more, less like it"])
            more.setFlags(Qt.ItemFlag.NoItemFlags)

    def _chosen(self) -> Suggestion | None:
        """The code chosen, or the one that the passage chosen speaks for."""
        item = self.tree.currentItem()
        while item is not None and item.parent() is not None:
            item = item.parent()
        return item.data(0, WHAT) if item is not None else None

    def _name_button(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            name = chosen.code.name
            room = max(80, self.width() - 110)
            shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
            self.tag.setText(f"Tag “{shown}”")
            self.tag.setAccessibleName(f"Tag with {name}")

    def _clicked(self, item: QTreeWidgetItem) -> None:
        if isinstance(item.data(0, WHAT), Reason):
            self._take(item)

    def _take(self, item: QTreeWidgetItem) -> None:
        what = item.data(0, WHAT)
        if isinstance(what, Suggestion):
            self._tag()
        elif isinstance(what, Reason):
            self._look_at(what)

    def _look_at(self, reason: Reason) -> None:
        """Shows a passage, and offers the way back."""
        session, document = self._session, self._desk.document
        if session is None or document is None:
            return
        if self._left is None:
            self._left = (document.submission_id, document.id, *self._span)
        self._go(reason.submission_id, reason.document_id, reason.start, reason.end)
        self._looked_at = self._place()
        self.back.setVisible(True)
        self.tree.setFocus()

    def _go_back(self) -> None:
        if self._left is not None:
            left, self._left, self._looked_at = self._left, None, None
            self._go(*left)
            self.back.hide()

    def _tag(self) -> None:
        """Tags the passage that the suggestions are for."""
        chosen = self._chosen()
        if chosen is None:
            return
        self._go_back()
        self._desk.reader.select(*self._span)
        self.applied.emit(chosen.code.id)

    def _toggle(self) -> None:
        kept = settings.load()
        cast("Window", self.window()).keep(replace(kept, suggestions=not kept.suggestions))
        self.refresh()


def _path(session: Session, code: Code) -> str:
    return " / ".join([one.name for one in lineage(code.id, session.codes)][::-1])
