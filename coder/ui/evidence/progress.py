"""How far one is: notes what has been read, says it above the text, and finds what is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from coder.domain.model import Document, Paragraph
from coder.domain.text import counted
from coder.project import StepDone
from coder.project.evidence import State, SubmissionView
from coder.project.progress import end_of, paragraphs_to_tag, untagged
from coder.ui import messages
from coder.ui.evidence.desk import Desk
from coder.ui.evidence.submissions import SubmissionList
from coder.ui.session import Session

REST_MS = 1_000
"""A document that was read on to its end has been read when the end was in view for so long."""

SOON_MS = 80


class Progress(QObject):
    """Follows the reader on the desk. `note` gives a line for the status bar."""

    note = Signal(str)

    def __init__(self, submissions: SubmissionList, desk: Desk) -> None:
        super().__init__(desk)
        self._list = submissions
        self._desk = desk
        self._session: Session | None = None
        self._known: Document | None = None
        self._paragraphs: list[Paragraph] = []
        self._end = 0
        self._offered = ("", -1)
        self._resting = QTimer(self)
        self._resting.setInterval(REST_MS)
        self._resting.timeout.connect(self._rested)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._tell)
        desk.document_shown.connect(self._shown)
        desk.reader.read_on_to.connect(self._seen)

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self._session = session
        self._resting.stop()
        remembered = self._desk.remembered
        self._list.model.furthest = remembered.furthest if remembered else lambda _: 0
        if session:
            session.changed.connect(self._changed)
            session.sight_changed.connect(self._soon.start)

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {
            "read": self.turn_read,
            "coded": self.turn_coded,
            "next-unread": self.go_to_unread,
            "next-uncoded": lambda: self.go_to_untagged(forward=True),
            "previous-uncoded": lambda: self.go_to_untagged(forward=False),
        }

    def turn_read(self) -> None:
        """Notes by hand that the document has been read, or that it has yet to be."""
        session, document = self._session, self._desk.document
        if session is None or document is None:
            return
        progress = session.project.progress
        read = not progress.is_read(document.id)
        if messages.attempt(self._desk, lambda: progress.mark_read([document.id], read=read)):
            self._resting.stop()
            self.note.emit("Marked as read." if read else "Marked as unread.")

    def turn_coded(self) -> None:
        """Declares the document coded, or takes that back."""
        session, document = self._session, self._desk.document
        if session is None or document is None:
            return
        progress = session.project.progress
        coded = not progress.declared(document.id)
        if messages.attempt(self._desk, lambda: progress.declare([document.id], coded=coded)):
            title = f"“{document.title}”"
            self.note.emit(
                f"{title} is declared coded." if coded else f"{title} is no longer declared coded."
            )

    def go_to_unread(self) -> None:
        """Shows the next document that has not been read, in the order of the list, round and
        round."""
        for view, document in self._onwards():
            if view.state is not State.ASIDE and document.id not in view.read:
                self._show(view, document)
                return
        if not self._list.model.matching:
            self.note.emit("Nothing is listed.")
        else:
            rest = " listed" if self._list.field.text() else ""
            self.note.emit(f"Everything{rest} has been read.")

    def go_to_untagged(self, *, forward: bool) -> None:
        """Puts the caret at the next paragraph, or the one before, without a tag of one's own."""
        document = self._desk.document
        if self._session is None or document is None:
            return
        here = self._desk.reader.selection()[0]
        left = [
            one
            for one in self._untagged()
            if (one.start > here if forward else one.end <= here)
            and not one.start <= here < one.end
        ]
        if left:
            self._go_to(document, left[0 if forward else -1])
        elif not forward:
            self.note.emit("No paragraph without a tag before this one.")
        elif self._offered == (document.id, here):
            self._go_on()
        else:
            self._offered = (document.id, here)
            self.note.emit(
                "No further paragraph without a tag here. Once more goes to the next document."
            )

    # Following the reader

    def _shown(self) -> None:
        document = self._desk.document
        self._resting.stop()
        self._tell()
        remembered = self._desk.remembered
        if document and document.text and remembered:
            self._desk.reader.go_on_from(remembered.furthest(document.id))
            self._seen(self._desk.reader.read_on())

    def _seen(self, to: int) -> None:
        """Notes how far one has come; where that is the end, waits whether one stays there."""
        document, remembered = self._desk.document, self._desk.remembered
        if document is None or remembered is None or not document.text:
            return
        if to > remembered.furthest(document.id):
            remembered.note(document.id, furthest=to)
            self._soon.start()
        if to >= self._end and not self._resting.isActive() and not self._is_read(document):
            self._resting.start()

    def _rested(self) -> None:
        """Notes that the document has been read, where its end is still in view and no dialog, such
        as the one that asks who is coding, stands before it."""
        session, document = self._session, self._desk.document
        if session is None or document is None or self._is_read(document):
            self._resting.stop()
            return
        media = document.source_id
        if media and not session.project.transcripts.finished(media):
            return
        reader = self._desk.reader
        if QApplication.activeModalWidget() is not None:
            return
        if reader.isVisible() and reader.read_to() >= self._end:
            self._resting.stop()
            messages.attempt(self._desk, lambda: session.project.progress.came_to_end(document.id))

    def _is_read(self, document: Document) -> bool:
        if self._session is None or self._session.project.read_only:
            return True
        return self._session.project.progress.is_read(document.id)

    def _changed(self, step: StepDone) -> None:
        if step.touches("codings", "readings", "segments"):
            self._soon.start()

    def _tell(self) -> None:
        """Says how far one is with the document, above it and in the list."""
        session, document = self._session, self._desk.document
        if document is not self._known:
            self._known = document
            self._paragraphs = paragraphs_to_tag(document) if document else []
            self._end = end_of(document) if document else 0
        if session is None or document is None:
            self._desk.progress.clear()
            return
        self._desk.progress.setText(" · ".join(self._told(session, document)))
        self._list.model.repaint(document.submission_id)

    def _told(self, session: Session, document: Document) -> Iterator[str]:
        reading = session.project.progress.reading(document.id)
        if reading and reading.coded_at:
            yield "✓ declared coded"
        elif reading and reading.read_at:
            yield "read"
        elif document.text and self._desk.remembered:
            far = min(self._desk.remembered.furthest(document.id), self._end)
            yield f"read to {far / max(1, self._end):.0%}"
        else:
            yield "unread"
        if self._paragraphs:
            tagged = len(self._paragraphs) - len(self._untagged())
            yield f"{tagged:,} of {counted(len(self._paragraphs), 'paragraph')} tagged by you"

    # Where to go on

    def _untagged(self) -> list[Paragraph]:
        session = self._session
        if session is None:
            return []
        mine = (one for one in self._desk.codings.values() if session.is_mine(one))
        return untagged(self._paragraphs, mine)

    def _go_to(self, document: Document, paragraph: Paragraph) -> None:
        self._desk.reader.go_to_paragraph(document.paragraphs.index(paragraph))
        self._desk.reader.setFocus()

    def _go_on(self) -> None:
        """Shows the next document that is not declared coded, at its first paragraph without a
        tag."""
        for view, document in self._onwards():
            if view.state is not State.ASIDE and document.id not in view.coded:
                self._show(view, document)
                left, shown = self._untagged(), self._desk.document
                if left and shown:
                    self._go_to(shown, left[0])
                return
        self.note.emit("There is no other document that is not declared coded.")

    def _show(self, view: SubmissionView, document: Document) -> None:
        self._list.choose(view.submission.id)
        if self._desk.document is None or self._desk.document.id != document.id:
            self._desk.show_submission(view, document.id)
        self._desk.reader.setFocus()

    def _onwards(self) -> Iterator[tuple[SubmissionView, Document]]:
        """The documents to be read of what is listed, from the one that is shown on, and round to
        those before it; without itself."""
        views = [one.view for one in self._list.model.matching]
        shown = self._desk.document
        chosen = self._list.current()
        at = next((n for n, view in enumerate(views) if view.submission.id == chosen), -1)
        if at < 0:
            yield from ((view, document) for view in views for document in view.to_read)
            return
        here = views[at]
        places = [document.id for document in here.to_read]
        place = places.index(shown.id) if shown and shown.id in places else -1
        yield from ((here, document) for document in here.to_read[place + 1 :])
        for view in (*views[at + 1 :], *views[:at]):
            yield from ((view, document) for document in view.to_read)
        yield from ((here, document) for document in here.to_read[: max(place, 0)])
