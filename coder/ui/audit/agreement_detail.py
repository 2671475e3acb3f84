"""One line of agreement in full: every coefficient, its interval, and what it is good for."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QTextBrowser, QVBoxLayout, QWidget

from coder.domain.agreement import (
    MEANINGS,
    NAMES,
    AgreementLine,
    AgreementReport,
    Coefficient,
    per_cent,
    told,
)
from coder.domain.agreement_words import NOUNS
from coder.domain.text import counted, listed
from coder.ui import theme

_UNITISED = (
    Coefficient.U_ALPHA,
    Coefficient.U_BINARY,
    Coefficient.CU_ALPHA,
    Coefficient.KU_ALPHA,
    Coefficient.U_ALPHA_1995,
)
"""Those that look at where passages begin and end."""

_FIRST = (Coefficient.PERCENT, Coefficient.ALPHA)


class AgreementDetail(QWidget):
    """Shows a line of a report. `differences_wanted` asks for what coders differ on in it."""

    differences_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._shown: tuple[AgreementReport, AgreementLine] | None = None
        self.words = QTextBrowser(self)
        self.words.setObjectName("help")
        self.words.setAccessibleName("The chosen line in full")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        self.differences = QPushButton("Show the disagreements", self)
        self.differences.setToolTip("The passages that they tagged differently, to be settled")
        self.differences.clicked.connect(self.differences_wanted)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.differences, 0, Qt.AlignmentFlag.AlignLeft)

    def show_line(self, report: AgreementReport | None, line: AgreementLine | None) -> None:
        """Shows a line, or nothing."""
        if report is None or line is None:
            self._shown = None
            self.words.clear()
            return
        self._shown = report, line
        self.words.setHtml(_page(report, line, theme.current()))

    def restyle(self) -> None:
        """Takes on the theme in use."""
        if self._shown:
            self.show_line(*self._shown)


def _page(report: AgreementReport, line: AgreementLine, look: theme.Theme) -> str:
    whole = line is report.overall
    parts = [f"<h3>{escape(line.name)}</h3>", _paragraph(line.reading)]
    if not whole:
        parts += [_list(line.caveats)]
    parts += [_paragraph(_counts(report, line)), _tables(report, line, look)]
    if whole:
        parts += [_head("How it was compared"), *map(_paragraph, report.method)]
        if report.left_out:
            parts += [_head("Left out"), _list(_left_out(report))]
        parts += [_head("Where the thresholds come from"), *map(_paragraph, report.sources)]
    return "".join(parts)


def _counts(report: AgreementReport, line: AgreementLine) -> str:
    """In what the line is found, and by whom."""
    names = line.coders or report.coders
    shares = [f"{per_cent(one)} by {who}" for who, one in zip(names, line.by_coder, strict=True)]
    some, several = NOUNS[report.unit]
    return (
        f"{counted(line.codings, 'tag')}. Of {counted(line.units, some, several)} compared,"
        f" anybody tagged {line.used:,} and everybody {line.shared:,}: {listed(shares)}."
    )


def _left_out(report: AgreementReport) -> list[str]:
    return [f"{one.ref}: not coded by {listed(one.missing)}" for one in report.left_out]


def _tables(report: AgreementReport, line: AgreementLine, look: theme.Theme) -> str:
    sampled = report.options.samples > 0
    there = [kind for kind in Coefficient if kind in line.measures]
    first = [kind for kind in _FIRST if kind in there]
    by_unit = first + [kind for kind in there if kind not in (*_UNITISED, *_FIRST)]
    passages = [kind for kind in _UNITISED if kind in there]
    found = [_head("Unit by unit"), _table(line, by_unit, look, sampled=sampled)]
    if passages:
        found += [
            _head("Where passages begin and end"),
            _table(line, passages, look, sampled=sampled),
        ]
    return "".join(found)


def _table(
    line: AgreementLine, kinds: Iterable[Coefficient], look: theme.Theme, *, sampled: bool
) -> str:
    rows = "".join(_rows(line, kind, look, sampled=sampled) for kind in kinds)
    return f"<table width='100%'>{rows}</table>"


def _rows(line: AgreementLine, kind: Coefficient, look: theme.Theme, *, sampled: bool) -> str:
    """A coefficient, and below it what it is good for or why there is none, or no interval."""
    measure = line.measure(kind)
    interval = measure.interval
    if kind is Coefficient.PERCENT and measure.low is not None and measure.high is not None:
        interval = f"{per_cent(measure.low).removesuffix(' %')} to {per_cent(measure.high)}"
    interval = interval.replace(" ", "\u00a0")
    meaning = MEANINGS[kind][0].upper() + MEANINGS[kind][1:]
    why = (
        f" <i>{escape(measure.why)}</i>"
        if measure.why and (sampled or measure.value is None)
        else ""
    )
    return (
        f"<tr><td width='38%' style='padding-top:7px'><b>{escape(NAMES[kind])}</b></td>"
        f"<td align='right' style='padding-top:7px'><b>{told(kind, measure)}</b></td>"
        f"<td align='right' style='padding-top:7px; padding-left:8px'>{interval}</td></tr>"
        f"<tr><td colspan='3' style='color:{look.muted}'>{escape(meaning)}.{why}</td></tr>"
    )


def _head(words: str) -> str:
    return f"<h4>{escape(words)}</h4>"


def _paragraph(words: str) -> str:
    return f"<p>{escape(words)}</p>"


def _list(items: Iterable[str]) -> str:
    lines = "".join(f"<li>{escape(one)}</li>" for one in items)
    return f"<ul style='margin-left:-22px'>{lines}</ul>" if lines else ""
