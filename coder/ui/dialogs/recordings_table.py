"""A table of recordings in which each gets its language, sound track and voices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from coder.domain.text import clock
from coder.project.languages import language_name, languages
from coder.project.recordings import Recording, Track
from coder.ui import theme

Index = QModelIndex | QPersistentModelIndex

RECORDING, LENGTH, LANGUAGE, TRACK, VOICES = range(5)
COLUMNS = ("Recording", "Length", "Language", "Sound track", "Voices")
MIXED, APART = "Mixed", "Left and right apart"
_ROWS = 7
_SPOKEN = {"eng": "English", "cym": "Welsh", "wel": "Welsh", "gle": "Irish", "gla": "Gaelic"}
"""How recordings write languages (ISO 639-2); others are shown by their code."""
_CHOSEN = Qt.ItemDataRole.EditRole
_TICK = Qt.ItemDataRole.CheckStateRole


@dataclass(frozen=True, slots=True)
class Asked:
    """A recording that is asked about: what it is, the names of its submission, and what was
    chosen for it, first of all whether it is to be heard."""

    media_id: str
    ref: str
    title: str
    media_ms: int = 0
    names: str = ""
    language: str = "en"
    track: int = 0
    apart: bool = False
    wanted: bool = True


class RecordingRows(QAbstractTableModel):
    """The recordings with what is chosen for each. `changed` says that something else is."""

    changed = Signal()

    def __init__(self, rows: Sequence[Asked], parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = list(rows)
        self._tracks: dict[str, tuple[Track, ...]] = {}

    def speak(self, code: str) -> None:
        """Gives every recording this language."""
        self.rows = [replace(one, language=code) for one in self.rows]
        self._tell_all()

    def take(self, sounds: Mapping[str, Recording]) -> None:
        """Knows which sound tracks there are from now on, and chooses those that players choose."""
        self._tracks = {one: sound.tracks for one, sound in sounds.items()}
        for place, row in enumerate(self.rows):
            usual = (one.number for one in self._tracks.get(row.media_id, ()) if one.default)
            self.rows[place] = replace(row, track=next(usual, row.track))
        self._tell_all()

    def tracks(self, place: int) -> tuple[Track, ...]:
        """The sound tracks of a recording, as far as they are known."""
        return self._tracks.get(self.rows[place].media_id, ())

    def is_stereo(self, place: int, track: int) -> bool:
        """Whether a sound track has a left and a right."""
        tracks = self.tracks(place)
        return track < len(tracks) and tracks[track].channels == 2

    def choices(self, index: Index) -> list[tuple[str, object]]:
        """What can be chosen in a cell, as words and value; none where there is nothing to."""
        place = index.row()
        if index.column() == LANGUAGE:
            return [(name, code) for code, name in languages().items()]
        if index.column() == TRACK and len(self.tracks(place)) > 1:
            return list(zip(track_names(self.tracks(place)), range(99), strict=False))
        if index.column() == VOICES and self.is_stereo(place, self.rows[place].track):
            return [(MIXED, False), (APART, True)]
        return []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if way is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        if index.column() == RECORDING:
            return usual | Qt.ItemFlag.ItemIsUserCheckable
        return usual | Qt.ItemFlag.ItemIsEditable if self.choices(index) else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = self.rows[index.row()], index.column()
        if role == _CHOSEN:
            return {LANGUAGE: row.language, TRACK: row.track, VOICES: row.apart}.get(column)
        if role == _TICK and column == RECORDING:
            return Qt.CheckState.Checked if row.wanted else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ForegroundRole and not row.wanted:
            return QColor(theme.current().muted)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._shown(index.row(), column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{COLUMNS[column]}: {self._shown(index.row(), column)}"
        return None

    def setData(self, index: Index, value: object, role: int = _CHOSEN) -> bool:
        if role == _TICK and index.column() == RECORDING:
            wanted = Qt.CheckState(value) is Qt.CheckState.Checked
            self.rows[index.row()] = replace(self.rows[index.row()], wanted=wanted)
            self._tell_all()
            return True
        name = {LANGUAGE: "language", TRACK: "track", VOICES: "apart"}.get(index.column())
        if name is None:
            return False
        changed = {name: value}
        self.rows[index.row()] = replace(self.rows[index.row()], **changed)  # type: ignore[arg-type]
        self._tell_all()
        return True

    def _shown(self, place: int, column: int) -> str:
        row = self.rows[place]
        if column == RECORDING:
            return f"{row.ref}  {row.title}".strip()
        if column == LENGTH:
            return clock(row.media_ms) if row.media_ms else "not known"
        if column == LANGUAGE:
            return language_name(row.language)
        if column == TRACK:
            names = track_names(self.tracks(place))
            return names[row.track] if len(names) > 1 and row.track < len(names) else "–"
        if self.is_stereo(place, row.track):
            return APART if row.apart else MIXED
        return "–"

    def _tell_all(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, VOICES))
        self.changed.emit()


class _Choice(QStyledItemDelegate):
    """Lets one choose in a cell from a list, which opens at once."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        box, model = QComboBox(parent), index.model()
        box.setAccessibleName(COLUMNS[index.column()])
        for words, value in model.choices(index) if isinstance(model, RecordingRows) else ():
            box.addItem(words, value)
        box.activated.connect(lambda _: self._done(box))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(_CHOSEN)))
            editor.showPopup()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData(), _CHOSEN)

    def _done(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)


class RecordingsTable(QTableView):
    """The table. A click, F2 or Space on a cell opens what can be chosen there; Space on the
    recording itself leaves it out or takes it in again, as its tick does."""

    def __init__(self, rows: Sequence[Asked], parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = RecordingRows(rows, self)
        self.setObjectName("account")
        self.setAccessibleName("Recordings, with the language of each")
        self.setModel(self.rows)
        self.setItemDelegate(_Choice(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        height = self.fontMetrics().height() + 16
        self.verticalHeader().setDefaultSectionSize(height)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setResizeContentsPrecision(50)
        header.setSectionResizeMode(RECORDING, QHeaderView.ResizeMode.Stretch)
        self.setMinimumHeight((min(len(rows), _ROWS) + 1) * height + 8)
        self.clicked.connect(self._open)
        self._fit()

    def sizeHint(self) -> QSize:
        """No taller than its rows need, so that no gap stands below them."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def show_sounds(self, sounds: Mapping[str, Recording]) -> None:
        """Offers the sound tracks and voices that the recordings have."""
        self.rows.take(sounds)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._turn(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _turn(self, index: QModelIndex) -> None:
        if index.isValid() and index.column() == RECORDING:
            ticked = not self.rows.rows[index.row()].wanted
            state = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
            self.rows.setData(index, state, _TICK)
        else:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def _fit(self) -> None:
        """Leaves out the columns in which no recording has anything to choose."""
        places = range(len(self.rows.rows))
        several = any(len(self.rows.tracks(n)) > 1 for n in places)
        stereo = any(one.channels == 2 for n in places for one in self.rows.tracks(n))
        self.setColumnHidden(TRACK, not several)
        self.setColumnHidden(VOICES, not stereo)


def track_names(tracks: Sequence[Track]) -> list[str]:
    """What sound tracks are called in a list: number, title or language, and channels."""
    names = []
    for one in tracks:
        channels = {1: "mono", 2: "stereo"}.get(one.channels, f"{one.channels} channels")
        spoken = _SPOKEN.get(one.language, one.language)
        parts = [part for part in (one.title, spoken, channels) if part]
        names.append(f"{one.number + 1}: {', '.join(parts)}")
    return names
