"""What several commands share: arguments, options, and opening the project they name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from coder import settings
from coder.domain.errors import EvidenceError, NotFound
from coder.domain.model import Permission, QuoteFilter, RespondentType

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
    codes: tuple[str, ...],
    every: bool,
    without: tuple[str, ...],
    types: tuple[str, ...],
    permissions: tuple[str, ...],
    coders: tuple[str, ...],
    refs: tuple[str, ...],
    text: str,
    marked: bool,
) -> QuoteFilter:
    """The filter that the options ask for.

    Raises NotFound for a code, coder or submission that is not in the project, since an empty
    answer would say something else.
    """
    known = {coder.name.casefold(): coder.name for coder in project.coders()}
    for name in coders:
        if name.casefold() not in known:
            raise NotFound(f"Nobody called “{name}” has worked on this project.")
    return QuoteFilter(
        codes=tuple(project.codebook.at(path).id for path in codes),
        every=every,
        without=tuple(project.codebook.at(path).id for path in without),
        types=types,
        permissions=permissions,
        coders=tuple(known[name.casefold()] for name in coders),
        submissions=tuple(project.submission(ref).ref for ref in refs),
        text=text,
        marked=marked,
    )


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
