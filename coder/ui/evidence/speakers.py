"""Who speaks in a transcript: naming a turn at a time or with keys, finding it from the sound, and
giving somebody another name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from coder.domain.model import Document, Segment
from coder.domain.text import counted
from coder.project.speaking import Found
from coder.ui import messages
from coder.ui.background import HEARING, workshop_of
from coder.ui.dialogs.find_speakers import FindSpeakersDialog
from coder.ui.evidence.desk import Desk
from coder.ui.evidence.naming import Naming
from coder.ui.picker import Choice, Picker
from coder.ui.session import Session

_NOBODY = "No speech is shown here. Open a transcript first."


class Speakers(QObject):
    """The acts on speakers of the transcript on the desk."""

    note = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._session: Session | None = None
        self.naming = Naming(desk.playback, desk.reader, desk)
        self.naming.note.connect(self.note)
        self.naming.find_wanted.connect(self.find_speakers)
        self.naming.give_way_to(desk.strip)
        desk.put_below_text(self.naming)

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self._session = session
        self.naming.open_session(session)

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.naming.restyle()

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {
            "speaker": self.name_speaker,
            "name-speakers": self.name_with_keys,
            "find-speakers": self.find_speakers,
            "rename-speaker": self.rename_speaker,
        }

    def name_with_keys(self) -> None:
        """Opens the strip in which a key names who speaks, at the caret's sentence, or leaves
        it."""
        if self.naming.isVisible():
            self.naming.leave()
            return
        self._desk.strip.put_away()
        self.naming.enter()

    def find_speakers(self) -> None:
        """Asks how many speak, and finds them in the sound."""
        session, document = self._session, self._desk.document
        if session is None or document is None or not document.source_id:
            self.note.emit("Voices can be told apart only where there is a recording.")
            return
        known = len(session.project.correcting.speakers(document))
        dialog = FindSpeakersDialog(known, self._desk)
        dialog.accepted.connect(
            lambda: self._find(session, document, dialog.number.value(), dialog.chosen())
        )
        dialog.open()

    def name_speaker(self) -> None:
        """Asks who speaks: in the sentences that the selection touches, or else from the caret's
        sentence on until somebody else does."""
        meant = self.meant()
        if self._session is None or not meant:
            self.note.emit(_NOBODY)
            return
        start, end = self._desk.reader.selection()
        count = counted(len(meant), "sentence")
        asked = f"Who speaks in {count}?" if start < end else f"Who speaks from here on, {count}?"
        known = self._session.project.correcting.speakers()
        picker = Picker(
            self._desk, [Choice(name, name) for name in known], asked, create="Name the speaker"
        )
        picker.chosen.connect(lambda names: self._name(meant, names[0]))
        picker.created.connect(lambda name: self._name(meant, name))
        picker.open_at(self._desk.reader.below_selection() - QPoint(230, 0))

    def meant(self) -> list[Segment]:
        """The segments that an act on the speaker is about."""
        segments = self._desk.playback.segments
        start, end = self._desk.reader.selection()
        if start < end:
            return [one for one in segments if one.start < end and one.end > start]
        here = self._desk.playback.segment_at(start)
        if here is None:
            return []
        turn = []
        for one in segments[segments.index(here) :]:
            if one.speaker != here.speaker:
                break
            turn.append(one)
        return turn

    def rename_speaker(self) -> None:
        """Asks for another name of somebody who speaks in this transcript."""
        session, document = self._session, self._desk.document
        if session is None or document is None:
            return
        names = session.project.correcting.speakers(document)
        if not names:
            self.note.emit("Nobody is named in this transcript yet. Ctrl+Shift+Y names a speaker.")
            return
        here = self._desk.playback.segment_at(self._desk.reader.selection()[0])
        dialog = RenameDialog(names, here.speaker if here else "", self._desk)
        dialog.accepted.connect(
            lambda: messages.attempt(
                self._desk,
                lambda: session.project.correcting.rename_speaker(document, *dialog.names()),
            )
        )
        dialog.open()

    def _find(self, session: Session, document: Document, number: int, model: str) -> None:
        find = session.project.speaking.find
        work = workshop_of(self._desk).start(
            f"Finding the speakers of “{document.title}”",
            lambda job: find(document, number, job, model),
            HEARING,
        )
        work.failed.connect(lambda problem: messages.tell(self._desk, problem))
        work.stopped.connect(lambda: self.note.emit("Stopped. No speaker was named."))
        work.finished.connect(self._found)

    def _found(self, found: Found) -> None:
        names = ", ".join(
            f"{name} in {counted(count, 'sentence')}" for name, count in found.speakers.items()
        )
        told = [f"{names}.", *found.told(), *found.problems, "Ctrl+Z takes it back."]
        self.note.emit(" ".join(told))

    def _name(self, segments: list[Segment], name: str) -> None:
        session = self._session
        if session is None:
            return
        ids = [one.id for one in segments]
        if messages.attempt(self._desk, lambda: session.project.correcting.set_speaker(ids, name)):
            count = counted(len(ids), "sentence")
            self.note.emit(f"{name} speaks in {count}. Ctrl+Z takes it back.")
            self._desk.reader.setFocus()


class RenameDialog(QDialog):
    """Whose name is to be changed, and into what."""

    def __init__(self, names: list[str], chosen: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Rename a speaker")
        self.old = QComboBox(self)
        self.old.addItems(names)
        if chosen:
            self.old.setCurrentText(chosen)
        self.new = QLineEdit(self)
        self.new.textChanged.connect(lambda _: self._check())
        told = QLabel("The name is changed wherever this person speaks in this transcript.", self)
        told.setObjectName("muted")
        told.setWordWrap(True)
        form = QFormLayout(self)
        form.addRow("&Speaker", self.old)
        form.addRow("&New name", self.new)
        form.addRow(told)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText("Rename")
        ok.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        form.addRow(self.buttons)
        self.new.setFocus()
        self._check()

    def names(self) -> tuple[str, str]:
        """The name as it was and as it is to be."""
        return self.old.currentText(), self.new.text()

    def _check(self) -> None:
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(self.new.text().strip()))
