"""Commands that share the work out: assign, unassign, share-out, draw and shares."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from coder.cli.answers import answer, say, table, tell
from coder.cli.options import (
    coder_option,
    examples,
    json_option,
    project_argument,
    reading,
    writing,
)
from coder.domain.text import counted

seed_option = click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="N",
    help="The same number draws the same again.",
)
to_option = click.option(
    "--to", "names", required=True, metavar="NAMES", help="Coders, parted by commas."
)


@click.command(epilog=examples('assign Neighbours SIC0001 SIC0002 --to "Asha Verma,Noor Hadley"'))
@project_argument
@click.argument("refs", nargs=-1, required=True, metavar="REF…")
@to_option
@click.option("--twice", is_flag=True, help="Note that they are coded by several to compare.")
@coder_option
@json_option
def assign(
    project: Path, refs: tuple[str, ...], names: str, twice: bool, coder: str | None, as_json: bool
) -> None:
    """Give submissions to coders. It forbids nothing: anyone may code anything."""
    with writing(project, coder) as opened:
        made = opened.assigning.assign(refs, names.split(","), twice=twice)
    if as_json:
        answer({"given": made})
    else:
        say(f"{counted(made, 'assignment')} made.")


@click.command(epilog=examples("unassign Neighbours SIC0001 --from Asha"))
@project_argument
@click.argument("refs", nargs=-1, required=True, metavar="REF…")
@click.option("--from", "name", default="", metavar="NAME", help="Only from this coder.")
@coder_option
def unassign(project: Path, refs: tuple[str, ...], name: str, coder: str | None) -> None:
    """Take submissions back from a coder, or from everyone."""
    with writing(project, coder) as opened:
        gone = opened.assigning.take_back(refs, [name] if name else [])
    say(f"{counted(gone, 'assignment')} taken back.")


@click.command("share-out", epilog=examples('share-out Neighbours --to "Asha Verma,Noor Hadley"'))
@project_argument
@to_option
@seed_option
@coder_option
@json_option
def share_out(project: Path, names: str, seed: int, coder: str | None, as_json: bool) -> None:
    """Give every submission that nobody has yet to one of these coders, evenly and at random."""
    with writing(project, coder) as opened:
        made = opened.assigning.share_out(names.split(","), seed)
    if as_json:
        answer({"given": made})
    else:
        say(f"{counted(made, 'submission')} shared out.")


@click.command(epilog=examples('draw Neighbours 10 --to "Asha Verma,Noor Hadley"'))
@project_argument
@click.argument("number", type=click.IntRange(min=1))
@click.option("--to", "names", default="", metavar="NAMES", help="Give them to these coders.")
@seed_option
@coder_option
@json_option
def draw(
    project: Path, number: int, names: str, seed: int, coder: str | None, as_json: bool
) -> None:
    """Draw a random sample of submissions to be coded twice, every type in its share.

    Without --to nothing is changed, and the sample is only shown.
    """
    with writing(project, coder) if names else reading(project) as opened:
        drawn = [one.submission for one in opened.assigning.draw(number, seed)]
        if names:
            refs = [one.ref for one in drawn]
            opened.assigning.assign(refs, names.split(","), twice=True)
    if as_json:
        answer([{"ref": one.ref, "type": one.type} for one in drawn])
    else:
        table(("Reference", "Type"), [(one.ref, one.type) for one in drawn])
        if len(drawn) < number:
            tell(f"There are no more than {counted(len(drawn), 'submission')} to draw from.")
        if names:
            tell(f"Given to each of {names}, to be coded by all of them.")


@click.command(epilog=examples("shares Neighbours"))
@project_argument
@json_option
def shares(project: Path, as_json: bool) -> None:
    """Show how far every coder is with what they were given."""
    with reading(project) as opened:
        found, whole = opened.assigning.shares(), opened.assigning.whole()
    if as_json:
        answer([asdict(one) for one in found])
    elif not found:
        say("Nobody was given anything yet. `assign`, `share-out` and `draw` do that.")
    else:
        heads = (
            "Coder",
            "Given",
            "Begun",
            "Read",
            "Coded",
            "For several",
            "Of those coded",
            "Beyond",
        )
        rows = [
            (o.coder, o.given, o.begun, o.read, o.coded, o.twice, o.coded_twice, o.beyond)
            for o in found
        ]
        table(heads, rows)
        tell("Beyond: tagged or declared coded without having been given.")
        if not whole:
            tell("What was left out of this copy when it was shared is not counted.")


COMMANDS = (assign, unassign, share_out, draw, shares)
