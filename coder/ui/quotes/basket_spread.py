"""Who and where the quotes of a basket are from so far, as small bars, and who is missing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from coder.domain.text import counted, listed
from coder.project.basket_spread import Share, Spread
from coder.ui import theme

MOST = 5
"""So many bars are drawn in each column; what more there is stands in the tool tip."""

FEW = 6
"""So many places from which there is nothing are named."""


class Bars(QWidget):
    """The largest shares, a labelled bar each."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = title
        self._shares: list[Share] = []

    def show_shares(self, shares: Sequence[Share]) -> None:
        """Draws those that have a quote."""
        self._shares = [one for one in shares if one.quotes]
        said = "; ".join(
            f"{one.name}: {counted(one.quotes, 'quote')} from"
            f" {one.submissions:,} of {counted(one.standing, 'submission')}"
            for one in self._shares
        )
        self.setAccessibleName(f"{self._title}: {said}" if said else self._title)
        self.setToolTip("\n".join(said.split("; ")))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        rows = min(MOST, len(self._shares))
        return QSize(120, rows * self._row() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            most = max((one.quotes for one in self._shares), default=1)
            for number, share in enumerate(self._shares[:MOST]):
                box = QRect(0, number * self._row(), self.width(), self._row() - 6)
                self._paint(painter, box, share, share.quotes / most, look)
        finally:
            painter.end()

    def _paint(
        self, painter: QPainter, box: QRect, share: Share, part: float, look: theme.Theme
    ) -> None:
        metrics = self.fontMetrics()
        number = f"{share.quotes:,}"
        wide = metrics.horizontalAdvance(number)
        painter.setPen(QColor(look.muted))
        line = QRect(box.left(), box.top(), box.width(), metrics.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, number)
        painter.setPen(QColor(look.text))
        room = box.width() - wide - 8
        name = metrics.elidedText(share.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, name)
        bar = QRect(box.left(), box.top() + metrics.height() + 1, box.width(), 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.line))
        painter.drawRoundedRect(bar, 2, 2)
        painter.setBrush(QColor(look.accent))
        bar.setWidth(max(4, round(bar.width() * part)))
        painter.drawRoundedRect(bar, 2, 2)

    def _row(self) -> int:
        return QFontMetrics(self.font()).height() + 12


class SpreadStrip(QWidget):
    """The strip below a basket."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.told = QLabel(self)
        self.told.setObjectName("section")
        self.told.setWordWrap(True)
        self.types = Bars("Types of respondents", self)
        self.regions = Bars("Places", self)
        self.missing = QLabel(self)
        self.missing.setWordWrap(True)
        self.missing.setObjectName("muted")
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.types, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.regions, 1, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addWidget(self.told)
        layout.addLayout(row)
        layout.addWidget(self.missing)

    def show_spread(self, spread: Spread) -> None:
        """Shows what a basket has by now."""
        self.told.setText(str(spread))
        self.types.show_shares(spread.types)
        self.regions.show_shares(spread.regions)
        self.missing.setText(missing(spread))
        self.missing.setToolTip(", ".join(spread.missing()))
        self.missing.setVisible(bool(spread.missing()))


def missing(spread: Spread) -> str:
    """From whom there is nothing yet, in a sentence; empty where everybody is there."""
    types = [one.name[0].lower() + one.name[1:] for one in _without(spread.types)]
    places = [one.name for one in _without(spread.regions)]
    more = len(places) - FEW
    if more > 1:
        places = [*places[:FEW], f"{more:,} other places"]
    return f"Nothing yet from: {listed([*types, *places])}." if types or places else ""


def _without(shares: Sequence[Share]) -> list[Share]:
    return [one for one in shares if one.key and not one.quotes]
