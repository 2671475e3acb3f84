"""The sides of a disagreement beside each other, a card each, and what the codes mean."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from coder.domain.codebook_file import TEXTS
from coder.domain.model import Code, Coding
from coder.domain.palette import shade
from coder.project.settling import Case, Side
from coder.ui import theme
from coder.ui.audit.case_words import names_of
from coder.ui.session import Session

_COLUMNS = 3
_LONGEST = 180
"""Code points that are shown whole in a card, where the passage itself stands above; of longer
parts both ends."""

_END = 70


class CaseCards(QWidget):
    """Shows who put what, and the definitions of the codes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        self._cards: list[QFrame] = []
        self.shared = _label(self, "What all of them put alike")
        self.meanings = _label(self, "What the codes mean")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(10)
        layout.addLayout(self._grid)
        layout.addWidget(self.shared)
        layout.addWidget(self.meanings)
        layout.addStretch(1)

    def show_case(self, case: Case, shared: Sequence[Coding], session: Session) -> None:
        """Shows the sides of a case."""
        self.clear()
        sides = case.place.sides
        columns = 2 if len(sides) == 4 else min(_COLUMNS, max(1, len(sides)))
        for number, side in enumerate(sides):
            card = self._card(number, side, case, session)
            self._grid.addWidget(card, number // columns, number % columns)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, int(column < columns))
        names = dict.fromkeys(session.codes[one.code_id].name for one in shared)
        self.shared.setText(f"All of them also put: {escape(', '.join(names))}")
        self.shared.setVisible(bool(names))
        codes = [session.codes[one] for one in case.place.codes]
        self.meanings.setText("".join(_meaning(code, session) for code in codes))
        self.meanings.setVisible(bool(codes))

    def clear(self) -> None:
        """Shows nothing."""
        for card in self._cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards.clear()
        for label in (self.shared, self.meanings):
            label.clear()
            label.hide()

    def _card(self, number: int, side: Side, case: Case, session: Session) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        names = names_of(side, session)
        words = _label(card, f"What {names} put")
        words.setText(_side(number, names, side, case, session))
        layout = QVBoxLayout(card)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.addWidget(words, 1)
        self._cards.append(card)
        return card


def _label(parent: QWidget, name: str) -> QLabel:
    label = QLabel(parent)
    label.setAccessibleName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _side(number: int, names: str, side: Side, case: Case, session: Session) -> str:
    look = theme.current()
    key = f"<span style='color:{look.accent}'><b>{number + 1}</b></span>"
    parts = [_paragraph(f"{key}&nbsp; <b>{escape(names)}</b>", 6)]
    for code_id, start, end in side.put:
        code = session.codes[code_id]
        parts.append(_paragraph(f"{_swatch(code)} {escape(code.name)}{_theme(code, session)}", 2))
        if _differ(case):
            parts.append(_paragraph(_within(case, start, end), 6))
    if not side.codings:
        parts.append(_paragraph(f"<span style='color:{look.muted}'>No tag here</span>", 2))
    parts += [
        _paragraph(f"✎ <i>{escape(session.coder_name(one.coder_id))}:</i> {_lines(one.memo)}", 4)
        for one in side.codings
        if one.memo
    ]
    return "".join(parts)


def _differ(case: Case) -> bool:
    """Whether not everything was put on the whole passage."""
    return len({(one.start, one.end) for one in case.place.codings}) > 1


def _within(case: Case, start: int, end: int) -> str:
    """Which of the words were tagged: those on a ground of their own, the others muted."""
    look, first = theme.current(), case.place.start
    quiet = f"<span style='color:{look.muted}'>{{}}</span>"
    if (start, end) == (first, case.place.end):
        return quiet.format("the whole passage")
    before, words, after = (
        _short(part)
        for part in (
            case.words[: start - first],
            case.words[start - first : end - first],
            case.words[end - first :],
        )
    )
    inside = f"<span style='background-color:{look.chosen}'>{words}</span>"
    return quiet.format(before) + inside + quiet.format(after)


def _short(words: str) -> str:
    if len(words) > _LONGEST:
        first, last = words[:_END].rsplit(" ", 1)[0], words[-_END:].partition(" ")[2]
        words = f"{first} […] {last}"
    return _lines(words)


def _meaning(code: Code, session: Session) -> str:
    look = theme.current()
    said = [
        _lines(text)
        if name == "definition"
        else f"<span style='color:{look.muted}'>{words}:</span> {_lines(text)}"
        for name, words in TEXTS.items()
        if (text := getattr(code, name))
    ] or [f"<span style='color:{look.muted}'>Nobody has written yet what it means.</span>"]
    head = f"{_swatch(code)} <b>{escape(code.name)}</b>{_theme(code, session)}"
    return _paragraph(head, 2) + "".join(_paragraph(one, 2) for one in said) + _paragraph("", 4)


def _swatch(code: Code) -> str:
    return f"<span style='color:{shade(code.colour, theme.current().dark)}'>■</span>"


def _theme(code: Code, session: Session) -> str:
    above = session.codes.get(code.parent_id or "")
    if above is None:
        return ""
    return f" <span style='color:{theme.current().muted}'>{escape(above.name)}</span>"


def _paragraph(words: str, below: int) -> str:
    return f"<p style='margin:0 0 {below}px 0; line-height:135%'>{words}</p>"


def _lines(words: str) -> str:
    return escape(words).replace("\n", "<br>")
