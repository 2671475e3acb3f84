"""The window with the models: a list, what is worth knowing of the chosen one, and what can be done
with it. It needs no open project."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coder import settings
from coder.jobs import Job
from coder.project import models
from coder.project.models import Entry, Model
from coder.ui import messages
from coder.ui.background import MODELS, workshop_of
from coder.ui.folders import ask_for_file, ask_for_folder
from coder.ui.looking import Look
from coder.ui.models import words
from coder.ui.models.doing import Doing
from coder.ui.models.picking import PickDialog
from coder.ui.models.table import ModelList
from coder.ui.window_state import state_file

_SIZE = "models"
_FILES = "Models (*.zip *.pt)"


class ModelsWindow(QDialog):
    """The models of this machine and those that are published. `hears` says whether something is
    being transcribed at the moment."""

    def __init__(self, parent: QWidget, hears: Callable[[], bool] = lambda: False) -> None:
        super().__init__(parent)
        self._hears = hears
        self._showing = False
        self.setWindowTitle("Models for transcription")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAcceptDrops(True)
        self._look = Look(self, "Reading the models", self._show)
        self._wanted = ""
        self._build()
        self._connect()
        self.resize(880, 640)
        if kept := state_file().value(_SIZE):
            self.restoreGeometry(kept)

    def _build(self) -> None:
        self.machine = QLabel(self)
        self.machine.setObjectName("muted")
        self.machine.setWordWrap(True)
        self.notice = QLabel(self)
        self.notice.setObjectName("section")
        self.notice.setWordWrap(True)
        self.list = ModelList(self)
        self.doing = Doing(self)
        buttons = QHBoxLayout()
        self.add = QPushButton("Install from folder or zip", self)
        self.add.setMenu(self._make_menu())
        close = QPushButton("Close", self)
        close.clicked.connect(self.reject)
        buttons.addWidget(self.add)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(12)
        layout.addWidget(self.machine)
        layout.addWidget(self.notice)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._make_card())
        layout.addWidget(self.doing)
        layout.addLayout(buttons)
        for button in (self.add, close, self.download, self.try_it, self.prefer, self.remove):
            button.setAutoDefault(False)

    def _make_card(self) -> QFrame:
        """What is worth knowing of the chosen model, and what can be done with it."""
        card = QFrame(self)
        card.setObjectName("card")
        self.title = QLabel(card)
        self.title.setObjectName("section")
        self.about = QLabel(card)
        self.about.setWordWrap(True)
        self.about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.about.setMinimumHeight(self.about.fontMetrics().lineSpacing() * 2)
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.download = QPushButton("Download", card)
        self.download.setObjectName("primary")
        self.try_it = QPushButton("Try speed", card)
        self.prefer = QPushButton("Make default", card)
        self.remove = QPushButton("Remove…", card)
        row = QHBoxLayout()
        for button in (self.download, self.try_it, self.prefer, self.remove):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 14)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addSpacing(4)
        column.addLayout(row)
        return card

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("From a folder…", self._choose_folder)
        menu.addAction("From a zip or a .pt file…", self._choose_file)
        return menu

    def _connect(self) -> None:
        self.list.chosen.connect(self._show_current)
        self.list.removal_wanted.connect(self._ask_to_remove)
        self.download.clicked.connect(self._ask_to_download)
        self.try_it.clicked.connect(self._try)
        self.prefer.clicked.connect(self._prefer)
        self.remove.clicked.connect(self._ask_to_remove)

    def open_up(self) -> None:
        """Shows the window as things are now, ready for the keys."""
        if not self.doing.busy:
            self.doing.say("")
        self.refresh()
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus()

    def refresh(self, wanted: str = "") -> None:
        """Reads the models again; chooses the one called `wanted`, if that is given."""
        self._wanted = wanted or self._wanted
        self._look.beside(lambda: (models.machine_told(), models.catalogue()))

    def _show(self, found: tuple[str, list[Entry]]) -> None:
        machine, entries = found
        self.machine.setText(f"{machine} Only a download uses the internet, and only when asked.")
        self.notice.setText(_notice(entries))
        self.notice.setVisible(bool(self.notice.text()))
        self._showing = True
        try:
            self.list.show_entries(entries, self._wanted)
        finally:
            self._showing = False
        self._wanted = ""

    def _show_current(self) -> None:
        """Says what is to be said of the chosen model, and allows what can be done with it."""
        entry = self.list.current()
        if entry is None:
            return
        free = not self.doing.busy
        if free and not self._showing:
            self.doing.say("")  # it was of another model
        here = entry.model is not None
        self.title.setText(self.list.rows.called(entry))
        self.about.setText(words.about(entry))
        self.download.setText("Go on with the download" if entry.kept else "Download")
        self.download.setVisible(entry.downloadable and not here)
        self.download.setEnabled(free)
        self.try_it.setEnabled(here and free and entry.transcribes)
        self.prefer.setEnabled(here and entry.own and entry.transcribes and not entry.default)
        self.remove.setEnabled(free and (entry.own or entry.kept > 0))
        self.add.setEnabled(free)

    # What can be done

    def _ask_to_download(self) -> None:
        """Says what a download costs and begins it where that is agreed to; one that was begun goes
        on without being asked for again."""
        entry = self.list.current()
        if entry is None:
            return
        begin = partial(self._download, entry)
        if entry.kept:
            begin()
            return
        question = f"Download “{entry.id}”, {models.size(entry.bytes)}?"
        messages.ask(self, question, words.DOWNLOAD_COST, "Download", "Not now", begin)

    def _download(self, entry: Entry) -> None:
        self._start(
            f"Downloading the model “{entry.id}”",
            lambda job: models.get_model(entry.id, job),
            lambda model: f"“{model.id}” is installed.",
            f"The download of “{entry.id}” was stopped. What has come is kept.",
        )

    def _try(self) -> None:
        entry = self.list.current()
        if entry is None or entry.model is None:
            return
        if self._hears():
            messages.inform(self, words.TOO_BUSY, words.TRY_LATER)
            return
        self._start(
            f"Trying how fast “{entry.id}” is",
            partial(models.try_model, entry.model),
            lambda speed: f"With “{entry.id}” an hour takes {models.spoken_time(speed)}.",
        )

    def _prefer(self) -> None:
        entry = self.list.current()
        if entry and messages.attempt(self, partial(models.set_default, entry)):
            self.doing.say(f"“{entry.id}” is used from now on, unless another is chosen.")
            self.list.setFocus()
            self.refresh()

    def _ask_to_remove(self) -> None:
        entry = self.list.current()
        if entry is None or not self.remove.isEnabled():
            return
        if entry.model is None:
            question, more = f"Throw away what is here of “{entry.id}”?", ""
        else:
            question = f"Remove “{entry.id}” and free {models.size(entry.bytes)}?"
            stays = "A transcription under way goes on to its end."
            more = f"{models.removal_told(entry)} {stays}".strip()
        act = partial(self._remove, entry)
        messages.ask(self, question, more, "Remove", "Keep", act)

    def _remove(self, entry: Entry) -> None:
        self._start(
            f"Removing “{entry.id}”",
            lambda _: models.remove_model(entry),
            lambda told: f"“{entry.id}” is removed. {told}".strip(),
        )

    # Installing what is on this machine

    def _choose_folder(self) -> None:
        if folder := ask_for_folder(self, "Folder with a Whisper model"):
            self.install(folder)

    def _choose_file(self) -> None:
        if file := ask_for_file(self, "Whisper model", _FILES):
            self.install(file)

    def install(self, source: Path) -> None:
        """Installs the model in a folder, zip or file; of several, those that are picked."""
        title = f"Looking into “{source.name}”"
        work = self._start(title, partial(models.look_into, source))
        work.finished.connect(partial(self._found, source))

    def _found(self, source: Path, found: list[Model]) -> None:
        if len(found) == 1:
            self._install(source, [found[0].id])
            return
        dialog = PickDialog(source.name, found, self)
        dialog.picked.connect(partial(self._install, source))
        dialog.open()

    def _install(self, source: Path, names: list[str]) -> None:
        self._start(
            f"Installing from “{source.name}”",
            lambda job: models.add_models(source, names, job),
            _installed,
        )

    # How it is done

    def _start(
        self,
        title: str,
        act: Callable[[Job], Any],
        ended: Callable[[Any], str] | None = None,
        stopped: str = "Stopped.",
    ) -> Any:
        """Does something beside the window, shows how far it is, and says how it `ended`."""
        work = workshop_of(self).start(title, act, MODELS)
        self.doing.say("")
        self.doing.follow(work)
        work.failed.connect(lambda problem: messages.tell(self, problem))
        work.stopped.connect(lambda: self.doing.say(stopped))
        if ended is not None:
            work.finished.connect(lambda result: self._ended(result, ended))
        work.ended.connect(self.refresh)
        self.list.setFocus()  # or it would go to the next button when this one turns grey
        self._show_current()
        return work

    def _ended(self, result: Any, ended: Callable[[Any], str]) -> None:
        self.doing.say(ended(result))
        made = result[-1] if isinstance(result, list) else result
        self._wanted = made.id if isinstance(made, Model) else ""

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        """Looks again when a person comes back: a model may have come from elsewhere."""
        super().changeEvent(event)
        back = event.type() is QEvent.Type.ActivationChange and self.isActiveWindow()
        if back and not self.doing.busy:
            self.refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        if not self.doing.busy:
            self.install(Path(event.mimeData().urls()[0].toLocalFile()))

    def hideEvent(self, event: QHideEvent) -> None:
        state_file().setValue(_SIZE, self.saveGeometry())
        super().hideEvent(event)


def _notice(entries: list[Entry]) -> str:
    """What is to be said of all of them: that there is none, or no default."""
    own = [one for one in entries if one.own and one.model and one.transcribes]
    default = next((one for one in entries if one.default), None)
    if not own:
        return words.SHIPPED_ONLY.format(default.id) if default else words.NO_MODEL
    chosen = settings.load().model
    return words.GONE if chosen and not any(one.default for one in entries) else ""


def _installed(made: list[Model]) -> str:
    names = " and ".join(f"“{model.id}”" for model in made)
    return f"{names} {'is' if len(made) == 1 else 'are'} installed."
