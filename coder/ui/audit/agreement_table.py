"""The figures of agreement as a table: codes as the tree of the codebook, submissions, or pairs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from coder.domain.agreement import (
    MEANINGS,
    NAMES,
    RELIABLE,
    SHORT,
    TENTATIVE,
    AgreementLine,
    AgreementReport,
    Coefficient,
    Measure,
    per_cent,
    told,
)
from coder.domain.model import Code
from coder.ui import theme
from coder.ui.trees import children, tops, walk

CODES, SUBMISSIONS, PAIRS = "Codes", "Submissions", "Pairs of coders"
VIEWS = (CODES, SUBMISSIONS, PAIRS)
"""What the lines of the table can be."""

LINE = Qt.ItemDataRole.UserRole
AS_IT_STANDS = -1
"""The order of the codebook, of references, or of names."""
_NAME, _TAGS, _FOUND, _ALIKE, _ALPHA, _INTERVAL, _DRAWN, _KAPPA, _AC1 = range(9)
_WIDTHS = {_TAGS: 52, _FOUND: 76, _ALIKE: 66, _ALPHA: 58, _INTERVAL: 104, _DRAWN: 116,
           _KAPPA: 66, _AC1: 58}  # fmt: skip
_NAMES = 200
"""So many pixels names should have at least."""

STANDING = {CODES: "As in the codebook", SUBMISSIONS: "By reference", PAIRS: "By coders’ names"}
"""What the order is called that is taken first, of each kind of line."""

ORDERS = {
    AS_IT_STANDS: STANDING[CODES],
    _ALPHA: "Lowest α first",
    _ALIKE: "Least alike first",
    _KAPPA: "Lowest κ first",
    _AC1: "Lowest AC1 first",
    _TAGS: "Most tags first",
    _FOUND: "Found most first",
    _NAME: "By name",
}
"""What lines can be ordered by."""

_MOST_FIRST = (_TAGS, _FOUND)
_SAME = {_INTERVAL: _ALPHA, _DRAWN: _ALPHA}

Index = QModelIndex | QPersistentModelIndex


class AgreementTable(QTreeWidget):
    """Shows the lines of a report. The first line is of all codes together. `ordered` says by which
    column a click on a heading has ordered them."""

    ordered = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("codes")
        self.setAccessibleName("Figures of agreement")
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setColumnCount(len(_WIDTHS) + 1)
        self.setItemDelegateForColumn(_DRAWN, _Scale(self))
        self.titles: Mapping[str, str] = {}
        """Whose a submission is, by its reference."""
        self._shown: tuple[AgreementReport, str, Mapping[str, Code], str] | None = None
        self._order, self._turned = AS_IT_STANDS, False
        header = self.header()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._clicked)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            header.resizeSection(column, width)

    def show_report(
        self, report: AgreementReport, view: str, codes: Mapping[str, Code], words: str = ""
    ) -> None:
        """Shows lines of the report, and keeps the one that is chosen. `codes` is the codebook by
        id; only lines with these `words` in their names are shown."""
        chosen = self._chosen_name()
        self._shown = report, view, codes, words
        kappa = Coefficient.KAPPA if len(report.coders) == 2 else Coefficient.FLEISS
        if view == PAIRS:
            kappa = Coefficient.KAPPA
        sampled = report.options.samples > 0
        self._name_columns(view, kappa)
        self.clear()
        _Item(
            self,
            "All codes" if view == CODES else "All together",
            report.overall,
            kappa,
            sampled=sampled,
        )
        if view == CODES and self._order == AS_IT_STANDS:
            self._plant(report, codes, kappa)
        else:
            for line in self._in_order(report, view, kappa):
                item = _Item(self, _alone(line, report), line, kappa, sampled=sampled)
                title = self.titles.get(line.name) if view == SUBMISSIONS else ""
                if title:
                    item.setText(_NAME, f"{line.name} · {title}")
                    item.setToolTip(_NAME, item.text(_NAME))
        self._fit()
        self.expandAll()
        self.narrow(words)
        again = next((one for one in walk(self) if one.toolTip(_NAME) == chosen), None)
        if again is None or again.isHidden():
            again = tops(self)[0]
        self.setCurrentItem(again)

    def order_by(self, column: int) -> None:
        """Orders the lines by a column, as `ORDERS` has it, or as they stand in the codebook; those
        of codes are then no tree."""
        self._order, self._turned = column, False
        self._show_again()

    def narrow(self, words: str) -> None:
        """Shows only lines with these words in their names, with what they are below."""
        if self._shown is not None:
            self._shown = (*self._shown[:3], words)
        wanted = words.strip().casefold()
        for top in tops(self)[1:]:
            _hide(top, wanted)

    def line(self) -> AgreementLine | None:
        """The line that is chosen."""
        item = self.currentItem()
        found: AgreementLine | None = item.data(_NAME, LINE) if item is not None else None
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leaves out columns that the detail has too where there is no room for names."""
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        """Shows AC1 where any line has it, and intervals as far as names leave room."""
        lines = [one.data(_NAME, LINE) for one in walk(self)]
        told = any(one.measure(Coefficient.AC1).value is not None for one in lines)
        self.setColumnHidden(_AC1, bool(lines) and not told)
        room = self.width() - sum(_WIDTHS.values())
        room += _WIDTHS[_AC1] if self.isColumnHidden(_AC1) else 0
        self.setColumnHidden(_INTERVAL, room < _NAMES)
        self.setColumnHidden(_DRAWN, room + _WIDTHS[_INTERVAL] < _NAMES)

    def _clicked(self, column: int) -> None:
        """Orders by a column whose heading was clicked; a second time the other way about, a third
        time as the lines stand."""
        column = _SAME.get(column, column)
        if column != self._order:
            self._order, self._turned = column, False
        elif not self._turned:
            self._turned = True
        else:
            self._order, self._turned = AS_IT_STANDS, False
        self._show_again()
        self.ordered.emit(self._order)

    @property
    def _falls(self) -> bool:
        """Whether the highest is first."""
        return (self._order in _MOST_FIRST) is not self._turned

    def _show_again(self) -> None:
        if self._shown is not None:
            self.show_report(*self._shown)

    def _in_order(
        self, report: AgreementReport, view: str, kappa: Coefficient
    ) -> list[AgreementLine]:
        """The lines of a view in the order that is wanted; what is undefined comes last."""
        lines = {
            CODES: (*report.themes, *report.codes),
            SUBMISSIONS: report.submissions,
            PAIRS: report.pairs,
        }[view]
        if self._order == AS_IT_STANDS:
            return list(lines)
        if self._order == _NAME:
            called = {id(line): _alone(line, report).casefold() for line in lines}
            return sorted(lines, key=lambda line: called[id(line)], reverse=self._turned)
        value = _values(self._order, kappa)
        told = [line for line in lines if value(line) is not None]
        told.sort(key=lambda line: value(line) or 0.0, reverse=self._falls)
        return [*told, *(line for line in lines if value(line) is None)]

    def _chosen_name(self) -> str:
        item = self.currentItem()
        return item.toolTip(_NAME) if item is not None else ""

    def _name_columns(self, view: str, kappa: Coefficient) -> None:
        first = {CODES: "Code", SUBMISSIONS: "Submission", PAIRS: "Coders"}[view]
        labels = [
            first, "Tags", "Found in", SHORT[Coefficient.PERCENT], "α", "α, 95 %", "0 … α … 1",
            SHORT[kappa], SHORT[Coefficient.AC1],
        ]  # fmt: skip
        if self._order != AS_IT_STANDS:
            labels[self._order] += " ↓" if self._falls else " ↑"
        self.setHeaderLabels(labels)
        head = self.headerItem()
        head.setToolTip(_TAGS, "How many passages are tagged")
        head.setToolTip(_FOUND, "Prevalence: the share of the units in which a coder has it")
        head.setToolTip(_INTERVAL, "The interval in which α lies with 95 per cent confidence")
        head.setToolTip(
            _DRAWN,
            "α as a dot with its interval; the lines across stand where tentative conclusions"
            " begin (0.667) and where codes can be relied on (0.8)",
        )
        for column, kind in (
            (_ALIKE, Coefficient.PERCENT),
            (_ALPHA, Coefficient.ALPHA),
            (_KAPPA, kappa),
            (_AC1, Coefficient.AC1),
        ):
            head.setToolTip(column, f"{NAMES[kind]}: {MEANINGS[kind]}")
        for column in (_TAGS, _FOUND, _ALIKE, _ALPHA, _KAPPA, _AC1):
            head.setTextAlignment(column, _RIGHT)

    def _plant(
        self, report: AgreementReport, codes: Mapping[str, Code], kappa: Coefficient
    ) -> None:
        """The codes below their themes. A theme counts what is below it in; what is tagged with it
        and nothing below stands beside its children."""
        sampled = report.options.samples > 0
        themes = {line.id: line for line in report.themes}
        planted: dict[str, QTreeWidgetItem] = {}

        def branch(code_id: str | None) -> QTreeWidget | QTreeWidgetItem:
            """Where what is right below this code is to be put."""
            if code_id is None or code_id not in codes:
                return self
            parent = branch(codes[code_id].parent_id)
            if code_id not in themes:
                return parent
            if code_id not in planted:
                name = codes[code_id].name
                planted[code_id] = _Item(parent, name, themes[code_id], kappa, sampled=sampled)
            return planted[code_id]

        for line in report.codes:
            code = codes.get(line.id)
            if code is None:
                _Item(self, line.name, line, kappa, sampled=sampled)
            elif line.id in themes:
                _Item(branch(line.id), "The theme’s own code", line, kappa, sampled=sampled)
            else:
                _Item(branch(code.parent_id), code.name, line, kappa, sampled=sampled)


