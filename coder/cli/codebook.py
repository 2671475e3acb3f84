"""Commands on the codebook as a file."""

from __future__ import annotations

from pathlib import Path

import click

from coder.cli.answers import answer, say, tell
from coder.cli.options import (
    PATH,
    coder_option,
    examples,
    json_option,
    project_argument,
    reading,
    writing,
)
from coder.domain.text import counted

_FATES = {
    "new": "added",
    "fills": "filled in",
    "differs": "different here",
    "same": "here already",
}


@click.group(epilog=examples("codebook export Neighbours -o codebook.docx"))
def codebook() -> None:
    """Write the codebook into a file, or take one in."""


@codebook.command(
    "export",
    epilog=examples(
        "codebook export Neighbours -o codebook.docx",
        "codebook export Neighbours -o codebook.csv --json",
        "codebook export Neighbours -o for-nvivo.qdc",
    ),
)
@project_argument
@click.option(
    "-o", "--output", required=True, type=PATH, help="The file: .docx, .csv, .md or .qdc."
)
@json_option
def export(project: Path, output: Path, as_json: bool) -> None:
    """Write all codes with their definitions, counts and those examples that may be published."""
    with reading(project) as opened:
        report = opened.codebook_files.export(output)
    if as_json:
        answer(report.as_json())
    else:
        say(f"“{output.name}” is written: {report}")


@codebook.command(
    "import",
    epilog=examples(
        "codebook import Neighbours theirs.csv",
        "codebook import Neighbours theirs.docx --take-theirs",
        "codebook import Neighbours theirs.md --dry-run",
    ),
)
@project_argument
@click.argument("file", type=PATH)
@click.option("--take-theirs", is_flag=True, help="Take its wording where the two differ.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@coder_option
@json_option
def take(
    project: Path,
    file: Path,
    take_theirs: bool,
    dry_run: bool,
    coder: str | None,
    as_json: bool,
) -> None:
    """Add the codes of a file (docx, csv, xlsx, md, qdc …) that are missing, and write down what is
    not written here yet. One step: `undo` takes it all out again."""
    with reading(project) if dry_run else writing(project, coder) as opened:
        plan = opened.codebook_files.plan(file)
        wanted = plan.usual(take_theirs=take_theirs)
        done = 0 if dry_run else opened.codebook_files.take(plan, wanted)
    if as_json:
        answer({"codes": [one.as_json() for one in plan.proposals], "taken": done})
        return
    for one in plan.proposals:
        mark = "+" if one.entry.path in wanted else " "
        say(f"{mark} {one.entry.shown_path}: {_FATES[one.fate]}")
    left = sum(one.fate == "differs" and one.entry.path not in wanted for one in plan.proposals)
    if left:
        tell(f"{counted(left, 'code')} kept your wording; --take-theirs takes the file's.")
    say("Nothing was changed." if dry_run else f"{counted(done, 'code')} came in or changed.")


COMMANDS = (codebook,)
"""This module's commands."""
