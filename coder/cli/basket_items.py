"""Commands on what is in a basket: quotes, headings and the writer's own words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from coder.cli.answers import answer, say, tell
from coder.cli.baskets import described, name_argument, told
from coder.cli.options import coder_option, examples, json_option, project_argument, writing
from coder.domain.errors import NotFound
from coder.domain.model import RespondentType
from coder.domain.quote_id import QuoteId
from coder.domain.quotes import Quote, QuoteFilter
from coder.domain.text import counted, occurrence

if TYPE_CHECKING:
    from coder.project import Project
    from coder.project.baskets import Entry

F = TypeVar("F", bound=Callable[..., Any])

_NUMBER = click.IntRange(1)
_before = click.option("--before", type=_NUMBER, metavar="N", help="Before this item, not last.")


@click.command(
    epilog=examples(
        'basket add Neighbours "Interim report" --code Volunteering --marked',
        'basket add Neighbours "Interim report" SIC0012-3f2a9c-1045-158 --before 3',
        'basket add Neighbours "Interim report" --submission SIC0012 --quote "We need buses"',
    )
)
@project_argument
@name_argument
@click.argument("ids", metavar="[ID]…", nargs=-1)
@click.option("--code", "codes", multiple=True, metavar="PATH", help="With this code (repeat).")
@click.option("--submission", "refs", multiple=True, metavar="REF", help="From it (repeat).")
@click.option(
    "--type",
    "types",
    multiple=True,
    type=click.Choice(list(map(str, RespondentType))),
    help="From this type of respondent (repeat).",
)
@click.option("--text", default="", metavar="WORDS", help="With these words.")
@click.option("--marked", is_flag=True, help="Only those marked for use.")
@click.option("--quote", default="", metavar="TEXT", help="These words, tagged or not.")
@_before
@click.option("--again", is_flag=True, help="Also what is in the basket already.")
@coder_option
@json_option
def add(
    project: Path,
    name: str,
    ids: tuple[str, ...],
    quote: str,
    before: int | None,
    again: bool,
    coder: str | None,
    as_json: bool,
    **wanted: Any,
) -> None:
    """Put quotes into a basket: those with an ID (`quotes --json` gives it), those that a filter
    chooses, or any words of one submission."""
    if not (ids or quote or any(wanted.values())):
        raise click.UsageError("Say which quotes: by ID, --code, --submission, --quote …")
    with writing(project, coder) as opened:
        found = opened.baskets.by(name)
        chosen = [opened.baskets.found(_key(one)) for one in ids]
        if quote:
            chosen.append(_words(opened, wanted["refs"], quote))
        elif any(wanted.values()):
            chosen += _chosen(opened, **wanted)
        entries = opened.baskets.items(found.id)
        place = _item(entries, before) if before else None
        added = opened.baskets.add(found.id, chosen, place, again=again)
        numbered = _numbered(opened, found.id, [one.id for one in added.items])
    if as_json:
        items = [described(number, one) for number, one in numbered]
        answer({"added": items, "already": [one.as_json() for one in added.already]})
        return
    say(f"{counted(len(added.items), 'quote')} came into “{found.name}”.")
    if added.already:
        there = counted(len(added.already), "passage")
        tell(f"{there} in it already; --again puts them in once more.")


def _in_basket(command: F) -> F:
    """Adds what names the project, the basket and the coder."""
    for option in (json_option, coder_option, name_argument, project_argument):
        command = option(command)
    return command


@click.command(epilog=examples('basket remove Neighbours "Interim report" 3 4'))
@_in_basket
@click.argument("numbers", metavar="N…", nargs=-1, required=True, type=_NUMBER)
def remove(
    project: Path, name: str, numbers: tuple[int, ...], coder: str | None, as_json: bool
) -> None:
    """Take items out of a basket; `undo` brings them back."""
    with writing(project, coder) as opened:
        found = opened.baskets.by(name)
        entries = opened.baskets.items(found.id)
        opened.baskets.remove([_item(entries, number) for number in numbers])
    gone = counted(len(numbers), "item")
    told(found.id, f"{gone} went out of “{found.name}”. “undo” brings it back.", as_json=as_json)


@click.command(
    epilog=examples(
        'basket move Neighbours "Interim report" 7 --before 2',
        'basket move Neighbours "Interim report" 3 4',
    )
)
@_in_basket
@click.argument("numbers", metavar="N…", nargs=-1, required=True, type=_NUMBER)
@_before
def move(
    project: Path,
    name: str,
    numbers: tuple[int, ...],
    before: int | None,
    coder: str | None,
    as_json: bool,
) -> None:
    """Put items before another, or last."""
    with writing(project, coder) as opened:
        found = opened.baskets.by(name)
        entries = opened.baskets.items(found.id)
        moving = [_item(entries, number) for number in numbers]
        opened.baskets.move(moving, _item(entries, before) if before else None)
        now = [number for number, _ in _numbered(opened, found.id, moving)]
    stand = ", ".join(map(str, now))
    told(found.id, f"In “{found.name}” they are now {stand}.", as_json=as_json)


@click.command(epilog=examples('basket heading Neighbours "Interim report" Volunteering'))
@_in_basket
@click.argument("text")
@_before
def heading(
    project: Path, name: str, text: str, before: int | None, coder: str | None, as_json: bool
) -> None:
    """Put a heading into a basket."""
    _add_words(project, name, text, before, coder, as_json=as_json, heading=True)


@click.command(
    epilog=examples('basket text Neighbours "Interim report" "Many spoke of buses." --before 3')
)
@_in_basket
@click.argument("text")
@_before
def text(
    project: Path, name: str, text: str, before: int | None, coder: str | None, as_json: bool
) -> None:
    """Put words of your own between the quotes of a basket."""
    _add_words(project, name, text, before, coder, as_json=as_json, heading=False)


@click.command(
    epilog=examples(
        'basket note Neighbours "Interim report" 3 "For the box on page 4"',
        'basket note Neighbours "Interim report" 3 ""',
    )
)
@_in_basket
@click.argument("number", metavar="N", type=_NUMBER)
@click.argument("note", metavar="TEXT")
def note(
    project: Path, name: str, number: int, note: str, coder: str | None, as_json: bool
) -> None:
    """Write a note on an item, which never leaves the project; empty to take it back."""
    with writing(project, coder) as opened:
        item_id = _item(opened.baskets.items(opened.baskets.by(name).id), number)
        opened.baskets.set_note(item_id, note)
    told(item_id, f"Item {number} has {'its note' if note else 'no note now'}.", as_json=as_json)


@click.command(
    epilog=examples(
        'basket trim Neighbours "Interim report" 3 --leave-out ", as everybody knows,"',
        'basket trim Neighbours "Interim report" 3 --whole',
    )
)
@_in_basket
@click.argument("number", metavar="N", type=_NUMBER)
@click.option("--leave-out", multiple=True, metavar="WORDS", help="Words of it (repeat).")
@click.option("--whole", is_flag=True, help="Put back all that was left out before.")
def trim(
    project: Path,
    name: str,
    number: int,
    leave_out: tuple[str, ...],
    whole: bool,
    coder: str | None,
    as_json: bool,
) -> None:
    """Leave words out of a quote, shown as […]; what is left out stays known."""
    if not (leave_out or whole):
        raise click.UsageError("Give --leave-out WORDS, or --whole.")
    with writing(project, coder) as opened:
        entries = opened.baskets.items(opened.baskets.by(name).id)
        item = next(one.item for one in entries if one.item.id == _item(entries, number))
        spans = [] if whole else list(item.omitted)
        for words in leave_out:
            at = occurrence(item.quote, words)
            if at < 0 or not words:
                raise NotFound(f"The quote does not say “{words}”.", "`basket show` has its words.")
            spans.append((item.start + at, item.start + at + len(words)))
        shown = opened.baskets.trim(item.id, spans).shown
    told(item.id, f"It is now “{shown}”.", as_json=as_json)


def _add_words(
    project: Path,
    name: str,
    words: str,
    before: int | None,
    coder: str | None,
    *,
    as_json: bool,
    heading: bool,
) -> None:
    with writing(project, coder) as opened:
        found = opened.baskets.by(name)
        place = _item(opened.baskets.items(found.id), before) if before else None
        put = opened.baskets.add_heading if heading else opened.baskets.add_text
        made = put(found.id, words, place)
        [(number, _)] = _numbered(opened, found.id, [made.id])
    told(made.id, f"It is item {number} of “{found.name}”.", as_json=as_json)


def _key(text: str) -> QuoteId:
    found = QuoteId.parse(text)
    if found is None:
        raise NotFound(f"“{text}” is no id of a quote.", "`quotes --json` gives their ids.")
    return found


def _words(project: Project, refs: Sequence[str], quote: str) -> Quote:
    """These words of the one submission that is named."""
    if len(refs) != 1:
        raise click.UsageError("Say with --submission where the words of --quote stand.")
    document = project.evidence.document_saying(refs[0], quote, "", 1)
    start = occurrence(document.text, quote)
    return project.baskets.passage(document, start, start + len(quote))


def _chosen(
    project: Project,
    codes: tuple[str, ...],
    refs: tuple[str, ...],
    types: tuple[str, ...],
    text: str,
    marked: bool,
) -> list[Quote]:
    found = project.quotes.select(
        QuoteFilter(
            codes=tuple(project.codebook.at(path).id for path in codes),
            submissions=tuple(project.submission(ref).ref for ref in refs),
            types=types,
            text=text,
            marked=marked,
        )
    )
    if not found:
        raise NotFound("No passage matches.", "`quotes` with the same options shows what does.")
    return found


def _item(entries: Sequence[Entry], number: int) -> str:
    """The id of the item of this number. Raises NotFound."""
    if number > len(entries):
        raise NotFound(f"There is no item {number} in it.", "`basket show` gives their numbers.")
    return entries[number - 1].item.id


def _numbered(project: Project, basket_id: str, ids: Sequence[str]) -> list[tuple[int, Entry]]:
    """These items with their numbers."""
    entries = enumerate(project.baskets.items(basket_id), 1)
    return [(number, one) for number, one in entries if one.item.id in ids]


COMMANDS = (add, remove, move, heading, text, note, trim)
"""This module's commands, in the order of the job."""
