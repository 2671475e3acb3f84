"""What is known of the submission that is chosen in the preview, with the wording on permission."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from coder.domain.model import Permission
from coder.domain.text import counted
from coder.project.plan import Proposal
from coder.ui import theme
from coder.ui.elided import Elided
from coder.ui.importing import words
from coder.ui.importing.words import Left
from coder.ui.names import PERMISSIONS, TYPES

_MANY = 60
"""Beyond so many files or notes the rest is counted, not listed."""


class About(QWidget):
    """Tells of the chosen submissions. `permission_wanted` gives what a person sets for them."""

    permission_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._heading = Elided(self)
        self._heading.setObjectName("section")
        self.page = QTextBrowser(self)
        self.page.setObjectName("plain")
        self.page.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.page.setOpenLinks(False)
        self.page.setAccessibleName("About the chosen submission")
        self.permission = QComboBox(self)
        self.permission.setAccessibleName("Permission of the chosen submissions")
        for permission, shown in PERMISSIONS.items():
            self.permission.addItem(shown, str(permission))
        self.permission.activated.connect(self._set)
        label = QLabel("&Permission", self)
        label.setBuddy(self.permission)
        row = QHBoxLayout()
        row.addWidget(self._heading, 1)
        row.addWidget(label)
        row.addWidget(self.permission)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 12, 0)
        layout.addLayout(row)
        layout.addWidget(self.page, 1)
        self.show_chosen([], 0)

    def show_chosen(self, chosen: Sequence[Proposal], letters: int) -> None:
        """Tells of these; `letters` is how many the campaign of a single one has."""
        self.permission.setEnabled(bool(chosen))
        kinds = {proposal.permission for proposal in chosen}
        one = next(iter(kinds)) if len(kinds) == 1 else None
        self.permission.setCurrentIndex(self.permission.findData(str(one)) if one else -1)
        if not chosen:
            self._heading.setText("Nothing chosen")
            hint = "Choose a submission above to see what is in it, and what it says about being"
            self.page.setHtml(_small(f"{hint} published."))
        elif len(chosen) > 1:
            self._heading.setText(counted(len(chosen), "submission") + " chosen")
            self.page.setHtml(_of_several(chosen))
        else:
            self._heading.setText(words.title_of(chosen[0]))
            self.page.setHtml(_of_one(chosen[0], letters))

    def show_left(self, left: Left) -> None:
        """Tells why this one does not come in."""
        self._heading.setText(left.name)
        self.page.setHtml(f"<p>{escape(left.why)}</p>")
        self.permission.setEnabled(False)
        self.permission.setCurrentIndex(-1)

    def _set(self, place: int) -> None:
        self.permission_wanted.emit(Permission(self.permission.itemData(place)))


def _of_several(chosen: Sequence[Proposal]) -> str:
    names = [escape(words.title_of(one)) for one in chosen[: _MANY + 1]]
    hint = _small("J joins them into one submission. A permission set here is set for all of them.")
    wishes = [(one, wish) for one in chosen for wish in one.wishes]
    said = "".join(_quote(wish, words.title_of(one)) for one, wish in wishes[:_MANY])
    return hint + _listed(names, len(chosen)) + (_permission_head() + said if said else "")


def _of_one(proposal: Proposal, letters: int) -> str:
    parts = []
    if proposal.wishes:
        parts.append(_permission_head() + "".join(_quote(wish) for wish in proposal.wishes))
    meanings = [
        badge.meaning
        for badge in words.badges(proposal, letters)
        if badge.words not in ("see note", "wording on permission")
    ]
    parts += [f"<p style='margin:2px 0'>{escape(meaning)}</p>" for meaning in meanings]
    notes = words.problems(proposal)
    if notes:
        parts.append(_head("To know"))
        parts.append(_listed([escape(note) for note in notes]))
    known = (
        proposal.respondent,
        proposal.organisation,
        TYPES[proposal.type] if str(proposal.type) != "unknown" else "",
        proposal.region,
        f"received {words.day_shown(proposal.received)}" if proposal.received else "",
    )
    parts.append(_head("From"))
    shown = " · ".join(filter(None, known)) or "Nobody was recognised: write in who it is from."
    parts.append(_listed([escape(shown)]))
    parts.append(_head("Made of"))
    files = [
        f"{escape(words.whereabouts(thing))} {_small(words.contents(thing), 'span')}"
        for thing in proposal.things
    ]
    parts.append(_listed(files))
    return "".join(parts)


def _permission_head() -> str:
    hint = _small("Pointed out only: set the permission yourself.", "span")
    return f"{_head('What it says about being published', hint)}"


def _head(text: str, after: str = "") -> str:
    return f"<p style='margin-top:6px; margin-bottom:2px'><b>{escape(text)}</b> {after}</p>"


def _quote(sentence: str, whose: str = "") -> str:
    look = theme.current()
    who = f" {_small(whose, 'span')}" if whose else ""
    said = escape(" ".join(sentence.split()))
    return f"<p style='margin:2px 0 4px 10px; color:{look.text}'>“{said}”{who}</p>"


def _listed(lines: Sequence[str], of: int = 0) -> str:
    shown = [f"<p style='margin:1px 0 1px 10px'>{line}</p>" for line in lines[:_MANY]]
    if len(lines) > _MANY:
        shown.append(_small(f"… and {max(of, len(lines)) - _MANY:,} more"))
    return "".join(shown)


def _small(text: str, element: str = "p") -> str:
    return f"<{element} style='color:{theme.current().muted}'>{escape(text)}</{element}>"
