"""A report on agreement as a file, in the kind that its name asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coder.domain.agreement import AgreementReport
from coder.domain.errors import Refused
from coder.export import agreement_chart, agreement_csv, agreement_docx
from coder.export.atomic import write_whole, writer_for


def write_agreement(report: AgreementReport, path: Path) -> None:
    """Writes the report to `path` in the kind of file that its ending says, whole or not at all.

    Raises EvidenceError where the ending is not known or the file cannot be written, Refused for a
    picture where there is nothing to be drawn.
    """
    writer = writer_for(_WRITERS, path, "a report on agreement")
    write_whole(path, writer(report))


def _picture(report: AgreementReport, kind: str) -> bytes:
    lines = agreement_chart.shown(report)
    if not lines:
        raise Refused(
            "There is no picture of agreement, since α is undefined for every code.",
            "The tables say why; write .docx or .csv.",
        )
    about = f"{report.inquiry}\n{' · '.join(agreement_chart.facts(report))}"
    return agreement_chart.draw(lines, kind=kind, about=about)


_WRITERS: dict[str, Callable[[AgreementReport], bytes]] = {
    ".docx": agreement_docx.write,
    ".csv": agreement_csv.write,
    ".png": lambda report: _picture(report, "png"),
    ".svg": lambda report: _picture(report, "svg"),
}

ENDINGS = tuple(_WRITERS)
"""The file endings that `write_agreement` knows."""
