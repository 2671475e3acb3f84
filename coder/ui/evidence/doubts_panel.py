"""What is in doubt in the transcript that is shown, in a list through which a person works with a
few keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coder.domain.doubt import Kind
from coder.ui.evidence.desk import Desk
from coder.ui.evidence.doubting import Doubting
from coder.ui.evidence.doubts_look import PASSAGE, DoubtLook, told
from coder.ui.evidence.passages import Passage
from coder.ui.evidence.side import Side
from coder.ui.evidence.telling import without_doubts
from coder.ui.session import Session

Index = QModelIndex | QPersistentModelIndex
SILENCE = "No speech found"
_WHICH: tuple[tuple[str, Kind | None], ...] = (
    ("Everything in doubt", None),
    ("Loops", Kind.LOOP),
    ("Nobody may be speaking", Kind.SILENCE),
    ("Unsure sentences", Kind.UNLIKELY),
    ("Heard at a second try", Kind.GUESSED),
    ("Unsure words", Kind.WORDS),
    (SILENCE, None),
)
_KEYS = "Enter plays · C sounds right · F4 corrects · H hears again · A transcribes silence"
_CHECKED = "A person has checked this transcript, so nothing in it is marked as doubtful."
_NO_TRANSCRIPT = "Show a transcript: what its machine was unsure of is listed here."
_NONE_SUCH = "Nothing of this kind. Choose another above."


class _Model(QAbstractListModel):
    """The passages as Qt asks for them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.passages: list[Passage] = []

    def show(self, passages: list[Passage]) -> None:
        """Shows these in place of all."""
        self.beginResetModel()
        self.passages = passages
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.passages)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        passage = self.passages[index.row()]
        if role == PASSAGE:
            return passage
        words = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        return told(passage) if role in words else None


