"""Commands that give quotes, on screen or as a pack for the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coder.cli.answers import answer, say, tell
from coder.cli.options import (
    PATH,
    chosen,
    examples,
    filters,
    json_option,
    project_argument,
    reading,
)
from coder.cli.packing import form, taken
from coder.domain.citation import UNCHECKED
from coder.domain.quotes import Grouping, Order, Quote
from coder.domain.text import counted, quoted_from

if TYPE_CHECKING:
    from coder.project.quotes import Group, QuoteList

_AT_ONCE = 500
"""So many quotes are read at a time."""


@click.command(
    epilog=examples(
        "quotes Neighbours --code Volunteering --type charity",
        'quotes Neighbours --code Volunteering --not "Business and belonging" --json',
        "quotes Neighbours --near Volunteering --within 300 --region Leeds --group theme",
    )
)
@project_argument
@filters
@click.option(
    "--joined", is_flag=True, help="Overlapping passages under one code come as one quote."
)
@click.option(
    "--group",
    type=click.Choice(list(map(str, Grouping))),
    help="Under headings: by theme, question, submission, type or region.",
)
@click.option("--order", type=click.Choice(list(map(str, Order))), help="In this order.")
@json_option
def quotes(
    project: Path,
    joined: bool,
    group: str | None,
    order: str | None,
    as_json: bool,
    **wanted: Any,
) -> None:
    """List coded passages.

    Passages that several coders tagged alike come once, with all their names. Also those that must
    not be published are there, and say so.
    """
    with reading(project) as opened:
        grouping, sorting = Grouping.NONE, Order.REFERENCE
        if wanted["saved"]:
            view = opened.quotes.saved_as(wanted["saved"])
            grouping, sorting = view.grouping, view.order
            joined = joined or view.joined
        asked = chosen(opened, **wanted)
        listing = opened.quotes.listing(
            asked, Grouping(group or grouping), Order(order or sorting), joined=joined
        )
        if as_json:
            answer(_with_groups(listing))
            return
        passages = set()
        for heading, quote in _each(listing):
            if heading:
                say(f"{heading.title}: {counted(heading.count, 'quote')}\n")
            _say(quote)
            passages.add((quote.document_id, quote.start, quote.end))
    totals = listing.totals
    held = quoted_from(len(passages), totals.submissions, totals.quotes, "code")
    tell(f"{held}; {counted(totals.tags, 'tag')}.")


def _each(listing: QuoteList) -> Iterator[tuple[Group | None, Quote]]:
    """The quotes in order, each with the heading that begins at it."""
    headings = {group.first: group for group in listing.groups}
    for first in range(0, len(listing), _AT_ONCE):
        for place, quote in enumerate(listing.fetch(first, first + _AT_ONCE), first):
            yield headings.get(place), quote


def _with_groups(listing: QuoteList) -> list[dict[str, Any]]:
    """Each quote as JSON, with its heading where there are any."""
    told, heading = [], ""
    for group, quote in _each(listing):
        heading = group.title if group else heading
        told.append({**quote.as_json(), **({"group": heading} if listing.groups else {})})
    return told


def _say(quote: Quote) -> None:
    say(f"[{quote.code}] “{quote.quote}”")
    barred = f"not to be published, permission {quote.permission}, status {quote.status}"
    who = quote.attribution or barred
    draft = f"; {UNCHECKED}" if quote.machine_draft else ""
    say(f"    — {who} {quote.citation}; tagged by {quote.coder}{draft}\n")


@click.command(
    epilog=examples(
        "pack Neighbours -o quotes.docx",
        "pack Neighbours --code Volunteering --marked -o volunteering.xlsx",
        'pack Neighbours --basket "Chapter 3" --footnotes --template House.dotx -o chapter.docx',
    )
)
@project_argument
@filters
@form
@click.option("-o", "--output", required=True, type=PATH, metavar="FILE", help="Where to.")
@json_option
def pack(project: Path, output: Path, as_json: bool, **asked: Any) -> None:
    """Write the quotes that may be published to a file.

    Its ending says the format: .docx .xlsx .csv .html .md .json. A PDF is made in the window, or
    by printing the .html.
    """
    options = taken(asked)
    with reading(project) as opened:
        if asked["saved"] and opened.quotes.saved_as(asked["saved"]).joined:
            options = replace(options, joined=True)
        report = opened.packs.write(chosen(opened, **asked), output, options)
    if as_json:
        answer(report.as_json())
        return
    say(f"{report.held} in {output}.")
    for sentence in filter(None, (str(report.left_out), report.alone)):
        tell(sentence)


COMMANDS = (quotes, pack)
"""This module's commands, in the order of the job."""
