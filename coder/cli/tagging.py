"""Commands on codings: tag, untag, memo, mark and sensitive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coder.cli.answers import answer, say
from coder.cli.named_tags import WORDS, Named, change, described, on_a_tag, tell
from coder.cli.options import coder_option, examples, json_option, project_argument, writing
from coder.domain.model import Coding

if TYPE_CHECKING:
    from coder.project import Project


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
        [told] = described(opened, [coding])
    if as_json:
        answer(told)
    else:
        say(f"Tagged “{coding.quote}” in {told['ref']} with “{told['code']}”.")


@click.command(epilog=examples(f"untag {WORDS}"))
@on_a_tag
def untag(project: Path, coder: str | None, as_json: bool, **named: Any) -> None:
    """Take a code off words again. Only those who put it there can; `undo` brings it back."""
    with writing(project, coder) as opened:
        found = Named(**named).find_own(opened)
        told = described(opened, found)
        opened.codings.untag(found)
    tell(told, "is no longer tagged", as_json=as_json)


@click.command(epilog=examples(f'memo {WORDS} --text "Compare SIC0003"'))
@on_a_tag
@click.option("--text", required=True, help="What you think of it; empty to take it back.")
def memo(project: Path, text: str, coder: str | None, as_json: bool, **named: Any) -> None:
    """Write down what you think of a passage that you have tagged."""

    def write(opened: Project, found: list[Coding]) -> None:
        for coding in found:
            opened.codings.write_memo(coding, text)

    told = change(project, coder, named, write, own=True)
    tell(told, "has its memo" if text else "has no memo now", as_json=as_json)


@click.command(epilog=examples(f"mark {WORDS}", f"mark {WORDS} --off"))
@on_a_tag
@click.option("--off", is_flag=True, help="Take the mark back.")
def mark(project: Path, off: bool, coder: str | None, as_json: bool, **named: Any) -> None:
    """Mark a passage for use in the report (--marked then finds it). Anyone may."""
    told = change(
        project, coder, named, lambda p, found: p.codings.mark(found, marked=not off), own=False
    )
    tell(told, "is no longer marked" if off else "is marked for use", as_json=as_json)


@click.command(epilog=examples(f"sensitive {WORDS}", f"sensitive {WORDS} --off"))
@on_a_tag
@click.option("--off", is_flag=True, help="Let it into packs again.")
def sensitive(project: Path, off: bool, coder: str | None, as_json: bool, **named: Any) -> None:
    """Keep a passage out of every pack that does not ask for it. Anyone may."""
    told = change(
        project,
        coder,
        named,
        lambda p, found: p.codings.set_sensitive(found, sensitive=not off),
        own=False,
    )
    tell(told, "is no longer sensitive" if off else "is sensitive", as_json=as_json)


COMMANDS = (tag, untag, memo, mark, sensitive)
"""This module's commands, in the order of the job."""