class _Lines(QListView):
    """The list. `pressed` gives a letter, or Enter as `Return`."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lines")
        self.setItemDelegate(DoubtLook(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("What is in doubt in this transcript")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pressed.emit("Return")
        elif plain and event.text().isprintable() and event.text().strip():
            self.pressed.emit(event.text().upper())
        else:
            super().keyPressEvent(event)


class DoubtsPanel(QWidget):
    """The list with a choice of which doubts stand in it, and buttons for what can be done with
    the one that is chosen. Choosing one selects it in the text."""

    def __init__(self, desk: Desk, doubting: Doubting, side: Side) -> None:
        super().__init__(side)
        self.setObjectName("panel")
        self._desk = desk
        self._doubting = doubting
        self._side = side
        self._following = False
        self.count = QLabel(self)
        self.count.setObjectName("section")
        self.count.setWordWrap(True)
        self.which = QComboBox(self)
        self.which.setAccessibleName("Which doubts are listed")
        self.which.addItems([name for name, _ in _WHICH])
        self.which.currentIndexChanged.connect(lambda _: self.refresh())
        self.model = _Model(self)
        self.list = _Lines(self)
        self.list.setModel(self.model)
        self.list.pressed.connect(self._pressed)
        self.list.clicked.connect(self._lead)
        self.list.doubleClicked.connect(lambda _: doubting.play())
        self.list.selectionModel().currentChanged.connect(lambda now, _: self._lead(now))
        self.empty = QLabel(self)
        self.empty.setObjectName("muted")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.shown = QCheckBox("Mark them in the text", self)
        self.shown.clicked.connect(desk.playback.toggle_doubts)
        self.keys = QLabel(_KEYS, self)
        self.keys.setObjectName("muted")
        self.keys.setWordWrap(True)
        self._arrange()
        doubting.changed.connect(self.refresh)
        doubting.gone_to.connect(self._follow)
        self.refresh()

    def _arrange(self) -> None:
        self.buttons: dict[str, QPushButton] = {}
        grid = QGridLayout()
        grid.setSpacing(6)
        for number, (name, words, tip, act) in enumerate(
            (
                ("play", "Play", "Play this passage (Enter)", self._doubting.play),
                ("confirm", "Sounds right", "What stands is what I hear (C)", self._confirm),
                ("again", "Hear again…", "Let the machine listen once more (H)", self._hear),
                (
                    "anyway",
                    "Transcribe anyway",
                    "Hear this silence (A)",
                    self._doubting.hear_anyway,
                ),
            )
        ):
            button = self.buttons[name] = QPushButton(words, self)
            button.setToolTip(tip)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, act=act: act())
            grid.addWidget(button, number // 2, number % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        for widget in (self.count, self.which):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        column.addLayout(grid)
        column.addWidget(self.shown)
        column.addWidget(self.keys)

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        del session
        self.refresh()

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {"to-doubts": self.enter}

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.list.viewport().update()

    def enter(self) -> None:
        """Shows the list, at the first passage where none was gone to yet."""
        self._side.go_to(self, self.list)
        if self.model.passages and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0))

    def refresh(self) -> None:
        """Shows what is in doubt now."""
        focused = QApplication.focusWidget()
        here = focused is not None and self.isAncestorOf(focused)
        every = self._doubting.passages
        shown = [one for one in every if self._wanted(one)]
        self._following = True
        try:
            self.model.show(shown)
        finally:
            self._following = False
        self.count.setText(self._desk.playback.doubts_told())
        self.count.setVisible(bool(every))
        self.which.setVisible(bool(every))
        self.list.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        self.empty.setText(self._why_empty())
        self.shown.setVisible(bool(every))
        self.shown.setChecked(self._desk.playback.doubts_shown)
        self.keys.setVisible(bool(shown))
        self._follow(self._doubting.at)
        if here:
            self._keep_focus()

    def _keep_focus(self) -> None:
        """Keeps the keys where a person works: in the list, or in the text where it is empty."""
        chooses = self.which.hasFocus() and self.which.isVisible()
        if not chooses and not self.shown.hasFocus():
            (self.list if self.model.passages else self._desk.reader).setFocus()

    def _why_empty(self) -> str:
        document = self._desk.document
        if document is None or document.source_id is None:
            return _NO_TRANSCRIPT
        if not document.machine_draft:
            return _CHECKED
        return _NONE_SUCH if self._doubting.passages else without_doubts(document)

    def _wanted(self, passage: Passage) -> bool:
        name, kind = _WHICH[self.which.currentIndex()]
        if name == SILENCE:
            return not passage.segment_id
        return kind is None or kind in passage.kinds

    def _lead(self, index: QModelIndex) -> None:
        """Selects the passage that was chosen in the text."""
        if not self._following and index.isValid():
            self._doubting.go_to(self.model.passages[index.row()])

    def _follow(self, key: str) -> None:
        """Shows which passage was gone to."""
        rows = [row for row, one in enumerate(self.model.passages) if one.key == key]
        self._following = True
        try:
            if rows:
                self.list.setCurrentIndex(self.model.index(rows[0]))
        finally:
            self._following = False
        self._allow()

    def _allow(self) -> None:
        passage = self._chosen()
        at_button = any(button.hasFocus() for button in self.buttons.values())
        for name, button in self.buttons.items():
            button.setVisible(bool(self.model.passages))
            silent = passage is not None and not passage.segment_id
            button.setEnabled(
                passage is not None
                and (name not in ("again", "anyway") or silent is (name == "anyway"))
            )
        if at_button and not any(button.hasFocus() for button in self.buttons.values()):
            self._keep_focus()

    def _chosen(self) -> Passage | None:
        index = self.list.currentIndex()
        return self.model.passages[index.row()] if index.isValid() else None

    def _pressed(self, key: str) -> None:
        """Does what a key means for the passage that is chosen."""
        passage = self._chosen()
        if passage is None:
            return
        if self._doubting.at != passage.key:
            self._doubting.go_to(passage)
        act = {
            "RETURN": self._doubting.play,
            "C": self._confirm,
            "H": self._hear,
            "A": self._doubting.hear_anyway,
        }.get(key.upper())
        if act:
            act()

    def _confirm(self) -> None:
        """Confirms the passage, and keeps at the list."""
        self._doubting.confirm()
        if self.list.isVisible():
            self.list.setFocus()

    def _hear(self) -> None:
        self._doubting.hear_again()
