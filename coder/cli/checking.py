"""The command that checks a report against the evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coder.cli.answers import answer, progress, say, tell
from coder.cli.options import PATH, examples, json_option, reading
from coder.domain.errors import EvidenceError

if TYPE_CHECKING:
    from coder.project.checking import Finding, ReportCheck

_LONGEST = 160


@click.command(
    epilog=examples(
        "check Neighbours report.docx",
        "check Neighbours report.docx -o report-checked.docx",
        "check report.docx Neighbours --json",
    )
)
@click.argument("project", type=PATH)
@click.argument("report", type=PATH, metavar="REPORT.docx")
@click.option("-o", "--output", type=PATH, metavar="FILE", help="Write a commented copy here.")
@click.option("--list", "listing", type=PATH, metavar="FILE", help="Write a list: .csv .html.")
@click.option("--all", "every", is_flag=True, help="Also show what is as it should be.")
@json_option
def check(
    project: Path,
    report: Path,
    output: Path | None,
    listing: Path | None,
    every: bool,
    as_json: bool,
) -> int:
    """Check every quotation and citation of a report against the evidence.

    Case, spacing, quotation marks, dashes and other punctuation are forgiven, words are not. The
    report itself is never changed. Exit code 1 says that something is wrong or needs a
    look; what only people can judge is told and leaves it at 0.
    """
    project, report = _in_order(project, report)
    with reading(project) as opened, progress() as job:
        checked = opened.checking.check(report, job)
        if output:
            opened.checking.write_back(checked, output)
        if listing:
            opened.checking.write_list(checked, listing)
    if as_json:
        answer(checked.as_json())
    else:
        _show(checked, every=every)
    for path in (output, listing):
        if path:
            tell(f"Written: {path}")
    return 1 if checked.wrong else 0


def _in_order(one: Path, other: Path) -> tuple[Path, Path]:
    """The project and the report, in whichever order they were given. Raises EvidenceError where
    there are two of a kind."""
    if one.is_dir() and other.is_dir():
        raise EvidenceError(f"“{other.name}” is a folder.", "Name the report, a .docx file, too.")
    return (other, one) if other.is_dir() and not one.is_dir() else (one, other)


def _show(checked: ReportCheck, *, every: bool) -> None:
    for one in checked.found:
        if every or one.problems:
            _show_one(one)
    tell(str(checked))


def _show_one(one: Finding) -> None:
    cited = f" — {one.cited}" if one.cited else ""
    say(f"{one.where[:1].upper()}{one.where[1:]}: {one.title}")
    say(f"    “{_short(one.text)}”{cited}")
    if one.altered or one.omits:
        say(f"    {one.marked}")
    for problem in one.problems:
        say(f"    {problem.told}")
    for remark in one.remarks:
        say(f"    {remark}")
    say()


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"


COMMANDS = (check,)
"""This module's commands."""
