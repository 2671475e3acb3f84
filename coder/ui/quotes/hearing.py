"""Plays the quote that is shown, in the place where it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coder.domain.errors import EvidenceError
from coder.domain.quotes import Quote
from coder.domain.segments import spoken_between
from coder.ui.session import Session

if TYPE_CHECKING:
    from coder.ui.evidence.player import Player

_LOW = 230
"""How high it is at most, so that the words stay in sight below the picture."""


class Hearing(QWidget):
    """The recording of one quote, as soon as it is asked for. `note` says why there is nothing to
    be heard."""

    note = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.player: Player | None = None
        self._quote_id = ""
        self._span = (0, 0)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.setMaximumHeight(_LOW)
        self.hide()

    def toggle(self, quote: Quote, session: Session) -> None:
        """Plays a quote from its first word to its last; pauses where it plays already."""
        if self._quote_id == quote.id:
            self._play()
            return
        project = session.project
        try:
            document = project.document(quote.document_id)
            media = project.transcripts.recording_of(document) if document.source_id else None
            path = project.evidence.original_path(media) if media else None
        except EvidenceError as problem:
            self.note.emit(str(problem))
            return
        span = spoken_between(project.segments(document.id), quote.start, quote.end)
        if media is None or path is None or span is None:
            self.note.emit("This quote has no recording to be heard.")
            return
        self._quote_id, self._span = quote.id, span
        self.player = self.player or self._made_player()
        self.show()
        self.player.load(path, media)
        self.player.play_span(*span)

    def leave(self) -> None:
        """Stops, lets go of the file, and takes no room."""
        self._quote_id = ""
        self.hide()
        if self.player:
            self.player.unload()

    def restyle(self) -> None:
        """Takes on the theme in use."""
        if self.player:
            self.player.restyle()

    def hideEvent(self, event: QHideEvent) -> None:
        """Is not heard from out of sight."""
        super().hideEvent(event)
        if self.player and self.player.playing:
            self.player.toggle()

    def _play(self) -> None:
        """Plays the words, and no further; pauses where they are playing."""
        if self.player and self.player.playing:
            self.player.toggle()
        elif self.player:
            self.player.play_span(*self._span)

    def _made_player(self) -> Player:
        from coder.ui.evidence.player import Player

        player = Player(self)
        player.failed.connect(self.note)
        player.play.clicked.disconnect()
        player.play.clicked.connect(self._play)
        player.play.setToolTip("Play the quote, or pause (Space in the list)")
        player.speed.setToolTip("Speed")
        self._layout.addWidget(player)
        return player
