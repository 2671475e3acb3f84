"""Commands on the codebook, and the one that tags words."""

from __future__ import annotations

from pathlib import Path

import click

from coder.cli.answers import answer, counted, say, table
from coder.cli.options import (
    coder_option,
    examples,
    json_option,
    project_argument,
    reading,
    writing,
)


@click.command(epilog=examples("codes Neighbours", "codes Neighbours --json"))
@project_argument
@json_option
def codes(project: Path, as_json: bool) -> None:
    """Show the codebook, with how often each code is used."""
    with reading(project) as opened:
        tree = opened.codebook.tree()
    if as_json:
        answer(
            [
                {
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
                for one in tree
            ]
        )
        return
    table(
        ("Codings", "Submissions", "Key", "Code"),
        [
            (one.codings, one.submissions, one.code.key or " ", _indented(one.depth, one.code.name))
            for one in tree
        ],
    )


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
        made = opened.codebook.add(path, definition)
    if as_json:
        answer({"id": made.id, "path": path, "name": made.name, "colour": made.colour})
    else:
        say(f"Made the code “{path}”.")


@code.command(epilog=examples('code rename Neighbours "Volunteering/Time banks" "Time banking"'))
@project_argument
@click.argument("path")
@click.argument("name")
@coder_option
def rename(project: Path, path: str, name: str, coder: str | None) -> None:
    """Give a code another name."""
    with writing(project, coder) as opened:
        opened.codebook.rename(opened.codebook.at(path), name)
    say(f"“{path}” is now called “{name}”.")


@code.command(
    epilog=examples(
        'code move Neighbours "Time banks" Volunteering', 'code move Neighbours "Time banks"'
    )
)
@project_argument
@click.argument("path")
@click.argument("parent", required=False)
@coder_option
def move(project: Path, path: str, parent: str | None, coder: str | None) -> None:
    """Put a code below PARENT; without PARENT it becomes a theme."""
    with writing(project, coder) as opened:
        book = opened.codebook
        book.move(book.at(path), book.at(parent) if parent else None)
    say(f"“{path}” is now below “{parent}”." if parent else f"“{path}” is now a theme.")


@code.command(epilog=examples('code merge Neighbours "Time banks" "Volunteering/Time banking"'))
@project_argument
@click.argument("path")
@click.argument("into")
@coder_option
def merge(project: Path, path: str, into: str, coder: str | None) -> None:
    """Put INTO wherever the code was, and remove it."""
    with writing(project, coder) as opened:
        book = opened.codebook
        book.merge(book.at(path), book.at(into))
    say(f"“{path}” went into “{into}”.")


@code.command(epilog=examples('code delete Neighbours "Volunteering/Time banks"'))
@project_argument
@click.argument("path")
@coder_option
@json_option
def delete(project: Path, path: str, coder: str | None, as_json: bool) -> None:
    """Remove a code, those below it and their codings; `undo` brings all of it back."""
    with writing(project, coder) as opened:
        gone = opened.codebook.delete(opened.codebook.at(path))
    if as_json:
        answer({"path": path, "codings": gone})
    else:
        say(f"“{path}” went, with {counted(gone, 'coding')}. “undo” brings it back.")


@code.command(
    epilog=examples('code define Neighbours Volunteering --definition "Unpaid help to others"')
)
@project_argument
@click.argument("path")
@click.option("--definition", help="What the code means.")
@click.option("--use-when", help="When to use it.")
@click.option("--not-when", help="When not to.")
@coder_option
def define(project: Path, path: str, coder: str | None, **words: str | None) -> None:
    """Write down what a code means and when to use it."""
    given = {field: text for field, text in words.items() if text is not None}
    if not given:
        raise click.UsageError("Give --definition, --use-when or --not-when.")
    with writing(project, coder) as opened:
        opened.codebook.define(opened.codebook.at(path), **given)
    say(f"“{path}” is defined.")


@code.command(
    epilog=examples("code key Neighbours Volunteering v", "code key Neighbours Volunteering")
)
@project_argument
@click.argument("path")
@click.argument("key", default="")
@coder_option
def key(project: Path, path: str, key: str, coder: str | None) -> None:
    """Let KEY (1 to 9, or most letters) apply the code in the window; without KEY, none does."""
    with writing(project, coder) as opened:
        opened.codebook.set_key(opened.codebook.at(path), key)
    say(f"The key of “{path}” is {key}." if key else f"“{path}” has no key now.")


@click.command(
    epilog=examples(
        'tag Neighbours SIC0012 --code "Volunteering/First-time volunteers" '
        '--quote "I had never done it before" --create'
    )
)
@project_argument
@click.argument("ref")
@click.option("--code", "path", required=True, metavar="PATH", help="The code.")
@click.option("--quote", required=True, metavar="TEXT", help="The exact words.")
@click.option("--document", default="", metavar="TITLE", help="The document they stand in.")
@click.option("--nth", default=1, type=click.IntRange(1), help="Which occurrence, from 1.")
@click.option("--create", is_flag=True, help="Make the code where it is missing.")
@coder_option
@json_option
def tag(
    project: Path,
    ref: str,
    path: str,
    quote: str,
    document: str,
    nth: int,
    create: bool,
    coder: str | None,
    as_json: bool,
) -> None:
    """Put a code on words of a submission.

    Words that are not there are refused. Without --document, the first document with these words is
    meant.
    """
    with writing(project, coder) as opened:
        book = opened.codebook
        found = opened.evidence.document_saying(ref, quote, document, nth)
        standing = None if create else book.at(path)
        coding = opened.codings.tag_words(
            found,
            quote,
            nth,
            lambda tx: standing or book.ensure(tx, path),
            f"Tag “{path.rpartition('/')[2].strip()}”",
        )
        path = next(one.path for one in book.tree() if one.code.id == coding.code_id)
        ref = opened.submission(ref).ref
    if as_json:
        answer(
            {
                "id": coding.id,
                "ref": ref,
                "document": found.title,
                "code": path,
                "coder": opened.coder.name,
                "start": coding.start,
                "end": coding.end,
                "quote": coding.quote,
            }
        )
    else:
        say(f"Tagged “{coding.quote}” in {ref} with “{path}”.")


COMMANDS = (codes, code, tag)
"""This module's commands, in the order of the job."""
