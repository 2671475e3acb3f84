"""Commands on the codebook."""

from __future__ import annotations

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
from coder.domain.text import counted

if TYPE_CHECKING:
    from coder.project.codebook import Codebook, CodeView


@click.command(epilog=examples("codes Neighbours", "codes Neighbours --json"))
@project_argument
@json_option
def codes(project: Path, as_json: bool) -> None:
    """Show the codebook, with how often each code is used."""
    with reading(project) as opened:
        tree = opened.codebook.tree()
    if as_json:
        answer([_described(one) for one in tree])
        return
    if not tree:
        tell("There is no code yet.")
    table(
        ("Codings", "Submissions", "Key", "Code"),
        [
            (one.codings, one.submissions, one.code.key or " ", _indented(one.depth, one.code.name))
            for one in tree
        ],
    )


def _described(one: CodeView) -> dict[str, Any]:
    return {
        "id": one.code.id,
        "path": one.path,
        "name": one.code.name,
        "colour": one.code.colour,
        "definition": one.code.definition,
        "use_when": one.code.use_when,
        "not_when": one.code.not_when,
        "key": one.code.key,
        "codings": one.codings,
        "submissions": one.submissions,
    }


def _indented(depth: int, name: str) -> str:
    return "· " * depth + name


@click.group(epilog=examples('code add Neighbours "Volunteering/First-time volunteers"'))
def code() -> None:
    """Change the codebook. A code is named by its path: “Volunteering/First-time volunteers”."""


@code.command(epilog=examples('code add Neighbours "Volunteering/Time banks"'))
@project_argument
@click.argument("path")
@click.option("--definition", default="", help="What the code means.")
@coder_option
@json_option
def add(project: Path, path: str, definition: str, coder: str | None, as_json: bool) -> None:
    """Make a code, and those above it that are missing."""
    with writing(project, coder) as opened:
        made = _standing(opened.codebook, opened.codebook.add(path, definition).id)
    _tell(made, f"Made the code “{made.path}”.", as_json=as_json)


@code.command(epilog=examples('code rename Neighbours "Volunteering/Time banks" "Time banking"'))
@project_argument
@click.argument("path")
@click.argument("name")
@coder_option
@json_option
def rename(project: Path, path: str, name: str, coder: str | None, as_json: bool) -> None:
    """Give a code another name."""
    with writing(project, coder) as opened:
        before = _at(opened.codebook, path)
        opened.codebook.rename(before.code, name)
        after = _standing(opened.codebook, before.code.id)
    _tell(after, f"“{before.path}” is now “{after.path}”.", as_json=as_json)


@code.command(
    epilog=examples(
        'code move Neighbours "Time banks" Volunteering', 'code move Neighbours "Time banks"'
    )
)
@project_argument
@click.argument("path")
@click.argument("parent", required=False)
@coder_option
@json_option
def move(project: Path, path: str, parent: str | None, coder: str | None, as_json: bool) -> None:
    """Put a code below PARENT; without PARENT it becomes a theme."""
    with writing(project, coder) as opened:
        book = opened.codebook
        before = _at(book, path)
        book.move(before.code, book.at(parent) if parent else None)
        after = _standing(book, before.code.id)
    now = f"“{after.path}”" if parent else f"the theme “{after.path}”"
    _tell(after, f"“{before.path}” is now {now}.", as_json=as_json)


@code.command(epilog=examples('code merge Neighbours "Time banks" "Volunteering/Time banking"'))
@project_argument
@click.argument("path")
@click.argument("into")
@coder_option
@json_option
def merge(project: Path, path: str, into: str, coder: str | None, as_json: bool) -> None:
    """Put INTO wherever the code was, and remove it."""
    with writing(project, coder) as opened:
        book = opened.codebook
        gone, kept = _at(book, path), book.at(into)
        book.merge(gone.code, kept)
        after = _standing(book, kept.id)
    _tell(after, f"“{gone.path}” went into “{after.path}”.", as_json=as_json)


@code.command(epilog=examples('code delete Neighbours "Volunteering/Time banks"'))
@project_argument
@click.argument("path")
@coder_option
@json_option
def delete(project: Path, path: str, coder: str | None, as_json: bool) -> None:
    """Remove a code, those below it and their codings; `undo` brings all of it back."""
    with writing(project, coder) as opened:
        code = _at(opened.codebook, path)
        gone = opened.codebook.delete(code.code)
    if as_json:
        answer({"path": code.path, "codings": gone})
    else:
        say(f"“{code.path}” went, with {counted(gone, 'coding')}. “undo” brings it back.")


@code.command(
    epilog=examples('code define Neighbours Volunteering --definition "Unpaid help to others"')
)
@project_argument
@click.argument("path")
@click.option("--definition", help="What the code means.")
@click.option("--use-when", help="When to use it.")
@click.option("--not-when", help="When not to.")
@coder_option
@json_option
def define(project: Path, path: str, coder: str | None, as_json: bool, **words: str | None) -> None:
    """Write down what a code means and when to use it."""
    given = {field: text for field, text in words.items() if text is not None}
    if not given:
        raise click.UsageError("Give --definition, --use-when or --not-when.")
    with writing(project, coder) as opened:
        found = opened.codebook.at(path)
        opened.codebook.define(found, **given)
        after = _standing(opened.codebook, found.id)
    _tell(after, f"“{after.path}” is defined.", as_json=as_json)


@code.command(
    epilog=examples("code key Neighbours Volunteering v", "code key Neighbours Volunteering")
)
@project_argument
@click.argument("path")
@click.argument("key", default="")
@coder_option
@json_option
def key(project: Path, path: str, key: str, coder: str | None, as_json: bool) -> None:
    """Let KEY (1 to 9, or most letters) apply the code in the window; without KEY, none does."""
    with writing(project, coder) as opened:
        found = opened.codebook.at(path)
        opened.codebook.set_key(found, key)
        after = _standing(opened.codebook, found.id)
    told = f"The key of “{after.path}” is {key}." if key else f"“{after.path}” has no key now."
    _tell(after, told, as_json=as_json)


def _at(book: Codebook, path: str) -> CodeView:
    return _standing(book, book.at(path).id)


def _standing(book: Codebook, code_id: str) -> CodeView:
    return next(one for one in book.tree() if one.code.id == code_id)


def _tell(one: CodeView, sentence: str, *, as_json: bool) -> None:
    """The code as it stands now, or a sentence on what was done to it."""
    if as_json:
        answer(_described(one))
    else:
        say(sentence)


COMMANDS = (codes, code)
"""This module's commands, in the order of the job."""
