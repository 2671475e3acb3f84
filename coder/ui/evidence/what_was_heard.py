"""Shows what a machine heard beside what a person made of it, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from coder.domain.model import Segment
from coder.domain.rewording import Rewording
from coder.domain.text import clock
from coder.ui import theme


class HeardDialog(QDialog):
    """The machine's draft of some sentences beside the text that stands. `back` asks to give them
    the machine's words again."""

    def __init__(self, corrected: Sequence[Segment], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("What the machine heard")
        about = QLabel("Words that were changed are underlined on both sides.", self)
        about.setObjectName("muted")
        self.text = QTextBrowser(self)
        self.text.setObjectName("plain")
        self.text.setAccessibleName("What the machine heard, and what stands")
        self.text.setTabChangesFocus(True)
        self.text.setHtml(_table(corrected))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.back = buttons.addButton(
            "Take the machine’s words", QDialogButtonBox.ButtonRole.ActionRole
        )
        self.back.setAutoDefault(False)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(about)
        layout.addWidget(self.text, 1)
        layout.addWidget(buttons)
        self.resize(680, min(480, 190 + 70 * len(corrected)))
        close.setFocus()


def _table(corrected: Sequence[Segment]) -> str:
    """The sentences as a table of two columns."""
    look = theme.current()
    head = f'style="color: {look.muted}; padding: 4px 14px 4px 0"'
    cell = 'style="padding: 4px 14px 8px 0" width="45%"'
    rows = [f"<tr><td {head}></td><td {head}>The machine</td><td {head}>What stands</td></tr>"]
    for segment in corrected:
        old, new = _marked(Rewording(segment.heard, segment.text))
        when = f"<td {head}>{clock(segment.start_ms)}</td>"
        rows.append(f"<tr>{when}<td {cell}>{old}</td><td {cell}>{new}</td></tr>")
    return f'<table width="100%">{"".join(rows)}</table>'


def _marked(change: Rewording) -> tuple[str, str]:
    """Both texts, with the words underlined that are not in the other."""
    old: list[str] = []
    new: list[str] = []
    for piece in change.pieces:
        was = [change.old[slice(*one)] for one in change.old_words[piece.old : piece.old_end]]
        now = [change.new[slice(*one)] for one in change.new_words[piece.new : piece.new_end]]
        for words, told in ((was, old), (now, new)):
            plain = escape(" ".join(words))
            if plain:
                told.append(plain if piece.kept else f"<b><u>{plain}</u></b>")
    return " ".join(old), " ".join(new)
