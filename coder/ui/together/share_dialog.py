"""What a copy for a colleague is to hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from coder.domain.text import counted
from coder.project.sharing import ShareOptions
from coder.ui.flow import SnugDialog
from coder.ui.together.passphrase import NewPassphrase

_LETTERS = 100


class Way(StrEnum):
    """Which submissions go along."""

    ALL = "all"
    GIVEN = "given"
    LISTED = "listed"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Offer:
    """What there is to share: the names of the coders, how many submissions, and the references of
    those the list shows, of the chosen one, and of what each coder was given, by their name."""

    people: Sequence[str]
    total: int
    listed: tuple[str, ...]
    chosen: str
    given: Mapping[str, tuple[str, ...]]


class ShareDialog(SnugDialog):
    """A form; nothing is written before a file is chosen. `wanted` hands over the `ShareOptions`
    that a file is to be chosen for."""

    wanted = Signal(object)

    def __init__(self, offer: Offer, parent: QWidget) -> None:
        super().__init__(_LETTERS, parent)
        self.setWindowTitle("Share a copy")
        self._offer = offer
        self.to = QComboBox(self)
        self.to.setEditable(True)
        self.to.addItems(list(offer.people))
        self.to.setCurrentIndex(-1)
        self.to.setAccessibleName("Who the copy is for")
        if (edit := self.to.lineEdit()) is not None:
            edit.setPlaceholderText("The colleague’s name, as they will code under it")
        ways = self._make_ways()
        self.originals = QCheckBox("F&iles as they were received: letters, scans, pictures", self)
        self.recordings = QCheckBox("&Recordings", self)
        for tick in (self.originals, self.recordings):
            tick.setChecked(True)
        self.blind = QCheckBox("&Blind: without others’ tags and memos on evidence", self)
        self.sealed = QCheckBox("&Seal with a passphrase", self)
        self.passphrase = NewPassphrase(self)
        self.passphrase.hide()
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.problem = QLabel(self)
        self.problem.setObjectName("danger")
        self.problem.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.go = buttons.addButton("Save the copy…", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        buttons.accepted.connect(lambda: self.wanted.emit(self.options()))
        buttons.rejected.connect(self.reject)
        self._lay_out(ways, buttons)
        self.to.currentTextChanged.connect(lambda _: self._look())
        for tick in (self.originals, self.recordings, self.blind):
            tick.toggled.connect(lambda _: self._look())
        self.sealed.toggled.connect(self._seal)
        self.passphrase.changed.connect(self._look)
        self._look()
        self.to.setFocus()

    def options(self) -> ShareOptions:
        """What is asked for."""
        return ShareOptions(
            self._name(),
            self._refs(),
            originals=self.originals.isChecked(),
            recordings=self.recordings.isChecked(),
            blind=self.blind.isChecked(),
            passphrase=self.passphrase.words if self.sealed.isChecked() else "",
        )

    # Below: how it is done

    def _name(self) -> str:
        return " ".join(self.to.currentText().split())

    def _way(self) -> Way:
        return next(way for way, button in self.ways.items() if button.isChecked())

    def _refs(self) -> tuple[str, ...]:
        """The references of what is chosen; none where all is."""
        match self._way():
            case Way.GIVEN:
                return self._offer.given.get(self._name(), ())
            case Way.LISTED:
                return self._offer.listed
            case Way.CHOSEN:
                return (self._offer.chosen,)
        return ()

    def _seal(self, on: bool) -> None:
        self.passphrase.setVisible(on)
        self._look()
        if on:
            self.passphrase.first.setFocus()

    def _look(self) -> None:
        given = len(self._offer.given.get(self._name(), ()))
        button = self.ways[Way.GIVEN]
        whom = self._name().replace("&", "&&") or "they"
        button.setText(f"Those {whom} &{'was' if self._name() else 'were'} given ({given:,})")
        button.setEnabled(bool(given))
        if not given and button.isChecked():
            self.ways[Way.ALL].setChecked(True)
        self.recordings.setEnabled(self.originals.isChecked())
        self.told.setText(self._sentence())
        problem = self.passphrase.problem() if self.sealed.isChecked() else ""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.go.setEnabled(not problem)

    def _sentence(self) -> str:
        refs = self._refs()
        number = len(refs) if self._way() is not Way.ALL else self._offer.total
        files = "with all files as they were received"
        if not self.originals.isChecked():
            files = "their texts only, without the files as they were received"
        elif not self.recordings.isChecked():
            files = "with the files as they were received, but no recordings"
        tags = "and everybody’s tags and memos on them"
        if self.blind.isChecked():
            whose = f"but {self._name()}’s own" if self._name() in self._offer.people else "on them"
            tags = f"and no tags and memos {whose}"
        shut = (
            "Only the passphrase opens it." if self.sealed.isChecked() else "Anybody can open it."
        )
        return (
            f"In it: the codebook, {counted(number, 'submission')}, {files}, {tags}."
            f" No name is masked: it is for the team. {shut}"
        )

    def _make_ways(self) -> QVBoxLayout:
        offer = self._offer
        self.ways = {
            Way.ALL: QRadioButton(f"&All ({offer.total:,})", self),
            Way.GIVEN: QRadioButton(self),
            Way.LISTED: QRadioButton(f"All that the &list shows ({len(offer.listed):,})", self),
            Way.CHOSEN: QRadioButton(f"The c&hosen one, {offer.chosen}", self),
        }
        self.ways[Way.LISTED].setEnabled(bool(offer.listed))
        self.ways[Way.CHOSEN].setVisible(bool(offer.chosen))
        self.ways[Way.ALL].setChecked(True)
        group = QButtonGroup(self)
        layout = QVBoxLayout()
        layout.setSpacing(2)
        for button in self.ways.values():
            group.addButton(button)
            layout.addWidget(button)
        group.buttonToggled.connect(lambda _, on: self._look() if on else None)
        return layout

    def _lay_out(self, ways: QVBoxLayout, buttons: QDialogButtonBox) -> None:
        ticks = QVBoxLayout()
        ticks.setSpacing(2)
        for tick in (self.originals, self.recordings, self.blind, self.sealed):
            ticks.addWidget(tick)
        form = QFormLayout()
        form.setSpacing(12)
        form.addRow("&For", self.to)
        form.addRow("Submissions", ways)
        form.addRow("With it", ticks)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self.passphrase)
        layout.addWidget(self.told)
        layout.addWidget(self.problem)
        layout.addStretch(1)
        layout.addWidget(buttons)
