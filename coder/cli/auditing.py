"""The command that looks at how the evidence was coded: whether coders agree."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from coder.cli.answers import answer, progress, say, table, tell
from coder.cli.options import PATH, examples, json_option, project_argument, reading
from coder.domain.agreement import (
    SHORT,
    AgreementLine,
    AgreementOptions,
    AgreementReport,
    Coefficient,
    Unit,
    per_cent,
    told,
)

_SHOWN = (
    Coefficient.PERCENT,
    Coefficient.KAPPA,
    Coefficient.FLEISS,
    Coefficient.AC1,
    Coefficient.U_ALPHA,
    Coefficient.ALPHA,
)


@click.command(
    epilog=examples(
        "audit Neighbours",
        'audit Neighbours --coders "Noor Hadley,Sam Okoro" --unit paragraph',
        "audit Neighbours --submission SIC0003 --submission SIC0008 -o agreement.docx",
    )
)
@project_argument
@click.option(
    "--coders",
    multiple=True,
    metavar="A,B…",
    help="Compare these; without it, everyone who has coded.",
)
@click.option(
    "--unit",
    type=click.Choice([one.value for one in Unit]),
    default=Unit.CHARACTER.value,
    show_default=True,
    help="Of what it is asked whether they agree.",
)
@click.option(
    "--submission",
    "refs",
    multiple=True,
    metavar="REF",
    help="On this one (repeat); without it, on all that each of them has coded.",
)
@click.option(
    "--samples",
    type=click.IntRange(0, 100_000),
    default=AgreementOptions().samples,
    show_default=True,
    metavar="N",
    help="Draw so many for the intervals; 0 for none.",
)
@click.option(
    "-o", "--output", type=PATH, metavar="FILE", help="Write a report: .docx .csv .png .svg."
)
@json_option
def audit(
    project: Path,
    coders: tuple[str, ...],
    unit: str,
    refs: tuple[str, ...],
    samples: int,
    output: Path | None,
    as_json: bool,
) -> None:
    """How far coders agree, code by code and over all, with what the figures mean.

    A coder has coded a submission where they declared all its texts coded, or else tagged anything
    in it. Machines are not compared, nor what was settled as agreed.
    """
    options = AgreementOptions(_names(coders), Unit(unit), refs, samples)
    with reading(project) as opened:
        with progress() as job:
            report = opened.agreement.report(options, job)
        if output:
            opened.agreement.export(report, output)
        told = opened.agreement.as_json(report) if as_json else {}
    if as_json:
        answer(told)
    else:
        _show(report)
    if output:
        tell(f"Written: {output}")


def _names(given: Sequence[str]) -> tuple[str, ...]:
    """The names in lists parted by commas."""
    return tuple(name.strip() for one in given for name in one.split(",") if name.strip())


def _show(report: AgreementReport) -> None:
    shown = [kind for kind in _SHOWN if kind in report.columns]
    heads = ["", "Units", "Tags", "Found in", *(SHORT[kind] for kind in shown), "α, from … to"]
    lines = [report.overall, *report.themes, *report.codes]
    table(heads, [_row(one, shown) for one in lines])
    if len(report.pairs) > 1:
        say()
        table(["Coders", *heads[1:]], [_row(one, shown) for one in report.pairs])
    say()
    say(report.reading)
    for words in report.caveats:
        say(f"- {words}")


def _row(line: AgreementLine, shown: Sequence[Coefficient]) -> list[str]:
    return [
        f"{line.name} (theme)" if line.children else line.name,
        f"{line.units:,}",
        f"{line.codings:,}",
        per_cent(line.prevalence),
        *(told(kind, line.measure(kind)) for kind in shown),
        line.measure(Coefficient.ALPHA).interval,
    ]


COMMANDS = (audit,)
"""This module's commands."""