def _alone(line: AgreementLine, report: AgreementReport) -> str:
    """What a line is called that stands in no tree: a code by its own name, then what it is
    below."""
    if not line.id:
        return line.name
    above, _, name = line.name.rpartition("/")
    if line.children:
        name += " and below"
    elif any(line.id == theme.id for theme in report.themes):
        name += ", the theme’s own code"
    return f"{name} · {above}" if above else name


def _values(column: int, kappa: Coefficient) -> Callable[[AgreementLine], float | None]:
    """What a column of figures has of a line."""
    if column == _TAGS:
        return lambda line: line.codings
    if column == _FOUND:
        return lambda line: line.prevalence
    kind = {_ALIKE: Coefficient.PERCENT, _KAPPA: kappa, _AC1: Coefficient.AC1}.get(
        column, Coefficient.ALPHA
    )
    return lambda line: line.measure(kind).value


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Item(QTreeWidgetItem):
    """A line of the table. `sampled` says that intervals were worked out."""

    def __init__(
        self,
        parent: QTreeWidget | QTreeWidgetItem,
        name: str,
        line: AgreementLine,
        kappa: Coefficient,
        *,
        sampled: bool,
    ) -> None:
        super().__init__(parent)
        alpha = line.measure(Coefficient.ALPHA)
        self.setText(_NAME, name)
        self.setToolTip(_NAME, f"{line.name}, with the codes below" if line.children else line.name)
        self.setData(_NAME, LINE, line)
        self.setText(_TAGS, f"{line.codings:,}")
        self.setText(_FOUND, per_cent(line.prevalence))
        self.setText(_INTERVAL, alpha.interval or ("–" if sampled else ""))
        self.setToolTip(_INTERVAL, alpha.why if sampled else "")
        self.setData(_DRAWN, LINE, alpha)
        self.setData(_DRAWN, Qt.ItemDataRole.AccessibleTextRole, line.reading)
        self.setToolTip(_DRAWN, line.reading)
        for column, kind in (
            (_ALIKE, Coefficient.PERCENT),
            (_ALPHA, Coefficient.ALPHA),
            (_KAPPA, kappa),
            (_AC1, Coefficient.AC1),
        ):
            measure = line.measure(kind)
            self.setText(column, told(kind, measure))
            if measure.value is None:
                self.setToolTip(column, measure.why)
                why = f"undefined. {measure.why}"
                self.setData(column, Qt.ItemDataRole.AccessibleTextRole, why)
        for column in (_TAGS, _FOUND, _ALIKE, _ALPHA, _KAPPA, _AC1):
            self.setTextAlignment(column, _RIGHT)
        if not line.id or line.children:
            font = self.font(_NAME)
            font.setBold(True)
            self.setFont(_NAME, font)


