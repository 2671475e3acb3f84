"""What several commands share: arguments, options, and opening the project they name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from coder import settings
from coder.cli.answers import tell
from coder.domain.dates import day_of
from coder.domain.errors import EvidenceError, NotFound, Refused
from coder.domain.model import Permission, RespondentType
from coder.domain.quotes import QuoteFilter

if TYPE_CHECKING:
    from coder.project import Project

F = TypeVar("F", bound=Callable[..., Any])

PATH = click.Path(path_type=Path, readable=False)
"""A file or folder; that it is missing or may not be read, its reader says in our own words."""

project_argument = click.argument("project", type=PATH)
json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
coder_option = click.option(
    "--coder", metavar="NAME", help="Act under this name; without it, under your own."
)

_LENGTH = click.IntRange(min=0)
_FILTERS = (
    click.option("--code", "codes", multiple=True, metavar="PATH", help="With this code (repeat)."),
    click.option("--all", "every", is_flag=True, help="With all of these codes, not any of them."),
    click.option("--not", "without", multiple=True, metavar="PATH", help="Without this code."),
    click.option(
        "--type",
        "types",
        multiple=True,
        type=click.Choice(list(map(str, RespondentType))),
        help="From this type of respondent (repeat).",
    ),
    click.option(
        "--permission",
        "permissions",
        multiple=True,
        type=click.Choice(list(map(str, Permission))),
        help="Under this permission (repeat).",
    ),
    click.option("--coder", "coders", multiple=True, metavar="NAME", help="Tagged by (repeat)."),
    click.option("--submission", "refs", multiple=True, metavar="REF", help="From it (repeat)."),
    click.option("--text", default="", metavar="WORDS", help="With these words in quote or memo."),
    click.option("--marked", is_flag=True, help="Only those marked for use."),
    click.option(
        "--overlapping",
        multiple=True,
        metavar="PATH",
        help="Where a passage with this code overlaps it (repeat: each of them).",
    ),
    click.option(
        "--near",
        multiple=True,
        metavar="PATH",
        help="Where a passage with this code is near it (repeat: each of them).",
    ),
    click.option(
        "--within",
        type=click.IntRange(min=0),
        default=QuoteFilter().within,
        show_default=True,
        metavar="N",
        help="How many characters count as near.",
    ),
    click.option("--region", "regions", multiple=True, metavar="NAME", help="From it (repeat)."),
    click.option(
        "--question",
        "questions",
        multiple=True,
        metavar="WORDS",
        help="In answer to this survey question, or under this code (repeat).",
    ),
    click.option("--since", metavar="DAY", help="Tagged on this day, as 2020-09-18, or later."),
    click.option("--until", metavar="DAY", help="Tagged on this day or earlier."),
    click.option("--received-since", metavar="DAY", help="Received on this day or later."),
    click.option("--received-until", metavar="DAY", help="Received on this day or earlier."),
    click.option(
        "--shortest", type=_LENGTH, default=0, metavar="N", help="Of N characters or more."
    ),
    click.option(
        "--longest", type=_LENGTH, default=0, metavar="N", help="Of N characters at most."
    ),
    click.option("--unused", is_flag=True, help="Only what is in no basket."),
    click.option("--basket", default="", metavar="NAME", help="Only what is in this basket."),
    click.option(
        "--saved", default="", metavar="NAME", help="As a saved filter asks; others take from it."
    ),
)


def examples(*lines: str) -> str:
    """The end of a command's help: how it is called, one line each."""
    return "\b\nExamples:\n" + "\n".join(f"  evidence-coder {line}" for line in lines)


def filters(command: F) -> F:
    """Adds the options that choose quotes; `chosen` turns them into a filter."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


def chosen(
    project: Project,
    *,
    codes: Sequence[str] = (),
    without: Sequence[str] = (),
    overlapping: Sequence[str] = (),
    near: Sequence[str] = (),
    coders: Sequence[str] = (),
    refs: Sequence[str] = (),
    regions: Sequence[str] = (),
    questions: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
    received_since: str | None = None,
    received_until: str | None = None,
    basket: str = "",
    saved: str = "",
    **plain: Any,
) -> QuoteFilter:
    """The filter that the options ask for; of a saved one what they do not speak of.

    Raises NotFound for a code, coder, submission, region, question, basket or saved filter that is
    not in the project, since an empty answer would say something else.
    """
    asked = QuoteFilter(
        codes=_ids(project, codes),
        without=_ids(project, without),
        overlapping=_ids(project, overlapping),
        near=_ids(project, near),
        coders=_known(coders, [one.name for one in project.coders()], _NOBODY),
        submissions=tuple(project.submission(ref).ref for ref in refs),
        questions=tuple(_question(project, one) for one in questions),
        since=day_asked(since),
        until=day_asked(until),
        received_since=day_asked(received_since),
        received_until=day_asked(received_until),
        basket=project.baskets.by(basket).id if basket else "",
        regions=_known(regions, project.quotes.regions(), _NOWHERE) if regions else (),
        **plain,
    )
    if not saved:
        return asked
    view = project.quotes.saved_as(saved)
    if view.said:
        tell(view.said)
    none = QuoteFilter()
    told = {one.name: getattr(asked, one.name) for one in fields(QuoteFilter)}
    return replace(view.wanted, **{k: v for k, v in told.items() if v != getattr(none, k)})


_NOBODY = "Nobody called “{}” has worked on this project."
_NOWHERE = "No submission is from “{}”."


def _ids(project: Project, paths: Sequence[str]) -> tuple[str, ...]:
    return tuple(project.codebook.at(path).id for path in paths)


def _known(asked: Sequence[str], names: list[str], otherwise: str) -> tuple[str, ...]:
    """These names as they are written in the project. Raises NotFound."""
    known = {name.casefold(): name for name in names}
    for name in asked:
        if name.casefold() not in known:
            raise NotFound(otherwise.format(name))
    return tuple(known[name.casefold()] for name in asked)


def _question(project: Project, words: str) -> str:
    """A survey's question, by its words, or the id of a code that stands for one. Raises
    NotFound."""
    for question in project.quotes.questions():
        if question.casefold() == words.casefold():
            return question
    try:
        return project.codebook.at(words).id
    except NotFound:
        raise NotFound(f"No survey asks “{words}”, and no code is called so.") from None


def day_asked(words: str | None) -> str:
    """A day as `YYYY-MM-DD`; empty where none is asked for. Raises Refused."""
    if not words:
        return ""
    day = day_of(words)
    if day is None:
        raise Refused(f"“{words}” is not a day.", "Write it as 2020-09-18.")
    return day.isoformat()


@contextmanager
def reading(folder: Path) -> Iterator[Project]:
    """The project, for looking only; somebody else may be at work in it. Raises EvidenceError."""
    from coder.project import Project

    with Project.open(folder, name(), read_only=True) as project, _telling_damage(project):
        yield project


@contextmanager
def writing(folder: Path, coder: str | None = None) -> Iterator[Project]:
    """The project, for this coder to work in. Raises EvidenceError."""
    from coder.project import Project

    with Project.open(folder, coder or name()) as project, _telling_damage(project):
        project.back_up()
        yield project


@contextmanager
def _telling_damage(project: Project) -> Iterator[None]:
    """Turns a mistake that comes of a damaged database into an EvidenceError that says so."""
    try:
        yield
    except (EvidenceError, UnicodeEncodeError, click.ClickException):
        raise
    except Exception as problem:
        from coder.project import faults

        told = faults.damage(problem, project)
        if told is None:
            raise
        raise told from problem


def name() -> str:
    """Under whose name this person acts."""
    return settings.coder_name(settings.load())
