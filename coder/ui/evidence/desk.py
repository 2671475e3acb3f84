"""The desk: one submission's documents as tabs, read and heard in the middle of the window."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSplitter,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from coder.domain.errors import EvidenceError
from coder.domain.model import Coding, Document, DocumentKind, Standing, Status
from coder.project.evidence import SubmissionView
from coder.project.taking import unfinished
from coder.ui import messages, theme
from coder.ui.elided import Elided, ElidedButton
from coder.ui.evidence import telling
from coder.ui.evidence.beside import Beside
from coder.ui.evidence.coding_bar import CodingBar
from coder.ui.evidence.correcting import Strip
from coder.ui.evidence.find_bar import FindBar
from coder.ui.evidence.notices import Notices
from coder.ui.evidence.others import SightLine
from coder.ui.evidence.playback import Playback
from coder.ui.evidence.way_back import WayBack
from coder.ui.reader import Reader
from coder.ui.remembered import Remembered
from coder.ui.session import Session

if TYPE_CHECKING:
    from coder.ui.evidence.player import Player


_LINES = 8
"""How many lines of the text stay in view beside a strip that is open, where there is room."""


class Desk(QWidget):
    """Shows a submission. `transcribe_wanted` names a recording without a finished transcript;
    `particulars_wanted` asks to change what is known about the respondent; `import_wanted` for
    evidence where there is none; `submission_wanted` names another to be shown; `document_shown`
    says that another document is, or none; `tags_changed` gives the ids of tags that are new,
    changed or gone, none of them where all may be; `tag_shown` the id of the one in the bar, or
    nothing; `doubts_wanted` asks for what is in doubt, `check_wanted` to mark a machine's text as
    checked or as a draft again, `queue_wanted` for what waits to be heard, `anyway_wanted` to hear
    the recording in which no speech was found. `waits` says of recordings by their ids how they
    stand in the queue."""

    transcribe_wanted = Signal(str)
    particulars_wanted = Signal(str)
    import_wanted = Signal()
    submission_wanted = Signal(str)
    document_shown = Signal()
    tags_changed = Signal(object)
    tag_shown = Signal(str)
    doubts_wanted = Signal()
    check_wanted = Signal()
    queue_wanted = Signal()
    anyway_wanted = Signal()
    note = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session: Session | None = None
        self._view: SubmissionView | None = None
        self._tabs_of: list[Document] = []
        self.remembered: Remembered | None = None
        self._strips: list[QWidget] = []
        self.waits: dict[str, Standing] = {}
        self.codings: dict[str, Coding] = {}
        self.document: Document | None = None
        self._make_head()
        self.reader = Reader(self)
        self.finder = FindBar(self.reader, self.text, self)
        self.bar = CodingBar(self)
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self.beside = Beside(self.reader, self._split)
        self._split.addWidget(self.beside)
        self._split.setChildrenCollapsible(False)
        self.playback = Playback(self.reader, self._split)
        self.strip = Strip(self.playback, self.reader, self)
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.way_back = WayBack(self)
        above = (self.way_back, self._head, self.tabs, self.sight, self.notices, self.finder)
        for widget in above:
            layout.addWidget(widget)
        layout.addWidget(self._split, 1)
        layout.addWidget(self.strip)
        layout.addWidget(self.bar)
        self._make_room_for(self.strip)
        self.tabs.currentChanged.connect(self._tab_chosen)
        self.reader.selection_changed.connect(lambda *_: self.show_coding_here())
        self.notices.original.connect(self.beside.show_original)
        self.beside.shown.connect(lambda shown: self.notices.original_shown(shown=shown))
        self.beside.note.connect(self.note)
        self.reader.offer_taken.connect(self._take_offer)
        self.reader.coding_activated.connect(self.show_coding)
        self.playback.note.connect(self.note)
        self.strip.note.connect(self.note)
        self.playback.changed.connect(lambda: self.bar.set_playable(self.player is not None))
        self.playback.changed.connect(self._show_draft)
        self.playback.changed.connect(self._show_quiet)
        self.bar.play_wanted.connect(self.play_quote)
        self.show_nothing("Open an inquiry to begin.")

    def _make_head(self) -> None:
        self._head = QWidget(self)
        self._name = Elided("", self._head)
        self._name.setObjectName("heading")
        self._about = ElidedButton(self._head)
        self._about.setObjectName("flat")
        self._about.setToolTip("Change who is speaking and what they allow")
        self._about.clicked.connect(self._want_particulars)
        self._about.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.progress = QLabel(self._head)
        self.progress.setObjectName("muted")
        self.progress.setAccessibleName("How far you are with this document")
        column = QVBoxLayout(self._head)
        self._name.setContentsMargins(8, 0, 0, 0)
        column.setContentsMargins(16, 12, 16, 4)
        column.setSpacing(0)
        column.addWidget(self._name)
        row = QHBoxLayout()
        row.addWidget(self._about)
        row.addStretch(1)
        row.addWidget(self.progress)
        column.addLayout(row)
        self.tabs = QTabBar(self)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setAccessibleName("Documents of this submission")
        self.tabs.setContentsMargins(16, 0, 0, 0)
        self.sight = SightLine(self)
        self.notices = Notices(self)
        self.notices.transcribe.connect(self._want_transcript)
        self.notices.wishes.connect(self._show_wishes)
        self.notices.other.connect(self._want_other)
        self.notices.doubts.connect(self.doubts_wanted)
        self.notices.check.connect(self.check_wanted)
        self.notices.queue.connect(self.queue_wanted)

    def put_below_text(self, strip: QWidget) -> None:
        """Gives a strip its place between the text and the tag that is shown."""
        self._column.insertWidget(self._column.indexOf(self.bar), strip)
        self._make_room_for(strip)

    def _make_room_for(self, strip: QWidget) -> None:
        """Lets the tag that is shown give way to a strip while that is open, and the picture of a
        film shrink, so that there is text to be seen."""
        self._strips.append(strip)
        strip.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Learns that a strip is opened, has become higher, or is closed."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize):
            self.bar.give_way(away=any(not one.isHidden() for one in self._strips))
            QTimer.singleShot(0, self, self._give_lines)
        return super().eventFilter(watched, event)

    def _give_lines(self) -> None:
        """Takes from the film what the text lacks of a few lines, while a strip is open."""
        if self.player is None or all(one.isHidden() for one in self._strips):
            return
        film, text = self._split.sizes()
        wanted = self.reader.line_height() * _LINES
        least = self.player.minimumSizeHint().height()
        if text < wanted and film > least:
            shrunk = max(least, film - (wanted - text))
            self._split.setSizes([shrunk, film + text - shrunk])

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self._leave()
        self.document = None
        self._session = session
        self.strip.open_session(session)
        self.playback.open_session(session)
        self.remembered = None
        if session:
            project = session.project
            self.remembered = Remembered(project.inquiry.id, lambda: project.coder.name)
            self.reader.set_sentences(session.project.sentences)
        self.show_nothing("Choose a submission from the list." if session else "")

    def show_nothing(self, message: str, offer: str = "") -> None:
        """Shows a sentence in place of a submission, and an offer to import where one is given."""
        self._leave()
        self._view = None
        self.document = None
        self.codings = {}
        for widget in (self._head, self.tabs, self.sight, self.notices, self.finder):
            widget.hide()
        self.strip.put_away()
        self.playback.take(None)
        self.beside.forget()
        self.bar.hide()
        self.reader.show_nothing(message, offer)
        self.document_shown.emit()

    def show_submission(self, view: SubmissionView, document_id: str = "") -> None:
        """Shows a submission, at a document or at its first."""
        self._leave()
        changed = self._view is None or self._view.submission.id != view.submission.id
        self._view = view
        submission = view.submission
        self._name.setText(telling.heading(view))
        self._about.setText(telling.described(submission))
        self._about.setEnabled(submission.status is not Status.WITHDRAWN)
        if not view.documents:
            self._show_empty(view)
            return
        self._head.show()
        shown = [d for d in view.documents if d.kind is not DocumentKind.TRANSCRIPT]
        transcripts = {d.source_id: d for d in view.documents if d.source_id}
        self._tabs_of = [transcripts.get(d.id, d) for d in shown]
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for document in shown:
            drawing = theme.icon(telling.drawing_of(document), size=16)
            place = self.tabs.addTab(drawing, telling.tab_of(document))
            self.tabs.setTabToolTip(place, document.title)
        before = self.document if self.document and not changed else None
        wanted = document_id or (before.source_id or before.id if before else "")
        named = (i for i, d in enumerate(self._tabs_of) if wanted and wanted in (d.id, d.source_id))
        place = next(named, 0)
        self.tabs.setCurrentIndex(place)
        self.tabs.blockSignals(False)
        self.tabs.setVisible(len(shown) > 1)
        self._tab_chosen(place)

    def _show_empty(self, view: SubmissionView) -> None:
        """Says why a submission has no documents."""
        self._tabs_of = []
        self.show_nothing(telling.in_place_of_documents(view))
        self._view = view
        self._head.show()

    def next_document(self) -> None:
        """Goes to the next tab, round and round."""
        if self.tabs.count():
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % self.tabs.count())

    def refresh_marks(self) -> None:
        """Reads all tags of the document again that are to be seen."""
        if self._session and self.document:
            self._read_codings(self._session, self.document)
            self.reader.set_marks([self._session.mark(c) for c in self.codings.values()])
            self.sight.show_sight(self._session, self.document)
            self.tags_changed.emit(())
            self.show_coding_here()

    def coding_changed(self, coding_id: str, coding: Coding | None) -> None:
        """Shows one coding as it is now: new, changed, or gone (None)."""
        if self._session is None or self.document is None:
            return
        if coding is None or not self._session.sees(coding):
            if self.codings.pop(coding_id, None) is None:
                return
            self.reader.remove_mark(coding_id)
        elif coding.document_id == self.document.id:
            self.codings[coding_id] = coding
            self.reader.add_mark(self._session.mark(coding))
        self.tags_changed.emit((coding_id,))

    def transcript_changed(self, touched: Iterable[str]) -> None:
        """Shows what was heard of the transcript since, or corrected in it: these segments."""
        if self.document is None or self.document.kind is not DocumentKind.TRANSCRIPT:
            return
        self.document = self.playback.follow(self.document, touched)
        self._show_problems()

    def show_coding_here(self) -> None:
        """Shows the tag where the selection begins or at the caret, also right behind its last
        word, or none."""
        if self._session is None:
            return
        start, end = self.reader.selection()
        behind = self.reader.ids_at(start - 1) if start == end else []
        ids = [one for one in self.reader.ids_at(start) or behind if one in self.codings]
        mine = [one for one in ids if self._session.is_mine(self.codings[one])]
        self.show_coding((mine or ids or [""])[0], ids)

    def show_coding(self, coding_id: str, ids: list[str] | None = None) -> None:
        """Shows this tag in the bar below, and with it that there are these others around."""
        if self._session is None:
            return
        coding = self.codings.get(coding_id)
        around = ids if ids is not None else self.reader.ids_at(coding.start) if coding else []
        here = [self.codings[one] for one in around if one in self.codings]
        self.bar.show_coding(coding, here, self._session)
        shown = coding_id if coding else ""
        self.reader.set_active(shown)
        self.tag_shown.emit(shown)

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.reader.set_colours(theme.current().page)
        self.refresh_marks()
        for place, document in enumerate(self._tabs_of):
            self.tabs.setTabIcon(place, theme.icon(telling.drawing_of(document), size=16))
        self.playback.restyle()
        self.strip.restyle()
        self.bar.set_playable(self.player is not None)

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        reader = self.reader
        return {
            "select-sentence": reader.select_sentence_forward,
            "select-back": reader.select_sentence_back,
            "select-word": reader.select_word,
            "select-paragraph": reader.select_paragraph,
            "next-document": self.next_document,
            "original": self.beside.toggle,
            "fold": reader.toggle_folds,
            "larger": reader.zoom_in,
            "smaller": reader.zoom_out,
            "stripes-code": lambda: reader.set_stripes_by("code"),
            "stripes-coder": lambda: reader.set_stripes_by("coder"),
            "correct": self.strip.enter,
            "play-quote": self.play_quote,
            **self.playback.does(),
            **self.finder.does(),
        }

    def text(self) -> str:
        """The text that is shown."""
        return self.document.text if self.document else ""

    def play_quote(self) -> None:
        """Plays the selected words, or the tag at the caret, from the first to the last word."""
        start, end = self.reader.selection()
        coding = self.bar.coding
        if start == end and coding:
            start, end = coding.start, coding.end
        self.playback.play_words(start, end)

    @property
    def player(self) -> Player | None:
        """The player, where a recording is shown."""
        return self.playback.player

    def _tab_chosen(self, place: int) -> None:
        if self._session is None or not 0 <= place < len(self._tabs_of):
            return
        self._leave()
        project = self._session.project
        try:
            document = project.document(self._tabs_of[place].id)
        except EvidenceError as problem:
            self.note.emit(str(problem))
            return
        before, self.document = self.document, document
        if before and (before.id, before.text) == (document.id, document.text):
            self.playback.regard(document)
            self._show_problems()
            self._show_quiet()
            return
        self._read_codings(self._session, document)
        self.strip.put_away()
        self.playback.take(document)
        self._show_problems()
        if document.text:
            marks = [self._session.mark(c) for c in self.codings.values()]
            self.reader.show_document(document.text, document.paragraphs, marks)
            self.playback.show_words()
            self._show_additions(document)
            self.reader.go_to(self.remembered.place(document.id) if self.remembered else 0)
        else:
            self._show_no_text(document)
        self.beside.show_document(document, project.evidence.original_path)
        self.finder.forget()
        self.sight.show_sight(self._session, document)
        self.show_coding_here()
        self.document_shown.emit()

    def _read_codings(self, session: Session, document: Document) -> None:
        seen = session.visible(session.project.codings.of(document.id))
        self.codings = {coding.id: coding for coding in seen}

    def _leave(self) -> None:
        """Remembers where in the text one was, also for another day."""
        if self.remembered and self.document and self.document.text:
            self.remembered.note(self.document.id, place=self.reader.place())
            try:
                self.remembered.save()
            except OSError as problem:
                self.note.emit(f"Your place could not be kept ({problem.strerror}).")

    def _show_wishes(self) -> None:
        """Shows the sentences in which the submission speaks of confidence or publication."""
        if self._view and self._session:
            ref = self._view.submission.ref
            told = [wish.words for wish in self._session.project.evidence.wishes(ref)]
            messages.inform(
                self,
                f"What {ref} says about confidence, names and publication",
                "\n\n".join(f"“{sentence}”" for sentence in told)
                + "\n\nNothing was decided from it: set the permission yourself.",
            )

    def _show_problems(self) -> None:
        document = self.document
        if document is None or self._session is None or self._view is None:
            return
        media_id = document.source_id or document.id
        waits = self.waits.get(media_id)
        media = next((one for one in self._view.documents if one.id == document.source_id), None)
        heard = self._session.project.transcripts.heard_until(document)
        recorded = document.source_id is not None or document.kind is DocumentKind.MEDIA
        finished = not recorded or self._session.project.transcripts.finished(media_id)
        standing, other = telling.standing(self._session.project, self._view)
        self.notices.show_document(
            document,
            self._view.submission,
            len(document.text),
            headed=not self.tabs.isHidden() and telling.tab_of(document) == document.question,
            urgent=telling.urgent(document, media, waits, heard),
            notes=telling.notes(document),
            waits=waits is not None,
            standing=standing,
            other=other,
            transcribe=not finished and not document.silent,
        )
        self._show_draft()

    def _show_draft(self) -> None:
        document, session = self.document, self._session
        if document is None or session is None:
            return
        told = telling.draft(document, self.playback.doubts_told())
        doubts = bool(self.playback.doubts or self.playback.quiet)
        self.notices.show_draft(told, doubts=doubts, whole=not unfinished(document))
        self.notices.show_checked(telling.checked(session.project, document))

    def queue_changed(self, waits: dict[str, Standing]) -> None:
        """Says how the recording that is shown stands in the queue by now."""
        self.waits = waits
        self._show_problems()
        self._show_quiet()

    def _show_no_text(self, document: Document) -> None:
        """Says why there is nothing to be read, and offers to hear what was taken for silence."""
        words = telling.in_place_of_text(document, self.waits.get(document.source_id or ""))
        self.reader.show_nothing(words, "Transcribe anyway" if self.playback.quiet else "")

    def _show_quiet(self) -> None:
        """Says so where nothing was heard in the recording that is shown, as it stands by now."""
        document = self.document
        transcript = document is not None and document.kind is DocumentKind.TRANSCRIPT
        if document and transcript and not document.text and not self.playback.segments:
            self._show_no_text(document)

    def _take_offer(self) -> None:
        """Does what is offered where there is nothing to be read."""
        if self.document is None:
            self.import_wanted.emit()
        else:
            self.anyway_wanted.emit()

    def _show_additions(self, document: Document) -> None:
        """Tints what a letter says that the one it is like does not."""
        spans: list[tuple[int, int]] = []
        if self._session and self._view and self._view.submission.of_id:
            ref = self._view.submission.ref
            spans = self._session.project.evidence.additions(ref).get(document.id, [])
        self.reader.set_additions(spans)

    def _want_other(self) -> None:
        if self._view:
            self.submission_wanted.emit(self._view.submission.of_id)

    def _want_transcript(self) -> None:
        if self.document:
            self.transcribe_wanted.emit(self.document.source_id or self.document.id)

    def _want_particulars(self) -> None:
        if self._view:
            self.particulars_wanted.emit(self._view.submission.id)
