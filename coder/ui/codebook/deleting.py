"""Asks before codes are deleted: what becomes of their tags."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from coder.domain.model import Code
from coder.domain.text import counted
from coder.project.codebook import CodeView
from coder.ui.codebook.colours import swatch
from coder.ui.session import Session

_WIDTH = 480
_LONGEST = 28


class DeleteDialog(QDialog):
    """What would go, counted by coder, and the choice of where the tags are kept. Everybody's tags
    are counted, also those that somebody who codes blind does not see."""

    def __init__(self, session: Session, codes: Sequence[Code], parent: QWidget) -> None:
        super().__init__(parent)
        book = session.project.codebook
        family = book.family(codes)
        tags = book.coders_of(family)
        views = {view.code.id: view for view in book.tree()}
        staying = [view for view in views.values() if view.code.id not in {c.id for c in family}]
        self.setWindowTitle("Delete codes" if len(codes) > 1 else "Delete a code")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(8)
        layout.addWidget(_words(_question(codes), "heading", self))
        layout.addWidget(_words(_what_goes(codes, family, tags), "", self))
        self.choices = QButtonGroup(self)
        self.other = QComboBox(self)
        if tags and staying:
            self._offer(layout, codes, views, staying)
        layout.addWidget(_words("Ctrl+Z brings everything back.", "muted", self))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.go = QPushButton("Delete", self)
        self.go.setObjectName("destructive")
        self.go.setAutoDefault(False)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.DestructiveRole)
        self.go.clicked.connect(self.accept)
        stays = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        stays.setDefault(True)
        stays.setFocus()
        buttons.rejected.connect(self.reject)
        layout.addSpacing(6)
        layout.addWidget(buttons)
        self.other.setVisible(bool(tags and staying))
        self.setFixedWidth(_WIDTH)
        self.resize(_WIDTH, layout.totalHeightForWidth(_WIDTH))

    def _offer(
        self,
        layout: QVBoxLayout,
        codes: Sequence[Code],
        views: dict[str, CodeView],
        staying: Sequence[CodeView],
    ) -> None:
        """The ways there are; with a parent that stays, keeping the tags there is chosen first."""
        self.remove = QRadioButton("&Remove the tags too", self)
        parents = {code.parent_id for code in codes}
        above = views.get(next(iter(parents)) or "") if len(parents) == 1 else None
        above = above if above in staying else None
        self.to_parent = QRadioButton(
            f"&Keep the tags: move them up to “{_short(above.code.name)}”" if above else "", self
        )
        self.to_parent.setVisible(above is not None)
        self.to_parent.setProperty("code", above.code.id if above else "")
        self.to_other = QRadioButton("Keep the tags: move them &to", self)
        for view in staying:
            shown = view.path.replace("/", " / ")
            self.other.addItem(swatch(view.code.colour), shown, view.code.id)
        self.other.setAccessibleName("Code that keeps the tags")
        self.other.activated.connect(lambda _: self.to_other.setChecked(True))
        for place, button in enumerate((self.to_parent, self.to_other, self.remove)):
            self.choices.addButton(button, place)
            layout.addWidget(button)
            if button is self.to_other:
                layout.addWidget(self.other)
        (self.to_parent if above else self.remove).setChecked(True)

    def keep_in(self) -> str:
        """The id of the code that is to keep the tags; empty where they go."""
        chosen = self.choices.checkedId()
        if chosen == 0:
            return str(self.to_parent.property("code"))
        return str(self.other.currentData()) if chosen == 1 else ""


def _question(codes: Sequence[Code]) -> str:
    return f"Delete “{codes[0].name}”?" if len(codes) == 1 else f"Delete {len(codes)} codes?"


def _what_goes(codes: Sequence[Code], family: Sequence[Code], tags: dict[str, int]) -> str:
    inner = len(family) - len(codes)
    who = "It" if len(family) == 1 else "They"
    below = ""
    if inner:
        below = f"{counted(inner, 'code')} below {'it' if len(codes) == 1 else 'them'} go too. "
        below = below.replace("code below it go", "code below it goes") if inner == 1 else below
    if not tags:
        return f"{below}{who} {'carries' if who == 'It' else 'carry'} no tags."
    by = ", ".join(f"{number:,} of {name}" for name, number in tags.items())
    verb = "carries" if who == "It" else "carry"
    return f"{below}{who} {verb} {counted(sum(tags.values()), 'tag')}: {by}."


def _short(name: str) -> str:
    """A name that fits beside the words of a choice, with an ampersand as it is."""
    cut = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
    return cut.replace("&", "&&")


def _words(text: str, name: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
