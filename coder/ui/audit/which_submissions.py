"""Which submissions are compared: those that all have coded, those that the list shows, or ticked
ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coder.domain.text import counted, listed
from coder.project.agreement import SubmissionChoice
from coder.ui.quotes.several import MenuButton

_REF = Qt.ItemDataRole.UserRole
_ROOM = 12
"""So many pixels a line has above and below its words."""


class WhichSubmissions(MenuButton):
    """Says which submissions are compared; none chosen means those that all have coded. `changed`
    says that a person chose others, `note` why nothing came of it. `shown` gives the references of
    those that the list of evidence shows."""

    changed = Signal()
    note = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.shown: Callable[[], Iterable[str]] = tuple
        self.dialog: ChooseSubmissions | None = None
        self._offered: Sequence[SubmissionChoice] = ()
        self._chosen: tuple[str, ...] = ()
        menu = QMenu(self)
        menu.addAction("All that every coder &has coded", self._take_all)
        menu.addAction("Those that the &list of evidence shows", self._take_shown)
        menu.addSeparator()
        menu.addAction("&Choose…", self.choose)
        self.setMenu(menu)
        self.offer(())

    def offer(self, choices: Sequence[SubmissionChoice]) -> None:
        """Lets a person choose among these; what was chosen stays so, as far as it is there."""
        self._offered = choices
        self._keep(self._chosen)
        self.setEnabled(bool(choices))

    def chosen(self) -> tuple[str, ...]:
        """The references that are chosen, in their order."""
        return self._chosen

    def pick(self, *refs: str) -> None:
        """Chooses these as a person would, as far as they are offered."""
        self._keep(refs)
        self.changed.emit()

    def choose(self) -> None:
        """Asks which."""
        dialog = self.dialog = ChooseSubmissions(self._offered, self._chosen, self)
        dialog.accepted.connect(lambda: self.pick(*dialog.ticked()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _take_all(self) -> None:
        self.pick()

    def _take_shown(self) -> None:
        there = {one.ref for one in self._offered}
        refs = [ref for ref in self.shown() if ref in there]
        if refs:
            self.pick(*refs)
        else:
            self.note.emit("Nothing that the list of evidence shows was coded by two people.")

    def _keep(self, refs: Iterable[str]) -> None:
        wanted = set(refs)
        self._chosen = tuple(one.ref for one in self._offered if one.ref in wanted)
        many = len(self._chosen)
        told = "coded by all" if not many else self._chosen[0] if many == 1 else f"{many:,} chosen"
        self.setText(f"Submissions: {told}")
        self.setAccessibleName(f"Submissions: {', '.join(self._chosen) or told}")
        self.setToolTip(f"Submissions: {', '.join(self._chosen) or told}")
        self.setProperty("asks", bool(many))
        self.style().unpolish(self)
        self.style().polish(self)


class ChooseSubmissions(QDialog):
    """The submissions that two or more have coded, to be ticked; a field narrows them by their
    words."""

    def __init__(
        self, choices: Sequence[SubmissionChoice], chosen: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Which submissions are compared")
        told = QLabel(
            "Tick those to compare. Each is compared between those who have coded it; tick none for"
            " all that every coder has coded.",
            self,
        )
        told.setWordWrap(True)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Reference, name or coder")
        self.field.setAccessibleName("Reference, name or coder")
        self.field.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName("Submissions that two or more have coded")
        self.list.setObjectName("codes")
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for one in choices:
            self._add(one, ticked=one.ref in chosen)
        self._count = QLabel(self)
        self._count.setObjectName("muted")
        self.all = QPushButton("Tick what is &shown", self)
        self.none = QPushButton("&Untick it", self)
        for button, ticked in ((self.all, True), (self.none, False)):
            button.setObjectName("small")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _, ticked=ticked: self._tick_shown(ticked=ticked))
        buttons = QDialogButtonBox(self)
        self.go = buttons.addButton("&Compare", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self._count, 1)
        row.addWidget(self.all)
        row.addWidget(self.none)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(8)
        for widget in (told, self.field, self.list):
            layout.addWidget(widget)
        layout.addLayout(row)
        layout.addWidget(buttons)
        layout.setStretchFactor(self.list, 1)
        self.field.textChanged.connect(self._narrow)
        self.field.installEventFilter(self)
        self.list.itemChanged.connect(lambda _: self._tell())
        self.resize(560, 520)
        self._tell()
        self.field.setFocus()

    def ticked(self) -> tuple[str, ...]:
        """The references that are ticked, in their order."""
        return tuple(
            one.data(_REF) for one in self._items() if one.checkState() is Qt.CheckState.Checked
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow down goes from the field into the list."""
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Down
        ):
            self._enter_list()
            return True
        return super().eventFilter(watched, event)

    def _add(self, one: SubmissionChoice, *, ticked: bool) -> None:
        named = f"{one.ref}  {one.title}" if one.title else one.ref
        item = QListWidgetItem(f"{named} · {listed(one.coders)}", self.list)
        item.setToolTip(item.text())
        item.setData(_REF, one.ref)
        item.setSizeHint(QSize(0, self.list.fontMetrics().height() + _ROOM))
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _narrow(self, words: str) -> None:
        wanted = words.casefold().split()
        for one in self._items():
            text = one.text().casefold()
            one.setHidden(not all(word in text for word in wanted))
        self._tell()

    def _tick_shown(self, *, ticked: bool) -> None:
        self.list.blockSignals(True)
        for one in self._items():
            if not one.isHidden():
                one.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._tell()

    def _enter_list(self) -> None:
        there = next((one for one in self._items() if not one.isHidden()), None)
        if there is not None:
            self.list.setCurrentItem(there)
            self.list.setFocus()

    def _tell(self) -> None:
        ticked, shown = len(self.ticked()), sum(not one.isHidden() for one in self._items())
        whole = counted(self.list.count(), "submission")
        some = f"{shown:,} of {whole}" if shown < self.list.count() else whole
        self._count.setText(f"{some} · {ticked:,} ticked" if shown else "Nothing has these words.")
