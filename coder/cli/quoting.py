"""Commands that give quotes, on screen or as a pack for the report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from coder.cli.answers import answer, say, tell
from coder.cli.options import (
    PATH,
    chosen,
    examples,
    filters,
    json_option,
    project_argument,
    reading,
)
from coder.domain.citation import UNCHECKED
from coder.domain.packing import PackOptions
from coder.domain.text import counted


@click.command(
    epilog=examples(
        "quotes Neighbours --code Volunteering --type charity",
        'quotes Neighbours --code Volunteering --not "Business and belonging" --json',
    )
)
@project_argument
@filters
@json_option
def quotes(project: Path, as_json: bool, **wanted: Any) -> None:
    """List coded passages.

    Also those that must not be published are there, and say so.
    """
    with reading(project) as opened:
        found = opened.quotes.select(chosen(opened, **wanted))
    if as_json:
        answer([quote.as_json() for quote in found])
        return
    for quote in found:
        say(f"[{quote.code}] “{quote.quote}”")
        barred = f"not to be published, permission {quote.permission}, status {quote.status}"
        who = quote.attribution or barred
        draft = f"; {UNCHECKED}" if quote.machine_draft else ""
        say(f"    — {who} {quote.citation}; tagged by {quote.coder}{draft}\n")
    tell(f"{counted(len(found), 'quote')}.")


@click.command(
    epilog=examples(
        "pack Neighbours -o quotes.docx",
        "pack Neighbours --code Volunteering --marked -o volunteering.xlsx",
    )
)
@project_argument
@filters
@click.option("--sensitive", is_flag=True, help="Also passages marked as sensitive.")
@click.option("-o", "--output", required=True, type=PATH, metavar="FILE", help="Where to.")
@json_option
def pack(project: Path, sensitive: bool, output: Path, as_json: bool, **wanted: Any) -> None:
    """Write the quotes that may be published to a file.

    Its ending says the format: .docx .xlsx .csv .html .md .json. A PDF is made in the window, or
    by printing the .html.
    """
    with reading(project) as opened:
        report = opened.packs.write(
            chosen(opened, **wanted), output, PackOptions(sensitive=sensitive)
        )
    if as_json:
        answer(report.as_json())
        return
    say(
        f"{counted(report.quotes, 'quote')} from {counted(report.submissions, 'submission')} "
        f"in {output}."
    )
    if report.left_out.passages:
        tell(str(report.left_out))


COMMANDS = (quotes, pack)
"""This module's commands, in the order of the job."""
