"""Commands for what leaves a project beside packs: pseudonyms, their key, and clips."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from coder.cli.answers import answer, how_far, progress, say, table, tell
from coder.cli.options import (
    PATH,
    chosen,
    examples,
    filters,
    json_option,
    project_argument,
    reading,
)
from coder.domain.text import counted


@click.command(
    epilog=examples(
        "pseudonyms Neighbours",
        "pseudonyms Neighbours --suggest",
        "pseudonyms Neighbours --key key-to-be-locked-away.csv",
    )
)
@project_argument
@click.option("--suggest", is_flag=True, help="Also a name for each anonymous one without any.")
@click.option("--key", type=PATH, metavar="FILE", help="Write who is behind them to this .csv.")
@json_option
def pseudonyms(project: Path, suggest: bool, key: Path | None, as_json: bool) -> None:
    """List the names under which anonymous respondents are quoted.

    `set PROJECT REF --pseudonym NAME` chooses one. Only the key says who is behind them: keep it
    apart from the project and from everything that is shared.
    """
    with reading(project) as opened:
        told = [(one.ref, one.pseudonym, "") for one in opened.pseudonyms.all()]
        if suggest:
            told += [(ref, "", name) for ref, name in opened.pseudonyms.suggestions().items()]
        written = opened.pseudonyms.write_key(key) if key else 0
    if as_json:
        answer([{"ref": ref, "pseudonym": one, "suggested": new} for ref, one, new in told])
    elif told:
        headings = ("Reference", "Pseudonym", *(["Suggested"] if suggest else []))
        table(headings, [row[: len(headings)] for row in told])
    else:
        tell("No submission has a pseudonym yet.")
    if key:
        tell(
            f"{key} says who is behind {counted(written, 'pseudonym')}. Whoever has it knows them:"
            " keep it apart from everything that is shared."
        )


@click.command(
    epilog=examples(
        "clips Neighbours --marked -o clips",
        "clips Neighbours --code Volunteering --key-frames --padding 1.5 -o clips",
    )
)
@project_argument
@filters
@click.option("--sensitive", is_flag=True, help="Also passages marked as sensitive.")
@click.option(
    "--padding",
    type=click.FloatRange(0, 10),
    default=0.5,
    show_default=True,
    metavar="SECONDS",
    help="What to keep before and after the words.",
)
@click.option(
    "--exact/--key-frames",
    default=True,
    show_default=True,
    help="Begin to the instant, encoded anew; or quicker, at the key frame before.",
)
@click.option("-o", "--output", required=True, type=PATH, metavar="FOLDER", help="Where to.")
@json_option
def clips(
    project: Path,
    sensitive: bool,
    padding: float,
    exact: bool,
    output: Path,
    as_json: bool,
    **wanted: Any,
) -> int:
    """Cut the quotes that may be published out of their recordings.

    Beside each clip lie its words as subtitles; clips.html shows and clips.csv lists them all. Of
    anonymous respondents there is never a clip: face and voice would tell who they are. With
    --key-frames nothing is encoded anew, and a film may begin up to five seconds earlier.
    """
    from coder.project.clips import ClipOptions

    options = ClipOptions(round(padding * 1000), exact, sensitive)
    with reading(project) as opened, progress() as job:
        report = opened.clips.export(chosen(opened, **wanted), output, options, job)
    if as_json:
        answer(report.as_json())
    else:
        for one in report.clips:
            notes = "".join(f"; {note}" for note in one.notes)
            say(f"{one.path.name}  {one.quote.attribution} {one.quote.citation}{notes}")
        say(f"{counted(len(report.clips), 'clip')} in {output}.")
    for sentence in (report.preview.stays_in(), *report.problems):
        if sentence:
            tell(sentence)
    return how_far(bool(report.clips), bool(report.problems))


COMMANDS = (pseudonyms, clips)
"""This module's commands, in the order of the job."""
