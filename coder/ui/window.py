"""The window: welcome screen, rail and places, and the actions of its registry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coder import settings
from coder.domain.errors import EvidenceError, InUse
from coder.project import Project
from coder.ui import messages, theme
from coder.ui.arriving import Arriving
from coder.ui.assigning.acts import AssignActs
from coder.ui.audit.acts import AuditActs
from coder.ui.audit.agreement_acts import AgreementActs
from coder.ui.audit.consistency_acts import ConsistencyActs
from coder.ui.audit.place import AuditPlace
from coder.ui.audit.settling_acts import SettlingActs
from coder.ui.background import Workshop
from coder.ui.chores import Chores
from coder.ui.enter import Enter
from coder.ui.evidence.acts import SubmissionActs
from coder.ui.evidence.code_keys import CodeKeys
from coder.ui.evidence.place import EvidencePlace
from coder.ui.evidence.tags_panel import KEYS
from coder.ui.exchange.acts import ExchangeActs
from coder.ui.finding.acts import FindActs
from coder.ui.hearings.acts import STAYS, Hearings
from coder.ui.helps import Helps
from coder.ui.memos.acts import Memos
from coder.ui.models.acts import ModelActs
from coder.ui.packing.acts import Leaving
from coder.ui.quotes.place import QuotesPlace
from coder.ui.registry import Registry
from coder.ui.session import Session
from coder.ui.status import Status
from coder.ui.together.acts import TogetherActs
from coder.ui.trail.acts import TrailActs
from coder.ui.undoing import Undoing
from coder.ui.welcome import Welcome
from coder.ui.window_state import WindowState
from coder.ui.words.acts import WordActs

PLACES = ("Evidence", "Quotes", "Audit")
"""The places of the rail, in order."""


class Window(QMainWindow):
    """One window with one project, or the welcome screen. `working_on` gives the folder of the
    project that is shown from now on, or nothing."""

    working_on = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Evidence Coder")
        self.setAcceptDrops(True)
        self.session: Session | None = None
        self._noted = ("", "")
        self.workshop = Workshop(self)
        self.status = Status(self)
        self.setStatusBar(self.status)
        self.workshop.begun.connect(self.status.follow)
        self.welcome = Welcome(self)
        self.evidence = EvidencePlace(self)
        self.quotes = QuotesPlace(self)
        self.audit = AuditPlace(self)
        self.auditing = AuditActs(self)
        self.consistency = ConsistencyActs(self)
        self.settling = SettlingActs(self)
        self.agreeing = AgreementActs(self)
        self.chores = Chores(self)
        self.arriving = Arriving(self)
        self.trailing = TrailActs(self)
        self.leaving = Leaving(self)
        self.helps = Helps(self)
        self.hearings = Hearings(self)
        self.exchange = ExchangeActs(self)
        self.finding = FindActs(self)
        self.words = WordActs(self)
        self.submissions = SubmissionActs(self)
        self.assigning = AssignActs(self)
        self.together = TogetherActs(self)
        self.memos = Memos(self)
        self.models = ModelActs(self)
        self.undoing = Undoing(self)
        self.state = WindowState(self)
        self.enter = Enter(self)
        self.code_keys = CodeKeys(
            self, self.evidence.tagging.tag_by_key, lambda: self.registry.single_keys
        )
        self._build()
        self.registry = Registry(self, self._does())
        self.registry.take_on(settings.load())
        self.menus = self.registry.fill(self.menuBar())
        self.registry.give_to_reader(self.evidence.desk.reader)
        self.evidence.tags.list.addActions([self.registry[one] for one in KEYS])
        self.menus["Edit"].aboutToShow.connect(self.undoing.name_acts)
        self._connect()
        self.state.restore()
        self.restyle(settings.load().appearance)
        self.show_welcome()

    def _build(self) -> None:
        self.rail = QWidget(self)
        self.rail.setObjectName("rail")
        self.rail.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.rail.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self.rail)
        column.setContentsMargins(0, 8, 0, 8)
        self._places = QButtonGroup(self)
        for place, name in enumerate(PLACES):
            button = QToolButton(self.rail)
            button.setText(name)
            button.setProperty("drawing", name.lower())
            button.setIconSize(QSize(22, 22))
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setToolTip(f"{name} (Ctrl+{place + 1})")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._places.addButton(button, place)
            column.addWidget(button)
        column.addStretch(1)
        self._stack = QStackedWidget(self)
        for widget in (self.evidence, self.quotes, self.audit):
            self._stack.addWidget(widget)
        self._work = QWidget(self)
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self._stack, 1)
        self._all = QStackedWidget(self)
        self._all.addWidget(self.welcome)
        self._all.addWidget(self._work)
        self.setCentralWidget(self._all)

    def _connect(self) -> None:
        QApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._places.idClicked.connect(self.go_to_place)
        self.welcome.wanted.connect(lambda name: self.registry[name].trigger())
        self.welcome.recent.connect(lambda folder: self.open_project(Path(folder)))
        self.evidence.note.connect(self._note_of_document)
        self.evidence.desk.transcribe_wanted.connect(self.hearings.transcribe)
        self.evidence.desk.import_wanted.connect(self.chores.take_offer)
        self.evidence.desk.check_wanted.connect(self.registry["checked"].trigger)
        self.evidence.desk.queue_wanted.connect(self.hearings.show_queue)
        self.evidence.desk.particulars_wanted.connect(self.chores.change_particulars)
        self.evidence.list.menu_wanted.connect(self.submissions.open_menu)
        self.evidence.shown.connect(self.submissions.allow)
        self.evidence.desk.document_shown.connect(self._allow)
        self.evidence.desk.document_shown.connect(self._drop_note)
        self.evidence.desk.playback.changed.connect(self._allow)
        self.evidence.desk.reader.zoom_changed.connect(self._keep_zoom)
        reader, tags = self.evidence.desk.reader, self.evidence.tags
        self.code_keys.listen_to((reader, *reader.findChildren(QWidget), tags.list))
        self.evidence.others.chosen.connect(
            lambda one: self.registry[f"others-{one}"].setChecked(True)
        )
        self.quotes.note.connect(self.status.note)
        self.quotes.chosen.connect(self._allow)
        self.audit.chosen.connect(self._allow)
        self.quotes.jump.connect(partial(self._jump_from, 1))
        self.quotes.pack_wanted.connect(self.leaving.export_pack)
        self.audit.jump.connect(partial(self._jump_from, 2))
        self.evidence.desk.way_back.wanted.connect(self._come_back)
        self.audit.note.connect(self.status.note)
        self.quotes.basket_pack_wanted.connect(self.leaving.export_pack)

    def _does(self) -> dict[str, Callable[[], None]]:
        evidence, chores, helps = self.evidence, self.chores, self.helps
        return {
            "new": partial(self.when_free, chores.new_inquiry),
            "open": partial(self.when_free, self.arriving.choose),
            "sample": partial(self.when_free, chores.open_sample),
            "import": chores.choose_files,
            "import-folder": chores.choose_folder,
            "import-posts": chores.importing.add_posts,
            "paste": chores.importing.paste,
            **self.hearings.does(),
            "checked": partial(evidence.doubting.asked_first, chores.toggle_checked),
            "recognise": chores.recognise,
            **self.leaving.does(),
            "print-pack": chores.print_pack,
            **self.exchange.does(),
            "close": partial(self.when_free, partial(self.hearings.leave, self.close_project)),
            "quit": self._quit,
            **self.undoing.does(),
            "copy": partial(self._to_focused, "copy"),
            "copy-cited": lambda: self._place().copy_cited(),
            "select-all": partial(self._to_focused, "selectAll"),
            "find": lambda: self._place().find_words(),
            **helps.does(),
            **self.finding.does(),
            **self.words.does(),
            **self.submissions.does(),
            **self.assigning.does(),
            "open-shared": partial(self.when_free, self.together.choose_shared),
            **self.together.does(),
            **self.memos.does(),
            **self.models.does(),
            **self.auditing.does(),
            **self.consistency.does(),
            **self.trailing.does(),
            **self.settling.does(),
            **self.agreeing.does(),
            **evidence.does(),
            **self.quotes.basket.acts.does(),
            "basket-add": self._put_in_basket,
            "to-basket": self._to_basket,
            "account": chores.show_account,
            "place-evidence": partial(self.go_to_place, 0),
            "place-quotes": partial(self.go_to_place, 1),
            "place-audit": partial(self.go_to_place, 2),
            "way-back": evidence.desk.way_back.take,
            "to-list": partial(self._focus, evidence.list.list),
            "to-text": partial(self._focus, evidence.desk.reader),
            "to-themes": self._to_themes,
            "appearance-system": partial(self.set_appearance, "system"),
            "appearance-light": partial(self.set_appearance, "light"),
            "appearance-dark": partial(self.set_appearance, "dark"),
        }

    def _quit(self) -> None:
        self.close()

    def when_free(self, act: Callable[[], object]) -> None:
        """Does what ends the work under way; asks first where there is any that matters. What is
        being heard is stopped when its inquiry is left."""
        title = self.workshop.busy_with()
        if not title and not self.hearings.busy:
            act()
            return
        again = "What is finished stays; the rest can be begun again."
        messages.ask(
            self,
            f"{title} is going on." if title else "A recording is being transcribed.",
            f"{again} {STAYS}" if title and self.hearings.busy else again if title else STAYS,
            "Stop and close",
            "Keep working",
            partial(self._stop_and, act),
        )

    def _stop_and(self, act: Callable[[], object]) -> None:
        self.workshop.finish()
        act()

    # Projects

    def open_project(self, folder: Path, *, read_only: bool = False) -> bool:
        """Opens the project in this folder in place of the one shown; False where it cannot be.

        One that is open elsewhere is opened for reading only, and that is said.
        """
        name = settings.coder_name(settings.load())
        try:
            project = Project.open(folder, name, read_only=read_only)
        except InUse as problem:
            self.open_project(folder, read_only=True)
            messages.tell(self, problem)
            return True
        except EvidenceError as problem:
            messages.tell(self, problem)
            return False
        self.show_project(project)
        return True

    def show_project(self, project: Project) -> None:
        """Shows a project that was just opened or made, as soon as nothing is heard any more of the
        one before."""
        self.hearings.leave(partial(self._show_project, project))

    def _show_project(self, project: Project) -> None:
        self.close_project()
        self.session = Session(project, self)
        self.session.changed.connect(lambda _: self.show_state())
        self.evidence.open_session(self.session)
        self.quotes.open_session(self.session)
        self.audit.open_session(self.session)
        self.auditing.open_session(self.session)
        self.consistency.open_session(self.session)
        self.trailing.open_session(self.session)
        self.settling.open_session(self.session)
        self.agreeing.open_session(self.session)
        self.finding.open_session(self.session)
        self.words.open_session(self.session)
        self.together.open_session(self.session)
        self.hearings.open_session(self.session)
        self._all.setCurrentWidget(self._work)
        self.status.clearMessage()
        self.state.go_back_to(project)
        if not project.read_only:
            self.chores.back_up(project)
        self.workshop.aside(lambda: project.sentences("It warms up. Ready."))
        title = project.inquiry.title
        self.setWindowTitle(f"{title} – Evidence Coder")
        self.keep(settings.opened(settings.load(), project.folder, title))
        self._allow()
        self.show_state()
        self.working_on.emit(str(project.folder))

    def close_project(self) -> None:
        """Closes the project, if there is one, and shows the welcome screen."""
        if self.session is None:
            return
        self.state.keep_whereabouts(self.session.project)
        self.chores.importing.abandon()
        self.hearings.close()
        self.workshop.finish()
        self.memos.close()
        self.together.open_session(None)
        self.evidence.open_session(None)
        self.quotes.open_session(None)
        self.audit.open_session(None)
        self.auditing.open_session(None)
        self.consistency.open_session(None)
        self.trailing.open_session(None)
        self.settling.open_session(None)
        self.agreeing.open_session(None)
        self.finding.open_session(None)
        self.words.open_session(None)
        self.session.project.close()
        self.session.deleteLater()
        self.session = None
        self.working_on.emit("")
        self.show_welcome()

    def show_welcome(self) -> None:
        """Shows the first screen with what was opened lately."""
        self.setWindowTitle("Evidence Coder")
        self.welcome.show_recent(settings.load().recent)
        self._all.setCurrentWidget(self.welcome)
        self.welcome.first().setFocus()
        self.status.show_state("")
        self.status.clearMessage()
        self._allow()

    def show_passage(self, submission_id: str, document_id: str, start: int, end: int) -> None:
        """Goes to the evidence and selects these words."""
        self.go_to_place(0)
        self.evidence.show_passage(submission_id, document_id, start, end)

    def _jump_from(
        self, place: int, submission_id: str, document_id: str, start: int, end: int
    ) -> None:
        """Goes to words that were shown in another place, with a way back there."""
        self.show_passage(submission_id, document_id, start, end)
        self.evidence.desk.way_back.offer(place, self.registry.shown_keys("way-back"))

    def _come_back(self, place: int) -> None:
        self.go_to_place(place)
        if place == 1:
            self.quotes.come_back()

    def show_submission(self, ref: str) -> None:
        """Goes to the evidence and shows the submission with this reference."""
        if self.session is not None:
            self.go_to_place(0)
            self.evidence.list.choose(self.session.project.submission(ref).id)

    # Places and looks

    def go_to_place(self, place: int) -> None:
        """Shows the evidence (0), the quotes (1) or the audit (2)."""
        if self.session is None:
            return
        self._stack.setCurrentIndex(place)
        self.evidence.desk.way_back.hide()
        self._places.button(place).setChecked(True)
        if place == 1:
            self.quotes.enter()
        elif place == 2:
            self.audit.enter()
        else:
            self.evidence.list.list.setFocus()
        if place != 0:
            self.evidence.desk.playback.pause()
        self._allow()

    def set_appearance(self, appearance: str) -> None:
        """Shows the window in light, dark, or as the system has it, now and from now on."""
        self.keep(replace(settings.load(), appearance=appearance))
        self.restyle(appearance)

    def _follow_system(self, scheme: Qt.ColorScheme) -> None:
        """Goes with the system between light and dark, where it is to be followed."""
        dark = scheme is Qt.ColorScheme.Dark
        if settings.load().appearance == "system" and dark is not theme.current().dark:
            self.restyle("system")

    def restyle(self, appearance: str) -> None:
        """Takes on an appearance."""
        self.registry[f"appearance-{appearance}"].setChecked(True)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, appearance)
        for button in self._places.buttons():
            button.setIcon(theme.icon(str(button.property("drawing")), size=22))
        self.welcome.show_recent(settings.load().recent)
        self.evidence.restyle()
        self.quotes.restyle()
        self.audit.restyle()
        self.finding.restyle()
        self.words.restyle()

    def place(self) -> int:
        """Which place is shown: the evidence (0), the quotes (1) or the audit (2)."""
        return self._stack.currentIndex()

    def _place(self) -> EvidencePlace | QuotesPlace | AuditPlace:
        return (self.evidence, self.quotes, self.audit)[self.place()]

    def submission_at_hand(self) -> str:
        """The id of the submission that acts are about: the one chosen in the place that is shown,
        or that of the quote or finding chosen there; nothing where none is."""
        return self._place().submission_at_hand()

    def _to_focused(self, act: str) -> None:
        """Does to the text that has the focus what every text of Qt can do by this name."""
        do = getattr(QApplication.focusWidget(), act, None)
        if do is not None:
            do()

    def _to_themes(self) -> None:
        self.go_to_place(0)
        self.evidence.side.go_to(self.evidence.themes, self.evidence.themes.tree)

    def _put_in_basket(self) -> None:
        place = self._place()
        self.quotes.basket.put([] if isinstance(place, AuditPlace) else place.at_hand())

    def _to_basket(self) -> None:
        self.go_to_place(1)
        self.quotes.basket.go_to()

    def _focus(self, widget: QWidget) -> None:
        self.go_to_place(0)
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # State

    def _allow(self) -> None:
        there = self.session is not None
        reading = there and self.place() == 0
        playback = self.evidence.desk.playback
        self.registry.allow(
            project=there,
            submission=there and bool(self._place().submission_at_hand()),
            text=reading,
            recording=reading and playback.player is not None,
            transcript=reading and bool(playback.segments),
        )
        self.submissions.allow()
        self.undoing.allow()

    def show_state(self) -> None:
        """Says in the status line who is coding and that all is saved."""
        if self.session is None:
            return
        project = self.session.project
        saved = "reading only" if project.read_only else "saved"
        self.status.show_state(f"{project.coder.name} · {saved}")
        self.undoing.allow()

    def _note_of_document(self, words: str) -> None:
        """Says what was done in the evidence, until another document is shown."""
        document = self.evidence.desk.document
        self._noted = (document.id if document else "", words)
        self.status.note(words)

    def _drop_note(self) -> None:
        """Takes away what was said of a document that is shown no longer."""
        document = self.evidence.desk.document
        about, words = self._noted
        if about and document and document.id != about:
            if self.status.currentMessage() == words:
                self.status.clearMessage()
            self._noted = ("", "")

    def _keep_zoom(self, points: int) -> None:
        self.keep(replace(settings.load(), text_points=points))

    def keep(self, changed: settings.Settings) -> None:
        """Keeps changed settings; says so where they cannot be."""
        try:
            settings.save(changed)
        except OSError as problem:
            self.status.note(f"Your settings could not be kept ({problem.strerror}).")

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        """Follows the system's font, from whose size all others go."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and not theme.fits_font():
            self.restyle(settings.load().appearance)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.arriving.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.arriving.drop(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        away = partial(self.hearings.leave, self.close)
        if self.workshop.busy_with() or self.hearings.busy:
            event.ignore()
            self.when_free(away)
            return
        if not self.hearings.crew.at_rest:
            event.ignore()
            away()
            return
        self.state.keep()
        self.close_project()
        self.workshop.close()
        event.accept()
