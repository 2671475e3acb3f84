"""Commands for what leaves a project beside packs: pseudonyms and their key."""

from __future__ import annotations

from pathlib import Path

import click

from coder.cli.answers import answer, table, tell
from coder.cli.options import PATH, examples, json_option, project_argument, reading
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
        chosen = [(one.ref, one.pseudonym, "") for one in opened.pseudonyms.all()]
        if suggest:
            chosen += [(ref, "", name) for ref, name in opened.pseudonyms.suggestions().items()]
        written = opened.pseudonyms.write_key(key) if key else 0
    if as_json:
        answer([{"ref": ref, "pseudonym": one, "suggested": new} for ref, one, new in chosen])
    elif chosen:
        headings = ("Reference", "Pseudonym", *(["Suggested"] if suggest else []))
        table(headings, [row[: len(headings)] for row in chosen])
    else:
        tell("No submission has a pseudonym yet.")
    if key:
        tell(
            f"{key} says who is behind {counted(written, 'pseudonym')}. Whoever has it knows them:"
            " keep it apart from everything that is shared."
        )


COMMANDS = (pseudonyms,)
"""This module's commands, in the order of the job."""
