"""A report on agreement as a table: a row for everything that was compared, a column a figure."""

from __future__ import annotations

from collections.abc import Iterator

from coder.domain.agreement import AgreementLine, AgreementReport
from coder.export.csv_rows import as_csv

_HEAD = (
    "what", "name", "unit", "units", "with_code", "all_coders", "codings", "prevalence",
)  # fmt: skip


def write(report: AgreementReport) -> bytes:
    """The table. Numbers are parts of one, to four places; an empty cell is undefined, and the
    reading says why."""
    return as_csv(_rows(report))


def _rows(report: AgreementReport) -> Iterator[tuple[object, ...]]:
    figures = [f"{kind.value}{end}" for kind in report.columns for end in ("", "_low", "_high")]
    shares = [f"prevalence: {name}" for name in report.coders]
    yield (*_HEAD, *shares, *figures, "reading", "caveats")
    for what, lines in (
        ("overall", (report.overall,)),
        ("theme", report.themes),
        ("code", report.codes),
        ("submission", report.submissions),
        ("coders", report.pairs),
    ):
        yield from (_row(what, line, report) for line in lines)


def _row(what: str, line: AgreementLine, report: AgreementReport) -> tuple[object, ...]:
    of_coder = dict(zip(line.coders or report.coders, line.by_coder, strict=True))
    found = [line.measure(kind) for kind in report.columns]
    return (
        what,
        line.name,
        report.unit.value,
        line.units,
        line.used,
        line.shared,
        line.codings,
        _figure(line.prevalence),
        *(_figure(of_coder.get(name)) for name in report.coders),
        *(_figure(value) for one in found for value in (one.value, one.low, one.high)),
        line.reading,
        " ".join(line.caveats),
    )


def _figure(value: float | None) -> object:
    return "" if value is None else round(value, 4)
