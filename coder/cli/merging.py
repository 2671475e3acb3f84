"""Commands that bring copies of a project together."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING

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
from coder.cli.sharing import given, passphrase_option

if TYPE_CHECKING:
    from coder.project.merging import Clash


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
        for one in merged.clashes:
            _tell(one)


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
    if turned and left:
        raise click.UsageError("Choose --turn-round or --leave.")
    if reason and not left:
        raise click.UsageError("--reason goes with --leave.")
    if wanted := turned or left:
        with writing(project, coder) as opened:
            known = [one for one in opened.merging.clashes() if one.id.startswith(wanted)]
            if len(known) > 1:
                raise click.UsageError(
                    f"{len(known)} clashes begin with {wanted}. Give more of it."
                )
            one = known[0].id if known else wanted
            if turned:
                opened.merging.turn_round(one)
            else:
                opened.merging.leave(one, reason)
        if known:
            holds = known[0].lost if turned else known[0].kept
            say(f"{known[0].what}: {holds} holds.")
        return
    with reading(project) as opened:
        found = opened.merging.clashes()
    if as_json:
        answer([one.as_json() for one in found])
        return
    if not found:
        tell("Nothing is open: all that two people did was kept, or has been settled.")
    for clash in found:
        _tell(clash, f"{clash.id[:6]}  ")


def _tell(one: Clash, before: str = "") -> None:
    """A clash in three lines, since no terminal is as wide as what two people wrote."""
    say(f"{before}{one.what}")
    for head, side, name in (("Kept", one.kept, one.kept_by), ("Lost", one.lost, one.lost_by)):
        say(f"{' ' * len(before)}  {head}  {side}{f' ({name})' if name else ''}")


COMMANDS = (merge, clashes)