def _hide(item: QTreeWidgetItem, wanted: str) -> bool:
    """Hides an item where neither it nor anything below has the words; whether it is hidden."""
    below = [_hide(one, wanted) for one in children(item)]
    hidden = wanted not in item.toolTip(_NAME).casefold() and all(below)
    item.setHidden(hidden)
    return hidden


class _Scale(QStyledItemDelegate):
    """Draws α as a dot on a line from 0 to 1, with its interval and the thresholds."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        alpha: Measure | None = index.data(LINE)
        if alpha is None or alpha.value is None:
            return
        look, room = theme.current(), QRectF(option.rect).adjusted(10, 5, -10, -5)
        painter.save()
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw(painter, room, alpha, alpha.value, look)
        finally:
            painter.restore()

    def _draw(
        self, painter: QPainter, room: QRectF, alpha: Measure, value: float, look: theme.Theme
    ) -> None:
        middle = room.center().y()

        def at(share: float) -> float:
            return room.left() + min(1.0, max(0.0, share)) * room.width()

        painter.setPen(QPen(QColor(look.line), 1))
        painter.drawLine(QPointF(at(0), middle), QPointF(at(1), middle))
        painter.setPen(QPen(QColor(look.edge), 1))
        for threshold in (TENTATIVE, RELIABLE):
            painter.drawLine(
                QPointF(at(threshold), room.top()), QPointF(at(threshold), room.bottom())
            )
        if alpha.low is not None and alpha.high is not None:
            pen = QPen(QColor(look.accent), 3)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(QPointF(at(alpha.low), middle), QPointF(at(alpha.high), middle))
        painter.setPen(QPen(QColor(look.base), 1.5))
        painter.setBrush(QColor(look.accent))
        painter.drawEllipse(QPointF(at(value), middle), 5, 5)
