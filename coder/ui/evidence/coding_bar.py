"""The tag at the caret: what it is, whose, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coder.domain.dates import day_shown
from coder.domain.model import Coding
from coder.ui.elided import Elided
from coder.ui.reader import Mark
from coder.ui.session import Session

ACTS = {
    "recode": "Recode…",
    "memo": "Memo…",
    "mark": "Mark for use",
    "sensitive": "Sensitive",
    "remove": "Remove",
}


class CodingBar(QFrame):
    """Stands below the text while the caret is in a tagged passage. `wanted` gives one of `ACTS`
    and the coding's id."""

    wanted = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._coding: Coding | None = None
        self._swatch = QLabel(self)
        self._name = Elided("", self)
        self._name.setObjectName("section")
        self._about = Elided("", self)
        self._about.setObjectName("muted")
        self._memo = QLabel(self)
        self._memo.setWordWrap(True)
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._swatch)
        row.addWidget(self._name)
        row.addWidget(self._about, 1)
        acts = QHBoxLayout()
        acts.setSpacing(4)
        for name, words in ACTS.items():
            button = self._buttons[name] = QPushButton(words, self)
            button.setObjectName("flat")
            button.clicked.connect(lambda _=False, name=name: self._want(name))
            acts.addWidget(button)
        acts.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 4, 8, 4)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self._memo)
        layout.addLayout(acts)
        self.hide()

    @property
    def coding(self) -> Coding | None:
        """The coding that is shown, or None."""
        return self._coding

    def show_coding(self, coding: Coding | None, others: Sequence[str], session: Session) -> None:
        """Shows a coding, or goes away for None. `others` names the other codes on these words."""
        self._coding = coding
        self.setVisible(coding is not None)
        if coding is None:
            return
        mark: Mark = session.mark(coding)
        mine = session.is_mine(coding)
        pixmap = QPixmap(12, 12)
        pixmap.fill(QColor(mark.colour))
        self._swatch.setPixmap(pixmap)
        name = session.codes[coding.code_id].name
        self._name.setText(name)
        when = f"{day_shown(coding.created_at)} {coding.created_at[11:16]}"
        also = f" · also {', '.join(others)}" if others else ""
        self._about.setText(f"{mark.coder or 'me'} · {when}{also}")
        self._memo.setText(coding.memo)
        self._memo.setVisible(bool(coding.memo))
        self._buttons["mark"].setText("★ Marked" if coding.marked else ACTS["mark"])
        self._buttons["sensitive"].setText("⚑ Sensitive" if coding.sensitive else ACTS["sensitive"])
        self._buttons["memo"].setText("✎ Memo…" if coding.memo else ACTS["memo"])
        for name in ("recode", "memo", "remove"):
            self._buttons[name].setEnabled(mine)
            self._buttons[name].setToolTip("" if mine else f"This tag is {mark.coder}'s.")

    def _want(self, name: str) -> None:
        if self._coding:
            self.wanted.emit(name, self._coding.id)
