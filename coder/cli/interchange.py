"""Commands that hand the whole project over, and take one over that another program has written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coder.cli.answers import answer, how_far, progress, say, tell
from coder.cli.options import PATH, examples, json_option, project_argument, reading, writing
from coder.domain.text import one_line

if TYPE_CHECKING:
    from coder.project.interchange import TakenOver


@click.command(
    epilog=examples(
        "export Neighbours -o neighbours.qdpx",
        "export Neighbours -o neighbours.qdpx --without-media",
        "export Neighbours -o codebook.qdc",
        "export Neighbours -o neighbours.zip",
    )
)
@project_argument
@click.option("-o", "--output", required=True, type=PATH, help="The file: .qdpx, .qdc or .zip.")
@click.option("--without-media", is_flag=True, help="Leave the recordings out.")
@json_option
def export(project: Path, output: Path, without_media: bool, as_json: bool) -> int:
    """Write the whole project, or its codebook, as one file.

    .qdpx is a REFI-QDA project, which NVivo, MAXQDA, ATLAS.ti, QualCoder and others open; .qdc a
    REFI-QDA codebook; .zip the whole project folder with its history. Project files are for the
    team and not for publication: nothing in them is masked.
    """
    if output.suffix.lower() == ".qdc":
        with reading(project) as opened:
            codebook = opened.codebook_files.export(output)
        if as_json:
            answer(codebook.as_json())
        else:
            say(f"“{output.name}” is written: {codebook}")
        return 0
    with reading(project) as opened, progress() as job:
        report = opened.interchange.export(output, media=not without_media, job=job)
    if as_json:
        answer(report.as_json())
    else:
        say(f"“{output.name}” is written: {report}")
    for sentence in report.sentences():
        tell(one_line(sentence))
    return 0


def bring_in(project: Path, file: Path, coder: str | None, dry_run: bool, as_json: bool) -> int:
    """Brings a project file of another program, or of ours, into a project."""
    with writing(project, coder) as opened, progress() as job:
        report = opened.interchange.bring_in(file, job, dry_run=dry_run)
    return tell_of(report, as_json, dry_run=dry_run)


def tell_of(report: TakenOver, as_json: bool, *, dry_run: bool = False) -> int:
    """Tells what came of a project file; gives the exit code."""
    if as_json:
        answer(report.as_json())
    else:
        say(f"“{report.path.name}”: {report}")
        if dry_run:
            say("Nothing was changed.")
    for sentence in report.sentences():
        tell(one_line(sentence))
    return how_far(done=True, failed=bool(report.left))


COMMANDS = (export,)
"""This module's commands."""
