"""The options of `pack` that say how it is made."""

from __future__ import annotations

from typing import Any

import click

from coder.cli.options import PATH, F
from coder.domain.packing import MOST_CONTEXT, PLAIN, Citing, PackOptions

_LEAVING = {
    "charts": "Without charts of who raised what.",
    "tables": "Without tables of who said what.",
    "method": "Without how all was counted.",
    "sources": "Without the list of those quoted.",
    "team_notes": "Without what stays in, what to check, and who tagged.",
}
_FORM = (
    click.option("--sensitive", is_flag=True, help="Also passages marked as sensitive."),
    click.option("--joined", is_flag=True, help="Overlapping passages of a code as one quote."),
    click.option(
        "--context",
        type=click.IntRange(0, MOST_CONTEXT),
        default=PLAIN.context,
        metavar="N",
        help="So many characters around each quote.",
    ),
    *(
        click.option(
            f"--{where}", "citing", flag_value=where.value, help=f"Word: cite in {where.value}."
        )
        for where in (Citing.FOOTNOTES, Citing.ENDNOTES)
    ),
    *(
        click.option(
            f"--no-{what.replace('_', '-')}",
            what,
            is_flag=True,
            flag_value=False,
            default=True,
            help=said,
        )
        for what, said in _LEAVING.items()
    ),
    click.option("--template", type=PATH, metavar="FILE", help="Word: in the looks of this file."),
)


def form(command: F) -> F:
    """Adds the options that say how a pack is made; `taken` makes use of them."""
    for option in reversed(_FORM):
        command = option(command)
    return command


def taken(asked: dict[str, Any]) -> PackOptions:
    """How a pack is to be made, taken out of what a command was asked."""
    names = ("sensitive", "joined", "context", "template", *_LEAVING)
    citing = Citing(asked.pop("citing") or PLAIN.citing)
    return PackOptions(citing=citing, **{name: asked.pop(name) for name in names})
