"""What narrows the trail: coder, submission, code, kind of act, days and words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from coder.domain.dates import day_of
from coder.domain.trail import DEEDS, Asked, Deed
from coder.project import Project

SOON_MS = 250


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen: coders by name, submissions by reference, codes by id with their path."""

    coders: list[str]
    submissions: list[str]
    codes: list[tuple[str, str]]


def choices_of(project: Project) -> Choices:
    """What may be chosen in a project."""
    return Choices(
        [one.name for one in project.coders()],
        list(project.trail.refs().values()),
        [(one.code.id, one.path) for one in project.codebook.tree()],
    )


class TrailFilters(QWidget):
    """The fields above the trail. `changed` comes a moment after the last of several changes."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.coder = _box("Whose steps", self)
        self.submission = _box("About which submission", self)
        self.code = _box("With which code", self)
        self.deed = _box("Which kind of act", self)
        self.deed.addItem("All acts", "")
        for deed, name in DEEDS.items():
            self.deed.addItem(name, str(deed))
        self.since = _day("Since", self)
        self.until = _day("Until", self)
        self.words = QLineEdit(self)
        self.words.setPlaceholderText("Words in what was done")
        self.words.setAccessibleName("Words in what was done")
        self.words.setClearButtonEnabled(True)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SOON_MS)
        self._later.timeout.connect(self.changed)
        above, below = QHBoxLayout(), QHBoxLayout()
        for box in (self.coder, self.submission, self.code, self.deed):
            box.currentIndexChanged.connect(lambda _: self._later.start())
            above.addWidget(box, 1)
        below.addWidget(self.words, 2)
        for field in (self.since, self.until):
            below.addWidget(field, 1)
        for field in (self.words, self.since, self.until):
            field.textChanged.connect(lambda _: self._later.start())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(above)
        layout.addLayout(below)
        self.offer(Choices([], [], []))

    def offer(self, choices: Choices) -> None:
        """Offers these, and keeps what was chosen as far as it is among them."""
        _fill(self.coder, "Everyone", [(one, one) for one in choices.coders])
        _fill(self.submission, "All submissions", [(one, one) for one in choices.submissions])
        codes = [(one, path.replace("/", " / ")) for one, path in choices.codes]
        _fill(self.code, "All codes", codes)

    def clear(self) -> None:
        """Asks for everything."""
        for box in (self.coder, self.submission, self.code, self.deed):
            box.setCurrentIndex(0)
        for field in (self.words, self.since, self.until):
            field.clear()

    @property
    def problem(self) -> str:
        """What is wrong with a day that was typed; nothing where all is well."""
        for field in (self.since, self.until):
            words = field.text().strip()
            if words and day_of(words) is None:
                return f"“{words}” is not a day. Write it as 18 Sep 2020 or 2020-09-18."
        return ""

    def asked(self, project: Project) -> Asked:
        """What is asked for; a day that is none asks for nothing. Raises EvidenceError."""
        coder, ref = self.coder.currentData(), self.submission.currentData()
        code = next((o for o in project.codebook.codes() if o.id == self.code.currentData()), None)
        deed = self.deed.currentData()
        return project.trail.asked(
            coders=[coder] if coder else [],
            submissions=[ref] if ref else [],
            codes=[code] if code else [],
            since=day_of(self.since.text()),
            until=day_of(self.until.text()),
            deeds=[Deed(deed)] if deed else [],
            words=self.words.text(),
        )


def _box(name: str, parent: QWidget) -> QComboBox:
    box = QComboBox(parent)
    box.setAccessibleName(name)
    box.setMinimumContentsLength(10)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


def _day(name: str, parent: QWidget) -> QLineEdit:
    field = QLineEdit(parent)
    field.setPlaceholderText(f"{name}, as 18 Sep 2020")
    field.setAccessibleName(f"{name} which day")
    field.setClearButtonEnabled(True)
    return field


def _fill(box: QComboBox, everything: str, choices: list[tuple[str, str]]) -> None:
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    box.addItem(everything, "")
    for value, words in choices:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)
