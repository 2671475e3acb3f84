"""Commands on the codebook."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coder.cli.answers import answer, say, table, tell
from coder.cli.options import (
    chosen,
    coder_option,
    examples,
    json_option,
    project_argument,
    reading,
    writing,
)
from coder.domain.errors import NotFound
from coder.domain.text import counted

if TYPE_CHECKING:
    from coder.domain.model import Code
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
        "examples": len(one.code.examples),
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
        'code move Neighbours "Time banks" Volunteering',
        'code move Neighbours "Time banks"',
        'code move Neighbours "Time banks" --before Matching',
    )
)
@project_argument
@click.argument("path")
@click.argument("parent", required=False)
@click.option("--before", metavar="PATH", help="The code that it is to stand before.")
@coder_option
@json_option
def move(
    project: Path,
    path: str,
    parent: str | None,
    before: str | None,
    coder: str | None,
    as_json: bool,
) -> None:
    """Put a code below PARENT, or before another code; without either it becomes a theme."""
    with writing(project, coder) as opened:
        book = opened.codebook
        found = _at(book, path)
        sibling = book.at(before) if before else None
        above = book.at(parent) if parent else _parent_of(book, sibling)
        book.move(found.code, above, sibling)
        after = _standing(book, found.code.id)
    if sibling:
        told = f"“{after.path}” stands before “{sibling.name}” now."
    else:
        now = f"“{after.path}”" if parent else f"the theme “{after.path}”"
        told = f"“{found.path}” is now {now}."
    _tell(after, told, as_json=as_json)


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


@code.command(
    epilog=examples('code split Neighbours Volunteering "Volunteering/Time banks" --text bank')
)
@project_argument
@click.argument("path")
@click.argument("into")
@click.option("--text", default="", metavar="WORDS", help="Passages with these words.")
@click.option("--submission", "refs", multiple=True, metavar="REF", help="From it (repeat).")
@click.option("--by", multiple=True, metavar="NAME", help="Tagged by this coder (repeat).")
@click.option("--marked", is_flag=True, help="Only those marked for use.")
@coder_option
@json_option
def split(
    project: Path,
    path: str,
    into: str,
    text: str,
    refs: tuple[str, ...],
    by: tuple[str, ...],
    marked: bool,
    coder: str | None,
    as_json: bool,
) -> None:
    """Put INTO in place of the code on some of its passages, whoever tagged them; INTO is made
    where it is missing."""
    if not (text or refs or by or marked):
        raise click.UsageError("Say which passages: --text, --submission, --by or --marked.")
    with writing(project, coder) as opened:
        book = opened.codebook
        found = _at(book, path)
        wanted = chosen(opened, codes=(path,), coders=by, refs=refs, text=text, marked=marked)
        meant = [q.id for q in opened.quotes.select(wanted) if q.code_id == found.code.id]
        codings = [opened.codings.one(one) for one in meant]
        made = book.split(found.code, codings, into)
        after = _standing(book, made.id)
    moved = counted(len(codings), "passage")
    _tell(after, f"{moved} of “{found.path}” went into “{after.path}”.", as_json=as_json)


@code.command(
    epilog=examples(
        'code delete Neighbours "Volunteering/Time banks"',
        'code delete Neighbours "Volunteering/Time banks" --keep-in Volunteering',
    )
)
@project_argument
@click.argument("path")
@click.option("--keep-in", metavar="PATH", help="The code that is to have its tags.")
@coder_option
@json_option
def delete(project: Path, path: str, keep_in: str | None, coder: str | None, as_json: bool) -> None:
    """Remove a code and those below it, with their codings unless these are kept in another code;
    `undo` brings all of it back."""
    with writing(project, coder) as opened:
        book = opened.codebook
        found = _at(book, path)
        number = book.delete(found.code, book.at(keep_in) if keep_in else None)
    if as_json:
        answer({"path": found.path, "codings": number})
        return
    codings = counted(number, "coding")
    became = f"; {codings} went into “{keep_in}”" if keep_in else f", with {codings}"
    say(f"“{found.path}” went{became}. “undo” brings it back.")


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


@code.command(
    epilog=examples(
        'code pin Neighbours Volunteering --submission SIC0012 --quote "I had never done it"',
        'code pin Neighbours Volunteering --submission SIC0012 --quote "I had never" --remove',
    )
)
@project_argument
@click.argument("path")
@click.option("--submission", "ref", required=True, metavar="REF", help="Where it is tagged.")
@click.option("--quote", required=True, metavar="TEXT", help="Words of the tagged passage.")
@click.option("--remove", is_flag=True, help="Take it off the examples again.")
@coder_option
@json_option
def pin(
    project: Path,
    path: str,
    ref: str,
    quote: str,
    remove: bool,
    coder: str | None,
    as_json: bool,
) -> None:
    """Make a tagged passage an example of its code."""
    with writing(project, coder) as opened:
        book = opened.codebook
        found = _at(book, path)
        wanted = chosen(opened, codes=(path,), refs=(ref,))
        meant = [
            one
            for one in opened.quotes.select(wanted)
            if one.code_id == found.code.id and quote in one.quote
        ]
        if not meant:
            raise NotFound(
                f"No passage of {ref} with “{quote}” is tagged with “{path}”.",
                "`quotes` lists the passages of a code.",
            )
        coding = opened.codings.one(meant[0].id)
        done = book.unpin(coding) if remove else book.pin(coding)
        after = _standing(book, found.code.id)
    verb = "is no example" if remove else "is an example"
    also = "" if done else " already"
    _tell(after, f"“{meant[0].quote[:60]}” {verb} of “{after.path}”{also}.", as_json=as_json)


@code.command(epilog=examples("code history Neighbours Volunteering"))
@project_argument
@click.argument("path")
@json_option
def history(project: Path, path: str, as_json: bool) -> None:
    """Show who changed a code and its definition, when and how; the latest first."""
    with reading(project) as opened:
        changes = opened.codebook.history(opened.codebook.at(path))
    if as_json:
        answer([asdict(one) for one in changes])
        return
    for one in changes:
        turned = f" ({one.turned})" if one.turned else ""
        say(f"{one.at[:16].replace('T', ' ')}  {one.coder}{turned}")
        for line in one.lines:
            say(f"  {line}")


def _parent_of(book: Codebook, code: Code | None) -> Code | None:
    """The code right above, or None on top."""
    return next((one for one in book.codes() if code and one.id == code.parent_id), None)


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
