"""How a check is told outside the program: in comments of the report, and as a list in a file.

Of the evidence's words only those are told that may leave (`Passage.tellable`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from coder.export.checking.comments import Note
from coder.export.checking.findings import KIND_NAMES, Finding, Findings, Kind
from coder.export.csv_rows import as_csv
from coder.export.wording import printable

COLUMNS = ("place", "finding", "report", "cited", "evidence", "citation", "problem", "remark")

_RIGHT = (Kind.ALTERED, Kind.REFERENCE, Kind.PARAGRAPH, Kind.TIME)
_LONGEST = 600

_PAGE = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2.5rem auto; max-width: 70rem; color: #222 }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ text-align: left; vertical-align: top; padding: .5rem .7rem;
  border-bottom: 1px solid #ddd }}
td:nth-child(2) {{ white-space: nowrap }}
del {{ background: #fbe3df; text-decoration: line-through }}
ins {{ background: #dff0e2; text-decoration: underline }}
</style></head><body><h1>{title}</h1><p>{summary}</p>
<table><thead><tr><th>Place</th><th>Finding</th><th>In the report</th><th>In the evidence</th>
<th>What to know</th></tr></thead><tbody>
{rows}
</tbody></table></body></html>
"""


def notes(findings: Findings) -> list[Note]:
    """The comments of a report: one for all of it, then one beside each problem and beside what a
    machine wrote and nobody has checked. That a true quotation stands there twice is told in the
    first alone."""
    found = [Note(None, (f"Checked against the evidence. {findings.summary()}",))]
    told = [
        one
        for one in findings.found
        if one.machine_draft or any(problem.kind is not Kind.TWICE for problem in one.problems)
    ]
    return found + [Note(one.stretch, tuple(_lines(one))) for one in told]


def _lines(one: Finding) -> list[str]:
    lines = [f"{KIND_NAMES[problem.kind]}. {problem.told}" for problem in one.problems]
    words = one.passage.tellable if one.passage else ""
    if one.passage and words and any(problem.kind in _RIGHT for problem in one.problems):
        short = words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"
        lines.append(f"The evidence: “{short}” {one.passage.citation}")
    return lines + list(one.remarks)


def _as_csv(findings: Findings, _name: str) -> bytes:
    return as_csv([COLUMNS, *map(_cells, findings.found)])


def _cells(one: Finding) -> tuple[str, ...]:
    return (
        one.where,
        one.title,
        one.text,
        one.cited,
        one.passage.tellable if one.passage else "",
        one.passage.citation if one.passage else "",
        one.problem,
        " ".join(one.remarks),
    )


def _as_html(findings: Findings, name: str) -> bytes:
    page = _PAGE.format(
        title=escape(f"Check of {name}"),
        summary=escape(findings.summary()),
        rows="\n".join(map(_row, findings.found)),
    )
    return printable(page).encode()


def _row(one: Finding) -> str:
    report, evidence = escape(one.text), ""
    found = one.passage
    if one.altered:
        report = " ".join(_set(piece.report, "del", piece.same) for piece in one.difference)
    if found:
        evidence = escape(found.tellable)
        if (one.altered or one.omits) and found.tellable == found.words:
            evidence = " ".join(
                _set(piece.evidence, "ins", piece.same and not piece.omitted)
                for piece in one.difference
            )
        evidence += f" {escape(found.citation)}"
    cited = f" {escape(one.cited)}" if one.cited else ""
    cells = (
        escape(one.where),
        escape(one.title),
        report + cited,
        evidence,
        escape(" ".join(filter(None, (one.problem, *one.remarks)))),
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _set(words: str, tag: str, same: bool) -> str:
    return escape(words) if same or not words else f"<{tag}>{escape(words)}</{tag}>"


LISTS: Mapping[str, Callable[[Findings, str], bytes]] = {".csv": _as_csv, ".html": _as_html}
"""The writers of a list of findings, by the endings of their files."""
