"""The command that takes the sample inquiry through the whole job."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coder.cli.answers import answer, progress, say, tell
from coder.cli.options import PATH, examples, json_option, reading
from coder.cli.window import LoadWindow, has_screen, open_window
from coder.domain.quotes import QuoteFilter
from coder.domain.text import counted

if TYPE_CHECKING:
    from coder.project.packs import PackReport
    from coder.project.sample import SampleReport

PACKS = ("quote-pack.docx", "quote-pack.csv")


@click.command(epilog=examples("demo", 'demo "My first inquiry" --no-window'))
@click.argument("folder", type=PATH, default=Path("evidence-coder-demo"))
@click.option("--no-window", is_flag=True, help="Do not open the window at the end.")
@json_option
@click.pass_obj
def demo(load: LoadWindow, folder: Path, no_window: bool, as_json: bool) -> int:
    """Take a sample inquiry through the whole job.

    It is made in FOLDER: import, transcribe, code, and write its quote pack. Everybody in it is
    invented. A sample that is there already is used as it is.
    """
    from coder.project.sample import holdings, is_sample, make_sample, renew_sample

    there = is_sample(folder)
    if there:
        renew_sample(folder)
    else:
        with progress() as job:
            unplaced = make_sample(folder, job).unplaced
        for what in unplaced:
            tell(what)
    with reading(folder) as opened:
        packs = [opened.packs.write(QuoteFilter(), folder / file) for file in PACKS]
        held, findings = holdings(opened), opened.verify()
    for finding in findings:
        tell(finding)
    if as_json:
        files = [str(folder / file) for file in PACKS]
        answer({"project": str(folder), "new": not there, **asdict(held), "packs": files})
    else:
        _tell_story(folder, held, packs[0], there=there, sound=not findings)
    if has_screen() and not no_window:
        open_window(load, folder)
    return 1 if findings or (not there and unplaced) else 0


def _tell_story(
    folder: Path, held: SampleReport, pack: PackReport, *, there: bool, sound: bool
) -> None:
    made = "is there already and was used as it is" if there else "is made"
    say(f"The sample inquiry {made}: {folder}. Everybody in it is invented.")
    say(
        f"  Evidence  {counted(held.submissions, 'submission')} with"
        f" {counted(held.documents, 'document')}, {counted(held.transcripts, 'film')} transcribed"
    )
    say(
        f"  Coding    {counted(held.codes, 'code')} and {counted(held.codings, 'coding')} by"
        f" {' and '.join(held.coders)}"
    )
    say(f"  Quotes    {pack.held}, in {' and '.join(PACKS)}")
    if pack.left_out.passages:
        say(f"            {pack.left_out}")
    if sound:
        say("  Verified  database, journal, originals and quotes are sound")
    say(f"Open it with: evidence-coder {folder}")


COMMANDS = (demo,)
"""This module's commands."""
