"""One finding of consistency: what is odd, what to do, the definitions, and its passages side by
side."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coder.domain.dates import day_shown
from coder.domain.palette import shade
from coder.project.consistency import Finding, Judged, Kind, Passage, Tag
from coder.ui import theme
from coder.ui.audit.card_look import SIGN
from coder.ui.audit.consistency_list import sign_of
from coder.ui.flow import Flow, Snug
from coder.ui.session import Session
from coder.ui.tab_order import tab_through

_LONGEST = 700
"""Code points of a passage that are shown; the rest is in the text."""

_BESIDE = 540
"""Pixels of room from which on passages stand beside one another."""

_RECODED = (Kind.ALIKE, Kind.CAMPAIGN, Kind.DRIFT, Kind.SENSE, Kind.ONCE)
"""Kinds that another code on one of the tags may settle."""

_DEFINED = 3
"""Codes of which the definition is shown."""


class ConsistencyView(QWidget):
    """Shows a finding. `jump` asks for a passage in the text, `recode` for another code on a tag of
    one's own (its id), `define` for the card of a code, `dismiss` and `restore` for what they say.
    """

    jump = Signal(object)
    recode = Signal(str)
    define = Signal(str)
    dismiss = Signal()
    restore = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._judged: Judged | None = None
        self._session: Session | None = None
        self._columns = 2
        self._sign = QLabel(self)
        self._sign.setFixedWidth(SIGN + 4)
        self._title, self._said, self._advice, self._verdict = (QLabel(self) for _ in range(4))
        self._title.setObjectName("section")
        self._said.setObjectName("count")
        self._advice.setObjectName("muted")
        for label in (self._title, self._said, self._advice, self._verdict):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.go = QPushButton("Show in the text", self)
        self.dismissing = QPushButton("Dismiss…", self)
        self.restoring = QPushButton("Tell it again", self)
        self.go.clicked.connect(self._go)
        self.dismissing.clicked.connect(self.dismiss)
        self.restoring.clicked.connect(self.restore)
        self.area = QScrollArea(self)
        self.area.setObjectName("clear")
        self.area.setAccessibleName("Definitions and passages")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lay_out()
        self.show_finding(None, None)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._sign)
        head.addWidget(self._title, 1)
        buttons = QHBoxLayout()
        for button in (self.go, self.dismissing, self.restoring):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 14, 12)
        layout.setSpacing(6)
        layout.addLayout(head)
        for label in (self._said, self._advice, self._verdict):
            layout.addWidget(label)
        layout.addSpacing(4)
        layout.addWidget(self.area, 1)
        layout.addLayout(buttons)

    def show_finding(self, judged: Judged | None, session: Session | None) -> None:
        """Shows a finding, or an empty panel."""
        self._judged, self._session = judged, session
        there = judged is not None and session is not None
        for widget in (self._sign, self._title, self._said, self._advice, self._verdict):
            widget.setVisible(there)
        self.go.setVisible(there)
        self.dismissing.setVisible(judged is not None and judged.dismissal is None)
        self.restoring.setVisible(judged is not None and judged.dismissal is not None)
        if judged is None or session is None:
            self.area.setWidget(QWidget())
            return
        finding = judged.finding
        look = theme.current()
        colour = look.muted if judged.dismissal else look.accent
        self._sign.setPixmap(theme.icon(sign_of(judged), colour, SIGN).pixmap(SIGN, SIGN))
        self._title.setText(finding.title)
        self._said.setText(finding.said)
        self._advice.setText(finding.advice)
        self._verdict.setText(_verdict(judged, session))
        self._verdict.setVisible(bool(self._verdict.text()))
        self.go.setVisible(bool(finding.passages))
        inside = self._inside(finding, session)
        self.area.setWidget(inside)
        parts = inside.findChildren(QPushButton)
        tab_through([self.area, *parts, self.go, self.dismissing, self.restoring])

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.show_finding(self._judged, self._session)

    def first(self) -> Passage | None:
        """The passage that is gone to where none is named."""
        return self._judged.finding.passages[0] if self._judged and self.go.isVisible() else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = 2 if self.width() >= _BESIDE else 1
        if columns != self._columns:
            self._columns = columns
            self.restyle()

    def _go(self) -> None:
        if (passage := self.first()) is not None:
            self.jump.emit(passage)

    def _inside(self, finding: Finding, session: Session) -> QWidget:
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(10)
        if defined := [one for one in finding.codes if one in session.codes][:_DEFINED]:
            layout.addWidget(self._definitions(defined, session, inside))
        layout.addLayout(self._passages(finding, session, inside))
        layout.addStretch(1)
        return inside

    def _passages(self, finding: Finding, session: Session, parent: QWidget) -> QGridLayout:
        """The passages in two columns, or in one where there is little room; each side of two under
        its name."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(10)
        sides = list(dict.fromkeys(one.side for one in finding.passages if one.side))
        apart = len(sides) == 2
        rows, named = [0] * self._columns, set[str]()
        for number, passage in enumerate(finding.passages):
            column = (sides.index(passage.side) if apart else number) % self._columns
            if apart and passage.side not in named:
                named.add(passage.side)
                label = QLabel(passage.side, parent)
                label.setObjectName("section")
                grid.addWidget(label, rows[column], column)
                rows[column] += 1
            recoded = finding.kind in _RECODED and not session.project.read_only
            card = self._card(passage, session, parent, recoded=recoded)
            grid.addWidget(card, rows[column], column, Qt.AlignmentFlag.AlignTop)
            rows[column] += 1
        for column in range(self._columns):
            grid.setColumnStretch(column, 1)
        return grid

    def _definitions(self, ids: list[str], session: Session, parent: QWidget) -> QWidget:
        frame = Snug(parent)
        frame.setObjectName("card")
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(4)
        for one in ids:
            code = session.codes[one]
            meaning = code.definition or code.use_when or "has no definition."
            square = f"<span style='color:{shade(code.colour, theme.current().dark)}'>■</span>"
            words = QLabel(f"{square} <b>{escape(code.name)}</b> {escape(meaning)}", frame)
            words.setTextFormat(Qt.TextFormat.RichText)
            words.setWordWrap(True)
            layout.addWidget(words)
        row = Flow(6)
        for one in ids:
            name = session.codes[one].name
            button = QPushButton(
                "Define the code…" if len(ids) == 1 else f"Define “{_short(name)}”…", frame
            )
            button.setObjectName("flat")
            button.setAccessibleName(f"Define “{name}”…")
            button.clicked.connect(lambda _=False, code_id=one: self.define.emit(code_id))
            row.add(button)
        layout.addLayout(row)
        return frame

    def _card(
        self, passage: Passage, session: Session, parent: QWidget, *, recoded: bool
    ) -> QWidget:
        frame = Snug(parent)
        frame.setObjectName("card")
        look = theme.current()
        place = QLabel(
            f"<b>{escape(passage.ref)}</b> <span style='color:{look.muted}'>"
            f"{escape(_short(passage.document))}</span>",
            frame,
        )
        words = QLabel(f"<div style='line-height:135%'>{_words(passage.quote)}</div>", frame)
        words.setAccessibleName(f"Passage in {passage.ref}")
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(12, 9, 12, 8)
        layout.setSpacing(5)
        layout.addWidget(place)
        layout.addWidget(words)
        for tag in passage.tags:
            label = QLabel(_told(tag, session, look), frame)
            label.setWordWrap(True)
            layout.addWidget(label)
        if not passage.tags:
            bare = QLabel(passage.side or "No tag", frame)
            bare.setObjectName("muted")
            layout.addWidget(bare)
        row = Flow(4)
        show = QPushButton("Show in the text", frame)
        show.setAccessibleName(f"Show the passage of {passage.ref} in the text")
        show.clicked.connect(lambda _=False: self.jump.emit(passage))
        buttons = [show]
        for tag in passage.tags:
            if recoded and tag.coder_id == session.project.coder.id:
                button = QPushButton(f"Recode “{_short(tag.name)}”…", frame)
                button.setAccessibleName(f"Recode my tag “{tag.name}” in {passage.ref}")
                button.clicked.connect(lambda _=False, one=tag.coding_id: self.recode.emit(one))
                buttons.append(button)
        for button in buttons:
            button.setObjectName("flat")
            row.add(button)
        layout.addLayout(row)
        return frame


def _verdict(judged: Judged, session: Session) -> str:
    if judged.dismissal:
        said = judged.dismissal
        name = session.coder_name(said.coder_id)
        return f"Dismissed by {name}, {day_shown(said.dismissed_at)}: {said.reason}"
    if judged.before:
        said = judged.before
        name = session.coder_name(said.coder_id)
        return f"{name} dismissed it before it changed: {said.reason}"
    return ""


def _told(tag: Tag, session: Session, look: theme.Theme) -> str:
    code = session.codes.get(tag.code_id)
    colour = shade(code.colour, look.dark) if code else look.muted
    return (
        f"<span style='color:{colour}'>■</span> {escape(tag.name)}"
        f" <span style='color:{look.muted}'>{escape(tag.coder)} · {day_shown(tag.at)}</span>"
    )


def _words(quote: str) -> str:
    short = quote if len(quote) <= _LONGEST else f"{quote[:_LONGEST].rstrip()} …"
    return escape(short).replace("\n", "<br>")


def _short(name: str) -> str:
    return name if len(name) <= 32 else f"{name[:30].rstrip()}…"
