"""Commands on the trail: who did what and when, and what is signed off."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coder.cli.answers import answer, progress, say, table, tell
from coder.cli.options import (
    PATH,
    coder_option,
    day_asked,
    examples,
    json_option,
    project_argument,
    reading,
    writing,
)
from coder.domain.dates import moment_shown
from coder.domain.errors import NotFound
from coder.domain.text import counted
from coder.domain.trail import Asked, Deed

if TYPE_CHECKING:
    from coder.project import Project


@click.command(
    epilog=examples(
        "history Neighbours --limit 20",
        'history Neighbours --coder "Asha Verma" --submission SIC0003',
        "history Neighbours --since 2020-10-01 -o trail.docx",
    )
)
@project_argument
@click.option("--limit", default=100, type=click.IntRange(1), help="How many lines at most.")
@click.option("--coder", "coders", multiple=True, metavar="NAME", help="By this coder (repeat).")
@click.option("--submission", "refs", multiple=True, metavar="REF", help="About it (repeat).")
@click.option("--code", "codes", multiple=True, metavar="PATH", help="With this code (repeat).")
@click.option(
    "--kind",
    "deeds",
    multiple=True,
    type=click.Choice(list(map(str, Deed))),
    help="Only acts of this kind (repeat).",
)
@click.option("--since", metavar="DAY", help="On this day, as 2020-09-18, or later.")
@click.option("--until", metavar="DAY", help="On this day or earlier.")
@click.option("--text", "words", default="", metavar="WORDS", help="With these words in it.")
@click.option(
    "-o", "--output", type=PATH, metavar="FILE", help="Save all of it: .docx or .csv; internal."
)
@json_option
def history(
    project: Path,
    limit: int,
    coders: tuple[str, ...],
    refs: tuple[str, ...],
    codes: tuple[str, ...],
    deeds: tuple[str, ...],
    since: str | None,
    until: str | None,
    words: str,
    output: Path | None,
    as_json: bool,
) -> None:
    """Show who did what and when, the latest first.

    What was heard of one recording in a row is one line; --json gives every step. With -o the whole
    of what is asked for is saved as a paper for the file, without any name masked.
    """
    with reading(project) as opened:
        asked = opened.trail.asked(
            coders=coders,
            submissions=refs,
            codes=[opened.codebook.at(path) for path in codes],
            since=_day(since),
            until=_day(until),
            deeds=[Deed(one) for one in deeds],
            words=words,
        )
        if output is not None:
            _save(opened, asked, output, as_json)
        elif as_json:
            answer([one.as_json() for one in opened.trail.page(asked, limit=limit, each=True)])
        else:
            _list(opened, asked, limit)


def _list(project: Project, asked: Asked, limit: int) -> None:
    trail = project.trail
    lines = trail.page(asked, limit=limit)
    table(
        ("Step", "When", "Who", "What"),
        [
            (one.seq if one.seq > 0 else "", one.at[:19].replace("T", " "), one.coder, one.words)
            for one in lines
        ],
    )
    if lines and trail.page(asked, before=lines[-1], limit=1):
        tell(f"The latest {limit:,}; --limit shows more.")
    if not lines:
        tell("No step fits.")


def _save(project: Project, asked: Asked, output: Path, as_json: bool) -> None:
    with progress() as job:
        written = project.trail.export(output, asked, job=job)
    if as_json:
        told = str(written.fingerprint)
        answer({"path": str(output), "steps": written.steps, "fingerprint": told})
    else:
        say(f"{counted(written.steps, 'step')} in {output.name}; fingerprint {written.fingerprint}")


@click.command(
    epilog=examples(
        'sign Neighbours SIC0003 --note "Read by both of us"',
        "sign Neighbours --codebook --version 1.0",
    )
)
@project_argument
@click.argument("ref", required=False)
@click.option("--codebook", is_flag=True, help="Sign off the codebook, not a submission.")
@click.option("--version", default="", metavar="NAME", help="How this codebook is called.")
@click.option("--note", default="", metavar="WORDS", help="What to say of it.")
@click.option("--take-back", is_flag=True, help="Take back your own latest sign-off instead.")
@coder_option
@json_option
def sign(
    project: Path,
    ref: str | None,
    codebook: bool,
    version: str,
    note: str,
    take_back: bool,
    coder: str | None,
    as_json: bool,
) -> None:
    """Sign off a submission, or the codebook, as it stands.

    Whatever is changed afterwards, `signed` tells.
    """
    if codebook == bool(ref):
        raise click.UsageError("Give the reference of a submission, or --codebook.")
    with writing(project, coder) as opened:
        signing = opened.signing
        if take_back:
            signing.take_back(_own(opened, ref))
        elif ref:
            signing.sign(ref, note)
        else:
            signing.sign_codebook(version, note)
        views = signing.of(ref) if ref else signing.of_codebook()
    if as_json:
        answer([view.as_json() for view in views])
    elif take_back:
        say("Taken back.")
    else:
        say(f"{views[0].what}: signed off by {views[0].coder}.")


def _own(project: Project, ref: str | None) -> str:
    """The id of this coder's latest sign-off. Raises NotFound."""
    views = project.signing.of(ref) if ref else project.signing.of_codebook()
    mine = [view.record.id for view in views if view.record.coder_id == project.coder.id]
    if not mine:
        raise NotFound(f"{project.coder.name} has not signed off {ref or 'the codebook'}.")
    return mine[0]


@click.command(epilog=examples("signed Neighbours"))
@project_argument
@json_option
def signed(project: Path, as_json: bool) -> None:
    """List what is signed off, and what was changed since."""
    with reading(project) as opened:
        views = opened.signing.all()
    if as_json:
        answer([view.as_json() for view in views])
        return
    table(
        ("What", "Who", "When", "Note", "Now"),
        [
            (
                view.what,
                view.coder,
                moment_shown(view.record.signed_at),
                view.record.note,
                "unchanged" if view.holds else f"changed since ({view.changed:,})",
            )
            for view in views
        ],
    )
    if not views:
        tell("Nothing is signed off yet; `sign` does it.")


def _day(words: str | None) -> date | None:
    told = day_asked(words)
    return date.fromisoformat(told) if told else None


COMMANDS = (history, sign, signed)
"""This module's commands, in the order of the job."""
