"""Every shortcut in one list, in which each can be found, changed and put back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coder.settings import Settings
from coder.ui import keys, trees
from coder.ui.actions import (
    ACTS,
    BASKET,
    MENUS,
    PREVIEW,
    QUEUE,
    QUOTES,
    READER,
    SETTLING,
    TREE,
    Act,
    shown_keys,
)

_FIXED = (
    ("1–9, a–z", "Tag the selection with the code that has this key (shown beside it)"),
    ("Shift+arrows", "Select; with Ctrl by words"),
    ("Double click in a transcript", "Hear this word"),
    ("Ctrl+wheel", "Larger or smaller text"),
)
_ACT = Qt.ItemDataRole.UserRole
_LONE_MODIFIERS = (
    *(Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta),
    *(Qt.Key.Key_AltGr, Qt.Key.Key_unknown),
)


class ShortcutsDialog(QDialog):
    """The shortcuts by menu, with a field to find one. `changed` gives the settings as they are
    after each change, which holds at once."""

    changed = Signal(object)

    def __init__(self, chosen: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self._chosen = chosen
        self._build()
        self._connect()
        self._fill()
        self.resize(640, 680)
        self.field.setFocus()

    def _build(self) -> None:
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Find a command, or keys such as Ctrl+T")
        self.field.setAccessibleName("Find a command or keys")
        self.field.setClearButtonEnabled(True)
        self.list = QTreeWidget(self)
        self.list.setAccessibleName("Commands and their keys")
        self.list.setHeaderLabels(["Command", "Keys"])
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        self.list.setRootIsDecorated(False)
        self.list.setIndentation(14)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.told.setMinimumHeight(self.told.fontMetrics().height() * 2 + 4)
        self.pressed = KeyField(self)
        self.swap = QPushButton("Swap", self)
        self.reset = QPushButton("Put back", self)
        self.reset.setToolTip("The keys that this command was made with")
        self.none = QPushButton("No keys", self)
        self.singles = QCheckBox(
            "Single-key shortcuts in the text (M, U, V …; codes’ keys 1–9, a–z)", self
        )
        self.singles.setToolTip("Switch them off if you dictate, or press keys by mistake.")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.reset_all = buttons.addButton("Put all back", QDialogButtonBox.ButtonRole.ResetRole)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.pressed, 1)
        for button in (self.swap, self.none, self.reset):
            button.setAutoDefault(False)
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.told)
        layout.addLayout(row)
        layout.addWidget(self.singles)
        layout.addWidget(buttons)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._fill)
        self.list.currentItemChanged.connect(lambda *_: self._show_current())
        self.list.itemActivated.connect(lambda *_: self.pressed.setFocus())
        self.pressed.pressed.connect(self._try)
        self.pressed.left.connect(self.list.setFocus)
        self.swap.clicked.connect(self._swap)
        self.none.clicked.connect(lambda: self._set(""))
        self.reset.clicked.connect(self._put_back)
        self.reset_all.clicked.connect(lambda: self._take(replace(self._chosen, keys={})))
        self.singles.setChecked(self._chosen.single_keys)
        self.singles.toggled.connect(lambda on: self._take(replace(self._chosen, single_keys=on)))

    def choose(self, name: str) -> None:
        """Chooses the command with this id in the list."""
        for item in self._rows():
            act = item.data(0, _ACT)
            if act is not None and act.id == name:
                self.list.setCurrentItem(item)

    # The list

    def _fill(self) -> None:
        chosen = self._current()
        wanted = self.field.text().casefold().split()
        self.list.clear()
        for menu in MENUS:
            own = [act for act in ACTS if act.menu == menu]
            self._add(menu, [(self._title(act), self._shown(act), act) for act in own], wanted)
        self._add("Always in the text", [(words, key, None) for key, words in _FIXED], wanted)
        others = (
            ("In the themes", TREE),
            ("In the list of quotes", QUOTES),
            ("In the basket", BASKET),
            ("In the disagreements", SETTLING),
            ("In the preview of an import", PREVIEW),
            ("In the window of transcription", QUEUE),
        )
        for heading, acts in others:
            self._add(heading, [(act.title, shown_keys(act), None) for act in acts], wanted)
        tree = [(act.title, shown_keys(act), None) for act in TREE]
        self._add("In the tree of themes", tree, wanted)
        self.list.expandAll()
        self.choose(chosen.id if chosen else "")
        if self._current() is None and wanted:
            for row in self._rows()[::-1]:
                if row.data(0, _ACT) is not None:
                    self.list.setCurrentItem(row)
        self._show_current()

    def _add(
        self, heading: str, rows: Sequence[tuple[str, str, Act | None]], wanted: list[str]
    ) -> None:
        found = [
            row
            for row in rows
            if all(word in f"{heading} {row[0]} {row[1]}".casefold() for word in wanted)
        ]
        if not found:
            return
        top = QTreeWidgetItem(self.list, [heading])
        top.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = top.font(0)
        font.setBold(True)
        top.setFont(0, font)
        for title, shown, act in found:
            item = QTreeWidgetItem(top, [title, shown])
            item.setData(0, _ACT, act)
            if act is None:
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            elif act.id in self._chosen.keys:
                font = item.font(1)
                font.setBold(True)
                item.setFont(1, font)
                item.setToolTip(1, f"Made with: {shown_keys(act) or 'no keys'}")

    def _rows(self) -> list[QTreeWidgetItem]:
        return [item for item in trees.walk(self.list) if item.parent() is not None]

    def _title(self, act: Act) -> str:
        return f"{act.title} (in the text)" if act.scope == READER else act.title

    def _shown(self, act: Act) -> str:
        chosen = self._chosen
        return keys.shown(keys.in_force(act, chosen.keys, single_keys=chosen.single_keys))

    def _current(self) -> Act | None:
        item = self.list.currentItem()
        return item.data(0, _ACT) if item else None

    # Changing one

    def _show_current(self) -> None:
        act = self._current()
        self.swap.hide()
        self.pressed.clear()
        self.pressed.setEnabled(act is not None)
        self.none.setEnabled(act is not None and bool(self._shown(act)))
        self.reset.setEnabled(act is not None and act.id in self._chosen.keys)
        self.reset_all.setEnabled(bool(self._chosen.keys))
        if act is None:
            self.told.setText("Choose a command to give it other keys.")
        else:
            now = self._shown(act)
            self.told.setText(f"“{act.title}” has {now}." if now else f"“{act.title}” has no keys.")

    def _try(self, pressed: QKeySequence) -> None:
        """Gives the keys that were pressed to the chosen command, or says why not."""
        act = self._current()
        if act is None:
            return
        words = keys.shown([pressed])
        verdict = keys.verdict(act, pressed, self._chosen.keys)
        self.swap.setVisible(verdict.clash is not None)
        if verdict.why:
            self.told.setText(verdict.why)
        elif verdict.clash is not None:
            self.pressed.setText(words)
            self.told.setText(
                f"{words} belongs to “{verdict.clash.title}”. Press other keys, or swap the two."
            )
            self.pressed.setFocus()
        else:
            self._set(_portable(pressed))

    def _swap(self) -> None:
        act, pressed = self._current(), self.pressed.keys
        if act is None or pressed is None:
            return
        other = keys.verdict(act, pressed, self._chosen.keys).clash
        if other is not None:
            self._keep_keys(keys.swapped(self._chosen.keys, act, _portable(pressed), other))

    def _set(self, wanted: str) -> None:
        act = self._current()
        if act is not None:
            self._keep_keys(keys.set_keys(self._chosen.keys, act, wanted))

    def _put_back(self) -> None:
        """Gives the command its first keys; where another has them by now, that one loses them."""
        act = self._current()
        if act is None:
            return
        kept = keys.set_keys(self._chosen.keys, act, act.keys)
        for sequence in act.sequences:
            clash = keys.verdict(act, sequence, kept).clash
            if clash is not None:
                kept = keys.set_keys(kept, clash, "")
        self._keep_keys(kept)

    def _keep_keys(self, kept: dict[str, str]) -> None:
        self._take(replace(self._chosen, keys=kept))
        self.list.setFocus()

    def _take(self, chosen: Settings) -> None:
        self._chosen = chosen
        self.changed.emit(chosen)
        self._fill()


class KeyField(QLineEdit):
    """A field that takes the next keys pressed, whatever they are, and gives them by `pressed`.
    Tab goes on and Escape goes back (`left`), as everywhere."""

    pressed = Signal(QKeySequence)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.keys: QKeySequence | None = None
        self.setReadOnly(True)
        self.setPlaceholderText("Press the new keys here")
        self.setAccessibleName("New keys: press them here")

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _LONE_MODIFIERS:
            return
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.left.emit()
            return
        self.keys = QKeySequence(event.keyCombination())
        self.pressed.emit(self.keys)


def _portable(pressed: QKeySequence) -> str:
    return pressed.toString(QKeySequence.SequenceFormat.PortableText)
