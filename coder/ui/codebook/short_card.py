"""What the chosen code means, below the tree: definition, an example, who used it how often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coder.domain.codebook_file import TEXTS
from coder.domain.quotes import Quote
from coder.domain.text import counted
from coder.project.codebook import CodeView

_TALLEST = 190
_LONGEST = 160
"""Characters of an example; the rest is in the full card."""


class ShortCard(QFrame):
    """The card; `more` asks for the whole of it."""

    more = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setContentsMargins(0, 0, 6, 0)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setObjectName("clear")
        scroll.viewport().setAutoFillBackground(False)
        self.words.setAutoFillBackground(False)
        scroll.setWidget(self.words)
        self._scroll = scroll
        self.used = QLabel(self)
        self.used.setObjectName("muted")
        self.used.setWordWrap(True)
        self.button = QPushButton("More…", self)
        self.button.setObjectName("flat")
        self.button.setToolTip("All about this code: meaning, examples, history (Ctrl+B)")
        self.button.setAccessibleName("More about this code")
        self.button.clicked.connect(self.more)
        foot = QHBoxLayout()
        foot.addWidget(self.used, 1)
        foot.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 6, 6)
        layout.setSpacing(4)
        layout.addWidget(scroll)
        layout.addLayout(foot)

    def show_code(
        self, view: CodeView, coders: Mapping[str, int], examples: Sequence[Quote]
    ) -> None:
        """Shows a code, how many tags each coder has with it, and its first example."""
        said = [
            f"<b>{words}:</b> {_lines(text)}" if name != "definition" else _lines(text)
            for name, words in TEXTS.items()
            if (text := getattr(view.code, name))
        ]
        if not said:
            said.append("<i>Nobody has written yet what it means: press Ctrl+B.</i>")
        said += [
            f"<i>“{escape(_cut(one.quote))}”</i> {escape(one.citation)}" for one in examples[:1]
        ]
        self.words.setText("".join(f'<p style="margin:0 0 5px 0">{part}</p>' for part in said))
        self.used.setText(used(view, coders))
        self._fit()

    def _fit(self) -> None:
        """As tall as what it says, up to a limit beyond which it scrolls."""
        wide = max(120, self.width() - 40)
        self._scroll.setFixedHeight(min(_TALLEST, self.words.heightForWidth(wide) + 4))


def used(view: CodeView, coders: Mapping[str, int]) -> str:
    """How often a code is used and by whom, in words: `8 tags in 3 submissions: Noor 5, Ines 3`."""
    if not view.codings:
        return "Not used yet."
    tags, submissions = counted(view.codings, "tag"), counted(view.submissions, "submission")
    by = ", ".join(f"{name} {number:,}" for name, number in coders.items())
    return f"{tags} in {submissions}: {by}" if by else f"{tags} in {submissions}"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]}…"
