"""Commands on copies for colleagues: share."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click

from coder.cli.answers import answer, progress, say, tell
from coder.cli.options import PATH, examples, json_option, project_argument, reading
from coder.domain.errors import Refused
from coder.domain.text import one_line

passphrase_option = click.option(
    "--passphrase-file",
    "passphrase",
    type=click.File(encoding="utf-8"),
    metavar="FILE",
    help="Take the passphrase from this file, or with - from standard input.",
)


def given(passphrase: IO[str] | None) -> str:
    """The passphrase in a file that was named: its first line; empty where none was named. Raises
    Refused for a file without one."""
    if passphrase is None:
        return ""
    words = str(passphrase.readline()).strip()
    if not words:
        raise Refused("The file with the passphrase is empty.", "Write it on its first line.")
    return words


@click.command(
    epilog=examples(
        "share Neighbours -o asha.evidence --to Asha --blind",
        "share Neighbours -o asha.evidence --submission SIC0001 --submission SIC0004",
        "share Neighbours -o asha.evidence --without-recordings --passphrase-file words.txt",
    )
)
@project_argument
@click.option("-o", "--output", required=True, type=PATH, help="The file, such as asha.evidence.")
@click.option("--to", "colleague", default="", metavar="NAME", help="The colleague it is for.")
@click.option(
    "--submission", "refs", multiple=True, metavar="REF", help="Only this submission (repeat)."
)
@click.option("--assigned", is_flag=True, help="Only what the colleague was given to code.")
@click.option("--blind", is_flag=True, help="Without others' tags, and memos on evidence.")
@click.option("--without-recordings", is_flag=True, help="Leave the recordings out.")
@click.option("--without-originals", is_flag=True, help="Leave all files as received out.")
@passphrase_option
@json_option
def share(
    project: Path,
    output: Path,
    colleague: str,
    refs: tuple[str, ...],
    assigned: bool,
    blind: bool,
    without_recordings: bool,
    without_originals: bool,
    passphrase: IO[str] | None,
    as_json: bool,
) -> None:
    """Write a copy of the project for a colleague, to be coded elsewhere and merged later.

    It is for the team: nothing in it is masked. `new FOLDER --from FILE` opens it, and `merge`
    brings back what was done in it. With a passphrase it is sealed, and nobody reads it without.
    """
    from coder.project.sharing import ShareOptions

    if assigned and not colleague:
        raise click.UsageError("Name the colleague with --to.")
    with reading(project) as opened, progress() as job:
        if assigned:
            refs = (*refs, *opened.assigning.refs_of(colleague))
        options = ShareOptions(
            colleague,
            refs,
            originals=not without_originals,
            recordings=not without_recordings,
            blind=blind,
            passphrase=given(passphrase),
        )
        shared = opened.sharing.share(output, options, job)
    if as_json:
        answer(shared.as_json())
    else:
        say(f"“{output.name}” is written: {shared}")
    for one in shared.left:
        tell(one_line(str(one)))


COMMANDS = (share,)
"""This module's commands."""
