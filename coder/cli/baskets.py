"""Commands on baskets: the quotes gathered for a report, in their order."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from coder.domain.baskets import ItemKind
from coder.domain.citation import UNCHECKED
from coder.domain.text import listed

if TYPE_CHECKING:
    from coder.project.basket_spread import Spread
    from coder.project.baskets import Entry

name_argument = click.argument("name")


@click.group(
    epilog=examples(
        'basket new Neighbours "Interim report"',
        'basket add Neighbours "Interim report" --code Volunteering --marked',
        'basket show Neighbours "Interim report"',
    )
)
def basket() -> None:
    """Gather quotes for a report, in an order of your own. A basket is named by its name, and what
    is in it by the number that `basket show` gives."""


@basket.command("list", epilog=examples("basket list Neighbours", "basket list Neighbours --json"))
@project_argument
@json_option
def all_(project: Path, as_json: bool) -> None:
    """List the baskets."""
    with reading(project) as opened:
        sizes = opened.baskets.sizes()
        told = [
            {"id": one.id, "name": one.name, "quotes": sizes.get(one.id, 0)}
            for one in opened.baskets.all()
        ]
    if as_json:
        answer(told)
        return
    if not told:
        tell("There is no basket yet; `basket new` makes one.")
    table(("Quotes", "Basket"), [(one["quotes"], one["name"]) for one in told])


@basket.command(
    epilog=examples(
        'basket show Neighbours "Interim report"', 'basket show Neighbours "Interim report" --json'
    )
)
@project_argument
@name_argument
@json_option
def show(project: Path, name: str, as_json: bool) -> None:
    """Show what is in a basket, where else each quote is used, and from whom nothing is there
    yet."""
    with reading(project) as opened:
        found = opened.baskets.by(name)
        entries = opened.baskets.items(found.id)
        spread = opened.baskets.spread(found.id)
    if as_json:
        items = [described(number, one) for number, one in enumerate(entries, 1)]
        answer({"id": found.id, "name": found.name, "items": items, "spread": _told(spread)})
        return
    if not entries:
        tell(f"“{found.name}” is empty; `basket add` puts quotes into it.")
    for number, one in enumerate(entries, 1):
        _say(number, one)
    tell(f"{spread}.")
    if spread.quotes and spread.missing():
        tell(f"Nothing yet from: {', '.join(spread.missing())}.")


@basket.command(epilog=examples('basket new Neighbours "Interim report"'))
@project_argument
@name_argument
@coder_option
@json_option
def new(project: Path, name: str, coder: str | None, as_json: bool) -> None:
    """Make an empty basket."""
    with writing(project, coder) as opened:
        made = opened.baskets.make(name)
    told(made.id, f"Made the basket “{made.name}”.", as_json=as_json)


@basket.command(epilog=examples('basket rename Neighbours "Interim report" "Final report"'))
@project_argument
@name_argument
@click.argument("new_name", metavar="NEW")
@coder_option
@json_option
def rename(project: Path, name: str, new_name: str, coder: str | None, as_json: bool) -> None:
    """Give a basket another name."""
    with writing(project, coder) as opened:
        before = opened.baskets.by(name)
        after = opened.baskets.rename(before.id, new_name)
    told(after.id, f"“{before.name}” is now “{after.name}”.", as_json=as_json)


@basket.command(epilog=examples('basket copy Neighbours "Interim report" "Final report"'))
@project_argument
@name_argument
@click.argument("new_name", metavar="NEW")
@coder_option
@json_option
def copy(project: Path, name: str, new_name: str, coder: str | None, as_json: bool) -> None:
    """Make a basket with all that is in another."""
    with writing(project, coder) as opened:
        before = opened.baskets.by(name)
        made = opened.baskets.copy(before.id, new_name)
    told(made.id, f"“{made.name}” has what is in “{before.name}”.", as_json=as_json)


@basket.command(epilog=examples('basket delete Neighbours "Interim report"'))
@project_argument
@name_argument
@coder_option
@json_option
def delete(project: Path, name: str, coder: str | None, as_json: bool) -> None:
    """Remove a basket with what is in it; `undo` brings both back."""
    with writing(project, coder) as opened:
        gone = opened.baskets.by(name)
        opened.baskets.delete(gone.id)
    told(gone.id, f"“{gone.name}” went. “undo” brings it back.", as_json=as_json)


def told(basket_id: str, sentence: str, *, as_json: bool) -> None:
    """The id of what was changed, or a sentence on what was done to it."""
    if as_json:
        answer({"id": basket_id})
    else:
        say(sentence)


def described(number: int, entry: Entry) -> dict[str, Any]:
    """An item for scripts."""
    item, quote = entry.item, entry.quote
    common = {"number": number, "item": item.id, "kind": item.kind.value, "note": item.note}
    if quote is None:
        return {**common, "text": item.text}
    return {
        **common,
        **quote.as_json(),
        "shown": item.shown,
        "omitted": [list(span) for span in item.omitted],
        "barred": entry.why,
        "also_in": list(entry.also_in),
        "again": entry.again,
        "was": item.was,
    }


def _say(number: int, entry: Entry) -> None:
    item, quote = entry.item, entry.quote
    if quote is None:
        heading = item.kind is ItemKind.HEADING
        say(f"\n{number:>3}  {item.text.upper() if heading else item.text}")
    else:
        draft = f"; {UNCHECKED}" if quote.machine_draft else ""
        say(f"{number:>3}  “{item.shown}”")
        say(f"     — {quote.attribution or quote.ref} {quote.citation}{draft}")
    for line in _remarks(entry):
        say(f"     {line}")


def _remarks(entry: Entry) -> list[str]:
    remarks = {
        f"Not for publication: {entry.why}.": entry.why,
        f"Used already in {listed([f'“{name}”' for name in entry.also_in])}.": entry.also_in,
        "Words of it are in this basket twice.": entry.again,
        f"Its transcript was corrected; it was “{entry.item.was}”.": entry.item.was,
        f"Note: {entry.item.note}": entry.item.note,
    }
    return [remark for remark, there in remarks.items() if there]


def _told(spread: Spread) -> dict[str, Any]:
    shares = {
        name: [asdict(one) for one in getattr(spread, name)]
        for name in ("types", "regions", "themes")
    }
    return {
        "quotes": spread.quotes,
        "may_not_leave": spread.staying,
        "submissions": spread.submissions,
        "standing": spread.standing,
        **shares,
        "missing": spread.missing(),
    }


COMMANDS = (basket,)
"""This module's commands."""
