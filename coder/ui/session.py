"""The open project as the window knows it: word of every change, and what every view asks often."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from PySide6.QtCore import QObject, Signal

from coder.domain.dates import moment_shown
from coder.domain.model import Code, Coding
from coder.domain.palette import shade
from coder.domain.sight import Others, Sight
from coder.project import Project, StepDone
from coder.ui import theme
from coder.ui.reader import Mark
from coder.ui.window_state import state_file


class Session(QObject):
    """One open project. `changed` brings each committed step into the window's thread;
    `sight_changed` says that other tags of others are to be seen than before."""

    changed = Signal(object)
    sight_changed = Signal()

    def __init__(self, project: Project, parent: QObject) -> None:
        super().__init__(parent)
        self.project = project
        self._inquiry_id = project.inquiry.id
        self._codes: dict[str, Code] = {}
        self._coders: dict[str, str] = {}
        self._others: dict[str, Others] = {}
        self._declared: dict[tuple[str, str], bool] = {}
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
        signs = signs_of(coding)
        name = f"{signs} {code.name}" if signs else code.name
        return Mark(
            coding.id,
            coding.start,
            coding.end,
            name,
            colour,
            self.coder_name(coding.coder_id),
            own=self.is_mine(coding),
            when=moment_shown(coding.created_at),
            memo=coding.memo,
        )

    def is_mine(self, coding: Coding) -> bool:
        """Whether the coding is of the person at work."""
        return coding.coder_id == self.project.coder.id

    # Whose tags are seen

    @property
    def others(self) -> Others:
        """How the person at work has others' tags in this project treated."""
        name = self.project.coder.name
        if name not in self._others:
            kept = str(state_file().value(self.kept_as("others"), Others.SHOWN))
            self._others[name] = Others(kept) if kept in list(Others) else Others.SHOWN
        return self._others[name]

    def set_others(self, others: Others) -> None:
        """Has others' tags shown, hidden, or hidden until a document is declared coded; from now
        on, also when the project is opened again."""
        self._others[self.project.coder.name] = others
        state_file().setValue(self.kept_as("others"), str(others))
        self.sight_changed.emit()

    @property
    def blind(self) -> bool:
        """Whether the person at work codes blind."""
        return self.others is Others.BLIND

    @property
    def sight(self) -> Sight:
        """What the person at work sees."""
        return Sight(self.project.coder.id, self.others)

    def work_as(self, name: str) -> None:
        """Lets another person be at work. Raises Refused for an empty name."""
        self.project.as_coder(name)
        self.sight_changed.emit()

    def declared(self, document_id: str) -> bool:
        """Whether the person at work has declared a document coded."""
        key = (self.project.coder.id, document_id)
        if key not in self._declared:
            self._declared[key] = self.project.progress.declared(document_id)
        return self._declared[key]

    def sees_others_in(self, document_id: str) -> bool:
        """Whether others' tags of a document are to be seen now."""
        if self.others is Others.BLIND:
            return self.declared(document_id)
        return self.others is Others.SHOWN

    def sees(self, coding: Coding) -> bool:
        """Whether this coding is to be seen now."""
        return self.is_mine(coding) or self.sees_others_in(coding.document_id)

    def visible(self, codings: Iterable[Coding]) -> list[Coding]:
        """Those of these codings that are to be seen now."""
        return [coding for coding in codings if self.sees(coding)]

    def counts(self) -> dict[str, tuple[int, int]]:
        """For each code id with any tag that is to be seen: these tags, and the submissions they
        are in."""
        return self.project.codings.counts(self.sight)

    def kept_as(self, what: str) -> str:
        """The name under which the state file keeps something of this person in this project. By
        the person's name, since a coder has no id that lasts before their first act."""
        return f"{what}/{self._inquiry_id}/{quote(self.project.coder.name, safe='')}"

    def _forget(self, step: StepDone) -> None:
        if step.touches("codes"):
            self._codes = {}
        if step.touches("coders"):
            self._coders = {}
        if step.touches("readings"):
            self._declared = {}
            if self.blind:
                self.sight_changed.emit()


def signs_of(coding: Coding) -> str:
    """What is special about a coding, in signs: ★ marked, ⚑ sensitive, ✎ has a memo."""
    return "★" * coding.marked + "⚑" * coding.sensitive + "✎" * bool(coding.memo)
