"""One quote in its context: the words around it, who may be named, and what was thought of it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from coder.domain.citation import TYPE_NAMES
from coder.domain.quotes import Quote
from coder.domain.text import listed
from coder.ui import theme
from coder.ui.flow import Flow, Snug
from coder.ui.quotes.cards import by_line
from coder.ui.quotes.hearing import Hearing
from coder.ui.session import Session

_AROUND = 300
_MORE = 4
"""*More context* shows so many times as much."""


class Preview(QWidget):
    """Shows a quote with the text around it. `jump` asks to see it in its document, `play` to hear
    it, `mark` to mark it for use or not, `basket` to have it in the basket."""

    jump = Signal(object)
    play = Signal(object)
    copy = Signal()
    mark = Signal()
    basket = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setMinimumWidth(250)
        self._quote: Quote | None = None
        self._session: Session | None = None
        self._around = _AROUND
        self._where = self._label("section")
        self._who = self._label("")
        self._memo = self._label("muted")
        self._words = self._label("")
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._more = QPushButton("More context", self)
        self._more.setObjectName("flat")
        self._more.setToolTip("Show more of what stands before and after (M in the list)")
        self._more.clicked.connect(self.show_more)
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 4, 0)
        column.addWidget(self._words)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setObjectName("clear")
        scroll.setAccessibleName("The quote in its context")
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll = scroll
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 12, 12)
        layout.setSpacing(9)
        layout.addWidget(self._where)
        layout.addWidget(self._who)
        self.hearing = Hearing(self)
        layout.addWidget(self.hearing)
        layout.addWidget(scroll, 1)
        layout.addWidget(self._memo)
        layout.addWidget(self._make_buttons())
        self.show_quote(None, None)

    def _label(self, role: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(role)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _make_buttons(self) -> QWidget:
        row = Snug(self)
        flow = Flow(6)
        self._go = QPushButton("Show in document", row)
        self._go.setToolTip("Enter in the list")
        self._go.clicked.connect(lambda: self.jump.emit(self._quote))
        self._play = QPushButton("Play", row)
        self._play.setToolTip("Hear these words in the recording (Space in the list)")
        self._play.clicked.connect(lambda: self.play.emit(self._quote))
        self._copy = QPushButton("Copy with citation", row)
        self._copy.clicked.connect(self.copy)
        self._mark = QPushButton("Mark for use", row)
        self._mark.setToolTip("U in the list")
        self._mark.clicked.connect(self.mark)
        self._basket = QPushButton("Add to basket", row)
        self._basket.setToolTip("B in the list")
        self._basket.clicked.connect(self.basket)
        for button in (self._go, self._play, self._copy, self._mark, self._basket):
            button.setObjectName("small")
            flow.add(button)
        row.setLayout(flow)
        return row

    def show_quote(self, quote: Quote | None, session: Session | None) -> None:
        """Shows a quote, or an empty panel. Of the same quote as before it shows as much around
        it."""
        same = quote and self._quote and quote.id == self._quote.id
        self._around = self._around if same else _AROUND
        self._quote, self._session = quote, session
        if not same:
            self.hearing.leave()
        for button in (self._go, self._copy, self._mark, self._basket):
            button.setEnabled(quote is not None)
        self._play.setVisible(quote is not None and quote.time_ms is not None)
        self._mark.setText("Unmark" if quote and quote.marked else "Mark for use")
        if quote is None or session is None:
            for label in (self._where, self._who, self._words, self._memo):
                label.clear()
            self._more.hide()
            self._memo.hide()
            return
        self._where.setText(f"{quote.citation[1:-1]} · {quote.document}")
        draft = "\nFrom a machine transcript that nobody has checked yet." * quote.machine_draft
        sensitive = "\nSensitive: left out of packs." * quote.sensitive
        asked = f"\nAsked: {quote.question}" if quote.question else ""
        where = " · ".join(filter(None, (TYPE_NAMES[quote.type], quote.region)))
        self._who.setText(
            f"{by_line(quote)}\n{where}\n{quote.code}{_also(quote, session)}\nTagged by"
            f" {quote.coder or 'nobody'}{asked}{sensitive}{draft}"
        )
        self._memo.setText(f"Memo: {quote.memo}")
        self._memo.setVisible(bool(quote.memo))
        self._show_words(quote, session)
        if not same:
            self._scroll.verticalScrollBar().setValue(0)

    @property
    def quote(self) -> Quote | None:
        """The quote that is shown."""
        return self._quote

    def show_more(self) -> None:
        """Shows more of what stands around the quote."""
        if self._quote and self._session and self._more.isVisible():
            self._around *= _MORE
            self._show_words(self._quote, self._session)

    def _show_words(self, quote: Quote, session: Session) -> None:
        look = theme.current()
        context = session.project.quotes.context(quote, self._around)
        self._more.setVisible(context.more_before or context.more_after)
        cut_before, cut_after = "…" * context.more_before, "…" * context.more_after
        self._words.setText(
            f"<div style='line-height:140%'><span style='color:{look.muted}'>"
            f"{cut_before}{_html(context.before)}</span>"
            f"<span style='background:{look.page.strong}'>"
            f"{_html(quote.quote)}</span><span style='color:{look.muted}'>"
            f"{_html(context.after)}{cut_after}</span></div>"
        )


def _html(words: str) -> str:
    return escape(words).replace("\n", "<br>")


def _also(quote: Quote, session: Session) -> str:
    """Under which other codes the same words are."""
    beside = session.project.codings.on(quote.document_id, quote.start, quote.end, session.sight)
    others = {session.codes[one.code_id].name for one in beside if one.code_id != quote.code_id}
    return f"\nThe same words under {listed(sorted(others))}" if others else ""
