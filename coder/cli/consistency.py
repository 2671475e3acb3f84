"""The commands on the consistency of the codebook in use: what is odd, and dismissing it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coder.cli.answers import answer, progress, say, tell
from coder.cli.options import (
    PATH,
    coder_option,
    examples,
    json_option,
    project_argument,
    reading,
    writing,
)

if TYPE_CHECKING:
    from coder.project.consistency import Judged

_KINDS = (
    "alike", "campaign", "lacking", "drift", "sense", "rate", "together", "parent", "undefined",
    "unused", "once", "nothing", "short", "long",
)  # fmt: skip
_SHORT_ID = 8
_LONGEST, _MOST = 160, 4


@click.command(
    epilog=examples(
        "consistency Neighbours",
        "consistency Neighbours --kind alike --kind drift",
        "consistency Neighbours -o findings.docx",
    )
)
@project_argument
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help="Only of it (repeat)."
)
@click.option("--code", "codes", multiple=True, metavar="PATH", help="About this code (repeat).")
@click.option("--dismissed", is_flag=True, help="Those that were dismissed, and why.")
@click.option("-o", "--output", type=PATH, metavar="FILE", help="Write a list: .docx .csv.")
@json_option
def consistency(
    project: Path,
    kinds: tuple[str, ...],
    codes: tuple[str, ...],
    dismissed: bool,
    output: Path | None,
    as_json: bool,
) -> int:
    """Tell what is odd about the codebook in use: the same words tagged differently, codes whose
    use drifts, codes that always go together, and more.

    Exit code 1 says that something needs a look.
    """
    from coder.project.consistency import Kind, Options
    from coder.project.consistency import as_json as told

    with reading(project) as opened, progress() as job:
        paths = {opened.codebook.at(path).id for path in codes}
        wanted = tuple(Kind(one) for one in kinds) or tuple(Kind)
        found = opened.consistency.findings(Options(wanted), job)
        shown = [
            one
            for one in (found.dismissed if dismissed else found.open)
            if not paths or paths & set(one.finding.codes)
        ]
        if output:
            opened.consistency.save(shown, output)
    if as_json:
        answer({"at": found.at, "findings": [told(one) for one in shown]})
    else:
        for one in shown:
            _show(one)
        tell(str(found))
    if output:
        tell(f"Written: {output}")
    return 1 if found.open else 0


@click.command(epilog=examples('dismiss Neighbours 3f2a9c1b --reason "One is about a bus stop"'))
@project_argument
@click.argument("ident", metavar="ID")
@click.option("--reason", required=True, metavar="TEXT", help="Why it is as it is.")
@coder_option
def dismiss(project: Path, ident: str, reason: str, coder: str | None) -> None:
    """Dismiss a finding of `consistency`, by its id or the beginning of it.

    It comes back when what it is about has changed. `undo` takes the dismissal back.
    """
    with writing(project, coder) as opened, progress() as job:
        one = opened.consistency.findings(job=job).by(ident)
        opened.consistency.dismiss(one.finding, reason)
    tell(f"Dismissed: {one.finding.said}")


def _show(one: Judged) -> None:
    finding = one.finding
    say(f"{finding.id[:_SHORT_ID]}  {finding.title}")
    say(f"    {finding.said}")
    for passage in finding.passages[:_MOST]:
        words = " ".join(passage.quote.split())
        short = words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"
        names = ", ".join(f"{tag.name} ({tag.coder})" for tag in passage.tags) or passage.side
        say(f"    {passage.ref}: “{short}” — {names}")
    if one.dismissal:
        say(f"    Dismissed: {_indented(one.dismissal.reason)}")
    if one.before:
        say(f"    Was dismissed, and has changed since: {_indented(one.before.reason)}")
    say()


def _indented(reason: str) -> str:
    return reason.replace("\n", "\n    ")


COMMANDS = (consistency, dismiss)
"""This module's commands."""
