"""Commands that bring copies of a project together."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click

from coder.cli.answers import answer, progress, say, table, tell
from coder.cli.options import (
    PATH,
    coder_option,
    examples,
    json_option,
    project_argument,
    reading,
    writing,
)
from coder.cli.sharing import given, passphrase_option


@click.command(
    epilog=examples(
        "merge Neighbours ../asha --dry-run",
        "merge Neighbours asha.evidence --passphrase-file words.txt",
    )
)
@project_argument
@click.argument("other", type=PATH)
@click.option("--dry-run", is_flag=True, help="Only say what would come.")
@passphrase_option
@coder_option
@json_option
def merge(
    project: Path,
    other: Path,
    dry_run: bool,
    passphrase: IO[str] | None,
    coder: str | None,
    as_json: bool,
) -> None:
    """Bring in another copy of the project: a folder, the zip of one, or a file that `share` made.
    It is one step, which `undo` takes back; nothing of the other copy is changed."""
    words = given(passphrase)
    opening = reading(project) if dry_run else writing(project, coder)
    with opening as opened, progress() as job:
        do = opened.merging.preview if dry_run else opened.merging.merge
        merged = do(other, job, words)
    if as_json:
        answer(merged.as_json())
        return
    for line in merged.sentences():
        say(line)
    if merged.clashes:
        say(f"Not all could be kept ({len(merged.clashes)}); `clashes` lists it:")
        table(("What", "Kept", "Lost"), [(one.what, one.kept, one.lost) for one in merged.clashes])


@click.command(epilog=examples("clashes Neighbours", "clashes Neighbours --turn-round 3f2a9c"))
@project_argument
@click.option("--turn-round", "turned", metavar="ID", help="Let the other side hold.")
@click.option("--leave", "left", metavar="ID", help="Leave one as it is; it is told no more.")
@click.option("--reason", default="", metavar="WORDS", help="Why it is left as it is.")
@coder_option
@json_option
def clashes(
    project: Path,
    turned: str | None,
    left: str | None,
    reason: str,
    coder: str | None,
    as_json: bool,
) -> None:
    """List what merges could not keep of both sides, and turn it round. An ID may be cut short."""
    if turned or left:
        with writing(project, coder) as opened:
            wanted = str(turned or left)
            known = [one for one in opened.merging.clashes() if one.id.startswith(wanted)]
            one = known[0].id if len(known) == 1 else wanted
            if turned:
                opened.merging.turn_round(one)
            else:
                opened.merging.leave(one, reason)
        tell("Done.")
        return
    with reading(project) as opened:
        found = opened.merging.clashes()
    if as_json:
        answer([one.as_json() for one in found])
        return
    if not found:
        tell("Nothing is open: all that two people did was kept, or has been settled.")
    rows = [(one.id[:6], one.what, one.kept, one.lost) for one in found]
    table(("Id", "What", "Kept", "Lost"), rows)


COMMANDS = (merge, clashes)
