"""Commands that count words: how often, where, and in what company."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from coder.cli.answers import answer, progress, say, table, tell
from coder.cli.options import examples, json_option, project_argument, reading
from coder.domain.citation import UNCHECKED
from coder.domain.model import RespondentType
from coder.domain.text import counted
from coder.jobs import Job

if TYPE_CHECKING:
    from coder.project import Project
    from coder.project.words import Counted

F = TypeVar("F", bound=Callable[..., Any])
_WIDE = 46
"""Code points on either side of the words, on a terminal."""

_CHOOSING = (
    project_argument,
    click.option("--submission", "refs", multiple=True, metavar="REF", help="Of it (repeat)."),
    click.option(
        "--type",
        "types",
        multiple=True,
        type=click.Choice(list(map(str, RespondentType))),
        help="Of this type of respondent (repeat).",
    ),
    click.option(
        "--code", "codes", multiple=True, metavar="PATH", help="Of passages with it (repeat)."
    ),
    click.option("--earlier", is_flag=True, help="Also quoted mails, signatures, disclaimers."),
    click.option("--letters", is_flag=True, help="Every letter of a campaign, not one for all."),
    json_option,
)
_limit = click.option(
    "--limit", default=50, type=click.IntRange(1), help="How many at most (50 unless told)."
)
_common = click.option("--common", is_flag=True, help="Also common words (the, and, with …).")


def _of_a_selection(command: F) -> F:
    """Adds what chooses whose words are counted; `_counted` makes of it what is counted."""
    for option in reversed(_CHOOSING):
        command = option(command)
    return command


@click.group()
def words() -> None:
    """Count the words of the evidence: how often, where, and in what company.

    Duplicates are left out, as are earlier mails that a mail quotes, signatures and disclaimers; of
    a campaign one letter stands for all.
    """


@words.command(
    epilog=examples("words frequencies Neighbours", "words frequencies Neighbours --type charity")
)
@_of_a_selection
@_common
@click.option("--families", is_flag=True, help="Forms of one word together.")
@_limit
def frequencies(
    project: Path, common: bool, families: bool, limit: int, as_json: bool, **chosen: Any
) -> None:
    """List words by how often they stand."""
    with reading(project) as opened, progress() as job:
        whole = _counted(opened, job, **chosen)
        found = opened.words.frequencies(whole, small=common, families=families)
    shown = found[:limit]
    if as_json:
        answer([asdict(one) for one in shown])
        return
    table(
        ("Count", "Submissions", "Per 10,000", "Word"),
        [
            (f"{one.count:,}", f"{one.submissions:,}", f"{one.per_10_000:.1f}", _named(one))
            for one in shown
        ],
    )
    tell(f"{_whole(whole)}; {counted(len(found), 'different word')}{_more(len(found), limit)}.")


@words.command(
    epilog=examples(
        'words concordance Neighbours "food bank"', "words concordance Neighbours volunt* --json"
    )
)
@_of_a_selection
@click.argument("query", nargs=-1, required=True, metavar="WORD…")
@click.option(
    "--order",
    default="place",
    type=click.Choice(["place", "before", "after"]),
    help="By the evidence, or by the words before or after.",
)
@click.option("--families", is_flag=True, help="Every form of the words.")
@_limit
def concordance(
    project: Path,
    query: tuple[str, ...],
    order: str,
    families: bool,
    limit: int,
    as_json: bool,
    **chosen: Any,
) -> None:
    """Show where words stand, with what is around them.

    volunt* finds words that begin so, “food * bank” has any word between, “food …3 bank” at most
    two.
    """
    from coder.project.words import Order

    with reading(project) as opened, progress() as job:
        whole = _counted(opened, job, **chosen)
        found = opened.words.concordance(whole, " ".join(query), Order(order), families=families)
        lines = [found.line(row) for row in range(min(limit, len(found)))]
    if as_json:
        names = ("ref", "document", "start", "end", "before", "words", "after", "machine_draft")
        answer([{name: getattr(line, name) for name in names} for line in lines])
        return
    for line in lines:
        before = line.before[-_WIDE:].rjust(_WIDE)
        draft = f"  ({UNCHECKED})" if line.machine_draft else ""
        say(f"{line.ref}  {before}[{line.words}]{line.after[:_WIDE]}".rstrip() + draft)
    places = f"{counted(len(found), 'place')} in {counted(found.submissions(), 'submission')}"
    tell(f"{places}{_more(len(found), limit)}.")


@words.command(
    epilog=examples(
        "words collocations Neighbours", "words collocations Neighbours --within 5 --measure pmi"
    )
)
@_of_a_selection
@click.option(
    "--within", default=1, type=click.IntRange(1, 20), help="How many words behind, at most."
)
@click.option("--times", default=3, type=click.IntRange(1), help="How often at least.")
@click.option(
    "--measure",
    default="likelihood",
    type=click.Choice(["likelihood", "pmi"]),
    help="Log-likelihood, or pointwise mutual information.",
)
@_common
@_limit
def collocations(
    project: Path,
    within: int,
    times: int,
    measure: str,
    common: bool,
    limit: int,
    as_json: bool,
    **chosen: Any,
) -> None:
    """List pairs of words that keep together more than by chance, the strongest first."""
    from coder.project.words import Measure

    with reading(project) as opened, progress() as job:
        whole = _counted(opened, job, **chosen)
        found = opened.words.pairs(
            whole,
            job,
            window=within + 1,
            fewest=times,
            measure=Measure(measure),
            small=common,
        )
    shown = found[:limit]
    if as_json:
        answer([asdict(one) for one in shown])
        return
    table(
        ("Strength", "Count", "Submissions", "Words"),
        [
            (
                f"{one.score:.1f}",
                f"{one.count:,}",
                f"{one.submissions:,}",
                f"{one.first} {one.second}",
            )
            for one in shown
        ],
    )
    tell(f"{_whole(whole)}; {counted(len(found), 'pair')}{_more(len(found), limit)}.")


def _counted(
    project: Project,
    job: Job,
    refs: tuple[str, ...],
    types: tuple[str, ...],
    codes: tuple[str, ...],
    earlier: bool,
    letters: bool,
) -> Counted:
    """The words of the selection that the options ask for. Raises NotFound for a submission or code
    that is not in the project."""
    from coder.project.words import Selection

    selection = Selection(
        submissions=tuple(project.submission(ref).ref for ref in refs),
        types=types,
        codes=tuple(project.codebook.at(path).id for path in codes),
        earlier=earlier,
        letters=letters,
    )
    return project.words.counted(selection, job)


def _named(one: Any) -> str:
    return ", ".join(islice(one.forms, 6)) if one.forms else one.word


def _whole(counted_: Counted) -> str:
    submissions = counted(counted_.submissions, "submission")
    return f"{counted(counted_.words, 'word')} in {submissions}"


def _more(found: int, limit: int) -> str:
    return f", of which {limit:,} are shown; --limit shows more" if found > limit else ""


COMMANDS = (words,)
"""This module's commands."""
