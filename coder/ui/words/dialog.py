"""The window on words: whose are counted, and three pages of what was counted in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from coder.domain.sight import Sight
from coder.domain.text import counted as said
from coder.jobs import Job, Progress
from coder.project import StepDone
from coder.project.words import Counted, Selection, Words
from coder.ui import messages
from coder.ui.background import Workshop
from coder.ui.evidence.desk import Desk
from coder.ui.session import Session
from coder.ui.words.asking import Asking
from coder.ui.words.choosing import Choosing, Of
from coder.ui.words.pages import FrequencyPage, Page, PairsPage, PlacesPage

CHANGED_MS = 1_000
"""How long changes of the evidence must rest before it is counted again."""

_SLOW_MS = 300
_TEXTS = ("documents", "segments", "submissions")
_TAGS = ("codings", "codes", "readings")


class WordsDialog(QDialog):
    """Stays open beside the text. `jump` gives a line of the concordance to be shown, `tag_wanted`
    places to be tagged; `copy_wanted` and `export_wanted` give a page and rows of it (none: all);
    `closed` says that it was put away."""

    jump = Signal(object)
    tag_wanted = Signal(list)
    copy_wanted = Signal(object, list)
    export_wanted = Signal(object, list)
    closed = Signal()

    def __init__(self, session: Session, desk: Desk, workshop: Workshop, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Words")
        self._session = session
        self._desk = desk
        self._answered: dict[Page, object] = {}
        self._epoch = 0
        self._asked_of: tuple[Page, object] | None = None
        self.choosing = Choosing(session, self)
        self.frequencies, self.places, self.pairs = (
            FrequencyPage(self),
            PlacesPage(self),
            PairsPage(self),
        )
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Frequencies, concordance and words that keep together")
        for page, title in (
            (self.frequencies, "Frequencies"),
            (self.places, "Concordance"),
            (self.pairs, "Words that keep together"),
        ):
            self.tabs.addTab(page, title)
        self._make_foot()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(self.choosing)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(self._foot)
        self.asking = Asking(workshop, self)
        self._later, self._slow = QTimer(self), QTimer(self)
        for timer, wait, act in (
            (self._later, CHANGED_MS, self._count_again),
            (self._slow, _SLOW_MS, self._show_waiting),
        ):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(act)
        self._connect(session)
        self.resize(980, 640)

    def _make_foot(self) -> None:
        self.said = QLabel(self)
        self.said.setObjectName("muted")
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(140)
        self.bar.setAccessibleName("Progress of counting")
        self.cancel = QPushButton("Stop", self)
        self.copy, self.export = QPushButton("Copy", self), QPushButton("Export…", self)
        close = QPushButton("Close", self)
        close.clicked.connect(self.reject)
        for button in (self.cancel, self.copy, self.export, close):
            button.setAutoDefault(False)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.said, 1)
        for widget in (self.bar, self.cancel, self.copy, self.export, close):
            self._foot.addWidget(widget)
        self._wait(waiting=False)

    def _connect(self, session: Session) -> None:
        self.finished.connect(lambda _: self._put_away())
        self.choosing.changed.connect(self.count)
        self.tabs.currentChanged.connect(self._turned)
        for page in (self.frequencies, self.places, self.pairs):
            page.asked.connect(self._choice_changed)
            page.words_wanted.connect(self._look_up)
        self.places.jump.connect(self.jump)
        self.places.tag_wanted.connect(self.tag_wanted)
        self.copy.clicked.connect(lambda: self.copy_wanted.emit(self.page, self.page.chosen()))
        self.export.clicked.connect(lambda: self.export_wanted.emit(self.page, []))
        self.cancel.clicked.connect(self._stop)
        self.asking.began.connect(self._slow.start)
        self.asking.answered.connect(self._show)
        self.asking.failed.connect(self._fail)
        self.asking.stopped.connect(self._say_stopped)
        self.asking.progressed.connect(self._progress)
        session.changed.connect(self._changed)
        session.sight_changed.connect(self._count_again)

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.tabs.currentWidget()  # type: ignore[return-value]

    def enter(self, words: str = "") -> None:
        """Shows the window; where words are given, where they stand."""
        self.show()
        self.raise_()
        self.activateWindow()
        if words:
            self._look_up(words)
        else:
            self.page.field.setFocus()
            self.count()

    def follow(self) -> None:
        """Takes note of the document that the main window shows."""
        self.choosing.show_document(self._desk.document)

    def count(self) -> None:
        """Counts what the page that is shown wants, unless that has been done."""
        page = self.page
        selection, sight = self.choosing.selection(), self._session.sight
        asked = (selection, sight, self._epoch)
        if self._answered.get(page) == asked and not self.asking.busy:
            self._tell_again(page)
            return
        self._asked_of = (page, asked)
        words, act = self._session.project.words, page.act(self._session.project.words)
        self.asking.ask("Counting words", _asked(words, selection, sight, act))

    def close_down(self) -> None:
        """Stops counting, for good."""
        self._later.stop()
        self.asking.stop()

    def _put_away(self) -> None:
        self.asking.stop()
        self._answered.clear()
        self.closed.emit()

    # Below: what becomes of it

    def _turned(self) -> None:
        """Counts what another page wants."""
        if not self.tabs.tabBar().hasFocus():
            self.page.field.setFocus()
        self.count()

    def _choice_changed(self) -> None:
        """Counts a page again of which a choice was changed."""
        self._answered.pop(self.sender(), None)  # type: ignore[call-overload]
        self.count()

    def _look_up(self, words: str) -> None:
        self.tabs.blockSignals(True)
        self.tabs.setCurrentWidget(self.places)
        self.tabs.blockSignals(False)
        self.places.field.setFocus()
        self.places.look_up(words)

    def _show(self, answer: tuple[Counted, Any]) -> None:
        if self._asked_of is None:
            return
        page, asked = self._asked_of
        counted, found = answer
        self._wait(waiting=False)
        self._whole = f"{said(counted.words, 'word')} in {said(counted.submissions, 'submission')}"
        line = page.show_answer(found)
        if not counted.words:
            page.say(self.choosing.hint())
            line = ""
        page.setProperty("line", " · ".join(filter(None, (line, self._whole))))
        self._answered[page] = asked
        self._tell_again(page)

    def _tell_again(self, page: Page) -> None:
        self.said.setText(str(page.property("line") or ""))
        there = page.stack.currentWidget() is page.view
        self.copy.setEnabled(there)
        self.export.setEnabled(there)

    def _fail(self, problem: Exception) -> None:
        self._wait(waiting=False)
        self.page.say("This could not be counted.")
        messages.tell(self, problem)

    def _stop(self) -> None:
        self.asking.stop()
        self._say_stopped()

    def _say_stopped(self) -> None:
        self._wait(waiting=False)
        self.page.say("Stopped. Choose a smaller selection above, or another page and come back.")
        self.said.setText("")

    def _show_waiting(self) -> None:
        if self.asking.busy:
            self._wait(waiting=True)

    def _wait(self, *, waiting: bool) -> None:
        if waiting and not self.bar.isVisible():
            self.bar.setRange(0, 0)
            self.said.setText("Counting…")
        self.bar.setVisible(waiting)
        self.cancel.setVisible(waiting)

    def _progress(self, progress: Progress) -> None:
        if self.bar.isVisible():
            self.bar.setRange(0, 1_000)
            self.bar.setValue(round(progress.fraction * 1_000))
            self.said.setText(f"{progress.label} ({progress.fraction:.0%})")

    def _changed(self, step: StepDone) -> None:
        """Counts again soon, where what was counted may have changed."""
        if step.touches("codes"):
            self.choosing.refresh_codes()
        by_code = self.choosing.of.currentData() == Of.CODE
        if step.touches(*_TEXTS) or (by_code and step.touches(*_TAGS)):
            self._later.start()

    def _count_again(self) -> None:
        self._epoch += 1
        if self.isVisible():
            self.count()


def _asked(
    words: Words, selection: Selection, sight: Sight, act: Callable[[Counted, Job], Any]
) -> Callable[[Job], tuple[Counted, Any]]:
    """What counts the words of a selection and then does the page's act with them."""

    def count(job: Job) -> tuple[Counted, Any]:
        counted = words.counted(selection, job, sight)
        job.check()
        return counted, act(counted, job)

    return count
