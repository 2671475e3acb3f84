"""The open project as the window knows it: word of every change, and what every view asks often."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from coder.domain.model import Code, Coding
from coder.domain.palette import shade
from coder.project import Project, StepDone
from coder.ui import theme
from coder.ui.reader import Mark


class Session(QObject):
    """One open project. `changed` brings each committed step into the window's thread."""

    changed = Signal(object)

    def __init__(self, project: Project, parent: QObject) -> None:
        super().__init__(parent)
        self.project = project
        self._codes: dict[str, Code] = {}
        self._coders: dict[str, str] = {}
        self.changed.connect(self._forget)
        project.watch(self.changed.emit)

    @property
    def codes(self) -> dict[str, Code]:
        """The codebook by id."""
        if not self._codes:
            self._codes = {code.id: code for code in self.project.codebook.codes()}
        return self._codes

    def coder_name(self, coder_id: str) -> str:
        """A coder's name."""
        if coder_id not in self._coders:
            self._coders = {coder.id: coder.name for coder in self.project.coders()}
        return self._coders.get(coder_id, "")

    def mark(self, coding: Coding) -> Mark:
        """The coding as the reader shows it, with signs: ★ marked, ⚑ sensitive, ✎ has a memo."""
        code = self.codes[coding.code_id]
        colour = shade(code.colour, theme.current().dark)
        signs = "★" * coding.marked + "⚑" * coding.sensitive + "✎" * bool(coding.memo)
        name = f"{signs} {code.name}" if signs else code.name
        return Mark(
            coding.id, coding.start, coding.end, name, colour, self.coder_name(coding.coder_id)
        )

    def is_mine(self, coding: Coding) -> bool:
        """Whether the coding is of the person at work."""
        return coding.coder_id == self.project.coder.id

    def _forget(self, step: StepDone) -> None:
        if step.touches("codes"):
            self._codes = {}
        if step.touches("coders"):
            self._coders = {}
