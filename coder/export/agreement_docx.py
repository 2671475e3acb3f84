"""A report on agreement as a Word file in the looks of a quote pack: what it says, the picture, the
tables, and how it was done."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import count

from coder.domain.agreement import (
    MEANINGS,
    NAMES,
    SHORT,
    AgreementLine,
    AgreementReport,
    Coefficient,
    Measure,
    per_cent,
    told,
)
from coder.domain.agreement_words import NOUNS
from coder.domain.text import counted, listed
from coder.export import agreement_chart as chart
from coder.export.agreement_lines import TITLE
from coder.export.docx_charts import picture
from coder.export.docx_package import About, Pictures
from coder.export.docx_package import write as write_package
from coder.export.docx_tables import Column, Row, table
from coder.export.docx_template import open_template
from coder.export.docx_words import heading, paragraph

_MOST_DRAWN = 36
"""A picture of more codes than these would not fit on a page."""

_OWN = "The theme’s own code"
"""What a theme is called among the codes below it."""

_FIGURES = (
    (Coefficient.PERCENT, 13),
    (Coefficient.KAPPA, 10),
    (Coefficient.AC1, 10),
    (Coefficient.ALPHA, 12),
)


def write(report: AgreementReport) -> bytes:
    """The report as a `.docx`."""
    template, pictures = open_template(None), Pictures()
    story = _Story(report, pictures, template.text_width, template.accent)
    about = About(report.inquiry or TITLE, TITLE, report.made)
    stream = io.BytesIO()
    write_package(stream, template, story.pieces(), about, None, pictures)
    return stream.getvalue()


class _Story:
    """The body of the report, as pieces of XML."""

    def __init__(
        self, report: AgreementReport, pictures: Pictures, width: int, accent: str
    ) -> None:
        self._report = report
        self._pictures = pictures
        self._width = width
        self._accent = accent
        self._numbers = count(1)

    def pieces(self) -> Iterator[str]:
        """The whole, from its title to its sources."""
        report = self._report
        yield paragraph("Kicker", TITLE)
        yield paragraph("Title", report.inquiry or TITLE)
        yield paragraph("PackSummary", "  ·  ".join(chart.facts(report)))
        yield paragraph("Normal", report.reading)
        for one in report.caveats:
            yield paragraph("PackNote", one)
        yield from self._drawn()
        yield from self._table("Codes", "Code", report.codes, Coefficient.U_ALPHA)
        yield from self._remarks(report.codes)
        if report.themes:
            yield from self._table("Themes, with the codes below them", "Theme", report.themes)
        yield from self._measures()
        if len(report.pairs) > 1:
            yield from self._table("Pairs of coders", "Coders", report.pairs)
        yield from self._table("Submissions", "Submission", report.submissions)
        yield from self._method()
        yield paragraph("PackEnd", "")

    def _heading(self, words: str) -> str:
        number = next(self._numbers)
        return heading(1, words, number, number)

    def _drawn(self) -> Iterator[str]:
        lines = chart.shown(self._report, _MOST_DRAWN)
        if not lines:
            return
        key = self._pictures.add(chart.draw(lines, self._accent))
        number = len(self._pictures.found)
        said = chart.alternative(lines)
        yield picture(key, number, said, chart.height(lines), self._width)
        left = len(chart.shown(self._report)) - len(lines)
        more = f" {counted(left, 'code')} with higher values not shown." if left else ""
        yield paragraph("PackNote", f"The codes on which coders agree least come first.{more}")

    def _table(
        self,
        title: str,
        name: str,
        lines: Sequence[AgreementLine],
        passages: Coefficient = Coefficient.U_BINARY,
    ) -> Iterator[str]:
        """Lines in a table; a column without any value is left out."""
        if not lines:
            return
        figures = [
            (kind, width)
            for kind, width in (*_FIGURES, (passages, 10))
            if any(line.measure(kind).value is not None for line in lines)
        ]
        columns = [
            Column(name, 33),
            Column("Tags", 11, numbers=True),
            Column("Found in", 13, numbers=True),
            *(Column(SHORT[kind], width, numbers=True) for kind, width in figures),
            Column("α, from … to", 25, numbers=True),
        ]
        rows: list[Row] = []
        band = ""
        for theme, own, line in _by_theme(lines):
            if theme != band:
                rows.append(band := theme)
            rows.append(
                (
                    own,
                    f"{line.codings:,}",
                    _in_one(per_cent(line.prevalence)),
                    *(_in_one(told(kind, line.measure(kind))) for kind, _ in figures),
                    line.measure(Coefficient.ALPHA).interval,
                )
            )
        yield self._heading(title)
        yield from table(columns, rows, self._width, f"{TITLE}: {title}")

    def _remarks(self, lines: Sequence[AgreementLine]) -> Iterator[str]:
        """What the columns are, and what must be known of which codes."""
        several = NOUNS[self._report.unit][1]
        yield paragraph(
            "Caption",
            f"Found in: the share of {several} in which a coder has it, on average. Alike: how"
            " often two coders agree. α, from … to: its 95 % interval. A dash: undefined.",
        )
        said: dict[str, list[str]] = {}
        for line in lines:
            alpha = line.measures[Coefficient.ALPHA]
            for words in (*([line.reading] if alpha.value is None else []), *line.caveats):
                said.setdefault(words, []).append(line.name)
        every = [line.name for line in lines]
        for words, names in said.items():
            yield paragraph("PackNote", words, f"{_called(names, every)}:")

    def _measures(self) -> Iterator[str]:
        """All coefficients of everything together, with what they are."""
        overall = self._report.overall
        columns = (Column("All codes together", 33), Column("Value", 34), Column("What it is", 60))
        rows = [
            (NAMES[kind], _value(kind, measure), _meaning(kind, measure))
            for kind, measure in ((kind, overall.measures.get(kind)) for kind in Coefficient)
            if measure is not None
        ]
        yield self._heading("All measures")
        yield from table(columns, rows, self._width, f"{TITLE}: all measures")

    def _method(self) -> Iterator[str]:
        yield self._heading("How it was done")
        for one in self._report.method:
            yield paragraph("Normal", one)
        if self._report.left_out:
            refs = ", ".join(f"{one.ref} ({listed(one.missing)})" for one in self._report.left_out)
            yield paragraph("Normal", f"Left out, with who has not coded them: {refs}.")
        yield self._heading("Thresholds")
        for one in self._report.sources:
            yield paragraph("Normal", one)


def _called(names: Sequence[str], every: Sequence[str]) -> str:
    """Codes of which something is said; where it is said of most, those of which it is not."""
    others = [name for name in every if name not in names]
    if not others and len(names) > 2:
        return "Every code"
    return f"Every code but {listed(others)}" if 3 * len(others) < len(names) else listed(names)


def _by_theme(lines: Sequence[AgreementLine]) -> Iterator[tuple[str, str, AgreementLine]]:
    """Each line with the theme it is below and what it is called there. Of lines of which none is
    below another's theme, as of themes and submissions, no theme is named."""
    nested = any("/" in line.name and not line.children for line in lines)
    for line in lines:
        theme, _, own = line.name.partition("/") if nested else ("", "", line.name)
        yield theme, own or _OWN, line


def _in_one(figure: str) -> str:
    """A figure whose sign stays in its line."""
    return figure.replace(" ", "\u00a0")


def _value(kind: Coefficient, measure: Measure) -> str:
    """A value with its interval: `0.68 (0.62 to 0.74)`."""
    if measure.low is None or measure.high is None:
        return told(kind, measure)
    low, high = (told(kind, Measure(one)) for one in (measure.low, measure.high))
    return f"{told(kind, measure)} ({low} to {high})"


def _meaning(kind: Coefficient, measure: Measure) -> str:
    return MEANINGS[kind] if measure.value is not None else f"{MEANINGS[kind]}. {measure.why}"
