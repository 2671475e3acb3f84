"""One quote in its context: the words around it, who may be named, and what was thought of it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from coder.domain.citation import TYPE_NAMES
from coder.domain.model import Quote
from coder.ui import theme
from coder.ui.quotes.cards import by_line
from coder.ui.session import Session


class Preview(QWidget):
    """Shows a quote with the text around it. `jump` asks to see it in its document,
    `play` to hear it there."""

    jump = Signal(object)
    play = Signal(object)
    copy = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._quote: Quote | None = None
        self._where = QLabel(self)
        self._where.setObjectName("section")
        self._where.setWordWrap(True)
        self._who = QLabel(self)
        self._who.setWordWrap(True)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        scroll = QScrollArea(self)
        scroll.setAccessibleName("The quote in its context")
        scroll.setWidget(self._words)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._go = QPushButton("Show in the document", self)
        self._go.clicked.connect(lambda: self.jump.emit(self._quote))
        self._copy = QPushButton("Copy with citation", self)
        self._copy.clicked.connect(self.copy)
        row = QHBoxLayout()
        self._play = QPushButton("Play", self)
        self._play.setToolTip("Hear these words in the recording")
        self._play.clicked.connect(lambda: self.play.emit(self._quote))
        row.addWidget(self._go)
        row.addWidget(self._play)
        row.addWidget(self._copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 12, 12)
        layout.addWidget(self._where)
        layout.addWidget(self._who)
        layout.addWidget(scroll, 1)
        layout.addLayout(row)
        self.show_quote(None, None)

    def show_quote(self, quote: Quote | None, session: Session | None) -> None:
        """Shows a quote, or an empty panel."""
        self._quote = quote
        for button in (self._go, self._copy):
            button.setEnabled(quote is not None)
        self._play.setVisible(quote is not None and quote.time_ms is not None)
        if quote is None or session is None:
            for label in (self._where, self._who, self._words):
                label.clear()
            return
        look = theme.current()
        context = session.project.quotes.context(quote)
        self._where.setText(f"{quote.citation[1:-1]} · {quote.document}")
        draft = "\nFrom a machine transcript that nobody has checked yet." * quote.machine_draft
        sensitive = "\nSensitive: left out of packs." * quote.sensitive
        memo = f"\nMemo: {quote.memo}" if quote.memo else ""
        self._who.setText(
            f"{by_line(quote)}\n{TYPE_NAMES[quote.type]} · {quote.code} · {quote.coder}"
            f"{sensitive}{draft}{memo}"
        )
        self._words.setText(
            f"<div style='line-height:140%'><span style='color:{look.muted}'>"
            f"…{_html(context.before)}</span><span style='background:{look.page.strong}'>"
            f"{_html(quote.quote)}</span><span style='color:{look.muted}'>"
            f"{_html(context.after)}…</span></div>"
        )


def _html(words: str) -> str:
    return escape(words).replace("\n", "<br>")
