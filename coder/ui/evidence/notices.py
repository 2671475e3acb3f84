"""The line below a document's tabs: what it is, how much came out of it, and what did not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coder.domain.model import Document, DocumentKind, Submission
from coder.domain.text import clock, counted
from coder.ui.elided import Elided

KINDS = {
    DocumentKind.EMAIL: "E-mail",
    DocumentKind.DOCUMENT: "Document",
    DocumentKind.TRANSCRIPT: "Transcript",
    DocumentKind.POST: "Post",
    DocumentKind.ANSWER: "Answer",
    DocumentKind.MEDIA: "Recording",
}
FLAGS = {
    "late": "came after the closing date",
    "campaign": "campaign letter",
    "wishes": "speaks of confidence or publication",
    "needs-ocr": "has a page without text",
    "several-senders": "speaks of different senders",
}
"""What a submission's flags say, in words."""


class Notices(QWidget):
    """Tells of one document. `transcribe` asks to hear its recording, `original` to show or hide
    the file it came from, `wishes` to show what the submission says about being published, `other`
    to go to the submission that this one repeats, `doubts` to show what is in doubt, `check` to
    mark a machine's text as checked or as a draft again, `queue` to show what waits to be heard."""

    transcribe = Signal()
    original = Signal(bool)
    wishes = Signal()
    other = Signal()
    doubts = Signal()
    check = Signal()
    queue = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._summary = Elided("", self)
        self._summary.setObjectName("muted")
        self._question = QLabel(self)
        self._question.setObjectName("heading")
        self._question.setWordWrap(True)
        self._question.setContentsMargins(0, 10, 0, 8)
        self._standing = Elided("", self)
        self._other = _flat("", self)
        self._other.clicked.connect(self.other)
        self._urgent = QLabel(self)
        self._urgent.setObjectName("danger")
        self._urgent.setWordWrap(True)
        self._draft = QLabel(self)
        self._draft.setObjectName("danger")
        self._draft.setWordWrap(True)
        self.show_doubts = _flat("Show them", self)
        self.show_doubts.setToolTip("List what is in doubt, to listen to it")
        self.show_doubts.clicked.connect(self.doubts)
        self.show_queue = _flat("Show the queue", self)
        self.show_queue.setToolTip("Show what is being transcribed and what waits")
        self.show_queue.clicked.connect(self.queue)
        self.mark_checked = _flat("Mark as checked", self)
        self.mark_checked.setToolTip("Say that you have compared it with the recording or picture")
        self.mark_checked.clicked.connect(self.check)
        self._checked = Elided("", self)
        self._checked.setObjectName("muted")
        self.mark_draft = _flat("Mark as a draft again", self)
        self.mark_draft.setToolTip("Say that it has yet to be compared with the recording")
        self.mark_draft.clicked.connect(self.check)
        self._notes = _flat("", self)
        self._notes.setCheckable(True)
        self._notes.toggled.connect(self._unfold)
        self._wishes = _flat("What they ask…", self)
        self._wishes.setToolTip("Show what is said about confidence, names and publication")
        self._wishes.clicked.connect(self.wishes)
        self._original = _flat("Original", self)
        self._original.setCheckable(True)
        self._original.setToolTip("Show the file as it was received, beside the text")
        self._original.toggled.connect(self.original)
        self._transcribe = QPushButton("Transcribe", self)
        self._transcribe.clicked.connect(self.transcribe)
        self._list = QLabel(self)
        self._list.setWordWrap(True)
        self._list.setTextFormat(Qt.TextFormat.PlainText)
        self._list.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._list.setAccessibleName("What a person should know about this document")
        self._arrange()

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._summary, 1)
        for button in (self._notes, self._wishes, self._original, self._transcribe):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 2, 16, 4)
        column.setSpacing(2)
        below = QHBoxLayout()
        below.addWidget(self._standing, 1)
        below.addWidget(self._other)
        column.addWidget(self._question)
        column.addLayout(row)
        column.addLayout(below)
        for line in (
            (self._urgent, self.show_queue),
            (self._draft, self.show_doubts, self.mark_checked),
            (self._checked, self.mark_draft),
        ):
            told = QHBoxLayout()
            told.setSpacing(4)
            for place, widget in enumerate(line):
                told.addWidget(widget, 0 if place else 1)
            column.addLayout(told)
        column.addWidget(self._list)

    def show_document(
        self,
        document: Document,
        submission: Submission,
        characters: int,
        *,
        headed: bool = False,
        urgent: Sequence[str] = (),
        notes: Sequence[str] = (),
        waits: bool = False,
        standing: str = "",
        other: str = "",
        transcribe: bool = False,
    ) -> None:
        """Tells of this document. `headed` says that its question is to be read above it already;
        `urgent` are sentences that no reader should miss, `notes` those that are folded away;
        `waits` says that its recording stands in the queue; `standing` says of which submission,
        `other` by its reference, this one is a letter or a duplicate; `transcribe` offers to hear
        its recording."""
        words = [KINDS[document.kind], f"{characters:,} characters"]
        if document.media_ms is not None:
            words[1:] = [clock(document.media_ms)]
        if document.kind is DocumentKind.POST:
            words.insert(1, document.title)
        self._summary.setText(" · ".join(words))
        self._question.setText(document.question)
        self._question.setVisible(bool(document.question) and not headed)
        self._standing.setText(standing)
        self._standing.setVisible(bool(standing))
        self._other.setText(f"Read {other}")
        self._other.setVisible(bool(other))
        self._urgent.setText("\n".join(urgent))
        self._urgent.setVisible(bool(urgent))
        self.show_queue.setVisible(waits)
        self._notes.setText(counted(len(notes), "note"))
        self._notes.setVisible(bool(notes))
        self._list.setText("\n".join(f"•  {sentence}" for sentence in notes))
        self._unfold(self._notes.isChecked())
        self._wishes.setVisible("wishes" in submission.flags)
        self._original.setVisible(bool(document.original))
        self._transcribe.setVisible(transcribe)
        self.show()

    def show_draft(self, told: str, *, doubts: bool, whole: bool) -> None:
        """Says that the text is a machine's and how much of it is in doubt; nothing where it is
        none. `doubts` says that there are some to be listed, before which is asked whether it is
        checked all the same; `whole`, that it is finished, so that it can be marked as checked."""
        self._draft.setText(told)
        self._draft.setVisible(bool(told))
        self.mark_checked.setText("Mark as checked…" if doubts else "Mark as checked")
        self.mark_checked.setVisible(bool(told) and whole)
        self.show_doubts.setVisible(bool(told) and doubts)

    def show_checked(self, told: str) -> None:
        """Says who has checked the text, and offers to take that back; nothing where nobody has."""
        self._checked.setText(told)
        for widget in (self._checked, self.mark_draft):
            widget.setVisible(bool(told))

    def urgent(self) -> str:
        """What no reader should miss, as it is shown."""
        return "  ".join(filter(None, (self._urgent.text(), self._draft.text())))

    def original_shown(self, *, shown: bool) -> None:
        """Lets the button say whether the original is to be seen, without asking for it."""
        self._original.blockSignals(True)
        self._original.setChecked(shown)
        self._original.blockSignals(False)

    def _unfold(self, wanted: bool) -> None:
        self._list.setVisible(wanted and bool(self._list.text()))


def _flat(text: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setObjectName("flat")
    return button
